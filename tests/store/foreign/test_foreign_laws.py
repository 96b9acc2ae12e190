"""Laws of reading a colleague's file: what is checked by the thousand is what is checked one by one."""

from datetime import datetime
from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import Refused
from annotator.model import moments
from annotator.model.records import KINDS
from annotator.store import foreign, foreign_bodies, log
from annotator.store.foreign_answers import FaultError, Reason
from tests.store.foreign.forging import Desk

ID = st.binary(min_size=16, max_size=16)
HASH = st.binary(min_size=32, max_size=32)
EVENT = st.tuples(
    st.integers(1, 1 << 62),
    st.integers(1, 1 << 40),
    st.binary(max_size=90),
    ID,
    ID,
    st.sampled_from(sorted(KINDS)),
    st.sampled_from(["put", "delete"]),
    st.lists(ID, max_size=3).map(b"".join),
    HASH,
)


@given(st.lists(EVENT, max_size=5), HASH)
def test_digests_of_many_events_are_those_of_each(events: list[tuple[Any, ...]], before: bytes) -> None:
    columns = log.Columns([before] * len(events), *(zip(*events, strict=True) if events else [[]] * 9))
    assert log.digests_of(columns) == [
        log.digest_of(before, header, clock, seq, one, log.Draft(0, of, kind, op, previous, None), hashed)
        for clock, seq, header, one, of, kind, op, previous, hashed in events
    ]


FIGURES = st.text("0123456789-:.TZ", max_size=30)
WRITTEN = st.datetimes().map(lambda moment: moment.isoformat(timespec="microseconds") + "Z")
NEARLY = st.tuples(
    st.integers(0, 9999), st.integers(0, 13), st.integers(0, 32), st.integers(0, 25), st.integers(0, 61)
).map(lambda parts: "{:04}-{:02}-{:02}T{:02}:{:02}:00.000000Z".format(*parts))


@given(st.one_of(FIGURES, WRITTEN, NEARLY, st.just("")))
def test_a_point_in_time_is_one_here_as_everywhere(text: str) -> None:
    assert foreign_bodies.are_moments({text}) == (not text or moments.is_moment(text))


def test_every_day_of_eight_hundred_years_is_told_from_those_that_do_not_exist() -> None:
    for year in (*range(1, 10), *range(1500, 2300), 9999):
        for month, day in ((2, 28), (2, 29), (2, 30), (4, 30), (4, 31), (12, 31), (12, 32)):
            text = f"{year:04}-{month:02}-{day:02}T00:00:00.000000Z"
            assert foreign_bodies.are_moments({text}) == moments.is_moment(text), text
    assert datetime.fromisoformat("2000-02-29T00:00:00")


def test_every_reason_has_its_sentence(desk: Desk) -> None:
    told: list[str] = []
    for reason in get_args(Reason):
        refusal = foreign.refusal(reason, "something", desk.theirs)
        assert isinstance(refusal, Refused)
        assert refusal.what
        assert refusal.do
        told.append(refusal.what)
    assert all(one != other for one, other in pairwise(sorted(told)))


def test_every_string_of_a_record_that_is_an_id_or_a_hash_is_checked_as_one() -> None:
    free = {"name", "pseudonym", "role", "url", "publisher", "language", "published_precision", "came_from", "title"}
    free |= {"captured_by", "zone", "set_by", "media_type", "original_url", "speaker_kind", "text", "type", "medium"}
    free |= {"claim_date_precision", "layer", "presented_as", "origin", "note", "status", "valid_from_precision"}
    free |= {"reason", "stance", "quote", "locator", "decision", "proposal", "cause", "confidence", "link", "scheme"}
    free |= {"archived_url", "guideline_version", "version_id", "authors", "aliases", "spans", "cue", "speaker_spans"}
    free |= {"number", "start", "end", "speaker_accepted", "needs_second_check", "primary", "confidential", "resolved"}
    free |= {"second_check", "blind"}
    for kind, record in KINDS.items():
        for name in record.__struct_fields__:
            checked = name in foreign_bodies.CHECKED or name.endswith("sha256") or name == "based_on"
            assert checked != (name in free), f"{kind}.{name}"


def test_what_a_refusal_shows_is_short_and_plain() -> None:
    fault = FaultError("kind", "x\n\x1b[31m\u202e" * 1_000)
    assert len(fault.shown) < 1_000
    assert fault.shown.isascii()
    with pytest.raises(FaultError):
        raise fault
