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
        if ";;" in kinds:
            return self._remembered(_name_of_a_kind(self._parent, title, kinds, suggestion))
        options = QFileDialog.Option(0) if replaces else QFileDialog.Option.DontConfirmOverwrite
        name, _kind = QFileDialog.getSaveFileName(self._parent, title, suggestion, kinds, "", options)
        return self._remembered(name)

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


def _name_of_a_kind(parent: QWidget, title: str, kinds: str, suggestion: str) -> str:
    """Return the name that a person chose to write to, with the ending of the kind they chose; "" for none."""
    dialog = QFileDialog(parent, title, suggestion, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    endings = {kind: _ending(kind) for kind in dialog.nameFilters()}

    def follow(kind: str) -> None:
        dialog.setDefaultSuffix(endings[kind].removeprefix("."))
        name = Path(dialog.selectedFiles()[0])
        if name.suffix in endings.values():
            dialog.selectFile(name.with_suffix(endings[kind]).name)

    dialog.filterSelected.connect(follow)
    dialog.selectFile(Path(suggestion).name)
    follow(dialog.selectedNameFilter())
    try:
        return dialog.selectedFiles()[0] if dialog.exec() else ""
    finally:
        dialog.deleteLater()


def _ending(kind: str) -> str:
    """Return the first ending of a kind of file that is written as "Text (*.txt *.text)"."""
    return kind.rpartition("(*")[2].split()[0].rstrip(")")
