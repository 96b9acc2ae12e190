"""A full disk under the window: what was typed or chosen stays, a banner says so, Retry makes the same change."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import making

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mounts of Linux")

SCRIPT = """
import subprocess, sys
from pathlib import Path
from PySide6.QtCore import QEvent, QCoreApplication, Qt
from PySide6.QtTest import QTest
from annotator.model.records import Claim, Mention
from annotator.store.check import check
from annotator.store.project import Project
from tests.gui import scenes
disk = Path(sys.argv[1]) / "disk"
disk.mkdir()
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "none", disk], check=True)
path = disk / "lanner.annot"
scenes.make_project(path)
filler = disk / "filler"

def fill():
    with filler.open("wb", buffering=0) as stream:
        try:
            while stream.write(b"x" * 4096):
                pass
        except OSError:
            pass

with scenes.scene(path) as window:
    project, view = window.hub.project, window.pane.view
    words = "He said that he heard the winches"
    marks = project.count(Mention)
    fill()
    scenes.select(window, words)
    before = view.selected_range()
    QTest.keyClick(view, Qt.Key.Key_2)
    print(window.banner.isVisible(), window.banner.text.text())
    print(view.selected_range() == before, project.count(Mention) == marks)
    window.banner.retry.click()
    print(window.banner.isVisible(), project.count(Mention) == marks)
    filler.unlink()
    window.banner.retry.click()
    scenes.settle()
    row = window.article.active
    print(window.banner.isVisible(), project.count(Mention) == marks + 1, row.text == words, row.status)
    print(view.selected_range()[0] == view.selected_range()[1])
    fill()
    QTest.keyClick(view, Qt.Key.Key_S)
    finder = window.commands.speaker_popup.finder
    QTest.keyClicks(finder.field, "Nobody of before")
    QTest.keyClick(finder.field, Qt.Key.Key_Return)
    print(window.banner.isVisible(), finder.isVisible(), finder.query())
    filler.unlink()
    window.banner.retry.click()
    print(window.banner.isVisible(), finder.isVisible(), window.article.row(row.mention_id).speaker)
    fill()
    QTest.keyClick(view, Qt.Key.Key_N)
    window.inspector.focus_note()
    QTest.keyClicks(window.focusWidget(), "The winches are heard twice.")
    print(window.inspector.commit_all(), window.banner.isVisible())
    filler.unlink()
    window.banner.retry.click()
    print(window.banner.isVisible(), project.get(Mention, row.mention_id).note, window.inspector.commit_all())
    print(check(project).findings)
with Project.open(path, write=False) as project:
    print(project.count(Mention) == marks + 1, check(project).findings)
"""


def test_what_was_chosen_and_typed_stays_until_it_is_saved(tmp_path: Path) -> None:
    probe = subprocess.run(["unshare", "-Urm", "true"], capture_output=True, check=False)
    command = ("unshare", "-Urm") if probe.returncode == 0 else ("unshare", "-m")
    if probe.returncode != 0 and os.geteuid() != 0:
        pytest.skip("no small disk can be mounted here: unshare -Urm is not allowed")
    done = subprocess.run(
        [*command, sys.executable, "-c", SCRIPT, tmp_path],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=making.ROOT,
    )
    assert done.returncode == 0, done.stderr
    full = "Not saved: the disk is full; free some space and try again"
    assert done.stdout.splitlines() == [
        f"True {full}",
        "True True",
        "True True",
        "False True True disputed",
        "True",
        "True True Nobody of before",
        "False False Nobody of before",
        "False True",
        "False The winches are heard twice. True",
        "()",
        "True ()",
    ]
