"""Colleagues who work, crash, copy, restore and merge in any order: a state machine over three files of one project."""

import contextlib
import random
import shutil
import tempfile
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from msgspec.structs import replace

from annotator.errors import Refused
from annotator.model.ids import AnnotatorId
from annotator.model.records import Annotator, Assessment, Claim, Mention, Record, TextVersion
from annotator.services.exporting import export_project
from annotator.store import rebuilding, tables
from annotator.store.change import Change
from annotator.store.check import check
from annotator.store.foreign_answers import FaultError
from annotator.store.merging.tally import Tally
from tests import making
from tests.store.merging import replicas
from tests.store.merging.desks import finished, log_of, state
from tests.store.merging.replicas import TAMPERINGS, Replica, merge_log

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder in memory, where there is one: syncing costs nothing there
CLEO: Final = Annotator(AnnotatorId("01890000-0000-7000-8000-0000000000c1"), "Cleo")
PEOPLE: Final = (making.ADA, making.BO, CLEO)
YEARS: Final = 365 * 86_400 * 10**9

WHO = st.integers(0, len(PEOPLE) - 1)
WORDS = st.sampled_from(["It is so.", "It is not so.", "Nobody knows.", "One says so."])


class MergingMachine(RuleBasedStateMachine):
    """Three files, and what each has acknowledged."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        self.now = time.time_ns
        self.people: list[Replica] = []
        self.removed: set[str] = set()
        self.redacted: set[str] = set()
        self.marks: set[str] = set()

    @initialize()
    def begin(self) -> None:
        path = making.new_project(self.folder, "base")
        with making.opened(path) as project, project.change("import") as change:
            for one in PEOPLE[1:]:
                change.put(one)
            self.version: TextVersion = making.put_article(change)
            self.marks.add(making.put_mark(change, self.version).id)
        for who in PEOPLE:
            copy = self.folder / f"{who.name}.annot"
            shutil.copyfile(path, copy)
            self.people.append(Replica(copy, who))
        assert self.people[0].project.count(TextVersion) == 1, "the import was acknowledged, and is gone"

    def teardown(self) -> None:
        try:
            if self.people:
                self.all_agree_in_the_end()
        finally:
            time.time_ns = self.now
            for one in self.people:
                one.close()
            shutil.rmtree(self.folder)

    # Work

    @contextlib.contextmanager
    def change(self, one: Replica, name: str) -> Generator[Change]:
        """Make a change that is acknowledged when the block ends."""
        with one.project.change(name) as change:
            yield change
        one.acknowledged()

    def of(self, one: Replica, kind: type[Any]) -> list[Any]:
        return sorted(one.project.all(kind), key=lambda record: record.id)

    def own(self, one: Replica) -> list[Mention]:
        return [mark for mark in self.of(one, Mention) if mark.annotator_id == one.who.id]

    @rule(who=WHO, start=st.integers(0, 60), length=st.integers(1, 20), words=WORDS, again=st.booleans())
    def mark(self, who: int, start: int, length: int, words: str, *, again: bool) -> None:
        """Mark a new claim or, again, one that is there."""
        one = self.people[who]
        known = self.of(one, Claim)
        with self.change(one, "mark") as change:
            claim = known[start % len(known)] if again and known else making.claim(words)
            if claim not in known:
                change.put(claim)
            mention = making.mention(claim, self.version, start, start + length, by=one.who)
            change.put(mention)
            change.put(making.assessment(claim, by=one.who))
        self.marks.add(mention.id)

    @rule(who=WHO, data=st.data(), field=st.sampled_from(["text", "type", "language"]), words=WORDS)
    def edit(self, who: int, data: st.DataObject, field: str, words: str) -> None:
        """Edit a field of a shared record."""
        one = self.people[who]
        claims = self.of(one, Claim)
        if claims:
            claim = data.draw(st.sampled_from(claims))
            with self.change(one, "claim.text") as change:
                change.put(replace(claim, **{field: words}))

    @rule(who=WHO, words=WORDS)
    def note(self, who: int, words: str) -> None:
        """Write a note on one's own mark."""
        one = self.people[who]
        for mention in self.own(one)[:1]:
            with self.change(one, "mention.note") as change:
                change.put(replace(mention, note=words))

    @rule(who=WHO, data=st.data())
    def remove(self, who: int, data: st.DataObject) -> None:
        """Remove one's own mark, with the claim where nothing else names it."""
        one = self.people[who]
        own = self.own(one)
        if not own:
            return
        mention = data.draw(st.sampled_from(own))
        others = [other for other in self.of(one, Mention) if other.claim_id == mention.claim_id != other.id]
        assessments = [found for found in self.of(one, Assessment) if found.claim_id == mention.claim_id]
        with self.change(one, "mention.remove") as change:
            change.delete(mention)
            if len(others) == 1 and all(found.annotator_id == one.who.id for found in assessments):
                for found in assessments:
                    change.delete(found)
                change.delete_object("claim", mention.claim_id)
        self.removed.add(mention.id)

    @rule(who=WHO)
    def undo(self, who: int) -> None:
        """Take the last step back, where nobody else stands in the way."""
        one = self.people[who]
        before = {mention.id for mention in self.own(one)}
        with contextlib.suppress(Refused):
            one.project.undo()
        one.acknowledged()
        after = {mention.id for mention in self.own(one)}
        self.removed = (self.removed | (before - after)) - (after - before)

    @rule(who=WHO, data=st.data(), mark=st.booleans())
    def redact(self, who: int, data: st.DataObject, *, mark: bool) -> None:
        """Take something away for good: an own mark or a claim."""
        one = self.people[who]
        records: list[Record] = [*self.own(one)] if mark else self.of(one, Claim)
        if len(records) > 1:
            record = data.draw(st.sampled_from(records))
            replicas.redact(one, record)
            one.acknowledged()
            self.redacted.add(record.id)

    # What happens to files

    @rule(who=WHO)
    def crash(self, who: int) -> None:
        """A killed process loses nothing that was acknowledged."""
        one = self.people[who]
        one.crash()
        assert one.log() == one.holds

    @rule(who=WHO)
    def reopen(self, who: int) -> None:
        self.people[who].reopen()

    @rule(who=WHO)
    def copy(self, who: int) -> None:
        one = self.people[who]
        one.reopen()
        one.snapshot()

    @rule(who=WHO, data=st.data())
    def restore(self, who: int, data: st.DataObject) -> None:
        """What was done since the copy is only where it was merged to."""
        one = self.people[who]
        if one.snapshots:
            one.restore(data.draw(st.integers(0, len(one.snapshots) - 1)))

    @rule(years=st.sampled_from([-20, -1, 0, 1, 20]))
    def clocks_jump(self, years: int) -> None:
        time.time_ns = lambda: self.now() + years * YEARS

    # Exchange

    @rule(into=WHO, source=WHO)
    def merge(self, into: int, source: int) -> None:
        if into != source:
            self.merged(self.people[into], self.people[source])

    def merged(self, into: Replica, source: Replica) -> Tally:
        tally = merge_log(into, source.project.connection)
        assert not tally.kept_out, tally.kept_out
        into.holds |= source.holds
        assert into.log() >= into.holds
        self.nothing_is_hidden(into)
        return tally

    @rule(into=WHO, source=WHO)
    def merge_cut_short(self, into: int, source: int) -> None:
        one = self.people[into]
        before = state(one.project), log_of(one.project)
        with self.people[source].raw_copy() as copy:
            steps = replicas.merging(one, copy)
            next(steps)
            steps.close()
        assert (state(one.project), log_of(one.project)) == before

    @rule(into=WHO, source=WHO)
    def blind_copy(self, into: int, source: int) -> None:
        """A copy with less in it takes nothing away, and brings what it has."""
        one, other = self.people[into], self.people[source]
        before = {row[0] for row in log_of(one.project) if not row[2]}
        with other.raw_copy() as copy:
            replicas.withhold(copy, one.who)
            merge_log(one, copy)
        one.holds |= other.holds
        kept = {row[0] for row in log_of(one.project) if not row[2]}
        assert before <= kept or self.redacted
        self.merged(one, other)

    @rule(into=WHO, source=WHO, how=st.sampled_from(sorted(TAMPERINGS)), number=st.integers(0, 1000))
    def tamper(self, into: int, source: int, how: str, number: int) -> None:
        """What was changed behind the program's back is refused, and changes nothing here."""
        one = self.people[into]
        before = log_of(one.project)
        with self.people[source].raw_copy() as copy:
            rows = copy.execute(
                "SELECT event.n FROM event JOIN object ON object.n = event.object WHERE body IS NOT NULL AND op = 'put'"
                " AND (kind = 'claim' OR ? <> 'another body')",
                (how,),
            ).fetchall()
            if rows:
                TAMPERINGS[how](copy, rows[number % len(rows)][0])
                with pytest.raises(FaultError):
                    merge_log(one, copy)
        assert log_of(one.project) == before

    # Laws

    def nothing_is_hidden(self, one: Replica) -> None:
        """What each head changed is shown or named as a conflict: nobody's edit goes by itself."""
        connection = one.project.connection
        several = (
            "SELECT n, id, kind FROM object WHERE kind = 'claim' AND n IN"
            " (SELECT object FROM event GROUP BY object HAVING count(*) > 2)"
        )
        for number, _raw, _kind in connection.execute(several).fetchall():
            events = {
                row[0]: row[1:]
                for row in connection.execute(
                    "SELECT id, previous, op, CAST(body AS BLOB) FROM event WHERE object = ?", (number,)
                )
            }
            self.check_heads(connection, number, events)

    def check_heads(self, connection: Any, number: int, events: dict[bytes, Any]) -> None:
        follows = {own: {event[0][i : i + 16] for i in range(0, len(event[0]), 16)} for own, event in events.items()}
        tips = [own for own in events if not any(own in before for before in follows.values())]
        puts = [own for own in tips if events[own][1] == "put" and events[own][2] is not None]
        parents = {frozenset(follows[own]) for own in puts}
        if len(puts) < 2 or len(puts) < len(tips) or len(parents) != 1 or len(parent := next(iter(parents))) != 1:
            return
        base = events[next(iter(parent))]
        row = connection.execute(
            "SELECT CAST(coalesce(joined.body, event.body) AS BLOB), coalesce(conflicts, '[]')"
            " FROM state_claim AS state JOIN event ON event.n = state.head LEFT JOIN joined ON joined.n = state.n"
            " WHERE state.n = ?",
            (number,),
        ).fetchone()
        if base[1] != "put" or base[2] is None:
            return
        shown, was, conflicts = *map(msgspec.json.decode, (row[0], base[2])), msgspec.json.decode(row[1])
        for own in puts:
            said = msgspec.json.decode(events[own][2])
            for field, value in said.items():
                assert value in {was[field], shown[field]} or field in conflicts, (field, value, shown, conflicts)

    def all_agree_in_the_end(self) -> None:
        """The union in any order and any number of times gives the same tables and the same export; no mark is lost."""
        order = [(a, b) for a in range(len(PEOPLE)) for b in range(len(PEOPLE)) if a != b]
        for into, source in random.Random(len(self.marks)).sample(order, len(order)) + order:  # noqa: S311 - no secret
            self.merged(self.people[into], self.people[source])
        first, *others = self.people
        for one in others:
            assert log_of(one.project) == log_of(first.project)
            assert state(one.project) == state(first.project)
            assert self.exported(one) == self.exported(first)
        for one in self.people:
            rows = tables.rows_of(one.project.connection), rebuilding.joined_of(one.project.connection)
            assert rebuilding.rows_from_log(one.project.connection) == rows
        before = making.digest(first.path)
        assert not self.merged(first, others[0]).count("new")
        assert making.digest(first.path) == before
        report = check(first.project)
        assert report.sound, report.findings
        self.no_mark_is_lost(first)

    def knows_redaction(self, one: Replica, mark: str) -> bool:
        """Tell whether a redaction is there: one that nobody had merged goes with a file that is set back to before."""
        sql = "SELECT 1 FROM event WHERE object = ? AND op = 'delete' AND body IS NOT NULL"
        return one.project.connection.execute(sql, (one.project.number_of(mark),)).fetchone() is not None

    def no_mark_is_lost(self, one: Replica) -> None:
        logged = {mark for mark in self.marks if one.project.number_of(mark)}
        shown = {mention.id for mention in one.project.all(Mention)}
        redacted = {mark for mark in self.redacted & logged if self.knows_redaction(one, mark)}
        assert logged - self.removed - redacted <= shown
        for mark in redacted:
            bodies = one.project.connection.execute(
                "SELECT count(body) FROM event WHERE object = ? AND op = 'put'", (one.project.number_of(mark),)
            )
            assert bodies.fetchone() == (0,)

    def exported(self, one: Replica) -> bytes:
        out = self.folder / "out.jsonl"
        finished(export_project(one.project, out))
        return out.read_bytes()
