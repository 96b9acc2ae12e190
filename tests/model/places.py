"""Texts with everything that makes places difficult, and spans in them."""

from hypothesis import strategies as st

TEXTS = st.text(
    st.one_of(
        st.sampled_from("ab Z.,“”'\n-1é\u0301\u200d\u202e\u200b中文שלוم👩🇸🇪"),
        st.characters(exclude_categories=["Cs"]),
    ),
    min_size=2,
    max_size=40,
)


@st.composite
def spans_in(draw: st.DrawFn, text: str, most: int = 3) -> tuple[tuple[int, int], ...]:
    """Draw spans of a text, in order, that do not overlap; they may touch."""
    count = draw(st.integers(1, min(most, len(text) // 2)))
    places = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2 * count, max_size=2 * count, unique=True)))
    return tuple(zip(places[::2], places[1::2], strict=True))
