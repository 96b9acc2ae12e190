"""One writer at a time: who it is, since when and where (storage.md, section 1)."""

import contextlib
import errno
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import Refused, from_os
from annotator.i18n import _

if TYPE_CHECKING:
    from filelock import BaseFileLock


class WriterLock:
    """A lock file beside the project, freed by the system when the program dies."""

    def __init__(self, path: Path) -> None:
        self._project = path
        self._path = path.with_name(path.name + ".lock")
        # One of the two holds it: the usual way, or filelock, which knows all the others and takes long to load.
        self._descriptor: int | None = None
        self._lock: BaseFileLock | None = None

    def acquire(self, who: str) -> None:
        """Take the lock and write down who, when and where.

        Raises Refused, naming the other writer, where somebody else holds it.
        """
        try:
            self._descriptor = _flocked(self._path)
        except OSError as error:
            raise self._refusal(error) from None
        if self._descriptor is None:
            self._acquire_some_other_way()
        note = {
            "who": who,
            "when": datetime.now(UTC).isoformat(timespec="seconds"),
            "where": platform.node(),
            "process": os.getpid(),
        }
        # Beside the lock, not in it: Windows lets nobody read a locked file.
        with contextlib.suppress(OSError):
            self._note().write_text(json.dumps(note), encoding="utf-8")

    def _acquire_some_other_way(self) -> None:
        from filelock import FileLock, Timeout  # noqa: PLC0415 - no first paint waits for it

        # Of the process, not of the thread: a project may be opened on a worker and closed by the window.
        lock = FileLock(self._path, timeout=0, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            raise Refused(
                _("{who} is writing to it").format(who=self._holder()),
                do=_("close it there first; reading works beside it"),
                file=str(self._project),
            ) from None
        except OSError as error:
            raise self._refusal(error) from None
        self._lock = lock

    def _refusal(self, error: OSError) -> Refused:
        if error.errno in {errno.EACCES, errno.EROFS, errno.EPERM}:
            return Refused(
                _("the folder is read-only"), do=_("copy the project to a place you may write"), file=str(self._project)
            )
        return from_os(error, str(self._path))

    def _note(self) -> Path:
        return self._path.with_name(self._path.name + ".who")

    def _holder(self) -> str:
        try:
            note = json.loads(self._note().read_text(encoding="utf-8"))
            when = datetime.fromisoformat(note["when"]).astimezone().strftime("%Y-%m-%d %H:%M")
            return _("{who} (since {when}, on {where})").format(who=note["who"], when=when, where=note["where"])
        except (OSError, ValueError, KeyError, TypeError):
            return _("another window or command")

    def release(self) -> None:
        """Give the lock back and take its files away."""
        descriptor, self._descriptor = self._descriptor, None
        lock, self._lock = self._lock, None
        if descriptor is None and lock is None:
            return
        # While it is still held: who opened the file in this moment sees it is gone (no links) and tries again.
        for one in (self._note(), self._path):
            with contextlib.suppress(OSError):
                one.unlink(missing_ok=True)
        # On a failing disk the lock goes with the program.
        with contextlib.suppress(OSError):
            if descriptor is not None:
                os.close(descriptor)
            if lock is not None:
                lock.release()


if sys.platform == "win32":

    def _flocked(path: Path) -> int | None:  # noqa: ARG001 - as the other one
        """Say that it takes more than asking the system."""
        return None

else:
    import fcntl

    def _flocked(path: Path) -> int | None:
        """Return a descriptor by which this process holds the file, None where that takes more than asking the system.

        filelock asks the same question, so that each sees what the other holds.

        Raises OSError where no file can be made.
        """
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NONBLOCK | os.O_NOFOLLOW, 0o666)
        except OSError:
            if path.exists():
                return None
            raise
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(descriptor).st_nlink:  # else its writer has just taken it away: it guards no name
                return descriptor
        os.close(descriptor)
        return None
