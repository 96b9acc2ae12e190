"""The write gate: all or nothing, invariants, and what a failed COMMIT leaves."""

import contextlib
import sqlite3
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator.errors import Refused
from annotator.model.ids import AssessmentId, ClaimId, EvidenceId, Sha256, SourceId, SpeakerId, new_id
from annotator.model.records import Claim, Evidence, Mention, Source, Speaker, TextVersion, zone_id
from annotator.model.records import Zone as ZoneRecord
from annotator.model.span import Span
from annotator.store import file
from annotator.store.change import Change
from annotator.store.check import check
from annotator.store.project import Project
from tests import making


class Desk:
    """A project with an article, a mark of Ada's and a source, and Bo at work."""

    def __init__(self, folder: Path) -> None:
        self.path = making.new_project(folder)
        self.project = making.opened(self.path)
        with self.project.change("import") as change:
            self.version: TextVersion = making.put_article(change)
            self.mention: Mention = making.put_mark(change, self.version)
            self.source = Source(SourceId(new_id()), url="https://example.org/report")
            self.speaker = Speaker(SpeakerId(new_id()), "The mayor")
            change.put(self.source)
            change.put(self.speaker)
            change.put(making.BO)
        self.claim = self.project.get(Claim, self.mention.claim_id)


@pytest.fixture
def desk(tmp_path: Path) -> Generator[Desk]:
    one = Desk(tmp_path)
    yield one
    one.project.close()


def deleted_claim(desk: Desk) -> Claim:
    gone = making.claim()
    with desk.project.change("new") as change:
        change.put(gone)
    with desk.project.change("remove") as change:
        change.delete(gone)
    return gone


WRONG: dict[str, Callable[[Desk, Change], object]] = {
    "a quote that is not its text": lambda d, c: c.put(replace(d.mention, spans=(Span(4, 9, "MAYOR"),))),
    "a cue that is not its text": lambda d, c: c.put(replace(d.mention, cue=(Span(0, 3, "xxx"),))),
    "a speaker that is not its text": lambda d, c: c.put(replace(d.mention, speaker_spans=(Span(0, 3, "xxx"),))),
    "an end outside the text": lambda d, c: c.put(replace(d.mention, spans=(Span(4, 9999, "mayor"),))),
    "a start before the text": lambda d, c: c.put(replace(d.mention, spans=(Span(-5, 2, ""),))),
    "an empty span": lambda d, c: c.put(replace(d.mention, spans=(Span(4, 4, ""),))),
    "no span": lambda d, c: c.put(replace(d.mention, spans=())),
    "a text that is not there": lambda d, c: c.put(replace(d.mention, text_sha256=Sha256("0" * 64))),
    "a text by no hash": lambda d, c: c.put(replace(d.mention, text_sha256=Sha256("no hash"))),
    "a hash in capitals": lambda d, c: c.put(
        replace(d.version, text_sha256=Sha256(d.version.text_sha256.upper()), number=2)
    ),
    "a claim that is not there": lambda d, c: c.put(replace(d.mention, claim_id=ClaimId(new_id()))),
    "a claim that is no id": lambda d, c: c.put(replace(d.mention, claim_id=ClaimId("7"))),
    "no claim": lambda d, c: c.put(replace(d.mention, claim_id=ClaimId(""))),
    "a claim in capitals": lambda d, c: c.put(replace(d.mention, claim_id=ClaimId(d.claim.id.upper()))),
    "a claim that is a source": lambda d, c: c.put(replace(d.mention, claim_id=ClaimId(d.source.id))),
    "a claim that is a source of this change": lambda d, c: (
        c.put(replace(d.source, title="new")),
        c.put(replace(d.mention, claim_id=ClaimId(d.source.id))),
    ),
    "a speaker that is a claim": lambda d, c: c.put(replace(d.mention, speaker_id=d.claim.id)),
    "a claim that was deleted": lambda d, c: c.put(replace(d.mention, claim_id=deleted_claim(d).id)),
    "a claim deleted in the same change": lambda d, c: (c.put(replace(d.mention, note="x")), c.delete(d.claim)),
    "a source of evidence that is not there": lambda d, c: c.put(
        Evidence(EvidenceId(new_id()), d.claim.id, SourceId(new_id()), making.ADA.id, "supports")
    ),
    "evidence with an empty place": lambda d, c: c.put(
        Evidence(EvidenceId(new_id()), d.claim.id, d.source.id, making.ADA.id, "supports", spans=(Span(3, 3, ""),))
    ),
    "a zone outside its text": lambda d, c: c.put(
        ZoneRecord(
            zone_id(d.version.article_id, d.version.text_sha256, 0, 9999),
            d.version.article_id,
            d.version.text_sha256,
            "body",
            0,
            9999,
        )
    ),
    "an id of another kind": lambda d, c: c.put(Claim(ClaimId(d.source.id), "a claim?")),
    "the deletion of another kind": lambda d, c: c.delete_object("claim", d.source.id),
    "half a character": lambda d, c: c.put(replace(d.claim, text="\ud83d")),
    "the deletion of an article with versions": lambda d, c: c.delete_object("article", d.version.article_id),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_breaks_an_invariant_is_refused_and_changes_no_byte(desk: Desk, name: str) -> None:
    with contextlib.ExitStack() as stack:
        told = stack.enter_context(pytest.raises(Refused))
        change = stack.enter_context(desk.project.change("wrong"))
        change.put(making.claim("good beside wrong"))
        WRONG[name](desk, change)
        before = making.digest(desk.path)
    assert "\n" not in str(told.value)
    assert told.value.do
    assert "{" not in str(told.value)
    assert making.digest(desk.path) == before
    with desk.project.change("right") as change:
        change.put(making.claim())
    assert check(desk.project).sound


def test_nobody_edits_or_deletes_what_belongs_to_another(desk: Desk) -> None:
    desk.project.work_as(making.BO.id)
    before = making.digest(desk.path)
    with pytest.raises(Refused, match="belongs to another annotator"), desk.project.change("edit") as change:
        change.put(replace(desk.mention, note="mine now"))
    with pytest.raises(Refused, match="belongs to another annotator"), desk.project.change("steal") as change:
        change.put(replace(desk.mention, annotator_id=making.BO.id))
    with pytest.raises(Refused, match="belongs to another annotator"), desk.project.change("remove") as change:
        change.delete(desk.mention)
    assert making.digest(desk.path) == before
    with desk.project.change("shared") as change:
        change.put(replace(desk.claim, text="anyone may say it better"))


def test_no_code_deletes_the_project_s_card_or_redacts_an_annotator(desk: Desk) -> None:
    before = making.digest(desk.path)
    with pytest.raises(Refused, match="never deleted"), desk.project.change("x") as change:
        change.delete(desk.project.card)
    for record in (desk.project.card, making.ADA):
        with pytest.raises(Refused, match="never deleted"), desk.project.change("x") as change:
            change.redact(record.kind, record.id, "x")
    assert making.digest(desk.path) == before


def test_an_exception_inside_writes_nothing(desk: Desk) -> None:
    before = making.digest(desk.path)
    with contextlib.suppress(ZeroDivisionError), desk.project.change("failing") as change:
        change.put(making.claim())
        change.put_text("a text")
        raise ZeroDivisionError
    assert making.digest(desk.path) == before
    assert desk.project.undo_name == "import"


def test_saying_again_what_is_there_changes_no_byte(desk: Desk) -> None:
    before = making.digest(desk.path)
    with desk.project.change("again") as change:
        change.put(desk.claim)
        change.put(desk.mention)
        change.put_text(making.TEXT)
    with desk.project.change("nothing"):
        pass
    with desk.project.change("gone already") as change:
        change.delete(making.claim())
    assert making.digest(desk.path) == before
    assert desk.project.undo_name == "import"


def test_a_session_that_changed_nothing_leaves_no_trace(desk: Desk) -> None:
    desk.project.close()
    before = making.digest(desk.path)
    with making.opened(desk.path) as project, project.change("again") as change:
        change.put(desk.claim)
    assert making.digest(desk.path) == before


def test_outside_a_change_sqlite_itself_refuses_a_stray_write(desk: Desk) -> None:
    for statement in ("DELETE FROM event", "UPDATE state_claim SET head = 0", "CREATE TABLE stray (n)"):
        with pytest.raises(sqlite3.DatabaseError, match=r"readonly|not authorized"):
            desk.project.connection.execute(statement)
    with pytest.raises(Refused), desk.project.change("wrong") as change:
        change.put(replace(desk.mention, spans=()))
    with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
        desk.project.connection.execute("DELETE FROM event")


def test_a_project_opened_for_reading_refuses_changes(desk: Desk) -> None:
    with Project.open(desk.path, write=False) as reader:
        assert not reader.writable
        with pytest.raises(Refused, match="for reading only"), reader.change("x") as change:
            change.put(making.claim())


@pytest.mark.parametrize("committed", [True, False])
def test_after_a_commit_that_failed_the_file_says_whether_it_is_saved(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, *, committed: bool
) -> None:
    true_gate = file.gate

    @contextlib.contextmanager
    def failing(connection: sqlite3.Connection, name: str) -> Generator[None]:
        with contextlib.nullcontext() if committed else pytest.raises(ZeroDivisionError), true_gate(connection, name):
            yield
            if not committed:
                raise ZeroDivisionError
        raise Refused("the disk reports an error")

    claim = making.claim()
    monkeypatch.setattr(file, "gate", failing)
    with contextlib.nullcontext() if committed else pytest.raises(Refused), desk.project.change("new") as change:
        change.put(claim)
    monkeypatch.undo()
    assert (desk.project.find(Claim, claim.id) == claim) is committed
    assert desk.project.undo_name == ("new" if committed else "import")
    with desk.project.change("later") as change:
        change.put(making.claim())
    assert check(desk.project).sound


def test_an_interrupt_after_the_commit_is_not_swallowed_and_breaks_no_chain(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    true_gate = file.gate

    @contextlib.contextmanager
    def interrupted(connection: sqlite3.Connection, name: str) -> Generator[None]:
        with true_gate(connection, name):
            yield
        raise KeyboardInterrupt

    monkeypatch.setattr(file, "gate", interrupted)
    with pytest.raises(KeyboardInterrupt), desk.project.change("new") as change:
        change.put(making.claim())
    monkeypatch.undo()
    with desk.project.change("later") as change:
        change.put(making.claim())
    assert check(desk.project).sound


def test_where_nobody_can_say_whether_it_is_saved_nothing_more_is_written_until_somebody_can(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> object:
        raise Refused("the disk reports an error")

    class Broken:
        """A connection on a disk that is gone."""

        def close(self) -> None:
            pass

        def execute(self, *_: object) -> object:
            raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(file, "gate", broken)
    monkeypatch.setattr(file, "connect", broken)
    monkeypatch.setattr(desk.project, "_connection", Broken())
    for told in ("not known", "the disk reports an error"):
        with pytest.raises(Refused, match=told), desk.project.change("new") as change:
            change.put(making.claim())
    monkeypatch.undo()
    with desk.project.change("later") as change:
        change.put(making.claim())
    assert desk.project.undo_name == "later"
    assert check(desk.project).sound


def test_two_sessions_keep_one_order_of_time_whatever_the_machine_s_clock_does(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = desk.claim
    with contextlib.closing(desk.project.beside()) as other:
        for year, writer in ((2044, other), (2004, desk.project), (2044, desk.project), (1969, other)):
            monkeypatch.setattr("time.time_ns", lambda year=year: (year - 1970) * 365 * 86_400 * 10**9)
            claim = replace(claim, text=f"in {year} by {id(writer)}")
            with writer.change("claim.text") as change:
                change.put(claim)
        happened = desk.project.history(claim.id)
    assert [one.at for one in happened] == sorted(one.at for one in happened)
    clocks = [row[0] for row in desk.project.connection.execute("SELECT clock FROM change ORDER BY n")]
    assert clocks == sorted(set(clocks))
    assert check(desk.project).sound


def test_a_newcomer_is_made_with_the_first_change_and_told_of(desk: Desk) -> None:
    cleo = replace(making.ADA, id=new_id(), name="Cleo")
    heard: list[bool] = []
    desk.project.subscribe(lambda changes: heard.append(changes.touches("annotator")))
    desk.project.work_as(cleo.id)
    desk.project.introduce(cleo)
    before = making.digest(desk.path)
    with desk.project.change("again") as change:
        change.put(desk.claim)
    with pytest.raises(Refused), desk.project.change("wrong") as change:
        change.put(replace(desk.mention, spans=()))
    assert making.digest(desk.path) == before
    with desk.project.change("assess") as change:
        change.put(replace(making.assessment(desk.claim, by=cleo), id=AssessmentId(new_id())))
    assert desk.project.annotators_called("Cleo") == [cleo]
    assert heard == [True]
    assert check(desk.project).sound
