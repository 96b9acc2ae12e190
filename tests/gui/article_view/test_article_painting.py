"""What is on the screen: tints and lines where the words are and nowhere else, the same after a change as afresh."""

import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QObject, QPointF, QRect
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui.article_view import typography
from annotator.gui.article_view.gutter import number_place
from annotator.gui.article_view.page import Mark, Page
from annotator.gui.article_view.sheet import Sheet
from annotator.gui.article_view.view import ArticleView
from annotator.gui.theme import load_theme
from annotator.model.utf16 import Utf16Map
from annotator.model.zones import KINDS, numbered
from tests.gui.article_view.conftest import Show, mark, place

TEXT = (
    "Riverton replaces its pipes\n"
    "Officials said on Tuesday that the city had replaced 4,200 lead service lines since 2021 and that no household "
    "now receives water above the action level.\nقالت المتحدثة إن Riverton Water أنفقت 11.2 مليون.\nThe end."
)


def picture(view: ArticleView) -> QImage:
    return view.viewport().grab().toImage()


def colour_at(view: ArticleView, code_point: int, below_baseline: float) -> QColor:
    """Return the colour in the middle of a letter, some pixels below (or above) its baseline."""
    canvas = view.canvas
    one, after = canvas.rect_at(code_point), canvas.rect_at(code_point + 1)
    (seen,) = [piece for piece in canvas.seen(one) if piece.block.contains(canvas.places.to_utf16(code_point))]
    line = seen.block.layout().lineForTextPosition(canvas.places.to_utf16(code_point) - seen.block.position())
    y = seen.origin.y() + line.y() + line.ascent() + below_baseline
    return picture(view).pixelColor(round((one.left() + after.left()) / 2), round(y))


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_tint_lies_under_the_words_and_nowhere_else(show: Show, name: str) -> None:
    view = show(TEXT, mark(TEXT, "the city had replaced 4,200", "confirmed"))
    theme = load_theme(name)
    view.set_theme(theme)
    inside = place(TEXT, "city had")[0] + 4
    for outside in (TEXT.index(" said"), place(TEXT, "4,200 ")[1] - 1, TEXT.index(" end.")):
        assert colour_at(view, outside, -4) == theme.colour("paper")
    tint, paper = theme.tint("confirmed", "plain"), theme.colour("paper")
    found = colour_at(view, inside, -4)
    for channel in ("red", "green", "blue"):
        one, two, got = (getattr(colour, channel)() for colour in (tint, paper, found))
        assert abs(one * tint.alphaF() + two * (1 - tint.alphaF()) - got) <= 2
    view.set_active("m")
    assert colour_at(view, inside, -4) != found


def test_the_line_stands_under_the_words_in_its_lane(show: Show) -> None:
    long, short = "said on Tuesday that the city", "Tuesday that"
    view = show(TEXT, mark(TEXT, long, "confirmed", "a"), mark(TEXT, short, "confirmed", "b"))
    theme, sizes = load_theme("light"), view.canvas.look.sizes
    blue = theme.status_colour("confirmed")
    both, one, none = TEXT.index(" that the"), TEXT.index(" Tuesday"), TEXT.index(" said")
    first, second = sizes.first_lane, sizes.first_lane + sizes.lane_gap
    assert [_is(colour_at(view, at, first), blue) for at in (both, one, none)] == [True, True, False]
    assert [_is(colour_at(view, at, second), blue) for at in (both, one, none)] == [True, False, False]


def _is(one: QColor, other: QColor) -> bool:
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return all(abs(a - b) < 12 for a, b in pairs)


def test_more_than_three_lanes_are_counted_at_the_end_of_the_line(show: Show) -> None:
    words = ["said on Tuesday that the city", "on Tuesday that the", "Tuesday that the", "Tuesday that", "Tuesday"]
    marks = [mark(TEXT, one, "confirmed", f"m{i}") for i, one in enumerate(words)]
    view = show(TEXT, *marks[:3])
    right = round(view.canvas.look.sizes.gutter + view.canvas.column)
    before = picture(view).copy(right, 0, 60, 200)
    view.update_marks(marks[3:])
    after = picture(view).copy(right, 0, 60, 200)
    assert before != after


@pytest.mark.parametrize("more", [1, 2])
def test_the_count_is_that_of_the_marks_whose_lines_are_hidden(show: Show, more: int) -> None:
    words = ["said on Tuesday that the city", "on Tuesday that the", "Tuesday that the", "Tuesday that", "Tuesday"]
    marks = [mark(TEXT, one, "confirmed", f"m{i}") for i, one in enumerate(words)]
    view = show(TEXT, *marks[:3])
    expected = picture(view)
    view.update_marks(marks[3 : 3 + more])
    painted, look = picture(view), view.canvas.look
    (baseline,) = {one.stretch.baseline for one in view.canvas.overlay.pieces if one.lane > 2}
    right = look.sizes.gutter + view.canvas.column
    painter = QPainter(expected)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(look.sizes.number)
    painter.setPen(look.theme.colour("ink2"))
    painter.drawText(QPointF(right + 6, baseline), f"+{more}")
    painter.end()
    place = QRect(round(right) + 2, round(baseline) - 20, 60, 28)
    assert painted.copy(place) == expected.copy(place)


def test_speaker_and_reporting_words_have_a_dotted_line_of_their_own_colour(show: Show) -> None:
    one = Mark(
        "m", (place(TEXT, "the city had replaced"),), "confirmed", (place(TEXT, "said"),), (place(TEXT, "Officials"),)
    )
    view, bare = show(TEXT, one), show(TEXT, mark(TEXT, "the city had replaced", "confirmed"))
    theme = load_theme("light")
    for words in ("Officials", "said"):
        start, end = place(TEXT, words)
        first, last = view.canvas.rect_at(start), view.canvas.rect_at(end)
        under = QRect(first.left() - 1, first.center().y(), last.left() - first.left() + 2, first.height())
        assert picture(view).copy(under) != picture(bare).copy(under)
        whole = picture(view)
        colours = [
            whole.pixelColor(x, y)
            for x in range(under.left(), under.right())
            for y in range(under.top(), under.bottom())
        ]
        assert any(_is(colour, theme.colour("speaker")) for colour in colours), words


WORDS = [TEXT[a:b] for a, b in ((28, 60), (40, 52), (45, 120), (100, 180), (150, 210), (200, 240), (0, 27), (205, 220))]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 7), st.sampled_from(["alleged", "disputed", "confirmed", ""])), max_size=8))
def test_changes_repaint_what_a_fresh_view_would_paint(
    show: Show, qtbot: QtBot, changes: list[tuple[int, str]]
) -> None:
    view = show(TEXT)
    view.setCursorWidth(0)
    wanted: dict[str, Mark] = {}
    for number, status in changes:
        before, repainted = picture(view), Repainted(view)
        mark_id = f"m{number}"
        if status:
            wanted[mark_id] = mark(TEXT, WORDS[number], status, mark_id)
            view.update_marks([wanted[mark_id]])
        else:
            wanted.pop(mark_id, None)
            view.update_marks([], [mark_id])
        view.set_active(mark_id)
        after = repainted.undisturbed()
        qtbot.waitUntil(lambda before=before, repainted=repainted, after=after: repainted.over(before) == after)
        view.viewport().removeEventFilter(repainted)
    view.set_active("")
    fresh = show(TEXT, *wanted.values())
    fresh.setCursorWidth(0)
    assert picture(fresh) == picture(view)


class Repainted(QObject):
    """Gathers which part of a view has been repainted since."""

    def __init__(self, view: ArticleView) -> None:
        super().__init__()
        self._view = view
        self._region = QRegion()
        self._listening = True
        view.viewport().installEventFilter(self)

    def eventFilter(  # noqa: N802 - Qt's name
        self, watched: QObject, event: QEvent
    ) -> bool:
        if self._listening and isinstance(event, QPaintEvent) and watched is self._view.viewport():
            self._region = self._region.united(event.region())
        return False

    def over(self, before: QImage) -> QImage:
        """Return the picture that was on the screen, with the repainted part painted over it."""
        screen = QImage(before)
        if not self._region.isEmpty():
            self._listening = False
            self._view.viewport().render(screen, self._region.boundingRect().topLeft(), self._region)
            self._listening = True
        return screen

    def undisturbed(self) -> QImage:
        """Return a picture whose painting does not count."""
        self._listening = False
        found = picture(self._view)
        self._listening = True
        return found


def test_a_mark_that_cannot_be_painted_is_reported_once_and_the_text_stays(
    show: Show, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = show(TEXT)
    before = picture(view)

    def broken(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(view.canvas.overlay, "plan", broken)
    with caplog.at_level(logging.ERROR):
        for _ in range(5):
            view.grab()
    assert len(caplog.records) == 1
    monkeypatch.undo()
    view.show_page(Page("v1", TEXT))
    assert picture(view) == before


def test_the_title_is_painted_only_where_the_text_has_none(show: Show) -> None:
    own = show(TEXT, zones=(("headline", 0, 27),), title="Riverton replaces its pipes")
    none = show(TEXT[28:], title="Riverton replaces its pipes")
    assert own.canvas.sheet.title_height == 0
    assert none.canvas.sheet.title_height > 20
    assert none.canvas.rect_at(0).top() > own.canvas.rect_at(0).top()


def test_paragraphs_of_the_body_are_numbered(show: Show) -> None:
    view = show("Head\n\nOne.\nTwo.\nRead more", zones=(("headline", 0, 4), ("boilerplate", 16, 25)))
    assert view.canvas.sheet.numbers == {2: 1, 3: 2}


@pytest.mark.parametrize("zoom", [70, 100, 250])
def test_a_number_of_many_digits_is_not_cut(qapp: QApplication, zoom: int) -> None:
    del qapp
    sizes = typography.at_zoom(zoom)
    for number in (1, 10, 100, 888, 8888, 88888):
        font, right = number_place(sizes, number)
        assert QFontMetricsF(font).horizontalAdvance(str(number)) <= right
        assert right < sizes.gutter


@given(st.text("ab\n 👀", max_size=30), st.data())
def test_the_gutter_numbers_what_is_told_beside_a_claim(qapp: QApplication, text: str, data: st.DataObject) -> None:
    del qapp
    places = st.integers(0, len(text))
    zones = tuple(data.draw(st.lists(st.tuples(st.sampled_from(KINDS), places, places), max_size=3)))
    sheet = Sheet(Page("v1", text, zones=zones), Utf16Map(text), typography.at_zoom(100), load_theme("light"))
    assert [sheet.places.block_range(index) for index in sheet.numbers] == numbered(text, zones)
    assert list(sheet.numbers.values()) == list(range(1, len(sheet.numbers) + 1))


def test_a_column_that_fits_is_not_laid_out_anew_by_another_window_size(show: Show) -> None:
    view = show(TEXT)
    width = view.viewport().width()
    view.resize(1200, 800)
    assert view.viewport().width() == width
    left = view.viewport().x()
    assert abs(left - (view.overview.x() - left - width)) <= 2
    view.resize(420, 700)
    assert view.viewport().width() < width
    assert view.viewport().width() <= 420
    view.grab()


def test_the_caret_is_seen_while_the_text_has_the_focus(show: Show, qtbot: QtBot) -> None:
    view = show(TEXT)
    qtbot.waitUntil(view.hasFocus)
    view.setTextCursor(view.canvas.cursor(TEXT.index("that the")))
    caret = view.canvas.rect_at(TEXT.index("that the"))
    with_caret = picture(view).copy(caret)
    view.setCursorWidth(0)
    assert picture(view).copy(caret) != with_caret


def test_a_thin_line_in_the_gutter_joins_the_parts_of_a_mark(show: Show) -> None:
    text = f"First words here {'and some others that say nothing of it ' * 12}last words there."
    spans = (place(text, "First words"), place(text, "last words"))
    view = show(text, Mark("m", spans, "disputed"))
    canvas, paper = view.canvas, load_theme("light").colour("paper")
    (strip,) = canvas.gutter.strips(view.document().begin(), canvas.marks, canvas.places)
    middle = canvas.rect_at(len(text) // 2).center().y()
    assert canvas.rect_at(3).bottom() < middle < canvas.rect_at(text.index("last")).top()
    whole, x = picture(view), round(canvas.gutter.x_of(strip.slot))
    assert {whole.pixelColor(x + beside, middle).name() for beside in (-1, 0, 1)} != {paper.name()}
    view.update_marks([Mark("m", spans[:1], "disputed")])
    whole = picture(view)
    assert {whole.pixelColor(x + beside, middle).name() for beside in (-1, 0, 1)} == {paper.name()}


def test_what_is_no_part_of_the_article_is_grey(show: Show) -> None:
    text = "The dam held.\n\nMost read"
    view = show(text, zones=(("body", 0, 13), ("boilerplate", 15, len(text))))
    whole, theme = picture(view), load_theme("light")

    def darkest(words: str) -> int:
        start, end = place(text, words)
        first, last = view.canvas.rect_at(start), view.canvas.rect_at(end)
        rows, columns = range(first.top(), first.bottom()), range(first.left(), last.left())
        return min(whole.pixelColor(x, y).lightness() for y in rows for x in columns)

    assert abs(darkest("dam held") - theme.colour("ink").lightness()) < 12
    assert abs(darkest("Most read") - theme.colour("ink2").lightness()) < 12
