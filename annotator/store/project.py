"""The project: one file, one write gate, undo from its log, and reading."""

import contextlib
import sqlite3
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from msgspec import UNSET, UnsetType

from annotator.errors import Refused, from_os
from annotator.i18n import _
from annotator.model import ids
from annotator.model.changes import Changes
from annotator.model.ids import AnnotatorId, ChangeId, ProjectId
from annotator.model.records import Annotator, ProjectCard
from annotator.model.status import SCHEMES, Status
from annotator.store import creating, file, opening
from annotator.store.change import Change
from annotator.store.committing import Committing
from annotator.store.lock import WriterLock
from annotator.store.undo import Step, Steps, events_of, reversal

if TYPE_CHECKING:
    from annotator.store.recovery import QuickCheck


class Project(Committing):
    """One open project file.

    Reading works through the methods of `Reading`; every write goes through `change`. A project opened without
    `write` refuses changes. Use it from one thread; `beside` gives a second one for a worker.
    """

    def __init__(self, path: Path, opened: opening.Opened, lock: WriterLock | None) -> None:
        super().__init__(path, opened)
        self._lock = lock
        self.letters = False
        """Whether letters stand for annotators' names where a name would tell whose an undecided mark is."""
        self._steps = Steps()
        self.unclean = False

    @classmethod
    def open(cls, path: Path, *, write: bool, who: str = "") -> Self:
        """Open an existing project; `who` is written into the lock file for others to read.

        Raises Refused where it is no project, another writer has it, or the file takes no writes.
        """
        try:
            return cls._opened_at(file.real(path), write=write, who=who)
        except sqlite3.Error as error:
            raise file.refusal(error, str(path)) from error
        except OSError as error:
            raise from_os(error, str(path)) from error

    @classmethod
    def _opened_at(cls, path: Path, *, write: bool, who: str) -> Self:
        opening.check_header(path, write=write)
        lock = WriterLock(path) if write else None
        if lock:
            lock.acquire(who or _("somebody"))
        found: opening.Opened | None = None
        try:
            unclean = opening.was_cut_short(path)
            found = opening.opened(path, write=write)
            project = cls(path, found, lock)
            if write:
                project._recover(unclean=unclean)
        except BaseException:
            if found:
                found.close()
            if lock:
                lock.release()
            raise
        project._keeps_journal = write
        return project

    def _recover(self, *, unclean: bool) -> None:
        """Look at what the sessions wrote last that nobody closed; raises Refused where it is not sound."""
        self._left_open = opening.left_open(self._connection)
        self.unclean = unclean or bool(self._left_open)
        if self._left_open:
            from annotator.store import recovery  # noqa: PLC0415 - after a clean close nobody needs it

            recovery.check_last(self._connection, self._left_open, str(self.path))

    def quick_check(self) -> "QuickCheck":
        """Return a check of the whole file for another thread; before each change of this project it gives way."""
        from annotator.store import recovery  # noqa: PLC0415 - the first paint does not wait for it

        check = recovery.QuickCheck(self._opened.file, self._left_open, str(self.path))
        self._gives_way = check.give_way
        return check

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        name: str,
        annotator: Annotator,
        scheme: Sequence[Status] | None = None,
        second_check: tuple[str, ...] | UnsetType = UNSET,
        blind: bool | UnsetType = UNSET,
    ) -> None:
        """Make a new project file, whole or not at all; what `second_check` and `blind` say, its card says.

        Raises Refused where there is a file already or the place takes no writes.
        """
        try:
            new = opening.Opened(creating.in_memory(), path)
            with cls(path, new, None) as project:
                project.work_as(annotator.id, writing=True)
                with project.change("project.new") as change:
                    offered = tuple(scheme or SCHEMES["default"])
                    change.put(ProjectCard(ProjectId(ids.new_id()), name, offered, second_check, blind))
                    change.put(annotator)
                project.work_as(annotator.id, writing=False)
                content = new.connection.serialize()
            creating.publish(content, path)
        except FileExistsError:
            if path.is_dir():
                what, do = _("this is a folder"), _("name a file in it, for example story.annot")
                raise Refused(what, do=do, file=str(path)) from None
            raise Refused(_("there is a file already"), do=_("choose another name"), file=str(path)) from None
        except FileNotFoundError:
            raise Refused(_("there is no such folder"), do=_("make it first"), file=str(path.parent)) from None
        except OSError as error:
            raise from_os(error, str(path)) from None

    def beside(self) -> "Project":
        """Return a second connection to the same file for a worker thread, writing in a session of its own.

        Close it before this one: the lock goes with this one.
        """
        other = Project(self.path, opening.Opened(file.connect(self._opened.file), self._opened.file), None)
        other.work_as(self._annotator_id, writing=self._session is not None)
        # Whoever writes first introduces the newcomer; for the other one nothing is new then.
        other._newcomer = self._newcomer
        other.letters = self.letters
        other._keeps_journal = self._keeps_journal
        other._gives_way = self._gives_way
        return other

    def work_as(self, annotator_id: AnnotatorId, *, writing: bool | None = None) -> None:
        """Make all further changes in this annotator's name, in a new session with nothing to undo yet."""
        self._end_session()
        self._steps = Steps()
        self._annotator_id = annotator_id
        if writing if writing is not None else self._lock is not None:
            self._begin_session()

    @contextlib.contextmanager
    def change(self, name: str, *, joins: ChangeId | None = None) -> Generator[Change]:
        """Collect one change and write it when the block ends: BEGIN IMMEDIATE … COMMIT; an exception writes nothing.

        `joins` names an earlier change of this session with which it is one undo step.

        Raises Refused where an invariant or the disk says no; then the project is as it was.
        """
        change = Change(name, joins=joins)
        yield change
        introduced = self._introduced()
        if self._write(change):
            self._steps.done(change)
            self._tell(change.touched | introduced)

    def take_step(self, changes: Sequence[ChangeId], name: str) -> None:
        """Let undo take back, as one step, what a job on a connection `beside` this one wrote; none is no step."""
        if changes:
            self._steps.take(Step(tuple(changes), name))

    @property
    def undo_name(self) -> str:
        """The name of the change that undo would take back, "" for none."""
        return self._steps.undo_name

    @property
    def redo_name(self) -> str:
        """The name of the change that redo would bring back, "" for none."""
        return self._steps.redo_name

    def undo(self) -> Changes:
        """Take back the last step of this session, as one new change.

        Raises Refused, naming the object, where somebody else has changed it since.
        """
        return self._step_back(self._steps.to_undo, self._steps.undone)

    def redo(self) -> Changes:
        """Bring back the last step that was undone, as one new change; raises like `undo`."""
        return self._step_back(self._steps.to_redo, self._steps.redone)

    def next_step(self, *, redo: bool) -> Step | None:
        """Return the step that undo would take back, or redo bring back; None for none."""
        return self._steps.to_redo if redo else self._steps.to_undo

    def lent_steps(self) -> Steps:
        """Return what a connection `beside` this one needs to take steps back in its place."""
        return self._steps.for_a_job()

    def stand_in(self, steps: Steps) -> None:
        """Take steps back for another session of the same person, which has lent its steps."""
        self._steps = steps

    def moved_by_a_job(self, step: Step, written: Sequence[ChangeId], *, redo: bool) -> None:
        """Take note of what a job beside this session has taken back of a step, the last change first."""
        self._steps.moved_by_a_job(step, written, redo=redo)

    def _step_back(self, step: Step | None, moved: Callable[[Step], None]) -> Changes:
        if step is None:
            return Changes()
        with self.unveiled():
            back = reversal(self._connection, step, self._steps)
        saved = self._write(back.change)
        events = events_of(self._connection, back.change.id) if saved else []
        self._steps.settle(back, {event.number: event.n for event in events})
        # A step whose parts cancel each other out writes nothing, and stays the step that it was.
        moved(Step((back.change.id,), step.name) if saved else step)
        if not saved:
            return Changes()
        self._tell(back.change.touched)
        return back.change.touched

    def close(self) -> None:
        """End the session and let go of the file; the lock goes even where the disk refuses the last line."""
        try:
            self._end_session()
        finally:
            self._opened.close()
            if self._journal:
                self._journal.close()
            if self._lock:
                self._lock.release()

    def __enter__(self) -> Self:
        """Return the open project."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()
