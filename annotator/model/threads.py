"""Threads: comments with their answers, each thread from the comment that began it."""

from collections import defaultdict
from collections.abc import Iterable

from annotator.model.ids import CommentId
from annotator.model.records import Comment


def threads(comments: Iterable[Comment]) -> list[tuple[Comment, ...]]:
    """Return comments thread by thread: the one that began it, then its answers from the first to the last.

    An answer whose comment is not among them begins a thread itself, as does, of comments that answer each other in a
    circle, each one.
    """
    by_id = {one.id: one for one in comments}
    answers: defaultdict[CommentId, list[Comment]] = defaultdict(list)
    for one in by_id.values():
        answers[_beginning(one, by_id)].append(one)
    return [tuple(sorted(some, key=lambda one: (one.id != first, one.at, one.id))) for first, some in answers.items()]


def _beginning(comment: Comment, by_id: dict[CommentId, Comment]) -> CommentId:
    """Return the comment that an answer leads back to, as far as the file has them."""
    seen = {comment.id}
    while (before := by_id.get(CommentId(comment.reply_to))) and before.id not in seen:
        comment = before
        seen.add(comment.id)
    return comment.id
