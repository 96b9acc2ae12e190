"""What a benchmark gives: a figure and, measured in the same run, the floor it stands on."""

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
