"""A picture of the real main window, drawn without a screen."""

from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QCoreApplication

from annotator.gui.app import application
from annotator.gui.theme import apply_theme, load_theme
from annotator.gui.window import MainWindow
from annotator.store.project import Project

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

WIDTH, HEIGHT = 1440, 900


def window_picture(project: Path, out: Path, *, theme: str = "light", mention: str = "") -> None:
    """Draw the main window on a project into a PNG file; `mention` is the active one, "" for the first.

    Raises Refused where the project cannot be opened, OSError where the file cannot be written.
    """
    app = application()
    apply_theme(app, load_theme(theme))
    window = MainWindow()
    try:
        window.resize(WIDTH, HEIGHT)
        window.take(Project.open(project, write=True))
        window.show()
        # The claim is brought into view where lines have their final width.
        QCoreApplication.sendPostedEvents()
        rows = window.article.rows
        window.article.activate(mention or (rows[0].mention_id if rows else ""))
        QCoreApplication.sendPostedEvents()
        picture: QPixmap = window.grab()
        if not picture.save(str(out)):
            raise OSError(f"{out} cannot be written")
    finally:
        window.close()
        window.speakers.wait()
        shiboken6.delete(window)  # while Qt is whole, as in app.run
