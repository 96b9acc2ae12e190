"""The project that a command works on, and who is at work."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import click

from annotator.errors import Refused
from annotator.services import projects
from annotator.store import opening
from annotator.store.check import damage_of
from annotator.store.project import Project

PATH = click.Path(path_type=Path, readable=False)
"""Any path: click would call an unreadable file wrong usage, and refuse the others beside it."""

PROJECT = click.argument("project", type=PATH)


def person(context: click.Context) -> str:
    """Return what `--as` says, "" where nothing was said."""
    return str(context.find_root().params.get("person") or "")


@contextmanager
def reading(context: click.Context, path: Path) -> Generator[Project]:
    """Open a project to look at it: beside a window that writes to it, and without a trace.

    Nobody needs to be somebody to look, so a name counts only where one was given.
    """
    who = person(context)
    with _damage_told(path):
        if who:
            with projects.opened(path, write=False, person=who) as project:
                yield project
        else:
            with Project.open(path, write=False) as project:
                # A window shows such a file with a word about it; what a command prints is read by programs.
                opening.require_known(project.connection, path)
                yield project


@contextmanager
def writing(context: click.Context, path: Path) -> Generator[Project]:
    """Open a project to write to it as the person at work."""
    with _damage_told(path), projects.opened(path, write=True, person=person(context)) as project:
        yield project


@contextmanager
def _damage_told(path: Path) -> Generator[None]:
    """Name the file in whatever is refused, and in what SQLite finds wrong with it only while it is read."""
    try:
        yield
    except Refused as refusal:
        if refusal.file:
            raise
        raise refusal.at(file=str(path)) from refusal
    except projects.FILE_ERRORS as error:
        raise projects.refusal_at(path, error) or error from error
    except (LookupError, TypeError, ValueError) as error:
        # A bug; or what came out of damaged pages, which SQLite did not notice while it read them.
        raise damage_of(path) or error from error
