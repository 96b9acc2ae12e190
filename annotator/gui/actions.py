"""The table of actions: it alone feeds menus, tool buttons, keys, the list of shortcuts and the docs."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from annotator.gui import modes
from annotator.gui.action_rows import claim, edit, file, help, review, together, view  # noqa: A004 - the menu's name
from annotator.gui.action_rows.row import MENUS, Action, Context
from annotator.gui.icons import status_icon_name
from annotator.i18n import _
from annotator.model.status import Status

__all__ = ["MENUS", "Action", "ActionSet", "key_text", "table"]


def table(scheme: Sequence[Status]) -> tuple[Action, ...]:
    """Return every action, in menu order, with a status action for each status of the scheme."""
    claims = (*_statuses(scheme), *claim.rows(), *together.of_claim())
    views = (*modes.rows(), *view.rows(), *together.of_view())
    return (*file.rows(), *edit.rows(), *claims, *review.rows(), *views, *help.rows())


def _statuses(scheme: Sequence[Status]) -> tuple[Action, ...]:
    return tuple(
        Action(
            f"status.{status.key}",
            _("Mark as {status}").format(status=_(status.name).lower()),
            (status.shortcut,) if status.shortcut else (),
            "claim",
            _(status.definition),
            context="text",
            icon=status_icon_name(status.icon),
            needs="article",
        )
        for status in scheme
    )


def key_text(action: Action) -> str:
    """Return the action's first key as this system writes it, "" for none."""
    return QKeySequence(action.keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if action.keys else ""


class ActionSet(QObject):
    """The table as live `QAction`s: one for each row, with one handler each.

    Keys of context `text` work while one of the `text_widgets` has the focus.
    """

    def __init__(self, rows: Iterable[Action], handlers: Mapping[str, Callable[[], object]], window: QWidget) -> None:
        super().__init__(window)
        self.rows = tuple(rows)
        self._actions: dict[str, QAction] = {}
        self._there: dict[str, bool] = {}
        for row in self.rows:
            self._actions[row.id] = self._made(row, handlers[row.id], window)

    def _made(self, row: Action, handler: Callable[[], object], window: QWidget) -> QAction:
        action = QAction(row.text, self)
        action.setObjectName(row.id)
        action.setStatusTip(row.help)
        self._give_keys(action, row)
        action.triggered.connect(lambda _checked=False: handler())
        if row.context == "window":
            window.addAction(action)
        else:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return action

    def __getitem__(self, action_id: str) -> QAction:
        """Return the action of that id; raises KeyError for an unknown one."""
        return self._actions[action_id]

    def give_keys_to(self, *widgets: QWidget, context: Context = "text") -> None:
        """Let the keys of a context work in these widgets."""
        for row in self.rows:
            if row.context == context:
                for widget in widgets:
                    widget.addAction(self._actions[row.id])

    def take_keys(self, rows: Iterable[Action]) -> None:
        """Take on the keys of the same rows, where they are others now."""
        before, self.rows = self.rows, tuple(rows)
        for old, row in zip(before, self.rows, strict=True):
            if old.keys != row.keys:
                self._give_keys(self._actions[row.id], row)

    @staticmethod
    def _give_keys(action: QAction, row: Action) -> None:
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        action.setToolTip(f"{row.text} ({key_text(row)})" if row.keys else row.text)

    def enable(self, there: Mapping[str, bool]) -> None:
        """Enable each action whose need is there (`Action.needs`)."""
        if self._there != there:
            self._there = dict(there)
            for row in self.rows:
                self._actions[row.id].setEnabled(not row.needs or there[row.needs])

    def discard(self) -> None:
        """Take every action back, before another table (another scheme) takes its place."""
        for action in self._actions.values():
            action.deleteLater()
        self._actions.clear()
