"""Long work is a generator: it says how far it is after each batch, and stops where nobody asks for the next."""

from typing import NamedTuple


class Progress(NamedTuple):
    """How far a job is.

    `done` of `total` in a unit of the job's own (bytes read, articles written); `total` is 0 where nobody knows it.
    `what` says what it is busy with, for a person.
    """

    done: int
    total: int
    what: str = ""
