"""Compares pictures with golden ones; run as a program it draws the small window: `pictures PROJECT FOLDER STATE…`."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtGui import QImage

TOLERANCE: Final = 0.001
"""The share of a picture's pixels that may differ."""
NEAR: Final = 8
"""So far apart two channels (0 to 255) may be and still be the same."""

_ROOT: Final = Path(__file__).parents[2]
_CHANNELS: Final = 4
_RED: Final = b"\x00\x00\xff\xff"


@dataclass(frozen=True)
class Golden:
    """The pictures in a folder: compares with them, or rewrites them."""

    folder: Path
    failures: Path
    update: bool

    def check(self, picture: QImage, name: str) -> None:
        """Fail where the picture is not the golden one of this name."""
        path = self.folder / f"{name}.png"
        if self.update:
            if not path.exists() or not same(QImage(str(path)), picture):
                path.parent.mkdir(parents=True, exist_ok=True)
                assert picture.convertToFormat(QImage.Format.Format_RGB32).save(str(path), None, 0)  # 0: smallest
            return
        if not path.exists():
            self._keep(picture, name)
            pytest.fail(f"there is no golden picture {path}; --update-golden makes it")
        golden = QImage(str(path))
        if not same(golden, picture):
            self._keep(picture, name)
            marked(golden, picture).save(str(self.failures / f"{name}.difference.png"))
            share = difference(golden, picture)
            pytest.fail(f"{share:.2%} of {name} differ: look at {self.failures}; --update-golden where that is right")

    def _keep(self, picture: QImage, name: str) -> None:
        self.failures.mkdir(parents=True, exist_ok=True)
        picture.save(str(self.failures / f"{name}.png"))


def same(one: QImage, other: QImage) -> bool:
    """Tell whether no more than a thousandth of the pixels differ."""
    return difference(one, other) <= TOLERANCE


def difference(one: QImage, other: QImage) -> float:
    """Return the share of pixels that differ, 0.0 to 1.0; 1.0 for pictures of different sizes."""
    if one.size() != other.size():
        return 1.0
    return len(_different(_bytes(one), _bytes(other))) / (one.width() * one.height())


def marked(one: QImage, other: QImage) -> QImage:
    """Return the second picture, faint, with the pixels that differ from the first in red."""
    picture = other.convertToFormat(QImage.Format.Format_Grayscale8).convertToFormat(QImage.Format.Format_RGB32)
    pixels = bytearray(128 + value // 2 for value in _bytes(picture))
    if one.size() == other.size():
        for place in _different(_bytes(one), _bytes(other)):
            pixels[place : place + _CHANNELS] = _RED
    return QImage(bytes(pixels), picture.width(), picture.height(), QImage.Format.Format_RGB32).copy()


def spoil(picture: QImage, count: int) -> None:
    """Change so many pixels, from the first on."""
    width = picture.width()
    for place in range(count):
        colour = picture.pixelColor(place % width, place // width)
        picture.setPixelColor(place % width, place // width, colour.lighter(300) if colour.value() < 99 else "#102030")


def _bytes(picture: QImage) -> bytes:
    return bytes(picture.convertToFormat(QImage.Format.Format_RGB32).constBits())


def _different(one: bytes, other: bytes) -> list[int]:
    """Return where pixels begin that differ; rows that are the same are passed over at once."""
    step = 4096
    found: list[int] = []
    for start in range(0, len(one), step):
        if one[start : start + step] != other[start : start + step]:
            end = min(start + step, len(one))
            found += [place for place in range(start, end, _CHANNELS) if _apart(one, other, place)]
    return found


def _apart(one: bytes, other: bytes, place: int) -> bool:
    return any(abs(one[at] - other[at]) > NEAR for at in range(place, place + 3))


def at_twice_the_size(project: Path, folder: Path, names: Sequence[str]) -> dict[str, QImage]:
    """Return pictures of states of the smallest window on a project at 200 %, by the states' names.

    Qt takes the factor once a process: they are drawn in another, all in one.
    """
    folder.mkdir()
    command = [sys.executable, "-m", "tests.gui.pictures", str(project), str(folder), *names]
    subprocess.run(command, check=True, timeout=240, env=os.environ | {"QT_SCALE_FACTOR": "2"}, cwd=_ROOT)
    found = {name: QImage(str(folder / f"{name}.png")) for name in names}
    assert {(one.width(), one.height()) for one in found.values()} == {(2048, 1280)}
    return found


def main(project: Path, folder: Path, *names: str) -> None:
    """Draw states of the smallest window on a project, at the factor that the environment names."""
    from tests.gui import keeping_states, scenes, states  # noqa: PLC0415 - a window is needed here only

    known = {states.name_of(one): one for one in (*states.STATES, *keeping_states.STATES)}
    for name in names:
        with known[name](project) as window:
            window.resize(1024, 640)
            states.without_places(window)
            scenes.settle()
            assert window.grab().save(str(folder / f"{name}.png"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
