"""What articles can be narrowed by: status, unsourced or unchecked claims, whose marks, annotator, publisher, year."""

from collections import Counter
from collections.abc import Generator, Iterable, Mapping, Sequence
from typing import Final, Literal

import msgspec

from annotator.i18n import _
from annotator.model.facets import Bits, Facets, bits_of
from annotator.model.records import Annotator, Claim
from annotator.services import projects, second_check
from annotator.services.jobs import Progress
from annotator.services.signatures import Signatures
from annotator.store import facets
from annotator.store.classes import classes_of
from annotator.store.project import Project
from annotator.store.reading import VersionRow

FacetKey = Literal["status", "sources", "second", "whose", "annotator", "publisher", "published"]

MOST: Final = 12
"""So many publishers, annotators and years are offered, those with the most articles first."""

_YEAR, _MONTH = 4, 7
"""Letters of a written moment that say the year, and the month."""


class FacetValue(msgspec.Struct, frozen=True):
    """One value of a facet: what it is called inside, and on screen."""

    key: str
    title: str


class Facet(msgspec.Struct, frozen=True):
    """One facet: its values in the order in which they are shown."""

    key: FacetKey
    title: str
    values: tuple[FacetValue, ...]


class ArticleFacets(msgspec.Struct, frozen=True):
    """What the rows of the article list can be narrowed by, and which rows have what."""

    shown: tuple[Facet, ...]
    facets: Facets


def reading(project: Project, rows: Sequence[VersionRow]) -> Generator[Progress, None, ArticleFacets]:
    """Read `article_facets` as a job."""
    yield Progress(0, 0)
    return article_facets(project, rows)


def article_facets(project: Project, rows: Sequence[VersionRow]) -> ArticleFacets:
    """Read what these rows of the article list are; facets that would tell no two of them apart are left out."""
    marked = facets.marked(project)
    numbers = facets.version_numbers(project)
    of_row = [[numbers[one] for one in (row.version.id, *row.also) if one in numbers] for row in rows]

    def bits(values_of: Mapping[int, Iterable[str]]) -> dict[str, Bits]:
        found: dict[str, list[int]] = {}
        for place, versions in enumerate(of_row):
            for value in {value for version in versions for value in values_of.get(version, ())}:
                found.setdefault(value, []).append(place)
        return {value: bits_of(places) for value, places in found.items()}

    annotators = bits(_as_one(project, marked.annotators))
    waiting = _waiting(project)
    values: dict[str, dict[str, Bits]] = {
        "status": bits(marked.statuses),
        "sources": {"unsourced": bits_of(place for place, some in enumerate(of_row) if marked.unsourced & {*some})},
        "second": {"waits": bits_of(place for place, some in enumerate(of_row) if waiting & {*some})},
        "whose": _whose(annotators, _me(project), len(rows)),
        "annotator": annotators,
        "publisher": _by(row.article.publisher for row in rows),
        "published": _by(_dates(rows)),
    }
    titles = _titles(project)
    shown = tuple(
        Facet(key, title, tuple(FacetValue(value, titles[key].get(value, value)) for value in order))
        for key, title in _facet_titles().items()
        if len(order := _order(key, values[key], titles[key], len(rows)))
    )
    return ArticleFacets(shown, Facets(len(rows), values))


def _waiting(project: Project) -> set[int]:
    """Return the versions with a claim that still needs a second person."""
    asked = second_check.required(project)
    if asked is None:
        lacking = second_check.lacking(project, project.all(Claim))
    else:
        lacking = second_check.lacking_of(project, asked, facets.claims_of_status(project, asked))
    return facets.versions_of_claims(project, lacking) if lacking else set()


def _as_one(project: Project, annotators: Mapping[int, Iterable[str]]) -> dict[int, set[str]]:
    """Return annotators with those that are linked `same` as one."""
    speaks = classes_of(project, "annotator")
    return {version: {speaks.get(one, one) for one in some} for version, some in annotators.items()}


def _me(project: Project) -> str:
    return classes_of(project, "annotator").get(project.annotator_id, project.annotator_id)


def _whose(annotators: Mapping[str, Bits], me: str, count: int) -> dict[str, Bits]:
    mine, theirs = annotators.get(me, 0), 0
    for one, rows in annotators.items():
        if one != me:
            theirs |= rows
    return {"mine": mine, "theirs": theirs, "nobody": ((1 << count) - 1) & ~(mine | theirs)}


def _by(values: Iterable[str]) -> dict[str, Bits]:
    found: dict[str, list[int]] = {}
    for place, value in enumerate(values):
        if value:
            found.setdefault(value, []).append(place)
    return {value: bits_of(places) for value, places in found.items()}


def _dates(rows: Sequence[VersionRow]) -> list[str]:
    """Return when each was published: the year; where all are of one year, the month as far as it is known."""
    years = [row.article.published[:_YEAR] for row in rows]
    if len(set(years) - {""}) > 1:
        return years
    known = [row.article.published_precision not in {"year", "unknown"} for row in rows]
    return [row.article.published[: _MONTH if month else _YEAR] for row, month in zip(rows, known, strict=True)]


def _order(key: FacetKey, values: Mapping[str, Bits], titles: Mapping[str, str], count: int) -> list[str]:
    """Return the values that are offered, in order; [] for a facet that tells no two rows apart."""
    there = {value: rows.bit_count() for value, rows in values.items() if rows}
    if not any(many < count for many in there.values()) or (key == "annotator" and len(there) == 1):
        return []
    if key in {"status", "sources", "second", "whose"}:
        return [value for value in titles if value in there]
    most = [value for value, _many in Counter(there).most_common(MOST)]
    return sorted(most, reverse=True) if key == "published" else most


def _titles(project: Project) -> dict[FacetKey, dict[str, str]]:
    statuses = {one.key: _(one.name) for one in projects.statuses_known(project).values()}
    names = Signatures(project)
    return {
        "status": statuses | {"disagree": _("The annotators disagree"), "": _("No status")},
        "sources": {"unsourced": _("Claims without a source")},
        "second": {"waits": _("Needs a second check")},
        "whose": {"mine": _("Mine"), "theirs": _("Others'"), "nobody": _("Not started")},
        "annotator": {one.id: names.anywhere(one.id) for one in project.all(Annotator)},
        "publisher": {},
        "published": {},
    }


def _facet_titles() -> dict[FacetKey, str]:
    return {
        "status": _("Status"),
        "sources": _("Sources"),
        "second": _("Second person"),
        "whose": _("Marks"),
        "annotator": _("Annotator"),
        "publisher": _("Publisher"),
        "published": _("Published"),
    }
