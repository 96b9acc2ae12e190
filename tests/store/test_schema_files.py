"""One real file per schema version, kept for ever, opens with all that is in it."""

import shutil
from pathlib import Path

import pytest

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
from annotator.store import schema, tables
from annotator.store.check import check
from annotator.store.file import gate
from annotator.store.project import Project
from tests import making

FILES = making.ROOT / "tests" / "fixtures" / "projects"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "copy.annot"
    shutil.copyfile(FILES / "schema-1.annot", path)
    return path


def test_there_is_a_file_for_every_schema_version() -> None:
    assert {one.name for one in FILES.glob("*.annot")} == {f"schema-{n + 1}.annot" for n in range(schema.VERSION)}


def test_the_file_of_schema_1_opens_with_all_that_is_in_it(copy: Path) -> None:
    before = making.digest(copy)
    with Project.open(copy, write=False) as project:
        report = check(project)
        assert report.sound, report.findings
        assert all(project.count(kind) for kind in KINDS.values())
        assert project.card.name == "schema-1"
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
        (version,) = project.version_rows()
        assert project.blob(Sha256(source.snapshot_sha256)).startswith(b"%PDF")
        assert project.all(Evidence)[0].stance == "refutes"
        assert project.all(Link)[0].link == "contradicts"
        assert project.all(Comment)[0].text == "Ask the engineers."
        assert project.all(Guideline)[0].number == 1
        assert project.status_counts() == {"disputed": 1, "": 1}
        assert version.version.title == "The bridge"
    assert making.digest(copy) == before


def test_it_takes_changes_and_its_tables_are_rebuilt_as_they_are(copy: Path) -> None:
    with making.opened(copy) as project:
        with project.change("claim.new") as change:
            change.put(making.claim())
        before = tables.rows_of(project.connection)
        with gate(project.connection, "copy"):
            tables.rebuild(project.connection)
        assert tables.rows_of(project.connection) == before
        assert check(project).sound
