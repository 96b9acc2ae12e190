"""How history names things: records by their words instead of their ids, fields and kinds as a person calls them."""

from typing import TYPE_CHECKING, Any, Final, cast

from annotator.i18n import _
from annotator.model.moments import is_moment, read_moment
from annotator.model.records import (
    Annotator,
    Article,
    Claim,
    Comment,
    Evidence,
    Mention,
    Record,
    Source,
    Speaker,
    TextVersion,
)
from annotator.services import projects
from annotator.services.signatures import Signatures
from annotator.store.project import Project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.model.status import Status

_DATED: Final = ("_at", "_from", "_date", "published")
"""How the names of fields end that hold a point in time; `derived_from` holds none."""

_LONG: Final = 110
"""Code points after which a text is cut where it only tells which record is meant."""


class Names:
    """Says ids as the names of what they stand for; asks for each only once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._known: dict[str, str] = {}
        self._people = Signatures(project)
        self._statuses: dict[str, Status] = projects.statuses_known(project)

    def person(self, annotator_id: str) -> str:
        """Return the name of an annotator, "" where the project does not know it."""
        return self._people.anywhere(annotator_id)

    def is_hidden(self, annotator_id: str) -> bool:
        """Tell whether a letter stands for an annotator's name."""
        return self._people.anywhere(annotator_id) != self._people.name(annotator_id)

    def record(self, object_id: str) -> str:
        """Return what a record is called; its id where it has no words or is not there."""
        if object_id not in self._known:
            found = self._project.find_any(object_id)
            self._known[object_id] = self.of(found) if found else object_id
        return self._known[object_id]

    def of(self, record: Record) -> str:  # noqa: PLR0911 - one line a kind
        """Return a record in a few words."""
        match record:
            case Claim() | Comment():
                return cut(record.text)
            case Mention():
                return cut(" … ".join(span.quote for span in record.spans))
            case Annotator():
                return self.person(record.id) or record.name
            case Speaker():
                return record.name
            case Source():
                return cut(record.title or record.url)
            case Evidence():
                return self.record(record.source_id)
            case Article():
                return cut(record.url or record.publisher)
            case TextVersion():
                return cut(record.title)
            case _:
                claim = getattr(record, "claim_id", "")
                return self.record(claim) if claim else cut(getattr(record, "name", ""))

    def value(self, field: str, value: Any) -> str:
        """Return a field's value in words, "" for nothing."""
        if value in (None, "", (), []):
            return ""
        if isinstance(value, (tuple, list)):
            some = cast("Sequence[Any]", value)
            return " … ".join(self.value(field, one) for one in some)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, dict):
            place = cast("dict[str, Any]", value)
            return _place(place) if "quote" in place else str(place.get("name", place))
        return self._word(field, str(value))

    def _word(self, field: str, value: str) -> str:
        if field == "status":
            return _(self._statuses[value].name) if value in self._statuses else value
        if field in {"annotator_id", "reviewer_id", "author_id"}:
            return self.person(value) or value
        if field.endswith("_id") or field in {"target", "within", "derived_from", "a", "b"}:
            return self.record(value)
        if field.endswith(_DATED) and is_moment(value):
            return _moment(value)
        return value


def _moment(written: str) -> str:
    """Return a written moment as a person writes it: a day, or day and minute where they are."""
    if written[10:19] == "T00:00:00":
        return written[:10]  # a source's day, which is no other elsewhere
    return f"{read_moment(written).astimezone():%Y-%m-%d %H:%M}"


def _place(place: dict[str, Any]) -> str:
    return "“{quote}” ({start}-{end})".format(**place)


def cut(text: str) -> str:
    """Return a text as one line that only tells which record is meant."""
    words = " ".join(text.split())
    return words if len(words) <= _LONG else words[: _LONG - 1].rstrip() + "…"


def field_name(field: str) -> str:
    """Return what a field is called on screen."""
    return {
        "text": _("text"),
        "status": _("status"),
        "speaker_id": _("speaker"),
        "speaker_accepted": _("speaker accepted"),
        "claim_id": _("claim"),
        "source_id": _("source"),
        "annotator_id": _("annotator"),
        "article_id": _("article"),
        "spans": _("words"),
        "speaker_spans": _("where the speaker is named"),
        "cue": _("reporting verb"),
        "presented_as": _("presented as"),
        "valid_from": _("holds from"),
        "valid_from_precision": _("how exact the date is"),
    }.get(field, field.replace("_", " "))


def kind_name(kind: str) -> str:
    """Return what a kind of record is called on screen."""
    return {
        "mention": _("mention"),
        "claim": _("claim"),
        "assessment": _("assessment"),
        "evidence": _("evidence"),
        "source": _("source"),
        "speaker": _("speaker"),
        "article": _("article"),
        "version": _("text version"),
        "zone": _("zone"),
        "annotator": _("annotator"),
        "project": _("project"),
        "comment": _("comment"),
        "review": _("review"),
        "guideline": _("guideline"),
    }.get(kind, kind)
