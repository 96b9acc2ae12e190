"""Runs the benchmarks: `python -m benchmarks [NAME…] [--json] [--small]`; each name is a row of `BENCHMARKS`."""

import argparse
import importlib
import json
import tempfile
from pathlib import Path
from typing import Final, cast

from benchmarks.table import Measured, Run

BENCHMARKS: Final[dict[str, str]] = {
    "start": "start to shown window",
    "open_short": "opening 900 words with 25 mentions, to painted",
    "open_long": "opening 200,000 words with 10,000 mentions, to painted",
    "read_on_long": "reading the rest of its mentions behind the first paint, all of them and the longest slice",
    "mark_short": "marking a claim to painted, without the fsync, among 25 mentions",
    "mark_long": "the same among 10,000 mentions",
    "repaint_short": "the window's paint events after a mark, and nothing else, among 25 mentions",
    "repaint_long": "the same among 10,000 mentions",
    "scroll_long": "scrolling a page of the long article",
    "find_long": "a letter typed into the find bar on the long article, to painted",
    "gigantic": "ten megabytes of text in one line: opened to painted, and the longest turn of the loop after it",
    "datasets": "import and export of a dataset",
    "check": "checking a project of 10,000 articles and 250,000 mentions",
    "merging": "merging ten colleagues' files of 20,000 events each",
    "opening": "a large project from start to shown, after a clean close and after a kill",
    "reviewing": "the review queue of 150,000 marks of six annotators, its cards and decisions",
    "agreement": "agreement of six annotators over a thousand articles with 25 mentions of each, every figure",
    "narrowing": "what ten thousand articles can be narrowed by, and words found in them",
    "heartbeat": "how late the window is while 10,000 articles are imported, indexed, exported and backed up",
    "backups": "a backup, what stalls beside it, and the journal's line after a mark",
}
"""Every name with what it is about."""

_REACH: Final = {
    "start": ("3x", "a bare PySide6 window"),
    "open_short": ("40 ms", "QTextEdit.setPlainText and paint, without mentions"),
    "open_long": ("150 ms", "QTextEdit.setPlainText and paint, without mentions"),
    "read_on_long": ("", "the longest slice, which is to stay under 8 ms"),
    "mark_short": ("10 ms", "one repaint of the article"),
    "mark_long": ("10 ms", "one repaint of the article"),
    "repaint_short": ("5 ms", "one repaint of the article"),
    "repaint_long": ("8 ms", "one repaint of the article"),
    "scroll_long": ("8 ms", "the same without mentions"),
    "find_long": ("50 ms", "one str.find of the text and one repaint of the article"),
}


_APART: Final = {
    "check": "checking",
    "datasets": "datasets",
    "gigantic": "gigantic",
    "merging": "merging",
    "opening": "opening",
    "backups": "backups",
    "reviewing": "reviewing",
    "agreement": "agreeing",
    "narrowing": "narrowing",
    "heartbeat": "heartbeat",
}
"""The benchmarks that have a module of their own, by name."""


def measure(name: str, run: Run) -> list[Measured]:
    """Measure one of `BENCHMARKS`; what it needs is imported only now, Qt for the window alone."""
    if name in _APART:
        module = importlib.import_module(f"benchmarks.{_APART[name]}")
        return cast("list[Measured]", module.measure(run))
    from benchmarks import window  # noqa: PLC0415 - see above

    value, floor = getattr(window, name)(run.small)
    reach, floor_is = _REACH[name]
    return [Measured(name, 1000 * value, 1000 * floor, "ms CPU", floor_is, reach)]


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--json", action="store_true", help="print one JSON object a figure")
    parser.add_argument("--small", action="store_true", help="a tenth of the material")
    asked = parser.parse_args()
    names = cast("list[str]", asked.names)
    if unknown := set(names) - BENCHMARKS.keys():
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}; there are: {', '.join(BENCHMARKS)}")
    for name, title in BENCHMARKS.items():
        if names and name not in names:
            continue
        if not asked.json:
            print(f"{name}: {title}")
        with tempfile.TemporaryDirectory(prefix="annotator-bench-") as folder:
            for figure in measure(name, Run(small=asked.small, folder=Path(folder))):
                print(json.dumps(figure.as_json()) if asked.json else _row(figure), flush=True)


def _row(figure: Measured) -> str:
    reach = f"reach {figure.reach}" if figure.reach else ""
    numbers = f"{figure.value:10.3f} {figure.unit:6} {figure.floor:10.3f} {figure.ratio:7.2f}x"
    return f"  {figure.name:20} {numbers}  {reach:13} floor: {figure.floor_is}"


if __name__ == "__main__":
    main()
