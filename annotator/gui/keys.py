"""The keys in force: those of the table of actions, or the person's own in their place."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Protocol, cast, runtime_checkable

import msgspec
from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from annotator import settings
from annotator.gui.action_rows.row import Context, meet
from annotator.gui.actions import Action, key_text, table
from annotator.model.status import SCHEMES, Status

_PRINTED: Final = (0x21, 0x01000000)
"""Qt's numbers of keys that write a sign, Space not among them, begin and end here; Esc, Del, F1 and so on follow."""

_QUIET: Final = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


@runtime_checkable
class ShowsKeys(Protocol):
    """What draws the key of an action, and asks for it again when the keys are others."""

    def renew_keys(self) -> None:
        """Ask `key_of` again."""


def readable(key: str) -> str:
    """Return a key as tables and settings write it (`Ctrl+L`), "" for what is no single key of Qt's."""
    sequence = QKeySequence(key)
    if sequence.count() != 1 or _pressed(sequence).key() in {Qt.Key.Key_unknown, Qt.Key(0)}:
        return ""
    return sequence.toString()


def _pressed(sequence: QKeySequence) -> QKeyCombination:
    return cast("QKeyCombination", cast("Any", sequence)[0])  # the stubs do not know that it can be indexed


def native(key: str) -> str:
    """Return a key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def is_single(key: str) -> bool:
    """Tell whether a key is one character, at most with Shift: what a voice or a cat types by chance (WCAG 2.1.4)."""
    if len(key) == 1:
        return True
    pressed = _pressed(QKeySequence(key))
    low, high = _PRINTED
    return low <= pressed.key().value < high and not pressed.keyboardModifiers() & ~_QUIET


def rows_in_force(scheme: Sequence[Status]) -> tuple[Action, ...]:
    """Return the table's rows with the keys that the settings give them."""
    kept = settings.load()
    return in_force(table(scheme), kept.keys, single_keys=kept.single_keys)


def in_force(rows: Iterable[Action], own: Mapping[str, Iterable[str]], *, single_keys: bool) -> tuple[Action, ...]:
    """Return the rows with the keys that they have now.

    `own` has the person's keys by the action's id. What Qt does not know, and actions that are no more, are passed
    over; a single character only works where the article has the focus, or nobody could type it elsewhere. No key
    belongs to two actions, where the table's own do not.
    """
    made = [_with(row, own.get(row.id), single_keys=single_keys) for row in rows]
    if not own:
        return tuple(made)
    # A key works for nothing where two have it: the person's own come before the table's, then the table's order.
    held: dict[str, dict[str, Context]] = {}
    for row in sorted(made, key=lambda row: row.id not in own):
        for key in row.keys:
            others = held.setdefault(key, {})
            if not any(meet(row.context, context) for context in others.values()):
                others[row.id] = row.context
    return tuple(
        msgspec.structs.replace(row, keys=tuple(key for key in row.keys if row.id in held[key])) for row in made
    )


def _with(row: Action, own: Iterable[str] | None, *, single_keys: bool) -> Action:
    keys = row.keys if own is None else tuple(dict.fromkeys(key for key in map(readable, own) if key))
    if row.context == "window":
        if own is None:
            return row
        keys = tuple(key for key in keys if not is_single(key))
    elif not single_keys:
        keys = tuple(key for key in keys if not is_single(key))
    return row if keys == row.keys else msgspec.structs.replace(row, keys=keys)


_shown: Final[dict[str, str]] = {}


def take_on(rows: Iterable[Action]) -> None:
    """Show the keys of these rows wherever a key is drawn."""
    found = {row.id: key_text(row) for row in rows}
    before = {action_id: key_of(action_id) for action_id in found}
    _shown.update(found)
    if before != found:
        for widget in QApplication.allWidgets():
            if isinstance(widget, ShowsKeys):
                widget.renew_keys()


def key_of(action_id: str) -> str:
    """Return an action's first key as this system writes it, "" where it has none now."""
    if not _shown:
        _shown.update((row.id, key_text(row)) for row in rows_in_force(SCHEMES["extended"]))
    return _shown.get(action_id, "")


def with_key(action_id: str, words: str, without: str) -> str:
    """Return words with the action's key for `{key}`, or those for an action without one."""
    key = key_of(action_id)
    return words.format(key=key) if key else without


def forget() -> None:
    """Read the keys anew when they are next asked for."""
    _shown.clear()
