"""What a decision links: sources with the words and places that an annotator gave, as the reviewer's own evidence."""

from collections.abc import Set as AbstractSet
from typing import cast

from msgspec.structs import replace

from annotator.model.ids import EvidenceId, MentionId, SourceId
from annotator.model.records import Evidence, Mention, Stance
from annotator.model.review.outcomes import Draft
from annotator.services.decided_evidence import decided_id, is_decided
from annotator.services.review_cards import Card
from annotator.store.change import Change
from annotator.store.classes import classes_of
from annotator.store.project import Project


class TakenOver:
    """The evidence of one decision of the person at work, put into a change.

    `before` are the ids of what their earlier decision linked.

    Attributes:
        models: what was linked, by the id of the annotator's evidence that it was taken from.
    """

    def __init__(self, project: Project, change: Change, card: Card, before: AbstractSet[str]) -> None:
        self._project = project
        self._change = change
        self._card = card
        self._before = before
        self._me = project.annotator_id
        self._sources = classes_of(project, "source")
        self.models: dict[EvidenceId, Evidence] = {}

    def linked(self, draft: Draft, mention: Mention) -> dict[tuple[str, str], Evidence]:
        """Link the sources that are to be linked to the claim, with the words and places that an annotator gave."""
        known = {
            (self.speaking(one), one.stance): one
            for one in self._project.evidence_of([mention.claim_id])
            if one.annotator_id == self._me and (is_decided(one, mention) or one.id in self._before)
        }
        made: dict[tuple[str, str], Evidence] = {}
        for key in sorted(draft.said):
            model, before = self._model(key, draft), known.get(key)
            if model and (model.annotator_id, model.claim_id) == (self._me, mention.claim_id):
                made[key] = model  # who reviews linked it as an annotator: it is there, and stays theirs
                continue
            source = SourceId(model.source_id if model else key[0])
            stance = cast("Stance", key[1])
            name = before.id if before else decided_id(mention.id, source, stance)
            content = model or before or Evidence(name, mention.claim_id, source, self._me, stance)
            one = replace(content, id=name, claim_id=mention.claim_id, annotator_id=self._me)
            if one != before:
                self._change.put(one)
            if model:
                self.models[model.id] = one
            made[key] = one
        return made

    def _model(self, key: tuple[str, str], draft: Draft) -> Evidence | None:
        """Return the annotator's evidence that is taken over: of whom the draft names, else whoever has it."""
        named = [held for one in (draft.said_like, draft.like) if (held := self._card.held.get(MentionId(one)))]
        everything = (e for held in (*named, *self._card.held.values()) for e in held.evidence)
        return next((one for one in everything if (self.speaking(one), one.stance) == key), None)

    def speaking(self, one: Evidence) -> str:
        """Return the id that speaks for the source of a piece of evidence."""
        return self._sources.get(one.source_id, one.source_id)
