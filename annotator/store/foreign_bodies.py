"""Bodies of a foreign log: records of known kinds in canonical form, with ids that are ids, quotes that are their text.

Thousands are looked at in a few calls; only where one is wrong are they looked at one by one, to name it.
"""

import dataclasses
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Annotated, Any, Final

import msgspec

from annotator.model import ids
from annotator.model.records import KINDS, version_id
from annotator.model.span import Span
from annotator.store.foreign_answers import FaultError

TextOf = Callable[[str], str | None]
"""Gives the text of a SHA-256, None where the file has none."""

Named = dict[str, set[bytes]]
"""Ids of records that others name, by the kind that they must be of ("" for any)."""

_MUST: Final = frozenset(
    ("id", "claim_id", "article_id", "annotator_id", "source_id", "reviewer_id", "author_id", "target", "a", "b")
)
_MAY: Final = frozenset(("within", "speaker_id", "derived_from", "reply_to", "target_event"))
_MOMENTS: Final = frozenset(
    ("published", "retrieved_at", "captured_at", "claim_date", "created_at", "updated_at", "valid_from", "recorded_at")
) | {"at"}
_OPTIONAL: Final = frozenset((("source", "article_id"),))
CHECKED: Final = _MUST | _MAY | _MOMENTS
"""Fields whose form is checked, beside hashes and lists of ids."""

_SPANS: Final = frozenset(("spans", "cue", "speaker_spans"))

_DAY: Final = (
    r"(?!0000)[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    r"|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    r"|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)-02-29"
)
_MOMENT_LINES: Final = re.compile(rf"(?:(?:(?:{_DAY})T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{{6}}Z)?\n)*")
_HASH_LINES: Final = re.compile(r"(?:[0-9a-f]{64}\n)*")

_Offset = Annotated[int, msgspec.Meta(ge=0, lt=1 << 53)]
_Number = Annotated[int, msgspec.Meta(ge=0, lt=1 << 53)]

_NAMES: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "version": (("article", "article_id"),),
    "mention": (("claim", "claim_id"), ("annotator", "annotator_id"), ("speaker", "speaker_id")),
    "assessment": (("claim", "claim_id"), ("annotator", "annotator_id")),
    "evidence": (("claim", "claim_id"), ("source", "source_id"), ("annotator", "annotator_id")),
    "review": (("", "target"),),
    "comment": (("", "target"),),
    "link": (("", "a"), ("", "b")),
}
"""What stands in a record's row beside it, by the kind that it must be of."""

_PLACED: Final = frozenset(("mention", "zone"))

_version: Final = lru_cache(maxsize=1024)(version_id)


class _WrongError(Exception):
    """Some record of several is wrong."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Form:
    """How the records of a kind are read, and what is asked of their strings."""

    decoder: "msgspec.json.Decoder[Any]"
    must: tuple[Callable[[Any], str], ...]
    may: tuple[Callable[[Any], str], ...]
    hashes: tuple[Callable[[Any], str], ...]
    hashes_or_none: tuple[Callable[[Any], str], ...]
    moments: tuple[Callable[[Any], str], ...]
    lists: bool


def _stricter(record: type[msgspec.Struct], name: str, replaced: dict[str, Any]) -> type[msgspec.Struct]:
    """Return a struct with the fields of a record, some of a stricter type, and with the same canonical JSON."""
    fields: list[Any] = []
    for field in msgspec.structs.fields(record):
        typed = field.name, replaced.get(field.name, field.type)
        fields.append(typed if field.required else (*typed, field.default))
    return msgspec.defstruct(name, fields, frozen=True, gc=False)


_Place: Final = _stricter(Span, "Place", {"start": _Offset, "end": _Offset})


def _form(kind: str) -> _Form:
    record = KINDS[kind]
    names = record.__struct_fields__
    replaced: dict[str, Any] = {name: tuple[_Place, ...] for name in names if name in _SPANS}
    replaced |= {name: _Number for name in names if name in {"number", "start", "end"}}
    optional = {name for name in names if name in _MAY or (kind, name) in _OPTIONAL}
    return _Form(
        msgspec.json.Decoder(record if kind == "project" else _stricter(record, kind, replaced), strict=True),
        tuple(attrgetter(name) for name in names if name in _MUST - optional),
        tuple(attrgetter(name) for name in names if name in _MUST | _MAY and name in optional),
        tuple(attrgetter(name) for name in names if name in {"text_sha256", "sha256"}),
        tuple(attrgetter(name) for name in names if name == "snapshot_sha256"),
        tuple(attrgetter(name) for name in names if name in _MOMENTS),
        "based_on" in names,
    )


class Bodies:
    """Checks the bodies of a foreign log.

    Attributes:
        named: the records that were named and are not known to be there yet; the caller takes them out.
        astray: how many texts were named that the file does not have.
    """

    def __init__(self, texts: TextOf, review_text: Callable[[Any], str | None]) -> None:
        self._texts = texts
        self._review_text = review_text
        self._form = lru_cache(maxsize=None)(_form)
        self._lines = msgspec.json.Encoder().encode_lines
        self.named: Named = {}
        self.astray = 0

    def check(self, kind: str, object_ids: Sequence[bytes], bodies: Sequence[bytes]) -> None:
        """Check the bodies of objects of one known kind.

        Raises FaultError naming the first one that is not sound.
        """
        form = self._form(kind)
        try:
            records = self._read(form, bodies)
            self._check_forms(form, object_ids, records)
        except _WrongError:
            for object_id, body in zip(object_ids, bodies, strict=True):
                self._name_fault(form, object_id, body)
            raise FaultError("body", kind) from None
        self._check_places(kind, records)
        self._name(kind, records)

    def _read(self, form: _Form, bodies: Sequence[bytes]) -> list[Any]:
        run = b"\n".join(bodies)
        # With a line feed in one of them, two could pass for two others.
        if run.count(b"\n") != len(bodies) - 1:
            raise _WrongError
        try:
            records = form.decoder.decode_lines(run)
            same = len(records) == len(bodies) and self._lines(records) == run + b"\n"
        except (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError):
            raise _WrongError from None
        if not same:
            raise _WrongError
        return records

    def _check_forms(self, form: _Form, object_ids: Sequence[bytes], records: Sequence[Any]) -> None:
        musts = _all(form.must, records)
        mays = _all(form.may, records)
        if form.lists:
            musts.update(chain.from_iterable(map(attrgetter("based_on"), records)))
        try:
            same = ids.raws([record.id for record in records]) == list(object_ids)
            ids.raws([*(musts | (mays - {""}))])
        except ValueError:
            raise _WrongError from None
        hashes = _all(form.hashes, records)
        hashes.update(_all(form.hashes_or_none, records) - {""})
        moments = _all(form.moments, records)
        if not (same and _are(_HASH_LINES, hashes) and are_moments(moments)):
            raise _WrongError

    def _name_fault(self, form: _Form, object_id: bytes, body: bytes) -> None:
        shown = ids.spelled(object_id)
        try:
            records = self._read(form, [body])
        except _WrongError:
            raise FaultError("body", shown) from None
        if records[0].id != shown:
            raise FaultError("body id", shown)
        try:
            self._check_forms(form, [object_id], records)
        except _WrongError:
            raise FaultError("form", shown) from None

    def _check_places(self, kind: str, records: Sequence[Any]) -> None:
        if kind == "mention":
            for record in records:
                self._check_mention(record)
        elif kind in _CHECKS:
            for record in records:
                _CHECKS[kind](self, record)

    def _text(self, sha256: str) -> str | None:
        text = self._texts(sha256)
        if text is None:
            self.astray += 1
        return text

    def _check_mention(self, record: Any) -> None:
        if not record.spans:
            raise FaultError("place", record.id)
        text = self._text(record.text_sha256)
        for spans in (record.spans, record.cue, record.speaker_spans):
            for span in spans:
                _check_span(record.id, span, text)

    def check_zone(self, record: Any) -> None:
        """Check that a zone lies in its text."""
        text = self._text(record.text_sha256)
        if not record.start < record.end or (text is not None and record.end > len(text)):
            raise FaultError("place", record.id)

    def check_evidence(self, record: Any) -> None:
        """Check that each place covers something; the text that it lies in is nowhere named."""
        for span in record.spans:
            _check_span(record.id, span, None)

    def check_review(self, record: Any) -> None:
        """Check the places of a review in the text that it speaks of, where the file has that."""
        if record.spans:
            text = self._review_text(record)
            for span in record.spans:
                _check_span(record.id, span, text)

    def check_version(self, record: Any) -> None:
        """Check that a version is known by its article and text, and that the text is there."""
        if record.id != version_id(record.article_id, record.text_sha256):
            raise FaultError("body id", record.id)
        self._text(record.text_sha256)

    def _name(self, kind: str, records: Sequence[Any]) -> None:
        for named, key in _NAMES.get(kind, ()):
            self._add(named, map(attrgetter(key), records))
        if kind in _PLACED:
            places = {(record.article_id, record.text_sha256) for record in records}
            self._add("version", (_version(*place) for place in places))

    def _add(self, kind: str, spellings: Iterable[str]) -> None:
        names = [*({*spellings} - {""})]
        self.named.setdefault(kind, set()).update(ids.raws(names))


def _check_span(whose: str, span: Any, text: str | None) -> None:
    start, end, quote = span.start, span.end, span.quote
    if not start < end or not quote or (text is not None and end > len(text)):
        raise FaultError("place", whose)
    if text is not None and (len(quote) != end - start or text[start:end] != quote):
        raise FaultError("quote", whose)


def _all(getters: Iterable[Callable[[Any], str]], records: Sequence[Any]) -> set[str]:
    return {one for get in getters for one in map(get, records)}


def are_moments(strings: set[str]) -> bool:
    """Tell whether each string is "" or a moment as `moments.is_moment` knows them."""
    return _are(_MOMENT_LINES, strings)


def _are(lines: re.Pattern[str], strings: set[str]) -> bool:
    """Tell whether each string has the form; a line feed within one would add to their number."""
    joined = "\n".join((*strings, ""))
    return lines.fullmatch(joined) is not None and joined.count("\n") == len(strings)


_CHECKS: Final[dict[str, Callable[[Bodies, Any], None]]] = {
    "zone": Bodies.check_zone,
    "evidence": Bodies.check_evidence,
    "review": Bodies.check_review,
    "version": Bodies.check_version,
}
