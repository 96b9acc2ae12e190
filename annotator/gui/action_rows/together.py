"""The rows of what people need who work together: in the Claim, the File and the View menu."""

from annotator.gui.action_rows.row import Action
from annotator.i18n import _


def of_claim() -> tuple[Action, ...]:
    """Return those of the Claim menu."""
    return (
        Action(
            "claim.comment",
            _("Comment…"),
            ("Q",),
            "claim",
            _("Say or ask something about the claim; colleagues answer it and resolve it."),
            context="text",
            icon="comment",
            needs="mention",
            divider=True,
        ),
        Action(
            "article.finish",
            _("Finish my pass of the article"),
            ("Ctrl+Shift+Return",),
            "claim",
            _("You read it to its end: agreement counts what you left unmarked. Blind work shows others' marks then."),
            icon="check",
            needs="article",
        ),
    )


def of_file() -> tuple[Action, ...]:
    """Return those of the File menu."""
    return (
        Action(
            "project.assign",
            _("Assign to a colleague…"),
            (),
            "file",
            _("Write a copy in which a colleague marks on their own, to be merged back."),
            icon="person",
            needs="project",
        ),
        Action(
            "project.together",
            _("Working together…"),
            (),
            "file",
            _("Which statuses need a second person; whether everybody works blind at first."),
            icon="review",
            needs="project",
        ),
    )


def of_view() -> tuple[Action, ...]:
    """Return those of the View menu."""
    return (
        Action(
            "comments.list",
            _("All comments…"),
            ("F4",),
            "view",
            _("What is unresolved, what waits for you; Enter goes there, the same key comes back."),
            icon="comment",
            needs="project",
            divider=True,
        ),
        Action(
            "comments.about",
            _("Comment on…"),
            ("Shift+F4",),
            "view",
            _("On the claim, a status, a source, the speaker, the article, a decision, the guidelines: choose there."),
            icon="comment",
            needs="project",
        ),
        Action(
            "guidelines.show",
            _("Guidelines"),
            ("F2",),
            "view",
            _("Show the project's rules beside the article, or put them away."),
            icon="note",
            needs="project",
        ),
    )
