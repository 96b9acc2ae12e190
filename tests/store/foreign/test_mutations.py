"""Thousands of damaged files: none crashes or holds up anything, each is refused by name or merged soundly."""

from collections import Counter
from pathlib import Path

import pytest

from tests.store.foreign.forging import Desk
from tests.store.foreign.mutating import mutated

PARTS = 10
FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "projects" / "schema-1.annot"


def test_a_project_of_the_first_schema_is_merged(desk: Desk) -> None:
    assert desk.outcome(FIXTURE) == "merged"


@pytest.mark.parametrize("part", range(PARTS))
def test_any_damage_is_refused_by_name_or_merged_soundly(
    desk: Desk, tmp_path: Path, part: int, request: pytest.FixtureRequest
) -> None:
    each = 500 if request.config.getoption("--long") else 10
    became: Counter[str] = Counter()
    for seed in range(part * each, (part + 1) * each):
        path = tmp_path / f"mutated-{seed}.annot"
        # One is the same file every time; the other is one of today, and shares its past with ours.
        done = mutated(FIXTURE if seed % 2 else desk.theirs, path, seed)
        try:
            outcome = desk.outcome(path)
        except Exception as error:
            raise AssertionError(f"{done} of seed {seed}: {error!r}") from error
        assert "the process that reads it ended" not in outcome, seed
        became["merged" if outcome == "merged" else "refused"] += 1
        path.unlink()
    print(f"part {part}: {dict(became)}")  # noqa: T201 - told with `-rP`
