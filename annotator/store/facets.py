"""What the article list can be narrowed by, read from the state tables alone: no body is decoded."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from annotator.model import ids
from annotator.model.ids import ClaimId
from annotator.model.moments import now
from annotator.store.project import Project
from annotator.store.standing import desk_of

_STATUS_OF_CLAIM = (
    # Where a claim was assessed once, that is what the desk holds; the others are told apart in Python.
    "SELECT claim, min(status), count(*) FROM state_assessment WHERE valid_from <= ? GROUP BY claim"
)
_CLAIMS = (
    "SELECT mention.version, mention.claim, EXISTS (SELECT 1 FROM state_evidence WHERE claim = mention.claim)"
    " FROM (SELECT DISTINCT version, claim FROM state_mention) AS mention"
)


class Marked(NamedTuple):
    """What is known of the versions by their row numbers: several values each.

    Attributes:
        statuses: the desk's statuses of the claims that a version mentions, "" for none.
        unsourced: the versions with a claim that no source is linked to.
        annotators: the ids of those who marked something in a version.
    """

    statuses: dict[int, set[str]]
    unsourced: set[int]
    annotators: dict[int, set[str]]


def marked(project: Project) -> Marked:
    """Read what is marked in every version of the project."""
    moment = now()
    status_of: dict[int, str] = {}
    several: list[int] = []
    for claim, status, times in project.connection.execute(_STATUS_OF_CLAIM, (moment,)):
        if times == 1:
            status_of[claim] = status
        else:
            several.append(claim)
    if several:
        asked = msgspec.json.encode(several).decode()
        current = project.current_statuses("state.claim IN (SELECT value FROM json_each(?))", (asked,), moment)
        status_of |= {claim: desk_of(some) for claim, some in current.items()}
    statuses: defaultdict[int, set[str]] = defaultdict(set)
    unsourced: set[int] = set()
    for version, claim, sourced in project.connection.execute(_CLAIMS):
        statuses[version].add(status_of.get(claim, ""))
        if not sourced:
            unsourced.add(version)
    annotators: defaultdict[int, set[str]] = defaultdict(set)
    people = {
        n: ids.spelled(raw)
        for n, raw in project.connection.execute("SELECT n, id FROM object WHERE kind = 'annotator'")
    }
    for version, annotator in project.connection.execute("SELECT DISTINCT version, annotator FROM state_mention"):
        annotators[version].add(people.get(annotator, ""))
    return Marked(dict(statuses), unsourced, dict(annotators))


def versions_of_claims(project: Project, claim_ids: Iterable[str]) -> set[int]:
    """Return the row numbers of the versions in which one of these claims is mentioned."""
    asked = msgspec.json.encode([project.number_of(one) for one in claim_ids]).decode()
    sql = "SELECT DISTINCT version FROM state_mention WHERE claim IN (SELECT value FROM json_each(?))"
    return {int(version) for (version,) in project.connection.execute(sql, (asked,))}


def claims_of_status(project: Project, statuses: Iterable[str]) -> list[ClaimId]:
    """Return the claims that somebody gave one of these statuses at some time."""
    asked = msgspec.json.encode(list(statuses)).decode()
    sql = (
        "SELECT DISTINCT object.id FROM state_assessment AS state JOIN object ON object.n = state.claim"
        " WHERE state.status IN (SELECT value FROM json_each(?))"
    )
    return [ClaimId(ids.spelled(raw)) for (raw,) in project.connection.execute(sql, (asked,))]


def version_numbers(project: Project) -> dict[str, int]:
    """Return the row number of every version by its id."""
    rows = project.connection.execute("SELECT object.id, state.n FROM state_version AS state JOIN object USING (n)")
    return {ids.spelled(raw): int(n) for raw, n in rows}
