"""Redaction: a record goes for good, out of the project and out of every copy that this machine keeps."""

from collections import Counter

import msgspec
from filelock import Timeout

from annotator import settings
from annotator.errors import Refused, from_os
from annotator.i18n import _
from annotator.model.records import ProjectCard
from annotator.store import backup_files, redaction, rewriting, search
from annotator.store.merging.withholding import NEVER_REDACTED
from annotator.store.project import Project
from annotator.store.redaction import Elsewhere

__all__ = ["Elsewhere", "Redaction", "redact", "survey"]


class Redaction(msgspec.Struct, frozen=True):
    """What a redaction takes, or has taken.

    Attributes:
        kind: what the record is.
        object_id: its id.
        events: versions of it whose words go.
        texts: texts of articles that go, since nothing else names them.
        snapshots: likewise of snapshots.
        named: how many records of each kind name it; they stay, and show that it is withheld.
        backups: backups of this machine that are written anew (in a dry run: that there are).
        removed: backups that could not be read and were removed.
        along: how many records of each kind go with it: the zones and the snapshot of a text version.
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
    return _told(project, object_id, goes, rewriting.Rewritten(len(there)))


def redact(project: Project, object_id: str, reason: str) -> Redaction:
    """Take a record's words out of the project for good, then out of its backups and its journal; say what went.

    Doing it a second time takes what came back since, and the copies that a failed disk left.

    Raises Refused where the record belongs to somebody else, no reason is given, or the disk says no.
    """
    reason = reason.strip()
    if not reason:
        raise Refused(_("a redaction needs a reason"), do=_("say why, without naming what is to be forgotten"))
    goes = _goes(project, object_id)
    if goes.events or not goes.redacted:
        with project.change("redact") as change:
            for part in (goes, *goes.along):
                change.redact(part.kind, part.object_id, reason)
    search.forget(project)
    name = str(project.path)
    redaction.erase(project.connection, name)
    try:
        done = rewriting.rewrite(project.path, _project_id(project), object_id)
    except Timeout:
        what = _("it is gone from the project, but not yet from its backups: one is being made")
        raise Refused(what, do=_("repeat the command in a minute"), file=name) from None
    except OSError as error:
        raise from_os(error, str(backup_files.root())) from None
    return _told(project, object_id, goes, done)


def _goes(project: Project, object_id: str) -> redaction.Goes:
    goes = redaction.goes(project.connection, object_id)
    if goes.kind in NEVER_REDACTED:
        what = _("the {kind} {id} cannot be redacted").format(kind=goes.kind, id=object_id)
        raise Refused(what, do=_("change its name instead"))
    return goes


def _project_id(project: Project) -> str:
    cards = project.all(ProjectCard)
    return cards[0].id if cards else ""


def _told(project: Project, object_id: str, goes: redaction.Goes, done: rewriting.Rewritten) -> Redaction:
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
