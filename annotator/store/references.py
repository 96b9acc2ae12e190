"""Records that name others: what is named is there, of the right kind, and stays while it is named."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from typing import Final

import msgspec

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model import ids
from annotator.store import bulk

NAMED_BY: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "article": (("version", "article"),),
    "version": (("zone", "version"), ("mention", "version")),
    "claim": (("mention", "claim"), ("assessment", "claim"), ("evidence", "claim")),
    "source": (("evidence", "source"),),
    "speaker": (("mention", "speaker"),),
    "annotator": (("mention", "annotator"), ("assessment", "annotator"), ("evidence", "annotator")),
}
"""For each kind, the state tables and columns that name it.

Reviews, comments and links are not among them: they belong to somebody else than their target and outlive it.
"""


_IS_WITHHELD: Final = "SELECT 1 FROM event WHERE object = ? AND op = 'put' AND salt IS NULL AND body IS NULL LIMIT 1"


def check_kind(kind: str, found: str, object_id: str) -> None:
    """Refuse the name of a record of another kind; `kind` "" takes any."""
    if kind not in {"", found}:
        what = _("a record names {id} as its {kind}, and that is a {found}")
        raise Refused(what.format(id=object_id, kind=kind, found=found), do=_("correct the id"))


def not_of_kind(object_id: str, found: str, kind: str) -> Refused:
    """Return the refusal to write or delete a record under the id of another kind's."""
    what = _("the id {id} is that of a {found}, not of a {kind}")
    return Refused(what.format(id=object_id, found=found, kind=kind), do=_("correct the id"))


def never_deleted(kind: str) -> Refused:
    """Return the refusal to delete what nothing is without: the project's card; an annotator is never redacted."""
    return Refused(_("the {kind} is never deleted").format(kind=kind), do=_("change its name instead"))


def not_stored(table: str, sha256: str) -> Refused:
    """Return the refusal of a record that names a text or bytes ("text", "blob") that the project lacks."""
    what = _("a record names the {kind} “{sha256}”, which the project does not have")
    return Refused(what.format(kind=table, sha256=sha256), do=_("bring it in first"))


def live_number(connection: sqlite3.Connection, kind: str, object_id: str) -> int:
    """Return the row number of a record that another one names.

    What is withheld may be named: a mark goes on without the words of its claim that a redaction took.

    Raises Refused where the project has none, where it is of another kind, and where it was deleted; with `kind` ""
    any kind will do, deleted or not.
    """
    raw = ids.raw(object_id) if ids.is_id(object_id) else b""
    row = connection.execute("SELECT n, kind FROM object WHERE id = ?", (raw,)).fetchone()
    if row is None:
        what = _("a record names “{id}”, which the project does not have")
        raise Refused(what.format(id=object_id), do=_("bring it in first"))
    number, found = int(row[0]), str(row[1])
    check_kind(kind, found, object_id)
    there = not kind or connection.execute(f"SELECT 1 FROM state_{kind} WHERE n = ?", (number,)).fetchone()
    if not there and not connection.execute(_IS_WITHHELD, (number,)).fetchone():
        what = _("a record names the {kind} {id}, which was deleted")
        raise Refused(what.format(kind=kind, id=object_id), do=_("bring it back first"))
    return number


def live_numbers(connection: sqlite3.Connection, object_ids: Collection[str]) -> dict[tuple[str, str], int]:
    """Return the row number by (kind, id) of those records that are there: for an import, which names thousands."""
    names = [one for one in object_ids if ids.is_id(one)]
    found: dict[str, dict[int, str]] = {}
    for index, number, kind in bulk.known_objects(connection, ids.raws(names)):
        found.setdefault(kind, {})[number] = names[index]
    there: dict[tuple[str, str], int] = {}
    for kind, by_number in found.items():
        there |= {(kind, by_number[number]): number for number in live(connection, kind, by_number)}
    return there


def live(connection: sqlite3.Connection, kind: str, numbers: Iterable[int]) -> Iterator[int]:
    """Yield those numbers that objects of a kind have which are there."""
    asked = msgspec.json.encode(list(numbers)).decode()
    sql = f"SELECT value FROM json_each(?) WHERE value IN (SELECT n FROM state_{kind})"
    for (number,) in connection.execute(sql, (asked,)):
        yield number


def first_naming(connection: sqlite3.Connection, kind: str, number: int) -> tuple[str, bytes] | None:
    """Return (kind, id) of a record that names one, None where none does."""
    for table, column in NAMED_BY.get(kind, ()):
        row = connection.execute(
            f"SELECT object.id FROM state_{table} AS state JOIN object ON object.n = state.n"
            f" WHERE state.{column} = ? LIMIT 1",
            (number,),
        ).fetchone()
        if row:
            return table, row[0]
    return None


def named_but_gone(connection: sqlite3.Connection, kind: str) -> set[int]:
    """Return the numbers of objects of a kind that rows name and that have no row themselves."""
    found: set[int] = set()
    for table, column in NAMED_BY.get(kind, ()):
        rows = connection.execute(
            f"SELECT DISTINCT {column} FROM state_{table} WHERE {column} <> 0 AND {column} NOT IN"
            f" (SELECT n FROM state_{kind}) AND {column} IN (SELECT n FROM object WHERE kind = ?)",
            (kind,),
        )
        found.update(number for (number,) in rows)
    return found


def check_unnamed(connection: sqlite3.Connection, kind: str, number: int) -> None:
    """Refuse the deletion of a record that others still name; asked after the state rows are written."""
    naming = first_naming(connection, kind, number)
    if naming:
        what = _("the {naming} {id} still names the {kind} that was to be deleted")
        what = what.format(naming=naming[0], id=ids.spelled(naming[1]), kind=kind)
        raise Refused(what, do=_("delete that one first"))


def astray(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows name something that is deleted or of another kind, by "mention.claim" and so on."""
    found: dict[str, int] = {}
    for kind, names in NAMED_BY.items():
        for table, column in names:
            count = connection.execute(
                f"SELECT count(*) FROM state_{table}"
                f" WHERE {column} <> 0 AND {column} NOT IN (SELECT n FROM state_{kind})"
            ).fetchone()[0]
            if count:
                count -= _withheld(connection, kind, table, column)
            if count:
                found[f"{table}.{column}"] = int(count)
    return found


def _withheld(connection: sqlite3.Connection, kind: str, table: str, column: str) -> int:
    """Return how many rows name an object whose bodies are not in this file: it cannot be shown, and is not lost."""
    row = connection.execute(
        f"SELECT count(*) FROM state_{table} AS state JOIN object ON object.n = state.{column} AND object.kind = ?"
        f" WHERE {column} NOT IN (SELECT n FROM state_{kind})"
        " AND EXISTS (SELECT 1 FROM event WHERE event.object = object.n AND salt IS NULL AND body IS NULL)",
        (kind,),
    ).fetchone()
    return int(row[0])
