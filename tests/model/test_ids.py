"""Ids: ascending as they are made, one spelling, the same parts give the same id."""

import threading
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import ids

PARTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x1f"), max_size=8)


@given(st.integers(0, 300))
def test_new_ids_ascend_and_are_uuid_7(count: int) -> None:
    made = [*ids.new_raw_ids(count), *ids.new_raw_ids(2)]
    assert made == sorted(set(made))
    assert {(uuid.UUID(bytes=one).version, uuid.UUID(bytes=one).variant) for one in made} == {(7, uuid.RFC_4122)}
    assert [ids.spelled(one) for one in made] == sorted(ids.spelled(one) for one in made)


def test_they_ascend_when_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = ids.new_id()
    for moment in (0, -5 * 10**18):
        monkeypatch.setattr("time.time_ns", lambda moment=moment: moment)
        later = ids.new_id()
        assert before < later
        before = later


def test_threads_never_get_the_same_id() -> None:
    made: list[list[bytes]] = [[] for _ in range(8)]

    def make(own: list[bytes]) -> None:
        own.extend(ids.new_raw_ids(1)[0] for _ in range(500))

    threads = [threading.Thread(target=make, args=(own,)) for own in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one for own in made for one in own}) == 4000
    assert all(own == sorted(own) for own in made)


@given(st.binary(min_size=16, max_size=16))
def test_spelling_and_bytes_are_one_to_one(raw: bytes) -> None:
    assert ids.raw(ids.spelled(raw)) == raw
    assert ids.spelled(raw) == str(uuid.UUID(bytes=raw))
    assert ids.is_id(ids.spelled(raw))


@given(
    st.one_of(st.text(max_size=40), st.uuids().map(lambda one: str(one).upper()), st.uuids().map(lambda one: one.hex))
)
def test_there_is_one_spelling(text: str) -> None:
    if ids.is_id(text):
        assert ids.spelled(ids.raw(text)) == text
    else:
        with pytest.raises(ValueError, match="not an id"):
            ids.raw(text)


@pytest.mark.parametrize(
    "text", ["", "01890000-0000-7000-8000-0000000000ad\n", " " * 36, "0189000-00000-7000-8000-0000000000ad"]
)
def test_what_is_nearly_an_id_is_none(text: str) -> None:
    assert not ids.is_id(text)
    with pytest.raises(ValueError, match="not an id"):
        ids.raw(text)


def _bent(draw: tuple[uuid.UUID, int, str, int]) -> str:
    spelling, place, put, taken = str(draw[0]), *draw[1:]
    return spelling[:place] + put + spelling[place + taken :]


IDS = st.uuids().map(str)
BENT = st.tuples(st.uuids(), st.integers(0, 36), st.text("-\n 5aAg\u0665", max_size=2), st.integers(0, 2)).map(_bent)


@given(st.lists(IDS | BENT, max_size=4))
def test_many_ids_are_looked_at_as_each_is(texts: list[str]) -> None:
    sound = all(map(ids.is_id, texts))
    assert ids.are_ids(texts) == sound
    if sound:
        assert ids.raws(texts) == [ids.raw(text) for text in texts]
    else:
        with pytest.raises(ValueError, match="not an id"):
            ids.raws(texts)


@given(st.integers(0, 310))
def test_as_many_bytes_come_back_as_ids_were_given(count: int) -> None:
    made = ids.new_raw_ids(count)
    assert ids.raws([ids.spelled(one) for one in made]) == made


def test_a_character_that_wandered_to_the_next_id_is_told() -> None:
    one, two = ids.new_id(), ids.new_id()
    assert not ids.are_ids([one[:-1], one[-1] + two])
    assert not ids.are_ids([f"{one}\n{two}"])
    assert ids.are_ids([one, two])


@given(st.lists(PARTS, max_size=4), st.lists(PARTS, max_size=4))
def test_derived_ids_are_known_by_their_parts(one: list[str], two: list[str]) -> None:
    assert (ids.derived_id("kind", *one) == ids.derived_id("kind", *two)) == (one == two)
    assert uuid.UUID(ids.derived_id(*one)).version == 8


def test_derived_ids_stay_what_they_are() -> None:
    """Files made years ago hold them."""
    assert ids.derived_id("version", "a", "b") == "3c27dd64-0e6a-840f-bc17-1a6a3b12d76b"


@given(st.binary(max_size=3))
def test_a_sha256_has_one_spelling(content: bytes) -> None:
    import hashlib  # noqa: PLC0415 - beside its only use

    digits = hashlib.sha256(content).hexdigest()
    assert ids.is_sha256(digits)
    assert not any(ids.is_sha256(wrong) for wrong in (digits.upper(), digits[1:], digits + "0", f"{digits}\n"))
