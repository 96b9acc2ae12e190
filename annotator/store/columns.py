"""State rows of many new records at once, column by column: an import makes a million of them.

Rows of the kinds that come in masses are put together by `map` and `zip`, without a step of Python for each. What a
row must be is said by `tables.ROW_OF`, which makes those of all other kinds.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import Any, Final

from annotator.model.ids import ArticleId, Sha256
from annotator.model.records import Mention, Record, version_id
from annotator.store import tables


class Numbers(dict[str, int]):
    """Row numbers of one kind's records by id; what it does not hold it looks up, once."""

    def __init__(self, look_up: Callable[[str], int]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, object_id: str) -> int:
        """Look up a number; raises what the looking up raises."""
        number = self[object_id] = self._look_up(object_id)
        return number


class _Versions(dict[tuple[ArticleId, Sha256], int]):
    """Row numbers of versions by what they are, an article and a text: their ids are hashes of that."""

    def __init__(self, by_id: Mapping[str, int]) -> None:
        super().__init__()
        self._by_id = by_id

    def __missing__(self, pair: tuple[ArticleId, Sha256]) -> int:
        number = self[pair] = self._by_id[version_id(*pair)]
        return number


class Columns:
    """Makes the rows of one change's records.

    Args:
        look_up: gives the number of an object by kind and id where nobody has put it into `numbers`.
        stored: gives the number of a text or snapshot.
    """

    def __init__(self, look_up: tables.NumberOf, stored: tables.BlobOf) -> None:
        self._look_up = look_up
        self._stored = stored
        self._numbers: dict[str, Numbers] = {}
        self._versions = _Versions(self.numbers("version"))
        self.numbers("speaker")[""] = 0

    def numbers(self, kind: str) -> Numbers:
        """Return the numbers of a kind's objects, "" for any, as far as they are known; to be added to."""
        found = self._numbers.get(kind)
        if found is None:
            # Nothing in here may refer to this object: it would hold a batch until the garbage collector comes by.
            found = self._numbers[kind] = Numbers(partial(self._look_up, kind))
        return found

    def rows(
        self, kind: str, numbers: Iterable[int], heads: Iterable[int], records: Sequence[Record]
    ) -> Iterable[tuple[object, ...]]:
        """Return the state row of each record of one kind; `numbers` and `heads` are those of the objects.

        Raises what `look_up` raises, perhaps only when a row is asked for.
        """
        spec = _COLUMNS.get(kind)
        if spec is None:
            row_of = tables.ROW_OF[kind]
            return (
                (number, head, *row_of(record, self._number, self._stored))
                for number, head, record in zip(numbers, heads, records, strict=True)
            )
        return zip(numbers, heads, *(self._column(named, value, records) for named, value in spec), strict=True)

    def _column(self, named: str, value: Callable[[Any], Any], records: Sequence[Record]) -> Iterable[object]:
        values = map(value, records)
        if not named:
            return values
        return map((self._versions if named == "version" else self.numbers(named)).__getitem__, values)

    def _number(self, kind: str, object_id: str) -> int:
        return self.numbers(kind)[object_id]


def _start(record: Mention) -> int:
    return record.spans[0].start if record.spans else 0


_VERSION: Final = ("version", attrgetter("article_id", "text_sha256"))
_CLAIM: Final = ("claim", attrgetter("claim_id"))
_ANNOTATOR: Final = ("annotator", attrgetter("annotator_id"))
_SPEAKER: Final = ("speaker", attrgetter("speaker_id"))
_SOURCE: Final = ("source", attrgetter("source_id"))
_LAYER: Final = ("", attrgetter("layer"))

_COLUMNS: Final[dict[str, tuple[tuple[str, Callable[[Any], Any]], ...]]] = {
    "mention": (_CLAIM, _VERSION, _ANNOTATOR, _LAYER, _SPEAKER, ("", _start)),
    "assessment": (
        _CLAIM,
        _ANNOTATOR,
        _LAYER,
        ("", attrgetter("status")),
        ("", attrgetter("valid_from")),
        ("", attrgetter("recorded_at")),
    ),
    "evidence": (_CLAIM, _SOURCE, _ANNOTATOR),
    "zone": (_VERSION,),
    "claim": (),
}
"""For each column of these kinds the value, and the kind of the object whose number it is ("" for the value itself)."""
