"""The sheet of all keys: those of the table of actions, by menu, and those of article and popups."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.gui.actions import MENUS, Action
from annotator.gui.popups.card import Card, hold, scrolled
from annotator.gui.popups.matching import fold
from annotator.gui.popups.type_to_find import SearchField
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.section import section_font
from annotator.i18n import _

_SOME = 3
"""More keys than so many in a row are told as from one to the other."""


class Line(NamedTuple):
    """What some keys do; each key is written as this system writes it."""

    words: str
    keys: tuple[str, ...]


class Group(NamedTuple):
    """Lines under one title."""

    title: str
    lines: tuple[Line, ...]


def groups(rows: Iterable[Action]) -> tuple[Group, ...]:
    """Return every key of the program: the actions' by menu, then those of the article, the inspector, the popups."""
    by_menu: dict[str, dict[str, tuple[str, ...]]] = {menu: {} for menu in MENUS}
    for row in rows:
        if row.keys:
            lines = by_menu[row.menu or "help"]
            lines[row.text] = (*lines.get(row.text, ()), *map(_native, row.keys))
    titles = {
        "file": _("File"),
        "edit": _("Edit"),
        "claim": _("Claim"),
        "review": _("Review"),
        "view": _("View"),
        "help": _("Help"),
    }
    made = [
        Group(titles[menu], tuple(Line(words, as_range(keys)) for words, keys in lines.items()))
        for menu, lines in by_menu.items()
        if lines
    ]
    return (*made, *_others())


def as_range(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return "Shift+1…9" for nine keys that follow each other, others as they are: so many leave no room for words."""
    first, last = keys[0], keys[-1]
    start = ord(first[-1])
    wanted = tuple(f"{first[:-1]}{chr(start + place)}" for place in range(len(keys)))
    if len(keys) > _SOME and first[-1].isdigit() and last[-1].isdigit() and keys == wanted:
        return (f"{first}…{last[-1]}",)
    return keys


def _others() -> tuple[Group, ...]:
    return (
        Group(
            _("In the article"),
            (
                Line(_("Move the caret"), (_("Arrows"), _("Ctrl+Arrows"))),
                Line(_("Select"), (_("Shift+Arrows"),)),
                Line(_("Grow the selection: word, clause, sentence, paragraph"), (_("Space"),)),
                Line(_("Shrink the selection"), (_("Shift+Space"),)),
                Line(_("Previous, next sentence"), ("[", "]")),
                Line(_("Select exact characters with the mouse"), (_("Alt+Drag"),)),
                Line(_("Add words elsewhere to the active claim"), (_("Ctrl+Drag"),)),
            ),
        ),
        Group(
            _("In the inspector"),
            (
                Line(_("Save a line"), (_("Enter"),)),
                Line(_("Save a note"), (_("Ctrl+Enter"),)),
                Line(_("Unlink the source"), (_("Del"),)),
                Line(_("Back to the article"), (_("Esc"),)),
            ),
        ),
        Group(
            _("Linking a source"),
            (
                Line(_("It supports the claim"), (_("Enter"),)),
                Line(_("It refutes the claim"), (_("Shift+Enter"),)),
                Line(_("It is context"), (_("Alt+Enter"),)),
                Line(_("It supports; stay open for another"), (_("Ctrl+Enter"),)),
                Line(_("Make a new source of what is typed"), (_("Ctrl+N"),)),
                Line(_("Paste an address, a DOI or a path"), (_("Ctrl+V"),)),
            ),
        ),
        Group(
            _("Naming a speaker"),
            (
                Line(_("Set the speaker"), (_("Enter"),)),
                Line(_("Name somebody new"), (_("Ctrl+N"),)),
                Line(_("Say what somebody new is"), ("Alt+1…5",)),
            ),
        ),
    )


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


class KeyLine(QWidget):
    """One line: what the keys do, and the keys."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.line = line
        words = PlainLabel(line.words)
        words.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 1)
        row.setSpacing(4)
        row.addWidget(words, 1)
        for key in line.keys:
            row.addWidget(KeyCap(key))
        self.setAccessibleName(f"{line.words}: {', '.join(line.keys)}")


class GroupBlock(QWidget):
    """A title with its lines."""

    def __init__(self, group: Group) -> None:
        super().__init__()
        title = PlainLabel(group.title)
        title.setFont(section_font())
        title.setProperty("quiet", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(title)
        self.lines = [KeyLine(line) for line in group.lines]
        for line in self.lines:
            column.addWidget(line)
        self.setAccessibleName(group.title)

    def filter_lines(self, words: Sequence[str]) -> None:
        """Show the lines that have all the words; nothing where none has."""
        some = False
        for one in self.lines:
            told = fold(one.accessibleName())
            fits = all(word in told for word in words)
            one.setVisible(fits)
            some = some or fits
        self.setVisible(some)


class ShortcutSheet:
    """Shows all keys over a window, with a field to find one; Esc closes it."""

    def __init__(self, window: QWidget) -> None:
        self._blocks: list[GroupBlock] = []
        card = Card(window, _("All shortcuts"), width=860, height=760)
        self.overlay, self.close_button = card.overlay, card.close_button
        self.field = SearchField(self._take_key)
        self.field.setPlaceholderText(_("Find a key or what it does"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.field.textChanged.connect(self._filter)
        self._area = scrolled(QWidget(), name=_("All shortcuts"))
        card.body.addWidget(self.field)
        card.body.addWidget(self._area, 1)

    def open_with(self, rows: Iterable[Action]) -> None:
        """Show the keys of these actions and all others."""
        self._blocks = [GroupBlock(group) for group in groups(rows)]
        inside = QWidget()
        whole = QHBoxLayout(inside)
        whole.setContentsMargins(0, 0, 14, 0)
        whole.setSpacing(36)
        for blocks in _in_columns(self._blocks):
            column = QVBoxLayout()
            column.setSpacing(14)
            for block in blocks:
                column.addWidget(block)
            column.addStretch(1)
            whole.addLayout(column, 1)
        hold(self._area, inside)
        self.field.clear()
        self.overlay.open_on(self.field)

    def lines(self) -> list[Line]:
        """Return the lines on show."""
        return [one.line for block in self._blocks for one in block.lines if not one.isHidden()]

    def _filter(self, text: str) -> None:
        for block in self._blocks:
            block.filter_lines(fold(text).split())

    def _take_key(self, event: QKeyEvent) -> bool:
        bar = self._area.verticalScrollBar()
        step = {
            Qt.Key.Key_Down: bar.singleStep() * 2,
            Qt.Key.Key_Up: -bar.singleStep() * 2,
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
        }.get(Qt.Key(event.key()), 0)
        bar.setValue(bar.value() + step)
        return bool(step)


def _in_columns(blocks: Sequence[GroupBlock]) -> tuple[list[GroupBlock], list[GroupBlock]]:
    """Return the blocks in two columns of about the same height, in order."""
    total = sum(len(block.lines) + 2 for block in blocks)
    left: list[GroupBlock] = []
    height = 0
    for block in blocks:
        if height >= total / 2:
            break
        left.append(block)
        height += len(block.lines) + 2
    return left, list(blocks[len(left) :])
