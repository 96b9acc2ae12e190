"""Files of marks in the window: recognised, looked at first, and brought into the article of their text."""

from pathlib import Path

from annotator.gui.intake.rows import OUTCOME, WHY
from annotator.model.records import Mention
from tests.gui.intake.bench import Bench
from tests.gui.intake.test_import_sheet import cells


def test_marks_are_looked_at_first_with_what_stays_behind(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("The mayor said taxes fell.\n", encoding="utf-8")
    marks = tmp_path / "story.ann"
    marks.write_text("T1\tContent 15 25\ttaxes fell\nT2\tContent 4 9\tmaire\n", encoding="utf-8")
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
