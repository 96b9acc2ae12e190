"""Telling anew what events said whose chain is broken: their records, in their authors' names, as new changes."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model import ids
from annotator.model.ids import AnnotatorId, ClaimId, ProjectId, SourceId, SpeakerId
from annotator.model.records import (
    KINDS,
    Annotator,
    Article,
    Claim,
    Mention,
    ProjectCard,
    Record,
    Source,
    Speaker,
    TextVersion,
    Zone,
    owner_of,
    version_id,
)
from annotator.model.status import SCHEMES
from annotator.store import redaction
from annotator.store.journal import Line
from annotator.store.project import Project
from annotator.store.union import Union, named_by, record_of

_QUOTED: Final = 60


class _Told(NamedTuple):
    """A record as it was last, or its deletion, and in whose name it is told."""

    clock: int
    event_id: bytes
    author: AnnotatorId
    record: Record | None
    kind: str
    object_id: str
    reason: str = ""
    """Why it was redacted, where it was."""


class Retelling:
    """Writes to a private project what the lines left over by `Union.add` say.

    Attributes:
        told: how many records were told anew.
        stand_ins: how many records were made up because others name them and they are lost.
        lost: a line for each record that cannot be placed.
    """

    def __init__(self, project: Project, union: Union, rescuer: Annotator) -> None:
        self._project = project
        self._union = union
        self._rescuer = rescuer
        self.told = 0
        self.stand_ins = 0
        self.lost: list[str] = []

    def tell(self, left: Iterable[Line]) -> None:
        """Tell what is not told by a later event already."""
        lines = list(left)
        for one in self._redactions(lines):
            self._delete(one)
        waiting = list(self._latest(lines))
        for stand_ins in (False, True):
            while True:
                still = [one for one in waiting if not self._tell(one, stand_ins=stand_ins)]
                if len(still) == len(waiting):
                    break
                waiting = still
        self.lost += [_line(one.record) for one in waiting if one.record]

    def _latest(self, left: Iterable[Line]) -> Iterator[_Told]:
        latest: dict[bytes, _Told] = {}
        for line in left:
            for event in line.events:
                record = record_of(event) if event.op == "put" and event.body is not None else None
                is_redaction = event.op == "delete" and event.body is not None
                if (record is None and event.op == "put") or is_redaction or self._union.has_event(event.id):
                    continue
                author = self._author(line, record)
                told = _Told(event.clock, event.id, author, record, event.kind, ids.spelled(event.object_id))
                known = latest.get(event.object_id)
                if known is None or known < told:
                    latest[event.object_id] = told
        order = list(KINDS)
        for raw, told in sorted(latest.items(), key=lambda one: order.index(one[1].kind)):
            if told.clock > self._union.last_clock(raw):
                yield told

    def _redactions(self, left: Iterable[Line]) -> Iterator[_Told]:
        for line in left:
            for event in line.events:
                if event.op == "delete" and event.body is not None and not self._union.has_event(event.id):
                    object_id, reason = ids.spelled(event.object_id), redaction.reason_of(event.body)
                    author = self._author(line, None)
                    yield _Told(event.clock, event.id, author, None, event.kind, object_id, reason)

    def _author(self, line: Line, record: Record | None) -> AnnotatorId:
        if any(line.change.author):
            return AnnotatorId(ids.spelled(line.change.author))
        return AnnotatorId((owner_of(record) if record else "") or self._rescuer.id)

    def _tell(self, told: _Told, *, stand_ins: bool) -> bool:
        if told.record is None:
            return self._delete(told)
        if not self._union.is_placed(told.record):
            return False
        if stand_ins:
            self._stand_in(told.record)
        if not self._write(told.author, [told.record]):
            return False
        self.told += 1
        return True

    def _write(self, author: AnnotatorId, records: Iterable[Record]) -> bool:
        self._work_as(author)
        try:
            with self._project.change("rescue") as change:
                change.put_all(records)
        except Refused:
            return False
        return True

    def _delete(self, told: _Told) -> bool:
        """Delete again what was deleted; what others name by now stays."""
        self._work_as(told.author)
        if self._union.kind_of(ids.raw(told.object_id)) == told.kind:
            try:
                with self._project.change("rescue") as change:
                    if told.reason:
                        change.redact(told.kind, told.object_id, told.reason)
                    else:
                        change.delete_object(told.kind, told.object_id)
            except Refused:
                return False
        return True

    def _work_as(self, author: AnnotatorId) -> None:
        if self._project.annotator_id != author:
            self._project.work_as(author, writing=True)

    def name_project(self, project_id: str, name: str) -> None:
        """Give the project a card where that is lost."""
        if not self._project.count(ProjectCard):
            card_id = ProjectId(project_id if ids.is_id(project_id) else ids.new_id())
            self._make_up([ProjectCard(card_id, name, SCHEMES["extended"])])

    def _make_up(self, records: list[Record]) -> bool:
        if not self._project.find(Annotator, self._rescuer.id):
            records.append(self._rescuer)
        return self._write(self._rescuer.id, records)

    def _stand_in(self, record: Record) -> None:
        for kind, object_id in named_by(record):
            raw = ids.raw(object_id) if ids.is_id(object_id) else b""
            if not self._project.find(KINDS[kind], object_id) if kind else not self._union.kind_of(raw):
                made = list(_stand_ins(record, kind, object_id))
                if made and self._make_up(made):
                    self.stand_ins += 1


def _stand_ins(record: Record, kind: str, object_id: str) -> Iterator[Record]:
    """Yield what takes the place of a lost record that another one names: its id, and what that other one knows."""
    lost = _("(lost)")
    match kind:
        case "version" if isinstance(record, (Mention, Zone)):
            yield Article(record.article_id)
            version = version_id(record.article_id, record.text_sha256)
            yield TextVersion(version, record.article_id, record.text_sha256, title=lost)
        case "article" if isinstance(record, TextVersion):
            yield Article(record.article_id)
        case "claim":
            quotes = (span.quote for span in record.spans) if isinstance(record, Mention) else ()
            yield Claim(ClaimId(object_id), " … ".join(quotes) or lost)
        case "annotator":
            yield Annotator(AnnotatorId(object_id), lost)
        case "speaker":
            yield Speaker(SpeakerId(object_id), lost)
        case "source":
            yield Source(SourceId(object_id), title=lost)
        case _:
            return


def _line(record: Record) -> str:
    """Say in a line what is lost."""
    if isinstance(record, Mention):
        quote = " … ".join(span.quote for span in record.spans)
        quote = quote if len(quote) <= _QUOTED else f"{quote[:_QUOTED]}…"
        return _("the mark “{quote}”: its text is in no copy").format(quote=quote)
    return _("the {kind} {id}: what it names is in no copy").format(kind=record.kind, id=record.id)
