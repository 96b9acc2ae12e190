"""Type to find: a field, the rows that match, and the keys that choose; the focus never leaves the field."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QModelIndex, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from annotator.gui.icons import paint_icon
from annotator.gui.popups.found import Found, FoundDelegate, FoundModel
from annotator.gui.popups.matching import prepare
from annotator.gui.widgets.announce import announce
from annotator.gui.widgets.own_font import of_size, own_font
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.section import section_font
from annotator.gui.widgets.wrap import Wrap
from annotator.i18n import _

How = Literal["enter", "shift", "alt", "ctrl"]
"""With which key beside Enter a row was chosen."""

LIMIT: Final = 40
"""So many rows are shown: nobody reads on, everybody types on."""

_PAGE: Final = 6
_GLASS: Final = 16


@dataclass(frozen=True, slots=True)
class Listing:
    """What goes with a query: rows found, and rows that offer to make something."""

    found: tuple[Found, ...] = ()
    offers: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The row a person chose, and how."""

    row: Found
    how: How


class TypeToFind(QWidget):
    """The inside of a popup's card; `head` and `foot` are for its owner to fill.

    `ways` holds buttons at the foot, on as many lines as their words need; the owner puts it there.

    Signals:
        chosen: the person chose a row (Chosen).
    """

    chosen = Signal(object)

    def __init__(
        self,
        list_rows: Callable[[str], Listing],
        *,
        placeholder: str,
        section: str,
        nothing: str,
        extra_keys: Callable[[QKeyEvent], bool],
    ) -> None:
        """Make it; `extra_keys` sees each key before the field and tells whether it took it."""
        super().__init__()
        self._list_rows = list_rows
        self._current = -1
        self.field = SearchField(lambda event: extra_keys(event) or self._take_key(event))
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(placeholder)
        self.field.textChanged.connect(self.refill)
        self.results = _made_list(section)
        self.offers = _made_list(_("New"))
        self._models = (FoundModel(self), FoundModel(self))
        for view, model in zip((self.results, self.offers), self._models, strict=True):
            view.setModel(model)
            view.clicked.connect(self._on_clicked)
        self._section = PlainLabel(section)
        own_font(self._section, section_font)
        self._section.setProperty("quiet", "true")
        self.head = QHBoxLayout()
        self.foot = QHBoxLayout()
        self.ways = Wrap(gap=4)
        self._line, self._foot_line = _divider(), _divider()
        self.nothing = PlainLabel(nothing)
        self.nothing.setWordWrap(True)
        self.nothing.setProperty("quiet", "true")
        self.nothing.setContentsMargins(12, 6, 12, 6)
        self._prepare = QTimer(self)
        self._prepare.setSingleShot(True)
        self._prepare.setInterval(0)
        self._prepare.timeout.connect(prepare)
        self._lay_out()

    def _lay_out(self) -> None:
        self.head.setContentsMargins(18, 12, 18, 0)
        self.head.setSpacing(10)
        self.foot.setContentsMargins(12, 6, 12, 8)
        self.foot.setSpacing(4)
        field = QHBoxLayout()
        field.setContentsMargins(18, 0, 18, 0)
        field.addWidget(self.field)
        section = QHBoxLayout()
        section.setContentsMargins(18, 2, 18, 0)
        section.addWidget(self._section)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(8)
        column.addLayout(self.head)
        column.addLayout(field)
        column.addLayout(section)
        rows = QVBoxLayout()
        rows.setContentsMargins(10, 0, 10, 0)
        rows.addWidget(self.nothing)
        rows.addWidget(self.results, 1)
        column.addLayout(rows, 1)
        column.addWidget(self._line)
        offers = QVBoxLayout()
        offers.setContentsMargins(10, 0, 10, 0)
        offers.addWidget(self.offers)
        column.addLayout(offers)
        column.addWidget(self._foot_line)
        column.addLayout(self.foot)

    # What it shows

    def start(self, query: str = "") -> None:
        """Begin anew with a query."""
        self._foot_line.setVisible(self.foot.count() > 0)
        if self.field.text() == query:
            self.refill()
        else:
            self.field.setText(query)  # which refills
        self._prepare.start()

    def query(self) -> str:
        """Return what was typed, without spaces around it."""
        return self.field.text().strip()

    def refill(self) -> None:
        """List what goes with the query, the first row being current."""
        listing = self._list_rows(self.query())
        for model, rows in zip(self._models, (listing.found, listing.offers), strict=True):
            model.show_rows(rows)
        self.nothing.setVisible(not listing.found)
        many = bool(listing.offers)
        self.offers.setVisible(many)
        self._line.setVisible(many)
        height = sum(self.offers.sizeHintForRow(place) for place in range(len(listing.offers)))
        self.offers.setFixedHeight(max(1, height))
        self._current = -1
        self._go_to(0)
        if not self.rows():
            self.field.setAccessibleDescription(self.nothing.text())

    def rows(self) -> tuple[Found, ...]:
        """Return every row, the offers last."""
        return (*self._models[0].rows, *self._models[1].rows)

    def current(self) -> Found | None:
        """Return the row that Enter would choose."""
        rows = self.rows()
        return rows[self._current] if 0 <= self._current < len(rows) else None

    def choose(self, how: How) -> None:
        """Choose the current row."""
        row = self.current()
        if row is not None:
            self.chosen.emit(Chosen(row, how))

    def go_to_key(self, key: str) -> None:
        """Make the row with that key current."""
        place = next((place for place, one in enumerate(self.rows()) if one.key == key), -1)
        if place >= 0:
            self._go_to(place)

    def go_to_kind(self, kind: str) -> None:
        """Make the first row of that kind current."""
        place = next((place for place, one in enumerate(self.rows()) if one.kind == kind), -1)
        if place >= 0:
            self._go_to(place)

    def choose_kind(self, kind: str, how: How) -> bool:
        """Choose the first row of that kind; tell whether there is one."""
        row = next((one for one in self.rows() if one.kind == kind), None)
        if row is not None:
            self.chosen.emit(Chosen(row, how))
        return row is not None

    def _go_to(self, place: int) -> None:
        count = len(self.rows())
        place = max(0, min(count - 1, place)) if count else -1
        moved = self._current >= 0 and place != self._current
        self._current = place
        first = len(self._models[0].rows)
        self._show_current(self.results, place if place < first else -1)
        self._show_current(self.offers, place - first)
        row = self.current()
        if row is not None:
            self.field.setAccessibleDescription(row.spoken)
            if moved:
                announce(self.field, row.spoken)

    @staticmethod
    def _show_current(view: QListView, place: int) -> None:
        if place < 0:
            view.clearSelection()
            view.setCurrentIndex(QModelIndex())
        else:
            index = view.model().index(place, 0)
            view.setCurrentIndex(index)
            view.scrollTo(index)

    # Keys and clicks

    def _take_key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _PAGE, Qt.Key.Key_PageUp: -_PAGE}
        step = steps.get(Qt.Key(event.key()), 0)
        if step and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            count = len(self.rows())
            wraps = abs(step) == 1 and count
            self._go_to((self._current + step) % count if wraps else self._current + step)
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.choose(how_of(event.modifiers()))
            return True
        return False

    def _on_clicked(self, index: QModelIndex) -> None:
        first = len(self._models[0].rows) if self.sender() is self.offers else 0
        self._go_to(first + index.row())
        self.choose("enter")
        if self.field.isVisible():  # the choice has closed the popup: the focus is back where it was
            self.field.setFocus(Qt.FocusReason.MouseFocusReason)


class SearchField(QLineEdit):
    """A line with a glass that hands each key on before it takes it."""

    def __init__(self, take_key: Callable[[QKeyEvent], bool]) -> None:
        super().__init__()
        self._take_key = take_key
        own_font(self, of_size(1.12))
        self.setStyleSheet(f"QLineEdit {{ min-height: {max(30, self.fontMetrics().height() + 10)}px; }}")
        self.setTextMargins(_GLASS + 10, 0, 0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the key on; what nobody takes is typed."""
        if self._take_key(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line and its glass."""
        super().paintEvent(event)
        place = QRectF(12, (self.height() - _GLASS) / 2, _GLASS, _GLASS)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place.moveRight(self.width() - 12)
        painter = QPainter(self)
        paint_icon(painter, "search", place, "ink2")
        painter.end()


def how_of(modifiers: Qt.KeyboardModifier) -> How:
    """Return how a row is chosen with these keys held."""
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        return "ctrl"
    if modifiers & Qt.KeyboardModifier.AltModifier:
        return "alt"
    return "shift" if modifiers & Qt.KeyboardModifier.ShiftModifier else "enter"


def _made_list(name: str) -> QListView:
    view = QListView()
    view.setItemDelegate(FoundDelegate(view))
    view.setAccessibleName(name)
    view.setFrameShape(QListView.Shape.NoFrame)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.setMouseTracking(True)
    view.setUniformItemSizes(True)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setStyleSheet("QListView { background: transparent; }")
    return view


def _divider() -> QFrame:
    line = QFrame()
    line.setProperty("divider", "true")
    line.setFixedHeight(1)
    return line
