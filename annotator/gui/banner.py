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


class UnsavedBanner(QToolBar):
    """Tells that a change could not be saved and why; Retry makes the very same change again.

    Nothing else of the window changes: the selection, typed words and an open popup stay as they are.

    Signals:
        repeated: Retry has saved the change.
    """

    repeated = Signal()

    def __init__(self, window: QMainWindow, hub: Hub) -> None:
        super().__init__(_("Not saved"), window)
        self.setObjectName("unsaved")
        self.setMovable(False)
        self.setFloatable(False)
        self.toggleViewAction().setEnabled(False)
        self.toggleViewAction().setVisible(False)
        self._again: Callable[[], object] | None = None
        self._icon = QLabel()
        self.text = PlainLabel()
        self.text.setWordWrap(True)
        self.retry = QPushButton(_("Retry"))
        self.retry.setAccessibleName(_("Retry: save the change again"))
        self.retry.clicked.connect(self._on_retry)
        self.dismiss = QToolButton()
        self.dismiss.setAccessibleName(_("Close the notice"))
        self.dismiss.clicked.connect(self._put_away)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self.text, 1)
        row.addWidget(self.retry)
        row.addWidget(self.dismiss)
        self.addWidget(inside)
        window.addToolBarBreak()
        window.addToolBar(self)
        self._renew_icons()
        hub.project_changed.connect(self._put_away)
        hub.changed.connect(self._put_away)
        self.hide()

    def tell(self, refusal: Refused, again: Callable[[], object]) -> None:
        """Show why a change is not saved; `again` makes it once more."""
        self._again = again
        said = f"{refusal.what}; {refusal.do}" if refusal.do else refusal.what
        self.text.setText(said[:1].upper() + said[1:])
        self.setAccessibleName(self.text.text())
        self.show()
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

    def _renew_icons(self) -> None:
        self._icon.setPixmap(pixmap("warning", "warning", _ICON, self.devicePixelRatioF()))
        self.dismiss.setIcon(icon("close"))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._renew_icons()
