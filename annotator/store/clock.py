"""The hybrid clock of the log: it never goes back, whatever the machine's clock does (storage.md, section 4)."""

import sqlite3
import time
from typing import Final

_COUNTER_BITS: Final = 16
_DAY: Final = 86_400_000


class HybridClock:
    """Milliseconds since 1970 with a counter in the low 16 bits; never goes back, whatever the machine's clock does."""

    def __init__(self, latest: int) -> None:
        self._latest = latest
        self._seen = 0

    def see(self, clock: int) -> None:
        """Never again return a value that is not later than this one."""
        self._latest = max(self._latest, clock)

    def see_log(self, connection: sqlite3.Connection, machine: str) -> None:
        """See the changes that were written since it was asked last.

        A colleague's clock that is more than a day ahead does not count; this machine's own clock always did.
        """
        seen, latest = connection.execute(
            "SELECT max(change.n), max(CASE WHEN clock <= ? OR machine = ? THEN clock END)"
            " FROM change JOIN session ON session.n = change.session WHERE change.n > ?",
            (latest_credible(), machine, self._seen),
        ).fetchone()
        self._seen = seen or self._seen
        self.see(latest or 0)

    def tick(self) -> int:
        """Return a value later than every one before."""
        self._latest = max(self._latest + 1, time.time_ns() // 1_000_000 << _COUNTER_BITS)
        return self._latest


def latest_credible() -> int:
    """Return the hybrid clock of this time tomorrow: what says that it is later comes from a clock that is wrong."""
    return (time.time_ns() // 1_000_000 + _DAY) << _COUNTER_BITS


def clock_seconds(clock: int) -> float:
    """Return a hybrid clock value as seconds since 1970."""
    return (clock >> _COUNTER_BITS) / 1000
