"""How every command ends, the window too: an exit code, and one line for whatever went wrong."""

import contextlib
import errno
import os
import sys
from collections.abc import Callable
from typing import Final

from annotator import i18n, log_file, settings
from annotator.cli.printing import complained
from annotator.errors import EXIT_BUG, EXIT_REFUSED, EXIT_USAGE, Refused, from_os
from annotator.i18n import _

EXIT_INTERRUPTED: Final = 128 + 2
"""What a shell says of a program that Ctrl+C ended."""
EXIT_NO_READER: Final = 128 + 13
"""What a shell says of a program whose output nobody wanted any more."""

_SYSTEM: Final = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EMFILE}
)
"""Errors of the system that are no bug of the program, wherever they come up."""


class Misused(Exception):  # noqa: N818 - as Refused: nothing broke
    """The words of the command line make no sense; the text is the line to show."""


def ended(job: Callable[[], int]) -> int:
    """Do a job and return the program's exit code: the one place where errors become one."""
    log_file.set_up()
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")  # an old terminal shows what it can, and the command goes on
    try:
        i18n.use(settings.load().language)
        code = job()
        if sys.stdout:  # a shell may have closed it
            sys.stdout.flush()
    except BrokenPipeError:
        return _nobody_reads()
    except KeyboardInterrupt:
        complained(_("stopped; what was finished before stays"))
        return EXIT_INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a bug is one line too
        return _told(error)
    return code


def _nobody_reads() -> int:
    _let_output_go()
    return EXIT_NO_READER


def _let_output_go() -> None:
    """Drop what is still buffered where it cannot be written: Python would try again, tell of it, and end with 120."""
    try:
        if sys.stdout:
            sys.stdout.flush()
    except (OSError, ValueError):
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _told(error: Exception) -> int:
    """Say what happened in one line and return the exit code."""
    match error:
        case Misused():
            complained(error)
            return EXIT_USAGE
        case Refused():
            complained(error)
            return EXIT_REFUSED
        case OSError() if error.errno in _SYSTEM:
            complained(from_os(error))
            _let_output_go()
            return EXIT_REFUSED
        case _:
            return _bug(error)


def _bug(error: Exception) -> int:
    file = log_file.record(error, "this ended the program")
    what = _("this should not have happened ({kind})").format(kind=type(error).__name__)
    if file:
        complained(_("{what}; send {file} to those who make the program").format(what=what, file=file))
    else:
        complained(_("{what}; and the log file cannot be written: {error}").format(what=what, error=error))
    return EXIT_BUG
