"""Lines of a dataset to import."""

import json
from pathlib import Path
from typing import Any

from annotator.model.text import sha256_of


def article_line(number: int, **other: Any) -> dict[str, Any]:
    """Return a sound line of a dataset: one article with one mention of one claim."""
    text = f"Mayor {number} said 😱 the bridge is closed."

    def key(kind: int) -> str:
        return f"018e0000-0000-7000-8000-{kind:06d}{number:06d}"

    line: dict[str, Any] = {
        "schema": "annotator/article/1",
        "offset_unit": "codepoint",
        "article_id": key(1),
        "version_id": sha256_of(text),
        "title": f"Bridge {number}",
        "text": text,
        "mentions": [
            {
                "id": key(2),
                "claim_id": key(3),
                "annotator": key(5),
                "status": "alleged",
                "spans": [{"start": text.index("the"), "end": len(text), "quote": "the bridge is closed."}],
            }
        ],
        "claims": [
            {
                "id": key(3),
                "text": "The bridge is closed",
                "assessments": [{"id": key(4), "annotator": key(5), "status": "alleged"}],
            }
        ],
        "annotators": [{"id": key(5), "name": f"Checker {number}"}],
    }
    return line | other


def written_lines(path: Path, *lines: dict[str, Any] | str) -> Path:
    """Write a dataset; a string stands for itself."""
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return path
