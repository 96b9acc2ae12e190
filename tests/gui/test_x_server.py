"""One run of the window on a real X server, with real keys: what the offscreen platform cannot show."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

ROOT = Path(__file__).parents[2]

PROGRAM = """
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.gui import app
from annotator.gui.window import MainWindow
from annotator.services.demo import open_sample

folder = Path(sys.argv[1])


def work():
    assert QApplication.platformName() == "xcb", QApplication.platformName()
    window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
    try:
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)
        view, page = window.pane.view, window.article.page
        view.setFocus()
        start = page.text.index("watched the water climb")
        view.select_range(start, start + 7)
        for _letter in range(4):
            QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClick(view, Qt.Key.Key_1)
        print(window.article.active.text, window.article.active.status)
        assert window.screen().grabWindow(window.winId()).save(str(folder / "window.png"))
    finally:
        window.close()


sys.exit(app.run(open_sample(folder), person="Imani Castellan", on_shown=lambda: QTimer.singleShot(0, work)))
"""


def _environment(home: Path, display: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY"}}
    return kept | {"DISPLAY": display, "ANNOTATOR_HOME": str(home), "PYTHONPATH": str(ROOT)}


@pytest.fixture
def display() -> Iterator[str]:
    """An X server of the test's own."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1440x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    try:
        with os.fdopen(reader) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait(timeout=120)


def test_the_window_is_shown_marks_by_key_and_ends_well(display: str, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=_environment(tmp_path / "home", display),
        cwd=tmp_path,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "watched the alleged"
    assert ran.stderr == ""
    picture = QImage(str(tmp_path / "window.png"))
    assert picture.width() >= 1024
    seen = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
    assert len(seen) > 50


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only X11 has displays that lead nowhere")
@pytest.mark.parametrize(
    ("display", "told"), [("", "there is no display"), (":4711", "the display :4711 does not answer")]
)
def test_a_display_that_leads_nowhere_is_one_line(display: str, told: str, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "annotator", "--sample"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=_environment(tmp_path / "home", display),
        cwd=tmp_path,
    )
    assert ran.returncode == 1
    assert ran.stdout == ""
    (line,) = ran.stderr.splitlines()
    assert line.startswith(f"annotator: {told}")
    assert "annotator demo" in line
