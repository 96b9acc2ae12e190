"""The project that a command works on, and who is at work."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import click

from annotator.services import projects
from annotator.store.project import Project

PROJECT = click.argument("project", type=click.Path(path_type=Path))


def person(context: click.Context) -> str:
    """Return what `--as` says, "" where nothing was said."""
    return str(context.find_root().params.get("person") or "")


@contextmanager
def reading(context: click.Context, path: Path) -> Generator[Project]:
    """Open a project to look at it: beside a window that writes to it, and without a trace.

    Nobody needs to be somebody to look, so a name counts only where one was given.
    """
    if who := person(context):
        with projects.opened(path, write=False, person=who) as project:
            yield project
    else:
        with Project.open(path, write=False) as project:
            yield project


@contextmanager
def writing(context: click.Context, path: Path) -> Generator[Project]:
    """Open a project to write to it as the person at work."""
    with projects.opened(path, write=True, person=person(context)) as project:
        yield project
