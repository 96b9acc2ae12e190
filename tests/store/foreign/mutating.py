"""Random damage to a colleague's file, the same for the same seed: bytes, pages, rows, and bodies whose digests fit."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.store.foreign.forging import rechain

_PAGE = 4096
_LOG = ("event", "change", "session", "object", "text", "blob")
_ODD = (
    None, 0, 1, -1, 2, 1 << 31, 1 << 62, -(1 << 63), (1 << 63) - 1, 0.5, "", "x", "put", "delete", "mention", "project",
    b"", bytes(16), bytes(32), b"\xff" * 16, b"x", "\x00", "\ud7ff", "claim", "{}", '{"redaction":"x"}',
)  # fmt: skip

_PIECES = ("", "0", "9", "-", '"', "{", "[", ",", " ", "\\", "\\u0000", "A")


def mutated(source: Path, target: Path, seed: int) -> str:
    """Write a damaged copy of a file; return what was done to it."""
    dice = random.Random(seed)  # noqa: S311 - damage, no secret
    shutil.copyfile(source, target)
    act = dice.choice((_bytes, _bytes, _header, _page, _length, _rows, _rows, _deleted, _body, _body, _text))
    act(target, dice)
    return act.__name__


def _rewritten(path: Path, change: Callable[[bytearray], None]) -> None:
    content = bytearray(path.read_bytes())
    change(content)
    path.write_bytes(content)


def _bytes(path: Path, dice: random.Random) -> None:
    def change(content: bytearray) -> None:
        for _ in range(dice.choice((1, 1, 3, 20))):
            content[dice.randrange(len(content))] = dice.randrange(256)

    _rewritten(path, change)


def _header(path: Path, dice: random.Random) -> None:
    def change(content: bytearray) -> None:
        # The header of the file, or that of a page of its tables.
        page = dice.choice((0, dice.randrange(len(content) // _PAGE) * _PAGE))
        content[page + dice.randrange(0, 108 if page == 0 else 12)] = dice.randrange(256)

    _rewritten(path, change)


def _page(path: Path, dice: random.Random) -> None:
    def change(content: bytearray) -> None:
        one, other = (dice.randrange(len(content) // _PAGE) * _PAGE for _ in range(2))
        noise = dice.choice((bytes(_PAGE), dice.randbytes(_PAGE), bytes(content[other : other + _PAGE])))
        content[one : one + _PAGE] = noise

    _rewritten(path, change)


def _length(path: Path, dice: random.Random) -> None:
    def change(content: bytearray) -> None:
        place = dice.randrange(len(content))
        if dice.random() < 0.5:
            del content[place:]
        else:
            content[place:place] = dice.randbytes(dice.choice((1, 100, _PAGE)))

    _rewritten(path, change)


def _tampered(path: Path, dice: random.Random, act: Callable[[sqlite3.Connection], None]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        try:
            act(connection)
            if dice.random() < 0.7:
                rechain(connection)
        except (sqlite3.Error, OverflowError, TypeError):
            return  # the tables do not take it, or it cannot be chained: the file is what it is now


def _row(connection: sqlite3.Connection, dice: random.Random, table: str) -> int:
    rows = [row[0] for row in connection.execute(f"SELECT n FROM {table}")]  # noqa: S608 - our tables
    return dice.choice(rows or [0])


def _rows(path: Path, dice: random.Random) -> None:
    def act(connection: sqlite3.Connection) -> None:
        wanted = dice.choice((1, 1, 2))
        for _ in range(30):
            wanted -= _updated(connection, dice)
            if not wanted:
                return

    _tampered(path, dice, act)


def _updated(connection: sqlite3.Connection, dice: random.Random) -> bool:
    """Put another value into a row; tell whether the tables took it, and it is another one."""
    table = dice.choice((*_LOG, "event", "event", "state_mention"))
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    column = dice.choice(columns)
    from_column = dice.choice((column, column, dice.choice(columns)))
    other = f"(SELECT {from_column} FROM {table} WHERE n = :other)"  # noqa: S608 - our tables and columns
    value = dice.choice((other, ":odd"))
    values = {"n": _row(connection, dice, table), "other": _row(connection, dice, table), "odd": dice.choice(_ODD)}
    sql = f"UPDATE {table} SET {column} = {value} WHERE n = :n AND {column} IS NOT {value}"  # noqa: S608 - as above
    try:
        return connection.execute(sql, values).rowcount == 1
    except sqlite3.IntegrityError:
        return False


def _deleted(path: Path, dice: random.Random) -> None:
    def act(connection: sqlite3.Connection) -> None:
        for _ in range(dice.choice((1, 1, 4))):
            table = dice.choice((*_LOG, "event", "event"))
            connection.execute(f"DELETE FROM {table} WHERE n = ?", (_row(connection, dice, table),))  # noqa: S608 - as above

    _tampered(path, dice, act)


def _text(path: Path, dice: random.Random) -> None:
    def act(connection: sqlite3.Connection) -> None:
        number = _row(connection, dice, "text")
        content = list(connection.execute("SELECT content FROM text WHERE n = ?", (number,)).fetchone()[0])
        content[dice.randrange(len(content))] = dice.choice(("", "x", "\r", "\x00", "👩‍🚀"))
        connection.execute("UPDATE text SET content = ? WHERE n = ?", ("".join(content), number))

    _tampered(path, dice, act)


def _body(path: Path, dice: random.Random) -> None:
    def act(connection: sqlite3.Connection) -> None:
        rows = connection.execute("SELECT n, body FROM event WHERE body IS NOT NULL").fetchall()
        number, body = dice.choice(rows)
        begin = dice.randrange(len(body))
        length = dice.choice((0, 1, 1, 4, 40))
        other: str = dice.choice(rows)[1]
        place = dice.randrange(len(other))
        piece = dice.choice(
            ("", "0", "9", "-", '"', "{", "[", ",", " ", "\\", "\\u0000", "A", other[place : place + 5])
        )
        changed = other if dice.random() < 0.1 else body[:begin] + piece + body[begin + length :]
        connection.execute("UPDATE event SET body = ? WHERE n = ?", (changed, number))

    _tampered(path, dice, act)
