"""Where claims and mentions stand: current statuses, by annotator and the desk's (model.md, section 2)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from annotator.model.ids import ClaimId, VersionId
from annotator.model.moments import now
from annotator.model.records import Assessment, Mention
from annotator.model.status import current_status, desk_status
from annotator.store.looking_up import LookingUp, marks


class Standing(LookingUp):
    """Reads statuses out of the assessments; never changes a byte."""

    def current_statuses(
        self, claim_numbers: str, values: Sequence[object], at: str = ""
    ) -> dict[int, dict[tuple[int, str], str]]:
        """Return the current status by claim number and (annotator number, layer).

        `claim_numbers` is an SQL condition on `state.claim`. Current is the last by (valid from, recorded at, id)
        with valid from not after `at` (model.md, section 2).
        """
        rows = self._connection.execute(
            "SELECT state.claim, state.annotator, state.layer, state.status FROM state_assessment AS state"
            f" JOIN object ON object.n = state.n WHERE {claim_numbers} AND state.valid_from <= ?"
            " ORDER BY state.valid_from, state.recorded_at, object.id",
            (*values, at or now()),
        )
        current: dict[int, dict[tuple[int, str], str]] = {}
        for claim, annotator, layer, status in rows:
            current.setdefault(claim, {})[annotator, layer] = status
        return current

    def status_counts_of(self, *version_ids: VersionId) -> dict[str, int]:
        """Return how many of the claims that these versions mention have each desk status, "" for none."""
        claims = f"SELECT DISTINCT claim FROM state_mention WHERE version IN ({marks(version_ids)})"
        numbers = [self.number_of(one) for one in version_ids]
        return self._status_counts(claims, f"state.claim IN ({claims})", numbers)

    def statuses_of_mentions(self, mentions: Iterable[Mention], at: str = "") -> dict[str, str]:
        """Return the status of these mentions by id: each annotator's own, in the mention's layer; "" for none."""
        wanted = list(mentions)
        assessed: defaultdict[tuple[str, str, str], list[Assessment]] = defaultdict(list)
        for one in self._of(Assessment, "claim", (one.claim_id for one in wanted)):
            assessed[one.claim_id, one.annotator_id, one.layer].append(one)
        moment = at or now()
        return {
            one.id: current_status(assessed.get((one.claim_id, one.annotator_id, one.layer), ()), moment)
            for one in wanted
        }

    def desk_status_of(self, claim_id: ClaimId, at: str = "") -> str:
        """Return the desk's status of one claim."""
        number = self.number_of(claim_id)
        return desk_of(self.current_statuses("state.claim = ?", (number,), at).get(number, {}))

    def status_counts(self) -> dict[str, int]:
        """Return how many claims have each desk status, "" for none."""
        return self._status_counts("SELECT n FROM state_claim", "1", ())

    def _status_counts(self, claims: str, condition: str, values: Sequence[object]) -> dict[str, int]:
        current = self.current_statuses(condition, values)
        nobody: dict[tuple[int, str], str] = {}
        numbers = self._connection.execute(claims, values)
        return dict(Counter(desk_of(current.get(number, nobody)) for (number,) in numbers))


def desk_of(current: dict[tuple[int, str], str]) -> str:
    """Return the desk's status of a claim from what is current of it, as `current_statuses` gives it."""
    if len(current) == 1:
        return next(iter(current.values()))
    adjudicated = [status for (_, layer), status in current.items() if layer == "adjudicated"]
    annotators = [status for (_, layer), status in current.items() if layer != "adjudicated"]
    return desk_status(adjudicated, annotators)
