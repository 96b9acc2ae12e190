"""What the article list is narrowed by: chips with counts, facet by facet, which are combined and cleared."""

from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from annotator.gui.hub import Hub
from annotator.gui.jobs import Job, Steps
from annotator.gui.popups.card import hold
from annotator.gui.widgets.count_chip import CountChip
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.section import SectionHeader
from annotator.gui.widgets.wrap import Wrap
from annotator.i18n import _
from annotator.model.changes import Changes
from annotator.model.facets import rows_of
from annotator.services import facets as narrowing
from annotator.services.facets import ArticleFacets, Facet
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.store.reading import VersionRow

_AGAIN_MS: Final = 300
"""After a change so long: reading what ten thousand articles are is not part of the mark that asks for it."""

_KINDS: Final = (
    "mention",
    "assessment",
    "evidence",
    "claim",
    "article",
    "version",
    "link",
    "annotator",
    "project",
    "review",
)


class FacetPanel(QWidget):
    """Shows the facets of the rows it is given; what is chosen stays as long as the window, project by project.

    Signals:
        narrowed: other rows are left (the places of the rows; None for all of them).
    """

    narrowed = Signal(object)

    def __init__(self, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._rows: list[VersionRow] = []
        self._found: ArticleFacets | None = None
        self._chosen: dict[str, frozenset[str]] = {}
        self._kept: dict[str, dict[str, frozenset[str]]] = {}
        self._path = ""
        self._job: Job | None = None
        self._wants_focus = False
        self._stale = False
        self.chips: dict[tuple[str, str], CountChip] = {}
        self.told = PlainLabel()
        self.told.setProperty("quiet", "true")
        self.told.setWordWrap(True)
        self.clear = QPushButton(_("Clear"))
        self.clear.setProperty("kind", "link")
        self.clear.setAccessibleName(_("Clear: show all articles"))
        self.clear.clicked.connect(self.clear_all)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab stops at the chips
        self._area.setAccessibleName(_("What articles are narrowed by"))
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.read)
        self._line = QWidget()
        line = QHBoxLayout(self._line)
        line.setContentsMargins(18, 0, 12, 0)
        line.addWidget(self.told, 1)
        line.addWidget(self.clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._area, 1)
        column.addWidget(self._line)
        self._area.hide()
        self._line.hide()
        hub.changed.connect(self._on_changed)
        hub.letters_changed.connect(lambda: self._on_changed(Changes(whole=True)))
        hub.leaving.connect(self._stop)

    @property
    def is_open(self) -> bool:
        """Whether the chips are on show."""
        return not self._area.isHidden()

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is chosen."""
        return any(self._chosen.values())

    def show_rows(self, rows: "list[VersionRow]", path: str) -> None:
        """Take the rows of the list; what was chosen for that project holds on."""
        self._rows = rows
        if path != self._path:
            self._kept[self._path] = self._chosen
            self._path, self._chosen, self._found = path, self._kept.get(path, {}), None
        if self.is_open or self.is_narrowed:
            self.read()
        else:
            self.narrowed.emit(None)
            self._tell()

    def set_open(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Show the chips or hide them; what is chosen stays chosen, and is told in a line."""
        self._area.setVisible(on)
        if on:
            self.read()
        self._tell()

    def focus_first(self) -> None:
        """Go to the first chip, once it is there."""
        self._wants_focus = not self.chips
        if self.chips:
            next(iter(self.chips.values())).setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Reading

    def _on_changed(self, changes: Changes) -> None:
        if (self.is_open or self.is_narrowed) and changes.touches(*_KINDS):
            self._again.start()

    def read(self) -> None:
        """Read anew what the rows are, beside the window; while that is at work, once more behind it."""
        self._stale = self._job is not None
        if self._stale or not self._hub.is_open:
            return
        rows = list(self._rows)
        veil = self._hub.project.veil

        def work(beside: Project) -> Steps:
            beside.draw_veil(veil)  # what is hidden from the window is not counted either
            return narrowing.reading(beside, rows)

        self._job = Job(self._hub.project, work, self)
        self._job.done.connect(partial(self._on_read, rows))
        self._job.ended.connect(self._on_ended)
        self._job.start()

    def _on_ended(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.deleteLater()
        if self._stale:
            self.read()

    def _on_read(self, rows: "list[VersionRow]", found: object) -> None:
        if found is not None and rows == self._rows:
            self._found = cast("ArticleFacets", found)
            self._drop_what_is_gone(self._found)
            self._show_chips(self._found)
            self._narrow()

    def _stop(self) -> None:
        """Let go of the project: it is about to be closed."""
        job, self._job = self._job, None
        self._again.stop()
        if job is not None:
            job.blockSignals(True)  # noqa: FBT003 - Qt's own signature
            job.wait()
            job.deleteLater()

    def _drop_what_is_gone(self, found: ArticleFacets) -> None:
        offered = {facet.key: {value.key for value in facet.values} for facet in found.shown}
        self._chosen = {key: some & frozenset(offered.get(key, ())) for key, some in self._chosen.items()}

    # Chips

    def _show_chips(self, found: ArticleFacets) -> None:
        keys = [(facet.key, value.key) for facet in found.shown for value in facet.values]
        if keys != list(self.chips):
            focused = next((key for key, chip in self.chips.items() if chip.hasFocus()), None)
            self._make_chips(found.shown)
            if focused in self.chips:
                self.chips[focused].setFocus()
            elif self._wants_focus:
                self.focus_first()
        self._count()

    def _make_chips(self, shown: tuple[Facet, ...]) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(18, 2, 14, 6)
        column.setSpacing(4)
        statuses = self._hub.statuses
        self.chips = {}
        for facet in shown:
            column.addWidget(SectionHeader(facet.title))
            wrap = Wrap(gap=5)
            for value in facet.values:
                chip = CountChip(value.title, status=statuses.get(value.key) if facet.key == "status" else None)
                chip.clicked.connect(partial(self._on_chip, facet.key, value.key))
                self.chips[facet.key, value.key] = chip
            wrap.hold([self.chips[facet.key, value.key] for value in facet.values])
            column.addWidget(wrap)
        if not shown:
            nothing = PlainLabel(_("There is nothing yet by which these articles differ."))
            nothing.setWordWrap(True)
            nothing.setProperty("quiet", "true")
            column.addWidget(nothing)
        column.addStretch(1)
        hold(self._area, inside)

    def _count(self) -> None:
        if self._found is not None:
            for facet in self._found.shown:
                counts = self._found.facets.counts(facet.key, self._chosen)
                for value in facet.values:
                    chip = self.chips[facet.key, value.key]
                    chip.set_count(counts.get(value.key, 0))
                    chip.setChecked(value.key in self._chosen.get(facet.key, ()))

    def _on_chip(self, facet: str, value: str, *_checked: bool) -> None:
        before = self._chosen.get(facet, frozenset())
        on = self.chips[facet, value].isChecked()
        self._chosen[facet] = before | {value} if on else before - {value}
        self._count()
        self._narrow()

    def clear_all(self) -> None:
        """Show all articles again."""
        held = self.clear.hasFocus()
        self._chosen = {}
        self._count()
        self._narrow()
        if held:
            self.focus_first()

    def _narrow(self) -> None:
        if self._found is not None and self.is_narrowed:
            self.narrowed.emit(rows_of(self._found.facets.left(self._chosen)))
        else:
            self.narrowed.emit(None)
        self._tell()

    def _tell(self) -> None:
        """Say what the list is narrowed by."""
        if self._found is not None and self.is_narrowed:
            left = self._found.facets.left(self._chosen).bit_count()
            titles = [
                value.title
                for facet in self._found.shown
                for value in facet.values
                if value.key in self._chosen.get(facet.key, ())
            ]
            words = _("{left} of {all} articles").format(left=left, all=len(self._rows))
            self.told.setText(words if self.is_open else f"{words}: {', '.join(titles)}")
        self._line.setVisible(self.is_narrowed)

    def changeEvent(self, event: QEvent) -> None:
        """Lay the chips out anew in another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
