"""A desk for tests: an open project with one article on show, and what was refused or announced at it."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from annotator.assist.speakers import FoundSpeaker
from annotator.errors import Refused
from annotator.gui.hub import Hub
from annotator.gui.open_article import OpenArticle
from annotator.model.ids import AnnotatorId, ArticleId, MentionId, VersionId, new_id
from annotator.model.records import Annotator, Article, Mention, TextVersion, version_id
from annotator.services import annotating
from annotator.services.annotating import Marked
from annotator.services.people import sign_in
from annotator.services.projects import new_project
from annotator.services.viewing import ClaimRow
from annotator.store.project import Project

TEXT = """Riverton says its lead-pipe programme is ahead of schedule

Mayor Dana Okafor told residents on Tuesday that the city had replaced 4,200 lead service lines since 2021, calling \
the work “the fastest programme of its size in the state”.

The county auditor, Lev Marchetti, said in a letter that invoices support about 3,150 replacements, and that the \
remaining addresses were counted twice when contractors changed in 2023.
"""

PERSON = "Imani Castellan"


@dataclass
class Desk:
    """An open project with one article on show, and everything that was refused or announced."""

    hub: Hub
    article: OpenArticle
    version_id: VersionId
    refusals: list[Refused] = field(default_factory=list[Refused])
    announcements: list[str] = field(default_factory=list[str])

    @property
    def project(self) -> Project:
        return self.hub.project

    def mark(self, words: str, status: str = "alleged", *, suggested: str = "") -> Marked:
        start = TEXT.index(words)
        place = [(start, start + len(words))]
        found = None
        if suggested:
            at = TEXT.index(suggested)
            span = (at, at + len(suggested))
            found = FoundSpeaker(suggested, span, (0, 0), "assert", "attributed", "person", "test")
        return annotating.mark(self.project, self.version_id, place, status=status, found=found)

    def mention(self, mention_id: MentionId) -> Mention:
        return self.project.get(Mention, mention_id)

    def row(self, mention_id: str) -> ClaimRow:
        row = self.article.row(mention_id)
        assert row is not None
        return row

    def another_person(self, name: str = "Ana Ruiz") -> AnnotatorId:
        person = Annotator(AnnotatorId(new_id()), name)
        with self.project.change("annotator.new") as change:
            change.put(person)
        return person.id


@contextmanager
def open_desk(path: Path) -> Generator[Desk]:
    """Make a project of Imani Castellan's at the path, with the article `TEXT` on show."""
    new_project(path, name="Riverton", person=PERSON)
    project = Project.open(path, write=True)
    sign_in(project, PERSON)
    article = Article(ArticleId(new_id()), publisher="The Riverton Courier", language="en")
    with project.change("import") as change:
        sha = change.put_text(TEXT)
        version = TextVersion(version_id(article.id, sha), article.id, sha, title="Riverton")
        change.put(article)
        change.put(version)
    hub = Hub()
    made = Desk(hub, OpenArticle(hub), version.id)
    hub.refused.connect(made.refusals.append)
    hub.announced.connect(made.announcements.append)
    hub.take(project)
    made.article.show_version(version.id)
    try:
        yield made
    finally:
        hub.take(None)
