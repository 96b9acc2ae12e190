"""The list of a project's backups: when and why each was taken, how large it is, and whether it is still sound."""

from collections.abc import Generator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QPushButton,
    QStackedWidget,
    QTableWidgetItem,
    QWidget,
)

from annotator import settings
from annotator.gui.backups.left_over import LeftOver
from annotator.gui.dates import clock_text, day_text
from annotator.gui.icons import icon
from annotator.gui.jobs import Job
from annotator.gui.popups.card import Card
from annotator.gui.widgets.elided import ElidedLabel
from annotator.gui.widgets.empty import EmptyHint
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.plain_table import PlainTable
from annotator.i18n import _, ngettext
from annotator.model.moments import read_moment
from annotator.services import backups, redacting
from annotator.services.backups import Backup
from annotator.services.jobs import Progress

if TYPE_CHECKING:
    from annotator.store.project import Project

_ICON: Final = 16
_WIDTH, _HEIGHT = 760, 520


class Looked(NamedTuple):
    """What reading the backups again gave: whether each is sound, and how many have what was redacted."""

    sound: dict[Path, bool]
    left_over: int


class BackupSheet(QObject):
    """Shows the backups over the window; Esc closes it.

    Signals:
        taking_wanted: the person wants a backup now.
        restoring_wanted: the person wants one in a new file (Backup).
        taking_out_wanted: the person wants what was redacted taken out of them.
    """

    taking_out_wanted = Signal()
    taking_wanted = Signal()
    restoring_wanted = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._found: list[Backup] = []
        self._look: Job | None = None
        self._looked = False
        self.table = _Table()
        self.table.itemSelectionChanged.connect(self._on_selected)
        self.table.itemActivated.connect(self._on_activated)
        self.empty = EmptyHint("article", _("No backups yet"), _("The first one is taken a moment after a change."))
        self.left_over = LeftOver()
        self.left_over.taking_out_wanted.connect(self.taking_out_wanted)
        self.where = ElidedLabel("", mode=Qt.TextElideMode.ElideMiddle)
        self.where.setProperty("quiet", "true")
        self.take = QPushButton(_("Back up now"))
        self.restore = QPushButton(_("Restore to a new file…"))
        self.restore.setProperty("kind", "primary")
        self.card = Card(window, _("Backups"), width=_WIDTH, height=_HEIGHT)
        self.overlay, self.close_button = self.card.overlay, self.card.close_button
        self.take.clicked.connect(self.taking_wanted)
        self.restore.clicked.connect(self._on_restore)
        self.overlay.closed.connect(self._stop_looking)
        self._stack = QStackedWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        self.about = PlainLabel()
        self.about.setWordWrap(True)
        self.about.setProperty("quiet", "true")
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        for widget, share in ((self.where, 1), (self.take, 0), (self.restore, 0)):
            self.card.foot.addWidget(widget, share)
        self.card.body.addWidget(self.about)
        self.card.body.addWidget(self._stack, 1)
        self.card.body.addWidget(self.left_over)

    @property
    def is_open(self) -> bool:
        """Whether it is on show."""
        return self.overlay.isVisible()

    @property
    def is_looked_through(self) -> bool:
        """Whether every backup on show was read again."""
        return self._looked

    def open_with(self, project: "Project") -> None:
        """Show the backups of a project, and read each of them again beside the window."""
        self._stop_looking()
        self._found = backups.listing_of(project)
        self.about.setText(_about(backups.going(project)))
        self.table.show_backups(self._found, project.path)
        self._stack.setCurrentWidget(self.table if self._found else self.empty)
        self.where.set_text(str(self._found[0].path.parent) if self._found else "")
        self.take.setEnabled(True)
        self._on_selected()
        self.overlay.open_on(self.table if self._found else self.take)
        self.left_over.show_count(0)
        self._looked = False
        found = self._found

        def look(beside: "Project") -> Generator[Progress, None, Looked]:
            sound = yield from backups.inspected(found)
            return Looked(sound, (yield from redacting.left_over(beside)))

        self._look = Job(project, look, self)
        self._look.done.connect(self._on_looked)
        self._look.start()

    def _on_looked(self, looked: object) -> None:
        if isinstance(looked, Looked):
            self.table.show_soundness(looked.sound)
            self.left_over.show_count(looked.left_over)
            self._looked = True

    def close_sheet(self) -> None:
        """Close it."""
        self.overlay.close_card()
        self._stop_looking()

    def _stop_looking(self) -> None:
        job, self._look = self._look, None
        if job is not None:
            job.blockSignals(True)  # noqa: FBT003 - Qt's own signature
            job.wait()
            job.deleteLater()

    def _chosen(self) -> Backup | None:
        row = self.table.currentRow()
        return self._found[row] if self.table.selectedItems() and row < len(self._found) else None

    def _on_selected(self) -> None:
        self.restore.setEnabled(self._chosen() is not None)

    def _on_activated(self, _item: QTableWidgetItem) -> None:
        self._on_restore()

    def _on_restore(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.restoring_wanted.emit(chosen)


def _about(going: int) -> str:
    """Return when backups are taken and how many are kept; `going` of those on show are more than that."""
    taken = _("Taken by themselves after opening, every {minutes} minutes of work and after an import.")
    lines = [taken.format(minutes=settings.load().backup_minutes), backups.kept_words()]
    if going:
        more = ngettext(
            "{n} more than that goes with the next ones.",
            "{n} more than that go with the next ones, bit by bit.",
            going,
        )
        lines.append(more.format(n=going))
    lines.append(_("A backup is never opened itself: restore it to a new file."))
    return " ".join(lines)


class _Table(PlainTable):
    """A row a backup."""

    def __init__(self) -> None:
        titles = (_("When"), _("Why"), _("Events"), _("Size"), _("Checked"))
        super().__init__(titles, name=_("Backups, the newest first"), wide=1)

    def show_backups(self, found: list[Backup], path: Path) -> None:
        """Show these, the first one chosen."""
        self.setRowCount(0)
        self.setRowCount(len(found))
        for row, one in enumerate(found):
            why = backups.reasons()[one.why]
            if one.original != str(path):
                why = _("{why}, from {file}").format(why=why, file=one.original)
            cells = (_when(one), why, str(one.events), QLocale().formattedDataSize(one.size, 1), _("when it was made"))
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setData(Qt.ItemDataRole.UserRole, str(one.path))
                self.setItem(row, column, item)
            if not one.complete:
                self._mark(row, sound=False)
        if found:
            self.selectRow(0)
        self.setAccessibleDescription(ngettext("{n} backup", "{n} backups", len(found)))

    def show_soundness(self, sound: Mapping[Path, bool]) -> None:
        """Show which of them are what they were when they were made, by path."""
        for row in range(self.rowCount()):
            item = self.item(row, 0)
            if item is not None:
                self._mark(row, sound=sound.get(Path(item.data(Qt.ItemDataRole.UserRole)), False))

    def _mark(self, row: int, *, sound: bool) -> None:
        item = QTableWidgetItem(_("sound") if sound else _("damaged"))
        item.setIcon(icon("check" if sound else "warning", "accent" if sound else "ink"))
        self.setItem(row, self.columnCount() - 1, item)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a row the height that its font needs."""
        self.verticalHeader().setDefaultSectionSize(self.row_height())
        super().resizeEvent(event)


def _when(one: Backup) -> str:
    seconds = read_moment(one.when).timestamp()
    local = read_moment(one.when).astimezone().replace(tzinfo=None).isoformat(timespec="microseconds")
    return f"{day_text(f'{local}Z', 'day', short=True)} {local[:4]}, {clock_text(seconds)[:5]}"
