"""What a changed setting does to the open window, at once."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QApplication

from annotator import settings
from annotator.gui.article_view.typography import choose_measure
from annotator.gui.motion import apply_motion
from annotator.gui.theme import Faces, apply_theme, choose_faces, chosen_theme
from annotator.services import people

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow
    from annotator.settings import Settings


def take_effect(window: "MainWindow", name: str) -> None:
    """Let a setting that was changed and saved hold in the window; what is only asked when it counts needs nothing."""
    effect = _EFFECTS.get(name)
    if effect is not None:
        effect(window, settings.load())


def _app() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("a window without an application")
    return app


def _theme(_window: "MainWindow", kept: "Settings") -> None:
    apply_theme(_app(), chosen_theme(kept.theme))


def _faces(window: "MainWindow", kept: "Settings") -> None:
    choose_faces(Faces(kept.interface_font, kept.reading_font, kept.interface_size))
    apply_theme(_app(), chosen_theme(kept.theme))
    window.pane.view.renew_sizes()


def _measure(window: "MainWindow", kept: "Settings") -> None:
    choose_measure(kept.measure)
    window.pane.view.renew_sizes()


def _zoom(window: "MainWindow", kept: "Settings") -> None:
    window.pane.view.set_zoom(kept.zoom)


def _keys(window: "MainWindow", _kept: "Settings") -> None:
    window.commands.renew_keys()


def _motion(_window: "MainWindow", kept: "Settings") -> None:
    apply_motion(_app(), kept.motion)


def _backups(window: "MainWindow", kept: "Settings") -> None:
    window.commands.files.keeping.set_interval(kept.backup_minutes)


def _person(window: "MainWindow", kept: "Settings") -> None:
    if window.person:
        return  # somebody else was named when the program was started
    if window.hub.is_open:
        window.inspector.commit_all()
        window.hub.do(people.work_under, kept.annotator_name)
        window.commands.renew()
    window.top.person.show_person(kept.annotator_name)


_EFFECTS: Final[Mapping[str, Callable[["MainWindow", "Settings"], None]]] = {
    "theme": _theme,
    "interface_font": _faces,
    "interface_size": _faces,
    "reading_font": _faces,
    "measure": _measure,
    "zoom": _zoom,
    "single_keys": _keys,
    "keys": _keys,
    "motion": _motion,
    "backup_minutes": _backups,
    "annotator_name": _person,
    "annotator_id": _person,
}
