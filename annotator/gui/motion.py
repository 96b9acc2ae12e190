"""How much moves by itself: blinking carets, sliding menus, fading tips."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

_EFFECTS: Final = Qt.UIEffect.UI_General
"""All of Qt's: where the system wants less motion, Qt has this one off (on Windows: "Show animations")."""

_USUAL_FLASH_MS: Final = 1000

_of_the_system: Final[list[tuple[bool, int]]] = []
"""Whether the system wants effects, and how fast its carets blink; known once one of the two was changed."""


def apply_motion(app: QApplication, setting: str) -> None:
    """Move as the setting `motion` says: "system" as the system wants it, "less" not at all, "full" as usual."""
    if setting == "system" and not _of_the_system:
        return  # nothing was changed yet
    if not _of_the_system:
        _of_the_system.append((app.isEffectEnabled(_EFFECTS), app.cursorFlashTime()))
    effects, flash = _of_the_system[0]
    app.setEffectEnabled(_EFFECTS, effects if setting == "system" else setting == "full")
    app.setCursorFlashTime({"system": flash, "less": 0}.get(setting, flash or _USUAL_FLASH_MS))
