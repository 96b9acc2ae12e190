"""The source popup: type to find a source, or make one, and link it to the active claim."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.errors import Refused
from annotator.gui.articles.model import title_of
from annotator.gui.articles.sources import medium_icon
from annotator.gui.dates import day_text
from annotator.gui.hub import Hub
from annotator.gui.inspector.wording import linked_text, stance_look
from annotator.gui.open_article import OpenArticle
from annotator.gui.popups.claim_tag import ClaimTag
from annotator.gui.popups.found import Found
from annotator.gui.popups.matching import Entry, Index, entry, hits
from annotator.gui.popups.overlay import Overlay
from annotator.gui.popups.shelf import EVERY, Shelf
from annotator.gui.popups.type_to_find import LIMIT, Chosen, How, Listing, TypeToFind
from annotator.gui.widgets.keyed_button import KeyedButton
from annotator.i18n import _, ngettext
from annotator.model.ids import EvidenceId, SourceId, VersionId
from annotator.model.records import Evidence, Medium, Source, Stance
from annotator.model.wording import media
from annotator.services import linking, snapshots
from annotator.services.viewing import ClaimRow
from annotator.store.project import Project
from annotator.store.reading import VersionRow

_LEAST: Final = 2
"""Letters from which on articles are looked through."""

_ARTICLES: Final = 6
"""So many articles are offered behind the sources."""

_LONGEST_ADDRESS: Final = 2000
"""What is longer on the clipboard is a text, no address."""

_STANCE_OF: Final[dict[How, Stance]] = {
    "enter": "supports",
    "shift": "refutes",
    "alt": "context",
    "ctrl": "supports",
}


@dataclass(frozen=True, slots=True)
class SourceLinked:
    """What was linked, and as what."""

    evidence_id: EvidenceId
    source_id: SourceId
    stance: Stance


class SourcePopup(QObject):
    """Links a source to the active claim: Enter supports, Shift+Enter refutes, Alt+Enter is context.

    Ctrl+Enter links as supporting and stays open. Nothing is fetched and nothing is opened.

    Signals:
        linked: a source was linked (SourceLinked).
    """

    linked = Signal(object)

    def __init__(
        self,
        hub: Hub,
        article: OpenArticle,
        window: QWidget,
        *,
        articles: Callable[[], Sequence[VersionRow]] = lambda: (),
    ) -> None:
        """Make it; `articles` gives the rows of the article list, which are sources too where they are chosen."""
        super().__init__(window)
        self._articles = articles
        self._article_index: tuple[Sequence[VersionRow], Index] = ((), Index(()))
        self._hub = hub
        self._article = article
        self._row: ClaimRow | None = None
        self._uses: dict[str, int] = {}
        self._stances: dict[str, Stance] = {}
        self._copied = ""
        self._shelf = Shelf(hub, Source, _newest_first, _entry_of, self)
        self._tag = ClaimTag(_("Link a source to"))
        self.finder = TypeToFind(
            self._list_rows,
            placeholder=_("Type a title, or paste an address, a DOI or a path"),
            section=_("In this project"),
            nothing=_("No source here is called that. A new title or an address makes a new source."),
            extra_keys=self._take_key,
        )
        self.overlay = Overlay(window, self.finder, name=_("Link a source"), width=660, height=480)
        self.buttons: dict[How, KeyedButton] = {}
        self._fill()
        self.finder.chosen.connect(self._on_chosen)
        hub.project_changed.connect(self.overlay.close_card)

    def _fill(self) -> None:
        self.finder.head.addWidget(self._tag)
        keys: tuple[tuple[How, str], ...] = (
            ("enter", _("Enter")),
            ("shift", _("Shift Enter")),
            ("alt", _("Alt Enter")),
        )
        for how, key in keys:
            look = stance_look(_STANCE_OF[how])
            self._add_button(how, KeyedButton(look.word, icon_name=look.icon_name, key=key, colour=look.token))
        more = KeyedButton(_("and another"), key=_("Ctrl Enter"), colour="ink2")
        more.setAccessibleName(_("Supports, and link another, key Ctrl Enter"))
        self._add_button("ctrl", more)
        self.finder.ways.hold(list(self.buttons.values()))
        self.finder.foot.addWidget(self.finder.ways, 1)

    def _add_button(self, how: How, button: KeyedButton) -> None:
        button.clicked.connect(partial(self._choose, how))
        self.buttons[how] = button

    def _choose(self, how: How, *_checked: bool) -> None:
        self.finder.choose(how)

    def open_for_active(self) -> None:
        """Open for the active claim; without one nothing happens."""
        row = self._article.active
        if row is None:
            return
        self._row = row
        self._tag.show_claim(row.text, self._hub.statuses.get(row.status))
        self._copied = _copied_address()
        self._read_links(row)
        self.finder.start()
        self.overlay.open_on(self.finder.field)

    def _read_links(self, row: ClaimRow) -> None:
        project = self._hub.project
        self._uses = self._shelf.together(project.source_uses())
        own = (one for one in project.evidence_of([row.claim_id]) if one.annotator_id == project.annotator_id)
        self._stances = {one.source_id: one.stance for one in own}

    # Rows

    def _list_rows(self, query: str) -> Listing:
        if self._row is None:
            return Listing()
        address = _is_address(query)
        words = _bare(query) if address else query
        found = self._shelf.find(words, limit=LIMIT, fuzzy=not address)
        rows = [self._found(one, words) for one in found]
        return Listing(tuple(rows + self._of_articles(words, LIMIT - len(rows))), self._offers(query))

    def _of_articles(self, words: str, limit: int) -> list[Found]:
        """Return the articles of the project that have the words and are no source yet, but for that on show."""
        if len(words) < _LEAST or limit <= 0:
            return []
        rows = self._articles()
        if rows is not self._article_index[0]:
            made = [entry(row.version.id, title_of(row), row.article.publisher, row.article.url) for row in rows]
            self._article_index = (rows, Index(made))
        here = self._article.page.article.id if self._article.page else ""
        known = {one.article_id for one in self._shelf.records.values()} | {here}
        by_id: dict[str, VersionRow] = {row.version.id: row for row in rows}
        keys = self._article_index[1].find(words, limit=min(limit, _ARTICLES), fuzzy=False)
        return [_article(by_id[key], words) for key in keys if by_id[key].article.id not in known]

    def _found(self, source: Source, query: str) -> Found:
        title = source.title or source.url
        when = day_text(source.published, source.published_precision)
        archived = _("archived") if source.snapshot_sha256 or source.archived_url else ""
        kept = _("confidential") if source.confidential else ""
        parts = (source.publisher, when, medium_name(source.medium), archived, kept)
        right = ngettext("linked {n}×", "linked {n}×", self._uses.get(source.id, 0))
        if source.id in self._stances:
            right = _("here: {stance}").format(stance=stance_look(self._stances[source.id]).word.lower())
        meta = " · ".join(part for part in parts if part)
        return Found(
            "source", source.id, title, meta, right, medium_icon(source.medium), hits(title, query) if query else ()
        )

    def _offers(self, query: str) -> tuple[Found, ...]:
        offers: list[Found] = []
        if query:
            title = _("New source “{words}”").format(words=query)
            offers.append(Found("new", query, title, icon_name="plus", shortcut=_("Ctrl N")))
        if self._copied and self._copied != query:
            title = _("Paste from clipboard — {address}").format(address=_bare(self._copied))
            offers.append(Found("paste", self._copied, title, icon_name="link", shortcut=_("Ctrl V")))
        return tuple(offers)

    def _tell_not_kept(self, words: str, source: Source) -> None:
        """Say why a file that was named by its path is not kept with the source."""
        if not linking.is_path(words) or source.snapshot_sha256:
            return
        path = linking.file_named(words)
        if path is None:
            self._hub.refused.emit(Refused(_("there is no such file here"), do=_("only its path is kept"), file=words))
            return
        try:
            snapshots.read_file(path)
        except Refused as why:
            self._hub.refused.emit(why)

    # Choosing

    def _take_key(self, event: QKeyEvent) -> bool:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_N:
            self.finder.choose_kind("new", "enter")
            return True
        return False

    def _on_chosen(self, chosen: Chosen) -> None:
        if self._row is not None:
            self._link(self._row, chosen)

    def _link(self, row: ClaimRow, chosen: Chosen) -> None:
        stance = _STANCE_OF[chosen.how]
        with self._hub.repeatable(lambda: self._link(row, chosen)):
            if chosen.row.kind == "article":
                version_id = VersionId(chosen.row.key)
                evidence_id = self._hub.do(linking.link_article, row.claim_id, version_id, stance=stance)
            elif chosen.row.kind == "source":
                source_id = SourceId(chosen.row.key)
                evidence_id = self._hub.do(linking.link_source, row.claim_id, source_id, stance=stance)
            else:
                evidence_id = self._hub.do(linking.link_new_source, row.claim_id, chosen.row.key, stance=stance)
        evidence = self._hub.project.find(Evidence, evidence_id) if evidence_id else None
        if evidence is None:
            return  # the hub has told why; what was typed stays
        if chosen.how == "ctrl":
            self._copied = "" if chosen.row.kind == "paste" else self._copied
            self._read_links(row)
            self.finder.start()
        else:
            self.overlay.close_card()
        source = self._hub.project.get(Source, evidence.source_id)
        self._hub.announced.emit(linked_text(source, stance))
        self._tell_not_kept(chosen.row.key if chosen.row.kind in {"new", "paste"} else "", source)
        self.linked.emit(SourceLinked(evidence.id, evidence.source_id, stance))


def _article(row: VersionRow, words: str) -> Found:
    title = title_of(row)
    when = day_text(row.article.published, row.article.published_precision)
    meta = " · ".join(part for part in (row.article.publisher, when) if part)
    return Found("article", row.version.id, title, meta, _("article here"), "article", hits(title, words))


def medium_name(medium: Medium) -> str:
    """Return a medium in words, "" where that says nothing."""
    return "" if medium == "other" else media()[medium]


def _newest_first(project: Project) -> list[Source]:
    return linking.recent_sources(project, limit=EVERY)


def _entry_of(source: Source) -> Entry:
    return entry(source.id, source.title or source.url, source.publisher, source.url)


def _is_address(words: str) -> bool:
    return bool(words) and bool(linking.source_from(words).url)


def _bare(address: str) -> str:
    """Return an address as people say it: without scheme, www and the last stroke."""
    return address.split("://", 1)[-1].removeprefix("www.").rstrip("/")


def _copied_address() -> str:
    """Return the address, DOI or path on the clipboard, "" for anything else."""
    words = QGuiApplication.clipboard().text().strip()
    return words if len(words) <= _LONGEST_ADDRESS and "\n" not in words and _is_address(words) else ""
