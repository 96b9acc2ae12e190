"""The rows of the Edit menu."""

from annotator.gui.action_rows.row import Action
from annotator.i18n import _


def rows() -> tuple[Action, ...]:
    """Return them, in their order."""
    return (
        Action(
            "edit.undo", _("Undo"), ("Ctrl+Z",), "edit", _("Take back the last step."), icon="undo", needs="project"
        ),
        Action(
            "edit.redo",
            _("Redo"),
            ("Ctrl+Shift+Z", "Ctrl+Y"),
            "edit",
            _("Bring back what was undone."),
            icon="redo",
            needs="project",
        ),
        Action(
            "project.history",
            _("History…"),
            ("Ctrl+H",),
            "edit",
            _("Who did what when; put back an earlier version, take back a change."),
            icon="history",
            needs="project",
            divider=True,
        ),
        Action(
            "edit.copy",
            _("Copy"),
            ("Ctrl+C",),
            "edit",
            _("Copy the selected words as they are stored."),
            context="text",
            needs="article",
            divider=True,
        ),
        Action(
            "find.article",
            _("Find in the article…"),
            ("Ctrl+F",),
            "edit",
            _("Case, accents and kinds of quotation marks do not count; Esc keeps what was found selected."),
            icon="search",
            needs="article",
            divider=True,
        ),
        Action("find.next", _("Find the next place"), ("F3",), "edit", _("Of the words in the bar."), needs="article"),
        Action(
            "find.previous",
            _("Find the place before"),
            ("Shift+F3",),
            "edit",
            _("Of the words in the bar."),
            needs="article",
        ),
        Action(
            "find.project",
            _("Find in the project…"),
            ("Ctrl+Shift+F",),
            "edit",
            _("Articles, claims, marks, notes, sources and speakers that have all the words."),
            icon="search",
            needs="project",
        ),
        Action(
            "article.narrow",
            _("Narrow the articles…"),
            ("Ctrl+Shift+L",),
            "edit",
            _("By status, unsourced claims, whose marks, annotator, publisher and year; again leads back to the list."),
            icon="filter",
            needs="annotating",
        ),
        Action(
            "source.find",
            _("Find a source…"),
            ("Ctrl+L",),
            "edit",
            _("Type to find any source of the project, and see its page."),
            icon="link",
            needs="project",
        ),
        Action(
            "find.anything",
            _("Go to anything…"),
            ("Ctrl+K",),
            "edit",
            _("Commands, articles, claims, sources and speakers in one list."),
            icon="search",
        ),
        Action(
            "program.settings",
            _("Settings…"),
            ("Ctrl+,",),
            "edit",
            _("Theme, fonts, keys, who you are."),
            icon="settings",
            divider=True,
        ),
    )
