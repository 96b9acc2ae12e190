"""What people need who work on one project together: comments, guidelines, assigning. Made when first wanted."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDockWidget, QWidget

from annotator.gui.blindness import Blindness
from annotator.i18n import _

if TYPE_CHECKING:
    from annotator.gui.assigning.flow import AssignFlow
    from annotator.gui.assigning.rules import RulesCard
    from annotator.gui.guidelines.panel import GuidelinePanel
    from annotator.gui.talk.about_card import AboutCard
    from annotator.gui.talk.list_card import TalkCard
    from annotator.gui.window import MainWindow

_WIDTH: Final = 280


class Together(QObject):
    """The handlers of the actions in `action_rows.together`."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._dock: QDockWidget | None = None
        self.blindness = Blindness(window)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what each action does."""
        return {
            "claim.comment": self._window.inspector.focus_comment,
            "comments.about": lambda: self.about.open_card(),  # noqa: PLW0108 - not made yet
            "comments.list": lambda: self.comments.open_card(),  # noqa: PLW0108 - not made yet
            "guidelines.show": self.show_guidelines,
            "article.finish": self.blindness.finish,
            "project.together": lambda: self.rules.open_card(),  # noqa: PLW0108 - as above
            "project.assign": lambda: self.assigning.ask(),  # noqa: PLW0108 - as above
        }

    @cached_property
    def comments(self) -> "TalkCard":
        """The list of all comments."""
        from annotator.gui.talk.list_card import TalkCard  # noqa: PLC0415 - the first paint does without it

        return TalkCard(self._window)

    @cached_property
    def about(self) -> "AboutCard":
        """The comments on any record."""
        from annotator.gui.talk.about_card import AboutCard  # noqa: PLC0415 - as above

        return AboutCard(self._window)

    @cached_property
    def rules(self) -> "RulesCard":
        """How the people of the project work together."""
        from annotator.gui.assigning.rules import RulesCard  # noqa: PLC0415 - as above

        return RulesCard(self._window)

    @cached_property
    def assigning(self) -> "AssignFlow":
        """What writes colleagues' copies."""
        from annotator.gui.assigning.flow import AssignFlow  # noqa: PLC0415 - as above

        return AssignFlow(self._window)

    @cached_property
    def guidelines(self) -> "GuidelinePanel":
        """The guidelines, in a dock beside the article."""
        from annotator.gui.guidelines.panel import GuidelinePanel  # noqa: PLC0415 - as above

        panel = GuidelinePanel(self._window.hub)
        dock = QDockWidget(_("Guidelines"), self._window)
        dock.setObjectName("guidelines")
        dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        dock.setTitleBarWidget(QWidget())
        dock.setWidget(panel)
        self._window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
        self._window.resizeDocks([dock], [_WIDTH], Qt.Orientation.Horizontal)
        dock.hide()
        panel.left.connect(self._window.pane.view.setFocus)
        self._window.hub.project_changed.connect(lambda: dock.setVisible(dock.isVisible() and self._window.hub.is_open))
        self._dock = dock
        return panel

    def show_guidelines(self) -> None:
        """Show the guidelines, or put them away; the focus stays where it is."""
        panel = self.guidelines
        if self._dock is None:
            return
        if self._dock.isVisible():
            panel.save()
            if panel.isAncestorOf(self._window.focusWidget() or self._window):
                self._window.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self._dock.hide()
        else:
            panel.read()
            self._dock.show()
            left = self._window.docks.left
            self._window.resizeDocks([left, self._dock], [1, 1], Qt.Orientation.Vertical)
            self._window.hub.announced.emit(_("Guidelines are shown"))

    def show_version(self, guideline_id: str) -> None:
        """Show a version of the guidelines."""
        if not self.guidelines_shown:
            self.show_guidelines()
        self.guidelines.choose(guideline_id)

    @property
    def guidelines_shown(self) -> bool:
        """Whether the guidelines are beside the article."""
        return self._dock is not None and self._dock.isVisible()
