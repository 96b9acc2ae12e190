"""What the window shows of a damaged project: that nothing touches it, and the way to a sound one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from annotator.errors import Refused
from annotator.gui.popups.overlay import Overlay
from annotator.gui.theme import interface_font, sized
from annotator.gui.widgets.keyed_button import KeyedButton
from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _
from annotator.services.backups import Backup, local_time

_WIDTH, _HEIGHT = 640, 340
_LINES = 200


class DamageCard(QObject):
    """A card over the window: first what is wrong and the offer, afterwards what came from where.

    Signals:
        rescue_wanted: the person wants a sound project made of it.
    """

    rescue_wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        card = QWidget()
        self.title = PlainLabel()
        self.title.setFont(sized(interface_font(), 1.2))
        self.title.setWordWrap(True)
        self.words = PlainLabel()
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        area.setWidget(self.words)
        area.viewport().setAutoFillBackground(False)
        self.words.setAutoFillBackground(False)
        self.rescue = QPushButton(_("Rescue to a new file…"))
        self.rescue.setProperty("kind", "primary")
        self.close_button = KeyedButton(_("Close"), key=_("Esc"), colour="ink2")
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.rescue)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(area, 1)
        column.addLayout(foot)
        self._area = area
        self.overlay = Overlay(window, card, name=_("Damaged project"), width=_WIDTH, height=_HEIGHT)
        self.close_button.clicked.connect(self.overlay.close_card)
        self.rescue.clicked.connect(self.rescue_wanted)

    def offer(self, path: Path, refusal: Refused, newest: Backup | None) -> None:
        """Say what is wrong and offer the rescue."""
        self.title.setText(_("{file} is damaged").format(file=path.name))
        if newest is None:
            known = _("There is no backup of it on this machine, so it depends on what can still be read.")
        else:
            known = _("Its newest backup is of {when}; the journal holds every change since.")
            known = known.format(when=local_time(newest))
        lines = (
            _("What was found: {what}.").format(what=refusal.what),
            _("The file stays as it is; nothing repairs it in its place."),
            _("A sound project can be made of its newest good backup, its journal and every row that is readable."),
            known,
        )
        self._show(lines)
        self.overlay.open_on(self.rescue)

    def report(self, new: Path, lines: Sequence[str]) -> None:
        """Say what came from where and what is lost."""
        self.title.setText(_("Rescued to {file}").format(file=new.name))
        self.rescue.hide()
        shown = [f"• {line}" for line in lines[:_LINES]]
        if len(lines) > _LINES:
            shown.append(_("and {n} more").format(n=len(lines) - _LINES))
        self._show(shown)
        self.overlay.open_on(self.close_button)

    def _show(self, lines: Sequence[str]) -> None:
        self.words.setText("\n\n".join(lines) if not self.rescue.isHidden() else "\n".join(lines))
        self._area.setAccessibleName(self.words.text())
