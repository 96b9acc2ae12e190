"""Pictures of what the window shows of sources, against those in `golden/`; how they are compared: `test_golden.py`."""

import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from annotator.gui.window import MainWindow
from annotator.model.records import Source
from annotator.services import linking, snapshots, sourcing
from annotator.services.projects import opened
from tests.gui import scenes
from tests.gui.pictures import Golden

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="golden pictures are compared on Linux only"),
    pytest.mark.usefixtures("qapp"),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with a file, quotes, a note and a twin at one of its sources."""
    folder = tmp_path_factory.mktemp("golden")
    path = folder / "lanner.annot"
    scenes.make_project(path)
    (folder / "log.txt").write_text("02:14 gate G3 opened, 02:55 gate G3 closed.\n")
    with opened(path, write=True, person=scenes.INES) as made:
        log = gate_log(made.sources())
        snapshots.attach(made, log.id, folder / "log.txt")
        sourcing.edit_source(made, log.id, primary=True, archived_url="https://archive.example/gate-log")
        sourcing.note(made, log.id, "Asked the inspector for the sheet of 1 March too.")
        for number, one in enumerate(made.evidence_from([log.id])):
            linking.edit_evidence(made, one.id, quote="gate G9 opened" if number % 2 else "gate G3 opened")
        twin = linking.source_from("Gate log of Lanner dam, 1 to 3 March 2024")
        with made.change("source.edit") as change:
            change.put(twin)
        sourcing.edit_source(made, twin.id, publisher="An engineer at the dam", confidential=True)
    return path


def gate_log(sources: list[Source]) -> Source:
    return next(one for one in sources if one.title.startswith("Gate log of the"))


def picture_of(window: MainWindow) -> QImage:
    scenes.settle()
    return window.grab().toImage()


@pytest.mark.parametrize(
    ("theme", "size", "name"),
    [
        ("light", (1440, 900), "source-page-light"),
        ("dark", (1024, 640), "source-page-dark-small"),
        ("contrast", (1440, 900), "source-page-contrast"),
    ],
)
def test_the_page_of_a_source(
    project: Path, golden: Golden, tmp_path: Path, theme: str, size: tuple[int, int], name: str
) -> None:
    path = tmp_path / "lanner.annot"
    shutil.copyfile(project, path)
    with scenes.scene(path, theme=theme, size=size) as window:
        window.commands.sources.open_page(gate_log(window.hub.project.sources()).id)
        golden.check(picture_of(window), name)


@pytest.mark.parametrize(
    ("theme", "size", "name"),
    [("light", (1440, 900), "facets-light"), ("contrast", (1024, 640), "facets-contrast-small")],
)
def test_articles_narrowed_by_facets(
    project: Path, golden: Golden, tmp_path: Path, theme: str, size: tuple[int, int], name: str
) -> None:
    path = tmp_path / "lanner.annot"
    shutil.copyfile(project, path)
    with scenes.scene(path, theme=theme, size=size) as window:
        window.docks.left.setVisible(True)
        window.articles.narrow_by()
        scenes.wait_for(lambda: bool(window.articles.facets.chips))
        chips = {chip.text(): chip for chip in window.articles.facets.chips.values()}
        chips["Unproven"].click()
        scenes.settle()
        golden.check(picture_of(window), name)
