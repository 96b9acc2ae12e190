"""Every state of the window as a screen reader and a keyboard meet it: names, plain text, targets, order, news."""

import re
from pathlib import Path
from typing import Any, NamedTuple, cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget

from annotator.gui import notices
from annotator.gui.popups.overlay import Overlay
from tests.gui import scenes
from tests.gui.states import STATES, Scene, article, evidence_open, first_start, import_sheet, name_of, nothing_in_it

LEAST_TARGET = 24
"""Pixels either way: WCAG 2.2, success criterion 2.5.8."""

ESCAPED_TIP = re.compile(r"<p>[^<]*</p>")
"""What `plain_tip` makes of any text."""

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("access") / "lanner.annot"
    scenes.make_project(path)
    return path


class Spoken(NamedTuple):
    """What a screen reader is told of one thing that can be used; not the interface itself, which dies with it."""

    role: str
    name: str
    kind: str
    within: str


def spoken(root: QAccessibleInterface, within: str = "") -> list[Spoken]:
    """Return everything under an interface that can be used."""
    kind = type(root.object()).__name__
    found = [Spoken(root.role().name, root.text(QAccessible.Text.Name), kind, within)] if _can_be_used(root) else []
    for number in range(root.childCount()):
        child = cast("QAccessibleInterface | None", root.child(number))
        if child is not None and child.isValid():
            found += spoken(child, kind)
    return found


def _can_be_used(one: QAccessibleInterface) -> bool:
    state, actions = cast("Any", one.state()), cast("Any", one.actionInterface())  # the stubs say less than there is
    return not state.invisible and bool(state.focusable or (actions is not None and actions.actionNames()))


def describe(widget: QWidget) -> str:
    name = widget.accessibleName() or widget.objectName()
    return f"{type(widget).__name__} “{name}” of {type(widget.parent()).__name__}"


@pytest.mark.parametrize("state", STATES, ids=name_of)
def test_whatever_can_be_used_has_a_name_and_shows_plain_text(state: Scene, project: Path) -> None:
    with state(project) as window:
        scenes.settle()
        used = spoken(QAccessible.queryAccessibleInterface(window))
        assert len(used) > 5
        assert [one for one in used if not one.name.strip()] == []
        widgets = [one for one in window.findChildren(QWidget) if one.isVisible()]
        focused = [describe(one) for one in widgets if one.focusPolicy() & Qt.FocusPolicy.TabFocus and not _named(one)]
        assert focused == []
        rich = [
            f"{describe(one)}: {one.text()}"
            for one in window.findChildren(QLabel)
            if one.text() and one.textFormat() != Qt.TextFormat.PlainText
        ]
        assert rich == []
        tips = [one.toolTip() for one in window.findChildren(QWidget)]
        assert [tip for tip in tips if "<" in tip and not ESCAPED_TIP.fullmatch(tip)] == []


def _named(widget: QWidget) -> bool:
    """Whether a widget has a name by itself: a combo box tells a screen reader its value in place of it."""
    if widget.accessibleName() or widget.objectName().startswith("qt_"):
        return True
    return isinstance(widget, QAbstractButton) and bool(widget.text())


@pytest.mark.parametrize("state", STATES, ids=name_of)
def test_targets_are_large_enough(state: Scene, project: Path) -> None:
    with state(project) as window:
        scenes.settle()
        targets = [
            one
            for kind in (QAbstractButton, QLineEdit, QComboBox)
            for one in window.findChildren(kind)
            if one.isVisible() and one.isEnabled()
        ]
        small = [
            f"{describe(one)}: {one.width()} x {one.height()}"
            for one in targets
            if min(one.width(), one.height()) < LEAST_TARGET
        ]
        assert small == []
        bar = window.menuBar()
        assert min(bar.actionGeometry(action).height() for action in bar.actions()) >= LEAST_TARGET


@pytest.mark.parametrize("state", [first_start, nothing_in_it, article, evidence_open, import_sheet], ids=name_of)
@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_tab_goes_round_and_passes_every_field(state: Scene, key: Qt.Key, project: Path) -> None:
    with state(project) as window:
        passed: list[QWidget] = []
        while (here := QApplication.focusWidget()) is not None and here not in passed:
            passed.append(here)
            QTest.keyClick(here, key)
        sheet = window.commands.files.imports.sheet if state is import_sheet else None
        stops = [one for one in (sheet or window).findChildren(QWidget) if _is_stop(one)]
        assert [describe(one) for one in stops if one not in passed] == []


def test_tab_goes_through_the_top_bar_as_one_reads_it(project: Path) -> None:
    with scenes.scene(project) as window:
        passed: list[QWidget] = []
        while (here := QApplication.focusWidget()) is not None and here not in passed:
            passed.append(here)
            QTest.keyClick(here, Qt.Key.Key_Tab)
        places = [number for number, one in enumerate(passed) if window.top.isAncestorOf(one)]
        across = [passed[number].mapTo(window, QPoint()).x() for number in places]
        assert places == list(range(places[0], places[0] + len(places)))
        assert len(places) > 5
        assert across == sorted(across)


def test_tab_comes_to_the_chips_of_statuses_before_the_claims_below_them(project: Path) -> None:
    with scenes.scene(project) as window:
        panel, passed = window.claims, list[QWidget]()
        panel.chips[0].setFocus()
        while (here := QApplication.focusWidget()) is not None and here not in passed:
            passed.append(here)
            QTest.keyClick(here, Qt.Key.Key_Tab)
        at = passed.index(panel.list)
        assert passed[:at] == [*panel.chips]
        assert window.inspector.isAncestorOf(passed[at + 1])
        assert passed.index(panel.chips[0]) == 0


CARDS = [
    state
    for state in STATES
    if name_of(state).startswith(("settings_", "project_")) or name_of(state) in {"claim_again", "shortcuts"}
]


@pytest.mark.parametrize("state", CARDS, ids=name_of)
def test_tab_goes_round_inside_a_card_and_passes_everything_in_it(state: Scene, project: Path) -> None:
    with state(project) as window:
        card = next(one for one in window.findChildren(Overlay) if one.isVisible())
        passed: list[QWidget] = []
        while (here := QApplication.focusWidget()) is not None and here not in passed:
            assert card.isAncestorOf(here)
            passed.append(here)
            QTest.keyClick(here, Qt.Key.Key_Tab)
        stops = [one for one in card.findChildren(QWidget) if _is_stop(one)]
        assert [describe(one) for one in stops if one not in passed] == []


def _is_stop(widget: QWidget) -> bool:
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


def test_f6_goes_from_pane_to_pane_and_back(project: Path) -> None:
    with scenes.scene(project) as window:
        panes: list[QWidget] = [window.pane.view, window.claims.list, window.inspector, window.articles.list]
        for pane in (*panes[1:], panes[0]):
            QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F6)
            assert _holds_focus(pane)
        for pane in reversed(panes):
            QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
            assert _holds_focus(pane)


def _holds_focus(pane: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and (focused is pane or pane.isAncestorOf(focused))


def test_what_is_done_is_announced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    def announce(widget: QWidget, text: str, *, at_once: bool = False) -> None:
        assert widget.isVisible()
        assert not at_once
        said.append(text)

    monkeypatch.setattr(notices, "announce", announce)
    path = tmp_path / "lanner.annot"
    scenes.make_project(path)
    with scenes.scene(path) as window:

        def press(key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> str:
            """Press a key where the focus is; return what is announced for it, once."""
            said.clear()
            held = Qt.KeyboardModifier.NoModifier
            for modifier in modifiers:
                held |= modifier
            QTest.keyClick(QApplication.focusWidget() or window, key, held)
            assert len(said) <= 1
            return said[0] if said else ""

        scenes.select(window, "watched the water climb")
        assert press(Qt.Key.Key_2) == "Marked as disputed"
        assert press(Qt.Key.Key_1) == "Assessed as alleged"
        assert press(Qt.Key.Key_S) == ""
        QTest.keyClicks(QApplication.focusWidget() or window, "odile")
        assert press(Qt.Key.Key_Return) == "Speaker: Odile Farrant"
        assert press(Qt.Key.Key_L) == ""
        QTest.keyClicks(QApplication.focusWidget() or window, "gate log")
        told = press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        assert "Gate log of the Lanner dam" in told
        assert "refutes" in told.lower()
        assert window.pane.view.hasFocus()
        moved = press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
        assert moved == "Boundary moved: watched the water climb four"
        assert press(Qt.Key.Key_Delete) == "Removed"
        assert press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier).startswith("Undone: ")
        assert press(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier).startswith("Done again: ")
        assert press(Qt.Key.Key_J) != ""
