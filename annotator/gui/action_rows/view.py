"""The rows of the View menu."""

from annotator.gui.action_rows.row import Action
from annotator.i18n import _


def rows() -> tuple[Action, ...]:
    """Return them, in their order."""
    return (
        Action(
            "claim.inspect",
            _("Inspector"),
            ("Return", "Enter"),
            "view",
            _("Go to the active claim's details; Esc leads back."),
            context="text",
            needs="mention",
            divider=True,
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
        Action(
            "claim.overlapping",
            _("Next claim over the same words"),
            ("O",),
            "view",
            _("Goes round those that overlap here; one that is hidden comes to the front."),
            context="text",
            needs="article",
        ),
        Action(
            "claim.overlapping_back",
            _("Previous claim over the same words"),
            ("Shift+O",),
            "view",
            _("The other way round."),
            context="text",
            needs="article",
        ),
        Action(
            "pane.next",
            _("Next pane"),
            ("F6",),
            "view",
            _("Articles, article, claims, inspector; the parts of the review."),
            divider=True,
        ),
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
            "panel.left",
            _("Articles panel"),
            ("Ctrl+B",),
            "view",
            _("Show or hide it."),
            icon="panel-left",
            bar=True,
            needs="annotating",
            divider=True,
        ),
        Action(
            "panel.right",
            _("Claims panel"),
            ("Ctrl+Shift+B",),
            "view",
            _("Show or hide it."),
            icon="panel",
            bar=True,
            needs="annotating",
        ),
        Action(
            "theme.next",
            _("Next theme"),
            ("Ctrl+Shift+T",),
            "view",
            _("System, light, dark, high contrast."),
            icon="moon",
            bar=True,
        ),
    )
