"""brat standoff: a text in `.txt` and one person's marks in `.ann` (brat.nlplab.org/standoff.html)."""

from typing import Final

from annotator.formats.brat.reading import read_by, read_file, recognises
from annotator.formats.brat.texts import text_beside
from annotator.formats.table import Reader

READER: Final = Reader(
    "brat", "brat standoff", (".ann",), read_file, recognises, read_by, text_beside, may_be_empty=True
)
