"""Ten megabytes of text in one line are shown in pieces that Qt can lay out; the stored text has none."""

from tests.gui.article_view.conftest import Show, heard, mark

LONGEST = 2_000
WORDS = "Die Brücke von Ødeby 🙂 ist sicher, sagt der Bürgermeister. "


def test_ten_megabytes_in_one_line_have_no_block_above_2_000_characters(show: Show) -> None:
    text = WORDS * (10_000_000 // len(WORDS.encode())) + "the last claim."
    assert len(text.encode()) > 9_900_000
    view = show(text, mark(text, "the last claim."))
    document = view.document()
    lengths: list[int] = []
    block = document.begin()
    while block.isValid():
        lengths.append(len(block.text()))
        block = block.next()
    assert max(lengths) <= LONGEST
    # Hardly more pieces than are needed: what Qt does for each of them is done so many times.
    assert len(lengths) <= 2 * (sum(lengths) // LONGEST + 1)
    chosen = heard(view.span_chosen)
    middle = text.index("Brücke", len(text) // 2)
    view.select_range(middle, middle + len("Brücke"))
    assert view.selected_range() == (middle, middle + len("Brücke"))
    assert not chosen
    end = len(text)
    view.select_range(end - len("claim."), end)
    assert view.selected_range() == (end - len("claim."), end)
