"""The page of all keys in the docs, written from the table of actions: `python -m annotator.gui.shortcuts_page`."""

import sys
from pathlib import Path
from typing import Final

from annotator.gui.actions import table
from annotator.gui.popups.shortcuts import groups
from annotator.model.status import SCHEMES

PLACE: Final = Path("resources", "docs", "shortcuts.md")


def page() -> str:
    """Return the page as Markdown, with the keys of the default scheme's statuses."""
    lines = [
        "# All keys",
        "",
        "Single letters, digits and signs work only while the article or the claims list has the focus.",
        "Any key can be another one, or several; single characters can be switched off: Edit > Settings > Keys.",
        "These are the program's own, made from the table of actions; `?` or `F1` shows those that hold in the window.",
    ]
    for group in groups(table(SCHEMES["default"])):
        lines += ["", f"## {group.title}", "", "| what | keys |", "|---|---|"]
        lines += [f"| {line.words} | {' '.join(f'`{key}`' for key in line.keys)} |" for line in group.lines]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (Path(sys.argv[1]) if sys.argv[1:] else PLACE).write_text(page(), encoding="utf-8")
