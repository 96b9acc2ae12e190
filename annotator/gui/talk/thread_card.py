"""One thread as a card: who said what when, and what can be done about it."""

from typing import Final, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from annotator.gui.dates import local_text
from annotator.gui.icons import pixmap
from annotator.gui.talk.words import WordsField
from annotator.gui.theme import interface_font, sized
from annotator.gui.widgets.icon_button import icon_button
from annotator.gui.widgets.keyed_button import KeyedButton
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.status_face import LEAST_TARGET
from annotator.i18n import _, ngettext
from annotator.model.moments import read_moment
from annotator.services.commenting import Remark, Thread

_ICON: Final = 14
_TARGET: Final = 28

Deed = Literal["reply", "edit", "remove", "resolve", "reopen"]


class ThreadCard(QFrame):
    """Shows a thread; a resolved one is folded to its first words until it is opened.

    Signals:
        done: the person wants something done (Deed, the comment's id, the words).
        left: the person pressed Esc in its field.
    """

    done = Signal(str, str, str)
    left = Signal()

    def __init__(self, thread: Thread, about: str, parent: QWidget | None = None, *, writable: bool) -> None:
        """Make a card; `about` says which record the thread is about, "" where that is plain."""
        super().__init__(parent)
        self.shown = thread
        self._writable = writable
        self._editing = ""
        self.setProperty("card", "true")
        self.field = WordsField(_("Answer"), _("Answer, then Enter"))
        self.field.sent.connect(self._on_sent)
        self.field.left.connect(self._on_left)
        self.field.hide()
        self.more = QWidget()
        self.unfold: QToolButton | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 7, 10, 7)
        self._column.setSpacing(5)
        said = [one for one in thread.remarks if one.comment.text] or [thread.remarks[0]]
        first = said[0].comment.text
        self.setAccessibleName(_("Comment: {words}").format(words=" ".join(first.split())))
        if about:
            label = PlainLabel(about)
            label.setProperty("quiet", "true")
            self._column.addWidget(label)
        if thread.resolved:
            self._column.addWidget(self._folded(first))
        inside = QVBoxLayout(self.more)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(5)
        for one in thread.remarks:
            inside.addWidget(self._remark(one))
        inside.addWidget(self.field)
        inside.addLayout(self._foot())
        self._column.addWidget(self.more)
        self.more.setVisible(not thread.resolved)

    def _folded(self, words: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        mark = QLabel()
        mark.setPixmap(pixmap("check", "ink2", _ICON, self.devicePixelRatioF()))
        told = PlainLabel(_("Resolved: {words}").format(words=_cut(words)))
        told.setProperty("quiet", "true")
        told.setWordWrap(True)
        unfold = _tool("chevron-down", _("Show the resolved comment: {words}").format(words=_cut(words)))
        unfold.setCheckable(True)
        unfold.toggled.connect(self.more.setVisible)
        line.addWidget(mark)
        line.addWidget(told, 1)
        line.addWidget(unfold)
        self.unfold = unfold
        return row

    def _remark(self, one: Remark) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        head = QHBoxLayout()
        head.setSpacing(6)
        who = PlainLabel(_("You") if one.mine else one.author or _("Somebody"))
        bold = QFont(sized(interface_font(), 0.95))
        bold.setWeight(QFont.Weight.DemiBold)
        who.setFont(bold)
        when = PlainLabel(local_text(read_moment(one.comment.at).timestamp()) if one.comment.at else "")
        when.setProperty("quiet", "true")
        when.setFont(sized(interface_font(), 0.95))
        head.addWidget(who)
        head.addWidget(when)
        head.addStretch(1)
        if one.mine and one.comment.text and self._writable:
            edit = _tool("note", _("Edit your comment: {words}").format(words=_cut(one.comment.text)))
            edit.clicked.connect(lambda: self._begin(one.comment.id, one.comment.text))
            head.addWidget(edit)
            remove = _tool("trash", _("Delete your comment: {words}").format(words=_cut(one.comment.text)))
            remove.clicked.connect(lambda: self.done.emit("remove", one.comment.id, ""))
            head.addWidget(remove)
        column.addLayout(head)
        text = PlainLabel(one.comment.text or (_("resolved this") if one.comment.resolved else _("opened this again")))
        text.setWordWrap(True)
        if not one.comment.text:
            text.setProperty("quiet", "true")
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(text)
        return part

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(4)
        self.answer = KeyedButton(_("Answer"), icon_name="comment", colour="accent")
        self.answer.clicked.connect(lambda: self._begin("", ""))
        resolved = self.shown.resolved
        self.settle = KeyedButton(
            _("Open again") if resolved else _("Resolve"), icon_name="undo" if resolved else "check", colour="ink2"
        )
        self.settle.clicked.connect(lambda: self.done.emit("reopen" if resolved else "resolve", self.shown.id, ""))
        for button in (self.answer, self.settle):
            button.setEnabled(self._writable)
            foot.addWidget(button)
        foot.addStretch(1)
        return foot

    def _begin(self, comment_id: str, words: str) -> None:
        """Open the field: for an answer, or for one's own comment to be worded anew."""
        self._editing = comment_id
        self.field.setAccessibleName(_("Edit the comment") if comment_id else _("Answer"))
        self.field.setPlainText(words)
        self.field.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_card(self) -> None:
        """Unfold a resolved thread."""
        if self.unfold is not None:
            self.unfold.setChecked(True)

    def begin_answer(self) -> None:
        """Open the field for an answer."""
        if self._writable:
            self._begin("", "")

    def _on_sent(self, words: str) -> None:
        self.done.emit("edit" if self._editing else "reply", self._editing or self.shown.id, words)

    def _on_left(self) -> None:
        if self.field.words() and not self._editing:
            self.left.emit()  # what was written stays
            return
        self.field.hide()
        self.answer.setFocus(Qt.FocusReason.OtherFocusReason)


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONG else f"{line[: _LONG - 1]}…"


_LONG: Final = 60


def _tool(icon_name: str, name: str) -> QToolButton:
    button = icon_button(icon_name, name)
    button.setFixedSize(_TARGET, LEAST_TARGET)
    return button


def answers_text(thread: Thread) -> str:
    """Return "2 answers", "" for none."""
    count = sum(bool(one.comment.text) for one in thread.remarks[1:])
    return ngettext("{n} answer", "{n} answers", count) if count else ""
