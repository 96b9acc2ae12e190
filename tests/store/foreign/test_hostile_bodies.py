"""Bodies that this program would not write, in a log whose digests fit: each file is refused by name."""

import pytest

from tests import making
from tests.store.foreign.forging import Desk, body

_FORM = "is not in the form in which this program writes it"
_HEADLINE = making.TEXT.index("\n")
_ODD = "an id, hash or point in time in the record"

BODIES: dict[str, tuple[str, str, str, str]] = {
    "a space": ("claim", '"text":', '"text": ', _FORM),
    "a line feed": ("claim", '"text":', '"text":\n', _FORM),
    "a byte order mark": ("claim", '{"id"', '\ufeff{"id"', _FORM),
    "an escape that need not be": ("claim", "There", "\\u0054here", _FORM),
    "half a character": ("claim", "There", "\\ud800here", _FORM),
    "a key twice": ("claim", '{"id"', '{"type":"","id"', _FORM),
    "a key more": ("claim", '"text":', '"more":1,"text":', _FORM),
    "a key less": ("claim", '"type":"",', "", _FORM),
    "keys in another order": ("claim", '"type":"","language":""', '"language":"","type":""', _FORM),
    "a number for a text": ("claim", '"type":""', '"type":1', _FORM),
    "null for a text": ("claim", '"type":""', '"type":null', _FORM),
    "a fraction for a number": ("mention", '"start":2', '"start":2.0', _FORM),
    "a number below nothing": ("mention", '"start":2', '"start":-2', _FORM),
    "a number without end": ("mention", '"end":14', '"end":99999999999999999999999', _FORM),
    "a number of a thousand digits": ("version", '"number":1', '"number":' + "9" * 1_000, _FORM),
    "a version beyond all": ("version", '"number":1', '"number":9223372036854775808', _FORM),
    "nesting without end": ("claim", '"text":', '"more":' + "[" * 100_000 + "]" * 100_000 + ',"text":', _FORM),
    "an end too early": ("claim", "}", "", _FORM),
    "two records": ("claim", "}", "}{}", _FORM),
    "two records in lines": ("claim", "}", "}\n{}", _FORM),
    "a role that does not exist": ("annotator", '"checker"', '"editor"', _FORM),
    "its own id in capitals": ("claim", '{"id":"0', '{"id":"A', ""),
    "the id of another": ("claim", '{"id":"0', '{"id":"1', "says it is another one"),
    "a claim's id in capitals": ("mention", '"claim_id":"0', '"claim_id":"A', _ODD),
    "a claim's id in braces": ("mention", '"claim_id":"', '"claim_id":"{', _ODD),
    "a claim that is not there": ("mention", '"claim_id":"0', '"claim_id":"1', "is named and not there"),
    "an annotator that is not there": ("mention", '"annotator_id":"0', '"annotator_id":"1', "is named and not there"),
    "no claim": ("assessment", '"claim_id":"0', '"claim_id":"","x":"', _FORM),
    "a quote that is not the text": ("mention", '"quote":"s', '"quote":"S', "a quote in the record"),
    "a place beyond the text": ("mention", '"end":14', '"end":1400', "lies outside its text or is empty"),
    "a place that ends before it starts": ("mention", '"start":2', '"start":20', "lies outside its text or is empty"),
    "a place one further": ("mention", '"start":2,"end":14', '"start":3,"end":15', "a quote in the record"),
    "no place": ("mention", '"spans":[', '"spans":[],"cue":[', ""),
    "a text that is not there": ("mention", '"text_sha256":"', '"text_sha256":"00', _ODD),
    "a text's hash in capitals": ("version", '"text_sha256":"', '"text_sha256":"A', _ODD),
    "a zone beyond its text": ("zone", f'"end":{_HEADLINE}', '"end":6600', "lies outside its text or is empty"),
    "a day that does not exist": (
        "assessment",
        '"recorded_at":"2024-05-01',
        '"recorded_at":"2023-02-29',
        _ODD,
    ),
    "a point in time in words": (
        "assessment",
        '"recorded_at":"2024-05-01T00:00:00.000000Z"',
        '"recorded_at":"yesterday"',
        _ODD,
    ),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_this_program_would_not_write_is_refused_by_name(desk: Desk, name: str) -> None:
    kind, old, new, told = BODIES[name]
    refusal = desk.outcome(desk.tampered("hostile", body(kind, old, new)))
    assert refusal != "merged"
    assert told in refusal
