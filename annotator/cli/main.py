"""The command line: its commands, and what is done without one."""

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click

from annotator.cli import (
    agreeing,
    assigning,
    exporting,
    finding,
    history,
    importing,
    keeping,
    looking,
    making,
    merging,
    redacting,
    verifying,
    windows,
)
from annotator.cli.ending import Misused
from annotator.cli.windows import Windows
from annotator.i18n import _
from annotator.services.people import SeveralAnnotators

DEFAULT: Final = "open"


class CommandLine(click.Group):
    """A group of commands with a default one: what is no command's name is its argument."""

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
                if place >= len(args):
                    raise click.UsageError(_("--as needs the name or the id of an annotator behind it"))
            elif not word.startswith("--as="):
                break
            place += 1
        if place < len(args) and args[place] in self.commands:
            return args
        if place < len(args):
            self._refuse_misspelt(args[place])
        return [*args[:place], DEFAULT, *args[place:]]

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


for _command in (
    making.new,
    making.set_,
    importing.import_,
    exporting.export,
    assigning.assign,
    merging.merge,
    looking.stats,
    looking.check,
    verifying.verify,
    finding.find,
    finding.index,
    history.history,
    redacting.redact,
    agreeing.agreement,
    keeping.backup,
    keeping.backups,
    keeping.restore,
    keeping.rescue,
    windows.open_,
    windows.demo,
):
    group.add_command(_command)


def run(words: Sequence[str], window: Windows) -> int:
    """Run a command line and return its exit code.

    Raises Misused for wrong usage, and whatever the command raises; `ending.ended` makes an exit code of it.
    """
    # Not `group.main`: it has exit codes of its own for Ctrl+C and closed pipes.
    try:
        with group.make_context("annotator", list(words), obj=window) as context:
            result: Any = group.invoke(context)
    except click.exceptions.Exit as done:  # --help, --version
        return done.exit_code
    except click.ClickException as error:
        raise Misused(_line(error)) from None
    except SeveralAnnotators as error:
        raise Misused(str(error)) from None
    return result if isinstance(result, int) else 0


def _line(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    if isinstance(error, click.NoSuchOption) and error.option_name == "--as" and context:
        told = _("--as stands before the command: `annotator --as NAME {command} …`").format(command=context.info_name)
        return told + "; " + _("see `{command} --help`").format(command="annotator")
    command = context.command_path if context else "annotator"
    return error.format_message().rstrip(".") + "; " + _("see `{command} --help`").format(command=command)
