"""Who may be one person is offered by likely names only: not everybody at one machine, not all who are called alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.likely_people import may_be_one

ANYWHERE = [
    ("Imani Castellan", "imani  castellan"),
    ("Imani Castellan", "Castellan, Imani"),
    ("José Núñez", "Jose Nunez"),
    ("Jürgen Groß", "JÜRGEN GROSS"),
    ("Imani Castellan", "Imani Castelan"),
    ("Imani Castellan", "Imnai Castellan"),
    ("Imani Castellan", "imanicastellan"),
    ("Imani B. Castellan", "Imani Castellan"),
    ("Ada", " ada"),
    ("annotator 1", "Annotator 1"),
    ("李明", "李明"),
    ("42", "42"),
]

ON_ONE_MACHINE = [
    ("Imani Castellan", "imani"),
    ("Imani Castellan", "I. Castellan"),
    ("Imani Castellan", "icastellan"),
    ("Imani Castellan", "castellani"),
    ("Imani Castellan", "ic"),
    ("Imani Beatrice Castellan", "Imani Castellan"),
]

NEVER = [
    ("Imani Castellan", "Bo Larsen"),
    ("Anna Schmidt", "Bernd Schmidt"),
    ("Anna Schmidt", "Anna Weber"),
    ("annotator 1", "annotator 2"),
    ("annotator", "annotator 2"),
    ("Bo", "Bob"),
    ("Ada", "Ida"),
    ("Imani Castellan", "Bo"),
    ("I C", "Imani Castellan"),
    ("", "Imani Castellan"),
    ("李明", "李红"),
]


@pytest.mark.parametrize(("a", "b"), ANYWHERE)
def test_names_that_are_the_same_or_nearly_are_offered_wherever(a: str, b: str) -> None:
    assert may_be_one(a, b, one_machine=False)


@pytest.mark.parametrize(("a", "b"), ON_ONE_MACHINE)
def test_short_forms_of_a_name_are_offered_on_one_machine_only(a: str, b: str) -> None:
    assert may_be_one(a, b, one_machine=True)
    assert not may_be_one(a, b, one_machine=False)


@pytest.mark.parametrize(("a", "b"), NEVER)
def test_other_names_are_not_offered_even_on_one_machine(a: str, b: str) -> None:
    assert not may_be_one(a, b, one_machine=True)


@given(st.text(), st.text(), st.booleans())
def test_it_does_not_matter_who_is_named_first(a: str, b: str, one_machine: bool) -> None:  # noqa: FBT001 - an example
    assert may_be_one(a, b, one_machine=one_machine) == may_be_one(b, a, one_machine=one_machine)
    assert may_be_one(a, a, one_machine=False)
