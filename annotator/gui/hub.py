"""The hub: holds the open project for the window, and tells every view what changed."""

import contextlib
import logging
import time
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from annotator import settings
from annotator.errors import Refused
from annotator.model.changes import Changes
from annotator.model.status import SCHEMES, Status
from annotator.services import projects
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.model.records import ProjectCard

P = ParamSpec("P")
T = TypeVar("T")

ASK_AGAIN_MS = 20
"""How long what is shown stays where a job holds the file, before it is read again."""

RESTS = 19
"""While a job writes on, so many times as long as all views took to read again is theirs to be used: a twentieth of
the time at most goes into showing what a person cannot follow anyway, however much there is in the project."""

LOOK_AROUND_MS = 1000
"""How often the file is asked whether another process wrote to it."""

_log = logging.getLogger(__name__)


class Hub(QObject):
    """Holds the project the window works on.

    Signals:
        leaving: the open project is about to be closed; what works beside it ends now.
        project_changed: another project was opened, or none is open any more.
        card_changed: the open project has another name or other statuses; `changed` follows.
        changed: a change was saved (Changes), by whatever hand: do, undo, redo, import, another process.
        refused: something could not be done (Refused); the window shows its line.
        letters_changed: annotators are called otherwise: letters stand for names now, or do not any more.
        unsaved: a change could not be saved for now (Refused; what makes it again). `refused` was told too.
        announced: something to say to the person and to screen readers (str).
    """

    leaving = Signal()
    project_changed = Signal()
    card_changed = Signal()
    changed = Signal(object)
    refused = Signal(object)
    announced = Signal(str)
    letters_changed = Signal()
    unsaved = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project: Project | None = None
        self._scheme: tuple[Status, ...] = SCHEMES["default"]
        self._statuses: dict[str, Status] = {}
        self._card: ProjectCard | None = None
        self._file_version = 0
        self._again: Callable[[], object] | None = None
        self._waiting = Changes()
        self._rested_at = 0.0
        self._ask_again = QTimer(self)
        self._ask_again.setSingleShot(True)
        self._ask_again.timeout.connect(self._on_ask_again)
        self._reads: dict[str, Callable[[], object]] = {}
        self._watch = QTimer(self)
        self._watch.setInterval(LOOK_AROUND_MS)
        self._watch.timeout.connect(self.look_around)

    @property
    def project(self) -> Project:
        """The open project; raises RuntimeError where none is open."""
        if self._project is None:
            raise RuntimeError("no project is open")
        return self._project

    @property
    def is_open(self) -> bool:
        """Whether a project is open."""
        return self._project is not None

    @property
    def scheme(self) -> tuple[Status, ...]:
        """The statuses the open project offers; the default scheme's where none is open."""
        return self._scheme

    @property
    def statuses(self) -> dict[str, Status]:
        """Every status by key that can be drawn."""
        return self._statuses

    def _read_scheme(self) -> None:
        self._scheme = projects.scheme_of(self._project) if self._project else SCHEMES["default"]
        self._statuses = projects.statuses_known(self._project) if self._project else {}
        self._card = projects.card_of(self._project) if self._project else None

    def _on_saved(self, changes: Changes) -> None:
        before = self._card
        if changes.touches("project"):
            self._read_scheme()
        if self._card != before:
            self.card_changed.emit()
        if changes.whole or changes.touches("project", "review", "annotator", "version", "link"):
            veil = self._project.veil if self._project else None
            self._renew_veil()
            if self._project is not None and self._project.veil != veil:
                changes = Changes(whole=True)  # what every view shows is other than it was
        self.changed.emit(changes)

    def _renew_veil(self) -> None:
        """Hide others' marks where the project is blind and one's own pass is not finished."""
        if self._project is None or self._card is None:
            return
        if self._card.blind is True or self._project.veil is not None:
            from annotator.services import blind  # noqa: PLC0415 - most projects hide nothing

            self._project.draw_veil(blind.veil_of(self._project))

    def take(self, project: Project | None) -> None:
        """Work on this project from now on (None: on none); the one before is closed."""
        if self._project is not None:
            self.leaving.emit()
        before, self._project = self._project, project
        self._waiting = Changes()
        self._reads = {}
        self._ask_again.stop()
        self._read_scheme()
        if before is not None:
            with self._telling(of=before):
                before.close()
        if project is not None:
            project.letters = settings.load().review_aliases
            self._renew_veil()
            project.subscribe(self._on_saved)
            self._file_version = project.file_version
            self._watch.start()
        else:
            self._watch.stop()
        self.project_changed.emit()

    def set_letters(self, *, on: bool) -> None:
        """Let letters stand for annotators' names while marks are undecided, here and from the next start on."""
        self.do(lambda _project: settings.change(review_aliases=on))
        self.project.letters = on
        self.letters_changed.emit()

    def pause_watch(self) -> None:
        """Look at no other writer while a worker of this window writes."""
        self._watch.stop()

    def resume_watch(self) -> None:
        """Look around again; what the worker wrote is known already."""
        if self._project is not None:
            self._file_version = self._project.file_version
            self._watch.start()

    def take_over(self, changes: Changes) -> None:
        """Tell what a worker of this window saved; while it writes on, what is shown stays until the file is free.

        And until the views have rested from what they read last (`RESTS`).
        """
        self._waiting |= changes
        self._tell_when_rested()

    def catch_up(self) -> None:
        """Tell at once what waits to be told: the job is through."""
        self._tell_waiting()

    def _tell_when_rested(self) -> None:
        rest = self._rested_at - time.perf_counter()
        if self._watch.isActive() or rest <= 0:  # nobody looks around while a job is at work
            self._tell_waiting()
        elif self._waiting != Changes() and not self._ask_again.isActive():
            self._ask_again.start(max(ASK_AGAIN_MS, int(1000 * rest)))

    def _tell_waiting(self) -> None:
        if self._project is None or self._waiting == Changes():
            return
        with self._project.moment() as free:
            if free:
                changes, self._waiting = self._waiting, Changes()
                self._project.note_saved()
                begun = time.perf_counter()
                self._on_saved(changes)
                took = time.perf_counter() - begun
                self._rested_at = begun + (1 + RESTS) * took
        if not free:
            self._ask_again.start(ASK_AGAIN_MS)

    def when_free(self, name: str, read: Callable[[], object]) -> None:
        """Read what a person wants to see now, or where a job holds the file as soon as it is free.

        Until then what is shown stays; who wants something else under the same name takes that one's place.
        """
        self._reads.pop(name, None)
        if self._project is None:
            read()
            return
        with self._project.moment() as free:
            if free:
                read()
        if not free:
            self._reads[name] = read
            self._ask_again.start(ASK_AGAIN_MS)

    def _on_ask_again(self) -> None:
        self._tell_when_rested()
        for name, read in list(self._reads.items()):
            self.when_free(name, read)

    def look_around(self) -> None:
        """Let every view read again where another process has written to the file; where it is writing, later."""
        if self._project is not None:
            with self._project.moment() as free:
                version = self._project.file_version if free else self._file_version
                if version != self._file_version:
                    self._file_version = version
                    self.changed.emit(Changes(whole=True))

    def do(self, service: Callable[Concatenate[Project, P], T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Call a service on the project; a refusal is told and gives None, and so does what is gone by now."""
        with self._telling(lambda: self.do(service, *args, **kwargs)):
            return service(self.project, *args, **kwargs)
        return None

    @contextlib.contextmanager
    def repeatable(self, again: Callable[[], object]) -> Generator[None]:
        """Say what repeats all that is done inside, should it not be saved: the change and what a view does with it."""
        outer = self._again
        self._again = outer or again
        try:
            yield
        finally:
            self._again = outer

    @contextlib.contextmanager
    def _telling(self, again: Callable[[], object] | None = None, *, of: Project | None = None) -> Generator[None]:
        try:
            yield
        except Refused as refusal:
            self.refused.emit(refusal)
            if again is not None and isinstance(refusal, projects.NotSaved):
                self.unsaved.emit(refusal, self._again or again)
        except projects.FILE_ERRORS as error:
            refusal = projects.refusal_of(of or self.project, error)
            if refusal is None:
                raise
            self.refused.emit(refusal)
        except KeyError as gone:
            # Another hand may have removed what this window still shows: read again, and say so.
            _log.warning("gone by now: %s", gone)
            self.changed.emit(Changes(whole=True))
