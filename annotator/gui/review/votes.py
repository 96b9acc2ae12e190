"""The table of votes: a question a row, an annotator a column, and the adjudicated answer beside them."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidgetItem,
    QWidget,
)

from annotator.gui.icons import icon, paint_icon, status_icon_name
from annotator.gui.review.wording import question_name, words_of
from annotator.gui.theme import current_theme, interface_font
from annotator.gui.widgets.mirrored import is_mirrored, isolated, turned
from annotator.gui.widgets.plain_table import PlainTable
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _
from annotator.model.review.clusters import Said, Vote
from annotator.model.review.outcomes import Draft
from annotator.model.review.questions import QUESTIONS, Question
from annotator.model.status import Status
from annotator.services.review_cards import Card

_STATUS: Final = Qt.ItemDataRole.UserRole
_ADJUDICATED: Final = Qt.ItemDataRole.UserRole + 1
_QUESTION_WIDTH: Final = 130
_ICON: Final = 15
_STANCES: Final = {"supports": "supports", "refutes": "refutes", "context": "context"}


class VotesTable(PlainTable):
    """Shows what everybody says to each question; the row that is chosen is the one that Shift+digit answers."""

    def __init__(self) -> None:
        super().__init__([_("Question")], name=_("Votes"), wide=0)
        self._card: Card | None = None
        self._questions = _questions(None)
        self.setItemDelegate(_Delegate(self))
        self.setProperty("card", "true")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.horizontalHeader().setMinimumSectionSize(64)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)

    @property
    def question(self) -> Question:
        """The question that is chosen; a note is no question, and stands for the boundaries."""
        row = max(0, self.currentRow())
        return self._questions[row] if row < len(self._questions) else "boundaries"

    def step(self, by: int) -> None:
        """Choose the next (1) or previous (-1) question."""
        row = max(0, min(len(self._questions) - 1, self.currentRow() + by))
        self.setCurrentCell(row, 0)

    def show_card(self, card: Card | None, styles: Mapping[str, Status]) -> None:
        """Show a card's votes; the question that is chosen stays while the card does."""
        fresh = card is None or self._card is None or card.item.key != self._card.item.key
        self._card = card
        self._questions = _questions(card)
        if card is None:
            self.setRowCount(0)
            return
        row = self.currentRow()
        titles = [_("Question"), *(_title(number, one.name) for number, one in enumerate(card.people, 1))]
        titles.append(_("Adjudicated"))
        self.setColumnCount(len(titles))
        for column, title in enumerate(titles):
            head = QTableWidgetItem(title)
            head.setToolTip(plain_tip(title))
            self.setHorizontalHeaderItem(column, head)
        rows = (*self._questions, "note")
        self.setRowCount(len(rows))
        for place, name in enumerate(rows):
            self.setRowHeight(place, self.row_height())
            self._fill_row(place, name, card, styles)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(0, _QUESTION_WIDTH)
        kind = card.item.difference.kind
        wanted = self._questions.index(kind) if fresh and kind else 0 if fresh else max(0, row)
        self.setCurrentCell(wanted, 0)
        self.updateGeometry()

    def _fill_row(self, place: int, name: str, card: Card, styles: Mapping[str, Status]) -> None:
        differs = name in card.item.difference.of
        head = QTableWidgetItem(question_name(name))
        if differs:
            head.setIcon(icon("review", "accent"))
            head.setData(Qt.ItemDataRole.AccessibleTextRole, _("{question}: they differ").format(question=head.text()))
        font = QFont(interface_font())
        font.setWeight(QFont.Weight.DemiBold)
        head.setFont(font)
        self.setItem(place, 0, head)
        for column, person in enumerate(card.people, 1):
            own = [vote for vote in card.votes if vote.who == person.id]
            self.setItem(place, column, _vote_cell(name, own, card, styles))
        drafts = list(card.decided.outcome) if card.decided else None
        cell = _outcome_cell(name, drafts, card, styles)
        if not cell.text():
            told = _("{question}: to decide").format(question=question_name(name))
            cell.setData(Qt.ItemDataRole.AccessibleTextRole, told)
        cell.setData(_ADJUDICATED, True)  # noqa: FBT003 - Qt's own signature
        self.setItem(place, len(card.people) + 1, cell)

    def sizeHint(self) -> QSize:
        """Return the height of all rows."""
        height = self.horizontalHeader().sizeHint().height() + (len(self._questions) + 1) * self.row_height() + 4
        return QSize(500, height)

    def minimumSizeHint(self) -> QSize:
        """Return the height of some rows."""
        return QSize(300, self.horizontalHeader().sizeHint().height() + 3 * self.row_height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by the arrow keys; letters and digits are the review's, not a search in the table."""
        if event.text() and event.text().isprintable() and event.key() != Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for row in range(self.rowCount()):
                head = self.item(row, 0)
                if head is not None and not head.icon().isNull():
                    head.setIcon(icon("review", "accent"))


def _questions(card: Card | None) -> tuple[Question, ...]:
    """Return the questions of a card: what kind of claim it is only where somebody says so."""
    drafts = card.decided.outcome if card is not None and card.decided is not None else ()
    labelled = card is not None and any(one.label for one in (*card.votes, *drafts))
    return tuple(one for one in QUESTIONS if one != "label" or labelled)


def _title(number: int, name: str) -> str:
    return f"{number}  {name}" if number <= 9 else name  # noqa: PLR2004 - the digits there are


def _cell(text: str, status: Status | None = None) -> QTableWidgetItem:
    cell = QTableWidgetItem(text)
    cell.setToolTip(plain_tip(text) if text else "")
    if status is not None:
        cell.setData(_STATUS, status)
    return cell


def _vote_cell(name: str, own: list[Vote], card: Card, styles: Mapping[str, Status]) -> QTableWidgetItem:
    if name == "claim":
        missed = card.decided is not None and bool(card.decided.outcome)
        return _cell(_("yes") if own else _("missed") if missed else _("not marked"))
    if not own:
        return _cell("–")
    if name == "note":
        notes = [card.held[vote.mention_id].mention.note for vote in own]
        return _cell("; ".join(one for one in notes if one) or "–")
    return _answer_cell(name, [(v.spans, v.status, v.speaker, v.label, v.said) for v in own], card, styles)


def _outcome_cell(name: str, drafts: list[Draft] | None, card: Card, styles: Mapping[str, Status]) -> QTableWidgetItem:
    if drafts is None:
        return _cell(_("to decide") if name == "claim" else "")
    if name == "claim":
        return _cell(_("yes") if drafts else _("no claim"))
    if not drafts:
        return _cell("–")
    if name == "note":
        made = card.decided.mentions if card.decided else ()
        return _cell("; ".join(one.note for one in made if one.note) or "–")
    return _answer_cell(name, [(d.spans, d.status, d.speaker, d.label, d.said) for d in drafts], card, styles)


_Answer = tuple[tuple[tuple[int, int], ...], str, str, str, Said]


def _answer_cell(name: str, answers: list[_Answer], card: Card, styles: Mapping[str, Status]) -> QTableWidgetItem:
    if name == "boundaries":
        return _cell(" | ".join(_short(words_of(card, spans)) for spans, *_more in answers))
    if name == "status":
        keys = list(dict.fromkeys(status for _spans, status, *_more in answers))
        names = [_(styles[key].name) if key in styles else key or _("no status") for key in keys]
        return _cell(" | ".join(names), styles.get(keys[0]) if len(keys) == 1 else None)
    if name == "speaker":
        who = list(dict.fromkeys(card.speakers.get(speaker, "") or _("nobody") for _a, _b, speaker, *_more in answers))
        return _cell(" | ".join(who))
    if name == "label":
        return _cell(" | ".join(dict.fromkeys(label or _("none") for *_more, label, _said in answers)))
    said = list(dict.fromkeys(_said_text(said, card) for *_more, said in answers))
    return _cell(" | ".join(said))


def _said_text(said: Said, card: Card) -> str:
    names = {"supports": _("supports"), "refutes": _("refutes"), "context": _("context")}
    told = [f"{card.sources.get(source, '')} {names.get(stance, stance)}" for source, stance in sorted(said)]
    return ", ".join(told) or _("none")


def _short(words: str, most: int = 44) -> str:
    """Return words that begin and end as they do: where boundaries differ it is there."""
    if len(words) <= most:
        return words
    half = most // 2 - 1
    return f"{words[:half].rstrip()} … {words[-half:].lstrip()}"


class _Delegate(QStyledItemDelegate):
    """Paints statuses as chips, and the adjudicated column on a ground of its own."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a cell."""
        rect = QRect(option.rect)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType] - stubs lack it
        theme = current_theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(_ADJUDICATED):
            painter.fillRect(rect, theme.colour("accent_wash"))
        table = self.parent()
        chosen = isinstance(table, VotesTable) and table.currentRow() == index.row()
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if chosen:
            edge = QPen(theme.colour("focus"), 2 if isinstance(table, VotesTable) and table.hasFocus() else 1)
            painter.setPen(edge)
            painter.drawLine(rect.topLeft().x(), rect.top() + 1, rect.right(), rect.top() + 1)
            painter.drawLine(rect.topLeft().x(), rect.bottom() - 1, rect.right(), rect.bottom() - 1)
        status = index.data(_STATUS)
        box = rect.adjusted(10, 0, -8, 0)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if isinstance(status, Status):
            self._paint_chip(painter, box, status, text)
        else:
            self._paint_text(painter, box, index, text)
        painter.restore()

    @staticmethod
    def _paint_text(painter: QPainter, box: QRect, index: QModelIndex | QPersistentModelIndex, text: str) -> None:
        theme = current_theme()
        if index.column() == 0:
            font = QFont(interface_font())
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            if index.data(Qt.ItemDataRole.DecorationRole) is not None:
                square = turned(painter, box, QRect(box.left(), box.center().y() - _ICON // 2, _ICON, _ICON))
                paint_icon(painter, "review", QRectF(square), theme.colour("accent"))
            box = turned(painter, box, box.adjusted(_ICON + 8, 0, 0, 0))
        else:
            painter.setFont(interface_font())
        quiet = text in {"–", _("none"), _("not marked"), _("missed"), _("nobody"), _("no status"), _("to decide")}
        painter.setPen(theme.colour("ink2" if quiet else "ink"))
        told = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideMiddle, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, isolated(told))

    @staticmethod
    def _paint_chip(painter: QPainter, box: QRect, status: Status, text: str) -> None:
        theme = current_theme()
        font = QFont(interface_font())
        font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        width = min(box.width(), metrics.horizontalAdvance(text) + _ICON + 24)
        height = min(box.height() - 6, metrics.height() + 8)
        start = turned(painter, box, QRect(box.left(), box.top(), width, box.height())).left()
        chip = QRectF(start, box.center().y() - height / 2 + 0.5, width, height)
        painter.setPen(QPen(theme.tint(status.token, "border"), 1))
        painter.setBrush(theme.tint(status.token, "chip"))
        painter.drawRoundedRect(chip, height / 2, height / 2)
        ink = theme.status_text(status.token, "active", ground="raised")
        left = chip.right() - 7 - _ICON if is_mirrored(painter) else chip.left() + 7
        square = QRectF(left, chip.center().y() - _ICON / 2, _ICON, _ICON)
        paint_icon(painter, status_icon_name(status.icon), square, ink)
        painter.setFont(font)
        painter.setPen(ink)
        room = chip.adjusted(8, 0, -_ICON - 12, 0) if is_mirrored(painter) else chip.adjusted(_ICON + 12, 0, -8, 0)
        told = metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(room.width()) + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, isolated(told))
