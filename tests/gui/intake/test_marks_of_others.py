"""Files of marks in the window: recognised, looked at first, and brought into the article of their text."""

from pathlib import Path

from annotator.gui.intake.rows import OUTCOME, WHY
from annotator.model.records import Annotator, Mention
from tests.gui.intake.bench import Bench
from tests.gui.intake.test_import_sheet import cells


def test_marks_are_looked_at_first_with_what_stays_behind(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("The mayor said taxes fell.\n", encoding="utf-8")
    marks = tmp_path / "story.ann"
    marks.write_text("T1\tContent 15 25\ttaxes fell\nT2\tContent 4 9\tmaire\n", encoding="utf-8")
    bench.answers.picked = 2
    bench.bring_in(tmp_path / "story.txt", marks)
    table = bench.sheet().page.table
    assert cells(table, OUTCOME) == ["new", "refused"]
    assert cells(table, WHY)[0].startswith("The mayor said taxes fell. · Nobody says whose marks these are")
    bench.add()
    assert bench.titles == {"The mayor said taxes fell."}
    assert bench.window.hub.project.count(Mention) == 1
    assert "1 refused" in bench.notice


def test_the_dialog_offers_files_of_marks(bench: Bench) -> None:
    assert "*.ann" in bench.files.imports.kinds()
    assert "*.tsv" in bench.files.imports.kinds()


def test_a_person_chooses_what_says_whose_marks_they_are(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("The mayor said taxes fell.\n", encoding="utf-8")
    files = [tmp_path / f"story_{who}.ann" for who in ("ada", "bo")]
    for file in files:
        file.write_text("T1\tContent 15 25\ttaxes fell\n", encoding="utf-8")
    bench.bring_in(*files)
    assert cells(bench.sheet().page.table, OUTCOME) == ["new", "new"]
    bench.add()
    project = bench.window.hub.project
    assert {project.get(Annotator, one.annotator_id).name for one in project.all(Mention)} == {"ada", "bo"}
    assert len(bench.titles) == 1


def test_who_does_not_choose_imports_nothing(bench: Bench, tmp_path: Path) -> None:
    marks = tmp_path / "story.ann"
    marks.touch()
    bench.answers.picked = None
    bench.bring_in(marks)
    assert bench.files.imports.sheet is None
    assert not bench.files.job.is_running
