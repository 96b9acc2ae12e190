"""What the actions of the menus File, Edit, View and Help do."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QCursor

from annotator.gui.article_view.view import ZOOM_STEP
from annotator.gui.panes import go_to_pane
from annotator.gui.stepping import go_to_claim, go_to_overlapping

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow


def handlers(window: "MainWindow") -> dict[str, Callable[[], object]]:
    """Return a handler for each action of these menus but the screens; nothing is made before it is wanted."""
    commands, view = window.commands, window.pane.view
    return {
        "project.new": lambda: commands.files.new_project(),  # noqa: PLW0108 - not made yet
        "project.open": lambda: commands.files.open_project(),  # noqa: PLW0108 - not made yet
        "project.recent": lambda: commands.recent.popup(QCursor.pos()),
        "project.properties": lambda: commands.preferences.show_properties(),  # noqa: PLW0108 - not made yet
        "project.sample": lambda: commands.files.open_sample(),  # noqa: PLW0108 - not made yet
        "article.import": lambda: commands.files.import_chosen(),  # noqa: PLW0108 - not made yet
        "article.paste": lambda: commands.files.import_clipboard(),  # noqa: PLW0108 - not made yet
        "dataset.export": lambda: commands.files.export_chosen(),  # noqa: PLW0108 - not made yet
        "project.merge": lambda: commands.files.merging.ask(),  # noqa: PLW0108 - not made yet
        "project.unmerge": lambda: commands.files.merging.take_back(),  # noqa: PLW0108 - not made yet
        "project.versions": lambda: commands.files.merging.show_versions(),  # noqa: PLW0108 - not made yet
        "article.part": lambda: commands.files.part_article(),  # noqa: PLW0108 - not made yet
        "project.backups": lambda: commands.files.keeping.show_list(),  # noqa: PLW0108 - not made yet
        "program.quit": window.close,
        "edit.undo": commands.undo,
        "edit.redo": commands.redo,
        "project.history": commands.show_history,
        "edit.copy": view.copy,
        "find.article": lambda: window.pane.find_bar.open_bar(),  # noqa: PLW0108 - not made yet
        "find.next": lambda: window.pane.find_bar.step(1),
        "find.previous": lambda: window.pane.find_bar.step(-1),
        "find.project": lambda: commands.palette.open_project(),  # noqa: PLW0108 - not made yet
        "find.anything": lambda: commands.palette.open_all(),  # noqa: PLW0108 - not made yet
        "claim.source_page": lambda: commands.sources.open_of_active(),  # noqa: PLW0108 - not made yet
        "source.find": lambda: commands.sources.find(),  # noqa: PLW0108 - not made yet
        "article.narrow": window.articles.narrow_by,
        "source.verify": lambda: commands.sources.verify(),  # noqa: PLW0108 - not made yet
        "claim.next": lambda: go_to_claim(window, 1),
        "claim.previous": lambda: go_to_claim(window, -1),
        "claim.next_unsourced": lambda: go_to_claim(window, 1, without_source=True),
        "claim.previous_unsourced": lambda: go_to_claim(window, -1, without_source=True),
        "claim.overlapping": lambda: go_to_overlapping(window, 1),
        "claim.overlapping_back": lambda: go_to_overlapping(window, -1),
        "claim.inspect": window.inspector.focus_first,
        "pane.next": lambda: go_to_pane(window, 1),
        "pane.previous": lambda: go_to_pane(window, -1),
        "article.next": lambda: window.articles.choose_next(1),
        "article.previous": lambda: window.articles.choose_next(-1),
        "zoom.in": lambda: view.set_zoom(view.zoom() + ZOOM_STEP),
        "zoom.out": lambda: view.set_zoom(view.zoom() - ZOOM_STEP),
        "zoom.reset": commands.reset_zoom,
        "panel.left": lambda: window.docks.left.setVisible(not window.docks.left.isVisible()),
        "panel.right": lambda: window.docks.right.setVisible(not window.docks.right.isVisible()),
        "theme.next": lambda: commands.preferences.next_theme(),  # noqa: PLW0108 - not made yet
        "program.settings": lambda: commands.preferences.show_settings(),  # noqa: PLW0108 - not made yet
        "program.keys": lambda: commands.preferences.show_keys(),  # noqa: PLW0108 - not made yet
        "help.shortcuts": lambda: commands.shortcut_sheet.open_with(commands.set.rows),
        "help.shortcuts_key": lambda: commands.shortcut_sheet.open_with(commands.set.rows),
        "help.about": lambda: commands.files.about(),  # noqa: PLW0108 - not made yet
    }
