"""States of the window that every screen-by-screen test goes through: pages, cards, popups."""

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from annotator import assets
from annotator.gui.guidelines.panel import GuidelinePanel
from annotator.gui.preferences.card import sections
from annotator.gui.review.page import ReviewPage
from annotator.gui.window import MainWindow
from annotator.settings import Section
from tests.gui import scenes
from tests.gui.article_view.conftest import point_at
from tests.gui.review import desks

Scene = Callable[[Path], AbstractContextManager[MainWindow]]


@contextmanager
def first_start(path: Path) -> Generator[MainWindow]:
    del path
    with scenes.scene(None) as window:
        yield window


@contextmanager
def nothing_in_it(path: Path) -> Generator[MainWindow]:
    empty = path.with_name("empty.annot")
    if not empty.exists():
        scenes.make_project(empty, sample=False)
    with scenes.scene(empty, person=scenes.DESK) as window:
        yield window


@contextmanager
def article(path: Path) -> Generator[MainWindow]:
    with scenes.scene(path) as window:
        yield window


@contextmanager
def smallest(path: Path) -> Generator[MainWindow]:
    with scenes.scene(path, size=(1024, 640)) as window:
        yield window


@contextmanager
def words_selected(path: Path) -> Generator[MainWindow]:
    with scenes.scene(path) as window:
        scenes.select(window, "watched the water climb")
        assert window.pane.bar.isVisible()
        yield window


@contextmanager
def evidence_open(path: Path) -> Generator[MainWindow]:
    with scenes.scene(path) as window:
        for button in window.inspector.findChildren(QAbstractButton):
            if button.isCheckable() and "Supports" in button.accessibleName():
                button.click()
                break
        scenes.settle()
        yield window


@contextmanager
def source_popup(path: Path) -> Generator[MainWindow]:
    with scenes.scene(path) as window:
        window.commands.link_source()
        QTest.keyClicks(window.commands.source_popup.finder.field, "lanner")
        yield window


@contextmanager
def source_page(path: Path) -> Generator[MainWindow]:
    with scenes.scene(path) as window:
        window.commands.sources.open_page(window.hub.project.sources()[4].id)
        yield window


@contextmanager
def narrowed(path: Path) -> Generator[MainWindow]:
    with scenes.scene(path) as window:
        window.articles.narrow_by()
        scenes.wait_for(lambda: bool(window.articles.facets.chips))
        next(iter(window.articles.facets.chips.values())).click()
        yield window


@contextmanager
def speaker_popup(path: Path) -> Generator[MainWindow]:
    with scenes.scene(path) as window:
        window.commands.name_speaker()
        yield window


@contextmanager
def shortcuts(path: Path) -> Generator[MainWindow]:
    with scenes.scene(path) as window:
        window.commands.set["help.shortcuts"].trigger()
        yield window


@contextmanager
def import_sheet(path: Path) -> Generator[MainWindow]:
    with scenes.scene(path) as window:
        files = window.commands.files
        files.import_paths([str(assets.path("sample", name)) for name in ("gate-log.txt", "pumps.txt")])
        scenes.wait_for(lambda: files.imports.sheet is not None and not files.job.is_running)
        yield window


@contextmanager
def notice(path: Path) -> Generator[MainWindow]:
    with scenes.scene(path) as window:
        window.notices.tell("<b>A notice</b>", action="Do it")
        yield window


@contextmanager
def selected_settings(path: Path, section: Section) -> Generator[MainWindow]:
    with scenes.scene(path, size=(1024, 640)) as window:
        window.commands.preferences.show_settings()
        card = window.commands.preferences.settings_card
        card.list.setCurrentRow(list(sections()).index(section))
        card.keys.choose("claim.note")
        if section == "keys":
            card.keys.add("L")
        yield window


def settings_at(section: Section) -> Scene:
    @contextmanager
    def state(path: Path) -> Generator[MainWindow]:
        with selected_settings(path, section) as window:
            yield window

    state.__name__ = f"settings_{section}"
    return state


def triggered(action_id: str, *, size: tuple[int, int] = (1024, 640)) -> Scene:
    """Return the state after an action."""

    @contextmanager
    def state(path: Path) -> Generator[MainWindow]:
        with scenes.scene(path, size=size) as window:
            window.commands.set[action_id].trigger()
            scenes.settle()
            yield window

    state.__name__ = action_id.replace(".", "_")
    return state


ACTIONS = (
    "project.properties",
    "project.history",
    "project.backups",
    "find.article",
    "find.project",
    "find.anything",
    "claim.relate",
    "claim.again",
    "project.assign",
    "project.together",
    "comments.list",
    "comments.about",
    "mode.review",
    "mode.agreement",
)
"""What opens something of its own over the article or in its place."""


@contextmanager
def hover_card(path: Path) -> Generator[MainWindow]:
    with scenes.scene(path, size=(1024, 640)) as window:
        row = window.article.active
        assert row is not None
        view = window.pane.view
        port, at = view.viewport(), point_at(view, row.spans[0][0] + 2)
        QTest.mouseMove(port, at)
        QApplication.sendEvent(port, QHelpEvent(QEvent.Type.ToolTip, at, port.mapToGlobal(at)))
        assert window.pane.hover_card.isVisible()
        yield window


@contextmanager
def zone_popup(path: Path) -> Generator[MainWindow]:
    with scenes.scene(path, size=(1024, 640)) as window:
        QTest.keyClick(window.pane.view, Qt.Key.Key_Z)
        yield window


@contextmanager
def guidelines_written(path: Path) -> Generator[MainWindow]:
    with scenes.scene(path, size=(1024, 640)) as window:
        window.commands.set["guidelines.show"].trigger()
        panel = window.findChild(GuidelinePanel)
        assert panel is not None
        panel.write()
        scenes.settle()
        yield window


def reviewed(path: Path) -> Path:
    """Return the project of two annotators that lies beside a project, made where it is not there."""
    two = path.with_name("riverton.annot")
    if not two.exists():
        desks.make_review_project(two)
    return two


def in_review(*steps: str, tab: int = 0) -> Scene:
    """Return the review of two annotators after some of its actions, on one of its parts."""

    @contextmanager
    def state(path: Path) -> Generator[MainWindow]:
        with scenes.scene(reviewed(path), size=(1024, 640), person=desks.REVIEWER) as window:
            window.modes.go("review")
            scenes.settle()
            page = window.modes.page("review")
            assert isinstance(page, ReviewPage)
            page.tabs.setCurrentIndex(tab)
            for step in steps:
                window.commands.set[f"review.{step}"].trigger()
                scenes.settle()
            yield window

    state.__name__ = "_".join(("review", *steps, *([str(tab)] if tab else [])))
    return state


REVIEWS = (
    in_review(),
    in_review(tab=1),
    in_review(tab=2),
    in_review(tab=3),
    in_review("reject"),
    in_review("edit"),
    in_review("ask"),
    in_review("unanimous"),
)


@contextmanager
def agreement(path: Path) -> Generator[MainWindow]:
    with scenes.scene(path) as window:
        window.modes.go("agreement")
        scenes.wait_for(lambda: not window.commands.files.job.is_running)
        yield window


@contextmanager
def comments_and_guidelines(path: Path) -> Generator[MainWindow]:
    with scenes.scene(path, claim=1) as window:
        window.commands.set["guidelines.show"].trigger()
        window.inspector.focus_comment()
        yield window


STATES: tuple[Scene, ...] = (
    agreement,
    comments_and_guidelines,
    first_start,
    nothing_in_it,
    article,
    smallest,
    words_selected,
    evidence_open,
    source_popup,
    source_page,
    narrowed,
    speaker_popup,
    hover_card,
    zone_popup,
    guidelines_written,
    *REVIEWS,
    shortcuts,
    import_sheet,
    notice,
    *(settings_at(section) for section in sections()),
    *(triggered(one) for one in ACTIONS),
)


def name_of(state: Scene) -> str:
    return getattr(state, "__name__", "")


def without_places(window: MainWindow) -> None:
    """Let cards tell no folder: each run has folders of its own."""
    desk = window.commands.preferences
    for card in ("settings_card", "properties_card"):
        if card in desk.__dict__:
            desk.__dict__[card].where.set_text("…/lanner.annot")
