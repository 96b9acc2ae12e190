"""What a colleague's copy of a project leaves out: others' marks in a blind one, articles that were not assigned.

Worked out from everything that the log ever said, so that no earlier version of a mark stays behind. Shared records
(claims, sources, speakers, snapshots) go where only what goes uses them (storage.md, section 4). It works on a private
copy, with temporary tables, so that a project of a million records fits.
"""

import sqlite3
from collections.abc import Iterator
from typing import Final

import msgspec

from annotator.model import ids
from annotator.store import rebuilding
from annotator.store.schema import STATE_COLUMNS

_OWNED: Final = "('mention', 'assessment', 'evidence', 'review', 'comment')"
"""Records that belong to one annotator, links aside."""

_TABLES: Final = (
    "PRAGMA temp_store = FILE",
    "CREATE TEMP TABLE one (n INTEGER PRIMARY KEY, kind TEXT NOT NULL, own INTEGER NOT NULL)",
    "CREATE TEMP TABLE names (n INTEGER NOT NULL, field TEXT NOT NULL, other INTEGER NOT NULL)",
    "CREATE TEMP TABLE holds (n INTEGER NOT NULL, sha256 TEXT NOT NULL)",
    "CREATE TEMP TABLE gone (n INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE quiet (n INTEGER PRIMARY KEY)",
)
_INDEX: Final = "CREATE INDEX temp.names_field ON names (field, n, other)"

_USES_CLAIM: Final = "SELECT other FROM names WHERE field = 'claim_id'"
_KEEPS_CLAIM: Final = (
    # A claim stays for the mentions that stay, and for what the colleague themself said of it.
    "SELECT other FROM names JOIN one USING (n) WHERE n NOT IN (SELECT n FROM gone)"
    " AND (field = 'claim_id' AND (kind = 'mention' OR own) OR field = 'target' AND own)"
)
_UNUSED_CLAIMS: Final = f"SELECT n FROM one WHERE kind = 'claim' AND n IN ({_USES_CLAIM}) AND n NOT IN ({_KEEPS_CLAIM})"
_OF_GONE_CLAIMS: Final = (
    "SELECT n FROM names JOIN one USING (n) WHERE kind IN ('assessment', 'evidence') AND field = 'claim_id'"
    " AND other IN (SELECT n FROM gone)"
)
_OF_GONE_ARTICLES: Final = (
    "SELECT n FROM names JOIN one USING (n) WHERE kind IN ('version', 'zone', 'mention') AND field = 'article_id'"
    " AND other IN (SELECT n FROM gone)"
)
_OTHERS: Final = f"SELECT n FROM one WHERE kind IN {_OWNED} AND NOT own"
_GONE_SNAPSHOTS: Final = (
    "SELECT n FROM one JOIN holds USING (n) WHERE kind = 'snapshot' AND sha256 IN"
    " (SELECT sha256 FROM holds JOIN gone USING (n)) AND sha256 NOT IN"
    " (SELECT sha256 FROM holds JOIN one USING (n) WHERE kind <> 'snapshot' AND n NOT IN (SELECT n FROM gone))"
)
_QUIET: Final = (
    # What was confidential once is: an earlier version of it says who it was.
    "SELECT n FROM quiet WHERE n NOT IN"
    " (SELECT other FROM names JOIN one USING (n) WHERE field = 'source_id' AND kind = 'evidence' AND own)"
)
_OF_QUIET: Final = (
    "SELECT n FROM names JOIN one USING (n) WHERE kind = 'evidence' AND field = 'source_id'"
    " AND other IN (SELECT n FROM quiet) AND other IN (SELECT n FROM gone)"
)
_REMARKS_ON_GONE: Final = (
    "SELECT n FROM names JOIN one USING (n) WHERE kind IN ('review', 'comment', 'link') AND NOT own"
    # A review of an annotator names by its proposal what is missing of them.
    " AND field IN ('target', 'proposal', 'a', 'b') AND other IN (SELECT n FROM gone)"
)
_OTHERS_LINKS: Final = (
    # That two claims are one, or contradict each other, is a mark as well; that two articles are one is not.
    "SELECT names.n FROM names JOIN one USING (n) JOIN one AS what ON what.n = names.other"
    " WHERE one.kind = 'link' AND NOT one.own AND field IN ('a', 'b') AND what.kind IN ('claim', 'mention')"
)


def _unused(kind: str, *fields: str) -> str:
    """Return the query for the shared records of a kind that something of what goes names, and nothing that stays."""
    some = ", ".join(f"'{one}'" for one in fields)
    named = f"SELECT other FROM names WHERE field IN ({some})"
    return (
        f"SELECT n FROM one WHERE kind = '{kind}' AND n IN ({named} AND n IN (SELECT n FROM gone))"
        f" AND n NOT IN ({named} AND n NOT IN (SELECT n FROM gone))"
    )


class Share(msgspec.Struct, frozen=True):
    """What a copy is to show.

    Attributes:
        annotators: the ids of whom it is for; their own work is always in it.
        blind: whether others' marks are left out.
        articles: the ids of the articles that are assigned, None for all.
        with_confidential: whether confidential sources are in it that their own evidence does not name.
    """

    annotators: frozenset[str]
    blind: bool
    articles: frozenset[str] | None = None
    with_confidential: bool = False


class LeftOut(msgspec.Struct, frozen=True):
    """How much a copy leaves out: records by kind, and how many texts and snapshots."""

    records: dict[str, int]
    contents: int


class _Said(msgspec.Struct, frozen=True):
    """What the body of any kind names."""

    annotator_id: str = ""
    reviewer_id: str = ""
    author_id: str = ""
    claim_id: str = ""
    article_id: str = ""
    speaker_id: str = ""
    source_id: str = ""
    derived_from: str = ""
    target: str = ""
    proposal: str = ""
    a: str = ""
    b: str = ""
    text_sha256: str = ""
    snapshot_sha256: str = ""
    sha256: str = ""
    confidential: bool = False


_NAMES: Final = ("claim_id", "article_id", "speaker_id", "source_id", "derived_from", "target", "proposal", "a", "b")
_HOLDS: Final = ("text_sha256", "snapshot_sha256", "sha256")


def leave_out(connection: sqlite3.Connection, share: Share) -> LeftOut:
    """Take from a private copy of a project what a share does not show: bodies, salts, rows and contents.

    Chain, count and order of the log stay whole: what is gone is withheld, and merging the copy back misses nothing.
    The file's free pages still hold it until VACUUM.
    """
    for statement in _TABLES:
        connection.execute(statement)
    connection.execute("BEGIN IMMEDIATE")
    try:
        _read(connection, share)
        _decide(connection, share)
        found = _take(connection)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return found


def _read(connection: sqlite3.Connection, share: Share) -> None:
    """Fill the temporary tables with what each record and each version of it names."""
    connection.execute("INSERT INTO one SELECT n, kind, 0 FROM object")
    decode = msgspec.json.Decoder(_Said).decode
    named: list[tuple[int, str, bytes]] = []
    held: list[tuple[int, str]] = []
    own: list[tuple[int]] = []
    quiet: list[tuple[int]] = []

    def flush() -> None:
        connection.executemany("INSERT INTO names SELECT ?, ?, n FROM object WHERE id = ?", named)
        connection.executemany("INSERT INTO holds VALUES (?, ?)", held)
        connection.executemany("UPDATE one SET own = 1 WHERE n = ?", own)
        connection.executemany("INSERT INTO quiet VALUES (?) ON CONFLICT DO NOTHING", quiet)
        for some in (named, held, own, quiet):
            some.clear()

    for number, body in _bodies(connection):
        said = decode(body)
        named += [(number, name, ids.raw(other)) for name in _NAMES if ids.is_id(other := getattr(said, name))]
        held += [(number, sha256) for name in _HOLDS if (sha256 := getattr(said, name))]
        if {said.annotator_id, said.reviewer_id, said.author_id} & share.annotators:
            own.append((number,))
        if said.confidential:
            quiet.append((number,))
        if len(named) > _BATCH:
            flush()
    flush()
    connection.execute(_INDEX)


_BATCH: Final = 10_000


def _bodies(connection: sqlite3.Connection) -> Iterator[tuple[int, bytes]]:
    """Yield (object's row, body) of everything that the log says, a stretch of rows at a time: writing goes between."""
    last = 0
    sql = "SELECT n, object, CAST(body AS BLOB), op FROM event WHERE n > ? ORDER BY n LIMIT ?"
    while rows := connection.execute(sql, (last, _BATCH)).fetchall():
        for _n, number, body, op in rows:
            if op == "put" and body is not None:
                yield number, body
        last = rows[-1][0]


def _decide(connection: sqlite3.Connection, share: Share) -> None:
    """Fill table `gone` with the rows of the objects that go."""

    def out(query: str, *values: str) -> int:
        sql = f"INSERT INTO gone SELECT DISTINCT n FROM ({query}) WHERE n NOT IN (SELECT n FROM gone)"
        return connection.execute(sql, values).rowcount

    if share.articles is not None:
        kept = msgspec.json.encode([ids.raw(one).hex() for one in sorted(share.articles)]).decode()
        asked = "SELECT value FROM json_each(?)"
        out(f"SELECT n FROM object WHERE kind = 'article' AND lower(hex(id)) NOT IN ({asked})", kept)
        out(_OF_GONE_ARTICLES)
    if share.blind:
        out(_OTHERS)
        out(_OTHERS_LINKS)
    if not share.with_confidential:
        out(_QUIET)
        out(_OF_QUIET)
    out(_UNUSED_CLAIMS)
    out(_OF_GONE_CLAIMS)
    out(_unused("speaker", "speaker_id"))
    while out(_unused("source", "source_id", "derived_from")):
        pass  # what a source that goes was derived from may go with it
    out(_GONE_SNAPSHOTS)
    out(_REMARKS_ON_GONE)


def _take(connection: sqlite3.Connection) -> LeftOut:
    gone = "IN (SELECT n FROM gone)"
    rows = connection.execute("SELECT kind, count(*) FROM one JOIN gone USING (n) GROUP BY kind ORDER BY kind")
    records = {str(kind): int(count) for kind, count in rows}
    # A redaction's own body stays: it says why something is not there.
    connection.execute(
        f"UPDATE event SET salt = NULL, body = NULL WHERE object {gone} AND NOT (op = 'delete' AND body IS NOT NULL)"
    )
    for table in (*(f"state_{kind}" for kind in STATE_COLUMNS), "joined"):
        connection.execute(f"DELETE FROM {table} WHERE n {gone}")
    contents = 0
    for table in ("text", "blob"):
        contents += connection.execute(
            f"DELETE FROM {table} WHERE lower(hex(sha256)) IN (SELECT sha256 FROM holds WHERE n {gone})"
            f" AND lower(hex(sha256)) NOT IN (SELECT sha256 FROM holds WHERE n NOT {gone})"
        ).rowcount
    rebuilding.let_go(connection)
    return LeftOut(records, contents)
