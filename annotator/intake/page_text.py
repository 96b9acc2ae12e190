"""The text of a web page as a browser shows it: all of it, or none (storage.md, S2)."""

import re
import secrets
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from annotator.model.quoting import PAGE_END

_UNSEEN: Final = frozenset(
    {"script", "style", "noscript", "template", "iframe", "noembed", "noframes", "datalist", "object", "audio", "video"}
)
"""What no browser shows as text; `template` is shown where it is the page's shadow tree."""

_INLINE: Final = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "ins", "kbd", "label", "mark", "nobr", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
        "strong", "sub", "sup", "time", "tspan", "tt", "u", "var", "wbr", "slot",
    }
)  # fmt: skip
"""What breaks no line and no word."""

_HIDING: Final = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.IGNORECASE)
_OPEN_TAG: Final = re.compile(r"<[A-Za-z/][^<>]*\Z")
_TAG: Final = 4096
"""Characters of the longest tag that may be left open at the end."""


class CutError(Exception):
    """The parser did not come to the end of the page: what it gives is not all there is."""


def text_of_page(html: str) -> str:
    """Return the visible text of a page: a line for each block, without what is hidden in its own tags.

    What a style sheet hides cannot be told from what it shows.

    Raises CutError where the parser gives less than the whole page, MemoryError where there is no room for it.
    """
    # A page that was saved by half ends within a tag: no browser shows that, and it would swallow the mark.
    end = _OPEN_TAG.sub("", html[-_TAG:])
    mark = secrets.token_hex(12)
    try:
        tree = LexborHTMLParser(f"{html[:-_TAG]}{end}<!--{mark}-->")
    except SelectolaxError:
        raise MemoryError from None  # any bytes are a page: what it lacks is room
    text = _Text(mark)
    text.take(tree)
    if not text.complete:
        raise CutError
    return "".join(text.pieces).replace(f"<!--{mark}-->", "").replace(PAGE_END, " ")


class _Text:
    """What is read of a page; `complete` once the mark of its end was met, wherever the parser put it."""

    def __init__(self, mark: str) -> None:
        self.pieces: list[str] = []
        self.complete = False
        self._mark = mark
        self._waiting: list[tuple[LexborNode | None, bool]] = []

    def take(self, tree: LexborHTMLParser) -> None:
        """Read all of a page, in its order; no depth is too deep."""
        first = tree.root
        while first is not None and first.prev is not None:
            first = first.prev
        self._waiting.append((first, True))
        while self._waiting:
            node, seen = self._waiting.pop()
            if node is None:
                self.pieces.append("\n")
                continue
            if node.next is not None:
                self._waiting.append((node.next, seen))
            if node.is_text_node or node.is_comment_node:
                self._words(node, seen=seen)
            else:
                self._element(node, seen=seen)

    def _words(self, node: LexborNode, *, seen: bool) -> None:
        words = (node.text_content if node.is_text_node else node.comment_content) or ""
        self.complete = self.complete or self._mark in words
        if seen and node.is_text_node:
            self.pieces.append(words)

    def _element(self, node: LexborNode, *, seen: bool) -> None:
        tag = node.tag
        shadow = tag == "template" and "shadowrootmode" in node.attributes
        shown = seen and (shadow or (tag not in _UNSEEN and not _is_hidden(node)))
        if shown and tag not in _INLINE:
            self.pieces.append("\n")
            self._waiting.append((None, True))
        for inside in node.template_fragments() if tag == "template" else (node,):
            if inside.first_child is not None:
                self._waiting.append((inside.first_child, shown))


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    hidden = "hidden" in attributes and (attributes["hidden"] or "").lower() != "until-found"
    return hidden or bool(_HIDING.search(attributes.get("style") or ""))
