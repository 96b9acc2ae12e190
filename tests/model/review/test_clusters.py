"""Clusters and differences: laws over whatever marks there are, then what the queue promises."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.ids import AnnotatorId, ClaimId, MentionId
from annotator.model.review.clusters import Cluster, Spans, Vote, clusters, covered, intersection, ranges_of, union
from annotator.model.review.outcomes import adopted, answered, becoming, plurality, verdict
from annotator.model.review.questions import QUESTIONS, Difference, by_annotator, difference

PEOPLE = [AnnotatorId(name) for name in ("ana", "bo", "cy", "dee")]
STATUSES = ["", "alleged", "disputed", "confirmed"]


@st.composite
def spans(draw: st.DrawFn) -> Spans:
    edges = sorted(draw(st.lists(st.integers(0, 30), min_size=2, max_size=6, unique=True)))
    return tuple(zip(edges[::2], edges[1::2], strict=False))


@st.composite
def vote_lists(draw: st.DrawFn) -> list[Vote]:
    places = draw(st.lists(spans(), max_size=9))
    return [
        Vote(
            MentionId(f"m{number}"),
            ClaimId(f"c{number}"),
            draw(st.sampled_from(PEOPLE)),
            place,
            draw(st.sampled_from(STATUSES)),
            draw(st.sampled_from(["", "mayor"])),
            frozenset(draw(st.lists(st.tuples(st.sampled_from("xy"), st.sampled_from(["supports", "refutes"]))))),
        )
        for number, place in enumerate(places)
    ]


def points(place: Spans) -> set[int]:
    return {at for start, end in place for at in range(start, end)}


def vote(who: int, place: Spans, status: str = "alleged", **more: object) -> Vote:
    made = Vote(MentionId(f"{PEOPLE[who]}{place}"), ClaimId("c"), PEOPLE[who], place, status)
    return Vote(
        made.mention_id,
        made.claim_id,
        made.who,
        place,
        status,
        str(more.get("speaker", "")),
        label=str(more.get("label", "")),
    )


def of(*votes: Vote, readers: int = 2) -> Difference:
    (found,) = clusters(votes)
    return difference(found, frozenset(PEOPLE[:readers]))


@given(vote_lists())
def test_every_mark_is_in_one_cluster_and_none_overlaps_one_of_another(votes: list[Vote]) -> None:
    found = clusters(votes)
    assert sorted(one.mention_id for each in found for one in each.votes) == sorted(one.mention_id for one in votes)
    for one, other in combinations(found, 2):
        assert not any(points(a.spans) & points(b.spans) for a in one.votes for b in other.votes)


@given(vote_lists())
def test_within_a_cluster_a_chain_of_overlaps_leads_from_each_mark_to_each(votes: list[Vote]) -> None:
    for one in clusters(votes):
        reached, waiting = {one.votes[0].mention_id}, [one.votes[0]]
        while waiting:
            here = points(waiting.pop().spans)
            near = [each for each in one.votes if each.mention_id not in reached and points(each.spans) & here]
            reached |= {each.mention_id for each in near}
            waiting += near
        assert reached == {each.mention_id for each in one.votes}
        assert (one.start, one.end) == (
            min(min(points(v.spans)) for v in one.votes),
            max(max(points(v.spans)) for v in one.votes) + 1,
        )


@given(vote_lists(), st.randoms(use_true_random=False))
def test_the_order_of_marks_changes_nothing(votes: list[Vote], random: object) -> None:
    shuffled = list(votes)
    random.shuffle(shuffled)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - a Random
    assert clusters(shuffled) == clusters(votes)


@given(vote_lists())
def test_clusters_come_by_place(votes: list[Vote]) -> None:
    assert all(one.start <= other.start for one, other in pairwise(clusters(votes)))


@given(st.lists(spans(), min_size=1, max_size=5))
def test_union_and_intersection_are_those_of_the_code_points(places: list[Spans]) -> None:
    each = [points(one) for one in places]
    assert points(union(places)) == set[int]().union(*each)
    assert points(intersection(places)) == each[0].intersection(*each[1:])
    assert covered(union(places)) == len(set[int]().union(*each))
    assert ranges_of(union(places)) == union(places)


@given(vote_lists())
def test_differences_lie_between_none_and_all_and_none_is_none(votes: list[Vote]) -> None:
    for one in clusters(votes):
        found = difference(one, frozenset(PEOPLE))
        assert set(found.of) <= set(QUESTIONS)
        assert all(0 < amount <= 1 for amount in found.of.values())
        assert found.unanimous == (found.severity == 0) == (found.kind == "")


@given(vote_lists())
def test_boundaries_differ_by_the_share_that_not_all_marked(votes: list[Vote]) -> None:
    for one in clusters(votes):
        own = by_annotator(one.votes).values()
        marked = [set[int]().union(*(points(vote.spans) for vote in some)) for some in own]
        shared, whole = marked[0].intersection(*marked[1:]), set[int]().union(*marked)
        apart = difference(one, frozenset(PEOPLE)).of.get("boundaries", 0.0)
        same = {tuple(vote.spans for vote in some) for some in own}
        assert apart == (pytest.approx(max(1 - len(shared) / len(whole), 0.01)) if len(same) > 1 else 0.0)


@given(vote_lists())
def test_who_says_the_same_about_everything_is_unanimous(votes: list[Vote]) -> None:
    for one in clusters(votes):
        first = one.votes[0]
        same = [Vote(MentionId(str(who)), first.claim_id, who, first.spans, first.status) for who in PEOPLE]
        assert difference(Cluster(tuple(same), one.start, one.end), frozenset(PEOPLE)).unanimous
        assert difference(Cluster(tuple(same[:3]), one.start, one.end), frozenset(PEOPLE)).kind == "claim"


@given(vote_lists(), st.permutations(PEOPLE))
def test_names_do_not_count(votes: list[Vote], others: list[AnnotatorId]) -> None:
    renamed = dict(zip(PEOPLE, others, strict=True))
    again = [Vote(v.mention_id, v.claim_id, renamed[v.who], v.spans, v.status, v.speaker, v.said) for v in votes]
    for one, other in zip(clusters(votes), clusters(again), strict=True):
        before, after = difference(one, frozenset(PEOPLE)), difference(other, frozenset(PEOPLE))
        assert before.severity == after.severity


def test_marks_that_only_touch_are_apart_and_a_mark_in_two_parts_ties_what_it_touches() -> None:
    assert len(clusters([vote(0, ((0, 5),)), vote(1, ((5, 9),))])) == 2
    assert len(clusters([vote(0, ((0, 5),)), vote(1, ((8, 9),)), vote(2, ((4, 6), (8, 12)))])) == 1


def test_confirmed_against_disputed_comes_before_everything_else() -> None:
    opposed = of(vote(0, ((0, 9),), "confirmed"), vote(1, ((0, 9),), "disputed"))
    worst = of(
        vote(0, ((0, 9),), "alleged", speaker="a"),
        vote(1, ((8, 30),), "confirmed", speaker="b"),
        vote(2, ((29, 40),), "", speaker="c"),
        readers=4,
    )
    assert opposed.opposed
    assert not worst.opposed
    assert opposed.severity > worst.severity > 0


def test_a_quibble_about_boundaries_comes_last() -> None:
    quibble = of(vote(0, ((0, 9),)), vote(1, ((0, 8),)))
    apart = of(vote(0, ((0, 20),)), vote(1, ((19, 40),)))
    alone = of(vote(0, ((0, 9),)))
    status = of(vote(0, ((0, 9),), "alleged"), vote(1, ((0, 9),), "confirmed"))
    assert status.severity > alone.severity > apart.severity > quibble.severity > 0
    assert [one.kind for one in (status, alone, apart, quibble)] == ["status", "claim", "boundaries", "boundaries"]


def test_one_who_cuts_a_statement_in_two_differs_in_boundaries_alone() -> None:
    whole, first, second = vote(0, ((0, 9),)), vote(1, ((0, 5),)), vote(1, ((4, 9),))
    assert set(of(whole, first, second).of) == {"boundaries"}
    assert set(of(whole, first, vote(1, ((4, 9),), "disputed")).of) == {"boundaries", "status"}


def test_who_marked_nothing_in_the_text_is_not_missing() -> None:
    assert of(vote(0, ((0, 9),)), readers=1).unanimous
    assert of(vote(0, ((0, 9),)), readers=2).missing == {PEOPLE[1]}


def test_one_place_labelled_otherwise_is_not_unanimous_and_each_label_can_be_taken_alone() -> None:
    votes = [vote(0, ((0, 9),), label="NN"), vote(1, ((0, 9),), label="NE"), vote(2, ((0, 9),), label="NE")]
    found = of(*votes, readers=3)
    assert (set(found.of), found.kind, found.unanimous) == ({"label"}, "label", False)
    assert [one.like for one in plurality(votes)] == [votes[1].mention_id]
    outcome = adopted(votes, PEOPLE[0])
    became = [outcome[place] for place in becoming(votes, outcome)]
    assert [verdict(one, draft) for one, draft in zip(votes, became, strict=True)] == ["accept", "change", "change"]
    (draft,) = answered(adopted(votes, PEOPLE[1]), votes, PEOPLE[0], "label")
    assert (draft.label, draft.like) == ("NN", votes[0].mention_id)


def test_two_labels_of_one_place_stand_in_no_order() -> None:
    first = [vote(0, ((0, 9),), label="NN"), vote(0, ((0, 9),), label="NE")]
    second = [vote(1, ((0, 9),), label="NE"), vote(1, ((0, 9),), label="NN")]
    assert of(*first, *second).unanimous
    assert [one.label for one in plurality([*first, *second])] == ["NN", "NE"]
