"""One writer at a time: who it is, since when and where (storage.md, section 1)."""

import contextlib
import errno
import json
import os
import socket
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from annotator.errors import Refused, from_os
from annotator.i18n import _


class WriterLock:
    """A lock file beside the project, freed by the system when the program dies."""

    def __init__(self, path: Path) -> None:
        self._project = path
        self._path = path.with_name(path.name + ".lock")
        # Of the process, not of the thread: a project may be opened on a worker and closed by the window.
        self._lock = FileLock(self._path, timeout=0, thread_local=False)

    def acquire(self, who: str) -> None:
        """Take the lock and write down who, when and where.

        Raises Refused, naming the other writer, where somebody else holds it.
        """
        try:
            self._lock.acquire()
        except Timeout:
            raise Refused(
                _("{who} is writing to it").format(who=self._holder()),
                do=_("close it there first; reading works beside it"),
                file=str(self._project),
            ) from None
        except OSError as error:
            raise self._refusal(error) from None
        note = {
            "who": who,
            "when": datetime.now(UTC).isoformat(timespec="seconds"),
            "where": socket.gethostname(),
            "process": os.getpid(),
        }
        # Beside the lock, not in it: Windows lets nobody read a locked file.
        with contextlib.suppress(OSError):
            self._note().write_text(json.dumps(note), encoding="utf-8")

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
        if not self._lock.is_locked:
            return
        # While it is still held: who opened the file in this moment sees it is gone (no links) and tries again.
        for one in (self._note(), self._path):
            with contextlib.suppress(OSError):
                one.unlink(missing_ok=True)
        # On a failing disk the lock goes with the program.
        with contextlib.suppress(OSError):
            self._lock.release()
