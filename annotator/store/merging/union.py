"""The union of a project's log with those of parcels, in one transaction of the caller's (storage.md, section 4)."""

import sqlite3
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from typing import Final

import msgspec

from annotator.collecting import uncollected
from annotator.model import ids
from annotator.store import rebuilding
from annotator.store.clock import latest_credible
from annotator.store.codec import body_hash
from annotator.store.merging import sameness, withholding
from annotator.store.merging.incoming import Contents, Incoming
from annotator.store.merging.sieve import Acquaintance, Deed, KeptOutError, Stopped
from annotator.store.merging.tally import Kept, Redacted, Tally
from annotator.store.parcel import ChangeRow, EventRow, Parcel, SessionRow

GROUP: Final = 5_000
"""Events that are looked up and written together."""

_COUNT: Final = "WITH RECURSIVE at (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM at WHERE i + 1 < :count)"
_KNOWN_CHANGES: Final = f"{_COUNT} SELECT at.i FROM at CROSS JOIN change ON change.id = substr(:ids, 16 * at.i + 1, 16)"
_KNOWN: Final = (
    f"{_COUNT} SELECT at.i, event.n, event.digest, event.salt IS NULL"
    " FROM at CROSS JOIN event ON event.id = substr(:ids, 16 * at.i + 1, 16)"
)


class Union:
    """Brings parcels in, one after the other; `finish` makes the tables right. The caller holds the transaction.

    Args:
        connection: of the project, or of a private copy for a dry run.
        me: the raw id of the person at work, b"" for nobody.
        machine: what sessions of this machine say (`settings.machine`).
    """

    def __init__(self, connection: sqlite3.Connection, *, me: bytes = b"", machine: str = "") -> None:
        self._connection = connection
        self._me = me
        self._machine = machine
        self._contents = Contents(connection)
        self._used: set[str] = set()
        self._touched: dict[int, str] = {}
        self._first_new = int(connection.execute("SELECT coalesce(max(n), 0) + 1 FROM event").fetchone()[0])
        self.tally = Tally()

    def bring(self, parcel: Parcel, name: str) -> Generator[int, None, None]:
        """Bring one parcel in; yields how many events were looked at since."""
        sessions = {one.id: one for one in parcel.sessions()}
        self._contents.add("text", parcel.texts())
        self._contents.add("blob", parcel.blobs())
        incoming = Incoming(self._connection)
        for group in _groups(_deeds(parcel)):
            with uncollected():
                self._bring_group(incoming, group, sessions, name)
            yield sum(len(deed.events) for deed in group)
        self._used |= incoming.used
        self._touched |= incoming.touched
        self._close(sessions)

    def _close(self, sessions: dict[bytes, SessionRow]) -> None:
        """A session that was open when the file was brought in before may have ended since."""
        ended = [(one.closed, one.id) for one in sessions.values() if one.closed is not None]
        self._connection.executemany("UPDATE session SET closed = ? WHERE id = ? AND closed IS NULL", ended)

    def _bring_group(
        self, incoming: Incoming, group: Sequence[Deed], sessions: dict[bytes, SessionRow], name: str
    ) -> None:
        events = [event for deed in group for event in deed.events]
        known = self._known(events)
        incoming.sieve.known_changes = self._known_changes([deed.change.id for deed in group])
        incoming.look_up([event.object_id for event in events])
        for deed in group:
            try:
                if incoming.sieve.is_new(deed, known):
                    incoming.add(deed, sessions[deed.change.session_id])
                    self._count_new(deed, sessions[deed.change.session_id])
                else:
                    self.tally.outcomes[ids.spelled(deed.change.author), "known"] += len(deed.events)
                    self._fill(incoming, deed, known)
            except KeptOutError as error:
                self._count_kept_out(incoming, deed, error.stopped, name)
        incoming.write()
        incoming.forget()

    def _known(self, events: Sequence[EventRow]) -> dict[bytes, Acquaintance]:
        values = {"count": len(events), "ids": b"".join([event.id for event in events])}
        rows = self._connection.execute(_KNOWN, values)
        return {events[int(index)].id: Acquaintance(n, digest, bool(bare)) for index, n, digest, bare in rows}

    def _known_changes(self, raw_ids: Sequence[bytes]) -> set[bytes]:
        values = {"count": len(raw_ids), "ids": b"".join(raw_ids)}
        return {raw_ids[int(index)] for (index,) in self._connection.execute(_KNOWN_CHANGES, values)}

    def _count_new(self, deed: Deed, session: SessionRow) -> None:
        author, n = ids.spelled(deed.change.author), len(deed.events)
        self.tally.outcomes[author, "new"] += n
        if deed.change.author == self._me and session.machine != self._machine:
            self.tally.in_my_name[session.machine] += n
        if deed.change.clock > latest_credible():
            self.tally.far[author] += n

    def _count_kept_out(self, incoming: Incoming, deed: Deed, stopped: Stopped, name: str) -> None:
        chain = incoming.sieve.chain(deed.change.session_id)
        first = chain.stopped is None
        incoming.sieve.keep_out(deed, stopped)
        author, n = ids.spelled(deed.change.author), len(deed.events)
        if first and stopped.outcome == "missing":
            # What is in no file is missing, too.
            n += max(0, deed.events[0].seq - chain.end - 1)
        self.tally.keep_out(Kept(name, author, stopped.why, n, stopped.outcome))

    def _fill(self, incoming: Incoming, deed: Deed, known: dict[bytes, Acquaintance]) -> None:
        """Give withheld bodies back; what a redaction took stays away."""
        for event in deed.events:
            ours = known[event.id]
            if not ours.withheld or event.salt is None or body_hash(event.salt, event.body or b"") != event.body_hash:
                continue
            number, kind = self._connection.execute(
                "SELECT object, kind FROM event JOIN object ON object.n = event.object WHERE event.n = ?", (ours.n,)
            ).fetchone()
            if ours.n in withholding.redacted(self._connection, number) or not _placed(incoming, event):
                continue
            self._connection.execute(
                "UPDATE event SET salt = ?, body = CAST(? AS TEXT) WHERE n = ? AND body_hash = ?",
                (event.salt, event.body, ours.n, event.body_hash),
            )
            incoming.touched[number] = kind
            self.tally.filled += 1

    def finish(self) -> Tally:
        """Make the tables right, and count what is in conflict now."""
        hashes: set[str] = set()
        for number in self._touched:
            hashes |= withholding.apply_redactions(self._connection, number)
        rebuilding.settle(self._connection, self._touched.items())
        withholding.take_unnamed(self._connection, hashes)
        self.tally.texts = self._contents.finish(self._used)
        self.tally.redacted = self._redacted()
        self._count_conflicts()
        self.tally.names = sameness.names_of(self._connection)
        self.tally.same_articles = sameness.article_links(self._connection)
        self.tally.same_people = sameness.people_offered(self._connection)
        return self.tally

    def _redacted(self) -> list[Redacted]:
        """Return the records that redactions among the new events took."""
        rows = self._connection.execute(
            "SELECT DISTINCT kind, object.id, change.author FROM event JOIN object ON object.n = event.object"
            " JOIN change ON change.n = event.change WHERE event.n >= ? AND op = 'delete' AND body IS NOT NULL",
            (self._first_new,),
        )
        return [Redacted(kind, ids.spelled(raw), ids.spelled(author)) for kind, raw, author in rows]

    def _count_conflicts(self) -> None:
        asked = msgspec.json.encode(list(self._touched)).decode()
        rows = self._connection.execute(
            "SELECT change.author FROM json_each(?) AS asked CROSS JOIN joined ON joined.n = asked.value"
            " JOIN event ON event.object = joined.n JOIN change ON change.n = event.change"
            " WHERE joined.conflicts <> '[]' AND event.n >= ?",
            (asked, self._first_new),
        )
        for author, n in Counter(ids.spelled(author) for (author,) in rows).items():
            self.tally.outcomes[author, "conflicting"] += n


def _placed(incoming: Incoming, event: EventRow) -> bool:
    """Tell whether all is there that a body names which was withheld."""
    try:
        incoming.row_of(event)
    except KeptOutError:
        return False
    return True


def _deeds(parcel: Parcel) -> Iterator[Deed]:
    """Yield the changes of a parcel with their events, which stand together in a log."""
    changes = {one.id: one for one in parcel.changes()}
    change: ChangeRow | None = None
    events: list[EventRow] = []
    for batch in parcel.event_batches():
        for event in batch:
            if change is None or event.change_id != change.id:
                if change is not None:
                    yield Deed(change, events)
                change, events = changes[event.change_id], []
            events.append(event)
    if change is not None:
        yield Deed(change, events)


def _groups(deeds: Iterator[Deed]) -> Iterator[list[Deed]]:
    group: list[Deed] = []
    size = 0
    for deed in deeds:
        group.append(deed)
        size += len(deed.events)
        if size >= GROUP:
            yield group
            group, size = [], 0
    if group:
        yield group
