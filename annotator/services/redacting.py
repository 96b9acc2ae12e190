"""Redaction: a record goes for good, out of the project and out of every copy that this machine keeps."""

from collections import Counter
from collections.abc import Generator

import msgspec
from filelock import Timeout

from annotator import settings
from annotator.errors import Refused, from_os
from annotator.i18n import _, ngettext
from annotator.model.records import ProjectCard
from annotator.services.jobs import Progress, finished, told
from annotator.store import backup_files, redaction, rewriting, search
from annotator.store.merging.withholding import NEVER_REDACTED
from annotator.store.project import Project
from annotator.store.redaction import Elsewhere
from annotator.store.rewriting import Rewritten
from annotator.store.taking_out import Redacted

__all__ = ["Elsewhere", "Redaction", "Rewritten", "finishing", "left_over", "redact", "survey", "told_of"]


class Redaction(msgspec.Struct, frozen=True):
    """What a redaction takes, or has taken.

    Attributes:
        kind: what the record is.
        object_id: its id.
        events: versions of it whose words go.
        texts: texts of articles that go, since nothing else names them.
        snapshots: likewise of snapshots.
        named: how many records of each kind name it; they stay, and show that it is withheld.
        backups: backups of this machine that were written anew (in a dry run: that there are).
        removed: backups that were damaged and were removed.
        along: how many records of each kind go with it: an article's text versions, their zones and snapshots.
        kept_by: the ids of records that name its text or snapshot; it goes once they are redacted as well.
        elsewhere: on which other machines somebody has worked on a copy: those are not reached.
    """

    kind: str
    object_id: str
    events: int
    texts: int
    snapshots: int
    named: dict[str, int]
    backups: int
    removed: int
    along: dict[str, int]
    kept_by: tuple[str, ...]
    elsewhere: tuple[Elsewhere, ...]


def survey(project: Project, object_id: str) -> Redaction:
    """Return what the redaction of a record would take; looking changes no byte.

    Raises Refused where the project has no such record, or one that is never redacted.
    """
    goes = _goes(project, object_id)
    there = backup_files.backups_of(project.path, _project_id(project))
    return _told(project, object_id, goes, Rewritten(len(there)))


def redact(project: Project, object_id: str, reason: str) -> Redaction:
    """Take a record's words out of the project for good, then out of its backups and its journal; say what went.

    Doing it a second time takes what came back since, and the copies that a failed disk left.

    Raises Refused where the record belongs to somebody else, no reason is given, or the disk says no.
    """
    reason = reason.strip()
    if not reason:
        raise Refused(_("a redaction needs a reason"), do=_("say why, without naming what is to be forgotten"))
    goes = _goes(project, object_id)
    if goes.events or goes.along or not goes.redacted:
        with project.change("redact") as change:
            for part in (goes, *goes.along):
                change.redact(part.kind, part.object_id, reason)
    object_ids = [object_id, *(part.object_id for part in goes.along)]
    return _told(project, object_id, goes, finished(_taking_out(project, object_ids)))


def finishing(project: Project) -> Generator[Progress, None, Rewritten]:
    """Take everything that was ever redacted, by whomever, out of this machine's backups and journal.

    A redaction that a colleague made comes with a merge and takes the words out of the project; the copies are left to
    the one whose they are, since nothing brings back what was taken out of them (docs/decisions/0012).

    Raises Refused where the disk says no, or a backup is being made all the time: doing it again goes on.
    """
    return (yield from _taking_out(project, redaction.redacted_ids(project.connection)))


def left_over(project: Project) -> Generator[Progress, None, int]:
    """Count the backups and journals of this machine that have something still which was redacted."""
    redacted = _redacted(project, redaction.redacted_ids(project.connection))
    return (yield from told(rewriting.holding(project.path, _project_id(project), redacted)))


def _taking_out(project: Project, object_ids: list[str]) -> Generator[Progress, None, Rewritten]:
    name = str(project.path)
    if not project.writable:
        # Writing the file anew is no change of the log, so the gate would not be asked.
        raise Refused(_("the project is open for reading only"), do=_("close the other window"), file=name)
    search.forget(project)
    redaction.erase(project.connection, name)
    steps = rewriting.rewriting(project.path, _project_id(project), _redacted(project, object_ids))
    try:
        return (yield from told(steps))
    except Timeout:
        what = _("it is gone from the project, but not yet from its backups: one is being made")
        raise Refused(what, do=_("repeat the command in a minute"), file=name) from None
    except OSError as error:
        raise from_os(error, str(backup_files.root())) from None


def _redacted(project: Project, object_ids: list[str]) -> Redacted:
    return Redacted(frozenset(object_ids), frozenset(redaction.kept_events(project.connection, object_ids)))


def _goes(project: Project, object_id: str) -> redaction.Goes:
    goes = redaction.goes(project.connection, object_id)
    if goes.kind in NEVER_REDACTED:
        what = _("the {kind} {id} cannot be redacted").format(kind=goes.kind, id=object_id)
        raise Refused(what, do=_("change its name instead"))
    return goes


def _project_id(project: Project) -> str:
    cards = project.all(ProjectCard)
    return cards[0].id if cards else ""


def _told(project: Project, object_id: str, goes: redaction.Goes, done: Rewritten) -> Redaction:
    return Redaction(
        goes.kind,
        object_id,
        goes.events,
        len(goes.texts),
        len(goes.blobs),
        goes.named,
        done.backups,
        done.removed,
        dict(Counter(part.kind for part in goes.along)),
        goes.kept_by,
        tuple(redaction.elsewhere(project.connection, settings.machine())),
    )


def told_of(done: Rewritten) -> str:
    """Return what became of this machine's copies, as one sentence or several."""
    if not (done.backups or done.removed or done.journals):
        return _("Backups and journal have nothing that was redacted.")
    told: list[str] = []
    if done.backups:
        told.append(ngettext("{n} backup was written anew.", "{n} backups were written anew.", done.backups))
    if done.removed:
        told.append(ngettext("{n} damaged backup was removed.", "{n} damaged backups were removed.", done.removed))
    if done.journals:
        told.append(_("The journal was written anew."))
    return " ".join(told)
