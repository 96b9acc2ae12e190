"""What `same` links make one: the classes of a kind of record, and the article versions that are shown as one.

A link counts as long as it is there and both its ends are: deleting it undoes it.
"""

from collections.abc import Sequence
from typing import Final

from annotator.model import ids
from annotator.model.ids import VersionId
from annotator.model.records import TextVersion
from annotator.model.sameness import classes
from annotator.store.reading import Reading, VersionRow

_TOGETHER: Final = (
    # Link by link through the indexes on both ends: where there are no links that is one look into an empty table.
    "WITH RECURSIVE class (n) AS (SELECT article FROM state_version WHERE n = :version"
    " UNION SELECT link.b FROM class JOIN state_link AS link ON link.a = class.n"
    " WHERE link.link = 'same' AND link.b IN (SELECT n FROM state_article)"
    " UNION SELECT link.a FROM class JOIN state_link AS link ON link.b = class.n"
    " WHERE link.link = 'same' AND link.a IN (SELECT n FROM state_article))"
    " SELECT object.id FROM class JOIN state_version AS state ON state.article = class.n"
    " JOIN object ON object.n = state.n WHERE state.text = (SELECT text FROM state_version WHERE n = :version)"
    " ORDER BY state.n = :version DESC, state.n"
)


def classes_of(project: Reading, kind: str) -> dict[str, str]:
    """Return for each record of a kind that is linked `same` the id that speaks for it; others are not named."""
    # CROSS JOIN keeps the order: else SQLite asks for the links of each record of the kind, also where none is.
    sql = (
        f"SELECT a.id, b.id FROM state_link AS link CROSS JOIN state_{kind} AS one ON one.n = link.a"
        f" CROSS JOIN state_{kind} AS other ON other.n = link.b"
        " CROSS JOIN object AS a ON a.n = link.a CROSS JOIN object AS b ON b.n = link.b WHERE link.link = 'same'"
    )
    return classes((ids.spelled(a), ids.spelled(b)) for a, b in project.connection.execute(sql))


def versions_together(project: Reading, version_id: VersionId) -> tuple[VersionId, ...]:
    """Return a version and, after it, those of the same text in articles that are `same`; none where it is gone."""
    rows = project.connection.execute(_TOGETHER, {"version": project.number_of(version_id)})
    return tuple(VersionId(ids.spelled(raw)) for (raw,) in rows)


def shown_rows(project: Reading) -> list[VersionRow]:
    """Return the article versions as lists show them: one row for what is one, that of the smallest article id.

    They come as they were brought in, a row for several where the first of them was.
    """
    rows = project.version_rows()
    speaks = classes_of(project, "article")
    if not speaks:
        return rows
    together: dict[tuple[str, str], list[VersionRow]] = {}
    for row in rows:
        key = (speaks.get(row.article.id, row.article.id), row.version.text_sha256)
        together.setdefault(key, []).append(row)
    return [_one_of(some) for some in together.values()]


def rows_since(project: Reading, rows: Sequence[VersionRow]) -> list[VersionRow] | None:
    """Return the rows that follow these, where nothing but arrivals came since they were read (`Changes.arrived`).

    None where more is other than what follows: several are one, or what was gone is back. Then all are to be read.
    """
    if not rows or any(row.also for row in rows) or classes_of(project, "article"):
        return None
    later = project.version_rows_after(rows[-1].version.id)
    return later if len(rows) + len(later) == project.count(TextVersion) else None


def _one_of(rows: list[VersionRow]) -> VersionRow:
    first, *others = sorted(rows, key=lambda row: row.article.id)
    return first._replace(also=tuple(row.version.id for row in others))
