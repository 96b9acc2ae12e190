"""Hostile files as the system sees them: what is no file, damaged, in the wrong mode, or has something beside it."""

import os
import socket
import struct
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator.killable import Worker
from annotator.store import foreign
from tests.store.foreign.forging import Desk, sql
from tests.store.merging import desks

posix = pytest.mark.skipif(os.name != "posix", reason="files of these kinds are Unix's")


def changed(desk: Desk, change: Callable[[bytearray], object]) -> Path:
    """Return a copy of the colleague's file with other bytes."""
    path = desk.folder / "hostile.annot"
    content = bytearray(desk.theirs.read_bytes())
    change(content)
    path.write_bytes(content)
    return path


def put(place: int, value: bytes) -> Callable[[bytearray], None]:
    """Return what puts bytes at a place."""

    def change(content: bytearray) -> None:
        content[place : place + len(value)] = value

    return change


def cut(length: int) -> Callable[[bytearray], None]:
    """Return what cuts a file short, from its end where the length is negative."""

    def change(content: bytearray) -> None:
        del content[length:]

    return change


def _shuffle(content: bytearray) -> None:
    pages = [content[begin : begin + 4096] for begin in range(4096, len(content), 4096)]
    content[4096:] = b"".join(reversed(pages))


FILES: dict[str, tuple[Callable[[bytearray], object], str]] = {
    "nothing": (cut(0), "the file is empty"),
    "half a header": (cut(50), "this is not a project file"),
    "a text": (put(0, b"Dear colleague, "), "this is not a project file"),
    "a header alone": (cut(100), "its end is missing"),
    "half of it": (cut(-20_480), "its end is missing"),
    "a page less": (cut(-4096), "its end is missing"),
    "a byte less": (cut(-1), "its end is missing"),
    "WAL mode for writers": (put(18, b"\x02"), "WAL journal mode"),
    "WAL mode for readers": (put(19, b"\x02"), "WAL journal mode"),
    "UTF-16": (put(56, struct.pack(">I", 2)), "its texts are not in UTF-8"),
    "a page size that is none": (put(16, b"\x00\x03"), "the file is damaged"),
    "the largest page size": (put(16, b"\x00\x01"), "the file is damaged"),
    "pages of another size": (put(16, b"\x02\x00"), ""),
    "a file format to come": (put(18, b"\x09\x09"), "the file is damaged"),
    "reserved space without end": (put(20, b"\xff"), ""),
    "more pages than there are": (put(28, b"\x00\xff\xff\xff"), "its end is missing"),
    "free pages without end": (put(32, struct.pack(">II", 3, 1 << 30)), "the file is damaged"),
    "a page of noise": (put(2 * 4096, b"\x55" * 4096), "the file is damaged"),
    "a page of nothing": (put(2 * 4096, bytes(4096)), "the file is damaged"),
    "a first page of nothing": (put(100, bytes(3_996)), ""),
    "a schema of noise": (put(100, b"\xff" * 3_996), "the file is damaged"),
    "pages in another order": (_shuffle, "the file is damaged"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_whole_is_refused_by_name(desk: Desk, name: str) -> None:
    change, told = FILES[name]
    refusal = desk.outcome(changed(desk, change))
    assert refusal != "merged"
    assert told in refusal


def test_something_behind_the_end_does_no_harm(desk: Desk) -> None:
    assert desk.outcome(changed(desk, lambda content: content.extend(b"tail" * 5_000))) == "merged"


def test_another_page_size_does_no_harm(desk: Desk) -> None:
    path = desk.tampered("hostile", sql("PRAGMA page_size = 65536", "VACUUM"), chained=False)
    assert path.read_bytes()[16:18] == b"\x00\x01"
    assert desk.outcome(path) == "merged"


def test_the_project_itself_is_refused_under_any_name(desk: Desk) -> None:
    assert "this is the project itself" in desk.outcome(desk.own)
    for make in (os.link, os.symlink):
        other = desk.folder / "other-name.annot"
        make(desk.own, other)
        assert "this is the project itself" in desk.outcome(other)
        other.unlink()


def test_a_link_to_a_colleagues_file_is_that_file(desk: Desk) -> None:
    link = desk.folder / "link.annot"
    link.symlink_to(desk.theirs)
    assert desk.outcome(link) == "merged"
    link.unlink()


def test_what_is_no_file_is_refused_at_once(desk: Desk) -> None:
    folder = desk.folder / "folder.annot"
    folder.mkdir(exist_ok=True)
    assert "this is a folder" in desk.outcome(folder)
    assert "there is no such file" in desk.outcome(desk.folder / "nowhere.annot")
    assert "the system says" in desk.outcome(desk.theirs / "inside.annot")
    assert "the system says" in desk.outcome(desk.folder / ("x" * 1_000))


@posix
def test_pipes_sockets_and_devices_are_not_waited_for(desk: Desk) -> None:
    pipe = desk.folder / "pipe.annot"
    os.mkfifo(pipe)
    assert "this is a device, not a file" in desk.outcome(pipe)
    pipe.unlink()
    with closing(socket.socket(socket.AF_UNIX)) as listening:
        # Addresses of sockets are short.
        folder = os.open(desk.folder, os.O_RDONLY)
        try:
            listening.bind(f"/proc/self/fd/{folder}/s.annot" if Path("/proc/self/fd").is_dir() else "s.annot")
        except OSError as error:
            pytest.skip(f"no socket here: {error}")
        finally:
            os.close(folder)
        assert "this is a device, not a file" in desk.outcome(desk.folder / "s.annot")
        (desk.folder / "s.annot").unlink()
    for device in ("/dev/zero", "/dev/null", "/dev/tty"):
        if Path(device).exists():
            assert "this is a device, not a file" in desk.outcome(Path(device))


@posix
def test_a_file_that_may_not_be_read_is_refused(desk: Desk) -> None:
    path = desks.copied(desk.theirs, "hostile")
    path.chmod(0)
    if os.access(path, os.R_OK):
        path.chmod(0o600)
        pytest.skip("this user may read everything")
    assert "may not be read" in desk.outcome(path)
    path.chmod(0o600)


def test_a_file_of_nine_gigabytes_is_refused_at_once(desk: Desk) -> None:
    path = desks.copied(desk.theirs, "hostile")
    with path.open("r+b") as stream:
        try:
            stream.truncate(9 << 30)
        except OSError as error:
            pytest.skip(f"no file as large as that here: {error}")
    assert "the file is too large" in desk.outcome(path)
    path.unlink()


def test_what_takes_too_long_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign, "_SECONDS", 0.0)
    assert "reading it takes too long" in desk.outcome(desk.theirs)
    monkeypatch.setattr(foreign, "_GRACE", 0.0)
    assert "reading it takes too long" in desk.outcome(desk.theirs)


@pytest.mark.skipif(sys.platform != "linux", reason="only there the system limits a process's memory")
def test_what_takes_too_much_memory_is_refused(desk: Desk) -> None:
    path = desk.tampered("hostile", sql("UPDATE blob SET content = zeroblob(100000000)"), chained=False)
    with Worker(memory=200 << 20) as small:
        assert "too much memory" in Desk.outcome(_with(desk, small), path)
    path.unlink()


def _with(desk: Desk, worker: Worker) -> Desk:
    other = object.__new__(Desk)
    other.__dict__ |= desk.__dict__ | {"worker": worker}
    return other


@posix
def test_no_space_for_a_copy_is_told(desk: Desk) -> None:
    with Worker(file_bytes=10_000) as small:
        assert "there is no space" in Desk.outcome(_with(desk, small), desk.theirs)
