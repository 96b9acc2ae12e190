"""The page of all keys says what the program does."""

from annotator.gui.shortcuts_page import PLACE, page
from tests.making import ROOT


def test_the_page_of_all_keys_is_current() -> None:
    path = ROOT / PLACE
    assert path.read_text(encoding="utf-8") == page(), "run `uv run python -m annotator.gui.shortcuts_page`"
