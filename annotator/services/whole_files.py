"""A file that a person named: it appears under its name when it is whole, and never in the place of a project."""

import contextlib
import errno
import os
from collections.abc import Generator
from pathlib import Path
from typing import BinaryIO, Final

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.ids import new_id
from annotator.store.creating import sync_folder
from annotator.store.file import SUFFIX, real
from annotator.store.project import Project

_BUFFER: Final = 1 << 20


@contextlib.contextmanager
def whole_file(project: Project, path: Path) -> Generator[tuple[BinaryIO, Path]]:
    """Give a stream to write to and the path where it will be; when the block ends, the file is on the disk, there.

    An exception in the block, or a generator closed in it, leaves the file that was there as it was, and nothing else.

    Raises Refused where the place takes no file, the disk is full, or the path is the project's own.
    """
    try:
        path = _checked(project, path)
    except OSError as error:
        raise _refusal(error, path) from None
    part = path.with_name(f".{path.name}.{new_id()}.part")
    try:
        with _created(part) as stream:
            yield stream, path
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise _refusal(error, path) from None
    finally:
        with contextlib.suppress(OSError):  # where not even this works, the first error is what matters
            part.unlink(missing_ok=True)


def _checked(project: Project, path: Path) -> Path:
    """Return where the file will really be; refuse a place that must not be overwritten."""
    path = real(path)
    name = str(path)
    if path.is_dir():
        raise Refused(_("this is a folder"), do=_("name a file in it"), file=name)
    if path.exists() and not path.is_file():
        raise Refused(_("this is a device, not a file"), do=_("choose another name"), file=name)
    if path.exists() and not os.access(path, os.W_OK):
        # Replacing needs the folder's rights only; whoever made the file read-only did not mean that.
        raise Refused(_("the file is read-only"), do=_("choose another name"), file=name)
    if not path.parent.is_dir():
        raise Refused(_("there is no such folder"), do=_("make it first"), file=str(path.parent))
    own = path.exists() and project.path.exists() and path.samefile(project.path)
    if own or path.suffix.lower() == SUFFIX or path.name.startswith(f"{project.path.name}-"):
        raise Refused(_("this would overwrite a project"), do=_("choose another name"), file=name)
    return path


def _created(part: Path) -> BinaryIO:
    # Not tempfile: its files are for their owner only, and this one becomes the dataset.
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    return os.fdopen(descriptor, "wb", buffering=_BUFFER)


def _refusal(error: OSError, path: Path) -> Refused:
    name = str(path)
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Refused(
            _("not written: the disk is full; the earlier file is as it was"), do=_("free some space"), file=name
        )
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return Refused(_("the folder takes no files"), do=_("choose another place"), file=name)
    told = _("not written: the system says: {error}").format(error=error.strerror or error)
    return Refused(told, do=_("see to that first"), file=name)
