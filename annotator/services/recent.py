"""Projects opened before on this machine, the latest first; what is gone stays listed until it is taken off."""

import os
from pathlib import Path
from typing import Final, NamedTuple

from annotator import settings

_KEPT: Final = 12


class Recent(NamedTuple):
    """A project opened before; `there` says whether its file is there now."""

    path: Path
    there: bool


def listing() -> list[Recent]:
    """Return the projects opened before, the latest first."""
    # Path.is_file raises where a drive does not answer, or a folder may not be looked into.
    return [Recent(Path(one), os.path.isfile(one)) for one in settings.load().recent]  # noqa: PTH113


def remember(path: Path) -> None:
    """Put a project at the head of the list; raises Refused where settings cannot be saved."""
    others = [one for one in settings.load().recent if one != str(path)]
    settings.change(recent=(str(path), *others)[:_KEPT])


def forget(path: Path) -> None:
    """Take a project off the list; its file stays. Raises Refused where settings cannot be saved."""
    settings.change(recent=tuple(one for one in settings.load().recent if one != str(path)))


def forget_missing() -> None:
    """Take off those whose files are not there; raises Refused where settings cannot be saved."""
    settings.change(recent=tuple(str(one.path) for one in listing() if one.there))
