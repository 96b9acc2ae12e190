"""Paints a row of the claims list: status icon, the claim, who says so, how many sources, where it stands."""

from typing import Final, NamedTuple, cast

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.gui.claims.model import SHOWN, speaker_text
from annotator.gui.icons import paint_icon, status_icon_name
from annotator.gui.theme import Theme, current_theme, interface_font, reading_font, sized, until_the_font_changes
from annotator.gui.widgets.mirrored import isolated, turned
from annotator.gui.widgets.row_list import RowState, state_of
from annotator.i18n import _
from annotator.model.status import Status
from annotator.services.viewing import ClaimRow

_PAD: Final = 10
_ICON_BOX: Final = 24
_ICON: Final = 15
_LEADING: Final = 3
_SIGN: Final = 13
_SMALL: Final = 0.9
_DEEPER: Final = 18
"""Pixels that a claim is moved in for each mention that it is reported in."""
_PICTURES: Final = 64
"""Rows whose pictures are kept: some more than a tall list shows."""


class _Faces(NamedTuple):
    """The fonts of a row with their measures: made once for a font of the interface, not at every paint."""

    small: QFont
    italic: QFont
    bold: QFont
    reading: QFont
    small_metrics: QFontMetrics
    bold_metrics: QFontMetrics
    reading_metrics: QFontMetrics


class Shown(NamedTuple):
    """All that a row's picture depends on."""

    row: ClaimRow
    status: Status | None
    paragraph: int
    depth: int
    state: RowState
    size: tuple[int, int]
    ratio: float
    direction: Qt.LayoutDirection
    theme: Theme
    faces: _Faces


@until_the_font_changes
def _faces() -> _Faces:
    small, reading = sized(interface_font(), _SMALL), reading_font(factor=1.12)
    italic, bold = QFont(small), QFont(small)
    italic.setItalic(True)
    bold.setWeight(QFont.Weight.DemiBold)
    return _Faces(small, italic, bold, reading, QFontMetrics(small), QFontMetrics(bold), QFontMetrics(reading))


class ClaimDelegate(QStyledItemDelegate):
    """Paints a claim; the text shown is data, never markup.

    Rows are kept as pictures: a row that comes in moves all below it, and they need not be drawn anew for that.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures: dict[str, tuple[Shown, QPixmap]] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        """Return the height of two lines."""
        faces = _faces()
        lines = faces.reading_metrics.height() + _LEADING + faces.small_metrics.height()
        return QSize(160, lines + 2 * _PAD)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row."""
        rect = option.rect
        found = cast("tuple[ClaimRow, Status | None, int, int] | None", index.data(SHOWN))
        if found is None:
            return  # another hand took it out of the file: the list is about to be read again
        row, status, paragraph, depth = found
        shown = Shown(
            row,
            status,
            paragraph,
            depth,
            state_of(option, index),
            (rect.width(), rect.height()),
            painter.deviceTransform().m11(),
            painter.layoutDirection(),
            current_theme(),
            _faces(),
        )
        painter.drawPixmap(rect.topLeft(), self._picture(shown))

    def _picture(self, shown: Shown) -> QPixmap:
        key = shown.row.mention_id
        known = self._pictures.pop(key, None)
        if known is None or known[0] != shown:
            known = shown, drawn(shown)
        self._pictures[key] = known
        if len(self._pictures) > _PICTURES:
            del self._pictures[next(iter(self._pictures))]
        return known[1]


def drawn(shown: Shown) -> QPixmap:
    """Return the picture of a row, on the list's ground."""
    theme, row, status = shown.theme, shown.row, shown.status
    width, height = shown.size
    made = QPixmap(round(width * shown.ratio), round(height * shown.ratio))
    made.setDevicePixelRatio(shown.ratio)
    made.fill(theme.colour("surface"))  # the list's own ground: letters are smoothed towards it
    painter = QPainter(made)
    painter.setLayoutDirection(shown.direction)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRect(0, 0, width, height).adjusted(8, 1, -8, -1)
    _ground(painter, box, shown.state, theme)
    inner = box.adjusted(_PAD + shown.depth * _DEEPER, _PAD - 1, -_PAD, -_PAD + 1)
    if shown.depth:
        _elbow(painter, inner, box, theme)
    icon_box = QRect(inner.left(), inner.center().y() - _ICON_BOX // 2 + 1, _ICON_BOX, _ICON_BOX)
    _status_icon(painter, QRectF(turned(painter, box, icon_box)), status, theme)
    text = inner.adjusted(_ICON_BOX + 10, 0, 0, 0)
    reading = shown.faces.reading_metrics
    painter.setFont(shown.faces.reading)
    painter.setPen(theme.colour("ink"))
    line = QRect(text.left(), text.top(), text.width(), reading.height())
    told = reading.elidedText(" ".join(row.text.split()), Qt.TextElideMode.ElideRight, text.width())
    at_start = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter  # the right, where one reads from there
    painter.drawText(turned(painter, box, line), at_start, isolated(told))
    _second_line(painter, box, text, shown)
    painter.end()
    return made


def _ground(painter: QPainter, box: QRect, state: RowState, theme: Theme) -> None:
    if state.selected:
        painter.setPen(QPen(theme.colour("accent"), 2))
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 7, 7)
    elif state.hovered:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("hover"))
        painter.drawRoundedRect(QRectF(box), 7, 7)
    else:
        painter.setPen(QPen(theme.colour("line"), 1))
        below = turned(painter, box, box.adjusted(_PAD + _ICON_BOX + 10, 0, -_PAD, 0))
        painter.drawLine(below.left(), box.bottom() + 1, below.right(), box.bottom() + 1)


def _elbow(painter: QPainter, inner: QRect, box: QRect, theme: Theme) -> None:
    """Draw a corner before the icon: the claim above holds this one."""
    painter.setPen(QPen(theme.colour("ink3"), 1.4))
    corner = QRect(inner.left() - _DEEPER + 4, inner.top() - 2, _DEEPER - 8, inner.center().y() + 4 - inner.top())
    place = turned(painter, box, corner)
    x = place.left() if place == corner else place.right()
    painter.drawLine(x, place.top(), x, place.bottom())
    painter.drawLine(place.left(), place.bottom(), place.right(), place.bottom())


def _status_icon(painter: QPainter, box: QRectF, status: Status | None, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    if status is None:
        painter.setBrush(theme.colour("well"))
        painter.drawRoundedRect(box, 6, 6)
        return
    painter.setBrush(theme.tint(status.token, "chip"))
    painter.drawRoundedRect(box, 6, 6)
    inset = (_ICON_BOX - _ICON) / 2
    paint_icon(
        painter,
        status_icon_name(status.icon),
        box.adjusted(inset, inset, -inset, -inset),
        theme.status_colour(status.token),
    )


class _Side:
    """What stands at the end of a row's second line: each thing before the one that was drawn last."""

    def __init__(self, painter: QPainter, box: QRect, line: QRect, shown: Shown) -> None:
        self._painter, self._box, self._line, self._shown = painter, box, line, shown
        self.right = line.right()
        """Where the room ends that is left, reckoned from left to right."""

    def word(self, word: str, token: str, gap: int) -> None:
        painter, metrics = self._painter, self._shown.faces.small_metrics
        painter.setFont(self._shown.faces.small)
        painter.setPen(self._shown.theme.colour(token))
        width = metrics.horizontalAdvance(word)
        place = QRect(self.right - width, self._line.top(), width + 1, self._line.height())
        painter.drawText(turned(painter, self._box, place), Qt.AlignmentFlag.AlignVCenter, isolated(word))
        self.right -= width + gap

    def icon(self, name: str, token: str) -> None:
        place = QRect(self.right - 12, self._line.center().y() - 6, _SIGN, _SIGN)
        place = turned(self._painter, self._box, place)
        paint_icon(self._painter, name, QRectF(place), self._shown.theme.colour(token))
        self.right -= 20


def _second_line(painter: QPainter, box: QRect, text: QRect, shown: Shown) -> None:
    """Draw status and speaker where one reads from, sources and paragraph at the other end."""
    row, status, theme, faces = shown.row, shown.status, shown.theme, shown.faces
    plain, bold = faces.small_metrics, faces.bold_metrics
    line = QRect(text.left(), text.bottom() - plain.height() + 1, text.width(), plain.height())
    side = _Side(painter, box, line, shown)
    if shown.paragraph:
        side.word(f"¶{shown.paragraph}", "ink3", 12)
    token = "ink2" if row.evidence else "warning"
    side.word(str(row.evidence) if row.evidence else _("none"), token, 4)
    side.icon("link", token)
    if row.comments:
        side.word(str(row.comments), "ink2", 4)
        side.icon("comment", "ink2")
    if row.needs_second:
        side.icon("review", "warning")
    name = _(status.name) if status else row.status or _("No status")
    at_start = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.setFont(faces.bold)
    painter.setPen(theme.status_text(status.token, ground="surface") if status else theme.colour("ink2"))
    told = bold.elidedText(name, Qt.TextElideMode.ElideRight, max(0, side.right - line.left()))
    width = bold.horizontalAdvance(told)
    place = QRect(line.left(), line.top(), max(width + 1, side.right - line.left()), line.height())
    painter.drawText(turned(painter, box, place), at_start, isolated(told))
    left = line.left() + width + 10
    if row.adjudicated:
        left = _decided(painter, box, line, left, side.right, shown)
    if row.speaker and side.right - left > plain.averageCharWidth() * 4:
        painter.setFont(faces.small if row.speaker_accepted else faces.italic)
        painter.setPen(theme.colour("ink2" if row.speaker_accepted else "ink3"))
        speaker = plain.elidedText(speaker_text(row), Qt.TextElideMode.ElideRight, side.right - left)
        room = QRect(left, line.top(), side.right - left, line.height())
        painter.drawText(turned(painter, box, room), at_start, isolated(speaker))


def _decided(painter: QPainter, box: QRect, line: QRect, left: int, right: int, shown: Shown) -> int:
    """Draw a tick and that the review came to this; return where what follows may begin."""
    theme, plain = shown.theme, shown.faces.small_metrics
    place = turned(painter, box, QRect(left, line.center().y() - 6, _SIGN, _SIGN))
    paint_icon(painter, "check", QRectF(place), theme.colour("accent"))
    left += 17
    word = plain.elidedText(_("adjudicated"), Qt.TextElideMode.ElideRight, max(0, right - left))
    width = plain.horizontalAdvance(word)
    painter.setFont(shown.faces.small)
    painter.setPen(theme.colour("ink"))
    room = QRect(left, line.top(), width + 1, line.height())
    painter.drawText(turned(painter, box, room), Qt.AlignmentFlag.AlignVCenter, isolated(word))
    return left + width + 10
