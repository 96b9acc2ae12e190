"""The log file of the program: where a bug leaves its traceback, shared by window and command line."""

import logging
import sys
from pathlib import Path

from annotator import settings

_LOGGER = logging.getLogger("annotator")
_FULL = 1_000_000  # bytes, after which a file is put aside
_OLD_FILES = 3


class _LogFile(logging.Handler):
    """Appends to the log file, which it opens for each line only: most runs write none.

    Attributes:
        failed: the last line could not be written. A full disk must not hide the error that was to be logged.
    """

    failed = False

    def emit(self, record: logging.LogRecord) -> None:
        """Append a line and its traceback."""
        text = self.format(record)
        file = path()
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            _put_aside(file)
            with file.open("a", encoding="utf-8", errors="backslashreplace") as stream:
                stream.write(f"{text}\n")
        except OSError:
            self.failed = True
        else:
            self.failed = False


def path() -> Path:
    """Return the log file's path; it is made by the first line that is written."""
    return settings.folder() / "log" / "annotator.log"


def set_up() -> None:
    """Let every logger of the program write to the log file, and to nothing else."""
    _handler()


def record(error: BaseException, doing: str) -> Path | None:
    """Write an error with its traceback; return the file, None where it cannot be written.

    `doing` says what the program was busy with, without anything that a person wrote.
    """
    handler = _handler()
    _LOGGER.error(doing, exc_info=error)
    return None if handler.failed else path()


def _handler() -> _LogFile:
    for one in _LOGGER.handlers:
        if isinstance(one, _LogFile):
            return one
    handler = _LogFile(logging.WARNING)
    python = ".".join(str(part) for part in sys.version_info[:3])
    handler.setFormatter(
        logging.Formatter(f"%(asctime)s %(process)d Python {python} %(name)s %(levelname)s %(message)s")
    )
    _LOGGER.addHandler(handler)
    _LOGGER.propagate = False
    return handler


def _put_aside(file: Path) -> None:
    if not file.is_file() or file.stat().st_size < _FULL:
        return
    for number in range(_OLD_FILES, 0, -1):
        newer = file.with_name(f"{file.name}.{number - 1}") if number > 1 else file
        if newer.exists():
            newer.replace(file.with_name(f"{file.name}.{number}"))
