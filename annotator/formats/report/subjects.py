"""What remarks and decisions of an article are about: which of its numbered claims, and which part of it."""

from collections.abc import Sequence
from typing import Final

from annotator.formats.bundle import Bundle
from annotator.formats.report.entries import Entry
from annotator.i18n import _

_STEPS: Final = 8
"""So far a comment on a review of a mention is followed to what it is about."""


class Subjects:
    """Finds for the id of any record of an article where it stands and what it is called."""

    def __init__(self, bundle: Bundle, entries: Sequence[Entry]) -> None:
        self._entry: dict[str, Entry] = {}
        self._part: dict[str, str] = {}
        for entry in entries:
            for claim in entry.claims:
                self._entry[claim.id] = entry
            for one in (*entry.decided, *entry.marks):
                self._entry[one.id] = entry
        for one in bundle.assessments:
            if one.claim_id in self._entry:
                self._entry[one.id] = self._entry[one.claim_id]
                self._part[one.id] = _("the status")
        titles: dict[str, str] = {one.id: one.title or one.url for one in bundle.sources}
        for one in bundle.evidence:
            if one.claim_id in self._entry:
                self._entry[one.id] = self._entry[one.claim_id]
                self._part[one.id] = _("the evidence “{title}”").format(title=titles.get(one.source_id, ""))
        self._part |= {one: _("the source “{title}”").format(title=title) for one, title in titles.items()}
        self._part |= {one.id: _("the speaker {name}").format(name=one.name) for one in bundle.speakers}
        self._part |= {bundle.article.id: "", bundle.version.id: _("the text")}
        self._target: dict[str, str] = {one.id: one.target for one in (*bundle.reviews, *bundle.comments)}
        self._reviews: set[str] = {one.id for one in bundle.reviews}

    def entry(self, target: str) -> Entry | None:
        """Return the numbered claim that a record belongs to, None for none."""
        return self._entry.get(self._way(target)[-1])

    def part(self, target: str) -> str:
        """Return what of a claim, or of the article, a remark is about; "" where it is the claim itself."""
        way = self._way(target)
        part = self._part.get(way[-1], "")
        if not self._reviews.isdisjoint(way):
            return _("the decision about {what}").format(what=part) if part else _("the decision")
        return part

    def about(self, target: str) -> str:
        """Return what a remark is about, with the number of the claim."""
        entry, part = self.entry(target), self.part(target)
        if entry is None:
            return part
        claim = _("claim {n}").format(n=entry.number)
        return _("{part} of {claim}").format(part=part, claim=claim) if part else claim

    def _way(self, target: str) -> list[str]:
        """Return the ids that lead from a record to what it is about, that one last."""
        way = [target]
        while len(way) <= _STEPS and way[-1] not in self._entry and way[-1] in self._target:
            way.append(self._target[way[-1]])
        return way
