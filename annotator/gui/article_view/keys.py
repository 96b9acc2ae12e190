"""Which keys the article itself takes; every other key is left to the window's actions."""

from enum import Enum, auto

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_PAGES = frozenset({Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
_MOVING = (
    frozenset(
        {
            Qt.Key.Key_Left,
            Qt.Key.Key_Right,
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
            Qt.Key.Key_Home,
            Qt.Key.Key_End,
        }
    )
    | _PAGES
)
_NONE = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier


class Meaning(Enum):
    """What a key does in the article."""

    NOTHING = auto()
    GROW = auto()
    SHRINK = auto()
    NEXT_SENTENCE = auto()
    PREVIOUS_SENTENCE = auto()
    CLEAR = auto()
    COPY = auto()
    SELECT_ALL = auto()
    MOVE = auto()
    SELECT = auto()


_STANDARD = {QKeySequence.StandardKey.Copy: Meaning.COPY, QKeySequence.StandardKey.SelectAll: Meaning.SELECT_ALL}
_LETTERS = {"[": Meaning.PREVIOUS_SENTENCE, "]": Meaning.NEXT_SENTENCE}


def meaning(event: QKeyEvent) -> Meaning:
    """Return what a key press means; NOTHING is not ours."""
    key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key == Qt.Key.Key_Space and modifiers in {_NONE, _SHIFT}:
        return Meaning.SHRINK if modifiers == _SHIFT else Meaning.GROW
    if key in _MOVING:
        return _moving(key, modifiers)
    for standard, found in _STANDARD.items():
        if event.matches(standard):
            return found
    if key == Qt.Key.Key_Escape and modifiers == _NONE:
        return Meaning.CLEAR
    # AltGr makes the brackets on many keyboards: the letter counts, not the key.
    return _LETTERS.get(event.text(), Meaning.NOTHING)


def _moving(key: Qt.Key, modifiers: Qt.KeyboardModifier) -> Meaning:
    # With Alt the window moves the ends of the active mark, Ctrl with a page key goes to another article.
    if modifiers & ~(_SHIFT | _CTRL) or (key in _PAGES and modifiers & _CTRL):
        return Meaning.NOTHING
    return Meaning.SELECT if modifiers & _SHIFT else Meaning.MOVE


def is_shift_release(event: QKeyEvent) -> bool:
    """Tell whether this is Shift let go: the end of selecting by keyboard."""
    return event.type() == QEvent.Type.KeyRelease and event.key() == Qt.Key.Key_Shift and not event.isAutoRepeat()
