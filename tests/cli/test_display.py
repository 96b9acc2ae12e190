"""A missing library or display is one clear line, never a traceback and never Qt's abort."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.cli.display import missing_library
from annotator.errors import Refused

LOADER = "{name}: cannot open shared object file: No such file or directory"


@pytest.mark.parametrize(
    ("name", "package"), [("libEGL.so.1", "libegl1"), ("libxcb-cursor.so.0", "libxcb-cursor0"), ("libodd.so.7", "")]
)
def test_a_missing_library_is_named_with_the_line_that_installs_it(name: str, package: str) -> None:
    told = missing_library(ImportError(LOADER.format(name=name)))
    assert isinstance(told, Refused)
    assert name in str(told)
    assert (f"apt-get install {package}" in str(told)) == bool(package)


def test_an_error_that_is_not_about_qt_is_a_bug() -> None:
    error = ImportError("cannot import name 'x' from 'annotator.gui'")
    assert missing_library(error) is error
    assert isinstance(missing_library(ImportError("No module named 'PySide6'")), Refused)


def _without_egl(folder: Path) -> dict[str, str]:
    """Return an environment in which importing PySide6 fails as it does on a bare Debian."""
    (folder / "PySide6").mkdir(parents=True)
    message = LOADER.format(name="libEGL.so.1")
    (folder / "PySide6" / "__init__.py").write_text(f"raise ImportError({message!r})\n", encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH", ""))))
    return os.environ | {"PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"}


@pytest.mark.parametrize("words", [[], ["demo"]])
def test_without_a_system_library_there_is_one_line(words: list[str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "annotator", *words, *(["--out", str(tmp_path / "out")] if words else [])]
    environment = _without_egl(tmp_path / "shadow")
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment)
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1
    assert "libEGL.so.1" in ran.stderr
    assert "apt-get install libegl1" in ran.stderr
    assert [Path(line).name for line in ran.stdout.splitlines()] == (
        ["project.annot", "dataset.jsonl", "report.html"] if words else []
    )


WINDOW = """
from annotator.cli.display import require_display
require_display()
from PySide6.QtGui import QGuiApplication
print(QGuiApplication([]).platformName())
"""


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="no Xvfb here")
def test_a_display_that_answers_is_taken() -> None:
    reader, writer = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(writer)], pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    try:
        with os.fdopen(reader) as told:
            number = told.readline().strip()
        environment = {
            key: value for key, value in os.environ.items() if key not in {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY"}
        }
        ran = subprocess.run(
            [sys.executable, "-c", WINDOW],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env=environment | {"DISPLAY": f":{number}"},
        )
    finally:
        server.terminate()
        server.wait(timeout=120)
    assert (ran.returncode, ran.stdout.strip()) == (0, "xcb"), ran.stderr
