"""Files kept with sources: attached byte for byte, verified, opened from a copy."""

import os
import sqlite3
import stat
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from annotator import settings
from annotator.errors import Refused
from annotator.model.ids import Sha256, SourceId, new_id
from annotator.model.records import Snapshot as Noted
from annotator.model.records import Source
from annotator.services import snapshots
from annotator.services.snapshots import Held
from annotator.store.check import check
from annotator.store.project import Project
from tests import making

PDF = b"%PDF-1.7\nno more than its head"


@pytest.fixture
def project(tmp_path: Path) -> Generator[Project]:
    with making.opened(making.new_project(tmp_path)) as made:
        yield made


def put_source(project: Project, **values: str) -> SourceId:
    source = Source(SourceId(new_id()), title="The letter", medium="other", **values)  # pyright: ignore[reportArgumentType]
    with project.change("source.edit") as change:
        change.put(source)
    return source.id


def verified(project: Project) -> list[Held]:
    steps = snapshots.verifying(project)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def test_a_file_is_kept_byte_for_byte_and_undone(project: Project, tmp_path: Path) -> None:
    key = put_source(project)
    path = tmp_path / "letter.exe"
    path.write_bytes(PDF)
    sha256 = snapshots.attach(project, key, path)
    source = project.get(Source, key)
    assert (source.snapshot_sha256, source.medium, bool(source.retrieved_at)) == (sha256, "pdf", True)
    assert project.blob(sha256) == PDF
    (noted,) = project.all(Noted)
    assert (noted.media_type, noted.sha256) == ("application/pdf", sha256)
    assert [(one.state, one.size) for one in verified(project)] == [("intact", len(PDF))]
    assert check(project).sound
    project.undo()
    assert project.get(Source, key).snapshot_sha256 == ""
    assert verified(project) == []


def test_two_sources_of_one_file_keep_it_once(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(PDF)
    for _time in range(2):
        snapshots.attach(project, put_source(project), path)
    assert len(project.all(Noted)) == 1
    assert len(verified(project)) == 2


@pytest.mark.parametrize("what", ["folder", "nothing", "empty", "large"])
def test_what_is_no_file_to_keep_is_refused_in_one_line(project: Project, tmp_path: Path, what: str) -> None:
    key, path = put_source(project), tmp_path / "letter.pdf"
    if what == "folder":
        path.mkdir()
    elif what == "empty":
        path.touch()
    elif what == "large":
        with path.open("wb") as stream:
            stream.truncate(snapshots.MOST + 1)
    with pytest.raises(Refused) as refusal:
        snapshots.attach(project, key, path)
    assert "\n" not in str(refusal.value)
    assert str(path) in str(refusal.value)
    assert project.get(Source, key).snapshot_sha256 == ""


def test_missing_and_altered_files_are_told_apart(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(PDF)
    altered = put_source(project)
    sha256 = snapshots.attach(project, altered, path)
    put_source(project, snapshot_sha256="ab" * 32)
    project.close()
    with sqlite3.connect(project.path) as direct:
        direct.execute("UPDATE blob SET content = ?", (b"%PDF-1.7\nsomething else",))
    direct.close()
    with Project.open(project.path, write=False) as again:
        assert sorted(one.state for one in verified(again)) == ["altered", "missing"]
        with pytest.raises(Refused, match="altered"):
            snapshots.private_copy(again, sha256, "The letter")
        with pytest.raises(Refused, match="not in this project"):
            snapshots.private_copy(again, Sha256("ab" * 32), "The letter")


def test_a_copy_to_be_opened_is_read_only_private_and_named_by_its_bytes(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "x.sh"
    path.write_bytes(PDF)
    sha256 = snapshots.attach(project, put_source(project), path)
    copy = snapshots.private_copy(project, sha256, "../../.bashrc; rm -rf «x».exe")
    assert copy.read_bytes() == PDF
    assert copy.parent == settings.folder() / "opened"
    assert copy.suffix == ".pdf"
    assert not copy.name.startswith(".")
    if sys.platform != "win32":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o400
        assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    assert snapshots.private_copy(project, sha256, "../../.bashrc; rm -rf «x».exe") == copy
    snapshots.forget_old_copies()
    assert copy.exists()
    os.utime(copy, (0, 0))
    snapshots.forget_old_copies()
    assert not copy.exists()
    copy = snapshots.private_copy(project, sha256, "x")
    snapshots.forget_copies()
    assert not copy.exists()


def test_where_no_copy_can_be_made_the_person_is_told_why(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(PDF)
    sha256 = snapshots.attach(project, put_source(project), path)
    (settings.folder() / "opened").write_text("a file where the folder should be")
    with pytest.raises(Refused, match="save a copy elsewhere"):
        snapshots.private_copy(project, sha256, "x")


RUNS_OR_FETCHES = (
    b"<html><script>x()</script>",
    b"\x7fELF\x02",
    b"MZ\x90\x00",
    b"#!/bin/sh\0",
    b"<svg/>",
    b"PK\x03\x04",
)


@pytest.mark.parametrize("content", RUNS_OR_FETCHES)
def test_what_could_run_is_not_opened_but_can_be_saved(project: Project, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "harmless.pdf"
    path.write_bytes(content)
    sha256 = snapshots.attach(project, put_source(project), path)
    with pytest.raises(Refused, match="not opened"):
        snapshots.private_copy(project, sha256, "x")
    snapshots.save_copy(project, sha256, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == content


def test_the_project_itself_is_neither_kept_nor_written_over(project: Project, tmp_path: Path) -> None:
    key = put_source(project)
    link = tmp_path / "letter.pdf"
    link.symlink_to(project.path)
    for path in (project.path, link):
        with pytest.raises(Refused, match="the project itself"):
            snapshots.attach(project, key, path)
    path = tmp_path / "letter"
    path.write_bytes(PDF)
    sha256 = snapshots.attach(project, key, path)
    before = project.path.read_bytes()
    for path in (project.path, tmp_path / "other.annot"):
        with pytest.raises(Refused, match="overwrite a project"):
            snapshots.save_copy(project, sha256, path)
    assert project.path.read_bytes() == before
