"""Giving a finished file its name: whole or not at all, and never over another file."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from annotator.errors import Refused, from_os
from annotator.i18n import _
from annotator.model.ids import new_id
from annotator.store import file
from annotator.store.creating import sync_folder


@contextmanager
def placed(new: Path) -> Generator[Path]:
    """Give the path of a private file to fill; where the block ends well it gets its name.

    Raises Refused where there is a file of that name already, or the place takes none.
    """
    new = file.real(new)
    check_free(new)
    part = new.with_name(f".{new.name}.{new_id()}.part")
    try:
        yield part
        with part.open("r+b") as stream:
            os.fsync(stream.fileno())
        _name(part, new)
        sync_folder(new.parent)
    except OSError as error:
        raise from_os(error, str(new)) from None
    finally:
        part.unlink(missing_ok=True)
        part.with_name(f"{part.name}-journal").unlink(missing_ok=True)


def check_free(new: Path) -> None:
    """Refuse a name that something has already, and a folder that is not there."""
    if new.is_dir():
        raise Refused(_("this is a folder"), do=_("name a file in it"), file=str(new))
    if new.exists() or new.is_symlink():
        raise _taken(new)
    if not new.parent.is_dir():
        raise Refused(_("there is no such folder"), do=_("make it first"), file=str(new.parent))


def _taken(new: Path) -> Refused:
    return Refused(_("there is a file already, and it stays as it is"), do=_("choose another name"), file=str(new))


def _name(part: Path, new: Path) -> None:
    try:
        os.link(part, new)
    except FileExistsError:
        raise _taken(new) from None
    except (OSError, NotImplementedError):
        # No hard links here (FAT, some network drives): on Windows rename refuses to replace by itself.
        if new.exists():
            raise _taken(new) from None
        part.rename(new)
