"""Start, open, mark and scroll in the real window, each against Qt doing the bare minimum."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from annotator.model.ids import AnnotatorId, ArticleId, AssessmentId, ClaimId, MentionId, VersionId, new_id
from annotator.model.moments import now
from annotator.model.records import Annotator, Article, Assessment, Claim, Mention, TextVersion, version_id
from annotator.model.span import span_of
from annotator.store.project import Project
from benchmarks.material import long_text, marks_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget


SHORT: Final = (900, 25)
LONG: Final = (200_000, 10_000)
"""Words and mentions of the two articles."""

_BARE = """
import time
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QMainWindow
class Bare(QMainWindow):
    def event(self, event):
        done = super().event(event)
        if event.type() == QEvent.Type.Paint:
            print(time.process_time(), flush=True)
            QApplication.exit(0)
        return done
app = QApplication([])
window = Bare()
window.show()
app.exec()
"""

_OURS = """
import os, sys, time
from pathlib import Path
from annotator.__main__ import open_window
def shown():
    print(time.process_time(), flush=True)
    heavy = {"spacy", "sqlite_utils"} & set(sys.modules)
    os._exit(1 if heavy else 0)
open_window(Path(sys.argv[1]), "", False, shown)
"""


def _cpu_of(script: str, *arguments: str, times: int = 5) -> float:
    """Return the least CPU seconds that a fresh process needs to its first paint."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["QT_QPA_PLATFORM"] = "offscreen"
    found: list[float] = []
    # The first run writes the bytecode, as the first start on a person's machine does; the least one counts.
    for _ in range(1 + times):
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments], env=environment, capture_output=True, text=True, check=True
        )
        found.append(float(done.stdout.split()[-1]))
    return min(found)


def cpu_to_shown(path: Path, *, times: int = 3) -> float:
    """Return the least CPU seconds of a fresh process from its start to the window shown on a project."""
    return _cpu_of(_OURS, str(path), times=times)


def least_cpu(script: str, *arguments: str) -> float:
    """Return the least CPU seconds that a fresh process says it needed."""
    return _cpu_of(script, *arguments, times=3)


def start(_small: bool) -> tuple[float, float]:  # noqa: FBT001 - every benchmark is called alike
    """Start to shown window on a project of one article, against a bare QMainWindow."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.annot"
        make_project(path, *SHORT)
        _isolate(folder)
        return _cpu_of(_OURS, str(path)), _cpu_of(_BARE)


def _isolate(folder: str) -> None:
    """Keep the person's own settings out of it."""
    os.environ["ANNOTATOR_HOME"] = str(Path(folder) / "home")


def make_project(path: Path, words: int, mentions: int) -> VersionId:
    """Make a project with one article and its mentions; return the version's id."""
    person = Annotator(AnnotatorId(new_id()), "Bench")
    Project.create(path, name="Bench", annotator=person)
    text = long_text(words)
    with Project.open(path, write=True) as project:
        project.work_as(person.id)
        with project.change("import") as change:
            sha256 = change.put_text(text)
            article = Article(ArticleId(new_id()), publisher="Bench", language="en")
            change.put(article)
            version = TextVersion(version_id(article.id, sha256), article.id, sha256, title="Bench")
            change.put(version)
            for place in marks_for(text, mentions):
                claim = Claim(ClaimId(new_id()), text[place.start : place.end])
                change.put(claim)
                change.put(
                    Mention(
                        MentionId(new_id()),
                        claim.id,
                        article.id,
                        sha256,
                        person.id,
                        (span_of(text, place.start, place.end),),
                        created_at=now(),
                    )
                )
                change.put(Assessment(AssessmentId(new_id()), claim.id, person.id, place.status, recorded_at=now()))
    return version.id


class _Desk:
    """A shown main window on a project with one article."""

    def __init__(self, folder: str, size: tuple[int, int]) -> None:
        from annotator.gui.app import application  # noqa: PLC0415 - Qt is wanted by these benchmarks only
        from annotator.gui.window import MainWindow  # noqa: PLC0415

        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _isolate(folder)
        path = Path(folder) / "bench.annot"
        self.version_id = make_project(path, *size)
        self.app: QApplication = application()
        self.window: MainWindow = MainWindow()
        self.window.open_path(path)
        self.window.resize(1440, 900)
        self.window.show()
        self.painted()
        # CPU time is the whole process's: what loads on a worker behind the first paint is not to be counted here.
        self.window.speakers.load("en")
        self.window.speakers.wait()
        self.painted()

    def painted(self) -> None:
        """Let everything that is due be laid out and painted."""
        self.app.sendPostedEvents()
        self.app.processEvents()

    def select(self, number: int) -> None:
        """Select some words, each time others, as by hand: the person has yet to press a key."""
        from annotator.gui.article_view.page import SpanChosen  # noqa: PLC0415 - Qt is wanted by these benchmarks only

        start, end = 40 + 30 * number, 60 + 30 * number
        self.window.pane.view.select_range(start, end)
        self.window.pane.view.span_chosen.emit(SpanChosen(start, end))
        self.painted()

    def close(self) -> None:
        """Close the window."""
        self.window.close()
        self.painted()


def _least(work: Callable[[], object], times: int) -> float:
    """Return the least CPU seconds of several runs."""
    found: list[float] = []
    for _ in range(times):
        begin = time.process_time()
        work()
        found.append(time.process_time() - begin)
    return min(found)


def _shown_whole(desk: _Desk) -> None:
    """Show the article and let everything be read and painted that follows the first paint."""
    desk.window.article.show_version(desk.version_id)
    desk.window.article.read_all()
    desk.painted()


def _open(size: tuple[int, int]) -> tuple[float, float]:
    with tempfile.TemporaryDirectory(dir=_quiet_folder()) as folder:
        desk = _Desk(folder, size)
        article = desk.window.article

        def ours() -> None:
            article.show_version(desk.version_id)
            desk.painted()

        def away() -> None:
            article.show_version(None)
            desk.painted()

        found: list[float] = []
        for _ in range(5):
            away()
            found.append(_least(ours, 1))
        text = article.page.text if article.page else ""
        floor = _plain_edit(desk, text)
        desk.close()
    return min(found), floor


def _plain_edit(desk: _Desk, text: str) -> float:
    """CPU seconds of QTextEdit.setPlainText and paint of the same text without mentions."""
    from PySide6.QtWidgets import QTextEdit  # noqa: PLC0415 - as above

    edit = QTextEdit()
    edit.resize(800, 850)
    edit.show()
    desk.painted()

    def plain() -> None:
        edit.setPlainText(text)
        desk.painted()

    found = _least(plain, 3)
    edit.close()
    return found


def open_short(_small: bool) -> tuple[float, float]:  # noqa: FBT001
    """Open 900 words with 25 mentions, to painted."""
    return _open(SHORT)


def open_long(_small: bool) -> tuple[float, float]:  # noqa: FBT001
    """Open 200,000 words with 10,000 mentions, to painted."""
    return _open(LONG)


def read_on_long(_small: bool) -> tuple[float, float]:  # noqa: FBT001
    """Read all mentions of the long article that the first paint did not wait for, against one slice of them.

    Their sum is spread over many turns of the event loop; how long one turn takes is the floor.
    """
    with tempfile.TemporaryDirectory(dir=_quiet_folder()) as folder:
        desk = _Desk(folder, LONG)
        article = desk.window.article
        sums: list[float] = []
        slices: list[float] = []
        for _ in range(5):
            article.show_version(None)
            article.show_version(desk.version_id)
            desk.app.sendPostedEvents()
            found: list[float] = []
            while not article.is_whole:
                found.append(_least(article.read_slice, 1))
            sums.append(sum(found))
            slices.append(max(found))
        desk.close()
    return min(sums), min(slices)


def _mark(size: tuple[int, int]) -> tuple[float, float]:
    with tempfile.TemporaryDirectory(dir=_quiet_folder()) as folder:
        desk = _Desk(folder, size)
        _shown_whole(desk)
        view = desk.window.pane.view
        # Qt goes on to lay out what is out of view, behind the first paint of a long text: that is no part of a mark.
        view.document().size()
        desk.painted()
        found: list[float] = []
        for number in range(12):
            desk.select(number)
            found.append(_least(lambda: (desk.window.loop.give_status("disputed"), desk.painted()), 1))
        floor = _least(lambda: (view.viewport().update(), desk.painted()), 10)
        desk.close()
    return sorted(found)[len(found) // 2], floor


def _repaint(size: tuple[int, int]) -> tuple[float, float]:
    from PySide6.QtCore import QEvent, QObject  # noqa: PLC0415 - as above

    class Paints(QObject):
        """Adds up the CPU seconds in which the window paints all that is to be painted anew."""

        spent = 0.0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            """Let the window paint here and now, with a watch on it."""
            if event.type() != QEvent.Type.UpdateRequest:
                return False
            begin = time.process_time()
            watched.event(event)
            self.spent += time.process_time() - begin
            return True

    with tempfile.TemporaryDirectory(dir=_quiet_folder()) as folder:
        desk = _Desk(folder, size)
        _shown_whole(desk)
        view = desk.window.pane.view
        view.document().size()
        desk.painted()
        paints = Paints()
        desk.window.installEventFilter(paints)
        found: list[float] = []
        for number in range(25):
            desk.select(number)
            paints.spent = 0.0
            desk.window.loop.give_status("disputed")
            desk.painted()
            if not paints.spent:
                raise RuntimeError("the mark was not painted")
            found.append(paints.spent)
        desk.window.removeEventFilter(paints)
        floor = _least(lambda: (view.viewport().update(), desk.painted()), 10)
        desk.close()
    return sorted(found)[len(found) // 2], floor


def repaint_short(_small: bool) -> tuple[float, float]:  # noqa: FBT001
    """Paint what a mark changes among 25 mentions, against one repaint of the whole article.

    Counted are the window's paint events and nothing else, of all its widgets: the article's lines, the overview, the
    list of claims, the inspector, buttons; planning what is in view and laying out letters included, as both happen in
    the article's paint event. The service's change, its transaction, reading rows again and laying out widgets are not:
    `mark_short` has them. The median of 25 marks, each after a selection by hand with its bar on show.
    """
    return _repaint(SHORT)


def repaint_long(_small: bool) -> tuple[float, float]:  # noqa: FBT001
    """Paint what a mark changes among 10,000 mentions, counted as `repaint_short` is."""
    return _repaint(LONG)


def mark_short(_small: bool) -> tuple[float, float]:  # noqa: FBT001
    """Mark to painted among 25 mentions, against one repaint of the article."""
    return _mark(SHORT)


def mark_long(_small: bool) -> tuple[float, float]:  # noqa: FBT001
    """Mark to painted among 10,000 mentions, against one repaint of the article."""
    return _mark(LONG)


def scroll_long(_small: bool) -> tuple[float, float]:  # noqa: FBT001
    """Scroll a page of the long article with its mentions, against the same without."""
    with tempfile.TemporaryDirectory(dir=_quiet_folder()) as folder:
        desk = _Desk(folder, LONG)
        _shown_whole(desk)
        ours = _scrolled(desk, desk.window.pane.view)
        floor = _scrolled(desk, _plain(desk))
        desk.close()
    return ours, floor


def find_long(_small: bool) -> tuple[float, float]:  # noqa: FBT001
    """Type a letter into the bar that finds words in the long article, to painted, against `str.find` and a repaint."""
    with tempfile.TemporaryDirectory(dir=_quiet_folder()) as folder:
        desk = _Desk(folder, LONG)
        _shown_whole(desk)
        view = desk.window.pane.view
        view.document().size()
        bar = desk.window.pane.find_bar
        bar.open_bar()
        desk.painted()
        text, found = view.canvas.page.text, list[float]()
        for words in ("t", "th", "the", "the ", "the m", "the ma", "the mayor"):
            bar.words.setText(words)
            found.append(_least(lambda: (bar.words.textEdited.emit(""), desk.painted()), 3))
        floor = _least(lambda: (text.find("no such words"), view.viewport().update(), desk.painted()), 10)
        bar.close_bar()
        desk.close()
    return sorted(found)[len(found) // 2], floor


def _plain(desk: _Desk) -> "QWidget":
    from PySide6.QtWidgets import QTextEdit  # noqa: PLC0415 - as above

    edit = QTextEdit()
    edit.resize(800, 850)
    edit.setPlainText(desk.window.article.page.text if desk.window.article.page else "")
    edit.show()
    desk.painted()
    return edit


def _scrolled(desk: _Desk, view: object) -> float:
    from PySide6.QtWidgets import QTextEdit  # noqa: PLC0415 - as above

    if not isinstance(view, QTextEdit):
        raise TypeError(view)
    bar = view.verticalScrollBar()
    found: list[float] = []
    for _ in range(30):
        begin = time.process_time()
        bar.setValue(bar.value() + view.viewport().height() - 40)
        desk.painted()
        found.append(time.process_time() - begin)
    return sorted(found)[len(found) // 2]


def _quiet_folder() -> str | None:
    """A folder in memory where there is one: what the disk does is not measured here."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a folder of its own is made in it
