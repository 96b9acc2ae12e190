"""What a line of history is called, and which lines a person need not read: slips of the same minute."""

from collections.abc import Iterable
from typing import Final, Protocol, TypeVar

from annotator.i18n import _
from annotator.services import steps
from annotator.store import happenings
from annotator.store.project import Project

SLIP_SECONDS: Final = 60.0
"""What is put right sooner was a slip."""


class _Row(Protocol):
    @property
    def at(self) -> float: ...
    @property
    def annotator(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def change_id(self) -> str: ...
    @property
    def undoes(self) -> str: ...
    @property
    def about(self) -> str: ...


R = TypeVar("R", bound=_Row)


def title_of_change(project: Project, change_id: str, name: str) -> str:
    """Return what a change did; one that takes another back is told with that one's name."""
    chain = list(happenings.undone_names(project.connection, change_id))
    if len(chain) < 2:  # noqa: PLR2004 - itself, and what it takes back
        return steps.title_of(name)
    words = _("Undone: {step}") if len(chain) % 2 == 0 else _("Done again: {step}")
    return words.format(step=steps.title_of(chain[-1]))


def folded(rows: Iterable[R]) -> list[R]:
    """Return lines of one claim, first to last, without slips.

    A change that was taken back within a minute goes with what took it back, and comes back with what did it again.
    Of lines of one person about one record that say the same, or assess anew, within a minute the last one stays.
    """
    kept: dict[str, R] = {}
    gone: dict[str, R] = {}
    for row in rows:
        undone = kept.get(row.undoes)
        if row.undoes in gone and row.at - gone[row.undoes].at < SLIP_SECONDS:
            again = gone.pop(row.undoes)
            kept[again.change_id] = again
        elif undone and row.at - undone.at < SLIP_SECONDS:
            gone[row.change_id] = kept.pop(row.undoes)
        else:
            kept[row.change_id] = row
    lines: list[R] = []
    for row in sorted(kept.values(), key=lambda row: row.at):
        if lines and _is_slip(lines[-1], row):
            lines.pop()
        lines.append(row)
    return lines


def _is_slip(before: _Row, row: _Row) -> bool:
    same = before.title == row.title or bool(before.status and row.status)
    by_one = before.annotator == row.annotator and before.about == row.about
    return same and by_one and row.at - before.at < SLIP_SECONDS
