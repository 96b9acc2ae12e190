"""Narrowing a long list by what its rows are: for each value how many rows would be left, worked out on bits.

A set of rows is a whole number in which row n is bit n: ten thousand rows are combined and counted in microseconds.
"""

from collections.abc import Iterable, Mapping

Bits = int
"""A set of rows."""

Chosen = Mapping[str, frozenset[str]]
"""The chosen values of each facet; a row must have one of them in every facet that has any."""


def bits_of(rows: Iterable[int]) -> Bits:
    """Return a set of rows."""
    marks = bytearray()
    for row in rows:
        byte = row >> 3
        if byte >= len(marks):
            marks.extend(bytes(byte + 1 - len(marks)))
        marks[byte] |= 1 << (row & 7)
    return int.from_bytes(marks, "little")


def rows_of(bits: Bits) -> set[int]:
    """Return the rows of a set."""
    rows: set[int] = set()
    for place, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
        if byte:
            rows.update(8 * place + bit for bit in range(8) if byte >> bit & 1)
    return rows


class Facets:
    """What each of so many rows is, facet by facet: a row may have several values of one, or none."""

    def __init__(self, count: int, values: Mapping[str, Mapping[str, Bits]]) -> None:
        self._all = (1 << count) - 1
        self._values = values

    def values(self, facet: str) -> Mapping[str, Bits]:
        """Return the rows of each value of a facet, in the facet's order; {} for one that is not there."""
        return self._values.get(facet, {})

    def left(self, chosen: Chosen, *, but: str = "") -> Bits:
        """Return the rows that are left, as if nothing were chosen in the facet `but`."""
        left = self._all
        for facet, wanted in chosen.items():
            if wanted and facet != but:
                some = 0
                for value in wanted:
                    some |= self.values(facet).get(value, 0)
                left &= some
        return left

    def counts(self, facet: str, chosen: Chosen) -> dict[str, int]:
        """Return for each value of a facet how many rows it has among those that the other facets leave."""
        left = self.left(chosen, but=facet)
        return {value: (rows & left).bit_count() for value, rows in self.values(facet).items()}
