"""The few questions the program asks in windows of their own; the one place of file dialogs and message boxes."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMessageBox, QWidget  # noqa: TID251 - this is the place

from annotator.i18n import _


class Prompts:
    """Asks a person. Tests put a fake with canned answers in its place.

    File dialogs begin in the folder where the last file was chosen, whatever way its name was given.
    """

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent
        self._folder = ""

    def file_to_open(self, title: str, kinds: str) -> Path | None:
        """Return the file a person chose, None where they chose none."""
        name, _kind = QFileDialog.getOpenFileName(self._parent, title, self._folder, kinds)
        return self._remembered(name)

    def files_to_open(self, title: str, kinds: str) -> list[Path]:
        """Return the files a person chose."""
        names, _kind = QFileDialog.getOpenFileNames(self._parent, title, self._folder, kinds)
        return [path for name in names if (path := self._remembered(name))]

    def file_to_save(self, title: str, kinds: str, suggestion: str, *, replaces: bool = True) -> Path | None:
        """Return the path a person chose to write to, None for none.

        Where the file `replaces` one that is there, the person confirmed that; else they were not asked. Of several
        `kinds`, with ;; between, the one that is chosen gives the name its ending.
        """
        options = QFileDialog.Option(0) if replaces else QFileDialog.Option.DontConfirmOverwrite
        name, kind = QFileDialog.getSaveFileName(self._parent, title, suggestion, kinds, "", options)
        if not name or ";;" not in kinds:
            return self._remembered(name)
        path = with_ending(name, kind, kinds)
        if replaces and path != Path(name) and path.exists():
            # The dialog asked about the name that it had.
            question = _("{file} is there already.").format(file=path.name)
            if self.choice(title, question, (_("Replace it"), _("Keep it"))) != 0:
                return None
        return self._remembered(str(path))

    def _remembered(self, name: str) -> Path | None:
        if not name:
            return None
        self._folder = str(Path(name).parent)
        return Path(name)

    def choice(self, title: str, question: str, choices: Sequence[str]) -> int | None:
        """Return the number of the choice a person made, None where they cancelled."""
        text, given = QInputDialog.getItem(self._parent, title, question, list(choices), 0, False)  # noqa: FBT003 - Qt's
        return list(choices).index(text) if given else None

    def words(self, title: str, question: str, suggestion: str = "") -> str:
        """Return a line of text, "" where the person cancelled."""
        text, given = QInputDialog.getText(self._parent, title, question, QLineEdit.EchoMode.Normal, suggestion)
        return text if given else ""

    def open_address(self, address: str) -> bool:
        """Hand a web address, which the person was shown, to the browser; tell whether there is one."""
        return QDesktopServices.openUrl(QUrl(address))

    def open_file(self, path: Path) -> bool:
        """Hand a file to whatever program this person opens such files with; tell whether there is one."""
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def tell(self, title: str, line: str) -> None:
        """Show a line that must be seen before work goes on."""
        box = QMessageBox(self._parent)
        box.setWindowTitle(title)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(line)
        box.addButton(_("Close"), QMessageBox.ButtonRole.AcceptRole)
        box.exec()


def with_ending(name: str, kind: str, kinds: str) -> Path:
    """Return the path that a person chose, with the ending of the kind they chose.

    Dialogs of the system leave a name as it was when the kind is changed; a name with an ending that is of none of the
    kinds stays.
    """
    path, own = Path(name), _endings(kind)
    others = [ending for one in kinds.split(";;") for ending in _endings(one)]
    suffix = path.suffix.lower()
    if not own or suffix in own or (suffix and suffix not in others):
        return path
    return path.with_suffix(own[0])


def _endings(kind: str) -> list[str]:
    """Return the endings of a kind of file that is written as "Text (*.txt *.text)"."""
    return [ending.removeprefix("*") for ending in kind.rpartition("(")[2].rstrip(")").split() if ending != "*"]
