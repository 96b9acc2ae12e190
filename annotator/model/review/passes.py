"""A person's own pass of a text: that it is finished is their acceptance of the text version, with this reason."""

from typing import Final

FINISHED: Final = "own pass finished"
"""The reason of such a review: one that somebody gives a text version otherwise has another one."""
