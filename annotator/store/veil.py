"""What one person does not see for now: others' marks in articles whose own pass is not finished (blind mode).

Views of the connection's own stand before the state tables, under their names: whatever asks for records through this
connection, by whichever query, gets those that the person may see. The file holds none of it. Writing lifts the veil:
a change is checked against all that there is.
"""

import sqlite3
from collections.abc import Sequence
from typing import Final

import msgspec

from annotator.model import ids
from annotator.store.file import writable

_MARKED: Final = "SELECT claim FROM main.state_mention WHERE version IN ({open})"
_JUDGED: Final = (
    "SELECT n FROM main.state_mention WHERE version IN ({open})"
    " UNION ALL SELECT n FROM main.state_assessment WHERE claim IN (" + _MARKED + ")"
    " UNION ALL SELECT n FROM main.state_evidence WHERE claim IN (" + _MARKED + ")"
    " UNION ALL " + _MARKED
)
"""Marks in open texts, and what is said of their claims."""
_BODY: Final = "SELECT state.n FROM main.state_{kind} AS state JOIN main.event ON event.n = state.head WHERE"

_VIEWS: Final[dict[str, str]] = {
    "mention": "annotator IN ({own}) OR version IN ({open})",
    "assessment": "annotator IN ({own}) OR claim IN (" + _MARKED + ")",
    "evidence": "annotator IN ({own}) OR claim IN (" + _MARKED + ")",
    "claim": (
        "n IN (SELECT claim FROM main.state_mention WHERE annotator IN ({own}) OR version IN ({open}))"
        " OR n IN (SELECT claim FROM main.state_assessment WHERE annotator IN ({own}))"
    ),
    "speaker": (
        "n IN (SELECT speaker FROM main.state_mention WHERE annotator IN ({own}) OR version IN ({open}))"
        " OR n NOT IN (SELECT speaker FROM main.state_mention)"
    ),
    "source": (
        "n IN (SELECT source FROM main.state_evidence WHERE annotator IN ({own}) OR claim IN (" + _MARKED + "))"
        " OR n NOT IN (SELECT source FROM main.state_evidence)"
    ),
    "review": (
        "n IN (" + _BODY.format(kind="review") + " json_extract(event.body, '$.reviewer_id') IN ({names}))"
        " OR target IN ({open}) OR target IN (" + _JUDGED + ")"
        " OR n IN (" + _BODY.format(kind="review") + " target IN (SELECT n FROM main.state_annotator)"
        " AND json_extract(event.body, '$.version_id') IN ({texts}))"
    ),
    "comment": (
        "n IN (" + _BODY.format(kind="comment") + " json_extract(event.body, '$.author_id') IN ({names}))"
        " OR target IN ({open}) OR target IN (" + _JUDGED + ")"
        " OR target IN (SELECT article FROM main.state_version WHERE n IN ({open}))"
        " OR target IN (SELECT source FROM main.state_evidence WHERE claim IN (" + _MARKED + "))"
        " OR target IN (SELECT speaker FROM main.state_mention WHERE version IN ({open}))"
        " OR target IN (SELECT n FROM main.state_review WHERE target IN (" + _JUDGED + "))"
    ),
    "link": (
        "n IN (" + _BODY.format(kind="link") + " json_extract(event.body, '$.annotator_id') IN ({names}))"
        " OR a NOT IN (SELECT n FROM main.state_claim)"
        " OR (a IN (" + _MARKED + ") AND b IN (" + _MARKED + "))"
    ),
}


class Veil(msgspec.Struct, frozen=True):
    """Who looks, and what they see of others.

    Attributes:
        names: the ids of the person (those linked `same` are one).
        own: their row numbers.
        open: the row numbers of the text versions in which others' marks are shown.
    """

    names: tuple[str, ...]
    own: tuple[int, ...]
    open: tuple[int, ...]


def draw(connection: sqlite3.Connection, veil: Veil) -> None:
    """Hide from this connection what the veil hides; not inside a transaction."""
    lift(connection)
    values = {
        "own": _listed(veil.own),
        "open": _listed(veil.open),
        "names": ",".join(f"'{one}'" for one in veil.names) or "''",
        "texts": ",".join(f"'{one}'" for one in _texts(connection, veil.open)) or "''",
    }
    with writable(connection):
        for kind, condition in _VIEWS.items():
            connection.execute(
                f"CREATE TEMP VIEW state_{kind} AS SELECT * FROM main.state_{kind} WHERE {condition.format(**values)}"
            )


def opens_all(connection: sqlite3.Connection, numbers: Sequence[int]) -> bool:
    """Tell whether these text versions are all there are."""
    shut = f"SELECT 1 FROM main.state_version WHERE n NOT IN ({_listed(numbers)}) LIMIT 1"
    return connection.execute(shut).fetchone() is None


def _texts(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[str]:
    """Return the ids of text versions: a review of an annotator names the text by it."""
    asked = msgspec.json.encode(numbers).decode()
    rows = connection.execute("SELECT id FROM object WHERE n IN (SELECT value FROM json_each(?))", (asked,))
    return [ids.spelled(raw) for (raw,) in rows]


def lift(connection: sqlite3.Connection) -> None:
    """Show everything again; not inside a transaction."""
    with writable(connection):
        for kind in _VIEWS:
            connection.execute(f"DROP VIEW IF EXISTS temp.state_{kind}")


def _listed(numbers: Sequence[int]) -> str:
    return ",".join(map(str, numbers)) or "0"
