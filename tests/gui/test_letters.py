"""Letters for names: while a mark is undecided, no screen tells whose it is, neither to eyes nor to a screen reader.

A project of three: Imani and Mateo marked two articles, wrote comments and linked sources; Reva reviews, and has marked
something too. With letters on, every screen is walked for the names: texts, tips, rows of lists and tables, and the
accessibility tree. When all is decided the same walk finds them.
"""

import html
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QTextEdit, QWidget

from annotator import settings
from annotator.__main__ import main
from annotator.gui import notices
from annotator.gui.agreement.page import AgreementPage
from annotator.gui.agreement.tables import Opened
from annotator.gui.inspector.wording import initials
from annotator.gui.review.page import ReviewPage
from annotator.gui.window import MainWindow
from annotator.model.ids import ArticleId, derived_id
from annotator.model.records import (
    Article,
    Mention,
    Source,
    TextVersion,
    version_id,
)
from annotator.services import annotating, commenting, deciding, review_cards, reviewing
from annotator.services.deciding import Why
from annotator.services.projects import opened
from tests.gui import scenes
from tests.gui.article_view.conftest import point_at
from tests.gui.review import desks
from tests.gui.test_pseudo_locale import shown_texts

NAMES = desks.PEOPLE[:2]
OTHER = "The bridge\n\nThe bridge was safe, the mayor said. It opens on Monday."

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("letters") / "riverton.annot"
    desks.make_review_project(path)
    _put_second_article(path)
    with opened(path, write=True, person=NAMES[0]) as project:
        own = [one for one in project.all(Mention) if one.annotator_id == project.annotator_id]
        other = next(one for one in project.all(Mention) if one.annotator_id != project.annotator_id)
        assessments, evidence = project.assessments_of([own[1].claim_id]), project.evidence_of([own[0].claim_id])
        marks = (own[0].id, own[1].claim_id, other.id, assessments[0].id, evidence[0].id)
        for target in (*marks, own[0].article_id, project.all(Source)[0].id):
            commenting.add(project, target, f"About {target[:4]}")
        annotating.assess(project, own[3].claim_id, "alleged")
    with opened(path, write=True, person=NAMES[1]) as project:
        for thread in commenting.all_threads(project)[:3]:
            commenting.reply(project, thread.id, "Is that so?")
    return path


def _put_second_article(path: Path) -> None:
    with opened(path, write=True, person=desks.REVIEWER) as project, project.change("import") as change:
        article = Article(ArticleId(derived_id("bridge")), publisher="The Bridge", language="en")
        sha = change.put_text(OTHER)
        change.put(article)
        change.put(TextVersion(version_id(article.id, sha), article.id, sha, title="The bridge"))
    for person, words, status in (
        (NAMES[0], "The bridge was safe", "alleged"),
        (desks.REVIEWER, "The bridge was safe, the mayor", "disputed"),
    ):
        with opened(path, write=True, person=person) as project:
            version = next(one for one in project.all(TextVersion) if one.title == "The bridge")
            start = OTHER.index(words)
            annotating.mark(project, version.id, [(start, start + len(words))], status=status)


@pytest.fixture
def letters_on() -> None:
    settings.change(review_aliases=True)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is announced, as it comes."""
    heard: list[str] = []

    def announce(_widget: QWidget, text: str, *, at_once: bool = False) -> None:
        del at_once
        heard.append(text)

    monkeypatch.setattr(notices, "announce", announce)
    return heard


# What is looked at


def texts(window: MainWindow) -> Iterator[str]:
    """Yield every text that the window shows or tells: widgets, their tips, rows of views, the accessibility tree."""
    yield window.windowTitle()
    for whose, text in shown_texts(window):
        yield f"{whose}: {text}"
    for view in window.findChildren(QAbstractItemView):
        model = cast("QAbstractItemModel | None", view.model())
        if view.isVisible() and model is not None:
            yield from _cells(type(view).__name__, model)
    for box in window.findChildren(QComboBox):
        if box.isVisible():
            yield from (f"choice of {box.accessibleName()}: {box.itemText(at)}" for at in range(box.count()))
    for edit in window.findChildren(QTextEdit):
        if edit.isVisible():
            yield edit.accessibleDescription()
    yield from _spoken(QAccessible.queryAccessibleInterface(window))


def _cells(whose: str, model: QAbstractItemModel) -> Iterator[str]:
    roles = (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.AccessibleDescriptionRole,
    )
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for row in range(model.rowCount()):
        for column in range(columns):
            yield from (f"{whose}: {model.index(row, column).data(role) or ''}" for role in roles)
    for orientation in (Qt.Orientation.Horizontal, Qt.Orientation.Vertical):
        count = columns if orientation == Qt.Orientation.Horizontal else model.rowCount()
        yield from (f"head of {whose}: {model.headerData(at, orientation) or ''}" for at in range(count))


def _spoken(one: QAccessibleInterface) -> Iterator[str]:
    for kind in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value):
        yield f"{one.role().name}: {one.text(kind)}"
    for number in range(one.childCount()):
        child = cast("QAccessibleInterface | None", one.child(number))
        if child is not None and child.isValid() and not cast("Any", child.state()).invisible:
            yield from _spoken(child)


def told_of(window: MainWindow, names: tuple[str, ...] = NAMES) -> set[str]:
    """Return the texts in which a part of a name stands, or its initials."""
    scenes.settle()
    parts = [part for name in names for part in (*name.split(), initials(name))]
    told = re.compile("|".join(rf"\b{part}\b" for part in parts))
    return {one for one in map(html.unescape, texts(window)) if told.search(one)}


# The screens: each goes somewhere and yields where it stands, several times where there is more to see


def inspector(window: MainWindow) -> Iterator[str]:
    for article in range(2):
        window.articles.choose_next(1 if article else -1)
        scenes.settle()
        for row in window.article.rows:
            window.article.activate(row.mention_id)
            scenes.settle()
            for button in window.inspector.findChildren(QWidget):
                if button.accessibleName().startswith(("Supports", "Refutes")) and button.isVisible():
                    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            yield f"inspector of {row.text}"


def hover_card(window: MainWindow) -> Iterator[str]:
    view = window.pane.view
    for row in window.article.rows:
        window.article.activate(row.mention_id)
        scenes.settle()
        port, at = view.viewport(), point_at(view, row.spans[0][0] + 2)
        QTest.mouseMove(port, at)
        QApplication.sendEvent(port, QHelpEvent(QEvent.Type.ToolTip, at, port.mapToGlobal(at)))
        assert window.pane.hover_card.isVisible()
        yield f"hover card of {row.text}"


def history(window: MainWindow) -> Iterator[str]:
    window.commands.set["project.history"].trigger()
    card = window.commands.history
    for person in range(card.people.count()):
        card.people.setCurrentIndex(person)
        for row in range(card.model.rowCount()):
            card.list.setCurrentIndex(card.model.index(row, 0))
            yield f"history of {card.people.currentText()}, {row}"
    card.card.close_card()


def comments(window: MainWindow) -> Iterator[str]:
    window.commands.set["comments.list"].trigger()
    card = window.together.comments
    card.which.setCurrentIndex(2)
    assert card.table.rowCount() > 5
    for row in range(card.table.rowCount()):
        card.table.selectRow(row)
        yield f"comments, {row}"
    for row in range(card.table.rowCount()):
        window.commands.set["comments.list"].trigger()
        card.table.selectRow(row)
        card.go_there()
        yield f"where comment {row} leads"
    card.overlay.close_card()


def source_page(window: MainWindow) -> Iterator[str]:
    for source in window.hub.project.sources():
        window.commands.sources.open_page(source.id)
        yield f"page of {source.title}"
        window.commands.sources.page.card.close_card()


def palette(window: MainWindow) -> Iterator[str]:
    window.commands.set["find.anything"].trigger()
    for words in ("lead", "bridge", "a"):
        field = QApplication.focusWidget()
        assert field is not None
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(field, words)
        yield f"palette for {words}"
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)


def facets(window: MainWindow) -> Iterator[str]:
    window.articles.narrow_by()
    chips = window.articles.facets.chips
    scenes.wait_for(lambda: any(key == "annotator" for key, _value in window.articles.facets.chips))
    yield "facets"
    for (key, _value), chip in list(chips.items()):
        if key == "annotator":
            chip.click()
            yield "narrowed by an annotator"
            chip.click()


def review(window: MainWindow) -> Iterator[str]:
    window.modes.go("review")
    scenes.settle()
    page = window.modes.page("review")
    assert isinstance(page, ReviewPage)
    for tab in range(4):
        page.tabs.setCurrentIndex(tab)
        yield f"review, part {tab}"
    page.tabs.setCurrentIndex(0)
    for item in list(page.items):
        page.queue_panel.choose(item)
        yield f"card of {page.words_of(item)}"
    for step in ("ask", "edit", "reject", "unanimous"):
        window.commands.set[f"review.{step}"].trigger()
        yield f"review, {step}"
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    window.modes.go("annotate")


def agreement(window: MainWindow) -> Iterator[str]:
    window.modes.go("agreement")
    page = window.modes.page("agreement")
    assert isinstance(page, AgreementPage)
    scenes.wait_for(lambda: not window.commands.files.job.is_running and page.pairs.model().rowCount() > 0)
    for row in range(page.pairs.model().rowCount()):
        page.pairs.selectRow(row)
        for view in page.detail.views.buttons():
            view.click()
            yield f"agreement, {row}, {view.text()}"
        page.detail.measures.opened.emit(Opened("x", "span_f1_exact", "all"))
        yield f"behind a figure, {row}"
        page.behind.left.emit()
    window.modes.go("annotate")


SCREENS: tuple[Callable[[MainWindow], Iterator[str]], ...] = (
    inspector,
    hover_card,
    history,
    comments,
    source_page,
    palette,
    facets,
    review,
    agreement,
)


def walked(window: MainWindow, screen: Callable[[MainWindow], Iterator[str]]) -> dict[str, set[str]]:
    """Return where the names are told of, by the place."""
    return {place: found for place in screen(window) if (found := told_of(window))}


@pytest.mark.usefixtures("letters_on")
@pytest.mark.parametrize("screen", SCREENS, ids=lambda one: one.__name__)
def test_no_screen_tells_whose_an_undecided_mark_is(
    screen: Callable[[MainWindow], Iterator[str]], project: Path, said: list[str]
) -> None:
    with scenes.scene(project, size=(1600, 900), person=desks.REVIEWER, claim=0) as window:
        found = walked(window, screen)
        assert found == {}, "\n".join(f"{place}: {sorted(texts)}" for place, texts in found.items())
        assert [one for one in said if any(name in one for name in NAMES)] == []


@pytest.mark.usefixtures("letters_on")
def test_what_is_decided_says_whose_it_was_on_every_screen(project: Path, tmp_path: Path) -> None:
    path = tmp_path / "decided.annot"
    shutil.copy(project, path)
    with opened(path, write=True, person=desks.REVIEWER) as changed:
        for item in reviewing.build(changed).items:
            deciding.reject(changed, review_cards.card_of(changed, item), why=Why("no claim"))
    with scenes.scene(path, size=(1600, 900), person=desks.REVIEWER, claim=0) as window:
        silent = [screen.__name__ for screen in SCREENS if not walked(window, screen)]
        assert silent == []


@pytest.mark.usefixtures("letters_on")
def test_ones_own_name_stays(project: Path) -> None:
    with scenes.scene(project, size=(1600, 900), person=NAMES[0], claim=0) as window:
        for screen in (inspector, history, comments, agreement):
            found = set[str]().union(*walked(window, screen).values())
            assert any(NAMES[0] in one for one in found), screen.__name__
            assert not any(NAMES[1] in one for one in found), screen.__name__


def test_a_key_in_the_review_makes_names_letters_in_the_article_too_the_same_as_on_the_card(project: Path) -> None:
    with scenes.scene(project, size=(1600, 900), person=desks.REVIEWER, claim=0) as window:
        row = window.article.rows[0]
        assert told_of(window, NAMES)
        window.modes.go("review")
        page = window.modes.page("review")
        assert isinstance(page, ReviewPage)
        page.queue_panel.list.setFocus()
        desks.press(Qt.Key.Key_N)
        page.show_mark(row.mention_id)
        assert page.card.card is not None
        letter = next(one.name for one in page.card.card.people if one.id == row.annotator_id)
        assert len(letter) == 1
        window.modes.go("annotate")
        assert told_of(window) == set()
        assert window.inspector.detail is not None
        assert window.inspector.detail.annotator == letter
        window.modes.go("review")
        page.queue_panel.list.setFocus()
        desks.press(Qt.Key.Key_N)
        window.modes.go("annotate")
        assert told_of(window, NAMES)


@pytest.mark.usefixtures("letters_on")
def test_history_on_the_command_line_and_exports_have_names(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dataset = tmp_path / "data.jsonl"
    for words in (["history", str(project)], ["agreement", str(project)], ["export", str(project), "-o", str(dataset)]):
        assert main([*words, *(["-f", "jsonl"] if words[0] == "export" else [])]) == 0
        told = capsys.readouterr().out + (dataset.read_text() if dataset.exists() else "")
        assert all(name in told for name in NAMES), words
