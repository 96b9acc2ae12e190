"""The small widgets: keys and clicks, names, sizes, and texts of strangers."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.icons import icon, names, paint_icon, status_icon_name
from annotator.gui.strokes import LINES, PATTERNS, paint_line, paint_pattern, paint_vertical
from annotator.gui.theme import apply_theme, available, current_theme, load_theme
from annotator.gui.widgets.chip import StatusButton, status_chip
from annotator.gui.widgets.elided import ElidedLabel
from annotator.gui.widgets.empty import EmptyHint
from annotator.gui.widgets.section import SectionHeader
from annotator.gui.widgets.segmented import StatusSegments
from annotator.gui.widgets.status_bar_strip import ShareBar, share_text, shares
from annotator.gui.widgets.toast import Toast
from annotator.model.status import ALLEGED, CONFIRMED, DISPUTED, SCHEMES

DEFAULT, EXTENDED = SCHEMES["default"], SCHEMES["extended"]
INK = QColor("#8E1045")


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, load_theme("light"))
    yield
    qapp.setStyleSheet("")


def _show(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()


def _canvas(width: int = 120, height: int = 40) -> QImage:
    made = QImage(QSize(width, height), QImage.Format.Format_RGB32)
    made.fill(QColor("white"))
    return made


def test_every_icon_draws_something_in_the_colour_asked_for() -> None:
    assert "undo" in names()
    for name in names():
        image = _canvas(32, 32)
        painter = QPainter(image)
        paint_icon(painter, name, QRectF(0, 0, 32, 32), INK)
        painter.end()
        seen = {image.pixelColor(x, y).name() for x in range(32) for y in range(32)}
        assert INK.name() in seen, name
        assert "#000000" not in seen, name
        assert not icon(name).isNull()


def test_every_status_has_a_drawing_of_its_own() -> None:
    drawn = {status_icon_name(status.icon) for status in EXTENDED}
    assert len(drawn) == len(EXTENDED)
    assert drawn <= set(names())
    assert status_icon_name("rumoured") == "status-none"


def test_every_line_style_and_pattern_looks_different_from_every_other() -> None:
    assert {status.line for status in EXTENDED} <= set(LINES)
    assert {status.pattern for status in EXTENDED} <= set(PATTERNS)
    lines: set[bytes] = set()
    patterns: set[bytes] = set()
    for style in LINES:
        image = _canvas()
        painter = QPainter(image)
        paint_line(painter, style, 2, 100, 10, INK)
        paint_vertical(painter, style, 110, 2, 38, INK)
        painter.end()
        lines.add(bytes(image.constBits()))
    for pattern in PATTERNS:
        image = _canvas()
        painter = QPainter(image)
        paint_pattern(painter, QRectF(0, 0, 60, 30), pattern, INK)
        painter.end()
        assert image.pixelColor(80, 35) == QColor("white"), pattern
        patterns.add(bytes(image.constBits()))
    assert len(lines) == len(LINES)
    assert len(patterns) == len(PATTERNS)


@pytest.mark.parametrize("style", LINES)
def test_a_line_keeps_to_its_ends_and_its_lane(style: str) -> None:
    image = _canvas()
    painter = QPainter(image)
    paint_line(painter, style, 10, 90, 20, INK, strong=True)
    painter.end()
    touched = [(x, y) for x in range(120) for y in range(40) if image.pixelColor(x, y) != QColor("white")]
    assert touched
    assert min(x for x, _y in touched) >= 8
    assert max(x for x, _y in touched) <= 92
    assert min(y for _x, y in touched) >= 15
    assert max(y for _x, y in touched) <= 25


def test_a_click_chooses_a_status_and_says_so(qtbot: QtBot) -> None:
    segments = StatusSegments(DEFAULT)
    told: list[str] = []
    segments.status_chosen.connect(told.append)
    _show(qtbot, segments)
    QTest.mouseClick(segments.buttons()[1], Qt.MouseButton.LeftButton)
    assert told == ["disputed"]
    assert segments.status() == "disputed"
    QTest.mouseClick(segments.buttons()[1], Qt.MouseButton.LeftButton)
    assert segments.status() == "disputed"  # a second click does not unchoose


def test_arrows_move_the_focus_and_only_enter_and_space_choose(qtbot: QtBot) -> None:
    segments = StatusSegments(DEFAULT)
    told: list[str] = []
    segments.status_chosen.connect(told.append)
    _show(qtbot, segments)
    segments.activateWindow()
    segments.buttons()[0].setFocus()
    qtbot.waitUntil(segments.buttons()[0].hasFocus)
    QTest.keyClick(segments.buttons()[0], Qt.Key.Key_Right)
    assert segments.buttons()[1].hasFocus()
    assert told == []
    QTest.keyClick(segments.buttons()[1], Qt.Key.Key_Return)
    QTest.keyClick(segments.buttons()[1], Qt.Key.Key_Left)
    QTest.keyClick(segments.buttons()[0], Qt.Key.Key_Space)
    QTest.keyClick(segments.buttons()[0], Qt.Key.Key_Left)
    assert segments.buttons()[2].hasFocus()
    assert told == ["disputed", "alleged"]


def test_showing_a_status_is_silent_and_an_unknown_one_shows_none(qtbot: QtBot) -> None:
    segments = StatusSegments(DEFAULT)
    qtbot.addWidget(segments)
    with qtbot.assertNotEmitted(segments.status_chosen):
        segments.set_status("confirmed")
        assert segments.status() == "confirmed"
        segments.set_status("refuted")
    assert segments.status() == ""


def test_eight_statuses_take_more_rows_in_a_narrow_panel_and_no_name_is_cut(qtbot: QtBot) -> None:
    holder = QWidget()
    column = QVBoxLayout(holder)
    segments = StatusSegments(EXTENDED)
    column.addWidget(segments)
    column.addStretch(1)
    holder.resize(360, 400)
    _show(qtbot, holder)
    qtbot.waitUntil(lambda: len({button.y() for button in segments.buttons()}) > 1)
    for button in segments.buttons():
        assert button.width() >= button.sizeHint().width()
        assert segments.rect().contains(button.geometry())


@pytest.mark.parametrize("status", EXTENDED, ids=lambda status: status.key)
def test_status_buttons_are_targets_with_names(qtbot: QtBot, status: object) -> None:
    one = next(each for each in EXTENDED if each is status)
    chip, action = status_chip(one), StatusButton(one, look="action")
    qtbot.addWidget(chip)
    qtbot.addWidget(action)
    chip.set_count(3)
    assert chip.accessibleName() == f"{one.name}, 3 claims"
    assert action.accessibleName() == f"{one.name}, key {one.shortcut}"
    assert chip.accessibleDescription() == one.definition
    for button in (chip, action):
        assert button.minimumSizeHint().height() >= 24
        assert button.minimumSizeHint().width() >= 24


def test_a_chip_is_switched_by_click_and_by_key(qtbot: QtBot) -> None:
    chip = status_chip(ALLEGED)
    _show(qtbot, chip)
    assert chip.isChecked()
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert not chip.isChecked()
    QTest.keyClick(chip, Qt.Key.Key_Return)
    assert chip.isChecked()


@pytest.mark.parametrize("name", available())
def test_focus_can_be_seen_in_every_theme(qapp: QApplication, qtbot: QtBot, name: str) -> None:
    apply_theme(qapp, load_theme(name))
    button = StatusButton(DISPUTED, look="segment")
    other = StatusButton(CONFIRMED, look="segment")
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.addWidget(button)
    column.addWidget(other)
    _show(qtbot, holder)
    holder.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    before = button.grab().toImage()
    button.setFocus()
    after = button.grab().toImage()
    assert before != after
    middle = QPoint(after.width() // 2, 1)
    assert after.pixelColor(middle) == current_theme().colour("focus")


def test_a_stranger_s_text_stays_plain_and_whole(qtbot: QtBot) -> None:
    label = ElidedLabel("<b>bold</b> & a title\nthat goes on and on")
    label.resize(60, 20)
    _show(qtbot, label)
    assert label.is_cut()
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.accessibleName() == "<b>bold</b> & a title that goes on and on"
    assert label.toolTip().startswith("<p>&lt;b&gt;bold")
    label.resize(900, 20)
    assert label.toolTip() == ""


def test_the_key_of_a_section_can_be_clicked(qtbot: QtBot) -> None:
    header = SectionHeader("Speaker", of="claim.speaker", action="Choose the speaker")
    _show(qtbot, header)
    key = header.key_button()
    assert key is not None
    assert key.accessibleName() == "Choose the speaker, key S"
    assert min(key.width(), key.height()) >= 24
    with qtbot.waitSignal(header.key_clicked):
        QTest.mouseClick(key, Qt.MouseButton.LeftButton)


def test_shares_fill_the_bar_in_the_scheme_s_order() -> None:
    counts = {"confirmed": 2, "alleged": 1, "disputed": 1, "rumoured": 5}
    pieces = shares(counts, DEFAULT)
    assert [(piece.status.key, piece.start, piece.end) for piece in pieces] == [
        ("alleged", 0.0, 0.25),
        ("disputed", 0.25, 0.5),
        ("confirmed", 0.5, 1.0),
    ]
    assert share_text(counts, DEFAULT) == "Alleged 1, Disputed 1, Confirmed 2"
    assert shares({}, DEFAULT) == []
    assert share_text({}, DEFAULT) == "not started"


def test_a_bar_shows_each_status_s_colour(qtbot: QtBot) -> None:
    bar = ShareBar()
    bar.resize(200, 5)
    bar.show_counts({"alleged": 1, "disputed": 1}, DEFAULT)
    _show(qtbot, bar)
    image = bar.grab().toImage()
    assert image.pixelColor(50, 2) == current_theme().status_colour("alleged")
    assert image.pixelColor(150, 2) == current_theme().status_colour("disputed")


def test_a_notice_offers_its_action_and_goes(qtbot: QtBot) -> None:
    window = QWidget()
    window.resize(600, 400)
    toast = Toast(window)
    _show(qtbot, window)
    toast.tell("<i>Marked</i> as disputed", action="Undo")
    assert toast.isVisible()
    assert toast.accessibleName() == "<i>Marked</i> as disputed"
    assert window.rect().contains(toast.geometry())
    window.resize(400, 300)
    assert window.rect().contains(toast.geometry())
    with qtbot.waitSignal(toast.action_chosen):
        QTest.mouseClick(toast.action_button(), Qt.MouseButton.LeftButton)
    assert not toast.isVisible()
    toast.tell("Saved")
    assert not toast.action_button().isVisible()
    QTest.mouseClick(toast.close_button(), Qt.MouseButton.LeftButton)
    assert not toast.isVisible()


def test_an_empty_hint_says_what_goes_there_and_begins_it(qapp: QApplication, qtbot: QtBot) -> None:
    hint = EmptyHint("source", "No sources yet", "Paste an address.", action="Add a source", of="claim.source")
    _show(qtbot, hint)
    assert hint.accessibleName() == "No sources yet Paste an address."
    apply_theme(qapp, load_theme("dark"))  # its icon follows
    button = next(child for child in hint.findChildren(QPushButton))
    with qtbot.waitSignal(hint.action_chosen):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
