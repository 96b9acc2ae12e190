"""Which mention another one is reported in: "he said the men told him that …"; all places are code points."""

from collections.abc import Iterable, Sequence

from annotator.model.span import Range


def innermost(spans: Sequence[Range], others: Iterable[tuple[str, Sequence[Range]]]) -> str:
    """Return the id of the shortest of other mentions that holds all of some spans and more; "" where none does.

    `others` are (id, spans). Of two that are equally long it is the one with the smaller id.
    """
    length = _length(spans)
    around = [(_length(other), id_) for id_, other in others if _length(other) > length and _holds(other, spans)]
    return min(around, default=(0, ""))[1]


def _holds(outer: Sequence[Range], inner: Sequence[Range]) -> bool:
    """Tell whether each of the inner spans lies in one of the outer ones."""
    return all(any(first <= start and end <= last for first, last in outer) for start, end in inner)


def _length(spans: Sequence[Range]) -> int:
    return sum(end - start for start, end in spans)
