"""Lines of a dataset to bundles of records; any fault refuses the whole line and nothing in it is repaired."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

import msgspec

from annotator.errors import Refused
from annotator.formats.bundle import Bundle
from annotator.formats.jsonl.checks import check_line
from annotator.formats.jsonl.lines import SCHEMA, Line
from annotator.formats.jsonl.records import Shared, bundle_of
from annotator.formats.table import Found
from annotator.i18n import _

LONGEST: Final = 256 << 20
"""Bytes of a line beyond which it is refused unread: an article is some thousand times shorter."""

_BOM: Final = b"\xef\xbb\xbf"
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"{\x00", b"\x00{")
_decoder: Final = msgspec.json.Decoder(Line, strict=True)
_SCHEMA: Final = re.compile(r"annotator/article/([0-9]{1,9})")
_MISSING: Final = re.compile(r"Object missing required field `(.*?)`(?: - at `(.*)`)?", re.DOTALL)
_UNKNOWN: Final = re.compile(r"Object contains unknown field `(.*?)`(?: - at `(.*)`)?", re.DOTALL)
_WRONG: Final = re.compile(r"(.*?)(?: - at `(.*)`)?", re.DOTALL)


class _Head(msgspec.Struct):
    """What every line of ours says of itself, whatever else is in it."""

    schema: object = ""


_schema_decoder: Final = msgspec.json.Decoder(_Head)


def recognises(head: bytes) -> bool:
    """Tell whether a file begins like a dataset: an object with a schema of ours, whatever its version."""
    return head.removeprefix(_BOM).lstrip().startswith(b"{") and b'"annotator/article/' in head


def read_file(stream: BinaryIO, file: str) -> Iterator[Found]:
    """Yield each line that is not blank, as a bundle or as the refusal that says what is wrong with it."""
    number = 0
    shared = Shared()
    while line := stream.readline(LONGEST + 1):
        number += 1
        if len(line) > LONGEST:
            _skip_rest(stream, line)
            what = _("the line has more than {n} MB").format(n=LONGEST >> 20)
            yield Found(number, Refused(what, do=_("write one article version a line"), file=file, line=number))
            continue
        if number == 1:
            if line.startswith(_UTF16):
                what, do = _("the file is in UTF-16; a dataset is in UTF-8"), _("save the file as UTF-8")
                yield Found(1, Refused(what, do=do, file=file))
                return
            line = line.removeprefix(_BOM)
        if line.isspace() or not line:
            continue
        try:
            yield Found(number, read_line(line, shared))
        except Refused as refusal:
            yield Found(number, refusal.at(file=file, line=number))


def _skip_rest(stream: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(1 << 20)


def read_line(line: bytes, shared: Shared) -> Bundle:
    """Return what a line holds; records that earlier lines had as well are taken from `shared`.

    Raises Refused, naming the key, where anything is not as model.md, section 5, has it.
    """
    return bundle_of(check_line(_decoded(line)), shared)


def _decoded(line: bytes) -> Line:
    try:
        return _decoder.decode(line)
    except msgspec.ValidationError as error:
        raise _newer(line) or _refusal(str(error)) from None
    except UnicodeDecodeError:
        # The decoder counts from the beginning of the string that holds it.
        place = _first_broken(line)
        raise Refused(_("byte {n} of the line is no UTF-8").format(n=place), do=_("save the file as UTF-8")) from None
    except (msgspec.DecodeError, RecursionError) as error:
        raise Refused(
            _("this is no complete JSON object ({error})").format(error=error),
            do=_("export the line again"),
        ) from None


def _newer(line: bytes) -> Refused | None:
    """Return what to tell about a line of a later schema, None for one of ours with a fault."""
    try:
        schema = _schema_decoder.decode(line).schema
    except msgspec.DecodeError:  # a line that is no object
        return None
    found = _SCHEMA.fullmatch(schema) if isinstance(schema, str) else None
    if not found or int(found[1]) <= int(SCHEMA.rpartition("/")[2]):
        return None
    what = _("$.schema is “{schema}”: the line was made by a newer program").format(schema=schema)
    return Refused(what, do=_("update Annotator"))


def _first_broken(line: bytes) -> int:
    try:
        line.decode()
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _refusal(told: str) -> Refused:
    """Return what msgspec has to say in our words."""
    schema = _("write it as the schema says")
    if found := _MISSING.fullmatch(told):
        what = _("{place} lacks the key “{key}”").format(place=found[2] or "$", key=found[1])
        return Refused(what, do=_("add the key"))
    if found := _UNKNOWN.fullmatch(told):
        what = _("{place} has the unknown key “{key}”").format(place=found[2] or "$", key=found[1])
        return Refused(what, do=_("take the key out"))
    if (found := _WRONG.fullmatch(told)) and found[2]:
        return Refused(_("{place} is not as it must be: {error}").format(place=found[2], error=found[1]), do=schema)
    return Refused(_("the line is not as it must be: {error}").format(error=told), do=schema)
