"""What annotators are called in the window: by their names, or by letters where a name would tell whose a mark is.

While letters are on (`Project.letters`), whoever marked something in a text is known by that text's letter (`aliases`)
wherever an undecided mark of it is told of, and by a number's letter throughout the project ("Annotator B") where
lists and figures go over many texts. One's own name stays; what is decided says whose it was. Views and services ask
here and read no annotator's name themselves: a test holds them to it. The command line and exports know no letters.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Final

from annotator.i18n import _
from annotator.model.ids import AnnotatorId, ClaimId, VersionId
from annotator.model.records import (
    Annotator,
    Article,
    Assessment,
    Claim,
    Comment,
    Evidence,
    Link,
    Mention,
    Record,
    Review,
    TextVersion,
    version_id,
)
from annotator.services.aliases import aliases
from annotator.services.projects import card_of
from annotator.store.classes import classes_of, versions_together
from annotator.store.project import Project
from annotator.store.whose_marks import finished_by, readers_of, undecided_among, with_decided, with_undecided

Called = Callable[[str], str]
"""Returns what an annotator is called, by id; "" for one that the project does not know."""

_STEPS: Final = 8
"""So far an answer to a comment on a review is followed to the mark that it is about."""


class Signatures:
    """What the annotators of a project are called, as it stands now: make it anew for each reading."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._names: dict[str, str] = {one.id: one.name for one in project.all(Annotator)}
        self._texts: dict[VersionId, tuple[dict[str, str], bool]] = {}

    @property
    def hides(self) -> bool:
        """Whether letters are on."""
        return self._project.letters

    def name(self, annotator_id: str) -> str:
        """Return a person's name: for what tells of no undecided mark."""
        return self._names.get(annotator_id, "")

    def anywhere(self, annotator_id: str) -> str:
        """Return what somebody is called in a list over many texts: the same throughout."""
        letter = self._everywhere.get(self._one(annotator_id)) if self.hides else None
        return self.name(annotator_id) if letter is None else _("Annotator {letter}").format(letter=letter)

    def known(self, people: Iterable[AnnotatorId]) -> dict[str, str]:
        """Return the names, by id, of those of whom decided marks tell; while letters are off, of all people."""
        decided = {self._one(one) for one in with_decided(self._project)} | {self._me} if self.hides else None
        return {
            one: name for one in people if (name := self.name(one)) and (decided is None or self._one(one) in decided)
        }

    def in_text(self, version_id: VersionId) -> Called:
        """Return what people are called about a text as a whole: readers by letters while a mark of it is undecided."""
        if not self.hides:
            return self.name
        letters, undecided = self._dealt(version_id)
        return self._called(letters if undecided else {})

    def on_card(self, version_id: VersionId, readers: Iterable[AnnotatorId], *, decided: bool) -> dict[str, str]:
        """Return what those who marked something in a text are called on one of its review cards, by id.

        `readers` are the ids that speak for them, the version is the one by which the queue calls the text.
        """
        people = list(readers)
        letters: Mapping[str, str] = {} if decided or not self.hides else aliases(version_id, people)
        called = self._called(letters)
        return {one: called(one) for one in people}

    def about(self, object_id: str) -> Called:
        """Return what people are called where a record is told of: a mark, what hangs on one, or any other."""
        if not self.hides:
            return self.name
        record = self._project.find_any(object_id)
        for _step in range(_STEPS):
            if isinstance(record, (Comment, Review)):
                record = self._project.find_any(record.target)
        match record:
            case TextVersion():
                return self.in_text(record.id)
            case Article():
                return next((self.in_text(one.id) for one in self._project.versions_of(record.id)), self.name)
            case _:
                claims = _claims_of(record)
                return self._about_marks(record, claims) if claims else self.anywhere

    def _about_marks(self, record: Record | None, claims: Iterable[ClaimId]) -> Called:
        behind = {one.id: one for one in self._project.mentions_of_claims(claims)}
        if isinstance(record, Mention):
            behind[record.id] = record
        undecided = [behind[one] for one in sorted(undecided_among(self._project, behind))]
        if not undecided:
            return self.name
        own: dict[str, str] = {}
        readers: dict[str, str] = {}
        for mark in undecided:
            dealt, _some = self._dealt(version_id(mark.article_id, mark.text_sha256))
            # Whose undecided marks hang on the same claim is not told even where the mark in question is decided.
            who = self._one(mark.annotator_id)
            own.setdefault(who, dealt[who])
            if not isinstance(record, Mention) or mark.id == record.id:
                readers = {**dealt, **readers}
        return self._called({**own, **readers})

    def _dealt(self, version: VersionId) -> tuple[dict[str, str], bool]:
        """Return the letters of a text by the ids that speak for people, and whether a mark in it is undecided."""
        if version not in self._texts:
            self._texts[version] = self._deal(version)
        return self._texts[version]

    def _deal(self, version: VersionId) -> tuple[dict[str, str], bool]:
        together = versions_together(self._project, version)
        found = self._project.by_ids(TextVersion, together).values()
        first = min(((one.article_id, one.id) for one in found), default=("", version))[1]
        readers = readers_of(self._project, together)
        had = {*readers, *finished_by(self._project, together)}
        return aliases(first, {AnnotatorId(self._one(one)) for one in had}), any(readers.values())

    def _called(self, letters: Mapping[str, str]) -> Called:
        def called(annotator_id: str) -> str:
            one = self._one(annotator_id)
            return self.name(annotator_id) if one == self._me else letters.get(one) or self.name(annotator_id)

        return called if letters else self.name

    @cached_property
    def _speaks(self) -> dict[str, str]:
        return classes_of(self._project, "annotator")

    def _one(self, annotator_id: str) -> str:
        return self._speaks.get(annotator_id, annotator_id)

    @cached_property
    def _me(self) -> str:
        return self._one(self._project.annotator_id)

    @cached_property
    def _everywhere(self) -> dict[str, str]:
        """Return the letters of the project, by the ids that speak for people."""
        card = card_of(self._project)
        letters = aliases(VersionId(card.id if card else ""), {AnnotatorId(self._one(one)) for one in self._names})
        hidden = {self._one(one) for one in with_undecided(self._project)} - {self._me}
        return {one: letter for one, letter in letters.items() if one in hidden}


def _claims_of(record: Record | None) -> list[ClaimId]:
    match record:
        case Claim():
            return [record.id]
        case Mention() | Assessment() | Evidence():
            return [record.claim_id]
        case Link():
            return [ClaimId(record.a), ClaimId(record.b)]
        case _:
            return []
