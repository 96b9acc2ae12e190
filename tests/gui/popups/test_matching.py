"""Typing to find: order of matches, and where their letters stand."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.popups.matching import Entry, Index, entry, fold, hits

SHELF = [
    entry("harrow", "Harrow St. laboratory report", "City of Riverton"),
    entry("minutes", "Audit committee minutes, January", "Riverton City Council"),
    entry("letter", "Letter of the auditor", "Office of the City Auditor", "https://riverton.example/letter.pdf"),
    entry("grant", "State grant register", "State Auditor"),
    entry("ødeby", "Ødebys brønn", "Café Zürich"),
]

titles = st.text(min_size=1, max_size=30)


def test_without_letters_everything_keeps_its_order() -> None:
    assert Index(SHELF).find("  ", limit=3) == ["harrow", "minutes", "letter"]


def test_titles_that_begin_so_come_before_words_and_words_before_other_fields() -> None:
    assert Index(SHELF).find("audit", limit=9) == ["minutes", "letter", "grant"]


def test_the_order_of_the_words_and_accents_and_case_do_not_count() -> None:
    assert Index(SHELF).find("MINUTES audit", limit=9) == ["minutes"]
    assert Index(SHELF).find("zurich", limit=9) == ["ødeby"]
    assert Index(SHELF).find("ødeby", limit=9) == ["ødeby"]


def test_an_address_is_found_by_a_part_of_it() -> None:
    assert Index(SHELF).find("riverton.example/let", limit=9, fuzzy=False) == ["letter"]


def test_a_slip_of_the_finger_still_finds_after_everything_exact() -> None:
    assert Index(SHELF).find("laboratroy", limit=9) == ["harrow"]
    assert Index(SHELF).find("zzzzzz", limit=9) == []


@given(st.lists(titles, max_size=12), titles)
def test_what_is_found_exactly_has_every_word_and_nothing_is_found_twice(names: list[str], query: str) -> None:
    entries: list[Entry] = [entry(str(number), name) for number, name in enumerate(names)]
    found = Index(entries).find(query, limit=99, fuzzy=False)
    assert len(found) == len(set(found))
    words = fold(query).split()
    assert set(found) == {one.key for one in entries if all(word in one.everything for word in words)}


@given(st.lists(titles, max_size=12), st.lists(titles, max_size=4))
def test_asking_letter_by_letter_finds_what_asking_at_once_does(names: list[str], queries: list[str]) -> None:
    entries = [entry(str(number), name) for number, name in enumerate(names)]
    asked_before = Index(entries)
    for query in queries:
        for length in range(len(query) + 1):
            found = asked_before.find(query[:length], limit=99)
            assert found == Index(entries).find(query[:length], limit=99)


@given(titles)
def test_a_title_is_found_by_itself(title: str) -> None:
    assert Index([entry("a", title)]).find(title, limit=1, fuzzy=False) == ["a"]


@given(titles, titles)
def test_hits_lie_in_the_title_in_order_and_apart(title: str, query: str) -> None:
    ranges = hits(title, query)
    flat = [place for one in ranges for place in one]
    assert flat == sorted(set(flat))
    assert all(0 <= start < end <= len(title) for start, end in ranges)


def test_hits_are_the_letters_as_written() -> None:
    assert hits("Ødebys Brønn", "brønn") == ((7, 12),)
    assert hits("The auditor audits", "aud") == ((4, 7),)
    assert hits("Straße 12", "strasse") == ((0, 6),)
