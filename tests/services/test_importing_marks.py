"""Several people's marks of one text, from brat and WebAnno, meet in one article of a project."""

from pathlib import Path

import pytest

from annotator.model.records import Annotator, Article, Assessment, Claim, Mention
from annotator.services.agreement import agreement
from annotator.store.check import check
from annotator.store.project import Project
from tests.formats.making_marks import TEXT
from tests.services.test_importing import fingerprint, run
from tests.services.test_importing import project as project  # noqa: PLC0414 - a fixture

PATTERN = "{annotator}/{name}.ann"
SAME = "T1\tContent 13 27\ttaxes fell 10%\n"


def brat(folder: Path, who: str, marks: str, text: str = TEXT, name: str = "taxes") -> Path:
    place = folder / who
    place.mkdir(exist_ok=True)
    (place / f"{name}.txt").write_text(text, encoding="utf-8")
    path = place / f"{name}.ann"
    path.write_text(marks, encoding="utf-8")
    return path


def people(opened: Project) -> set[str]:
    return {opened.get(Annotator, one.annotator_id).name for one in opened.all(Mention)}


def test_several_people_meet_in_one_article_and_agree_on_one_claim(project: Path, tmp_path: Path) -> None:
    ada = brat(tmp_path, "ada", SAME)
    bo = brat(tmp_path, "bo", SAME + "T2\tContent 39 47\tIda Holm\n")
    report = run(project, ada, bo, annotator_from=PATTERN)
    assert [row.outcome for row in report.rows] == ["taken", "taken"]
    with Project.open(project, write=False) as opened:
        assert opened.count(Article) == 1
        assert opened.count(Claim) == 2
        assert opened.count(Mention) == 3
        assert opened.count(Assessment) == 0
        assert people(opened) == {"ada", "bo"}
        assert check(opened).sound
        figures = {one.measure: one for one in agreement(opened) if one.scope == "all"}
    assert figures["span_f1_exact"].value == pytest.approx(2 / 3)
    assert figures["status_kappa_exact"].value is None
    assert figures["status_kappa_exact"].note


def test_importing_twice_or_one_by_one_changes_nothing(project: Path, tmp_path: Path) -> None:
    ada, bo = brat(tmp_path, "ada", SAME), brat(tmp_path, "bo", SAME)
    run(project, ada, annotator_from=PATTERN)
    run(project, bo, annotator_from=PATTERN)
    before = fingerprint(project)
    report = run(project, bo, ada, annotator_from=PATTERN)
    assert [row.outcome for row in report.rows] == ["known", "known"]
    assert report.records == 0
    assert fingerprint(project) == before


def test_a_dry_run_says_the_same_and_writes_nothing(project: Path, tmp_path: Path) -> None:
    files = [brat(tmp_path, "ada", SAME + "T2\tContent 1 2\tno\n"), brat(tmp_path, "bo", SAME)]
    before = fingerprint(project)
    planned = run(project, *files, annotator_from=PATTERN, dry_run=True, batch=1)
    assert fingerprint(project) == before
    report = run(project, *files, annotator_from=PATTERN)
    assert planned.rows == report.rows
    assert [(row.line, row.outcome) for row in report.rows] == [(0, "taken"), (2, "refused"), (0, "taken")]
    assert str(report.rows[1]).startswith(f"{files[0]}, line 2: T2 is “no”, but the text has “ ” there")


def test_marks_come_to_the_article_that_the_project_has_of_their_text(project: Path, tmp_path: Path) -> None:
    ada = brat(tmp_path, "ada", SAME)
    run(project, ada.with_suffix(".txt"))
    assert run(project, ada, annotator_from=PATTERN).rows[0].outcome == "taken"
    with Project.open(project, write=False) as opened:
        (article,) = opened.all(Article)
        assert {one.article_id for one in opened.all(Mention)} == {article.id}
        assert check(opened).sound
    before = fingerprint(project)
    assert run(project, ada, annotator_from=PATTERN).rows[0].outcome == "known"
    assert fingerprint(project) == before


def test_one_text_under_two_names_is_two_articles(project: Path, tmp_path: Path) -> None:
    files = [brat(tmp_path, "ada", SAME, name="one"), brat(tmp_path, "ada", SAME, name="two")]
    run(project, files[0], annotator_from=PATTERN)
    run(project, *files, annotator_from=PATTERN)
    with Project.open(project, write=False) as opened:
        assert opened.count(Article) == 2
        assert opened.count(Mention) == 2


def test_texts_named_with_their_marks_are_no_articles_of_their_own(project: Path, tmp_path: Path) -> None:
    ada = brat(tmp_path, "ada", SAME)
    apart = tmp_path / "apart.txt"
    apart.write_text("Another article.\n", encoding="utf-8")
    report = run(project, ada.with_suffix(".txt"), ada, apart, annotator_from=PATTERN)
    assert [Path(row.file).name for row in report.rows] == ["taxes.ann", "apart.txt"]


def test_another_text_under_the_same_name_is_told_with_its_line(project: Path, tmp_path: Path) -> None:
    files = [brat(tmp_path, "ada", SAME), brat(tmp_path, "bo", SAME, TEXT.replace("rose", "sank"))]
    report = run(project, *files, annotator_from=PATTERN)
    assert [row.outcome for row in report.rows] == ["taken", "refused"]
    texts = [file.with_suffix(".txt") for file in files]
    assert report.rows[1].what == f"the text of {texts[1]} differs from that of {texts[0]}, first in line 2 of the text"


def test_without_a_pattern_the_marks_are_nobodys_and_that_is_told(project: Path, tmp_path: Path) -> None:
    files = [brat(tmp_path, "ada", SAME), brat(tmp_path, "bo", SAME)]
    report = run(project, *files)
    assert [row.outcome for row in report.rows] == ["taken", "refused"]
    assert "come in as “brat”" in report.rows[0].notes[-1]
    assert "nobody says whose each are" in report.rows[1].what


def test_a_path_that_the_pattern_does_not_fit_is_refused_and_the_others_come_in(project: Path, tmp_path: Path) -> None:
    ada, bo = brat(tmp_path, "ada", SAME), brat(tmp_path, "bo", SAME)
    report = run(project, ada, bo, annotator_from="ada/{name}_{annotator}.ann")
    assert {row.outcome for row in report.rows} == {"refused"}
    assert all("its path is not as" in row.what for row in report.rows)


def test_an_empty_file_of_marks_brings_its_text(project: Path, tmp_path: Path) -> None:
    report = run(project, brat(tmp_path, "ada", ""), annotator_from=PATTERN)
    assert [row.outcome for row in report.rows] == ["taken"]


def test_webanno_users_meet_in_one_article(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "story.txt"
    folder.mkdir()
    head = "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|value\n\n\n#Text=🚀 fell\n1-1\t0-2\t🚀\t_\t\n"
    for who in ("ada", "bo"):
        (folder / f"{who}.tsv").write_text(head + "1-2\t3-7\tfell\tclaim\t\n", encoding="utf-8")
    files = sorted(folder.iterdir())
    report = run(project, *files, annotator_from="{name}/{annotator}.tsv")
    assert [row.outcome for row in report.rows] == ["taken", "taken"]
    with Project.open(project, write=False) as opened:
        (article,) = opened.all(Article)
        assert article.came_from == "story.txt"
        assert {(one.spans[0].start, one.spans[0].end) for one in opened.all(Mention)} == {(2, 6)}
        assert people(opened) == {"ada", "bo"}
    before = fingerprint(project)
    run(project, *files, annotator_from="{name}/{annotator}.tsv")
    assert fingerprint(project) == before
