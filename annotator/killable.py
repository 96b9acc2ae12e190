"""Work on foreign bytes in a process of its own that is held to limits and can be killed.

Nothing of this program's state is in that process, and what comes back is decoded with every type checked. It starts in
a tenth of a second, inherits no file, needs no shared memory, and is asked one thing at a time, as often as wanted.
"""

import contextlib
import signal
import subprocess
import sys
import threading
from queue import Empty, SimpleQueue
from typing import BinaryIO, Final, Self, TypeVar, cast

import msgspec

from annotator.killable_child import HEAD, Answer, Request, send

MEMORY: Final = 512 << 20
"""Bytes a worker may take, where the system can limit it."""

FILE_BYTES: Final = 8 << 30
"""Bytes of the largest file that a worker may write."""

_LONGEST: Final = 256 << 20
_BOOT: Final = "import sys; sys.path[:] = sys.argv[3:]; from annotator.killable_child import serve; serve()"
_GRACE: Final = 5.0

T = TypeVar("T")


class WorkerEndedError(Exception):
    """A worker did not answer: it took too long, took too much memory, or crashed. The next question starts another."""


class OutOfTimeError(WorkerEndedError):
    """It was killed at the deadline."""


class OutOfMemoryError(WorkerEndedError):
    """It came to its limit of memory."""


class CrashedError(WorkerEndedError):
    """It ended by itself or was killed by somebody else."""


class WorkerBugError(Exception):
    """An exception in the worker that nobody there expected; its text is the traceback."""


class Usage(msgspec.Struct, frozen=True):
    """What a question cost the worker, and the most memory it ever held (0 where the system does not say)."""

    cpu_seconds: float = 0.0
    peak_bytes: int = 0


class Worker:
    """A process that is started with the first question and again after one that it did not survive.

    Attributes:
        usage: what the last answer cost.
    """

    def __init__(self, *, memory: int = MEMORY, file_bytes: int = FILE_BYTES) -> None:
        self.usage = Usage()
        self._limits = (memory, file_bytes)
        self._process: subprocess.Popen[bytes] | None = None
        self._asking: threading.Thread | None = None
        self._busy = threading.Lock()
        self._stopped = False

    def ask(self, function: str, argument: object, answer: type[T], *, seconds: float) -> T:
        """Return what a function returns in the worker.

        Args:
            function: its name, `package.module:function`; it takes one argument, with its type written down.
            argument: what msgspec encodes to that type.
            answer: the type of what it returns.
            seconds: when the worker is killed, whatever it does.

        Raises WorkerEndedError where there is no answer, WorkerBugError where the function raised an exception.
        """
        request = Request(function, msgspec.Raw(msgspec.msgpack.encode(argument)), seconds)
        with self._busy:
            process = self._process = self._process or self._started()
            if self._stopped:  # looked at behind the line above: who stops it sees the process, or we see the word
                raise _ending(self._end(), function)
            got: SimpleQueue[bytes] = SimpleQueue()
            # A thread, for no pipe can hold it up for ever: with its worker killed, it ends.
            asking = (process, msgspec.msgpack.encode(request), got)
            self._asking = threading.Thread(target=_exchange, args=asking, name="asking a worker", daemon=True)
            self._asking.start()
            try:
                message = got.get(timeout=seconds)
            except Empty:
                self._end()
                raise OutOfTimeError(function) from None
            except BaseException:
                self._end()
                raise
            if not message:
                raise _ending(self._end(), function)
            return self._read(message, answer, function)

    def _read(self, message: bytes, answer: type[T], function: str) -> T:
        try:
            found = msgspec.msgpack.decode(message, type=Answer, strict=True)
            self.usage = Usage(found.cpu_seconds, found.peak_bytes)
            if found.outcome == "done":
                return msgspec.msgpack.decode(found.value, type=answer, strict=True)
        except msgspec.MsgspecError as error:
            self._end()
            raise CrashedError(f"{function} answers something else: {error}") from None
        if found.outcome == "memory":
            self._end()
            raise OutOfMemoryError(function)
        raise WorkerBugError(found.told)

    def _started(self) -> "subprocess.Popen[bytes]":
        """Start a process without the `site` module and its plugins, with our own search path, deaf to Ctrl+C."""
        command = [sys.executable, "-I", "-S", "-c", _BOOT, *map(str, self._limits), *sys.path]
        return subprocess.Popen(  # noqa: S603 - this program itself
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            close_fds=True,
            start_new_session=True,
            creationflags=cast("int", getattr(subprocess, "CREATE_NO_WINDOW", 0)),
        )

    def _end(self) -> int:
        """Kill the process; return what the system says of its end."""
        process, self._process = self._process, None
        if process is None:
            return 0
        process.kill()
        try:
            process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            return 0  # it hangs in the kernel (a dead network drive), and nobody waits for it
        if self._asking:
            self._asking.join(_GRACE)
        for stream in (process.stdin, process.stdout):
            # What could not be sent is sent on closing once more, to nobody.
            with contextlib.suppress(OSError):
                cast("BinaryIO", stream).close()
        return process.returncode or 0

    def stop(self, *, for_good: bool = False) -> None:
        """Kill the process from any thread: who waits for an answer gets CrashedError at once.

        So does, where it is `for_good`, whoever asks again.
        """
        self._stopped = self._stopped or for_good
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """End the process; whoever asks again starts another."""
        with self._busy:
            self._end()

    def __enter__(self) -> Self:
        """Return a worker that is not yet started."""
        return self

    def __exit__(self, *_: object) -> None:
        """End its process."""
        self.close()


def ask(function: str, argument: object, answer: type[T], *, seconds: float, memory: int = MEMORY) -> T:
    """Ask a new worker one question; see `Worker.ask`."""
    with Worker(memory=memory) as worker:
        return worker.ask(function, argument, answer, seconds=seconds)


def _exchange(process: "subprocess.Popen[bytes]", request: bytes, got: "SimpleQueue[bytes]") -> None:
    """Send a request and put the answer into the queue, b"" where the worker ended meanwhile."""
    requests, answers = cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)
    try:
        send(requests, request)
        head = answers.read(HEAD.size)
        (length,) = HEAD.unpack(head) if len(head) == HEAD.size else (0,)
        message = answers.read(length) if length <= _LONGEST else b""
        got.put(message if len(message) == length else b"")
    except (OSError, ValueError):
        got.put(b"")


def _ending(code: int, function: str) -> WorkerEndedError:
    signals = {-getattr(signal, name, 0) for name in ("SIGXCPU", "SIGALRM")} - {0}
    return OutOfTimeError(function) if code in signals else CrashedError(f"{function}: exit {code}")
