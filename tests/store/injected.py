"""Makes one system call after the other fail, in children that work on a project: MODE FOLDER EVERY.

strace takes hold of a child when it begins to work, and makes its Nth call on the project's files fail, once or from
then on. EVERY is 1 for every error at every call, once and for ever; 6 for one of these six at each call, in turn.
Prints one JSON line an injection.
"""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import sqlite_utils  # noqa: F401  # pyright: ignore[reportUnusedImport] - children need it: loaded once for all

from annotator.errors import Refused
from annotator.model.records import Claim
from annotator.services import projects
from annotator.services.exporting import export_project
from annotator.store.check import check
from annotator.store.project import Project
from tests import making

ERRORS = ("ENOSPC", "EIO", "EMFILE")
CALLS = (
    "openat,read,write,pread64,pwrite64,fsync,fdatasync,ftruncate,lseek,fcntl,flock,close,unlink,unlinkat,rename,"
    "renameat2,link,linkat,newfstatat,fstat,fchown,fchmod,getdents64"
)
UNNAMED = "openat,write,fsync,lseek,close,unlink,rename,link,linkat,newfstatat"
"""What is looked at in making and exporting, whose files have no name that could be told beforehand."""


class Fault(NamedTuple):
    """Which call fails, how, and whether every later one does too."""

    nth: int
    error: str
    forever: bool

    def words(self, usual: Sequence[str]) -> list[str]:
        """Return it in the words of strace, which counts each kind of call for itself; `usual` are the calls made."""
        before = usual[: self.nth]
        kinds = sorted(set(CALLS.split(","))) if self.forever else [usual[self.nth]]
        found: list[str] = []
        for kind in kinds:
            when = f"{before.count(kind) + 1}{'+' if self.forever else ''}"
            found += ["-e", f"inject={kind}:error={self.error}:when={when}"]
        return found


Work = Callable[[Path], Iterator[str]]
"""Does the work in a child: what comes before the first line is not traced, what before the second one is."""


def mark(folder: Path) -> Iterator[str]:
    with making.opened(folder / "story.annot") as project:
        yield "ready"
        yield _saved(project)
        yield _saved(project)


def _saved(project: Project) -> str:
    new = making.claim()
    try:
        with project.change("claim.new") as change:
            change.put(new)
    except Refused as refusal:
        return f"refused {new.id} {refusal}"
    return f"saved {new.id}"


def open_(folder: Path) -> Iterator[str]:
    yield "ready"
    try:
        with making.opened(folder / "story.annot") as project:
            project.all(Claim)
    except Refused as refusal:
        yield f"refused {refusal}"
    else:
        yield "opened"


def export(folder: Path) -> Iterator[str]:
    with Project.open(folder / "story.annot", write=False) as project:
        yield "ready"
        try:
            for _step in export_project(project, folder / "dataset.jsonl"):
                pass
        except Refused as refusal:
            yield f"refused {refusal}"
        else:
            yield "exported"


def create(folder: Path) -> Iterator[str]:
    yield "ready"
    try:
        Project.create(folder / "new.annot", name="new", annotator=making.ADA)
    except Refused as refusal:
        yield f"refused {refusal}"
    else:
        yield "created"


def injected(work: Work, folder: Path, calls: str, fault: list[str]) -> tuple[list[str], str]:
    """Let a child work while its calls fail; return what it said of its work, and the trace."""
    ours, its = socket.socketpair()  # send and recv are not among the calls that fail
    child = os.fork()
    if child == 0:
        ours.close()
        try:
            for line in work(folder):
                its.sendall(f"{json.dumps(line)}\n".encode())
                its.recv(1)
        except BaseException as error:  # noqa: BLE001 - told to the test
            its.sendall(f"{json.dumps(_ending(error, folder))}\n".encode())
        os._exit(0)
    its.close()
    trace = folder.with_suffix(".trace")
    command = ["strace", "-e", f"trace={calls}", "-e", "signal=none", "-o", str(trace), *fault]
    if calls == CALLS:
        for name in ("story.annot", "story.annot-journal", "story.annot.lock", "story.annot.lock.who"):
            command += ["-P", str(folder / name)]
        command += ["-P", str(folder)]
    with ours, ours.makefile("rb") as lines:
        said = [json.loads(lines.readline())]
        with subprocess.Popen([*command, "-p", str(child)], stderr=subprocess.PIPE) as strace:
            assert strace.stderr is not None
            attached = strace.stderr.readline()
            assert b"attached" in attached, attached
            ours.sendall(b"g")
            said.append(json.loads(lines.readline()))
            # Let go: from now on everything works again.
            strace.terminate()
            strace.wait()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it has ended
            while True:
                ours.sendall(b"g")
                line = lines.readline()
                if not line:
                    break
                said.append(json.loads(line))
    os.waitpid(child, 0)
    return said[1:], trace.read_text()


def _ending(error: BaseException, folder: Path) -> str:
    """Return what a child says that an error ended: the borders (cli.ending, gui.jobs, gui.hub) make a line of some."""
    refusal = error if isinstance(error, Refused) else projects.refusal_at(folder / "story.annot", error)
    return f"refused - {refusal}" if refusal else f"bug {''.join(traceback.format_exception(error))}"


def wrong(mode: str, folder: Path, said: list[str], before: dict[str, bytes], new: bytes) -> list[str]:
    """Return what is not as it was promised, after the child is gone and the disk works again."""
    found = [line for line in said if line.startswith("bug") or "\n" in line]
    after = {one.name: one.read_bytes() for one in folder.iterdir() if not one.name.startswith("story.annot.lock")}
    if mode == "mark":
        found += _wrong_marks(folder / "story.annot", said)
    elif mode == "create":
        with_new = "new.annot" in after
        if with_new:
            with closing(Project.open(folder / "new.annot", write=False)) as project:
                found += [str(one) for one in check(project).findings]
        found += ["made, and not there"] if said == ["created"] and not with_new else []
    elif mode == "export" and said != ["exported"]:
        # Moved, but the folder could not be synced: then it is the new one, whole.
        found += ["the earlier export is gone"] if after["dataset.jsonl"] not in {before["dataset.jsonl"], new} else []
    elif mode == "export":
        found += ["not what was exported"] if after["dataset.jsonl"] != new else []
    if mode != "mark" and after["story.annot"] != before["story.annot"]:
        found.append("the project's bytes have changed")
    return found


def _wrong_marks(path: Path, said: list[str]) -> list[str]:
    with making.opened(path) as project:
        found = [str(one) for one in check(project).findings]
        there: set[str] = {one.id for one in project.all(Claim)}
    for line in said:
        what, claim, *_rest = line.split(" ", 2)
        if what == "saved" and claim not in there:
            found.append(f"said to be saved, and is not there: {line}")
        if what == "refused" and claim in there and "is not known" not in line:
            found.append(f"said not to be saved, and is there: {line}")
    if len(said) != 2 or not said[1].startswith("saved"):
        found.append(f"when the disk works again, the next mark is not saved: {said}")
    return found


def main() -> None:
    mode, room, every = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    template = room / "template"
    template.mkdir()
    path = making.new_project(template)
    with making.opened(path) as project, project.change("import") as change:
        change.put_blob(b"x" * 20_000)
        making.put_mark(change, making.put_article(change))
    with Project.open(path, write=False) as project:
        for _step in export_project(project, template / "dataset.jsonl"):
            pass
    new = (template / "dataset.jsonl").read_bytes()
    (template / "dataset.jsonl").write_bytes(b"an earlier export\n" * 900)
    before = {one.name: one.read_bytes() for one in template.iterdir()}
    work = {"mark": mark, "open": open_, "export": export, "create": create}[mode]
    calls = CALLS if mode in {"mark", "open"} else UNNAMED
    shutil.copytree(template, room / "usual")
    _said, trace = injected(work, room / "usual", calls, [])
    usual = [line.split("(")[0] for line in trace.splitlines() if "(" in line]
    for nth in range(len(usual)):
        for number in range(2 * len(ERRORS)):
            if (number + nth) % every:
                continue
            fault = Fault(nth, ERRORS[number // 2], forever=bool(number % 2))
            folder = room / f"{nth}-{number}"
            shutil.copytree(template, folder)
            said, trace = injected(work, folder, calls, fault.words(usual))
            failed = trace.count("(INJECTED)")
            told = {"fault": fault, "call": usual[nth], "failed": failed, "said": said}
            print(json.dumps(told | {"wrong": wrong(mode, folder, said, before, new)}), flush=True)  # noqa: T201 - see above
            shutil.rmtree(folder)


main()
