"""What was found out about an article of plain text, to be set right before it is taken."""

from typing import cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QWidget

from annotator.gui.intake.languages import LanguageChoice
from annotator.gui.theme import interface_font, sized
from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _
from annotator.intake.plain_text import Reading
from annotator.model.moments import Precision, from_date, is_moment, read_moment
from annotator.services.originals import Details

_DAY = len("2022-01-11")
_LENGTH_BY_PRECISION = {"year": 4, "month": 7}


def found_details(reading: Reading) -> Details:
    """Return what a text says about itself."""
    precision = cast("Precision", reading.published_precision)
    return Details(
        reading.title, reading.publisher, reading.authors, reading.published, precision, reading.language, reading.url
    )


def date_words(moment: str, precision: str) -> str:
    """Return a date as the field shows it: `2022-01-11`, as much of it as is known, in UTC."""
    if not is_moment(moment) or precision == "unknown":
        return ""
    if precision == "instant":
        return read_moment(moment).strftime("%Y-%m-%d %H:%M UTC")
    return moment[: _LENGTH_BY_PRECISION.get(precision, _DAY)]


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in a line, divided by semicolons if there is one, else by commas."""
    parts = text.split(";" if ";" in text else ",")
    return tuple(dict.fromkeys(name for part in parts if (name := " ".join(part.split()))))


class DetailFields(QFrame):
    """The fields of an article's details.

    Signals:
        edited: the person changed something.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self._shown = Details("", "", (), "", "unknown", "", "")
        self.title = QLineEdit()
        self.publisher = QLineEdit()
        self.authors = QLineEdit()
        self.published = QLineEdit()
        self.url = QLineEdit()
        self.language = LanguageChoice()
        self._origin = _plain(_("found in the text; edit if wrong"), quiet=True)
        self._origin.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.fault = _plain("")
        self.fault.setProperty("error", "true")
        self.fault.setWordWrap(True)
        self.fault.hide()
        self.authors.setPlaceholderText(_("Not stated"))
        self.publisher.setPlaceholderText(_("Not stated"))
        self.url.setPlaceholderText(_("Not stated"))
        self.published.setPlaceholderText(_("2022-01-11, 2022-01 or 2022"))
        self._lay_out()
        for field in (self.title, self.publisher, self.authors, self.published, self.url):
            field.textEdited.connect(self._on_edited)
        self.language.activated.connect(self._on_edited)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(18, 12, 18, 14)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        heading = _plain(_("Details"))
        heading.setFont(heading_font())
        grid.addWidget(heading, 0, 0)
        grid.addWidget(self._origin, 0, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            (_("Headline"), self.title),
            (_("Outlet"), self.publisher),
            (_("Author"), self.authors),
            (_("Published"), self.published),
            (_("Web address"), self.url),
            (_("Language"), self.language),
        )
        for number, (words, field) in enumerate(rows, start=1):
            label = _plain(words, quiet=True)
            label.setBuddy(field)
            field.setAccessibleName(words)
            grid.addWidget(label, number, 0)
            grid.addWidget(field, number, 1)
        grid.addWidget(self.fault, len(rows) + 1, 0, 1, 2)

    def show_details(self, details: Details, *, fixed: bool) -> None:
        """Show details; `fixed` ones can be read, not changed."""
        self._shown = details
        for field, text in (
            (self.title, details.title),
            (self.publisher, details.publisher),
            (self.authors, "; ".join(details.authors)),
            (self.published, date_words(details.published, details.published_precision)),
            (self.url, details.url),
        ):
            field.setText(text)
            field.setCursorPosition(0)
            field.setReadOnly(fixed)
        with QSignalBlocker(self.language):
            self.language.show_language(details.language)
        self.language.setEnabled(not fixed)
        self._origin.setText(_("as found in the text") if fixed else _("found in the text; edit if wrong"))
        self._tell_fault("")

    def details(self) -> Details:
        """Return the details as they stand in the fields; what was not touched stays exactly as it was found.

        Raises ValueError where the date cannot be read.
        """
        shown = self._shown
        published, precision = shown.published, shown.published_precision
        words = self.published.text().strip()
        if words != date_words(published, precision):
            published, precision = from_date(words) if words else ("", "unknown")
        authors = self.authors.text()
        return Details(
            " ".join(self.title.text().split()) or shown.title,
            " ".join(self.publisher.text().split()),
            shown.authors if authors == "; ".join(shown.authors) else names_in(authors),
            published,
            precision,
            self.language.code(),
            self.url.text().strip(),
        )

    def _on_edited(self) -> None:
        try:
            self.details()
        except ValueError:
            self._tell_fault(_("Write the date as 2022-01-11, 2022-01 or 2022."))
        else:
            self._tell_fault("")
        self.edited.emit()

    def _tell_fault(self, text: str) -> None:
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    @property
    def has_fault(self) -> bool:
        """Whether a field cannot be read."""
        return bool(self.fault.text())


def heading_font() -> QFont:
    """Return the font of a card's heading."""
    font = sized(interface_font(), 1.05)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _plain(text: str, *, quiet: bool = False) -> QLabel:
    label = PlainLabel(text)
    if quiet:
        label.setProperty("quiet", "true")
    return label
