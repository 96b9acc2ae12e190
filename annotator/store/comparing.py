"""Everybody's mentions for comparison, in bulk: places and statuses, nothing else."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

import msgspec

from annotator.model import ids
from annotator.model.ids import AnnotatorId, ArticleId, MentionId, Sha256
from annotator.store.classes import classes_of
from annotator.store.codec import decoded
from annotator.store.listing import Place
from annotator.store.reading import Reading
from annotator.store.tables import BODY, SHOWN
from annotator.store.whose_marks import passes_of

_LAYER: Final = "annotation"


class _Fields(msgspec.Struct, frozen=True, gc=False):
    id: MentionId
    annotator_id: AnnotatorId
    spans: tuple[Place, ...]


_DECODER: Final = msgspec.json.Decoder(list[_Fields])


class Compared(msgspec.Struct, frozen=True, gc=False):
    """One mention: whose it is, its content spans in code points, and its annotator's own status, "" for none.

    There are as many as marks, and a window is open beside them: they are not searched for garbage.

    A person who has several ids (`same` links) is the one that speaks for them.
    """

    mention_id: MentionId
    annotator_id: AnnotatorId
    spans: tuple[tuple[int, int], ...]
    status: str


class ComparedText(NamedTuple):
    """A text version with everybody's own mentions, as they were made.

    One text of several articles that are `same` is one: it is called by the smallest of their ids that has it.

    Attributes:
        finished: who has finished their pass of it, whether or not they marked something.
    """

    article_id: ArticleId
    text_sha256: Sha256
    mentions: tuple[Compared, ...]
    finished: frozenset[AnnotatorId] = frozenset()


def compared_texts(project: Reading) -> Iterator[ComparedText]:
    """Yield each text that somebody marked, in the order in which they were brought in.

    Only annotators' own layer counts: an adjudicated mention is a decision about others.
    """
    current = project.current_statuses("1", ())
    people = classes_of(project, "annotator")
    passes = passes_of(project)
    for sha256, versions in _texts(project):
        mentions = [one for version, _ in versions for one in _mentions(project, version, current, people)]
        if mentions:
            name = ArticleId(min(article for _, article in versions))
            finished = frozenset(
                AnnotatorId(people.get(one, one)) for version, _ in versions for one in passes.get(version, ())
            )
            yield ComparedText(name, sha256, tuple(mentions), finished)


def _texts(project: Reading) -> list[tuple[Sha256, list[tuple[int, str]]]]:
    """Return each text with the rows of its versions and their articles' ids; once for articles that are `same`."""
    speaks = classes_of(project, "article")
    together: dict[tuple[str, Sha256], list[tuple[int, str]]] = {}
    for version, raw, sha256 in project.connection.execute(
        "SELECT state.n, object.id, text.sha256 FROM state_version AS state JOIN object ON object.n = state.article"
        " JOIN text ON text.n = state.text ORDER BY state.n"
    ):
        article = ids.spelled(raw)
        key = (speaks.get(article, article), Sha256(bytes(sha256).hex()))
        together.setdefault(key, []).append((int(version), article))
    return [(sha256, versions) for (_, sha256), versions in together.items()]


def _mentions(
    project: Reading, version: int, current: dict[int, dict[tuple[int, str], str]], people: dict[str, str]
) -> Iterator[Compared]:
    """Yield the annotators' own mentions of a version; `people` says who speaks for whom."""
    rows = project.connection.execute(
        f"SELECT {BODY}, state.claim, state.annotator FROM state_mention AS state {SHOWN}"
        " WHERE state.version = ? AND state.layer = ? ORDER BY state.n",
        (version, _LAYER),
    ).fetchall()
    nobody = defaultdict[tuple[int, str], str](str)
    for fields, row in zip(decoded(_DECODER, [row[0] for row in rows]), rows, strict=True):
        yield Compared(
            fields.id,
            AnnotatorId(people.get(fields.annotator_id, fields.annotator_id)),
            tuple([(span.start, span.end) for span in fields.spans]),
            current.get(row[1], nobody).get((row[2], _LAYER), ""),
        )
