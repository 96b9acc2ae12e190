"""Every fault refuses the whole line, and says which key it is about."""

import hashlib
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from annotator.errors import Refused
from annotator.formats import jsonl
from annotator.formats.bundle import Bundle

TEXT = "🚀 Mayor said taxes fell 10%.\nNobody else did."
CLAIM = "018cc251-f400-7000-8000-000000000001"
MENTION = "018cc251-f400-7000-8000-000000000002"
ASSESSMENT = "018cc251-f400-7000-8000-000000000003"
EVIDENCE = "018cc251-f400-7000-8000-000000000004"
SOURCE = "018cc251-f400-7000-8000-000000000005"
SPEAKER = "018cc251-f400-7000-8000-000000000006"
ANNOTATOR = "018cc251-f400-7000-8000-000000000007"
ARTICLE = "018cc251-f400-7000-8000-000000000008"
REVIEW = "018cc251-f400-7000-8000-000000000009"
COMMENT = "018cc251-f400-7000-8000-00000000000a"
LINK = "018cc251-f400-7000-8000-00000000000b"
OTHER_SPEAKER = "018cc251-f400-7000-8000-00000000000d"

Line = dict[str, Any]


def line() -> Line:
    """A line with a record of every kind and only the keys that an import asks for."""
    return {
        "schema": "annotator/article/1",
        "offset_unit": "codepoint",
        "article_id": ARTICLE,
        "version_id": hashlib.sha256(TEXT.encode()).hexdigest(),
        "title": "Taxes",
        "text": TEXT,
        "zones": [{"kind": "body", "start": 0, "end": len(TEXT)}],
        "mentions": [
            {
                "id": MENTION,
                "claim_id": CLAIM,
                "annotator": ANNOTATOR,
                "status": "disputed",
                "spans": [{"start": 13, "end": 27, "quote": "taxes fell 10%"}],
                "speaker_id": SPEAKER,
            }
        ],
        "claims": [
            {
                "id": CLAIM,
                "assessments": [{"id": ASSESSMENT, "annotator": ANNOTATOR, "status": "disputed"}],
                "evidence": [{"id": EVIDENCE, "source_id": SOURCE, "annotator": ANNOTATOR, "stance": "refutes"}],
            }
        ],
        "sources": [{"id": SOURCE}],
        "speakers": [{"id": SPEAKER}, {"id": OTHER_SPEAKER}],
        "annotators": [{"id": ANNOTATOR}],
        "reviews": [{"id": REVIEW, "target": MENTION, "reviewer": ANNOTATOR, "decision": "accept"}],
        "comments": [{"id": COMMENT, "target": REVIEW, "author": ANNOTATOR}],
        "links": [{"id": LINK, "kind": "same", "a": SPEAKER, "b": OTHER_SPEAKER, "annotator": ANNOTATOR}],
    }


def read(content: bytes) -> list[Bundle | Refused]:
    return [found.content for found in jsonl.READER.read(io.BytesIO(content), "some.jsonl")]


def read_one(value: Line) -> Bundle | Refused:
    (content,) = read(json.dumps(value, ensure_ascii=False).encode() + b"\n")
    return content


def put(path: str, value: object) -> Callable[[Line], None]:
    """A change of the value at a path like `mentions.0.id`."""

    def change(target: Line) -> None:
        *way, last = path.split(".")
        part: Any = target
        for step in way:
            part = part[int(step)] if step.isdigit() else part[step]
        part[int(last) if last.isdigit() else last] = value

    return change


def without(path: str) -> Callable[[Line], None]:
    """A change that takes the key at a path out."""

    def change(target: Line) -> None:
        *way, last = path.split(".")
        part: Any = target
        for step in way:
            part = part[int(step)] if step.isdigit() else part[step]
        del part[last]

    return change


def test_a_line_with_only_the_required_keys_is_taken_and_the_rest_is_empty() -> None:
    bundle = read_one(line())
    assert isinstance(bundle, Bundle)
    mention = bundle.mentions[0]
    assert (mention.within, mention.cue, mention.note, mention.origin, mention.created_at) == ("", (), "", "", "")
    assert (mention.article_id, mention.text_sha256) == (ARTICLE, bundle.version.text_sha256)
    assert (bundle.article.url, bundle.article.authors, bundle.version.number) == ("", (), 1)


REQUIRED = [
    "schema", "offset_unit", "article_id", "version_id", "text", "title",
    "mentions.0.id", "mentions.0.claim_id", "mentions.0.spans", "mentions.0.status", "mentions.0.annotator",
    "mentions.0.spans.0.start", "mentions.0.spans.0.end", "mentions.0.spans.0.quote",
    "claims.0.id", "claims.0.assessments.0.id", "claims.0.assessments.0.status", "claims.0.assessments.0.annotator",
    "claims.0.evidence.0.id", "claims.0.evidence.0.source_id", "claims.0.evidence.0.stance",
    "claims.0.evidence.0.annotator", "sources.0.id", "speakers.0.id", "annotators.0.id",
    "reviews.0.id", "comments.0.id", "links.0.id", "links.0.annotator",
]  # fmt: skip


@pytest.mark.parametrize("path", REQUIRED)
def test_a_missing_key_is_named(path: str) -> None:
    value = line()
    without(path)(value)
    refused = read_one(value)
    assert isinstance(refused, Refused)
    assert f"lacks the key “{path.rpartition('.')[2]}”" in refused.what
    assert (refused.file, refused.line) == ("some.jsonl", 1)


@pytest.mark.parametrize(
    "place", ["", "mentions.0.", "mentions.0.spans.0.", "claims.0.", "claims.0.assessments.0.", "zones.0.", "links.0."]
)
def test_an_unknown_key_is_named(place: str) -> None:
    value = line()
    put(f"{place}colour", "red")(value)
    refused = read_one(value)
    assert isinstance(refused, Refused)
    assert "unknown key “colour”" in refused.what


FAULTS: list[tuple[str, object, str]] = [
    ("schema", "annotator/article/2", "$.schema"),
    ("schema", "annotator/article/2", "newer program"),
    ("schema", "annotator/article/0", "not as it must be"),
    ("schema", "annotator/story/2", "not as it must be"),
    ("offset_unit", "utf16", "$.offset_unit"),
    ("article_id", ARTICLE.upper(), "$.article_id"),
    ("article_id", ARTICLE + "\n", "$.article_id"),
    ("article_id", "", "$.article_id"),
    ("version_id", "0" * 64, "$.version_id"),
    ("version", 0, "$.version"),
    ("version", True, "$.version"),
    ("version", 2**63, "$.version"),
    ("text", TEXT + "\r\n", "$.text"),
    ("text", TEXT + "\x00", "$.text"),
    ("text", TEXT + " ", "$.version_id"),
    ("title", None, "$.title"),
    ("authors", "Somebody", "$.authors"),
    ("published", "2022-01-11", "$.published"),
    ("published", "2022-02-30T00:00:00.000000Z", "$.published"),
    ("published", "2022-01-11T24:00:00.000000Z", "$.published"),
    ("published", "2022-01-11T00:60:00.000000Z", "$.published"),
    ("published", "2022-01-11T00:00:00Z", "$.published"),
    ("published", "２022-01-11T00:00:00.000000Z", "$.published"),
    ("published_precision", "hour", "$.published_precision"),
    ("snapshot_sha256", "abc", "$.snapshot_sha256"),
    ("zones.0.kind", "sidebar", "$.zones[0].kind"),
    ("zones.0.end", len(TEXT) + 1, "$.zones[0]"),
    ("zones.0.end", 0, "$.zones[0]"),
    ("mentions.0.spans", [], "$.mentions[0].spans"),
    ("mentions.0.spans.0.start", -1, "$.mentions[0].spans[0].start"),
    ("mentions.0.spans.0.end", 13, "$.mentions[0].spans[0]"),
    ("mentions.0.spans.0.end", 1000, "$.mentions[0].spans[0]"),
    ("mentions.0.spans.0.quote", "taxes rose 10%", "$.mentions[0].spans[0].quote"),
    ("mentions.0.spans.0.prefix", "x", "$.mentions[0].spans[0].prefix"),
    ("mentions.0.spans.0.suffix", "x", "$.mentions[0].spans[0].suffix"),
    ("mentions.0.cue", [{"start": 8, "end": 12, "quote": "says"}], "$.mentions[0].cue[0].quote"),
    ("mentions.0.speaker_spans", [{"start": 0, "end": 0, "quote": ""}], "$.mentions[0].speaker_spans[0]"),
    ("mentions.0.status", "confirmed", "$.mentions[0].status"),
    ("mentions.0.layer", "adjudicated", "$.mentions[0].status"),
    ("mentions.0.speaker_id", "nobody", "$.mentions[0].speaker_id"),
    ("mentions.0.based_on", ["x"], "$.mentions[0].based_on[0]"),
    ("mentions.0.id", CLAIM, CLAIM),
    ("claims.0.assessments.0.valid_from", "today", "$.claims[0].assessments[0].valid_from"),
    ("claims.0.evidence.0.stance", "maybe", "$.claims[0].evidence[0].stance"),
    ("claims.0.evidence.0.spans", [{"start": 1, "end": 2}], "$.claims[0].evidence[0].spans[0]"),
    ("sources.0.primary", 1, "$.sources[0].primary"),
    ("sources.0.snapshot_sha256", "0", "$.sources[0].snapshot_sha256"),
    ("reviews.0.target", "", "$.reviews[0].target"),
    ("comments.0.at", "0000-01-01T00:00:00.000000Z", "$.comments[0].at"),
    ("links.0.kind", "alike", "$.links[0].kind"),
    ("links.0.b", SPEAKER, "$.links[0] joins a record with itself"),
    ("mentions.0.within", MENTION, "$.mentions[0].within"),
    ("sources.0.derived_from", SOURCE, "$.sources[0].derived_from"),
    ("comments.0.reply_to", COMMENT, "$.comments[0].reply_to"),
]


@pytest.mark.parametrize(("path", "value", "named"), FAULTS)
def test_a_fault_is_named_by_its_place(path: str, value: object, named: str) -> None:
    changed = line()
    put(path, value)(changed)
    refused = read_one(changed)
    assert isinstance(refused, Refused)
    assert named in refused.what
    assert "\n" not in str(refused)


@pytest.mark.parametrize(
    "content",
    [
        b'{"schema": "annotator/article/1"',
        b"[]",
        b"null",
        b"\x00\x01",
        b'{"a": \xff}',
        b'{"schema": "annotator/article/1", "text": "\\ud800"}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_line_is_refused_and_the_next_one_is_read(content: bytes) -> None:
    good = json.dumps(line(), ensure_ascii=False).encode()
    refused, taken = read(content + b"\n" + good + b"\n")
    assert isinstance(refused, Refused)
    assert refused.line == 1
    assert isinstance(taken, Bundle)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf16_is_told_once_as_what_it_is(encoding: str) -> None:
    content = f"{json.dumps(line())}\n{json.dumps(line())}\n".encode(encoding)
    (found,) = jsonl.read_file(io.BytesIO(content), "theirs.jsonl")
    assert str(found.content) == "theirs.jsonl: the file is in UTF-16; a dataset is in UTF-8; save the file as UTF-8"


def test_a_byte_order_mark_blank_lines_and_carriage_returns_between_lines_do_no_harm() -> None:
    good = json.dumps(line(), ensure_ascii=False).encode()
    (taken,) = read(b"\xef\xbb\xbf" + good + b"\r\n\r\n  \n")
    assert isinstance(taken, Bundle)


def test_a_line_of_a_newer_program_is_told_as_such_whatever_else_it_holds() -> None:
    value = line() | {"schema": "annotator/article/3", "new_key": 1, "offset_unit": "grapheme"}
    del value["version_id"]
    refused = read_one(value)
    assert isinstance(refused, Refused)
    assert "made by a newer program; update Annotator" in str(refused)


def test_two_zones_at_one_place_are_refused() -> None:
    value = line()
    value["zones"] *= 2
    refused = read_one(value)
    assert isinstance(refused, Refused)
    assert "stands twice" in refused.what


def test_a_status_that_has_come_due_since_the_line_was_written_agrees() -> None:
    value = line()
    value["claims"][0]["assessments"] = [
        {
            "id": ASSESSMENT,
            "annotator": ANNOTATOR,
            "status": "disputed",
            "valid_from": "2022-01-01T00:00:00.000000Z",
            "recorded_at": "2022-01-01T00:00:00.000000Z",
        },
        {
            "id": "018cc251-f400-7000-8000-00000000000c",
            "annotator": ANNOTATOR,
            "status": "confirmed",
            "valid_from": "2023-01-01T00:00:00.000000Z",
            "recorded_at": "2022-01-02T00:00:00.000000Z",
        },
    ]
    for status in ("disputed", "confirmed"):
        value["mentions"][0]["status"] = status
        assert isinstance(read_one(value), Bundle)
    value["mentions"][0]["status"] = "alleged"
    assert isinstance(read_one(value), Refused)


def test_a_byte_that_is_no_utf8_is_named_by_its_place_in_the_line() -> None:
    whole = json.dumps(line(), ensure_ascii=False).encode()
    (refused,) = read(whole.replace(b'"Taxes"', b'"Tax\xffes"'))
    assert isinstance(refused, Refused)
    assert f"byte {whole.index(b'Taxes') + 3} of the line" in refused.what
