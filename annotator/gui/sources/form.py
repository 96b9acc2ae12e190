"""The fields of a source, one under the other; each saves by itself and is one undo step."""

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.dates import date_text
from annotator.gui.icons import icon
from annotator.gui.inspector.drafts import Drafts
from annotator.gui.inspector.fields import SavedField
from annotator.gui.sources.file_row import FileRow
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.still import StillBox
from annotator.gui.widgets.tip import plain_tip
from annotator.gui.widgets.wrap import Wrap
from annotator.i18n import _
from annotator.model.wording import media
from annotator.services.sourcing import SourceDetail

if TYPE_CHECKING:
    from annotator.model.records import Medium

_ICON: Final = 16


class ChosenRow(QWidget):
    """What was chosen among the project's records, a button to choose it, and one to take it away.

    Signals:
        wanted: the person wants to choose.
        cleared: the person takes it away.
    """

    wanted = Signal()
    cleared = Signal()

    def __init__(self, label: str, nothing: str) -> None:
        super().__init__()
        self._label = label
        self._nothing = nothing
        self.button = QPushButton()
        self.button.setProperty("kind", "field")
        self.button.clicked.connect(self.wanted)
        self.clear = QToolButton()
        self.clear.setAccessibleName(_("Take away: {what}").format(what=label))
        self.clear.setToolTip(plain_tip(self.clear.accessibleName()))
        self.clear.setIconSize(QSize(_ICON, _ICON))
        self.clear.clicked.connect(self._on_clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.button, 1)
        row.addWidget(self.clear)

    def show_choice(self, title: str, *, editable: bool) -> None:
        """Show what was chosen, "" for nothing."""
        metrics = self.button.fontMetrics()
        words = " ".join((title or self._nothing).split())
        self.button.setText(metrics.elidedText(words, Qt.TextElideMode.ElideRight, 260).replace("&", "&&"))
        self.button.setToolTip(plain_tip(title) if title else "")
        self.button.setAccessibleName(f"{self._label}: {words}")
        self.button.setEnabled(editable)
        self.clear.setIcon(icon("close"))
        self.clear.setVisible(bool(title) and editable)

    def _on_clear(self) -> None:
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)  # the other one goes
        self.cleared.emit()


class SourceForm(QWidget):
    """Shows a source's own fields.

    Signals:
        medium_chosen: the person chose a medium (Medium).
        primary_chosen: the person said whether it is a primary record (bool).
        confidential_chosen: the person said whether it is confidential (bool).
    """

    medium_chosen = Signal(str)
    primary_chosen = Signal(bool)
    confidential_chosen = Signal(bool)

    def __init__(self, drafts: Drafts, *, pause_ms: int) -> None:
        super().__init__()

        def field(name: str, label: str, placeholder: str = "", *, lines: int = 2) -> SavedField:
            one_line = name != "note"
            return SavedField(
                name,
                drafts,
                label=label,
                placeholder=placeholder,
                one_line=one_line,
                most_lines=lines if one_line else 5,
                pause_ms=pause_ms,
            )

        self.title = field("title", _("Title"), lines=3)
        self.url = field("url", _("Address"), _("https://…, a DOI, or a path"))
        self.publisher = field("publisher", _("Publisher"), _("Who stands behind it"))
        self.published = field("published", _("Published"), _("2022, 2022-01 or 2022-01-10"), lines=1)
        self.retrieved = field("retrieved", _("Retrieved"), _("the day you saw it"), lines=1)
        self.archived_url = field("archived_url", _("Archived at"), _("address of a copy in a web archive"))
        self.note = field("note", _("Your note"), _("For yourself and your colleagues"))
        self.medium = StillBox()
        self.medium.setAccessibleName(_("Medium"))
        for key, words in media().items():
            self.medium.addItem(words, key)
        self.primary = QCheckBox(_("Primary record"))
        self.primary.setToolTip(plain_tip(_("It shows the thing itself: a log, a ruling, a recording, an eyewitness.")))
        self.confidential = QCheckBox(_("Confidential"))
        self.confidential.setToolTip(
            plain_tip(_("What names it is left out of datasets and of colleagues' copies unless you ask for it."))
        )
        self.origin = ChosenRow(_("Repeats"), _("no other source"))
        self.article = ChosenRow(_("Article"), _("no article of this project"))
        self.file = FileRow()
        self.others = PlainLabel()
        self.others.setWordWrap(True)
        self.others.setProperty("quiet", "true")
        self.medium.activated.connect(self._on_medium)
        self.primary.clicked.connect(self.primary_chosen)
        self.confidential.clicked.connect(self.confidential_chosen)
        self._lay_out()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        ticks = Wrap(gap=14)
        ticks.hold((self.primary, self.confidential))
        rows: tuple[tuple[str, QWidget], ...] = (
            (_("Title"), self.title),
            (_("Address"), self.url),
            (_("Publisher"), self.publisher),
            (_("Published"), self.published),
            (_("Retrieved"), self.retrieved),
            (_("Medium"), self.medium),
            (_("Archived at"), self.archived_url),
            (_("Repeats"), self.origin),
            (_("Article"), self.article),
            (_("File"), self.file),
            (_("Your note"), self.note),
        )
        place = 0
        for words, widget in rows:
            label = PlainLabel(words)
            label.setProperty("quiet", "true")
            label.setBuddy(widget)
            label.setContentsMargins(0, 4, 0, 0)
            grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(widget, place, 1)
            place += 1
            if widget is self.medium:
                grid.addWidget(ticks, place, 1)
                place += 1
        grid.addWidget(self.others, place, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.addLayout(grid)
        column.addStretch(1)

    def fields(self) -> tuple[SavedField, ...]:
        """Return the text fields, as they stand."""
        return (
            self.title,
            self.url,
            self.publisher,
            self.published,
            self.retrieved,
            self.archived_url,
            self.note,
        )

    def show_detail(self, detail: SourceDetail, *, editable: bool) -> None:
        """Show a source; what is being typed stays."""
        source = detail.source
        mine = next((one.text for one in detail.remarks if one.mine), "")
        texts = (
            source.title,
            source.url,
            source.publisher,
            date_text(source.published, source.published_precision),
            date_text(source.retrieved_at, "day"),
            source.archived_url,
            mine,
        )
        for field, text in zip(self.fields(), texts, strict=True):
            field.show_text(source.id, text)
            field.setReadOnly(not editable)
        self.medium.setCurrentIndex(self.medium.findData(source.medium))
        self.primary.setChecked(source.primary)
        self.confidential.setChecked(source.confidential)
        for widget in (self.medium, self.primary, self.confidential):
            widget.setEnabled(editable)
        self.origin.show_choice((detail.origin.title or detail.origin.url) if detail.origin else "", editable=editable)
        self.article.show_choice(detail.article_title, editable=editable)
        theirs = [f"{one.annotator}: {one.text}" for one in detail.remarks if not one.mine]
        self.others.setText("\n".join(theirs))
        self.others.setVisible(bool(theirs))

    def _on_medium(self, place: int) -> None:
        self.medium_chosen.emit(cast("Medium", self.medium.itemData(place)))
