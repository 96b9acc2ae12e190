"""One real file per schema version, kept for ever, opens with all that is in it."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from annotator.errors import Refused
from annotator.model.ids import Sha256
from annotator.model.records import (
    KINDS,
    Annotator,
    Claim,
    Comment,
    Evidence,
    Guideline,
    Link,
    Mention,
    Source,
    Speaker,
)
from annotator.store import rebuilding, schema, tables
from annotator.store.check import check
from annotator.store.file import gate
from annotator.store.project import Project
from tests import making

FILES = making.ROOT / "tests" / "fixtures" / "projects"


VERSIONS = range(1, schema.VERSION + 1)


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def copy(tmp_path: Path, version: int) -> Path:
    path = tmp_path / "copy.annot"
    shutil.copyfile(FILES / f"schema-{version}.annot", path)
    return path


def test_there_is_a_file_for_every_schema_version() -> None:
    assert {one.name for one in FILES.glob("*.annot")} == {f"schema-{n}.annot" for n in VERSIONS}


def test_a_file_of_each_schema_opens_with_all_that_is_in_it(copy: Path, version: int) -> None:
    before = making.digest(copy)
    with Project.open(copy, write=False) as project:
        report = check(project)
        assert report.sound, report.findings
        assert all(project.count(kind) for kind in KINDS.values())
        assert project.card.name == f"schema-{version}"
        assert [status.key for status in project.card.scheme] == ["alleged", "disputed", "confirmed"]
        assert [one.name for one in project.all(Annotator)] == ["Ada", "Bo"]
        assert [one.text for one in project.all(Claim)] == ["The bridge of Ødeby is safe.", "The bridge is not safe."]
        (mention,) = project.all(Mention)
        assert project.text(mention.text_sha256) == making.TEXT
        assert (mention.spans[0].quote, mention.speaker_spans[0].quote) == ("mayor", "The mayor")
        assert project.get(Speaker, mention.speaker_id).name == "أمينة 👩‍🚀"
        (source,) = project.all(Source)
        assert source.title == ""
        assert [one.change for one in project.history(source.id)] == ["import", "source.edit", "undo"]
        (row,) = project.version_rows()
        assert project.blob(Sha256(source.snapshot_sha256)).startswith(b"%PDF")
        assert project.all(Evidence)[0].stance == "refutes"
        assert project.all(Link)[0].link == "contradicts"
        assert project.all(Comment)[0].text == "Ask the engineers."
        assert project.all(Guideline)[0].number == 1
        assert project.status_counts() == {"disputed": 1, "": 1}
        assert row.version.title == "The bridge"
    assert making.digest(copy) == before


def test_it_takes_changes_and_its_tables_are_rebuilt_as_they_are(copy: Path) -> None:
    with making.opened(copy) as project:
        with project.change("claim.new") as change:
            change.put(making.claim())
        before = tables.rows_of(project.connection)
        with gate(project.connection, "copy"):
            rebuilding.rebuild(project.connection)
        assert tables.rows_of(project.connection) == before
        assert check(project).sound


def test_an_older_file_is_brought_up_when_it_is_opened_for_writing(tmp_path: Path) -> None:
    path = tmp_path / "old.annot"
    shutil.copyfile(FILES / "schema-1.annot", path)
    with making.opened(path) as project:
        assert project.connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
        assert not schema.differences(project.connection)
        assert project.connection.execute("SELECT start FROM state_mention").fetchall() == [(4,)]
        assert project.connection.execute("PRAGMA query_only").fetchone() == (1,)
        assert check(project).sound
    with making.opened(path) as project, project.change("claim.new") as change:
        change.put(making.claim())


def test_a_file_that_was_brought_up_has_the_tables_of_a_new_one(tmp_path: Path) -> None:
    old, new = tmp_path / "old.annot", making.new_project(tmp_path, "new")
    shutil.copyfile(FILES / "schema-1.annot", old)
    with making.opened(old):
        pass
    with Project.open(old, write=False) as one, Project.open(new, write=False) as other:
        texts = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name"
        assert one.connection.execute(texts).fetchall() == other.connection.execute(texts).fetchall()


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.annot"
    shutil.copyfile(FILES / "schema-1.annot", path)
    before = making.digest(path)

    def failing(_connection: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(rebuilding, "rebuild", failing)
    with pytest.raises(Refused):
        making.opened(path)
    assert making.digest(path) == before
    monkeypatch.undo()
    with making.opened(path) as project:
        assert check(project).sound
