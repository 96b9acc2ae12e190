"""What was checked about an article of plain text before it is taken, and what a person should look at."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from annotator.gui.icons import pixmap
from annotator.gui.intake.details import heading_font
from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _, ngettext
from annotator.services.importing import ImportReport, Row
from annotator.services.previewing import Preview

_ICON = 18


class Check(NamedTuple):
    """One line: an icon, the token of its colour, and what is said."""

    icon: str
    token: str
    text: str


def good(text: str) -> Check:
    """Return a line that says what is in order."""
    return Check("check", "accent", text)


def look_at(text: str) -> Check:
    """Return a line that says what to look at."""
    return Check("warning", "warning", text)


def checks_of(preview: Preview, row: Row) -> list[Check]:
    """Return what was checked about an article, the odd things first."""
    reading = preview.reading
    checks = [look_at(note) for note in reading.notes]
    if row.outcome == "known":
        checks.insert(0, look_at(_("Already here as “{title}”; nothing is added.").format(title=row.what)))
    else:
        checks.append(good(_("This text is new to the project.")))
    if not reading.encoding:
        checks.append(good(_("Pasted as plain text, without its formatting.")))
    elif reading.encoding.startswith("utf"):
        checks.append(good(_("Encoding: {name}").format(name=reading.encoding.upper())))
    if not reading.replaced and not reading.invisible:
        checks.append(good(_("No characters replaced, none invisible.")))
    if row.outcome != "known":
        short = f"{preview.sha256[:4]}…{preview.sha256[-4:]}"
        checks.append(good(_("Original kept in the project, SHA-256 {hash}").format(hash=short)))
    checks.append(_measure(preview))
    return checks


def _measure(preview: Preview) -> Check:
    reading = preview.reading
    words = len(reading.text.split())
    aside = sum(zone.kind == "boilerplate" for zone in reading.zones)
    told = ngettext("{n} word", "{n} words", words)
    if aside:
        boilerplate = _("{n} of {all} blocks boilerplate").format(n=aside, all=len(reading.zones))
        told = f"{told}; {boilerplate}"
    return Check("info", "ink2", told)


def checks_of_report(report: ImportReport) -> list[Check]:
    """Return what an import of several rows comes to."""
    taken, known = report.count("taken"), report.count("known")
    differs, refused = report.count("differs"), report.count("refused")
    checks: list[Check] = []
    if refused:
        one, many = "{n} is refused; the others still come in.", "{n} are refused; the others still come in."
        checks.append(look_at(ngettext(one, many, refused)))
    if differs:
        one = "{n} differs from what the project has, which stays as it is."
        many = "{n} differ from what the project has, which stays as it is."
        checks.append(look_at(ngettext(one, many, differs)))
    if taken:
        checks.append(good(ngettext("{n} is new", "{n} are new", taken)))
    if known:
        one, many = "{n} is already here and left alone", "{n} are already here and left alone"
        checks.append(good(ngettext(one, many, known)))
    checks.append(Check("info", "ink2", ngettext("{n} new record", "{n} new records", report.records)))
    return checks


class CheckList(QFrame):
    """A card with one line a check."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        heading = PlainLabel(title)
        heading.setFont(heading_font())
        self._lines = QWidget()
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 14)
        column.setSpacing(10)
        column.addWidget(heading)
        column.addWidget(self._lines)
        self._checks: tuple[Check, ...] = ()

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show these checks."""
        self._checks = tuple(checks)
        while (item := self._grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for number, check in enumerate(self._checks):
            mark = QLabel()
            mark.setPixmap(pixmap(check.icon, check.token, _ICON, self.devicePixelRatioF()))
            text = PlainLabel(check.text)
            text.setWordWrap(True)
            self._grid.addWidget(mark, number, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(text, number, 1)

    def texts(self) -> tuple[str, ...]:
        """Return what the lines say."""
        return tuple(check.text for check in self._checks)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._checks:
            self.show_checks(self._checks)
