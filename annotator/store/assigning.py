"""A copy of a project for a colleague: the whole log, with what is not theirs to see withheld."""

import sqlite3
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from annotator.errors import Refused
from annotator.i18n import _
from annotator.store import file, opening
from annotator.store.backup_check import UnsoundError, checking
from annotator.store.beside import Stage, waited
from annotator.store.copying import copying
from annotator.store.leaving_out import LeftOut, Share, leave_out
from annotator.store.placing import placed
from annotator.store.project import Project


def assigning(project: Project, new: Path, share: Share) -> Generator[Stage, None, LeftOut]:
    """Write a colleague's copy of a project to a new file; the generator's value says what it leaves out.

    The copy is read again and found sound before it gets its name; the project itself is only read.

    Raises Refused where there is a file of that name, the place takes none, or the project is damaged.
    """
    with placed(new) as part:
        try:
            yield from copying(project.connection, part)
            found = yield from _without(part, share)
            opening.end_sessions(part)
            yield from checking(part)
        except UnsoundError as unsound:
            what = _("no copy was made, the project is not sound: {finding}").format(finding=unsound)
            raise Refused(what, do=_("see `annotator rescue`"), file=str(project.path)) from None
        except sqlite3.Error as error:
            raise file.refusal(error, str(new)) from error
    return found


def _without(part: Path, share: Share) -> Generator[Stage, None, LeftOut]:
    """Leave out what the share does not show, and write the file anew so that no page holds it any more."""

    def work(connection: sqlite3.Connection) -> LeftOut:
        connection.execute("PRAGMA secure_delete = 1")
        # A private file: it is synced as a whole in the end.
        connection.execute("PRAGMA synchronous = OFF")
        found = leave_out(connection, share)
        connection.execute("VACUUM")
        return found

    with closing(sqlite3.connect(part, isolation_level=None, check_same_thread=False)) as connection:
        told = Stage(0, 0, _("Leaving out what is not assigned"))
        return (yield from waited(lambda: work(connection), connection.interrupt, lambda: told))
