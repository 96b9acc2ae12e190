"""Long work is a generator: it says how far it is after each batch, and stops where nobody asks for the next."""

import contextlib
import threading
from collections.abc import Generator
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from annotator.store.beside import Stage

T = TypeVar("T")


class Progress(NamedTuple):
    """How far a job is.

    `done` of `total` in a unit of the job's own (bytes read, articles written); `total` is 0 where nobody knows it.
    `what` says what it is busy with, for a person.
    """

    done: int
    total: int
    what: str = ""


def told(steps: "Generator[Stage, None, T]") -> Generator[Progress, None, T]:
    """Pass on how far the store is; the value is that of its generator, which is closed in any case."""
    with contextlib.closing(steps):
        while True:
            try:
                stage = next(steps)
            except StopIteration as end:
                return end.value
            yield Progress(*stage)


def finished(steps: Generator[Progress, None, T]) -> T:
    """Run a job to its end, telling nobody how far it is; return its result."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


class Pace:
    """How many records the next transaction may hold."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self.records = min(most, 200) if seconds else most

    def took(self, records: int, seconds: float) -> None:
        """Learn from a transaction, and leave the lock to others for as long as it was held."""
        if self._seconds:
            fitting = int(records * self._seconds / max(seconds, 1e-6))
            self.records = max(1, min(self._most, fitting, 2 * self.records))
            threading.Event().wait(min(seconds, 1.0))
