"""What the search cache answers: which records have some words, and the words around the first place."""

import re
import sqlite3
from typing import Final, NamedTuple, cast

from annotator.model import finding, ids
from annotator.store.project import Project
from annotator.store.search import SPLIT, location, reading, split

_RANKED: Final = 1_000
"""Of more than so many that have the words, the first are ranked: for "the" nobody waits until all are."""

_WORDS: Final = re.compile(r'"([^"]*)"?|([^\s"]+)')
_OPEN, _CLOSE = "\x02", "\x03"

_ANY: Final = -1
_SHOWN: Final = (0, 1)
"""Columns of the index: whichever has the words, and those that are shown, title and body."""

_BESIDE: Final = 40
"""Letters shown on each side of what is found in plainer letters alone."""


class Match(NamedTuple):
    """A record that has the words.

    `before`, `match` and `after` are the words around the first place; `place` is the id of the version it stands in.
    """

    kind: str
    id: str
    place: str
    title: str
    before: str
    match: str
    after: str


def find(project: Project, words: str, kind: str, limit: int, *, any_word: bool = False) -> list[Match]:
    """Return the records of a kind that have all the words (or any), best first; [] where the cache is not there.

    Words in quotation marks stand together; the last word may be the beginning of one.
    """
    query = query_of(words, any_word=any_word)
    with reading(location(project)) as cache:
        if cache is None or not query:
            return []
        return [_match(kind, *_shown(cache, kind, query, n, words)) for n in _best(cache, f"{kind}_fts", query, limit)]


def _best(cache: sqlite3.Connection, fts: str, query: str, limit: int) -> list[int]:
    """Return the rows of the best matches; of very many, the first: to rank them all FTS5 would read them all."""
    sql = f"SELECT rowid FROM {fts} WHERE {fts} MATCH ?"
    found = cache.execute(f"{sql} LIMIT {_RANKED + 1}", (query,)).fetchall()
    if limit < len(found) <= _RANKED:
        found = cache.execute(f"{sql} ORDER BY bm25({fts}, 4.0, 1.0, 1.0) LIMIT ?", (query, limit)).fetchall()
    return [n for (n,) in found[:limit]]


def _shown(cache: sqlite3.Connection, kind: str, query: str, n: int, words: str) -> tuple[str, str, str, str]:
    """Return (id, place, title, the words around) of a row."""
    object_id, place, title, plain = cache.execute(
        f"SELECT id, place, title, plain FROM {kind} WHERE n = ?", (n,)
    ).fetchone()
    (around,) = _snippets(cache, kind, query, n, _ANY)
    if plain:
        heading, body = _snippets(cache, kind, query, n, *_SHOWN)
        if _OPEN not in heading and _OPEN not in body:  # found in plainer letters alone: shown as it is written
            (text,) = cache.execute(f"SELECT body FROM {kind} WHERE n = ?", (n,)).fetchone()
            around = _around(text, words) or _around(title, words) or body or heading
    return object_id, place, title, around


def _snippets(cache: sqlite3.Connection, kind: str, query: str, n: int, *columns: int) -> tuple[str, ...]:
    fts = f"{kind}_fts"
    asked = ", ".join(f"snippet({fts}, {column}, '{_OPEN}', '{_CLOSE}', '…', 14)" for column in columns)
    row = cache.execute(f"SELECT {asked} FROM {fts} WHERE {fts} MATCH ? AND rowid = ?", (query, n)).fetchone()
    return cast("tuple[str, ...]", row)


def _around(text: str, words: str) -> str:
    """Return the words around the first place of any of some words in a text, as FTS5 would; "" for none."""
    for one in words.replace('"', " ").split():
        first = next(finding.places(text, one), None)
        if first is not None:
            start, end = first
            before, after = text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE]
            return f"…{before}{_OPEN}{text[start:end]}{_CLOSE}{after}…"
    return ""


def _match(kind: str, object_id: str, place: str, title: str, around: str) -> Match:
    before, _open, rest = around.replace(SPLIT, "").partition(_OPEN)
    found, _close, after = rest.partition(_CLOSE)
    after = after.replace(_OPEN, "").replace(_CLOSE, "")
    parts = (" ".join(title.replace(SPLIT, "").split()), *(_one_line(part) for part in (before, found, after)))
    return Match(kind, object_id, place, *parts)


def _one_line(text: str) -> str:
    """Return a text without line ends; spaces at its ends stay: words stand beside it."""
    return re.sub(r"\s+", " ", text)


def query_of(words: str, *, any_word: bool = False) -> str:
    """Return what FTS5 is asked for: every word (or any), and those in quotation marks together; "" for none.

    Nothing that a person types is FTS5's own syntax.
    """
    parts: list[list[str]] = []
    for quoted, plain in _WORDS.findall(split(words)):
        spelt = (_term(quoted or plain), _term(finding.plainly(quoted or plain)))
        if spelt[0]:
            parts.append(list(dict.fromkeys(spelt)))
    if parts and words[-1:].strip() and not words.rstrip().endswith('"'):
        parts[-1] = [f"{one}*" for one in parts[-1]]
    asked = [" OR ".join(part) for part in parts]
    return " OR ".join(asked) if any_word else " AND ".join(f"({one})" for one in asked)


def _term(words: str) -> str:
    found = " ".join(re.findall(r"\w+", words))
    return f'"{found}"' if found else ""


def mention_of(project: Project, kind: str, object_id: str) -> str:
    """Return the id of the first mention of a claim, a speaker, or a claim that a source speaks to; "" for none."""
    condition = {
        "claim": "state.claim = :n",
        "speaker": "state.speaker = :n",
        "source": "state.claim IN (SELECT claim FROM state_evidence WHERE source = :n)",
    }[kind]
    row = project.connection.execute(
        f"SELECT object.id FROM state_mention AS state JOIN object ON object.n = state.n WHERE {condition}"
        " ORDER BY state.version, state.start LIMIT 1",
        {"n": project.number_of(object_id)},
    ).fetchone()
    return ids.spelled(row[0]) if row else ""
