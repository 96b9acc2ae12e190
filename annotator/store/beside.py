"""One long call into SQLite or the disk on a thread of its own, so that a job stays able to report and to stop."""

import threading
from collections.abc import Callable, Generator
from typing import NamedTuple, TypeVar

T = TypeVar("T")

_LOOK_SECONDS = 0.05


class Stage(NamedTuple):
    """How far a long work of the store is; `total` is 0 where nobody knows it."""

    done: int
    total: int
    what: str


def waited(call: Callable[[], T], stop: Callable[[], None], stage: Callable[[], Stage]) -> Generator[Stage, None, T]:
    """Make a call on another thread and yield how far it is until it returns; raises what it raises.

    Where nobody asks for the next stage, `stop` is called, which must make the call end soon, and it is waited for.
    """
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(call())
        except BaseException as error:  # noqa: BLE001 - raised again where the caller is
            errors.append(error)

    thread = threading.Thread(target=run, name="annotator-backup")
    thread.start()
    try:
        while thread.is_alive():
            thread.join(_LOOK_SECONDS)
            yield stage()
    except BaseException:
        stop()
        raise
    finally:
        thread.join()
    if errors:
        raise errors[0]
    return results[0]
