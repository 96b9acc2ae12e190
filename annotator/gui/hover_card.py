"""The hover card: who makes the claim under the mouse, its status, sources and note. It never takes the focus."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QEnterEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from annotator.gui.article_view.page import HintWanted, MarkClicked
from annotator.gui.icons import pixmap
from annotator.gui.inspector.wording import stance_look
from annotator.gui.popups.claim_tag import StatusTag
from annotator.gui.theme import current_theme, reading_font
from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _, ngettext
from annotator.model.ids import MentionId
from annotator.model.wording import presentations
from annotator.services import viewing

if TYPE_CHECKING:
    from annotator.gui.article_pane import ArticlePane
    from annotator.services.viewing import ClaimDetail

_WIDTH: Final = 372
_SHADOW: Final = 8
_GAP: Final = 14
"""Pixels below the mark's last line: its lanes and handles stay in sight."""
_ICON: Final = 15
_LONGEST: Final = 240
"""Letters of the claim or the note; who wants more looks into the inspector."""
_SOURCES: Final = 3
_AWAY_MS: Final = 250
"""How long the mouse may be beside mark and card: on its way from one to the other."""


class HoverCard(QWidget):
    """Tells of the mark under the mouse while the mouse is over it or over the card; Esc, a key, a press hide it.

    A child of the article view, and no stop for the keyboard: what it tells the inspector has, too.
    """

    def __init__(self, pane: "ArticlePane") -> None:
        super().__init__(pane.view)
        self._pane = pane
        self.mark_id = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_SHADOW + 14, _SHADOW + 10, _SHADOW + 14, _SHADOW + 12)
        self._column.setSpacing(7)
        self._inside: QWidget | None = None
        self._away = QTimer(self)
        self._away.setSingleShot(True)
        self._away.setInterval(_AWAY_MS)
        self._away.timeout.connect(self.hide)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.hide()
        pane.view.hint = self
        pane.view.hovered.connect(self._on_hovered)
        pane.view.scrolled.connect(self.hide)

    def show_hint(self, wanted: HintWanted) -> None:
        """Tell of the first of the marks under the mouse, and how many more are there."""
        detail = self._pane.hub.do(viewing.claim_detail, MentionId(wanted.ids[0]))
        if detail is None:
            self.hide()
            return
        self.mark_id = wanted.ids[0]
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = self._made(detail, len(wanted.ids) - 1)
        self._column.addWidget(self._inside)
        self.setAccessibleName("\n".join(label.text() for label in self._inside.findChildren(QLabel) if label.text()))
        self.setFixedWidth(min(_WIDTH, self._pane.view.reading_area().width()) + 2 * _SHADOW)
        self._column.activate()
        height = self._column.heightForWidth(self.width())
        self.setFixedHeight(height if height > 0 else self._column.sizeHint().height())
        self.move(self._place(QRect(wanted.left, wanted.top, 1, wanted.bottom - wanted.top)))
        self.show()
        self.raise_()

    def _place(self, mark: QRect) -> QPoint:
        """Return where it stands: below the mark's line, above it where there is no room, never over its words."""
        view = self._pane.view
        port, area = view.viewport().geometry(), view.reading_area()
        mark = mark.translated(port.topLeft())
        x = max(area.left(), min(mark.left() - _SHADOW - 6, area.right() - self.width()))
        below = mark.bottom() + _GAP - _SHADOW
        above = mark.top() - _GAP - self.height() + _SHADOW
        return QPoint(x, below if below + self.height() <= area.bottom() or above < area.top() else above)

    # What it says

    def _made(self, detail: "ClaimDetail", more: int) -> QWidget:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        head = QHBoxLayout()
        tag = StatusTag(inside)  # with a parent: one that is shown without is a window, and takes the focus
        status = self._pane.hub.statuses.get(detail.status)
        tag.show_status(status)
        if status is not None:
            head.addWidget(tag)
        beside = _quiet(" · ".join(self._beside(detail)))
        head.addWidget(beside, 1)
        column.addLayout(head)
        claim = _words(_shortened(detail.claim.text))
        claim.setFont(reading_font(factor=1.12))
        column.addWidget(claim)
        for icon_name, token, words in self._lines(detail):
            column.addLayout(_line(icon_name, token, words, self.devicePixelRatioF()))
        if more:
            told = ngettext(
                "{n} more claim is here: O goes round them", "{n} more claims are here: O goes round them", more
            )
            column.addWidget(_quiet(told))
        return inside

    def _beside(self, detail: "ClaimDetail") -> Iterator[str]:
        if not detail.status:
            yield _("No status")
        presented = dict(presentations())[detail.mention.presented_as]
        if detail.mention.presented_as:
            yield presented
        if detail.adjudicated:
            yield _("decided by {name}").format(name=detail.annotator)
        elif not detail.mine:
            yield detail.annotator

    def _lines(self, detail: "ClaimDetail") -> Iterator[tuple[str, str, str]]:
        """Yield (icon, token of its colour, words)."""
        if detail.adjudicated:
            yield "check", "accent", _("Adjudicated: what the review came to")
        name = detail.speaker.name if detail.speaker else ""
        if name and not detail.mention.speaker_accepted:
            yield "suggestion", "ink2", _("{name}, suggested").format(name=name)
        else:
            yield "person", "ink2", name or _("Nobody is named as the speaker")
        for row in detail.evidence[:_SOURCES]:
            look = stance_look(row.evidence.stance)
            title = row.source.title or row.source.url
            yield look.icon_name, look.token, f"{look.word}: {_shortened(title)}"
        rest = len(detail.evidence) - _SOURCES
        if rest > 0:
            yield "link", "ink2", ngettext("{n} more source", "{n} more sources", rest)
        if not detail.evidence:
            yield "link", "warning", _("No source yet")
        if detail.outer is not None:
            yield "quote", "ink2", _("Reported in: {claim}").format(claim=_shortened(detail.outer.text))
        if detail.mention.note.strip():
            yield "note", "ink2", _shortened(detail.mention.note)

    # When it goes

    def _on_hovered(self, mark_id: str) -> None:
        if not self.isVisible():
            return
        if mark_id == self.mark_id:
            self._away.stop()
        elif mark_id:
            self.hide()
        else:
            self._away.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the mouse is over the card."""
        self._away.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go soon, unless the mouse goes back to the mark."""
        self._away.start()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the claim that it tells of."""
        self.hide()
        self._pane.view.mark_clicked.emit(MarkClicked(self.mark_id))
        event.accept()

    def hide(self) -> None:
        """Hide it, and wait for nothing."""
        self._away.stop()
        super().hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, its edge and a soft shadow."""
        del event
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW - 2, -_SHADOW, -_SHADOW - 2)
        shadow: QColor = theme.colour("shadow")
        shadow.setAlphaF(0.03)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shadow)
        for reach in range(_SHADOW, 0, -1):
            painter.drawRoundedRect(card.adjusted(-reach, -reach + 2, reach, reach + 2), 8 + reach, 8 + reach)
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


def _words(text: str) -> PlainLabel:
    label = PlainLabel(text)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return label


def _quiet(text: str) -> PlainLabel:
    label = _words(text)
    label.setProperty("quiet", "true")
    return label


def _line(icon_name: str, token: str, words: str, ratio: float) -> QHBoxLayout:
    icon = QLabel()
    theme = current_theme()
    colour = theme.status_colour(token) if token in {"confirmed", "disputed"} else theme.colour(token)
    icon.setPixmap(pixmap(icon_name, colour, _ICON, ratio))
    icon.setFixedSize(QSize(_ICON + 3, _ICON + 5))
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(_words(words), 1)
    return line
