"""Rows in text order, kept in order one change at a time: at 10,000 mentions sorting anew would be felt."""

from bisect import bisect_left
from collections.abc import Iterable

from annotator.services.viewing import ClaimRow, place_of


class RowOrder:
    """A list of rows in text order that finds, takes in and gives out a row by bisection."""

    def __init__(self, rows: Iterable[ClaimRow] = ()) -> None:
        """Take rows that are in text order already, as services give them."""
        self.rows = list(rows)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def place(self, row: ClaimRow) -> int:
        """Return where the row is, or would go."""
        return bisect_left(self.rows, place_of(row), key=place_of)

    def find(self, row: ClaimRow) -> int:
        """Return where the row of that mention and place is, -1 for nowhere."""
        place = self.place(row)
        here = place < len(self.rows) and self.rows[place].mention_id == row.mention_id
        return place if here else -1
