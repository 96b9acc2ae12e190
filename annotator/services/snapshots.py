"""Files kept with sources by their SHA-256: attached, verified, opened from a private copy."""

import contextlib
import errno
import os
import re
import shutil
import stat
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec.structs import replace

from annotator import settings
from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.ids import Sha256, SourceId, VersionId
from annotator.model.media import HTML, PDF, SUFFIX_OF, TEXT, media_type
from annotator.model.moments import now
from annotator.model.records import Medium, Snapshot, Source, TextVersion, snapshot_id
from annotator.services.jobs import Progress
from annotator.services.whole_files import whole_file
from annotator.store import snapshots
from annotator.store.blobs import sha256_of
from annotator.store.change import Change
from annotator.store.file import is_open, real
from annotator.store.project import Project
from annotator.store.snapshots import State

MOST: Final = 50 << 20
"""Bytes of the largest file that is kept with a source."""

_MEDIUM_OF: Final[dict[str, Medium]] = {PDF: "pdf", HTML: "web", TEXT: "document"}

_DAY: Final = 24 * 60 * 60


class Held(msgspec.Struct, frozen=True):
    """A snapshot that something in the project names.

    Attributes:
        sha256: its hash.
        state: whether its bytes are there and what the hash says.
        size: how many bytes are kept, -1 for none.
        media_type: what kind of file it is, "" where nobody said.
        kind: what names it, "source" or "version".
        id: the id of what names it.
        title: what that is called.
    """

    sha256: str
    state: State
    size: int
    media_type: str
    kind: Literal["source", "version"]
    id: str
    title: str


def read_file(path: Path) -> bytes:
    """Return a file's bytes.

    Raises Refused for what is no file, cannot be read, is empty or larger than `MOST`, and for a project that is open
    here: whoever closes a file of its own on that drops SQLite's locks.
    """
    if is_open(real(path)):
        raise Refused(_("this is the project itself"), do=_("choose another file"), file=str(path))
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise Refused(_("this is no file"), do=_("choose a file"), file=str(path))
        content = b"" if found.st_size > MOST else path.read_bytes()
    except OSError as error:
        what = _("there is no such file") if error.errno == errno.ENOENT else _("the file cannot be read")
        raise Refused(what, do=_("see how it is spelled, and to its rights"), file=str(path)) from None
    if found.st_size > MOST:
        what = _("the file has {size} MB; at most {most} are kept with a source")
        told = what.format(size=-(-found.st_size // 1_000_000), most=MOST >> 20)
        raise Refused(told, do=_("give its address or path as the source's"), file=str(path))
    if not content:
        raise Refused(_("the file is empty"), do=_("choose another one"), file=str(path))
    return content


def attach(project: Project, source_id: SourceId, path: Path) -> Sha256:
    """Keep a file's bytes, as they are, as the snapshot of a source; return their SHA-256.

    Raises Refused like `read_file`, KeyError when the source is gone.
    """
    source = project.get(Source, source_id)
    content = read_file(path)
    with project.change("source.attach") as change:
        return keep(project, change, source, content)


def keep(project: Project, change: Change, source: Source, content: bytes) -> Sha256:
    """Put a source into a change with these bytes as its snapshot; return their SHA-256."""
    kind = media_type(content)
    sha256 = change.put_blob(content)
    if project.find(Snapshot, snapshot_id(sha256)) is None:
        change.put(Snapshot(snapshot_id(sha256), sha256, kind, source.url, now()))
    retrieved = source.retrieved_at or now()
    change.put(replace(source, snapshot_sha256=sha256, medium=_medium(kind, source), retrieved_at=retrieved))
    return sha256


def _medium(kind: str, source: Source) -> Medium:
    """Return what the source is, where nobody has said more than that it is something else."""
    if source.medium != "other":
        return source.medium
    by_family: dict[str, Medium] = {"image": "image", "video": "video", "audio": "audio"}
    return _MEDIUM_OF.get(kind) or by_family.get(kind.partition("/")[0], "other")


def detach(project: Project, source_id: SourceId) -> None:
    """Take the file off a source; its bytes stay in the project, undo brings it back. KeyError when it is gone."""
    source = project.get(Source, source_id)
    if source.snapshot_sha256:
        with project.change("source.detach") as change:
            change.put(replace(source, snapshot_sha256=""))


def snapshot_of(project: Project, sha256: str) -> Snapshot | None:
    """Return what was noted when these bytes were captured, None for nothing."""
    return project.find(Snapshot, snapshot_id(Sha256(sha256))) if sha256 else None


def state_of(project: Project, sha256: str) -> State:
    """Read what is kept under a hash, and tell whether it is what the hash says."""
    return snapshots.state_of(project, sha256)


def size_of(project: Project, sha256: str) -> int:
    """Return how many bytes are kept under a hash, -1 for none."""
    return snapshots.size_of(project, sha256)


def verifying(project: Project) -> Generator[Progress, None, list[Held]]:
    """Read every snapshot that a source or a text version names; the value tells how each one is."""
    named = list(_named(project))
    states: dict[str, State] = {}
    held: list[Held] = []
    for done, (sha256, kind, object_id, title) in enumerate(named, 1):
        if sha256 not in states:
            states[sha256] = snapshots.state_of(project, sha256)
        noted = snapshot_of(project, sha256)
        size = snapshots.size_of(project, sha256)
        held.append(Held(sha256, states[sha256], size, noted.media_type if noted else "", kind, object_id, title))
        yield Progress(done, len(named), title)
    return held


def _named(project: Project) -> Iterator[tuple[str, Literal["source", "version"], SourceId | VersionId, str]]:
    for source in project.sources():
        if source.snapshot_sha256:
            yield source.snapshot_sha256, "source", source.id, source.title or source.url
    for version in project.all(TextVersion):
        if version.snapshot_sha256:
            yield version.snapshot_sha256, "version", version.id, version.title


# Opening


def can_be_opened(kind: str) -> bool:
    """Tell whether files of a media type are handed to another program: what cannot fetch or run anything."""
    return kind in SUFFIX_OF


def private_copy(project: Project, sha256: Sha256, title: str) -> Path:
    """Write a snapshot to a read-only file in a folder of this person's alone, and return its path.

    Raises Refused where the bytes are not there or not what they were, for kinds that are not opened, and where the
    folder takes no file.
    """
    content = _intact(project, sha256)
    kind = media_type(content)
    if not can_be_opened(kind):
        what = _("files of this kind ({kind}) are not opened from here").format(kind=kind)
        raise Refused(what, do=_("save a copy, and open that where you trust it"))
    path = _folder() / f"{_plain_name(title)}-{sha256[:8]}{SUFFIX_OF[kind]}"
    try:
        _write_privately(path, content)
    except OSError as error:
        with contextlib.suppress(OSError):  # half a file is no copy
            path.unlink(missing_ok=True)
        what = _("the file cannot be laid out to be opened: {error}").format(error=error.strerror or error)
        raise Refused(what, do=_("see to that first, or save a copy elsewhere"), file=str(path)) from None
    return path


def _write_privately(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.parent.chmod(0o700)
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
    # Nobody but this person reads it, and no program writes into it.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o400)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)


def save_copy(project: Project, sha256: Sha256, path: Path) -> None:
    """Write a snapshot's bytes to a file that the person named.

    Raises Refused where they are not there or not what they were, and where the place takes no file.
    """
    content = _intact(project, sha256)
    with whole_file(project, path) as (stream, _place):
        stream.write(content)


def _intact(project: Project, sha256: Sha256) -> bytes:
    try:
        content = project.blob(sha256)
    except KeyError:
        raise Refused(_("the file's bytes are not in this project"), do=_("attach it again")) from None
    if sha256_of(content) != sha256:
        raise Refused(_("the file is not what was attached: its bytes were altered"), do=_("restore a backup"))
    return content


def _folder() -> Path:
    return settings.folder() / "opened"


def forget_copies() -> None:
    """Delete the copies that were made to be opened, as far as no program holds them."""
    shutil.rmtree(_folder(), ignore_errors=True)


def forget_old_copies() -> None:
    """Delete those that a program which ended unexpectedly has left: from before this day's work."""
    for one in _folder().glob("*"):
        with contextlib.suppress(OSError):
            if time.time() - one.stat().st_mtime > _DAY:
                one.unlink()


def _plain_name(title: str) -> str:
    """Return a title as the name of a file that no system takes for anything else."""
    return re.sub(r"[^\w]+", " ", title, flags=re.ASCII).strip()[:40].strip() or "snapshot"
