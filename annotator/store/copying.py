"""Copying a live project by SQLite's own backup, in steps so short that nobody waits for one."""

import sqlite3
import threading
import time
from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path
from typing import Final

import msgspec

from annotator.errors import Refused
from annotator.i18n import _
from annotator.store.beside import Stage, waited

_FEWEST_PAGES: Final = 8
_SLOW_STEPS: Final = 3


class Patience(msgspec.Struct, frozen=True):
    """How a copy takes turns with whoever writes.

    Attributes:
        pages: what a step copies at first: half a megabyte, well below a millisecond where it is in memory.
        longest_step: seconds; where several steps in a row take longer (a slow disk), they get smaller. A commit of
            the window waits for the step at hand.
        pauses: seconds of rest before the first, second, … new beginning; the last one goes for all later ones.
        restarts: how often a copy begins anew because somebody wrote meanwhile, before it is put off.
    """

    pages: int = 128
    longest_step: float = 0.01
    pauses: tuple[float, ...] = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0)
    restarts: int = 60


class _SlowError(Exception):
    """A step took too long: begin anew with smaller ones."""


class _StoppedError(Exception):
    """Nobody wants the copy any more."""


class Copy:
    """One copy of a live project.

    Each step reads some pages under a shared lock and gives the lock back, so a commit beside it waits for one step
    at most. Where another connection commits between two steps, SQLite begins the copy anew: what it gives is always
    one moment of the project. After such a beginning the copy rests a little, longer each time, because a person who
    marks every second would otherwise never let a large copy come to its end.

    Attributes:
        stage: how far it is.
        pages: how many pages a step copies now.
        restarts: how often somebody wrote meanwhile.
    """

    def __init__(
        self,
        source: sqlite3.Connection,
        part: Path,
        patience: Patience | None = None,
        after_step: Callable[[int], None] | None = None,
    ) -> None:
        self._source = source
        self._part = part
        self._patience = patience or Patience()
        self._after_step = after_step
        self._stop = threading.Event()
        self._begun = 0.0
        self._slow = 0
        self._left = 0
        self.stage = Stage(0, 0, _("Copying"))
        self.pages = self._patience.pages
        self.restarts = 0

    def stop(self) -> None:
        """End soon."""
        self._stop.set()

    def run(self) -> None:
        """Copy.

        Raises TimeoutError where the project is never at rest for as long as it takes.
        """
        while True:
            try:
                with closing(self._target()) as target:
                    self._left = self._slow = 0
                    self._begun = time.perf_counter()
                    self._source.backup(target, pages=self.pages, progress=self._on_step, sleep=0.01)
            except _SlowError:
                self.pages = max(_FEWEST_PAGES, self.pages // 4)
            else:
                return

    def _target(self) -> sqlite3.Connection:
        self._part.unlink(missing_ok=True)
        target = sqlite3.connect(self._part, isolation_level=None)
        # A private file, synced as a whole in the end.
        target.execute("PRAGMA journal_mode = OFF")
        target.execute("PRAGMA synchronous = OFF")
        return target

    def _on_step(self, result: int, left: int, total: int) -> None:
        if self._stop.is_set():
            raise _StoppedError
        slow = time.perf_counter() - self._begun > self._patience.longest_step
        self.stage = Stage(total - left, total, _("Copying"))
        if result == sqlite3.SQLITE_OK:
            self._slow = self._slow + 1 if slow else 0
            if 0 < self._left <= left:
                self._rest()
            elif self._slow >= _SLOW_STEPS and self.pages > _FEWEST_PAGES and left > self.pages:
                raise _SlowError
            self._left = left
        if self._after_step is not None:
            self._after_step(left)
        self._begun = time.perf_counter()

    def _rest(self) -> None:
        """Somebody wrote, and SQLite has begun anew."""
        self.restarts += 1
        if self.restarts > self._patience.restarts:
            raise TimeoutError
        pauses = self._patience.pauses
        self._stop.wait(pauses[min(self.restarts, len(pauses)) - 1])


def copying(source: sqlite3.Connection, part: Path) -> Generator[Stage, None, None]:
    """Copy a live project to a private file, on another thread; raises Refused where it is never at rest."""
    copy = Copy(source, part)
    try:
        yield from waited(copy.run, copy.stop, lambda: copy.stage)
    except TimeoutError:
        what = _("the project is being written to all the time, so no backup was made")
        raise Refused(what, do=_("try again later")) from None
