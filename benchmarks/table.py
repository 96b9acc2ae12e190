"""What a benchmark is: a function that measures something and, in the same run, the floor it stands on."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure: `ratio` is value / floor, `reach` the ratio or value that it is to stay under ("" for none).

    Times are CPU seconds (`time.process_time`): machines are shared, clocks on the wall measure the neighbours.
    """

    name: str
    value: float
    floor: float
    unit: str
    floor_is: str
    reach: str = ""

    @property
    def ratio(self) -> float:
        """How many floors high."""
        return self.value / self.floor if self.floor else 0.0

    def as_json(self) -> dict[str, Any]:
        """Return what `--json` prints."""
        return asdict(self) | {"ratio": round(self.ratio, 3)}


@dataclass(frozen=True, slots=True)
class Run:
    """How a run was asked for: `small` takes a tenth of the material, `folder` is there to fill and goes afterwards."""

    small: bool
    folder: Path


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One row of the table: what to call it, what it is about, and the function that measures."""

    name: str
    title: str
    measure: Callable[[Run], list[Measured]]
