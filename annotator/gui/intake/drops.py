"""What is dropped or pasted from elsewhere: files, an address, plain text. Nothing is opened or fetched here."""

from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

_DROPS: Final = {QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop}
_WEB: Final = frozenset({"http", "https"})
_TITLED: Final = (("text/x-moz-url", "utf-16-le"), ("_NETSCAPE_URL", "utf-8"))
"""Formats in which browsers give an address and, in the next line, what the link is called."""
_LONGEST_LINK: Final = 4096
"""Letters of HTML that a link takes, and no page."""


class Dropped(NamedTuple):
    """What was dropped: paths of files, else an address of the web with the words of its link, and plain text.

    HTML is never read but for the words of a link. An address alone is text, too; a file on another machine is neither.
    """

    files: list[str]
    address: str = ""
    title: str = ""
    text: str = ""

    def tell(self, files: SignalInstance, text: SignalInstance) -> None:
        """Tell the one or the other."""
        if self.files:
            files.emit(self.files)
        else:
            text.emit(self.text)


def read(data: QMimeData) -> Dropped | None:
    """Return what can be brought in, None where there is nothing of the kind."""
    files = local_files(data)
    if files:
        return Dropped(files)
    address = next((url.toString() for url in data.urls() if url.scheme().lower() in _WEB and url.host()), "")
    text = plain_text(data) or address
    return Dropped([], address, _title(data, address), text) if text else None


def offer(event: QDropEvent) -> Dropped | None:
    """Take what can be brought in, as a copy, and leave everything else; return what it is."""
    # QDragEnterEvent and QDragMoveEvent are drop events too.
    found = read(event.mimeData())
    if found is None:
        event.ignore()
    else:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
    return found


def offer_files(event: QDropEvent) -> list[str]:
    """Take files, as copies, and leave everything else; return their paths."""
    found = offer(event)
    if found is None or not found.files:
        event.ignore()
        return []
    return found.files


class WindowDrops(QObject):
    """Offers a whole window as a place to drop on.

    Signals:
        files_dropped: files were dropped (list of paths).
        text_dropped: plain text or an address was dropped.
    """

    files_dropped = Signal(list)
    text_dropped = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what no panel took for itself."""
        if event.type() not in _DROPS or not isinstance(event, QDropEvent):
            return super().eventFilter(watched, event)
        found = offer(event)
        if found is not None and event.type() == QEvent.Type.Drop:
            found.tell(self.files_dropped, self.text_dropped)
        return found is not None


def local_files(data: QMimeData) -> list[str]:
    """Return the paths of the files on this machine that the data names; addresses are no files."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]


def plain_text(data: QMimeData) -> str:
    """Return the data's plain text, "" where it has none; its HTML or rich text is never read."""
    return data.text() if data.hasFormat("text/plain") else ""


def _title(data: QMimeData, address: str) -> str:
    """Return what the link to an address is called, "" where nothing but the address is told."""
    words = ""
    for kind, encoding in _TITLED:
        if address and data.hasFormat(kind):
            lines = bytes(data.data(kind).data()).decode(encoding, "replace").replace("\0", "").splitlines()
            words = words or (" ".join(lines[1].split()) if len(lines) > 1 else "")
    if address and not words and data.hasHtml() and len(data.html()) <= _LONGEST_LINK:
        words = _words_of(data.html())
    return "" if "://" in words else words


def _words_of(html: str) -> str:
    """Return the words of a link: on X11 Qt hands on what it is called in HTML alone."""
    from html.parser import HTMLParser  # noqa: PLC0415 - hardly ever wanted

    class Words(HTMLParser):
        """Gathers what stands between tags; they themselves do nothing."""

        def handle_data(self, data: str) -> None:
            found.append(data)

    found: list[str] = []
    Words().feed(html)
    return " ".join(" ".join(found).split())
