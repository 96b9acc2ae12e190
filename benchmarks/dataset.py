"""A made-up dataset of the size the figures are given for: the same for the same seed, written as canonical JSONL."""

import hashlib
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from annotator.formats import jsonl
from annotator.formats.bundle import Bundle
from annotator.model.ids import (
    AnnotatorId,
    ArticleId,
    AssessmentId,
    ClaimId,
    EvidenceId,
    MentionId,
    Sha256,
    SourceId,
    SpeakerId,
)
from annotator.model.moments import written
from annotator.model.records import (
    Annotator,
    Article,
    Assessment,
    Claim,
    Evidence,
    Mention,
    PresentedAs,
    Source,
    Speaker,
    SpeakerKind,
    Stance,
    TextVersion,
    Zone,
    version_id,
    zone_id,
)
from annotator.model.span import Span
from benchmarks.material import STATUSES, long_text

if TYPE_CHECKING:
    from annotator.model.zones import ZoneKind

WORDS: Final = 600
MENTIONS: Final = 25
"""An article's words and mentions; each mention has a claim and an assessment of its own, every second one evidence."""

_BEGIN: Final = datetime(2024, 1, 1, tzinfo=UTC)
_PRESENTED: Final[tuple[PresentedAs, ...]] = ("stated", "attributed", "attributed", "hedged", "denied")
_STANCES: Final[tuple[Stance, ...]] = ("supports", "refutes", "context")
_KINDS: Final[tuple[SpeakerKind, ...]] = ("person", "organisation", "anonymous")


class _Ids:
    """Ids as a desk makes them: UUIDv7, later ones greater, the same for the same seed."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._at = int(_BEGIN.timestamp() * 1000) << 12

    def next(self) -> str:
        self._at += self._rng.randint(1, 9000)
        head = (self._at >> 12 << 16) | 0x7000 | (self._at & 0xFFF)
        digits = f"{head:016x}{self._rng.getrandbits(62) | 1 << 63:016x}"
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


class Dataset:
    """Makes bundles of articles that share annotators, speakers and sources."""

    def __init__(self, articles: int, seed: int = 1) -> None:
        self.articles = articles
        self._rng = random.Random(seed)
        self._ids = _Ids(self._rng)
        self._annotators = [Annotator(AnnotatorId(self._ids.next()), f"Checker {n}") for n in range(6)]
        self._speakers = [self._speaker(n) for n in range(max(10, articles // 2))]
        self._sources = [self._source(n) for n in range(max(10, articles * 2))]

    def bundles(self) -> Iterator[Bundle]:
        """Yield the articles in the order of their ids."""
        for number in range(self.articles):
            yield self._bundle(number)

    def _speaker(self, n: int) -> Speaker:
        aliases = (f"the speaker of district {n % 90}",) if n % 4 == 0 else ()
        return Speaker(SpeakerId(self._ids.next()), f"Speaker Number {n}", _KINDS[n % 3], aliases)

    def _source(self, n: int) -> Source:
        return Source(
            SourceId(self._ids.next()),
            f"https://records.example.org/{n % 700}/documents/{n}.html",
            f"Minutes of the committee, part {n}",
            f"Records Office {n % 40}",
            self._moment(-n),
            "day",
            self._moment(n),
            primary=n % 3 == 0,
        )

    def _moment(self, minutes: int) -> str:
        return written(_BEGIN + timedelta(minutes=minutes, microseconds=minutes % 997))

    def _bundle(self, number: int) -> Bundle:
        text = long_text(WORDS, seed=number)
        sha256 = Sha256(hashlib.sha256(text.encode()).hexdigest())
        article = Article(
            ArticleId(self._ids.next()),
            f"https://news.example.com/2024/{number}",
            f"The Example {number % 30}",
            (f"Reporter {number % 200}",),
            "en",
            self._moment(number),
            "day",
        )
        version = TextVersion(
            version_id(article.id, sha256),
            article.id,
            sha256,
            title=text[: text.index("\n")],
            retrieved_at=self._moment(number + 900),
        )
        bundle = Bundle(article, version, text, zones=_zones(article.id, sha256, text))
        self._annotate(bundle, self._moment(number * 60))
        return bundle

    def _annotate(self, bundle: Bundle, moment: str) -> None:
        text = bundle.text
        starts = [0, *(at + 1 for at, letter in enumerate(text) if letter in " \n")]
        annotator = self._rng.choice(self._annotators)
        mentions: list[Mention] = []
        claims: list[Claim] = []
        assessments: list[Assessment] = []
        evidence: list[Evidence] = []
        speakers: list[Speaker] = []
        sources: list[Source] = []
        for index in range(MENTIONS):
            first = index * (len(starts) - 30) // MENTIONS
            spans = (_span(text, starts, first + 3, self._rng.randint(4, 25)),)
            speaker = self._rng.choice(self._speakers) if index % 3 else None
            if speaker:
                speakers.append(speaker)
            claim = Claim(ClaimId(self._ids.next()), spans[0].quote, "", "en", bundle.article.published, "day")
            claims.append(claim)
            mentions.append(
                Mention(
                    MentionId(self._ids.next()),
                    claim.id,
                    bundle.article.id,
                    bundle.version.text_sha256,
                    annotator.id,
                    spans,
                    cue=(_span(text, starts, first + 2, 1),) if speaker else (),
                    speaker_spans=(_span(text, starts, first, 2),) if speaker else (),
                    speaker_id=speaker.id if speaker else "",
                    speaker_accepted=speaker is not None,
                    presented_as=self._rng.choice(_PRESENTED),
                    created_at=moment,
                    updated_at=moment,
                )
            )
            assessments.append(
                Assessment(
                    AssessmentId(self._ids.next()),
                    claim.id,
                    annotator.id,
                    self._rng.choice(STATUSES),
                    valid_from=bundle.article.published,
                    valid_from_precision="day",
                    recorded_at=moment,
                    reason="The minutes name the amount." if index % 4 == 0 else "",
                )
            )
            if index % 2:
                sources.append(self._rng.choice(self._sources))
                evidence.append(self._evidence(claim, annotator, sources[-1]))
        bundle.mentions, bundle.claims = tuple(mentions), tuple(claims)
        bundle.assessments, bundle.evidence = tuple(assessments), tuple(evidence)
        bundle.annotators = (annotator,)
        bundle.speakers = tuple({one.id: one for one in speakers}.values())
        bundle.sources = tuple({one.id: one for one in sources}.values())

    def _evidence(self, claim: Claim, annotator: Annotator, source: Source) -> Evidence:
        return Evidence(
            EvidenceId(self._ids.next()),
            claim.id,
            source.id,
            annotator.id,
            self._rng.choice(_STANCES),
            "the register shows that the pipes were replaced in March",
            f"p. {self._rng.randint(1, 90)}",
        )


def _span(text: str, starts: list[int], first: int, words: int) -> Span:
    start, end = starts[first], starts[first + words] - 1
    return Span(start, end, text[start:end])


def _zones(article_id: ArticleId, sha256: Sha256, text: str) -> tuple[Zone, ...]:
    zones: list[Zone] = []
    start = 0
    for index, line in enumerate(text.split("\n")):
        kind: ZoneKind = "headline" if index == 0 else "standfirst" if index == 1 else "body"
        end = start + len(line)
        zones.append(Zone(zone_id(article_id, sha256, start, end), article_id, sha256, kind, start, end))
        start = end + 1
    return tuple(zones)


def write(path: Path, articles: int) -> None:
    """Write a dataset of that many articles."""
    with path.open("wb") as stream:
        stream.writelines(jsonl.WRITER.encode(Dataset(articles).bundles()))


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
