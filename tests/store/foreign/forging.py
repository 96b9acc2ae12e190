"""A colleague's file to be tampered with, by hands that know how it is made."""

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from msgspec.structs import replace

from annotator.errors import Refused
from annotator.killable import Worker
from annotator.model import ids
from annotator.model.records import Claim, Mention, Source
from annotator.store import foreign, log
from annotator.store.merging.union import Union
from annotator.store.project import Project
from tests import making
from tests.fixtures.projects.make_schema_1 import put_everything
from tests.store.merging import desks

STORY = "A second story, read by Bo.\n"


class Desk:
    """Our own project, a colleague's copy of it with work since, and a worker that reads it."""

    def __init__(self, folder: Path, worker: Worker) -> None:
        self.folder = folder
        self.worker = worker
        start = making.new_project(folder, "own")
        with making.opened(start) as project:
            with project.change("import") as change:
                put_everything(change)
            with project.change("claim.text") as change:
                change.put(replace(project.all(Claim)[0], text="The bridge of Ødeby is safe."))
        self.own = start
        self.theirs = desks.copied(start, "theirs")
        with making.opened(self.theirs, making.BO) as project:
            with project.change("import") as change:
                said = making.claim("There is a second story.")
                version = making.put_article(change, STORY)
                change.put(said)
                change.put(making.mention(said, version, 2, 14, text=STORY, by=making.BO))
            with project.change("source.edit") as change:
                change.put(replace(project.all(Source)[0], title="The report"))
            with project.change("claim.new") as change:
                gone = making.claim("to go")
                change.put(gone)
            with project.change("remove") as change:
                change.delete(gone)
            mine = [one for one in project.all(Mention) if one.annotator_id == making.ADA.id]
            self.adas_mention = ids.raw(mine[0].id)

    def tampered(self, name: str, tamper: Callable[[sqlite3.Connection], None], *, chained: bool = True) -> Path:
        """Return a copy of the colleague's file, tampered with; `chained` makes its digests fit again."""
        path = desks.copied(self.theirs, name)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA cell_size_check = OFF")
            tamper(connection)
            if chained:
                rechain(connection)
        return path

    def outcome(self, path: Path) -> str:
        """Return how our project takes a file: "merged", or why it is refused; either way it stays sound."""
        before = making.digest(self.own)
        try:
            found = foreign.staged(path, self.folder, own=self.own, worker=self.worker)
        except Refused as refusal:
            told = str(refusal)
            assert told.startswith(f"{path}: ")
            assert "\n" not in told
            assert len(told) < len(str(path)) + 400
            assert making.digest(self.own) == before
            assert not list(self.folder.glob("colleague-*"))
            return told
        copy = desks.copied(self.own, "merged")
        with making.opened(copy) as project:
            merge(project, found)
            desks.sound(project)
        copy.unlink()
        shutil.rmtree(found.parcel.path.parent)
        assert making.digest(self.own) == before
        return "merged"

    def merge(self, project: Project, path: Path) -> None:
        """Merge a file that is sound by itself."""
        merge(project, foreign.staged(path, self.folder, own=project.path, worker=self.worker))


def merge(project: Project, found: foreign.Staged) -> None:
    """Bring in what may come in of a file that is sound by itself."""
    with project.absorbing() as connection:
        union = Union(connection)
        for _ in union.bring(found.parcel, found.file.name):
            pass
        union.finish()


def rechain(connection: sqlite3.Connection) -> None:
    """Give every event the hash and digest that fit what it says now."""
    for (session,) in connection.execute("SELECT n FROM session").fetchall():
        before = log.NO_DIGEST
        for event in sorted(log.events(connection, "event.session = ?", (session,)), key=lambda one: one.seq):
            row = connection.execute(
                "SELECT change.id, session.id, author, name, joins, undoes FROM change"
                " JOIN session ON session.n = change.session WHERE change.n = ?",
                (event.change,),
            ).fetchone()
            hashed = event.body_hash
            if event.salt is not None:
                hashed = hashlib.sha256(event.salt + (event.body or b"")).digest()
            before = digest_of(before, log.ChangeHeader(*row).packed(), event, hashed)
            connection.execute("UPDATE event SET body_hash = ?, digest = ? WHERE n = ?", (hashed, before, event.n))


def digest_of(before: bytes, header: bytes, event: log.Event, hashed: bytes) -> bytes:
    """Return an event's digest; where it cannot have one, any will do."""
    if not 0 <= event.clock < 1 << 64:
        return bytes(32)
    draft = log.Draft(0, event.object_id, event.kind, event.op, event.previous, event.body)
    return log.digest_of(before, header, event.clock, event.seq, event.id, draft, hashed)


def sql(*statements: str) -> Callable[[sqlite3.Connection], None]:
    """Return what runs statements, with the schema open to them; LAST stands for the last event."""

    def tamper(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA writable_schema = ON")
        for statement in statements:
            connection.execute(statement.replace("LAST", "(SELECT max(n) FROM event)"))

    return tamper


def loosened(table: str, old: str, new: str, *statements: str) -> Callable[[sqlite3.Connection], None]:
    """Return what runs statements while the schema of a table says something else, then hides that."""

    def tamper(connection: sqlite3.Connection) -> None:
        (path,) = [row[2] for row in connection.execute("PRAGMA database_list")]
        said = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
        assert old in said
        for text, between in ((said.replace(old, new), ()), (said, statements)):
            # Each with a connection of its own: a schema is read once.
            with closing(sqlite3.connect(path, isolation_level=None)) as other:
                other.execute("PRAGMA synchronous = OFF")
                for statement in between:
                    other.execute(statement)
                other.execute("PRAGMA writable_schema = ON")
                other.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (text, table))
        connection.execute("SELECT 1 FROM sqlite_schema")

    return tamper


def body(kind: str, old: str, new: str) -> Callable[[sqlite3.Connection], None]:
    """Return what changes the body of the last event of a kind."""

    def tamper(connection: sqlite3.Connection) -> None:
        changed = connection.execute(
            "UPDATE event SET body = replace(body, ?, ?) WHERE n ="
            " (SELECT max(event.n) FROM event JOIN object ON object.n = object WHERE kind = ? AND op = 'put'"
            " AND instr(body, ?))",
            (old, new, kind, old),
        ).rowcount
        assert changed == 1

    return tamper
