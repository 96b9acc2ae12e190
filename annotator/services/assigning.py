"""Assigning: a copy of the project in which a colleague marks on their own, to be merged back."""

from collections import Counter
from collections.abc import Generator, Iterable, Sequence
from pathlib import Path
from typing import Final

import msgspec

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.addresses import canonical_address
from annotator.model.ids import AnnotatorId
from annotator.model.records import Annotator
from annotator.services.jobs import Progress, told
from annotator.services.people import SeveralAnnotators
from annotator.store import assigning
from annotator.store.classes import classes_of
from annotator.store.leaving_out import Share
from annotator.store.project import Project
from annotator.store.reading import VersionRow

_TOLD_APART: Final = 6
"""Characters at the end of an id that tell two people of one name apart."""


class Assigned(msgspec.Struct, frozen=True):
    """A colleague's copy.

    Attributes:
        path: the new file.
        to: the name of whom it is for.
        annotator_id: their id in the project, "" where they have not worked in it yet.
        blind: whether others' marks are left out.
        articles: how many articles it shows.
        withheld: how many records of each kind are left out; they come back when it is merged.
        contents: how many texts and snapshots are left out.
    """

    path: Path
    to: str
    annotator_id: str
    blind: bool
    articles: int
    withheld: dict[str, int]
    contents: int


def colleagues(project: Project) -> dict[str, AnnotatorId]:
    """Return for whom copies can be made, by what they are called in a list: everybody but the person at work.

    Annotators that are linked `same` are one; of several people of one name each says the end of their id besides.
    """
    speaks = classes_of(project, "annotator")
    people = [one for one in project.all(Annotator) if speaks.get(one.id, one.id) == one.id]
    me = speaks.get(project.annotator_id, project.annotator_id)
    often = Counter(one.name.casefold() for one in people)
    return {
        one.name if often[one.name.casefold()] == 1 else f"{one.name} (…{one.id[-_TOLD_APART:]})": one.id
        for one in people
        if one.id != me
    }


def assign(
    project: Project,
    new: Path,
    *,
    to: str,
    articles: Sequence[str] = (),
    blind: bool = False,
    with_confidential: bool = False,
) -> Generator[Progress, None, Assigned]:
    """Write a copy of the project for a colleague; the generator's value tells what is in it.

    It holds texts, guidelines, statuses and the shared records; the colleague's own marks are always in it. Nothing is
    written to the project itself.

    Args:
        project: what is copied.
        new: a name that no file has.
        to: the colleague's name or id; somebody who has not worked in the project yet is nobody's namesake.
        articles: ids, addresses or titles of those that are assigned; none for all.
        with_confidential: leave confidential sources in, with all that is said of them; without it only those stay that
            the colleague's own evidence names.
        blind: leave out what others marked, and the claims, sources and speakers that only their marks use.

    Raises:
        Refused: no article, or more than one, is called like that; there is a file of that name; the place takes none.
        SeveralAnnotators: several annotators are called that.
    """
    if not to.strip():
        raise Refused(_("a copy is for somebody"), do=_("say whom it is for"))
    who = _annotators(project, to.strip())
    rows = project.version_rows()
    chosen = _articles(project, rows, articles) if articles else None
    share = Share(
        frozenset(who), blind, frozenset(chosen) if chosen is not None else None, with_confidential=with_confidential
    )
    left_out = yield from told(assigning.assigning(project, new, share))
    shown = chosen if chosen is not None else {row.article.id for row in rows}
    return Assigned(
        new,
        to.strip(),
        min(who, default=""),
        blind,
        len({classes_of(project, "article").get(one, one) for one in shown}),
        left_out.records,
        left_out.contents,
    )


def _annotators(project: Project, to: str) -> set[str]:
    """Return the ids of the colleague: those of one person who is linked `same` all count."""
    speaks = classes_of(project, "annotator")
    found = project.annotators_called(to)
    people = {speaks.get(one.id, one.id) for one in found}
    if len(people) > 1:
        raise SeveralAnnotators(to, [one.id for one in found], str(project.path))
    return {one.id for one in project.all(Annotator) if speaks.get(one.id, one.id) in people}


def _articles(project: Project, rows: Iterable[VersionRow], wanted: Sequence[str]) -> set[str]:
    """Return the ids of the articles that are meant, and of those that are `same` as one of them."""
    speaks = classes_of(project, "article")
    by_key: dict[str, set[str]] = {}
    members: dict[str, set[str]] = {}
    for row in rows:
        one = speaks.get(row.article.id, row.article.id)
        members.setdefault(one, set()).add(row.article.id)
        keys = {row.article.id, row.version.title.strip().casefold()}
        if row.article.url:
            keys.add(canonical_address(row.article.url))
        for key in keys:
            by_key.setdefault(key, set()).add(one)
    chosen: set[str] = set()
    for words in wanted:
        chosen |= members[_one(words, by_key)]
    return chosen


def _one(words: str, by_key: dict[str, set[str]]) -> str:
    found: set[str] = set()
    for key in (words.strip(), words.strip().casefold(), canonical_address(words.strip())):
        found = found or by_key.get(key, set())
    if not found:
        what = _("the project has no article “{words}”").format(words=words)
        raise Refused(what, do=_("give its id, its address or its whole title"))
    if len(found) > 1:
        what = _("several articles are called “{words}”: {ids}").format(words=words, ids=", ".join(sorted(found)))
        raise Refused(what, do=_("give one of their ids"))
    return next(iter(found))
