"""Drawing texts anew."""

from annotator.model.agreement.bootstrap import drawn


def test_texts_in_which_nothing_was_counted_are_drawn_all_the_same() -> None:
    assert drawn([{}, {}, {}], draws=2) == [{}, {}]
