"""The map of places is what Qt's documents really do, and the character boundaries are those of Qt."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QTextBoundaryFinder
from PySide6.QtGui import QTextDocument

from annotator.model.clusters import is_boundary
from annotator.model.text import normalise
from annotator.model.utf16 import Utf16Map

pytestmark = pytest.mark.usefixtures("qapp")

_WORDS = ["word ", " ", "\u00a0", "e\u0301", "🦊", "👩\u200d👩\u200d👧", "🇩🇪", "❤\ufe0f"]
_ENDS = ["\n", "\r", "\r\n", "\u2028", "\u2029"]
parts = st.one_of(st.sampled_from(_WORDS + _ENDS), st.characters(exclude_categories=["Cs"]))
texts = st.lists(parts, max_size=40).map("".join)


def _agrees(text: str, longest: int) -> None:
    places = Utf16Map(text, longest=longest)
    document = QTextDocument()
    document.setPlainText(places.display)
    assert document.characterCount() == places.display_length + 1
    assert document.blockCount() == len(places.blocks)
    block = document.begin()
    for ours in places.blocks:
        assert block.position() == ours.display_start
        assert block.text() == text[ours.start : ours.end]
        block = block.next()
    for place, char in enumerate(text):
        position = places.to_utf16(place)
        if char in "\r\n\u2029\ufdd0\ufdd1":
            assert places.to_code_point(position) in {place, place + 1}
            continue
        units = char.encode("utf-16-le")
        shown = "".join(document.characterAt(position + n) for n in range(len(units) // 2))
        assert shown.encode("utf-16-le", "surrogatepass") == units
        assert all(places.to_code_point(position + n) == place for n in range(len(units) // 2))


@given(texts, st.sampled_from([1, 3, 10, 40, 2000]))
def test_a_stored_text_is_where_qt_shows_it(text: str, longest: int) -> None:
    _agrees(normalise(text).text, longest)


@given(texts, st.sampled_from([3, 10, 2000]))
def test_any_text_is_where_qt_shows_it(text: str, longest: int) -> None:
    _agrees(text, longest)


# Qt 6.11 pairs flags wrongly right behind a pictograph: it breaks ❤🇩🇪🇫🇷 into ❤, half a flag, and so on (UAX 29, GB 12).
_PICTOGRAPH_THEN_FLAG = re.compile("[❤👩🦊👍][🇩🇪]")
clusters = st.lists(
    st.sampled_from(
        "ab .1\n\ré\u0301\u20dd\u200d\ufe0f❤👩🦊👍🏽🇩🇪\u1100\u1161\u11a8가각क\u093fก\u0e33漢ا\u064b\u0600\u200c\u00a0"
    ),
    min_size=1,
    max_size=12,
).map("".join)


@given(clusters.filter(lambda text: not _PICTOGRAPH_THEN_FLAG.search(text)))
def test_a_boundary_is_one_for_qt_too(text: str) -> None:
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    places = Utf16Map(text.replace("\r", "\u0085").replace("\n", "\u0085"))
    for place in range(len(text) + 1):
        finder.setPosition(places.to_utf16(place))
        if is_boundary(text, place):
            assert finder.isAtBoundary(), (text, place, [unicodedata.name(c, "?") for c in text])
