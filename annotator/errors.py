"""The two kinds of error: what a person must be told (`Refused`), and bugs (everything else).

A refusal is shown as one line; a bug is logged with its traceback and ends a command with exit code 70.
"""

import errno
import unicodedata
from typing import Final

from annotator.i18n import _

EXIT_REFUSED = 1
EXIT_USAGE = 2
EXIT_BUG = 70


def _one_line(text: str) -> str:
    """Return a text that a terminal shows as one line, whatever a foreign file name or quote holds."""
    return "".join(_SHOWN_AS.get(unicodedata.category(character), character) for character in text)


_SHOWN_AS = {"Cc": " ", "Zl": " ", "Zp": " ", "Cs": "\N{REPLACEMENT CHARACTER}"}
"""Control characters, line and paragraph separators, and halves of characters (which no output can encode)."""


class Refused(Exception):  # noqa: N818 - the word of the field: something was refused, nothing broke
    """Something cannot be done, and a person can do something about it.

    Attributes:
        what: what happened, one clause without a full stop.
        do: what to do about it, one clause; "" where nothing can be done.
        file: the file it is about, "" for none.
        line: the line in that file, counted from 1; 0 for none.
    """

    def __init__(self, what: str, *, do: str = "", file: str = "", line: int = 0) -> None:
        super().__init__(what)
        self.what = what
        self.do = do
        self.file = file
        self.line = line

    def __str__(self) -> str:
        """Return `FILE, line N: what; do`, always one line."""
        place = self.file + (f", line {self.line}" if self.line else "")
        told = f"{self.what}; {self.do}" if self.do else self.what
        return _one_line(f"{place}: {told}" if place else told)

    def at(self, *, file: str, line: int = 0) -> "Refused":
        """Return the same refusal, placed in a file (and line), keeping a place it already has."""
        return Refused(self.what, do=self.do, file=self.file or file, line=self.line or line)


_FULL: Final = {errno.ENOSPC, errno.EDQUOT}


def from_os(error: OSError, file: str = "") -> Refused:
    """Return what to tell a person about an error of the system, and what to do about it.

    Args:
        error: the error; it names a file itself where `file` does not.
        file: the file or folder it is about, "" for the one that the error names.
    """
    if error.errno in _FULL:
        what, do = _("the disk is full"), _("free some space and try again")
    elif error.errno == errno.EROFS:
        what, do = _("the disk is read-only"), _("choose a place you may write to")
    elif error.errno in {errno.EACCES, errno.EPERM}:
        what, do = _("the system does not permit it"), _("ask for access, or choose another place")
    elif error.errno == errno.ENAMETOOLONG:
        what, do = _("the name is too long"), _("choose a shorter one")
    else:
        what = _("the system says: {error}").format(error=error.strerror or error)
        do = _("see to that first")
    return Refused(what, do=do, file=file or str(error.filename or ""))
