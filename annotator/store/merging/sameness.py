"""What two people brought in apart and is one: articles are linked, people only offered (model.md, section 4)."""

import sqlite3
from collections.abc import Iterator
from itertools import combinations, groupby
from typing import Final

from annotator.model import ids
from annotator.model.addresses import canonical_address
from annotator.model.ids import AnnotatorId
from annotator.model.likely_people import may_be_one
from annotator.model.records import Annotator, Article, Link, same_link_id
from annotator.store.codec import read
from annotator.store.tables import BODY, SHOWN

People = tuple[Annotator, Annotator]
"""Two annotators who may be one person."""

_SHARING: Final = (
    f"SELECT state_version.text, object.id, {BODY} FROM state_version JOIN state_article AS state"
    f" ON state.n = state_version.article JOIN object ON object.n = state.n {SHOWN}"
    " WHERE state_version.text IN (SELECT text FROM state_version GROUP BY text HAVING count(DISTINCT article) > 1)"
    " ORDER BY state_version.text, object.id"
)


def article_links(connection: sqlite3.Connection) -> list[Link]:
    """Return the links that join articles with a common text and the same address, or where one has no address.

    A link that was made before, deleted or not, is not made again.
    """
    found: dict[str, Link] = {}
    for a, b in _pairs(connection):
        link_id = same_link_id(a, b)
        known = connection.execute("SELECT 1 FROM object WHERE id = ?", (ids.raw(link_id),)).fetchone()
        if not known:
            found[link_id] = Link(link_id, "same", a, b, _who_brought(connection, b))
    return list(found.values())


def _pairs(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield pairs of articles, the smaller id first, each with the first one of its address."""
    for _text, rows in groupby(connection.execute(_SHARING).fetchall(), key=lambda row: row[0]):
        by_address: dict[str, list[str]] = {}
        for _n, raw, body in rows:
            article = ids.spelled(raw)
            by_address.setdefault(canonical_address(read(Article, body).url), []).append(article)
        # Among several addresses nobody can tell whose text one without an address is.
        if len(by_address) == 2 and "" in by_address:  # noqa: PLR2004 - one address and none
            by_address = {"": [one for some in by_address.values() for one in some]}
        for some in by_address.values():
            first, *others = sorted(set(some))
            yield from ((first, other) for other in others)


def _who_brought(connection: sqlite3.Connection, article_id: str) -> AnnotatorId:
    """Return who wrote the first event of an article: the same on every machine."""
    row = connection.execute(
        "SELECT change.author FROM event JOIN change ON change.n = event.change JOIN object ON object.n = event.object"
        " WHERE object.id = ? ORDER BY event.clock, event.id LIMIT 1",
        (ids.raw(article_id),),
    ).fetchone()
    return AnnotatorId(ids.spelled(row[0]))


def names_of(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the annotators' names by id."""
    return {one.id: one.name for one in _people(connection).values()}


def _people(connection: sqlite3.Connection) -> dict[AnnotatorId, Annotator]:
    rows = connection.execute(f"SELECT {BODY} FROM state_annotator AS state {SHOWN}")
    return {one.id: one for one in (read(Annotator, body) for (body,) in rows)}


def people_offered(connection: sqlite3.Connection) -> list[People]:
    """Return pairs of annotators who may be one person by their names and machines, and whom no link joins yet."""
    people = _people(connection)
    at: dict[AnnotatorId, set[str]] = {}
    for machine, raw in connection.execute("SELECT DISTINCT machine, annotator FROM session"):
        if _is_one(machine):
            at.setdefault(AnnotatorId(ids.spelled(raw)), set()).add(machine)
    nowhere: set[str] = set()
    return [
        (people[a], people[b])
        for a, b in combinations(sorted(people), 2)
        if may_be_one(people[a].name, people[b].name, one_machine=not at.get(a, nowhere).isdisjoint(at.get(b, nowhere)))
        and not _linked(connection, a, b)
    ]


def _is_one(machine: str) -> bool:
    """Tell whether a machine's name ends in the number that makes it one (`settings.machine`)."""
    number = machine.rpartition(" ")[2]
    return len(number) == 8 and all(digit in "0123456789abcdef" for digit in number)  # noqa: PLR2004 - as made there


def _linked(connection: sqlite3.Connection, a: str, b: str) -> bool:
    link = (ids.raw(same_link_id(a, b)),)
    return connection.execute("SELECT 1 FROM object WHERE id = ?", link).fetchone() is not None
