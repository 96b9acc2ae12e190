"""The panels beside the article: folded away in a narrow window, put aside while another screen is shown."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

FOLD_BELOW = 1180
"""A window narrower than this folds the left panel away (interface.md, section 2)."""


class Docks:
    """The two panels of a window, and which of them the person has open."""

    def __init__(self, window: QMainWindow, *, left: tuple[str, QWidget], right: tuple[str, QWidget]) -> None:
        self._window = window
        self._folded_by_width = False
        self._open_before: tuple[QDockWidget, ...] | None = None
        self.left = self._made("left", *left, Qt.DockWidgetArea.LeftDockWidgetArea, 264)
        self.right = self._made("right", *right, Qt.DockWidgetArea.RightDockWidgetArea, 392)

    def _made(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea, width: int) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(name)
        dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        dock.setTitleBarWidget(QWidget())
        dock.setWidget(widget)
        self._window.addDockWidget(area, dock)
        self._window.resizeDocks([dock], [width], Qt.Orientation.Horizontal)
        return dock

    def show(self, *, shown: bool) -> None:
        """Show both, the left one only where there is room for it; or neither."""
        self._open_before = None
        for dock in (self.left, self.right):
            dock.setVisible(shown)
        self._folded_by_width = False
        self.fold()

    def put_aside(self) -> None:
        """Hide both until `put_back`."""
        if self._open_before is None:
            self._open_before = tuple(dock for dock in (self.left, self.right) if dock.isVisible())
            for dock in self._open_before:
                dock.hide()

    def put_back(self) -> None:
        """Show again what was open before `put_aside`."""
        shown, self._open_before = self._open_before or (), None
        for dock in shown:
            dock.show()
        self.fold()

    def fold(self) -> None:
        """Fold the left panel where the window is narrow; unfold it again only if narrowness folded it."""
        if self._open_before is not None:
            return
        narrow = self._window.width() < FOLD_BELOW
        if narrow and self.left.isVisible():
            self.left.hide()
            self._folded_by_width = True
        elif not narrow and self._folded_by_width:
            self.left.show()
            self._folded_by_width = False
