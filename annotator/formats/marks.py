"""Marks of one person in one text, as foreign tools keep them, to the records of an article."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from annotator.formats.bundle import Bundle
from annotator.formats.whose import Person
from annotator.i18n import _
from annotator.model.ids import AnnotatorId, ArticleId, ClaimId, MentionId, Sha256, SpeakerId, derived_id
from annotator.model.records import Annotator, Article, Claim, Mention, Speaker, TextVersion, version_id
from annotator.model.span import Span, in_order
from annotator.model.text import sha256_of

ORIGIN: Final = "import"
_BETWEEN_SPANS: Final = " … "
_LONGEST_TITLE: Final = 200
_LONGEST_NAME: Final = 80
_CAPITAL: Final = re.compile(r"\b[^\W\d_]\w*")
_NO_NAMES: Final = frozenset(
    {
        "i",
        "he",
        "she",
        "it",
        "we",
        "you",
        "they",
        "who",
        "him",
        "her",
        "them",
        "us",
        "his",
        "its",
        "their",
        "our",
        "my",
        "this",
        "that",
        "these",
        "those",
        "one",
        "some",
        "many",
        "most",
        "all",
        "others",
        "another",
        "both",
        "each",
        "several",
        "a",
        "an",
        "the",
    }
)
"""Words that a sentence may begin with and that name nobody."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: where it lies, what it is labelled, and who says it by which words; spans as the text has them."""

    spans: tuple[Span, ...]
    label: str = ""
    cue: tuple[Span, ...] = ()
    speaker_spans: tuple[Span, ...] = ()
    reported: bool = False
    note: str = ""


def bundle_of(text: str, marks: Sequence[Mark], whose: Person, tool: str, notes: tuple[str, ...]) -> Bundle:
    """Return the article of a text with one person's marks in it.

    Every id is derived from what it stands for: the article from its text and name, the person from the name, a mark
    from the person and the words marked. So a file that is read again brings nothing, and all who marked one text meet
    in one article; who marked the same words speaks of the same claim. Nobody gets a status.

    Args:
        text: in its final form (`model.text`).
        marks: in the order of the file.
        whose: whose marks they are, and what the text is called.
        tool: what the marks were made with: the person's name where nobody says it, and the article's origin.
        notes: what the file holds and the records cannot, as finished sentences.
    """
    sha256 = Sha256(sha256_of(text))
    article_id = ArticleId(derived_id("article of a text", sha256, whose.name))
    annotator = whose.annotator or tool
    person = Annotator(AnnotatorId(derived_id("annotator by name", annotator)), annotator)
    if not whose.annotator:
        told = _("Nobody says whose marks these are: they come in as “{name}” (the command line has --annotator-from).")
        notes = (*notes, told.format(name=tool))
    speakers: dict[str, Speaker] = {}
    claims: dict[str, Claim] = {}
    mentions: list[Mention] = []
    often: Counter[str] = Counter()
    for mark in marks:
        claim = _claim(mark, article_id)
        claims[claim.id] = claim
        speaker = _speaker(mark.speaker_spans)
        if speaker:
            speakers[speaker.id] = speaker
        often[claim.id] += 1
        mentions.append(
            Mention(
                MentionId(derived_id("mention by name", person.id, claim.id, str(often[claim.id]))),
                claim.id,
                article_id,
                sha256,
                person.id,
                in_order(mark.spans),
                cue=in_order(mark.cue),
                speaker_spans=in_order(mark.speaker_spans),
                speaker_id=speaker.id if speaker else "",
                presented_as="attributed" if mark.reported else "",
                origin=ORIGIN,
                note=mark.note,
            )
        )
    return Bundle(
        Article(article_id, came_from=whose.name or tool),
        TextVersion(version_id(article_id, sha256), article_id, sha256, title=_title(text)),
        text,
        mentions=tuple(mentions),
        claims=tuple(claims.values()),
        speakers=tuple(speakers.values()),
        annotators=(person,),
        notes=notes,
        by_text=True,
    )


def _claim(mark: Mark, article_id: ArticleId) -> Claim:
    spans = in_order(mark.spans)
    places = ",".join(f"{span.start}-{span.end}" for span in spans)
    claim_id = ClaimId(derived_id("claim of words", article_id, places, mark.label))
    return Claim(claim_id, _BETWEEN_SPANS.join(" ".join(span.quote.split()) for span in spans), mark.label)


def _speaker(spans: Iterable[Span]) -> Speaker | None:
    """Return whom the words name, as a suggestion; None for "he", "officials" and the like."""
    name = " ".join(" ".join(span.quote.split()) for span in in_order(spans))
    capitals = (word for word in _CAPITAL.findall(name) if word[0].isupper())
    if len(name) > _LONGEST_NAME or all(word.lower() in _NO_NAMES for word in capitals):
        return None
    return Speaker(SpeakerId(derived_id("speaker by name", name)), name)


def _title(text: str) -> str:
    first = next((line.strip() for line in text.split("\n") if line.strip()), "")
    return first if len(first) <= _LONGEST_TITLE else f"{first[: _LONGEST_TITLE - 1]}…"
