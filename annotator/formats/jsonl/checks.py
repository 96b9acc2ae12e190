"""What a line must keep beyond its keys: quotes that are its text, a text that is its hash, statuses that agree."""

from collections import Counter
from collections.abc import Iterable, Sequence

from annotator.errors import Refused
from annotator.formats.jsonl.forms import check_forms
from annotator.formats.jsonl.lines import AssessmentLine, Line, MentionLine, SpanLine
from annotator.i18n import _
from annotator.model.moments import now
from annotator.model.span import CONTEXT, prefix, suffix
from annotator.model.status import current_status
from annotator.model.text import normalise, sha256_of


def check_line(line: Line) -> Line:
    """Return the line; raises Refused, naming the key, for the first fault that can be told without a project."""
    check_forms(line)
    _check_text(line)
    _check_ids(line)
    _check_own_names(line)
    text = line.text
    for index, zone in enumerate(line.zones):
        if not zone.start < zone.end <= len(text):
            raise _outside(f"$.zones[{index}]", zone.start, zone.end, text)
    for index, mention in enumerate(line.mentions):
        _check_places(mention, text, index)
    _check_statuses(line)
    return line


def _check_text(line: Line) -> None:
    if normalise(line.text).text != line.text:
        raise Refused(
            _("$.text holds carriage returns or characters that no text keeps"),
            do=_("import the article from its original file"),
        )
    if sha256_of(line.text) != line.version_id:
        raise Refused(
            _("$.version_id is not the SHA-256 of $.text"), do=_("one of the two was changed; export the line again")
        )


def _check_ids(line: Line) -> None:
    names: list[str] = [line.article_id, *(mention.id for mention in line.mentions)]
    for claim in line.claims:
        names.append(claim.id)
        names += [one.id for one in claim.assessments]
        names += [one.id for one in claim.evidence]
    for part in (line.sources, line.speakers, line.annotators, line.reviews, line.comments, line.links):
        names += [one.id for one in part]
    _check_once(names, "id")
    _check_once([f"{zone.start}-{zone.end}" for zone in line.zones], "zone")


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


def _check_places(mention: MentionLine, text: str, index: int) -> None:
    for spans in (mention.spans, mention.cue, mention.speaker_spans):
        for span in spans:
            start, end, quote = span.start, span.end, span.quote
            # In one expression for what is nearly always so; the place is named where it is not.
            if (
                len(quote) != end - start
                or text[start:end] != quote
                or not quote
                or (span.prefix and span.prefix != text[max(0, start - CONTEXT) : start])
                or (span.suffix and span.suffix != text[end : end + CONTEXT])
            ):
                check_places(_named(mention, f"$.mentions[{index}]"), text)
                return


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
    claims = {claim.id for claim in line.claims}
    assessed: dict[tuple[str, str, str], list[AssessmentLine]] = {}
    for claim in line.claims:
        for one in claim.assessments:
            assessed.setdefault((claim.id, one.annotator, one.layer), []).append(one)
    moment = now()
    for index, mention in enumerate(line.mentions):
        own = assessed.get((mention.claim_id, mention.annotator, mention.layer), [])
        if mention.claim_id not in claims or mention.status == (found := current_status(own, moment)):
            continue
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
