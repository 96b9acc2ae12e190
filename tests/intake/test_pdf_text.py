"""The text of PDFs: divided words, two columns, pages, scans, passwords, damage."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.intake.pdf_text import BrokenError, LockedError, PdfText, Run, columns_of, text_of_pdf
from annotator.model.quoting import PrintedText
from tests.intake.pdfs import PICTURE, lines, locked, page, pdf, side_by_side

MOST = 1_000_000
LEFT = lines(
    "The auditor writes that the invest-", "igation of the “well-", "known” firm found invoices", "for 3,150 lines."
)
RIGHT = lines(
    "The mayor’s office answers", "that invoices of subcon-", "tractors are missing and", "will follow.", left=320
)


def found(text: str, quote: str) -> bool:
    return PrintedText(text).page_of(quote) is not None


def test_words_divided_at_a_lines_end_are_whole() -> None:
    text = text_of_pdf(pdf(page(LEFT)), MOST).text
    assert found(text, "the investigation of the “well-known” firm found invoices for 3,150 lines.")
    assert found(text, "the invest-\nigation of the “well-\nknown” firm")
    assert not found(text, "the investigations of")


@pytest.mark.parametrize("text", [[*LEFT, *RIGHT], side_by_side(LEFT, RIGHT)], ids=["by columns", "by lines"])
def test_a_quote_in_one_of_two_columns_is_found_however_they_are_written(text: list[tuple[int, int, str]]) -> None:
    head = lines("A headline that goes over both of the columns and says what is to be known of them", top=820)
    said = text_of_pdf(pdf(page([*head, *text])), MOST).text
    assert found(said, "The auditor writes that the investigation of the “well-known” firm found invoices for 3,150")
    assert found(said, "The mayor’s office answers that invoices of subcontractors are missing and will follow.")
    assert found(said, "A headline that goes over both of the columns and says what is to be known of them")


def test_lines_of_one_column_are_written_once() -> None:
    assert text_of_pdf(pdf(page(LEFT)), MOST).text.count("auditor") == 1
    assert text_of_pdf(pdf(page([*LEFT, *RIGHT])), MOST).text.count("auditor") == 1


def test_a_quote_is_on_the_page_where_it_begins_and_may_go_on_over_foot_and_head() -> None:
    first = page([*lines("The letter", "It says that the old"), *lines("12", top=40)])
    second = page([*lines("The letter", top=820), *lines("bridge was never examined.")])
    text = PrintedText(text_of_pdf(pdf(page([]), first, second), MOST).text)
    assert text.page_of("that the old bridge was never examined") == 2
    assert text.page_of("never examined") == 3


def test_ligatures_count_for_nothing() -> None:
    text = text_of_pdf(pdf(page(lines("The office confirms"))), MOST).text
    assert found(text, "The oﬃce conﬁrms")


def test_pages_that_are_pictures_are_counted_and_empty_ones_are_not() -> None:
    assert text_of_pdf(pdf(PICTURE, b"", page(lines("words"))), MOST).silent == 1
    assert text_of_pdf(pdf(PICTURE), MOST) == PdfText("", 1)


def test_what_cannot_be_read_is_told_apart() -> None:
    with pytest.raises(LockedError):
        text_of_pdf(locked(), MOST)
    for broken in (b"%PDF-1.7\nno more than its head", b"%PDF-", pdf()):
        with pytest.raises(BrokenError):
            text_of_pdf(broken, MOST)


def test_it_stops_behind_what_is_too_much() -> None:
    text = text_of_pdf(pdf(*(page(lines("words " * 10)) for _page in range(9))), 100).text
    assert 100 < len(text) < 200


@given(st.binary(max_size=400), st.integers(0, 2000), st.integers(0, 2000))
def test_no_damage_is_a_bug(junk: bytes, begin: int, length: int) -> None:
    whole = pdf(page(LEFT), page(side_by_side(LEFT, RIGHT)))
    with contextlib.suppress(LockedError, BrokenError):
        text_of_pdf(whole[:begin] + junk + whole[begin + length :], MOST)


@given(st.lists(st.tuples(*[st.floats(0, 600)] * 4), max_size=12))
def test_columns_cover_the_page_from_left_to_right(places: list[tuple[float, float, float, float]]) -> None:

    columns = columns_of([Run(*place) for place in places])
    assert all(left < right for left, right in columns)
    assert [right for _left, right in columns[:-1]] == [left for left, _right in columns[1:]]
