"""What an arriving article version names and does not hold itself: to be looked up before it is taken."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from operator import attrgetter
from typing import Final, NamedTuple, cast

from annotator.errors import Refused
from annotator.formats.bundle import Bundle
from annotator.i18n import _
from annotator.model.records import Mention, Record, Zone, version_id

_ID: Final = attrgetter("id")
_CLAIM: Final = attrgetter("claim_id")
_SPEAKER: Final = attrgetter("speaker_id")
_SOURCE: Final = attrgetter("source_id")
_ANNOTATOR: Final = attrgetter("annotator_id")
_ORIGIN: Final = attrgetter("derived_from")
_ANSWERED: Final = attrgetter("reply_to")
_WITHIN: Final = attrgetter("within")
_ARTICLE: Final = attrgetter("article_id")


class Name(NamedTuple):
    """A record that another one names; kind "" takes any, and what may outlive it need not find it there."""

    kind: str
    id: str
    must_live: bool = True


class Names:
    """The records of a bundle by their ids, and those that it names and does not hold.

    Attributes:
        fresh: its records without those that were seen, the same, earlier in this run.
        settled: how many those are.
        named: every record that the bundle names and does not hold.
    """

    def __init__(self, bundle: Bundle, settled: Mapping[str, Record]) -> None:
        shared = (*bundle.annotators, *bundle.speakers, *bundle.sources)
        seen = {one.id for one in shared if settled.get(one.id) == one}
        records = list(bundle.records())
        self.settled = len(seen)
        self.fresh: dict[str, Record] = dict(zip(map(_ID, records), records, strict=True))
        for one in seen:
            del self.fresh[one]
        self.named = _outside(bundle, self.fresh.keys())


def _outside(bundle: Bundle, own: AbstractSet[str]) -> list[Name]:
    """Return what the bundle names and does not hold; nothing for most, so sets are asked before names are made."""
    marks = (*bundle.mentions, *bundle.assessments, *bundle.evidence, *bundle.links)
    people = {*map(_ANNOTATOR, marks), *(one.reviewer_id for one in bundle.reviews)}
    named = [
        *_missing("claim", map(_CLAIM, bundle.mentions), bundle.claims),
        *_missing("speaker", map(_SPEAKER, bundle.mentions), bundle.speakers),
        *_missing("source", map(_SOURCE, bundle.evidence), bundle.sources),
        *_missing("annotator", people.union(one.author_id for one in bundle.comments), bundle.annotators),
        *_missing("source", map(_ORIGIN, bundle.sources), bundle.sources, must_live=False),
        *_missing("comment", map(_ANSWERED, bundle.comments), bundle.comments, must_live=False),
        *_missing("mention", map(_WITHIN, bundle.mentions), bundle.mentions, must_live=False),
    ]
    if set(map(_ARTICLE, bundle.mentions)) - {bundle.article.id}:
        elsewhere = [one for one in bundle.mentions if one.article_id != bundle.article.id]
        named += [Name("version", version_id(one.article_id, one.text_sha256)) for one in elsewhere]
    ends = {one.target for one in (*bundle.reviews, *bundle.comments)}.union(*((one.a, one.b) for one in bundle.links))
    # What was seen before is known: it is found again.
    return named + [Name("", one, must_live=False) for one in ends - own]


def check_links(bundle: Bundle, kind_of: Callable[[str], str]) -> None:
    """Refuse a link of records of two kinds; `kind_of` knows those that the bundle lacks."""
    own: dict[str, str] = {record.id: record.kind for record in bundle.records()}
    for n, link in enumerate(bundle.links):
        a, b = (own.get(end) or kind_of(end) for end in (link.a, link.b))
        if a != b:
            what = _("$.links[{n}] joins a {a} and a {b}, but a link joins two records of one kind")
            raise Refused(what.format(n=n, a=a, b=b), do=_("correct its ends"))


def names_of(records: Sequence[Record]) -> list[Name]:
    """Return what versions, zones and marks name and cannot be without."""
    named = [Name(kind, getattr(one, key)) for one in records for kind, key in _NAMING.get(one.kind, ())]
    placed = [cast("Mention | Zone", one) for one in records if one.kind in {"mention", "zone"}]
    return named + [Name("version", version_id(one.article_id, one.text_sha256)) for one in placed]


_NAMING: Final = {
    "version": (("article", "article_id"),),
    "mention": (("claim", "claim_id"), ("speaker", "speaker_id"), ("annotator", "annotator_id")),
    "assessment": (("claim", "claim_id"), ("annotator", "annotator_id")),
    "evidence": (("claim", "claim_id"), ("source", "source_id"), ("annotator", "annotator_id")),
}


def _missing(kind: str, named: Iterable[str], held: Iterable[Record], *, must_live: bool = True) -> list[Name]:
    return [Name(kind, one, must_live) for one in set(named).difference(map(_ID, held), ("",))]
