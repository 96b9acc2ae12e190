"""A section of comments: the threads about the active claim, or about another record, and a field for a new one."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.gui.hub import Hub
from annotator.gui.talk.thread_card import Deed, ThreadCard
from annotator.gui.talk.words import WordsField
from annotator.gui.widgets.section import SectionHeader
from annotator.i18n import _
from annotator.model.ids import CommentId
from annotator.services import commenting
from annotator.services.commenting import Thread
from annotator.services.viewing import ClaimDetail

if TYPE_CHECKING:
    from annotator.store.project import Project


class TalkSection(QWidget):
    """Shows what was said about a record: of a mention also about its claim, that one's assessments and evidence.

    `of` names the action whose key stands in the header, "" for none.

    Signals:
        left: the person pressed Esc in a field; what was written stays there.
    """

    left = Signal()

    def __init__(self, hub: Hub, parent: QWidget | None = None, *, of: str = "claim.comment") -> None:
        super().__init__(parent)
        self._hub = hub
        self._about = ""
        self._shown: tuple[tuple[Thread, ...], bool] = ((), False)
        self._drafts: dict[str, str] = {}
        self.cards: list[ThreadCard] = []
        self.just_sent = False
        self.header = SectionHeader(_("Comments"), of=of, action=_("Comment on it") if of else "")
        self.header.key_clicked.connect(self.begin)
        self.field = WordsField(_("Comment"), _("Comment or question, then Enter"))
        self.field.sent.connect(self._on_sent)
        self.field.left.connect(self.left)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)
        self._column.addWidget(self.header)
        self._column.addWidget(self.field)
        self.field.hide()
        hub.leaving.connect(self._send_all)

    def begin(self) -> None:
        """Go to the field for a new comment."""
        if self._hub.project.writable:
            self.field.show()
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_detail(self, detail: ClaimDetail) -> None:
        """Show what was said about a claim; words that are being written stay with theirs."""
        threads = commenting.threads_on(self._hub.project, _targets(self._hub.project, detail)) if detail.talk else []
        plain = {detail.mention.id, detail.claim.id}
        self.show_about(detail.mention.id, threads, lambda target: "" if target in plain else _about(detail, target))

    def show_about(self, about: str, threads: Sequence[Thread], heading: Callable[[str], str]) -> None:
        """Show threads; new comments are about the record of id `about`.

        `heading` says what a thread is about by the id of its target, "" where that is plain.
        """
        if about != self._about:
            self._keep()
            self._about = about
            self.field.setPlainText(self._drafts.pop(self._about, ""))
            self.field.setVisible(bool(self.field.words()))
        shown = tuple(threads), self._hub.project.writable
        if shown != self._shown:
            self._shown = shown
            self._fill(threads, heading)
        key = self.header.key_button()
        if key is not None:
            key.setEnabled(self._hub.project.writable)

    def _keep(self) -> None:
        if self._about and self.field.words():
            self._drafts[self._about] = self.field.words()

    def _fill(self, threads: Sequence[Thread], heading: Callable[[str], str]) -> None:
        focused = next((card.shown.id for card in self.cards if card.isAncestorOf(_focus(self))), "")
        written = {card.shown.id: card.field.words() for card in self.cards if card.field.isVisible()}
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        writable = self._hub.project.writable
        self.cards = [ThreadCard(one, heading(one.target), self, writable=writable) for one in threads]
        for place, card in enumerate(self.cards, 1):
            card.done.connect(self._on_done)
            card.left.connect(self.left)
            self._column.insertWidget(place, card)
            if card.shown.id in written and not any(
                one.comment.text == written[card.shown.id] for one in card.shown.remarks
            ):
                card.begin_answer()
                card.field.setPlainText(written[card.shown.id])
            elif card.shown.id == focused:
                card.answer.setFocus(Qt.FocusReason.OtherFocusReason)
        self.header.set_count(sum(not one.resolved for one in threads) if threads else None)

    def _on_sent(self, words: str) -> None:
        if self._hub.do(commenting.add, self._about, words) is not None:
            self.field.clear()
            self.field.hide()
            self._hub.announced.emit(_("Comment written"))
            self.just_sent = True
            self.left.emit()
            self.just_sent = False

    def _on_done(self, deed: str, comment_id: str, words: str) -> None:
        thread = next((one for one in self._shown[0] if _has(one, comment_id)), None)
        if thread is None:
            return
        key = CommentId(comment_id)
        match cast("Deed", deed):
            case "reply":
                self._hub.do(commenting.reply, key, words)
            case "edit":
                self._hub.do(commenting.edit, key, words)
            case "remove":
                self._hub.do(commenting.remove, thread, key)
            case "resolve" | "reopen":
                self._hub.do(commenting.settle, thread, resolved=deed == "resolve")

    def _send_all(self) -> None:
        """The project is about to be closed: what was written and not sent is kept as every other text is."""
        self._keep()
        self.field.clear()
        drafts, self._drafts = self._drafts, {}
        project = self._hub.project
        for mention_id, words in drafts.items():
            if project.writable and project.number_of(mention_id):
                self._hub.do(commenting.add, mention_id, words)
        self._about, self._shown = "", ((), False)


def _has(thread: Thread, comment_id: str) -> bool:
    return any(one.comment.id == comment_id for one in thread.remarks)


def _focus(section: QWidget) -> QWidget:
    return section.window().focusWidget() or section


def _targets(project: "Project", detail: ClaimDetail) -> list[str]:
    found: list[str] = [detail.mention.id, detail.claim.id, *(row.evidence.id for row in detail.evidence)]
    found += [one.id for one in project.assessments_of([detail.claim.id])]
    return found


def _about(detail: ClaimDetail, target: str) -> str:
    """Say what a thread is about where that is not the claim itself."""
    row = next((one for one in detail.evidence if one.evidence.id == target), None)
    if row is not None:
        return _("About the source: {title}").format(title=row.source.title or row.source.url)
    return _("About the status")
