"""What every write must keep: quotes are their text, owners keep what is theirs, references lead somewhere."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.records import Evidence, Mention, Record, Zone, guard_of
from annotator.model.span import Span

TextOf = Callable[[str], str]
"""Gives the text of a SHA-256. Raises KeyError for an unknown one."""


def check_ownership(record: Record, annotator_id: str, previous_author: str) -> None:
    """Refuse an edit or deletion by anybody but the annotator of the record or the author of what it follows."""
    owner = guard_of(record)
    if owner and annotator_id not in {owner, previous_author}:
        raise not_yours(record.kind, record.id)


def not_yours(kind: str, object_id: str) -> Refused:
    """Return the refusal to edit or delete what belongs to somebody else."""
    what = _("the {kind} {id} belongs to another annotator").format(kind=kind, id=object_id)
    return Refused(what, do=_("add a review or a comment instead"))


def _check_mention(record: Mention, text_of: TextOf) -> None:
    if not record.spans:
        raise Refused(_("the mention {id} marks nothing").format(id=record.id), do=_("select some words"))
    text = text_of(record.text_sha256)
    for span in (*record.spans, *record.cue, *record.speaker_spans):
        # An import asks this a million times: one comparison says yes, the rest says why not.
        start, end, quote = span.start, span.end, span.quote
        if not 0 <= start < end == start + len(quote) or text[start:end] != quote:
            check_span(span, text, _("the mention {id}").format(id=record.id))


def _check_zone(record: Zone, text_of: TextOf) -> None:
    if not 0 <= record.start < record.end <= len(text_of(record.text_sha256)):
        what = _("the zone {start}-{end} lies outside its text").format(start=record.start, end=record.end)
        raise Refused(what, do=_("count offsets in Unicode code points"))


def _check_evidence(record: Evidence, _text_of: TextOf) -> None:
    for span in record.spans:
        if not 0 <= span.start < span.end or not span.quote:
            what = _("the evidence {id} has an empty place").format(id=record.id)
            raise Refused(what, do=_("end it after its start"))


_CHECKS: Final[dict[str, Callable[[Any, TextOf], None]]] = {
    "mention": _check_mention,
    "zone": _check_zone,
    "evidence": _check_evidence,
}


def check_places(record: Record, text_of: TextOf) -> None:
    """Refuse a record whose spans do not cover their quotes: `text[start:end] == quote`, always."""
    check = _CHECKS.get(record.kind)
    if check:
        check(record, text_of)


def check_all_places(kind: str, records: Iterable[Record], text_of: TextOf) -> None:
    """Refuse like `check_places`, for many records of one kind."""
    check = _CHECKS.get(kind)
    if check:
        for record in records:
            check(record, text_of)


def check_span(span: Span, text: str, whose: str) -> None:
    """Refuse a span that is not in the text or does not cover its quote there."""
    if not 0 <= span.start < span.end <= len(text):
        what = _("{whose} has the offsets {start}-{end} outside its text of {n} characters")
        what = what.format(whose=whose, start=span.start, end=span.end, n=len(text))
        raise Refused(what, do=_("count offsets in Unicode code points"))
    if text[span.start : span.end] != span.quote:
        what = _("{whose} has a quote that is not its text at {start}-{end}")
        what = what.format(whose=whose, start=span.start, end=span.end)
        raise Refused(what, do=_("count offsets in Unicode code points"))
