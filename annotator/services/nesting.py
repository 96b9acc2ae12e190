"""Saying in which other mention a mention is reported, or that it is in none."""

from msgspec.structs import replace

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.ids import MentionId
from annotator.model.moments import now
from annotator.model.records import Mention
from annotator.store.project import Project


def put_within(project: Project, mention_id: MentionId, outer_id: str) -> None:
    """Say that a mention is reported in another one; "" takes it out again.

    Raises Refused where the other is reported in this one, KeyError where one of the two is gone.
    """
    mention = project.get(Mention, mention_id)
    if mention.within == outer_id:
        return
    if outer_id:
        _check_no_circle(project, mention_id, outer_id)
    with project.change("mention.within" if outer_id else "mention.without") as change:
        change.put(replace(mention, within=outer_id, updated_at=now()))


def _check_no_circle(project: Project, mention_id: MentionId, outer_id: str) -> None:
    here = project.get(Mention, outer_id)
    seen: set[str] = set()
    while here is not None and here.id not in seen:
        if here.id == mention_id:
            raise Refused(_("that mention is reported in this one"), do=_("take it out of this one first"))
        seen.add(here.id)
        here = project.find(Mention, here.within) if here.within else None
