"""Makes the bundles that an export writes: a version with every record that stands with it, in canonical order."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

from msgspec.structs import replace

from annotator.formats.bundle import Bundle
from annotator.i18n import ngettext
from annotator.model.ids import AnnotatorId
from annotator.model.records import (
    Annotator,
    Assessment,
    Claim,
    Comment,
    Evidence,
    Link,
    Mention,
    Review,
    Source,
    owner_of,
)
from annotator.services import second_check
from annotator.services.arrivals import article_texts, review_texts
from annotator.services.confidential import Silence
from annotator.store.gathering import Gathered
from annotator.store.project import Project

M = TypeVar("M", Mention, Assessment, Evidence)


class Gatherer:
    """Yields the bundles of a project by article id and version number, each as of one moment.

    What names confidential sources is left out unless `with_confidential`.

    Articles that are linked `same` stay a line for each version, with the marks that were made in it: nothing is joined
    here, the link says it.

    A link stands in each line that has one of its ends, from the line on by which both ends were written: whoever
    reads the lines in order always knows what it joins.
    """

    def __init__(self, project: Project, *, with_confidential: bool = False) -> None:
        self._project = project
        self._silence = None if with_confidential else Silence()
        self._numbers = project.version_numbers()
        self._links = project.links_by_id()
        self._ends: dict[str, list[Link]] = {}
        for link in self._links.values():
            for end in {link.a, link.b}:
                self._ends.setdefault(end, []).append(link)
        self._required = second_check.required(project)
        self._talked_about = bool(project.count(Review) or project.count(Comment))
        self._missing: dict[str, list[Review]] = {}
        for one in project.reviews_of([one.id for one in project.all(Annotator)]) if self._talked_about else ():
            self._missing.setdefault(one.version_id, []).append(one)
        self._written_ends: set[str] = set()
        self._written: set[str] = set()
        self._cut_off: set[str] = set()
        self._unrooted: set[str] = set()
        self._withheld: set[str] = set()
        self._unnamed: set[str] = set()
        self._yielded = 0

    @property
    def yielded(self) -> int:
        """How many bundles it has yielded since it was last asked to begin."""
        return self._yielded

    @property
    def linked(self) -> frozenset[str]:
        """The ids of everything that a link names."""
        return frozenset(self._ends)

    @property
    def total(self) -> int:
        """How many article versions there are."""
        return len(self._numbers)

    def __iter__(self) -> Iterator[Bundle]:
        """Yield every bundle; a version that was deleted meanwhile is passed by.

        Whoever asks a second time gets them again, with all links from the first line on.
        """
        self._yielded = 0
        for number in self._numbers:
            with self._project.one_moment():
                gathered = self._project.gather(number)
                bundle = self._bundle(gathered) if gathered else None
            if bundle:
                self._yielded += 1
                yield bundle

    def losses(self) -> tuple[str, ...]:
        """Say what was left out on the way."""
        wanted = len(self._links) + self._project.count(Review) + self._project.count(Comment)
        told = [
            (
                wanted - len(self._written),
                "{n} review, comment or link is left out: what it is about is in no line.",
                "{n} reviews, comments or links are left out: what they are about is in no line.",
            ),
            (
                len(self._cut_off),
                "{n} mention was reported inside one that was deleted; it stands by itself.",
                "{n} mentions were reported inside ones that were deleted; they stand by themselves.",
            ),
            (
                len(self._unrooted),
                "{n} reply or repeating source names one that was deleted; the name is left out.",
                "{n} replies or repeating sources name ones that were deleted; the names are left out.",
            ),
            (
                len(self._withheld) + self._project.mentions_without_version(),
                "{n} mention, assessment or piece of evidence names what is withheld here; it is left out.",
                "{n} mentions, assessments or pieces of evidence name what is withheld here; they are left out.",
            ),
            (
                len(self._unnamed),
                "{n} mention names a speaker who is withheld here; the name is left out.",
                "{n} mentions name speakers who are withheld here; the names are left out.",
            ),
            (
                self._project.versions_without_article(),
                "{n} text is left out: its article is withheld here.",
                "{n} texts are left out: their articles are withheld here.",
            ),
        ]
        kept = self._silence.told() if self._silence else ()
        return (*kept, *(ngettext(one, many, n) for n, one, many in told if n > 0))

    def _bundle(self, found: Gathered) -> Bundle:
        claims = {one.id for one in found.claims}
        sources = {one.id for one in found.sources}
        evidence = self._told_of(found.evidence, claims)
        self._withheld |= {one.id for one in evidence if one.source_id not in sources}
        bundle = Bundle(
            found.article,
            found.version,
            found.text,
            zones=tuple(found.zones),
            mentions=self._within(self._said(found, claims)),
            claims=self._checked(found.claims),
            assessments=self._told_of(found.assessments, claims),
            evidence=tuple([one for one in evidence if one.source_id in sources]),
            sources=self._with_origins(found.sources),
            speakers=tuple(found.speakers),
        )
        if self._talked_about:
            self._add_talk(bundle)
        if self._links:
            self._add_links(bundle)
        if self._silence is not None:
            self._silence.keep(bundle)
        bundle.annotators = self._annotators(bundle)
        bundle.place_texts = self._place_texts(bundle)
        return bundle

    def _checked(self, claims: Sequence[Claim]) -> tuple[Claim, ...]:
        """Return the claims saying whether they need a second person; as they were brought in where nobody asks."""
        if self._required is None:
            return tuple(claims)
        lacking = second_check.lacking(self._project, claims)
        return tuple([replace(one, needs_second_check=one.id in lacking) for one in claims])

    def _told_of(self, some: Sequence[M], claims: AbstractSet[str]) -> tuple[M, ...]:
        """Return those whose claim is in this file: a line that names what it does not hold is no whole one."""
        there = tuple([one for one in some if one.claim_id in claims])
        if len(there) < len(some):
            self._withheld |= {one.id for one in some if one.claim_id not in claims}
        return there

    def _said(self, found: Gathered, claims: AbstractSet[str]) -> Sequence[Mention]:
        mentions = self._told_of(found.mentions, claims)
        speakers = {"", *(one.id for one in found.speakers)}
        unnamed = {one.id for one in mentions if one.speaker_id not in speakers}
        if not unnamed:
            return mentions
        self._unnamed |= unnamed
        return [replace(one, speaker_id="", speaker_accepted=False) if one.id in unnamed else one for one in mentions]

    def _within(self, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
        own = {"", *(one.id for one in mentions)}
        return tuple([one if one.within in own else self._reported(one) for one in mentions])

    def _reported(self, mention: Mention) -> Mention:
        if self._project.find(Mention, mention.within):
            return mention
        self._cut_off.add(mention.id)
        return replace(mention, within="")

    def _with_origins(self, sources: Sequence[Source]) -> tuple[Source, ...]:
        """Return the sources with those that they repeat, to the end of each chain."""
        found = {source.id: source for source in sources}
        missing = {source.derived_from for source in sources} - found.keys() - {""}
        while missing:
            origins = self._project.by_ids(Source, missing)
            found |= origins
            missing = {source.derived_from for source in origins.values()} - found.keys() - {""}
        self._unrooted |= {one.id for one in found.values() if one.derived_from and one.derived_from not in found}
        return tuple([replace(one, derived_from="") if one.id in self._unrooted else one for one in found.values()])

    def _answering(self, comment: Comment) -> Comment:
        if not comment.reply_to or self._project.find(Comment, comment.reply_to):
            return comment
        self._unrooted.add(comment.id)
        return replace(comment, reply_to="")

    def _add_talk(self, bundle: Bundle) -> None:
        """Add reviews and comments on anything of the line, and on each other."""
        reviews: dict[str, Review] = {}
        comments: dict[str, Comment] = {}
        targets = {record.id for record in bundle.records()}
        # A review of an annotator, of whom a mark is missing, stands with the text.
        reviews |= {one.id: one for one in self._missing.get(bundle.version.id, ())}
        targets |= reviews.keys()
        while targets:
            more_reviews = {one.id: one for one in self._project.reviews_of(targets) if one.id not in reviews}
            more_comments = {one.id: one for one in self._project.comments_on(targets) if one.id not in comments}
            reviews |= more_reviews
            comments |= more_comments
            targets = {*more_reviews, *more_comments}
        bundle.reviews, bundle.comments = tuple(reviews.values()), tuple(map(self._answering, comments.values()))
        self._written |= reviews.keys() | comments.keys()

    def _add_links(self, bundle: Bundle) -> None:
        here = {record.id for record in bundle.records()} & self._ends.keys()
        self._written_ends |= here
        links = {link.id: link for end in here for link in self._ends[end] if {link.a, link.b} <= self._written_ends}
        bundle.links = tuple(links.values())
        self._written |= links.keys()

    def _annotators(self, bundle: Bundle) -> tuple[Annotator, ...]:
        marks = (bundle.mentions, bundle.assessments, bundle.evidence, bundle.reviews, bundle.comments, bundle.links)
        named = {owner_of(one) for part in marks for one in part}
        named |= {AnnotatorId(one.target) for one in bundle.reviews if one.decision == "missing"}
        return tuple(self._project.by_ids(Annotator, named).values())

    def _place_texts(self, bundle: Bundle) -> dict[str, str]:
        places: dict[str, str] = {}
        articles = {source.id: source.article_id for source in bundle.sources}
        placed: Sequence[Evidence | Review] = [one for one in (*bundle.evidence, *bundle.reviews) if one.spans]
        for one in placed:
            if isinstance(one, Evidence):
                texts = article_texts(self._project, articles.get(one.source_id, ""))
            else:
                texts = review_texts(self._project, one, bundle)
            fitting = [text for text in texts if all(span.fits(text) for span in one.spans)]
            if fitting:
                places[one.id] = fitting[0]
        return places
