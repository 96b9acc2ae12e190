"""Comments on any record, and their answers: a thread belongs to everybody, each remark in it to who wrote it.

A thread is resolved as its last remark says. Where that is somebody else's, resolving adds a remark without words:
nobody's comment is rewritten, and files that were worked on apart come together.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Final, cast

import msgspec
from msgspec.structs import replace

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.ids import CommentId, new_id
from annotator.model.moments import now
from annotator.model.records import (
    Article,
    Assessment,
    Claim,
    Comment,
    Evidence,
    Mention,
    Record,
    Review,
    Source,
    Speaker,
    TextVersion,
    owner_of,
)
from annotator.model.sameness import together
from annotator.model.threads import threads
from annotator.services.searching import Place, place_of
from annotator.services.signatures import Called, Signatures
from annotator.store.classes import classes_of
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.services.searching import FoundKind

_STEPS: Final = 8
"""So far a comment on a review of a mention is followed to what it is about."""


class Remark(msgspec.Struct, frozen=True):
    """One comment of a thread, with its author's name; without words it only resolves or reopens."""

    comment: Comment
    author: str
    mine: bool


class Thread(msgspec.Struct, frozen=True):
    """A comment and its answers, first to last."""

    remarks: tuple[Remark, ...]

    @property
    def id(self) -> CommentId:
        """The id of the comment that began it."""
        return self.remarks[0].comment.id

    @property
    def target(self) -> str:
        """The id of the record that it is about."""
        return self.remarks[0].comment.target

    @property
    def resolved(self) -> bool:
        """Whether it is settled, for now."""
        return self.remarks[-1].comment.resolved

    @property
    def last_at(self) -> str:
        """When something was last said."""
        return self.remarks[-1].comment.at


def threads_on(project: Project, targets: Iterable[str]) -> list[Thread]:
    """Return the threads about these records, those that are not resolved first, of each the oldest first."""
    return _in_order(_threads(project, project.comments_on(targets)))


def all_threads(project: Project, *, unresolved: bool = False, for_me: bool = False) -> list[Thread]:
    """Return every thread of the project, in the order of `threads_on`.

    Args:
        project: to read.
        unresolved: only those that are not settled.
        for_me: only those that wait for the person at work: unresolved, the last word is somebody else's, and they are
            about something of theirs or they have said something in them.
    """
    found = _threads(project, project.all(Comment))
    if unresolved or for_me:
        found = [one for one in found if not one.resolved]
    if for_me:
        people = together(classes_of(project, "annotator"), [project.annotator_id])
        found = [one for one in found if waits_for(project, one, people)]
    return _in_order(found)


def _threads(project: Project, comments: Iterable[Comment], *, signed: bool = True) -> list[Thread]:
    found = threads(comments)
    called: dict[str, Called] = {}
    if signed and found:
        names = Signatures(project)
        called = {target: names.about(target) for target in {one.target for some in found for one in some}}
    return [
        Thread(
            tuple(
                Remark(one, called[one.target](one.author_id) if signed else "", one.author_id == project.annotator_id)
                for one in some
            )
        )
        for some in found
    ]


def _in_order(threads: Iterable[Thread]) -> list[Thread]:
    return sorted(threads, key=lambda one: (one.resolved, one.remarks[0].comment.at, one.id))


def waits_for(project: Project, thread: Thread, people: Collection[str]) -> bool:
    """Tell whether an unresolved thread is that person's to answer; `people` are their ids (`same` links)."""
    if thread.resolved or thread.remarks[-1].comment.author_id in people:
        return False
    if any(one.comment.author_id in people for one in thread.remarks):
        return True
    target = project.find_any(thread.target)
    if isinstance(target, Claim):
        return any(one.annotator_id in people for one in project.mentions_of_claims([target.id]))
    return target is not None and owner_of(target) in people


def open_on(project: Project) -> dict[str, int]:
    """Return how many unresolved threads there are by the id of the mention, claim or other record they are about.

    What is said about an assessment or a piece of evidence counts for its claim.
    """
    counts: defaultdict[str, int] = defaultdict(int)
    for thread in _threads(project, project.all(Comment), signed=False):
        if thread.resolved:
            continue
        target = project.find_any(thread.target)
        counts[target.claim_id if isinstance(target, (Assessment, Evidence)) else thread.target] += 1
    return dict(counts)


def where(project: Project, thread: Thread) -> Place:
    """Return the article and the mention that a thread leads to, "" where it leads to none."""
    target = project.find_any(thread.target)
    for _step in range(_STEPS):
        if isinstance(target, (Comment, Review)):
            target = project.find_any(target.target)
    return _where(project, target)


def _where(project: Project, target: Record | None) -> Place:
    match target:
        case Mention() | Claim() | Source() | Speaker():
            return place_of(project, cast("FoundKind", target.kind), target.id)
        case Assessment() | Evidence():
            return place_of(project, "claim", target.claim_id)
        case TextVersion():
            return Place(target.id, "")
        case Article():
            return Place(next((one.id for one in project.versions_of(target.id)), ""), "")
        case _:
            return Place("", "")


def add(project: Project, target: str, text: str) -> CommentId:
    """Comment on a record of whatever kind, in the current annotator's name.

    Raises Refused for an empty text and where the project has no such record.
    """
    return ask(project, [target], text)[0]


def ask(project: Project, targets: Sequence[str], text: str) -> list[CommentId]:
    """Say the same about several records, a thread each: everybody finds it with what is theirs; raises like `add`."""
    _check_words(text)
    moment = now()
    made = [Comment(CommentId(new_id()), one, project.annotator_id, text.strip(), at=moment) for one in targets]
    with project.change("comment.add") as change:
        change.put_all(made)
    return [one.id for one in made]


def reply(project: Project, comment_id: CommentId, text: str) -> CommentId:
    """Answer a comment; the thread is open again if it was resolved.

    Raises Refused for an empty text, KeyError where the comment is gone.
    """
    _check_words(text)
    return _said(project, project.get(Comment, comment_id), "comment.reply", text=text.strip())


def _said(project: Project, to: Comment, step: str, *, text: str = "", resolved: bool = False) -> CommentId:
    answer = Comment(CommentId(new_id()), to.target, project.annotator_id, text, to.id, resolved, now())
    with project.change(step) as change:
        change.put(answer)
    return answer.id


def edit(project: Project, comment_id: CommentId, text: str) -> None:
    """Word one's own comment anew.

    Raises Refused for an empty text and for somebody else's comment, KeyError where it is gone.
    """
    _check_words(text)
    comment = project.get(Comment, comment_id)
    if text.strip() != comment.text:
        with project.change("comment.edit") as change:
            change.put(replace(comment, text=text.strip()))


def settle(project: Project, thread: Thread, *, resolved: bool) -> None:
    """Resolve a thread, or open it again; as it is already, nothing is written.

    Raises KeyError where its beginning or its end is gone.
    """
    if thread.resolved == resolved:
        return
    step = "comment.resolve" if resolved else "comment.reopen"
    last = project.get(Comment, thread.remarks[-1].comment.id)
    if last.author_id == project.annotator_id:
        with project.change(step) as change:
            change.put(replace(last, resolved=resolved))
    else:
        _said(project, project.get(Comment, thread.id), step, resolved=resolved)


def remove(project: Project, thread: Thread, comment_id: CommentId) -> None:
    """Delete one's own comment.

    Raises Refused for somebody else's and for one that was answered, KeyError where it is gone.
    """
    comment = project.get(Comment, comment_id)
    if comment_id == thread.id and any(one.comment.text for one in thread.remarks[1:]):
        raise Refused(_("this comment was answered"), do=_("resolve it, or word it anew"))
    with project.change("comment.remove") as change:
        change.delete(comment)
        for one in thread.remarks[1:] if comment_id == thread.id else ():
            if one.comment.author_id == project.annotator_id:  # that it was resolved, and nothing more
                change.delete(one.comment)


def _check_words(text: str) -> None:
    if not text.strip():
        raise Refused(_("a comment needs words"), do=_("write some"))
