"""The project's rules for annotators: plain Markdown, every version kept; each mark names the one it was made under."""

import msgspec

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.ids import GuidelineId, new_id
from annotator.model.records import Annotator, Guideline
from annotator.store import listing
from annotator.store.project import Project


class GuidelineVersion(msgspec.Struct, frozen=True):
    """One version of the rules, and who wrote it when (seconds since 1970)."""

    guideline: Guideline
    author: str
    at: float


def versions(project: Project) -> list[GuidelineVersion]:
    """Return every version, the one that holds now first.

    Two people who wrote at once, each in their own file, have one number: both versions are kept, and the one whose id
    is larger holds.
    """
    names = {one.id: one.name for one in project.all(Annotator)}
    found: list[GuidelineVersion] = []
    for one in sorted(project.all(Guideline), key=lambda one: (one.number, one.id), reverse=True):
        first, *_later = project.history(one.id)
        found.append(GuidelineVersion(one, names.get(first.author_id, ""), first.at))
    return found


def number_now(project: Project) -> int:
    """Return the number of the version that holds now, 0 where there is none."""
    return listing.latest_guideline(project)


def version_now(project: Project) -> str:
    """Return what a mark that is made now says it was made under, "" where there are no rules."""
    number = number_now(project)
    return str(number) if number else ""


def write(project: Project, text: str) -> GuidelineId | None:
    """Make a text the rules that hold from now on; None, and nothing written, where they are these already.

    Raises Refused for an empty text.
    """
    if not text.strip():
        raise Refused(_("guidelines need words"), do=_("write them, or leave the version that holds"))
    latest = max(project.all(Guideline), key=lambda one: (one.number, one.id), default=None)
    if latest and latest.text == text:
        return None
    written = Guideline(GuidelineId(new_id()), latest.number + 1 if latest else 1, text)
    with project.change("guideline.write") as change:
        change.put(written)
    return written.id
