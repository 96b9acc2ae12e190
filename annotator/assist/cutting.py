"""Cuts paragraphs into sentences by spaCy's rules for a language: its abbreviations, initials and marks of the end.

Importing this costs nothing; making the first cutter of a language imports spaCy (seconds), so do it on a worker.
"""

import logging
from collections.abc import Iterator
from functools import lru_cache
from threading import Lock
from typing import Any, cast

from annotator.assist.lexicon import base_language
from annotator.model.sentences import BRACKETS, OPENING
from annotator.model.span import Range

_log = logging.getLogger(__name__)


class Cutter:
    """Cuts paragraphs of one language into sentences. May be used from several threads at once."""

    def __init__(self, language: str) -> None:
        """Load spaCy's rules; raises ImportError where a language's tokenizer is a library that is not there."""
        import spacy  # noqa: PLC0415 - costs seconds, and most commands never need it

        self._nlp: Any = spacy.blank(language)
        self._nlp.add_pipe("sentencizer")
        self._lock = Lock()
        self._kept: tuple[tuple[str, int, int], tuple[Range, ...]] | None = None

    def __call__(self, text: str, start: int, end: int) -> tuple[Range, ...]:
        """Return the sentences of a paragraph [start, end) in order, in code points, without the spaces between."""
        asked = (text, start, end)
        with self._lock:  # spaCy's vocabulary grows as it reads
            if self._kept is None or self._kept[0] != asked:
                self._kept = asked, tuple(self._cut(text, start, end))
            return self._kept[1]

    def _cut(self, text: str, start: int, end: int) -> Iterator[Range]:
        # spaCy hashes UTF-8, which lone surrogates have none of; one character takes the place of one.
        window = text[start:end].encode("utf-8", "replace").decode("utf-8")
        doc: Any = self._nlp(window)
        rows = cast("list[list[int]]", doc.to_array(["IDX", "LENGTH", "SENT_START"]).tolist())
        words = [(start + at, start + at + length, begins == 1) for at, length, begins in rows]
        first = 0
        for number in range(1, len(words)):
            if words[number][2] and not _goes_on(text, words, number):
                begin = _with_opening(text, words, first, number)
                yield from _stripped(text, words[first][0], words[begin][0])
                first = begin
        if words:
            yield from _stripped(text, words[first][0], end)


def _goes_on(text: str, words: list[tuple[int, int, bool]], number: int) -> bool:
    """Tell whether what spaCy takes for a new sentence goes on with the one before: "“…?” he asked", "J. Blige"."""
    if text[words[number][0]].islower():
        return True
    stop = words[number - 1]
    initial = words[number - 2] if number > 1 else None
    return (
        text[stop[0] : stop[1]] == "."
        and initial is not None
        and initial[1] == stop[0]
        and initial[1] - initial[0] == 1
        and text[initial[0]].isupper()
    )


def _with_opening(text: str, words: list[tuple[int, int, bool]], first: int, number: int) -> int:
    """Return the word a sentence begins with, the quotation marks and brackets that open before it taken in."""
    while number - 1 > first:
        at, _end, _begins = words[number - 1]
        opens = text[at] in OPENING or text[at] in BRACKETS
        if not (opens and text[at - 1 : at].isspace()):
            return number
        number -= 1
    return number


def _stripped(text: str, start: int, end: int) -> Iterator[Range]:
    words = text[start:end]
    kept = words.strip()
    if kept:
        begin = start + len(words) - len(words.lstrip())
        yield begin, begin + len(kept)


@lru_cache(maxsize=8)
def cutter(language: str) -> Cutter | None:
    """Return the cutter of a language (`en`, `de-AT`), made once; None where spaCy has no rules for it here."""
    try:
        return Cutter(base_language(language))
    except ImportError as missing:  # an unknown language, or one whose tokenizer is a library of its own
        _log.info("sentences of %r are cut by punctuation alone: %s", language, missing)
        return None
