"""Making and opening projects, the sample among them, and counting what is in one."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.records import Article, Claim, Evidence, Mention, ProjectCard, Source
from annotator.model.status import SCHEMES, Status
from annotator.services.people import person_at_work, sign_in
from annotator.store import file
from annotator.store.project import Project

NotSaved = file.NotSaved
"""A change could not be written for now: the very same one may be tried again."""

FILE_ERRORS = file.ERRORS
"""What a damaged or vanished file raises while it is read."""


class Counts(msgspec.Struct, frozen=True):
    """How much a project holds; `by_status` counts claims by the desk's status ("" where nobody assessed one)."""

    articles: int
    claims: int
    mentions: int
    sources: int
    evidence: int
    by_status: dict[str, int]


def new_project(
    path: Path,
    *,
    name: str = "",
    scheme: str = "default",
    person: str = "",
    second_check: tuple[str, ...] = (),
    blind: bool = False,
) -> None:
    """Make a project; its name is the file's unless given, its first annotator the person at work.

    `second_check` are the statuses of the scheme that need a second person (`services.second_check`); `blind` hides
    others' marks in the window until one's own pass is finished (`services.blind`).

    Raises Refused where there is a file already or the place takes no writes.
    """
    Project.create(
        path,
        name=name or path.stem,
        annotator=person_at_work(person),
        scheme=SCHEMES[scheme],
        second_check=second_check or UNSET,
        blind=blind or UNSET,
    )


@contextmanager
def opened(path: Path, *, write: bool, person: str = "") -> Generator[Project]:
    """Open a project for the length of a block, with the person signed in where it is for writing.

    Raises Refused where it cannot be opened.
    """
    with Project.open(path, write=write, who=person_at_work(person).name) as project:
        sign_in(project, person)
        yield project


def refusal_of(project: Project, error: BaseException) -> Refused | None:
    """Return what to tell a person about an error of the project's file, None where it is a bug."""
    return refusal_at(project.path, error)


def refusal_at(path: Path, error: BaseException) -> Refused | None:
    """Return what to tell a person about an error of the file at a path, None where it is a bug."""
    return file.refusal_or_none(error, str(path))


def name_of(project: Project) -> str:
    """Return what a project calls itself."""
    card = card_of(project)
    return card.name if card else project.path.stem


def card_of(project: Project) -> ProjectCard | None:
    """Return the project's card, None in a file that never got one."""
    try:
        return project.card
    except KeyError:
        return None


def scheme_of(project: Project) -> tuple[Status, ...]:
    """Return the statuses a project offers."""
    card = card_of(project)
    return card.scheme if card else SCHEMES["default"]


EXTENSIONS: Final = (("default", "default"), ("default", "extended"), ("extended", "extended"))
"""From which scheme to which a project may go: no status is taken away that a claim may have."""


def scheme_name(project: Project) -> str:
    """Return which of the program's schemes a project offers, "" where it has one of its own."""
    offered = [status.key for status in scheme_of(project)]
    return next((name for name, scheme in SCHEMES.items() if [one.key for one in scheme] == offered), "")


def scheme_with(project: Project, scheme: str) -> tuple[Status, ...]:
    """Return what a project offers once it has gone to a scheme; "" and its own keep what it has."""
    return SCHEMES[scheme] if scheme and scheme != scheme_name(project) else scheme_of(project)


def check_properties(project: Project, *, name: str | None = None, scheme: str = "") -> None:
    """Raise Refused where a project cannot have that name, or go to that scheme (None and "" are to keep its own)."""
    if name is not None and not name.strip():
        raise Refused(_("a project needs a name"), do=_("give it one"))
    now = scheme_name(project)
    if scheme and scheme != now and (now, scheme) not in EXTENSIONS:
        raise Refused(_("statuses cannot be taken from a project"), do=_("claims may have them; make a new project"))


def change_properties(
    project: Project,
    *,
    name: str | None = None,
    scheme: str = "",
    second_check: Iterable[str] | None = None,
    blind: bool | None = None,
) -> bool:
    """Give a project other properties, as one change; what is not given stays. Tell whether anything changed.

    `scheme` is a larger one; `second_check` the keys of the statuses that need a second person, () for none; `blind`
    whether others' marks are hidden in the window until one's own pass is finished.

    Raises Refused where `check_properties` does, ValueError for a status that the scheme lacks, KeyError in a file
    that never got a card.
    """
    check_properties(project, name=name, scheme=scheme)
    card = before = project.card
    if name is not None:
        card = replace(card, name=" ".join(name.split()))
    card = replace(card, scheme=scheme_with(project, scheme))
    if second_check is not None:
        card = _needing_second(card, set(second_check))
    if blind is not None and blind != (card.blind is True):
        card = replace(card, blind=blind)
    if card == before:
        return False
    with project.change(_step(before, card)) as change:
        change.put(card)
    return True


def _needing_second(card: ProjectCard, wanted: set[str]) -> ProjectCard:
    offered = [status.key for status in card.scheme]
    if not wanted <= set(offered):
        raise ValueError(f"the project's scheme has no status {sorted(wanted - set(offered))}")
    chosen = tuple(key for key in offered if key in wanted)
    # Where nobody has said anything yet, none is what holds: such a card stays, byte for byte, as it was.
    return card if chosen == (card.second_check or ()) else replace(card, second_check=chosen)


def _step(before: ProjectCard, card: ProjectCard) -> str:
    """Return what a change of the card is called: by what changed, where that is one thing."""
    if card == replace(before, second_check=card.second_check):
        return "project.second_check"
    return "project.blind" if card == replace(before, blind=card.blind) else "project.properties"


def statuses_known(project: Project) -> dict[str, Status]:
    """Return every status by key that can be drawn: the scheme's first, then those it does not offer (any more)."""
    offered = {status.key: status for status in scheme_of(project)}
    return offered | {one.key: one for one in SCHEMES["extended"] if one.key not in offered}


def counts(project: Project) -> Counts:
    """Count what is in a project, every record for itself: articles that are linked `same` count one each."""
    return Counts(
        articles=project.count(Article),
        claims=project.count(Claim),
        mentions=project.count(Mention),
        sources=project.count(Source),
        evidence=project.count(Evidence),
        by_status=project.status_counts(),
    )
