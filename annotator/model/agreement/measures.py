"""The measures that the program reports: what each counts in one text, and its value from the sum of such counts.

Counts are sums over texts, so a figure pooled over articles is that of all their texts together, and not a mean of
means; and its interval comes from drawing texts anew (`bootstrap.py`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from annotator.i18n import noted
from annotator.model.agreement import alpha, kappa, spans, unitised
from annotator.model.agreement.marked_text import MarkedText
from annotator.model.agreement.marks import Mark, Pair
from annotator.model.agreement.unitised import Tally

Counts = dict[str, float]
"""What a measure counts in one or more texts, by whatever it tells apart."""

_BETWEEN: Final = "\x1f"
"""Between the two halves of a key; no status has it."""

_GAP: Final = "\x1e"


@dataclass(frozen=True)
class Measure:
    """One line of the agreement report.

    Attributes:
        name: what the report calls it, the same in JSON and on screen.
        title: what a person reads, in English; the caller translates it.
        undefined: why it has no value where it has none, in English; the caller translates it.
        count: what it counts in one text.
        value: the figure from counts; None where it is undefined.
        n: how many things (marks, pairs, units, words) it is about.
        many: whether it can be of more than two annotators at once.
        whole: whether of these everybody must have had a text for it to count; else two are enough, and who had not is
            missing data.
    """

    name: str
    title: str
    undefined: str
    count: Callable[[MarkedText], Counts]
    value: Callable[[Mapping[str, float]], float | None]
    n: Callable[[Mapping[str, float]], float]
    many: bool = False
    whole: bool = True


# Places: F1, precision, recall


def _found(both: float, first: float, second: float) -> Counts:
    return {"both": both, "first": first, "second": second}


def _exact(text: MarkedText) -> Counts:
    return _found(len(text.exact), len(text.own[0]), len(text.own[1]))


def _overlap(text: MarkedText) -> Counts:
    return _found(len(text.overlapping), len(text.own[0]), len(text.own[1]))


def _token(text: MarkedText) -> Counts:
    return _found(*spans.by_token(*text.tokens))


def _as_found(counts: Mapping[str, float]) -> spans.Found:
    return spans.Found(counts.get("both", 0), counts.get("first", 0), counts.get("second", 0))


_NOTHING: Final = noted("neither marked anything")
_SECOND_NOTHING: Final = noted("the second marked nothing")
_FIRST_NOTHING: Final = noted("the first marked nothing")


def _span_measures(
    name: str, titles: tuple[str, str, str], count: Callable[[MarkedText], Counts]
) -> tuple[Measure, ...]:
    f1, precision, recall = titles
    return (
        Measure(
            f"span_f1_{name}",
            f1,
            _NOTHING,
            count,
            lambda counts: _as_found(counts).f1,
            lambda counts: counts.get("first", 0) + counts.get("second", 0),
        ),
        Measure(
            f"span_precision_{name}",
            precision,
            _SECOND_NOTHING,
            count,
            lambda counts: _as_found(counts).precision,
            lambda counts: counts.get("second", 0),
        ),
        Measure(
            f"span_recall_{name}",
            recall,
            _FIRST_NOTHING,
            count,
            lambda counts: _as_found(counts).recall,
            lambda counts: counts.get("first", 0),
        ),
    )


# Status: Cohen's kappa of two, Fleiss' kappa and nominal alpha of any number


def statuses(first: Sequence[Mark], second: Sequence[Mark], pairs: Sequence[Pair]) -> Counts:
    """Return how often the first said one status where the second said another, of pairs in which both said one."""
    counts: Counts = {}
    for a, b in pairs:
        one, other = first[a].status, second[b].status
        if one and other:
            key = one + _BETWEEN + other
            counts[key] = counts.get(key, 0.0) + 1.0
    return counts


def matrix(counts: Mapping[str, float]) -> dict[tuple[str, str], float]:
    """Return counts of two statuses as a matrix: the first annotator's status, the second's."""
    return {(key.partition(_BETWEEN)[0], key.partition(_BETWEEN)[2]): count for key, count in counts.items()}


def _cohen(counts: Mapping[str, float]) -> float | None:
    return kappa.cohen(matrix(counts))


def _total(counts: Mapping[str, float]) -> float:
    return sum(counts.values())


def _fleiss_counts(text: MarkedText) -> Counts:
    raters = len(text.own)
    found = kappa.rated([unit for unit in text.judged if sum(unit.values()) == raters])
    said = {_BETWEEN + status: share for status, share in found.said.items()}
    return {"things": found.things, "agreeing": found.agreeing, **said}


def _fleiss(counts: Mapping[str, float]) -> float | None:
    said = {key: share for key, share in counts.items() if key.startswith(_BETWEEN)}
    return kappa.fleiss_of(kappa.Rated(counts.get("things", 0), counts.get("agreeing", 0), said))


def _alpha_counts(text: MarkedText) -> Counts:
    return {_BETWEEN.join(key): weight for key, weight in alpha.coincidences(text.judged).items()}


def _alpha(counts: Mapping[str, float]) -> float | None:
    return alpha.alpha(matrix(counts))


# The text itself: words and characters, marked or not


def _token_alpha_counts(text: MarkedText) -> Counts:
    """Count coincidences of marked and unmarked words over every two annotators."""
    raters = len(text.own)
    inside = mixed = 0
    for first, second in combinations(text.tokens, 2):
        inside += 2 * (first & second).bit_count()
        mixed += (first ^ second).bit_count()
    inside, mixed = inside / (raters - 1), mixed / (raters - 1)
    outside = text.words * raters - inside - 2 * mixed
    return {"in" + _BETWEEN + "in": inside, _BETWEEN: outside, "in" + _BETWEEN: mixed, _BETWEEN + "in": mixed}


def _unitised_counts(text: MarkedText) -> Counts:
    return _as_counts(unitised.tally(text.length, text.covers))


def _unitised_status_counts(text: MarkedText) -> Counts:
    """Count units whose category is their status."""
    return _as_counts(unitised.tally(text.length, text.status_covers))


_PARTS: Final = ("agreed", "margin", "square")


def _as_counts(tally: Tally) -> Counts:
    counts: Counts = {"total": tally.total}
    for name, part in zip(_PARTS, tally[1:], strict=True):
        for category, value in part.items():
            counts[name + _BETWEEN + (_GAP if category is None else category)] = value
    return counts


def _as_tally(counts: Mapping[str, float]) -> Tally:
    parts: dict[str, dict[str | None, float]] = {name: {} for name in _PARTS}
    for key, value in counts.items():
        name, between, category = key.partition(_BETWEEN)
        if between:
            parts[name][None if category == _GAP else category] = value
    return Tally(counts.get("total", 0), *parts.values())


def _unitised(counts: Mapping[str, float]) -> float | None:
    return _as_tally(counts).alpha()


def _marked_length(counts: Mapping[str, float]) -> float:
    margin = f"margin{_BETWEEN}"
    return sum(value for key, value in counts.items() if key.startswith(margin) and key != margin + _GAP)


_NO_STATUS: Final = noted("too few of these marks have a status, or all have the same one")
_NO_UNITS: Final = noted("nobody marked anything, or everybody marked everything")

MEASURES: Final[tuple[Measure, ...]] = (
    *_span_measures(
        "exact",
        (
            noted("Same places, exactly: F1"),
            noted("Same places, exactly: precision"),
            noted("Same places, exactly: recall"),
        ),
        _exact,
    ),
    *_span_measures(
        "overlap",
        (
            noted("Same places, overlapping: F1"),
            noted("Same places, overlapping: precision"),
            noted("Same places, overlapping: recall"),
        ),
        _overlap,
    ),
    *_span_measures(
        "token",
        (
            noted("Same places, word by word: F1"),
            noted("Same places, word by word: precision"),
            noted("Same places, word by word: recall"),
        ),
        _token,
    ),
    Measure(
        "status_kappa_exact",
        noted("Status of marks of the same words: Cohen's kappa"),
        _NO_STATUS,
        lambda text: statuses(text.own[0], text.own[1], text.exact),
        _cohen,
        _total,
    ),
    Measure(
        "status_kappa_overlap",
        noted("Status of marks that overlap: Cohen's kappa"),
        _NO_STATUS,
        lambda text: statuses(text.own[0], text.own[1], text.overlapping),
        _cohen,
        _total,
    ),
    Measure(
        "status_kappa_fleiss",
        noted("Status of words that all marked: Fleiss' kappa"),
        _NO_STATUS,
        _fleiss_counts,
        _fleiss,
        lambda counts: counts.get("things", 0),
        many=True,
    ),
    Measure(
        "alpha_nominal",
        noted("Status of marks of the same words: Krippendorff's alpha"),
        _NO_STATUS,
        _alpha_counts,
        _alpha,
        _total,
        many=True,
        whole=False,
    ),
    Measure(
        "alpha_token",
        noted("Words marked or not: Krippendorff's alpha"),
        _NO_UNITS,
        _token_alpha_counts,
        _alpha,
        _total,
        many=True,
        whole=False,
    ),
    Measure(
        "u_alpha",
        noted("Places and their bounds: Krippendorff's alpha for unitised text"),
        _NO_UNITS,
        _unitised_counts,
        _unitised,
        _marked_length,
        many=True,
        whole=False,
    ),
    Measure(
        "u_alpha_status",
        noted("Places, their bounds and their status: Krippendorff's alpha for unitised text"),
        _NO_STATUS,
        _unitised_status_counts,
        _unitised,
        _marked_length,
        many=True,
        whole=False,
    ),
)
"""Every measure, in the order of the report."""
