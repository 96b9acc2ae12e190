"""What the window's views show, read in as few queries as there are kinds of record."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

import msgspec
from msgspec import UNSET

from annotator.i18n import _
from annotator.model.ids import AnnotatorId, ClaimId, MentionId, SpeakerId, VersionId
from annotator.model.records import (
    Article,
    Claim,
    Comment,
    Evidence,
    Mention,
    Source,
    Speaker,
    TextVersion,
    Zone,
)
from annotator.model.sameness import together
from annotator.services import guidelines, projects
from annotator.services.signatures import Called, Signatures
from annotator.store import classes, listing
from annotator.store.happenings import Happening
from annotator.store.project import Project
from annotator.store.reading import VersionRow

Ranges = tuple[tuple[int, int], ...]
"""Half-open ranges in code points."""


class ClaimRow(msgspec.Struct, frozen=True, gc=False):
    """One mention with its claim, as list, article view and inspector show it.

    `comments` counts the threads about it that are not resolved, `needs_second` tells that its claim's status still
    needs a second person.
    `within` is the id of the mention in which it is reported, "" for none; that one may be gone.
    `adjudicated`: it is what the review came to, and nobody's own mark (`services.deciding`).
    """

    mention_id: MentionId
    claim_id: ClaimId
    annotator_id: AnnotatorId
    text: str
    status: str
    speaker: str
    speaker_accepted: bool
    evidence: int
    spans: Ranges
    cue: Ranges
    speaker_spans: Ranges
    comments: int = 0
    needs_second: bool = False
    within: str = ""
    adjudicated: bool = False

    def is_own(self, annotator_id: AnnotatorId) -> bool:
        """Tell whether a person made it as an annotator: only then it is theirs to change where they mark."""
        return self.annotator_id == annotator_id and not self.adjudicated


class Later(msgspec.Struct, frozen=True):
    """Mentions of a version that are still to be read, by place; the n-th of each belong together.

    Attributes:
        numbers: what `numbered_rows` reads them by.
        starts: their first code points.
        statuses: the status of each as its row will have it.
    """

    numbers: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()
    statuses: tuple[str, ...] = ()

    def cut(self, count: int) -> "tuple[Later, Later]":
        """Cut so many off, or a few more: those that begin at one place stay together, their rows will order them."""
        while 0 < count < len(self.starts) and self.starts[count] == self.starts[count - 1]:
            count += 1
        first = Later(self.numbers[:count], self.starts[:count], self.statuses[:count])
        return first, Later(self.numbers[count:], self.starts[count:], self.statuses[count:])


class ArticlePage(msgspec.Struct, frozen=True):
    """One article version, ready to show: `rows` by place from the first on, and what follows them in `later`.

    `versions` are those whose mentions are shown: the version, and those of one text in articles that are `same`.
    """

    article: Article
    version: TextVersion
    text: str
    zones: tuple[Zone, ...]
    rows: tuple[ClaimRow, ...]
    versions: tuple[VersionId, ...]
    later: Later = Later()


FEW: Final = 400
"""Mentions that are read with their article, whatever it costs."""

FIRST: Final = (200, 10_000)
"""Of more than those, what is read with their article: so many mentions and all that begin in so many code points.

A large window shows some four thousand.
"""


def article_page(project: Project, version_id: VersionId, *, whole: bool = True) -> ArticlePage:
    """Read an article version with everything marked in it, or unless `whole` with as much as a window shows first.

    Raises KeyError when it is gone.
    """
    version = project.get(TextVersion, version_id)
    versions = versions_together(project, version_id)
    if whole or listing.count_of_version(project, *versions) <= FEW:
        rows, later = claim_rows(project, *versions), Later()
    else:
        rows, later = _first_rows(project, *versions)
    return ArticlePage(
        project.get(Article, version.article_id),
        version,
        project.text(version.text_sha256),
        tuple(project.zones_of(version_id)),
        tuple(rows),
        versions,
        later,
    )


def versions_together(project: Project, version_id: VersionId) -> tuple[VersionId, ...]:
    """Return the versions that are shown as one with this one, itself first (`store.classes`)."""
    return classes.versions_together(project, version_id)


def article_rows(project: Project) -> list[VersionRow]:
    """Return the rows of the article list: articles that are `same` have one for each text (`store.classes`)."""
    return classes.shown_rows(project)


def article_rows_since(project: Project, rows: Sequence[VersionRow]) -> list[VersionRow] | None:
    """Return the rows that arrivals put behind these; None where all are to be read again (`store.classes`)."""
    return classes.rows_since(project, rows)


def _first_rows(project: Project, *version_ids: VersionId) -> tuple[list[ClaimRow], Later]:
    numbers, starts, statuses = zip(*listing.outline_of_version(project, *version_ids), strict=True)
    first, later = Later(numbers, starts, statuses).cut(max(FIRST[0], bisect_left(starts, FIRST[1])))
    return numbered_rows(project, first.numbers), later


def numbered_rows(project: Project, numbers: Sequence[int]) -> list[ClaimRow]:
    """Return the mentions of a part of `Later` by their place; those that are gone are left out."""
    return _rows(project, listing.listed_numbers(project, numbers))


def claim_rows(project: Project, *version_ids: VersionId) -> list[ClaimRow]:
    """Return every mention of a version, or of several of one text, by its place in the text."""
    return _rows(project, listing.listed_of_version(project, *version_ids))


def claim_rows_of(project: Project, mention_ids: Iterable[str]) -> list[ClaimRow]:
    """Return these mentions only, as after a change; those that are gone are left out."""
    return _rows(project, listing.listed_mentions(project, list(mention_ids)))


def _rows(project: Project, found: Sequence[listing.Listed]) -> list[ClaimRow]:
    speakers = project.by_ids(Speaker, {one[0].speaker_id for one in found})
    names: dict[str, str] = {speaker.id: speaker.name for speaker in speakers.values()}
    withheld = withheld_words()
    talked, lacking = (
        _talked_about(project),
        _lacking(project, [(mention.claim_id, claim.needs_second_check) for mention, claim, *_ in found]),
    )
    rows = [
        ClaimRow(
            mention.id,
            mention.claim_id,
            mention.annotator_id,
            claim.text or withheld,
            status,
            names.get(mention.speaker_id, withheld if mention.speaker_id else ""),
            mention.speaker_accepted,
            evidence,
            _ranges(mention.spans),
            _ranges(mention.cue),
            _ranges(mention.speaker_spans),
            talked.get(mention.id, 0) + talked.get(mention.claim_id, 0) if talked else 0,
            mention.claim_id in lacking,
            mention.within,
            mention.layer == "adjudicated",
        )
        for mention, claim, status, evidence in found
    ]
    return in_text_order(rows)


def _talked_about(project: Project) -> dict[str, int]:
    if not project.count(Comment):
        return {}
    from annotator.services import commenting  # noqa: PLC0415 - most projects have none, and show sooner without it

    return commenting.open_on(project)


def claims_together(project: Project, claim_ids: Iterable[str]) -> set[str]:
    """Return these claims with those that are `same` as one of them: a second person of one is that of all."""
    return together(classes.classes_of(project, "claim"), claim_ids)


def _lacking(project: Project, claims: Sequence[tuple[ClaimId, bool]]) -> AbstractSet[ClaimId]:
    """Return which claims need a second person; each comes with what it says of that itself."""
    card = projects.card_of(project)
    asked = card.second_check if card else UNSET
    if not asked or not claims:  # nobody ever said: then what a claim was imported with counts
        return {claim_id for claim_id, needs in claims if needs and asked is UNSET}
    from annotator.services import second_check  # noqa: PLC0415 - as above

    return second_check.lacking_of(project, asked, [claim_id for claim_id, _ in claims])


def _ranges(places: tuple[listing.Place, ...]) -> Ranges:
    return tuple([(place.start, place.end) for place in places]) if places else ()


def place_of(row: ClaimRow) -> tuple[Ranges, str]:
    """Return what rows are ordered by: their place in the text, then their id."""
    return row.spans, row.mention_id


def in_text_order(rows: Iterable[ClaimRow]) -> list[ClaimRow]:
    """Return rows by their place in the text."""
    return sorted(rows, key=place_of)


class EvidenceRow(msgspec.Struct, frozen=True):
    """A source linked to a claim, with who linked it."""

    evidence: Evidence
    source: Source
    annotator: str


class ClaimDetail(msgspec.Struct, frozen=True):
    """Everything the inspector shows of one mention and its claim.

    `withheld`: the claim's own words are not in this file; what stands in their place is nobody's.
    `related`: other claims are linked to it (`services.relating`).
    `talk`: how many comments the project has: where there are none, nobody looks for those about this.
    `needs_second`: the claim's status still needs a second person (`services.second_check`).
    `made_under`: what is to be told of the guidelines that it was made under, None for nothing.
    `outer`: the claim of the mention that this one is reported in; None where it is in none, or that one is gone.
    """

    mention: Mention
    claim: Claim
    status: str
    desk_status: str
    speaker: Speaker | None
    evidence: tuple[EvidenceRow, ...]
    annotator: str
    mine: bool
    history: tuple["HistoryRow", ...]
    withheld: bool = False
    related: bool = False
    talk: int = 0
    needs_second: bool = False
    made_under: guidelines.MadeUnder | None = None
    outer: Claim | None = None

    @property
    def adjudicated(self) -> bool:
        """Whether it is what the review came to: then it is changed there, also by whom decided it (`mine` is not)."""
        return self.mention.layer == "adjudicated"


class HistoryRow(msgspec.Struct, frozen=True):
    """One line of a claim's history.

    `status` is set where the claim was assessed, `undoes` where a change was taken back; `about` is the id of the
    record that changed first.
    """

    at: float
    annotator: str
    title: str
    status: str
    change_id: str
    undoes: str
    about: str


def claim_detail(project: Project, mention_id: MentionId) -> ClaimDetail:
    """Read everything about one mention; raises KeyError when it is gone."""
    mention = project.get(Mention, mention_id)
    known = project.find(Claim, mention.claim_id)
    claim = known or Claim(mention.claim_id, withheld_words())
    evidence = project.evidence_of([claim.id])
    sources = project.by_ids(Source, (one.source_id for one in evidence))
    called = Signatures(project).about(mention_id)
    return ClaimDetail(
        mention,
        claim,
        project.statuses_of_mentions([mention]).get(mention.id, ""),
        project.desk_status_of(claim.id),
        _speaker(project, mention.speaker_id) if mention.speaker_id else None,
        tuple(
            EvidenceRow(
                one,
                sources.get(one.source_id) or Source(one.source_id, title=withheld_words()),
                called(one.annotator_id),
            )
            for one in evidence
        ),
        called(mention.annotator_id),
        mention.annotator_id == project.annotator_id and mention.layer == "annotation",
        tuple(_history(project, mention, evidence, called)),
        withheld=known is None,
        related=bool(project.links_of([claim.id])),
        talk=project.count(Comment),
        needs_second=bool(_lacking(project, [(claim.id, claim.needs_second_check)])),
        made_under=guidelines.made_under(project, mention.guideline_version),
        outer=_outer(project, mention.within) if mention.within else None,
    )


def _outer(project: Project, mention_id: str) -> Claim | None:
    outer = project.find(Mention, mention_id)
    return (project.find(Claim, outer.claim_id) or Claim(outer.claim_id, withheld_words())) if outer else None


def _speaker(project: Project, speaker_id: str) -> Speaker:
    return project.find(Speaker, speaker_id) or Speaker(SpeakerId(speaker_id), withheld_words())


def withheld_words() -> str:
    """Return what stands for a record whose words are not in this file: taken out for good, or not for these eyes."""
    return _("(withheld)")


def _history(project: Project, mention: Mention, evidence: Iterable[Evidence], called: Called) -> list[HistoryRow]:
    """The happenings of the mention, its claim, assessments and evidence, one line a change, first to last."""
    from annotator.services import folding, steps  # noqa: PLC0415 - an article is painted before any history is read

    objects: list[str] = [mention.id, mention.claim_id]
    objects += [one.id for one in project.assessments_of([mention.claim_id])]
    objects += [one.id for one in evidence]
    lines: dict[str, HistoryRow] = {}
    for one in project.history(*objects):
        status = _status_in(one)
        known = lines.get(one.change_id)
        if known is None or status:
            title = (
                folding.title_of_change(project, one.change_id, one.change)
                if one.undoes
                else steps.title_of(one.change)
            )
            name = called(one.author_id)
            about = known.about if known else one.object_id
            lines[one.change_id] = HistoryRow(one.at, name, title, status, one.change_id, one.undoes or "", about)
    return folding.folded(sorted(lines.values(), key=lambda row: row.at))


def _status_in(happening: Happening) -> str:
    return str(getattr(happening.record, "status", "")) if happening.record is not None else ""
