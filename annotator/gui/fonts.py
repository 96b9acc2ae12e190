"""Makes the two shipped typefaces known to Qt: one to read articles in, one for the interface."""

from functools import cache

from PySide6.QtGui import QFontDatabase

from annotator import assets
from annotator.errors import Refused
from annotator.i18n import _

READING_FAMILY = "Source Serif 4"
"""Weights 400, 600 and 700, and 400 italic."""

INTERFACE_FAMILY = "Inter"
"""Weights 400, 500, 600 and 700."""


@cache
def load_fonts() -> None:
    """Add the shipped fonts to Qt's, once a process; there must be a QGuiApplication.

    Raises Refused when a font file is missing or cannot be read.
    """
    files = sorted(assets.path("fonts").glob("*.ttf"))
    if not files:
        raise Refused(_("no fonts are there"), do=_("install the program again"), file=str(assets.path("fonts")))
    for file in files:
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise Refused(_("the font cannot be read"), do=_("install the program again"), file=str(file))
