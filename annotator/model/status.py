"""Status schemes as data: what a desk can hold about a claim."""

from collections.abc import Iterable
from typing import Final, Protocol, TypeVar

from msgspec import Struct, field

from annotator.i18n import noted

DISAGREE: Final = "disagree"
"""The desk's status of a claim whose annotators differ."""


class Status(Struct, frozen=True, gc=False):
    """One status of a scheme.

    `token` names its colour in the theme files; `line` and `pattern` are drawn with it, so that colour never
    stands alone. `vocabularies` maps it to other vocabularies ("" or absent: not expressible there).
    """

    key: str
    name: str
    shortcut: str
    token: str
    line: str
    pattern: str
    icon: str
    definition: str
    vocabularies: dict[str, str] = field(default_factory=dict[str, str])


ALLEGED: Final = Status(
    "alleged",
    noted("Alleged"),
    "1",
    "alleged",
    "dashed",
    "diagonal",
    "alleged",
    noted("At least one named source asserts it; nothing on file but that source or sources with the same interest."),
    {"claimreview": "", "averitec": "", "fever": "NOT ENOUGH INFO", "pheme": "unverified"},
)
DISPUTED: Final = Status(
    "disputed",
    noted("Disputed"),
    "2",
    "disputed",
    "zigzag",
    "crossed",
    "disputed",
    noted("Asserted by one party and specifically denied or contradicted by another; not resolved."),
    {
        "claimreview": "",
        "averitec": "Conflicting Evidence/Cherrypicking",
        "fever": "NOT ENOUGH INFO",
        "pheme": "unverified",
    },
)
CONFIRMED: Final = Status(
    "confirmed",
    noted("Confirmed"),
    "3",
    "confirmed",
    "solid",
    "solid",
    "confirmed",
    noted("A primary record, or two independent sources, supports it; no open credible contradiction."),
    {"claimreview": "5 True", "averitec": "Supported", "fever": "SUPPORTS", "pheme": "true"},
)
REFUTED: Final = Status(
    "refuted",
    noted("Refuted"),
    "4",
    "refuted",
    "double",
    "horizontal",
    "refuted",
    noted("A primary record, or two independent sources, contradicts it; no open credible support."),
    {"claimreview": "1 False", "averitec": "Refuted", "fever": "REFUTES", "pheme": "false"},
)
UNVERIFIED: Final = Status(
    "unverified",
    noted("Unverified"),
    "0",
    "unverified",
    "dotted",
    "dotted",
    "unverified",
    noted("Recorded; nothing on file yet."),
    {"claimreview": "", "averitec": "", "fever": "NOT ENOUGH INFO", "pheme": "unverified"},
)
UNPROVEN: Final = Status(
    "unproven",
    noted("Unproven"),
    "5",
    "unproven",
    "dashdot",
    "vertical",
    "unproven",
    noted("Checked; the evidence is insufficient."),
    {"claimreview": "", "averitec": "Not Enough Evidence", "fever": "NOT ENOUGH INFO", "pheme": "unverified"},
)
MIXED: Final = Status(
    "mixed",
    noted("Mixed"),
    "6",
    "mixed",
    "wave",
    "checked",
    "mixed",
    noted("True parts that mislead."),
    {"claimreview": "3", "averitec": "Conflicting Evidence/Cherrypicking", "fever": "", "pheme": ""},
)
NOT_CHECKABLE: Final = Status(
    "not_checkable",
    noted("Not checkable"),
    "7",
    "not_checkable",
    "longdash",
    "sparse",
    "not_checkable",
    noted("An opinion, a forecast or a question: no evidence could settle it."),
    {"claimreview": "", "averitec": "", "fever": "", "pheme": ""},
)

SCHEMES: Final[dict[str, tuple[Status, ...]]] = {
    "default": (ALLEGED, DISPUTED, CONFIRMED),
    "extended": (ALLEGED, DISPUTED, CONFIRMED, REFUTED, UNVERIFIED, UNPROVEN, MIXED, NOT_CHECKABLE),
}


class Dated(Protocol):
    """What an assessment says and when, as a record or as an object of a line."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def status(self) -> str:
        """What was held."""
        ...

    @property
    def valid_from(self) -> str:
        """From when on it was so."""
        ...

    @property
    def recorded_at(self) -> str:
        """When it was written down."""
        ...


A = TypeVar("A", bound=Dated)
K = TypeVar("K")


def current(assessments: Iterable[A], at: str) -> A | None:
    """Return which of one annotator's assessments of one claim holds at a moment, None where none does yet.

    The last by (valid from, recorded at, id) with valid from not after the moment (model.md, section 2).
    """
    last: A | None = None
    for one in assessments:
        if one.valid_from <= at and (last is None or _order(last) < _order(one)):
            last = one
    return last


def current_by(assessments: Iterable[tuple[K, A]], at: str) -> dict[K, A]:
    """Return which assessment of each key holds at a moment, like `current`: of many keys in one go."""
    last: dict[K, A] = {}
    for key, one in assessments:
        if one.valid_from <= at:
            before = last.setdefault(key, one)
            if before is not one and _order(before) < _order(one):
                last[key] = one
    return last


def _order(one: Dated) -> tuple[str, str, str]:
    return one.valid_from, one.recorded_at, one.id


def current_status(assessments: Iterable[Dated], at: str) -> str:
    """Return the status that holds at a moment, "" where none does yet."""
    last = current(assessments, at)
    return last.status if last else ""


def desk_status(adjudicated: Iterable[str], annotators: Iterable[str]) -> str:
    """Return the desk's status of a claim from current statuses, "" where nobody assessed it.

    The current adjudicated one, else the annotators' if they are equal, else `disagree`.
    """
    for decided in (set(adjudicated), set(annotators)):
        if len(decided) == 1:
            return decided.pop()
        if decided:
            return DISAGREE
    return ""
