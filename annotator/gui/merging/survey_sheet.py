"""What a merge would bring, before anything is written: counts by author, what to know, and who may be one person."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.popups.card import Card, scrolled
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.plain_table import PlainTable
from annotator.i18n import _, ngettext
from annotator.model.ids import AnnotatorId
from annotator.services import merging
from annotator.services.merging import Outcome, Survey

_WIDTH, _HEIGHT = 760, 560
_ROWS: Final = 8
"""So many authors are seen at once; more are scrolled to."""


class Wanted(NamedTuple):
    """What a person wants besides merging: who is one person, and what was redacted taken out of backups, too."""

    same: tuple[tuple[AnnotatorId, AnnotatorId], ...] = ()
    take_out: bool = False


class SurveySheet(QObject):
    """Shows the survey over the window; Esc closes it and nothing was changed.

    Signals:
        merge_wanted: the person wants it merged (Wanted).
    """

    merge_wanted = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        card = Card(window, _("Merge colleagues' files"), width=_WIDTH, height=_HEIGHT)
        self.overlay = card.overlay
        self.summary = PlainLabel()
        self.summary.setWordWrap(True)
        self.table = _Table()
        self.merge = QPushButton(_("Merge"))
        self.merge.setProperty("kind", "primary")
        self._told: tuple[str, ...] = ()
        self.same: list[tuple[QCheckBox, tuple[AnnotatorId, AnnotatorId]]] = []
        self.take_out: QCheckBox | None = None
        self._more = QWidget()
        self._lines = QVBoxLayout(self._more)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(6)
        self.close_button = card.close_button
        self.merge.clicked.connect(self._on_merge)
        self._lay_out(card)

    def _lay_out(self, card: Card) -> None:
        self._area = scrolled(self._more, words_only=True)
        backed = PlainLabel(_("A backup is taken first, and the merge can be taken back until the next change."))
        backed.setWordWrap(True)
        backed.setProperty("quiet", "true")
        card.body.addWidget(self.summary)
        card.body.addWidget(self.table)
        card.body.addWidget(self._area, 1)
        card.foot.addWidget(backed, 1)
        card.foot.addWidget(self.merge)

    @property
    def is_open(self) -> bool:
        """Whether it is on show."""
        return self.overlay.isVisible()

    def open_with(self, survey: Survey) -> None:
        """Show what a merge would bring."""
        tally = survey.tally
        new = tally.count("new") + tally.count("conflicting")
        self.summary.setText(
            ngettext("{n} change is new.", "{n} changes are new.", new)
            if new
            else _("Nothing in these files is new to this project.")
        )
        self.table.show_survey(survey)
        self._show_lines(survey)
        self.merge.setEnabled(bool(new or tally.filled or self.same))
        self.overlay.open_on(self.merge if self.merge.isEnabled() else self.close_button)

    def _show_lines(self, survey: Survey) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.same = []
        for a, b in survey.tally.same_people:
            box = QCheckBox(_("{a} and {b} are one person").format(a=a.name, b=b.name))
            self._lines.addWidget(box)
            self.same.append((box, (a.id, b.id)))
        self.take_out = None
        if survey.tally.redacted:
            self.take_out = QCheckBox(_("Take what was redacted out of my backups and journal, too: for good"))
            self._lines.addWidget(self.take_out)
        lines = [*merging.refused_lines(survey), *merging.notes(survey, offers=False)]
        for line in lines:
            label = PlainLabel(f"• {line}")
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._lines.addWidget(label)
        self._lines.addStretch(1)
        self._told = tuple(lines)
        self._area.setVisible(bool(lines or self.same))
        self._area.setAccessibleName("\n".join(lines))

    def told(self) -> tuple[str, ...]:
        """Return the lines on show besides the counts."""
        return self._told

    def close_sheet(self) -> None:
        """Close it."""
        self.overlay.close_card()

    def _on_merge(self) -> None:
        same = tuple(pair for box, pair in self.same if box.isChecked())
        take_out = self.take_out is not None and self.take_out.isChecked()
        self.overlay.close_card()
        self.merge_wanted.emit(Wanted(same, take_out))


class _Table(PlainTable):
    """A row an author, a column an outcome."""

    def __init__(self) -> None:
        self._outcomes: tuple[tuple[Outcome, str], ...] = (
            ("new", _("New")),
            ("known", _("Known")),
            ("conflicting", _("Conflicting")),
            ("refused", _("Refused")),
            ("missing", _("Missing")),
        )
        titles = (_("Annotator"), *(title for _key, title in self._outcomes))
        super().__init__(titles, name=_("Changes by annotator"), wide=0)

    def show_survey(self, survey: Survey) -> None:
        """Show the counts."""
        tally = survey.tally
        self.setRowCount(len(tally.authors))
        row_height = self.row_height()
        self.verticalHeader().setDefaultSectionSize(row_height)
        for row, author in enumerate(tally.authors):
            self._put(row, [tally.names.get(author) or author, *self._counts(survey, author)])
        shown = min(max(1, len(tally.authors)), _ROWS)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + shown * row_height + 4)

    def _counts(self, survey: Survey, author: str) -> Sequence[str]:
        return [str(survey.tally.outcomes[author, key]) for key, _title in self._outcomes]

    def _put(self, row: int, cells: Sequence[str]) -> None:
        for column, text in enumerate(cells):
            item = QTableWidgetItem(text)
            if column:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setItem(row, column, item)
