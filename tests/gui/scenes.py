"""Scenes of the main window that come out the same wherever and whenever they are drawn.

A project's clock never goes back (store.clock.HybridClock): here it is set far ahead, so that whatever is done happens
at `MOMENT`, which the machine's clock will not reach. Nothing of the program is replaced.
"""

import os
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest

from annotator import assets
from annotator.gui.app import application
from annotator.gui.theme import apply_theme, load_theme
from annotator.gui.window import MainWindow
from annotator.model.ids import ArticleId, derived_id
from annotator.model.records import Article, TextVersion, Zone, version_id, zone_id
from annotator.services import annotating
from annotator.services.importing import import_files
from annotator.services.projects import new_project, opened
from annotator.store.project import Project
from tests.gui.people import Answers, FakePrompts

MOMENT = datetime(2099, 3, 14, 11, 42, 7, tzinfo=UTC)
INES = "018e0353-b000-7884-831d-750125caa0ac"
"""Who marked the sample: to her nothing of it is for reading only."""

DESK = "Imani Castellan"
"""Who made the project."""

ARABIC = 3
"""The place of the Arabic article in the list."""

ARABIC_TITLE = "السد فتح بواباته ليلا، كما يقول السكان"
ARABIC_TEXT = f"""{ARABIC_TITLE}

قالت وداد الحكيم، المتحدثة باسم شركة Lanner Water، إن أي بوابة لم تُفتح تلك الليلة، \
وإن المضخات وحدها توقفت عند الساعة 02:14 👀.

لكن السكان يقولون إن «البوابات فُتحت عمدا» لحماية مدرجات السباق. ويُظهر سجل السد (gate log) حركة البوابة G3 مدة 41 دقيقة.
"""
ARABIC_MARKS = (
    ("أي بوابة لم تُفتح تلك الليلة، وإن المضخات وحدها توقفت", "refuted"),
    ("المضخات وحدها توقفت عند الساعة 02:14", "disputed"),
    ("البوابات فُتحت عمدا", "alleged"),
    ("سجل السد (gate log) حركة البوابة G3 مدة 41 دقيقة", "confirmed"),
)


def make_project(path: Path, *, sample: bool = True) -> None:
    """Make a project of the sample with an Arabic article behind it, or an empty one."""
    new_project(path, name="The night of the Lanner dam", scheme="extended", person=DESK)
    if sample:
        with opened(path, write=True, person=DESK) as project:
            far = int(MOMENT.timestamp() * 1000) << 16
            project._clock.see(far)  # pyright: ignore[reportPrivateUsage] - nobody else may set it
            for _progress in import_files(project, [assets.path("sample", "sample.jsonl")]):
                pass
        with opened(path, write=True, person=INES) as project:
            _put_arabic(project)


def _put_arabic(project: Project) -> None:
    article = Article(ArticleId(derived_id("arabic")), publisher="صحيفة الميناء", language="ar")
    with project.change("import") as change:
        sha = change.put_text(ARABIC_TEXT)
        version = TextVersion(version_id(article.id, sha), article.id, sha, title=ARABIC_TITLE)
        change.put(article)
        change.put(version)
        at = 0
        for number, paragraph in enumerate(ARABIC_TEXT.split("\n\n")):
            start, at = at, at + len(paragraph) + 2
            end = start + len(paragraph.rstrip())
            zone = "body" if number else "headline"
            change.put(Zone(zone_id(article.id, sha, start, end), article.id, sha, zone, start, end))
    for words, status in ARABIC_MARKS:
        start = ARABIC_TEXT.index(words)
        annotating.mark(project, version.id, [(start, start + len(words))], status=status)


@contextmanager
def in_utc() -> Generator[None]:
    """Tell times in UTC, whatever the machine's zone is."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


@contextmanager
def scene(
    path: Path | None,
    *,
    theme: str = "light",
    size: tuple[int, int] = (1440, 900),
    article: int = 0,
    claim: int = 2,
    person: str = INES,
) -> Generator[MainWindow]:
    """Show the window: on a project's article and claim (by their places), or on no project."""
    app = application()
    apply_theme(app, load_theme(theme))
    flash = app.cursorFlashTime()
    app.setCursorFlashTime(0)
    QCursor.setPos(0, 0)  # where an earlier test left the mouse, it would be over something
    with in_utc():
        window = MainWindow(person=person)
        window.prompts = FakePrompts(window, Answers())
        window.resize(*size)
        try:
            if path is not None:
                assert window.open_path(path)
                for _step in range(article):
                    window.articles.choose_next(1)
            window.show()
            window.activateWindow()
            assert QTest.qWaitForWindowActive(window)
            if path is not None:
                settle()
                if window.article.rows:
                    window.article.activate(window.article.rows[claim].mention_id)
                window.pane.view.setFocus(Qt.FocusReason.TabFocusReason)
            settle()
            yield window
        finally:
            window.close()
            window.speakers.wait()
            window.deleteLater()
            # What is to be deleted goes now, not in the next test.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            app.setCursorFlashTime(flash)
            apply_theme(app, load_theme("light"))


def select(window: MainWindow, words: str) -> None:
    """Select words of the article, the last letter by key."""
    view, page = window.pane.view, window.article.page
    assert page is not None
    start = page.text.index(words)
    view.select_range(start, start + len(words) - 1)
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_range() == (start, start + len(words))


def settle() -> None:
    """Let layouts take the size of what changed, as the event loop would."""
    QCoreApplication.sendPostedEvents()
    QCoreApplication.sendPostedEvents()  # what the first round asked for


def wait_for(condition: Callable[[], bool], seconds: float = 20) -> None:
    """Let the event loop run until a condition holds."""
    loop, look, end = QEventLoop(), QTimer(), QTimer()
    look.timeout.connect(lambda: loop.quit() if condition() else None)
    look.start(5)
    end.timeout.connect(loop.quit)
    end.start(round(seconds * 1000))
    loop.exec()
    look.stop()  # what it is connected to keeps it alive
    end.stop()
    assert condition()
