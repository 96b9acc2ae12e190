"""Other claims beside the active one: what it is reported in, the same claim elsewhere, what contradicts it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.gui.widgets.elided import ElidedLabel
from annotator.gui.widgets.icon_button import icon_button
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.section import SectionHeader
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _
from annotator.model.records import Claim
from annotator.services.relating import Related

_ICON: Final = 14


class RelatedSection(QWidget):
    """A line for each other claim, with a button that goes there and, where it is one's own, one that takes it away.

    Signals:
        wanted: the person wants to see the other claim (its id).
        part_wanted: the person takes the link away (its id).
        outer_wanted: the person wants to see the mention that this one is reported in.
        out_wanted: the person takes the mention out of that one.
    """

    wanted = Signal(str)
    part_wanted = Signal(str)
    outer_wanted = Signal()
    out_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[object, ...] = ()
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(SectionHeader(_("Other claims")))
        self.hide()

    def show_related(self, related: Sequence[Related], outer: Claim | None = None, *, mine: bool = False) -> None:
        """Show these, and the claim that the mention is reported in; without any the section is not there.

        `mine`: the mention is the person's own, and may be taken out of that one.
        """
        shown = (*related, outer, mine)
        if shown == self._shown:
            return
        self._shown = shown
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._outer_row(outer, mine=mine)] if outer else []
        self._rows += [self._row(one) for one in related]
        for row in self._rows:
            self._column.addWidget(row)
        self.setVisible(bool(self._rows))

    def _outer_row(self, outer: Claim, *, mine: bool) -> QWidget:
        row, line = self._line(_("Reported in"), outer.text)
        go = icon_button("open", _("Go to: {claim}").format(claim=outer.text))
        go.clicked.connect(self.outer_wanted.emit)
        line.addWidget(go)
        if mine:
            out = icon_button("close", _("Take out of: {claim} (W)").format(claim=outer.text))
            out.clicked.connect(self.out_wanted.emit)
            line.addWidget(out)
        return row

    def _row(self, one: Related) -> QWidget:
        row, line = self._line(_("Same as") if one.relation == "same" else _("Contradicts"), one.claim.text)
        go = icon_button("open", _("Go to: {claim}").format(claim=one.claim.text))
        go.clicked.connect(lambda: self.wanted.emit(one.claim.id))
        line.addWidget(go)
        if one.mine:
            part = icon_button("close", _("Take the link away: {claim}").format(claim=one.claim.text))
            part.clicked.connect(lambda: self.part_wanted.emit(one.link_id))
            line.addWidget(part)
        return row

    def _line(self, words: str, claim: str) -> tuple[QWidget, QHBoxLayout]:
        kind = PlainLabel(words)
        kind.setProperty("quiet", "true")
        text = ElidedLabel(claim)
        text.setToolTip(plain_tip(claim))
        text.setMinimumWidth(60)
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(kind)
        line.addWidget(text, 1)
        row.setAccessibleName(f"{words}: {claim}")
        return row, line
