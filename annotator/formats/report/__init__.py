"""The report: one HTML file that a desk hands to an editor, to be read and printed; nothing in it runs or loads."""

from typing import Final

from annotator.formats.report.writing import encode, encode_framed
from annotator.formats.table import Writer
from annotator.i18n import noted

WRITER: Final = Writer(
    "report",
    noted("Report to read and print (HTML)"),
    (".html", ".htm"),
    encode,
    losses=(noted("A report is for reading: it cannot be brought in again. The dataset holds everything."),),
    encode_framed=encode_framed,
)
