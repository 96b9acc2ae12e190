"""Going from claim to claim: in text order, or through those that lie over one another."""

from typing import TYPE_CHECKING

from annotator.i18n import _
from annotator.model.together import together

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.gui.article_view.page import Range
    from annotator.gui.window import MainWindow


def go_to_claim(window: "MainWindow", step: int, *, without_source: bool = False) -> None:
    """Go to the next (1) or previous (-1) claim and say which; where there is none, say so."""
    article = window.article
    if article.activate_next(step, without_source=without_source) and article.active:
        window.hub.announced.emit(window.claims.model.spoken(article.active))
    elif without_source:
        window.notices.tell(_("No claim without a source that way"))
    else:
        window.notices.tell(_("That was the last claim") if step > 0 else _("That was the first claim"))


def go_to_overlapping(window: "MainWindow", step: int) -> None:
    """Go through the claims that lie over one another where the caret is, those of hidden lanes too."""
    article, canvas = window.article, window.pane.view.canvas
    here = canvas.marks.at(window.pane.view.caret()) or [article.active_id]
    first = [(mark.id, mark.spans) for mark in map(canvas.marks.get, here) if mark is not None]

    def overlapping(start: int, end: int) -> "Iterable[tuple[str, tuple[Range, ...]]]":
        return ((one.mark.id, one.mark.spans) for one in canvas.marks.between(start, end))

    ring = together(first, overlapping)
    if not ring:
        window.notices.tell(_("No claim is marked here"))
        return
    place = (ring.index(article.active_id) + step) % len(ring) if article.active_id in ring else ring.index(here[0])
    article.activate(ring[place])
    if len(ring) == 1:
        window.notices.tell(_("No other claim overlaps this one"))
    elif article.active:
        which = _("{n} of {total} that overlap").format(n=place + 1, total=len(ring))
        window.hub.announced.emit(f"{which}: {window.claims.model.spoken(article.active)}")
