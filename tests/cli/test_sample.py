"""The sample is what it says it is: canonical, sound, and with one of everything."""

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from annotator import assets
from annotator.cli.progress import driven
from annotator.model.records import Comment, Link, Review
from annotator.model.status import DISAGREE, SCHEMES
from annotator.services import demo, projects
from annotator.services.importing import import_files
from annotator.store.check import check
from annotator.store.project import Project
from tests.cli.running import Command

SAMPLE = assets.path("sample", "sample.jsonl")


@pytest.fixture
def lines() -> list[dict[str, Any]]:
    return [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Project]:
    with Project.open(demo.open_sample(tmp_path / "home"), write=False) as project:
        yield project


def test_the_sample_is_canonical(command: Command, tmp_path: Path) -> None:
    path, out = tmp_path / "s.annot", tmp_path / "s.jsonl"
    assert command("new", path, "--scheme", "extended").code == 0
    assert command("import", path, SAMPLE).code == 0
    assert command("export", path, "-f", "jsonl", "-o", out, "--with-confidential").code == 0
    assert out.read_bytes() == SAMPLE.read_bytes()


def test_the_sample_without_its_confidential_source_comes_back_as_it_went_out(command: Command, tmp_path: Path) -> None:
    out = [tmp_path / "1.jsonl", tmp_path / "2.jsonl"]
    for file, lines in zip(out, (SAMPLE, out[0]), strict=True):
        path = file.with_suffix(".annot")
        assert command("new", path, "--scheme", "extended").code == 0
        assert command("import", path, lines).code == 0
        assert command("export", path, "-f", "jsonl", "-o", file).code == 0
    assert out[0].read_bytes() == out[1].read_bytes()
    assert out[0].read_bytes() != SAMPLE.read_bytes()


def test_every_line_is_valid_by_the_schema_that_is_shipped(lines: list[dict[str, Any]]) -> None:
    schema = json.loads(assets.text("schema", "annotator-article-1.schema.json"))
    for line in lines:
        jsonschema.validate(line, schema)


def test_the_texts_are_those_of_the_files(lines: list[dict[str, Any]]) -> None:
    files = {path.read_text(encoding="utf-8") for path in SAMPLE.parent.glob("*.txt")}
    assert {line["text"] for line in lines} == files
    assert all(250 <= len(line["text"].split()) <= 450 for line in lines)


def test_claims_have_every_status_and_one_is_not_agreed_on(sample: Project) -> None:
    assert check(sample).sound
    by_status = projects.counts(sample).by_status
    assert set(by_status) == {status.key for status in SCHEMES["extended"]} | {DISAGREE}
    assert projects.scheme_of(sample) == SCHEMES["extended"]


def test_it_shows_one_of_everything(lines: list[dict[str, Any]], sample: Project) -> None:
    mentions = [mention for line in lines for mention in line["mentions"]]
    claims = [claim for line in lines for claim in line["claims"]]
    evidence = [one for claim in claims for one in claim["evidence"]]
    assert any(len(mention["spans"]) > 1 for mention in mentions)
    assert any(mention["within"] for mention in mentions)
    assert any(_overlaps(one, other) for line in lines for one in line["mentions"] for other in line["mentions"])
    assert {one["stance"] for one in evidence} == {"supports", "refutes", "context"}
    assert any(mention["speaker_id"] and not mention["speaker_accepted"] for mention in mentions)
    assert len({mention["annotator"] for mention in mentions}) == 2
    assert [link.link for link in sample.all(Link)] == ["contradicts"]
    assert {review.decision for review in sample.all(Review)} == {"accept", "change"}
    assert [bool(comment.reply_to) for comment in sample.all(Comment)].count(True) == 1
    text = "".join(line["text"] for line in lines)
    assert any(unicodedata.bidirectional(character) == "AL" for character in text)
    assert any(ord(character) > 0xFFFF for character in text)
    assert any(ord(character) > 0xFFFF for mention in mentions for character in mention["spans"][0]["quote"])


def _overlaps(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether the second begins inside the first and ends outside of it."""
    return any(
        a["start"] < b["start"] < a["end"] < b["end"] for a in one["spans"] for b in other["spans"] if one is not other
    )


def test_the_sample_is_made_once_and_then_opened_as_it_was_left(tmp_path: Path) -> None:
    first = demo.open_sample(tmp_path)
    with projects.opened(first, write=True, person="Ada") as project:
        driven(import_files(project, [_own_text(tmp_path)]))
    assert demo.open_sample(tmp_path) == first
    with Project.open(first, write=False) as project:
        assert projects.counts(project).articles == 4
    assert {path.name for path in tmp_path.iterdir()} == {first.name, "own.txt"}


def _own_text(folder: Path) -> Path:
    path = folder / "own.txt"
    path.write_text("The bridge is closed, the mayor said on Monday.\n", encoding="utf-8")
    return path
