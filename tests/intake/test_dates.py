"""Written dates of several languages."""

import pytest

from annotator.intake.dates import find_date


@pytest.mark.parametrize(
    ("line", "value", "precision"),
    [
        ("January 11, 2022", "2022-01-11T00:00:00.000000Z", "day"),
        ("Published Tue., Jan. 11th 2022 at noon", "2022-01-11T00:00:00.000000Z", "day"),
        ("11 January 2022", "2022-01-11T00:00:00.000000Z", "day"),
        ("2022-01-11", "2022-01-11T00:00:00.000000Z", "day"),
        ("2022-01-11T10:30:05+02:00", "2022-01-11T08:30:05.000000Z", "instant"),
        ("January 11, 2022 10:30 PM GMT", "2022-01-11T22:30:00.000000Z", "instant"),
        ("January 11, 2022 10:30 PM", "2022-01-11T00:00:00.000000Z", "day"),
        ("Dienstag, 11. Januar 2022", "2022-01-11T00:00:00.000000Z", "day"),
        ("11.01.2022, 10:30 Uhr", "2022-01-11T00:00:00.000000Z", "day"),
        ("Publié le 1er février 2022 à 10h", "2022-02-01T00:00:00.000000Z", "day"),
        ("11 de enero de 2022", "2022-01-11T00:00:00.000000Z", "day"),
        ("11 gennaio 2022", "2022-01-11T00:00:00.000000Z", "day"),
        ("11 de março de 2022", "2022-03-11T00:00:00.000000Z", "day"),
        ("11 января 2022 г.", "2022-01-11T00:00:00.000000Z", "day"),
        ("١١ يناير ٢٠٢٢", "2022-01-11T00:00:00.000000Z", "day"),
        ("11 كانون الثاني 2022", "2022-01-11T00:00:00.000000Z", "day"),
        ("2022年1月11日", "2022-01-11T00:00:00.000000Z", "day"),
        ("13/01/2022", "2022-01-13T00:00:00.000000Z", "day"),
        ("01/13/2022", "2022-01-13T00:00:00.000000Z", "day"),
        ("January 2022", "2022-01-01T00:00:00.000000Z", "month"),
    ],
)
def test_a_written_date_is_found(line: str, value: str, precision: str) -> None:
    date = find_date(line, day_first=False)
    assert date is not None
    assert (date.value, date.precision) == (value, precision)


@pytest.mark.parametrize(
    "line", ["", "31 February 2022", "2022", "99/99/2022", "in 2022 of May", "0000-00-00", "March 14"]
)
def test_what_is_no_full_date_is_none(line: str) -> None:
    assert find_date(line, day_first=True) is None


def test_a_date_that_reads_two_ways_has_a_value_only_where_the_language_decides() -> None:
    unsure = find_date("3/4/2022", day_first=False)
    sure = find_date("3/4/2022", day_first=True)
    assert unsure is not None
    assert sure is not None
    assert (unsure.value, unsure.precision) == ("", "unknown")
    assert sure.value == "2022-04-03T00:00:00.000000Z"
