"""Files that an import takes or refuses as a whole: plain text, and what is no good file."""

import os
from pathlib import Path

import pytest

from annotator.errors import Refused
from annotator.model.ids import Sha256
from annotator.services.importing import import_files
from annotator.store.project import Project
from tests.formats.test_jsonl_faults import line
from tests.services.test_importing import ARTICLE_TEXT, fingerprint, outcomes, run, written
from tests.services.test_importing import project as project  # noqa: PLC0414 - a fixture
from tests.services.test_round_trip import ended


def test_a_text_file_becomes_an_article_with_zones_and_its_bytes(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "bridge.txt"
    file.write_bytes(ARTICLE_TEXT.replace("\n", "\r\n").encode())
    (told,) = run(project, file).rows
    assert told[:4] == (str(file), 0, "taken", "Bridge is safe, mayor says")
    with Project.open(project, write=False) as opened:
        (row,) = opened.version_rows()
        assert opened.text(row.version.text_sha256) == ARTICLE_TEXT
        assert opened.blob(Sha256(row.version.snapshot_sha256)) == file.read_bytes()
        assert opened.zones_of(row.version.id)[0].zone == "headline"


def test_a_text_file_imported_twice_changes_nothing(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "bridge.txt"
    file.write_text(ARTICLE_TEXT, encoding="utf-8")
    run(project, file)
    before = fingerprint(project)
    report = run(project, file, file)
    assert [row.outcome for row in report.rows] == ["known", "known"]
    assert fingerprint(project) == before


# Bad files


def test_what_is_no_good_file_is_one_line_each_and_changes_no_byte(project: Path, tmp_path: Path) -> None:
    empty, binary, latin, blank = (tmp_path / name for name in ("empty.txt", "a.bin", "b.txt", "c.jsonl"))
    empty.touch()
    blank.write_text(" \n\n")
    binary.write_bytes(bytes(range(256)) * 40)
    latin.write_bytes(b"\x81\x8d\x8f\x90\x9d\xff\xfe\x00" * 3)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    before = fingerprint(project)
    files = [empty, blank, binary, latin, tmp_path, tmp_path / "gone.txt", pipe, project]
    report = run(project, *files)
    assert [row.file for row in report.rows] == [str(file) for file in files]
    assert {row.outcome for row in report.rows} == {"refused"}
    assert all(row.do and "\n" not in str(row) for row in report.rows)
    assert fingerprint(project) == before


def test_a_format_that_is_forced_is_used_and_an_unknown_one_is_a_key_error(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "bridge.txt"
    file.write_text(ARTICLE_TEXT, encoding="utf-8")
    report = run(project, file, format="jsonl")
    assert {row.outcome for row in report.rows} == {"refused"}
    with pytest.raises(KeyError):
        run(project, file, format="papyrus")


def test_a_dataset_is_recognised_whatever_its_name(project: Path, tmp_path: Path) -> None:
    assert outcomes(run(project, written(tmp_path / "dataset.txt", line()))) == [(1, "taken")]


def test_a_project_that_is_open_for_reading_takes_nothing(project: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "some.jsonl", line())
    with Project.open(project, write=False) as opened, pytest.raises(Refused):
        ended(import_files(opened, [file]))
