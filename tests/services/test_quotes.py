"""Quotes are looked for in all that a source is: articles, pages, PDFs, texts; and what was read is kept apart."""

import sqlite3
from collections.abc import Generator
from pathlib import Path

import pytest

from annotator.killable import Worker
from annotator.model.ids import EvidenceId, SourceId, new_id
from annotator.model.records import Evidence, Source
from annotator.services import annotating, linking, quotes, redacting, searching, snapshots, sourcing
from annotator.services.jobs import finished
from annotator.services.quotes import QuoteState
from annotator.store import search, snapshot_texts
from annotator.store.project import Project
from tests import making
from tests.intake.pdfs import PICTURE, lines, locked, page, pdf

PAGE = "<!doctype html><p>Invoices <b>sup</b>port<br>3,150 replace&shy;ments<script>4,200</script>"


class Case:
    """A claim with a source, and a worker to ask."""

    def __init__(self, project: Project, folder: Path, worker: Worker) -> None:
        self.project = project
        self.worker = worker
        self.folder = folder
        with project.change("import") as change:
            self.version = making.put_article(change)
        marked = annotating.mark(project, self.version.id, [(4, 9)], status="disputed")
        source = Source(SourceId(new_id()), title="The letter", medium="other")
        with project.change("source.edit") as change:
            change.put(source)
        self.source = source.id
        self.evidence: EvidenceId = linking.link_source(project, marked.claim_id, source.id, stance="refutes")

    def attach(self, content: bytes) -> str:
        path = self.folder / "file"
        path.write_bytes(content)
        return snapshots.attach(self.project, self.source, path)

    def question(self, quote: str) -> quotes.Question:
        linking.edit_evidence(self.project, self.evidence, quote=quote)
        evidence, source = self.project.get(Evidence, self.evidence), self.project.get(Source, self.source)
        return quotes.question_of(self.project, evidence, source)

    def at_once(self, quote: str) -> QuoteState | None:
        return quotes.answered_at_once(self.project, self.question(quote))

    def state(self, quote: str) -> QuoteState:
        question = self.question(quote)
        found = finished(quotes.answering(self.project, [question], self.worker))[question]
        assert quotes.answered_at_once(self.project, question) in {None, found}
        return found


@pytest.fixture(scope="module")
def worker() -> Generator[Worker]:
    with Worker(memory=quotes.MEMORY) as made:
        yield made


@pytest.fixture
def case(tmp_path: Path, worker: Worker) -> Generator[Case]:
    with making.opened(making.new_project(tmp_path)) as project:
        yield Case(project, tmp_path, worker)


def test_what_is_short_and_plain_is_answered_at_once(case: Case) -> None:
    assert case.at_once(" ") == QuoteState("")
    assert case.at_once("invoices") == QuoteState("not looked at", "nothing")
    case.attach("The auditor writes: “invoices\n  support  3,150 replacements”.\n".encode())
    assert case.at_once('writes: "Invoices support 3,150') == QuoteState("found")
    assert case.at_once("The auditor … support […] replacements”.") == QuoteState("found")
    for quote in ("replacements ... auditor", "…", "invoices support 4,200"):
        assert case.at_once(quote) == QuoteState("not found")
    case.attach(b"one\ftwo")
    assert case.at_once("two") == QuoteState("found", page=2)


def test_articles_count_as_well_as_the_file(case: Case) -> None:
    case.attach(b"nothing of it")
    assert case.at_once("that the bridge was safe") == QuoteState("not found")
    sourcing.edit_source(case.project, case.source, article_id=case.version.article_id)
    assert case.at_once("that the bridge was safe") == QuoteState("found")
    case.attach(locked())
    assert case.at_once("that the bridge was safe") is None
    assert case.state("that the bridge was safe") == QuoteState("found")
    assert case.state("never said") == QuoteState("not found", "locked")


def test_a_form_feed_in_an_article_is_no_page_of_the_file(case: Case) -> None:
    with case.project.change("import") as change:
        version = making.put_article(change, "One part.\n\fThe other part.\n")
    sourcing.edit_source(case.project, case.source, article_id=version.article_id)
    assert case.at_once("The other part") == QuoteState("found")
    assert case.state("The other part") == QuoteState("found")


def test_long_texts_are_left_to_the_job(case: Case) -> None:
    case.attach(b"words " * 4000 + b"the end of it")
    assert case.at_once("the end of it") is None
    assert case.state("the end of it") == QuoteState("found")


def test_pages_and_pdfs_are_looked_through(case: Case) -> None:
    case.attach(PAGE.encode())
    assert case.at_once("invoices support 3,150 replacements") is None
    assert case.state("invoices support 3,150 replacements") == QuoteState("found")
    assert case.state("4,200") == QuoteState("not found")
    case.attach(pdf(page(lines("Invoices sup-", "port 3,150")), page(lines("replacements")), PICTURE))
    assert case.state("invoices support") == QuoteState("found", page=1)
    assert case.state("replacements") == QuoteState("found", page=2)
    assert case.state("4,200") == QuoteState("not found", silent=1)


@pytest.mark.parametrize(
    ("content", "why"),
    [(pdf(PICTURE), "no text"), (locked(), "locked"), (b"%PDF-1.7\n", "broken"), (b"GIF89a..", "kind"),
     (b"<html><p>x<a href='>", "cut")],
)  # fmt: skip
def test_what_cannot_be_looked_at_says_why(case: Case, content: bytes, why: quotes.Why) -> None:
    case.attach(content)
    assert case.state("invoices") == QuoteState("not looked at", why)


def test_what_takes_too_long_is_given_up_and_tried_again_another_time(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256 = case.attach(b"<html>" + b"<div>" * 60_000 + b"said")
    with monkeypatch.context() as patch:
        patch.setattr(quotes, "SECONDS", 0.3)
        assert case.state("said") == QuoteState("not looked at", "slow")
    assert snapshot_texts.kept(case.project, sha256) is None


def test_bytes_that_are_gone_or_altered_are_not_looked_at(case: Case) -> None:
    sha256 = case.attach(PAGE.encode())
    case.project.close()
    for statement, why in (("UPDATE blob SET content = x'414141'", "altered"), ("DELETE FROM blob", "missing")):
        with sqlite3.connect(case.project.path) as direct:
            direct.execute(statement)
        direct.close()
        with Project.open(case.project.path, write=False) as again:
            evidence = again.get(Evidence, case.evidence)
            question = quotes.question_of(again, evidence, again.get(Source, case.source))
            question = quotes.Question("invoices", question.texts, sha256, question.there)
            assert finished(quotes.answering(again, [question], case.worker))[question].why == why


def test_a_file_is_read_once_and_what_was_read_goes_with_a_redaction(case: Case) -> None:
    sha256 = case.attach(PAGE.encode())
    case.state("invoices")
    kept = snapshot_texts.kept(case.project, sha256)
    assert kept is not None
    assert kept.outcome == "text"
    snapshot_texts.keep(case.project, sha256, kept._replace(text="what was kept is believed"))
    assert case.state("kept is believed") == QuoteState("found")
    assert b"what was kept" not in case.project.path.read_bytes()
    redacting.redact(case.project, case.evidence, "a court order")
    assert snapshot_texts.kept(case.project, sha256) is None


def test_the_cache_is_whole_whoever_makes_it_first(case: Case) -> None:
    sha256 = case.attach(PAGE.encode())
    case.state("invoices")
    assert [hit.id for hit in searching.find(case.project, "bridge", kinds=["version"])] == [case.version.id]
    assert snapshot_texts.kept(case.project, sha256) is not None
    search.forget(case.project)
    finished(searching.indexing(case.project))
    assert case.state("invoices") == QuoteState("found")
    assert searching.find(case.project, "bridge", kinds=["version"])


def test_an_index_that_was_begun_and_not_finished_is_made_anew(case: Case) -> None:
    sha256 = case.attach(PAGE.encode())
    case.state("invoices")
    steps = searching.indexing(case.project)
    next(steps)
    steps.close()
    finished(searching.indexing(case.project))
    assert searching.find(case.project, "bridge", kinds=["version"])
    assert snapshot_texts.kept(case.project, sha256) is None


def test_where_the_cache_takes_no_writes_the_answer_is_the_same(case: Case, own_home: Path) -> None:
    (own_home / "search").write_text("a file where the folder should be")
    case.attach(PAGE.encode())
    assert case.state("invoices") == QuoteState("found")
