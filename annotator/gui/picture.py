"""A picture of the real main window, drawn without a screen."""

from pathlib import Path
from typing import TYPE_CHECKING

from annotator.gui.app import application
from annotator.gui.theme import apply_theme, load_theme
from annotator.gui.window import MainWindow

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
        window.open_for_reading(project)
        rows = window.article.rows
        window.article.activate(mention or (rows[0].mention_id if rows else ""))
        window.show()
        picture: QPixmap = window.grab()
        if not picture.save(str(out)):
            raise OSError(f"{out} cannot be written")
    finally:
        window.close()
        window.deleteLater()
