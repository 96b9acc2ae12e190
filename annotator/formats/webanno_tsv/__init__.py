"""WebAnno TSV 3: one document with one person's marks, a row a token (WebAnno and INCEpTION write it)."""

from typing import Final

from annotator.formats.table import Reader
from annotator.formats.webanno_tsv.reading import read_by, read_file, recognises

READER: Final = Reader("webanno-tsv", "WebAnno TSV 3", (".tsv",), read_file, recognises, read_by)
