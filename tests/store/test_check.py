"""`check` finds what is wrong, whatever it is: damage, clumsy edits, and planted faults of the writer itself."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from annotator.errors import Refused
from annotator.model.records import Claim, Mention, Record
from annotator.model.span import Span
from annotator.store import check_log, codec, log, writing
from annotator.store.check import Report, check
from annotator.store.project import Project
from annotator.store.writing import Writer
from tests import making


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = making.new_project(tmp_path)
    work(made)
    with making.opened(made) as project, project.change("later") as change:
        change.put(making.claim("of a second session"))
    return made


def work(path: Path) -> None:
    """Write, edit, delete and undo."""
    with making.opened(path) as project:
        with project.change("import") as change:
            version = making.put_article(change)
            change.put_blob(b"a page")
        with project.change("mark") as change:
            place = making.put_mark(change, version)
        with project.change("note") as change:
            change.put(replace(place, note="a note"))
        gone = making.claim("to go")
        with project.change("claim.new") as change:
            change.put(gone)
        with project.change("remove") as change:
            change.delete(gone)
        project.undo()
        project.redo()


def report_of(path: Path) -> Report:
    before = making.digest(path)
    with Project.open(path, write=False) as project:
        report = check(project)
    assert making.digest(path) == before
    assert not any("\n" in finding for finding in report.findings)
    return report


def test_a_sound_project_has_nothing_to_find_and_says_what_was_looked_at(path: Path) -> None:
    report = report_of(path)
    assert report.sound
    assert report.checked["events"] == 13
    assert report.checked["sessions"] == 3
    assert report.checked["changes"] == 9
    assert report.checked["quotes"] == 2
    assert (report.checked["texts"], report.checked["blobs"]) == (1, 1)
    assert (report.checked["claims"], report.checked["mentions"], report.checked["articles"]) == (2, 1, 1)


DAMAGES: dict[str, tuple[str, str]] = {
    "a body": (
        "UPDATE event SET body = replace(body, 'a note', 'b note') WHERE body LIKE '%a note%'",
        "is not the one",
    ),
    "a salt": ("UPDATE event SET salt = zeroblob(16) WHERE body LIKE '%a note%'", "is not the one"),
    "a missing body": ("UPDATE event SET body = NULL WHERE body LIKE '%a note%'", "its body is missing"),
    "a body hash": ("UPDATE event SET body_hash = zeroblob(32) WHERE body LIKE '%a note%'", "its digest"),
    "a digest": ("UPDATE event SET digest = zeroblob(32) WHERE n = 5", "its digest"),
    "a clock": ("UPDATE event SET clock = clock + 1 WHERE n = 5", "its digest"),
    "a clock before all time": ("UPDATE event SET clock = -1 WHERE n = 5", "its digest"),
    "an id": ("UPDATE event SET id = zeroblob(16) WHERE n = 5", "its digest"),
    "an op": ("UPDATE event SET op = 'put' WHERE op = 'delete'", "its digest"),
    "an object": ("UPDATE event SET object = 1 WHERE n = 5", "its digest"),
    "what it follows": ("UPDATE event SET previous = zeroblob(16) WHERE body LIKE '%a note%'", "that it follows"),
    "an author": ("UPDATE change SET author = zeroblob(16) WHERE n = 3", "its digest"),
    "a change's name": ("UPDATE change SET name = 'another' WHERE n = 3", "its digest"),
    "what a change undoes": ("UPDATE change SET undoes = zeroblob(16) WHERE n = 3", "its digest"),
    "what a change joins": ("UPDATE change SET joins = zeroblob(16) WHERE n = 3", "its digest"),
    "more joined than there is room": ("UPDATE change SET joins = zeroblob(4096) WHERE n = 3", "its digest"),
    "a body's form": ("UPDATE event SET body = replace(body, ',', ', ') WHERE body LIKE '%a note%'", "not in the form"),
    "a body's type": ("UPDATE event SET body = replace(body, '\"note\":', '\"n\":')", "not in the form"),
    "no record at all": ("UPDATE event SET body = '[]' WHERE body LIKE '%a note%'", "is not readable"),
    "two records in one": ("UPDATE event SET body = body || char(10) || body WHERE n = 5", "is not readable"),
    "a change's clock": ("UPDATE change SET clock = 1 WHERE n = 3", "other events than it says"),
    "a change's extent": ("UPDATE change SET last_seq = last_seq + 1 WHERE n = 3", "other events than it says"),
    "an event gone": ("DELETE FROM event WHERE n = 8", "is missing"),
    "the last event gone": ("DELETE FROM event WHERE n = (SELECT max(n) FROM event)", "other events than it says"),
    "a change gone": ("DELETE FROM change WHERE n = 3", "names a row that table change does not have"),
    "a kind": ("UPDATE object SET kind = 'nonsense' WHERE kind = 'mention'", "this kind of record is unknown"),
    "a kind for another": ("UPDATE object SET kind = 'source' WHERE kind = 'mention'", "its digest"),
    "an object's id": ("UPDATE object SET id = zeroblob(16) WHERE kind = 'mention'", "its digest"),
    "a text": ("UPDATE text SET content = content || '!'", "is not the SHA-256"),
    "a blob": ("UPDATE blob SET content = x'00'", "is not the SHA-256"),
    "a text gone": ("DELETE FROM text", "which is not there"),
    "a row gone": ("DELETE FROM state_mention", "is not what the log says"),
    "a row too many": ("INSERT INTO state_claim (n, head) VALUES (99, 5)", "is not in the log"),
    "a row of a deleted one": (
        "INSERT INTO state_claim (n, head) SELECT object, n FROM event WHERE body LIKE '%to go%' LIMIT 1",
        "is not what the log says",
    ),
    "a row's column": ("UPDATE state_assessment SET status = 'confirmed'", "is not what the log says"),
    "a row's head": ("UPDATE state_mention SET head = head - 1", "is not"),
    "a claim that is named": ("DELETE FROM state_claim", "rows of mention.claim name something"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_every_kind_of_damage_is_found(path: Path, name: str) -> None:
    statement, told = DAMAGES[name]
    connection = sqlite3.connect(path)
    assert connection.execute(statement).rowcount
    connection.commit()
    connection.close()
    findings = report_of(path).findings
    assert any(told in finding for finding in findings), findings


@pytest.mark.parametrize("name", DAMAGES)
def test_what_is_found_does_not_depend_on_how_many_events_are_looked_at_together(
    path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(DAMAGES[name][0])
        connection.commit()
    together = report_of(path)
    monkeypatch.setattr(check_log, "_CHUNK", 1)
    alone = report_of(path)
    assert sorted(alone.findings) == sorted(together.findings)
    assert (alone.checked, alone.tallies) == (together.checked, together.tallies)


def test_withheld_bodies_are_counted_apart_and_are_no_finding(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE event SET body = NULL, salt = NULL WHERE body LIKE '%of a second session%'")
    connection.execute("DELETE FROM state_claim WHERE head = (SELECT max(n) FROM event)")
    connection.commit()
    connection.close()
    report = report_of(path)
    assert report.sound, report.findings
    assert report.checked["withheld bodies"] == 1


def counts_of(path: Path) -> list[tuple[str, int, int, int, int]]:
    return [(one.name, one.sound, one.withheld, one.missing, one.altered) for one in report_of(path).tallies]


def test_events_are_counted_by_author_and_session(path: Path) -> None:
    with making.opened(path, making.BO) as project, project.change("annotator.new") as change:
        change.put(making.BO)
    assert counts_of(path) == [("Ada", 2, 0, 0, 0), ("Ada", 10, 0, 0, 0), ("Ada", 1, 0, 0, 0), ("Bo", 1, 0, 0, 0)]
    connection = sqlite3.connect(path)
    connection.execute("UPDATE event SET body = NULL, salt = NULL WHERE session = 2 AND seq = 1")
    connection.execute("UPDATE event SET body = replace(body, 'a note', 'b note') WHERE body LIKE '%a note%'")
    connection.execute("DELETE FROM event WHERE session = 2 AND seq IN (7, 8)")
    connection.execute("DELETE FROM event WHERE session = 3")
    connection.commit()
    connection.close()
    assert counts_of(path)[1:] == [("Ada", 6, 1, 2, 1), ("Ada", 0, 0, 1, 0), ("Bo", 1, 0, 0, 0)]


def test_a_record_that_several_wrote_is_held_against_what_they_say_together(path: Path) -> None:
    with making.opened(path) as project:
        claim = project.all(Claim)[0]
        for number in range(3):
            with project.change("claim.text") as change:
                change.put(replace(claim, text=str(number)))
    assert report_of(path).sound
    connection = sqlite3.connect(path)
    sql = "INSERT INTO joined (n, body, conflicts) SELECT n, '{}', '[]' FROM object WHERE kind = 'claim' LIMIT 1"
    connection.execute(sql)
    connection.commit()
    connection.close()
    assert not report_of(path).sound


def test_damaged_pages_are_findings_not_tracebacks(path: Path) -> None:
    content = bytearray(path.read_bytes())
    with Project.open(path, write=False) as project:
        root = project.connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'event'").fetchone()[0]
    content[(root - 1) * 4096 : root * 4096] = b"\x55" * 4096
    path.write_bytes(content)
    assert not report_of(path).sound


def test_a_thousand_findings_are_counted_not_listed(path: Path) -> None:
    with making.opened(path) as project, project.change("many") as change:
        for number in range(100):
            change.put(making.claim(str(number)))
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM state_claim")
    connection.commit()
    connection.close()
    findings = report_of(path).findings
    assert len(findings) < 40
    assert any(finding.endswith(" more") for finding in findings)


def leave_out_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    true_digest = log.digest_of

    def weak(before: bytes, header: bytes, _: int, seq: int, *rest: Any) -> bytes:
        return true_digest(before, header, 0, seq, *rest)

    monkeypatch.setattr(log, "digest_of", weak)


def leave_out_author(monkeypatch: pytest.MonkeyPatch) -> None:
    true_digest = log.digest_of

    def weak(before: bytes, header: bytes, *rest: Any) -> bytes:
        return true_digest(before, header[:32] + bytes(16) + header[48:], *rest)

    monkeypatch.setattr(log, "digest_of", weak)


def leave_out_what_came_before(monkeypatch: pytest.MonkeyPatch) -> None:
    true_digest = log.digest_of

    def weak(_: bytes, *rest: Any) -> bytes:
        return true_digest(log.NO_DIGEST, *rest)

    monkeypatch.setattr(log, "digest_of", weak)


def unsalted(monkeypatch: pytest.MonkeyPatch) -> None:
    def weak(_: bytes, body: bytes) -> bytes:
        return codec.body_hash(b"", body)

    monkeypatch.setattr(log, "body_hash", weak)


def no_state_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(*_: object) -> None:
        pass

    monkeypatch.setattr(Writer, "_write_state", forgetful)


def seq_from_one_in_every_change(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(_: sqlite3.Connection, session: log.Session) -> tuple[int, bytes]:
        return session.last_seq + 10, session.last_digest

    monkeypatch.setattr(log, "end_after", forgetful)


def quotes_unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    def moved(record: Record) -> bytes:
        if isinstance(record, Mention):
            record = replace(record, spans=(Span(1, 6, "mayor"),))
        return codec.body_of(record)

    monkeypatch.setattr(writing, "body_of", moved)


FAULTS: list[Callable[[pytest.MonkeyPatch], None]] = [
    leave_out_clock,
    leave_out_author,
    leave_out_what_came_before,
    unsalted,
    no_state_row,
    seq_from_one_in_every_change,
    quotes_unchecked,
]


@pytest.mark.parametrize("plant", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_planted_in_the_writer_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plant: Callable[[pytest.MonkeyPatch], None]
) -> None:
    path = making.new_project(tmp_path)
    assert report_of(path).sound
    with monkeypatch.context() as planted:
        plant(planted)
        try:
            work(path)
        except Refused:
            pytest.fail("the fault must reach the file")
    assert not report_of(path).sound


@pytest.mark.long
def test_memory_stays_bounded(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    path = making.new_project(tmp_path)
    with making.opened(path) as project:
        for _ in range(2_000):
            with project.change("bulk") as change:
                version = making.put_article(change)
                for start in range(50):
                    making.put_mark(change, version, start, start + 5)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        report = check(project)
    assert report.sound
    assert report.checked["mentions"] == 100_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # KB
