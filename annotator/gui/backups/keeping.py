"""Backups that the window takes by itself, and what the person does with them."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from annotator import settings
from annotator.errors import Refused
from annotator.gui.busy import OneJob, report_bug
from annotator.gui.jobs import Job
from annotator.i18n import _
from annotator.model.changes import Changes
from annotator.services import backups, redacting
from annotator.services.backups import Backup, Why
from annotator.store.file import SUFFIX, Damaged, NoProject

if TYPE_CHECKING:
    from annotator.gui.backups.damage_card import DamageCard
    from annotator.gui.backups.sheet import BackupSheet
    from annotator.gui.window import MainWindow

_MINUTE_MS: Final = 60_000

OPENED_MS: Final = 3_000
"""How long after opening the first backup is taken: what is shown first comes first."""


class Keeping(QObject):
    """Takes backups quietly: after opening, after half an hour of change, after an import. Offers the others.

    What works by itself shows no bar, tells only what goes wrong, each thing once, and never holds the person up.

    Attributes:
        opened: runs from the opening of a project to its first backup.
        due: runs from the first change after a backup to the next backup.
    """

    def __init__(self, window: "MainWindow", job: OneJob) -> None:
        super().__init__(window)
        self._window = window
        self._job = job
        self._own: Job | None = None
        self._waiting: Why | None = None
        self._brought_in = False
        self._taking_out_next = False
        self._told: set[str] = set()
        self._sheet: BackupSheet | None = None
        self.opened = self._timer(OPENED_MS, "opening")
        self.due = self._timer(settings.load().backup_minutes * _MINUTE_MS, "interval")
        hub = window.hub
        hub.project_changed.connect(self._on_project)
        hub.leaving.connect(self.stop)
        hub.changed.connect(self._on_changed)
        job.ended.connect(self._on_job_ended)
        self._on_project()

    def set_interval(self, minutes: int) -> None:
        """Let changes wait so long for a backup at most; a wait that has begun begins anew."""
        self.due.setInterval(minutes * _MINUTE_MS)

    def _timer(self, milliseconds: int, why: Why) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(lambda: self.take_quietly(why))
        return timer

    # By itself

    def _on_project(self) -> None:
        hub = self._window.hub
        self._told.clear()
        if hub.is_open and hub.project.writable:
            self.opened.start()

    def _on_changed(self, changes: Changes) -> None:
        project = self._window.hub.project
        if not project.writable:
            return
        self._brought_in = self._brought_in or (changes.whole and self._job.is_running)
        if not self.due.isActive():
            self.due.start()
        if project.journal_trouble is not None:
            self._tell_once(project.journal_trouble)

    def _on_job_ended(self) -> None:
        brought_in, self._brought_in = self._brought_in, False
        if brought_in:
            self.take_quietly("import")
        self._go_on()

    def _go_on(self) -> None:
        if self._taking_out_next and self._window.hub.is_open:
            self.take_out()

    def take_quietly(self, why: Why) -> None:
        """Take a backup beside the window where the project has changed since the last; one at a time."""
        hub = self._window.hub
        if not hub.is_open or not hub.project.writable:
            return
        if self._own is not None:
            self._waiting = why
            return
        self.due.stop()
        self._own = Job(hub.project, lambda project: backups.back_up(project, why, gentle=True), self)
        self._own.refused.connect(self._tell_once)
        self._own.failed.connect(self._on_failed)
        self._own.ended.connect(self._on_ended)
        self._own.start()

    @property
    def is_idle(self) -> bool:
        """Whether nothing works by itself at the moment."""
        return self._own is None and self._waiting is None

    @property
    def is_due_to_take_out(self) -> bool:
        """Whether what was redacted is taken out as soon as nothing else is at work."""
        return self._taking_out_next

    def _on_failed(self, error: BaseException) -> None:
        report_bug(self._window.notices, error)

    def _on_ended(self) -> None:
        job, self._own = self._own, None
        if job is not None:
            job.deleteLater()
        why, self._waiting = self._waiting, None
        if why is not None:
            self.take_quietly(why)
        self._go_on()

    def _tell_once(self, refusal: Refused) -> None:
        if refusal.what not in self._told:
            self._told.add(refusal.what)
            self._window.notices.refuse(refusal)

    def stop(self) -> None:
        """End what works by itself, and wait for it: the project is about to be closed."""
        self.opened.stop()
        self.due.stop()
        self._waiting = None
        self._taking_out_next = False
        job, self._own = self._own, None
        if job is not None:
            job.blockSignals(True)  # noqa: FBT003 - Qt's own signature
            job.wait()
            job.deleteLater()
        if self._sheet is not None:
            self._sheet.close_sheet()

    # By the person

    @property
    def sheet(self) -> "BackupSheet":
        """The list of backups; made when it is first wanted."""
        if self._sheet is None:
            from annotator.gui.backups.sheet import BackupSheet  # noqa: PLC0415 - as above

            self._sheet = BackupSheet(self._window)
            self._sheet.taking_wanted.connect(self.take)
            self._sheet.restoring_wanted.connect(self.restore)
            self._sheet.taking_out_wanted.connect(self.take_out)
        return self._sheet

    def show_list(self) -> None:
        """Show the open project's backups."""
        hub = self._window.hub
        if hub.is_open:
            self._window.inspector.commit_all()
            self.sheet.open_with(hub.project)

    def take(self) -> None:
        """Take a backup now, with a bar."""
        hub = self._window.hub
        if self._own is not None:
            self._window.notices.tell(_("A backup is being taken already."))
        elif hub.is_open:
            before = backups.listing_of(hub.project)
            self._job.run(
                _("Backing up"),
                lambda project: backups.back_up(project, "asked", gentle=True),
                done=lambda result: self._on_taken(new=result not in before),
                cancelled=lambda _changes: self._window.notices.tell(_("Stopped; no backup was taken.")),
            )

    def take_out(self) -> None:
        """Take what was redacted out of the backups and the journal, with a bar, once nothing else is at work."""
        self._taking_out_next = self._own is not None or self._job.is_running
        if self._taking_out_next:
            return

        def done(result: object) -> None:
            if isinstance(result, redacting.Rewritten):
                self._window.notices.tell(redacting.told_of(result))
                # The backup from before a merge is another one now.
                self._window.commands.files.merging.forget()
            if self._sheet is not None and self._sheet.is_open:
                self._sheet.open_with(self._window.hub.project)

        self._job.run(
            _("Taking out what was redacted"),
            redacting.finishing,
            done=done,
            cancelled=lambda _changes: done(None),
        )

    def _on_taken(self, *, new: bool) -> None:
        self._window.notices.tell(_("Backed up") if new else _("Nothing has changed since the last backup"))
        if self._sheet is not None and self._sheet.is_open:
            self._sheet.open_with(self._window.hub.project)

    def restore(self, one: Backup) -> None:
        """Ask for a new file, copy a backup there, and open it."""
        original = Path(one.original)
        suggestion = original.with_name(f"{original.stem} {one.when[:10]}{SUFFIX}")
        chosen = self._asked(_("Restore to a new file"), suggestion)
        if chosen is not None:
            self._job.run_free(
                _("Restoring"),
                lambda: backups.restoring(one, chosen),
                done=lambda _result: self._open(chosen, _("Restored to {file}").format(file=chosen)),
                cancelled=lambda _changes: self._window.notices.tell(_("Stopped; nothing was restored.")),
            )

    def _asked(self, title: str, suggestion: Path) -> Path | None:
        if self._job.refuse_second():
            return None
        kinds = f"{_('Annotator project')} (*{SUFFIX})"
        chosen = self._window.prompts.file_to_save(title, kinds, str(suggestion), replaces=False)
        if chosen is None or chosen.suffix.lower() == SUFFIX:
            return chosen
        return chosen.with_name(chosen.name + SUFFIX)

    def _open(self, path: Path, told: str) -> None:
        if self._sheet is not None:
            self._sheet.close_sheet()
        if self._window.open_path(path):
            self._window.notices.tell(told)

    # Damage

    def offer_rescue(self, path: Path, refusal: Refused) -> None:
        """Where a file that could not be opened is damaged, or was a project once, offer to make a sound one of it."""
        found = backups.listing_of_lost(path)
        if isinstance(refusal, Damaged) or (found and isinstance(refusal, NoProject)):
            card = self._card()
            card.rescue_wanted.connect(lambda: self._rescue(path, card))
            card.offer(path, refusal, found[0] if found else None)

    def _card(self) -> "DamageCard":
        from annotator.gui.backups.damage_card import DamageCard  # noqa: PLC0415 - hardly ever wanted

        return DamageCard(self._window)

    def _rescue(self, path: Path, card: "DamageCard") -> None:
        from annotator.services import rescuing  # noqa: PLC0415 - hardly ever wanted

        chosen = self._asked(_("Rescue to a new file"), path.with_name(f"{path.stem} {_('rescued')}{SUFFIX}"))
        if chosen is None:
            return

        def done(result: object) -> None:
            if isinstance(result, rescuing.Rescued) and self._window.open_path(chosen):
                card.report(chosen, (*rescuing.told_of(result), *result.lost))

        self._job.run_free(
            _("Rescuing"),
            lambda: rescuing.rescuing(path, chosen, person=self._window.person),
            done=done,
            cancelled=lambda _changes: self._window.notices.tell(_("Stopped; nothing was written.")),
        )
