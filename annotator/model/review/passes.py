"""A person's own pass of a text: that it is finished is their acceptance of the text version, with this reason."""

from typing import Final, Protocol

FINISHED: Final = "own pass finished"
"""The reason of such a review: one that somebody gives a text version otherwise has another one."""


class _Said(Protocol):
    @property
    def decision(self) -> str: ...
    @property
    def reason(self) -> str: ...


def ends_pass(review: _Said) -> bool:
    """Tell whether a review of a text version says that the reviewer's own pass of it is finished."""
    return review.decision == "accept" and review.reason == FINISHED
