"""What workers are asked in tests: good, bad and endless functions."""

import os
import sys
from pathlib import Path

import msgspec


class Task(msgspec.Struct):
    """An argument and an answer."""

    number: int = 0
    text: str = ""
    content: bytes = b""


def doubled(task: Task) -> Task:
    """Answer."""
    return Task(task.number * 2, task.text * 2, task.content * 2)


def for_ever(task: Task) -> Task:
    """Make a file, if one is named, and never answer."""
    if task.text:
        Path(task.text).touch()
    while True:
        pass


def one_long_call(_: Task) -> Task:
    """Never answer, and never come back to Python either."""
    return Task(sum(range(1 << 60)))


def all_memory(task: Task) -> Task:
    """Take more memory than there is."""
    return Task(sum(map(len, [bytes(task.number) for _ in range(1_000_000)])))


def failing(task: Task) -> Task:
    """Raise what nobody expects."""
    raise KeyError(task.text)


def killed(task: Task) -> Task:
    """End by a signal."""
    os.kill(os.getpid(), task.number)
    return task


def gone(task: Task) -> Task:
    """End with an exit code."""
    os._exit(task.number)


def chatty(task: Task) -> Task:
    """Write where answers go, and much of it."""
    for _ in range(1_000):
        os.write(1, task.content)
        os.write(2, task.content)
    print("to nobody", flush=True)  # noqa: T201 - it goes nowhere
    return Task(1)


def descriptors(task: Task) -> list[bool]:
    """Tell which of the files up to a number are open here."""

    def is_open(number: int) -> bool:
        try:
            os.fstat(number)
        except OSError:
            return False
        return True

    return [is_open(number) for number in range(task.number)]


def modules(_: Task) -> list[str]:
    """Tell which modules are loaded."""
    return sorted(sys.modules)


def same_process(_: Task) -> int:
    """Tell which process this is."""
    return os.getpid()


def large_file(task: Task) -> str:
    """Write so many bytes; tell what the system says to that."""
    try:
        Path(task.text).write_bytes(bytes(task.number))
    except OSError as error:
        return error.strerror or ""
    return ""


def something_else(_: Task) -> str:
    """Answer a text."""
    return "a text"
