"""Lists of the review: what became of somebody's marks, what was asked, where the guidelines say too little."""

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QTableWidgetItem, QVBoxLayout, QWidget

from annotator.gui.hub import ASK_AGAIN_MS, Hub
from annotator.gui.inspector.drafts import saved
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.plain_table import PlainTable
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _
from annotator.model.ids import AnnotatorId
from annotator.model.records import Mention
from annotator.model.wording import cause_name
from annotator.services import commenting, fates
from annotator.services.commenting import Thread
from annotator.services.fates import became_name

if TYPE_CHECKING:
    from annotator.store.project import Project

_SLICE: Final = 0.012
"""Seconds for which what became of marks is read at a time: a list of thousands does not hold the window up."""

_KEY = Qt.ItemDataRole.UserRole


class _Table(PlainTable):
    """A table whose rows lead somewhere: Enter or a double click.

    Signals:
        entered_row: a row is to be followed (its key).
    """

    entered_row = Signal(str)

    def __init__(self, titles: Sequence[str], *, name: str, wide: int) -> None:
        super().__init__(titles, name=name, wide=wide)
        self._wanted = ""
        # Widths by what is in sight: by a thousand rows they would be measured again with each part that comes.
        self.horizontalHeader().setResizeContentsPrecision(0)
        self.itemActivated.connect(self._on_activated)

    def show_rows(self, rows: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Show rows, each with its key; the row that was chosen stays chosen."""
        self.begin_anew()
        self.add_rows(rows)

    def begin_anew(self) -> None:
        """Take all rows away; the one that was chosen is chosen again when it comes."""
        self._wanted = self.chosen_key() or self._wanted
        self.setRowCount(0)

    def add_rows(self, rows: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Show further rows, each with its key."""
        before = self.rowCount()
        self.setRowCount(before + len(rows))
        for place, (key, cells) in enumerate(rows, before):
            self.setRowHeight(place, self.row_height())
            for column, text in enumerate(cells):
                cell = QTableWidgetItem(text)
                cell.setToolTip(plain_tip(text) if text else "")
                if not text:
                    cell.setData(Qt.ItemDataRole.AccessibleTextRole, _("nothing"))
                cell.setData(_KEY, key)
                self.setItem(place, column, cell)
        keys = [key for key, _cells in rows]
        if self._wanted in keys:
            self.setCurrentCell(before + keys.index(self._wanted), 0)
        elif rows and not before:
            self.setCurrentCell(0, 0)

    def chosen_key(self) -> str:
        """Return the key of the row that is chosen, "" for none."""
        cell = self.item(self.currentRow(), 0) if self.currentRow() >= 0 else None
        return str(cell.data(_KEY)) if cell is not None else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Follow the row on Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.chosen_key():
            self.entered_row.emit(self.chosen_key())
        else:
            super().keyPressEvent(event)

    def _on_activated(self, cell: QTableWidgetItem) -> None:
        self.entered_row.emit(str(cell.data(_KEY)))


class _Tab(QWidget):
    """A table under a line of words.

    Signals:
        place_wanted: the card of a mark is to be shown (its id).
    """

    place_wanted = Signal(str)

    def __init__(self, hub: Hub, titles: Sequence[str], *, name: str, wide: int) -> None:
        super().__init__()
        self._hub = hub
        self.said = PlainLabel()
        self.said.setProperty("quiet", "true")
        self.said.setWordWrap(True)
        self.table = _Table(titles, name=name, wide=wide)
        self.table.entered_row.connect(self._on_row)
        self.top = QHBoxLayout()
        self.top.setSpacing(12)
        self.top.addWidget(self.said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 14, 22, 16)
        column.setSpacing(10)
        column.addLayout(self.top)
        column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def _on_row(self, key: str) -> None:
        self.place_wanted.emit(key)

    def show_project(self, names: dict[str, str]) -> None:
        """Read and show; `names` has the annotators' by id."""
        raise NotImplementedError


class FatesTab(_Tab):
    """What became of an annotator's marks, and why.

    Signals:
        reply_wanted: something is to be said about a mark (its id, its words).
    """

    reply_wanted = Signal(str, str)

    def __init__(self, hub: Hub) -> None:
        titles = [_("Marked words"), _("Became"), _("What is different"), _("Why"), _("By"), _("Asked")]
        super().__init__(hub, titles, name=_("What became of marks"), wide=0)
        self.who = QComboBox()
        self.who.setAccessibleName(_("Whose marks"))
        self.who.setMinimumWidth(180)
        self.top.insertWidget(0, self.who)
        self._parts: Iterator[list[fates.Fate]] | None = None
        self._counts = fates.counted(())
        self._go_on = QTimer(self)
        self._go_on.setSingleShot(True)
        self._go_on.timeout.connect(self._on_timer)
        self.reply = QPushButton(_("Reply…"))
        self.top.addWidget(self.reply)
        self._words: dict[str, str] = {}
        self.reply.clicked.connect(self._on_reply)
        self.table.currentCellChanged.connect(self._renew_button)
        self.who.currentIndexChanged.connect(self._fill)
        hub.leaving.connect(self._leave)

    def show_project(self, names: dict[str, str]) -> None:
        """Offer everybody, the person at work first."""
        me = self._hub.project.annotator_id
        people = sorted(names.items(), key=lambda one: (one[0] != me, one[1].casefold()))
        before = self.who.currentData()
        if [key for key, _name in people] != [self.who.itemData(place) for place in range(self.who.count())]:
            self.who.blockSignals(True)  # noqa: FBT003 - Qt's own signature
            self.who.clear()
            for key, name in people:
                self.who.addItem(_("My marks ({name})").format(name=name) if key == me else name, key)
            self.who.setCurrentIndex(max(0, self.who.findData(before)))
            self.who.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self.who.setVisible(bool(people))
        self._fill()

    def _fill(self) -> None:
        """Begin to list: what is read within a moment is there at once, the rest follows while the window is free."""
        who = AnnotatorId(str(self.who.currentData() or ""))
        self._parts = self._hub.do(fates.in_parts, who) if who else None
        self._counts = fates.counted(())
        self._words.clear()
        self.table.begin_anew()
        if self._parts is None:
            self._go_on.stop()
            self.said.setText(_("Nothing is decided yet: until then nobody is told whose the marks are."))
        else:
            self._read_on()

    def _read_on(self) -> None:
        """Read some more, for a moment; where a job writes to the file just now, later."""
        begun, through = time.perf_counter(), False
        with self._hub.project.moment() as free:
            while free and not through and time.perf_counter() - begun < _SLICE:
                part = self._hub.do(self._next_part)
                through = part is None or len(part) != fates.PART
                self._take(part or [])
        self._tell(through=through)
        if through:
            self._parts = None
        else:
            self._go_on.start(0 if free else ASK_AGAIN_MS)

    def _next_part(self, _project: "Project") -> list[fates.Fate] | None:
        return next(self._parts, None) if self._parts else None

    def _on_timer(self) -> None:
        if self._parts is not None and self._hub.is_open:
            self._read_on()

    def _leave(self) -> None:
        self._parts = None
        self._go_on.stop()

    def _take(self, part: Sequence[fates.Fate]) -> None:
        if self._hub.project.letters and self.who.currentData() != self._hub.project.annotator_id:
            part = [one for one in part if one.became != "pending"]  # whose they are would be told
        self._words |= {one.mention_id: one.words for one in part}
        for kind, number in fates.counted(part).items():
            self._counts[kind] += number
        self.table.add_rows(
            [
                (
                    one.mention_id,
                    (one.words, became_name(one.became), self._different(one), self._why(one), one.by, one.asked),
                )
                for one in part
            ]
        )

    def _tell(self, *, through: bool) -> None:
        counts = [one for one in self._counts.items() if one[1] or one[0] != "missing"]
        told = " · ".join(f"{number:n} {became_name(kind)}" for kind, number in counts)
        self.said.setText(told if through else _("{counts} · reading on").format(counts=told))
        self._renew_button()

    def _renew_button(self, *_whatever: object) -> None:
        writable = self._hub.is_open and self._hub.project.writable
        self.reply.setEnabled(writable and self.table.chosen_key() in self._words)

    def _on_reply(self) -> None:
        key = self.table.chosen_key()
        if key in self._words:
            self.reply_wanted.emit(key, self._words[key])

    def _different(self, one: fates.Fate) -> str:
        told: list[str] = []
        if one.became == "missing":
            told.append(self._status(one.status_now))
        if one.became == "change" and one.status != one.status_now:
            told.append(f"{self._status(one.status)} → {self._status(one.status_now)}")
        if one.now:
            told.append(f"“{one.now}”")
        return " · ".join(told)

    def _status(self, key: str) -> str:
        status = self._hub.statuses.get(key)
        return _(status.name) if status else key or _("no status")

    @staticmethod
    def _why(one: fates.Fate) -> str:
        return " · ".join(part for part in (one.reason, cause_name(one.cause) if one.cause else "") if part)


class QuestionsTab(_Tab):
    """What was asked about marks, and what was answered.

    Signals:
        answer_wanted: a question is to be answered (id of its first comment, its words).
    """

    answer_wanted = Signal(str, str)

    def __init__(self, hub: Hub) -> None:
        titles = [_("Question"), _("Asked by"), _("Last answer"), _("About"), _("State")]
        super().__init__(hub, titles, name=_("Questions"), wide=0)
        self._threads: dict[str, Thread] = {}
        self.answer = QPushButton(_("Answer…"))
        self.settle = QPushButton(_("Resolve"))
        for button in (self.answer, self.settle):
            self.top.addWidget(button)
        self.answer.clicked.connect(self._on_answer)
        self.settle.clicked.connect(self._on_settle)
        self.table.currentCellChanged.connect(self._renew_buttons)

    def show_project(self, names: dict[str, str]) -> None:
        """Read every thread about a mark, the unresolved ones first."""
        del names
        project = self._hub.project
        threads = self._hub.do(commenting.all_threads) or []
        marks = project.by_ids(Mention, [one.target for one in threads])
        self._threads = {one.id: one for one in threads if one.target in marks}
        open_ones = sum(not one.resolved for one in self._threads.values())
        self.said.setText(_("{n} open; Enter leads to the card").format(n=open_ones))
        self.table.show_rows([(one.id, self._cells(one, marks)) for one in self._threads.values()])
        self._renew_buttons()

    @staticmethod
    def _cells(one: Thread, marks: dict[str, Mention]) -> Sequence[str]:
        first = one.remarks[0]
        said = [remark for remark in one.remarks[1:] if remark.comment.text]
        last = f"{said[-1].author}: {said[-1].comment.text}" if said else ""
        words = " … ".join(span.quote for span in marks[one.target].spans)
        return first.comment.text, first.author, last, words, _("resolved") if one.resolved else _("open")

    def _on_row(self, key: str) -> None:
        self.place_wanted.emit(self._threads[key].target)

    def _renew_buttons(self, *_whatever: object) -> None:
        thread = self._threads.get(self.table.chosen_key())
        writable = self._hub.is_open and self._hub.project.writable
        for button in (self.answer, self.settle):
            button.setEnabled(thread is not None and writable)
        self.settle.setText(_("Open again") if thread and thread.resolved else _("Resolve"))

    def _on_answer(self) -> None:
        thread = self._threads.get(self.table.chosen_key())
        if thread is not None:
            self.answer_wanted.emit(thread.id, thread.remarks[0].comment.text)

    def _on_settle(self) -> None:
        thread = self._threads.get(self.table.chosen_key())
        if thread is not None:
            saved(self._hub, commenting.settle, thread, resolved=not thread.resolved)


class GapsTab(_Tab):
    """Decisions that the guidelines did not settle."""

    def __init__(self, hub: Hub) -> None:
        titles = [_("Marked words"), _("Why"), _("By"), _("When")]
        super().__init__(hub, titles, name=_("Guideline gaps"), wide=1)

    def show_project(self, names: dict[str, str]) -> None:
        """Read every decision whose cause is a gap in the guidelines."""
        del names
        found = self._hub.do(fates.guideline_gaps) or []
        self.said.setText(_("Decisions whose cause is a gap in the guidelines; Enter leads to the card."))
        self.table.show_rows([(one.mention_id, (one.words, one.reason, one.by, one.at[:10])) for one in found])
