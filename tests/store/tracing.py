"""Running a program under strace: where that works, and how its lines are read."""

import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests import making

_LINE = re.compile(rb"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)(?: (E\w+))?")
_STRING = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')


class Call(NamedTuple):
    """One system call: its arguments as strace spells them, its strings as bytes, and what it returned."""

    name: str
    arguments: str
    strings: list[bytes]
    result: int

    def number(self, place: int) -> int:
        """Return an argument that is a number; strings before it must hold no comma (they are hexadecimal)."""
        return int(self.arguments.split(", ")[place])


@cache
def missing() -> str:
    """Return why nothing can be traced here, "" where it can."""
    if not sys.platform.startswith("linux"):
        return "strace is a tool of Linux"
    if shutil.which("strace") is None:
        return "strace is not installed (tools/setup.sh ci installs it)"
    probe = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False)
    return "" if probe.returncode == 0 else f"strace does not work here: {probe.stderr.strip()[:200]}"


def require() -> None:
    """Skip the test where nothing can be traced."""
    if why := missing():
        pytest.skip(why)


def traced(script: Path, *words: object, calls: str, trace: Path) -> tuple[list[str], list[Call]]:
    """Run a script under strace; return the lines it printed and its calls, in their order, with all they wrote."""
    command = ["strace", "-xx", "-s", "100000000", "-e", f"trace={calls}", "-e", "signal=none", "-o", str(trace)]
    done = subprocess.run(
        [*command, sys.executable, script, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=making.ROOT,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines(), read(trace)


def read(trace: Path) -> list[Call]:
    """Return the calls of a trace that did not fail."""
    calls: list[Call] = []
    for line in trace.read_bytes().splitlines():
        found = _LINE.match(line)
        if found and not found[4]:
            strings: list[tuple[bytes, bytes]] = _STRING.findall(found[2])
            assert not any(cut for _, cut in strings), "strace cut a string short"
            parts = [bytes.fromhex(one.replace(b"\\x", b"").decode()) for one, _ in strings]
            calls.append(Call(found[1].decode(), found[2].decode(), parts, int(found[3])))
    return calls
