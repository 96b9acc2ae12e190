"""Where the program starts: it alone knows the window and the command line, and loads only what is asked for."""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from annotator.errors import Refused

COMMANDS: Final = frozenset(
    {
        "new",
        "set",
        "import",
        "export",
        "merge",
        "stats",
        "check",
        "verify",
        "history",
        "redact",
        "agreement",
        "assign",
        "find",
        "index",
        "backup",
        "backups",
        "restore",
        "rescue",
        "open",
        "demo",
    }
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; return its exit code."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    wanted = wanted_window(words)
    if wanted:
        gc.disable()  # as in open_window, and before the first of it is loaded
    from annotator.cli.ending import ended  # noqa: PLC0415 - the window wants no garbage looked for while it loads

    return ended(lambda: open_window(*wanted) if wanted else _command(words))


class Wanted(NamedTuple):
    """The window that a command line asks for."""

    project: Path | None
    person: str
    sample: bool


def wanted_window(words: Sequence[str]) -> Wanted | None:
    """Return the window that these words ask for; None where the command line must look at them closer.

    The usual ways to the window do not wait for the command line to be loaded, which takes a third of a bare window.
    """
    person, rest = "", list(words)
    if len(rest) > 1 and rest[0] == "--as":
        person, rest = rest[1], rest[2:]
    match rest:
        case []:
            return Wanted(None, person, sample=False)
        case ["--sample"]:
            return Wanted(None, person, sample=True)
        case [word] if word not in COMMANDS and not word.startswith("-") and Path(word).exists():
            return Wanted(Path(word), person, sample=False)
        case _:
            return None


def open_window(
    project: Path | None,
    person: str,
    sample: bool,  # noqa: FBT001 - a NamedTuple's fields
    on_shown: Callable[[], None] | None = None,
) -> int:
    """Show the window until it is closed; `on_shown` is called after the first paint.

    A project that cannot be opened is told in the window, as one that is opened from its menu.

    Raises Refused where no window can be shown here: then about the project, if that cannot be opened either.
    """
    # What is loaded for the window stays: looking for garbage in it takes a tenth of the start. `app.run` looks again.
    gc.disable()
    from annotator.cli import display  # noqa: PLC0415 - as above

    try:
        display.require_display()
    except Refused:
        if project:
            from annotator.store.file import read_header  # noqa: PLC0415 - the window does so itself

            read_header(project)
        raise
    if sample:
        from annotator import settings  # noqa: PLC0415 - as above
        from annotator.services import demo  # noqa: PLC0415 - as above

        project, person = demo.open_sample(settings.folder()), person or demo.SAMPLE_PERSON
    try:
        from annotator.gui import app  # noqa: PLC0415 - the other commands work where Qt is not
    except ImportError as error:
        raise display.missing_library(error) from error
    return app.run(project, person=person, on_shown=on_shown)


def draw_window(project: Path, picture: Path, mention: str) -> None:
    """Draw the window on a project into a PNG file; needs no display.

    Raises Refused where the system lacks a library.
    """
    from annotator.cli import display  # noqa: PLC0415 - as above

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    display.require_libraries("offscreen")
    try:
        from annotator.gui.picture import window_picture  # noqa: PLC0415 - as above
    except ImportError as error:
        raise display.missing_library(error) from error
    window_picture(project, picture, mention=mention)


def _command(words: Sequence[str]) -> int:
    from annotator.cli.main import run  # noqa: PLC0415 - the window does without it
    from annotator.cli.windows import Windows  # noqa: PLC0415 - as above

    return run(words, Windows(open_window, draw_window))


if __name__ == "__main__":
    sys.exit(main())
