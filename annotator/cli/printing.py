"""What the commands print: results for people, one JSON document for machines, one line for an error."""

import json
import re
import sys
from collections.abc import Sequence
from typing import Any

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


def printed(text: str) -> None:
    """Print lines of a result."""
    print(text)  # noqa: T201 - the one place where results are printed


def printed_json(document: Any) -> None:
    """Print one JSON document, UTF-8 wherever the terminal stands, non-ASCII as it is."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    # The name of a file may hold bytes that are no UTF-8; JSON has an escape for them.
    _write(text.encode("utf-8", "backslashreplace") + b"\n")


def _write(content: bytes) -> None:
    if sys.stdout:  # a shell may have closed it
        sys.stdout.flush()
        sys.stdout.buffer.write(content)


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows in columns: the first one flush left, the others flush right."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if n else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def one_line(text: object) -> str:
    """Return a text as one line that a terminal shows as it stands: a file's name may hold commands to it."""
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", " ".join(str(text).split()))


def complained(text: object) -> None:
    """Print one line on the error stream, in the program's name."""
    print(f"annotator: {one_line(text)}", file=sys.stderr)  # noqa: T201 - the one place where errors are printed
