"""The question before an address is opened: it shows the host, since a title may say anything."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from annotator.gui.widgets.focus import give_back
from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _


class OpenStrip(QFrame):
    """Asks whether an address goes to the browser.

    Signals:
        confirmed: the person wants it opened (the address).
    """

    confirmed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self._address = ""
        self._asked: QWidget | None = None
        self.question = PlainLabel()
        self.question.setWordWrap(True)
        self.yes = QPushButton(_("Open in the browser"))
        self.no = QPushButton(_("Not now"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self.question, 1)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.put_away)
        self.hide()

    def ask(self, address: str, asked: QWidget) -> None:
        """Show the host of an address; the focus goes back to `asked` afterwards."""
        self._address, self._asked = address.strip(), asked
        scheme = QUrl(self._address).scheme()
        words = _("This opens {host} in the browser ({scheme}).").format(host=host_of(address), scheme=scheme)
        self.question.setText(words)
        self.yes.setAccessibleDescription(words)
        self.show()
        self.yes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_yes(self) -> None:
        address = self._address
        self.put_away()
        self.confirmed.emit(address)

    def put_away(self) -> None:
        """Hide the question."""
        held = self.yes.hasFocus() or self.no.hasFocus()
        asked, self._asked = self._asked, None
        self.hide()
        if held:
            give_back(asked)


def host_of(address: str) -> str:
    """Return the host of a web address as it really is, "" for what is not opened in a browser.

    Qt hands the address on, so its host is the one that Qt reads. Letters of other alphabets are written out too: they
    may look like ours.
    """
    url = QUrl(address.strip())
    host = url.host()
    if not url.isValid() or url.scheme() not in {"http", "https"} or not host:
        return ""
    port = f":{url.port()}" if url.port() != -1 else ""
    if ":" in host:
        return f"[{host}]{port}"
    sent = url.host(QUrl.ComponentFormattingOption.FullyEncoded)
    return (host if sent == host else f"{host} ({sent})") + port
