"""Runs the benchmarks: `python -m benchmarks [NAME…] [--json] [--small]`; each name is a row of `BENCHMARKS`."""

import argparse
import importlib
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final, cast

from benchmarks.table import Benchmark, Measured, Run

BENCHMARKS: Final = (("datasets", "import and export of a dataset"),)
"""(module in this folder with a function `measure(Run) -> list[Measured]`, title); loaded only when asked for."""


def chosen(names: Sequence[str]) -> list[Benchmark]:
    """Return the benchmarks of these names, all of them for none. Raises SystemExit for an unknown one."""
    known = {name for name, _title in BENCHMARKS}
    if unknown := set(names) - known:
        sys.exit(f"no benchmark is called {', '.join(sorted(unknown))}; there are: {', '.join(sorted(known))}")
    return [_loaded(name, title) for name, title in BENCHMARKS if not names or name in names]


def _loaded(name: str, title: str) -> Benchmark:
    return Benchmark(name, title, importlib.import_module(f"benchmarks.{name}").measure)


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(name for name, _title in BENCHMARKS))
    parser.add_argument("--json", action="store_true", help="print one JSON object a figure")
    parser.add_argument("--small", action="store_true", help="a tenth of the material")
    asked = parser.parse_args()
    for benchmark in chosen(cast("list[str]", asked.names)):
        if not asked.json:
            print(f"{benchmark.name}: {benchmark.title}")
        with tempfile.TemporaryDirectory(prefix="annotator-bench-") as folder:
            for figure in benchmark.measure(Run(small=asked.small, folder=Path(folder))):
                print(json.dumps(figure.as_json()) if asked.json else _row(figure))


def _row(figure: Measured) -> str:
    reach = f"reach {figure.reach}" if figure.reach else ""
    numbers = f"{figure.value:10.3f} {figure.unit:6} {figure.floor:10.3f} {figure.ratio:7.2f}x"
    return f"  {figure.name:20} {numbers}  {reach:13} floor: {figure.floor_is}"


if __name__ == "__main__":
    main()
