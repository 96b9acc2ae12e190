"""Puts off the garbage collector while many objects are made at once, none of them garbage."""

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Generator[None]:
    """Make objects without being searched for garbage time and again: among thousands it takes a fifth to a half."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
