"""A project in which several annotators mark one text, and somebody else reviews it."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from annotator.model.ids import AnnotatorId, ClaimId, MentionId, SourceId
from annotator.model.records import Annotator, Mention, Review, Source, Stance, TextVersion
from annotator.services import annotating, linking, review_cards, reviewing
from annotator.services.review_cards import Card
from annotator.services.reviewing import Item, Queue
from annotator.store.project import Project
from tests.making import ADA, BO, new_project, put_article

TEXT = """The bridge of Ødeby 👩‍🚀 is closed

The mayor said on Monday that the bridge was safe. Engineers disagree: “It is not.” Traffic was moved to the ferry.

Nobody was hurt when a beam fell in March. The council had been told twice. It will meet again next week.
"""

CY = Annotator(AnnotatorId("01890000-0000-7000-8000-0000000000c1"), "Cy")
REVA = Annotator(AnnotatorId("01890000-0000-7000-8000-0000000000f0"), "Reva")
"""Who reviews."""

LOG = Source(SourceId("01890000-0000-7000-8000-0000000000aa"), title="Gate log", medium="record")


class Reviewed:
    """The project: `as_person` works in anybody's name."""

    def __init__(self, folder: Path) -> None:
        self.path = new_project(folder)
        with self.as_person(ADA) as project, project.change("import") as change:
            for one in (BO, CY, REVA):
                change.put(one)
            change.put(LOG)
            self.version: TextVersion = put_article(change, TEXT)

    @contextmanager
    def as_person(self, who: Annotator = REVA) -> Generator[Project]:
        with Project.open(self.path, write=True, who=who.name) as project:
            project.work_as(who.id)
            yield project

    def mark(self, who: Annotator, words: str, status: str = "alleged", *, speaker: str = "") -> MentionId:
        with self.as_person(who) as project:
            start = TEXT.index(words)
            made = annotating.mark(project, self.version.id, [(start, start + len(words))], status=status)
            if speaker:
                annotating.set_speaker(project, made.mention_id, name=speaker)
            return made.mention_id

    def link(self, who: Annotator, mention_id: MentionId, stance: Stance) -> None:
        with self.as_person(who) as project:
            claim = ClaimId(project.get(Mention, mention_id).claim_id)
            linking.link_source(project, claim, LOG.id, stance=stance)

    def queue(self) -> Queue:
        with Project.open(self.path, write=False) as project:
            return reviewing.build(project)


def item_at(queue: Queue, words: str) -> Item:
    place = TEXT.index(words)
    return next(one for one in queue.items if one.cluster.start <= place < one.cluster.end)


def card_at(project: Project, words: str) -> Card:
    return review_cards.card_of(project, item_at(reviewing.build(project), words))


def words_of(mention: Mention) -> str:
    return " … ".join(span.quote for span in mention.spans)


def adjudicated(project: Project) -> list[Mention]:
    return [one for one in project.all(Mention) if one.layer == "adjudicated"]


def review_of(project: Project, target: str) -> Review:
    (found,) = project.reviews_of([target])
    return found
