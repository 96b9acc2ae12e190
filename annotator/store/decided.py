"""What was decided about marks: the last review of each record, and whether the record is still what that saw."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import msgspec

from annotator.model import ids
from annotator.model.ids import AnnotatorId, ReviewId
from annotator.model.records import Assessment, Evidence, Review
from annotator.store.codec import decoded
from annotator.store.looking_up import marks, parts
from annotator.store.reading import Reading
from annotator.store.tables import BODY, SHOWN

IN: Final = "IN (SELECT value FROM json_each(?))"
"""Is one of the values of a JSON list, in a query."""


class _Reviewed(msgspec.Struct, frozen=True, gc=False):
    id: str
    reviewer_id: AnnotatorId
    decision: str
    target_event: str
    proposal: str
    at: str


class _Labelled(msgspec.Struct, frozen=True, gc=False):
    type: str = ""


_REVIEWED: Final = msgspec.json.Decoder(list[_Reviewed])
LABELLED: Final = msgspec.json.Decoder(list[_Labelled])
"""Reads of claims what kind they are said to be."""


class Label(NamedTuple):
    """What kind a claim is said to be, and the row of the event that says so."""

    words: str
    head: int


class Decisions:
    """The reviews of all records, or of the marks in some text versions and of what these stand on.

    `versions` is a JSON list of their rows, None for all.
    """

    def __init__(self, project: Reading, versions: str | None) -> None:
        self._project = project
        self._shown: dict[int, bytes] = {}
        self._told: dict[int, int] = {}
        self._made: set[str] = set()
        self._evidence: set[int] = set()
        self._last = self._read("1", ()) if versions is None else self._read(_AIMED, (versions,) * 4)

    def of(self, number: int) -> _Reviewed | None:
        """Return the last review of a record, by its row; None where there is none."""
        return self._last.get(number)

    def _read(self, which: str, values: Sequence[object]) -> dict[int, _Reviewed]:
        """Return the last review of each record, by the record's row; remember which event of it is shown."""
        rows = self._project.connection.execute(
            f"SELECT {BODY}, state.target, shown.id, state.head, evidence.n FROM state_review AS state {SHOWN}"
            " LEFT JOIN state_mention AS mention ON mention.n = state.target"
            " LEFT JOIN state_assessment AS assessment ON assessment.n = state.target"
            " LEFT JOIN state_evidence AS evidence ON evidence.n = state.target"
            " LEFT JOIN state_claim AS claim ON claim.n = state.target"
            " LEFT JOIN event AS shown ON shown.n = coalesce(mention.head, assessment.head, evidence.head, claim.head)"
            f" WHERE {which}",
            values,
        ).fetchall()
        last: dict[int, _Reviewed] = {}
        for one, (_, target, shown, head, evidence) in zip(
            decoded(_REVIEWED, [row[0] for row in rows]), rows, strict=True
        ):
            before = last.get(target)
            if before is None or (before.at, before.id) < (one.at, one.id):
                last[target] = one
                self._told[target] = head
            if shown is not None:
                self._shown[target] = shown
            if evidence is not None:
                self._evidence.add(target)
                self._made.add(one.proposal)
        return last

    def made_evidence(self) -> set[int]:
        """Return the rows of the evidence that decisions linked: what was reviewed itself is an annotator's own."""
        keys = [ids.raw(one) for one in self._made if one]
        found: set[int] = set()
        for part in parts(keys):
            sql = f"SELECT n FROM object WHERE id IN ({marks(part)})"
            found.update(number for (number,) in self._project.connection.execute(sql, part))
        return found - self._evidence

    def is_changed(self, number: int) -> bool:
        """Tell whether a record is not what its last review saw: changed, or never seen."""
        review = self._last.get(number)
        if review is None:
            return True
        if not review.target_event:
            return False
        event, shown = ids.raw(review.target_event), self._shown.get(number)
        return event != shown and self._is_known(event)

    def is_relabelled(self, claim: int, mark: int, label: Label | None) -> bool:
        """Tell whether a claim is said to be of another kind than when its mark was decided.

        A decision about labels reviews the claim, too, and says which event of it was seen. Of one that does not, what
        came into the log after it is what it had not seen.
        """
        review = self._last.get(claim)
        if review is not None:
            words = label.words if label else ""
            return self.is_changed(claim) and self._label_at(ids.raw(review.target_event)) != words
        if label is None or label.head < self._told[mark]:
            return False
        row = self._project.connection.execute(
            "SELECT id FROM event WHERE object = ? AND n < ? ORDER BY n DESC LIMIT 1", (claim, self._told[mark])
        ).fetchone()
        return row is None or self._label_at(row[0]) != label.words

    def _label_at(self, event: bytes) -> str:
        """Return the kind that an event says a claim is of."""
        row = self._project.connection.execute(
            "SELECT CAST(body AS BLOB) FROM event WHERE id = ? AND op = 'put' AND body IS NOT NULL", (event,)
        ).fetchone()
        return decoded(LABELLED, row)[0].type if row else ""

    def _is_known(self, event: bytes) -> bool:
        """Tell whether the log has an event: of what came as a dataset it has other ones, and nobody knows."""
        found = self._project.connection.execute("SELECT 1 FROM event WHERE id = ?", (event,)).fetchone()
        return found is not None


_MARKED_CLAIMS: Final = f"(SELECT claim FROM state_mention WHERE version {IN})"
_AIMED: Final = (
    f"state.target IN (SELECT n FROM state_mention WHERE version {IN}"
    f" UNION ALL SELECT n FROM state_assessment WHERE claim IN {_MARKED_CLAIMS}"
    f" UNION ALL SELECT n FROM state_evidence WHERE claim IN {_MARKED_CLAIMS}"
    f" UNION ALL SELECT claim FROM state_mention WHERE version {IN})"
)


class Gone(NamedTuple):
    """A review of an assessment or of evidence that was deleted since, and whose of which claim that was."""

    review_id: ReviewId
    claim_id: str
    annotator_id: str
    reviewer_id: str


def gone_targets(project: Reading) -> list[Gone]:
    """Return the reviews whose assessment or evidence is deleted: what they saw is not what holds now."""
    rows = project.connection.execute(
        "SELECT own.id, target.id FROM state_review AS state JOIN object AS own ON own.n = state.n"
        " JOIN object AS target ON target.n = state.target WHERE target.kind IN ('assessment', 'evidence')"
        " AND NOT EXISTS (SELECT 1 FROM state_assessment WHERE n = state.target)"
        " AND NOT EXISTS (SELECT 1 FROM state_evidence WHERE n = state.target)"
    ).fetchall()
    found: list[Gone] = []
    for own, target in rows:
        review, was = project.find(Review, ids.spelled(own)), project.find_any(ids.spelled(target))
        if review is not None and isinstance(was, (Assessment, Evidence)):
            found.append(Gone(review.id, was.claim_id, was.annotator_id, review.reviewer_id))
    return found


def shown_events(project: Reading, kind: str, object_ids: Iterable[str]) -> dict[str, str]:
    """Return the event that each of these records shows, by the record's id; those that are gone are left out."""
    keys = [ids.raw(one) for one in object_ids]
    found: dict[str, str] = {}
    for part in parts(keys):
        rows = project.connection.execute(
            f"SELECT object.id, event.id FROM object JOIN state_{kind} AS state ON state.n = object.n"
            f" JOIN event ON event.n = state.head WHERE object.id IN ({marks(part)})",
            part,
        )
        found |= {ids.spelled(raw): ids.spelled(event) for raw, event in rows}
    return found
