"""An article's characters: put into their one form at import, and known by their SHA-256 from then on."""

import re
from dataclasses import dataclass

from annotator.model.hashing import sha256

REPLACEMENT = "\ufffd"

# NUL ends strings in C, lone surrogates have no UTF-8, and Qt's documents use U+FDD0/U+FDD1 for frames of their own.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff\ufdd0\ufdd1]")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text in its final form, and how many of its characters had to be replaced by U+FFFD."""

    text: str
    replaced: int


def normalise(text: str) -> Normalised:
    r"""Bring a text into the form it keeps for ever; doing so twice changes nothing more.

    CRLF and CR become LF, leading BOMs go, NUL, lone surrogates and U+FDD0/U+FDD1 become U+FFFD.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    # A second BOM would be the leading one of the text that is stored: all of them go.
    text = text.lstrip("\ufeff")
    text, replaced = _UNSTORABLE.subn(REPLACEMENT, text)
    return Normalised(text, replaced)


def is_normal(text: str) -> bool:
    """Tell whether a text is in its final form already: whether `normalise` would leave it as it is."""
    # An ASCII text has hardly anything that it may not have; of another one each character is looked at.
    if text.isascii():
        return "\r" not in text and "\0" not in text
    return normalise(text).text == text


def sha256_of(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8 in hexadecimal: the name a normalised text is known by."""
    return sha256()(text.encode()).hexdigest()
