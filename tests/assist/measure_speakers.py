"""Measures the speaker finder on news annotated in brat format; run by hand, with the folder as argument.

`uv run python tests/assist/measure_speakers.py FOLDER [--half even|odd] [--show N]`
"""

import argparse
import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from annotator.assist.speakers import FoundSpeaker, SpeakerFinder

Ranges = list[tuple[int, int]]
_RECORD = re.compile(r"^(T\d+)\t(\w+) ([\d; ]+)\t")
_LINK = re.compile(r"(Source|Cue|Content)\d*:(T\d+)")


@dataclass
class Tally:
    """What came of the contents asked about, in counts."""

    asked: int = 0
    found: int = 0
    overlap: int = 0
    exact: int = 0
    cue: int = 0
    seconds: float = 0.0
    by_rule: dict[str, list[int]] = field(default_factory=dict[str, list[int]])


def attributions(path: Path) -> list[tuple[Ranges, Ranges, Ranges]]:
    """Return (content, source, cue) of every attribution with content and source; defective records are left out."""
    spans: dict[str, Ranges] = {}
    events: list[list[tuple[str, str]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if record := _RECORD.match(line):
            parts = [part.split() for part in record[3].split(";")]
            spans[record[1]] = [(int(a), int(b)) for a, b in parts]
        elif line.startswith("E"):
            events.append(_LINK.findall(line))
    found: list[tuple[Ranges, Ranges, Ranges]] = []
    for links in events:
        of = {
            kind: [r for k, key in links if k == kind for r in spans.get(key, [])]
            for kind in ("Content", "Source", "Cue")
        }
        if of["Content"] and of["Source"]:
            found.append((of["Content"], of["Source"], of["Cue"]))
    return found


def touches(one: tuple[int, int], ranges: Ranges) -> bool:
    """Say whether the ranges share a code point with it."""
    return any(one[0] < end and start < one[1] for start, end in ranges)


def count(tally: Tally, found: FoundSpeaker, source: Ranges, cue: Ranges) -> bool:
    """Add one answer to the tally; return whether the speaker was the right one."""
    right = touches(found.speaker, source)
    tally.found += 1
    tally.overlap += right
    tally.exact += source == [found.speaker]
    tally.cue += touches(found.cue, cue)
    of_rule = tally.by_rule.setdefault(found.rule, [0, 0])
    of_rule[0] += 1
    of_rule[1] += right
    return right


def main() -> None:
    """Ask for every annotated content and print how often the speaker was found, and was right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=("even", "odd"))
    parser.add_argument(
        "--hull", action="store_true", help="mark a broken content from its first to its last character"
    )
    parser.add_argument("--show", type=int, default=0, help="print so many wrong answers")
    parser.add_argument("--none", action="store_true", help="print those without an answer instead")
    chosen = parser.parse_args()
    finder = SpeakerFinder("en")
    tally = Tally()
    texts = sorted((chosen.folder / "text").glob("*.txt"))
    if chosen.half:
        texts = texts[chosen.half == "odd" :: 2]
    shown = 0
    for path in texts:
        text = path.read_text(encoding="utf-8")
        for ann in sorted((chosen.folder / "attributions").glob(path.stem + "_*.ann")):
            for content, source, cue in attributions(ann):
                start, end = content[0]
                if chosen.hull:
                    start, end = min(a for a, _ in content), max(b for _, b in content)
                tally.asked += 1
                before = time.process_time()
                found = finder.find(text, start, end)
                tally.seconds += time.process_time() - before
                wrong = found is not None and not count(tally, found, source, cue)
                if (found is None if chosen.none else wrong) and shown < chosen.show:
                    shown += 1
                    sys.stdout.write(described(text, (start, end), source, cue, found))
    report(tally)


def described(text: str, at: tuple[int, int], source: Ranges, cue: Ranges, found: FoundSpeaker | None) -> str:
    """Return a wrong answer in a few lines: the passage, what is annotated, what was found."""
    first, last = max(0, at[0] - 200), at[1] + 200
    passage = f"{text[first : at[0]]}[[{text[at[0] : at[1]]}]]{text[at[1] : last]}".replace("\n", " / ")
    want = " | ".join(text[a:b] for a, b in source + cue)
    got = f"{found.name} | {text[slice(*found.cue)]} | {found.rule}" if found else "none"
    return f"{passage}\n   want {want}\n   got  {got}\n\n"


def report(tally: Tally) -> None:
    """Print the figures, and how each rule fared."""
    asked, found = max(tally.asked, 1), max(tally.found, 1)
    sys.stdout.write(
        f"contents with a source {tally.asked}\n"
        f"speaker found          {tally.found / asked:.1%}\n"
        f"  overlaps the source  {tally.overlap / found:.1%} of found, {tally.overlap / asked:.1%} of all\n"
        f"  is the source        {tally.exact / found:.1%} of found\n"
        f"  cue overlaps         {tally.cue / found:.1%} of found\n"
        f"CPU                    {tally.seconds / asked * 1000:.2f} ms each\n"
    )
    for rule, (times, right) in sorted(tally.by_rule.items(), key=lambda item: -item[1][0]):
        sys.stdout.write(f"  {rule:45} {times:5}  {right / times:.0%}\n")


if __name__ == "__main__":
    main()
