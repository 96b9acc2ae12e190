"""How late the window's heart beats while 10,000 articles are imported, indexed, exported and backed up beside it.

Each job is the window's own, on its own thread and connection. Beats are time on the wall, so the neighbours on the
machine are in them: the floor is a bare process with nothing to do that beats at the same time. Besides: what the
window then holds in memory, and how long the first results of a search take.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from annotator.model.ids import AnnotatorId, new_id
from annotator.model.records import Annotator
from annotator.store.project import Project
from benchmarks import dataset
from benchmarks.table import Measured, Run

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


ARTICLES: Final = 10_000
"""With 25 mentions each."""

_BEAT_MS: Final = 10
_LEAST_MS: Final = 300
"""How long the heart beats at least: some jobs are through in a moment."""

_LEAST_BEATS: Final = 30
_SEARCHES: Final = ("mayor", "replaced pipes", "Minutes of the committee", "harbour")


def measure(run: Run) -> list[Measured]:
    """Measure the four jobs of 10,000 articles (1,000 when small)."""
    os.environ["ANNOTATOR_HOME"] = str(run.folder / "home")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    articles = ARTICLES // 10 if run.small else ARTICLES
    lines, path = run.folder / "dataset.jsonl", run.folder / "large.annot"
    dataset.write(lines, articles)
    Project.create(path, name="Large", annotator=Annotator(AnnotatorId(new_id()), "Bench"))
    heart = _Heart(path)
    jobs: dict[str, Callable[[], None]] = {
        "look": lambda: heart.import_looked_at(lines),
        "import": heart.imported,
        "index": heart.indexed,
        "export": lambda: heart.exported(run.folder / "out.jsonl"),
        "backup": heart.backed_up,
    }
    figures = [figure for name, begin in jobs.items() for figure in heart.listen(name, begin)]
    figures.append(heart.search())
    heart.close()
    return [*figures, _memory(path)]


class _Witness:
    """A process of its own that does nothing but beat: how late it is, the machine makes it."""

    def __init__(self) -> None:
        command = [sys.executable, "-c", _BEATING, str(_BEAT_MS)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self._process.stdout is not None:  # as asked for
            self._process.stdout.readline()  # it beats

    def lateness(self) -> list[float]:
        """End it, and return by how many milliseconds each of its beats was late."""
        told, _errors = self._process.communicate()
        return [float(word) for word in told.split()]


_BEATING: Final = """
import sys, threading, time
beat, late = int(sys.argv[1]), []
over = threading.Thread(target=sys.stdin.read, daemon=True)
over.start()
print("beats", flush=True)
last = time.perf_counter()
while over.is_alive():
    time.sleep(beat / 1000)
    now = time.perf_counter()
    late.append(max(0.0, 1000 * (now - last) - beat))
    last = now
print(*late)
"""


class _Heart:
    """A shown window on a project, and how late its timer was each time."""

    def __init__(self, path: Path) -> None:
        from annotator.gui.app import Pulse, application  # noqa: PLC0415 - Qt is wanted by these benchmarks only
        from annotator.gui.window import MainWindow  # noqa: PLC0415

        self.app: QApplication = application()
        self.window: MainWindow = MainWindow()
        self.window.open_path(path)
        self.window.resize(1440, 900)
        self.window.show()
        Pulse(self.window)
        # The quiet backup after opening is one of the jobs that are measured, at a time of its own.
        self.window.commands.files.keeping.opened.stop()
        self.app.processEvents()

    def listen(self, name: str, begin: Callable[[], None]) -> list[Measured]:
        """Return how late beats were beside a job: 99 of 100, and the latest; each against a process that idles."""
        begun, witness = time.perf_counter(), _Witness()
        beside = self._lateness(lambda: not self.window.commands.files.is_at_work, begin)
        idle = witness.lateness()
        print(f"  {name}: {time.perf_counter() - begun:.1f} s, {len(beside)} beats", flush=True)
        quiet = "a bare process at the same time"
        return [
            Measured(f"{name}_99_of_100", _at(beside, 0.99), _at(idle, 0.99), "ms late", quiet, "50 ms"),
            Measured(f"{name}_latest", max(beside), max(idle), "ms late", quiet, "150 ms"),
        ]

    def _lateness(self, over: Callable[[], bool], begin: Callable[[], None]) -> list[float]:
        """Let the window's event loop run until it is over, and return by how many milliseconds each beat was late."""
        from PySide6.QtCore import QEventLoop, Qt, QTimer  # noqa: PLC0415 - as above

        loop, late = QEventLoop(), list[float]()
        heart = QTimer()
        heart.setTimerType(Qt.TimerType.PreciseTimer)
        heart.setInterval(_BEAT_MS)
        start = last = time.perf_counter()

        def beat() -> None:
            nonlocal last
            now = time.perf_counter()
            late.append(max(0.0, 1000 * (now - last) - _BEAT_MS))
            last = now
            if over() and now - start > _LEAST_MS / 1000 and len(late) >= _LEAST_BEATS:
                loop.quit()

        heart.timeout.connect(beat)
        heart.start()
        QTimer.singleShot(0, begin)
        loop.exec()
        heart.stop()
        return late

    # The jobs, each begun as the window begins it

    def import_looked_at(self, lines: Path) -> None:
        """Look at a dataset until the sheet says what would become of it."""
        self.window.commands.files.import_paths([str(lines)])

    def imported(self) -> None:
        """Press "Add" on that sheet; the backup after an import follows by itself."""
        sheet = self.window.commands.files.imports.sheet
        if sheet is None:
            raise AssertionError("the sheet of the import is not there")
        sheet.page.add.click()

    def indexed(self) -> None:
        """Index as the palette does when it is opened."""
        if not self.window.commands.palette.bring_up_to_date(lambda: None):
            raise AssertionError("there is nothing to index")

    def exported(self, path: Path) -> None:
        """Write the dataset as the menu does when a path was chosen."""
        from annotator.formats import jsonl  # noqa: PLC0415 - as above
        from annotator.services.exporting import export_project  # noqa: PLC0415 - as above

        job = self.window.commands.files.job
        job.run("", lambda beside: export_project(beside, path, writer=jsonl.WRITER), done=_nothing, cancelled=_nothing)

    def backed_up(self) -> None:
        """Take a backup as the window does by itself, whatever was taken before."""
        from annotator.services import annotating  # noqa: PLC0415 - as above

        version = self.window.articles.model.rows[0].version  # as read before: no reading is part of this job
        self.window.hub.do(annotating.mark, version.id, [(0, 20)], status="disputed")
        self.window.commands.files.keeping.take_quietly("interval")

    def search(self) -> Measured:
        """Type words and let the results be painted; the median of several."""
        palette = self.window.commands.palette
        palette.open_project()
        self.app.processEvents()
        found: list[float] = []
        for words in _SEARCHES:
            begin = time.process_time()
            palette.finder.field.setText(words)  # which looks for them, as typing does
            self.app.processEvents()
            found.append(1000 * (time.process_time() - begin))
        begin = time.process_time()
        palette.finder.update()
        self.app.processEvents()
        floor = 1000 * (time.process_time() - begin)
        palette.overlay.close_card()
        return Measured("search", sorted(found)[len(found) // 2], floor, "ms CPU", "one repaint", "100 ms")

    def close(self) -> None:
        """Close the window."""
        self.window.close()
        self.app.processEvents()


def _nothing(_result: object) -> None:
    """Nothing is told here."""


def _at(values: list[float], share: float) -> float:
    """Return the value that a share of all do not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def peak() -> float:
    """Return how many megabytes this process held at most.

    The system's own line: what `resource` says is at least what the process held that began this one.
    """
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1000


def _memory(path: Path) -> Measured:
    """Measure what a process holds at most that opens the project, shows its first article, and lets go of nothing."""
    from benchmarks.window import least_cpu  # noqa: PLC0415 - Qt is wanted by these benchmarks only

    return Measured("memory", least_cpu(_OPENED, str(path)), least_cpu(_BARE), "MB", "a bare PySide6 window", "300 MB")


_OPENED: Final = """
import os, sys
from benchmarks.heartbeat import peak
from pathlib import Path
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from annotator.gui.app import application
from annotator.gui.window import MainWindow
app = application()
window = MainWindow()
window.open_path(Path(sys.argv[1]))
window.show()
for _ in range(20):
    window.articles.choose_next(1)
    app.processEvents()
window.speakers.wait()
print(peak(), flush=True)
os._exit(0)
"""

_BARE: Final = """
from benchmarks.heartbeat import peak
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.show()
app.processEvents()
print(peak(), flush=True)
"""
