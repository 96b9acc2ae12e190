"""What the window offers about itself: settings, themes, the project's properties, projects opened before."""

from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from annotator import settings
from annotator.gui.preferences.effects import take_effect
from annotator.i18n import _

if TYPE_CHECKING:
    from annotator.gui.preferences.card import SettingsCard
    from annotator.gui.preferences.properties_card import PropertiesCard
    from annotator.gui.window import MainWindow

_THEMES: Final = ("system", "light", "dark", "contrast")


class Preferences(QObject):
    """Opens the cards, made when they are first wanted, and does what needs none."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window

    @cached_property
    def settings_card(self) -> "SettingsCard":
        """The settings."""
        from annotator.gui.preferences.card import SettingsCard  # noqa: PLC0415 - only who wants it waits for it

        return SettingsCard(self._window)

    def show_settings(self) -> None:
        """Show the settings."""
        self._window.inspector.commit_all()
        self.settings_card.open_card()

    def show_keys(self) -> None:
        """Show the settings at the keys."""
        self._window.inspector.commit_all()
        self.settings_card.open_card("keys")

    @cached_property
    def properties_card(self) -> "PropertiesCard":
        """The properties of the open project."""
        from annotator.gui.preferences.properties_card import PropertiesCard  # noqa: PLC0415 - as above

        return PropertiesCard(self._window)

    def show_properties(self) -> None:
        """Show the properties of the open project."""
        self._window.inspector.commit_all()
        self.properties_card.open_card()

    def fill_recent(self, menu: QMenu) -> None:
        """Fill the menu of projects opened before."""
        from annotator.gui.preferences.recent_menu import fill_recent  # noqa: PLC0415 - as above

        fill_recent(menu, self._window)

    def next_theme(self) -> None:
        """Show the next theme of System, Light, Dark, High contrast, and remember it."""
        now = settings.load().theme
        follower = _THEMES[(_THEMES.index(now) + 1) % len(_THEMES)]
        settings.change(theme=follower)
        take_effect(self._window, "theme")
        row = settings.table()["theme"]
        name = dict(zip(row.choices, row.names, strict=True))[follower]
        self._window.notices.tell(_("Theme: {name}").format(name=name))
