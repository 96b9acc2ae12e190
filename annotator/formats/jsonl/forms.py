"""The forms that strings of a line have: ids, hashes, moments.

A good line is recognised in two regular expressions over all its strings at once; only where that fails is each key
looked at by itself, to name the one that is wrong.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, Any, Final, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct

from annotator.errors import Refused
from annotator.formats.jsonl.lines import Line
from annotator.i18n import _
from annotator.model import ids, moments

_IDS: Final = re.compile(r"(?:(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})?\n)*")
_MOMENTS: Final = re.compile(r"(?:(?:[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z)?\n)*")


def check_forms(line: Line) -> None:
    """Refuse a line in which a string has not the form of its key, naming the first one."""
    if _all_good(line):
        return
    for place, value, form in _strings(line, "$"):
        if not _fits(value, form):
            raise Refused(
                _("{place} is {what}, but has {value}").format(place=place, what=_told(form), value=_short(value)),
                do=_("write it as the schema says"),
            )


def _all_good(line: Line) -> bool:
    must, may, points = _collected(line)
    named, points = {*must, *may}, {*points}
    return (
        all(must)
        and _match(_IDS, named)
        and _match(_MOMENTS, points)
        and _days_exist(points)
        and ids.is_sha256(line.version_id)
        and all(not sha or ids.is_sha256(sha) for sha in (line.snapshot_sha256, *_snapshots(line)))
    )


def _snapshots(line: Line) -> Iterator[str]:
    for source in line.sources:
        yield source.snapshot_sha256


def _match(pattern: re.Pattern[str], strings: set[str]) -> bool:
    """Tell whether each string has the form; a line feed within one would add to their number."""
    joined = "\n".join((*strings, ""))
    return pattern.fullmatch(joined) is not None and joined.count("\n") == len(strings)


def _days_exist(points: set[str]) -> bool:
    return all(map(_day_exists, {point[:10] for point in points if point})) and all(
        "T00:00:00." <= point[10:20] <= "T23:59:59." and point[14] < "6" and point[17] < "6"
        for point in points
        if point
    )


@lru_cache(maxsize=4096)
def _day_exists(day: str) -> bool:
    return moments.is_moment(f"{day}T00:00:00.000000Z")


def _collected(line: Line) -> tuple[list[str], list[str], list[str]]:
    """Return the ids that must stand, those that may be "", and the moments of a line."""
    must = [line.article_id]
    may: list[str] = []
    points = [line.published, line.retrieved_at]
    for mention in line.mentions:
        must += (mention.id, mention.claim_id, mention.annotator, *mention.based_on)
        may += (mention.article_id, mention.within, mention.speaker_id)
        points += (mention.created_at, mention.updated_at)
    for claim in line.claims:
        must.append(claim.id)
        points.append(claim.claim_date)
        for assessment in claim.assessments:
            must += (assessment.id, assessment.annotator, *assessment.based_on)
            points += (assessment.valid_from, assessment.recorded_at)
        for evidence in claim.evidence:
            must += (evidence.id, evidence.source_id, evidence.annotator)
    for source in line.sources:
        must.append(source.id)
        may += (source.derived_from, source.article_id)
        points += (source.published, source.retrieved_at)
    must += [speaker.id for speaker in line.speakers]
    must += [annotator.id for annotator in line.annotators]
    for review in line.reviews:
        must += (review.id, review.target, review.reviewer)
        may.append(review.target_event)
        points.append(review.at)
    for comment in line.comments:
        must += (comment.id, comment.target, comment.author)
        may.append(comment.reply_to)
        points.append(comment.at)
    for link in line.links:
        must += (link.id, link.a, link.b, link.annotator)
    return must, may, points


def _strings(part: Struct, place: str) -> Iterator[tuple[str, str, str]]:
    """Yield (place, value, form) of every string of an object that has a form, in the order of its keys."""
    for key, form in forms_of(type(part)).items():
        value: object = getattr(part, key)
        if isinstance(value, str):
            if form:
                yield f"{place}.{key}", value, form
        elif isinstance(value, tuple):
            for index, item in enumerate(value):  # pyright: ignore[reportUnknownVariableType,reportUnknownArgumentType] - of strings or objects; told apart below
                inner = f"{place}.{key}[{index}]"
                if isinstance(item, Struct):
                    yield from _strings(item, inner)
                elif form and isinstance(item, str):
                    yield inner, item, form


@lru_cache(maxsize=32)
def forms_of(part: type[Struct]) -> dict[str, str]:
    """Return the form of each key of an object, "" for a key without one."""
    return {key: _form(hint) for key, hint in get_type_hints(part, include_extras=True).items()}


def _form(hint: Any) -> str:
    if get_origin(hint) is tuple:
        hint = get_args(hint)[0]
    if get_origin(hint) is Annotated:
        for meta in get_args(hint)[1:]:
            if isinstance(meta, Meta) and meta.extra:
                return str(meta.extra["form"])
    return ""


def _fits(value: str, form: str) -> bool:
    if not value:
        return form.endswith("?")
    kind = form.removesuffix("?")
    return {"id": ids.is_id, "hash": ids.is_sha256, "moment": moments.is_moment}[kind](value)


def _told(form: str) -> str:
    return {
        "id": _("an id (a UUID in lower case)"),
        "id?": _("an id (a UUID in lower case) or empty"),
        "hash": _("a SHA-256 (64 digits in lower case)"),
        "hash?": _("a SHA-256 (64 digits in lower case) or empty"),
        "moment?": _("a moment like 2022-01-10T15:00:00.000000Z or empty"),
    }[form]


def _short(value: str) -> str:
    shown = value if len(value) <= 40 else f"{value[:40]}…"  # noqa: PLR2004 - more tells nobody more
    return f"“{shown}”"
