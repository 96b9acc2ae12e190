"""A progress bar on the error stream, where that is a terminal."""

import sys
import time
from collections.abc import Generator
from typing import TextIO, TypeVar

from annotator.services.jobs import Progress

R = TypeVar("R")

_WIDTH = 30
_PAUSE = 0.1  # seconds between two drawings: more costs time, and nobody sees it
_FIRST = 0.4  # seconds before the first one: a short job shows no bar


def driven(job: Generator[Progress, None, R]) -> R:
    """Run a job to its end and return its result, showing how far it is."""
    bar = _Bar(sys.stderr)
    try:
        while True:
            bar.show(next(job))
    except StopIteration as end:
        return end.value
    finally:
        bar.clear()
        job.close()


class _Bar:
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._terminal = stream.isatty()
        self._next = time.monotonic() + _FIRST
        self._drawn = False

    def show(self, progress: Progress) -> None:
        """Draw the bar, unless it was drawn a moment ago."""
        if not self._terminal or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _PAUSE
        self._drawn = True
        self._stream.write(f"\r\x1b[K{line(progress)}")
        self._stream.flush()

    def clear(self) -> None:
        """Take the bar away, so that what follows begins on an empty line."""
        if self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def line(progress: Progress) -> str:
    """Return the bar as text, for example `[######    ]  60 %  Reading`; without a total only what is going on."""
    if progress.total <= 0:
        return f"{progress.what} {progress.done}".strip()
    part = min(1.0, progress.done / progress.total)
    full = int(part * _WIDTH)
    return f"[{'#' * full}{' ' * (_WIDTH - full)}] {part:4.0%}  {progress.what}".rstrip()
