"""What stands beside a source's fields: where it is used, which sources are the same, which may be."""

from collections.abc import Callable, Sequence
from typing import Final

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.gui.icons import pixmap
from annotator.gui.inspector.wording import stance_look
from annotator.gui.sources.quote_words import quote_icon, quote_text
from annotator.gui.widgets.elided import ElidedLabel
from annotator.gui.widgets.icon_button import icon_button
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.section import SectionHeader
from annotator.i18n import _
from annotator.model.records import Source
from annotator.services.quotes import QuoteState
from annotator.services.sourcing import Twin, Use

_ICON: Final = 14
_SHOWN: Final = 60
"""So many uses are listed: each takes widgets."""


class Shown(msgspec.Struct, frozen=True):
    """What the column shows; `quotes` belong to the uses, `statuses` are their names on screen."""

    uses: tuple[Use, ...] = ()
    quotes: tuple[QuoteState, ...] = ()
    statuses: tuple[str, ...] = ()
    twins: tuple[Twin, ...] = ()
    offered: tuple[Source, ...] = ()
    editable: bool = False


class Beside(QWidget):
    """Lists uses, twins and offers.

    Signals:
        claim_wanted: the person wants to see a claim (its id).
        source_wanted: the person wants to see another source (its id).
        join_wanted: the person says that another source is the same (its id).
        part_wanted: the person takes a link away (its id).
    """

    claim_wanted = Signal(str)
    source_wanted = Signal(str)
    join_wanted = Signal(str)
    part_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self.rows: list[QWidget] = []
        self._used, self._same, self._maybe = (
            SectionHeader(title) for title in (_("Where it is used"), _("The same source"), _("May be the same"))
        )
        self.nothing = PlainLabel(_("No claim is linked to it yet: press L on a claim."))
        self.nothing.setWordWrap(True)
        self.nothing.setProperty("quiet", "true")
        self._uses, self._twins, self._offers = (QVBoxLayout() for _part in range(3))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(14)
        self._part_of: dict[SectionHeader, QWidget] = {}
        for header, rows in ((self._same, self._twins), (self._maybe, self._offers), (self._used, self._uses)):
            part = self._part_of[header] = QWidget()
            rows.setContentsMargins(0, 0, 0, 0)
            rows.setSpacing(6)
            part.setLayout(rows)
            rows.addWidget(header)
            column.addWidget(part)
        self._uses.addWidget(self.nothing)
        column.addStretch(1)

    def show_all(self, shown: Shown) -> None:
        """Show these; nothing is made anew where nothing changed."""
        if shown == self._shown:
            return
        self._shown = shown
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        self._used.set_count(len(shown.uses))
        self.nothing.setVisible(not shown.uses)
        uses = list(zip(shown.uses, shown.quotes, shown.statuses, strict=True))[:_SHOWN]
        self._fill(self._uses, [self._use(*one) for one in uses])
        self._fill(self._twins, [self._twin(one, editable=shown.editable) for one in shown.twins])
        self._fill(self._offers, [self._offer(one, editable=shown.editable) for one in shown.offered])
        self._part_of[self._same].setVisible(bool(shown.twins))
        self._part_of[self._maybe].setVisible(bool(shown.offered))

    def _fill(self, part: QVBoxLayout, rows: Sequence[QWidget]) -> None:
        for row in rows:
            part.addWidget(row)
            row.show()
        self.rows += rows

    # Rows

    def _use(self, use: Use, quote: QuoteState, status: str) -> QWidget:
        look = stance_look(use.evidence.stance)
        row = _framed()
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(_words(use.claim))
        said = QHBoxLayout()
        said.setSpacing(4)
        said.addWidget(_drawn(look.icon_name, row))
        told = " · ".join(part for part in (look.word, status, use.evidence.locator, use.annotator) if part)
        said.addWidget(_words(told, quiet=True), 1)
        lines.addLayout(said)
        if use.evidence.quote:
            lines.addWidget(_words(f"“{use.evidence.quote}”", quiet=True))
        if quote.answer:
            state = QHBoxLayout()
            state.setSpacing(4)
            state.addWidget(_drawn(quote_icon(quote), row), 0, Qt.AlignmentFlag.AlignTop)
            state.addWidget(_told(quote_text(quote)), 1)
            lines.addLayout(state)
        line = _line(row)
        line.addLayout(lines, 1)
        go = icon_button("open", _("Go to the claim: {claim}").format(claim=use.claim))
        go.clicked.connect(lambda: self.claim_wanted.emit(use.claim_id))
        line.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
        row.setAccessibleName(f"{look.word}: {use.claim}")
        return row

    def _twin(self, twin: Twin, *, editable: bool) -> QWidget:
        mine = twin.mine and editable
        part = self._done(_("Part"), twin.source, lambda: self.part_wanted.emit(twin.link_id)) if mine else None
        return self._other(twin.source, part)

    def _offer(self, source: Source, *, editable: bool) -> QWidget:
        same = self._done(_("The same"), source, lambda: self.join_wanted.emit(source.id)) if editable else None
        return self._other(source, same)

    def _other(self, source: Source, button: QPushButton | None) -> QWidget:
        row = _framed()
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(_words(source.title or source.url))
        meta = " · ".join(part for part in (source.publisher, source.url) if part and part != source.title)
        if meta:
            lines.addWidget(_words(meta, quiet=True))
        line = _line(row)
        line.addLayout(lines, 1)
        go = icon_button("open", _("Show the source: {title}").format(title=source.title or source.url))
        go.clicked.connect(lambda: self.source_wanted.emit(source.id))
        line.addWidget(go)
        if button is not None:
            line.addWidget(button)
        row.setAccessibleName(source.title or source.url)
        return row

    @staticmethod
    def _done(words: str, source: Source, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(f"{words}: {source.title or source.url}")
        button.clicked.connect(do)
        return button


def _framed() -> QFrame:
    row = QFrame()
    row.setProperty("card", "true")
    return row


def _line(row: QWidget) -> QHBoxLayout:
    line = QHBoxLayout(row)
    line.setContentsMargins(10, 6, 6, 6)
    line.setSpacing(6)
    return line


def _words(text: str, *, quiet: bool = False) -> ElidedLabel:
    label = ElidedLabel(text)
    label.setMinimumWidth(60)
    if quiet:
        label.setProperty("quiet", "true")
    return label


def _told(text: str) -> PlainLabel:
    """Return words of ours that are never cut, in as many lines as they need."""
    label = PlainLabel(text)
    label.setWordWrap(True)
    label.setProperty("quiet", "true")
    return label


def _drawn(icon_name: str, row: QWidget) -> QLabel:
    label = QLabel()
    token = "warning" if icon_name == "warning" else "ink2"
    label.setPixmap(pixmap(icon_name, token, _ICON, row.devicePixelRatioF()))
    return label
