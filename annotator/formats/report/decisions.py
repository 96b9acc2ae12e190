"""What a report tells of decisions: once why a claim was decided so, and at each record what became of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from operator import attrgetter
from typing import Final

from annotator.formats.bundle import Bundle
from annotator.formats.report.entries import Entry
from annotator.formats.report.shown import Verdict, Why
from annotator.formats.report.subjects import Subjects
from annotator.formats.report.survey import record_anchor
from annotator.formats.report.words import Looks, instant, quoted
from annotator.i18n import _
from annotator.model.records import Mention, Review
from annotator.model.review.passes import FINISHED
from annotator.model.wording import cause_name, confidence_name, decision_word

_by_time: Final = attrgetter("at", "id")


class Decisions:
    """The reviews of one article in words; each is told once, wherever it is asked for first."""

    def __init__(self, bundle: Bundle, looks: Looks, subjects: Subjects, who: Callable[[str], str]) -> None:
        self._bundle = bundle
        self._looks = looks
        self._subjects = subjects
        self._who = who
        self._mentions: set[str] = {one.id for one in bundle.mentions}
        self._statuses: dict[str, str] = {one.id: one.status for one in bundle.assessments}
        self._types: dict[str, str] = {one.id: one.type for one in bundle.claims}
        self._missing = sorted((one for one in bundle.reviews if one.decision == "missing"), key=_by_time)
        self._reviews: defaultdict[str, list[Review]] = defaultdict(list)
        for one in sorted(bundle.reviews, key=_by_time):
            self._reviews[one.target].append(one)
        self._told: set[str] = set()
        self._claims_told: set[str] = set()

    def whys(self, entry: Entry) -> tuple[Why, ...]:
        """Return why the claim was decided as it was; the reviews of the marks of one decision say the same."""
        made = {one.id for one in entry.decided}
        reviews = [one for mark in (*entry.decided, *entry.marks) for one in self._reviews[mark.id]]
        missed = [one for one in self._reviews[self._bundle.version.id] if one.proposal in made]
        found: dict[tuple[str, ...], Why] = {}
        for one in sorted((*reviews, *missed), key=_by_time):
            why = (one.reason, one.cause, one.confidence, one.note)
            found_missed = one.decision == "missing"
            key = (one.reviewer_id, one.at, *why, one.id if found_missed else "")
            # Where a review says nothing more, the mark tells by whom it was accepted.
            if key in found or not (any(why) or one.proposal in made or one.decision == "reject"):
                continue
            found[key] = Why(
                record_anchor("r", one.id, self._bundle) if found_missed else "",
                self._what(one, made),
                self._who(one.reviewer_id),
                instant(one.at),
                one.reason,
                cause_name(one.cause) if one.cause else "",
                confidence_name(one.confidence) if one.confidence else "",
                one.note,
            )
        self._told |= {one.id for one in (*reviews, *missed)}
        return tuple(found.values())

    def _what(self, one: Review, made: AbstractSet[str]) -> str:
        if one.decision == "missing":
            return _("Missed by all annotators; added by {name}")
        if one.proposal in made:
            return _("Decided by {name}")
        return _("Rejected by {name}: no claim") if one.decision == "reject" else _("Reviewed by {name}")

    def missed(self, entry: Entry, whys: Sequence[Why]) -> tuple[Verdict, ...]:
        """Return of whom a mark is missing; why is said where no decision of the claim says it."""
        made = {one.id for one in entry.decided}
        told = {one.reason for one in whys}
        return tuple(
            [
                self._verdict(one, _("missed by {who}, says {name}"), brief=one.reason in told)
                for one in self._missing
                if one.proposal in made and one.target != self._bundle.version.id
            ]
        )

    def verdicts(self, target: str, pattern: str = "", *, brief: bool = False) -> tuple[Verdict, ...]:
        """Return the decisions about a record; `brief` ones are told with the claim's."""
        return tuple([self._verdict(one, pattern, brief=brief) for one in self._reviews.get(target, ())])

    def _verdict(self, one: Review, pattern: str = "", *, brief: bool = False) -> Verdict:
        self._told.add(one.id)
        finished = one.reason == FINISHED and one.target == self._bundle.version.id
        why = (
            "" if finished else one.reason,
            cause_name(one.cause) if one.cause else "",
            confidence_name(one.confidence) if one.confidence else "",
        )
        return Verdict(
            record_anchor("r", one.id, self._bundle),
            pattern or _("{decision} by {name}"),
            _("own pass finished") if finished else decision_word(one.decision),
            self._who(one.target) if one.decision == "missing" else "",
            self._who(one.reviewer_id),
            instant(one.at),
            "" if brief else " · ".join(each for each in why if each),
            "" if brief else one.note,
            self._proposed(one),
        )

    def _proposed(self, one: Review) -> str:
        """Return in words what a review puts in the place of what it is about, "" where that is told elsewhere."""
        if one.proposal in self._mentions:
            return ""
        if one.proposal in self._types:
            return self._types[one.proposal]
        status = self._statuses.get(one.proposal, one.proposal)
        known = status in self._looks or one.proposal in self._statuses
        return self._looks[status].word if known else quoted(one.spans)

    def rest(self) -> Iterable[tuple[str, Verdict]]:
        """Yield the decisions that no claim tells, with what each is about."""
        for one in sorted(self._bundle.reviews, key=_by_time):
            if one.id not in self._told:
                yield self._subjects.about(one.target), self._verdict(one)

    def of_claim(self, mention: Mention) -> tuple[Verdict, ...]:
        """Return the decisions about a mention's claim, with the first mention of it."""
        if mention.claim_id in self._claims_told:
            return ()
        self._claims_told.add(mention.claim_id)
        return self.verdicts(mention.claim_id, _("claim {decision} by {name}"))
