"""The claim popup: type to find the claim that these words make again, that is the same, or that they contradict."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeyEvent

from annotator.gui.inspector.drafts import saved
from annotator.gui.popups.claim_tag import ClaimTag
from annotator.gui.popups.found import Found
from annotator.gui.popups.matching import hits
from annotator.gui.popups.overlay import Overlay
from annotator.gui.popups.type_to_find import Chosen, How, Listing, TypeToFind
from annotator.gui.widgets.keyed_button import KeyedButton
from annotator.i18n import _
from annotator.model.ids import ClaimId
from annotator.model.records import Claim
from annotator.services import relating, searching
from annotator.services.sourcing import article_title

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow
    from annotator.services.viewing import ClaimRow

_LIMIT: Final = 20


class ClaimPopup(QObject):
    """Says what the active claim has to do with another one; the most similar of all articles come first."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._row: ClaimRow | None = None
        self._here: dict[str, str] = {}
        self._tag = ClaimTag(_("The same as"))
        self.finder = TypeToFind(
            self._list_rows,
            placeholder=_("Type words of the other claim"),
            section=_("Most similar first"),
            nothing=_("No other claim has these words."),
            extra_keys=_take_nothing,
        )
        self.overlay = Overlay(window, self.finder, name=_("What this claim is to another"), width=660, height=480)
        self.buttons: dict[How, KeyedButton] = {}
        self._fill()
        self.finder.chosen.connect(self._on_chosen)
        window.hub.project_changed.connect(self.overlay.close_card)

    def _fill(self) -> None:
        self.finder.head.addWidget(self._tag)
        ways: tuple[tuple[How, str, str, str], ...] = (
            ("enter", _("These words are a mention of it"), _("Enter"), "quote"),
            ("shift", _("The same claim"), _("Shift Enter"), "link"),
            ("alt", _("Contradicts"), _("Alt Enter"), "status-disputed"),
        )
        for how, words, key, icon_name in ways:
            button = KeyedButton(words, icon_name=icon_name, key=key, colour="ink2")
            button.clicked.connect(partial(self._choose, how))
            self.buttons[how] = button
        self.finder.ways.hold(list(self.buttons.values()))
        self.finder.foot.addWidget(self.finder.ways, 1)

    def _choose(self, how: How, *_checked: bool) -> None:
        self.finder.choose(how)

    def open_for_active(self) -> None:
        """Open for the active claim; without one nothing happens."""
        window = self._window
        row = window.article.active
        if row is None:
            return
        self._row = row
        self._tag.show_claim(row.text, window.hub.statuses.get(row.status))
        names = {"same": _("here: the same"), "contradicts": _("here: contradicts")}
        self._here = {one.claim.id: names[one.relation] for one in relating.related(window.hub.project, row.claim_id)}
        window.commands.palette.bring_up_to_date(self._on_indexed)
        self.finder.start()
        self.overlay.open_on(self.finder.field)

    def _on_indexed(self) -> None:
        if self.overlay.isVisible():
            self.finder.refill()

    def _list_rows(self, query: str) -> Listing:
        row, project = self._row, self._window.hub.project
        if row is None:
            return Listing()
        if query:
            found = searching.find(project, query, kinds=["claim"], limit=_LIMIT)
            known = project.claims(hit.id for hit in found)
            claims = [known[hit.id] for hit in found if hit.id in known and hit.id != row.claim_id]
        else:
            searching.find(project, "", kinds=["claim"])  # what changed since is read in
            claims = relating.alike(project, row.text, but=row.claim_id, limit=_LIMIT)
        return Listing(tuple(self._found(claim, query) for claim in claims))

    def _found(self, claim: Claim, query: str) -> Found:
        hub = self._window.hub
        status = hub.statuses.get(hub.project.desk_status_of(claim.id))
        mentions = hub.project.mentions_of_claims([claim.id])
        marked = _("marked {n}×").format(n=len(mentions))
        articles = dict.fromkeys(one.article_id for one in mentions)
        parts = (_(status.name) if status else _("No status"), marked, self._where(list(articles)))
        meta = " · ".join(part for part in parts if part)
        icon_name = f"status-{status.icon}" if status else "status-none"
        return Found(
            "claim", claim.id, claim.text, meta, self._here.get(claim.id, ""), icon_name, hits(claim.text, query)
        )

    def _where(self, articles: Sequence[str]) -> str:
        """Return where a claim is made, the article on show before others."""
        if not articles:
            return ""
        page = self._window.article.page
        here = page is not None and page.version.article_id in articles
        first = _("in this article") if here else article_title(self._window.hub.project, articles[0])
        more = len(articles) - 1
        return _("{first} and {n} more").format(first=first, n=more) if more else first

    def _on_chosen(self, chosen: Chosen) -> None:
        row, hub = self._row, self._window.hub
        if row is None:
            return
        other = ClaimId(chosen.row.key)
        if chosen.how == "enter":
            if self._window.loop.own_active() is None:
                return
            done = saved(hub, relating.attach, row.mention_id, other)
            words = _("Marked as a mention of: {claim}")
        else:
            relation: relating.Relation = "contradicts" if chosen.how == "alt" else "same"
            done = saved(hub, relating.relate, row.claim_id, other, relation)
            words = _("Contradicts: {claim}") if relation == "contradicts" else _("The same as: {claim}")
        if done:
            self.overlay.close_card()
            hub.announced.emit(words.format(claim=chosen.row.title))


def _take_nothing(_event: QKeyEvent) -> bool:
    return False
