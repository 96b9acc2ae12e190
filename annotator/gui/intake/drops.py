"""Files and text dropped anywhere on the window that no panel took for itself."""

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

_DROPS = {QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop}


class WindowDrops(QObject):
    """Offers a whole window as a place to drop on.

    Signals:
        files_dropped: files were dropped (list of paths).
        text_dropped: plain text was dropped.
    """

    files_dropped = Signal(list)
    text_dropped = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what can be brought in; nothing is opened or fetched here."""
        # QDragEnterEvent and QDragMoveEvent are drop events too.
        if event.type() not in _DROPS or not isinstance(event, QDropEvent):
            return super().eventFilter(watched, event)
        files, text = local_files(event.mimeData()), plain_text(event.mimeData())
        if not files and not text:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            if files:
                self.files_dropped.emit(files)
            else:
                self.text_dropped.emit(text)
        return True


def local_files(data: QMimeData) -> list[str]:
    """Return the paths of the files on this machine that the data names; addresses are no files."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]


def plain_text(data: QMimeData) -> str:
    """Return the data's plain text, "" where it has none; its HTML or rich text is never read."""
    return data.text() if data.hasFormat("text/plain") else ""
