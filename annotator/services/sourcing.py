"""A source as a whole: what it says of itself, where it is used, which others are the same; and editing all that."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.addresses import canonical_address
from annotator.model.ids import ClaimId, CommentId, EvidenceId, LinkId, SourceId, VersionId, new_id
from annotator.model.moments import from_date, now
from annotator.model.records import Article, Comment, Evidence, Link, Medium, Source, TextVersion
from annotator.model.sameness import together
from annotator.model.span import span_of
from annotator.services import snapshots
from annotator.services.signatures import Signatures
from annotator.services.viewing import withheld_words
from annotator.store.classes import classes_of
from annotator.store.project import Project

NEAR: Final = 90
"""So alike, of 100, are two titles that are offered as one source (rapidfuzz, token sort ratio)."""

_LEAST_TITLE: Final = 8
"""Shorter titles ("Interview") are alike without meaning the same."""

_OFFERED: Final = 5


class Use(msgspec.Struct, frozen=True):
    """One piece of evidence that names a source: the claim it is about, that claim's status, and who linked it."""

    evidence: Evidence
    claim_id: ClaimId
    claim: str
    status: str
    annotator: str


class Twin(msgspec.Struct, frozen=True):
    """A source that is linked `same` as another one; `link_id` is "" where the link is to a third one of the class."""

    source: Source
    link_id: LinkId | str
    mine: bool


class Remark(msgspec.Struct, frozen=True):
    """A note on a source; `mine` may be edited by the person at work."""

    comment_id: CommentId
    text: str
    annotator: str
    mine: bool


class SourceDetail(msgspec.Struct, frozen=True):
    """Everything that the page of a source shows.

    Attributes:
        source: the source.
        uses: where it, or one that is the same, speaks to a claim; as it was linked.
        twins: the sources that are the same.
        offered: sources that may be the same: of the same address, or of nearly the same title.
        origin: the source that it repeats, None for none.
        article_title: the title of the project's article that it is, "" for none.
        remarks: notes on it.
    """

    source: Source
    uses: tuple[Use, ...]
    twins: tuple[Twin, ...]
    offered: tuple[Source, ...]
    origin: Source | None
    article_title: str
    remarks: tuple[Remark, ...]


def source_detail(project: Project, source_id: SourceId, before: SourceDetail | None = None) -> SourceDetail:
    """Read everything about a source; raises KeyError when it is gone.

    Offers are those of `before` where nothing changed by which they are found: looking through 20,000 sources takes
    a tenth of a second.
    """
    source = project.get(Source, source_id)
    names = Signatures(project)
    members = _class_of(project, source_id)
    twins = tuple(_twins(project, source_id, members))
    known = before is not None and _found_by(before.source, before.twins) == _found_by(source, twins)
    return SourceDetail(
        source,
        tuple(_uses(project, members, names)),
        twins,
        before.offered if before is not None and known else tuple(alike(project, source)),
        project.find(Source, source.derived_from) if source.derived_from else None,
        article_title(project, source.article_id),
        tuple(_remarks(project, source_id, names)),
    )


def _found_by(source: Source, twins: Sequence[Twin]) -> tuple[object, ...]:
    return source.id, source.url, source.title, {one.source.id for one in twins}


def _class_of(project: Project, source_id: SourceId) -> tuple[SourceId, ...]:
    """Return the ids of the sources that are one with a source, itself first."""
    members = together(classes_of(project, "source"), [source_id])
    return source_id, *map(SourceId, sorted(members - {source_id}))


def _uses(project: Project, members: tuple[SourceId, ...], names: Signatures) -> Iterator[Use]:
    evidence = project.evidence_from(members)
    claims = project.claims(one.claim_id for one in evidence)
    for one in evidence:
        claim = claims.get(one.claim_id)
        yield Use(
            one,
            one.claim_id,
            claim.text if claim else withheld_words(),
            project.desk_status_of(one.claim_id),
            names.about(one.claim_id)(one.annotator_id),
        )


def _twins(project: Project, source_id: SourceId, members: tuple[SourceId, ...]) -> Iterator[Twin]:
    links = {one.b if one.a == source_id else one.a: one for one in _links(project, source_id)}
    for key, source in project.by_ids(Source, members[1:]).items():
        link = links.get(key)
        yield Twin(source, link.id if link else "", mine=link is not None and link.annotator_id == project.annotator_id)


def _links(project: Project, source_id: SourceId) -> Iterator[Link]:
    return (one for one in project.links_of([source_id]) if one.link == "same")


def article_title(project: Project, article_id: str) -> str:
    """Return what an article of the project is called, "" for none."""
    article = project.find(Article, article_id) if article_id else None
    if article is None:
        return ""
    versions = project.versions_of(article.id)
    return (versions[-1].title if versions else "") or article.url or article.came_from or _("Untitled")


def alike(project: Project, source: Source) -> list[Source]:
    """Return the sources that may be the same as one: same address first, then nearly the same title. Never assumed."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - a start does without it

    members = set(_class_of(project, source.id))
    others = {one.id: one for one in project.sources() if one.id not in members}
    address = canonical_address(source.url)
    found = {key: one for key, one in others.items() if address and canonical_address(one.url) == address}
    title = " ".join(source.title.casefold().split())
    if len(title) >= _LEAST_TITLE:
        titles = {key: " ".join(one.title.casefold().split()) for key, one in others.items()}
        near = process.extract(
            title, titles, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR, limit=_OFFERED, processor=None
        )
        found |= {key: others[key] for words, _score, key in near if len(words) >= _LEAST_TITLE}
    return list(found.values())[:_OFFERED]


def join(project: Project, source_id: SourceId, other_id: SourceId) -> LinkId:
    """Say in the current annotator's name that two sources are one; said already, nothing is written.

    Raises Refused for a source and itself, KeyError where one is gone.
    """
    project.get(Source, source_id)
    project.get(Source, other_id)
    if source_id == other_id:
        raise Refused(_("this is one and the same source"), do=_("choose another one"))
    for one in _links(project, source_id):
        if {one.a, one.b} == {source_id, other_id}:
            return one.id
    first, second = sorted((source_id, other_id))
    link = Link(LinkId(new_id()), "same", first, second, project.annotator_id)
    with project.change("source.same") as change:
        change.put(link)
    return link.id


def part(project: Project, link_id: LinkId) -> None:
    """Take the link between two sources away; raises KeyError where it is gone, Refused where it is somebody else's."""
    with project.change("source.part") as change:
        change.delete(project.get(Link, link_id))


def edit_source(
    project: Project,
    source_id: SourceId,
    *,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    retrieved: str | None = None,
    archived_url: str | None = None,
    medium: Medium | None = None,
    primary: bool | None = None,
    confidential: bool | None = None,
    derived_from: str | None = None,
    article_id: str | None = None,
) -> None:
    """Change what a source says of itself; what is None stays. Dates are typed: `2022`, `2022-01`, `2022-01-10`, "".

    Raises Refused for what is no date, for a source without title and address, and for one that would repeat itself;
    KeyError where the source, the one it repeats or the article is gone.
    """
    source = project.get(Source, source_id)
    given: dict[str, Any] = {
        "title": title,
        "url": url,
        "publisher": publisher,
        "archived_url": archived_url,
        "medium": medium,
        "primary": primary,
        "confidential": confidential,
        "derived_from": derived_from,
        "article_id": article_id,
    }
    changed = {name: _tidy(value) for name, value in given.items() if value is not None}
    if published is not None:
        changed["published"], changed["published_precision"] = _day(published)
    if retrieved is not None:
        changed["retrieved_at"] = _day(retrieved)[0]
    edited = replace(source, **changed)
    if not edited.title and not edited.url:
        raise Refused(_("a source needs a title or an address"), do=_("type one"))
    if derived_from:
        _check_origin(project, source_id, derived_from)
    if article_id:
        project.get(Article, article_id)
    if edited != source:
        with project.change("source.edit") as change:
            change.put(edited)


def _tidy(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _day(text: str) -> tuple[str, str]:
    if not text.strip():
        return "", ""
    try:
        return from_date(text)
    except ValueError:
        what = _("“{text}” is no date").format(text=text.strip())
        raise Refused(what, do=_("write a year, a month or a day, as 2022-01-10")) from None


def _check_origin(project: Project, source_id: SourceId, origin: str) -> None:
    """Refuse that a source repeats one which, however far away, repeats it."""
    seen = {str(source_id)}
    project.get(Source, origin)
    while origin:
        if origin in seen:
            raise Refused(_("a source cannot repeat itself"), do=_("choose another one"))
        seen.add(origin)
        found = project.find(Source, origin)
        origin = found.derived_from if found else ""


def mark_passage(
    project: Project, evidence_id: EvidenceId, version_id: VersionId, ranges: Sequence[tuple[int, int]]
) -> None:
    """Say where in an article of the project the evidence stands: half-open code point ranges in a version's text.

    Where the evidence has no quote yet, the passage becomes it.

    Raises Refused where the version is none of the article that the source is, KeyError where one of them is gone.
    """
    evidence = project.get(Evidence, evidence_id)
    source, version = project.get(Source, evidence.source_id), project.get(TextVersion, version_id)
    if version.article_id != source.article_id:
        raise Refused(_("this is another article than the source"), do=_("select the passage in that one"))
    text = project.text(version.text_sha256)
    spans = tuple(span_of(text, start, end) for start, end in ranges)
    quote = evidence.quote or " … ".join(" ".join(span.quote.split()) for span in spans)
    with project.change("evidence.passage") as change:
        change.put(replace(evidence, spans=spans, quote=quote))


def version_of_passage(project: Project, evidence: Evidence, versions: Sequence[VersionId]) -> VersionId:
    """Return the last of an article's versions that has the passage, the last one where none has."""
    for version in reversed(list(project.by_ids(TextVersion, versions).values())):
        text = project.text(version.text_sha256)
        if evidence.spans and all(span.fits(text) for span in evidence.spans):
            return version.id
    return versions[-1]


def add_source(project: Project, source: Source, path: Path) -> None:
    """Put a new source into the project with a file that is kept with it, in one step; raises Refused like `attach`."""
    with project.change("source.attach") as change:
        snapshots.keep(project, change, source, snapshots.read_file(path))


def remove_source(project: Project, source_id: SourceId) -> None:
    """Take a source out of the project, with the current annotator's notes on it and links to others.

    Raises Refused where evidence still names it or others have written about it, KeyError when it is gone.
    """
    source = project.get(Source, source_id)
    with project.change("source.remove") as change:
        for one in (*project.comments_on([source_id]), *_links(project, source_id)):
            change.delete(one)
        for one in project.sources():
            if one.derived_from == source_id:
                change.put(replace(one, derived_from=""))
        change.delete(source)


# Notes


def _remarks(project: Project, source_id: SourceId, names: Signatures) -> Iterator[Remark]:
    for one in project.comments_on([source_id]):
        if not one.text:
            continue  # it only resolves a thread
        mine = one.author_id == project.annotator_id and not one.reply_to
        yield Remark(one.id, one.text, names.anywhere(one.author_id), mine)


def note(project: Project, source_id: SourceId, text: str) -> None:
    """Write the current annotator's note on a source: a comment of theirs; "" takes it away.

    Raises KeyError when the source is gone.
    """
    project.get(Source, source_id)
    own = next((one for one in project.comments_on([source_id]) if _is_own(project, one)), None)
    text = text.strip()
    if (own.text if own else "") == text:
        return
    with project.change("source.note") as change:
        if own is None:
            change.put(Comment(CommentId(new_id()), source_id, project.annotator_id, text, at=now()))
        elif text:
            change.put(replace(own, text=text))
        else:
            change.delete(own)


def _is_own(project: Project, comment: Comment) -> bool:
    return comment.author_id == project.annotator_id and not comment.reply_to and bool(comment.text)
