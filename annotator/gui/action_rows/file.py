"""The rows of the File menu."""

from annotator.gui.action_rows import together
from annotator.gui.action_rows.row import Action
from annotator.i18n import _


def rows() -> tuple[Action, ...]:
    """Return them, in their order."""
    return (
        Action("project.new", _("New project…"), ("Ctrl+N",), "file", _("Make a project file.")),
        Action("project.open", _("Open project…"), ("Ctrl+O",), "file", _("Open another project.")),
        Action("project.recent", _("Open recent"), (), "file", _("Projects opened before.")),
        Action("project.sample", _("Open the sample"), (), "file", _("A small project to try things on.")),
        Action(
            "article.import",
            _("Import files…"),
            ("Ctrl+I",),
            "file",
            _("Bring in articles or datasets."),
            icon="plus",
            needs="writable",
            divider=True,
        ),
        Action(
            "article.paste",
            _("Paste as an article"),
            ("Ctrl+Shift+V",),
            "file",
            _("Make an article of the text on the clipboard."),
            needs="writable",
        ),
        Action(
            "dataset.export",
            _("Export dataset or report…"),
            ("Ctrl+E",),
            "file",
            _("Write every article with its annotations as JSONL, or as a report to read and print."),
            needs="project",
        ),
        Action(
            "project.merge",
            _("Merge colleagues' files…"),
            (),
            "file",
            _("Look at what colleagues did in their copies, and bring it in."),
            needs="writable",
            divider=True,
        ),
        *together.of_file(),
        Action(
            "project.unmerge",
            _("Take the merge back"),
            (),
            "file",
            _("Put the project back as it was before the merge; until the next change."),
            needs="merged",
        ),
        Action(
            "project.versions",
            _("Several versions…"),
            (),
            "file",
            _("Choose where colleagues changed the same words without knowing of each other."),
            needs="project",
        ),
        Action(
            "source.verify",
            _("Verify kept files"),
            (),
            "file",
            _("Read every file that is kept with a source or an article, and say which are intact."),
            needs="project",
        ),
        Action(
            "article.part",
            _("Part this article from its copies"),
            (),
            "file",
            _("Show articles apart that are linked as the same one; each keeps its marks."),
            needs="several",
        ),
        Action(
            "project.properties",
            _("Project properties…"),
            (),
            "file",
            _("The project's name, and which statuses a claim can have."),
            needs="project",
            divider=True,
        ),
        Action(
            "project.backups",
            _("Backups…"),
            (),
            "file",
            _("See, take and restore backups."),
            needs="project",
        ),
        Action(
            "program.quit", _("Quit"), ("Ctrl+Q",), "file", _("Close the window; everything is saved."), divider=True
        ),
    )
