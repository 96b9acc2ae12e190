"""A choice of languages by name, for an article that was read as another one."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from annotator.i18n import _

_SHORT: Final = 2
"""Letters of an ISO 639-1 code; languages that have none of two letters are not offered."""


@lru_cache(maxsize=1)
def codes() -> tuple[str, ...]:
    """Return the ISO 639-1 codes that Qt knows, in the order of the languages' names."""
    known = {QLocale.languageToCode(language) for language in QLocale.Language}
    return tuple(sorted((code for code in known if len(code) == _SHORT), key=language_name))


def language_name(code: str) -> str:
    """Return a language's name by its ISO 639-1 code; the code itself where it is unknown."""
    language = QLocale.codeToLanguage(code)
    return QLocale.languageToString(language) if language != QLocale.Language.AnyLanguage else code


class LanguageChoice(QComboBox):
    """Offers languages by name; typing the first letters goes there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.addItem(_("Not known"), "")
        for code in codes():
            self.addItem(language_name(code), code)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls, unless the person is choosing a language just now."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def show_language(self, code: str) -> None:
        """Choose a language by its code."""
        if self.findData(code) < 0:
            self.addItem(language_name(code), code)
        self.setCurrentIndex(self.findData(code))

    def code(self) -> str:
        """Return the code of the chosen language, "" for none."""
        return str(self.currentData() or "")
