"""Tells which of the old encodings of one byte a character a text is in, by the letters and words that each gives.

In any of them nearly every byte is some character; in one alone the letters are those of a language, and capitals
stand where capitals stand. What no alphabet explains is not judged here.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Final

from annotator.intake import language

_ENCODINGS: Final = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "cp1255", "cp1256",
    "iso8859_15", "iso8859_2", "koi8_r", "koi8_u", "iso8859_5", "iso8859_7", "iso8859_9", "iso8859_13",
    "iso8859_8", "iso8859_6",
    "mac_roman", "mac_cyrillic", "mac_latin2", "mac_greek", "mac_turkish",
    "cp850", "cp852", "cp866", "cp857", "cp737",
)  # fmt: skip
"""Of two that explain a text equally well the earlier is taken: the commoner one."""

_ALPHABETS: Final = {
    "fr": "àâæçéèêëîïôœùûüÿ",
    "de": "äöüßéè",
    "es": "áéíñóúüªº",
    "pt": "áàâãçéêíóôõúüªº",
    "it": "àèéìíîòóùú",
    "ca": "àçèéíïòóúü·",
    "nl": "áéèêëïíóöôúüĳ",
    "sv": "åäöé",  # and Finnish
    "da": "æøåéèêóòôü",  # and Norwegian
    "is": "áæéíðóöþúý",
    "cs": "áčďéěíňóřšťúůýž",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "pl": "ąćęłńóśźż",
    "hu": "áéíóöőúüű",
    "ro": "ăâîșțşţ",
    "hr": "čćđšž",  # and Bosnian, Slovene, Serbian in Latin letters
    "tr": "çğıiöşüâîû",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "et": "äöõüšž",
    "sq": "çë",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџшѓѕќ",  # and Macedonian
    "el": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
    "he": "אבגדהוזחטיכךלמםנןסעפףצץקרשת\u05b0\u05b1\u05b2\u05b3\u05b4\u05b5\u05b6\u05b7\u05b8\u05b9\u05bb\u05bc",
    "ar": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652ـ",
    "fa": "ءآأؤئابپتثجچحخدذرزژسشصضطظعغفقکكگلمنهوىیي\u200c",
}

_MARKS: Final = frozenset("\u00a0\u00ad“”„‚‘’‹›«»–—…•·€،؛؟")
"""What stands in a text of any language beside its letters."""
_SIGNS: Final = re.compile(r"(?<![^\W\d_])[£§°©®™²³½×№¿¡±]")
"""What does so too, but never right behind a letter: there it is a letter of another encoding."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_ENOUGH: Final = 0.95
_ALL_CAPITALS: Final = 0.5
"""What a word in capitals counts: headlines have them, but in a text most of it is small letters."""
_ONE_IN: Final = 20
_SAMPLE: Final = 1 << 14


@dataclass(frozen=True, slots=True)
class Fit:
    """An encoding that explains a text.

    Attributes:
        encoding: Python's name of it.
        undefined: the offset of the first byte that it has no character for, -1 for none.
    """

    encoding: str
    undefined: int


def fitting(data: bytes, around: int) -> Fit | None:
    """Return the encoding that explains a text, None where none does.

    Args:
        data: bytes that are not UTF-8.
        around: the offset of a byte beyond ASCII; a long text is judged by what stands around it.
    """
    start = max(0, min(around - _SAMPLE // 2, len(data) - _SAMPLE))
    sample = data[start : start + _SAMPLE]
    whole: list[tuple[tuple[float, float], str]] = []
    damaged: list[tuple[tuple[float, float], str]] = []
    for encoding in _ENCODINGS:
        text = sample.decode(encoding, "replace")
        score = _score(text)
        if score[0] >= _ENOUGH:
            (damaged if "\ufffd" in text else whole).append((score, encoding))
    for found in (whole, damaged):
        if found:
            best = max(score for score, _encoding in found)
            encoding = next(encoding for score, encoding in found if score == best)
            return Fit(encoding, _undefined(data, encoding))
    return None


def _undefined(data: bytes, encoding: str) -> int:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start
    return -1


def _score(text: str) -> tuple[float, float]:
    """Return how much of a text beyond ASCII is explained, and how many of its words are the commonest of the language.

    Both from 0.0 to 1.0; the words decide where letters do not. A damaged place or two do not count.
    """
    beyond = Counter(character for character in text if character > "\x7f")
    damage = beyond.pop("\ufffd", 0)
    total = beyond.total()
    if damage > max(1, total // _ONE_IN) or not total:
        return 0.0, 0.0
    signs = sum(1 for _sign in _SIGNS.finditer(text))
    marks = sum(count for mark, count in beyond.items() if mark in _MARKS) + signs
    letters: defaultdict[str, float] = defaultdict(float)
    words = _WORD.findall(text)
    for word in words:
        if not word.isascii():
            weight = _weight(word)
            for letter in word:
                if letter > "\x7f":
                    letters[letter.lower()] += weight
    common = language.common_words(words)
    return max(
        (
            round((marks + sum(count for letter, count in letters.items() if letter in alphabet)) / total, 2),
            common.get(of, 0.0),
        )
        for of, alphabet in _ALPHABETS.items()
    )


def _weight(word: str) -> float:
    """Return 1 for a word of one script with capitals where they stand in words, less for others."""
    latin = sum(1 for letter in word if letter < "\u0250")
    if latin not in {0, len(word)}:
        return 0.0
    rest = word[1:]
    if rest == rest.lower():
        return 1.0
    return _ALL_CAPITALS if word == word.upper() else 0.0
