"""A small button that shows an icon and is named in words."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton

from annotator.gui.icons import icon
from annotator.gui.widgets.tip import plain_tip

_SIZE: Final = 14


def icon_button(icon_name: str, name: str) -> QToolButton:
    """Return a button that Tab reaches; screen readers and its tip say `name`."""
    button = QToolButton()
    button.setIcon(icon(icon_name))
    button.setIconSize(QSize(_SIZE, _SIZE))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(name)
    button.setToolTip(plain_tip(name))
    return button
