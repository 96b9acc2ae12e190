"""Where a project's backups are, what is known of each, and which of them are kept (storage.md, section 3)."""

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final, Literal, NamedTuple

import msgspec

from annotator import settings
from annotator.model.moments import read_moment
from annotator.store.creating import sync_folder
from annotator.store.file import SUFFIX, real

Why = Literal["opening", "interval", "import", "migration", "merge", "redaction", "asked"]
"""What a backup was made for."""

_GONE_AT_ONCE: Final = 3
"""With a new backup so many old ones go at most. With the same numbers as before no more ever need to: one each for the
latest, the days and the weeks. With lower numbers the others go bit by bit, and higher ones again save the rest."""

_PART: Final = ".part"
_RECORD: Final = ".json"


class Backup(msgspec.Struct, frozen=True):
    """One backup, as it was when it was made and found sound.

    `number` counts the backups of one file; `when` is a written moment; `events` and `last_event` (its id in
    hexadecimal digits, "" for none) say how far its log goes; `original` is the project's path.
    """

    number: int
    when: str
    why: Why
    project_id: str
    name: str
    original: str
    size: int
    sha256: str
    schema_version: int
    events: int
    last_event: str
    folder: str = ""

    @property
    def path(self) -> Path:
        """The backup's file."""
        return Path(self.folder, f"{stem_of(self)}{SUFFIX}")

    @property
    def complete(self) -> bool:
        """Whether the file is there with the length that it had."""
        with contextlib.suppress(OSError):
            return self.path.stat().st_size == self.size
        return False


def stem_of(backup: Backup) -> str:
    """Return the name of a backup's files: its number, when in UTC, and why, for whoever looks into the folder."""
    moment = read_moment(backup.when).strftime("%Y%m%dT%H%M%SZ")
    return f"{backup.number:06d}-{moment}-{backup.why}"


def root() -> Path:
    """Return the folder of all backups; it may not exist yet."""
    return settings.folder() / "backups"


def _key(path: Path) -> str:
    return hashlib.sha256(str(real(path)).encode(errors="surrogatepass")).hexdigest()[:16]


def folder_of(path: Path, project_id: str) -> Path:
    """Return the folder for a project at a path: two files of one project are two lines of backups."""
    return root() / f"{project_id}.{_key(path)}"


def folders_of(path: Path, project_id: str = "") -> list[Path]:
    """Return the folders found by the project's path, then those by its id: a damaged file may not tell its id."""
    by_path = sorted(root().glob(f"*.{_key(path)}"))
    by_id = sorted(root().glob(f"{project_id}.*")) if project_id else []
    return list(dict.fromkeys((*by_path, *by_id)))


def backups_in(folder: Path) -> list[Backup]:
    """Return the backups of one folder, the newest first; what has no readable record is none."""
    found: list[Backup] = []
    for file in folder.glob(f"*{_RECORD}"):
        with contextlib.suppress(OSError, ValueError):
            backup = msgspec.json.decode(file.read_bytes(), type=Backup)
            read_moment(backup.when)
            found.append(msgspec.structs.replace(backup, folder=str(folder)))
    return sorted((one for one in found if one.path.exists()), key=lambda one: one.number, reverse=True)


def backups_of(path: Path, project_id: str = "") -> list[Backup]:
    """Return a project's backups: those of the file at this path first, newest first, then those of its id."""
    return [backup for folder in folders_of(path, project_id) for backup in backups_in(folder)]


def own_of(path: Path, found: Iterable[Backup]) -> list[Backup]:
    """Return those of a project's backups that are of the very file at a path, newest first, whatever was found by id.

    With them come those of a place where no file is any more, if there is one such place: from there it was moved.
    Those of a file that is still there are another copy's.
    """
    listed = list(found)
    here = [one for one in listed if Path(one.folder).name.endswith(f".{_key(path)}")]
    gone = [one for one in listed if one not in here and not Path(one.original).exists()]
    return [*here, *(gone if len({one.folder for one in gone}) == 1 else ())]


def publish(part: Path, backup: Backup) -> None:
    """Give a finished file its name, its record before it: what is seen as a backup is whole.

    Raises OSError where the disk says no; then nothing is seen.
    """
    record = backup.path.with_suffix(_RECORD)
    # Whoever opens it by hand looks at it, and does not work in it.
    part.chmod(0o400)
    _write(record, msgspec.json.encode(msgspec.structs.replace(backup, folder="")))
    try:
        part.replace(backup.path)
    except OSError:
        remove(backup)
        raise
    sync_folder(record.parent)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def part_in(folder: Path, name: str) -> Path:
    """Return the path of a file that is not finished."""
    return folder / f"{name}{_PART}"


def tidy(folder: Path) -> None:
    """Take away what a killed program left; the caller is the only one at work here."""
    for file in folder.glob(f"*{_PART}"):
        with contextlib.suppress(OSError):
            file.unlink()
    for file in folder.glob(f"*{_RECORD}"):
        if not file.with_suffix(SUFFIX).exists():
            with contextlib.suppress(OSError):
                file.unlink()


def remove(backup: Backup) -> None:
    """Take a backup away, the file before its record."""
    for file in (backup.path, backup.path.with_suffix(_RECORD)):
        with contextlib.suppress(OSError):
            if os.name == "nt":
                file.chmod(0o600)  # there, what is read-only stays
            file.unlink(missing_ok=True)


class Keep(NamedTuple):
    """How many backups are kept: the latest, and the last one of so many days and of so many weeks."""

    latest: int = 10
    days: int = 7
    weeks: int = 4


def wanted() -> Keep:
    """Return how many the person wants kept."""
    kept = settings.load()
    return Keep(kept.backups_latest, kept.backups_days, kept.backups_weeks)


def prune(folder: Path) -> None:
    """Take away backups that need not be kept, the oldest first, and a few at once only."""
    for one in surplus(backups_in(folder))[:_GONE_AT_ONCE]:
        remove(one)


def surplus(found: Sequence[Backup]) -> list[Backup]:
    """Return those of one folder's backups that need not be kept, the oldest first."""
    keep = kept([(one.number, read_moment(one.when)) for one in found], wanted())
    return sorted((one for one in found if one.number not in keep), key=lambda one: one.number)


def kept(backups: Sequence[tuple[int, datetime]], wanted: Keep) -> set[int]:
    """Return the numbers of the backups to keep: the latest, and the last one of some days and of some weeks.

    Later is what has the higher number, whatever the clock said. Days and weeks (in UTC) count only where they have
    backups: who comes back after a holiday, or whose clock jumped, loses none of the older ones for it.
    """
    latest_first = sorted(backups, reverse=True)
    keep = {number for number, _ in latest_first[: wanted.latest]}
    keep |= _last_of_each(latest_first, wanted.days, _day)
    return keep | _last_of_each(latest_first, wanted.weeks, _week)


def _day(moment: datetime) -> date:
    return moment.date()


def _week(moment: datetime) -> tuple[int, int]:
    return moment.isocalendar()[:2]


def _last_of_each(
    latest_first: Iterable[tuple[int, datetime]], most: int, period: Callable[[datetime], object]
) -> set[int]:
    last: dict[object, int] = {}
    for number, moment in latest_first:
        if len(last) < most:
            last.setdefault(period(moment), number)
    return set(last.values())


def last_event(connection: sqlite3.Connection) -> str:
    """Return the id of the last event in the log in hexadecimal digits, "" for none."""
    row = connection.execute("SELECT id FROM event ORDER BY n DESC LIMIT 1").fetchone()
    return bytes(row[0]).hex() if row else ""


def identity(connection: sqlite3.Connection) -> tuple[str, str]:
    """Return (id, name) of a project; a file that never got a card has the id "none"."""
    row = connection.execute(
        "SELECT CAST(event.body AS BLOB) FROM state_project AS state JOIN event ON event.n = state.head LIMIT 1"
    ).fetchone()
    if row is None or row[0] is None:
        return "none", ""
    card = msgspec.json.decode(row[0], type=_Card)
    return card.id, card.name


class _Card(msgspec.Struct):
    id: str
    name: str
