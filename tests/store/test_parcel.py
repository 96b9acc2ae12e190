"""A parcel gives back what a project's log holds, and is never half read without a word."""

import hashlib
import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.store import parcel
from annotator.store.parcel import Parcel
from tests import making

FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "projects" / "schema-1.annot"


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    path = tmp_path / "a.parcel"
    with closing(sqlite3.connect(FIXTURE)) as connection, path.open("wb") as stream:
        parcel.write_parcel(connection, stream)
    return path


def test_everything_in_the_log_is_in_the_parcel(packed: Path) -> None:
    found = Parcel(packed)
    with closing(sqlite3.connect(FIXTURE)) as connection:
        for table, rows in (
            ("session", found.sessions()),
            ("change", found.changes()),
            ("event", found.events()),
            ("text", found.texts()),
            ("blob", found.blobs()),
        ):
            ids = connection.execute(f"SELECT n FROM {table}").fetchall()  # noqa: S608 - one of five names above
            assert len(list(rows)) == len(ids)
    assert {text.content for text in found.texts()} == {making.TEXT}
    assert all(hashlib.sha256(blob.content).digest() == blob.sha256 for blob in found.blobs())


def test_events_come_in_the_order_of_their_log_and_as_often_as_asked(packed: Path) -> None:
    found = Parcel(packed)
    with closing(sqlite3.connect(FIXTURE)) as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM event ORDER BY n")]
    assert [event.id for event in found.events()] == ids
    assert [event.id for batch in found.event_batches() for event in batch] == ids


def test_a_parcel_cut_short_anywhere_is_noticed(packed: Path) -> None:
    content = packed.read_bytes()
    for length in range(0, len(content), 97):
        packed.write_bytes(content[:length])
        with pytest.raises(ValueError, match="parcel"):
            list(Parcel(packed).events())


WRONG_EVENTS: dict[str, tuple[int, object]] = {
    "an id too short": (0, b"short"),
    "a seq of nothing": (2, 0),
    "a seq beyond 64 bits": (2, 1 << 63),
    "a clock before 1970": (3, -1),
    "a clock in the year 5000": (3, 1 << 62),
    "a clock that is text": (3, "1"),
    "an op of another kind": (6, "replace"),
    "half an id before": (7, b"12345678"),
    "a salt of one byte": (9, b"1"),
    "a body that is text": (10, "{}"),
    "a digest too long": (12, bytes(33)),
}


@pytest.mark.parametrize("name", WRONG_EVENTS)
def test_a_row_of_other_types_or_lengths_is_refused(tmp_path: Path, name: str) -> None:
    place, value = WRONG_EVENTS[name]
    row: list[object] = [
        bytes(16), bytes(16), 1, 1, bytes(16), "claim", "put", b"", bytes(16), None, None, bytes(32), bytes(32)
    ]  # fmt: skip
    for wrong in (False, True):
        if wrong:
            row[place] = value
        stream = io.BytesIO()
        writer = parcel.ParcelWriter(stream)
        writer.write(parcel.EventRow, [tuple(row)])
        writer.finish()
        path = tmp_path / f"{wrong}.parcel"
        path.write_bytes(stream.getvalue())
        if wrong:
            with pytest.raises(ValueError, match=r".+"):
                list(Parcel(path).events())
        else:
            assert len(list(Parcel(path).events())) == 1
