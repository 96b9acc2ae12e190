"""The report: everything in it once, every character of the articles, and a jump for all that belongs together."""

import gc
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from justhtml import Node

from annotator import assets
from annotator.formats.bundle import Bundle
from annotator.formats.frame import Frame
from annotator.formats.report import WRITER
from annotator.formats.report.entries import entries_of
from annotator.formats.report.writing import encode_framed
from annotator.model.ids import EvidenceId, LinkId, ReviewId, SourceId
from annotator.model.records import Annotator, Evidence, Link, Review, Source
from annotator.model.review.passes import FINISHED
from annotator.model.status import DISAGREE
from tests.formats.making_bundles import MADE, Desk, an_id, frame, full
from tests.formats.reading_reports import Report, attribute

TEXT = "The mayor of Ødeby 👩‍🚀 said that the bridge was safe.\n\nEngineers disagree: “It is not.”\nMost read\n"


def written(*bundles: Bundle, around: Frame | None = None) -> bytes:
    return b"".join(encode_framed(bundles, around or frame()))


def read(*bundles: Bundle, around: Frame | None = None) -> Report:
    return Report(written(*bundles, around=around))


def articles(report: Report) -> list[Node]:
    return report.elements(lambda node: node.name == "article")


def words(report: Report, node: Node) -> str:
    return " ".join(report.text(node).split())


def claims(report: Report) -> list[Node]:
    return report.of_class("claim")


def claim_words(report: Report) -> list[str]:
    return [words(report, node) for node in claims(report)]


def numbers(desk: Desk) -> list[tuple[int, int, str]]:
    """Number, marks and status of each entry."""
    return [(one.number, len(one.marks), one.status) for one in entries_of(desk.bundle, MADE)]


# The text


HIDDEN = "\u202e\u2066\u2069\u200b\u200d\u200f\u00ad\ufeff\x01\x0c\x7f\x85\ufffe\U0001ffff\u2028"
TEXTS = st.text(st.sampled_from(f"ab é🚀👩אب中\n\n\t<&>\"'{HIDDEN}"), min_size=1, max_size=50)


@st.composite
def marked_texts(draw: st.DrawFn) -> Desk:
    text = draw(TEXTS)
    desk = Desk(text)
    places = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda one: one[0] < one[1])
    for _ in range(draw(st.integers(0, 6))):
        spans = draw(st.lists(places, min_size=1, max_size=3, unique=True))
        desk.mark("Ada", *spans, status=draw(st.sampled_from(["", "alleged", "mixed", "a word of its own"])))
    for start, end in draw(st.lists(places, max_size=3)):
        desk.zone(start, end, draw(st.sampled_from(["boilerplate", "headline"])))
    return desk


@given(marked_texts())
def test_the_segments_are_the_text_and_the_marks_lie_over_their_words(desk: Desk) -> None:
    report = read(desk.bundle)
    (article,) = articles(report)
    text = desk.bundle.text
    assert report.article_text(article) == text
    expected = {
        one.number: "".join(
            text[at]
            for at in sorted({at for mark in one.shown for span in mark.spans for at in range(span.start, span.end)})
        )
        for one in entries_of(desk.bundle, MADE)
    }
    assert report.marked(article) == expected


def test_what_overlaps_is_drawn_in_lanes_and_what_is_parted_has_one_number() -> None:
    desk = Desk(TEXT)
    desk.mark("Ada", (4, 40), status="alleged")
    desk.mark("Ada", (10, 30), status="disputed")
    desk.mark("Ada", (45, 52), (76, 80), status="confirmed")
    report = read(desk.bundle)
    marks = report.of_class("m")
    assert {attribute(one, "title") for one in marks if "l1" in attribute(one, "class").split()} == {"2 · Disputed"}
    assert {"L-dashed", "s-alleged", "l0"} <= set(attribute(marks[0], "class").split())
    ends = [(report.text(one), attribute(one, "href")) for one in report.of_class("n")]
    assert [number for number, _ in ends] == ["2", "1", "3", "3"]
    assert all(report.by_id(where[1:]) for _number, where in ends)


def test_a_number_within_a_longer_mark_does_not_break_its_line() -> None:
    desk = Desk(TEXT)
    desk.mark("Ada", (0, 40))
    desk.mark("Ada", (4, 9))
    report = read(desk.bundle)
    (number,) = [one for one in report.of_class("n") if report.text(one) == "2"]
    assert number.parent is not None
    assert attribute(number.parent, "title") == "1 · No status"


def test_a_character_that_nobody_sees_is_shown_and_turns_nothing_around_it() -> None:
    report = read(Desk("a\u202eb\x01c\u200fd").bundle)
    override, control, mark = report.of_class("sign")
    assert (override.name, attribute(override, "title")) == ("bdi", "U+202E RIGHT-TO-LEFT OVERRIDE")
    assert (attribute(control, "data-code"), report.text(control)) == ("1", "\x01")
    assert mark.name == "span"  # it has its effect where it stands, as in the window


def test_long_boilerplate_is_folded_unless_something_is_marked_in_it() -> None:
    text = "It is so.\n\nMost read\nBridges\nLetters\nAdvertisement\n"
    desk = Desk(text)
    desk.zone(11, len(text))
    report = read(desk.bundle)
    (folded,) = report.elements(lambda node: node.name == "details")
    assert words(report, folded).startswith("4 lines of boilerplate")
    desk.mark("Ada", (11, 15))
    report = read(desk.bundle)
    assert not report.elements(lambda node: node.name == "details")
    assert len(report.of_class("z-boilerplate")) == 4


def test_every_line_finds_its_own_direction_and_the_article_says_its_language() -> None:
    report = read(Desk("הגשר בטוח\nThe bridge\n", language="he").bundle)
    (text,) = report.of_class("text")
    assert attribute(text, "lang") == "he"
    lines = report.elements(lambda node: node.name == "p", below=text)
    assert [attribute(one, "dir") for one in lines] == ["auto", "auto"]
    assert not attribute(read(Desk("x", language='"><b>').bundle).of_class("text")[0], "lang")


# The claims


def test_what_several_people_mark_as_one_thing_is_one_claim() -> None:
    desk = Desk(TEXT)
    desk.mark("Ada", (4, 40), status="alleged")
    desk.mark("Bo", (6, 40), status="alleged")
    desk.mark("Cy", (30, 36))  # less than half of what they cover together
    desk.mark("Ada", (4, 39))  # of the same person: another thing
    assert numbers(desk) == [(1, 1, ""), (2, 2, "alleged"), (3, 1, "")]


def test_people_who_differ_are_said_to_disagree_until_it_is_decided() -> None:
    desk = Desk(TEXT)
    first = desk.mark("Ada", (4, 40), status="alleged")
    second = desk.mark("Bo", (4, 40), status="refuted")
    assert numbers(desk) == [(1, 2, DISAGREE)]
    (told,) = claim_words(read(desk.bundle))
    assert "Annotators disagree" in told
    desk.mark(
        "Cy", (4, 30), status="disputed", claim=desk.claim_of(first), layer="adjudicated", based_on=(first, second)
    )
    assert numbers(desk) == [(1, 2, "disputed")]
    report = read(desk.bundle)
    assert report.marked(articles(report)[0]) == {1: TEXT[4:30]}  # what was decided is drawn
    (told,) = claim_words(report)
    assert all(one in told for one in ("Ada", "Alleged", "Bo", "Refuted", "Cy", "adjudicated"))


def test_a_decision_is_told_with_its_reason_once_and_with_its_verdict_at_each_mark() -> None:
    desk = Desk(TEXT)
    marks = [desk.mark(who, (4, 40)) for who in ("Ada", "Bo")]
    made = desk.mark("Cy", (4, 40), claim=desk.claim_of(marks[0]), layer="adjudicated", based_on=marks)
    desk.bundle.reviews = tuple(
        Review(
            ReviewId(an_id()),
            one.id,
            desk.person("Cy"),
            "change",
            proposal=made.id,
            reason="The longer span.",
            cause="slip",
            confidence="fairly",
            at=MADE,
        )
        for one in marks
    )
    (told,) = claim_words(read(desk.bundle))
    assert told.count("The longer span.") == 1
    assert "Decided by Cy 2 May 2024, 09:30 UTC" in told
    assert "Cause: A slip · Confidence: Fairly sure" in told
    assert told.count("changed by Cy") == 2


def test_what_a_review_rejected_is_no_claim_of_any_status() -> None:
    desk = Desk(TEXT)
    one = desk.mark("Ada", (4, 40), status="alleged")
    desk.bundle.reviews = (
        Review(ReviewId(an_id()), one.id, desk.person("Cy"), "reject", reason="An opinion.", at=MADE),
    )
    report = read(desk.bundle)
    (told,) = claim_words(report)
    assert "Rejected in the review" in told
    assert "Rejected by Cy: no claim" in told
    (legend,) = report.of_class("legend")
    rows = [words(report, row) for row in report.elements(lambda node: node.name == "tr", below=legend)]
    assert {row[-1] for row in rows if row.startswith("Rejected")} == {"1"}
    assert {row[-1] for row in rows if row.startswith("Alleged")} == {"0"}


def test_the_history_says_since_when_by_whom_and_why() -> None:
    desk = Desk(TEXT)
    one = desk.mark("Ada", (4, 40))
    claim = desk.claim_of(one)
    desk.hold(claim, "Ada", "refuted", since="2024-05-01T00:00:00.000000Z", reason="He took it back.")
    desk.hold(claim, "Ada", "alleged", since="2024-04-02T00:00:00.000000Z", reason="He says so.")
    report = read(desk.bundle)
    past, now = [words(report, node) for node in report.of_class("held")]
    assert past.startswith("Alleged since 2 April 2024 · Ada earlier recorded 2 May 2024, 09:30 UTC He says so.")
    assert now.startswith("Refuted since 1 May 2024 · Ada recorded")
    assert now.endswith("He took it back.")
    (head,) = report.of_class("head")
    assert words(report, head).endswith("Refuted")


def test_links_lead_to_the_other_claim_in_both_articles() -> None:
    first, second = Desk(TEXT, title="One"), Desk(TEXT, title="Two")
    ours, theirs = first.mark("Ada", (4, 40)), second.mark("Ada", (4, 39))
    link = Link(LinkId(an_id()), "contradicts", ours.claim_id, theirs.claim_id, first.person("Ada"), "Both cannot be.")
    for desk in (first, second):
        desk.bundle.links = (link,)
    report = read(first.bundle, second.bundle, around=frame(linked=frozenset({link.a, link.b})))
    one, other = report.of_class("tie")
    assert words(report, one).startswith("Contradicts article 2, claim 1: ")
    assert words(report, other).startswith("Contradicts article 1, claim 1: ")
    assert "Both cannot be." in words(report, one)
    assert set(report.jumps) <= set(report.ids)


def test_an_open_comment_stands_at_the_front_too_and_leads_to_its_thread() -> None:
    desk = Desk(TEXT)
    one = desk.mark("Ada", (4, 40))
    asked = desk.comment(one.id, "Bo", "Who says\nso?")
    desk.comment(asked.id, "Ada", "The mayor.", to=asked)
    settled = desk.comment(one.claim_id, "Bo", "Fine?")
    desk.comment(settled.id, "Ada", "", to=settled, resolved=True)
    report = read(desk.bundle)
    (front,) = report.of_class("asked")
    assert (
        words(report, front) == "Open comments 1 Bo 2 May 2024, 09:30 UTC · article 1, claim 1 · 1 answer Who says so?"
    )
    (jump,) = report.elements(lambda node: node.name == "a", below=front)
    assert words(report, report.by_id(attribute(jump, "href")[1:])).startswith("Open Bo")
    assert "1 open comment" in words(report, report.of_class("contents")[0])
    assert "Resolved Bo" in claim_words(report)[0]


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b=c#d", True),
        ("HTTP://example.org", True),
        ("https://пример.рф/мост", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,<script>", False),
        ("file:///etc/passwd", False),
        (" https://example.org", False),
        ("https://example.org/\u202egpj", False),
        ("https://example.org/a b", False),
        ('https://example.org/"onclick="x', False),
        ("https://user@example.org", False),
        ("https://example.org:port/", False),
        ("https://[::1", False),
        ("https://", False),
        ("//example.org", False),
        ("https:\\\\example.org", False),
    ],
)
def test_only_a_plain_web_address_can_be_followed(url: str, *, linked: bool) -> None:
    desk = Desk(TEXT)
    one = desk.mark("Ada", (4, 40))
    source = Source(SourceId(an_id()), url, "A source")
    desk.bundle.sources = (source,)
    desk.bundle.evidence = (
        Evidence(EvidenceId(an_id()), one.claim_id, source.id, desk.person("Ada"), "supports", "“So.”", "p. 3"),
    )
    report = read(desk.bundle)
    (proof,) = report.of_class("proof")
    links = [attribute(node, "href") for node in report.elements(lambda node: node.name == "a", below=proof)]
    assert links == ([url] if linked else [])
    assert "p. 3" in words(report, proof)


# All together


def benign() -> Iterable[str]:
    number = 0
    while True:
        number += 1
        yield f"(word {number})"


def test_everything_stands_there_once() -> None:
    bundle = full(iter(benign()))
    report = read(bundle, around=frame(linked=frozenset(end for one in bundle.links for end in (one.a, one.b))))
    ids = Counter(report.ids)
    assert set(ids.values()) == {1}
    within = bundle.version.id.replace("-", "")[:16]
    kinds: Sequence[tuple[str, Iterable[str]]] = (
        ("m", (one.id for one in bundle.mentions)),
        ("s", (one.id for one in bundle.assessments)),
        ("e", (one.id for one in bundle.evidence)),
        ("r", (one.id for one in bundle.reviews)),
        ("q", (one.id for one in bundle.comments)),
    )
    for letter, names in kinds:
        assert {f"{letter}-{name}-{within}" for name in names} == {one for one in ids if one.startswith(f"{letter}-")}
    assert set(report.jumps) <= set(ids)
    article = words(report, articles(report)[0])
    # A link between two claims stands at both of them.
    assert [article.count(one.note) for one in bundle.links] == [2, 1]
    for record in (*bundle.evidence, *bundle.comments, *bundle.reviews, *bundle.mentions):
        said = [getattr(record, name, "") for name in ("quote", "locator", "text", "reason", "note")]
        assert [one for one in said if one and article.count(one) != 1] == []


def test_the_same_project_at_the_same_moment_gives_the_same_bytes() -> None:
    bundle = full(iter(benign()))
    first = written(bundle)
    for part in (
        "mentions",
        "claims",
        "assessments",
        "evidence",
        "sources",
        "reviews",
        "comments",
        "links",
        "annotators",
    ):
        setattr(bundle, part, tuple(reversed(getattr(bundle, part))))
    assert written(bundle) == first
    later = Frame("The desk", frame().scheme, "2024-05-03T00:00:00.000000Z")
    assert written(bundle, around=later).replace(b"3 May 2024, 00:00 UTC", b"2 May 2024, 09:30 UTC", 1) == first


def test_nothing_is_loaded_and_nothing_runs() -> None:
    content = written(full(iter(benign()))).decode()
    report = Report(content.encode())
    assert not report.elements(lambda node: node.name in {"script", "link", "img", "iframe", "object", "form", "base"})
    assert not re.search(r"url\(|@import|expression\(", assets.text("report", "report.css"))
    (policy,) = report.elements(lambda node: attribute(node, "http-equiv") == "Content-Security-Policy")
    assert attribute(policy, "content") == "default-src 'none'; style-src 'unsafe-inline'"


def test_an_empty_project_is_a_report_too() -> None:
    report = read()
    assert "The project has no articles." in report.text()


def test_articles_are_held_one_at_a_time() -> None:
    class Many:
        """Twenty articles, made as they are asked for, the same each time."""

        def __iter__(self):
            for number in range(20):
                yield Desk(f"{number} is a number.\n").bundle

    most = 0
    for _piece in encode_framed(Many(), frame()):
        most = max(most, sum(isinstance(one, Bundle) for one in gc.get_objects()))
    assert 0 < most <= 3


def test_every_word_of_the_templates_can_be_translated() -> None:
    for name in ("front.html", "article.html", "end.html", "macros.html"):
        source = assets.text("report", name)
        source = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.DOTALL)
        rest = re.sub(r"<[^>]*>", "", source)
        assert re.findall(r"[A-Za-z]{2,}", rest) == [], name


def test_the_writer_says_what_a_report_does_not_hold() -> None:
    assert len(WRITER.losses) == 1
    desk = Desk(TEXT)
    assert b"".join(WRITER.encode([desk.bundle])).startswith(b"<!DOCTYPE html>")


def test_annotators_are_named_with_how_much_they_marked() -> None:
    desk = Desk(TEXT)
    desk.bundle.annotators = (Annotator(desk.person("Ada"), "Ada"),)
    desk.mark("Ada", (4, 9))
    desk.mark("Ada", (13, 18))
    report = read(desk.bundle)
    assert "Annotated by Ada (2)" in words(report, articles(report)[0])


def test_what_each_of_several_people_linked_and_said_stands_under_the_one_claim() -> None:
    desk = Desk(TEXT)
    source = Source(SourceId(an_id()), "https://example.org/log", "The log")
    desk.bundle.sources = (source,)
    for who, quote, status in (("Ada", "Two up.", "alleged"), ("Bo", "Three down.", "refuted")):
        claim = desk.claim_of(desk.mark(who, (4, 40), status=status))
        desk.comment(claim.id, who, f"{who} asks.")
        desk.bundle.evidence += (
            Evidence(EvidenceId(an_id()), claim.id, source.id, desk.person(who), "supports", quote),
        )
    (told,) = claim_words(read(desk.bundle))
    assert [one for one in ("Two up.", "Three down.", "Ada asks.", "Bo asks.") if told.count(one) != 1] == []
    assert told.count("since 1 May 2024") == 2


def test_of_whom_a_mark_is_missing_is_told_under_the_claim() -> None:
    desk = Desk(TEXT)
    mark = desk.mark("Ada", (4, 40))
    made = desk.mark("Cy", (4, 40), claim=desk.claim_of(mark), layer="adjudicated", based_on=(mark,))
    cy, version = desk.person("Cy"), desk.bundle.version.id
    desk.bundle.reviews = (
        Review(ReviewId(an_id()), mark.id, cy, "accept", proposal=made.id, reason="It is one.", at=MADE),
        Review(ReviewId(an_id()), desk.person("Bo"), cy, "missing", proposal=made.id, reason="It is one.", at=MADE),
        Review(ReviewId(an_id()), version, desk.person("Bo"), "accept", reason=FINISHED, at=MADE),
    )
    report = read(desk.bundle)
    (told,) = claim_words(report)
    assert "missed by Bo, says Cy" in told
    assert told.count("It is one.") == 1
    (around,) = report.of_class("around")
    assert "own pass finished by Bo" in words(report, around)
