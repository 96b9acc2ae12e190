"""The claims that are linked to the active one: the same claim elsewhere, and what contradicts it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from annotator.gui.icons import icon
from annotator.gui.widgets.elided import ElidedLabel
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.section import SectionHeader
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _
from annotator.services.relating import Related

_ICON: Final = 14


class RelatedSection(QWidget):
    """A line for each linked claim, with a button that goes there and, for one's own link, one that takes it away.

    Signals:
        wanted: the person wants to see the other claim (its id).
        part_wanted: the person takes the link away (its id).
    """

    wanted = Signal(str)
    part_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Related, ...] = ()
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(SectionHeader(_("Other claims")))
        self.hide()

    def show_related(self, related: Sequence[Related]) -> None:
        """Show these; without any the section is not there."""
        if tuple(related) == self._shown:
            return
        self._shown = tuple(related)
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(one) for one in related]
        for row in self._rows:
            self._column.addWidget(row)
        self.setVisible(bool(related))

    def _row(self, one: Related) -> QWidget:
        words = _("Same as") if one.relation == "same" else _("Contradicts")
        kind = PlainLabel(words)
        kind.setProperty("quiet", "true")
        text = ElidedLabel(one.claim.text)
        text.setToolTip(plain_tip(one.claim.text))
        text.setMinimumWidth(60)
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(kind)
        line.addWidget(text, 1)
        go = self._button("open", _("Go to: {claim}").format(claim=one.claim.text))
        go.clicked.connect(lambda: self.wanted.emit(one.claim.id))
        line.addWidget(go)
        if one.mine:
            part = self._button("close", _("Take the link away: {claim}").format(claim=one.claim.text))
            part.clicked.connect(lambda: self.part_wanted.emit(one.link_id))
            line.addWidget(part)
        row.setAccessibleName(f"{words}: {one.claim.text}")
        return row

    @staticmethod
    def _button(icon_name: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(icon_name))
        button.setIconSize(QSize(_ICON, _ICON))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(name)
        button.setToolTip(plain_tip(name))
        return button
