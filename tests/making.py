"""Projects and records for tests."""

import hashlib
from pathlib import Path

from annotator.model.ids import AnnotatorId, ArticleId, AssessmentId, ClaimId, EvidenceId, MentionId, new_id
from annotator.model.records import (
    Annotator,
    Article,
    Assessment,
    Claim,
    Evidence,
    Mention,
    Source,
    Stance,
    TextVersion,
    version_id,
)
from annotator.model.span import span_of
from annotator.store.change import Change
from annotator.store.project import Project

ROOT = Path(__file__).resolve().parent.parent

ADA = Annotator(AnnotatorId("01890000-0000-7000-8000-0000000000ad"), "Ada")
BO = Annotator(AnnotatorId("01890000-0000-7000-8000-0000000000b0"), "Bo")
TEXT = "The mayor of Ødeby 👩‍🚀 said on Monday that the bridge was safe.\nEngineers disagree: “It is not.”\n"


def new_project(folder: Path, name: str = "story") -> Path:
    """Make a project whose annotator is Ada; return its path."""
    path = folder / f"{name}.annot"
    Project.create(path, name=name, annotator=ADA)
    return path


def opened(path: Path, who: Annotator = ADA) -> Project:
    """Open a project for writing, in this annotator's name."""
    project = Project.open(path, write=True, who=who.name)
    project.work_as(who.id)
    return project


def put_article(change: Change, text: str = TEXT) -> TextVersion:
    """Put an article with one version."""
    article = Article(ArticleId(new_id()), url="https://example.org/bridge", language="en")
    sha256 = change.put_text(text)
    version = TextVersion(version_id(article.id, sha256), article.id, sha256, title="The bridge")
    change.put(article)
    change.put(version)
    return version


def claim(text: str = "The bridge is safe.") -> Claim:
    """Return a new claim."""
    return Claim(ClaimId(new_id()), text)


def mention(of: Claim, version: TextVersion, start: int, end: int, *, text: str = TEXT, by: Annotator = ADA) -> Mention:
    """Return a new mention of a claim, `[start, end)` of the version's text."""
    spans = (span_of(text, start, end),)
    return Mention(MentionId(new_id()), of.id, version.article_id, version.text_sha256, by.id, spans)


def assessment(of: Claim, status: str = "disputed", *, by: Annotator = ADA) -> Assessment:
    """Return a new assessment of a claim."""
    return Assessment(AssessmentId(new_id()), of.id, by.id, status, recorded_at="2024-05-01T00:00:00.000000Z")


def evidence(of: Claim, source: Source, stance: Stance = "supports", *, by: Annotator = ADA) -> Evidence:
    """Return new evidence for a claim."""
    return Evidence(EvidenceId(new_id()), of.id, source.id, by.id, stance)


def put_mark(change: Change, version: TextVersion, start: int = 4, end: int = 9) -> Mention:
    """Put what one gesture makes: a claim, its mention, and Ada's assessment."""
    new = claim()
    place = mention(new, version, start, end)
    change.put(new)
    change.put(place)
    change.put(assessment(new))
    return place


def digest(path: Path) -> str:
    """Return the SHA-256 of a file; call it only while no connection to the file is in a transaction."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
