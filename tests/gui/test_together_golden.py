"""Pictures of what people need who work together, compared like those of `test_golden`."""

import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from annotator.gui.agreement.page import AgreementPage
from annotator.gui.window import MainWindow
from annotator.model.ids import CommentId, new_id
from annotator.model.moments import written
from annotator.model.records import Comment
from annotator.services import annotating, blind, guidelines, second_check, viewing
from annotator.services.projects import opened
from annotator.store.project import Project
from tests.gui import scenes
from tests.gui.pictures import Golden

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="golden pictures are compared on Linux only"),
    pytest.mark.usefixtures("qapp"),
]

RULES = """# What is a claim

A claim can be checked: it says that something is so, was so, or will be so.

- Mark the words that carry it, no more.
- Leave opinions and questions out, unless somebody states them as fact.

## When is it confirmed

- A primary record says so, or
- two sources say so that do not repeat each other.

Two of us look at it before it is confirmed or refuted.
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of every scene: with rules, comments, and statuses that need a second person."""
    path = tmp_path_factory.mktemp("golden") / "together.annot"
    scenes.make_project(path)
    with opened(path, write=True, person=scenes.DESK) as made:
        guidelines.write(made, RULES.replace("Two of us", "One of us"))
        guidelines.write(made, RULES)
        second_check.require(made, ["confirmed", "refuted"])
        _first, second, third, fourth, *_others = viewing.claim_rows(made, made.version_rows()[0].version.id)
        asked = said(
            made,
            third.mention_id,
            "Bram Oskell said “a quarter past two” to the paper and “half past” to the police. Which?",
        )
        said(made, second.claim_id, "Is this one claim or two?")
        said(made, fourth.claim_id, "The operator’s own log is on file since Tuesday.", resolved=True)
    with opened(path, write=True, person=scenes.INES) as made:
        said(made, third.mention_id, "The log has 02:14, so the paper’s.", reply_to=asked)
    return path


def said(project: Project, target: str, words: str, *, reply_to: str = "", resolved: bool = False) -> CommentId:
    """Comment as `services.commenting` does, at the moment of every scene."""
    key = CommentId(new_id())
    with project.change("comment.add") as change:
        change.put(Comment(key, target, project.annotator_id, words, reply_to, resolved, written(scenes.MOMENT)))
    return key


def picture_of(window: MainWindow) -> QImage:
    scenes.settle()
    return window.grab().toImage()


@pytest.mark.parametrize(("theme", "size"), [("light", (1440, 900)), ("contrast", (1024, 640))])
def test_comments_in_the_inspector(project: Path, golden: Golden, theme: str, size: tuple[int, int]) -> None:
    with scenes.scene(project, theme=theme, size=size) as window:
        window.inspector.focus_comment()
        golden.check(picture_of(window), f"comments-{theme}")


def test_the_list_of_comments(project: Path, golden: Golden) -> None:
    with scenes.scene(project, theme="dark", size=(1024, 640)) as window:
        window.commands.set["comments.list"].trigger()
        window.together.comments.which.setCurrentIndex(2)
        golden.check(picture_of(window), "comments-list-dark-small")


@pytest.mark.parametrize(("theme", "size"), [("light", (1440, 900)), ("dark", (1024, 640))])
def test_the_guidelines_beside_the_article(project: Path, golden: Golden, theme: str, size: tuple[int, int]) -> None:
    with scenes.scene(project, theme=theme, size=size) as window:
        window.commands.set["guidelines.show"].trigger()
        golden.check(picture_of(window), f"guidelines-{theme}")


def test_the_guidelines_being_written(project: Path, golden: Golden) -> None:
    with scenes.scene(project, theme="contrast") as window:
        window.commands.set["guidelines.show"].trigger()
        window.together.guidelines.write()
        golden.check(picture_of(window), "guidelines-writing")


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as three people have marked it, each a little otherwise."""
    path = tmp_path_factory.mktemp("golden") / "compared.annot"
    scenes.make_project(path)
    keys = ("alleged", "confirmed", "disputed", "refuted")
    for shift, person in enumerate(("Teodor Lund", "Wen Ito")):
        with opened(path, write=True, person=person) as made:
            for version in [row.version for row in made.version_rows()][:3]:
                text = made.text(version.text_sha256)
                for place, row in enumerate(viewing.claim_rows(made, version.id)):
                    if row.annotator_id == made.annotator_id or (place + shift) % 4 == 3:
                        continue
                    start, end = row.spans[0]
                    if (place + shift) % 3 == 2:
                        end = text.find(" ", end + 2)
                    status = row.status if (place * 7 + shift) % 5 else keys[place % 4]
                    annotating.mark(made, version.id, [(start, end)], status=status)
    return path


@pytest.mark.parametrize(("theme", "size"), [("light", (1440, 900)), ("contrast", (1024, 640))])
def test_the_agreement_page(compared: Path, golden: Golden, theme: str, size: tuple[int, int]) -> None:
    with scenes.scene(compared, theme=theme, size=size) as window:
        page = agreement_of(window)
        page.pairs.choose(1, 1)
        golden.check(picture_of(window), f"agreement-{theme}")


def test_statuses_against_each_other(compared: Path, golden: Golden) -> None:
    with scenes.scene(compared, theme="dark") as window:
        page = agreement_of(window)
        page.detail.views.button(1).click()
        golden.check(picture_of(window), "agreement-matrix-dark")


def test_what_is_behind_a_figure(compared: Path, golden: Golden) -> None:
    with scenes.scene(compared, size=(1024, 640)) as window:
        page = agreement_of(window)
        page.pairs.choose(1, 1)
        QTest.keyClick(page.pairs, Qt.Key.Key_Return)
        golden.check(picture_of(window), "agreement-behind-small")


def agreement_of(window: MainWindow) -> AgreementPage:
    window.modes.go("agreement")
    page = window.modes.page("agreement")
    assert isinstance(page, AgreementPage)
    scenes.wait_for(lambda: page.pairs.model().rowCount() > 0 and not window.commands.files.job.is_running)
    return page


@pytest.mark.parametrize(("theme", "size"), [("light", (1440, 900)), ("dark", (1024, 640))])
def test_the_sheet_that_assigns(compared: Path, golden: Golden, theme: str, size: tuple[int, int]) -> None:
    with scenes.scene(compared, theme=theme, size=size) as window:
        window.commands.set["project.assign"].trigger()
        sheet = window.together.assigning.sheet
        sheet.to.setEditText("Teodor Lund")
        if theme == "dark":
            sheet.all.setChecked(False)
        golden.check(picture_of(window), f"assign-{theme}")


@pytest.mark.parametrize("theme", ["light", "contrast"])
def test_how_people_work_together(project: Path, golden: Golden, tmp_path: Path, theme: str) -> None:
    path = tmp_path / "blind.annot"
    shutil.copyfile(project, path)
    with opened(path, write=True, person=scenes.DESK) as made:
        blind.set_blind(made, blind=True)
    size = (1024, 640) if theme == "contrast" else (1440, 900)
    with scenes.scene(path, theme=theme, size=size) as window:
        if theme == "light":
            window.commands.set["project.together"].trigger()
        golden.check(picture_of(window), f"together-{theme}")
