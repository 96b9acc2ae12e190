"""The screens of the window: Annotate, and those that take its place.

To add one:

1. Write its widget in a package of its own (`gui/NAME/page.py`). It is given the window, reads the project through
   `window.hub.project` in its `showEvent` (it is shown anew each time the person comes to it) and after `hub.changed`
   while it is visible. `setFocusProxy` names the child that takes the focus. It needs no clearing up for another
   project: a page lives as long as its project is open, and is deleted with it.
2. Write its maker here, a function that imports the widget *inside*: nothing of it is loaded before it is wanted.
3. Add its row to `modes()`. Top bar, View menu, key, palette, list of shortcuts and docs read that row.

Esc in a page leads back to Annotate unless a child of the page takes the key for itself (a text field that is being
written in accepts the `ShortcutOverride`, as popups do). To lead to an article, call `window.modes.go("annotate")`
first. A page with single keys of its own has a `Context` for them (`action_rows/row.py`), and puts what they work in
into `Modes.keyed`.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from annotator.gui.action_rows.row import Action, Context
from annotator.i18n import _

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow

ANNOTATE: Final = "annotate"


class Mode(msgspec.Struct, frozen=True):
    """One screen: its name in code, its title, key and icon, what it is for, and what makes its page."""

    id: str
    title: str
    key: str
    icon: str
    help: str
    make: Callable[["MainWindow"], QWidget]

    @property
    def action_id(self) -> str:
        """The id of the action that leads to it."""
        return f"mode.{self.id}"


def modes() -> tuple[Mode, ...]:
    """Return every screen, in the order of the top bar; the first is the article."""
    return (
        Mode(ANNOTATE, _("Annotate"), "Ctrl+1", "article", _("Back to the article, where you were."), _article),
        Mode(
            "review",
            _("Review"),
            "Ctrl+2",
            "review",
            _("Marks of several annotators side by side, to decide."),
            _review,
        ),
        Mode("agreement", _("Agreement"), "Ctrl+3", "dashboard", _("How well the annotators agree."), _agreement),
    )


def rows() -> tuple[Action, ...]:
    """Return the actions that lead to the screens, for the table of actions."""
    return tuple(
        Action(mode.action_id, mode.title, (mode.key,), "view", mode.help, icon=mode.icon, needs="project")
        for mode in modes()
    )


def _article(window: "MainWindow") -> QWidget:
    return window.pane


def _review(window: "MainWindow") -> QWidget:
    from annotator.gui.review.page import ReviewPage  # noqa: PLC0415 - the first paint does without it

    page = ReviewPage(window)
    window.modes.keyed["review"] = page.keyed
    window.commands.set.give_keys_to(page.keyed, context="review")
    return page


def _agreement(window: "MainWindow") -> QWidget:
    from annotator.gui.agreement.page import AgreementPage  # noqa: PLC0415 - the first paint does without it

    return AgreementPage(window)


class Modes(QObject):
    """Knows which screen is on show, makes each when it is first wanted, and leads back to where one was.

    Signals:
        changed: another screen is on show (its id).
    """

    changed = Signal(str)

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._pages: dict[str, QWidget] = {}
        self._focused: dict[str, QWidget] = {}
        self.keyed: dict[Context, QWidget] = {}
        """What the keys of an action's context work in, for pages that have one of their own (`Action.context`)."""
        self.current = ANNOTATE

    @property
    def annotating(self) -> bool:
        """Whether the article is on show."""
        return self.current == ANNOTATE

    def page(self, mode_id: str) -> QWidget:
        """Return a screen's page, made now if it was not yet; raises KeyError for an unknown one."""
        if mode_id not in self._pages:
            made = {mode.id: mode for mode in modes()}[mode_id].make(self._window)
            if mode_id != ANNOTATE:
                made.setProperty("ground", made.property("ground") or "app")
                made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
                self._window.centre.addWidget(made)
                self._lead_back(made)
            self._pages[mode_id] = made
        return self._pages[mode_id]

    def _lead_back(self, page: QWidget) -> None:
        back = QAction(page)
        back.setShortcut(QKeySequence(Qt.Key.Key_Escape))
        back.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.triggered.connect(lambda: self.go(ANNOTATE))
        page.addAction(back)

    def go(self, mode_id: str) -> None:
        """Show a screen and give it the focus, at the widget that had it there before; raises KeyError as `page`."""
        window = self._window
        if not window.hub.is_open or (mode_id != ANNOTATE and self._has_to_wait()):
            window.top.show_mode(self.current)
            return
        if mode_id != self.current:
            window.inspector.commit_all()
            self._remember_focus()
            page = self.page(mode_id)
            self.current = mode_id
            if self.annotating:
                window.docks.put_back()
            else:
                window.docks.put_aside()
            window.centre.setCurrentWidget(page)
            self.changed.emit(mode_id)
        window.top.show_mode(mode_id)  # a button pressed twice would be out of step
        self._give_focus(mode_id)

    def _has_to_wait(self) -> bool:
        """Where others' marks are hidden, say so: the other screens are about everybody's."""
        project = self._window.hub.project
        if project.veil is None:
            return False
        from annotator.services import blind  # noqa: PLC0415 - most projects hide nothing

        waits = blind.hides_anything(project)
        if waits:
            self._window.notices.tell(blind.why_hidden())
        return waits

    def _remember_focus(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self._window.isAncestorOf(focused) and focused not in self._window.top.buttons:
            self._focused[self.current] = focused

    def _give_focus(self, mode_id: str) -> None:
        before = self._focused.pop(mode_id, None)
        if before is not None and isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        elif mode_id == ANNOTATE:
            self._window.pane.take_focus()
        else:
            self.page(mode_id).setFocus(Qt.FocusReason.OtherFocusReason)

    def start_over(self) -> None:
        """Show the article; the pages of the project before are gone."""
        # Before they go: of those that are left the next one would be shown, and begin to count.
        self._window.centre.setCurrentWidget(self._window.pane)
        for mode_id, page in self._pages.items():
            if mode_id != ANNOTATE:
                self._window.centre.removeWidget(page)
                page.hide()
                page.deleteLater()
        self._pages = {}
        self._focused = {}
        self.keyed = {}
        if not self.annotating:
            self.current = ANNOTATE
            self._window.top.show_mode(ANNOTATE)
            self.changed.emit(ANNOTATE)
