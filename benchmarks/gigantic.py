"""Ten megabytes of text in one line, in the real window: opened to painted, and the longest turn after it."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from annotator.model.ids import AnnotatorId, ArticleId, VersionId, new_id
from annotator.model.records import Annotator, Article, TextVersion, version_id
from annotator.store.project import Project
from benchmarks.table import Measured, Run

WORDS: Final = "Die Brücke von Ødeby 🙂 ist sicher, sagt der Bürgermeister. "
SIZE: Final = 10_000_000
PIECE: Final = 2_000
_TURNS: Final = 40


def measure(run: Run) -> list[Measured]:
    """Open the line, then scroll, choose words, mark them and take it back."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["ANNOTATOR_HOME"] = str(run.folder / "home")
    from annotator.gui.app import application  # noqa: PLC0415 - Qt is wanted by the window's benchmarks only
    from annotator.gui.window import MainWindow  # noqa: PLC0415

    text = WORDS * ((SIZE // 10 if run.small else SIZE) // len(WORDS.encode()))
    with tempfile.TemporaryDirectory(dir=run.folder) as folder:
        path, shown = _project(Path(folder), text)
        app = application()
        window = MainWindow()
        window.open_path(path)
        window.resize(1440, 900)
        window.show()
        window.speakers.load("en")
        window.speakers.wait()
        turns = _Turns(lambda: (app.sendPostedEvents(), app.processEvents()))
        turns.go_on()

        def opened() -> None:
            window.article.show_version(shown)
            turns.turn()

        opening: list[float] = []
        for _ in range(3):
            window.article.show_version(None)
            turns.go_on()
            opening.append(_cpu(opened))
        turns.longest = 0.0
        turns.go_on()
        for step in _work(window, len(text) // 40):
            turns.longest = max(turns.longest, _cpu(step))
            turns.go_on()
        longest = turns.longest
        far = _cpu(lambda: (window.pane.view.select_range(len(text) - 20, len(text)), turns.turn()))
        floor = _plain(text, turns.turn)
        window.close()
        turns.turn()
    told = "QTextEdit.setPlainText of the same in lines of 2,000 characters, and paint"
    return [
        Measured("gigantic_open", 1000 * min(opening), 1000 * floor, "ms CPU", told, "2000 ms"),
        Measured("gigantic_turn", 1000 * longest, 1000 * floor, "ms CPU", told, "200 ms"),
        Measured("gigantic_to_the_end", 1000 * far, 1000 * floor, "ms CPU", told, ""),
    ]


def _work(window: object, place: int) -> Iterator[Callable[[], object]]:
    from annotator.gui.article_view.page import SpanChosen  # noqa: PLC0415 - as above
    from annotator.gui.window import MainWindow  # noqa: PLC0415

    if not isinstance(window, MainWindow):
        raise TypeError(window)
    view = window.pane.view
    bar = view.verticalScrollBar()
    for _ in range(3):
        yield lambda: bar.setValue(bar.value() + view.viewport().height() - 40)
    yield lambda: view.select_range(place, place + 20)
    yield lambda: view.span_chosen.emit(SpanChosen(place, place + 20))
    yield lambda: window.loop.give_status("disputed")
    yield window.commands.undo
    yield window.commands.redo


class _Turns:
    """Turns of the event loop, and how long the longest one took."""

    def __init__(self, turn: Callable[[], object]) -> None:
        self.turn = turn
        self.longest = 0.0

    def go_on(self) -> None:
        """Let everything that is due be laid out and painted."""
        for _ in range(_TURNS):
            self.longest = max(self.longest, _cpu(self.turn))


def _cpu(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def _plain(text: str, turn: Callable[[], object]) -> float:
    from PySide6.QtWidgets import QTextEdit  # noqa: PLC0415 - as above

    edit = QTextEdit()
    edit.resize(800, 850)
    edit.show()
    lines = "\n".join(text[start : start + PIECE] for start in range(0, len(text), PIECE))
    found = min(_cpu(lambda: (edit.setPlainText(lines), turn())) for _ in range(2))
    edit.close()
    return found


def _project(folder: Path, text: str) -> tuple[Path, VersionId]:
    path, person = folder / "gigantic.annot", Annotator(AnnotatorId(new_id()), "Bench")
    Project.create(path, name="Bench", annotator=person)
    with Project.open(path, write=True) as project:
        project.work_as(person.id)
        with project.change("import") as change:
            sha256 = change.put_text(text)
            article = Article(ArticleId(new_id()), publisher="Bench", language="de")
            version = TextVersion(version_id(article.id, sha256), article.id, sha256, title="Bench")
            change.put_all([article, version])
    return path, version.id
