"""What a reviewer makes of a cluster: no claim, or marks each taken from the annotators' answers."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import Final, Literal, TypeVar

import msgspec

from annotator.model.agreement.marks import length, shared
from annotator.model.ids import AnnotatorId, MentionId
from annotator.model.review.clusters import Said, Spans, Vote, intersection, union
from annotator.model.review.questions import Question, by_annotator

Cause = Literal["", "ambiguous_text", "guideline_gap", "slip", "edge_case"]
CAUSES: Final[tuple[Cause, ...]] = ("ambiguous_text", "guideline_gap", "slip", "edge_case")

Confidence = Literal["", "sure", "fairly", "unsure"]
CONFIDENCES: Final[tuple[Confidence, ...]] = ("sure", "fairly", "unsure")

Verdict = Literal["accept", "change", "reject"]

A = TypeVar("A", bound=Hashable)


class Draft(msgspec.Struct, frozen=True):
    """One mark as it is to be: `like` is the annotator's mark that gives what no question asks for.

    `said_like` is the mark whose annotator's words and places of the sources are taken, "" for those of `like`.
    """

    like: MentionId
    spans: Spans
    status: str
    speaker: str
    said: Said
    label: str = ""
    said_like: str = ""


Outcome = tuple[Draft, ...]
"""What a cluster comes to, by place; () is "no claim"."""


def draft_of(vote: Vote) -> Draft:
    """Return a mark as its annotator made it."""
    return Draft(vote.mention_id, vote.spans, vote.status, vote.speaker, vote.said, vote.label)


def adopted(votes: Sequence[Vote], who: AnnotatorId) -> Outcome:
    """Return an annotator's marks as the outcome; () where they marked nothing here."""
    return tuple(draft_of(vote) for vote in votes if vote.who == who)


def plurality(votes: Sequence[Vote]) -> Outcome:
    """Return the outcome that begins a decision: what most annotators say to each question, of ties what stands first.

    The number of marks and their boundaries are those of the annotators whom most others follow exactly.
    """
    own = by_annotator(votes)
    places = [tuple(vote.spans for vote in marks) for marks in own.values()]
    most = _most(places)
    chosen = list(own.values())[places.index(most)]
    return tuple(
        Draft(
            (model := _model(vote, chosen, votes)).mention_id,
            vote.spans,
            _most([one.status for one in _over(vote.spans, votes)]),
            _most([one.speaker for one in _over(vote.spans, votes)]),
            (said := _most([one.said for one in _over(vote.spans, votes)])),
            model.label,
            _said_like(said, model, _over(vote.spans, votes)),
        )
        for vote in chosen
    )


def _said_like(said: Said, model: Vote, over: Sequence[Vote]) -> str:
    """Return the mark whose annotator says this by their sources, "" where the model does."""
    if said == model.said:
        return ""
    return next((one.mention_id for one in over if one.said == said), "")


def _model(vote: Vote, chosen: Sequence[Vote], votes: Sequence[Vote]) -> Vote:
    """Return the mark that another one is like: itself, unless most label this place otherwise."""
    if sum(one.spans == vote.spans for one in chosen) > 1:
        return vote  # several labels of one place: each stays itself
    over = _over(vote.spans, votes)
    label = _most([one.label for one in over])
    return vote if vote.label == label else next(one for one in over if one.label == label)


def _most(answers: Sequence[A]) -> A:
    counts = Counter(answers)
    return max(answers, key=lambda answer: (counts[answer], -answers.index(answer)))


def _closeness(one: Spans, other: Spans) -> float:
    """Return the share of what two places cover that both cover.

    Of marks within marks the outer ones belong together and the inner ones: an inner one shares all it has with either.
    """
    common = shared(one, other)
    return common / (length(one) + length(other) - common) if common else 0.0


def _over(spans: Spans, votes: Sequence[Vote]) -> list[Vote]:
    """Return for each annotator the mark that is closest to a place."""
    found: dict[AnnotatorId, tuple[float, Vote]] = {}
    for vote in votes:
        close = _closeness(spans, vote.spans)
        if close and (vote.who not in found or close > found[vote.who][0]):
            found[vote.who] = close, vote
    return [vote for _, vote in found.values()]


def answered(outcome: Outcome, votes: Sequence[Vote], who: AnnotatorId, question: Question) -> Outcome:
    """Return the outcome with an annotator's answer to one question.

    Whether it is a claim, and how many, is answered by all they say or by marking nothing. Boundaries of an annotator
    who has as many marks here are theirs one by one; else each mark takes those of theirs that is closest to it.
    """
    own = [vote for vote in votes if vote.who == who]
    if question == "claim":
        return outcome if own and outcome else adopted(votes, who)
    if not outcome:
        outcome = plurality(votes)
    if question == "boundaries" and own and len(own) != len(outcome):
        first = outcome[0]
        return tuple(_with(_nearest(vote.spans, outcome) or first, "boundaries", vote) for vote in own)
    return tuple(_with(draft, question, vote) if (vote := _best(draft.spans, own)) else draft for draft in outcome)


def _with(draft: Draft, question: Question, vote: Vote) -> Draft:
    match question:
        case "boundaries":
            like = vote.mention_id if vote.label == draft.label else draft.like
            return _liking(msgspec.structs.replace(draft, spans=vote.spans), like)
        case "label":
            return _liking(msgspec.structs.replace(draft, label=vote.label), vote.mention_id)
        case "status":
            return msgspec.structs.replace(draft, status=vote.status)
        case "speaker":
            return msgspec.structs.replace(draft, speaker=vote.speaker)
        case "evidence":
            said_like = "" if vote.mention_id == draft.like else vote.mention_id
            return msgspec.structs.replace(draft, said=vote.said, said_like=said_like)
        case _:
            return draft


def _liking(draft: Draft, like: MentionId) -> Draft:
    """Return a draft that is like another mark; what its sources say stays whose it was."""
    said_like = draft.said_like or draft.like
    return msgspec.structs.replace(draft, like=like, said_like="" if said_like == like else said_like)


def labelled(draft: Draft, votes: Sequence[Vote], label: str) -> Draft:
    """Return a draft of another kind: like an annotator's mark of that kind where one shares a code point with it."""
    if label == draft.label:
        return draft
    alike = next((one for one in votes if one.label == label and shared(one.spans, draft.spans)), None)
    changed = msgspec.structs.replace(draft, label=label)
    return _liking(changed, alike.mention_id) if alike else changed


def _best(spans: Spans, votes: Sequence[Vote]) -> Vote | None:
    found = max(votes, key=lambda vote: _closeness(spans, vote.spans), default=None)
    return found if found is not None and shared(spans, found.spans) else None


def _nearest(spans: Spans, outcome: Outcome) -> Draft | None:
    found = max(outcome, key=lambda draft: _closeness(spans, draft.spans), default=None)
    return found if found is not None and shared(spans, found.spans) else None


def bounded(outcome: Outcome, votes: Sequence[Vote], how: Callable[[Sequence[Spans]], Spans] = intersection) -> Outcome:
    """Return the outcome with the intersection or the union of the annotators' boundaries.

    Each mark takes what everybody's nearest mark has in common (`intersection`), or what all marks that became it cover
    together (`union`); where there is nothing in common it stays. Marks that come to overlap are one from then on.
    """
    made: list[Draft] = []
    drafts = outcome or plurality(votes)
    became = becoming(votes, drafts)
    for place, draft in enumerate(drafts):
        marks = _over(draft.spans, votes)
        if how is union:
            marks = [vote for vote, where in zip(votes, became, strict=True) if where == place]
        spans = how([vote.spans for vote in marks]) if marks else ()
        one = msgspec.structs.replace(draft, spans=spans) if spans else draft
        apart = place and not shared(drafts[place - 1].spans, draft.spans)
        if made and apart and shared(made[-1].spans, one.spans) and how is union:
            made[-1] = msgspec.structs.replace(made[-1], spans=union([made[-1].spans, one.spans]))
        else:
            made.append(one)
    return tuple(made)


def basis(draft: Draft, votes: Sequence[Vote]) -> list[Vote]:
    """Return the marks that a decided mark is based on: all that share a code point with it, and its model."""
    return [vote for vote in votes if vote.mention_id == draft.like or shared(vote.spans, draft.spans)]


def becoming(votes: Sequence[Vote], outcome: Outcome) -> list[int]:
    """Return for each annotator's mark which mark of the outcome it became, by its place in it; -1 for none.

    Of marks that an annotator put within one another only the closest became the same mark: the others are statements
    of their own, of which nothing is left.
    """
    places = [_match(vote, outcome) for vote in votes]
    found = list(places)
    for number, vote in enumerate(votes):
        draft = outcome[places[number]] if places[number] >= 0 else None
        for place, other in zip(places, votes, strict=True):
            if draft and place == places[number] and other.who == vote.who and _nested(vote.spans, other.spans):
                nearer = _closeness(other.spans, draft.spans) > _closeness(vote.spans, draft.spans)
                if nearer and draft.like != vote.mention_id:
                    found[number] = -1
    return found


def _nested(one: Spans, other: Spans) -> bool:
    """Tell whether one of two places lies within the other, and is not all of it."""
    return length(one) != length(other) and shared(one, other) == min(length(one), length(other))


def _match(vote: Vote, outcome: Outcome) -> int:
    best, most = -1, (False, 0.0, False)
    for place, draft in enumerate(outcome):
        # It is the one that was made of it, else the closest one; of marks of the same words that has its label.
        common = (draft.like == vote.mention_id, _closeness(vote.spans, draft.spans), draft.label == vote.label)
        if common[1] and common > most:
            best, most = place, common
    return best


def changes(vote: Vote, draft: Draft) -> list[Question]:
    """Return the questions to which the outcome has another answer than a mark."""
    found: list[Question] = []
    if vote.spans != draft.spans:
        found.append("boundaries")
    if vote.label != draft.label:
        found.append("label")
    if vote.status != draft.status:
        found.append("status")
    if vote.speaker != draft.speaker:
        found.append("speaker")
    if vote.said != draft.said:
        found.append("evidence")
    return found


def verdict(vote: Vote, became: Draft | None) -> Verdict:
    """Return what becomes of an annotator's mark that became this one, None for none."""
    if became is None:
        return "reject"
    return "change" if changes(vote, became) else "accept"
