"""A quote is found in a text as print sets it: over lines, columns' edges and pages, whatever its marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.quoting import PrintedText, parts_of, plain


def page_of(quote: str, text: str) -> int | None:
    return PrintedText(text).page_of(quote)


WORD = st.text("abcdefgéöß漢字", min_size=2, max_size=8)
SENTENCE = st.lists(WORD, min_size=1, max_size=12)
BREAKS = ["-\n", "-\n  ", "\u00ad\n", "\u2010\n", "- \n", "\u00ad", "", "-\nfoot 12\n\fhead\n", "-\n\f"]
SPACES = [" ", "\n", "\u00a0", "\n\n  ", "\t", "\n12\n\f", "\f", "\nfoot\n12\n\f\nhead\n", " \n\fThe Post\nPage 3\n"]


@st.composite
def printed(draw: st.DrawFn) -> tuple[str, str]:
    """Return a quote, and the same words as they may stand on paper: over many lines, and two pages at most."""
    words = draw(SENTENCE)
    text = ""
    for word in words:
        at = draw(st.integers(1, len(word) - 1))
        space = draw(_on_this_page(SPACES, text)) if text else ""
        text += space + word[:at]
        text += draw(_on_this_page(BREAKS, text)) + word[at:]
    return " ".join(words), text


def _on_this_page(breaks: list[str], text: str) -> st.SearchStrategy[str]:
    return st.sampled_from([one for one in breaks if "\f" not in text or "\f" not in one])


@given(printed(), st.text("xyz \n-", max_size=30), st.text("xyz \n-", max_size=30))
def test_words_are_found_however_lines_and_pages_break_them(one: tuple[str, str], before: str, after: str) -> None:
    quote, text = one
    for said in (quote, quote.upper(), f"“{quote}”"):
        assert page_of(said, f"{before}|{text}|{after}") == (1 if "\f" in text else 0)


@given(printed())
def test_what_was_copied_with_its_breaks_is_found_in_the_whole_words(one: tuple[str, str]) -> None:
    quote, text = one
    copied = text.replace("\f", " ").replace("foot 12", "").replace("head", "").replace("foot", "").replace("12", "")
    copied = copied.replace("The Post", "").replace("Page 3", "")
    assert page_of(copied, quote) == 0


@given(printed(), st.data())
def test_another_letter_is_another_quote(one: tuple[str, str], data: st.DataObject) -> None:
    quote, text = one
    at = data.draw(st.sampled_from([n for n, letter in enumerate(quote) if letter != " "]))
    assert page_of(f"{quote[:at]}q{quote[at + 1 :]}", text) is None


@given(st.lists(SENTENCE, min_size=1, max_size=6), st.data())
def test_the_page_is_the_one_where_it_begins(pages: list[list[str]], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(pages) - 1))
    texts = [" ".join(words) for words in pages]
    texts[number] += " zxzx"
    assert page_of("zxzx", "\f".join(texts)) == (number + 1 if len(pages) > 1 else 0)


@given(st.text(), st.text())
def test_no_text_and_no_quote_is_a_bug(quote: str, text: str) -> None:
    page = page_of(quote, text)
    assert page is None or 0 <= page <= text.count("\f") + 1


@given(st.text(st.characters(exclude_characters="\f….")), st.text(), st.text())
def test_every_text_holds_its_own_lines(line: str, before: str, after: str) -> None:
    if parts_of(line):
        assert page_of(line, f"{before}\n\n{line}\n\n{after}") is not None or line.strip()[0] == "-" or "-" in line


@given(st.text())
def test_the_plain_form_of_a_plain_form_is_itself(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("well-known", "the well-\nknown one"),
        ("well-known", "the well\u2011known one"),
        ("to and fro—never", "to and fro—\nnever"),
        ("office efficient ſt", "oﬃce eﬃcient ﬅ"),
        ("oﬃce", "office"),
        ("“It was never said”", "It was never said, he wrote"),
        ("‘never’ […] later", "He said “never” and then, later"),
        ("one ... three", "one two three"),
        ("investi- gation", "the investigation of"),
        ("2019-2020", "from 2019-\n2020"),
        ("re-elected", "re-\nelected"),
        ("東京都は", "東京\n都は"),
    ],
)
def test_it_stands_there(quote: str, text: str) -> None:
    assert page_of(quote, text) is not None


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("three ... one", "one two three"),
        ("known", "un\nkno wn"),
        ("one two", "one\nmore\nand more\n12\n\fhead\ntwo"),
        ("…", "…"),
        ("", "x"),
        ("a b", "ab"),
        ("34", "3-4"),
        ("2019", "20\n19"),
    ],
)
def test_it_does_not_stand_there(quote: str, text: str) -> None:
    assert page_of(quote, text) is None
