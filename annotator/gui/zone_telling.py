"""Tells screen readers when the caret comes into a block of another kind: what others see by size and grey."""

from bisect import bisect_right
from operator import itemgetter

from PySide6.QtCore import QObject, Qt

from annotator.gui.article_view.view import ArticleView
from annotator.gui.hub import Hub


class ZoneTelling(QObject):
    """Announces the kind of the block at the caret where it is another than before; between blocks nothing is said.

    An article just opened, and one whose blocks were given other kinds, is not announced: that was done by name.
    """

    def __init__(self, hub: Hub, view: ArticleView) -> None:
        super().__init__(view)
        self._hub = hub
        self._view = view
        self._kind = ""
        # Queued: while a page is laid out anew the caret goes to its beginning and back.
        view.cursorPositionChanged.connect(self._on_moved, Qt.ConnectionType.QueuedConnection)

    def start_over(self) -> None:
        """Begin where the caret is: another page is shown."""
        self._kind = self._here()

    def _here(self) -> str:
        return _kind_at(self._view.canvas.page.zones, self._view.caret())

    def _on_moved(self) -> None:
        kind = self._here()
        if kind and kind != self._kind:
            from annotator.gui.zone_words import names  # noqa: PLC0415 - the first paint does without it

            self._kind = kind
            self._hub.announced.emit({**names()}.get(kind, kind))


def _kind_at(zones: tuple[tuple[str, int, int], ...], place: int) -> str:
    """Return the kind of the zone around a place, "" between zones; they are in the text's order."""
    at = bisect_right(zones, place, key=itemgetter(1)) - 1
    return zones[at][0] if at >= 0 and place <= zones[at][2] else ""
