"""Hostile rows in tables that are ours: each file is refused by name, or what is sound in it is merged."""

import contextlib
import hashlib
import sqlite3
from collections.abc import Callable

import pytest

from annotator.model import ids
from annotator.store import foreign
from tests import making
from tests.store.foreign.forging import Desk, body, rechain, sql
from tests.store.merging import desks

Tamper = Callable[[sqlite3.Connection], None]


def text(content: str) -> Tamper:
    """Put another text, with its hash."""

    def tamper(connection: sqlite3.Connection) -> None:
        sha256 = hashlib.sha256(content.encode()).digest()
        connection.execute("UPDATE text SET content = ?, sha256 = ? WHERE n = 1", (content, sha256))

    return tamper


UNCHAINED: dict[str, tuple[Tamper, str]] = {
    "another body": (body("claim", "second", "third"), "says is not what was written"),
    "another salt": (sql("UPDATE event SET salt = zeroblob(16) WHERE n = LAST"), "says is not what was written"),
    "another hash": (sql("UPDATE event SET body_hash = zeroblob(32) WHERE n = LAST"), "the digest of event"),
    "another digest": (sql("UPDATE event SET digest = zeroblob(32) WHERE n = 9"), "the digest of event"),
    "another author": (sql("UPDATE change SET author = zeroblob(16) WHERE n = 3"), "the digest of event"),
    "another name of a change": (sql("UPDATE change SET name = 'x' WHERE n = 3"), "the digest of event"),
    "another session's id": (
        sql("UPDATE session SET id = x'01890000000070008000000000000001' WHERE n = 2"),
        "the digest of event",
    ),
    "another object": (sql("UPDATE event SET object = 1 WHERE n = LAST"), "the digest of event"),
    "another kind": (sql("UPDATE object SET kind = 'source' WHERE kind = 'comment'"), "the digest of event"),
    "an edit for a deletion": (sql("UPDATE event SET op = 'put' WHERE op = 'delete'"), "the digest of event"),
    "a text altered under its hash": (
        sql("UPDATE text SET content = replace(content, 'safe', 'sage')"),
        "is not the one that was written",
    ),
    "a snapshot altered under its hash": (sql("UPDATE blob SET content = x'00'"), "is not the one that was written"),
    "a text gone": (sql("DELETE FROM text WHERE n = 1"), "the record text is named and not there"),
    "events of another change": (sql("UPDATE event SET change = 2 WHERE change = 3"), "is not one of its change"),
    "a change of another session": (sql("UPDATE change SET session = 1 WHERE n = 4"), "two changes share the events"),
    "a change of another time": (sql("UPDATE change SET clock = clock + 1 WHERE n = 3"), "is not one of its change"),
    "a change too short": (sql("UPDATE change SET last_seq = 3 WHERE n = 2"), "is not one of its change"),
    "changes that overlap": (
        sql("UPDATE change SET last_seq = last_seq + 1 WHERE n = 2"),
        "two changes share the events",
    ),
    "an object gone": (sql("DELETE FROM object WHERE n = 5"), "a row of table event belongs to nothing"),
    "a session gone": (sql("DELETE FROM session WHERE n = 2"), "a row of table change belongs to nothing"),
    "a change gone": (sql("DELETE FROM change WHERE n = 3"), "a row of table event belongs to nothing"),
    "no events": (sql("DELETE FROM event"), "it holds no project"),
    "nothing at all": (
        sql("DELETE FROM event", "DELETE FROM change", "DELETE FROM session", "DELETE FROM object", "DELETE FROM text"),
        "it holds no project",
    ),
}
"""By hands that do not know how the log is chained."""


@pytest.mark.parametrize("name", UNCHAINED)
def test_a_clumsy_edit_is_noticed_and_named(desk: Desk, name: str) -> None:
    tamper, told = UNCHAINED[name]
    assert told in desk.outcome(desk.tampered("hostile", tamper, chained=False))


CHAINED: dict[str, tuple[Tamper, str]] = {
    "an event's id of another version": (
        sql("UPDATE event SET id = x'01890000000040008000000000000001' WHERE n = 20"),
        "is none that this program makes",
    ),
    "an event's id without a variant": (
        sql("UPDATE event SET id = x'01890000000070000000000000000001' WHERE n = 20"),
        "is none that this program makes",
    ),
    "a session's id of nothing": (
        sql("UPDATE session SET id = zeroblob(16) WHERE n = 2"),
        "is none that this program makes",
    ),
    "a change's id of nothing": (
        sql("UPDATE change SET id = zeroblob(16) WHERE n = 3"),
        "is none that this program makes",
    ),
    "a kind that does not exist": (
        sql("UPDATE object SET kind = 'rumour' WHERE kind = 'comment'"),
        "records of the unknown kind “rumour”",
    ),
    "a kind of ten thousand letters": (
        sql("UPDATE object SET kind = printf('%10000c', 'x') WHERE kind = 'comment'"),
        "records of the unknown kind",
    ),
    "a kind with an end of line": (
        sql("UPDATE object SET kind = 'a' || char(10) || char(27) || 'b' WHERE kind = 'comment'"),
        "records of the unknown kind",
    ),
    "a body of another kind": (
        sql("UPDATE object SET kind = 'claim' WHERE kind = 'comment'"),
        "is not in the form in which this program writes it",
    ),
    "a clock before 1970": (
        sql("UPDATE event SET clock = -1 WHERE change = 3", "UPDATE change SET clock = -1 WHERE n = 3"),
        "a row is not as this program writes it: change",
    ),
    "a clock in the year 5000": (
        sql("UPDATE event SET clock = 1 << 62 WHERE change = 3", "UPDATE change SET clock = 1 << 62 WHERE n = 3"),
        "a row is not as this program writes it: change",
    ),
    "the largest clock there is": (
        sql(
            "UPDATE event SET clock = 9223372036854775807 WHERE change = 3",
            "UPDATE change SET clock = 9223372036854775807 WHERE n = 3",
        ),
        "a row is not as this program writes it: change",
    ),
    "a session opened before time": (
        sql("UPDATE session SET opened = -9223372036854775808 WHERE n = 2"),
        "a row is not as this program writes it: session",
    ),
    "a name of a change without end": (
        sql("UPDATE change SET name = printf('%100000c', 'x') WHERE n = 3"),
        "a row is not as this program writes it: change",
    ),
    "a machine of a megabyte": (
        sql("UPDATE session SET machine = printf('%1000000c', 'x')"),
        "a row is not as this program writes it: session",
    ),
    "half an id that a change undoes": (
        sql("UPDATE change SET undoes = x'0102' WHERE n = 3"),
        "a row is not as this program writes it: change",
    ),
    "a salt of one byte": (
        sql("UPDATE event SET salt = x'00' WHERE n = LAST"),
        "a row is not as this program writes it: event",
    ),
    "a change that ends where no event ever can": (
        sql("UPDATE change SET last_seq = 9223372036854775807 WHERE n = (SELECT max(n) FROM change)"),
        "a row is not as this program writes it: change",
    ),
    "an event that follows itself": (
        sql("UPDATE event SET previous = id WHERE n = LAST"),
        "follows one of another record, itself, or nothing",
    ),
    "an event that follows another object's": (
        sql("UPDATE event SET previous = (SELECT id FROM event WHERE n = 1) WHERE n = LAST"),
        "follows one of another record, itself, or nothing",
    ),
    "an event that follows the same one twice": (
        sql(
            "UPDATE event SET previous = CAST(previous || previous AS BLOB) WHERE n = LAST",
        ),
        "follows one of another record, itself, or nothing",
    ),
    "a deletion of nothing": (
        sql("UPDATE event SET previous = x'' WHERE op = 'delete'"),
        "follows one of another record, itself, or nothing",
    ),
    "events that follow each other": (
        sql(
            "UPDATE event SET previous = (SELECT id FROM event AS later WHERE later.object = event.object AND op ="
            " 'delete') WHERE object = (SELECT object FROM event WHERE op = 'delete') AND op = 'put'"
        ),
        "follow each other in a circle",
    ),
    "a body withheld and its salt kept": (
        sql("UPDATE event SET body = NULL WHERE n = 20"),
        "is withheld by half",
    ),
    "a salt withheld and its body kept": (
        sql("UPDATE event SET salt = NULL WHERE n = 20"),
        "is withheld by half",
    ),
    "a deletion that says something else": (
        sql("UPDATE event SET body = '{\"because\":\"x\"}' WHERE op = 'delete'"),
        "is not in the form in which this program writes it",
    ),
    "a deletion with spaces": (
        sql("UPDATE event SET body = '{\"redaction\": \"x\"}' WHERE op = 'delete'"),
        "is not in the form in which this program writes it",
    ),
    "a text with a carriage return": (
        text("a\r"),
        "holds characters that no text keeps",
    ),
    "a text with a NUL": (
        text("a\0"),
        "holds characters that no text keeps",
    ),
    "half a character in a text": (
        sql("UPDATE text SET content = CAST(x'61eda080' AS TEXT) WHERE n = 1"),
        "a text in it is not in UTF-8",
    ),
    "bytes that are no text": (
        sql("UPDATE text SET content = CAST(x'ff61fe' AS TEXT) WHERE n = 1"),
        "a text in it is not in UTF-8",
    ),
    "a change's name that is no text": (
        sql("UPDATE change SET name = CAST(x'ff' AS TEXT) WHERE n = 3"),
        "a text in it is not in UTF-8",
    ),
}
"""By hands that make hashes and digests fit again."""


@pytest.mark.parametrize("name", CHAINED)
def test_a_forgery_whose_digests_fit_is_refused_by_name(desk: Desk, name: str) -> None:
    tamper, told = CHAINED[name]
    assert told in desk.outcome(desk.tampered("hostile", chained_if_it_can_be(tamper), chained=False))


def chained_if_it_can_be(tamper: Tamper) -> Tamper:
    """Chain a log where what is in it can be read at all."""

    def both(connection: sqlite3.Connection) -> None:
        tamper(connection)
        with contextlib.suppress(sqlite3.OperationalError):  # could not decode to UTF-8
            rechain(connection)

    return both


def test_a_hole_is_told_and_what_stands_before_it_is_merged(desk: Desk) -> None:
    path = desk.tampered("hostile", sql("DELETE FROM event WHERE change = 5"), chained=False)
    found = foreign.staged(path, desk.folder, worker=desk.worker)
    assert found.missing == 1
    assert desk.outcome(path) == "merged"


def test_an_end_that_is_missing_is_told(desk: Desk) -> None:
    path = desk.tampered("hostile", sql("DELETE FROM event WHERE n = LAST"), chained=False)
    assert foreign.staged(path, desk.folder, worker=desk.worker).missing == 1
    assert desk.outcome(path) == "merged"


def test_withheld_bodies_are_counted(desk: Desk) -> None:
    withheld = sql("UPDATE event SET body = NULL, salt = NULL WHERE object IN (SELECT n FROM state_mention)")
    path = desk.tampered("hostile", withheld, chained=False)
    found = foreign.staged(path, desk.folder, worker=desk.worker)
    assert found.withheld == 2
    assert found.missing == 0
    assert desk.outcome(path) == "merged"


def test_a_name_that_a_withheld_record_may_explain_is_let_through(desk: Desk) -> None:
    def tamper(connection: sqlite3.Connection) -> None:
        sql("UPDATE event SET body = NULL, salt = NULL WHERE object IN (SELECT n FROM state_comment)")(connection)
        body("mention", '"claim_id":"0', '"claim_id":"1')(connection)

    path = desk.tampered("hostile", tamper)
    assert foreign.staged(path, desk.folder, worker=desk.worker).astray == 1
    assert desk.outcome(path) == "merged"


def test_the_tombstone_of_somebody_elses_mention_does_not_come_in(desk: Desk) -> None:
    def tamper(connection: sqlite3.Connection) -> None:
        # Bo's own deletion is turned against what Ada marked, and all digests made to fit.
        number, head = connection.execute(
            "SELECT object.n, event.id FROM object JOIN event ON event.object = object.n WHERE object.id = ?",
            (desk.adas_mention,),
        ).fetchone()
        connection.execute("UPDATE event SET object = ?, previous = ? WHERE op = 'delete'", (number, head))

    path = desk.tampered("hostile", tamper)
    assert desk.outcome(path) == "merged"
    copy = desks.copied(desk.own, "ours")
    with making.opened(copy) as project:
        desk.merge(project, path)
        assert ids.spelled(desk.adas_mention) in {one.id for one in project.all(making.Mention)}
