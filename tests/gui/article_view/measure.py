"""Measures the article view, by hand: `uv run python -m tests.gui.article_view.measure`; CPU milliseconds."""

# ruff: noqa: T201 - a script for reading

import os
import time
from collections.abc import Callable
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from annotator.gui import fonts, theme
from annotator.gui.article_view.page import Mark, Page
from annotator.gui.article_view.view import ArticleView
from annotator.model.status import SCHEMES
from benchmarks.material import long_text, marks_for

STYLES = {status.key: status for status in SCHEMES["default"]}


def page(words: int, marks: int, seed: int = 1) -> Page:
    """Return a made-up page."""
    text = long_text(words, seed)
    made = tuple(
        Mark(f"m{i:05}", ((place.start, place.end),), place.status) for i, place in enumerate(marks_for(text, marks))
    )
    zones = (("headline", 0, text.index("\n")),)
    return Page(f"{words}-{seed}", text, "A title", "By somebody", zones, made)


def cpu(what: Callable[[], object]) -> float:
    """Return the CPU time of a call in milliseconds."""
    before = time.process_time_ns()
    what()
    return (time.process_time_ns() - before) / 1e6


def measure(words: int, marks: int) -> None:
    """Print the figures of one size of article."""
    view = ArticleView(STYLES, theme.current_theme())
    view.resize(900, 900)
    view.show()
    target = view.grab()

    def paint() -> None:
        view.render(target)

    def open_page(one: Page) -> None:
        view.show_page(one)
        paint()

    pages = [page(words, marks, seed) for seed in (1, 2, 3)]
    opened = min(cpu(partial(open_page, one)) for one in pages)
    shown = pages[-1]
    print(f"{words} words, {marks} marks: open {opened:.1f}")
    print(f"  repaint {min(cpu(paint) for _ in range(5)):.1f}")
    bar = view.verticalScrollBar()

    def scroll() -> None:
        bar.setValue(bar.value() + 800)
        paint()

    turns = [cpu(scroll) for _ in range(10)]
    print(f"  scroll a page {sorted(turns)[5]:.1f}, worst {max(turns):.1f}")
    bar.setValue(0)
    start = shown.text.index("\n") + 1
    new = [Mark(f"n{i}", ((start + 20 * i, start + 20 * i + 45),), "disputed") for i in range(8)]

    def mark(one: Mark) -> None:
        view.update_marks([one], ())
        view.set_active(one.id)
        paint()

    turns = [cpu(partial(mark, one)) for one in new]
    print(f"  mark to whole view painted {sorted(turns)[4]:.1f}, worst {max(turns):.1f}")
    bare = [cpu(partial(view.update_marks, [], [one.id])) for one in new]
    print(f"  change without paint {sorted(bare)[4]:.2f}")
    print(f"  jump to the end {cpu(lambda: view.select_range(len(shown.text) - 5, len(shown.text))):.1f}")
    view.close()


if __name__ == "__main__":
    app = QApplication([])
    fonts.load_fonts()
    theme.apply_theme(app, theme.load_theme("light"))
    measure(900, 25)
    measure(200_000, 10_000)
