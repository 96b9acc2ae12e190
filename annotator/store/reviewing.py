"""Everybody's marks for review, in bulk: places, statuses, speakers, evidence and decisions, and no other field."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Final, NamedTuple

import msgspec

from annotator.model import ids
from annotator.model.ids import AnnotatorId, ArticleId, ClaimId, MentionId, Sha256, VersionId
from annotator.model.moments import now
from annotator.model.review.clusters import NOTHING_SAID, Said, Vote
from annotator.store import decided
from annotator.store.classes import classes_of
from annotator.store.codec import decoded
from annotator.store.decided import IN, LABELLED, Decisions, Label
from annotator.store.listing import Place
from annotator.store.reading import Reading
from annotator.store.tables import BODY, SHOWN
from annotator.store.whose_marks import passes_of

_ADJUDICATED: Final = "adjudicated"
_UNLABELLED: Final = '"type":"",'


class _Marked(msgspec.Struct, frozen=True, gc=False):
    id: MentionId
    claim_id: ClaimId
    annotator_id: AnnotatorId
    spans: tuple[Place, ...]
    speaker_id: str
    layer: str
    based_on: tuple[str, ...]


class _Linked(msgspec.Struct, frozen=True, gc=False):
    source_id: str
    stance: str


_MARKED: Final = msgspec.json.Decoder(list[_Marked])
_LINKED: Final = msgspec.json.Decoder(list[_Linked])


class Settled(NamedTuple):
    """What was decided about a mark.

    Attributes:
        decision: accept, change or reject.
        proposal: the adjudicated mention, "" for none.
        changed: the mark, or what its annotator holds of its claim, is no longer what the decision saw, or is gone.
    """

    decision: str
    proposal: str
    changed: bool


class VotedText(NamedTuple):
    """A text version with the marks of everybody's own layer, and what was decided about each of them.

    One text of several articles that are `same` is one: it is called by the smallest of their ids that has it, and by
    that article's version.

    Attributes:
        finished: who has finished their pass of it, whether or not they marked something.
    """

    article_id: ArticleId
    version_id: VersionId
    text_sha256: Sha256
    votes: tuple[Vote, ...]
    settled: Mapping[MentionId, Settled]
    finished: frozenset[AnnotatorId] = frozenset()


class _Group(NamedTuple):
    """The versions that are one text, by row, and what they are called."""

    article_id: ArticleId
    version_id: VersionId
    text_sha256: Sha256
    rows: tuple[int, ...]


class _Held(NamedTuple):
    """What an annotator holds of a claim: the assessment's row and when it holds, its status."""

    n: int
    order: tuple[str, str]
    status: str


def voted_texts(project: Reading, version_ids: Iterable[VersionId] | None = None) -> Iterator[VotedText]:
    """Yield the texts that somebody marked, in the order in which they were brought in; of all, or those versions.

    A version stands for those that are one text with it.
    """
    groups = _groups(project)
    if version_ids is not None:
        wanted = {project.number_of(one) for one in version_ids}
        groups = [group for group in groups if wanted.intersection(group.rows)]
    yield from _Reader(project, groups, whole=version_ids is None).texts()


def _groups(project: Reading) -> list[_Group]:
    speaks = classes_of(project, "article")
    together: dict[tuple[str, bytes], list[tuple[str, int, bytes]]] = {}
    for row, version, raw, sha256 in project.connection.execute(
        "SELECT state.n, own.id, object.id, text.sha256 FROM state_version AS state"
        " JOIN object AS own ON own.n = state.n JOIN object ON object.n = state.article"
        " JOIN text ON text.n = state.text ORDER BY state.n"
    ):
        article = ids.spelled(raw)
        together.setdefault((speaks.get(article, article), sha256), []).append((article, int(row), version))
    return [
        _Group(
            ArticleId(min(versions)[0]),
            VersionId(ids.spelled(min(versions)[2])),
            Sha256(bytes(sha256).hex()),
            tuple(row for _, row, _ in versions),
        )
        for (_, sha256), versions in together.items()
    ]


class _Reader:
    """Reads what the votes of some texts are made of, each kind of record in one query."""

    def __init__(self, project: Reading, groups: Sequence[_Group], *, whole: bool) -> None:
        self._project = project
        self._groups = groups
        rows = [row for group in groups for row in group.rows]
        asked = None if whole else msgspec.json.encode(rows).decode()
        values = () if asked is None else (asked,)
        claims = "1" if whole else f"state.claim IN (SELECT claim FROM state_mention WHERE version {IN})"
        self._people = classes_of(project, "annotator")
        self._speakers = classes_of(project, "speaker")
        self._sources = classes_of(project, "source")
        self._held = self._read_held(claims, values)
        self._labels = self._read_labels(claims.replace("state.claim", "state.n"), values)
        self._gone = {(one.claim_id, one.annotator_id, one.reviewer_id) for one in decided.gone_targets(project)}
        self._decisions = Decisions(project, asked)
        self._linked = self._read_linked(claims, values)
        self._finished = passes_of(project) if whole else passes_of(project, IN, values)
        self._marks: dict[int, list[tuple[int, int, bytes, int, int]]] = {}
        marked = "1" if whole else f"state.version {IN}"
        for row in project.connection.execute(
            f"SELECT state.version, state.n, {BODY}, state.claim, state.annotator"
            f" FROM state_mention AS state {SHOWN} WHERE {marked}",
            values,
        ):
            self._marks.setdefault(row[0], []).append(row)

    def _read_held(self, claims: str, values: Sequence[object]) -> dict[tuple[int, int], _Held]:
        """Return what each annotator holds of each claim, by the rule of `Reading.current_statuses`."""
        held: dict[tuple[int, int], _Held] = {}
        for number, claim, annotator, status, valid_from, recorded_at in self._project.connection.execute(
            "SELECT n, claim, annotator, status, valid_from, recorded_at FROM state_assessment AS state"
            f" WHERE {claims} AND layer = 'annotation' AND valid_from <= ?",
            (*values, now()),
        ):
            one = _Held(number, (valid_from, recorded_at), status)
            before = held.setdefault((claim, annotator), one)
            if before is not one and self._follows(one, before):
                held[claim, annotator] = one
        return held

    def _read_labels(self, claims: str, values: Sequence[object]) -> dict[int, Label]:
        """Return the kind of each claim that has one: of most claims there is nothing to decode."""
        rows = self._project.connection.execute(
            f"SELECT {BODY}, state.n, state.head FROM state_claim AS state {SHOWN}"
            f" WHERE {claims} AND instr(coalesce(joined.body, event.body), ?) = 0",
            (*values, _UNLABELLED),
        ).fetchall()
        told = zip(decoded(LABELLED, [row[0] for row in rows]), rows, strict=True)
        return {number: Label(one.type, head) for one, (_, number, head) in told if one.type}

    def _follows(self, one: _Held, before: _Held) -> bool:
        return (one.order, self._id(one.n)) > (before.order, self._id(before.n))

    def _id(self, number: int) -> bytes:
        return bytes(self._project.connection.execute("SELECT id FROM object WHERE n = ?", (number,)).fetchone()[0])

    def _read_linked(self, claims: str, values: Sequence[object]) -> dict[tuple[int, int], list[tuple[int, str, str]]]:
        rows = self._project.connection.execute(
            f"SELECT {BODY}, state.claim, state.annotator, state.n FROM state_evidence AS state {SHOWN} WHERE {claims}",
            values,
        ).fetchall()
        linked: dict[tuple[int, int], list[tuple[int, str, str]]] = {}
        made = self._decisions.made_evidence()
        for one, (_, claim, annotator, number) in zip(decoded(_LINKED, [row[0] for row in rows]), rows, strict=True):
            if number in made:
                continue  # a decision linked it: who reviews does not say it as an annotator
            source = self._sources.get(one.source_id, one.source_id)
            linked.setdefault((claim, annotator), []).append((number, source, one.stance))
        return linked

    def _person(self, who: AnnotatorId) -> AnnotatorId:
        return AnnotatorId(self._people.get(who, who)) if self._people else who

    def texts(self) -> Iterator[VotedText]:
        """Yield the texts that somebody marked."""
        for group in self._groups:
            rows = [row for version in group.rows for row in self._marks.pop(version, ())]
            if rows:
                text = self._text(group, sorted(rows, key=itemgetter(1)))
                if text.votes:
                    yield text

    def _text(self, group: _Group, rows: Sequence[tuple[int, int, bytes, int, int]]) -> VotedText:
        marks = decoded(_MARKED, [row[2] for row in rows])
        votes: list[Vote] = []
        settled: dict[MentionId, Settled] = {}
        bases = {one.id: one.based_on for one in marks if one.layer == _ADJUDICATED}
        there = {one.id for one in marks}
        for mark, (_, number, _, claim, annotator) in zip(marks, rows, strict=True):
            if mark.layer == _ADJUDICATED or not mark.spans:
                continue
            held = self._held.get((claim, annotator))
            linked = self._linked.get((claim, annotator))
            label = self._labels.get(claim)
            votes.append(self._vote(mark, held, linked, label.words if label else ""))
            review = self._decisions.of(number)
            if review:
                changed = self._decisions.is_changed(number) or not there.issuperset(
                    bases.get(MentionId(review.proposal), ())
                )
                if review.decision != "reject":
                    attached = [held.n] if held else []
                    attached += [row for row, *_ in linked or ()]
                    changed = changed or any(self._decisions.is_changed(one) for one in attached)
                    changed = changed or (mark.claim_id, mark.annotator_id, review.reviewer_id) in self._gone
                    changed = changed or self._decisions.is_relabelled(claim, number, label)
                settled[mark.id] = Settled(review.decision, review.proposal, changed)
        finished = frozenset(self._person(who) for row in group.rows for who in self._finished.get(row, ()))
        return VotedText(group.article_id, group.version_id, group.text_sha256, tuple(votes), settled, finished)

    def _vote(
        self, mark: _Marked, held: _Held | None, linked: Sequence[tuple[int, str, str]] | None, label: str
    ) -> Vote:
        speaker, who = mark.speaker_id, mark.annotator_id
        said: Said = frozenset((source, stance) for _, source, stance in linked) if linked else NOTHING_SAID
        return Vote(
            mark.id,
            mark.claim_id,
            self._person(who),
            tuple([(span.start, span.end) for span in mark.spans]),
            held.status if held else "",
            self._speakers.get(speaker, speaker) if self._speakers else speaker,
            said,
            label,
        )
