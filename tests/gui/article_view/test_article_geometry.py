"""Rectangles of letters, above all where a line mixes writing directions."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QTextDocument, QTextLine
from PySide6.QtWidgets import QApplication

from annotator.gui.article_view.geometry import extents, lines_between

MIXED = "قالت المتحدثة إن Riverton Water أنفقت 11.2 مليون دولار في 2023 فقط"


def line_of(text: str, width: float = 2000) -> tuple[QTextDocument, QTextLine]:
    document = QTextDocument()
    font = QFont("Source Serif 4")
    font.setPixelSize(19)
    document.setDefaultFont(font)
    document.setPlainText(text)
    document.setTextWidth(width)
    document.size()
    return document, document.firstBlock().layout().lineAt(0)


def of(line: QTextLine, text: str, start: int, end: int) -> tuple[tuple[float, float], ...]:
    return extents(line, start, end, lambda: text)


def total(pairs: tuple[tuple[float, float], ...]) -> float:
    return sum(right - left for left, right in pairs)


def test_a_range_over_two_directions_covers_its_letters_and_no_others(qapp: QApplication) -> None:
    assert qapp is not None
    text = MIXED
    _document, line = line_of(text)
    start, end = MIXED.index("المتحدثة"), MIXED.index(" Water")
    covered = of(line, text, start, end)
    assert len(covered) == 2
    water = of(line, text, end + 1, end + 6)
    assert len(water) == 1
    assert all(right <= water[0][0] + 0.01 or left >= water[0][1] - 0.01 for left, right in covered)
    letters = [of(line, text, at, at + 1) for at in range(start, end)]
    assert abs(total(covered) - sum(map(total, letters))) < 2


def test_numbers_inside_right_to_left_words_do_not_swell_the_range(qapp: QApplication) -> None:
    assert qapp is not None
    text = "abc שלום 123 עולם def"
    _document, line = line_of(text)
    end = text.index("123") + 6  # "abc שלום 123 עו": the second word is cut within
    covered = of(line, text, 0, end)
    left_out = of(line, text, end, text.index(" def"))
    assert all(one[1] <= two[0] + 0.01 or one[0] >= two[1] - 0.01 for one in covered for two in left_out)


@given(st.text(alphabet="ab של1 .🙂é", min_size=2, max_size=24), st.data())
def test_stretches_never_overlap_and_parts_add_up(qapp: QApplication, text: str, data: st.DataObject) -> None:
    assert qapp is not None
    units = len(text.encode("utf-16-le")) // 2
    _document, line = line_of(text)
    at = [len(text[:i].encode("utf-16-le")) // 2 for i in range(len(text) + 1)]
    start, middle, end = sorted(data.draw(st.lists(st.sampled_from(at), min_size=3, max_size=3)))
    assert end <= units
    pairs = of(line, text, start, end)
    assert all(one[1] < two[0] for one, two in pairwise(pairs))
    parts = total(of(line, text, start, middle)) + total(of(line, text, middle, end))
    assert abs(total(pairs) - parts) < 3


def test_lines_are_found_by_height(qapp: QApplication) -> None:
    assert qapp is not None
    document, _line = line_of("word " * 400, width=300)
    layout = document.firstBlock().layout()
    assert layout.lineCount() > 20
    third, fifth = layout.lineAt(3), layout.lineAt(5)
    assert lines_between(layout, third.y() + 1, fifth.y() + 1) == range(3, 6)
    assert lines_between(layout, -100, -50) == range(0)
