"""Finding in the whole project: articles, claims, marked words with their notes, sources, speakers."""

from collections.abc import Generator, Sequence
from typing import Final, Literal, cast

import msgspec

from annotator.i18n import _
from annotator.model.records import KINDS as RECORDS
from annotator.services.jobs import Progress
from annotator.store import search, searched
from annotator.store.project import Project

FoundKind = Literal["version", "claim", "mention", "source", "speaker"]

KINDS: Final = cast("tuple[FoundKind, ...]", search.KINDS)

_HIDDEN: Final = 1_000
"""So many more are looked at where some may be hidden."""

AT_ONCE: Final = 300
"""So many events are read in while somebody waits for an answer; more of them are a job."""


class Hit(msgspec.Struct, frozen=True):
    """A record that has the words.

    Attributes:
        kind: what it is; "version" is an article.
        id: its id.
        title: what it is called: the article's title, the claim, the marked words, the source, the speaker.
        before: the words before the first place.
        match: the words found there.
        after: the words behind it.
        version_id: the article version it stands in, "" for what stands in none.
    """

    kind: FoundKind
    id: str
    title: str
    before: str
    match: str
    after: str
    version_id: str


def find(project: Project, words: str, *, kinds: Sequence[FoundKind] = KINDS, limit: int = 20) -> list[Hit]:
    """Return what has all the words, by kind in the order of `kinds`, of each the best first and `limit` at most.

    Words in quotation marks stand together, the last word may be the beginning of one. Case and accents do not count,
    and in English neither do endings. What changed since the cache was made is read in where it is little;
    `is_behind` says whether it was not.
    """
    if 0 < search.behind(project) <= AT_ONCE:
        with project.unveiled():  # the cache holds everything; what is shown of it is asked below
            for _stage in search.refreshing(project):
                pass
    return [
        Hit(kind, one.id, one.title, one.before, one.match, one.after, one.place)
        for kind in kinds
        for one in _seen(project, words, kind, limit)
    ]


def _seen(project: Project, words: str, kind: FoundKind, limit: int) -> Sequence[searched.Match]:
    """Return the matches that the person sees: of blind work, not those of what others marked."""
    if project.veil is None:
        return searched.find(project, words, kind, limit)
    found = searched.find(project, words, kind, limit + _HIDDEN)
    seen = project.by_ids(RECORDS[kind], (one.id for one in found))
    return [one for one in found if one.id in seen][:limit]


class Place(msgspec.Struct, frozen=True):
    """Where a person is led to: an article version and a mention in it, each "" where there is none."""

    version_id: str
    mention_id: str


def place_of(project: Project, kind: FoundKind, object_id: str) -> Place:
    """Return where a record stands: for a claim, speaker or source the first mention that has to do with it."""
    if kind == "version":
        return Place(object_id, "")
    mention_id = object_id if kind == "mention" else searched.mention_of(project, kind, object_id)
    return Place(project.version_of_mention(mention_id) if mention_id else "", mention_id)


def is_behind(project: Project) -> bool:
    """Tell whether the cache must be made, or brought up to date by a job, before everything is found."""
    return search.behind(project) > AT_ONCE


def indexing(project: Project, *, anew: bool = False) -> Generator[Progress, None, None]:
    """Bring the cache up to date; `anew` makes it from the beginning."""
    if anew:
        search.forget(project)
    for done, total, _what in search.refreshing(project):
        yield Progress(done, total, _("Indexing"))
