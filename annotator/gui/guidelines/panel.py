"""The guidelines beside the article: the version that holds, earlier ones, and a new one written in place."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from annotator.gui.guidelines.wording import list_name, notice_of
from annotator.gui.hub import Hub
from annotator.gui.widgets.empty import EmptyHint
from annotator.gui.widgets.panel_title import PanelTitle
from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _
from annotator.services import guidelines

if TYPE_CHECKING:
    from annotator.model.changes import Changes
    from annotator.services.guidelines import GuidelineVersion
    from annotator.store.project import Project

_LEAST_WIDTH: Final = 250


class _Text(QPlainTextEdit):
    """The rules as plain text; while they are written, Esc and undo are theirs.

    Signals:
        left: Esc.
        saved: Ctrl+Enter.
    """

    left = Signal()
    saved = Signal()

    def event(self, event: QEvent) -> bool:
        """Take Esc and, while writing, undo before the window does."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
            if event.key() == Qt.Key.Key_Escape or (undo and not self.isReadOnly()):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Esc, save on Ctrl+Enter."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier and not self.isReadOnly():
            self.saved.emit()
        else:
            super().keyPressEvent(event)


class GuidelinePanel(QWidget):
    """Shows one version; it never takes the focus by itself.

    Signals:
        left: the person pressed Esc and wants back to the article.
        close_wanted: the person wants it out of the way.
    """

    left = Signal()
    close_wanted = Signal()

    def __init__(self, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._versions: list[GuidelineVersion] = []
        self._before = ""
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Guidelines"))
        self.title = PanelTitle(_("Guidelines"))
        self.which = QComboBox()
        self.which.setAccessibleName(_("Version of the guidelines"))
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.setMinimumContentsLength(10)
        self.notice = PlainLabel()
        self.notice.setWordWrap(True)
        self.notice.setProperty("quiet", "true")
        self.text = _Text()
        self.text.setProperty("field", True)  # noqa: FBT003 - Qt's own signature
        self.text.setAccessibleName(_("Guidelines"))
        self.text.setTabChangesFocus(True)
        self.text.left.connect(self._on_left)
        self.text.saved.connect(self.save)
        self.empty = EmptyHint(
            "note", _("No guidelines yet"), _("What is a claim here, and when is it confirmed?"), action=_("Write them")
        )
        self.edit = QPushButton(_("Edit"))
        self.keep = QPushButton()
        self.keep.setProperty("kind", "primary")
        self.cancel = QPushButton(_("Cancel"))
        self._pages = QStackedWidget()
        self._lay_out()
        self.which.currentIndexChanged.connect(self._show_chosen)
        self.empty.action_chosen.connect(self.write)
        self.edit.clicked.connect(self.write)
        self.keep.clicked.connect(self.save)
        self.cancel.clicked.connect(self.stop_writing)
        hub.changed.connect(self._on_changed)
        hub.leaving.connect(self.save)
        hub.project_changed.connect(self._on_project)
        self.read()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.which)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.edit)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.keep)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.notice)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)

    def minimumSizeHint(self) -> QSize:
        """Return a width at which lines can be read, and no button is cut."""
        return super().minimumSizeHint().expandedTo(QSize(_LEAST_WIDTH, 0))

    # Reading

    @property
    def writing(self) -> bool:
        """Whether a version is being written."""
        return not self.text.isReadOnly()

    def read(self) -> None:
        """Read the versions again; what is being written stays."""
        if not self._hub.is_open:
            return
        chosen = self._chosen()
        self._versions = guidelines.versions(self._hub.project)
        self.which.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.which.clear()
        for one in self._versions:
            self.which.addItem(list_name(one))
        place = next((n for n, one in enumerate(self._versions) if chosen and one.guideline.id == chosen), 0)
        self.which.setCurrentIndex(place if self._versions else -1)
        self.which.blockSignals(False)  # noqa: FBT003
        if self.writing and self.text.hasFocus():
            return
        if self.writing and self._raw() != self._before:
            return
        self._show_chosen()

    def choose(self, guideline_id: str) -> None:
        """Show that version; while one is written, that one stays."""
        place = next((n for n, one in enumerate(self._versions) if one.guideline.id == guideline_id), -1)
        if place >= 0 and not self.writing:
            self.which.setCurrentIndex(place)

    def _chosen(self) -> str:
        place = self.which.currentIndex()
        # The latest stays the latest, also when there is a later one.
        return self._versions[place].guideline.id if 0 < place < len(self._versions) else ""

    def _show_chosen(self) -> None:
        place = max(0, self.which.currentIndex())
        one = self._versions[place] if self._versions else None
        text = one.guideline.text if one else ""
        self.text.setReadOnly(True)
        if text != self._raw():
            self.text.setPlainText(text)
        self._before = self._raw()
        notice = notice_of(one, self._versions) if one else ""
        self.notice.setText(notice)
        self.notice.setVisible(bool(notice))
        self.which.setVisible(one is not None)
        self._pages.setCurrentWidget(self.text if one else self.empty)
        self._renew_foot()

    def _renew_foot(self) -> None:
        writable = self._hub.is_open and self._hub.project.writable
        self.edit.setVisible(bool(self._versions) and not self.writing)
        self.edit.setEnabled(writable)
        if self.empty.button is not None:
            self.empty.button.setEnabled(writable)
        self.which.setEnabled(not self.writing)
        now = self._versions[0].guideline.number if self._versions else 0
        self.keep.setText(_("Save version {n}").format(n=now + 1))
        for button in (self.keep, self.cancel):
            button.setVisible(self.writing)

    def _raw(self) -> str:
        # toPlainText would turn no-break spaces into spaces.
        return self.text.document().toRawText().replace("\u2029", "\n")

    # Writing

    def write(self) -> None:
        """Write a new version, from the one on show."""
        if not self._hub.project.writable:
            return
        self._pages.setCurrentWidget(self.text)
        self.text.setReadOnly(False)
        self._renew_foot()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop_writing(self) -> None:
        """Let go of what was written, and show the version that was on show."""
        held = self.isAncestorOf(self.window().focusWidget() or self.window())
        self.text.setPlainText(self._before)
        self._show_chosen()
        if held:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Keep what was written as a version; without a change there is none."""
        if not self.writing:
            return
        if self._raw() == self._before:
            self.stop_writing()
            return
        if self._hub.do(_written, self._raw()):
            self.text.setReadOnly(True)
            self.which.setCurrentIndex(-1)
            self.read()
            self._hub.announced.emit(_("Saved as version {n}").format(n=self._versions[0].guideline.number))

    def _on_left(self) -> None:
        if not self.writing or self._raw() == self._before:
            self.stop_writing()
        self.left.emit()

    def _on_changed(self, changes: "Changes") -> None:
        if changes.whole or changes.touches("guideline"):
            self.read()

    def _on_project(self) -> None:
        self.which.setCurrentIndex(-1)
        self.text.setReadOnly(True)
        self.text.clear()
        self._versions = []
        self.read()


def _written(project: "Project", text: str) -> bool:
    guidelines.write(project, text)
    return True
