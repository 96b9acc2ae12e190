"""The queue of a review: every cluster of overlapping marks over all articles, the worst agreement first."""

from collections.abc import Generator, Iterable
from typing import Final, Literal

import msgspec

from annotator.collecting import uncollected
from annotator.i18n import _
from annotator.model.changes import Changes
from annotator.model.ids import AnnotatorId, ArticleId, MentionId, VersionId
from annotator.model.records import Assessment, Claim, Evidence, Mention, Record, Review, TextVersion, version_id
from annotator.model.review.clusters import Cluster, clusters
from annotator.model.review.questions import Difference, difference
from annotator.services.jobs import Progress
from annotator.store.project import Project
from annotator.store.reviewing import VotedText, voted_texts

State = Literal["pending", "decided", "changed"]
"""`changed`: decided, but the marks are not what the decision saw any more."""

_VOTED: Final = ("mention", "claim", "assessment", "evidence", "review")
"""Kinds of records that votes and decisions are made of; of a claim it is the kind that it is said to be."""

_A_FEW: Final = 40
"""Texts that are read again one by one after a change; of more, all are."""

_MUCH: Final = 400
"""Records that are looked at one by one after a change."""

_STEP: Final = 50
"""Texts between two reports of a queue that is built in a job."""


class Item(msgspec.Struct, frozen=True, gc=False):
    """One cluster of the queue.

    Attributes:
        version_id: the version whose text it stands in, and the article's (`VotedText`).
        fresh: some of its marks came after it was decided; what was decided stays until a person decides anew.
        rejected: it was decided that there is no claim.
        readers: everybody who had the text: who marked something in it or finished their pass of it.
    """

    article_id: ArticleId
    version_id: VersionId
    cluster: Cluster
    difference: Difference
    state: State
    fresh: bool
    rejected: bool
    readers: frozenset[AnnotatorId]

    @property
    def key(self) -> MentionId:
        """The mark that stands for it: the first by place."""
        return self.cluster.votes[0].mention_id

    @property
    def mention_ids(self) -> list[MentionId]:
        """Its marks, by place."""
        return [vote.mention_id for vote in self.cluster.votes]

    @property
    def settled(self) -> bool:
        """Whether all its marks have a decision, though they or others may have changed since: it says whose it was."""
        return self.state != "pending" and not self.fresh

    @property
    def unanimous(self) -> bool:
        """Whether several annotators agree about everything, and nobody who read the text left it out."""
        return self.difference.unanimous and len(self.readers) > 1


class Queue:
    """The clusters of a project, in the queue's order; after a change only the texts that it touched are read again.

    Attributes:
        items: every cluster: those to decide first, the worst agreement first.
    """

    def __init__(self) -> None:
        self._texts: dict[VersionId, list[Item]] = {}
        self._text_of: dict[MentionId, VersionId] = {}
        self._people: dict[VersionId, frozenset[AnnotatorId]] = {}
        self.items: list[Item] = []

    @property
    def people(self) -> frozenset[AnnotatorId]:
        """Everybody who marked something."""
        return frozenset[AnnotatorId]().union(*self._people.values())

    @property
    def texts(self) -> int:
        """How many texts somebody marked."""
        return sum(bool(items) for items in self._texts.values())

    def take(self, text: VotedText) -> None:
        """Take the clusters of a text in; `arrange` puts them into the queue's order."""
        readers = frozenset(vote.who for vote in text.votes) | text.finished
        self._people[text.version_id] = readers
        self._texts[text.version_id] = [_item(text, cluster, readers) for cluster in clusters(text.votes)]
        for vote in text.votes:
            self._text_of[vote.mention_id] = text.version_id

    def arrange(self) -> None:
        """Put the clusters into their order: opposed statuses first, then by how far the annotators differ.

        Of those that differ equally the one brought in first comes first.
        """
        everything = (item for items in self._texts.values() for item in items)
        self.items = sorted(everything, key=lambda item: -item.difference.severity)

    def text_of(self, mention_id: str) -> VersionId | None:
        """Return the text that a mark was last seen in."""
        return self._text_of.get(MentionId(mention_id))

    def drop(self, version_ids: Iterable[VersionId]) -> None:
        """Take texts out: they are read again, in the place that they have, or are gone."""
        for one in version_ids:
            if one in self._texts:
                self._texts[one] = []
                self._people[one] = frozenset()

    def find(self, mention_ids: Iterable[str]) -> Item | None:
        """Return the cluster that has most of these marks, None for none."""
        wanted = set(mention_ids)
        texts = {text for one in wanted if (text := self.text_of(one))}
        found = [item for text in texts for item in self._texts.get(text, ())]
        best = max(found, key=lambda item: len(wanted.intersection(item.mention_ids)), default=None)
        return best if best is not None and wanted.intersection(best.mention_ids) else None


def _item(text: VotedText, cluster: Cluster, readers: frozenset[AnnotatorId]) -> Item:
    settled = [text.settled.get(vote.mention_id) for vote in cluster.votes] if text.settled else [None]
    known = [one for one in settled if one is not None]
    state: State = "pending"
    if known:
        state = "changed" if len(known) < len(settled) or any(one.changed for one in known) else "decided"
    return Item(
        text.article_id,
        text.version_id,
        cluster,
        difference(cluster, readers),
        state,
        bool(known) and len(known) < len(settled),
        bool(known) and all(one.decision == "reject" for one in known),
        readers,
    )


def building(project: Project) -> Generator[Progress, None, Queue]:
    """Build the queue of a whole project, as a job."""
    queue = Queue()
    total = project.count(Mention)
    done = 0
    with uncollected():
        for number, text in enumerate(voted_texts(project)):
            queue.take(text)
            done += len(text.votes)
            if number % _STEP == _STEP - 1:
                yield Progress(done, total, _("marks"))
        queue.arrange()
    return queue


def build(project: Project) -> Queue:
    """Build the queue of a whole project."""
    queue = Queue()
    with uncollected():
        for text in voted_texts(project):
            queue.take(text)
        queue.arrange()
    return queue


def touches_much(changes: Changes) -> bool:
    """Tell whether so much was touched that a queue is sooner built anew than renewed."""
    return sum(len(changes.ids(kind)) for kind in _VOTED) > _MUCH


def renewed(project: Project, queue: Queue, changes: Changes) -> Queue:
    """Return the queue as it is after a change; where only some texts were touched it is the same one, renewed."""
    if changes.whole or changes.touches("annotator", "speaker", "source", "link", "article", "version"):
        return build(project)
    if not changes.touches(*_VOTED):
        return queue
    texts: set[VersionId] = set()
    for kind in _VOTED:
        for one in changes.ids(kind):
            texts |= _texts_of(project, queue, one)
            if len(texts) > _A_FEW:
                return build(project)
    queue.drop(texts)
    for text in voted_texts(project, texts):
        queue.take(text)
    queue.arrange()
    return queue


def _texts_of(project: Project, queue: Queue, object_id: str) -> set[VersionId]:
    """Return the texts that a record is about, also where it is deleted."""
    known = queue.text_of(object_id)
    record: Record | None = None if known else project.find_any(object_id)
    match record:
        case Mention():
            found = {version_id(record.article_id, record.text_sha256)}
        case Assessment() | Evidence():
            marks = project.mentions_of_claims([record.claim_id])
            found = {version_id(one.article_id, one.text_sha256) for one in marks}
        case Review():
            return _texts_of(project, queue, record.target)
        case TextVersion():
            found = {record.id}
        case Claim():
            marks = project.mentions_of_claims([record.id])
            found = {version_id(one.article_id, one.text_sha256) for one in marks}
        case _:
            found = {known} if known else set[VersionId]()
    return found | {text for one in found for text in [_called(project, queue, one)] if text}


def _called(project: Project, queue: Queue, version: VersionId) -> VersionId | None:
    """Return what the queue calls a version that is one text with others."""
    return next((text for one in project.mentions_of(version) if (text := queue.text_of(one.id))), None)
