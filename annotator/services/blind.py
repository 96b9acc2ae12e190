"""Blind work in one file: others' marks stay hidden from a person until they say that their own pass is finished.

That a pass is finished is a record that merges like any other: the person's own acceptance of the text version, under
an id that is the same wherever they say it.
"""

from annotator.i18n import _
from annotator.model.ids import ReviewId, VersionId, derived_id
from annotator.model.moments import now
from annotator.model.records import Review, TextVersion
from annotator.model.review.passes import FINISHED, ends_pass
from annotator.model.sameness import together
from annotator.services.projects import card_of, change_properties
from annotator.store.classes import classes_of, versions_together
from annotator.store.project import Project
from annotator.store.veil import Veil, opens_all


def is_blind(project: Project) -> bool:
    """Tell whether others' marks are hidden in this project until one's own pass is finished."""
    card = card_of(project)
    return card is not None and card.blind is True


def set_blind(project: Project, *, blind: bool) -> None:
    """Hide others' marks from everybody until their own pass is finished, or from nobody.

    Raises KeyError in a file that never got a card.
    """
    change_properties(project, blind=blind)


def veil_of(project: Project) -> Veil | None:
    """Return what is hidden from the person at work, None for nothing."""
    with project.unveiled():
        if not is_blind(project):
            return None
        names = tuple(sorted(together(classes_of(project, "annotator"), [project.annotator_id])))
        seen: set[VersionId] = set()
        for review in project.all(Review):
            if review.reviewer_id in names and ends_pass(review):
                seen.update(versions_together(project, VersionId(review.target)))
        opened = tuple(sorted(map(project.number_of, seen)))
        if opens_all(project.connection, opened):
            return None  # nothing is hidden, also of what is said about rules, people or remarks
        numbers = (project.number_of(one) for one in names)
        return Veil(names, tuple(number for number in numbers if number), opened)


def is_finished(project: Project, version_id: VersionId) -> bool:
    """Tell whether nothing of a text version is hidden from the person at work."""
    veil = project.veil
    return veil is None or project.number_of(version_id) in veil.open


def has_finished(project: Project, version_id: VersionId) -> bool:
    """Tell whether the person at work has said that their pass of a text version is finished, blind or not."""
    return project.find(Review, _key(project, version_id)) is not None


def hides_anything(project: Project) -> bool:
    """Tell whether others' marks are hidden in some article: what compares everybody's has to wait."""
    return project.veil is not None


def finish(project: Project, version_id: VersionId) -> None:
    """Say that one's own pass of a text version is finished; from now on others' marks in it are shown.

    Raises KeyError where the version is gone.
    """
    project.get(TextVersion, version_id)
    key = _key(project, version_id)
    if project.find(Review, key) is None:
        with project.change("article.finished") as change:
            change.put(Review(key, version_id, project.annotator_id, "accept", reason=FINISHED, at=now()))


def take_up(project: Project, version_id: VersionId) -> None:
    """Say that one's own pass is not finished after all: others' marks are hidden again."""
    found = project.find(Review, _key(project, version_id))
    if found is not None:
        with project.change("article.unfinished") as change:
            change.delete(found)


def _key(project: Project, version_id: VersionId) -> ReviewId:
    return ReviewId(derived_id("finished", version_id, project.annotator_id))


def why_hidden() -> str:
    """Return what is said where something has to wait until a pass is finished."""
    return _("Others' marks are hidden until you have finished your own pass of every article")
