"""The thin bar of an article that shows how its claims stand: one piece a status."""

from collections.abc import Mapping, Sequence

import msgspec
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.gui.strokes import paint_pattern
from annotator.gui.theme import Theme, current_theme
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _
from annotator.model.status import Status

_GAP = 1.5
_PATTERNED_FROM = 8.0
"""In a bar thinner than this a pattern cannot be seen, so it is drawn solid."""


class Share(msgspec.Struct, frozen=True):
    """One piece of the bar: where it lies, from 0.0 to 1.0, and the status it shows."""

    start: float
    end: float
    status: Status


def shares(counts: Mapping[str, int], statuses: Sequence[Status]) -> list[Share]:
    """Return the pieces in the scheme's order; counts are by `Status.key`, and those of no status are left out."""
    present = [(status, counts[status.key]) for status in statuses if counts.get(status.key, 0) > 0]
    total = sum(count for _status, count in present)
    pieces: list[Share] = []
    before = 0
    for status, count in present:
        pieces.append(Share(before / total, (before + count) / total, status))
        before += count
    return pieces


def paint_share_bar(
    painter: QPainter,
    rect: QRectF,
    counts: Mapping[str, int],
    statuses: Sequence[Status],
    theme: Theme,
    *,
    right_to_left: bool = False,
) -> None:
    """Draw the bar into the rectangle, an empty trough if there is nothing; for widgets and delegates."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rounded = QPainterPath()
    radius = min(rect.height() / 2, 4.0)
    rounded.addRoundedRect(rect, radius, radius)
    pieces = shares(counts, statuses)
    if not pieces:
        painter.setPen(QPen(theme.colour("edge"), 1) if theme.well == theme.surface else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line") if theme.well != theme.surface else theme.colour("well"))
        painter.drawPath(rounded)
    painter.setClipPath(rounded, Qt.ClipOperation.IntersectClip)
    for piece in pieces:
        left, right = piece.start * rect.width(), piece.end * rect.width()
        right -= _GAP if piece.end < 1 else 0
        if right_to_left:
            left, right = rect.width() - right, rect.width() - left
        area = QRectF(rect.left() + left, rect.top(), max(1.0, right - left), rect.height())
        colour = theme.status_colour(piece.status.token)
        if rect.height() < _PATTERNED_FROM:
            painter.fillRect(area, colour)
        else:
            painter.fillRect(area, theme.tint(piece.status.token, "active"))
            paint_pattern(painter, area, piece.status.pattern, colour)
    painter.restore()


def share_text(counts: Mapping[str, int], statuses: Sequence[Status]) -> str:
    """Return the same in words: "Alleged 5, Disputed 3"; for screen readers and tips."""
    told = [f"{_(status.name)} {counts[status.key]}" for status in statuses if counts.get(status.key, 0)]
    return ", ".join(told) or _("not started")


class ShareBar(QWidget):
    """The bar as a widget."""

    def __init__(self, parent: QWidget | None = None, *, height: int = 5) -> None:
        super().__init__(parent)
        self._counts: dict[str, int] = {}
        self._statuses: tuple[Status, ...] = ()
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, counts: Mapping[str, int], statuses: Sequence[Status]) -> None:
        """Show how many claims have each status (by key)."""
        self._counts, self._statuses = dict(counts), tuple(statuses)
        self.setAccessibleName(share_text(counts, statuses))
        self.setToolTip(plain_tip(self.accessibleName()))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a thin bar of any width."""
        return QSize(80, self._height)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name and face
        """Draw the bar."""
        painter = QPainter(self)
        paint_share_bar(
            painter,
            QRectF(self.rect()),
            self._counts,
            self._statuses,
            current_theme(),
            right_to_left=self.layoutDirection() == Qt.LayoutDirection.RightToLeft,
        )
        painter.end()
