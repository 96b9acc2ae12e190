"""The dataset: one JSON object a line, one line an article version (model.md, section 5)."""

from typing import Final

from annotator.formats.jsonl.reading import read_file, recognises
from annotator.formats.jsonl.writing import encode_all
from annotator.formats.table import Reader, Writer

NAME: Final = "jsonl"
TITLE: Final = "Annotator dataset (JSON Lines)"
SUFFIXES: Final = (".jsonl", ".ndjson")

READER: Final = Reader(NAME, TITLE, SUFFIXES, read_file, recognises)
WRITER: Final = Writer(NAME, TITLE, SUFFIXES, encode_all)
