"""What a line must keep beyond its keys: quotes that are its text, a text that is its hash, statuses that agree."""

from collections import Counter
from collections.abc import Iterable, Sequence

from annotator.errors import Refused
from annotator.formats.jsonl.forms import check_forms, strings_of
from annotator.formats.jsonl.lines import AssessmentLine, Line, MentionLine, SpanLine
from annotator.i18n import _
from annotator.model.moments import now
from annotator.model.span import CONTEXT, prefix, suffix
from annotator.model.status import current_by, current_status
from annotator.model.text import is_normal, sha256_of


def check_line(line: Line) -> Line:
    """Return the line; raises Refused, naming the key, for the first fault that can be told without a project."""
    strings = strings_of(line)
    check_forms(line, strings)
    _check_text(line)
    _check_once(strings.own, "id")
    _check_once([f"{zone.start}-{zone.end}" for zone in line.zones], "zone")
    _check_own_names(line)
    for index, zone in enumerate(line.zones):
        if not zone.start < zone.end <= len(line.text):
            raise _outside(f"$.zones[{index}]", zone.start, zone.end, line.text)
    _check_mentions(line)
    _check_statuses(line)
    return line


def _check_text(line: Line) -> None:
    if not is_normal(line.text):
        raise Refused(
            _("$.text holds carriage returns or characters that no text keeps"),
            do=_("import the article from its original file"),
        )
    if sha256_of(line.text) != line.version_id:
        raise Refused(
            _("$.version_id is not the SHA-256 of $.text"), do=_("one of the two was changed; export the line again")
        )


def _check_once(names: Sequence[str], what: str) -> None:
    if len(set(names)) < len(names):
        twice = next(name for name, count in Counter(names).items() if count > 1)
        raise Refused(
            _("the {what} {name} stands twice in the line").format(what=what, name=twice), do=_("take one out")
        )


def _check_own_names(line: Line) -> None:
    """Refuse a record that names itself where it must name another one, and a link of a record with itself."""
    naming = [
        *(f"$.mentions[{n}].within" for n, one in enumerate(line.mentions) if one.within == one.id),
        *(f"$.sources[{n}].derived_from" for n, one in enumerate(line.sources) if one.derived_from == one.id),
        *(f"$.comments[{n}].reply_to" for n, one in enumerate(line.comments) if one.reply_to == one.id),
    ]
    for place in naming:
        raise Refused(_("{place} names the record that it is part of").format(place=place), do=_("name another one"))
    for n, one in enumerate(line.links):
        if one.a == one.b:
            raise Refused(_("$.links[{n}] joins a record with itself").format(n=n), do=_("name two records"))


def _check_mentions(line: Line) -> None:
    text = line.text
    for index, mention in enumerate(line.mentions):
        for span in (*mention.spans, *mention.cue, *mention.speaker_spans):
            if not _is_there(span, text):
                check_places(_named(mention, f"$.mentions[{index}]"), text)
                break


def _is_there(span: SpanLine, text: str) -> bool:
    """Tell in one comparison what is nearly always so: the quote with all that is around it is the text's."""
    start, end = span.start, span.end
    before, quote = span.prefix, span.quote
    return (
        len(before) == CONTEXT <= start < end == start + len(quote)
        and text[start - CONTEXT : end + CONTEXT] == before + quote + span.suffix
    )


def _named(mention: MentionLine, place: str) -> Iterable[tuple[str, SpanLine]]:
    for key, spans in (("spans", mention.spans), ("cue", mention.cue), ("speaker_spans", mention.speaker_spans)):
        for index, span in enumerate(spans):
            yield f"{place}.{key}[{index}]", span


def check_places(named: Iterable[tuple[str, SpanLine]], text: str) -> None:
    """Refuse the first span that lies outside the text, or whose quote, prefix or suffix is not the text's."""
    for place, span in named:
        if not span.start < span.end <= len(text):
            raise _outside(place, span.start, span.end, text)
        for key, said, found in (
            ("quote", span.quote, text[span.start : span.end]),
            ("prefix", span.prefix or None, prefix(text, span.start)),
            ("suffix", span.suffix or None, suffix(text, span.end)),
        ):
            if said is not None and said != found:
                raise Refused(
                    _("{place}.{key} is “{said}”, but the text has “{found}” there").format(
                        place=place, key=key, said=_short(said), found=_short(found)
                    ),
                    do=_("count offsets in Unicode code points"),
                )


def _outside(place: str, start: int, end: int, text: str) -> Refused:
    if start >= end:
        return Refused(
            _("{place} is empty: start {start}, end {end}").format(place=place, start=start, end=end),
            do=_("end it after its start"),
        )
    return Refused(
        _("{place} ends at {end}, but the text has {n} characters").format(place=place, end=end, n=len(text)),
        do=_("count offsets in Unicode code points"),
    )


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"  # noqa: PLR2004 - more tells nobody more


def _check_statuses(line: Line) -> None:
    claims = {claim.id: claim for claim in line.claims}
    moment = now()
    assessed = (((claim.id, one.annotator, one.layer), one) for claim in line.claims for one in claim.assessments)
    current = current_by(assessed, moment)
    for index, mention in enumerate(line.mentions):
        whose = mention.claim_id, mention.annotator, mention.layer
        last = current.get(whose)
        found = last.status if last else ""
        if mention.status == found or mention.claim_id not in claims:
            continue
        own = [one for one in claims[mention.claim_id].assessments if (one.annotator, one.layer) == whose[1:]]
        if mention.status not in _later(own, moment):
            told = _("$.mentions[{n}].status is “{said}”, but the assessment of its annotator says “{found}”")
            raise Refused(told.format(n=index, said=mention.status, found=found), do=_("give both the same status"))


def _later(assessments: Sequence[AssessmentLine], moment: str) -> set[str]:
    """Return the statuses that were current at some time between the last assessment and now.

    A line may be older than it is read: what was still to come when it was written has come since.
    """
    written = max((one.recorded_at for one in assessments), default="")
    if not written:
        return set()
    times = {written, *(one.valid_from for one in assessments if written < one.valid_from <= moment)}
    return {current_status(assessments, time) for time in times}
