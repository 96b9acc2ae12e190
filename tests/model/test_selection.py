"""What a selection by hand becomes: trimmed, whole words, and the steps it grows by."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.clusters import is_boundary
from annotator.model.selection import grow, next_sentence, previous_sentence, snap, steps, to_words, trim
from annotator.model.sentences import PIECE, paragraph, piece, quotations, sentences

TEXT = (
    "Dr. Weber said on Monday: “We built it, and they closed it,” adding that the U.S. economy grew 3.5% to $5 trillion"
    " (about €4.6 trillion). Ms. O'Hara's well-known report wasn’t cited. \"Really?\" he asked.\n"
    "\n"
    "“The rate fell. It will fall again,” she said! 東京は大きい。人口は増えた。 « C’est cher », dit-il."
)

_LETTERS = [
    "a",
    "B",
    "é",
    "the",
    "Dr",
    "U.S",
    "s",
    "1",
    "3.5",
    "大",
    "ก",
    "\u0301",
    "\u200d",
    "👩",
    "👍🏽",
    "🇩🇪",
    "\u0600",
]
_PIECES = [*_LETTERS, *"s.,?!…;-–'’‘“”„«»\"()[]%$€。「」"]
pieces = st.lists(st.sampled_from([*_PIECES, " ", " ", "\n", "\u00a0", "\u200b", "\u2029"]), max_size=40).map("".join)
places = st.integers(0, 60)


def _at(part: str, within: str = TEXT) -> tuple[int, int]:
    start = within.index(part)
    return start, start + len(part)


@pytest.mark.parametrize(
    ("selected", "meant"),
    [
        (" said on Mon", "said on Monday"),
        (" “We built it,", "We built it"),
        ("“We built it, and they closed it,” ", "“We built it, and they closed it,”"),
        ("lion (about", "trillion (about"),
        ("(about €4.6 trillion). ", "(about €4.6 trillion)"),
        ("3.5", "3.5%"),
        ("5 tri", "$5 trillion"),
        ("the U.S.", "the U.S."),
        ("nown", "well-known"),
        ("Hara", "O'Hara's"),
        ("report wasn’t cited. ", "report wasn’t cited"),
        ("Ms. O'Hara's well-known report wasn’t cited. ", "Ms. O'Hara's well-known report wasn’t cited."),
        ('"Really?" he ', '"Really?" he'),
        ("The rate fell.", "The rate fell."),
        ("« C’est cher »,", "« C’est cher »"),
        ("京は", "京は"),
        (", ", ""),
    ],
)
def test_a_selection_becomes_what_was_meant(selected: str, meant: str) -> None:
    start, end = snap(TEXT, *_at(selected))
    assert TEXT[start:end] == meant


QUOTED = (
    'She said “the gate was shut,” and „Das Tor war zu“, and «le mur tient», and « il tient », and "no". “They told'
    " him ‘we know’”. ‘It is safe’, he said, as ’90s engineers’ words go. It is 5’ tall. “Never closed"
)


@pytest.mark.parametrize(
    ("selected", "meant"),
    [
        ("“the gate was shut", "“the gate was shut,”"),
        ("“the gate was sh", "“the gate was shut,”"),
        ("“the gate was shut,", "“the gate was shut,”"),
        ("the gate was shut,”", "“the gate was shut,”"),
        ("said “the gate was shut", "said “the gate was shut,”"),
        ("„Das Tor war zu", "„Das Tor war zu“"),
        ("«le mur tient", "«le mur tient»"),
        ("« il tient", "« il tient »"),
        ("il tient »", "« il tient »"),
        ('"no', '"no"'),
        ("“They told him ‘we know", "“They told him ‘we know’”"),
        ("‘we know", "‘we know’"),
        ("‘It is safe", "‘It is safe’"),
        # no quotation is whole with one mark more
        ("the gate was shut", "the gate was shut"),
        ("“the gate was", "the gate was"),
        ("was shut,” and", "was shut,” and"),
        ("“Never", "Never"),
        ("It is 5", "It is 5"),
    ],
)
def test_a_quotation_selected_up_to_its_marks_has_them(selected: str, meant: str) -> None:
    start, end = snap(QUOTED, *_at(selected, QUOTED))
    assert QUOTED[start:end] == meant


@pytest.mark.parametrize("whole", ["e\u0301te\u0301", "👩\u200d👩\u200d👧", "🇩🇪", "👍🏽", "हिन्दी"])
def test_what_is_read_as_one_is_taken_as_one(whole: str) -> None:
    text = f"x {whole} y"
    assert snap(text, 3, 4) == _at(whole, text)


def test_minus_signs_and_decades_are_no_stray_marks() -> None:
    for text in ("it was -5 degrees", "the '90s ended", "the workers' union"):
        part = text[text.index(text.split()[-2]) :].split()[0]
        assert trim(text, *_at(part, text)) == _at(part, text)


def _steps(part: str) -> list[str]:
    return [TEXT[start:end] for start, end in steps(TEXT, TEXT.index(part))]


def test_a_caret_grows_by_word_clause_quotation_sentence_paragraph() -> None:
    assert _steps("built")[:3] == ["built", "We built it", "“We built it, and they closed it,”"]
    assert _steps("built")[3].startswith("Dr. Weber said")
    assert _steps("built")[3].endswith("(about €4.6 trillion).")
    assert _steps("built")[4] == TEXT[: TEXT.index("\n")]
    assert _steps("Really") == ["Really", "Really?", '"Really?"', '"Really?" he asked.', TEXT[: TEXT.index("\n")]]
    assert _steps("京は")[0] == "東京は大きい。"


def test_a_selection_over_two_sentences_grows_to_both() -> None:
    start, end = TEXT.index("report"), TEXT.index("he asked")
    grown = grow(TEXT, start, end)
    assert TEXT[slice(*grown)] == "Ms. O'Hara's well-known report wasn’t cited. \"Really?\" he asked."


def test_sentences_are_walked_through_paragraph_by_paragraph() -> None:
    there: list[tuple[int, int]] = []
    at = -1
    while found := next_sentence(TEXT, at):
        there.append(found)
        at = found[0]
    back: list[tuple[int, int]] = []
    at = len(TEXT)
    while found := previous_sentence(TEXT, at):
        back.append(found)
        at = found[0]
    assert back == there[::-1]
    starts = ["Dr. Weber", "Ms. O'Hara", '"Really?"', "“The rate", "It will", "東京は", "人口は", "« C’est"]
    assert [start for start, _ in there] == [TEXT.index(start) for start in starts]


def test_a_paragraph_without_end_is_taken_in_pieces() -> None:
    text = "One is here. " * 10_000
    at = 70_000
    start, end = piece(text, at)
    assert start <= at < end <= start + PIECE + 500
    assert piece(text, start) == piece(text, end - 1) == (start, end)
    assert piece(text, end)[0] == end
    assert text[slice(*steps(text, at)[0])] in {"One", "is", "here"}
    assert next_sentence(text, at) is not None
    assert snap("x" * 100_000, 50_000, 50_010) == (50_000, 50_010)


@given(pieces, places, places)
def test_snapping_twice_changes_nothing_more(text: str, start: int, end: int) -> None:
    once = snap(text, start, end)
    assert snap(text, *once) == once
    assert trim(text, *once) == once
    assert to_words(text, *once) == once


@given(pieces)
def test_a_quotation_is_the_same_with_and_without_one_of_its_marks(text: str) -> None:
    for first, last in quotations(text, 0, text.find("\n") if "\n" in text else len(text)):
        whole = snap(text, first, last)
        if text[first + 1 : last - 1].strip().isalnum() and whole == (first, last):
            assert snap(text, first, last - 1) == whole
            assert snap(text, first + 1, last) == whole


@given(pieces, places, places)
def test_what_a_selection_grows_beyond_its_words_are_whole_quotations(text: str, start: int, end: int) -> None:
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    first, last = snap(text, start, end)
    words = to_words(text, start, end)
    known = {*quotations(text, *piece(text, start)), *quotations(text, *piece(text, max(start, end - 1)))}
    if last > words[1]:
        assert any(words[0] <= opened < words[1] and last <= closed for opened, closed in known)
    if first < words[0]:
        assert any(words[0] < closed <= last and opened <= first for opened, closed in known)


@given(pieces, places, places)
def test_no_selection_ends_inside_a_character_as_read(text: str, start: int, end: int) -> None:
    ranges = [act(text, start, end) for act in (snap, trim, to_words)] + steps(text, min(start, len(text)))
    for first, last in ranges:
        assert 0 <= first <= last <= len(text)
        assert is_boundary(text, first)
        assert is_boundary(text, last)


@given(pieces, places, places)
def test_a_selection_never_leaves_its_paragraphs(text: str, start: int, end: int) -> None:
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    first, last = snap(text, start, end)
    assert paragraph(text, start)[0] <= first
    assert last <= paragraph(text, end)[1]


@given(pieces, places)
def test_each_step_holds_the_one_before(text: str, place: int) -> None:
    found = steps(text, min(place, len(text)))
    for (a, b), (c, d) in pairwise(found):
        assert c <= a < b <= d
        assert d - c > b - a
    for start, end in found:
        assert paragraph(text, start) == paragraph(text, end)


@given(pieces)
def test_sentences_hold_everything_but_spaces(text: str) -> None:
    at = 0
    while at <= len(text):
        start, end = paragraph(text, at)
        inside = list(sentences(text, start, end))
        gaps = text[start:end]
        for a, b in reversed(inside):
            gaps = gaps[: a - start] + gaps[b - start :]
        assert not gaps.strip()
        at = end + 1
