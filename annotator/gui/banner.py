"""The strip over the article that stays until what it tells is settled: a change that is not saved, with Retry."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QPushButton, QToolBar, QToolButton, QWidget

from annotator.errors import Refused
from annotator.gui.hub import Hub
from annotator.gui.icons import icon, pixmap
from annotator.gui.widgets.announce import announce
from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _

_ICON = 18


class Strip(QToolBar):
    """A strip over the article: an icon and a sentence, which stay until they no longer hold."""

    def __init__(self, window: QMainWindow, name: str, title: str, icon_name: str, token: str) -> None:
        super().__init__(title, window)
        self.setObjectName(name)
        self.setMovable(False)
        self.setFloatable(False)
        self.toggleViewAction().setEnabled(False)
        self.toggleViewAction().setVisible(False)
        self._drawn = icon_name, token
        self._icon = QLabel()
        self.text = PlainLabel()
        self.text.setWordWrap(True)
        inside = QWidget()
        self.row = QHBoxLayout(inside)
        self.row.setContentsMargins(8, 0, 8, 0)
        self.row.setSpacing(10)
        self.row.addWidget(self._icon)
        self.row.addWidget(self.text, 1)
        self.addWidget(inside)
        window.addToolBarBreak()
        window.addToolBar(self)
        self.renew_icons()
        self.hide()

    def say(self, words: str) -> None:
        """Show a sentence."""
        self.text.setText(words)
        self.setAccessibleName(words)
        self.show()

    def renew_icons(self) -> None:
        """Draw the icons in the theme's colours."""
        self._icon.setPixmap(pixmap(*self._drawn, _ICON, self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.renew_icons()


class ReadingBanner(Strip):
    """Tells that the project is open for reading only, and why."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window, "reading", _("For reading only"), "info", "accent")


class UnsavedBanner(Strip):
    """Tells that a change could not be saved and why; Retry makes the very same change again.

    Nothing else of the window changes: the selection, typed words and an open popup stay as they are.

    Signals:
        repeated: Retry has saved the change.
    """

    repeated = Signal()

    def __init__(self, window: QMainWindow, hub: Hub) -> None:
        self.dismiss = QToolButton()
        super().__init__(window, "unsaved", _("Not saved"), "warning", "warning")
        self._again: Callable[[], object] | None = None
        self.retry = QPushButton(_("Retry"))
        self.retry.setAccessibleName(_("Retry: save the change again"))
        self.retry.clicked.connect(self._on_retry)
        self.dismiss.setAccessibleName(_("Close the notice"))
        self.dismiss.clicked.connect(self._put_away)
        self.row.addWidget(self.retry)
        self.row.addWidget(self.dismiss)
        hub.project_changed.connect(self._put_away)
        hub.changed.connect(self._put_away)

    def tell(self, refusal: Refused, again: Callable[[], object]) -> None:
        """Show why a change is not saved; `again` makes it once more."""
        self._again = again
        said = f"{refusal.what}; {refusal.do}" if refusal.do else refusal.what
        self.say(said[:1].upper() + said[1:])
        announce(self, self.text.text(), at_once=True)

    def _on_retry(self) -> None:
        again, self._again = self._again, None
        if again is not None:
            again()
        if self._again is None:  # it was not refused once more
            self._put_away()
            self.repeated.emit()

    def _put_away(self, *_whatever: object) -> None:
        """Hide it: something was saved since, so the disk takes changes again."""
        self._again = None
        self.hide()

    def renew_icons(self) -> None:
        """Draw the icons in the theme's colours."""
        super().renew_icons()
        self.dismiss.setIcon(icon("close"))
