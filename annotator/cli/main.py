"""The command line: its commands, its exit codes, and one line for everything that goes wrong."""

import contextlib
import difflib
import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click

from annotator import i18n, log_file, settings
from annotator.cli import exporting, importing, looking, making
from annotator.cli.printing import complained
from annotator.errors import EXIT_BUG, EXIT_REFUSED, EXIT_USAGE, Refused
from annotator.i18n import _
from annotator.services.people import SeveralAnnotators

EXIT_INTERRUPTED: Final = 128 + 2
"""What a shell says of a program that Ctrl+C ended."""
EXIT_NO_READER: Final = 128 + 13
"""What a shell says of a program whose output nobody wanted any more."""

_DISK: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EMFILE})
"""Errors of the system that are no bug of the program, wherever they come up."""


class CommandLine(click.Group):
    """A group of commands with a default one: what is no command's name is its argument."""

    default = ""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command's name where none stands."""
        return super().parse_args(ctx, self._with_default(args))

    def _with_default(self, args: list[str]) -> list[str]:
        place = 0
        while place < len(args):
            word = args[place]
            if word in {"--help", "--version"}:
                return args
            if word == "--as":
                place += 1
            elif not word.startswith("--as="):
                break
            place += 1
        if not self.default or (place < len(args) and args[place] in self.commands):
            return args
        if place < len(args):
            self._refuse_misspelt(args[place])
        return [*args[:place], self.default, *args[place:]]

    def _refuse_misspelt(self, word: str) -> None:
        """A word that is nearly a command's name, and no file, was meant as one."""
        near = difflib.get_close_matches(word, self.commands, n=1, cutoff=0.75)
        if near and not Path(word).exists():
            told = _("there is no command and no file {word}; did you mean `annotator {near}`?")
            raise click.UsageError(told.format(word=word, near=near[0]))


@click.group(
    cls=CommandLine,
    no_args_is_help=False,
    context_settings={"help_option_names": ["--help"]},
    epilog=_(
        "Exit codes: 0 done, 1 something was refused or is unsound, 2 wrong usage, 70 a bug (it is in the log file)."
    ),
)
@click.option(
    "--as",
    "person",
    metavar=_("NAME-OR-ID"),
    default="",
    help=_("Who is at work, instead of the person in the settings."),
)
@click.version_option(package_name="annotator", prog_name="annotator", message="%(prog)s %(version)s")
def group(person: str) -> None:
    """Mark claims in news articles, say who makes them, link them to sources, and export the dataset."""
    del person  # read by the commands, through `opening.person`


for _command in (making.new, importing.import_, exporting.export, looking.stats, looking.check):
    group.add_command(_command)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code: the one place where errors become one."""
    log_file.set_up()
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")  # an old terminal shows what it can, and the command goes on
    try:
        i18n.use(settings.load().language)
        code = _run(sys.argv[1:] if arguments is None else arguments)
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


def _run(arguments: Sequence[str]) -> int:
    # Not `group.main`: it has exit codes of its own for Ctrl+C and closed pipes.
    try:
        with group.make_context("annotator", list(arguments)) as context:
            result: Any = group.invoke(context)
    except click.exceptions.Exit as done:  # --help, --version
        return done.exit_code
    return result if isinstance(result, int) else 0


def _nobody_reads() -> int:
    # What is still buffered would fail once more when Python ends, and be told then.
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return EXIT_NO_READER


def _told(error: Exception) -> int:
    """Say what happened in one line and return the exit code."""
    match error:
        case SeveralAnnotators():
            complained(error)
            return EXIT_USAGE
        case Refused():
            complained(error)
            return EXIT_REFUSED
        case click.UsageError():
            command = error.ctx.command_path if error.ctx else "annotator"
            complained(f"{error.format_message().rstrip('.')}; " + _("see `{command} --help`").format(command=command))
            return EXIT_USAGE
        case click.ClickException():
            complained(error.format_message())
            return EXIT_REFUSED
        case OSError() if error.errno in _DISK:
            complained(
                Refused(_("the system says: {error}").format(error=error.strerror), file=str(error.filename or ""))
            )
            return EXIT_REFUSED
        case _:
            return _bug(error)


def _bug(error: Exception) -> int:
    file = log_file.record(error, "command line")
    what = _("this should not have happened ({kind})").format(kind=type(error).__name__)
    if file:
        complained(_("{what}; send {file} to those who make the program").format(what=what, file=file))
    else:
        complained(_("{what}; and the log file cannot be written: {error}").format(what=what, error=error))
    return EXIT_BUG
