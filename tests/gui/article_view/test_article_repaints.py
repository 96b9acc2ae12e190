"""A change repaints the lines it is on and nothing else of the article; that this is enough, painting's tests say."""

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QPaintEvent, QRegion

from annotator.gui.article_view.view import ArticleView
from tests.gui import scenes
from tests.gui.article_view.conftest import Show, mark, place

PARAGRAPH = (
    "Officials said on Tuesday that the city had replaced 4,200 lead service lines since 2021 and that no household "
    "now receives water above the action level, which the county's auditor {} and wrote so in a letter that reached "
    "the council before the end of the week, as the clerk of the council confirmed on the telephone.\n"
)
TEXT = "".join(PARAGRAPH.format(word) for word in ("doubted", "disputed", "denied", "forgot"))


class Repainted(QObject):
    """Gathers which part of a view is repainted from now on."""

    def __init__(self, view: ArticleView) -> None:
        super().__init__()
        scenes.settle()
        self.region = QRegion()
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802 - Qt's names
        if isinstance(event, QPaintEvent):
            self.region = self.region.united(event.region())
        return False


def line_of(view: ArticleView, words: str) -> QRect:
    """Return the rectangle of the words' line with what may hang below it, as wide as the viewport."""
    start, end = place(TEXT, words)
    one, two = view.canvas.rect_at(start), view.canvas.rect_at(end)
    assert one.top() == two.top(), "the words stand on one line"
    hanging = round(view.canvas.look.sizes.pitch)
    return QRect(0, one.top() - 8, view.viewport().width(), one.height() + 8 + hanging)


def test_a_mark_repaints_its_line(show: Show) -> None:
    view = show(TEXT, mark(TEXT, "doubted", mark_id="above"), mark(TEXT, "forgot", mark_id="below"))
    repainted = Repainted(view)
    view.update_marks([mark(TEXT, "denied")])
    scenes.settle()
    assert not repainted.region.isEmpty()
    assert repainted.region.subtracted(QRegion(line_of(view, "denied"))).isEmpty()


def test_another_active_mark_repaints_the_lines_of_both(show: Show) -> None:
    view = show(TEXT, mark(TEXT, "doubted", mark_id="one"), mark(TEXT, "forgot", mark_id="two"))
    view.setCursorWidth(0)
    view.set_active("one")
    repainted = Repainted(view)
    view.canvas.set_active("two")
    scenes.settle()
    both = QRegion(line_of(view, "doubted")) + QRegion(line_of(view, "forgot"))
    assert repainted.region.intersects(line_of(view, "doubted"))
    assert repainted.region.intersects(line_of(view, "forgot"))
    assert repainted.region.subtracted(both).isEmpty()


def test_a_strip_that_makes_room_is_repainted_in_the_gutter_alone(show: Show) -> None:
    long = TEXT[: TEXT.index("telephone")]
    view = show(TEXT, mark(TEXT, "denied", mark_id="short"))
    view.update_marks([mark(TEXT, "disputed", mark_id="other")])
    repainted = Repainted(view)
    # It takes the first slot beside every line of the first paragraph, and repaints only what it covers.
    view.update_marks([mark(TEXT, long, mark_id="long")])
    scenes.settle()
    assert not repainted.region.intersects(line_of(view, "forgot"))


def test_what_is_out_of_view_repaints_nothing(show: Show) -> None:
    far = TEXT * 30 + "The very last words."
    view = show(far)
    repainted = Repainted(view)
    view.update_marks([mark(far, "The very last words")])
    scenes.settle()
    assert repainted.region.isEmpty()
