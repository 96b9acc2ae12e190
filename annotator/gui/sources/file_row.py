"""The file that is kept with a source: what it is, whether it is intact, and what can be done with it."""

from typing import Final

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.gui.icons import pixmap
from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _
from annotator.store.snapshots import State

_ICON: Final = 16


class FileRow(QWidget):
    """Says what file is kept; its buttons' signals are theirs."""

    attach_wanted = Signal()
    open_wanted = Signal()
    save_wanted = Signal()
    detach_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._icon = QLabel()
        self._icon.setFixedSize(QSize(_ICON, _ICON))
        self.told = PlainLabel()
        self.told.setWordWrap(True)
        self.open = QPushButton(_("Open"))
        self.save = QPushButton(_("Save a copy…"))
        self.detach = QPushButton(_("Take off"))
        self.attach = QPushButton(_("Attach a file…"))
        self.open.clicked.connect(self.open_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.detach.clicked.connect(self.detach_wanted)
        self.attach.clicked.connect(self.attach_wanted)
        self.buttons = QWidget()
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for button in (self.open, self.save, self.detach, self.attach):
            row.addWidget(button)
        row.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.told, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self.buttons)

    def show_nothing(self, *, editable: bool) -> None:
        """Say that no file is kept."""
        self._show("", _("No file is kept. Drop one here, or"))
        self._offer((self.attach,) if editable else ())

    def show_file(self, kind: str, size: int, state: State, *, opens: bool, editable: bool) -> None:
        """Show what is kept; `opens` says whether files of that kind are opened from here."""
        told = {"intact": _("intact"), "missing": _("its bytes are not here"), "altered": _("altered")}[state]
        parts = (kind_text(kind), QLocale().formattedDataSize(size, 1) if size >= 0 else "", told)
        self._show("check" if state == "intact" else "warning", " · ".join(part for part in parts if part))
        there = state == "intact"
        offered = (
            *((self.open,) if opens and there else ()),
            *((self.save,) if there else ()),
            *((self.detach,) if editable else ()),
        )
        self._offer(offered)

    def _show(self, icon_name: str, words: str) -> None:
        self._icon.setVisible(bool(icon_name))
        if icon_name:
            token = "warning" if icon_name == "warning" else "accent"
            self._icon.setPixmap(pixmap(icon_name, token, _ICON, self.devicePixelRatioF()))
        self.told.setText(words)
        self.told.setAccessibleName(words)

    def _offer(self, offered: tuple[QPushButton, ...]) -> None:
        for button in (self.open, self.save, self.detach, self.attach):
            button.setVisible(button in offered)
        self.buttons.setVisible(bool(offered))


def kind_text(media_type: str) -> str:
    """Return a media type in words, for a person."""
    family, _stroke, name = media_type.partition("/")
    words = {
        "application/pdf": _("PDF"),
        "application/zip": _("archive or office document"),
        "text/html": _("saved web page"),
        "text/plain": _("plain text"),
        "application/octet-stream": _("file of an unknown kind"),
    }
    families = {"image": _("image"), "audio": _("audio"), "video": _("video")}
    if media_type in words:
        return words[media_type]
    return f"{families[family]} ({name.upper()})" if family in families else media_type
