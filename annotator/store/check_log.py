"""Walking along the event log: chains, digests, hashes of bodies, what each body promises, and the tables' rows.

The walk asks the file by the thousand events, never by the event: a project of a million events is checked in seconds.
Each step holds all of them against what they must be at once, and looks at them one by one only where some are not.
"""

import sqlite3
from collections.abc import Iterator
from typing import Final

from annotator.collecting import uncollected
from annotator.store import log
from annotator.store.check_bodies import Bodies
from annotator.store.check_chains import Chains
from annotator.store.check_chunk import Chunk
from annotator.store.check_state import RowCheck, one_moment
from annotator.store.findings import Findings
from annotator.store.merging import withholding

_CHUNK: Final = 1_000
"""Events that are read between two moments in which a writer may commit: as many as a processor's cache holds."""


def check_log(connection: sqlite3.Connection, findings: Findings) -> None:
    """Check every event in the order of the log, what the tables show of it, and count by author and session."""
    chains, bodies, rows = Chains(connection, findings), Bodies(connection, findings), RowCheck(connection, findings)
    for chunk in _chunks(connection, findings):
        findings.checked["events"] += len(chunk)
        chains.check(chunk)
        rows.check(list(bodies.check(chunk)))
        chunk.count()
    chains.finish()
    if withheld := sum(findings.withheld.values()):
        findings.checked["withheld bodies"] = withheld
    rows.finish()
    _check_objects(connection, findings)
    if readable := withholding.left_readable(connection):
        findings.add("log", f"{readable} events have words that were redacted: see `annotator redact` with their ids")


def _check_objects(connection: sqlite3.Connection, findings: Findings) -> None:
    counts = "SELECT (SELECT count(*) FROM object) = (SELECT count(DISTINCT object) FROM event)"
    # Every event has its object, as nothing was found of rows that name others: then counting them says it all.
    if connection.execute(counts).fetchone()[0] and not findings.has("file"):
        return
    idle = "SELECT count(*) FROM object WHERE n NOT IN (SELECT object FROM event)"
    for _ in range(int(connection.execute(idle).fetchone()[0])):
        findings.add("log", "an object has no event")


def _chunks(connection: sqlite3.Connection, findings: Findings) -> Iterator[Chunk]:
    last = 0
    while True:
        # What a chunk is compared with must be of the same moment.
        with one_moment(connection):
            with uncollected():
                rows = log.rows_between(connection, last + 1, last + _CHUNK)
                if rows:
                    yield Chunk(connection, rows, findings)
            end = int(connection.execute("SELECT coalesce(max(n), 0) FROM event").fetchone()[0])
        last += _CHUNK
        if last >= end:
            return
