"""What a file that is made for reading says of the whole project, beside its article versions."""

from dataclasses import dataclass

from annotator.model.status import Status


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the article versions of a project.

    Attributes:
        name: what the project is called.
        scheme: the statuses that it offers.
        made_at: when the file is made, as a written moment; statuses are those of this moment.
        linked: the ids of all records that some link names.
        with_confidential: whether confidential sources are named.
    """

    name: str
    scheme: tuple[Status, ...]
    made_at: str
    linked: frozenset[str] = frozenset()
    with_confidential: bool = False
