from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.rezoning import Piece, rezoned
from annotator.model.zones import KINDS
from tests.model.places import spans_in

TEXT = "Head\n\nOne line\nof two.\n\nMore to read\n\nMost read\nHere\n"


def _zone(kind: str, words: str) -> Piece:
    start = TEXT.index(words)
    return Piece(kind, start, start + len(words))  # type: ignore[arg-type]


ZONES = (_zone("headline", "Head"), _zone("body", "One line\nof two."), _zone("body", "More to read"))


def test_the_block_at_the_caret_is_the_whole_wrapped_paragraph() -> None:
    done = rezoned(TEXT, ZONES, TEXT.index("of two"), TEXT.index("of two"), "caption")
    assert done == ((), (_zone("caption", "One line\nof two."),), 1)


def test_a_selection_over_blocks_changes_all_and_lines_without_a_zone_get_one() -> None:
    done = rezoned(TEXT, ZONES, TEXT.index("to read"), TEXT.index("Here") + 2, "boilerplate")
    assert done.put == tuple(_zone("boilerplate", words) for words in ("More to read", "Most read", "Here"))
    assert done.blocks == 3


def test_of_a_zone_over_several_paragraphs_the_others_keep_their_kind() -> None:
    whole = _zone("body", "One line\nof two.\n\nMore to read\n\nMost read\nHere")
    done = rezoned(TEXT, [whole], TEXT.index("More"), TEXT.index("More"), "caption")
    assert done.gone == (whole,)
    assert done.put == (
        _zone("body", "One line\nof two."),
        _zone("caption", "More to read"),
        _zone("body", "Most read\nHere"),
    )


TEXTS = st.lists(st.sampled_from(["a", "bc d", "\n", "\n\n", " ", "\n \n", "é"]), min_size=2, max_size=12).map("".join)


@given(TEXTS, st.data())
def test_what_was_touched_has_the_kind_and_nothing_else_another_one(text: str, data: st.DataObject) -> None:
    spans = data.draw(spans_in(text)) if len(text) > 1 else ((0, 1),)
    zones = [Piece(data.draw(st.sampled_from(KINDS)), *span) for span in spans]
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    kind = data.draw(st.sampled_from(KINDS))
    done = rezoned(text, zones, start, end, kind)
    replaced = {(one.start, one.end) for one in (*done.gone, *done.put)}
    after = [zone for zone in zones if (zone.start, zone.end) not in replaced] + list(done.put)
    before = {place: zone.kind for zone in zones for place in range(zone.start, zone.end)}
    now = {place: zone.kind for zone in after for place in range(zone.start, zone.end)}
    for place, letter in enumerate(text):
        if letter.isspace():
            continue
        line = range(
            text.rfind("\n", 0, place) + 1, len(text) if text.find("\n", place) < 0 else text.find("\n", place)
        )
        if start <= place < end and (place in before or not any(one in before for one in line)):
            assert now[place] == kind
        assert now.get(place) in {kind, before.get(place)}
    in_order = sorted(after, key=lambda zone: zone.start)
    assert all(one.end <= other.start for one, other in pairwise(in_order))
    again = rezoned(text, after, start, end, kind)
    assert again.put == again.gone == ()
