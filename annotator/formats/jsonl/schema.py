"""The JSON Schema of a line, made from its types: `python -m annotator.formats.jsonl.schema` prints it."""

import inspect
import json
import sys
from typing import Any, Final, cast

import msgspec

from annotator.formats.jsonl import lines
from annotator.formats.jsonl.lines import Line

URL: Final = "https://json-schema.org/draft/2020-12/schema"
FILE: Final = "annotator-article-1.schema.json"
"""Its name in `resources/schema`."""

_STRICT: Final = {"additionalProperties": False}


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that every exported line keeps: all keys, none besides them.

    What is asked of a line that is imported is less (model.md, section 5): `x-required-on-import` lists those keys.
    """
    _line, parts = msgspec.json.schema_components((Line,), ref_template="#/$defs/{name}")
    definitions = {name.removesuffix("Line") or "Line": _tidy(part) for name, part in parts.items()}
    line = definitions.pop("Line")
    return {
        "$schema": URL,
        "title": "Annotator article, version 1",
        "description": "One line of a dataset: an article version with its marks. Offsets count Unicode code points.",
        **{key: value for key, value in line.items() if key != "description"},
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }


def _tidy(part: dict[str, Any]) -> dict[str, Any]:
    """Return an object's schema with every key required; which ones an import asks for is kept beside it."""
    keys = part["properties"]
    kind = getattr(lines, part["title"])
    return {
        "description": inspect.cleandoc(kind.__doc__ or ""),
        "type": "object",
        "required": list(keys),
        "x-required-on-import": part["required"],
        "properties": {name: _rename(_without_default(value)) for name, value in keys.items()},
        **_STRICT,
    }


def _without_default(value: dict[str, Any]) -> dict[str, Any]:
    return {key: one for key, one in value.items() if key != "default"}


def _rename(value: Any) -> Any:
    """Return JSON with the names of objects as a reader knows them, and a single choice as a constant."""
    if isinstance(value, dict):
        part = cast("dict[str, Any]", value)
        if len(part.get("enum", ())) == 1:
            return {"const": part["enum"][0]}
        return {key: _rename(one) for key, one in part.items()}
    if isinstance(value, str) and value.startswith("#/$defs/"):
        return value.removesuffix("Line")
    return value


def text() -> str:
    """Return the schema as its file has it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
