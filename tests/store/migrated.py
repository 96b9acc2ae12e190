"""Migrates copies of an old project in children that are killed, or whose SQLite fails, at one statement after another.

Run as `python -m tests.store.migrated OLD FOLDER kill|fail`; prints one JSON line a statement: what was told.
"""

import json
import os
import shutil
import signal
import sqlite3
import sys
from pathlib import Path

import sqlite_utils  # noqa: F401  # pyright: ignore[reportUnusedImport] - children need it: loaded once for all

import annotator.store.backup  # pyright: ignore[reportUnusedImport] - as above
import annotator.store.rebuilding  # noqa: F401  # pyright: ignore[reportUnusedImport] - as above
from annotator.errors import Refused
from annotator.store import schema
from tests import making

FAR = 1_000_000


class Counted:
    """A connection that ends at its Nth statement: by a kill, or with an error of the disk."""

    def __init__(self, connection: sqlite3.Connection, nth: int, how: str) -> None:
        self._connection = connection
        self._left = nth
        self._how = how
        self.done = 0

    def step(self, statement: str) -> None:
        del statement
        self.done += 1
        self._left -= 1
        if self._left == 0:
            if self._how == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            # The only way in which a callback can fail a statement: it is interrupted as it begins.
            self._connection.interrupt()


def migrate(path: Path, nth: int, how: str, said: int) -> None:
    real = schema.migrate

    def watched(connection: sqlite3.Connection) -> None:
        counted = Counted(connection, nth, how)
        connection.set_trace_callback(counted.step)
        try:
            real(connection)
        finally:
            connection.set_trace_callback(None)
            os.write(said, f"{counted.done}\n".encode())

    schema.migrate = watched
    try:
        making.opened(path).close()
    except Refused as refusal:
        os.write(said, f"refused {refusal}\n".encode())
    else:
        os.write(said, b"opened\n")


def child(path: Path, nth: int, how: str) -> list[str]:
    reading, writing = os.pipe()
    one = os.fork()
    if one == 0:
        try:
            migrate(path, nth, how, writing)
        except BaseException as bug:  # noqa: BLE001 - told to the test
            os.write(writing, f"bug {bug!r}\n".encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as lines:
        said = lines.read().splitlines()
    os.waitpid(one, 0)
    return said


def main() -> None:
    old, folder, how = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    path = folder / "story.annot"
    shutil.copyfile(old, path)
    statements = int(child(path, FAR, how)[0])
    for nth in range(1, statements + 1):
        room = folder / str(nth)
        room.mkdir()
        path = room / "story.annot"
        shutil.copyfile(old, path)
        said = child(path, nth, how)
        print(json.dumps({"statement": nth, "of": statements, "said": said}), flush=True)  # noqa: T201 - what it is for


main()
