"""The JSON Schema in `resources/` is the one that the types give, and it says no to what the reader refuses."""

import json

import jsonschema
import pytest

from annotator import assets
from annotator.formats.jsonl import features, schema
from annotator.formats.jsonl.lines import Line


def test_the_shipped_schema_is_current() -> None:
    # Otherwise: uv run python -m annotator.formats.jsonl.schema > resources/schema/annotator-article-1.schema.json
    assert assets.text("schema", schema.FILE) == schema.text()


def test_the_shipped_types_for_datasets_are_current() -> None:
    # Otherwise: uv run python -m annotator.formats.jsonl.features > resources/schema/annotator-article-1.features.json
    assert assets.text("schema", features.FILE) == features.text()
    assert list(features.features()) == list(Line.__struct_fields__)


def test_the_shipped_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schema.text()))


def test_the_keys_stand_in_the_order_in_which_a_line_has_them() -> None:
    assert list(schema.schema()["properties"]) == list(Line.__struct_fields__)


@pytest.mark.parametrize(
    ("definition", "key", "value"),
    [
        ("Mention", "id", "018cc251-f400-7000-8000-000000000001\n"),
        ("Mention", "layer", "final"),
        ("Span", "start", -1),
        ("Claim", "claim_date", "2022-01-11"),
    ],
)
def test_the_schema_refuses_wrong_values(definition: str, key: str, value: str | int) -> None:
    whole = schema.schema()
    part = {"$defs": whole["$defs"], **whole["$defs"][definition]["properties"][key]}
    faults = jsonschema.Draft202012Validator(part).iter_errors(value)  # pyright: ignore[reportUnknownMemberType] - jsonschema ships no types
    assert list(faults)
