"""A worker process ends at its limits, whatever it is asked to do, and never takes the one who asks along."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Generator
from pathlib import Path

import pytest

from annotator import killable
from annotator.killable import CrashedError, OutOfMemoryError, OutOfTimeError, Worker, WorkerBugError, ask
from tests.asked import Task

LONG = 120.0
"""Seconds that nothing here takes, however busy the machine: what must be killed is given less."""

SOON = 0.5

posix = pytest.mark.skipif(os.name != "posix", reason="only there the system limits a process")


@pytest.fixture(scope="module")
def worker() -> Generator[Worker]:
    with Worker() as made:
        yield made


def test_it_does_what_it_is_asked(worker: Worker) -> None:
    assert worker.ask("tests.asked:doubled", Task(2, "ö", b"\xff"), Task, seconds=LONG) == Task(4, "öö", b"\xff\xff")


def test_one_process_answers_one_question_after_another(worker: Worker) -> None:
    first = worker.ask("tests.asked:same_process", Task(), int, seconds=LONG)
    assert worker.ask("tests.asked:same_process", Task(), int, seconds=LONG) == first != os.getpid()


def test_megabytes_go_both_ways_whatever_a_pipe_holds(worker: Worker) -> None:
    content = os.urandom(10_000_000)
    assert worker.ask("tests.asked:doubled", Task(content=content), Task, seconds=LONG).content == content * 2


@pytest.mark.parametrize("function", ["for_ever", "one_long_call"])
def test_what_does_not_end_is_killed_and_the_next_question_answered(worker: Worker, function: str) -> None:
    before = worker.ask("tests.asked:same_process", Task(), int, seconds=LONG)
    with pytest.raises(OutOfTimeError):
        worker.ask(f"tests.asked:{function}", Task(), Task, seconds=SOON)
    assert worker.ask("tests.asked:same_process", Task(), int, seconds=LONG) != before
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="only there the system limits a process's memory")
def test_memory_has_an_end(worker: Worker) -> None:
    with pytest.raises(OutOfMemoryError):
        worker.ask("tests.asked:all_memory", Task(10_000_000), Task, seconds=LONG)
    assert worker.usage.peak_bytes < killable.MEMORY
    assert worker.ask("tests.asked:doubled", Task(1), Task, seconds=LONG) == Task(2)


@posix
def test_processor_time_has_an_end_even_where_nobody_waits_any_more(tmp_path: Path) -> None:
    # The one who asked is killed; the worker that it leaves behind ends by itself.
    script = (
        "import os, sys, threading; from pathlib import Path\n"
        "from annotator.killable import Worker; from tests.asked import Task\n"
        "worker = Worker(); print(worker.ask('tests.asked:same_process', Task(), int, seconds=60), flush=True)\n"
        "asked = 'tests.asked:for_ever', Task(text=sys.argv[1]), Task\n"
        "threading.Thread(target=worker.ask, args=asked, kwargs={'seconds': 1}, daemon=True).start()\n"
        "while not Path(sys.argv[1]).exists(): threading.Event().wait(0.01)\n"
        "os._exit(9)\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "begun")]
    asker = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False, cwd=Path(__file__).parent.parent)
    assert asker.returncode == 9
    left_behind = int(asker.stdout)
    assert ended(left_behind)


def ended(process: int) -> bool:
    """Wait until a process is gone; it takes as long as its own last moment."""
    while True:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        state = Path(f"/proc/{process}/stat")
        if state.exists() and state.read_text().rpartition(")")[2].split()[0] in "ZX":
            return True  # it has ended, and whoever adopted it does not look
        threading.Event().wait(0.05)


@posix
def test_a_crash_is_told_as_one(worker: Worker) -> None:
    for number in (signal.SIGSEGV, signal.SIGKILL):
        with pytest.raises(CrashedError):
            worker.ask("tests.asked:killed", Task(int(number)), Task, seconds=LONG)
    with pytest.raises(CrashedError):
        worker.ask("tests.asked:gone", Task(3), Task, seconds=LONG)


def test_a_bug_is_told_with_its_traceback_and_costs_no_process(worker: Worker) -> None:
    before = worker.ask("tests.asked:same_process", Task(), int, seconds=LONG)
    with pytest.raises(WorkerBugError, match="KeyError: 'what nobody expects'"):
        worker.ask("tests.asked:failing", Task(text="what nobody expects"), Task, seconds=LONG)
    assert worker.ask("tests.asked:same_process", Task(), int, seconds=LONG) == before


def test_an_answer_of_another_type_is_a_crash(worker: Worker) -> None:
    with pytest.raises(CrashedError):
        worker.ask("tests.asked:something_else", Task(), int, seconds=LONG)


def test_what_is_printed_is_no_answer_and_fills_no_pipe(worker: Worker) -> None:
    assert worker.ask("tests.asked:chatty", Task(content=bytes(10_000)), Task, seconds=LONG) == Task(1)


@posix
def test_no_file_of_ours_is_open_there(worker: Worker, tmp_path: Path) -> None:
    with (tmp_path / "ours").open("wb") as stream:
        os.set_inheritable(stream.fileno(), True)  # noqa: FBT003 - of the system
        worker.close()
        found = worker.ask("tests.asked:descriptors", Task(40), list[bool], seconds=LONG)
    # Three standard ones, and the two of the conversation.
    assert sum(found) == 5


def test_nothing_large_is_loaded_there(worker: Worker) -> None:
    worker.close()
    names = worker.ask("tests.asked:modules", Task(), list[str], seconds=LONG)
    assert not {"PySide6", "spacy", "sqlite_utils", "sqlite3", "annotator.i18n", "site", "multiprocessing"} & {*names}


@posix
def test_files_it_writes_have_an_end(tmp_path: Path) -> None:
    with Worker(file_bytes=1_000) as small:
        assert not small.ask("tests.asked:large_file", Task(1_000, str(tmp_path / "a")), str, seconds=LONG)
        assert small.ask("tests.asked:large_file", Task(1_001, str(tmp_path / "b")), str, seconds=LONG)


def test_a_thread_may_ask(worker: Worker) -> None:
    answers: list[Task] = []

    def asking() -> None:
        answers.append(worker.ask("tests.asked:doubled", Task(4), Task, seconds=LONG))

    threads = [threading.Thread(target=asking) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [Task(8)] * 4


def test_another_thread_may_stop_it(worker: Worker, tmp_path: Path) -> None:
    caught: list[Exception] = []

    def asking() -> None:
        try:
            worker.ask("tests.asked:for_ever", Task(text=str(tmp_path / "begun")), Task, seconds=LONG)
        except CrashedError as error:
            caught.append(error)

    thread = threading.Thread(target=asking)
    thread.start()
    while not (tmp_path / "begun").exists():
        threading.Event().wait(0.01)
    worker.stop()
    thread.join()
    assert len(caught) == 1
    assert worker.ask("tests.asked:doubled", Task(1), Task, seconds=LONG) == Task(2)


def test_what_is_stopped_for_good_is_asked_in_vain() -> None:
    with Worker() as own:
        assert own.ask("tests.asked:doubled", Task(1), Task, seconds=LONG) == Task(2)
        own.stop(for_good=True)
        with pytest.raises(CrashedError):
            own.ask("tests.asked:doubled", Task(1), Task, seconds=LONG)
    with Worker() as never_asked:
        never_asked.stop(for_good=True)
        with pytest.raises(CrashedError):
            never_asked.ask("tests.asked:doubled", Task(1), Task, seconds=LONG)


def test_one_question_needs_no_worker_kept() -> None:
    assert ask("tests.asked:doubled", Task(1), Task, seconds=LONG) == Task(2)


def test_closing_twice_and_without_a_question_is_fine() -> None:
    worker = Worker()
    worker.close()
    worker.ask("tests.asked:doubled", Task(1), Task, seconds=LONG)
    worker.close()
    worker.close()
