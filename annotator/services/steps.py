"""What the log's change names are called on screen: in the menu, in the history, in announcements."""

from annotator.i18n import _


def title_of(name: str) -> str:
    """Return a change's name in words, for example "Mark as disputed" for `mark.disputed`."""
    verb, _dot, rest = name.partition(".")
    if verb in {"mark", "assess"}:
        words = _("Mark as {status}") if verb == "mark" else _("Assess as {status}")
        return words.format(status=_(rest.replace("_", " ").capitalize()).lower())
    return _titles().get(name, name)


def _titles() -> dict[str, str]:
    return {
        "project.new": _("New project"),
        "annotator.new": _("New annotator"),
        "annotator.rename": _("Take another name"),
        "project.properties": _("Change the project's properties"),
        "import": _("Import"),
        "claim.text": _("Word the claim"),
        "mention.note": _("Write a note"),
        "mention.presented": _("Say how it is presented"),
        "mention.move": _("Move the boundaries"),
        "mention.within": _("Put inside another mention"),
        "mention.without": _("Take out of the other mention"),
        "mention.remove": _("Remove the mention"),
        "assessment.reason": _("Give a reason"),
        "assessment.since": _("Say since when"),
        "mention.attach": _("Mark as a mention of a known claim"),
        "mention.again": _("Mark other places"),
        "mention.split": _("Split off as a claim of its own"),
        "claim.same": _("Say that two claims are the same"),
        "claim.contradicts": _("Say that two claims contradict each other"),
        "claim.part": _("Part two claims"),
        "zone.kind": _("Say what a part of the page is"),
        "speaker.set": _("Name the speaker"),
        "speaker.accept": _("Accept the speaker"),
        "speaker.dismiss": _("Dismiss the speaker"),
        "speaker.suggest": _("Suggest a speaker"),
        "evidence.supports": _("Link a supporting source"),
        "evidence.refutes": _("Link a refuting source"),
        "evidence.context": _("Link a source as context"),
        "evidence.edit": _("Edit the evidence"),
        "evidence.remove": _("Unlink the source"),
        "source.add": _("Add a source"),
        "source.edit": _("Edit the source"),
        "source.note": _("Write a note on the source"),
        "source.same": _("Say that two sources are the same"),
        "source.part": _("Part two sources"),
        "source.remove": _("Remove the source"),
        "source.attach": _("Attach a file to the source"),
        "source.detach": _("Take the file off the source"),
        "evidence.passage": _("Mark the passage of the evidence"),
        "guideline.write": _("Write the guidelines"),
        "comment.add": _("Comment"),
        "comment.reply": _("Answer a comment"),
        "comment.edit": _("Edit a comment"),
        "comment.remove": _("Delete a comment"),
        "comment.resolve": _("Resolve a comment"),
        "comment.reopen": _("Reopen a comment"),
        "project.second_check": _("Say which statuses need a second person"),
        "article.part": _("Part articles"),
        "project.blind": _("Say whether all work blind at first"),
        "article.finished": _("Finish one's own pass of an article"),
        "article.unfinished": _("Take up one's own pass of an article again"),
        "review.adopt": _("Adopt an annotator's marks"),
        "review.question": _("Adopt an annotator's answer"),
        "review.boundaries": _("Decide the boundaries"),
        "review.status": _("Decide the status"),
        "review.reject": _("Decide that it is no claim"),
        "review.explain": _("Say why it was decided so"),
        "review.missing": _("Mark what all missed"),
        "review.missing_back": _("Take back that all missed it"),
        "review.unanimous": _("Accept all that is unanimous"),
        "undo": _("Undo"),
        "revert": _("Take back a change"),
        "put_back": _("Put back an earlier version"),
        "redact": _("Redact"),
        "merge.same": _("Link what was brought in twice"),
        "people.same": _("Say that two are one person"),
        "versions.settled": _("Choose among versions"),
    }
