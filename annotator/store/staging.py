"""What a dry run would have written, kept outside the project in a private file that goes when it is closed."""

import hashlib
import sqlite3
from collections.abc import Iterable
from typing import Self, cast

from annotator.model import ids
from annotator.model.records import Assessment, Record
from annotator.store.codec import body_of, read

_TABLES = (
    "CREATE TABLE staged (id BLOB PRIMARY KEY, kind TEXT, hash BLOB) WITHOUT ROWID",
    "CREATE TABLE assessment (claim TEXT, body BLOB)",
    "CREATE INDEX assessment_claim ON assessment (claim)",
    "CREATE TABLE text (article TEXT, content TEXT)",
    "CREATE INDEX text_article ON text (article)",
)


class Staging:
    """Remembers which records an import would have brought in by now."""

    def __init__(self) -> None:
        # An empty name is a temporary file of SQLite's own: small runs stay in memory, large ones do not fill it.
        self._connection = sqlite3.connect("", isolation_level=None)
        for statement in _TABLES:
            self._connection.execute(statement)

    def add(self, records: Iterable[Record]) -> None:
        """Remember records as taken."""
        self._connection.execute("BEGIN")
        for record in records:
            body = body_of(record)
            self._connection.execute(
                "INSERT INTO staged VALUES (?, ?, ?)", (ids.raw(record.id), record.kind, hashlib.sha256(body).digest())
            )
            if record.kind == "assessment":
                claim_id = cast("Assessment", record).claim_id
                self._connection.execute("INSERT INTO assessment VALUES (?, ?)", (claim_id, body))
        self._connection.execute("COMMIT")

    def add_text(self, article_id: str, text: str) -> None:
        """Remember a text of an article as taken."""
        self._connection.execute("INSERT INTO text VALUES (?, ?)", (article_id, text))

    def kind_of(self, object_id: str) -> str:
        """Return the kind of a record that was taken, "" for none."""
        row = self._connection.execute("SELECT kind FROM staged WHERE id = ?", (ids.raw(object_id),)).fetchone()
        return str(row[0]) if row else ""

    def same(self, record: Record) -> bool:
        """Tell whether a record was taken with this very content."""
        row = self._connection.execute("SELECT hash FROM staged WHERE id = ?", (ids.raw(record.id),)).fetchone()
        return row is not None and bytes(row[0]) == hashlib.sha256(body_of(record)).digest()

    def assessments_of(self, claim_id: str) -> list[Assessment]:
        """Return the assessments of a claim that were taken."""
        rows = self._connection.execute("SELECT body FROM assessment WHERE claim = ?", (claim_id,))
        return [read(Assessment, body) for (body,) in rows]

    def texts_of(self, article_id: str) -> list[str]:
        """Return the texts of an article that were taken."""
        rows = self._connection.execute("SELECT content FROM text WHERE article = ?", (article_id,))
        return [str(text) for (text,) in rows]

    def close(self) -> None:
        """Forget everything."""
        self._connection.close()

    def __enter__(self) -> Self:
        """Return the empty staging."""
        return self

    def __exit__(self, *_: object) -> None:
        """Forget everything."""
        self.close()
