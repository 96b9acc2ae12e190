"""An article of the project as a source: found in the popup, its passage chosen there by keys, and shown again."""

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from annotator.gui.inspector.evidence_head import EvidenceHead
from annotator.model.ids import VersionId
from annotator.model.records import Evidence, Source
from annotator.services import annotating
from annotator.store.check import check
from tests.gui.intake.bench import Bench, open_story, story
from tests.making import TEXT, put_article

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
OTHER = "Hospital bulletin\n\nNine people were treated 👩‍🚀 that night, the ward said.\n"


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot, light_theme: None) -> Generator[Bench]:
    """A window on two articles, a claim in the first, which is active; the other article is its source."""
    del light_theme
    with story(tmp_path) as project:
        with project.change("import") as change:
            first = put_article(change)
            put_article(change, OTHER)
        annotating.mark(project, first.id, [(4, 9)], status="disputed")
    with open_story(qtbot, tmp_path) as made:
        made.press(Key.Key_J)
        yield made


def link_the_bulletin(bench: Bench) -> Evidence:
    """The other article is called The bridge too: what is on show is not offered."""
    bench.press(Key.Key_L)
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "bridge")
    popup = bench.window.commands.source_popup
    assert [row.kind for row in popup.finder.rows()] == ["article", "new"]
    bench.press(Key.Key_Return, SHIFT)
    (evidence,) = bench.window.hub.project.all(Evidence)
    return evidence


def button(bench: Bench, words: str) -> QAbstractButton:
    (found,) = [one for one in bench.window.findChildren(QAbstractButton) if one.text() == words and one.isVisible()]
    return found


def evidence_of(bench: Bench) -> Evidence:
    (evidence,) = bench.window.hub.project.all(Evidence)
    return evidence


def text_on_show(bench: Bench) -> str:
    assert bench.window.article.page is not None
    return bench.window.article.page.text


def choose(bench: Bench) -> None:
    head = next(one for one in bench.window.inspector.findChildren(EvidenceHead) if one.isVisible())
    head.setFocus()
    QTest.keyClick(head, Key.Key_Space)
    passage = button(bench, "Choose the passage")
    passage.setFocus()
    QTest.keyClick(passage, Key.Key_Space)


def select(bench: Bench, words: str) -> None:
    start = text_on_show(bench).index(words)
    view = bench.window.pane.view
    view.select_range(start, start + len(words) - 1)
    QTest.keyClick(view, Key.Key_Right, SHIFT)


def test_an_article_becomes_a_source_once(bench: Bench) -> None:
    evidence = link_the_bulletin(bench)
    (source,) = bench.window.hub.project.all(Source)
    assert (evidence.stance, source.id, source.title) == ("refutes", evidence.source_id, "The bridge")
    assert source.article_id
    bench.press(Key.Key_L)
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "bridge")
    assert [row.kind for row in bench.window.commands.source_popup.finder.rows()] == ["source", "new"]
    bench.press(Key.Key_Escape)


def test_a_passage_is_chosen_in_its_article_and_one_is_back_at_the_claim(bench: Bench) -> None:
    link_the_bulletin(bench)
    choose(bench)
    assert text_on_show(bench) == OTHER
    assert bench.window.commands.sources.passages.strip.isVisible()
    assert "mayor" in bench.window.commands.sources.passages.strip.text.text()
    bench.press(Key.Key_Return)
    assert bench.notice == "Select the passage first"
    select(bench, "Nine people were treated 👩‍🚀 that night")
    bench.press(Key.Key_Return)
    assert text_on_show(bench) == TEXT
    assert bench.window.article.active is not None
    assert not bench.window.commands.sources.passages.strip.isVisible()
    evidence = evidence_of(bench)
    (span,) = evidence.spans
    assert OTHER[span.start : span.end] == span.quote == evidence.quote == "Nine people were treated 👩‍🚀 that night"
    assert check(bench.window.hub.project).sound
    assert any(one.text() == "The quote is found in its text" for one in bench.window.inspector.findChildren(QLabel))
    shown = button(bench, "Show the passage")
    shown.setFocus()
    QTest.keyClick(shown, Key.Key_Space)
    assert text_on_show(bench) == OTHER
    assert bench.window.pane.view.selected_range() == (span.start, span.end)
    bench.window.commands.undo()
    assert evidence_of(bench).spans == ()


def test_esc_leads_back_and_marks_nothing(bench: Bench) -> None:
    link_the_bulletin(bench)
    choose(bench)
    select(bench, "Nine people")
    bench.press(Key.Key_Escape)
    assert text_on_show(bench) == TEXT
    assert evidence_of(bench).spans == ()


def test_a_pasted_path_keeps_the_file(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("The bridge is closed.")
    bench.press(Key.Key_L)
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, str(tmp_path / "letter.txt"))
    bench.press(Key.Key_Return)
    (source,) = bench.window.hub.project.all(Source)
    assert source.title == "letter.txt"
    assert source.snapshot_sha256
    bench.window.commands.undo()
    assert bench.window.hub.project.all(Source) == []


def test_a_file_too_large_is_linked_and_said_not_to_be_kept(bench: Bench, tmp_path: Path) -> None:
    with (tmp_path / "film.mp4").open("wb") as stream:
        stream.truncate((50 << 20) + 1)
    bench.press(Key.Key_L)
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, str(tmp_path / "film.mp4"))
    bench.press(Key.Key_Return)
    (source,) = bench.window.hub.project.all(Source)
    assert (source.medium, source.snapshot_sha256) == ("video", "")
    assert "at most 50" in bench.notice


def test_a_path_that_names_no_file_is_kept_and_said_to_name_none(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "letter  of May.txt").write_text("It was shut.")
    for name in ("letter  of May.txt", "letter  of June.txt"):
        bench.press(Key.Key_L)
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, str(tmp_path / name))
        bench.press(Key.Key_Return)
    sources = {source.title: source for source in bench.window.hub.project.all(Source)}
    assert sources["letter  of May.txt"].snapshot_sha256
    assert sources["letter  of June.txt"].url == str(tmp_path / "letter  of June.txt")
    assert not sources["letter  of June.txt"].snapshot_sha256
    assert bench.notice == "letter  of June.txt: there is no such file here; only its path is kept"


def test_a_version_of_another_article_is_refused(bench: Bench) -> None:
    from annotator.services import sourcing  # noqa: PLC0415 - only here

    evidence = link_the_bulletin(bench)
    assert bench.window.article.page is not None
    here = bench.window.article.page.version.id
    bench.window.hub.do(sourcing.mark_passage, evidence.id, VersionId(here), [(0, 3)])
    assert "another article" in bench.notice
