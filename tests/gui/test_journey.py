"""The main job by keyboard alone: from a new project to the exported line."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator import assets
from tests.gui.people import ALT, CTRL, SHIFT, Answers, Typist, shown_window

Key = Qt.Key

pytestmark = pytest.mark.usefixtures("light_theme")


@dataclass(frozen=True)
class Story:
    """An article with three claims to mark and the speaker that is found for the second."""

    alleged: str
    disputed: str
    confirmed: str
    found: str


SAMPLE = Story(
    alleged="The gates of the Lanner dam were opened on purpose on Saturday night",
    disputed="No gate was moved that night",
    confirmed="the pumps had failed and nothing else",
    found="Odile Farrant",
)
SEED = Story(
    alleged="Ruzakhunov was “hired” to travel to Kazakhstan to take part in the protests",
    disputed="There is no way Vikram Ruzakhunov can be prosecuted as a terrorist",
    confirmed="Kazakh authorities were preventing lawyers from seeing detained Kyrgyz citizens",
    found="Kamchyek Tashiev",
)


def test_the_sample_article_from_a_new_project_to_the_exported_line(qtbot: QtBot, tmp_path: Path) -> None:
    journey(qtbot, tmp_path, assets.path("sample", "floodgates.txt"), SAMPLE)


def test_the_seed_article_from_a_new_project_to_the_exported_line(
    qtbot: QtBot, tmp_path: Path, seed_article: Path
) -> None:
    journey(qtbot, tmp_path, seed_article, SEED)


def journey(qtbot: QtBot, folder: Path, article: Path, story: Story) -> None:
    project, dataset = folder / "desk.annot", folder / "dataset.jsonl"
    answers = Answers(save=[project, dataset], files=[article])
    with shown_window(qtbot, answers) as window:
        typist = Typist(qtbot, window)
        typist.press(Key.Key_N, CTRL)
        typist.wait("the project is open", lambda: window.hub.is_open)
        bring_in(typist)
        mark_three(typist, story)
        undo_and_redo(typist)
    with shown_window(qtbot, answers, project) as window:
        typist = Typist(qtbot, window)
        assert [row.status for row in window.article.rows].count("disputed") == 1
        typist.press(Key.Key_E, CTRL)
        typist.wait("the dataset is written", dataset.exists)
        typist.wait("the job is over", lambda: not window.commands.files.job.is_running)
    check_dataset(dataset, story)


def bring_in(typist: Typist) -> None:
    window = typist.window
    typist.press(Key.Key_I, CTRL)
    typist.wait("the sheet is there", lambda: window.commands.files.imports.sheet is not None)
    typist.press(Key.Key_Return, CTRL)
    typist.wait("the article is on show", lambda: window.article.page is not None)
    typist.wait("the job is over", lambda: not window.commands.files.job.is_running)
    while not window.pane.view.hasFocus():
        typist.press(Key.Key_F6)
    typist.wait("the speaker finder is loaded", lambda: window.speakers.is_ready("en"))


def mark_three(typist: Typist, story: Story) -> None:
    window = typist.window
    typist.select(story.disputed)
    typist.press(Key.Key_2)
    row = window.article.active
    assert row is not None
    assert (row.text, row.status, row.speaker, row.speaker_accepted) == (story.disputed, "disputed", story.found, False)
    typist.press(Key.Key_A)
    link(typist, "https://records.example/night-of-the-flood.pdf", SHIFT)

    typist.select(story.alleged)
    typist.press(Key.Key_1)
    typist.press(Key.Key_S)
    typist.type("Bram Oskell")
    typist.press(Key.Key_Return)
    typist.press(Key.Key_Period)
    typist.press(Key.Key_N)
    typist.type("Ask for the log.")
    typist.press(Key.Key_Escape)
    typist.wait("the focus is back", window.pane.view.hasFocus)

    typist.select(story.confirmed)
    typist.press(Key.Key_3)
    link(typist, "Letter of the inspector", ALT)


def link(typist: Typist, words: str, modifier: Qt.KeyboardModifier) -> None:
    before = typist.window.article.active
    assert before is not None
    typist.press(Key.Key_L)
    typist.type(words)
    typist.press(Key.Key_Return, modifier)
    typist.wait("the source is linked", lambda: _evidence(typist) == before.evidence + 1)
    typist.wait("the focus is back", typist.window.pane.view.hasFocus)


def _evidence(typist: Typist) -> int:
    row = typist.window.article.active
    return row.evidence if row else -1


def undo_and_redo(typist: Typist) -> None:
    window = typist.window
    before = window.article.rows[:]
    typist.press(Key.Key_Delete)
    assert len(window.article.rows) == len(before) - 1
    typist.press(Key.Key_Z, CTRL)
    assert window.article.rows == before
    typist.press(Key.Key_Z, CTRL | SHIFT)
    assert len(window.article.rows) == len(before) - 1
    typist.press(Key.Key_Z, CTRL)
    assert window.article.rows == before


def check_dataset(dataset: Path, story: Story) -> None:
    lines = dataset.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1
    line = json.loads(lines[0])
    schema = json.loads(assets.text("schema", "annotator-article-1.schema.json"))
    assert list(Draft202012Validator(schema).iter_errors(line)) == []  # pyright: ignore[reportUnknownMemberType] - jsonschema ships no types
    by_status = {one["status"]: one for one in line["mentions"]}
    assert {key: one["spans"][0]["quote"] for key, one in by_status.items()} == {
        "alleged": story.alleged,
        "disputed": story.disputed,
        "confirmed": story.confirmed,
    }
    for one in line["mentions"]:
        for span in (*one["spans"], *one["cue"], *one["speaker_spans"]):
            assert line["text"][span["start"] : span["end"]] == span["quote"]
    names = {one["id"]: one["name"] for one in line["speakers"]}
    assert names[by_status["disputed"]["speaker_id"]] == story.found
    assert by_status["disputed"]["speaker_accepted"]
    assert names[by_status["alleged"]["speaker_id"]] == "Bram Oskell"
    assert by_status["alleged"]["note"] == "Ask for the log."
    stances = sorted(one["stance"] for claim in line["claims"] for one in claim["evidence"])
    assert stances == ["context", "refutes", "refutes"]
    assert len(line["sources"]) == 2
    assert [one["name"] for one in line["annotators"]] == ["Imani Castellan"]


@pytest.mark.parametrize("keys", [["2", "A", "L", "refute"]])
def test_disputed_refuted_by_the_latest_source_said_by_the_speaker_found_takes_four_keys(
    qtbot: QtBot, tmp_path: Path, keys: list[str]
) -> None:
    project = tmp_path / "desk.annot"
    answers = Answers(save=[project], files=[assets.path("sample", "floodgates.txt")])
    with shown_window(qtbot, answers) as window:
        typist = Typist(qtbot, window)
        typist.press(Key.Key_N, CTRL)
        bring_in(typist)
        typist.select(SAMPLE.alleged)
        typist.press(Key.Key_1)
        link(typist, "Log of the gatehouse", ALT)
        typist.select(SAMPLE.disputed)
        typist.keys = 0
        typist.press(Key.Key_2)
        typist.press(Key.Key_A)
        typist.press(Key.Key_L)
        typist.press(Key.Key_Return, SHIFT)
        typist.wait("the source is linked", lambda: _evidence(typist) == 1)
        row = window.article.active
        assert row is not None
        assert (row.status, row.speaker, row.speaker_accepted) == ("disputed", SAMPLE.found, True)
        assert typist.keys == len(keys)
