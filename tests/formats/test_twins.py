"""Twins have the fields, the kind and the canonical JSON of the records they stand for."""

import dataclasses

import pytest

from annotator.formats.bundle import Bundle
from annotator.formats.twins import twin
from annotator.model.records import KINDS
from annotator.store.codec import body_of
from tests.formats.test_jsonl_faults import line, read_one


@pytest.mark.parametrize("kind", KINDS)
def test_a_twin_has_the_fields_and_the_body_of_its_record(kind: str) -> None:
    record = KINDS[kind]
    fields = dataclasses.fields(record)
    values = [f"value {index}" for index, _field in enumerate(fields)]
    made = twin(record)(*values)  # pyright: ignore[reportCallIssue,reportArgumentType] - any values will do here
    assert made.kind == kind
    assert body_of(made) == body_of(record(*values))  # pyright: ignore[reportCallIssue,reportArgumentType] - as above
    assert [getattr(made, field.name) for field in fields] == values


def test_what_is_read_from_a_line_has_the_bodies_of_records() -> None:
    bundle = read_one(line())
    assert isinstance(bundle, Bundle)
    for one in bundle.records():
        record = KINDS[one.kind]
        values = {field.name: getattr(one, field.name) for field in dataclasses.fields(record)}
        assert body_of(record(**values)) == body_of(one)
