"""What an arriving article version names and does not hold itself: to be looked up before it is taken."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple, cast

from annotator.errors import Refused
from annotator.formats.bundle import Bundle
from annotator.i18n import _
from annotator.model.records import Mention, Record, Zone, version_id


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
        self.settled = len(seen)
        self.fresh: dict[str, Record] = {one.id: one for one in bundle.records() if one.id not in seen}
        self.named = _outside(bundle, seen | self.fresh.keys())


def _outside(bundle: Bundle, own: AbstractSet[str]) -> list[Name]:
    """Return what the bundle names and does not hold; nothing for most, so sets are asked before names are made."""
    marks = (*bundle.mentions, *bundle.assessments, *bundle.evidence, *bundle.links)
    named = [
        *_missing("claim", {one.claim_id for one in bundle.mentions}, {one.id for one in bundle.claims}),
        *_missing("speaker", {one.speaker_id for one in bundle.mentions}, {one.id for one in bundle.speakers}),
        *_missing("source", {one.source_id for one in bundle.evidence}, {one.id for one in bundle.sources}),
        *_missing(
            "annotator",
            {one.annotator_id for one in marks}
            | {one.reviewer_id for one in bundle.reviews}
            | {one.author_id for one in bundle.comments},
            {one.id for one in bundle.annotators},
        ),
    ]
    sources = {one.id for one in bundle.sources}
    origins = {one.derived_from for one in bundle.sources} - sources
    named += [Name("source", one, must_live=False) for one in origins]
    comments = {one.id for one in bundle.comments}
    named += [Name("comment", one.reply_to, must_live=False) for one in bundle.comments if one.reply_to not in comments]
    mentions = {one.id for one in bundle.mentions}
    named += [Name("mention", one.within, must_live=False) for one in bundle.mentions if one.within not in mentions]
    named += [
        Name("version", version_id(one.article_id, one.text_sha256))
        for one in bundle.mentions
        if one.article_id != bundle.article.id
    ]
    ends = {one.target for one in (*bundle.reviews, *bundle.comments)}.union(*((one.a, one.b) for one in bundle.links))
    named += [Name("", one, must_live=False) for one in ends - own]
    return [name for name in named if name.id]


def check_links(bundle: Bundle, kind_of: Callable[[str], str]) -> None:
    """Refuse a link of records of two kinds ; `kind_of` knows those that the bundle lacks."""
    own: dict[str, str] = {record.id: record.kind for record in bundle.records()}
    for n, link in enumerate(bundle.links):
        a, b = (own.get(end) or kind_of(end) for end in (link.a, link.b))
        if a != b:
            what = _("$.links[{n}] joins a {a} and a {b}, but a link joins two records of one kind")
            raise Refused(what.format(n=n, a=a, b=b), do=_("correct its ends"))


def names_of(records: Sequence[Record]) -> list[Name]:
    """Return what versions, zones and marks name and cannot be without."""
    named = [Name(kind, getattr(one, key)) for one in records for kind, key in _NAMING.get(one.kind, ())]
    placed = [cast("Mention | Zone", one) for one in records if one.kind in {"mention", "zone"}]  # or twins of them
    return named + [Name("version", version_id(one.article_id, one.text_sha256)) for one in placed]


_NAMING: Final = {
    "version": (("article", "article_id"),),
    "mention": (("claim", "claim_id"), ("speaker", "speaker_id"), ("annotator", "annotator_id")),
    "assessment": (("claim", "claim_id"), ("annotator", "annotator_id")),
    "evidence": (("claim", "claim_id"), ("source", "source_id"), ("annotator", "annotator_id")),
}


def _missing(kind: str, named: AbstractSet[str], own: AbstractSet[str]) -> list[Name]:
    return [Name(kind, one) for one in named - own]
