"""Spans: half-open ranges of a text in code points, with the quote they cover."""

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

Range = tuple[int, int]
"""A half-open range [start, end) of a text, in code points."""

CONTEXT: Final = 32
"""Code points of prefix and suffix that an export writes beside a quote."""


class Span(Struct, frozen=True, gc=False):
    """A half-open range `[start, end)` of a text, in Unicode code points, with the quote it covers."""

    start: int
    end: int
    quote: str

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def fits(self, text: str) -> bool:
        """Tell whether the span lies in the text, covers something, and covers its quote there."""
        return 0 <= self.start < self.end <= len(text) and text[self.start : self.end] == self.quote


def span_of(text: str, start: int, end: int) -> Span:
    """Return the span of a text, with its quote.

    Raises ValueError where the range is empty or not within the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no span [{start}, {end}) in a text of {len(text)} characters")
    return Span(start, end, text[start:end])


def prefix(text: str, start: int) -> str:
    """Return up to 32 characters before a span's start."""
    return text[max(0, start - CONTEXT) : start]


def suffix(text: str, end: int) -> str:
    """Return up to 32 characters after a span's end."""
    return text[end : end + CONTEXT]


def in_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans by start and end."""
    return tuple(sorted(spans, key=lambda span: (span.start, span.end)))
