"""Decoding and checking one JSON line into a typed record: msgspec against pydantic (docs/decisions/0002).

`uv run python -m benchmarks.decoding` prints CPU microseconds a line, best of seven runs, and their ratio to
`orjson.loads`, which checks nothing and is the floor. Both decode the same bytes into the same dataclass.
"""

import time
from collections.abc import Callable

import msgspec
import orjson
from pydantic import TypeAdapter

from annotator.model.records import Mention

LINES = 20_000
RUNS = 7


def line(number: int) -> bytes:
    """Return a mention of two pieces, with reporting verb and speaker, as a line of JSON."""
    return orjson.dumps(
        {
            "id": f"018f6b2c-0000-7000-8000-{number:012x}",
            "claim_id": f"018f6b2c-2222-7000-8000-{number // 2:012x}",
            "article_id": "018f6b2c-1111-7000-8000-000000000001",
            "text_sha256": "9f" * 32,
            "annotator_id": "018f6b2c-3333-7000-8000-000000000002",
            "spans": [
                {"start": number, "end": number + 31, "quote": "the harbour wall was never paid"},
                {"start": number + 40, "end": number + 47, "quote": "in full"},
            ],
            "cue": [{"start": number + 50, "end": number + 54, "quote": "told"}],
            "speaker_spans": [{"start": number + 60, "end": number + 71, "quote": "the auditor"}],
            "presented_as": "attributed",
        }
    )


def best(decode: Callable[[bytes], object], lines: list[bytes]) -> float:
    """Return CPU microseconds a line, of the fastest run."""
    spent: list[float] = []
    for _run in range(RUNS):
        began = time.process_time()
        for each in lines:
            decode(each)
        spent.append(time.process_time() - began)
    return min(spent) / len(lines) * 1e6


def main() -> None:
    """Print one row a decoder."""
    lines = [line(number) for number in range(LINES)]
    ours = msgspec.json.Decoder(Mention).decode
    theirs = TypeAdapter(Mention).validate_json
    if ours(lines[1]) != theirs(lines[1]):
        raise AssertionError("the two decoders disagree")
    floor = best(orjson.loads, lines)
    for name, spent in (
        ("orjson.loads, nothing checked", floor),
        ("msgspec.json.Decoder", best(ours, lines)),
        ("pydantic.TypeAdapter", best(theirs, lines)),
    ):
        print(f"{name:30} {spent:6.2f} us a line  {spent / floor:5.2f} times the floor")


if __name__ == "__main__":
    main()
