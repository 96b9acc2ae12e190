"""The types of a line for Hugging Face `datasets`, from its JSON Schema: `python -m annotator.formats.jsonl.features`.

That loader guesses types from the first ten megabytes: where these hold no mention, it fails at the first one later.
Given `features=Features.from_dict(…)` it guesses nothing.
"""

import json
import sys
from typing import Any, Final

from annotator.formats.jsonl.schema import schema

FILE: Final = "annotator-article-1.features.json"
"""Its name in `resources/schema`."""

_DTYPES: Final = {"string": "string", "integer": "int64", "boolean": "bool"}


def features() -> dict[str, Any]:
    """Return what `datasets.Features.from_dict` takes: every key of a line with its type, lists as lists of one."""
    whole = schema()
    return _object(whole, whole["$defs"])


def _object(part: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    return {key: _feature(value, parts) for key, value in part["properties"].items()}


def _feature(value: dict[str, Any], parts: dict[str, Any]) -> Any:
    if "$ref" in value:
        return _object(parts[value["$ref"].rpartition("/")[2]], parts)
    if value.get("type") == "array":
        return [_feature(value["items"], parts)]
    # A choice of words and a constant have no type in the schema; all of ours are strings.
    return {"dtype": _DTYPES[value.get("type", "string")], "_type": "Value"}


def text() -> str:
    """Return the types as their file has them."""
    return json.dumps(features(), indent=1) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
