"""The forms that strings of a line have: ids, hashes, moments.

In a good line all strings are looked at together; only where that fails is each key looked at by itself, to name the
one that is wrong.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Annotated, Any, Final, NamedTuple, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct

from annotator.errors import Refused
from annotator.formats.jsonl.lines import Line
from annotator.i18n import _
from annotator.model import ids, moments

_MOMENTS: Final = re.compile(r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}\.[0-9]{6}Z\n)*")


class Strings(NamedTuple):
    """The strings of a line that have a form.

    Attributes:
        own: the ids of its records; those of zones and of the version are not in the line.
        named: the ids that its records must name.
        maybe: ids or "".
        moments: points in time or "".
    """

    own: list[str]
    named: set[str]
    maybe: set[str]
    moments: set[str]


def check_forms(line: Line, strings: Strings) -> None:
    """Refuse a line in which a string has not the form of its key, naming the first one; `strings` are the line's."""
    if _all_good(line, strings):
        return
    for place, value, form in _strings(line, "$"):
        if not _fits(value, form):
            raise Refused(
                _("{place} is {what}, but has {value}").format(place=place, what=_told(form), value=_short(value)),
                do=_("write it as the schema says"),
            )


def _all_good(line: Line, strings: Strings) -> bool:
    return (
        ids.are_ids([*strings.own, *(strings.named | strings.maybe).difference(strings.own, ("",))])
        and "" not in strings.named
        and _are_moments(strings.moments - {""})
        and ids.is_sha256(line.version_id)
        and all(not sha or ids.is_sha256(sha) for sha in (line.snapshot_sha256, *_snapshots(line)))
    )


def _snapshots(line: Line) -> Iterator[str]:
    for source in line.sources:
        yield source.snapshot_sha256


def _are_moments(points: set[str]) -> bool:
    """Tell whether each string is a moment; a line feed within one would add to their number."""
    joined = "\n".join((*points, ""))
    return (
        _MOMENTS.fullmatch(joined) is not None
        and joined.count("\n") == len(points)
        and all(map(_day_exists, {point[:10] for point in points}))
    )


@lru_cache(maxsize=4096)
def _day_exists(day: str) -> bool:
    return moments.is_moment(f"{day}T00:00:00.000000Z")


def strings_of(line: Line) -> Strings:
    """Return the strings of a line that have a form; hashes are few and looked at where they stand."""
    mentions, claims, sources = line.mentions, line.claims, line.sources
    assessments = [one for claim in claims for one in claim.assessments]
    evidence = [one for claim in claims for one in claim.evidence]
    records = chain(mentions, claims, assessments, evidence, sources, line.speakers, line.annotators)
    strings = Strings(
        own=[line.article_id, *map(_ID, records)],
        named={
            *map(_CLAIM, mentions),
            *map(_SOURCE, evidence),
            *map(_ANNOTATOR, chain(mentions, assessments, evidence)),
            *chain.from_iterable(map(_BASED_ON, chain(mentions, assessments))),
        },
        maybe={
            *chain.from_iterable(map(_NAMED_BY_MENTION, mentions)),
            *chain.from_iterable(map(_NAMED_BY_SOURCE, sources)),
        },
        moments={
            *(line.published, line.retrieved_at),
            *chain.from_iterable(map(_WRITTEN, mentions)),
            *map(_CLAIM_DATE, claims),
            *chain.from_iterable(map(_VALID, assessments)),
            *chain.from_iterable(map(_PUBLISHED, sources)),
        },
    )
    if line.reviews or line.comments or line.links:
        _add_remarks(line, strings)
    return strings


_ID: Final = attrgetter("id")
_CLAIM: Final = attrgetter("claim_id")
_SOURCE: Final = attrgetter("source_id")
_ANNOTATOR: Final = attrgetter("annotator")
_BASED_ON: Final = attrgetter("based_on")
_NAMED_BY_MENTION: Final = attrgetter("article_id", "within", "speaker_id")
_NAMED_BY_SOURCE: Final = attrgetter("derived_from", "article_id")
_WRITTEN: Final = attrgetter("created_at", "updated_at")
_CLAIM_DATE: Final = attrgetter("claim_date")
_VALID: Final = attrgetter("valid_from", "recorded_at")
_PUBLISHED: Final = attrgetter("published", "retrieved_at")


def _add_remarks(line: Line, strings: Strings) -> None:
    strings.own.extend(one.id for one in (*line.reviews, *line.comments, *line.links))
    for review in line.reviews:
        strings.named.update((review.target, review.reviewer))
        strings.maybe.add(review.target_event)
        strings.moments.add(review.at)
    for comment in line.comments:
        strings.named.update((comment.target, comment.author))
        strings.maybe.add(comment.reply_to)
        strings.moments.add(comment.at)
    for link in line.links:
        strings.named.update((link.a, link.b, link.annotator))


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
