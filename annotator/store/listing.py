"""Mentions as lists show them, read in bulk: one query, and only the fields that are shown are decoded."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import msgspec

from annotator.model import ids
from annotator.model.ids import AnnotatorId, ClaimId, GuidelineId, MentionId, VersionId
from annotator.model.moments import now
from annotator.store.codec import decoded
from annotator.store.reading import Reading
from annotator.store.tables import BODY, SHOWN


class Place(msgspec.Struct, frozen=True, gc=False):
    """A half-open range in code points; the quote is not read."""

    start: int
    end: int


class MentionFields(msgspec.Struct, frozen=True):
    """The fields of a mention that lists show."""

    id: MentionId
    claim_id: ClaimId
    annotator_id: AnnotatorId
    spans: tuple[Place, ...]
    cue: tuple[Place, ...]
    speaker_spans: tuple[Place, ...]
    speaker_id: str
    speaker_accepted: bool
    within: str = ""
    layer: str = "annotation"


class ClaimFields(msgspec.Struct, frozen=True, gc=False):
    """The fields of a claim that lists show."""

    text: str
    needs_second_check: bool = False


Listed = tuple[MentionFields, ClaimFields, str, int]
"""A mention with its claim, its own status ("" for none) and how much evidence its claim has."""


_MENTIONS: Final = msgspec.json.Decoder(list[MentionFields])
_CLAIMS: Final = msgspec.json.Decoder(list[ClaimFields])
_NO_CLAIM: Final = b'{"text":""}'


_OWN_STATUS: Final = (
    # The annotator's own current status, by the rule of `Reading.current_statuses`; takes the moment.
    " (SELECT assessment.status FROM state_assessment AS assessment WHERE assessment.claim = state.claim"
    " AND assessment.annotator = state.annotator AND assessment.layer = state.layer AND assessment.valid_from <= ?"
    " ORDER BY assessment.valid_from DESC, assessment.recorded_at DESC,"
    " (SELECT id FROM object WHERE object.n = assessment.n) DESC LIMIT 1)"
)
_OUTLINE: Final = (
    "SELECT state.n, state.start, assessment.status FROM state_mention AS state"
    " LEFT JOIN state_assessment AS assessment ON assessment.claim = state.claim"
    " AND assessment.annotator = state.annotator AND assessment.layer = state.layer AND assessment.valid_from <= ?"
    " WHERE state.version IN ({versions}) ORDER BY state.start, state.n"
)
_NUMBERED: Final = "state.n IN (SELECT value FROM json_each(?))"


def latest_guideline(project: Reading) -> tuple[int, GuidelineId]:
    """Return number and id of the guidelines' version that holds, (0, "") for none; no body is read."""
    # CROSS keeps SQLite from going through all objects by id in search of the few guidelines, with every mark.
    row = project.connection.execute(
        "SELECT state.number, object.id FROM state_guideline AS state CROSS JOIN object ON object.n = state.n"
        " ORDER BY state.number DESC, object.id DESC LIMIT 1"
    ).fetchone()
    return (int(row[0]), GuidelineId(ids.spelled(row[1]))) if row else (0, GuidelineId(""))


def count_of_version(project: Reading, *version_ids: VersionId) -> int:
    """Return how many mentions a version has, or several of one text together."""
    sql = f"SELECT count(*) FROM state_mention WHERE version IN ({_marks(version_ids)})"
    return int(project.connection.execute(sql, _numbers(project, version_ids)).fetchone()[0])


def outline_of_version(project: Reading, *version_ids: VersionId) -> list[tuple[int, int, str]]:
    """Return the row number, the first code point and the own status ("" for none) of every mention, by place.

    No body is read: a tenth of what `listed_of_version` costs.
    """
    moment = now()
    outline = _OUTLINE.format(versions=_marks(version_ids))
    rows = project.connection.execute(outline, (moment, *_numbers(project, version_ids))).fetchall()
    found = {number: (number, start, status or "") for number, start, status in rows}
    if len(found) < len(rows):  # claims that were assessed more than once: which status is current takes longer to find
        again = [number for number, times in Counter(row[0] for row in rows).items() if times > 1]
        sql = f"SELECT state.n, state.start, {_OWN_STATUS} FROM state_mention AS state WHERE {_NUMBERED}"
        for number, start, status in project.connection.execute(sql, (moment, _json(again))):
            found[number] = number, start, status or ""
    return list(found.values())


def listed_of_version(project: Reading, *version_ids: VersionId) -> list[Listed]:
    """Return every mention of a version, or of several of one text."""
    return _listed(project, f"state.version IN ({_marks(version_ids)})", *_numbers(project, version_ids))


def listed_mentions(project: Reading, mention_ids: Sequence[str]) -> list[Listed]:
    """Return these mentions; those that are gone are left out."""
    return listed_numbers(project, [number for one in mention_ids if (number := project.number_of(one))])


def listed_numbers(project: Reading, numbers: Sequence[int]) -> list[Listed]:
    """Return the mentions of these row numbers; those that are gone are left out."""
    return _listed(project, _NUMBERED, _json(numbers))


def _marks(version_ids: Sequence[VersionId]) -> str:
    return ",".join("?" * len(version_ids))


def _numbers(project: Reading, version_ids: Sequence[VersionId]) -> list[int]:
    return [project.number_of(one) for one in version_ids]


def _json(numbers: Sequence[int]) -> str:
    return msgspec.json.encode(numbers).decode()


def _listed(project: Reading, condition: str, *values: object) -> list[Listed]:
    rows = project.connection.execute(
        f"SELECT {BODY}, CAST(coalesce(claim_joined.body, claim_event.body) AS BLOB),"
        " (SELECT count(*) FROM state_evidence WHERE state_evidence.claim = state.claim),"
        f"{_OWN_STATUS} FROM state_mention AS state {SHOWN}"
        " LEFT JOIN state_claim ON state_claim.n = state.claim"
        " LEFT JOIN event AS claim_event ON claim_event.n = state_claim.head"
        " LEFT JOIN joined AS claim_joined ON claim_joined.n = state.claim"
        f" WHERE {condition}",
        (now(), *values),
    ).fetchall()
    mentions = decoded(_MENTIONS, [row[0] for row in rows])
    claims = decoded(_CLAIMS, [row[1] or _NO_CLAIM for row in rows])
    return [(mention, claim, row[3] or "", row[2]) for mention, claim, row in zip(mentions, claims, rows, strict=True)]
