"""Writes resources/sample/sample.jsonl from its three texts and tools/sample.toml, through the program's own services.

    uv run python tools/make_sample.py

The same texts and the same table give the same bytes: ids and moments are put in place of those of the day it runs.
"""

import json
import os
import re
import sys
import tempfile
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from annotator import settings
from annotator.assist.speakers import FoundSpeaker, finder
from annotator.formats import jsonl
from annotator.model.ids import (
    AnnotatorId,
    ArticleId,
    AssessmentId,
    ClaimId,
    CommentId,
    LinkId,
    MentionId,
    ReviewId,
    SourceId,
    VersionId,
    derived_id,
    new_id,
)
from annotator.model.moments import from_date, now, read_moment, written
from annotator.model.records import (
    Annotator,
    Article,
    Assessment,
    Comment,
    Evidence,
    Link,
    Mention,
    Review,
    Source,
    Speaker,
    TextVersion,
)
from annotator.model.span import span_of
from annotator.model.status import SCHEMES
from annotator.services import annotating, linking, projects
from annotator.services.exporting import export_project
from annotator.services.importing import import_files
from annotator.store.project import Project

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "resources" / "sample"
Table = dict[str, Any]

_AS_GIVEN = ("title", "url", "publisher", "medium", "primary", "confidential")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


class Desk:
    """The project while it is made: what the table's keys stand for, and which day it is in the story."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.steps: list[tuple[str, str]] = []
        self.claims: dict[str, ClaimId] = {}
        self.mentions: dict[str, MentionId] = {}
        self.sources: dict[str, SourceId] = {}
        self.versions: dict[str, VersionId] = {}

    def step(self, day: str) -> None:
        """Begin the next step: every moment from here on becomes this one of the story."""
        opened = datetime.fromisoformat(f"{day}T08:00").replace(tzinfo=UTC)
        self.steps.append((now(), written(opened + timedelta(minutes=len(self.steps)))))

    def text(self, file: str) -> str:
        """Return the text of an article."""
        return self.project.text(self.project.get(TextVersion, self.versions[file]).text_sha256)


def places(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Return where the words stand, one part after the other."""
    found: list[tuple[int, int]] = []
    for part in words:
        start = text.index(part, found[-1][1] if found else 0)
        found.append((start, start + len(part)))
    return found


def main() -> None:
    """Make the project, export it, put the story's ids and moments in, and take it through an import once more."""
    with (ROOT / "tools" / "sample.toml").open("rb") as stream:
        story = tomllib.load(stream)
    with tempfile.TemporaryDirectory() as home:
        os.environ[settings.FOLDER_VARIABLE] = home
        raw, desk_steps = worked_through(Path(home), story)
        told = Path(home, "told.jsonl")
        told.write_text("".join(in_story(raw, desk_steps)), encoding="utf-8")
        (SAMPLE / "sample.jsonl").write_bytes(canonical(Path(home), told))


def worked_through(home: Path, story: Table) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the exported lines of the desk's work, and which moment of today is which one of the story."""
    path = home / "sample.annot"
    first, second = (Annotator(AnnotatorId(new_id()), one["name"], role=one["role"]) for one in story["annotators"])
    Project.create(path, name=story["project"], annotator=first, scheme=SCHEMES["extended"])
    with projects.opened(path, write=True, person=first.name) as project:
        desk = Desk(project)
        for article in story["articles"]:
            bring_in(desk, article)
            sources_so_far(desk, story["sources"], article["day"])
            for claim in article["claims"]:
                desk.step(article["day"])
                mark(desk, article, claim)
        hold_and_link(desk, story)
        link_claims(desk, story["links"])
        with project.change("annotator.new") as change:
            change.put(second)
    with projects.opened(path, write=True, person=second.name) as project:
        desk.project = project
        look_again(desk, story["second"])
    with projects.opened(path, write=True, person=first.name) as project:
        desk.project = project
        answer(desk, story["second"])
        run(export_project(project, home / "raw.jsonl", writer=jsonl.WRITER))
    return (home / "raw.jsonl").read_text(encoding="utf-8").splitlines(keepends=True), desk.steps


def run(job: Iterator[object]) -> None:
    """Run a job to its end."""
    for _progress in job:
        pass


def bring_in(desk: Desk, table: Table) -> None:
    """Import the article's text and say where it was published."""
    desk.step(table["day"])
    project, file = desk.project, table["file"]
    before = {row.id for row in project.all(TextVersion)}
    run(import_files(project, [SAMPLE / file]))
    (version,) = (one for one in project.all(TextVersion) if one.id not in before)
    desk.versions[file] = version.id
    article = project.get(Article, version.article_id)
    with project.change("article.edit") as change:
        change.put(replace(article, url=table["url"], publisher=table["publisher"]))


def sources_so_far(desk: Desk, tables: dict[str, Table], day: str) -> None:
    """Put the sources that exist by this day, those they derive from first."""
    for key, table in tables.items():
        if key in desk.sources or table["published"] > day or table.get("article", "") not in {"", *desk.versions}:
            continue
        desk.step(day)
        published, precision = from_date(table["published"])
        own = {name: table[name] for name in _AS_GIVEN if name in table}
        source = Source(
            SourceId(new_id()), published=published, published_precision=precision, retrieved_at=now(), **own
        )
        if "derived_from" in table:
            source = replace(source, derived_from=desk.sources[table["derived_from"]])
        if "article" in table:
            version = desk.project.get(TextVersion, desk.versions[table["article"]])
            source = replace(source, article_id=version.article_id)
        desk.sources[key] = source.id
        with desk.project.change("source.edit") as change:
            change.put(source)


def mark(desk: Desk, article: Table, table: Table) -> None:
    """Mark a claim, word it, name its speaker."""
    if "again" in table:
        mark_again(desk, article, table)
        return
    text = desk.text(article["file"])
    ranges = places(text, table["words"])
    spoken = table.get("rules", "speaker" in table or table.get("suggested", False))
    found = finder("en").find(text, ranges[0][0], ranges[-1][1]) if spoken else None
    version = desk.versions[article["file"]]
    marked = annotating.mark(desk.project, version, ranges, status=table["held"][0]["status"], found=found)
    desk.claims[table["key"]], desk.mentions[table["key"]] = marked.claim_id, marked.mention_id
    annotating.edit_claim(desk.project, marked.claim_id, text=table["text"])
    if "speaker" in table:
        annotating.set_speaker(desk.project, marked.mention_id, name=table["speaker"], kind=table.get("kind", "person"))
    if found:
        name_places(desk, marked.mention_id, found, table)
    finish_mention(desk, table)


def name_places(desk: Desk, mention_id: MentionId, found: FoundSpeaker, table: Table) -> None:
    """Keep where the text names the speaker, also where a person wrote the name out; add other spellings of it."""
    mention = desk.project.get(Mention, mention_id)
    speaker = desk.project.get(Speaker, mention.speaker_id)
    place = span_of(desk.project.text(mention.text_sha256), *found.speaker)
    with desk.project.change("speaker.edit") as change:
        if found.name in speaker.name or speaker.name in found.name:
            change.put(replace(mention, speaker_spans=(place,)))
        kind, aliases = table.get("kind", speaker.speaker_kind), tuple(table.get("aliases", speaker.aliases))
        change.put(replace(speaker, speaker_kind=kind, aliases=aliases))


def finish_mention(desk: Desk, table: Table) -> None:
    """Say how the article puts it, inside which other claim it stands, and what to note."""
    mention = desk.project.get(Mention, desk.mentions[table["key"]])
    with desk.project.change("mention.note") as change:
        change.put(
            replace(
                mention,
                presented_as=table.get("presented", mention.presented_as),
                within=desk.mentions[table["within"]] if "within" in table else "",
                note=table.get("note", ""),
            )
        )


def mark_again(desk: Desk, article: Table, table: Table) -> None:
    """Mark another place where a known claim is made."""
    version = desk.project.get(TextVersion, desk.versions[article["file"]])
    text, moment = desk.text(article["file"]), now()
    mention = Mention(
        MentionId(new_id()),
        desk.claims[table["again"]],
        ArticleId(version.article_id),
        version.text_sha256,
        desk.project.annotator_id,
        tuple(span_of(text, *place) for place in places(text, table["words"])),
        created_at=moment,
        updated_at=moment,
    )
    desk.mentions[table["key"]] = mention.id
    with desk.project.change("mention.add") as change:
        change.put(mention)
    if "speaker" in table:
        annotating.set_speaker(desk.project, mention.id, name=table["speaker"])
    finish_mention(desk, table)


def hold_and_link(desk: Desk, story: Table) -> None:
    """Record what is held of each claim day by day, and link the sources."""
    for table in (claim for article in story["articles"] for claim in article["claims"] if "again" not in claim):
        claim_id = desk.claims[table["key"]]
        (assessment,) = desk.project.assessments_of([claim_id])
        with desk.project.change("assess.reason") as change:
            change.put(replace(assessment, reason=table["held"][0]["reason"]))
        for held in table["held"][1:]:
            desk.step(held["day"])
            assess(desk, claim_id, held["day"], held["status"], held["reason"])
        for link in table.get("sources", []):
            desk.step(story["articles"][-1]["day"])
            link_source(desk, claim_id, link)


def assess(desk: Desk, claim_id: ClaimId, day: str, status: str, reason: str) -> None:
    """Record what is held of a claim from a day on."""
    valid_from, precision = from_date(day)
    author = desk.project.annotator_id
    with desk.project.change(f"assess.{status}") as change:
        change.put(
            Assessment(
                AssessmentId(new_id()),
                claim_id,
                author,
                status,
                valid_from=valid_from,
                valid_from_precision=precision,
                recorded_at=now(),
                reason=reason,
            )
        )


def link_source(desk: Desk, claim_id: ClaimId, table: Table) -> None:
    """Link a source with what it says and where."""
    source_id = desk.sources[table["source"]]
    evidence_id = linking.link_source(desk.project, claim_id, source_id, stance=table["stance"])
    quote = table.get("words", table.get("quote", ""))
    linking.edit_evidence(desk.project, evidence_id, quote=quote, locator=table.get("locator", ""))
    if "words" in table:
        text = desk.text("gate-log.txt")
        evidence = desk.project.get(Evidence, evidence_id)
        with desk.project.change("evidence.edit") as change:
            change.put(replace(evidence, spans=tuple(span_of(text, *place) for place in places(text, [quote]))))


def link_claims(desk: Desk, tables: list[Table]) -> None:
    """Say which claims contradict each other."""
    for table in tables:
        ends = desk.claims[table["a"]], desk.claims[table["b"]]
        with desk.project.change("link") as change:
            change.put(Link(LinkId(new_id()), table["kind"], *ends, desk.project.annotator_id, table["note"]))


def look_again(desk: Desk, table: Table) -> None:
    """What the second person adds: assessments and a mention of his own, reviews, a question."""
    project, day = desk.project, table["day"]
    for one in table["assessments"]:
        desk.step(day)
        assess(desk, desk.claims[one["claim"]], day, one["status"], one["reason"])
    for one in table["mentions"]:
        desk.step(day)
        ranges = places(desk.text(one["article"]), one["words"])
        marked = annotating.mark(project, desk.versions[one["article"]], ranges, status=one["status"])
        desk.mentions[one["key"]] = marked.mention_id
        annotating.edit_claim(project, marked.claim_id, text=one["text"])
    for one in table["reviews"]:
        desk.step(day)
        own = {name: one[name] for name in ("proposal", "reason", "cause", "confidence") if name in one}
        target = desk.mentions[one["mention"]]
        with project.change("review") as change:
            change.put(Review(ReviewId(new_id()), target, project.annotator_id, one["decision"], at=now(), **own))
    for one in table["comments"]:
        desk.step(day)
        comment = Comment(
            CommentId(new_id()), desk.mentions[one["mention"]], project.annotator_id, one["text"], at=now()
        )
        one["id"] = comment.id
        with project.change("comment") as change:
            change.put(comment)


def answer(desk: Desk, table: Table) -> None:
    """The first person answers the second one's comments."""
    for one in table["comments"]:
        desk.step(table["day"])
        target, author = desk.mentions[one["mention"]], desk.project.annotator_id
        with desk.project.change("comment") as change:
            change.put(Comment(CommentId(new_id()), target, author, one["reply"], reply_to=one["id"], at=now()))


def in_story(lines: list[str], steps: list[tuple[str, str]]) -> Iterator[str]:
    """Yield the lines with ids and moments of the story in place of today's."""
    ids = sorted({found for line in lines for found in _ID.findall(line)})
    begin = int(read_moment(steps[0][1]).timestamp() * 1000)
    new_ids = {old: story_id(begin + 1000 * number, number) for number, old in enumerate(ids)}
    today = [real for real, _story in steps]

    def moment(found: re.Match[str]) -> str:
        step = bisect_right(today, found[0]) - 1
        return found[0] if step < 0 else steps[step][1]

    for line in lines:
        article = json.loads(_MOMENT.sub(moment, _ID.sub(lambda found: new_ids[found[0]], line)))
        article["snapshot_sha256"] = ""  # the bytes of the file are not part of a dataset
        yield json.dumps(article, ensure_ascii=False) + "\n"


def story_id(milliseconds: int, number: int) -> str:
    """Return a UUIDv7 of this time whose random part follows from a number."""
    noise = derived_id("sample", str(number)).replace("-", "")
    head = f"{milliseconds:012x}"
    return f"{head[:8]}-{head[8:]}-7{noise[:3]}-8{noise[3:6]}-{noise[20:32]}"


def canonical(home: Path, told: Path) -> bytes:
    """Return what an empty project makes of the lines."""
    path = home / "canonical.annot"
    projects.new_project(path, scheme="extended")
    with projects.opened(path, write=True) as project:
        job = import_files(project, [told])
        try:
            while True:
                next(job)
        except StopIteration as end:
            if not end.value.sound:
                sys.exit("\n".join(str(row) for row in end.value.rows))
        run(export_project(project, home / "canonical.jsonl", writer=jsonl.WRITER))
    return (home / "canonical.jsonl").read_bytes()


if __name__ == "__main__":
    main()
