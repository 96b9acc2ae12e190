"""Deciding which changes of a parcel come in: those whose session stays a chain without holes (storage.md, section 4).

A session comes in as far as it goes. Its first change that is refused, or that follows or names what is not there, ends
it; what it holds before that and the other sessions come in. So a log never has a hole, whatever was sent.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from annotator.i18n import _
from annotator.store import log
from annotator.store.merging.ownership import Ownership, Said
from annotator.store.merging.withholding import NEVER_DELETED, NEVER_REDACTED
from annotator.store.parcel import ChangeRow, EventRow


class Deed(NamedTuple):
    """A change with its events."""

    change: ChangeRow
    events: Sequence[EventRow]


class Stopped(NamedTuple):
    """Why a session goes no further."""

    outcome: Literal["refused", "missing"]
    why: str


class KeptOutError(Exception):
    """A change does not come in."""

    def __init__(self, outcome: Literal["refused", "missing"], why: str) -> None:
        super().__init__(why)
        self.stopped = Stopped(outcome, why)


@dataclass(slots=True)
class Chain:
    """A session as far as the project has it, the merge included.

    Attributes:
        n: its row, 0 for none yet.
        end: the `seq` of its last event.
        digest: the digest of that event.
        whole: whether the parcel has every event of it so far: then whoever made the parcel checked the digests.
        stopped: why nothing more of it comes in.
    """

    n: int
    end: int
    digest: bytes
    whole: bool = True
    stopped: Stopped | None = None
    seen: int = field(default=0)


class Acquaintance(NamedTuple):
    """An event that the project has: where it stands, its digest, and whether its body is withheld."""

    n: int
    digest: bytes
    withheld: bool


class Sieve:
    """Decides about the changes of one parcel, in their order.

    Attributes:
        known_changes: which of the changes at hand the project has.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.ownership = Ownership(connection)
        self.chains: dict[bytes, Chain] = {}
        self.known_changes: set[bytes] = set()

    def chain(self, session_id: bytes) -> Chain:
        """Return a session as far as the project has it."""
        found = self.chains.get(session_id)
        if found is None:
            row = self._connection.execute(
                "SELECT session.n, seq, digest FROM session JOIN event ON event.session = session.n"
                " WHERE session.id = ? ORDER BY seq DESC LIMIT 1",
                (session_id,),
            ).fetchone()
            found = self.chains[session_id] = Chain(*row) if row else Chain(0, 0, log.NO_DIGEST)
        return found

    def is_new(self, deed: Deed, known: dict[bytes, Acquaintance]) -> bool:
        """Tell whether a change may come in (True) or is in the project already; `take` or `keep_out` follows.

        Raises KeptOutError where neither is so.
        """
        chain, (change, events) = self.chain(deed.change.session_id), deed
        if chain.stopped:
            raise KeptOutError(*chain.stopped)
        # A hole in the parcel does no harm where the project has what is missing; but then nobody checked the digests.
        chain.whole = chain.whole and events[0].seq == chain.seen + 1 and _complete(deed)
        chain.seen = events[-1].seq
        if change.last_seq <= chain.end:
            self._check_same(events, known)
            return False
        if change.first_seq <= chain.end or self._known_elsewhere(deed, known):
            raise KeptOutError("refused", _("its session goes on otherwise here"))
        if change.first_seq > chain.end + 1 or not _complete(deed):
            raise KeptOutError("missing", _("events before it are missing"))
        if not chain.whole:
            self._check_digests(chain, deed)
        self._check_each(deed)
        return True

    def _known_elsewhere(self, deed: Deed, known: dict[bytes, Acquaintance]) -> bool:
        return deed.change.id in self.known_changes or any(event.id in known for event in deed.events)

    def take(self, deed: Deed) -> None:
        """The change comes in."""
        chain = self.chain(deed.change.session_id)
        chain.end, chain.digest = deed.change.last_seq, deed.events[-1].digest

    def keep_out(self, deed: Deed, stopped: Stopped) -> None:
        """The change does not come in, and nothing that follows it in its session."""
        self.chain(deed.change.session_id).stopped = stopped
        for event in deed.events:
            self.ownership.pending.pop(event.id, None)

    def _check_same(self, events: Sequence[EventRow], known: dict[bytes, Acquaintance]) -> None:
        for event in events:
            ours = known.get(event.id)
            if ours is None or ours.digest != event.digest:
                raise KeptOutError("refused", _("its session goes on otherwise here"))

    def _check_digests(self, chain: Chain, deed: Deed) -> None:
        digest, header = chain.digest, header_of(deed.change).packed()
        for event in deed.events:
            draft = log.Draft(0, event.object_id, event.kind, event.op, event.previous, event.body)
            digest = log.digest_of(digest, header, event.clock, event.seq, event.id, draft, event.body_hash)
            if digest != event.digest:
                raise KeptOutError("refused", _("its session goes on otherwise here"))

    def _check_each(self, deed: Deed) -> None:
        ownership, author = self.ownership, deed.change.author
        for event in deed.events:
            if event.op == "delete" and event.kind in (NEVER_REDACTED if event.body is not None else NEVER_DELETED):
                raise KeptOutError("refused", _("it deletes what a project cannot do without"))
            previous = event.previous
            if previous:
                for begin in range(0, len(previous), 16):
                    if ownership.known(previous[begin : begin + 16]) is None:
                        raise KeptOutError("missing", _("what it follows is missing"))
                if not ownership.may_follow(event, author):
                    raise KeptOutError("refused", _("it changes what belongs to another annotator"))
            elif event.op == "delete":
                raise KeptOutError("refused", _("it deletes what it does not name"))
            ownership.pending[event.id] = Said(event.op, author, previous, event.body)


def _complete(deed: Deed) -> bool:
    change, events = deed
    whole = len(events) == change.last_seq - change.first_seq + 1
    return whole and events[0].seq == change.first_seq and events[-1].seq == change.last_seq


def header_of(change: ChangeRow) -> log.ChangeHeader:
    """Return what the events of a change share."""
    return log.ChangeHeader(change.id, change.session_id, change.author, change.name, change.joins, change.undoes)
