"""Splits a text into blocks: the lines of it, or the paragraph where lines were broken at a fixed width."""

from itertools import pairwise
from typing import NamedTuple

_WRAP_SHORTEST = 45
_WRAP_LONGEST = 100
_SENTENCE_ENDS = '.!?…:;"”»'


class Block(NamedTuple):
    """A run of text without blank lines or white space around it: `[start, end)` in code points."""

    start: int
    end: int
    after_blank: bool
    """Whether a blank line (or nothing) stands before it."""

    @property
    def length(self) -> int:
        """Its length in code points."""
        return self.end - self.start


def split(text: str) -> list[Block]:
    """Return the blocks of a normalised text, in order; nothing for a text of white space only."""
    blocks: list[Block] = []
    paragraph: list[Block] = []
    offset = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            start = offset + line.index(bare[0])
            paragraph.append(Block(start, start + len(bare), not paragraph))
        elif paragraph:
            blocks += _unwrapped(text, paragraph)
            paragraph = []
        offset += len(line) + 1
    blocks += _unwrapped(text, paragraph)
    return blocks


def _unwrapped(text: str, lines: list[Block]) -> list[Block]:
    """Return the lines as one block where they look broken at a fixed width, as mail and old wires are."""
    if len(lines) < 2:  # noqa: PLR2004 - one line has no break
        return lines
    widths = [line.length for line in lines]
    widest = max(widths)
    if not _WRAP_SHORTEST <= widest <= _WRAP_LONGEST:
        return lines
    # Only the last line of a broken paragraph may be much shorter than the others...
    if min(widths[:-1]) < widest * 0.7:
        return lines
    # ...and headlines, poems and lists differ from it by next lines that begin like a new thought.
    if sum(_runs_on(text, line, after) for line, after in pairwise(lines)) * 3 < len(lines) - 1:
        return lines
    return [Block(lines[0].start, lines[-1].end, lines[0].after_blank)]


def _runs_on(text: str, line: Block, after: Block) -> bool:
    return text[line.end - 1] not in _SENTENCE_ENDS and text[after.start].islower()
