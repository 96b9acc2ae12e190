"""The speaker popup: type to find who makes the active claim, or name somebody new."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.gui.hub import Hub
from annotator.gui.inspector.drafts import saved
from annotator.gui.open_article import OpenArticle
from annotator.gui.popups.claim_tag import ClaimTag
from annotator.gui.popups.found import Found
from annotator.gui.popups.matching import Entry, entry, fold, hits
from annotator.gui.popups.overlay import Overlay
from annotator.gui.popups.shelf import Shelf
from annotator.gui.popups.type_to_find import LIMIT, Chosen, Listing, TypeToFind
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.keyed_button import KeyedButton
from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _, ngettext
from annotator.model.records import Speaker, SpeakerKind
from annotator.model.wording import speaker_kind
from annotator.services import annotating
from annotator.services.viewing import ClaimRow
from annotator.store.project import Project

KINDS: Final[tuple[SpeakerKind, ...]] = ("person", "organisation", "outlet", "document", "anonymous")
"""In the order of Alt+1 to Alt+5."""

_KIND_ICONS: Final[dict[SpeakerKind, str]] = {
    "outlet": "article",
    "document": "source",
}


class SpeakerPopup(QObject):
    """Names the speaker of the active claim; Alt+1 to Alt+5 say what a new one is.

    Signals:
        named: a speaker was set (the name).
    """

    named = Signal(str)

    def __init__(self, hub: Hub, article: OpenArticle, window: QWidget) -> None:
        super().__init__(window)
        self._hub = hub
        self._article = article
        self._row: ClaimRow | None = None
        self._uses: dict[str, int] = {}
        self._kind: SpeakerKind = "person"
        self._shelf = Shelf(hub, Speaker, Project.speakers, _entry_of, self)
        self._tag = ClaimTag(_("Who says"))
        self.finder = TypeToFind(
            self._list_rows,
            placeholder=_("Type a name"),
            section=_("In this project"),
            nothing=_("Nobody here is called that. A new name makes a new speaker."),
            extra_keys=self._take_key,
        )
        self.overlay = Overlay(window, self.finder, name=_("Name the speaker"), width=660, height=480)
        self.kinds: dict[SpeakerKind, KeyedButton] = {}
        self._fill()
        self.finder.chosen.connect(self._on_chosen)
        hub.project_changed.connect(self.overlay.close_card)

    def _fill(self) -> None:
        self.finder.head.addWidget(self._tag)
        row = self.finder.foot
        row.setSpacing(2)
        words = PlainLabel(_("New:"))
        words.setProperty("quiet", "true")
        row.addSpacing(6)
        row.addWidget(words)
        row.addWidget(KeyCap(_("Alt")))
        for number, kind in enumerate(KINDS, 1):
            button = KeyedButton(speaker_kind(kind), key=str(number), colour="ink2")
            button.setAccessibleName(_("New speaker: {kind}, key Alt {n}").format(kind=speaker_kind(kind), n=number))
            button.setCheckable(True)
            button.clicked.connect(partial(self._on_kind, kind))
            self.kinds[kind] = button
        self.finder.ways.hold(list(self.kinds.values()))
        row.addWidget(self.finder.ways, 1)

    def _on_kind(self, kind: SpeakerKind, *_checked: bool) -> None:
        self.choose_kind(kind)

    def open_for_active(self) -> None:
        """Open for the active claim; without one nothing happens."""
        row = self._article.active
        if row is None:
            return
        self._row = row
        self._tag.show_claim(row.text, self._hub.statuses.get(row.status))
        uses = self._shelf.together(self._hub.project.speaker_uses())
        if uses != self._uses:
            known = self._shelf.records
            self._shelf.put_in_order(sorted(known, key=lambda key: (-uses.get(key, 0), known[key].name.casefold())))
            self._uses = uses
        self.choose_kind("person")
        self.finder.start()
        self.overlay.open_on(self.finder.field)

    def choose_kind(self, kind: SpeakerKind) -> None:
        """Say what a new speaker is."""
        self._kind = kind
        for one, button in self.kinds.items():
            button.setChecked(one == kind)
        if self.overlay.isVisible():
            here = self.finder.current()
            self.finder.refill()
            if here is not None and here.kind == "new":
                self.finder.go_to_kind("new")

    # Rows

    def _list_rows(self, query: str) -> Listing:
        row = self._row
        if row is None:
            return Listing()
        suggested = self._suggested(row, query)
        found = [
            self._found(one, query)
            for one in self._shelf.find(query, limit=LIMIT)
            if not suggested or one.name != suggested[0].title
        ]
        return Listing((*suggested, *found), self._offers(query))

    @staticmethod
    def _suggested(row: ClaimRow, query: str) -> tuple[Found, ...]:
        """The speaker that a rule found in the text comes first, while it goes with what is typed."""
        if not row.speaker or row.speaker_accepted:
            return ()
        if not all(word in fold(row.speaker) for word in fold(query).split()):
            return ()
        meta = _("suggested from the text")
        spots = hits(row.speaker, query) if query else ()
        return (Found("accept", row.speaker, row.speaker, meta, _("accept"), "suggestion", spots),)

    def _found(self, speaker: Speaker, query: str) -> Found:
        uses = ngettext("{n} claim", "{n} claims", self._uses.get(speaker.id, 0))
        meta = " · ".join((speaker_kind(speaker.speaker_kind), *speaker.aliases))
        spots = hits(speaker.name, query) if query else ()
        return Found("speaker", speaker.name, speaker.name, meta, uses, kind_icon(speaker.speaker_kind), spots)

    def _offers(self, query: str) -> tuple[Found, ...]:
        if not query or self._hub.project.speaker_called(query) is not None:
            return ()
        title = _("New speaker “{name}”, {kind}").format(name=query, kind=speaker_kind(self._kind).lower())
        return (Found("new", query, title, icon_name="plus", shortcut=_("Ctrl N")),)

    # Choosing

    def _take_key(self, event: QKeyEvent) -> bool:
        alt = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.AltModifier
        number = event.key() - Qt.Key.Key_1
        if alt and 0 <= number < len(KINDS):
            self.choose_kind(KINDS[number])
            return True
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_N:
            self.finder.choose_kind("new", "enter")
            return True
        return False

    def _on_chosen(self, chosen: Chosen) -> None:
        if self._row is not None:
            self._name(self._row, chosen, self._kind)

    def _name(self, row: ClaimRow, chosen: Chosen, kind: SpeakerKind) -> None:
        name = chosen.row.key
        with self._hub.repeatable(partial(self._name, row, chosen, kind)):
            if chosen.row.kind == "accept":
                done = saved(self._hub, annotating.accept_speaker, row.mention_id)
            else:
                done = saved(self._hub, annotating.set_speaker, row.mention_id, name=name, kind=kind)
        if not done:
            return  # the hub has told why; what was typed stays
        self.overlay.close_card()
        self._hub.announced.emit(_("Speaker: {name}").format(name=name))
        self.named.emit(name)


def kind_icon(kind: SpeakerKind) -> str:
    """Return the icon of a kind of speaker."""
    return _KIND_ICONS.get(kind, "person")


def _entry_of(speaker: Speaker) -> Entry:
    return entry(speaker.id, speaker.name, *speaker.aliases)
