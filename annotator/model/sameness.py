"""Classes of records that `same` links join: linked records are one, and the smallest id speaks for them (model.md)."""

from collections.abc import Iterable, Mapping


def classes(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for every id that stands in a pair the smallest id of its class: all that pairs lead to from it.

    The order of the pairs and of their ends does not matter.
    """
    above: dict[str, str] = {}

    def smallest(one: str) -> str:
        way: list[str] = []
        while (upper := above.setdefault(one, one)) != one:
            way.append(one)
            one = upper
        for below in way:  # the way is short for whoever goes it next
            above[below] = one
        return one

    for a, b in pairs:
        first, second = sorted((smallest(a), smallest(b)))
        above[second] = first
    return {one: smallest(one) for one in list(above)}


def together(speaks: Mapping[str, str], ids: Iterable[str]) -> set[str]:
    """Return ids with all that are one with one of them; `speaks` is what `classes` returns."""
    found = set(ids)
    first = {speaks[one] for one in found if one in speaks}
    return found | {one for one, of in speaks.items() if of in first}
