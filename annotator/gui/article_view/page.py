"""What the article view is given to show and what it tells: plain records, offsets in code points, no Qt."""

from typing import Literal

import msgspec

Range = tuple[int, int]
"""A half-open range [start, end) of the stored text, in code points."""


class Mark(msgspec.Struct, frozen=True):
    """One mention as the view shows it.

    Attributes:
        id: the mention's id.
        spans: content spans, 1..n, in text order; more than one is drawn as one discontinuous mark.
        status: key of the status in the view's styles; "" or an unknown key is drawn without a status.
        cue: ranges of the reporting words ("told residents").
        speaker: ranges of the words that name the speaker.
        suggested: proposed by a rule and not yet accepted: drawn dotted and grey.
        label: what a person calls it, for tool tips ("Disputed: the city had replaced …").
    """

    id: str
    spans: tuple[Range, ...]
    status: str = ""
    cue: tuple[Range, ...] = ()
    speaker: tuple[Range, ...] = ()
    suggested: bool = False
    label: str = ""


class Page(msgspec.Struct, frozen=True):
    """One text version with everything that is drawn over it.

    Attributes:
        version_key: tells one text version from another; the same key keeps scroll place and caret.
        text: the stored text, shown character for character.
        title: the article's title, shown above the text where no zone of the text is the headline.
        byline: one composed line ("Imani Castellan · The Riverton Courier · 14 March 2026 · 6 min read").
        zones: (kind, start, end) with the kinds of the record `zone`.
        marks: the mentions in this version, or the first of very many.
        later: (first place, status) of those that follow: the overview shows them before they are added.
        direction: writing direction; "" lets each paragraph decide by its first strong character.
    """

    version_key: str
    text: str
    title: str = ""
    byline: str = ""
    zones: tuple[tuple[str, int, int], ...] = ()
    marks: tuple[Mark, ...] = ()
    later: tuple[tuple[int, str], ...] = ()
    direction: Literal["", "ltr", "rtl"] = ""


EMPTY = Page(version_key="", text="")


class SpanChosen(msgspec.Struct, frozen=True):
    """A person finished a selection: [start, end) in code points, already trimmed or grown to whole words.

    `add`: made with Ctrl, to become a further span of the active mark.
    """

    start: int
    end: int
    add: bool = False


class MarkReshaped(msgspec.Struct, frozen=True):
    """A person dragged a boundary of a mark: its spans as they are to be."""

    id: str
    spans: tuple[Range, ...]


class HintWanted(msgspec.Struct, frozen=True):
    """The mouse rests over marks: their ids, the one to tell of first, where it is, and that one's lines."""

    ids: tuple[str, ...]
    left: int
    top: int
    bottom: int


class MarkClicked(msgspec.Struct, frozen=True):
    """A person clicked a mark, its strip in the gutter or its tick in the overview track."""

    id: str
