"""Checking a whole project: SQLite's own checks, every hash and chain of the log, tables = log, quotes = texts."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from annotator.errors import Refused
from annotator.model import ids
from annotator.store import file, schema
from annotator.store.check_log import check_log
from annotator.store.findings import Findings, Report, Tally
from annotator.store.project import Project

_CHUNK: Final = 16
"""Texts and snapshots that are read between two moments in which a writer may commit."""

__all__ = ["Report", "Tally", "check", "damage_of"]


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
    damaged = file.Damaged(str(path))
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


def _check_events(connection: sqlite3.Connection, findings: Findings) -> None:
    check_log(connection, findings)
    findings.tallies = tuple(_tallies(connection, findings))


def _tallies(connection: sqlite3.Connection, findings: Findings) -> Iterator[Tally]:
    """Yield the counts of each author in each session, the sessions in their order."""
    names = dict(
        connection.execute(
            "SELECT object.id, state.name FROM state_annotator AS state JOIN object ON object.n = state.n"
        ).fetchall()
    )
    sessions = {number: rest for number, *rest in connection.execute("SELECT n, id, machine FROM session")}
    for whose in sorted(findings.events.keys() | findings.missing.keys(), key=lambda one: (one[1], one[0])):
        author, session = whose
        raw, machine = sessions.get(session, (b"", ""))
        withheld, altered = findings.withheld[whose], findings.altered[whose]
        yield Tally(
            ids.spelled(author) if author else "",
            str(names.get(author, "")),
            ids.spelled(raw) if raw else "",
            str(machine),
            max(0, findings.events[whose] - withheld - altered),
            withheld,
            findings.missing[whose],
            altered,
        )


_PARTS: Final[tuple[tuple[str, Callable[[sqlite3.Connection, Findings], None]], ...]] = (
    ("file", _check_file),
    ("schema", _check_schema),
    ("texts", _check_contents),
    ("log", _check_events),
)
