"""What the tables need of a body: of the kinds that come in masses only the fields that are looked up are decoded.

The bodies were read whole and checked by the worker that made the parcel.
"""

from typing import Any, Final

import msgspec

from annotator.store.codec import read_body


class _Place(msgspec.Struct, frozen=True, gc=False):
    start: int


class _Mention(msgspec.Struct, frozen=True):
    claim_id: str
    article_id: str
    text_sha256: str
    annotator_id: str
    layer: str
    speaker_id: str
    spans: tuple[_Place, ...]


class _Assessment(msgspec.Struct, frozen=True, gc=False):
    claim_id: str
    annotator_id: str
    layer: str
    status: str
    valid_from: str
    recorded_at: str


class _Evidence(msgspec.Struct, frozen=True, gc=False):
    claim_id: str
    source_id: str
    annotator_id: str


class _Zone(msgspec.Struct, frozen=True, gc=False):
    article_id: str
    text_sha256: str


class _Nothing(msgspec.Struct, frozen=True, gc=False):
    """Claims are found by their ids alone."""


_DECODERS: Final[dict[str, msgspec.json.Decoder[Any]]] = {
    "mention": msgspec.json.Decoder(_Mention),
    "assessment": msgspec.json.Decoder(_Assessment),
    "evidence": msgspec.json.Decoder(_Evidence),
    "zone": msgspec.json.Decoder(_Zone),
}
_NOTHING: Final = _Nothing()

HASHES: Final = {
    "version": ("text_sha256", "snapshot_sha256"),
    "zone": ("text_sha256",),
    "mention": ("text_sha256",),
    "snapshot": ("sha256",),
    "source": ("snapshot_sha256",),
}
"""By kind, the fields that name a text or a snapshot."""


def fields_of(kind: str, body: bytes) -> Any:
    """Return something with the fields of a record of this kind that `tables.ROW_OF` and `HASHES` ask for."""
    if kind == "claim":
        return _NOTHING
    decoder = _DECODERS.get(kind)
    return decoder.decode(body) if decoder else read_body(kind, body)
