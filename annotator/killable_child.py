"""The other end of `killable`: a process that limits itself, then does what it is asked until its input ends.

It is started with `serve` and nothing else, so that it imports least.
"""

import importlib
import os
import signal
import struct
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO, Final, Literal, cast

import msgspec

HEAD: Final = struct.Struct(">Q")
"""The length of a message, before it."""

SPARE_SECONDS: Final = 5
"""How much later than the one who asked a worker gives up by itself: then nobody is there any more."""

_DESCRIPTORS: Final = 64
_TOLD: Final = 8_000


class Request(msgspec.Struct, array_like=True):
    """What is asked: a function `package.module:name`, its one argument, and seconds to do it in."""

    function: str
    argument: msgspec.Raw
    seconds: float


class Answer(msgspec.Struct, array_like=True):
    """What came of it; `told` is the traceback of a bug. Seconds of processor time, bytes of memory at the most."""

    outcome: Literal["done", "bug", "memory"]
    value: msgspec.Raw = msgspec.Raw(b"\xc0")
    told: str = ""
    cpu_seconds: float = 0.0
    peak_bytes: int = 0


def serve() -> None:
    """Answer requests from standard input on standard output until there are no more."""
    limit(int(sys.argv[1]), int(sys.argv[2]))
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # Whatever a library prints or reads is not part of the conversation.
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    while True:
        head = requests.read(HEAD.size)
        if len(head) < HEAD.size:
            return
        request = msgspec.msgpack.decode(requests.read(*HEAD.unpack(head)), type=Request)
        last_moment(request.seconds)
        send(answers, msgspec.msgpack.encode(answer_to(request)))
        last_moment(0)


def send(stream: BinaryIO, message: bytes) -> None:
    """Write a message and see it off."""
    stream.write(HEAD.pack(len(message)) + message)
    stream.flush()


def limit(memory: int, file_bytes: int) -> None:
    """Take at most so much memory, and write no larger file, where the system can hold a process to it."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _DESCRIPTORS),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue  # a system (macOS) that knows this limit by name only, or holds us to a lower one already


def last_moment(seconds: float) -> None:
    """End this process after so many seconds, of processor time or any; 0 waits for ever.

    For when the one who asked is gone: else it ends us earlier.
    """
    if hasattr(signal, "alarm"):
        signal.alarm(int(seconds) + SPARE_SECONDS if seconds else 0)
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    end = int(time.process_time() + seconds) + SPARE_SECONDS if seconds else most
    if most == resource.RLIM_INFINITY or end < most:
        resource.setrlimit(resource.RLIMIT_CPU, (end, most))


def answer_to(request: Request) -> Answer:
    """Do what is asked; a bug is an answer too."""
    begin = time.process_time()
    try:
        function = named(request.function)
        (kind, *_) = function.__annotations__.values()
        value = function(msgspec.msgpack.decode(request.argument, type=kind, strict=True))
        found = Answer("done", msgspec.Raw(msgspec.msgpack.encode(value)))
    except MemoryError:
        found = Answer("memory")
    except Exception:  # noqa: BLE001 - told to the one who asked, who raises it as the bug it is
        found = Answer("bug", told=traceback.format_exc()[-_TOLD:].encode(errors="replace").decode())
    found.cpu_seconds = time.process_time() - begin
    found.peak_bytes = peak_bytes()
    return found


def named(function: str) -> Callable[[Any], object]:
    """Return a function by its dotted name, `package.module:function`."""
    module, _, name = function.partition(":")
    return cast("Callable[[Any], object]", getattr(importlib.import_module(module), name))


def peak_bytes() -> int:
    """Return the most memory this process ever held, 0 where the system does not say.

    Not `ru_maxrss`: on Linux a child inherits that from the process that started it.
    """
    try:
        with open("/proc/self/status", "rb") as stream:  # noqa: PTH123 - pathlib is not loaded here
            for line in stream:
                if line.startswith(b"VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
