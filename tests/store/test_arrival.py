"""An import in several changes: what earlier ones brought is found, and never when it is there no more."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator.errors import Refused
from annotator.model import ids
from annotator.model.ids import EvidenceId, SourceId, SpeakerId
from annotator.model.records import Evidence, Mention, Record, Source, Speaker
from annotator.store import rebuilding, tables
from annotator.store.change import Change
from annotator.store.check import check
from annotator.store.columns import Columns
from annotator.store.project import Project
from annotator.store.remembered import Remembered
from tests import making

SPEAKER = Speaker(SpeakerId(ids.new_id()), "The auditor")
SOURCE = Source(SourceId(ids.new_id()), "https://example.org/minutes")


def marked(text: str, *, bringing: bool) -> tuple[str, list[Record]]:
    """Text and records of an article whose one mark has a speaker and a source."""
    change = Change("collected")
    mark = making.put_mark(change, making.put_article(change, text))
    change.put(replace(mark, speaker_id=SPEAKER.id))
    change.put(Evidence(EvidenceId(ids.new_id()), mark.claim_id, SOURCE.id, making.ADA.id, "supports"))
    shared: list[Record] = [SPEAKER, SOURCE] if bringing else []
    return text, [*shared, *change.records.values()]


def arrive(project: Project, arriving: tuple[str, list[Record]]) -> None:
    with project.change("import") as change:
        change.arriving = True
        change.put_text(arriving[0])
        change.put_all(arriving[1])


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    path = making.new_project(tmp_path)
    yield path
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert rebuilding.rows_from_log(connection) == (tables.rows_of(connection), {})
    with making.opened(path) as project:
        assert check(project).sound


def test_what_an_earlier_change_brought_is_named_by_later_ones(path: Path) -> None:
    with making.opened(path) as project:
        for number in range(3):
            arrive(project, marked(f"{making.TEXT}{number}", bringing=number == 0))
        marks = project.all(Mention)
        assert len(marks) == len(project.evidence_of([one.claim_id for one in marks])) == 3


def test_what_was_deleted_between_two_arrivals_is_not_named(path: Path) -> None:
    with making.opened(path) as project:
        arrive(project, ("", [SPEAKER, SOURCE]))
        with project.change("delete") as change:
            change.delete(SOURCE)
        with pytest.raises(Refused, match="which was deleted"):
            arrive(project, marked(making.TEXT, bringing=False))


def test_what_another_connection_deleted_is_not_named(path: Path) -> None:
    with making.opened(path) as project:
        arrive(project, ("", [SPEAKER, SOURCE]))
        with project.beside() as other, other.change("delete") as change:
            change.delete(SPEAKER)
        with pytest.raises(Refused, match="which was deleted"):
            arrive(project, marked(making.TEXT, bringing=False))


def test_what_was_rolled_back_is_not_named(path: Path) -> None:
    with making.opened(path) as project:
        text, records = marked(making.TEXT, bringing=True)
        lost = replace(SOURCE, id=SourceId(ids.new_id()))
        evidence = Evidence(EvidenceId(ids.new_id()), lost.id, lost.id, making.ADA.id, "supports")  # pyright: ignore[reportArgumentType] - a source is no claim
        with pytest.raises(Refused, match="as its claim"):
            arrive(project, (text, [lost, evidence]))
        arrive(project, (text, records))
        naming = replace(evidence, claim_id=project.all(Mention)[0].claim_id)
        with pytest.raises(Refused, match="which the project does not have"):
            arrive(project, (text, [naming]))


def test_it_forgets_whenever_something_was_written() -> None:
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE object (n INTEGER PRIMARY KEY)")
        remembered = Remembered()

        def keep() -> None:
            remembered.recall(connection)["source"]["one"] = 1
            remembered.keep(connection)
            assert remembered.recall(connection)["source"] == {"one": 1}

        keep()
        connection.execute("INSERT INTO object VALUES (1)")
        assert remembered.recall(connection)["source"] == {}
        connection.execute("BEGIN")
        connection.execute("INSERT INTO object VALUES (2)")
        keep()
        connection.execute("ROLLBACK")
        assert remembered.recall(connection)["source"] == {}
        keep()
        with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as another:
            connection.backup(another)
            assert remembered.recall(another)["source"] == {}


def test_rows_of_many_are_the_rows_of_each() -> None:
    _text, records = marked(making.TEXT, bringing=True)
    mark = making.put_mark(Change("collected"), making.put_article(Change("collected")))
    numbers: dict[tuple[str, str], int] = {}

    def number(kind: str, object_id: str) -> int:
        return numbers.setdefault((kind, object_id), len(numbers) + 1)

    def stored(table: str, sha256: str) -> int:
        return number(table, sha256)

    columns = Columns(number, stored)
    for record in [*records, mark]:  # one mark with a speaker, one without
        row = next(iter(columns.rows(record.kind, [7], [8], [record])))
        assert row == (7, 8, *tables.state_row(record, number, stored))
