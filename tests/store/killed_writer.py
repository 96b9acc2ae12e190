"""Writes to a project, or makes projects, in child processes that are killed at random moments.

Prints one JSON line a kill: what was acknowledged before it. Run as `python killed_writer.py MODE FOLDER KILLS SEED`.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

import sqlite_utils  # noqa: F401  # pyright: ignore[reportUnusedImport] - children need it: loaded once for all

from annotator.model.ids import AnnotatorId, ClaimId, new_id
from annotator.model.records import Annotator, Claim
from annotator.store.project import Project

ADA = Annotator(AnnotatorId("01890000-0000-7000-8000-0000000000ad"), "Ada")


def write(folder: Path, acknowledged: int) -> None:
    project = Project.open(folder / "story.annot", write=True)
    project.work_as(ADA.id)
    while True:
        claim = Claim(ClaimId(new_id()), "written")
        with project.change("claim.new") as change:
            change.put(claim)
        os.write(acknowledged, f"{claim.id}\n".encode())


def create(folder: Path, acknowledged: int) -> None:
    while True:
        path = folder / f"{new_id()}.annot"
        Project.create(path, name="made", annotator=ADA)
        os.write(acknowledged, f"{path.name}\n".encode())


def killed_after(mode: str, folder: Path, dice: random.Random) -> list[str]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            {"write": write, "create": create}[mode](folder, writing)
        finally:
            os._exit(1)
    os.close(writing)
    lines = b""
    wanted = dice.randint(1, 6)
    while lines.count(b"\n") < wanted and (more := os.read(reading, 4096)):
        lines += more
    end = time.perf_counter() + dice.random() * 0.005
    while time.perf_counter() < end:
        pass  # some part of the next commit
    os.kill(child, signal.SIGKILL)
    while more := os.read(reading, 4096):
        lines += more
    os.close(reading)
    os.waitpid(child, 0)
    return lines.decode().split()


def main() -> None:
    mode, folder, kills, seed = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    dice = random.Random(seed)  # noqa: S311 - moments to kill at, no secret
    for _ in range(kills):
        print(json.dumps(killed_after(mode, folder, dice)), flush=True)  # noqa: T201 - what it is for


main()
