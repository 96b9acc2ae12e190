"""The zone popup: what the block at the caret, or all selected blocks, are; one key or typing finds the kind."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeyEvent

from annotator.gui.popups.found import Found
from annotator.gui.popups.matching import Index, entry
from annotator.gui.popups.overlay import Overlay
from annotator.gui.popups.type_to_find import Chosen, Listing, TypeToFind
from annotator.gui.widgets.elided import ElidedLabel
from annotator.gui.zone_words import names
from annotator.i18n import _, ngettext
from annotator.model.zones import KINDS, ZoneKind
from annotator.services import zoning

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow

_WIDTH, _HEIGHT = 480, 400
_SHOWN: Final = 60
"""Code points of the block's words that say which one is meant."""


class ZonePopup(QObject):
    """Says what blocks of the article are, in one undo step."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._range = (0, 0)
        self._now: set[ZoneKind] = set()
        self._names = names()
        # What it is for, where a person chooses.
        self._rows = {**self._names, "boilerplate": _("Boilerplate: links, adverts, sign-up boxes")}
        self._index = Index([entry(kind, words) for kind, words in self._rows.items()])
        self._which = ElidedLabel()
        self.finder = TypeToFind(
            self._list_rows,
            placeholder=_("A digit, or type the kind"),
            section=_("What this part of the page is"),
            nothing=_("No kind of block is called so."),
            extra_keys=self._take_digit,
        )
        self.finder.head.addWidget(self._which, 1)
        self.overlay = Overlay(window, self.finder, name=_("What this block is"), width=_WIDTH, height=_HEIGHT)
        self.finder.chosen.connect(self._on_chosen)
        window.hub.project_changed.connect(self.overlay.close_card)

    def open_here(self) -> None:
        """Open for the selected blocks, or the one at the caret."""
        window, page = self._window, self._window.article.page
        if page is None or not window.loop.may_write():
            return
        start, end = window.pane.view.selected_range()
        self._range = (start, end)
        self._now = window.hub.do(zoning.kinds_at, page.version.id, start, end) or set()
        line = page.text.rfind("\n", 0, start) + 1
        words = " ".join(page.text[line : max(end, line + _SHOWN)].split())
        self._which.set_text(f"{words[:_SHOWN]}…" if len(words) > _SHOWN else words)
        self.finder.start()
        if len(self._now) == 1:  # Enter changes nothing until another kind is chosen
            self.finder.go_to_key(next(iter(self._now)))
        self.overlay.open_on(self.finder.field)

    def _list_rows(self, query: str) -> Listing:
        found = set(self._index.find(query, limit=len(KINDS)))
        return Listing(tuple(self._row(kind) for kind in KINDS if kind in found))

    def _row(self, kind: ZoneKind) -> Found:
        icon_name = "check" if kind in self._now else "article"
        return Found("zone", kind, self._rows[kind], icon_name=icon_name, shortcut=str(KINDS.index(kind) + 1))

    def _take_digit(self, event: QKeyEvent) -> bool:
        letter = event.text()
        if self.finder.query() or not letter.isdigit() or not 1 <= int(letter) <= len(KINDS):
            return False
        self._put(KINDS[int(letter) - 1])
        return True

    def _on_chosen(self, chosen: Chosen) -> None:
        self._put(next(kind for kind in KINDS if kind == chosen.row.key))

    def _put(self, kind: ZoneKind) -> None:
        window, page = self._window, self._window.article.page
        self.overlay.close_card()
        if page is None:
            return
        blocks = window.hub.do(zoning.put_kind, page.version.id, *self._range, kind)
        if blocks is not None:
            told = ngettext("{n} block is now", "{n} blocks are now", blocks)
            window.hub.announced.emit(f"{told}: {self._names[kind]}")
