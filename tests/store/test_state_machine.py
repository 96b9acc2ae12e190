"""A project against a plain model beside it: add, edit, delete, undo, redo, another session, failure, reopen."""

import contextlib
import shutil
import tempfile
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from annotator.errors import Refused
from annotator.model.ids import ChangeId
from annotator.model.records import KINDS, Assessment, Claim, Mention, Record
from annotator.store import rebuilding, tables
from annotator.store.change import Change
from annotator.store.check import check
from tests import making

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory, where there is one: syncing costs nothing there


@dataclass(frozen=True)
class State:
    """What an object is, and the number of the edit that made it so; undo and redo bring back both."""

    record: Record | None
    edit: int


ABSENT = State(None, 0)


@dataclass
class Step:
    """One undo step of the model: its objects' states before and after. A state is a record and who put it there."""

    name: str
    before: dict[str, State] = field(default_factory=dict[str, "State"])
    after: dict[str, State] = field(default_factory=dict[str, "State"])
    last_change: str = ""


class ProjectMachine(RuleBasedStateMachine):
    """The model: states by id, and two stacks of steps."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        self.path = making.new_project(self.folder)
        self.project = making.opened(self.path)
        self.states: dict[str, State] = {one.id: State(one, 0) for one in (self.project.card, making.ADA)}
        self.edits = 0
        self.done: list[Step] = []
        self.undone: list[Step] = []
        self.heard: list[dict[str, frozenset[str]]] = []
        self.project.subscribe(lambda changes: self.heard.append(dict(changes.touched)))
        self.years_off = 0
        self.clock = pytest.MonkeyPatch()
        self.clock.setattr("annotator.store.clock.time", self)

    def time_ns(self) -> int:
        """Stand in for module `time`: what the machine's clock says, right or wrong by years."""
        return time.time_ns() + self.years_off * 365 * 86_400 * 10**9

    @rule(years=st.sampled_from([-20, 20]))
    def the_clock_jumps(self, years: int) -> None:
        self.years_off = max(-40, min(40, self.years_off + years))

    @invariant()
    def each_record_s_history_is_in_the_order_of_its_edits(self) -> None:
        chained = (
            "SELECT count(*) FROM event JOIN event AS earlier ON earlier.id = event.previous"
            " WHERE earlier.clock >= event.clock OR earlier.n >= event.n"
        )
        assert self.project.connection.execute(chained).fetchone() == (0,)

    def teardown(self) -> None:
        self.clock.undo()
        report = check(self.project)
        assert report.sound, report.findings
        self.project.close()
        shutil.rmtree(self.folder)

    @initialize()
    def bring_in_an_article(self) -> None:
        with self.writing("import", track=False) as change:
            self.version = making.put_article(change)
        self.reopen()

    @contextlib.contextmanager
    def writing(self, name: str, *, joins: str = "", track: bool = True) -> Generator[Change]:
        """Make one change in the project and in the model."""
        with self.project.change(name, joins=ChangeId(joins) if joins else None) as change:
            yield change
        self.edits += 1
        after = {
            key: State(record, self.edits)
            for key, record in {**change.records, **dict.fromkeys(change.deletions)}.items()
            if self.states.get(key, ABSENT).record != record
        }
        if track and after:
            if not (joins and self.done and self.done[-1].last_change == joins):
                self.done.append(Step(name))
            step = self.done[-1]
            step.before = {key: self.states.get(key, ABSENT) for key in after} | step.before
            step.after |= after
            step.last_change = change.id
            if not joins:
                self.undone.clear()
        self.states |= after

    @property
    def records(self) -> dict[str, Record]:
        """The records that are there."""
        return {key: state.record for key, state in self.states.items() if state.record is not None}

    def of(self, record: type[Any]) -> list[Any]:
        return [one for one in self.records.values() if isinstance(one, record)]

    @rule(text=TEXTS)
    def add_a_claim(self, text: str) -> None:
        with self.writing("claim.new") as change:
            change.put(making.claim(text))

    @rule(start=st.integers(0, 60), length=st.integers(1, 20))
    def mark(self, start: int, length: int) -> None:
        with self.writing("mark") as change:
            new = making.claim()
            change.put(new)
            change.put(making.mention(new, self.version, start, start + length))
            change.put(making.assessment(new))

    @precondition(lambda self: self.of(Claim))
    @rule(data=st.data(), text=TEXTS)
    def edit_a_claim(self, data: st.DataObject, text: str) -> None:
        with self.writing("claim.text") as change:
            change.put(replace(data.draw(st.sampled_from(self.of(Claim))), text=text))

    @precondition(lambda self: self.of(Mention))
    @rule(data=st.data(), note=TEXTS)
    def note_joining_the_last_step(self, data: st.DataObject, note: str) -> None:
        last = self.done[-1].last_change if self.done else ""
        with self.writing("mention.note", joins=last) as change:
            change.put(replace(data.draw(st.sampled_from(self.of(Mention))), note=note))

    @precondition(lambda self: self.of(Claim))
    @rule(data=st.data())
    def delete_a_claim_with_all_that_names_it(self, data: st.DataObject) -> None:
        gone = data.draw(st.sampled_from(self.of(Claim)))
        with self.writing("claim.remove") as change:
            for one in (*self.of(Mention), *self.of(Assessment)):
                if one.claim_id == gone.id:
                    change.delete(one)
            change.delete(gone)

    @precondition(lambda self: self.of(Mention))
    @rule(data=st.data())
    def a_claim_that_is_named_cannot_be_deleted(self, data: st.DataObject) -> None:
        named = data.draw(st.sampled_from(self.of(Mention))).claim_id
        with pytest.raises(Refused, match="still names"), self.project.change("claim.remove") as change:
            change.delete_object("claim", named)

    @rule()
    def a_change_that_fails_writes_nothing(self) -> None:
        with contextlib.suppress(ZeroDivisionError), self.project.change("failing") as change:
            change.put(making.claim())
            raise ZeroDivisionError

    @precondition(lambda self: self.of(Claim))
    @rule(data=st.data(), text=TEXTS)
    def another_session_edits_a_claim(self, data: st.DataObject, text: str) -> None:
        edited = replace(data.draw(st.sampled_from(self.of(Claim))), text=text)
        with contextlib.closing(self.project.beside()) as other, other.change("claim.text") as change:
            change.put(edited)
        if self.records[edited.id] != edited:
            self.edits += 1
            self.states[edited.id] = State(edited, self.edits)

    @rule()
    def undo(self) -> None:
        self.step_back(self.done, self.undone, self.project.undo)

    @rule()
    def redo(self) -> None:
        self.step_back(self.undone, self.done, self.project.redo)

    def step_back(self, source: list[Step], target: list[Step], act: Callable[[], object]) -> None:
        if not source:
            act()
            return
        step = source[-1]
        if any(self.states[key] != state for key, state in step.after.items()):
            with pytest.raises(Refused, match="was changed since"):
                act()
            return
        act()
        source.pop()
        self.states |= step.before
        target.append(Step(step.name, before=step.after, after=step.before))

    @rule()
    def reopen(self) -> None:
        self.project.close()
        self.project = making.opened(self.path)
        self.done, self.undone = [], []

    @rule()
    def tables_rebuilt_from_the_log_are_the_same(self) -> None:
        assert rebuilding.rows_from_log(self.project.connection) == (tables.rows_of(self.project.connection), {})

    @invariant()
    def the_project_is_what_the_model_says(self) -> None:
        found = {one.id: one for kind in KINDS.values() for one in self.project.all(kind)}
        assert found == self.records
        assert self.project.undo_name == (self.done[-1].name if self.done else "")
        assert self.project.redo_name == (self.undone[-1].name if self.undone else "")


TestProject = ProjectMachine.TestCase
TestProject.settings = settings(
    max_examples=max(20, settings.default.max_examples // 5) if settings.default else 20, stateful_step_count=25
)
