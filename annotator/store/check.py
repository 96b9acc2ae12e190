"""Checking a whole project: SQLite's own checks, every hash and chain of the log, tables = log, quotes = texts."""

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model import ids
from annotator.store import file, references, schema, tables
from annotator.store.check_log import check_log
from annotator.store.findings import Findings, Report
from annotator.store.project import Project

_CHUNK: Final = 16
"""Texts and snapshots that are read between two moments in which a writer may commit."""

__all__ = ["Report", "check", "damage_of"]


def check(project: Project) -> Report:
    """Check everything that a project promises of itself; looking changes no byte.

    Memory stays bounded however large the project is. A writer beside gets its turn between pieces of work.
    """
    findings = Findings()
    for subject, part in _PARTS:
        try:
            part(project.connection, findings)
        except sqlite3.Error as error:
            findings.add(subject, f"the file is damaged: {error}")
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            # Where SQLite says that pages are damaged, anything may come out of them; elsewhere this is a bug.
            if not findings.has("file"):
                raise
            findings.add(subject, f"cannot be checked, the file is damaged: {error}")
    return findings.report()


def damage_of(path: Path) -> Refused | None:
    """Return what to tell about a file in which SQLite finds damage, None for one in which it finds none."""
    damaged = Refused(_("the file is damaged"), do=_("restore a backup; the file was not changed"), file=str(path))
    try:
        with closing(file.connect(path)) as connection:
            (line,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except Refused as refusal:
        return refusal
    except (sqlite3.Error, UnicodeDecodeError):
        return damaged
    return None if line == "ok" else damaged


def _check_file(connection: sqlite3.Connection, findings: Findings) -> None:
    findings.checked["pages"] = int(connection.execute("PRAGMA page_count").fetchone()[0])
    for (line,) in connection.execute("PRAGMA integrity_check(20)").fetchall():
        if line != "ok":
            findings.add("file", str(line))
    for table, row, parent, _key in connection.execute("PRAGMA foreign_key_check").fetchall():
        findings.add("file", f"row {row} of table {table} names a row that table {parent} does not have")


def _check_schema(connection: sqlite3.Connection, findings: Findings) -> None:
    findings.checked["tables and indexes"] = len(schema.EXPECTED)
    for name in schema.differences(connection):
        findings.add("schema", f"{name} is not as this program makes it")


def _check_contents(connection: sqlite3.Connection, findings: Findings) -> None:
    for table in ("text", "blob"):
        last = 0
        while rows := connection.execute(
            f"SELECT n, sha256, CAST(content AS BLOB) FROM {table} WHERE n > ? ORDER BY n LIMIT ?", (last, _CHUNK)
        ).fetchall():
            for number, sha256, content in rows:
                last = number
                findings.checked[f"{table}s"] += 1
                if hashlib.sha256(content).digest() != sha256:
                    findings.add(f"{table}s", f"{bytes(sha256).hex()} is not the SHA-256 of what is kept under it")


def _check_changes(connection: sqlite3.Connection, findings: Findings) -> None:
    """Every change owns exactly the events of its session from its first to its last one."""
    last = 0
    while rows := connection.execute(
        "SELECT change.n, change.id, last_seq - first_seq + 1, count(event.n),"
        " total(event.change = change.n AND event.clock = change.clock)"
        " FROM (SELECT * FROM change WHERE n > ? ORDER BY n LIMIT 5000) AS change LEFT JOIN event"
        " ON event.session = change.session AND event.seq BETWEEN first_seq AND last_seq"
        " GROUP BY change.n ORDER BY change.n",
        (last,),
    ).fetchall():
        for number, change_id, wanted, found, fitting in rows:
            last = number
            findings.checked["changes"] += 1
            if not wanted == found == int(fitting):
                findings.add("changes", f"{ids.spelled(change_id)} has other events than it says")


def _check_tables(connection: sqlite3.Connection, findings: Findings) -> None:
    """Nothing stands in the tables that the log does not show; the walk along the log finds the opposite."""
    for kind in schema.STATE_COLUMNS:
        plural = "evidence" if kind == "evidence" else f"{kind}s"
        findings.checked[plural] = int(connection.execute(f"SELECT count(*) FROM state_{kind}").fetchone()[0])
        rows = connection.execute(
            f"SELECT state.n FROM state_{kind} AS state LEFT JOIN event ON event.n = state.head"
            " LEFT JOIN object ON object.n = state.n"
            " WHERE event.op IS NOT 'put' OR event.object IS NOT state.n OR object.kind IS NOT ?"
            " OR state.head <> (SELECT max(n) FROM event WHERE object = state.n)",
            (kind,),
        ).fetchall()
        for (number,) in rows:
            findings.add("tables", f"row {number} of state_{kind} is not in the log")
    for place, count in references.astray(connection).items():
        findings.add("tables", f"{count} rows of {place} name something that is deleted or of another kind")
    if not findings.checked["projects"]:
        findings.add("tables", "the project has no name and no status scheme")


def _check_events(connection: sqlite3.Connection, findings: Findings) -> None:
    check_log(connection, findings, tables.number_in(connection), tables.stored_in(connection))


_PARTS: Final[tuple[tuple[str, Callable[[sqlite3.Connection, Findings], None]], ...]] = (
    ("file", _check_file),
    ("schema", _check_schema),
    ("texts", _check_contents),
    ("changes", _check_changes),
    ("log", _check_events),
    ("tables", _check_tables),
)
