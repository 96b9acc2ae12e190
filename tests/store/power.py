"""A disk that loses its power: replays a program's system calls up to a moment, and leaves of the rest what it likes.

What was not synced may be on the disk or not, each 512-byte sector for itself; so may names that were made, moved or
taken away in a folder that was not synced since, in their order. What was synced is there.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.store.tracing import Call

CALLS = (
    "openat,open,creat,close,dup,dup2,dup3,write,writev,pwrite64,pwritev,pwritev2,lseek,fsync,fdatasync,ftruncate,"
    "truncate,fallocate,unlink,unlinkat,rename,renameat,renameat2,link,linkat,mmap,sync_file_range,sendfile,"
    "copy_file_range"
)
"""Every call that may change a file or a folder."""

_SECTOR = 512
_REFUSED = frozenset({"pwritev", "pwritev2", "writev", "truncate", "fallocate", "sendfile", "copy_file_range", "creat"})
"""Calls that nothing here makes on a project; the model does not know them."""


class Event(NamedTuple):
    """What a call did to the disk: `what` is write, cut, sync, name, unname, sync folder or said."""

    what: str
    inode: int = 0
    name: str = ""
    offset: int = 0
    content: bytes = b""


@dataclass
class _Open:
    inode: int
    offset: int = 0
    appends: bool = False
    is_folder: bool = False


class _Reader:
    """Follows descriptors and names through the calls."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder).rstrip("/")
        self._open: dict[int, _Open] = {}
        self._inodes: dict[str, int] = {}
        self._count = 0

    def events(self, calls: Sequence[Call]) -> Iterator[Event]:
        for call in calls:
            act = getattr(self, f"_{call.name}", None)
            if act is not None:
                yield from act(call)
            elif call.name in _REFUSED and call.number(0) in self._open:
                raise AssertionError(f"the model of the disk does not know {call.name}")

    def _name(self, raw: bytes) -> str:
        """Return a path's name in the folder, "" for one elsewhere."""
        path = raw.decode(errors="replace")
        if not path.startswith(f"{self._folder}/"):
            assert path.startswith(("/", "/proc/")) or not self._inodes, f"a path that leads from nowhere: {path}"
            return ""
        name = path[len(self._folder) + 1 :]
        assert "/" not in name
        return name

    def _new(self) -> int:
        self._count += 1
        return self._count

    def _openat(self, call: Call) -> Iterator[Event]:
        path, flags = call.strings[0].decode(errors="replace"), call.arguments
        self._open.pop(call.result, None)
        if path == self._folder and "O_TMPFILE" not in flags:
            self._open[call.result] = _Open(0, is_folder=True)
            return
        if "O_TMPFILE" in flags:
            if path == self._folder:
                self._open[call.result] = _Open(self._new())
            return
        if not path.startswith(f"{self._folder}/"):
            return
        name = self._name(call.strings[0])
        if name not in self._inodes:
            self._inodes[name] = self._new()
            yield Event("name", self._inodes[name], name)
        elif "O_TRUNC" in flags:
            yield Event("cut", self._inodes[name], offset=0)
        self._open[call.result] = _Open(self._inodes[name], appends="O_APPEND" in flags)

    def _close(self, call: Call) -> Iterator[Event]:
        self._open.pop(call.number(0), None)
        yield from ()

    def _dup(self, call: Call) -> Iterator[Event]:
        self._open.pop(call.result, None)
        if call.number(0) in self._open:
            self._open[call.result] = self._open[call.number(0)]
        yield from ()

    _dup2 = _dup3 = _dup

    def _lseek(self, call: Call) -> Iterator[Event]:
        if (one := self._open.get(call.number(0))) is not None:
            one.offset = call.result
        yield from ()

    def _write(self, call: Call) -> Iterator[Event]:
        content = call.strings[0][: call.result] if call.strings else b""
        if call.number(0) == 1:
            yield from (Event("said", name=line) for line in content.decode().splitlines())
        elif (one := self._open.get(call.number(0))) is not None:
            assert not one.appends
            yield Event("write", one.inode, offset=one.offset, content=content)
            one.offset += call.result

    def _pwrite64(self, call: Call) -> Iterator[Event]:
        if (one := self._open.get(call.number(0))) is not None:
            yield Event("write", one.inode, offset=call.number(3), content=call.strings[0][: call.result])

    def _ftruncate(self, call: Call) -> Iterator[Event]:
        if (one := self._open.get(call.number(0))) is not None:
            yield Event("cut", one.inode, offset=call.number(1))

    def _fsync(self, call: Call) -> Iterator[Event]:
        if (one := self._open.get(call.number(0))) is not None:
            yield Event("sync folder") if one.is_folder else Event("sync", one.inode)

    _fdatasync = _fsync

    def _unlink(self, call: Call) -> Iterator[Event]:
        if name := self._name(call.strings[0]):
            self._inodes.pop(name)
            yield Event("unname", name=name)

    _unlinkat = _unlink

    def _linkat(self, call: Call) -> Iterator[Event]:
        source, target = call.strings[0].decode(), self._name(call.strings[1])
        if target:
            inode = (
                self._open[int(source.rsplit("/", 1)[1])].inode
                if source.startswith("/proc/self/fd/")
                else self._inodes[self._name(call.strings[0])]
            )
            self._inodes[target] = inode
            yield Event("name", inode, target)

    _link = _linkat

    def _rename(self, call: Call) -> Iterator[Event]:
        source, target = self._name(call.strings[0]), self._name(call.strings[1])
        if source or target:
            inode = self._inodes[target] = self._inodes.pop(source)
            # One step of the folder's journal: both names change, or neither.
            yield Event("move", inode, target, content=source.encode())

    _renameat = _renameat2 = _rename

    def _mmap(self, call: Call) -> Iterator[Event]:
        descriptor = call.arguments.split(", ")[4]
        if "MAP_SHARED" in call.arguments and "PROT_WRITE" in call.arguments and descriptor.isdigit():
            assert int(descriptor) not in self._open, "a file that is written through memory"
        yield from ()


def events_of(calls: Sequence[Call], folder: Path) -> list[Event]:
    """Return what calls did to the files of a folder, and what the program said meanwhile."""
    return list(_Reader(folder).events(calls))


@dataclass
class _File:
    content: bytearray = field(default_factory=bytearray)
    pending: list[Event] = field(default_factory=list[Event])

    def synced(self) -> None:
        for one in self.pending:
            _apply(self.content, one)
        self.pending.clear()


def _apply(content: bytearray, event: Event) -> None:
    if event.what == "cut":
        del content[event.offset :]
        content.extend(bytes(event.offset - len(content)))
        return
    content.extend(bytes(max(0, event.offset + len(event.content) - len(content))))
    content[event.offset : event.offset + len(event.content)] = event.content


class Disk:
    """What is on a disk for certain, and what is on its way."""

    def __init__(self) -> None:
        self._files: dict[int, _File] = {}
        self._names: dict[str, int] = {}
        self._pending: list[Event] = []

    def take(self, event: Event) -> None:
        """Do what an event says."""
        if event.what in {"write", "cut"}:
            self._file(event.inode).pending.append(event)
        elif event.what == "sync":
            self._file(event.inode).synced()
        elif event.what == "sync folder":
            for one in self._pending:
                _rename(self._names, one)
            self._pending.clear()
        elif event.what != "said":
            self._pending.append(event)

    def _file(self, inode: int) -> _File:
        return self._files.setdefault(inode, _File())

    def after_power_loss(self, dice: random.Random) -> dict[str, bytes]:
        """Return a state in which the disk may be found: the content of each file by its name."""
        names = dict(self._names)
        kept = dice.choice((0, len(self._pending), dice.randint(0, len(self._pending))))
        for one in self._pending[:kept]:
            _rename(names, one)
        contents = {inode: _left(file, dice) for inode, file in self._files.items()}
        return {name: contents.get(inode, b"") for name, inode in names.items()}


def _rename(names: dict[str, int], event: Event) -> None:
    if event.what == "move":
        names.pop(event.content.decode(), None)
    if event.what == "unname":
        names.pop(event.name, None)
    else:
        names[event.name] = event.inode


def _left(file: _File, dice: random.Random) -> bytes:
    content = bytearray(file.content)
    mood = dice.choice(("all", "none", "some", "some"))
    for one in file.pending if mood != "none" else ():
        fate = "whole" if mood == "all" else dice.choice(("whole", "lost", "torn"))
        if fate == "whole":
            _apply(content, one)
        elif fate == "torn" and one.what == "write":
            for begin in range(0, len(one.content), _SECTOR):
                if dice.random() < 0.5:
                    part = one.content[begin : begin + _SECTOR]
                    _apply(content, Event("write", offset=one.offset + begin, content=part))
    return bytes(content)


class State(NamedTuple):
    """Files as found after the power came back, and what the program had said before it went."""

    files: dict[str, bytes]
    said: tuple[str, ...]


def states(events: Sequence[Event], count: int, seed: int) -> Iterator[State]:
    """Yield states after a loss of power at random moments, in the order of time."""
    dice = random.Random(seed)  # noqa: S311 - moments, no secret
    cuts = sorted(dice.randint(1, len(events)) for _ in range(count))
    disk, done = Disk(), 0
    said: list[str] = []
    for cut in cuts:
        for event in events[done:cut]:
            disk.take(event)
            if event.what == "said":
                said.append(event.name)
        done = cut
        yield State(disk.after_power_loss(dice), tuple(said))
