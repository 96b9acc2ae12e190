"""What the figures of import and export stand on: plain SQLite with one table a kind, plain dictionaries, orjson."""

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import orjson

from annotator.model.ids import ArticleId, Sha256
from annotator.model.records import version_id, zone_id

BATCH: Final = 5000

_TABLES: Final = {
    "article": "id url publisher authors language published published_precision",
    "version": "id article_id text_sha256 number title retrieved_at snapshot_sha256 text",
    "zone": "id version_id kind start end set_by",
    "mention": (
        "id article_id claim_id annotator layer within spans cue speaker_spans speaker_id speaker_accepted"
        " presented_as origin guideline_version note based_on created_at updated_at version_id"
    ),
    "claim": "id text type language claim_date claim_date_precision needs_second_check",
    "assessment": (
        "id annotator layer status valid_from valid_from_precision recorded_at reason based_on"
        " guideline_version claim_id"
    ),
    "evidence": "id source_id annotator stance quote locator spans note claim_id",
    "source": (
        "id url title publisher published published_precision retrieved_at medium snapshot_sha256 archived_url"
        ' "primary" derived_from article_id confidential'
    ),
    "speaker": "id name kind aliases",
    "annotator": "id name pseudonym role",
}
"""One table a kind, a column a field, the id as primary key."""

_INDEXES: Final = ("zone.version_id", "mention.version_id", "assessment.claim_id", "evidence.claim_id")
"""What the plain reader looks things up by; made after the inserts, outside the measured time."""

_INSERTS: Final = {
    table: f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns.split()))})" for table, columns in _TABLES.items()
}
_CLAIMS: Final = "(SELECT claim_id FROM mention WHERE version_id = ?)"
_PARTS: Final = {
    "zones": "SELECT * FROM zone WHERE version_id = ?",
    "mentions": "SELECT * FROM mention WHERE version_id = ?",
    "claims": f"SELECT * FROM claim WHERE id IN {_CLAIMS}",
    "assessments": f"SELECT * FROM assessment WHERE claim_id IN {_CLAIMS}",
    "evidence": f"SELECT * FROM evidence WHERE claim_id IN {_CLAIMS}",
    "sources": f"SELECT * FROM source WHERE id IN (SELECT source_id FROM evidence WHERE claim_id IN {_CLAIMS})",
    "speakers": "SELECT * FROM speaker WHERE id IN (SELECT speaker_id FROM mention WHERE version_id = ?)",
    "annotators": "SELECT * FROM annotator WHERE id IN (SELECT annotator FROM mention WHERE version_id = ?)",
}


class PlainImport:
    """Inserts every record of a dataset, 5,000 a transaction, and knows what the inserts alone took.

    Attributes:
        inserting: CPU seconds of `executemany` and COMMIT.
        records: how many rows there are.
    """

    def __init__(self, path: Path) -> None:
        self.inserting = 0.0
        self.records = 0
        self._waiting = 0
        self._seen: set[str] = set()
        self._rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in _TABLES}
        self._connection = sqlite3.connect(path)
        for table, columns in _TABLES.items():
            first, *rest = columns.split()
            self._connection.execute(f"CREATE TABLE {table} ({first} TEXT PRIMARY KEY, {', '.join(_quoted(rest))})")

    def run(self, dataset: Path) -> None:
        """Read a dataset and insert it."""
        with dataset.open("rb") as stream:
            for line in stream:
                self._add(orjson.loads(line))
                if self._waiting >= BATCH:
                    self._insert()
        self._insert()

    def close(self) -> None:
        """Add the indexes that reading needs, and close."""
        for one in _INDEXES:
            table, _dot, column = one.partition(".")
            self._connection.execute(f"CREATE INDEX {table}_{column} ON {table} ({column})")
        self._connection.commit()
        self._connection.close()

    def _add(self, line: dict[str, Any]) -> None:
        article, sha256 = ArticleId(line["article_id"]), Sha256(line["version_id"])
        version = version_id(article, sha256)
        self._put("article", [line[key] for key in _TABLES["article"].replace("id", "article_id", 1).split()])
        values = [line[key] for key in ("version", "title", "retrieved_at", "snapshot_sha256", "text")]
        self._put("version", [version, article, sha256, *values])
        for zone in line["zones"]:
            place = (zone["start"], zone["end"])
            self._put("zone", [zone_id(article, sha256, *place), version, zone["kind"], *place, zone["set_by"]])
        for mention in line["mentions"]:
            del mention["status"]
            self._put("mention", [*mention.values(), version])
        for claim in line["claims"]:
            for assessment in claim.pop("assessments"):
                self._put("assessment", [*assessment.values(), claim["id"]])
            for evidence in claim.pop("evidence"):
                self._put("evidence", [*evidence.values(), claim["id"]])
            self._put("claim", claim.values())
        for table in ("source", "speaker", "annotator"):
            for shared in line[f"{table}s"]:
                if shared["id"] not in self._seen:
                    self._seen.add(shared["id"])
                    self._put(table, shared.values())

    def _put(self, table: str, values: Any) -> None:
        row = [orjson.dumps(one).decode() if isinstance(one, list) else one for one in values]
        self._rows[table].append(tuple(row))
        self._waiting += 1

    def _insert(self) -> None:
        begun = time.process_time()
        for table, rows in self._rows.items():
            self._connection.executemany(_INSERTS[table], rows)
        self._connection.commit()
        self.inserting += time.process_time() - begun
        self.records += self._waiting
        self._waiting = 0
        for rows in self._rows.values():
            rows.clear()


def _quoted(columns: list[str]) -> Iterator[str]:
    for column in columns:
        yield column if column.startswith('"') else f'"{column}"'


def plain_export(database: Path, to: Path) -> None:
    """Read every article with what belongs to it as dictionaries, and dump them with orjson, a line each."""
    connection = sqlite3.connect(database)
    connection.row_factory = _dictionary
    with to.open("wb") as stream:
        versions = connection.execute(
            "SELECT version.*, article.* FROM version JOIN article ON article.id = article_id"
        )
        for line in versions:
            version = version_id(line["article_id"], line["text_sha256"])
            for part, sql in _PARTS.items():
                line[part] = connection.execute(sql, (version,)).fetchall()
            stream.write(orjson.dumps(line) + b"\n")
    connection.close()


def _dictionary(cursor: sqlite3.Cursor, row: tuple[object, ...]) -> dict[str, Any]:
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}
