"""Everybody's mentions for comparison, in bulk: places and statuses, nothing else."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

import msgspec

from annotator.model import ids
from annotator.model.ids import AnnotatorId, ArticleId, MentionId, Sha256
from annotator.store.listing import Place
from annotator.store.reading import Reading
from annotator.store.tables import BODY, SHOWN

_LAYER: Final = "annotation"


class _Fields(msgspec.Struct, frozen=True, gc=False):
    id: MentionId
    annotator_id: AnnotatorId
    spans: tuple[Place, ...]


_DECODER: Final = msgspec.json.Decoder(list[_Fields])


class Compared(NamedTuple):
    """One mention: whose it is, its content spans in code points, and its annotator's own status, "" for none."""

    mention_id: MentionId
    annotator_id: AnnotatorId
    spans: tuple[tuple[int, int], ...]
    status: str


class ComparedText(NamedTuple):
    """A text version with everybody's own mentions, as they were made."""

    article_id: ArticleId
    text_sha256: Sha256
    mentions: tuple[Compared, ...]


def compared_texts(project: Reading) -> Iterator[ComparedText]:
    """Yield each text version that somebody marked, in the order in which they were brought in.

    Only annotators' own layer counts: an adjudicated mention is a decision about others.
    """
    current = project.current_statuses("1", ())
    for version, article, sha256 in project.connection.execute(
        "SELECT state.n, object.id, text.sha256 FROM state_version AS state JOIN object ON object.n = state.article"
        " JOIN text ON text.n = state.text ORDER BY state.n"
    ).fetchall():
        mentions = _mentions(project, int(version), current)
        if mentions:
            yield ComparedText(ArticleId(ids.spelled(article)), Sha256(bytes(sha256).hex()), mentions)


def _mentions(project: Reading, version: int, current: dict[int, dict[tuple[int, str], str]]) -> tuple[Compared, ...]:
    rows = project.connection.execute(
        f"SELECT {BODY}, state.claim, state.annotator FROM state_mention AS state {SHOWN}"
        " WHERE state.version = ? AND state.layer = ? ORDER BY state.n",
        (version, _LAYER),
    ).fetchall()
    nobody = defaultdict[tuple[int, str], str](str)
    return tuple(
        Compared(
            fields.id,
            fields.annotator_id,
            tuple((span.start, span.end) for span in fields.spans),
            current.get(row[1], nobody).get((row[2], _LAYER), ""),
        )
        for fields, row in zip(_DECODER.decode(b"[" + b",".join([row[0] for row in rows]) + b"]"), rows, strict=True)
    )
