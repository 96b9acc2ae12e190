"""Which objects a change touched: what a view needs to know to read again."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

_NOTHING: Final[Mapping[str, frozenset[str]]] = MappingProxyType({})


class Changes(NamedTuple):
    """The objects that a change, undo, redo or merge touched, by kind.

    `whole` says that too much changed to name it (an import): every view reads again. `arrived` says of such a change
    that it only added records: whatever was there before is as it was, though new records may name it.
    """

    touched: Mapping[str, frozenset[str]] = _NOTHING
    whole: bool = False
    arrived: bool = False

    def touches(self, *kinds: str) -> bool:
        """Tell whether any object of these kinds was touched."""
        return self.whole or any(self.touched.get(kind) for kind in kinds)

    def ids(self, kind: str) -> frozenset[str]:
        """Return the touched objects of a kind that are named."""
        return self.touched.get(kind, frozenset())

    def __or__(self, other: "Changes") -> "Changes":
        """Return both changes as one."""
        if not self or not other:
            return self or other
        kinds = {*self.touched, *other.touched}
        return Changes(
            {kind: self.ids(kind) | other.ids(kind) for kind in kinds},
            whole=self.whole or other.whole,
            arrived=self.arrived and other.arrived,
        )

    def __bool__(self) -> bool:
        """Tell whether anything changed."""
        return self.whole or bool(self.touched)


def changes_of(touched: Iterable[tuple[str, str]]) -> Changes:
    """Return the changes of (kind, id) pairs."""
    by_kind: dict[str, set[str]] = {}
    for kind, one in touched:
        by_kind.setdefault(kind, set()).add(one)
    return Changes({kind: frozenset(ids) for kind, ids in by_kind.items()})
