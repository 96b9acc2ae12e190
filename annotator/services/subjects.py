"""What can be commented on where a person is: the mark and all that hangs on it, its article, the rules."""

from collections.abc import Iterator

import msgspec

from annotator.i18n import _
from annotator.model.ids import MentionId, VersionId
from annotator.model.records import (
    Article,
    Assessment,
    Claim,
    Guideline,
    Mention,
    Record,
    Review,
    Source,
    Speaker,
    TextVersion,
)
from annotator.services.telling import Names, kind_name
from annotator.store import listing
from annotator.store.project import Project


class Subject(msgspec.Struct, frozen=True):
    """A record that can be commented on, in a few words."""

    id: str
    words: str


def subjects_of(project: Project, *, mention_id: str = "", version_id: str = "") -> list[Subject]:
    """Return what can be commented on where a mark is active and an article shown, "" for none; the nearest first."""
    names = Names(project)
    found = dict.fromkeys(one.id for one in _at(project, mention_id, version_id))
    return [Subject(one, called(project, names, one)) for one in found]


def _at(project: Project, mention_id: str, version_id: str) -> Iterator[Record]:
    mention = project.find(Mention, MentionId(mention_id))
    if mention is not None:
        yield mention
        yield from project.claims([mention.claim_id]).values()
        assessments = project.assessments_of([mention.claim_id])
        yield from assessments
        evidence = project.evidence_of([mention.claim_id])
        yield from evidence
        yield from project.by_ids(Source, (one.source_id for one in evidence)).values()
        yield from project.by_ids(Speaker, [mention.speaker_id]).values()
        yield from project.reviews_of([mention.id, *(one.id for one in (*assessments, *evidence))])
    version = project.find(TextVersion, VersionId(version_id))
    article = project.find(Article, version.article_id) if version else None
    if article is not None:
        yield article
    _number, guideline_id = listing.latest_guideline(project)
    yield from project.by_ids(Guideline, [guideline_id]).values()


def called(project: Project, names: Names, object_id: str) -> str:
    """Return what a record that is commented on is called, also where it is deleted; "" where there is none."""
    record = project.find_any(object_id)
    match record:
        case None:
            return ""
        case Assessment():
            status = names.value("status", record.status) or _("no status")
            return _("Status {status}: {claim}").format(status=status, claim=names.record(record.claim_id))
        case Review():
            return _("Decision about: {words}").format(words=names.record(record.target))
        case Guideline():
            return _("Guidelines, version {n}").format(n=record.number)
        case Article():
            titles = [one.title for one in project.versions_of(record.id) if one.title]
            words = titles[-1] if titles else names.of(record)
        case Claim() | _:
            words = names.of(record)
    return f"{kind_name(record.kind).capitalize()}: {words}"
