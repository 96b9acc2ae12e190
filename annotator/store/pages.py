"""Rows out of the bytes of a damaged SQLite file, page by page, without asking SQLite.

After https://www.sqlite.org/fileformat2.html, sections 1.6 (b-tree pages) and 2.1 (records). A leaf of a table tells
its rows by itself, so neither the schema nor the pages above it need to be whole.
"""

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

PAGE: Final = 4096
"""The size of a page in every file that this program makes."""

_LEAF: Final = 13
_HEADER: Final = 100
_INTEGERS: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Bytes of the integer of each serial type."""
_REAL: Final = 7
_CONSTANTS: Final = {8: 0, 9: 1}
_FIRST_LONG: Final = 12
_LONGEST: Final = 1 << 30
_LONGEST_VARINT: Final = 9

Value = int | float | bytes | str | None


class Row(NamedTuple):
    """A row of some table: its row number and columns. Texts that are no UTF-8 make no row."""

    number: int
    values: tuple[Value, ...]


def rows(content: bytes) -> Iterator[Row]:
    """Yield every row that can be read from the leaves of tables in a file; what is read may still be wrong."""
    content += bytes(-len(content) % PAGE)  # what was cut off in the middle of a page may still begin with whole rows
    for begin in range(0, len(content), PAGE):
        at = begin + (_HEADER if begin == 0 else 0)
        if content[at] == _LEAF:
            yield from _rows_of_page(content, begin, at)


def _rows_of_page(content: bytes, begin: int, at: int) -> Iterator[Row]:
    count = int.from_bytes(content[at + 3 : at + 5])
    for index in range(min(count, (PAGE - 8) // 2)):
        place = at + 8 + 2 * index
        cell = int.from_bytes(content[place : place + 2])
        try:
            yield _row(content, begin + cell, begin + PAGE)
        except (ValueError, IndexError, struct.error):
            continue


def _row(content: bytes, at: int, end: int) -> Row:
    size, at = _varint(content, at)
    number, at = _varint(content, at)
    if not 0 < size < _LONGEST or at >= end:
        raise ValueError("no cell")
    payload = _payload(content, at, size, end)
    return Row(number - (1 << 64) if number >> 63 else number, _record(payload))


def _payload(content: bytes, at: int, size: int, end: int) -> bytes:
    """Return the bytes of a record, those on overflow pages too (section 1.6, the formulas for a leaf of a table)."""
    most = PAGE - 35
    if size <= most:
        if at + size > end:
            raise ValueError("a cell goes beyond its page")
        return content[at : at + size]
    least = (PAGE - 12) * 32 // 255 - 23
    local = least + (size - least) % (PAGE - 4)
    local = local if local <= most else least
    parts = [content[at : at + local]]
    left, page = size - local, int.from_bytes(content[at + local : at + local + 4])
    while left > 0:
        begin = (page - 1) * PAGE
        if page < 1 or begin + PAGE > len(content):
            raise ValueError("an overflow page is missing")
        parts.append(content[begin + 4 : begin + 4 + min(left, PAGE - 4)])
        left -= PAGE - 4
        page = int.from_bytes(content[begin : begin + 4])
    return b"".join(parts)


def _record(payload: bytes) -> tuple[Value, ...]:
    header, at = _varint(payload, 0)
    body = header
    values: list[Value] = []
    while at < header:
        kind, at = _varint(payload, at)
        value, body = _value(payload, kind, body)
        values.append(value)
    if body != len(payload):
        raise ValueError("a record is longer or shorter than it says")
    return tuple(values)


def _value(payload: bytes, kind: int, at: int) -> tuple[Value, int]:
    if kind >= _FIRST_LONG:
        length = (kind - _FIRST_LONG) // 2
        part = payload[at : at + length]
        if len(part) != length:
            raise ValueError("a value is cut short")
        return part if kind % 2 == 0 else part.decode(), at + length
    if kind in _CONSTANTS:
        return _CONSTANTS[kind], at
    if kind in _INTEGERS:
        length = _INTEGERS[kind]
        return int.from_bytes(payload[at : at + length], signed=True), at + length
    if kind == _REAL:
        return float(struct.unpack_from(">d", payload, at)[0]), at + 8
    if kind:
        raise ValueError("no serial type")
    return None, at


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = 0
    for index in range(_LONGEST_VARINT):
        byte = content[at + index]
        if index == _LONGEST_VARINT - 1:
            return value << 8 | byte, at + _LONGEST_VARINT
        value = value << 7 | byte & 0x7F
        if byte < 0x80:  # noqa: PLR2004 - the bit that says that more follows
            return value, at + index + 1
    raise ValueError("no varint")
