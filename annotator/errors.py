"""The two kinds of error: what a person must be told (`Refused`), and bugs (everything else).

A refusal is shown as one line; a bug is logged with its traceback and ends a command with exit code 70.
"""

EXIT_REFUSED = 1
EXIT_USAGE = 2
EXIT_BUG = 70


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
        # A foreign file name or quote may hold a line break; one refusal stays one line.
        return " ".join(f"{place}: {told}".split()) if place else " ".join(told.split())

    def at(self, *, file: str, line: int = 0) -> "Refused":
        """Return the same refusal, placed in a file (and line), keeping a place it already has."""
        return Refused(self.what, do=self.do, file=self.file or file, line=self.line or line)
