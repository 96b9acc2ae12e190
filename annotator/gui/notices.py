"""What the window tells: quiet notices, refusals with what to do, and announcements to screen readers."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator import log_file
from annotator.errors import Refused
from annotator.gui.hub import Hub
from annotator.gui.loop import AnnotateLoop
from annotator.gui.widgets.announce import announce
from annotator.gui.widgets.toast import Toast
from annotator.i18n import _


class Notices(QObject):
    """Shows one notice at a time over the window's lower edge."""

    def __init__(self, window: QWidget, hub: Hub, loop: AnnotateLoop) -> None:
        super().__init__(window)
        self._window = window
        self.toast = Toast(window)
        hub.refused.connect(self.refuse)
        hub.announced.connect(self.say)
        loop.warned.connect(self.tell)

    def say(self, text: str) -> None:
        """Tell screen readers what was done; the window shows it by itself."""
        announce(self._window, text)

    def tell(self, text: str, *, action: str = "") -> None:
        """Show something to know."""
        self.toast.tell(text, action=action)

    def refuse(self, refusal: Refused) -> None:
        """Show what could not be done and what to do about it."""
        # The folders before the name would push what happened out of sight.
        short = Refused(refusal.what, do=refusal.do, file=Path(refusal.file).name, line=refusal.line)
        self.toast.tell(str(short), icon_name="warning", at_once=True)

    def tell_unsaved(self) -> None:
        """Say that words are not saved, after the refusal that says why."""
        words = _("{why}. Some words are not saved; do it again to leave without them.")
        self.toast.tell(words.format(why=self.toast.text()), icon_name="warning", at_once=True)

    def explain_reading_only(self, refusal: Refused) -> None:
        """Say why a project is open for reading only."""
        self.toast.tell(_("Read-only: {why}").format(why=refusal), icon_name="warning", at_once=True)

    def report_logged_bug(self, _line: str) -> None:
        """Say quietly that a bug was logged."""
        self.report_bug(str(log_file.path()))

    def report_bug(self, file: str) -> None:
        """Say quietly that something went wrong, and where it is written down."""
        self.toast.tell(
            _("Something went wrong; nothing that was saved is lost. It is written down in {file}").format(file=file),
            icon_name="warning",
            at_once=True,
        )
