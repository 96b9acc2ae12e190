"""How a mark names the version of the guidelines it was made under."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.guideline_names import ending, read, spelled
from annotator.model.ids import GuidelineId, new_id


@given(st.integers(1, 10**9 - 1), st.uuids().map(lambda one: GuidelineId(str(one))))
def test_what_a_mark_says_leads_back_to_number_and_version(number: int, guideline_id: GuidelineId) -> None:
    said = spelled(number, guideline_id)
    assert read(said) == (number, ending(guideline_id))
    assert read(str(number)) == (number, "")
    assert guideline_id.endswith(ending(guideline_id))


def test_versions_of_one_number_have_names_of_their_own() -> None:
    assert len({spelled(7, GuidelineId(new_id())) for _number in range(1000)}) == 1000


@given(st.text())
def test_what_other_programs_say_is_no_version_of_ours(said: str) -> None:
    number, end = read(said)
    assert (number, end) == (0, "") or said in {str(number), f"{number}-{end}"}


def test_some_that_are_not_ours() -> None:
    for said in ("", "0", "v2", "2.1", "2-", "2-xyz", "02", " 2", "2\n", "2-0123456789AB", "٢"):
        assert read(said) == (0, ""), said
