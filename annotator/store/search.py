"""The search cache: what a project says, in FTS5 tables of a file of its own beside the settings, made anew at will.

The project file has no full-text tables (storage.md, section 5): this one may be deleted at any time. It follows the
log by the number of its last event; where the log has another event there, everything is read again.
"""

import contextlib
import hashlib
import re
import sqlite3
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple, cast

import msgspec

from annotator import settings
from annotator.model import finding
from annotator.model.records import Claim, Mention, Record, Source, Speaker, TextVersion
from annotator.store.backup_files import identity
from annotator.store.beside import Stage
from annotator.store.codec import read_body
from annotator.store.project import Project
from annotator.store.tables import BODY, SHOWN

KINDS: Final = ("version", "claim", "mention", "source", "speaker")
"""What can be found; a mention's note is found with its words."""

_FORMAT: Final = "3"
_NOTHING: Final = (0, "")
"""The last event of a cache that knows none."""

_making = threading.Lock()
_BATCH: Final = 500
_TOKENIZE: Final = "porter unicode61 remove_diacritics 2"
SPLIT: Final = "\u2063"
"""An invisible separator, put between the letters of scripts that are written without spaces."""

_UNSPACED: Final = re.compile(rf"(?<={finding.UNSPACED})(?=\w)|(?<=\w)(?={finding.UNSPACED})")


class Entry(NamedTuple):
    """What can be found of a record: its row and id, the version it stands in ("" for none), title, further words.

    `plain` are those of its words that may be typed in plainer letters, so written: found, but never shown.
    """

    n: int
    id: str
    place: str
    title: str
    body: str
    plain: str = ""


def location(project: Project) -> Path:
    """Return where a project's cache is, there or not: known by the project's id and its path."""
    key = hashlib.sha256(str(project.path).encode()).hexdigest()[:12]
    return settings.folder() / "search" / f"{identity(project.connection)[0]}-{key}.db"


def forget(project: Project) -> None:
    """Delete a project's cache: after what changes more than the end of its log (a merge), or takes words for good."""
    path = location(project)
    for one in (path, path.with_name(f"{path.name}-journal")):
        one.unlink(missing_ok=True)


def ready(project: Project) -> Path:
    """Return where a project's cache is, made where it is not there yet, knowing nothing of the project."""
    path = location(project)
    with _making:
        with reading(path) as cache:
            there = cache is not None
        if not there:
            forget(project)
            _create(path)
    return path


def behind(project: Project) -> int:
    """Return how many events the cache has not seen yet; all of them where it must be made anew."""
    last = _last(project)
    with reading(location(project)) as cache:
        seen = _seen(cache) if cache else None
    return last[0] - seen[0] if seen is not None and _known(project, seen) else last[0]


def refreshing(project: Project) -> Generator[Stage, None, None]:
    """Bring the cache up to the end of the log, or make it; what is damaged or of another format is made anew."""
    path = location(project)
    with _making:
        with reading(path) as cache:
            seen = _seen(cache) if cache else None
        if seen is None or not _known(project, seen):
            forget(project)
            _create(path)
            seen = _NOTHING
    last = _last(project)
    if seen == last:
        return
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as cache:
        cache.execute("PRAGMA synchronous = OFF")
        cache.execute("PRAGMA secure_delete = 1")
        if seen == _NOTHING:
            cache.execute("DELETE FROM meta WHERE key = 'event'")  # what is begun and not finished is made anew
        yield from _everything(project, cache) if not seen[0] else _since(project, cache, seen[0])
        cache.execute("INSERT OR REPLACE INTO meta VALUES ('event', ?)", (f"{last[0]} {last[1]}",))


def split(text: str) -> str:
    """Return a text as it is indexed: letters of scripts without spaces apart."""
    return _UNSPACED.sub(SPLIT, text) if not text.isascii() else text


# The cache's file


@contextlib.contextmanager
def reading(path: Path) -> Generator[sqlite3.Connection | None]:
    """Give a connection that only reads, None where there is no cache of this format."""
    connection: sqlite3.Connection | None = None
    with contextlib.suppress(sqlite3.Error):
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
        row = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
        if row != (_FORMAT,):
            connection.close()
            connection = None
    try:
        yield connection if connection and _opens(connection) else None
    finally:
        if connection:
            connection.close()


def _opens(connection: sqlite3.Connection) -> bool:
    try:
        return connection.execute("SELECT count(*) FROM meta").fetchone() is not None
    except sqlite3.Error:
        return False


def _create(path: Path) -> None:
    from sqlite_utils import Database  # noqa: PLC0415 - 0.45 s, and only a new cache needs it

    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        db = Database(connection, execute_plugins=False)
        for kind in KINDS:
            table = db.table(kind)
            table.create({"n": int, "id": str, "place": str, "title": str, "body": str, "plain": str}, pk="n")
            table.enable_fts(["title", "body", "plain"], tokenize=_TOKENIZE, create_triggers=True)
        db.table("meta").create({"key": str, "value": str}, pk="key")
        db.table("snapshot_text").create(
            {"sha256": str, "outcome": str, "silent": int, "text": str}, pk="sha256", not_null=["outcome", "text"]
        )
        connection.execute("INSERT INTO meta VALUES ('event', '0 ')")
        connection.execute("INSERT INTO meta VALUES ('format', ?)", (_FORMAT,))


def _seen(cache: sqlite3.Connection) -> tuple[int, str] | None:
    """Return the last event that the cache knows: its row and its id."""
    row = cache.execute("SELECT value FROM meta WHERE key = 'event'").fetchone()
    if row is None:
        return None
    number, _space, event_id = str(row[0]).partition(" ")
    return int(number), event_id


def _last(project: Project) -> tuple[int, str]:
    row = project.connection.execute("SELECT n, lower(hex(id)) FROM event ORDER BY n DESC LIMIT 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, "")


def _known(project: Project, seen: tuple[int, str]) -> bool:
    """Tell whether the log still has the event at that row: after a restore it may have another one."""
    if seen == _NOTHING:
        return True
    row = project.connection.execute("SELECT lower(hex(id)) FROM event WHERE n = ?", seen[:1]).fetchone()
    return row == seen[1:]


# What goes in


def _everything(project: Project, cache: sqlite3.Connection) -> Generator[Stage, None, None]:
    total = sum(project.connection.execute(f"SELECT count(*) FROM state_{kind}").fetchone()[0] for kind in KINDS)
    done = 0
    for kind in KINDS:
        last = 0
        sql = f"SELECT state.n, {BODY} FROM state_{kind} AS state {SHOWN} WHERE state.n > ? ORDER BY state.n LIMIT ?"
        while rows := project.connection.execute(sql, (last, _BATCH)).fetchall():
            _put(project, cache, kind, rows)
            last, done = rows[-1][0], done + len(rows)
            yield Stage(done, total, "")


def _since(project: Project, cache: sqlite3.Connection, event: int) -> Generator[Stage, None, None]:
    changed = project.connection.execute(
        "SELECT DISTINCT object.kind, object.n FROM event JOIN object ON object.n = event.object WHERE event.n > ?",
        (event,),
    ).fetchall()
    for done, begin in enumerate(range(0, len(changed), _BATCH)):
        part = changed[begin : begin + _BATCH]
        for kind in KINDS:
            numbers = [n for of, n in part if of == kind]
            if numbers:
                asked = msgspec.json.encode(numbers).decode()
                rows = project.connection.execute(
                    f"SELECT state.n, {BODY} FROM state_{kind} AS state {SHOWN}"
                    " WHERE state.n IN (SELECT value FROM json_each(?))",
                    (asked,),
                ).fetchall()
                cache.execute(f"DELETE FROM {kind} WHERE n IN (SELECT value FROM json_each(?))", (asked,))
                _put(project, cache, kind, rows)
        yield Stage(done * _BATCH, len(changed), "")


def _put(project: Project, cache: sqlite3.Connection, kind: str, rows: Sequence[tuple[int, bytes]]) -> None:
    entries = (_ENTRY_OF[kind](project, n, read_body(kind, body)) for n, body in rows)
    cache.execute("BEGIN")
    cache.executemany(f"INSERT INTO {kind} VALUES (?, ?, ?, ?, ?, ?)", _indexed(entries))
    cache.execute("COMMIT")


def _indexed(entries: Iterable[Entry]) -> Iterator[Entry]:
    for one in entries:
        plain = finding.plainer(f"{one.title} {one.body}")
        yield one._replace(title=split(one.title), body=split(one.body), plain=plain)


def _version(project: Project, n: int, record: Record) -> Entry:
    one = cast("TextVersion", record)
    return Entry(n, one.id, one.id, one.title, project.text(one.text_sha256))


def _claim(_project: Project, n: int, record: Record) -> Entry:
    one = cast("Claim", record)
    return Entry(n, one.id, "", one.text, "")


def _mention(project: Project, n: int, record: Record) -> Entry:
    one = cast("Mention", record)
    return Entry(n, one.id, project.version_of_mention(one.id), " … ".join(span.quote for span in one.spans), one.note)


def _source(_project: Project, n: int, record: Record) -> Entry:
    one = cast("Source", record)
    return Entry(n, one.id, "", one.title or one.url, f"{one.publisher} {one.url}")


def _speaker(_project: Project, n: int, record: Record) -> Entry:
    one = cast("Speaker", record)
    return Entry(n, one.id, "", one.name, " ".join(one.aliases))


_ENTRY_OF: Final[dict[str, Callable[[Project, int, Record], Entry]]] = {
    "version": _version,
    "claim": _claim,
    "mention": _mention,
    "source": _source,
    "speaker": _speaker,
}
