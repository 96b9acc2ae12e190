"""The import sheet: what an import would bring in, on a page over the window, before anything is written."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QDockWidget, QFrame, QMainWindow, QPushButton, QToolBar, QWidget

from annotator.gui.intake.checks import Check, checks_of, checks_of_report, look_at
from annotator.gui.intake.details import found_details
from annotator.gui.intake.page import ImportPage
from annotator.gui.intake.rows import counts_text, outcome_icon, outcome_word, why_text
from annotator.gui.widgets.announce import announce
from annotator.gui.widgets.focus import give_back
from annotator.i18n import _, ngettext
from annotator.services.importing import Row
from annotator.services.originals import Details, Original
from annotator.services.plain_text import Pasted
from annotator.services.previewing import Look, Preview

_ADD_KEYS: Final = ("Ctrl+Return", "Ctrl+Enter")


class ImportSheet(QFrame):
    """Covers the window below its menu bar; not modal, but what it covers takes no keys meanwhile.

    Signals:
        accepted: the person wants it in the project.
        cancelled: the person does not.
        preview_wanted: an original should be previewed (Original).
    """

    accepted = Signal()
    cancelled = Signal()
    preview_wanted = Signal(object)

    def __init__(self, window: QMainWindow, originals: Sequence[Original], look: Look) -> None:
        super().__init__(window)
        self._window = window
        self._originals = {str(original): original for original in originals}
        self._report = look.report
        self._edited: dict[Original, Details] = {}
        self._shown: Row | None = None
        self._covered: list[QWidget] = []
        self._focused_before = QApplication.focusWidget()
        self.setAccessibleName(_("Import"))
        self.setProperty("ground", "app")
        self.page = ImportPage(self._report, self)
        self._connect()
        self._describe()
        self._cover()
        self._begin(look.first)

    def _connect(self) -> None:
        self.page.add.clicked.connect(self._accept)
        self.page.cancel.clicked.connect(self.cancelled)
        self.page.details.edited.connect(self._on_edited)
        self.page.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.page.rows.modelReset.connect(self._show_first)
        for keys in _ADD_KEYS:
            self._shortcut(keys).activated.connect(self._accept)
        self._shortcut("Esc").activated.connect(self.cancelled)

    def _shortcut(self, keys: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return shortcut

    def _describe(self) -> None:
        originals = list(self._originals.values())
        if len(originals) == 1:
            only = originals[0]
            source = _("pasted text") if isinstance(only, Pasted) else only.name
        else:
            source = ngettext("{n} file", "{n} files", len(originals))
        self.page.describe(f"{source}  ·  " + _("nothing is written yet"), counts_text(self._report))

    # Over the window

    def _cover(self) -> None:
        """Lie over everything below the menu bar, and keep keys from what is covered."""
        window = self._window
        bars = [*window.findChildren(QToolBar), *window.findChildren(QDockWidget)]
        covered = (window.centralWidget(), window.statusBar(), *bars)
        self._covered = [widget for widget in covered if widget is not None and widget.isEnabled()]
        for widget in self._covered:
            widget.setEnabled(False)
        window.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        bar = self._window.menuBar()
        top = bar.height() if bar.isVisible() else 0
        self.setGeometry(0, top, self._window.width(), self._window.height() - top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the page all the room."""
        super().resizeEvent(event)
        self.page.setGeometry(self.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow and shrink with the window."""
        if watched is self._window and event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._place()
        return super().eventFilter(watched, event)

    def uncover(self) -> None:
        """Go, and give the window back as it was."""
        self._window.removeEventFilter(self)
        for widget in self._covered:
            widget.setEnabled(True)
        self.hide()
        self.deleteLater()
        give_back(self._focused_before)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's own signature
        """Keep Tab inside the sheet."""
        here = QApplication.focusWidget() or self
        follower = here
        while True:
            follower = follower.nextInFocusChain() if next else follower.previousInFocusChain()
            if follower is here or follower is None:  # pyright: ignore[reportUnnecessaryComparison] - C++ may give none
                return False
            if self.isAncestorOf(follower) and _takes_tab(follower):
                reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
                follower.setFocus(reason)
                return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press a button as Space does."""
        focused = QApplication.focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    # Rows

    def _begin(self, first: Preview | None) -> None:
        self.page.show_report(checks_of_report(self._report))
        row = self.page.rows.at(0)
        if row is None:
            return
        self._shown = row
        self.page.table.selectRow(0)
        if first is not None:
            self._show(row, first)
        else:
            self._show_reason(row)
        self.page.focus_first(can_add=self.can_add)
        announce(self, _("Import: {counts}. {source}").format(counts=counts_text(self._report), source=why_text(row)))

    def _show_first(self) -> None:
        if self.page.rows.rowCount():
            self.page.table.selectRow(0)

    def _on_row(self, index: QModelIndex) -> None:
        row = self.page.rows.at(index.row())
        if row is None or row == self._shown:
            return
        self._shown = row
        if row.line or row.outcome == "refused":
            self._show_reason(row)
        else:
            self.page.show_waiting()
            self.preview_wanted.emit(self._originals[row.file])

    def show_preview(self, original: Original, preview: Preview | None) -> None:
        """Show an original's preview, if its row is still the chosen one."""
        row = self._shown
        if row is None or row.line or row.file != str(original):
            return
        if preview is None:
            self._show_reason(row)
        else:
            self._show(row, preview)

    def _show(self, row: Row, preview: Preview) -> None:
        details = self._edited.get(self._originals[row.file]) or found_details(preview.reading)
        self.page.show_article(preview.reading, details, checks_of(preview, row), fixed=row.outcome == "known")

    def _show_reason(self, row: Row) -> None:
        icon, token = outcome_icon(row.outcome)
        told = f"{outcome_word(row.outcome)}: {why_text(row)}"
        if row.line:
            told = _("Line {n}, {told}").format(n=row.line, told=told)
        checks = [Check(icon, token, told)]
        if row.outcome == "refused":
            checks = [look_at(row.what), *([Check("info", "ink2", row.do)] if row.do else [])]
        self.page.show_reason(checks)

    # What comes of it

    def _on_edited(self) -> None:
        row = self._shown
        if row is not None and not self.page.details.has_fault:
            self._edited[self._originals[row.file]] = self.page.details.details()
        self.page.add.setEnabled(self.can_add and not self.page.details.has_fault)

    @property
    def can_add(self) -> bool:
        """Whether there is anything to add."""
        return self._report.records > 0

    def details(self) -> Mapping[Original, Details]:
        """Return the details that the person set right."""
        return self._edited

    def _accept(self) -> None:
        if self.page.details.has_fault:
            self.page.details.published.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, self.page.details.fault.text(), at_once=True)
        elif self.can_add:
            self.accepted.emit()


def _takes_tab(widget: QWidget) -> bool:
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes and widget.isVisible() and widget.isEnabled()
