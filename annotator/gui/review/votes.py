"""The table of votes: questions and annotators, with the adjudicated answers beside them."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableWidgetItem

from annotator.gui.icons import icon
from annotator.gui.review.vote_cells import ADJUDICATED, DIFFERS, outcome_cell, questions_of, title_of, vote_cell
from annotator.gui.review.vote_painting import VoteDelegate, answer_width
from annotator.gui.review.wording import question_name
from annotator.gui.widgets.plain_table import PlainTable
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _
from annotator.model.review.questions import Question
from annotator.model.status import Status
from annotator.services.review_cards import Card

_HEAD: Final = 56
"""Pixels of a question's cell beside its name."""
_SHORT: Final = ("claim", "status")
"""Questions whose answers are a word: as columns they are as wide as that."""
_ROWS: Final = 3
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class VotesTable(PlainTable):
    """Shows what everybody says to each question.

    A question is a row and an annotator a column, as long as every status is whole in that; else it is the other way
    round, with what is decided in the first row. The question that is chosen is the one that Shift+digit answers. Arrow
    keys choose an annotator, too, however many there are: Enter adopts their marks, Shift+Enter their answer.

    Signals:
        adopt_wanted: an annotator's marks are to be adopted (their place among those of the card).
        answer_wanted: an annotator's answer to the question that is chosen is to be adopted (their place).
    """

    adopt_wanted = Signal(int)
    answer_wanted = Signal(int)

    _card: Card | None = None  # Qt tells of changes before there is one

    def __init__(self) -> None:
        super().__init__([_("Question")], name=_("Votes"), wide=0)
        self._styles: Mapping[str, Status] = {}
        self._questions = questions_of(None)
        self._row = 0
        self._person = -1
        self._people_down = False
        self._quiet = False
        self.setItemDelegate(VoteDelegate(self, self))
        self.setProperty("card", "true")
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)  # it is painted, and moves with the keys
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.currentCellChanged.connect(self._on_current)

    # What is chosen

    @property
    def question(self) -> Question:
        """The question that is chosen; a note is no question, and stands for the boundaries."""
        return self._questions[self._row] if self._row < len(self._questions) else "boundaries"

    @property
    def person(self) -> int:
        """The place of the annotator who is chosen among those of the card, -1 for none."""
        return self._person

    @property
    def people_down(self) -> bool:
        """Whether annotators are rows."""
        return self._people_down

    def step(self, by: int) -> None:
        """Choose the next (1) or previous (-1) question."""
        self._choose(max(0, min(len(self._questions) - 1, self._row + by)), self._person)

    def step_person(self, by: int) -> None:
        """Choose the next (1) or previous (-1) annotator; the first or the last where none is chosen."""
        people = len(self._card.people) if self._card else 0
        if people:
            person = self._person + by if self._person >= 0 else (0 if by > 0 else people - 1)
            self._choose(self._row, max(0, min(people - 1, person)))

    def _choose(self, row: int, person: int) -> None:
        self._row, self._person = row, person
        self._quiet = True
        self.setCurrentCell(*((person + 1, row + 1) if self._people_down else (row, person + 1)))
        self._quiet = False
        self.viewport().update()

    def _on_current(self, row: int, column: int, _old_row: int, _old_column: int) -> None:
        if self._quiet or row < 0 or self._card is None:
            return
        question, person = (column - 1, row - 1) if self._people_down else (row, column - 1)
        if question >= 0:
            self._row = question
        self._person = person if person < len(self._card.people) else -1
        self.viewport().update()

    def is_asked(self, row: int, column: int) -> bool:
        """Tell whether a cell belongs to the question that is chosen."""
        return (column - 1 if self._people_down else row) == self._row

    def is_person(self, row: int, column: int) -> bool:
        """Tell whether a cell is the answer to it of the annotator who is chosen."""
        person = row - 1 if self._people_down else column - 1
        return self._person >= 0 and person == self._person and self.is_asked(row, column)

    def asks_down(self) -> bool:
        """Tell whether a question is a column."""
        return self._people_down

    # What is shown

    def show_card(self, card: Card | None, styles: Mapping[str, Status]) -> None:
        """Show a card's votes; the question that is chosen stays while the card does, an annotator while the text."""
        before = self._card
        fresh = card is None or before is None or card.item.key != before.item.key
        self._card, self._styles = card, styles
        self._questions = questions_of(card)
        if card is None:
            self.setRowCount(0)
            return
        if before is None or [one.id for one in before.people] != [one.id for one in card.people]:
            self._person = -1
        kind = card.item.difference.kind
        if fresh:
            self._row = self._questions.index(kind) if kind else 0
        self._people_down = self._wants_people_down()
        self._fill(card)

    def _wants_people_down(self) -> bool:
        """Tell whether an annotator's column would cut a status."""
        people = len(self._card.people) if self._card else 0
        least = answer_width(_(one.name) for one in self._styles.values())
        room = self.width() - self.verticalScrollBar().sizeHint().width() - self._question_width()
        return (people + 1) * least > room

    def _question_width(self) -> int:
        metrics = QFontMetrics(self.font())
        return max(metrics.horizontalAdvance(question_name(one)) for one in (*self._questions, "note")) + _HEAD

    def _fill(self, card: Card) -> None:
        self._quiet = True
        rows = (*self._questions, "note")
        heads = [self._question_head(name, card) for name in rows]
        people = [self._person_head(title_of(number, one.name)) for number, one in enumerate(card.people, 1)]
        decided = self._person_head(_("Adjudicated"))
        answers = [[self._vote(name, place, card) for place in range(len(card.people))] for name in rows]
        outcome = [self._outcome(name, card) for name in rows]
        self.clear()
        if self._people_down:
            self._lay([decided, *people], heads, [[outcome[place], *answers[place]] for place in range(len(rows))])
        else:
            self._lay(heads, [*people, decided], [[*answers[place], outcome[place]] for place in range(len(rows))])
        self._quiet = False
        self._size_columns(rows)
        self._choose(min(self._row, len(rows) - 1), self._person)
        self.updateGeometry()

    def _lay(
        self, rows: list[QTableWidgetItem], columns: list[QTableWidgetItem], cells: list[list[QTableWidgetItem]]
    ) -> None:
        """Put heads and cells into their places; of each question there is a list of cells."""
        corner = QTableWidgetItem(_("Annotator") if self._people_down else _("Question"))
        self.setColumnCount(len(columns) + 1)
        self.setRowCount(len(rows))
        for column, head in enumerate([corner, *columns]):
            self.setHorizontalHeaderItem(column, head)
        for row, head in enumerate(rows):
            self.setRowHeight(row, self.row_height())
            self.setItem(row, 0, head)
        for question, each in enumerate(cells):
            for person, cell in enumerate(each):
                self.setItem(*((person, question + 1) if self._people_down else (question, person + 1)), cell)

    def _size_columns(self, rows: tuple[str, ...]) -> None:
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        if self._people_down:
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
            for column, name in enumerate(rows, 1):
                if name in _SHORT:
                    header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        else:
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(0, self._question_width())

    def _question_head(self, name: str, card: Card) -> QTableWidgetItem:
        head = QTableWidgetItem(question_name(name))
        differs = name in card.item.difference.of
        head.setData(DIFFERS, differs)
        head.setToolTip(plain_tip(head.text()))
        if differs:
            head.setData(Qt.ItemDataRole.AccessibleTextRole, _("{question}: they differ").format(question=head.text()))
            if self._people_down:
                head.setIcon(icon("review", "accent"))
        return head

    @staticmethod
    def _person_head(title: str) -> QTableWidgetItem:
        head = QTableWidgetItem(title)
        head.setToolTip(plain_tip(title))
        return head

    def _vote(self, name: str, place: int, card: Card) -> QTableWidgetItem:
        own = [vote for vote in card.votes if vote.who == card.people[place].id]
        return vote_cell(name, own, card, self._styles)

    def _outcome(self, name: str, card: Card) -> QTableWidgetItem:
        drafts = list(card.decided.outcome) if card.decided else None
        cell = outcome_cell(name, drafts, card, self._styles)
        if not cell.text():
            told = _("{question}: to decide").format(question=question_name(name))
            cell.setData(Qt.ItemDataRole.AccessibleTextRole, told)
        cell.setData(ADJUDICATED, True)  # noqa: FBT003 - Qt's own signature
        return cell

    # Size and keys

    def sizeHint(self) -> QSize:
        """Return the height of all rows."""
        return QSize(500, self._height_of(max(self.rowCount(), _ROWS)))

    def minimumSizeHint(self) -> QSize:
        """Return the height of some rows."""
        return QSize(300, self._height_of(_ROWS))

    def _height_of(self, rows: int) -> int:
        return self.horizontalHeader().sizeHint().height() + rows * self.row_height() + 4

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the table where statuses would be cut in the new width, or are whole again."""
        super().resizeEvent(event)
        if self._card is not None and self._wants_people_down() != self._people_down:
            self._people_down = not self._people_down
            self._fill(self._card)

    def event(self, event: QEvent) -> bool:
        """Keep Enter where an annotator is chosen: elsewhere it opens the article."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._takes(event):
            event.accept()
            return True
        return super().event(event)

    def _takes(self, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = modifiers in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier}
        return event.key() in _ENTER and plain and self._person >= 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by the arrow keys, adopt by Enter; letters and digits are the review's, not a search in the table."""
        if self._takes(event):
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self.answer_wanted if shift else self.adopt_wanted).emit(self._person)
        elif event.text() and event.text().isprintable() and event.key() != Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._card is not None:
            self._fill(self._card)
