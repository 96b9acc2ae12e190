"""What the window shows of a damaged project: that nothing touches it, and the way to a sound one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from annotator.errors import Refused
from annotator.gui.popups.card import Card, scrolled
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
        card = Card(window, "", name=_("Damaged project"), width=_WIDTH, height=_HEIGHT)
        self.title, self.overlay, self.close_button = card.title, card.overlay, card.close_button
        self.words = PlainLabel()
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._area = scrolled(self.words, words_only=True)
        self._area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.rescue = QPushButton(_("Rescue to a new file…"))
        self.rescue.setProperty("kind", "primary")
        card.body.addWidget(self._area, 1)
        card.foot.addWidget(self.rescue)
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
