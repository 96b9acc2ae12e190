"""The bar under the article that finds words in it, and leads from one place to the next."""

from bisect import bisect_left
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from annotator.gui.article_view.view import ArticleView
from annotator.gui.icons import icon
from annotator.gui.widgets.announce import announce
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _
from annotator.model.finding import MOST, places

_ICON: Final = 16
_LONGEST: Final = 200
"""So many characters of a selection become the words to find; whoever selected more did not mean them."""


class FindBar(QWidget):
    """Finds while one types; every place is framed in the article, the one at hand is selected.

    The selection stays when the bar is closed, so that the next key marks what was found.

    Signals:
        closed: the person is done with it.
    """

    closed = Signal()

    def __init__(self, view: ArticleView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._begun_at = 0
        self._page = ""
        self.places: list[tuple[int, int]] = []
        self.at = -1
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("Find in the article"))
        self.words.setAccessibleName(_("Find in the article"))
        self.words.textEdited.connect(self._on_edited)
        self.words.installEventFilter(self)
        self.count = PlainLabel()
        self.count.setProperty("quiet", "true")
        self.count.setMinimumWidth(self.fontMetrics().horizontalAdvance(_("{n} of {all}").format(n=9999, all=99999)))
        self._icons: dict[QToolButton, str] = {}
        self.previous = self._button("chevron-up", _("Previous place (Shift+Enter)"))
        self.next = self._button("chevron-down", _("Next place (Enter)"))
        self.case = self._switch(_("Aa"), _("Capitals count"))
        self.whole = self._switch(_("Word"), _("Only whole words"))
        self.close_button = self._button("close", _("Close (Esc)"))
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self.close_button.clicked.connect(self.close_bar)
        self._lay_out()
        self._renew_icons()
        self.hide()

    def _lay_out(self) -> None:
        self.setObjectName("find")
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Find in the article"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 10, 6)
        row.setSpacing(6)
        row.addWidget(self.words, 1)
        for widget in (self.count, self.previous, self.next, self.case, self.whole, self.close_button):
            row.addWidget(widget)

    def _button(self, icon_name: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(_ICON, _ICON))
        button.setAccessibleName(name)
        button.setToolTip(plain_tip(name))
        self._icons[button] = icon_name
        return button

    def _switch(self, text: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setCheckable(True)
        button.setAccessibleName(name)
        button.setToolTip(plain_tip(name))
        button.toggled.connect(self._find)
        return button

    def _renew_icons(self) -> None:
        for button, name in self._icons.items():
            button.setIcon(icon(name))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._renew_icons()

    # What a person does

    def open_bar(self) -> None:
        """Show the bar with the selected words in it, and begin at the caret."""
        start, end = self._view.selected_range()
        self._begun_at = start if start < end else self._view.caret()
        if 0 < end - start <= _LONGEST and "\n" not in self._view.canvas.page.text[start:end]:
            self.words.setText(self._view.canvas.page.text[start:end])
        self.show()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()
        self._find()

    def close_bar(self) -> None:
        """Hide the bar; what was found last stays selected."""
        self._show([])
        self.hide()
        self.closed.emit()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, by: int) -> None:
        """Go to the next place (1) or the one before (-1); after the last comes the first."""
        if not self.isVisible():
            self.open_bar()
            return
        if self._page != self._view.canvas.page.version_key:
            self._find()
        if self.places:
            self._go_to((self.at + by) % len(self.places))

    def article_changed(self) -> None:
        """Find the same words in another article, from its beginning."""
        if self.isVisible():
            self._begun_at = 0
            self._find()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Take Enter, Shift+Enter and Esc from the field."""
        if watched is self.words and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
            if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                self.step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc, wherever in the bar the focus is."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    # Finding

    def _on_edited(self, _words: str) -> None:
        self._find()

    def _find(self, *_whatever: object) -> None:
        """Find all places, and go to the first one from where the finding began."""
        page = self._view.canvas.page
        self._page = page.version_key
        found = places(page.text, self.words.text(), case=self.case.isChecked(), whole=self.whole.isChecked())
        self._show(list(found))
        self.at = -1
        if self.places:
            self._go_to(bisect_left(self.places, (self._begun_at, 0)) % len(self.places))
        else:
            self._view.clear_selection()
            self._tell()

    def _show(self, found: list[tuple[int, int]]) -> None:
        self.places = found
        self._view.canvas.show_found(found)

    def _go_to(self, number: int) -> None:
        self.at = number
        start, end = self.places[number]
        self._begun_at = start
        self._view.select_range(start, end)
        self._tell()

    def _tell(self) -> None:
        there = bool(self.places)
        self.previous.setEnabled(there)
        self.next.setEnabled(there)
        if there:
            more = "+" if len(self.places) == MOST else ""
            told = _("{n} of {all}").format(n=self.at + 1, all=f"{len(self.places)}{more}")
        else:
            told = _("not found") if self.words.text().strip() else ""
        if told != self.count.text():
            self.count.setText(told)
            announce(self.words, told)
