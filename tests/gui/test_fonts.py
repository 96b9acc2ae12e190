"""The shipped typefaces reach Qt under their names, in every weight the program uses."""

from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QRawFont

from annotator import assets
from annotator.errors import Refused
from annotator.gui import fonts

UNUSUAL = "қәғұңөүіһ ŞşğİıЇї αβγώ ‘’“”„«»–—…€№"

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize(
    ("family", "weight", "style"),
    [
        (fonts.READING_FAMILY, QFont.Weight.Normal, QFont.Style.StyleNormal),
        (fonts.READING_FAMILY, QFont.Weight.Normal, QFont.Style.StyleItalic),
        (fonts.READING_FAMILY, QFont.Weight.DemiBold, QFont.Style.StyleNormal),
        (fonts.READING_FAMILY, QFont.Weight.Bold, QFont.Style.StyleNormal),
        (fonts.INTERFACE_FAMILY, QFont.Weight.Normal, QFont.Style.StyleNormal),
        (fonts.INTERFACE_FAMILY, QFont.Weight.Medium, QFont.Style.StyleNormal),
        (fonts.INTERFACE_FAMILY, QFont.Weight.DemiBold, QFont.Style.StyleNormal),
        (fonts.INTERFACE_FAMILY, QFont.Weight.Bold, QFont.Style.StyleNormal),
    ],
)
def test_each_weight_is_a_drawn_one_and_has_kazakh_turkish_and_greek(
    family: str, weight: QFont.Weight, style: QFont.Style
) -> None:
    fonts.load_fonts()
    font = QFont(family, 12, weight)
    font.setStyle(style)
    info = QFontInfo(font)
    assert (info.family(), info.weight(), info.style()) == (family, weight, style)
    raw = QRawFont.fromFont(font)
    assert [sign for sign in UNUSUAL if not raw.supportsCharacter(ord(sign))] == []


def test_loading_twice_adds_nothing() -> None:
    fonts.load_fonts()
    before = QFontDatabase.families()
    fonts.load_fonts()
    assert QFontDatabase.families() == before


def test_tests_see_no_font_of_the_machine() -> None:
    ours = ("Inter", "Noto ", "Source Serif 4")
    generic = {"Monospace", "Sans Serif", "Serif"}
    assert [name for name in QFontDatabase.families() if not name.startswith(ours) and name not in generic] == []
    assert QFontInfo(QFont("A face that nobody has")).family() == "Inter"


def test_a_broken_font_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "fonts"
    folder.mkdir()
    monkeypatch.setattr(assets, "path", tmp_path.joinpath)
    fonts.load_fonts.cache_clear()
    with pytest.raises(Refused, match="no fonts are there"):
        fonts.load_fonts()
    (folder / "Broken.ttf").write_bytes(b"no font")
    with pytest.raises(Refused, match=r"Broken\.ttf: the font cannot be read; install the program again"):
        fonts.load_fonts()
