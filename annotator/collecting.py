"""When Python looks for garbage: not while many objects are made at once, and in the window on one thread only.

Python looks on whatever thread makes the 700th object. What it finds it destroys there; a widget that is destroyed
beside Qt's own thread takes the process down with it.
"""

import gc
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

_QUIET_SECONDS: Final = 10
"""Only then is everything looked through: with 10,000 articles open it takes 0.04 to 0.16 s."""


@contextmanager
def uncollected() -> Generator[None]:
    """Make objects without being searched for garbage time and again: among thousands it takes a fifth to a half."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Collector:
    """Looks for garbage when it is told to, on the thread that tells it, and keeps Python from looking by itself."""

    def __init__(self) -> None:
        gc.disable()
        self._busy_at = time.monotonic()

    def look(self, *, at_rest: bool) -> bool:
        """Look through what was made since the last time, or at rest and where nothing was for a while at everything.

        Returns whether much was made: then look again soon, for the time it takes grows with what was made. What is
        much, and after how many looks everything is worth one, are Python's own thresholds; it counts all the same.
        """
        made, _, looks = gc.get_count()
        much, _, many = gc.get_threshold()
        if made > much:
            gc.collect(1)
            self._busy_at = time.monotonic()
            return True
        if at_rest and looks > many and time.monotonic() > self._busy_at + _QUIET_SECONDS:
            gc.collect()
        return False
