"""Whatever words a project holds, a report has the elements of its templates and shows the words as they are (S6)."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from justhtml import Node

from annotator.formats.bundle import Bundle
from annotator.formats.frame import Frame
from annotator.formats.report.text import sayable
from annotator.formats.report.writing import encode_framed
from annotator.model.status import Status
from annotator.model.text import normalise
from tests.formats.making_bundles import full
from tests.formats.reading_reports import Report, attribute

WORDS = 140
"""Strings that one project of these tests holds."""

PROJECTS = 80
"""Made-up projects: more than 10,000 strings in all."""

PARTS = (
    "<script>alert(1)</script>",
    "</script>",
    "<img src=x onerror=alert(1)>",
    "</article></main>",
    "</style>",
    "<style>*{display:none}</style>",
    "-->",
    "<!--",
    "]]>",
    "<![CDATA[",
    "<svg onload=alert(1)>",
    "<plaintext>",
    "<base href=//evil.example>",
    '" onmouseover="alert(1)',
    "' onclick='alert(1)",
    "javascript:alert(1)",
    "data:text/html,x",
    "&lt;b&gt;",
    "&#0;",
    "&amp",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "{name}",
    "{0}",
    "%s",
    "\x00",
    "\x01",
    "\x0b",
    "\x0c",
    "\x1b[31m",
    "\x7f",
    "\x85",
    "\r",
    "\r\n",
    "\n",
    "\t",
    "\u2028",
    "\u202e",
    "\u2066",
    "\u2069",
    "\u200b",
    "\u200f",
    "\ufeff",
    "\ufdd0",
    "\ufffe",
    "\U0001f680",
    "\U0001ffff",
    "\U000e0041",
    "e\u0301",
    "שלום",
    "中文",
    "=cmd|' /C calc'!A0",
    "</bdi></p>",
    "</mark>",
    "</a>",
    "<a href=javascript:alert(1)>",
)
HOSTILE = st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=4)), min_size=1, max_size=4).map("".join)


def statuses(words: Iterator[str]) -> tuple[Status, ...]:
    """Return a scheme as a file that somebody made by hand could hold it."""
    return tuple(
        Status(key, next(words), next(words), next(words), next(words), next(words), next(words), next(words))
        for key in ("alleged", "disputed", "refuted")
    )


def report_of(words: list[str]) -> tuple[Report, Bundle]:
    them = iter(words)
    bundle = full(them)
    linked = frozenset(end for one in bundle.links for end in (one.a, one.b))
    around = Frame(next(them), statuses(them), "2024-05-02T09:30:00.000000Z", linked)
    return Report(b"".join(encode_framed([bundle], around))), bundle


def elements(report: Report) -> Counter[tuple[str, str]]:
    """Count what there is, but for the marks of characters that nobody sees and the lines of the text."""

    def kept(node: Node) -> bool:
        return "sign" not in attribute(node, "class").split() and not (
            node.parent is not None and "text" in attribute(node.parent, "class").split()
        )

    names = (
        (node.name, " ".join(one for one in attribute(node, "class").split() if one != "own"))
        for node in report.elements(kept)
        if node.name != "mark"
    )
    return Counter(names)


@cache
def plain_elements() -> Counter[tuple[str, str]]:
    """Count the elements of the same project with plain words in it."""
    report, _bundle = report_of([f"{number}x" for number in range(WORDS)])
    return elements(report)


ATTRIBUTES = {
    "id", "class", "href", "title", "dir", "lang", "rel", "scope", "aria-label", "aria-labelledby", "aria-hidden",
    "charset", "http-equiv", "content", "name", "viewbox", "width", "height", "data-shown", "data-code", "d", "cx",
    "cy", "r", "fill", "stroke-width", "stroke-dasharray", "stroke-linecap",
}  # fmt: skip
"""Every attribute that the templates and icons have: none of them runs anything."""


@settings(max_examples=PROJECTS)
@given(st.lists(HOSTILE, min_size=WORDS, max_size=WORDS))
def test_ten_thousand_hostile_strings_make_no_element_and_are_all_shown(hostile: list[str]) -> None:
    # Numbered, so that what differs in plain words differs here; as a project stores them, but for what is no text.
    words = [f"{number}x{normalise(one).text if number < 3 else one}" for number, one in enumerate(hostile)]
    words = [one.encode(errors="replace").decode() for one in words]
    report, bundle = report_of(words)
    assert elements(report) == plain_elements()
    assert {name.lower() for node in report.elements() for name in node.attrs or {}} <= ATTRIBUTES
    hrefs = [attribute(node, "href") for node in report.elements()]
    assert [one for one in hrefs if one and not one.startswith("#")] == []
    (article,) = report.elements(lambda node: node.name == "article")
    assert report.article_text(article) == bundle.text
    shown = report.text()
    said = [
        bundle.version.title,
        bundle.article.publisher,
        bundle.article.url,
        *bundle.article.authors,
        *(one.name for one in bundle.annotators),
        *(one.text for one in bundle.comments),
        *(words for one in bundle.sources for words in (one.title, one.url, one.publisher, one.archived_url)),
        *(words for one in bundle.evidence for words in (one.quote, one.locator, one.note)),
        *(one.reason for one in bundle.assessments),
        *(words for one in bundle.reviews for words in (one.reason, one.note)),
        *(one.note for one in (*bundle.mentions, *bundle.links)),
        *(one.type for one in bundle.claims[:1]),
    ]
    assert [one for one in said if sayable(one) not in shown] == []
