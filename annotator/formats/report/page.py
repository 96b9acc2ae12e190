"""Puts one article of a report into words, for the template to write."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from operator import attrgetter
from typing import Final

from annotator.formats.bundle import CONFIDENTIAL, Bundle
from annotator.formats.report import words
from annotator.formats.report.decisions import Decisions
from annotator.formats.report.entries import Entry, annotators_of, entries_of, spans_of
from annotator.formats.report.shown import Held, Mark, Origin, Page, Proof, Said, Shown, Talk, Tie
from annotator.formats.report.subjects import Subjects
from annotator.formats.report.survey import (
    Place,
    Survey,
    anchor_of,
    entry_anchor,
    record_anchor,
    thread_anchor,
)
from annotator.formats.report.text import Drawn, blocks_of
from annotator.formats.report.words import Looks, day, instant
from annotator.i18n import _
from annotator.model.records import Comment, Evidence, Link, Mention, Source, Speaker
from annotator.model.threads import threads
from annotator.model.wording import (
    media,
    presentations,
    speaker_kind,
    stance_word,
)

_by_id: Final = attrgetter("id")
_by_time: Final = attrgetter("at", "id")
_STANCES: Final = {"supports": ("thumb-up", "confirmed"), "refutes": ("thumb-down", "disputed")}
_UNSURE: Final = ("info", "none")


def page_of(bundle: Bundle, survey: Survey, looks: Looks, moment: str) -> Page:
    """Return an article version as it is shown, with the statuses of a moment."""
    return _Paging(bundle, survey, looks, moment).page()


class _Paging:
    """Puts the records of one bundle into words."""

    def __init__(self, bundle: Bundle, survey: Survey, looks: Looks, moment: str) -> None:
        self._bundle = bundle
        self._survey = survey
        self._looks = looks
        self._entries = entries_of(bundle, moment)
        self._subjects = Subjects(bundle, self._entries)
        self._who = _called({one.id: one.name or _("(no name)") for one in bundle.annotators})
        self._sources: dict[str, Source] = {one.id: one for one in bundle.sources}
        self._speakers: dict[str, Speaker] = {one.id: one for one in bundle.speakers}
        self._mentions: dict[str, Mention] = {one.id: one for one in bundle.mentions}
        self._presented = dict(presentations())
        self._media = media()
        self._decisions = Decisions(bundle, looks, self._subjects, self._who)
        self._talks: defaultdict[int, list[Talk]] = defaultdict(list)
        for some in sorted(threads(bundle.comments), key=lambda one: (one[0].at, one[0].id)):
            entry = self._subjects.entry(some[0].target)
            self._talks[entry.number if entry else 0].append(self._talk(some, entry))

    def page(self) -> Page:
        article, version = self._bundle.article, self._bundle.version
        claims = tuple([self._shown(one) for one in self._entries])
        counts = annotators_of(self._entries)
        people = sorted((self._who(one), n) for one, n in counts.items())
        drawn = [one for entry in self._entries for one in _drawn(entry)]
        ends = {one.id for entry in self._entries for one in (*entry.claims, *entry.decided, *entry.marks)}
        return Page(
            anchor_of(version.id),
            self._survey.number_of(version.id),
            version.title,
            version.number,
            article.publisher,
            day(article.published, article.published_precision),
            article.authors,
            article.url,
            words.web_address(article.url),
            words.language_tag(article.language),
            instant(version.retrieved_at),
            tuple(people),
            tuple(blocks_of(self._bundle.text, self._bundle.zones, drawn)),
            self._looks,
            claims,
            tuple(self._decisions.rest()),
            tuple([self._tie(one, one.a, one.b) for one in self._links() if not {one.a, one.b} & ends]),
            tuple(self._talks[0]),
        )

    # A numbered claim

    def _shown(self, entry: Entry) -> Shown:
        head = entry.claims[0]
        ids = {one.id for one in entry.claims}
        several = len(entry.claims) > 1
        whys = self._decisions.whys(entry)
        return Shown(
            entry_anchor(entry.key, self._bundle),
            record_anchor("t", entry.key, self._bundle),
            entry.number,
            self._looks[entry.status],
            head.text,
            head.type,
            day(head.claim_date, head.claim_date_precision),
            entry.needs_second,
            entry.rejected,
            whys,
            tuple([self._mark(one, entry) for one in (*entry.decided, *entry.marks)]),
            self._decisions.missed(entry, whys),
            tuple(self._history(entry, ids, several=several)),
            tuple(
                [
                    self._proof(one, self._other(one.claim_id, entry))
                    for one in sorted(self._bundle.evidence, key=_by_id)
                    if one.claim_id in ids
                ]
            ),
            tuple(self._ties(entry)),
            tuple(self._talks[entry.number]),
        )

    def _other(self, claim_id: str, entry: Entry) -> str:
        """Return the words of a claim, "" where they are those that the entry begins with."""
        own = next((one for one in entry.claims if one.id == claim_id), entry.claims[0])
        return "" if _plain(own.text) == _plain(entry.claims[0].text) else own.text

    def _mark(self, one: Mention, entry: Entry) -> Mark:
        speaker = self._speakers.get(one.speaker_id)
        quote = words.quoted(one.spans)
        outer = self._mentions.get(one.within)
        within = self._subjects.entry(outer.id) if outer else None
        claim = self._other(one.claim_id, entry)
        repeats = _plain(quote) == _plain(entry.claims[0].text)
        return Mark(
            record_anchor("m", one.id, self._bundle),
            self._who(one.annotator_id),
            one.layer == "adjudicated",
            "" if repeats else quote,
            self._looks[entry.status_of(one)],
            "" if _plain(claim) == _plain(quote) else claim,
            speaker.name if speaker else "",
            speaker_kind(speaker.speaker_kind) if speaker else "",
            speaker is not None and not one.speaker_accepted,
            words.quoted(one.speaker_spans),
            words.quoted(one.cue),
            self._presented[one.presented_as] if one.presented_as else "",
            (within.number, entry_anchor(within.key, self._bundle)) if within else None,
            one.note,
            (*self._decisions.verdicts(one.id, brief=True), *self._decisions.of_claim(one)),
        )

    def _history(self, entry: Entry, claim_ids: AbstractSet[str], *, several: bool) -> Iterable[Held]:
        now = {one.id for one in entry.own.values()}
        some = [one for one in self._bundle.assessments if one.claim_id in claim_ids]
        for one in sorted(some, key=lambda one: (one.valid_from, one.recorded_at, one.id)):
            yield Held(
                record_anchor("s", one.id, self._bundle),
                self._looks[one.status],
                day(one.valid_from, one.valid_from_precision),
                self._who(one.annotator_id),
                one.layer == "adjudicated",
                one.id in now,
                one.reason,
                instant(one.recorded_at),
                self._other(one.claim_id, entry) if several else "",
                self._decisions.verdicts(one.id),
            )

    def _proof(self, one: Evidence, claim: str) -> Proof:
        icon, token = _STANCES.get(one.stance, _UNSURE)
        passage = words.quoted(one.spans)
        return Proof(
            record_anchor("e", one.id, self._bundle),
            stance_word(one.stance),
            icon,
            token,
            self._origin(self._sources.get(one.source_id) or Source(one.source_id)),
            one.quote,
            "" if _plain(passage) == _plain(one.quote) else passage,
            one.locator,
            one.note,
            self._who(one.annotator_id),
            claim,
            self._decisions.verdicts(one.id),
        )

    def _origin(self, one: Source) -> Origin:
        repeated = self._sources.get(one.derived_from)
        silent = one.confidential and one.title == CONFIDENTIAL
        return Origin(
            "" if silent else one.title,
            one.publisher,
            day(one.published, one.published_precision),
            instant(one.retrieved_at),
            self._media[one.medium],
            one.url,
            words.web_address(one.url),
            one.archived_url,
            words.web_address(one.archived_url),
            one.primary,
            (repeated.title or repeated.url) if repeated else "",
            bool(one.snapshot_sha256),
            one.confidential,
            self._survey.article(one.article_id) if one.article_id else None,
        )

    # Links

    def _links(self) -> list[Link]:
        return sorted(self._bundle.links, key=_by_id)

    def _ties(self, entry: Entry) -> Iterable[Tie]:
        own = {one.id for one in (*entry.claims, *entry.decided, *entry.marks)}
        for one in self._links():
            if one.a in own:
                yield self._tie(one, one.a, one.b)
            elif one.b in own:
                yield self._tie(one, one.b, one.a)

    def _tie(self, link: Link, own: str, other: str) -> Tie:
        word = {
            "same": _("Same as"),
            "contradicts": _("Contradicts"),
            "part_of": _("Part of") if own == link.a else _("Contains"),
        }[link.link]
        entry = self._subjects.entry(other)
        place = self._survey.places.get(other)
        if entry:
            claim = next((one for one in entry.claims if one.id == other), entry.claims[0])
            place = Place(claim.text, entry_anchor(entry.key, self._bundle), 0, entry.number)
        return Tie(
            word,
            place or Place(_("a record that is not in this report")),
            self._who(link.annotator_id),
            link.note,
            entry is not None,
        )

    # Remarks

    def _talk(self, some: Sequence[Comment], entry: Entry | None) -> Talk:
        first = some[0]
        remarks = tuple(
            [
                Said(
                    record_anchor("q", one.id, self._bundle),
                    self._who(one.author_id),
                    instant(one.at),
                    one.text,
                    one.resolved,
                )
                for one in some
            ]
        )
        part = self._subjects.part(first.target) if entry else self._subjects.about(first.target)
        return Talk(thread_anchor(first, self._bundle), part, some[-1].resolved, remarks)


def _called(names: dict[str, str]) -> Callable[[str], str]:
    """Return what says the name of a person by their id."""
    return lambda annotator_id: names.get(annotator_id, _("(withheld)"))


def _drawn(entry: Entry) -> list[Drawn]:
    """Return what is drawn for an entry: marks of the same words and status are one."""
    return list(
        dict.fromkeys(Drawn(entry.number, spans_of(one), entry.status_of(one), entry.rejected) for one in entry.shown)
    )


def _plain(text: str) -> str:
    """Return words without what a claim's wording and its quote differ in by mere form."""
    return words.on_one_line(text).strip(" .“”\"'«»„").casefold()
