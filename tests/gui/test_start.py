"""What a start does without until the window is shown, and that dressing the window last changes nothing in it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from annotator.gui.theme import apply_colours, load_theme, style_sheet
from annotator.gui.window import MainWindow
from tests import making

_SCRIPT = """
import enum, os, sys
made, create = [], enum.EnumType._create_
def noted(cls, name, members, **how):
    made.append(name)
    return create(cls, name, members, **how)
enum.EnumType._create_ = noted
import linecache
from pathlib import Path
import annotator
from annotator.__main__ import open_window
def shown():
    ours = str(Path(annotator.__file__).parent) + os.sep
    sources = {"source:" + Path(file).name for file in linecache.cache if file.startswith(ours)}
    print(*made, *sys.modules, *sources, flush=True)
    os._exit(0)
open_window(Path(sys.argv[1]), "", False, shown)
"""


def test_a_start_makes_no_types_of_qt_that_nobody_sees(tmp_path: Path) -> None:
    path = making.new_project(tmp_path)
    with making.opened(path) as project, project.change("mark") as change:
        making.put_mark(change, making.put_article(change))
    environment = {**os.environ, "ANNOTATOR_HOME": str(tmp_path / "home"), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(path)], env=environment, capture_output=True, text=True, check=True
    )
    seen = set(done.stdout.split())
    assert "ItemDataRole" in seen, "the types are noted"
    for owner, name in (("QStyle", "StandardPixmap"), ("QLocale", "Territory"), ("all widgets", "TabPosition")):
        assert name not in seen, f"the enums of {owner} were made"
    assert not {"spacy", "sqlite_utils", "html", "click", "filelock", "hashlib", "annotator.store.writing"} & seen
    assert not {one for one in seen if one.startswith("source:")}, "source files are read"


def _picture(app: QApplication, path: Path, *, dressed_first: bool) -> QImage:
    theme = load_theme("light")
    apply_colours(app, theme)
    app.setStyleSheet(style_sheet(theme) if dressed_first else "")
    window = MainWindow(person=making.ADA.name)
    app.setStyleSheet(style_sheet(theme))
    window.resize(1440, 900)
    assert window.open_path(path)
    window.show()
    QCoreApplication.sendPostedEvents()
    window.top.person.setFocus()  # no caret blinks
    picture = window.grab().toImage()
    window.close()
    window.speakers.wait()
    window.deleteLater()
    return picture


def test_a_window_dressed_as_a_whole_looks_like_one_built_dressed(
    qapp: QApplication, light_theme: None, tmp_path: Path
) -> None:
    del light_theme
    path = making.new_project(tmp_path)
    with making.opened(path) as project, project.change("mark") as change:
        version = making.put_article(change)
        for start in (4, 24, 60):
            making.put_mark(change, version, start, start + 12)
    assert _picture(qapp, path, dressed_first=False) == _picture(qapp, path, dressed_first=True)


_REFUSED = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from annotator.__main__ import main
from annotator.gui import app
def told():
    (window,) = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    words = [one.text().replace("\\n", " ") for kind in (QLabel, QPushButton) for one in window.findChildren(kind)
             if one.isVisible() and one.text()]
    print("shown", window.centre.currentWidget() is window.start, window.notices.toast.isVisible(), *words, sep="|")
    window.close()
run = app.run
app.run = lambda *words, **more: run(*words, **more | {"on_shown": lambda: QTimer.singleShot(0, told)})
sys.exit(main(sys.argv[1:]))
"""


def _damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100:] = b"\xff" * (len(content) - 100)
    path.write_bytes(content)


def _no_project(path: Path) -> None:
    path.write_text("not a project\n" * 100, encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_damaged, ["story.annot is damaged", "Rescue to a new file"]),
        (_no_project, ["story.annot: this is not a project file"]),
    ],
)
@pytest.mark.parametrize("command", [(), ("open",)])
def test_a_file_that_cannot_be_opened_is_told_in_the_window_that_was_started_with_it(
    tmp_path: Path, spoil: Callable[[Path], None], words: list[str], command: tuple[str, ...]
) -> None:
    path = making.new_project(tmp_path, "story")
    spoil(path)
    before = path.read_bytes()
    environment = {**os.environ, "ANNOTATOR_HOME": str(tmp_path / "home"), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", _REFUSED, *command, str(path)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    shown, on_start, noticed, *told = done.stdout.strip().split("|")
    assert (shown, on_start, noticed) == ("shown", "True", "True")
    for one in words:
        assert any(one in line for line in told), told
    assert path.read_bytes() == before
