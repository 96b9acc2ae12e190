"""Puts the spans of a brat file into its text: by offset, and verified by quote."""

from collections.abc import Callable, Sequence

from annotator.errors import Refused
from annotator.formats.brat.records import Records, TextBound
from annotator.formats.filed import FiledText, Range
from annotator.i18n import _
from annotator.model.span import Span, span_of
from annotator.model.text import normalise

_RangesOf = Callable[[Sequence[Range]], list[Range]]
_Placed = tuple[dict[str, tuple[Span, ...]], list[Refused]]


def placed(records: Records, text: FiledText) -> dict[str, tuple[Span, ...]]:
    """Return the spans of the text by the ids of their records; those that do not fit become faults.

    brat counts code points of the file as it is, of CRLF both; some tools count the text with LF alone.
    Whether the file counts the characters of the text's file or of the text with LF alone, its quotes tell.
    """
    fitting, faults = _fitting(records, text.text, text.ranges)
    if faults and text.is_shifted:
        others, fewer = _fitting(records, text.text, list)
        if len(fewer) < len(faults):
            fitting, faults = others, fewer
    records.faults += faults
    return fitting


def _fitting(records: Records, text: str, ranges_of: _RangesOf) -> _Placed:
    fitting: dict[str, tuple[Span, ...]] = {}
    faults: list[Refused] = []
    for one in records.spans.values():
        try:
            fitting[one.id] = _spans(one, ranges_of(one.ranges), text)
        except Refused as refusal:
            faults.append(Refused(refusal.what, do=refusal.do, line=one.line))
    return fitting, faults


def _spans(one: TextBound, ranges: Sequence[Range], text: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    for start, end in ranges:
        if start >= end:
            raise Refused(_("{id} covers nothing: {start} to {end}").format(id=one.id, start=start, end=end))
        if end > len(text):
            what = _("{id} ends at {end}, but the text has {n} characters").format(id=one.id, end=end, n=len(text))
            raise Refused(what, do=_("bring the text that was marked"))
        spans.append(span_of(text, start, end))
    found = " ".join(span.quote for span in spans)
    # brat writes a line feed as a space, and one space between parts.
    if _flat(found) != _flat(normalise(one.quote).text):
        what = _("{id} is “{said}”, but the text has “{found}” there")
        told = what.format(id=one.id, said=_short(one.quote), found=_short(found))
        raise Refused(told, do=_("bring the text that was marked"))
    return tuple(spans)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"  # noqa: PLR2004 - more tells nobody more
