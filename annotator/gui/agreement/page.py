"""The agreement page: who agrees with whom, in detail for the chosen ones, and the marks behind every figure."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from annotator.gui.agreement.behind import BehindList
from annotator.gui.agreement.detail import Detail, short_titles
from annotator.gui.agreement.tables import Cell, FigureTable, Opened, spoken, value_text
from annotator.gui.widgets.empty import EmptyHint
from annotator.gui.widgets.own_font import of_size, own_font
from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _, ngettext
from annotator.services import disagreeing
from annotator.services.agreement import ALL
from annotator.services.disagreeing import Comparison

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow
    from annotator.model.changes import Changes
    from annotator.model.ids import AnnotatorId, MentionId

_COLUMNS: Final = ("span_f1_exact", "span_f1_overlap", "status_kappa_overlap", "alpha_nominal", "u_alpha")
_LEFT_OUT: Final = ((1600, "span_f1_overlap"), (1280, "alpha_nominal"))
"""Below these widths of the page a column has no room; the table beside has every measure."""


class AgreementPage(QWidget):
    """Counts when it is shown and something has changed; the count is a job with a bar and Cancel."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._hub = window.hub
        self._comparison: Comparison | None = None
        self._stale = True
        self._told_of: tuple[AnnotatorId, ...] = ()
        self._columns: tuple[str, ...] = ()
        self._opener: QWidget | None = None
        self.title = PlainLabel(_("Agreement"))
        own_font(self.title, of_size(1.35))
        self.summary = PlainLabel()
        self.summary.setWordWrap(True)
        self.summary.setProperty("quiet", "true")
        self.again = QPushButton(_("Count again"))
        self.again.clicked.connect(self.count)
        self.pairs = FigureTable(_("Who agrees with whom"), wraps=True)
        self.pairs.opened.connect(self._open)
        self.pairs.chosen.connect(self._on_chosen)
        self.detail = Detail()
        self.detail.opened.connect(self._open)
        self.behind = BehindList()
        self.behind.left.connect(self._back)
        self.behind.wanted.connect(self._go)
        self.empty = EmptyHint(
            "dashboard",
            _("Nothing to compare yet"),
            _("Two people must have marked something in one text. Colleagues' copies are merged from the File menu."),
        )
        self._figures = QWidget()
        self._pages = QStackedWidget()
        self._lay_out()
        self.setAccessibleName(_("Agreement"))
        self.setFocusProxy(self.pairs)
        self._hub.changed.connect(self._on_changed)
        window.commands.files.job.ended.connect(self._on_job_ended)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.title)
        head.addWidget(self.summary, 1)
        head.addWidget(self.again, 0, Qt.AlignmentFlag.AlignTop)
        both = QHBoxLayout(self._figures)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(24)
        both.addWidget(self.pairs, 4)
        both.addWidget(self.detail, 5)
        for page in (self.empty, self._figures, self.behind):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 16)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self._pages, 1)

    # Counting

    def showEvent(self, event: QShowEvent) -> None:
        """Count where something has changed since the last time."""
        super().showEvent(event)
        self._rename()
        if self._stale:
            self.count()

    def count(self) -> None:
        """Count every figure beside the window; where another job is at work, later."""
        job = self._window.commands.files.job
        if not self._hub.is_open or job.is_running:
            self.again.show()
            return
        self._stale = False
        self.again.hide()
        self._window.inspector.commit_all()
        job.run(_("Counting agreement"), disagreeing.comparing, done=self._on_counted, cancelled=self._on_stopped)

    def _on_counted(self, result: object) -> None:
        if isinstance(result, Comparison):
            self._comparison = result
            self._show(result)

    def _rename(self) -> None:
        """Call the annotators what they are called now: letters may stand for names, or do not any more."""
        before = self._comparison
        if before is None:
            return
        self._comparison = disagreeing.named(self._hub.project, before)
        self._show_pairs(self._comparison)
        if before.names != self._comparison.names:
            self._told_of = ()
            self._on_chosen()
            if self._pages.currentWidget() is self.behind:
                self._pages.setCurrentWidget(self._figures)  # its lines say what they were called before

    def _on_stopped(self, _changes: "Changes") -> None:
        self._stale = True
        self.again.show()
        self._window.notices.tell(_("Stopped; nothing was counted."))

    def _on_job_ended(self) -> None:
        if self._stale and self.isVisible():
            self.again.show()

    def _on_changed(self, changes: "Changes") -> None:
        if changes.whole or changes.touches("mention", "assessment", "annotator", "article", "version", "link"):
            self._stale = True
            if self.isVisible():
                self.again.show()
        elif changes.touches("review") and self.isVisible():
            self._rename()

    # Showing

    def _show(self, comparison: Comparison) -> None:
        self.summary.setText(_summary(comparison))
        some = bool(comparison.figures)
        held = self.empty.isVisible() or self.isAncestorOf(self._window.focusWidget() or self._window)
        if self._pages.currentWidget() is not self.behind or not some:
            self._pages.setCurrentWidget(self._figures if some else self.empty)
        if some:
            self._told_of = ()
            self._show_pairs(comparison)
            self._on_chosen()
            if held and self._pages.currentWidget() is self._figures:
                self.pairs.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_pairs(self, comparison: Comparison) -> None:
        without = {measure for width, measure in _LEFT_OUT if self.width() < width}
        self._columns = tuple(one for one in _COLUMNS if one not in without)
        titles = short_titles()
        rows: list[list[Cell]] = []
        for who in comparison.pairs:
            whose = _whose(comparison, who)
            by_measure = {one.measure: one for one in comparison.figures[who]}
            cells = [Cell(whose, partial(str, whose), number=False)]
            for measure in self._columns:
                figure = by_measure.get(measure)
                said = partial(spoken, figure, whose) if figure else partial(str, whose)
                opens = Opened(f"{whose}: {titles[measure]}", measure, ALL) if figure else None
                cells.append(Cell(value_text(figure), said, opens))
            rows.append(cells)
        self.pairs.fill((_("Who"), *(titles[one] for one in self._columns)), rows)

    def _who(self) -> "tuple[AnnotatorId, ...]":
        row = self.pairs.currentIndex().row()
        pairs = self._comparison.pairs if self._comparison is not None else ()
        return pairs[row] if 0 <= row < len(pairs) else ()

    def _on_chosen(self) -> None:
        who = self._who()
        if self._comparison is not None and who and who != self._told_of:
            self._told_of = who
            self.detail.show_who(self._comparison, who, self._hub.statuses, _whose(self._comparison, who))

    # What is behind

    def _open(self, opened: Opened) -> None:
        comparison, who = self._comparison, self._who()
        if comparison is None or not who:
            return
        found = disagreeing.differences(
            comparison, who, disagreeing.behind_of(opened.measure), scope=opened.scope, statuses=opened.statuses
        )
        self._opener = self._window.focusWidget()
        self._pages.setCurrentWidget(self.behind)
        self.behind.show_differences(opened.title, found, comparison, self._hub.project, self._hub.statuses)

    def _back(self) -> None:
        self._pages.setCurrentWidget(self._figures)
        opener = self._opener if self._opener is not None and self._opener.isVisible() else self.pairs
        opener.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, mention_id: "MentionId") -> None:
        version_id = self._hub.project.version_of_mention(mention_id)
        if not version_id:
            self._window.notices.tell(_("This mark is gone by now."))
            return
        self._window.modes.go("annotate")
        page = self._window.article.page
        if page is None or version_id not in page.versions:
            self._window.articles.choose(version_id)
        self._window.article.activate(mention_id)
        self._window.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)


def _whose(comparison: Comparison, who: "tuple[AnnotatorId, ...]") -> str:
    if len(who) > 2:  # noqa: PLR2004 - two are named
        return _("All {n} together").format(n=len(who))
    return " – ".join(map(comparison.name, who))


def _summary(comparison: Comparison) -> str:
    """Say what was compared, and what was left out of it."""
    left = comparison.left_out
    compared = len(comparison.texts) - left.alone
    parts = [
        ngettext("{n} annotator", "{n} annotators", len(comparison.names)),
        ngettext("{n} text that two or more worked on", "{n} texts that two or more worked on", compared),
    ]
    if left.alone:
        words = ngettext(
            "left out: {n} text that one alone worked on", "left out: {n} texts that one alone worked on", left.alone
        )
        marks = ngettext("{n} mark", "{n} marks", left.alone_marks)
        parts.append(f"{words} ({marks})")
    if left.unmarked:
        parts.append(ngettext("{n} text that nobody marked", "{n} texts that nobody marked", left.unmarked))
    if left.without_status:
        parts.append(ngettext("{n} mark without a status", "{n} marks without a status", left.without_status))
    return " · ".join(parts)
