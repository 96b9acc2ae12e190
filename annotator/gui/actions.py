"""The table of actions: it alone feeds menus, tool buttons, keys, the list of shortcuts and the docs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Literal

import msgspec
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from annotator.i18n import _
from annotator.model.status import Status

Context = Literal["window", "text"]
"""`window`: the key works everywhere; `text`: only while the article or the claims list has the focus."""

MENUS: Final = ("file", "edit", "claim", "view", "help")


class Action(msgspec.Struct, frozen=True):
    """One thing a person can do.

    `keys` are portable key sequences, the first of which is shown; `needs` names what must be there for it to be
    enabled; `menu` is where it stands, "" for nowhere.
    """

    id: str
    text: str
    keys: tuple[str, ...]
    menu: str
    help: str
    context: Context = "window"
    icon: str = ""
    needs: Literal["", "project", "writable", "article", "mention", "suggestion", "merged"] = ""
    divider: bool = False


def table(scheme: Sequence[Status]) -> tuple[Action, ...]:
    """Return every action, in menu order, with a status action for each status of the scheme."""
    return (*_file(), *_edit(), *_statuses(scheme), *_claim(), *_view(), *_help())


def _statuses(scheme: Sequence[Status]) -> tuple[Action, ...]:
    return tuple(
        Action(
            f"status.{status.key}",
            _("Mark as {status}").format(status=_(status.name).lower()),
            (status.shortcut,) if status.shortcut else (),
            "claim",
            _(status.definition),
            context="text",
            icon=status.icon,
            needs="article",
        )
        for status in scheme
    )


def _file() -> tuple[Action, ...]:
    return (
        Action("project.new", _("New project…"), ("Ctrl+N",), "file", _("Make a project file.")),
        Action("project.open", _("Open project…"), ("Ctrl+O",), "file", _("Open another project.")),
        Action("project.sample", _("Open the sample"), (), "file", _("A small project to try things on.")),
        Action(
            "article.import",
            _("Import files…"),
            ("Ctrl+I",),
            "file",
            _("Bring in articles or datasets."),
            icon="plus",
            needs="writable",
            divider=True,
        ),
        Action(
            "article.paste",
            _("Paste as an article"),
            ("Ctrl+Shift+V",),
            "file",
            _("Make an article of the text on the clipboard."),
            needs="writable",
        ),
        Action(
            "dataset.export",
            _("Export the dataset…"),
            ("Ctrl+E",),
            "file",
            _("Write every article with its annotations as JSONL."),
            needs="project",
        ),
        Action(
            "project.merge",
            _("Merge colleagues' files…"),
            (),
            "file",
            _("Look at what colleagues did in their copies, and bring it in."),
            needs="writable",
            divider=True,
        ),
        Action(
            "project.unmerge",
            _("Take the merge back"),
            (),
            "file",
            _("Put the project back as it was before the merge; until the next change."),
            needs="merged",
        ),
        Action(
            "project.versions",
            _("Several versions…"),
            (),
            "file",
            _("Choose where colleagues changed the same words without knowing of each other."),
            needs="project",
        ),
        Action(
            "project.backups",
            _("Backups…"),
            (),
            "file",
            _("See, take and restore backups."),
            needs="project",
            divider=True,
        ),
        Action(
            "program.quit", _("Quit"), ("Ctrl+Q",), "file", _("Close the window; everything is saved."), divider=True
        ),
    )


def _edit() -> tuple[Action, ...]:
    return (
        Action(
            "edit.undo", _("Undo"), ("Ctrl+Z",), "edit", _("Take back the last step."), icon="undo", needs="project"
        ),
        Action(
            "edit.redo",
            _("Redo"),
            ("Ctrl+Shift+Z", "Ctrl+Y"),
            "edit",
            _("Bring back what was undone."),
            icon="redo",
            needs="project",
        ),
        Action(
            "project.history",
            _("History…"),
            ("Ctrl+H",),
            "edit",
            _("Who did what when; put back an earlier version, take back a change."),
            icon="history",
            needs="project",
            divider=True,
        ),
        Action(
            "edit.copy",
            _("Copy"),
            ("Ctrl+C",),
            "edit",
            _("Copy the selected words as they are stored."),
            context="text",
            needs="article",
            divider=True,
        ),
    )


def _claim() -> tuple[Action, ...]:
    return (
        Action(
            "claim.speaker",
            _("Speaker…"),
            ("S",),
            "claim",
            _("Say who makes the claim."),
            context="text",
            icon="person",
            needs="mention",
            divider=True,
        ),
        Action(
            "claim.source",
            _("Link a source…"),
            ("L",),
            "claim",
            _("Type to find a source: Enter supports, Shift+Enter refutes, Alt+Enter is context."),
            context="text",
            icon="link",
            needs="mention",
        ),
        Action(
            "claim.repeat",
            _("Repeat the last link"),
            (".",),
            "claim",
            _("Link the source linked last, with the same stance."),
            context="text",
            needs="mention",
        ),
        Action("claim.note", _("Note"), ("N",), "claim", _("Write a note."), context="text", needs="mention"),
        Action("claim.text", _("Claim text"), ("C",), "claim", _("Word the claim."), context="text", needs="mention"),
        Action(
            "claim.accept",
            _("Accept the suggestion"),
            ("A",),
            "claim",
            _("Accept the suggested speaker."),
            context="text",
            icon="check",
            needs="suggestion",
            divider=True,
        ),
        Action(
            "claim.dismiss",
            _("Dismiss the suggestion"),
            ("X",),
            "claim",
            _("Take the suggested speaker off."),
            context="text",
            icon="close",
            needs="suggestion",
        ),
        Action(
            "claim.end_right",
            _("Move the end right"),
            ("Alt+Right",),
            "claim",
            _("By a word."),
            context="text",
            needs="mention",
            divider=True,
        ),
        Action(
            "claim.end_left",
            _("Move the end left"),
            ("Alt+Left",),
            "claim",
            _("By a word."),
            context="text",
            needs="mention",
        ),
        Action(
            "claim.start_right",
            _("Move the start right"),
            ("Alt+Shift+Right",),
            "claim",
            _("By a word."),
            context="text",
            needs="mention",
        ),
        Action(
            "claim.start_left",
            _("Move the start left"),
            ("Alt+Shift+Left",),
            "claim",
            _("By a word."),
            context="text",
            needs="mention",
        ),
        Action(
            "claim.remove",
            _("Remove"),
            ("Del",),
            "claim",
            _("Remove the mention; undo brings it back."),
            context="text",
            needs="mention",
        ),
    )


def _view() -> tuple[Action, ...]:
    return (
        Action(
            "claim.inspect",
            _("Inspector"),
            ("Return", "Enter"),
            "view",
            _("Go to the active claim's details; Esc leads back."),
            context="text",
            needs="mention",
        ),
        Action("claim.next", _("Next claim"), ("J",), "view", _("In text order."), context="text", needs="article"),
        Action(
            "claim.previous", _("Previous claim"), ("K",), "view", _("In text order."), context="text", needs="article"
        ),
        Action(
            "claim.next_unsourced",
            _("Next claim without a source"),
            ("Shift+J",),
            "view",
            _("In text order."),
            context="text",
            needs="article",
        ),
        Action(
            "claim.previous_unsourced",
            _("Previous claim without a source"),
            ("Shift+K",),
            "view",
            _("In text order."),
            context="text",
            needs="article",
        ),
        Action("pane.next", _("Next pane"), ("F6",), "view", _("Articles, article, claims, inspector."), divider=True),
        Action("pane.previous", _("Previous pane"), ("Shift+F6",), "view", _("The other way round.")),
        Action("article.next", _("Next article"), ("Ctrl+PgDown",), "view", _("In the list's order."), needs="article"),
        Action(
            "article.previous",
            _("Previous article"),
            ("Ctrl+PgUp",),
            "view",
            _("In the list's order."),
            needs="article",
        ),
        Action("zoom.in", _("Larger text"), ("Ctrl++", "Ctrl+="), "view", _("Up to 250 %."), divider=True),
        Action("zoom.out", _("Smaller text"), ("Ctrl+-",), "view", _("Down to 70 %.")),
        Action("zoom.reset", _("Text at 100 %"), ("Ctrl+0",), "view", _("Back to the usual size.")),
        Action(
            "panel.left", _("Articles panel"), ("Ctrl+B",), "view", _("Show or hide it."), icon="panel", divider=True
        ),
        Action("panel.right", _("Claims panel"), ("Ctrl+Shift+B",), "view", _("Show or hide it."), icon="panel"),
        Action(
            "theme.next",
            _("Next theme"),
            ("Ctrl+Shift+T",),
            "view",
            _("System, light, dark, high contrast."),
            icon="moon",
        ),
    )


def _help() -> tuple[Action, ...]:
    return (
        Action("help.shortcuts", _("All shortcuts"), ("F1",), "help", _("This list.")),
        Action("help.shortcuts_key", _("All shortcuts"), ("?",), "", _("This list."), context="text"),
        Action("help.about", _("About"), (), "help", _("Version, licence, where settings and logs are.")),
    )


def key_text(action: Action) -> str:
    """Return the action's first key as this system writes it, "" for none."""
    return QKeySequence(action.keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if action.keys else ""


class ActionSet(QObject):
    """The table as live `QAction`s: one for each row, with one handler each.

    Keys of context `text` work while one of the `text_widgets` has the focus; they can be switched off.
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
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        action.setStatusTip(row.help)
        action.setToolTip(f"{row.text} ({key_text(row)})" if row.keys else row.text)
        action.triggered.connect(lambda _checked=False: handler())
        if row.context == "window":
            window.addAction(action)
        else:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return action

    def __getitem__(self, action_id: str) -> QAction:
        """Return the action of that id; raises KeyError for an unknown one."""
        return self._actions[action_id]

    def give_keys_to(self, *text_widgets: QWidget) -> None:
        """Let the keys of context `text` work in these widgets."""
        for row in self.rows:
            if row.context == "text":
                for widget in text_widgets:
                    widget.addAction(self._actions[row.id])

    def switch_single_keys(self, *, on: bool) -> None:
        """Switch the single-letter keys on or off; the menus keep every action."""
        for row in self.rows:
            if row.context == "text":
                kept = [key for key in row.keys if on or len(key) > 1]
                self._actions[row.id].setShortcuts([QKeySequence(key) for key in kept])

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
