"""One module a format: foreign files to records and back."""

from typing import Final

from annotator.formats import brat, jsonl, report, webanno_tsv
from annotator.formats.table import Reader, Writer

READERS: Final[tuple[Reader, ...]] = (jsonl.READER, brat.READER, webanno_tsv.READER)
"""Every format that holds annotations and can be read; plain text joins them in `services.importing`."""

WRITERS: Final[tuple[Writer, ...]] = (jsonl.WRITER, report.WRITER)
"""Every format that can be written."""
