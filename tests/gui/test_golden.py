"""Pictures of each screen against those in `golden/`: `pytest tests/gui/test_golden.py --update-golden` rewrites them.

Compared on Linux only, where tests see the same fonts everywhere; a picture differs when more than a thousandth of its
pixels do. Then `tests/failures` has what was drawn, and what differs in red.
"""

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from annotator import assets, settings
from annotator.gui.window import MainWindow
from annotator.services import demo, relating, viewing
from annotator.services.projects import opened
from tests.gui import pictures, scenes
from tests.gui.pictures import Golden, at_twice_the_size

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="golden pictures are compared on Linux only"),
    pytest.mark.usefixtures("qapp"),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of every scene; a scene leaves it as it is."""
    path = tmp_path_factory.mktemp("golden") / "lanner.annot"
    scenes.make_project(path)
    return path


def picture_of(window: MainWindow) -> QImage:
    scenes.settle()
    return window.grab().toImage()


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_the_main_window(project: Path, golden: Golden, theme: str) -> None:
    with scenes.scene(project, theme=theme) as window:
        golden.check(picture_of(window), f"main-{theme}")


def test_the_picture_in_the_readme_is_the_window_on_the_sample(tmp_path: Path, golden: Golden) -> None:
    settings.change(annotator_name=scenes.DESK)  # not the login name of whoever runs this
    with scenes.scene(demo.open_sample(tmp_path)) as window:
        replace(golden, folder=ROOT / "docs").check(picture_of(window), "window")


def test_the_smallest_main_window(project: Path, golden: Golden) -> None:
    with scenes.scene(project, size=(1024, 640)) as window:
        assert (window.width(), window.height()) == (1024, 640)
        golden.check(picture_of(window), "main-small")


def test_a_right_to_left_article(project: Path, golden: Golden) -> None:
    with scenes.scene(project, article=scenes.ARABIC, claim=1) as window:
        golden.check(picture_of(window), "main-right-to-left")


def test_words_selected_with_the_bar_beside_them(project: Path, golden: Golden) -> None:
    with scenes.scene(project) as window:
        scenes.select(window, "watched the water climb four steps")
        assert window.pane.bar.isVisible()
        golden.check(picture_of(window), "main-selection")


def test_words_found_in_the_article(project: Path, golden: Golden) -> None:
    with scenes.scene(project) as window:
        window.commands.set["find.article"].trigger()
        QTest.keyClicks(window.pane.find_bar.words, "the gates")
        golden.check(picture_of(window), "find-light")


def test_words_found_in_the_article_in_the_smallest_window(project: Path, golden: Golden) -> None:
    with scenes.scene(project, theme="contrast", size=(1024, 640)) as window:
        window.commands.set["find.article"].trigger()
        QTest.keyClicks(window.pane.find_bar.words, "gate")
        golden.check(picture_of(window), "find-contrast-small")


def test_commands_and_places_found_by_typing(project: Path, golden: Golden) -> None:
    with scenes.scene(project) as window:
        window.commands.set["find.anything"].trigger()
        QTest.keyClicks(window.commands.palette.finder.field, "gate")
        golden.check(picture_of(window), "palette-light")


def test_words_found_in_the_project(project: Path, golden: Golden) -> None:
    with scenes.scene(project, theme="dark", size=(1024, 640)) as window:
        window.commands.set["find.project"].trigger()
        QTest.keyClicks(window.commands.palette.finder.field, "siren")
        golden.check(picture_of(window), "find-project-dark-small")


def test_the_claim_popup(project: Path, golden: Golden) -> None:
    with scenes.scene(project) as window:
        window.commands.relate_claim()
        golden.check(picture_of(window), "claim-popup")


def test_the_other_places_of_a_mentions_words(project: Path, golden: Golden) -> None:
    with scenes.scene(project) as window:
        window.commands.occurrences.open_for_active()
        window.commands.occurrences.words.setText("dam")
        golden.check(picture_of(window), "occurrences")


def test_claims_that_are_linked(project: Path, golden: Golden, tmp_path: Path) -> None:
    path = tmp_path / "linked.annot"
    shutil.copyfile(project, path)
    with opened(path, write=True, person=scenes.INES) as made:
        first, _second, third, fourth, *_others = viewing.claim_rows(made, made.version_rows()[0].version.id)
        relating.relate(made, third.claim_id, fourth.claim_id, "contradicts")
        relating.relate(made, third.claim_id, first.claim_id, "same")
    with scenes.scene(path, theme="dark") as window:
        golden.check(picture_of(window), "claims-linked-dark")


def test_the_source_popup(project: Path, golden: Golden) -> None:
    with scenes.scene(project) as window:
        window.commands.link_source()
        QTest.keyClicks(window.commands.source_popup.finder.field, "lanner")
        golden.check(picture_of(window), "source-popup")


def test_the_speaker_popup(project: Path, golden: Golden) -> None:
    with scenes.scene(project, theme="dark") as window:
        window.commands.name_speaker()
        golden.check(picture_of(window), "speaker-popup")


def test_the_sheet_of_all_shortcuts(project: Path, golden: Golden) -> None:
    with scenes.scene(project) as window:
        window.commands.set["help.shortcuts"].trigger()
        golden.check(picture_of(window), "shortcuts")


def test_the_settings(project: Path, golden: Golden) -> None:
    settings.change(annotator_id=scenes.INES, annotator_name=scenes.DESK)
    with scenes.scene(project) as window:
        window.commands.preferences.show_settings()
        window.commands.preferences.settings_card.where.set_text("Everything holds at once.")
        golden.check(picture_of(window), "settings-light")


def test_the_keys_in_the_smallest_window(project: Path, golden: Golden) -> None:
    with scenes.scene(project, theme="dark", size=(1024, 640)) as window:
        window.commands.preferences.show_keys()
        card = window.commands.preferences.settings_card
        card.where.set_text("Everything holds at once.")
        card.keys.choose("claim.note")
        QTest.keyClick(card.keys.field, Qt.Key.Key_L)
        golden.check(picture_of(window), "settings-keys-dark-small")


def test_the_properties_of_a_project(project: Path, golden: Golden) -> None:
    with scenes.scene(project, theme="contrast", size=(1024, 640)) as window:
        window.commands.preferences.show_properties()
        window.commands.preferences.properties_card.where.set_text("~/lanner.annot")
        golden.check(picture_of(window), "properties-contrast-small")


def test_the_import_sheet(tmp_path: Path, golden: Golden) -> None:
    path = tmp_path / "empty.annot"
    scenes.make_project(path, sample=False)
    with scenes.scene(path, person=scenes.DESK) as window:
        files = window.commands.files
        files.import_paths([str(assets.path("sample", "gate-log.txt"))])
        scenes.wait_for(lambda: files.imports.sheet is not None and not files.job.is_running)
        golden.check(picture_of(window), "import")


def test_an_empty_project_says_what_goes_there(tmp_path: Path, golden: Golden) -> None:
    path = tmp_path / "empty.annot"
    scenes.make_project(path, sample=False)
    with scenes.scene(path, person=scenes.DESK) as window:
        golden.check(picture_of(window), "main-empty")


def test_the_first_start(golden: Golden) -> None:
    with scenes.scene(None) as window:
        golden.check(picture_of(window), "first-start")


def test_the_main_window_at_twice_the_size(project: Path, golden: Golden, tmp_path: Path) -> None:
    golden.check(at_twice_the_size(project, tmp_path / "twice", ["smallest"])["smallest"], "main-twice")


def test_a_picture_that_differs_in_few_pixels_is_the_same_and_in_more_is_not(project: Path) -> None:
    with scenes.scene(project, size=(1024, 640)) as window:
        one = picture_of(window)
    few, many = one.copy(), one.copy()
    pictures.spoil(few, 655)
    pictures.spoil(many, 656)
    assert pictures.difference(one, one) == 0
    assert pictures.difference(one, few) == 655 / (1024 * 640)
    assert pictures.same(one, few)
    assert not pictures.same(one, many)
    assert not pictures.same(one, one.scaled(512, 320))


def test_a_difference_leaves_pictures_of_it(tmp_path: Path) -> None:
    grey, spoiled = QImage(60, 40, QImage.Format.Format_RGB32), QImage(60, 40, QImage.Format.Format_RGB32)
    grey.fill(0xFF808080)
    spoiled.fill(0xFF808080)
    pictures.spoil(spoiled, 30)
    golden = Golden(tmp_path / "golden", tmp_path / "failures", update=True)
    golden.check(grey, "one")
    golden = Golden(tmp_path / "golden", tmp_path / "failures", update=False)
    golden.check(grey, "one")
    with pytest.raises(pytest.fail.Exception, match="--update-golden"):
        golden.check(spoiled, "one")
    assert {path.name for path in (tmp_path / "failures").iterdir()} == {"one.png", "one.difference.png"}
    with pytest.raises(pytest.fail.Exception, match="no golden picture"):
        golden.check(grey, "two")
