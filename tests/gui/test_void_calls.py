"""Calls of Qt that return nothing must not use None up: PySide6 6.12.0 does, and Python 3.11 aborts in the end."""

import subprocess
import sys

import pytest

CALLS = 20_000

PROGRAM = f"""
import sys
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

app = QApplication([])
timer, thing, widget = QTimer(), QObject(), QWidget()
before = sys.getrefcount(None)
for _ in range({CALLS}):
    timer.setInterval(5)
    thing.setObjectName("a name")
    widget.update()
    thing.blockSignals(False)
print(before - sys.getrefcount(None))
"""


def test_twenty_thousand_void_calls_survive() -> None:
    ran = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on: nothing is counted")
def test_void_calls_take_no_reference_of_none() -> None:
    ran = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120, check=True)
    assert abs(int(ran.stdout)) < CALLS // 100
