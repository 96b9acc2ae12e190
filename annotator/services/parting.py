"""Showing articles apart again that are linked as one and the same."""

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.ids import VersionId
from annotator.model.records import Link, TextVersion
from annotator.model.sameness import classes
from annotator.store.project import Project


def part_articles(project: Project, version_id: VersionId) -> int:
    """Take away the links by which the article of a version is one with others, in one step; return how many.

    Each article keeps its marks. A merge does not link them again, and undo does.

    Raises Refused where the article is one with no other, or a link is somebody else's own; KeyError where it is gone.
    """
    article_id = project.get(TextVersion, version_id).article_id
    same = [one for one in project.all(Link) if one.link == "same"]
    speaks = classes((one.a, one.b) for one in same)
    found = [one for one in same if article_id in speaks and speaks.get(one.a) == speaks[article_id]]
    if not found:
        raise Refused(_("this article is linked to no other one as the same"), do=_("there is nothing to part"))
    with project.change("article.part") as change:
        for one in found:
            change.delete(one)
    return len(found)
