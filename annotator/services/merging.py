"""Merging colleagues' project files: look first, merge with a backup before, take it back until the next change."""

import contextlib
import tempfile
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from annotator.errors import Refused
from annotator.i18n import _, ngettext
from annotator.killable import Worker
from annotator.model.ids import AnnotatorId
from annotator.model.records import Annotator, Link, same_link_id
from annotator.services import projects
from annotator.services.jobs import Progress, told
from annotator.services.telling import Names, kind_name
from annotator.store import backup, replacing, search
from annotator.store.backup_files import Backup
from annotator.store.beside import Stage
from annotator.store.file import real
from annotator.store.foreign import Staged, staged
from annotator.store.merging import merge as merging
from annotator.store.merging.tally import Kept, Outcome, Redacted, Tally
from annotator.store.project import Project

__all__ = ["Kept", "Outcome", "Staged", "Tally"]

T = TypeVar("T")


class Survey(msgspec.Struct, frozen=True):
    """What a merge would bring.

    Attributes:
        tally: what would become of the events.
        refusals: files that are not merged at all, each with the reason.
        other_projects: files of a project that was begun apart from this one, by name; they can be merged all the same.
        redacted: what of this project colleagues took out for good, by id, in words; nothing once it is merged.
    """

    tally: Tally
    refusals: tuple[Refused, ...]
    other_projects: tuple[str, ...]
    redacted: Mapping[str, str] = {}

    @property
    def sound(self) -> bool:
        """Whether nothing was refused."""
        return not self.refusals and not self.tally.count("refused")


class MergeReport(msgspec.Struct, frozen=True):
    """What a merge brought; `backup` is the project as it was before, None where nothing came in."""

    survey: Survey
    backup: Backup | None
    end: str


@contextmanager
def colleagues_files(project: Project, paths: Sequence[Path]) -> Generator["Arrivals"]:
    """Have colleagues' files checked, each in a process of its own; what comes of them goes when the block ends."""
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder, Worker() as worker:
        yield Arrivals(project.path, paths, Path(folder), worker)


class Arrivals:
    """Colleagues' files on their way in.

    Attributes:
        staged: those that are sound by themselves.
        refusals: why the others are not merged.
    """

    def __init__(self, own: Path, paths: Sequence[Path], folder: Path, worker: Worker) -> None:
        self._own = own
        self._paths = paths
        self._folder = folder
        self._worker = worker
        self.staged: list[Staged] = []
        self.refusals: list[Refused] = []

    def checking(self) -> Generator[Progress, None, None]:
        """Check the files, one after the other."""
        for number, path in enumerate(dict.fromkeys(real(path) for path in self._paths)):
            yield Progress(number, len(self._paths), path.name)
            try:
                self.staged.append(staged(path, self._folder, own=self._own, worker=self._worker))
            except Refused as refusal:
                self.refusals.append(refusal.at(file=str(path)))

    @property
    def events(self) -> int:
        """How many events there are to look at."""
        return sum(one.events for one in self.staged)

    def parcels(self) -> list[merging.Named]:
        """Return the files that are sound, as parcels with their names."""
        return [(str(one.file), one.parcel) for one in self.staged]


def survey(project: Project, arrivals: Arrivals) -> Generator[Progress, None, Survey]:
    """Say what a merge would bring; no byte changes and no backup is taken."""
    yield from arrivals.checking()
    tally = yield from told(merging.surveyed(project, arrivals.parcels(), arrivals.events))
    names = Names(project)
    words = {one.object_id: names.record(one.object_id) for one in _redacted_by_itself(tally)}
    return msgspec.structs.replace(_survey(project, arrivals, tally), redacted=words)


def merge(project: Project, arrivals: Arrivals) -> Generator[Progress, None, MergeReport]:
    """Merge: all is checked first, then everything comes in at once or nothing, with a backup from before.

    Articles that two people brought in apart are linked as one. Nobody asking for the next step leaves the project as
    it was.

    Raises Refused where the project takes no writes or no backup can be made.
    """
    yield from arrivals.checking()

    def before() -> Generator[Stage, None, Backup]:
        # A second look into the file sees it as it was, until the merge is committed.
        with Project.open(project.path, write=False) as as_it_was:
            there = backup.unchanged_since(as_it_was)
            return there or (yield from backup.taking(as_it_was, "merge", fewer=True))

    tally, kept = yield from told(merging.merged(project, arrivals.parcels(), arrivals.events, before))
    survey = _survey(project, arrivals, tally)
    if tally.filled or tally.redacted:
        search.forget(project)  # what changed is not at the end of the log
    _link(project, tally.same_articles)
    return MergeReport(survey, kept, replacing.end_of(project.connection))


def _survey(project: Project, arrivals: Arrivals, tally: Tally) -> Survey:
    own = projects.card_of(project)
    apart = tuple(str(one.file) for one in arrivals.staged if own and one.project_id != own.id)
    return Survey(tally, tuple(arrivals.refusals), apart)


def _link(project: Project, links: Sequence[Link]) -> None:
    with project.change("merge.same") as change:
        # Not undone by Ctrl+Z, for it belongs to the merge; who deletes a link undoes it.
        change.arriving = bool(links)
        change.put_all(links)


def refused_lines(survey: Survey) -> list[str]:
    """Say what does not come in and why, a line each."""
    told = [str(refusal) for refusal in survey.refusals]
    names = survey.tally.names
    for one in survey.tally.kept_out:
        text = _("{file}: {n} events of {author} are refused: {why}")
        if one.outcome == "missing":
            text = _("{file}: {n} events of {author} wait for others: {why}")
        told.append(text.format(file=one.file, n=one.events, author=names.get(one.author) or one.author, why=one.why))
    return told


def notes(survey: Survey, *, offers: bool = True) -> list[str]:
    """Say what a person should know besides the counts, a line each; `offers` says who may be one person, too."""
    tally = survey.tally
    told = [
        _("{file} is of a project that was begun apart from this one").format(file=one) for one in survey.other_projects
    ]
    for machine, n in sorted(tally.in_my_name.items()):
        told.append(_("{n} events in your name were written on {machine}").format(n=n, machine=machine))
    for author, n in sorted(tally.far.items()):
        name = tally.names.get(author) or author
        told.append(_("{n} events of {name} say that they are of the future").format(n=n, name=name))
    for one in _redacted_by_itself(tally):
        what = _("{name} redacted the {kind} {id}: it goes for good, from your backups and journal when you say so")
        words = survey.redacted.get(one.object_id, "")
        if words not in {"", one.object_id}:
            what = _("{name} redacted the {kind} “{words}” ({id}): it goes for good, from your backups when you say so")
        name = tally.names.get(one.author) or one.author
        told.append(what.format(name=name, kind=kind_name(one.kind), id=one.object_id, words=words))
    if tally.filled:
        told.append(_("{n} events that were withheld can be read now").format(n=tally.filled))
    if tally.same_articles:
        one, many = "{n} article was brought in twice: linked", "{n} articles were brought in twice: linked"
        told.append(ngettext(one, many, len(tally.same_articles)))
    for a, b in tally.same_people if offers else ():
        offer = _("{a} and {b} may be one person: --same {a_id}={b_id}")
        told.append(offer.format(a=a.name, b=b.name, a_id=a.id, b_id=b.id))
    return told


def _redacted_by_itself(tally: Tally) -> list[Redacted]:
    """Return what was redacted, without what went along with an article or a text version."""
    kinds = {one.kind for one in tally.redacted}
    along: set[str] = set()
    if "version" in kinds:
        along |= {"zone", "snapshot"}
    if "article" in kinds:
        along |= {"version", "zone", "snapshot"}
    return [one for one in tally.redacted if one.kind not in along]


def take_back(path: Path, report: MergeReport) -> None:
    """Put the backup from before a merge in place; the project must be closed. The merged state goes for good.

    Raises Refused where anything was changed since, the backup is damaged, or the project is open elsewhere.
    """
    if report.backup is None:
        return
    replacing.put_in_place(report.backup, path, end=report.end)
    with contextlib.suppress(Refused), Project.open(path, write=False) as project:
        later = backup.last_of(project)
        if later and later.events > report.backup.events:
            # One was taken after the merge: to those that follow, this file must not look like one that lost events.
            backup.take(project, "merge", fewer=True)


def same_people(project: Project, a: AnnotatorId, b: AnnotatorId) -> None:
    """Say that two annotators are one person.

    Raises Refused where either is unknown.
    """
    for one in (a, b):
        if project.find(Annotator, one) is None:
            raise Refused(_("there is no annotator {id}").format(id=one), do=_("see `annotator merge --dry-run`"))
    first, second = sorted((a, b))
    with project.change("people.same") as change:
        change.put(Link(same_link_id(a, b), "same", first, second, project.annotator_id))
