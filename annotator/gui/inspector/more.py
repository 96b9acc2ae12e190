"""What the sheet of a claim shows besides its fields: what to know about it, linked claims, comments.

Each part is made when a claim first has something for it, so that most claims wait for none of them.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.gui.hub import Hub
from annotator.gui.talk.section import TalkSection
from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _
from annotator.model.status import DISAGREE, Status
from annotator.services.viewing import ClaimDetail

if TYPE_CHECKING:
    from annotator.gui.inspector.related import RelatedSection


class More(QObject):
    """The parts; the sheet gives the layouts in which they stand.

    Signals:
        related_wanted: the person wants to see a linked claim (its id).
        part_wanted: the person takes a link between claims away (its id).
        outer_wanted: the person wants to see the mention that this one is reported in.
        out_wanted: the person takes the mention out of that one.
        left: the person pressed Esc in a comment.
    """

    related_wanted = Signal(str)
    part_wanted = Signal(str)
    outer_wanted = Signal()
    out_wanted = Signal()
    left = Signal()

    def __init__(self, hub: Hub, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self.below_status = QVBoxLayout()
        self.below_claim = QVBoxLayout()
        self.below_note = QVBoxLayout()
        self.related: RelatedSection | None = None
        self.desk = PlainLabel()
        self.desk.setWordWrap(True)
        self.desk.setProperty("quiet", "true")
        self.desk.hide()
        self.below_status.addWidget(self.desk)
        self.talk = TalkSection(hub)
        self.talk.left.connect(self.left)
        self.below_note.addWidget(self.talk)

    def show_detail(self, detail: ClaimDetail, statuses: Mapping[str, Status]) -> None:
        """Show what there is about a claim."""
        words = "\n".join(part for part in (_desk_text(detail, statuses), _second(detail), _guideline(detail)) if part)
        self.desk.setText(words)
        self.desk.setVisible(bool(words))
        self._show_related(detail)
        self.talk.show_detail(detail)

    def _show_related(self, detail: ClaimDetail) -> None:
        """Show the claims that have to do with it; most have none, and wait for nothing."""
        if detail.related or detail.outer or self.related is not None:
            from annotator.services import relating  # noqa: PLC0415 - as above

            if self.related is None:
                from annotator.gui.inspector.related import RelatedSection  # noqa: PLC0415 - as above

                self.related = RelatedSection()
                self.related.wanted.connect(self.related_wanted)
                self.related.part_wanted.connect(self.part_wanted)
                self.related.outer_wanted.connect(self.outer_wanted)
                self.related.out_wanted.connect(self.out_wanted)
                self.below_claim.addWidget(self.related)
            mine = detail.mine and self._hub.project.writable
            self.related.show_related(relating.related(self._hub.project, detail.claim.id), detail.outer, mine=mine)

    def stops(self) -> list[QWidget]:
        """Return the comments' parts that come and go, for the order of Tab."""
        return [*self.talk.cards, self.talk.field]


def _desk_text(detail: ClaimDetail, statuses: Mapping[str, Status]) -> str:
    """Say what the desk holds where that is not what the annotator of the mention holds."""
    if detail.desk_status in {"", detail.status}:
        return ""
    if detail.desk_status == DISAGREE:
        return _("The annotators disagree about this claim.")
    status = statuses.get(detail.desk_status)
    return _("The desk holds: {status}").format(status=_(status.name) if status else detail.desk_status)


def _second(detail: ClaimDetail) -> str:
    return _("Needs a second check: so far one person alone holds this status.") if detail.needs_second else ""


def _guideline(detail: ClaimDetail) -> str:
    """Say that the rules have changed since the mark was made."""
    if detail.made_under is None:
        return ""
    from annotator.gui.guidelines.wording import made_under_text  # noqa: PLC0415 - most marks say nothing of it

    return made_under_text(detail.made_under)
