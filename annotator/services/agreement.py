"""How far the annotators of a project agree: every measure, for every two and for all, by article and over all."""

import re
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

import msgspec

from annotator.i18n import _, noted
from annotator.model.agreement.bootstrap import drawn, interval
from annotator.model.agreement.marked_text import MarkedText
from annotator.model.agreement.marks import Mark
from annotator.model.agreement.measures import MEASURES, Counts, Measure, matrix
from annotator.model.ids import AnnotatorId
from annotator.model.records import Annotator
from annotator.services.jobs import Progress, finished
from annotator.store.comparing import ComparedText, compared_texts
from annotator.store.project import Project

_Count = Callable[[MarkedText], Counts]

ALL: Final = "all"
"""The scope of a figure pooled over every article."""

_WORDS: Final = re.compile(
    # Scripts that are written without spaces: each letter counts as a word.
    r"[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    r"|[^\W\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+|[^\w\s]"
)


_APART: Final = noted("they worked on no text in common")


class AgreementFigure(msgspec.Struct, frozen=True, gc=False):
    """One figure of the report.

    Attributes:
        measure: the measure's name (`model.agreement.measures`).
        pair: the names of the annotators it is about: two, or all of them.
        scope: `all`, or the id of an article.
        value: unrounded; None where it is undefined.
        n: how many things (marks, pairs of marks, words, code points) it is about.
        texts: how many texts it is about: those that all of these annotators had; of an alpha of more than two, those
            that two of them had.
        low: the lower end of its 95 % interval over texts; None where there is none.
        high: the upper end.
        note: why it has no value, in English; "" where it has one.
        who: the annotators' ids, in the order of `pair`.
    """

    measure: str
    pair: tuple[str, ...]
    scope: str
    value: float | None
    n: float
    texts: int
    low: float | None = None
    high: float | None = None
    note: str = ""
    who: tuple[AnnotatorId, ...] = ()


Matrix = dict[tuple[str, str], int]
"""How often the first of two said one status where the second said another."""


class Counted(msgspec.Struct, frozen=True):
    """Every figure, and the statuses of every two over all texts: of marks of the same words (True) or overlapping."""

    figures: tuple[AgreementFigure, ...]
    matrices: dict[tuple[AnnotatorId, AnnotatorId, bool], Matrix]


class _Group:
    """Some annotators, and what every measure counted in each text that they had (`Measure.whole`)."""

    def __init__(self, who: tuple[AnnotatorId, ...], measures: Sequence[Measure]) -> None:
        self.who = who
        self.measures = measures
        self._counts = tuple(dict.fromkeys(measure.count for measure in measures))
        self._partial = tuple(dict.fromkeys(measure.count for measure in measures if not measure.whole))
        self.counted: dict[_Count, list[tuple[str, Counts]]] = defaultdict(list)

    def take(self, text: MarkedText, article_id: str, *, whole: bool) -> None:
        # Measures that count the same share it.
        for count in self._counts if whole else self._partial:
            self.counted[count].append((article_id, count(text)))

    def statuses(self, measure: str) -> Matrix:
        """Return the statuses that a kappa of two is counted from, over all texts."""
        count = next(one.count for one in self.measures if one.name == measure)
        summed = matrix(_sum([counts for _, counts in self.counted[count]]))
        return {said: int(n) for said, n in summed.items()}

    def figures(self, names: dict[AnnotatorId, str], *, by_article: bool) -> Iterator[AgreementFigure]:
        pair = tuple(names[one] for one in self.who)
        for count in self._counts:
            counted = self.counted[count]
            whole = [counts for _, counts in counted]
            sums = drawn(whole)
            articles: defaultdict[str, list[Counts]] = defaultdict(list)
            for article_id, counts in counted if by_article else ():
                articles[article_id].append(counts)
            scopes = [(ALL, _sum(whole), len(whole))]
            scopes += [(article_id, _sum(parts), len(parts)) for article_id, parts in articles.items()]
            for measure in self.measures:
                if measure.count is count:
                    spread = interval(sums, measure.value)
                    for scope, counts, texts in scopes:
                        found = _figure(measure, pair, (scope, counts, texts), spread if scope == ALL else None)
                        yield msgspec.structs.replace(found, who=self.who)


def _figure(
    measure: Measure, pair: tuple[str, ...], of: tuple[str, Counts, int], spread: tuple[float, float] | None
) -> AgreementFigure:
    scope, counts, texts = of
    value = measure.value(counts)
    low, high = spread or (None, None)
    note = "" if value is not None else measure.undefined if texts else _APART
    return AgreementFigure(measure.name, pair, scope, value, measure.n(counts), texts, low, high, note)


def _sum(parts: Sequence[Counts]) -> Counts:
    if len(parts) == 1:
        return parts[0]
    counts: Counts = {}
    for part in parts:
        for key, value in part.items():
            counts[key] = counts.get(key, 0.0) + value
    return counts


def agreement(project: Project, *, by_article: bool = True) -> list[AgreementFigure]:
    """Return what `agreeing` counts."""
    return finished(agreeing(project, by_article=by_article))


def agreeing(project: Project, *, by_article: bool = True) -> Generator[Progress, None, list[AgreementFigure]]:
    """Count every figure: for every two annotators, and for all together where there are more than two.

    Pooled over all articles they have intervals; `by_article` gives those of each article besides.

    A text counts for annotators who all marked something in it, or said that their pass of it is finished: of others
    nobody can say whether they read it. In the alphas of all together two of them are enough, and the others are
    missing data. Who marked nothing anywhere is no annotator to compare. An adjudicated mark counts for nobody.
    Annotators that are linked `same` are one person, and one text of articles that are `same` is one text.
    """
    counted = yield from counting(project, list(compared_texts(project)), by_article=by_article)
    return list(counted.figures)


def counting(
    project: Project, texts: Sequence[ComparedText], *, by_article: bool
) -> Generator[Progress, None, Counted]:
    """Count the figures of texts that were read (`agreeing`), with the statuses that they come from."""
    people = sorted({one.annotator_id for text in texts for one in text.mentions})
    names = {one.id: one.name for one in project.by_ids(Annotator, people).values()}
    names = {one: names.get(one, one) for one in people}
    pairs = [_Group(pair, MEASURES) for pair in combinations(people, 2)]
    everybody = _Group(tuple(people), [one for one in MEASURES if one.many]) if len(people) > 2 else None  # noqa: PLR2004
    groups = [*pairs, *([everybody] if everybody else [])]
    total = len(texts) + len(groups)
    for done, text in enumerate(texts):
        yield Progress(done, total, _("Comparing"))
        _take(project, text, pairs, everybody, had(text, people))
    figures: list[AgreementFigure] = []
    for done, group in enumerate(groups, len(texts)):
        yield Progress(done, total, _("Drawing anew"))
        figures += group.figures(names, by_article=by_article)
    matrices = {
        (pair.who[0], pair.who[1], exact): pair.statuses("status_kappa_exact" if exact else "status_kappa_overlap")
        for pair in pairs
        for exact in (True, False)
    }
    return Counted(tuple(figures), matrices)


def had(text: ComparedText, people: Iterable[AnnotatorId]) -> list[AnnotatorId]:
    """Return which of these annotators had a text: who marked something in it, first, or finished their pass of it."""
    marked = dict.fromkeys(one.annotator_id for one in text.mentions)
    return [*marked, *sorted(text.finished.intersection(people) - marked.keys())]


def _take(
    project: Project,
    text: ComparedText,
    pairs: Sequence[_Group],
    everybody: _Group | None,
    readers: Sequence[AnnotatorId],
) -> None:
    own: dict[AnnotatorId, list[Mark]] = {one: [] for one in readers}
    for one in text.mentions:
        own[one.annotator_id].append(Mark(one.spans, one.status))
    if len(own) < 2:  # noqa: PLR2004 - agreement takes two
        return
    content = project.text(text.text_sha256)
    words = [found.span() for found in _WORDS.finditer(content)]
    here = list(own)
    marked = MarkedText(len(content), words, [own[one] for one in here])
    for group in pairs:
        if all(one in own for one in group.who):
            group.take(marked.only([here.index(one) for one in group.who]), text.article_id, whole=True)
    if everybody:
        some = [one for one in everybody.who if one in own]
        whole = len(some) == len(everybody.who)
        everybody.take(marked.only([here.index(one) for one in some]), text.article_id, whole=whole)
