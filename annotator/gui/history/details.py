"""One change in full: each record that it touched, field by field, with the way back to that version."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from annotator.gui.theme import interface_font, sized
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.section import section_font
from annotator.i18n import _
from annotator.services.history import Deed, Edit, Entry
from annotator.services.telling import kind_name

_LONG: Final = 400
"""Code points of a value that are shown."""


class DeedBlock(QWidget):
    """A record of the change: what it is, what changed, and a button to put that version back.

    Signals:
        wanted: the person wants that version back (Deed).
    """

    wanted = Signal(object)

    def __init__(self, deed: Deed, *, current: bool, writable: bool) -> None:
        super().__init__()
        self.deed = deed
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(3)
        title = PlainLabel(kind_name(deed.kind).capitalize())
        title.setFont(section_font())
        title.setProperty("quiet", "true")
        column.addWidget(title)
        lines = [deed.note] if deed.note else [_line(edit) for edit in deed.edits]
        if not lines:
            lines = [deed.about if deed.version else _("Removed: {about}").format(about=deed.about)]
        for line in lines:
            label = PlainLabel(line)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            column.addWidget(label)
        self.button: QPushButton | None = None
        if deed.version and current:
            now = PlainLabel(_("This is how it stands now."))
            now.setFont(sized(interface_font(), 0.95))
            now.setProperty("quiet", "true")
            column.addWidget(now)
        elif deed.version and writable:
            self.button = QPushButton(_("Put this version back"))
            self.button.setAccessibleName(_("Put this version of the {kind} back").format(kind=kind_name(deed.kind)))
            self.button.clicked.connect(lambda: self.wanted.emit(deed))
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        self.setAccessibleName(f"{title.text()}: {'; '.join(lines)}")


def _line(edit: Edit) -> str:
    before, after = edit.before[:_LONG], edit.after[:_LONG]
    field = edit.field[:1].upper() + edit.field[1:]
    if not before:
        return _("{field}: {after}").format(field=field, after=after)
    return _("{field}: {before} → {after}").format(field=field, before=before, after=after or _("nothing"))


class Details(QScrollArea):
    """The blocks of one change, one under the other.

    Signals:
        wanted: the person wants a version back (Deed).
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[DeedBlock] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("What the change did"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.viewport().setAutoFillBackground(False)

    def show_entry(self, entry: Entry | None, is_current: Callable[[Deed], bool], *, writable: bool) -> None:
        """Show a change; `is_current` tells whether a record is still what it became there."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(4, 0, 12, 0)
        column.setSpacing(4)
        self.blocks = [DeedBlock(one, current=is_current(one), writable=writable) for one in _shown(entry)]
        for block in self.blocks:
            block.wanted.connect(self.wanted)
            column.addWidget(block)
        if entry is not None and not self.blocks:
            column.addWidget(PlainLabel(entry.about))
        column.addStretch(1)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)


def _shown(entry: Entry | None) -> Sequence[Deed]:
    return entry.deeds if entry is not None else ()
