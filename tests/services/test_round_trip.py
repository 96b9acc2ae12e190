"""Export, import into an empty project, export: the same bytes, for projects with records of every kind."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Generator, Iterable, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats.jsonl.schema import schema
from annotator.model.ids import (
    AnnotatorId,
    ArticleId,
    AssessmentId,
    ClaimId,
    CommentId,
    EvidenceId,
    LinkId,
    MentionId,
    ReviewId,
    Sha256,
    SourceId,
    SpeakerId,
    new_id,
)
from annotator.model.moments import Precision
from annotator.model.records import (
    Annotator,
    Article,
    Assessment,
    Claim,
    Comment,
    Evidence,
    Layer,
    Link,
    LinkKind,
    Mention,
    PresentedAs,
    Record,
    Review,
    Source,
    Speaker,
    Stance,
    TextVersion,
    Zone,
    version_id,
    zone_id,
)
from annotator.model.span import Span, in_order, span_of
from annotator.model.text import sha256_of
from annotator.services.exporting import ExportReport, export_project
from annotator.services.importing import ImportReport, import_files
from annotator.services.jobs import Progress
from annotator.store.change import Change
from annotator.store.project import Project
from tests import making

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory, where there is one: syncing costs nothing there
STRINGS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
TEXTS = st.text(st.sampled_from("ab é🚀👩‍🔬\n\tא"), min_size=3, max_size=60)
MOMENTS = st.sampled_from(
    ["", "2022-01-09T00:00:00.000000Z", "2022-01-10T15:00:00.000001Z", "2999-01-01T00:00:00.000000Z"]
)
PRECISIONS: st.SearchStrategy[Precision] = st.sampled_from(get_args(Precision))


T = TypeVar("T")


def ended(steps: Generator[Progress, None, T]) -> T:
    """Drive a job to its end."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def spans_in(text: str, least: int) -> st.SearchStrategy[tuple[Span, ...]]:
    """Some spans of a text, in order, which may overlap."""
    places = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text)))
    spans = places.filter(lambda pair: pair[0] < pair[1]).map(lambda pair: span_of(text, *pair))
    return st.lists(spans, min_size=least, max_size=3, unique_by=lambda one: (one.start, one.end)).map(in_order)


LAYERS: st.SearchStrategy[Layer] = st.sampled_from(get_args(Layer))
STANCES: st.SearchStrategy[Stance] = st.sampled_from(get_args(Stance))
KINDS: st.SearchStrategy[LinkKind] = st.sampled_from(get_args(LinkKind))
SAID: st.SearchStrategy[PresentedAs] = st.sampled_from(get_args(PresentedAs))
SETTERS: st.SearchStrategy[Literal["rule", "person"]] = st.sampled_from(("rule", "person"))


class Desk:
    """Makes up the records of one project: what is named comes before what names it."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.people = [Annotator(AnnotatorId(new_id()), draw(STRINGS)) for _ in range(2)]
        self.speakers = [Speaker(SpeakerId(new_id()), draw(STRINGS), aliases=self.strings()) for _ in range(2)]
        self.articles: list[Article] = []
        self.versions: list[tuple[TextVersion, str]] = []
        for text in draw(st.lists(TEXTS, min_size=1, max_size=3, unique=True)):
            self.add_version(text)
        self.sources = [self.source() for _ in range(2)]
        self.sources.append(Source(SourceId(new_id()), derived_from=self.sources[0].id))
        self.zones: list[Zone] = []
        self.claims: list[Claim] = []
        self.mentions: list[Mention] = []
        for version, text in self.versions:
            self.zones += self.zones_of(version, text)
            for _ in range(draw(st.integers(0, 3))):
                self.add_mention(version, text)
        self.assessments = [self.assessment(claim) for claim in self.claims for _ in range(draw(st.integers(0, 2)))]
        self.evidence = [self.proof(claim) for claim in self.claims for _ in range(draw(st.integers(0, 2)))]
        self.talk: list[Record] = []
        targets = [one.id for one in (*self.articles, *self.mentions, *self.assessments, *self.evidence)]
        for target in draw(st.lists(st.sampled_from(targets), max_size=2)):
            self.add_talk(target)
        self.links = [self.link(kind) for kind in (self.articles, self.claims, self.speakers) if len(kind) > 1]

    def records(self) -> list[Record]:
        """Everything, in an order in which it can be put."""
        first: list[Record] = [*self.people, *self.speakers, *self.articles, *self.sources]
        first += [version for version, _text in self.versions]
        marks: list[Record] = [*self.zones, *self.claims, *self.mentions, *self.assessments, *self.evidence]
        return [*first, *marks, *self.talk, *self.links]

    def strings(self) -> tuple[str, ...]:
        return tuple(self.draw(st.lists(STRINGS, max_size=2)))

    def who(self) -> AnnotatorId:
        return self.draw(st.sampled_from(self.people)).id

    def one_of(self, records: Sequence[Article] | Sequence[Speaker] | Sequence[Mention]) -> str:
        """The id of one of them, or "" for none."""
        return self.draw(st.sampled_from(["", *(one.id for one in records)]))

    def add_version(self, text: str) -> None:
        draw = self.draw
        if not self.articles or draw(st.booleans()):
            article_id = ArticleId(new_id())
            self.articles.append(
                Article(article_id, draw(STRINGS), draw(STRINGS), self.strings(), "de", draw(MOMENTS), came_from="here")
            )
        owner, sha256 = self.articles[-1].id, Sha256(sha256_of(text))
        number = 1 + sum(version.article_id == owner for version, _text in self.versions)
        version = TextVersion(version_id(owner, sha256), owner, sha256, number, draw(STRINGS), captured_by="somehow")
        self.versions.append((version, text))

    def source(self) -> Source:
        draw = self.draw
        own = self.one_of(self.articles)
        return Source(SourceId(new_id()), draw(STRINGS), published=draw(MOMENTS), primary=True, article_id=own)

    def zones_of(self, version: TextVersion, text: str) -> list[Zone]:
        owner, sha256 = version.article_id, version.text_sha256
        set_by = self.draw(SETTERS)
        places = [(one.start, one.end) for one in self.draw(spans_in(text, 0))]
        return [Zone(zone_id(owner, sha256, *place), owner, sha256, "body", *place, set_by) for place in places]

    def add_mention(self, version: TextVersion, text: str) -> None:
        draw = self.draw
        if not self.claims or draw(st.booleans()):
            self.claims.append(
                Claim(ClaimId(new_id()), draw(STRINGS), claim_date=draw(MOMENTS), needs_second_check=True)
            )
        self.mentions.append(
            Mention(
                MentionId(new_id()),
                draw(st.sampled_from(self.claims)).id,
                version.article_id,
                version.text_sha256,
                self.who(),
                draw(spans_in(text, 1)),
                draw(LAYERS),
                self.one_of(self.mentions),
                draw(spans_in(text, 0)),
                draw(spans_in(text, 0)),
                self.one_of(self.speakers),
                presented_as=draw(SAID),
                origin="rule:test",
                note=draw(STRINGS),
                based_on=tuple(sorted(new_id() for _ in range(draw(st.integers(0, 2))))),
                created_at=draw(MOMENTS),
            )
        )

    def assessment(self, claim: Claim) -> Assessment:
        draw = self.draw
        status = draw(st.sampled_from(["alleged", "refuted", "a word of its own"]))
        moments = (draw(MOMENTS), draw(PRECISIONS), draw(MOMENTS))
        return Assessment(AssessmentId(new_id()), claim.id, self.who(), status, draw(LAYERS), *moments, draw(STRINGS))

    def proof(self, claim: Claim) -> Evidence:
        draw = self.draw
        source = draw(st.sampled_from(self.sources))
        own = [text for version, text in self.versions if version.article_id == source.article_id]
        spans = draw(spans_in(draw(st.sampled_from(own)), 0)) if own else ()
        stance = draw(STANCES)
        return Evidence(EvidenceId(new_id()), claim.id, source.id, self.who(), stance, draw(STRINGS), spans=spans)

    def add_talk(self, target: str) -> None:
        draw = self.draw
        review = Review(ReviewId(new_id()), target, self.who(), "change", proposal=draw(STRINGS), at=draw(MOMENTS))
        comment = Comment(CommentId(new_id()), review.id, self.who(), draw(STRINGS), resolved=True)
        self.talk += [review, comment, Comment(CommentId(new_id()), comment.id, self.who(), draw(STRINGS), comment.id)]

    def link(self, ends: Sequence[Article] | Sequence[Claim] | Sequence[Speaker]) -> Link:
        kind = self.draw(KINDS)
        return Link(LinkId(new_id()), kind, ends[0].id, ends[1].id, self.who())


@st.composite
def desks(draw: st.DrawFn) -> Desk:
    """Made-up projects."""
    return Desk(draw)


def put_all(change: Change, texts: Iterable[str], records: Iterable[Record]) -> None:
    for text in texts:
        change.put_text(text)
    for record in records:
        change.put(record)


def exported(project: Path, to: Path) -> ExportReport:
    with Project.open(project, write=False) as opened:
        return ended(export_project(opened, to))


def imported(project: Path, *files: Path) -> ImportReport:
    with making.opened(project) as opened:
        return ended(import_files(opened, files, batch=7))


@pytest.mark.filterwarnings("error")
@settings(max_examples=40)
@given(desks())
def test_an_export_imported_into_an_empty_project_is_exported_with_the_same_bytes(desk: Desk) -> None:
    folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
    try:
        first, second = making.new_project(folder, "first"), making.new_project(folder, "second")
        with making.opened(first) as project, project.change("all") as change:
            put_all(change, [text for _version, text in desk.versions], desk.records())
        exported(first, folder / "first.jsonl")
        report = imported(second, folder / "first.jsonl")
        assert report.sound, report.rows
        exported(second, folder / "second.jsonl")
        assert (folder / "second.jsonl").read_bytes() == (folder / "first.jsonl").read_bytes()
        _check_lines((folder / "first.jsonl").read_text(encoding="utf-8"))
        # A third time, and into the project it came from: nothing is new, nothing differs, no byte changes.
        for path in (first, second):
            before = hashlib.sha256(path.read_bytes()).digest()
            again = imported(path, folder / "first.jsonl")
            assert {row.outcome for row in again.rows} <= {"known"}, again.rows
            assert hashlib.sha256(path.read_bytes()).digest() == before
    finally:
        shutil.rmtree(folder)


VALIDATOR = jsonschema.Draft202012Validator(schema())


def _check_lines(text: str) -> None:
    lines: list[dict[str, Any]] = [json.loads(line) for line in text.split("\n")[:-1]]
    for line in lines:
        assert list(VALIDATOR.iter_errors(line)) == []  # pyright: ignore[reportUnknownMemberType] - jsonschema has no types
        for mention in line["mentions"]:
            for span in (*mention["spans"], *mention["cue"], *mention["speaker_spans"]):
                assert line["text"][span["start"] : span["end"]] == span["quote"]
                assert line["text"][: span["start"]].endswith(span["prefix"])
                assert line["text"][span["end"] :].startswith(span["suffix"])
        for part in ("mentions", "claims", "sources", "speakers", "annotators", "reviews", "comments", "links"):
            names = [one["id"] for one in line[part]]
            assert names == sorted(names)
    order = [(line["article_id"], line["version"]) for line in lines]
    assert order == sorted(order)
