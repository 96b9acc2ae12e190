"""Whose marks are which, and which no review has decided about yet: these past any veil, hidden marks are undecided."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from annotator.model import ids
from annotator.model.ids import AnnotatorId, MentionId, VersionId
from annotator.model.review.passes import ends_pass
from annotator.store.codec import decoded
from annotator.store.looking_up import marks, parts
from annotator.store.reading import Reading
from annotator.store.tables import BODY, SHOWN

_UNDECIDED: Final = (
    "mark.layer = 'annotation' AND NOT EXISTS (SELECT 1 FROM main.state_review AS review WHERE review.target = mark.n)"
)


class Finished(msgspec.Struct, frozen=True, gc=False):
    """What of a review says whether somebody finished their pass of a text (`model.review.passes`)."""

    reviewer_id: AnnotatorId
    decision: str
    reason: str = ""


_FINISHED: Final = msgspec.json.Decoder(list[Finished])


def marks_of(project: Reading, people: Iterable[str]) -> list[MentionId]:
    """Return the marks of their own that these annotators made, in the order in which they made them; no body is read.

    Only those that the person at work may see.
    """
    numbers = [project.number_of(one) for one in people]
    rows = project.connection.execute(
        "SELECT object.id FROM state_mention AS mark CROSS JOIN object ON object.n = mark.n"
        f" WHERE mark.layer = 'annotation' AND mark.annotator IN ({marks(numbers)}) ORDER BY mark.n",
        numbers,
    )
    return [MentionId(ids.spelled(raw)) for (raw,) in rows]


def undecided_among(project: Reading, mention_ids: Iterable[str]) -> set[MentionId]:
    """Return which of these are annotators' own marks that nobody has decided about."""
    keys = [ids.raw(one) for one in dict.fromkeys(mention_ids) if ids.is_id(one)]
    found: set[MentionId] = set()
    for part in parts(keys):
        rows = project.connection.execute(
            "SELECT object.id FROM object JOIN main.state_mention AS mark ON mark.n = object.n"
            f" WHERE object.id IN ({marks(part)}) AND {_UNDECIDED}",
            part,
        )
        found.update(MentionId(ids.spelled(raw)) for (raw,) in rows)
    return found


def readers_of(project: Reading, version_ids: Iterable[VersionId]) -> dict[AnnotatorId, bool]:
    """Return who has marks of their own in these text versions, and whether one of them is undecided."""
    numbers = [project.number_of(one) for one in version_ids]
    rows = project.connection.execute(
        f"SELECT object.id, max({_UNDECIDED}) FROM main.state_mention AS mark JOIN object ON object.n = mark.annotator"
        f" WHERE mark.version IN ({marks(numbers)}) AND mark.layer = 'annotation' GROUP BY object.id",
        numbers,
    )
    return {AnnotatorId(ids.spelled(raw)): bool(undecided) for raw, undecided in rows}


def finished_by(project: Reading, version_ids: Iterable[VersionId]) -> set[AnnotatorId]:
    """Return who has finished their pass of one of these text versions, whether or not they marked something."""
    numbers = [project.number_of(one) for one in version_ids]
    rows = project.connection.execute(
        "SELECT CAST(event.body AS BLOB) FROM main.state_review AS review JOIN event ON event.n = review.head"
        f" WHERE review.target IN ({marks(numbers)})",
        numbers,
    )
    found = (msgspec.json.decode(body, type=Finished) for (body,) in rows)
    return {one.reviewer_id for one in found if ends_pass(one)}


def passes_of(
    project: Reading, versions: str = "IN (SELECT n FROM state_version)", values: Sequence[object] = ()
) -> dict[int, list[AnnotatorId]]:
    """Return who has finished their pass of each text version, by its row; as far as the person at work may see it."""
    rows = project.connection.execute(
        f"SELECT {BODY}, state.target FROM state_review AS state {SHOWN} WHERE state.target {versions}", values
    ).fetchall()
    finished: dict[int, list[AnnotatorId]] = {}
    for one, (_, version) in zip(decoded(_FINISHED, [row[0] for row in rows]), rows, strict=True):
        if ends_pass(one):
            finished.setdefault(version, []).append(one.reviewer_id)
    return finished


def with_undecided(project: Reading) -> set[AnnotatorId]:
    """Return everybody who has an undecided mark anywhere."""
    return _people(project, f"SELECT annotator FROM main.state_mention AS mark WHERE {_UNDECIDED}")


def with_decided(project: Reading) -> set[AnnotatorId]:
    """Return everybody of whose marks one is decided."""
    return _people(
        project,
        "SELECT annotator FROM main.state_review AS review"
        " CROSS JOIN main.state_mention AS mark ON mark.n = review.target WHERE mark.layer = 'annotation'",
    )


def _people(project: Reading, sql: str) -> set[AnnotatorId]:
    """Return the people whose row numbers a query finds; looking ends where all are found."""
    (people,) = project.connection.execute("SELECT count(*) FROM main.state_annotator").fetchone()
    numbers: set[int] = set()
    for (number,) in project.connection.execute(sql):
        numbers.add(number)
        if len(numbers) == people:
            break
    found = sorted(numbers)
    rows = project.connection.execute(f"SELECT id FROM object WHERE n IN ({marks(found)})", found)
    return {AnnotatorId(ids.spelled(raw)) for (raw,) in rows}
