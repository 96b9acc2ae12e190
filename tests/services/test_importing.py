"""What an import does to a project: whole batches, whole lines, nothing twice, and one line for each fault."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from annotator.model.records import Annotator, Article, Claim, Mention, Source, Speaker
from annotator.services.importing import ImportReport, import_files
from annotator.store.check import check
from annotator.store.project import Project
from tests import making
from tests.formats.test_jsonl_faults import ARTICLE, CLAIM, MENTION, SPEAKER, Line, line, put
from tests.services.test_round_trip import ended, exported

NOBODY = "018cc251-f400-7000-8000-0000000000ee"
ARTICLE_TEXT = "Bridge is safe, mayor says\n\nThe mayor said on Monday that the bridge was safe.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return making.new_project(tmp_path)


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(project: Path, *files: Path, **options: Any) -> ImportReport:
    with making.opened(project) as opened:
        return ended(import_files(opened, files, **options))


def written(path: Path, *lines: Line | bytes) -> Path:
    raw = [one if isinstance(one, bytes) else json.dumps(one, ensure_ascii=False).encode() for one in lines]
    path.write_bytes(b"".join(one + b"\n" for one in raw))
    return path


def other(number: int) -> Line:
    """A line like `line()` with ids and a text of its own."""
    spelled = json.dumps(line(), ensure_ascii=False).replace(
        "018cc251-f400-7000-8000-", f"018cc251-f400-7000-9{number:03x}-"
    )
    made: Line = json.loads(spelled)
    made["text"] += f" Number {number}."
    made["version_id"] = hashlib.sha256(made["text"].encode()).hexdigest()
    return made


def outcomes(report: ImportReport) -> list[tuple[int, str]]:
    return [(row.line, row.outcome) for row in report.rows]


def test_good_lines_come_in_and_bad_ones_are_named(project: Path, tmp_path: Path) -> None:
    bad = other(2)
    bad["mentions"][0]["spans"][0]["quote"] = "taxes rose 10%"
    file = written(tmp_path / "some.jsonl", other(1), b"{", bad, other(3))
    report = run(project, file)
    assert outcomes(report) == [(1, "taken"), (2, "refused"), (3, "refused"), (4, "taken")]
    assert not report.sound
    assert str(report.rows[2]).startswith(f"{file}, line 3: $.mentions[0].spans[0].quote is “taxes rose 10%”")
    with Project.open(project, write=False) as opened:
        assert opened.count(Article) == 2
        assert check(opened).sound


def test_importing_twice_changes_no_byte(project: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "some.jsonl", other(1), other(2))
    run(project, file)
    before = fingerprint(project)
    report = run(project, file)
    assert outcomes(report) == [(1, "known"), (2, "known")]
    assert report.sound
    assert report.records == 0
    assert fingerprint(project) == before


def test_a_dry_run_changes_no_byte_and_says_what_the_import_will_do(project: Path, tmp_path: Path) -> None:
    bad = other(3)
    del bad["title"]
    text = tmp_path / "bridge.txt"
    text.write_text(ARTICLE_TEXT, encoding="utf-8")
    file = written(tmp_path / "some.jsonl", other(1), other(2), other(1), bad)
    before = fingerprint(project)
    with Project.open(project, write=False) as opened:
        planned = ended(import_files(opened, [file, text, text], dry_run=True, batch=10))
    assert fingerprint(project) == before
    done = run(project, file, text, text, batch=10)
    assert [row[:5] for row in planned.rows] == [row[:5] for row in done.rows]
    assert planned.records == done.records
    assert [row.outcome for row in done.rows] == ["taken", "taken", "known", "refused", "taken", "known"]


def test_what_differs_is_listed_and_not_taken(project: Path, tmp_path: Path) -> None:
    run(project, written(tmp_path / "some.jsonl", line()))
    changed = line()
    changed["speakers"][0]["name"] = "The mayor"
    changed["sources"].append({"id": "018cc251-f400-7000-8000-0000000000ff", "title": "Minutes"})
    report = run(project, written(tmp_path / "other.jsonl", changed))
    assert outcomes(report) == [(1, "taken"), (1, "differs")]
    assert f"speaker {SPEAKER}" in report.rows[1].what
    assert not report.sound
    with Project.open(project, write=False) as opened:
        assert opened.get(Speaker, SPEAKER).name == ""
        assert opened.count(Source) == 2


def test_an_earlier_content_is_known_and_a_deleted_record_stays_deleted(project: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "some.jsonl", line())
    run(project, file)
    with making.opened(project) as opened:
        opened.work_as(opened.get(Annotator, line()["annotators"][0]["id"]).id)
        with opened.change("speaker.rename") as change:
            change.put(Speaker(opened.get(Speaker, SPEAKER).id, "The mayor"))
        with opened.change("mention.remove") as change:
            change.delete(opened.get(Mention, MENTION))
    before = fingerprint(project)
    report = run(project, file)
    assert outcomes(report) == [(1, "known")]
    assert fingerprint(project) == before
    with Project.open(project, write=False) as opened:
        assert opened.find(Mention, MENTION) is None
        assert opened.get(Speaker, SPEAKER).name == "The mayor"


def test_a_new_mark_on_what_was_deleted_refuses_its_line_alone(project: Path, tmp_path: Path) -> None:
    run(project, written(tmp_path / "some.jsonl", line()))
    with making.opened(project) as opened:
        mention = opened.get(Mention, MENTION)
        opened.work_as(mention.annotator_id)
        with opened.change("mention.remove") as change:
            change.delete(mention)
            for one in (*opened.assessments_of([mention.claim_id]), *opened.evidence_of([mention.claim_id])):
                change.delete(one)
            change.delete(opened.get(Claim, mention.claim_id))
    again = line()
    again["mentions"][0]["id"] = NOBODY
    file = written(tmp_path / "more.jsonl", other(2), again, other(3))
    expected = [(1, "taken"), (2, "refused"), (3, "taken")]
    assert outcomes(run(project, file, dry_run=True)) == expected
    report = run(project, file)
    assert outcomes(report) == expected
    assert CLAIM in report.rows[1].what
    with Project.open(project, write=False) as opened:
        assert check(opened).sound


def test_a_mark_that_names_what_the_project_knows_as_something_else_refuses_its_line_alone(
    project: Path, tmp_path: Path
) -> None:
    run(project, written(tmp_path / "some.jsonl", line()))
    wrong = other(2)
    wrong["sources"][0]["id"] = wrong["claims"][0]["evidence"][0]["source_id"] = CLAIM
    wrong["links"] = []
    report = run(project, written(tmp_path / "more.jsonl", wrong, other(3)))
    assert outcomes(report) == [(1, "refused"), (2, "taken")]
    assert CLAIM in report.rows[0].what


def test_an_article_with_the_id_of_something_else_refuses_its_line_alone(project: Path, tmp_path: Path) -> None:
    wrong = other(2)
    wrong["article_id"] = CLAIM
    report = run(project, written(tmp_path / "some.jsonl", line(), wrong, other(3)))
    assert outcomes(report) == [(1, "taken"), (2, "refused"), (3, "taken")]
    assert CLAIM in report.rows[1].what


@pytest.mark.parametrize("version_id", ["", line()["version_id"], NOBODY, "of another project"])
def test_a_project_is_sound_whichever_version_a_review_names(project: Path, tmp_path: Path, version_id: str) -> None:
    value = line()
    value["reviews"][0] |= {"version_id": version_id, "spans": [{"start": 2, "end": 7, "quote": "Mayor"}]}
    assert run(project, written(tmp_path / "some.jsonl", value)).sound
    with Project.open(project, write=False) as opened:
        assert check(opened).findings == ()


def test_a_claim_that_recurs_on_several_lines_is_taken_once(project: Path, tmp_path: Path) -> None:
    second = other(2)
    first = line()
    for part in ("claims", "annotators", "sources"):
        second[part] = first[part]
    second["mentions"][0] |= {"claim_id": CLAIM, "annotator": first["annotators"][0]["id"], "speaker_id": ""}
    second["reviews"], second["comments"], second["links"] = [], [], []
    report = run(project, written(tmp_path / "some.jsonl", first, second))
    assert report.sound
    with Project.open(project, write=False) as opened:
        assert len(opened.mentions_of_claims([opened.get(Mention, MENTION).claim_id])) == 2


def test_a_line_may_name_what_a_later_line_or_the_project_has(project: Path, tmp_path: Path) -> None:
    first, second = line(), other(2)
    second["mentions"][0]["speaker_id"] = SPEAKER
    report = run(project, written(tmp_path / "some.jsonl", second, first))
    assert outcomes(report) == [(1, "taken"), (2, "taken")]
    third = other(3)
    third["mentions"][0]["within"] = MENTION
    assert run(project, written(tmp_path / "more.jsonl", third)).sound


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        ("mentions.0.speaker_id", ARTICLE, ARTICLE),
        ("speakers", [], SPEAKER),
        ("sources", [], "source"),
        ("annotators", [], "annotator"),
        ("mentions.0.within", NOBODY, NOBODY),
        ("sources.0.derived_from", NOBODY, NOBODY),
        ("sources.0.derived_from", CLAIM, CLAIM),
        ("comments.0.reply_to", NOBODY, NOBODY),
        ("comments.0.reply_to", MENTION, MENTION),
        ("reviews.0.target", NOBODY, NOBODY),
        ("links.0.b", NOBODY, NOBODY),
    ],
)
def test_a_line_that_names_what_nobody_has_is_refused(
    project: Path, tmp_path: Path, path: str, value: object, named: str
) -> None:
    changed = line()
    put(path, value)(changed)
    before = fingerprint(project)
    report = run(project, written(tmp_path / "some.jsonl", changed))
    assert outcomes(report) == [(1, "refused")]
    assert "it names" in report.rows[0].what
    assert named in report.rows[0].what
    assert fingerprint(project) == before


@pytest.mark.parametrize("in_the_project", [False, True])
def test_a_link_joins_two_records_of_one_kind(project: Path, tmp_path: Path, *, in_the_project: bool) -> None:
    run(project, written(tmp_path / "some.jsonl", line()))
    value = other(2)
    value["links"][0]["b"] = CLAIM if in_the_project else value["claims"][0]["id"]
    before = fingerprint(project)
    report = run(project, written(tmp_path / "wrong.jsonl", value))
    assert outcomes(report) == [(1, "refused")]
    assert report.rows[0].what.startswith("$.links[0] joins a speaker and a claim")
    assert fingerprint(project) == before
    value["links"][0]["b"] = SPEAKER if in_the_project else value["speakers"][1]["id"]
    assert run(project, written(tmp_path / "right.jsonl", value)).sound


def test_comments_of_two_lines_may_answer_each_other(project: Path, tmp_path: Path) -> None:
    lines = [line(), other(2)]
    for one, another in (lines, lines[::-1]):
        comment = one["comments"][0]
        one["comments"].append(comment | {"id": comment["id"].replace("00000000000a", "00000000001a")})
        one["comments"][1]["reply_to"] = another["comments"][0]["id"]
    file = written(tmp_path / "some.jsonl", *lines)
    assert outcomes(run(project, file, dry_run=True)) == [(1, "taken"), (2, "taken")]
    assert outcomes(run(project, file)) == [(1, "taken"), (2, "taken")]


def test_evidence_must_quote_its_article(project: Path, tmp_path: Path) -> None:
    value = line()
    value["sources"][0]["article_id"] = ARTICLE
    evidence = value["claims"][0]["evidence"][0]
    evidence["spans"] = [{"start": 2, "end": 7, "quote": "Mayor"}]
    wrong = json.loads(json.dumps(value))
    wrong["claims"][0]["evidence"][0]["spans"][0]["quote"] = "mayor"
    report = run(project, written(tmp_path / "wrong.jsonl", wrong))
    assert outcomes(report) == [(1, "refused")]
    evidence["spans"][0]["prefix"] = "wrong"
    assert outcomes(run(project, written(tmp_path / "wrong.jsonl", value))) == [(1, "refused")]
    evidence["spans"][0]["prefix"] = "🚀 "
    assert run(project, written(tmp_path / "right.jsonl", value)).sound


def test_a_status_without_the_claim_must_be_the_projects(project: Path, tmp_path: Path) -> None:
    run(project, written(tmp_path / "some.jsonl", line()))
    value = line()
    value["claims"] = []
    assert outcomes(run(project, written(tmp_path / "same.jsonl", value))) == [(1, "known")]
    value["mentions"][0]["status"] = "alleged"
    report = run(project, written(tmp_path / "other.jsonl", value))
    assert outcomes(report) == [(1, "refused")]


def test_a_cancelled_import_keeps_whole_batches(project: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "some.jsonl", *(other(number) for number in range(1, 9)))
    with making.opened(project) as opened:
        steps = import_files(opened, [file], batch=20)
        next(steps)
        next(steps)
        steps.close()
        assert check(opened).sound
        taken = opened.count(Article)
        assert opened.count(Mention) == taken == 4
    assert run(project, file).count("known") == 4
    with Project.open(project, write=False) as opened:
        assert opened.count(Mention) == 8


def test_progress_counts_bytes_up_to_their_sum(project: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "some.jsonl", *(other(number) for number in range(1, 6)))
    with making.opened(project) as opened:
        told = list(import_files(opened, [file, file], batch=15))
    assert [one.done for one in told] == sorted(one.done for one in told)
    assert told[-1].done == told[-1].total == 2 * file.stat().st_size


def test_in_slices_the_same_comes_in(project: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "some.jsonl", *(other(number) for number in range(1, 6)))
    assert run(project, file, slice_seconds=0.0001).count("taken") == 5


def test_an_import_is_not_undone_by_undo(project: Path, tmp_path: Path) -> None:
    with making.opened(project) as opened:
        ended(import_files(opened, [written(tmp_path / "some.jsonl", line())]))
        assert opened.undo_name == ""


def test_what_came_in_by_lines_goes_out_in_canonical_form(project: Path, tmp_path: Path) -> None:
    run(project, written(tmp_path / "some.jsonl", other(2), other(1)))
    exported(project, tmp_path / "out.jsonl")
    lines = [json.loads(one) for one in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [one["article_id"] for one in lines] == sorted(one["article_id"] for one in lines)
    assert lines[0]["mentions"][0]["spans"][0]["prefix"] == "🚀 Mayor said "


def test_lines_that_wait_for_each_other_come_in_together(project: Path, tmp_path: Path) -> None:
    first, second = line(), other(2)
    first["mentions"][0]["within"] = second["mentions"][0]["id"]
    second["mentions"][0]["within"] = MENTION
    file = written(tmp_path / "some.jsonl", first, second)
    with Project.open(project, write=False) as opened:
        assert ended(import_files(opened, [file], dry_run=True)).count("taken") == 2
    assert outcomes(run(project, file)) == [(1, "taken"), (2, "taken")]
