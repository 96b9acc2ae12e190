"""The agreement page by keys: it counts by itself, every figure opens what is behind it, and leads there and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.gui.agreement.page import AgreementPage
from annotator.gui.window import MainWindow
from annotator.model.agreement.measures import MEASURES
from annotator.services import annotating
from annotator.services.projects import new_project, opened
from tests.gui import scenes
from tests.making import put_article

TEXT = "one two three four five six seven eight nine ten\n"
CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def mark(path: Path, who: str, *marks: tuple[str, str]) -> None:
    with opened(path, write=True, person=who) as project:
        version = project.version_rows()[0].version
        for words, status in marks:
            start = TEXT.index(words)
            annotating.mark(project, version.id, [(start, start + len(words))], status=status)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project in which Ada and Bo marked one text: one mark alike, one with other bounds, one of Bo's alone."""
    path = tmp_path / "story.annot"
    new_project(path, person="Ada")
    with opened(path, write=True, person="Ada") as project, project.change("import") as change:
        put_article(change, TEXT)
    mark(path, "Ada", ("one two", "alleged"), ("four five", "disputed"))
    mark(path, "Bo", ("one two", "confirmed"), ("five six", "disputed"), ("nine", "alleged"))
    return path


@pytest.fixture
def window(path: Path, qapp: QApplication) -> Iterator[MainWindow]:
    del qapp
    with scenes.scene(path, person="Ada", claim=0) as made:
        QTest.keyClick(made, Key.Key_3, CTRL)
        scenes.wait_for(lambda: page_of(made).pairs.model().rowCount() > 0 and not made.commands.files.job.is_running)
        yield made


def page_of(window: MainWindow) -> AgreementPage:
    page = window.modes.page("agreement")
    assert isinstance(page, AgreementPage)
    return page


def press(window: MainWindow, key: Qt.Key) -> None:
    focused = window.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def test_every_cell_reads_as_a_sentence(window: MainWindow) -> None:
    page = page_of(window)
    told = page.pairs.model().index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("Ada – Bo: Same places, exactly: F1, 0.400")
    assert "n = 5, texts = 1" in told
    assert [cells[0].text.partition("\n")[0] for cells in page.detail.measures.rows()] == [
        one.title for one in MEASURES
    ]
    assert "2 annotators · 1 text that two or more worked on" in page.summary.text()


def test_a_figure_opens_what_is_behind_it_and_leads_there_and_back(window: MainWindow) -> None:
    page = page_of(window)
    assert page.pairs.hasFocus()
    press(window, Key.Key_Right)
    press(window, Key.Key_Return)
    table = page.behind.table
    assert table.hasFocus()
    shown = [[item.text() for column in range(5) if (item := table.item(row, column))] for row in range(2)]
    assert [row[1:] for row in shown] == [
        ["four five six", "bounds", "Ada: Disputed", "Bo: Disputed"],
        ["nine", "one only", "not marked", "Bo: Alleged"],
    ]
    press(window, Key.Key_Down)
    press(window, Key.Key_Return)
    assert window.modes.annotating
    active = window.article.active
    assert active is not None
    assert TEXT[slice(*active.spans[0])] == "nine"
    QTest.keyClick(window, Key.Key_3, CTRL)
    assert table.hasFocus(), "it is as it was left"
    assert table.currentRow() == 1
    press(window, Key.Key_Escape)
    assert page.pairs.hasFocus()
    assert page.pairs.currentIndex().column() == 1
    press(window, Key.Key_Escape)
    assert window.modes.annotating


def test_a_cell_of_the_matrix_opens_the_marks_it_counts(window: MainWindow) -> None:
    page = page_of(window)
    QTest.mouseClick(page.detail.views.button(1), Qt.MouseButton.LeftButton)
    matrix = page.detail.matrix
    assert matrix.isVisible()
    matrix.setFocus()
    matrix.choose(0, 1)
    QTest.keyClick(matrix, Key.Key_Return)
    assert page.behind.table.rowCount() == 1
    assert "Alleged, Confirmed" in page.behind.title.text()
    press(window, Key.Key_Escape)
    assert matrix.hasFocus()


def test_articles_have_figures_of_their_own(window: MainWindow) -> None:
    page = page_of(window)
    QTest.mouseClick(page.detail.views.button(2), Qt.MouseButton.LeftButton)
    articles = page.detail.articles
    texts = [articles.model().index(0, column).data() for column in range(3)]
    assert texts == ["The bridge", "0.40", "0.80"]


def test_a_change_offers_to_count_again(window: MainWindow) -> None:
    page = page_of(window)
    assert not page.again.isVisible()
    window.modes.go("annotate")
    window.hub.do(annotating.remove_mention, window.article.rows[0].mention_id)
    QTest.keyClick(window, Key.Key_3, CTRL)
    scenes.wait_for(lambda: not window.commands.files.job.is_running)
    assert page.pairs.model().index(0, 1).data() == "0.00"


def test_one_person_alone_is_told_what_is_missing(tmp_path: Path, qapp: QApplication) -> None:
    del qapp
    path = tmp_path / "alone.annot"
    new_project(path, person="Ada")
    with scenes.scene(path, person="Ada") as window:
        window.modes.go("agreement")
        page = page_of(window)
        scenes.wait_for(lambda: not window.commands.files.job.is_running)
        assert page.empty.isVisible()


@pytest.fixture
def alike(tmp_path: Path, qapp: QApplication) -> Iterator[MainWindow]:
    """The page, in the smallest window, of two who gave one status only: of that no kappa can be counted."""
    del qapp
    path = tmp_path / "alike.annot"
    first, second = "Ada of the Long Name", "Bo of the Longer Name"
    new_project(path, person=first)
    with opened(path, write=True, person=first) as project, project.change("import") as change:
        put_article(change, TEXT)
    mark(path, first, ("one two", "alleged"), ("four five", "alleged"))
    mark(path, second, ("one two", "alleged"), ("five six", "alleged"))
    with scenes.scene(path, person=first, claim=0, size=(1024, 640)) as made:
        QTest.keyClick(made, Key.Key_3, CTRL)
        scenes.wait_for(lambda: page_of(made).pairs.model().rowCount() > 0 and not made.commands.files.job.is_running)
        scenes.settle()
        yield made


@pytest.mark.parametrize("which", ["pairs", "measures"])
def test_names_are_whole_beside_every_figure_in_the_smallest_window(alike: MainWindow, which: str) -> None:
    page = page_of(alike)
    table = page.pairs if which == "pairs" else page.detail.measures
    names = [cells[0].text for cells in table.rows()]
    assert table.horizontalScrollBar().maximum() == 0
    room = table.columnWidth(0) - 16
    for row, name in enumerate(names):
        needed = table.fontMetrics().boundingRect(QRect(0, 0, room, 0), Qt.TextFlag.TextWordWrap, name)
        assert needed.height() <= table.rowHeight(row), name
        assert needed.width() <= room, name
    if which == "measures":
        assert [name for name in names if "too few of these marks have a status" in name]
        plain = [table.fontMetrics().horizontalAdvance(name) for name in names if "\n" not in name]
        assert sum(one <= room for one in plain) > len(plain) // 2, "most need one line"
