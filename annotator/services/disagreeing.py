"""What stands behind the figures of agreement: the very marks in which annotators differ, and what was left out."""

from collections import Counter, defaultdict
from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final, Literal

import msgspec

from annotator.collecting import uncollected
from annotator.model.agreement.marks import Mark, exact_pairs, overlapping_pairs
from annotator.model.agreement.measures import matrix, statuses
from annotator.model.ids import AnnotatorId, ArticleId, MentionId, Sha256
from annotator.model.records import TextVersion
from annotator.services.agreement import ALL, AgreementFigure, Matrix, counting, had
from annotator.services.jobs import Progress
from annotator.services.signatures import Signatures
from annotator.store.comparing import Compared, ComparedText, compared_texts
from annotator.store.project import Project

Behind = Literal["places", "overlap", "status_exact", "status_overlap", "everything"]
"""Which differences a figure counts: marks without one of the same words, or without one that overlaps; statuses of
marks of the same words, or of marks that overlap; places and statuses."""

Who = tuple[AnnotatorId, ...]
"""Whom a figure is about: two, or all of them."""

Kind = Literal["only", "bounds", "status", "agree"]

_BEHIND: Final[dict[str, Behind]] = {
    "span_f1_overlap": "overlap",
    "span_precision_overlap": "overlap",
    "span_recall_overlap": "overlap",
    "status_kappa_exact": "status_exact",
    "status_kappa_fleiss": "status_exact",
    "alpha_nominal": "status_exact",
    "status_kappa_overlap": "status_overlap",
    "u_alpha_status": "everything",
}


def behind_of(measure: str) -> Behind:
    """Return which differences stand behind a measure."""
    return _BEHIND.get(measure, "places")


class Side(msgspec.Struct, frozen=True):
    """One annotator's mark: whose, which, and its status, "" for none."""

    annotator_id: AnnotatorId
    mention_id: MentionId
    status: str


class Difference(msgspec.Struct, frozen=True):
    """Two annotators at one place of a text.

    Attributes:
        kind: one marked where the other did not; other bounds; another status; or nothing: they agree.
        article_id: the article.
        text_sha256: its text.
        start: the first code point.
        end: behind the last.
        first: the mark of the first, None where there is none.
        second: the mark of the second.
    """

    kind: Kind
    article_id: ArticleId
    text_sha256: Sha256
    start: int
    end: int
    first: Side | None
    second: Side | None


class Exclusions(msgspec.Struct, frozen=True):
    """What no figure is about, and marks without a status, which count for places only.

    `alone` counts texts that one annotator alone had, `alone_marks` their marks, `unmarked` texts without a mark.
    """

    alone: int
    alone_marks: int
    unmarked: int
    without_status: int


class Comparison(msgspec.Struct, frozen=True):
    """Every figure with what it was counted from.

    `figures` are those over all articles and `of_articles` those of each, by whom they are about. `names` has those who
    marked anything, by id; `titles` the titles of the articles. `matrices` has the statuses of every two over all
    articles, of marks of the same words (True) or of marks that overlap.
    """

    figures: dict[Who, tuple[AgreementFigure, ...]]
    of_articles: dict[Who, tuple[AgreementFigure, ...]]
    texts: tuple[ComparedText, ...]
    names: dict[AnnotatorId, str]
    titles: dict[str, str]
    left_out: Exclusions
    matrices: dict[tuple[AnnotatorId, AnnotatorId, bool], Matrix] | None = None

    @property
    def pairs(self) -> tuple[Who, ...]:
        """Everybody together where there are more than two, then every two, as the figures have them."""
        return tuple(sorted(self.figures, key=lambda who: (-len(who) if len(who) > 2 else 0, *map(self.name, who))))  # noqa: PLR2004

    def name(self, annotator_id: AnnotatorId) -> str:
        """Return what somebody is called."""
        return self.names.get(annotator_id, annotator_id)


def comparing(project: Project) -> Generator[Progress, None, Comparison]:
    """Count every figure, by article too, and keep what it was counted from."""
    with uncollected():
        texts = tuple(compared_texts(project))
    counted = yield from counting(project, texts, by_article=True)
    people = {one.annotator_id for text in texts for one in text.mentions}
    names = _names(project, people)
    titles: dict[str, str] = {}
    for version in project.all(TextVersion):
        titles.setdefault(version.article_id, version.title)
    figures, of_articles = defaultdict[Who, list[AgreementFigure]](list), defaultdict[Who, list[AgreementFigure]](list)
    for one in counted.figures:
        (figures if one.scope == ALL else of_articles)[one.who].append(one)
    return Comparison(
        {who: tuple(some) for who, some in figures.items()},
        {who: tuple(some) for who, some in of_articles.items()},
        texts,
        names,
        titles,
        _left_out(texts, project.count(TextVersion), people),
        counted.matrices,
    )


def named(project: Project, comparison: Comparison) -> Comparison:
    """Return a comparison with its annotators called as they are now: names or letters (`services.signatures`)."""
    return msgspec.structs.replace(comparison, names=_names(project, comparison.names))


def _names(project: Project, people: Iterable[AnnotatorId]) -> dict[AnnotatorId, str]:
    names = Signatures(project)
    return {one: name for one in people if (name := names.anywhere(one))}


def _left_out(texts: Sequence[ComparedText], versions: int, people: Iterable[AnnotatorId]) -> Exclusions:
    alone = alone_marks = without = 0
    for text in texts:
        if len(had(text, people)) < 2:  # noqa: PLR2004 - agreement takes two
            alone += 1
            alone_marks += len(text.mentions)
        else:
            without += sum(not one.status for one in text.mentions)
    return Exclusions(alone, alone_marks, max(0, versions - len(texts)), without)


def differences(
    comparison: Comparison,
    who: Sequence[AnnotatorId],
    behind: Behind,
    *,
    scope: str = ALL,
    statuses: tuple[str, str] | None = None,
) -> Iterator[Difference]:
    """Yield the differences behind a figure, in the order of the texts.

    Args:
        comparison: what was counted.
        who: the annotators: two, or all of them, and then every two.
        behind: which differences.
        scope: `all`, or the id of an article.
        statuses: only pairs of marks that have these two statuses, the first annotator's first; equal ones agree.
    """
    for text in comparison.texts:
        if scope not in {ALL, text.article_id}:
            continue
        own = _own(text, who)
        readers = set(had(text, who))
        for a, b in combinations(who, 2):
            if a in readers and b in readers:
                found = _of_pair(text, own[a], own[b], behind, statuses)
                yield from sorted(found, key=lambda one: (one.start, one.end))


def _own(text: ComparedText, who: Iterable[AnnotatorId]) -> dict[AnnotatorId, list[Compared]]:
    own: dict[AnnotatorId, list[Compared]] = {one: [] for one in who}
    for one in text.mentions:
        if one.annotator_id in own:
            own[one.annotator_id].append(one)
    return own


def _of_pair(
    text: ComparedText,
    first: Sequence[Compared],
    second: Sequence[Compared],
    behind: Behind,
    statuses: tuple[str, str] | None,
) -> Iterator[Difference]:
    marks = _marks(first), _marks(second)
    exact = exact_pairs(*marks)
    overlapping = overlapping_pairs(*marks)
    if behind in {"status_exact", "status_overlap", "everything"}:
        for pair in exact if behind == "status_exact" else overlapping:
            one, other = first[pair.first], second[pair.second]
            said = (one.status, other.status)
            if all(said) and (said == statuses if statuses else one.status != other.status):
                yield _between(text, "status" if one.status != other.status else "agree", one, other)
    if behind in {"status_exact", "status_overlap"}:
        return
    if behind != "overlap":
        same = set(exact)
        for pair in overlapping:
            one, other = first[pair.first], second[pair.second]
            if pair not in same and one.spans != other.spans:
                yield _between(text, "bounds", one, other)
    yield from _lonely(text, first, {pair.first for pair in overlapping}, is_first=True)
    yield from _lonely(text, second, {pair.second for pair in overlapping}, is_first=False)


def _lonely(text: ComparedText, some: Sequence[Compared], met: set[int], *, is_first: bool) -> Iterator[Difference]:
    for place, one in enumerate(some):
        if place not in met and one.spans:
            yield _between(text, "only", one if is_first else None, None if is_first else one)


def _between(text: ComparedText, kind: Kind, one: Compared | None, other: Compared | None) -> Difference:
    there = [mark for mark in (one, other) if mark is not None]
    starts = [start for mark in there for start, _ in mark.spans]
    ends = [end for mark in there for _, end in mark.spans]
    return Difference(
        kind, text.article_id, text.text_sha256, min(starts), max(ends), one and _side(one), other and _side(other)
    )


def _side(one: Compared) -> Side:
    return Side(one.annotator_id, one.mention_id, one.status)


def _marks(some: Sequence[Compared]) -> list[Mark]:
    return [Mark(one.spans, one.status) for one in some]


def confusion(comparison: Comparison, who: Sequence[AnnotatorId], *, exact: bool, scope: str = ALL) -> Matrix:
    """Return how often the first of two said one status where the second said another, of marks that belong together.

    Of more than two it is the sum over every two, each counted both ways, so that it is symmetric.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for a, b in combinations(who, 2):
        one: Counter[tuple[str, str]] = Counter()
        if scope == ALL and comparison.matrices is not None:
            first, second = min(a, b), max(a, b)
            for (x, y), n in comparison.matrices.get((first, second, exact), {}).items():
                one[(x, y) if first == a else (y, x)] += n
        else:
            for text in comparison.texts:
                if scope in {ALL, text.article_id}:
                    own = _own(text, (a, b))
                    marks = _marks(own[a]), _marks(own[b])
                    said = statuses(*marks, exact_pairs(*marks) if exact else overlapping_pairs(*marks))
                    one.update({pair: int(n) for pair, n in matrix(said).items()})
        counts.update(one)
        if len(who) > 2:  # noqa: PLR2004 - nobody is the first of several
            counts.update({(y, x): n for (x, y), n in one.items()})
    return dict(counts)


def articles_of(comparison: Comparison, who: Sequence[AnnotatorId]) -> dict[str, dict[str, AgreementFigure]]:
    """Return the figures of each article for these annotators, by article and measure."""
    found: defaultdict[str, dict[str, AgreementFigure]] = defaultdict(dict)
    for figure in comparison.of_articles.get(tuple(who), ()):
        found[figure.scope][figure.measure] = figure
    return dict(found)


def figures_of(comparison: Comparison, who: Sequence[AnnotatorId]) -> Sequence[AgreementFigure]:
    """Return the figures over all articles for these annotators, in the order of the measures."""
    return comparison.figures.get(tuple(who), ())
