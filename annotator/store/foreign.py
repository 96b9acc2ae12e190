"""A colleague's project file, checked by a worker process and handed on as a parcel; no other way leads in.

Until it is a parcel no byte of the file is looked at in this process (storage.md, section 2, S7).
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

import msgspec

from annotator.errors import Refused
from annotator.i18n import _
from annotator.killable import OutOfMemoryError, OutOfTimeError, Worker, WorkerEndedError
from annotator.model import ids
from annotator.model.ids import ProjectId
from annotator.store.foreign_answers import Question, Reason, Rejected, Summary, Verdict
from annotator.store.parcel import Parcel

_STAGE: Final = "annotator.store.foreign_worker:stage"
_PARCEL: Final = "parcel"
_SECONDS: Final = 15.0
_SECONDS_PER_MEGABYTE: Final = 1.0
_SMALL: Final = 10 << 20
_GRACE: Final = 2.0


class Staged(msgspec.Struct, frozen=True):
    """A colleague's file that is sound by itself, as a parcel; what concerns the union with ours is still to be seen.

    Attributes:
        file: the file it comes from.
        parcel: its log. Digests, chains, hashes, texts, bodies and quotes are checked. An event that follows another
            one is of the same object, and no event follows itself by way of others of this file.
        project_id: where projects were merged in it, the one that speaks for all.
        project_name: "" where it is withheld.
        schema_version: of the file.
        sessions: how many there are; likewise `events`.
        withheld: events without body and salt.
        missing: events that its sessions and changes say there are, or that others follow, and that are not there.
        astray: records or texts that are named and not there; 0 unless something is withheld or missing.
    """

    file: Path
    parcel: Parcel
    project_id: ProjectId
    project_name: str
    schema_version: int
    sessions: int
    events: int
    withheld: int
    missing: int
    astray: int


def staged(path: Path, folder: Path, *, own: Path | None = None, worker: Worker | None = None) -> Staged:
    """Return a colleague's file as a parcel in the folder, which the caller takes away when it is done.

    Args:
        path: the file; it is only read, and a file that changes meanwhile is read again.
        folder: where to write, out of reach of others.
        own: the project that it is to be merged into, and that cannot be its own colleague.
        worker: one to use again for several files.

    Raises Refused, naming the file and what is wrong, for one that is not sound by itself.
    """
    if worker is None:
        with Worker() as new:
            return staged(path, folder, own=own, worker=new)
    into = Path(tempfile.mkdtemp(prefix="colleague-", dir=folder))
    try:
        found = _asked(path, into, own, worker)
    except BaseException:
        shutil.rmtree(into, ignore_errors=True)
        raise
    return Staged(
        path,
        Parcel(into / _PARCEL),
        ProjectId(ids.spelled(found.project_id)),
        found.project_name,
        found.schema_version,
        found.sessions,
        found.events,
        found.withheld,
        found.missing,
        found.astray,
    )


def _asked(path: Path, into: Path, own: Path | None, worker: Worker) -> Summary:
    seconds = _seconds_for(path)
    question = Question(os.fsencode(path.absolute()), os.fsencode(into.absolute()), seconds, _identity(own))
    try:
        verdict = worker.ask(_STAGE, question, Verdict, seconds=seconds + _GRACE)
    except WorkerEndedError as error:
        raise _ended(error, path) from None
    if verdict.summary is None:
        rejected = verdict.rejected or Rejected("damaged")
        raise refusal(rejected.reason, rejected.shown, path)
    return verdict.summary


def _identity(own: Path | None) -> tuple[int, int] | None:
    if own is None:
        return None
    # Not `open`: closing any descriptor of our own file would drop its locks.
    found = own.stat()
    return found.st_dev, found.st_ino


def _seconds_for(path: Path) -> float:
    """Return how long a file may take: a large one longer, by what it takes on the disk, not by what it says."""
    try:
        found = path.stat()
    except OSError:
        return _SECONDS
    size = min(found.st_size, getattr(found, "st_blocks", found.st_size) * 512)
    return _SECONDS + max(0, size - _SMALL) / (1 << 20) * _SECONDS_PER_MEGABYTE


def _ended(error: WorkerEndedError, path: Path) -> Refused:
    ask = _("ask for a new copy of it")
    if isinstance(error, OutOfTimeError):
        return Refused(_("reading it takes too long"), do=ask, file=str(path))
    if isinstance(error, OutOfMemoryError):
        return Refused(_("reading it takes too much memory"), do=ask, file=str(path))
    return Refused(_("the process that reads it ended"), do=ask, file=str(path))


def refusal(reason: Reason, shown: str, path: Path) -> Refused:
    """Return what to tell a person about a file that the worker refuses."""
    what, do = {**_told_of_files(), **_told_of_contents()}[reason]
    return Refused(what.format(shown=shown), do=do, file=str(path))


def _told_of_files() -> dict[Reason, tuple[str, str]]:
    """Return what each reason means to a person, and what to do about it: those that concern the file as a whole."""
    ours = _("choose a file made by Annotator")
    project = _("name a project file (*.annot)")
    again = _("ask for a new copy of it")
    return {
        "absent": (_("there is no such file"), _("check the path")),
        "folder": (_("this is a folder"), project),
        "device": (_("this is a device, not a file"), project),
        "own": (_("this is the project itself"), _("name a colleague's file")),
        "rights": (_("the file may not be read"), _("ask its owner for read access")),
        "system": (_("the system says: {shown}"), _("see to that first")),
        "empty": (_("the file is empty"), ours),
        "not sqlite": (_("this is not a project file"), ours),
        "other program": (_("this is an SQLite file of another program"), ours),
        "newer": (_("it was made by a newer version of the program (schema {shown})"), _("update Annotator")),
        "schema number": (_("its schema number {shown} is unknown"), again),
        "encoding": (_("its texts are not in UTF-8"), again),
        "wal": (
            _("the file is in WAL journal mode, which loses data when it is copied"),
            _("switch it back with: sqlite3 FILE 'PRAGMA journal_mode = DELETE'"),
        ),
        "journal": (_("the journal beside it names another file"), _("take the -journal away and ask who made it")),
        "changing": (_("it is being written to"), _("close it in the other program and try again")),
        "too large": (_("the file is too large"), again),
        "no space": (_("there is no space for a copy of it"), _("free some space and try again")),
        "end missing": (_("the file is damaged: its end is missing"), again),
        "damaged": (_("the file is damaged"), again),
        "schema": (_("its tables are not those of a project: {shown}"), again),
        "late": (_("reading it takes too long"), again),
    }


def _told_of_contents() -> dict[Reason, tuple[str, str]]:
    """Return the same of those that concern what is in it."""
    again = _("ask for a new copy of it")
    who = _("ask who changed it outside the program")
    return {
        "too long": (_("something in it is longer than anything this program writes"), who),
        "row": (_("a row is not as this program writes it: {shown}"), who),
        "not utf-8": (_("a text in it is not in UTF-8"), who),
        "orphan row": (_("a row of table {shown} belongs to nothing"), who),
        "id": (_("the id {shown} is none that this program makes"), who),
        "text hash": (_("the text {shown} is not the one that was written"), who),
        "text form": (_("the text {shown} holds characters that no text keeps"), who),
        "blob hash": (_("the snapshot {shown} is not the one that was written"), who),
        "extent": (_("two changes share the events {shown}"), who),
        "change": (_("the event {shown} is not one of its change"), who),
        "digest": (_("the digest of event {shown} is not that of what it says and follows"), who),
        "kind": (_("it holds records of the unknown kind “{shown}”"), _("update Annotator")),
        "withheld half": (_("the event {shown} is withheld by half"), who),
        "body hash": (_("what event {shown} says is not what was written"), who),
        "body": (_("the record {shown} is not in the form in which this program writes it"), who),
        "body id": (_("the record {shown} says it is another one"), who),
        "form": (_("an id, hash or point in time in the record {shown} is none"), who),
        "place": (_("a place in the record {shown} lies outside its text or is empty"), who),
        "quote": (_("a quote in the record {shown} is not its text"), who),
        "previous": (_("the event {shown} follows one of another record, itself, or nothing"), who),
        "circle": (_("the versions of record {shown} follow each other in a circle"), who),
        "named": (_("the record {shown} is named and not there, or of another kind"), again),
        "no project": (_("it holds no project"), again),
    }
