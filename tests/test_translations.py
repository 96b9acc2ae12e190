"""Catalogues: every text of the program is found, translated, compiled and shown."""

from pathlib import Path

import pytest
from babel.messages import mofile

from annotator import i18n
from annotator.i18n import _, ngettext
from annotator.settings import table
from tools import translations


def test_every_text_is_found_also_those_that_stand_in_tables() -> None:
    found = {str(message.id) for message in translations.texts()}
    assert {"Link a source…", "Alleged", "Theme", "High contrast", str(("{n} claim", "{n} claims"))} <= found
    # In the templates of the report, too.
    assert {"Fact-checking report", str(("{n} open comment", "{n} open comments"))} <= found
    assert {row.title for row in table().values()} <= found
    assert len(found) > 1000


def test_a_translation_is_begun_compiled_and_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translations, "FOLDER", tmp_path)
    assert translations.main(["new", "de"]) == 0
    assert translations.main(["new", "de"]) == 1  # it is there already
    ((path, catalogue),) = translations.translations(tmp_path)
    catalogue["Theme"].string = "Farben"
    catalogue["{n} claim"].string = ("{n} Behauptung", "{n} Behauptungen")
    translations.written(catalogue, path)
    ((_path, read),) = translations.translations(tmp_path)
    translations.compiled(read, path.with_suffix(".mo"))
    monkeypatch.setenv(i18n.FOLDER_VARIABLE, str(tmp_path))
    i18n.use("de")
    try:
        assert i18n.languages() == ("de",)
        assert table()["theme"].title == "Farben"
        assert ngettext("{n} claim", "{n} claims", 1) == "1 Behauptung"
        assert ngettext("{n} claim", "{n} claims", 3) == "3 Behauptungen"
        assert _("Zoom in percent") == "Zoom in percent"  # not translated yet
    finally:
        i18n.use("")


def test_what_is_asked_of_the_tool_wrongly_is_told() -> None:
    assert translations.main([]) == 2


def test_the_compiled_translations_are_those_of_their_sources() -> None:
    for path, catalogue in translations.translations():
        with path.with_suffix(".mo").open("rb") as stream:
            compiled = {one.id: one.string for one in mofile.read_mo(stream) if one.id}
        assert compiled == {one.id: one.string for one in catalogue if one.id and one.string and not one.fuzzy}, path
