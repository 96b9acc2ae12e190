"""The parts of the import sheet by themselves: dates and names as typed, long texts, ten thousand rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from annotator.gui.intake.blocks import MOST_BLOCKS, MOST_CHARACTERS, BlockView, blocks_of
from annotator.gui.intake.details import DetailFields, date_words, found_details, names_in
from annotator.gui.intake.languages import codes, language_name
from annotator.gui.intake.rows import ImportRows, ImportTable, counts_text
from annotator.intake.plain_text import read_text
from annotator.model.moments import from_date
from annotator.services.importing import ImportReport, Row


@given(st.dates().map(str), st.sampled_from([4, 7, 10]))
def test_a_date_is_shown_as_it_was_typed(day: str, length: int) -> None:
    assert date_words(*from_date(day[:length])) == day[:length]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", ()),
        ("Ann Ode", ("Ann Ode",)),
        ("Ann Ode, Bo  Lund,", ("Ann Ode", "Bo Lund")),
        ("Luther King, Jr.; Ann Ode", ("Luther King, Jr.", "Ann Ode")),
        ("Ann, Ann", ("Ann",)),
    ],
)
def test_names_are_divided_by_commas_or_semicolons(typed: str, names: tuple[str, ...]) -> None:
    assert names_in(typed) == names


def test_untouched_fields_give_the_details_back(qtbot: QtBot) -> None:
    fields = DetailFields()
    qtbot.addWidget(fields)
    found = found_details(read_text("A headline\n\nBy Ann Ode, Jr.\n11 January 2022\n\nThe mayor said so on Monday.\n"))
    fields.show_details(found, fixed=False)
    assert fields.details() == found


def test_a_language_that_is_not_offered_is_offered_then(qtbot: QtBot) -> None:
    fields = DetailFields()
    qtbot.addWidget(fields)
    fields.language.show_language("tlh")
    assert fields.language.code() == "tlh"
    assert language_name("fr") == "French"
    assert {"en", "kk", "he", "zh"} <= set(codes())


def test_very_long_texts_are_shown_in_part_and_it_says_so() -> None:
    paragraph = "word " * MOST_CHARACTERS
    blocks = blocks_of(read_text(f"A headline\n\n{paragraph}\n"))
    assert len(blocks[-1].text) < MOST_CHARACTERS + 40
    assert "more characters" in blocks[-1].text
    many = blocks_of(read_text("A headline\n\n" + "One more line of text here, said he.\n\n" * (MOST_BLOCKS + 50)))
    assert len(many) == MOST_BLOCKS + 1
    assert many[-1].text.endswith("more blocks")


def test_blocks_are_broken_anew_when_the_width_changes(qtbot: QtBot, light_theme: None) -> None:
    del light_theme
    view = BlockView()
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.show()
    qtbot.waitExposed(view)
    view.show_reading(read_text("A headline\n\n" + "many words in one paragraph " * 30))
    wide = view.visualRect(view.model().index(1, 0)).height()
    view.resize(450, 500)
    qtbot.waitUntil(lambda: view.visualRect(view.model().index(1, 0)).height() > wide)


def report(count: int) -> ImportReport:
    rows = tuple(
        Row("set.jsonl", number, "refused" if number % 10 == 0 else "taken", f"Title {number}")
        for number in range(1, count + 1)
    )
    return ImportReport(rows, count, dry_run=True)


def test_ten_thousand_rows_are_listed_and_the_odd_ones_found(qtbot: QtBot, light_theme: None) -> None:
    del light_theme
    rows = ImportRows(report(10_000))
    table = ImportTable(rows)
    qtbot.addWidget(table)
    table.resize(700, 400)
    table.show()
    qtbot.waitExposed(table)
    table.selectRow(9_999)
    table.scrollToBottom()
    table.grab()
    assert rows.rowCount() == 10_000
    rows.show_odd_only(on=True)
    assert rows.rowCount() == 1_000
    assert counts_text(report(10_000)) == "9000 new, 1000 refused"
