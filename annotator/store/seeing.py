"""A connection to a project file to read through: moments of one state, a veil over what is not to be seen, texts."""

import contextlib
import sqlite3
from collections.abc import Generator
from typing import TYPE_CHECKING

from annotator.model.ids import Sha256
from annotator.store import blobs

if TYPE_CHECKING:
    from annotator.store.veil import Veil


class Seeing:
    """What a project is read through."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._texts = blobs.Texts(connection)
        self._veil: Veil | None = None
        self._waited: int | None = None

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, for the modules of the store alone."""
        return self._connection

    def _read_through(self, connection: sqlite3.Connection) -> None:
        """Go on with another connection to the same file, behind the same veil."""
        self._connection = connection
        self._texts = blobs.Texts(connection)
        if self._veil is not None:
            veil, self._veil = self._veil, None
            self.draw_veil(veil)

    @property
    def file_version(self) -> int:
        """A number that changes when another connection has written to the file."""
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def text(self, sha256: Sha256) -> str:
        """Return a text; raises KeyError where the project has none of that hash."""
        return self._texts(sha256)

    def blob(self, sha256: Sha256) -> bytes:
        """Return a snapshot's bytes; raises KeyError where the project has none of that hash."""
        return blobs.blob(self._connection, sha256)

    @contextlib.contextmanager
    def moment(self) -> Generator[bool]:
        """Read all that is read inside from one state of the file; False, at once, where a writer holds it just now.

        A change that is made inside ends the moment first. A moment inside a moment is part of it.
        """
        if self._waited is not None:
            yield True
            return
        self._waited = int(self._connection.execute("PRAGMA busy_timeout").fetchone()[0])
        self._connection.execute("PRAGMA busy_timeout = 0")
        try:
            try:
                self._connection.execute("BEGIN")
                self._connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                self._end_moment()
                yield False
            else:
                yield True
        finally:
            self._end_moment()

    def _end_moment(self) -> None:
        if self._waited is not None:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            self._connection.execute(f"PRAGMA busy_timeout = {self._waited}")
            self._waited = None

    @property
    def veil(self) -> "Veil | None":
        """What the person at work does not see for now, None where they see everything (`store.veil`)."""
        return self._veil

    def draw_veil(self, veil: "Veil | None") -> None:
        """Hide something from whoever reads through this project from now on; None shows everything."""
        self._end_moment()
        if veil != self._veil:
            from annotator.store import veil as veils  # noqa: PLC0415 - most projects hide nothing

            if veil is None:
                veils.lift(self._connection)
            else:
                veils.draw(self._connection, veil)
            self._veil = veil

    @contextlib.contextmanager
    def unveiled(self) -> Generator[None]:
        """Read everything inside, also what the person does not see for now; not to be nested."""
        veil = self._veil
        if veil is None:
            yield
            return
        self.draw_veil(None)
        try:
            yield
        finally:
            self.draw_veil(veil)
