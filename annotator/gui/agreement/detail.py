"""The agreement of some annotators in detail: every measure, their statuses against each other, article by article."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from annotator.gui.agreement.tables import TITLES, Cell, FigureTable, Opened, interval_text, spoken, value_text
from annotator.gui.widgets.keyed_button import KeyedButton
from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _
from annotator.services import disagreeing
from annotator.services.agreement import ALL

if TYPE_CHECKING:
    from annotator.model.ids import AnnotatorId
    from annotator.model.status import Status
    from annotator.services.agreement import AgreementFigure
    from annotator.services.disagreeing import Comparison

_OF_TWO: Final = ("span_f1_exact", "span_f1_overlap", "status_kappa_overlap", "u_alpha")
_OF_ALL: Final = ("alpha_nominal", "alpha_token", "u_alpha", "u_alpha_status")
MEASURES, STATUSES, ARTICLES = range(3)


def short_titles() -> dict[str, str]:
    """Return what a measure is called over a column."""
    return {
        "span_f1_exact": _("Same places (F1)"),
        "span_f1_overlap": _("Overlapping (F1)"),
        "status_kappa_overlap": _("Status (κ)"),
        "alpha_nominal": _("Status (α)"),
        "alpha_token": _("Words (α)"),
        "u_alpha": _("Bounds (u-α)"),
        "u_alpha_status": _("Bounds, status (u-α)"),
    }


class Detail(QWidget):
    """Three tables, of which one is on show.

    Signals:
        opened: the person wants what is behind a cell (Opened).
    """

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparison: Comparison | None = None
        self._who: Sequence[AnnotatorId] = ()
        self._statuses: dict[str, Status] = {}
        self._shown: set[int] = set()
        self.title = PlainLabel()
        self.title.setWordWrap(True)
        self.measures = FigureTable(_("Measures"), wraps=True)
        self.matrix = FigureTable(_("Statuses against each other"), wide=-1)
        self.articles = FigureTable(_("Agreement by article"))
        self.told = PlainLabel()
        self.told.setWordWrap(True)
        self.told.setProperty("quiet", "true")
        self.views = self._buttons((_("Measures"), _("Statuses"), _("Articles")))
        self.matching = self._buttons((_("Same words"), _("Overlapping words")))
        self._stack = QStackedWidget()
        self._matrix_page = QWidget()
        self._lay_out()
        for group, changed in ((self.views, self._show_view), (self.matching, self._show_matrix)):
            group.idToggled.connect(changed)
        for table in (self.measures, self.matrix, self.articles):
            table.opened.connect(self.opened)

    def _buttons(self, words: Sequence[str]) -> QButtonGroup:
        group = QButtonGroup(self)
        for place, one in enumerate(words):
            button = KeyedButton(one, colour="accent")
            button.setCheckable(True)
            button.setChecked(place == 0)
            group.addButton(button, place)
        return group

    def _lay_out(self) -> None:
        views = _row(self.views)
        page = QVBoxLayout(self._matrix_page)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(8)
        page.addLayout(_row(self.matching))
        page.addWidget(self.matrix, 1)
        for widget in (self.measures, self._matrix_page, self.articles):
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addLayout(views)
        column.addWidget(self.told)
        column.addWidget(self._stack, 1)

    def show_who(
        self, comparison: "Comparison", who: Sequence["AnnotatorId"], statuses: dict[str, "Status"], whose: str
    ) -> None:
        """Show how far these annotators agree."""
        self._comparison, self._who, self._statuses = comparison, who, statuses
        self.title.setText(whose)
        self._shown.clear()
        self._show_view()

    def _show_view(self) -> None:
        view = self.views.checkedId()
        # There may be thousands of articles: no table is filled that nobody looks at.
        if self._comparison is not None and view not in self._shown:
            self._shown.add(view)
            self._fill(view, self._comparison, self.title.text())
        self._stack.setCurrentIndex(view)
        if view == MEASURES:
            words = _("Pooled over all articles; the interval comes from drawing articles anew.")
        elif view == ARTICLES:
            words = _("Article by article; a dash where not all of them worked on it.")
        else:
            words = self._matrix_words()
        self.told.setText(words)

    def _fill(self, view: int, comparison: "Comparison", whose: str) -> None:
        if view == MEASURES:
            self._show_measures(comparison, whose)
        elif view == ARTICLES:
            self._show_articles(comparison, whose)
        else:
            self._show_matrix()

    def _matrix_words(self) -> str:
        if self._comparison is None or not self._who:
            return ""
        if len(self._who) > 2:  # noqa: PLR2004 - nobody is the first of several
            return _("Every two together, each pair counted both ways.")
        first, second = (self._comparison.name(one) for one in self._who)
        return _("Rows: {first}. Columns: {second}.").format(first=first, second=second)

    def _show_measures(self, comparison: "Comparison", whose: str) -> None:
        rows: list[list[Cell]] = []
        for figure in disagreeing.figures_of(comparison, self._who):
            title = _(TITLES[figure.measure])
            said = partial(spoken, figure, whose)
            opens = Opened(f"{whose}: {title}", figure.measure, ALL)
            # A reason stands under the name: in a column of its own it would take the room of every name.
            why = f"\n{_(figure.note)}" if figure.value is None else ""
            rows.append(
                [
                    Cell(f"{title}{why}", said, opens, number=False),
                    Cell(value_text(figure), said, opens, strong=True),
                    Cell(interval_text(figure), said, opens),
                    Cell(f"{figure.n:.0f}", said, opens),
                    Cell(str(figure.texts), said, opens),
                ]
            )
        self.measures.fill((_("Measure"), _("Value"), _("95 % interval"), _("n"), _("Texts")), rows)

    def _show_matrix(self) -> None:
        comparison = self._comparison
        if comparison is None:
            return
        exact = self.matching.checkedId() == 0
        counts = disagreeing.confusion(comparison, self._who, exact=exact)
        said = {status for pair in counts for status in pair}
        keys = [key for key in self._statuses if key in said] + sorted(said - self._statuses.keys())
        measure = "status_kappa_exact" if exact else "status_kappa_overlap"
        names = [self._name(key) for key in keys]
        rows: list[list[Cell]] = []
        for one, row_name in zip(keys, names, strict=True):
            cells: list[Cell] = []
            for other, name in zip(keys, names, strict=True):
                count = counts.get((one, other), 0)
                title = f"{self.title.text()}: {row_name}, {name}"
                opens = Opened(title, measure, ALL, (one, other)) if count else None
                said = partial("{}: {}".format, title, count)
                cells.append(Cell(str(count) if count else "·", said, opens, strong=one == other))
            rows.append(cells)
        self.matrix.fill(names, rows, sides=names)

    def _name(self, key: str) -> str:
        return _(self._statuses[key].name) if key in self._statuses else key

    def _show_articles(self, comparison: "Comparison", whose: str) -> None:
        wanted = _OF_TWO if len(self._who) == 2 else _OF_ALL  # noqa: PLR2004 - as above
        titles = short_titles()
        rows: list[list[Cell]] = []
        for article_id, figures in disagreeing.articles_of(comparison, self._who).items():
            title = comparison.titles.get(article_id) or article_id
            cells = [Cell(title, partial(str, title), number=False)]
            cells += [self._of_article(figures.get(one), f"{whose}, {title}") for one in wanted]
            rows.append(cells)
        self.articles.fill((_("Article"), *(titles[one] for one in wanted)), rows)

    @staticmethod
    def _of_article(figure: "AgreementFigure | None", whose: str) -> Cell:
        if figure is None:
            return Cell(value_text(None), partial(str, whose))
        title = f"{whose}: {_(TITLES[figure.measure])}"
        opens = Opened(title, figure.measure, figure.scope)
        return Cell(value_text(figure), partial(spoken, figure, whose), opens)


def _row(group: QButtonGroup) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(4)
    for button in group.buttons():
        row.addWidget(button)
    row.addStretch(1)
    return row
