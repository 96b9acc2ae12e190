"""Passes of articles: saying that one's own is finished; in blind work a strip says what is hidden until then."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QPushButton

from annotator.i18n import _

if TYPE_CHECKING:
    from annotator.gui.banner import Strip
    from annotator.gui.window import MainWindow


class Blindness(QObject):
    """Shows the strip while it is true of the article on show."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        window.article.shown.connect(self.renew)
        window.hub.changed.connect(self.renew)
        window.hub.project_changed.connect(self.renew)

    @cached_property
    def strip(self) -> "Strip":
        """The strip; made when it is first wanted."""
        from annotator.gui.banner import Strip  # noqa: PLC0415 - most projects hide nothing

        strip = Strip(self._window, "blind", _("Blind work"), "info", "accent")
        self.done.setParent(strip)
        strip.row.addWidget(self.done)
        return strip

    @cached_property
    def done(self) -> QPushButton:
        """The button that ends one's own pass."""
        button = QPushButton(_("I have finished this article"))
        button.clicked.connect(self.finish)
        return button

    def renew(self, *_whatever: object) -> None:
        """Show the strip, or put it away."""
        hub, page = self._window.hub, self._window.article.page
        hidden = hub.is_open and hub.project.veil is not None and page is not None and not self._finished()
        if not hidden:
            if "strip" in self.__dict__ and self.strip.isVisible():
                self.strip.hide()
            return
        self.done.setEnabled(hub.project.writable)
        self.strip.say(_("Blind: what others marked in this article is hidden until you have finished your own pass."))

    def _finished(self) -> bool:
        from annotator.services import blind  # noqa: PLC0415 - as above

        page = self._window.article.page
        return page is None or blind.is_finished(self._window.hub.project, page.version.id)

    def finish(self) -> None:
        """Say that the pass of the article on show is finished, or that it is not after all."""
        from annotator.services import blind  # noqa: PLC0415 - as above

        window, page = self._window, self._window.article.page
        if page is None:
            return
        hub = window.hub
        hides = blind.is_blind(hub.project)
        is_finished = blind.is_finished if hides else blind.has_finished
        finished = is_finished(hub.project, page.version.id)
        if not finished:
            window.inspector.commit_all()
        change = blind.take_up if finished else blind.finish
        hub.do(change, page.version.id)
        if is_finished(hub.project, page.version.id) == finished:
            return  # refused, and told
        if hides:
            hub.announced.emit(_("Others' marks are hidden again") if finished else _("Others' marks are shown"))
        elif finished:
            window.notices.tell(_("Your pass of this article is not finished any more."))
        else:
            window.notices.tell(
                _("Your pass of this article is finished: where you marked nothing, you found no claim.")
            )
        window.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)
