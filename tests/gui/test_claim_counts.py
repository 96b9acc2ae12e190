"""What the claims list counts as it goes is what its rows say."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.claims.model import ClaimModel
from annotator.model.ids import AnnotatorId, ClaimId, MentionId
from annotator.services.viewing import ClaimRow

pytestmark = pytest.mark.usefixtures("qapp")


@st.composite
def a_row(draw: st.DrawFn) -> ClaimRow:
    number = draw(st.integers(0, 8))
    return ClaimRow(
        mention_id=MentionId(f"m{number}"),
        claim_id=ClaimId(f"c{number}"),
        annotator_id=AnnotatorId("a"),
        text="",
        status=draw(st.sampled_from(["alleged", "confirmed"])),
        speaker="",
        speaker_accepted=False,
        evidence=0,
        spans=((number, number + 1),),
        cue=(),
        speaker_spans=(),
        needs_second=draw(st.booleans()),
        adjudicated=draw(st.booleans()),
    )


rows = a_row()


@given(
    st.lists(rows, max_size=6), st.lists(st.tuples(st.lists(rows, max_size=3), st.lists(st.integers(0, 8))), max_size=6)
)
def test_counts_are_what_the_rows_say_after_any_changes(
    first: Sequence[ClaimRow], changes: Sequence[tuple[Sequence[ClaimRow], Sequence[int]]]
) -> None:
    model = ClaimModel(lambda: None)
    held = {row.mention_id: row for row in first}
    model.show_rows(held.values(), {}, lambda _start: 1)
    for changed, removed in changes:
        model.update_rows(changed, [f"m{number}" for number in removed])
        for number in removed:
            held.pop(MentionId(f"m{number}"), None)
        held |= {row.mention_id: row for row in changed}
    assert model.counts() == Counter(row.status for row in held.values())
    assert model.second_count() == sum(row.needs_second for row in held.values())
    assert model.decided_count() == sum(row.adjudicated for row in held.values())
