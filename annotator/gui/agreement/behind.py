"""The marks behind a figure: where some annotators differ, and a way to each place in its article and back."""

from itertools import islice
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTableWidgetItem, QVBoxLayout, QWidget

from annotator.gui.icons import icon, status_icon_name
from annotator.gui.widgets.empty import EmptyHint
from annotator.gui.widgets.keyed_button import KeyedButton
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.plain_table import PlainTable
from annotator.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.model.status import Status
    from annotator.services.disagreeing import Comparison, Difference, Side
    from annotator.store.project import Project

MOST: Final = 2_000
"""So many differences are listed; of more, nobody goes through one by one."""

_WORDS: Final = 1


class BehindList(QWidget):
    """Lists differences; Enter goes to one, Esc back to the figures.

    Signals:
        wanted: the person wants to see a mark in its article (its id).
        left: the person wants back to the figures.
    """

    wanted = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel()
        self.title.setWordWrap(True)
        self.told = PlainLabel()
        self.told.setProperty("quiet", "true")
        self.back = KeyedButton(_("Back to the figures"), icon_name="chevron-left", key=_("Esc"), colour="accent")
        self.back.clicked.connect(self.left)
        self.table = _Table(self)
        self.empty = EmptyHint("check", _("No difference"), _("They agree in everything that this figure counts."))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title, 1)
        head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.told)
        column.addWidget(self._stack, 1)

    def show_differences(
        self,
        title: str,
        found: "Iterator[Difference]",
        comparison: "Comparison",
        project: "Project",
        statuses: "dict[str, Status]",
    ) -> None:
        """List differences, the first of very many."""
        shown = list(islice(found, MOST))
        more = sum(1 for _one in found)
        self.title.setText(title)
        count = len(shown) + more
        words = ngettext("{n} place", "{n} places", count)
        self.told.setText(
            _("{words}, of which the first {n} are listed").format(words=words, n=MOST) if more else words
        )
        self._stack.setCurrentWidget(self.table if shown else self.empty)
        self.table.fill(shown, comparison, project, statuses)
        (self.table if shown else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self) -> None:
        """Ask for the chosen place."""
        mention_id = self.table.chosen()
        if mention_id:
            self.wanted.emit(mention_id)


class _Table(PlainTable):
    """A row a place; Enter goes there, Esc back."""

    def __init__(self, owner: BehindList) -> None:
        titles = (_("Article"), _("Words"), _("Difference"), _("One"), _("The other"))
        super().__init__(titles, name=_("Where they differ"), wide=_WORDS)
        self._owner = owner
        self.itemDoubleClicked.connect(owner.go)

    def fill(
        self, rows: "list[Difference]", comparison: "Comparison", project: "Project", statuses: "dict[str, Status]"
    ) -> None:
        """Show these, the first one chosen."""
        kinds = {"only": _("one only"), "bounds": _("bounds"), "status": _("status"), "agree": _("none")}
        self.setRowCount(0)
        self.setRowCount(len(rows))
        for row, one in enumerate(rows):
            text = " ".join(project.text(one.text_sha256)[one.start : one.end].split())
            title = comparison.titles.get(one.article_id) or one.article_id
            sides = one.first, one.second
            texts = (_short(title, _TITLE), _short(text, _TEXT), kinds[one.kind])
            cells = [QTableWidgetItem(words) for words in texts]
            cells += [_side(side, comparison, statuses) for side in sides]
            there = next((side for side in sides if side is not None), None)
            cells[0].setData(Qt.ItemDataRole.UserRole, there.mention_id if there is not None else "")
            for column, item in enumerate(cells):
                self.setItem(row, column, item)
        if rows:
            self.selectRow(0)

    def chosen(self) -> str:
        """Return the id of a mark of the chosen row, "" for none."""
        item = self.item(self.currentRow(), 0)
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def event(self, event: QEvent) -> bool:
        """Take Esc before the window does."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go there on Enter, back on Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._owner.go()
        elif event.key() == Qt.Key.Key_Escape:
            self._owner.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a row the height that its font needs."""
        self.verticalHeader().setDefaultSectionSize(self.row_height())
        super().resizeEvent(event)


def _side(side: "Side | None", comparison: "Comparison", statuses: "dict[str, Status]") -> QTableWidgetItem:
    if side is None:
        return QTableWidgetItem(_("not marked"))
    status = statuses.get(side.status)
    name = comparison.name(side.annotator_id)
    said = _(status.name) if status else side.status or _("No status")
    item = QTableWidgetItem(f"{name}: {said}")
    if status is not None:
        item.setIcon(icon(status_icon_name(status.icon), "ink"))
    return item


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


_TITLE: Final = 34
_TEXT: Final = 300
