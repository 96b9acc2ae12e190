"""The project's rules for annotators: plain Markdown, every version kept; each mark names the one it was made under."""

from collections import Counter

import msgspec

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.guideline_names import ending, read, spelled
from annotator.model.ids import GuidelineId, new_id
from annotator.model.records import Guideline
from annotator.services.signatures import Signatures
from annotator.store import listing
from annotator.store.project import Project


class GuidelineVersion(msgspec.Struct, frozen=True):
    """One version of the rules, and who wrote it when (seconds since 1970).

    `shared`: others have its number: they were written at once, each in a file of its own.
    """

    guideline: Guideline
    author: str
    at: float
    shared: bool = False


class MadeUnder(msgspec.Struct, frozen=True):
    """That a mark was made under other rules than those that hold now.

    Attributes:
        now: the version that holds.
        said: what the mark says of the version it was made under, "" where there were no rules.
        then: that version; None where several could be meant, or it is not in this project.
        several: how many versions have the number that the mark says, where it says no more.
    """

    now: GuidelineVersion
    said: str
    then: GuidelineVersion | None
    several: int = 0


def versions(project: Project) -> list[GuidelineVersion]:
    """Return every version, the one that holds now first.

    Two people who wrote at once, each in their own file, have one number: both versions are kept, and the one whose id
    is larger holds, in whichever order the files were merged.
    """
    names = Signatures(project)
    found: list[GuidelineVersion] = []
    every = sorted(project.all(Guideline), key=lambda one: (one.number, one.id), reverse=True)
    often = Counter(one.number for one in every)
    for one in every:
        first, *_later = project.history(one.id)
        found.append(GuidelineVersion(one, names.anywhere(first.author_id), first.at, shared=often[one.number] > 1))
    return found


def number_now(project: Project) -> int:
    """Return the number of the version that holds now, 0 where there is none."""
    return listing.latest_guideline(project)[0]


def version_now(project: Project) -> str:
    """Return what a mark that is made now says it was made under, "" where there are no rules."""
    number, guideline_id = listing.latest_guideline(project)
    return spelled(number, guideline_id) if number else ""


def made_under(project: Project, said: str) -> MadeUnder | None:
    """Return what is to be told of the version that a mark names; None where it is the one that holds now, or none."""
    now = version_now(project)
    if said == now:
        return None
    number, end = read(said)
    every = versions(project)
    if not every:
        return None
    meant = [one for one in every if number == one.guideline.number and (not end or end == ending(one.guideline.id))]
    if len(meant) == 1 and meant[0] is every[0]:
        return None  # the number alone, as earlier releases wrote it
    return MadeUnder(every[0], said, meant[0] if len(meant) == 1 else None, len(meant) if len(meant) > 1 else 0)


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
