"""Quotes in pages and PDFs are looked for beside the window: "looking", then found, with the page as its place."""

import threading
from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from annotator.gui.inspector.sources import CardBody
from annotator.gui.quotes import quotes_of
from annotator.gui.sources.quote_words import quote_icon, quote_text
from annotator.model.ids import EvidenceId, SourceId
from annotator.model.records import Evidence
from annotator.services import annotating, linking, quotes, snapshots
from annotator.services.projects import new_project, opened
from annotator.services.quotes import QuoteState
from tests.gui.intake.bench import Bench, open_bench
from tests.intake.pdfs import lines, page, pdf
from tests.making import put_article

Key = Qt.Key

LETTER = pdf(page(lines("The city’s letter")), page(lines("It says that the inves-", "tigation was closed")))
ENDLESS = b"<html>" + b"<div>" * 400_000


class Story:
    """A window on a claim that a letter refutes, its card open."""

    def __init__(self, bench: Bench, source: SourceId, evidence: EvidenceId, folder: Path) -> None:
        self.bench = bench
        self.source = source
        self.evidence = evidence
        self._folder = folder
        self.looking: list[str] = []

    def attach(self, content: bytes) -> None:
        path = self._folder / "letter"
        path.write_bytes(content)
        self.bench.window.hub.do(snapshots.attach, self.source, path)

    def quote(self, words: str) -> None:
        self.bench.window.hub.do(linking.edit_evidence, self.evidence, quote=words)

    @property
    def body(self) -> CardBody:
        (card,) = self.bench.window.inspector.sheet.sources.cards()
        card.open_card()
        assert card.body is not None
        return card.body

    @property
    def told(self) -> str:
        return self.body.quote_state.text() if self.body.quote_state.isVisible() else ""

    def on_page(self) -> list[str]:
        labels = self.bench.window.commands.sources.page.beside.findChildren(QLabel)
        return [label.text() for label in labels if label.isVisible()]

    def locator(self) -> str:
        return self.bench.window.hub.project.get(Evidence, self.evidence).locator


@pytest.fixture
def story(tmp_path: Path, qtbot: QtBot, light_theme: None) -> Generator[Story]:
    del light_theme
    path = tmp_path / "story.annot"
    new_project(path, person="Imani Castellan")
    with opened(path, write=True, person="Imani Castellan") as project:
        with project.change("import") as change:
            version = put_article(change)
        marked = annotating.mark(project, version.id, [(4, 9)], status="disputed")
        evidence_id = linking.link_new_source(project, marked.claim_id, "The city’s letter", stance="refutes")
        (evidence,) = project.all(Evidence)
        assert evidence.id == evidence_id
    with open_bench(qtbot, path) as made:
        made.window.pane.take_focus()
        made.press(Key.Key_J)
        yield Story(made, evidence.source_id, evidence.id, tmp_path)


def test_a_quote_in_a_pdf_is_looked_for_and_its_page_offered(story: Story, qtbot: QtBot) -> None:
    story.attach(LETTER)
    story.quote("the investigation was closed")
    assert story.told == "Looking for the quote…"
    assert not story.body.page_offered.isVisible()
    qtbot.waitUntil(lambda: story.told == "The quote is found on page 2")
    assert story.locator() == ""
    assert story.body.page_offered.text() == "Write “p. 2” as its place"
    QTest.mouseClick(story.body.page_offered, Qt.MouseButton.LeftButton)
    assert story.locator() == "p. 2"
    assert not story.body.page_offered.isVisible()
    assert story.told == "The quote is found on page 2"
    story.bench.window.commands.set["edit.undo"].trigger()
    assert story.locator() == ""
    assert story.body.page_offered.isVisible()


def test_the_page_of_the_source_says_it_too_and_both_remember(story: Story, qtbot: QtBot) -> None:
    story.attach(b"<!doctype html><p>that the <b>bridge</b> was closed")
    story.quote("the bridge was closed")
    story.bench.window.commands.sources.page.open_source(story.source)
    assert "Looking for the quote…" in story.on_page()
    qtbot.waitUntil(lambda: "The quote is found in its text" in story.on_page())
    assert "Looking for the quote…" not in story.on_page()
    assert story.told == "The quote is found in its text"
    story.quote("the bridge was open")
    qtbot.waitUntil(lambda: "The quote is not found in its text" in story.on_page())
    story.quote("the bridge was closed")
    assert "The quote is found in its text" in story.on_page()
    assert not quotes_of(story.bench.window.hub).is_looking


def test_a_window_that_closes_waits_for_no_file(story: Story, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotes, "SECONDS", 86_400.0)  # who waits for it waits for ever
    story.attach(ENDLESS)
    story.quote("never found")
    assert story.told == "Looking for the quote…"
    qtbot.waitUntil(lambda: any(one.name == "asking a worker" for one in threading.enumerate()))
    assert quotes_of(story.bench.window.hub).is_looking
    story.bench.window.hub.take(None)
    assert not quotes_of(story.bench.window.hub).is_looking
    assert not [one for one in threading.enumerate() if one.name in {"annotator-job", "asking a worker"}]


def test_what_takes_too_long_is_said_once_and_not_tried_for_ever(
    story: Story, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quotes, "SECONDS", 0.3)
    story.attach(ENDLESS)
    story.quote("never found")
    assert story.told == "Looking for the quote…"
    qtbot.waitUntil(lambda: story.told == "Not looked at: reading it takes too long")
    assert not quotes_of(story.bench.window.hub).is_looking


def test_a_look_that_fails_is_told_and_not_begun_again(
    story: Story, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(quotes, "read", None)
    story.attach(LETTER)
    story.quote("the investigation was closed")
    qtbot.waitUntil(lambda: story.told == "Not looked at: reading it failed")
    assert not quotes_of(story.bench.window.hub).is_looking
    assert "a job failed" in caplog.text


@pytest.mark.parametrize(
    ("state", "words", "icon"),
    [
        (QuoteState(""), "", "minus"),
        (QuoteState("looking"), "Looking for the quote…", "clock"),
        (QuoteState("found", page=3), "The quote is found on page 3", "check"),
        (
            QuoteState("not found", silent=2),
            "The quote is not found in its text; 2 pages are pictures without text",
            "warning",
        ),
        (
            QuoteState("not found", "locked"),
            "The quote is not found in the article; the file was not looked at: the file asks for a password",
            "warning",
        ),
        (QuoteState("not looked at", "no text"), "Not looked at: there is no text in the file, only pictures", "minus"),
    ],
)
def test_every_answer_has_words_and_an_icon(state: QuoteState, words: str, icon: str) -> None:
    assert quote_text(state) == words
    assert quote_icon(state) == icon
