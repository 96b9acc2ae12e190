"""What goes in thousands at a time is the same as what goes in one by one."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from annotator.model.records import Record
from annotator.store import bulk, rebuilding, tables
from annotator.store.change import Change
from annotator.store.check import check
from annotator.store.project import Project
from tests import making


def articles(count: int) -> tuple[list[str], list[Record]]:
    """Texts and records of several marked articles."""
    texts = [f"{making.TEXT}{number}" for number in range(count)]
    change = Change("collected")
    for text in texts:
        making.put_mark(change, making.put_article(change, text))
    return texts, list(change.records.values())


def put(project: Project, texts: list[str], records: list[Record], *, arriving: bool) -> None:
    with project.change("put") as change:
        change.arriving = arriving
        for text in texts:
            change.put_text(text)
        for record in records:
            change.put(record)


def test_one_statement_for_all_and_one_for_each_write_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts, records = articles(20)
    assert len(records) >= bulk.WORTH_IT
    found: list[list[tuple[object, ...]]] = []
    for name, least in (("many", bulk.WORTH_IT), ("each", 10**9)):
        monkeypatch.setattr(bulk, "WORTH_IT", least)
        path = making.new_project(tmp_path, name)
        with making.opened(path) as project:
            put(project, texts, records, arriving=True)
            assert check(project).sound
        sql = (
            "SELECT event.n, object.id, object.kind, seq, op, previous, body, typeof(body), typeof(salt),"
            " length(salt) FROM event JOIN object ON object.n = event.object WHERE event.change > 1"
        )
        with contextlib.closing(sqlite3.connect(path)) as connection:
            found.append(connection.execute(sql).fetchall())
            assert rebuilding.rows_from_log(connection) == (tables.rows_of(connection), {})
    assert found[0] == found[1]
    assert len(found[0]) == len(records)


def test_what_was_known_already_is_no_arrival(tmp_path: Path) -> None:
    texts, records = articles(1)
    path = making.new_project(tmp_path)
    with making.opened(path) as project:
        put(project, texts, records, arriving=True)
        names = [record.id for record in records]
        known = project.acquainted([*names, making.ADA.id, "01890000-0000-7000-8000-00000000ffff"])
        assert known.keys() == {*names, making.ADA.id}
        assert all(one.live for one in known.values())
        assert project.bodies_logged(names).keys() == set(names)
        before = path.read_bytes()
        with pytest.raises(sqlite3.IntegrityError):
            put(project, texts, records, arriving=True)
        assert path.read_bytes() == before
