"""The rows of the Help menu, and what stands in none."""

from annotator.gui.action_rows.row import Action
from annotator.i18n import _


def rows() -> tuple[Action, ...]:
    """Return them, in their order."""
    return (
        Action("help.shortcuts", _("All shortcuts"), ("F1",), "help", _("This list.")),
        Action("help.shortcuts_key", _("All shortcuts"), ("?",), "", _("This list."), context="text"),
        Action("program.keys", _("Change keys…"), (), "help", _("Keys of your own."), icon="keyboard"),
        Action("help.about", _("About"), (), "help", _("Version, licence, where settings and logs are.")),
    )
