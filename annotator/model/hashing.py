"""SHA-256, loaded with the first hash: a large library computes it, and no first paint needs one."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from hashlib import _Hash  # pyright: ignore[reportPrivateUsage] - what hashlib calls its own result

    Hashing = Callable[[bytes], _Hash]


@cache
def sha256() -> "Hashing":
    """Return `hashlib.sha256`; a loop asks for it once."""
    import hashlib  # noqa: PLC0415 - see above

    return hashlib.sha256
