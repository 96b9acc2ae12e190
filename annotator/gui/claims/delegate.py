"""Paints a row of the claims list: status icon, the claim, who says so, how many sources, where it stands."""

from typing import Final, NamedTuple, cast

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.gui.claims.model import SHOWN, speaker_text
from annotator.gui.icons import paint_icon, status_icon_name
from annotator.gui.theme import Theme, current_theme, interface_font, reading_font, sized, until_the_font_changes
from annotator.gui.widgets.row_list import RowState, state_of
from annotator.i18n import _
from annotator.model.status import Status
from annotator.services.viewing import ClaimRow

_PAD: Final = 10
_ICON_BOX: Final = 24
_ICON: Final = 15
_LEADING: Final = 3
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
        _elbow(painter, inner, theme)
    icon_box = QRectF(inner.left(), inner.center().y() - _ICON_BOX / 2 + 1, _ICON_BOX, _ICON_BOX)
    _status_icon(painter, icon_box, status, theme)
    text = inner.adjusted(_ICON_BOX + 10, 0, 0, 0)
    reading = shown.faces.reading_metrics
    painter.setFont(shown.faces.reading)
    painter.setPen(theme.colour("ink"))
    line = QRect(text.left(), text.top(), text.width(), reading.height())
    told = reading.elidedText(" ".join(row.text.split()), Qt.TextElideMode.ElideRight, text.width())
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, told)
    _second_line(painter, text, row, status, shown.paragraph)
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
        painter.drawLine(box.left() + _PAD + _ICON_BOX + 10, box.bottom() + 1, box.right() - _PAD, box.bottom() + 1)


def _elbow(painter: QPainter, inner: QRect, theme: Theme) -> None:
    """Draw a corner before the icon: the claim above holds this one."""
    painter.setPen(QPen(theme.colour("ink3"), 1.4))
    x, y = inner.left() - _DEEPER + 4, inner.center().y() + 1
    painter.drawLine(x, inner.top() - 2, x, y)
    painter.drawLine(x, y, x + _DEEPER - 9, y)


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


def _second_line(painter: QPainter, text: QRect, row: ClaimRow, status: Status | None, paragraph: int) -> None:
    """Draw status and speaker at the left, sources and paragraph at the right."""
    theme = current_theme()
    faces = _faces()
    plain, bold = faces.small_metrics, faces.bold_metrics
    line = QRect(text.left(), text.bottom() - plain.height() + 1, text.width(), plain.height())
    right = line.right()
    if paragraph:
        right = _right_word(painter, line, right, f"¶{paragraph}", theme, "ink3") - 12
    missing = row.evidence == 0
    right = (
        _right_word(
            painter, line, right, _("none") if missing else str(row.evidence), theme, "warning" if missing else "ink2"
        )
        - 4
    )
    paint_icon(
        painter,
        "link",
        QRectF(right - 12, line.center().y() - 6, 13, 13),
        theme.colour("warning" if missing else "ink2"),
    )
    right -= 20
    for icon_name, count, token in (("comment", row.comments, "ink2"), ("review", int(row.needs_second), "warning")):
        if count:
            word = str(count) if icon_name == "comment" else ""
            right = _right_word(painter, line, right, word, theme, token) - (4 if word else 0)
            paint_icon(painter, icon_name, QRectF(right - 12, line.center().y() - 6, 13, 13), theme.colour(token))
            right -= 20
    name = _(status.name) if status else row.status or _("No status")
    painter.setFont(faces.bold)
    painter.setPen(theme.status_text(status.token, ground="surface") if status else theme.colour("ink2"))
    shown = bold.elidedText(name, Qt.TextElideMode.ElideRight, max(0, right - line.left()))
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    left = line.left() + bold.horizontalAdvance(shown) + 10
    if row.adjudicated:
        left = _decided(painter, line, left, right)
    if row.speaker and right - left > plain.averageCharWidth() * 4:
        painter.setFont(faces.small if row.speaker_accepted else faces.italic)
        painter.setPen(theme.colour("ink2" if row.speaker_accepted else "ink3"))
        speaker = plain.elidedText(speaker_text(row), Qt.TextElideMode.ElideRight, right - left)
        room = QRect(left, line.top(), right - left, line.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, speaker)


def _decided(painter: QPainter, line: QRect, left: int, right: int) -> int:
    """Draw a tick and that the review came to this; return where what follows may begin."""
    theme, plain = current_theme(), _faces().small_metrics
    paint_icon(painter, "check", QRectF(left, line.center().y() - 6, 13, 13), theme.colour("accent"))
    left += 17
    word = plain.elidedText(_("adjudicated"), Qt.TextElideMode.ElideRight, max(0, right - left))
    painter.setFont(_faces().small)
    painter.setPen(theme.colour("ink"))
    painter.drawText(line.adjusted(left - line.left(), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, word)
    return left + plain.horizontalAdvance(word) + 10


def _right_word(painter: QPainter, line: QRect, right: int, word: str, theme: Theme, token: str) -> int:
    """Draw a word that ends at `right`; return where it begins."""
    faces = _faces()
    painter.setFont(faces.small)
    painter.setPen(theme.colour(token))
    width = faces.small_metrics.horizontalAdvance(word)
    painter.drawText(QRect(right - width, line.top(), width + 1, line.height()), Qt.AlignmentFlag.AlignVCenter, word)
    return right - width
