"""Blind work in the window: no widget, list, popup or history says what others marked before one's pass is finished."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLabel, QPlainTextEdit, QWidget

from annotator.gui.window import MainWindow
from annotator.services import annotating, blind, commenting, linking
from annotator.services.projects import new_project, opened
from tests.gui import scenes
from tests.making import put_article

TEXT = "one two three four five six seven eight nine ten\n"
CANARY = "Sekret"
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(tmp_path: Path, qapp: QApplication) -> Iterator[MainWindow]:
    """Ada's window on a blind project in which Bo has marked, named, sourced and remarked as well."""
    del qapp
    path = tmp_path / "blind.annot"
    new_project(path, person="Ada")
    with opened(path, write=True, person="Ada") as project:
        with project.change("import") as change:
            version = put_article(change, TEXT)
        annotating.mark(project, version.id, [(0, 7)], status="alleged")
        blind.set_blind(project, blind=True)
    with opened(path, write=True, person="Bo") as project:
        theirs = annotating.mark(project, version.id, [(14, 23)], status="confirmed")
        annotating.edit_claim(project, theirs.claim_id, text=f"{CANARY} claim")
        annotating.set_speaker(project, theirs.mention_id, name=f"{CANARY} speaker")
        linking.link_new_source(project, theirs.claim_id, f"{CANARY} source", stance="refutes")
        commenting.add(project, theirs.mention_id, f"{CANARY} comment")
    with scenes.scene(path, person="Ada", claim=0) as made:
        yield made


def told(window: MainWindow) -> str:
    """Return every word that a person or a screen reader could meet in the window, hidden widgets too."""
    words: list[str] = []
    for widget in window.findChildren(QWidget):
        words += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, QLabel):
            words.append(widget.text())
        if isinstance(widget, QPlainTextEdit):
            words.append(widget.toPlainText())
        if isinstance(widget, QComboBox):
            words += [widget.itemText(row) for row in range(widget.count())]
        if isinstance(widget, QAbstractItemView) and widget.model():  # none of its own yet, in a list that is not shown
            words += in_model(widget.model())
    return "\n".join(words)


def in_model(model: QAbstractItemModel) -> list[str]:
    found: list[str] = []
    columns = model.columnCount() if isinstance(model, QAbstractTableModel) else 1
    for row in range(model.rowCount(QModelIndex())):
        for column in range(columns):
            index = model.index(row, column, QModelIndex())
            found += [str(model.data(index, role)) for role in (*range(15), *range(256, 262))]
    return found


def open_everything(window: MainWindow) -> Iterator[str]:
    """Open one after the other whatever lists or finds something; give what the window says then."""
    yield told(window)
    for action in ("find.anything", "find.project", "claim.source", "claim.speaker", "claim.relate"):
        window.commands.set[action].trigger()
        for field in (window.commands.palette.finder.field,):
            if field.isVisible():
                QTest.keyClicks(field, CANARY)
        yield told(window)
        focused = window.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Escape)
    for action in ("project.history", "comments.list"):
        window.commands.set[action].trigger()
        yield told(window)
        focused = window.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Escape)


def test_nothing_says_what_others_marked_until_the_pass_is_finished(window: MainWindow) -> None:
    assert len(window.article.rows) == 1
    for words in open_everything(window):
        # What was typed to find it stands in the field, and nowhere else.
        assert f"{CANARY} " not in words
    assert window.together.blindness.strip.isVisible()
    QTest.keyClick(window, Qt.Key.Key_2, CTRL)
    assert window.modes.annotating, "review waits"
    window.commands.set["claim.next"].trigger()
    QTest.keyClick(window, Qt.Key.Key_Return, CTRL | SHIFT)
    assert len(window.article.rows) == 2
    assert not window.together.blindness.strip.isVisible()
    assert any(f"{CANARY} claim" in words for words in open_everything(window))
    QTest.keyClick(window, Qt.Key.Key_3, CTRL)
    assert window.modes.current == "agreement"
    scenes.wait_for(lambda: not window.commands.files.job.is_running)
    window.modes.go("annotate")
    QTest.keyClick(window, Qt.Key.Key_Return, CTRL | SHIFT)
    assert len(window.article.rows) == 1, "and it is taken up again"
    for words in open_everything(window):
        assert f"{CANARY} " not in words


def test_marking_goes_on_under_the_veil(window: MainWindow) -> None:
    view = window.pane.view
    view.select_range(24, 27)
    QTest.keyClick(view, Qt.Key.Key_1)
    assert len(window.article.rows) == 2
    window.commands.set["edit.undo"].trigger()
    assert len(window.article.rows) == 1
    assert f"{CANARY} " not in told(window)


def test_the_switch_is_in_the_properties_and_takes_effect_at_once(window: MainWindow) -> None:
    window.commands.set["project.together"].trigger()
    card = window.together.rules
    assert card.blind.isChecked()
    QTest.keyClick(card.blind, Qt.Key.Key_Space)
    assert len(window.article.rows) == 2
    assert not window.together.blindness.strip.isVisible()
    QTest.keyClick(card.second["confirmed"], Qt.Key.Key_Space)
    assert [row.needs_second for row in window.article.rows] == [False, True]
    QTest.keyClick(card.blind, Qt.Key.Key_Escape)
    assert not card.is_open


def test_where_nothing_is_hidden_a_pass_is_finished_too(window: MainWindow) -> None:
    project, page = window.hub.project, window.article.page
    assert page is not None
    blind.set_blind(project, blind=False)
    assert len(window.article.rows) == 2
    for finished, told in ((True, "you found no claim"), (False, "not finished any more")):
        QTest.keyClick(window, Qt.Key.Key_Return, CTRL | SHIFT)
        assert blind.has_finished(project, page.version.id) == finished
        assert told in window.notices.toast.text()
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert blind.has_finished(project, page.version.id), "it can be undone"
