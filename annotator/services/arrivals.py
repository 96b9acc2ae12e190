"""Decides what of an arriving article version is new to a project, known, different, or not to be taken at all."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from msgspec.structs import replace

from annotator.errors import Refused
from annotator.formats.bundle import Bundle
from annotator.i18n import _
from annotator.model.moments import now
from annotator.model.records import Article, Assessment, Claim, Evidence, Mention, Record, Review, TextVersion
from annotator.model.span import Span, in_order, prefix, suffix
from annotator.model.status import current_status
from annotator.services.names import Name, Names, check_links, names_of
from annotator.store.codec import body_of, read_body
from annotator.store.project import Project
from annotator.store.staging import Staging

if TYPE_CHECKING:
    from annotator.store.arriving import Acquaintance

_SHARED: Final = frozenset({"annotator", "speaker", "source"})
_REMEMBERED: Final = 50_000
"""Annotators, speakers and sources that are not asked for again: they stand in line after line."""


class UnknownName(Refused):
    """A record names one that nobody knows yet; a later line may bring it."""


class Verdict(NamedTuple):
    """What of a bundle is new, how many records are known, and which differ from every content they ever had."""

    new: Mapping[str, Record]
    known: int
    differing: list[Record]


class Arrivals:
    """Judges bundles in their order, a batch at a time; what it lets in counts for those that follow.

    With `staging` nothing is ever written: what would have been is remembered there.
    """

    def __init__(self, project: Project, staging: Staging | None) -> None:
        self._project = project
        self._staging = staging
        self._batch: dict[int, Names] = {}
        self._known: dict[str, Acquaintance] = {}
        self._bodies: dict[str, list[bytes | None]] = {}
        self._pending: dict[str, Record] = {}
        self._pending_texts: list[tuple[str, str]] = []
        self._settled: dict[str, Record] = {}
        self._promised: dict[str, str] = {}
        self._promised_texts: list[tuple[str, str]] = []

    def begin(self, bundles: Sequence[Bundle]) -> None:
        """Ask the project at once for everything that a batch names."""
        self._batch = {id(bundle): Names(bundle, self._settled) for bundle in bundles}
        # In the order of the records: their ids lie side by side in the project's index.
        asked: dict[str, None] = {}
        for names in self._batch.values():
            asked.update(dict.fromkeys(names.fresh))
            asked.update((name.id, None) for name in names.named)
        self._known = self._project.acquainted(asked)
        self._bodies = {}

    def judge(self, bundle: Bundle) -> Verdict:
        """Return what to do with a bundle of the batch, and count its new records as taken.

        Raises UnknownName where it names what nobody knows, Refused where it contradicts the project.
        """
        names = self._batch.pop(id(bundle))
        self._check_names(names.named)
        if bundle.links:
            check_links(bundle, lambda name: self._look_up(name)[0])
        self._check_places(bundle)
        self._check_statuses(bundle)
        differing: list[Record] = []
        astray: set[str] = set()
        known = names.settled
        for object_id in self._met(names.fresh):
            record = names.fresh.pop(object_id)
            there = self._look_up(object_id) == (record.kind, True)
            if not there:
                astray.add(object_id)
            if record.kind == "snapshot" or self._same(record):
                known += 1
                if there:
                    self._settle(record)
            else:
                differing.append(record)
        new = names.fresh
        if astray:
            # What is left alone may be deleted, or be something else: nothing new can name it then.
            self._check_names([name for name in names_of(list(new.values())) if name.id in astray])
        self._pending.update(names.fresh)
        if new and bundle.version.id in names.fresh:
            self._pending_texts.append((bundle.article.id, bundle.text))
        return Verdict(new, known, differing)

    def _met(self, fresh: Mapping[str, Record]) -> list[str]:
        """Return which of the records somebody knows already."""
        staging = self._staging
        if staging:
            known = {one for one in fresh if staging.kind_of(one)}
        elif self._known.keys().isdisjoint(fresh) and self._pending.keys().isdisjoint(fresh):
            return []
        else:
            known = set[str]()
        known |= fresh.keys() & self._known.keys()
        known |= fresh.keys() & self._pending.keys()
        return [one for one in fresh if one in known]

    def promise(self, bundle: Bundle) -> None:
        """Let others name this one's mentions and comments, and quote its text, though it has not been taken yet."""
        self._promised.update((one.id, one.kind) for one in (*bundle.mentions, *bundle.comments))
        self._promised_texts.append((bundle.article.id, bundle.text))

    def taken(self) -> None:
        """The batch was written (or, in a dry run, would have been)."""
        if self._staging:
            self._staging.add(self._pending.values())
            for article_id, text in self._pending_texts:
                self._staging.add_text(article_id, text)
        for record in self._pending.values():
            if record.kind in _SHARED:
                self._settle(record)
        self._pending.clear()
        self._pending_texts.clear()

    def _settle(self, record: Record) -> None:
        if record.kind in _SHARED:
            if len(self._settled) >= _REMEMBERED:
                self._settled.clear()
            self._settled[record.id] = record

    def _same(self, record: Record) -> bool:
        """Tell whether a record that is known has, or ever had, this content."""
        own = body_of(record)
        pending = self._pending.get(record.id)
        if pending is not None:
            return body_of(pending) == own
        if record.id not in self._known:
            return self._staging is not None and self._staging.same(record)
        if record.id not in self._bodies:
            # Known ones seldom come alone: those of a batch are asked for together.
            self._bodies = self._project.bodies_logged(list(self._known))
        for body in self._bodies.get(record.id, ()):
            # A withheld content may be any.
            if body is None or body == own:
                return True
            earlier = read_body(self._known[record.id].kind, body)
            if earlier.kind == record.kind and body_of(_as_told_by(record, earlier)) == own:
                return True
        return False

    def _check_names(self, named: Sequence[Name]) -> None:
        for kind, name, must_live in named:
            found, live = self._look_up(name)
            if not found:
                what = _("it names the {kind} {id}, which neither the line nor the project has")
                raise UnknownName(what.format(kind=kind or _("record"), id=name), do=_("add it to the line"))
            if kind and found != kind:
                what = _("it names {id} as its {kind}, and that is a {found}")
                raise Refused(what.format(id=name, kind=kind, found=found), do=_("correct the id"))
            if must_live and not live:
                what = _("it names the {kind} {id}, which was deleted in the project")
                raise Refused(what.format(kind=kind, id=name), do=_("bring it back there first"))

    def _look_up(self, name: str) -> tuple[str, bool]:
        """Return the kind of a record, "" where nobody has it, and whether it is there."""
        record = self._settled.get(name) or self._pending.get(name)
        if record:
            return record.kind, True
        acquaintance = self._known.get(name)
        if acquaintance:
            return acquaintance
        staged = self._staging.kind_of(name) if self._staging else ""
        return staged or self._promised.get(name, ""), True

    def _check_places(self, bundle: Bundle) -> None:
        """Refuse evidence and reviews whose spans are in no text of the article that they are about, if it is known."""
        articles = {one.id: one.article_id for one in bundle.sources}
        for one in bundle.evidence:
            if one.spans:
                article_id = articles.get(one.source_id) or self._article_of(one.source_id)
                self._check_fit(bundle, one.id, one.spans, self._texts_of(article_id, bundle))
        for one in bundle.reviews:
            if one.spans:
                self._check_fit(bundle, one.id, one.spans, review_texts(self._project, one, bundle))

    def _article_of(self, source_id: str) -> str:
        source = self._settled.get(source_id) or self._pending.get(source_id) or self._project.find_any(source_id)
        return str(getattr(source, "article_id", ""))

    def _texts_of(self, article_id: str, bundle: Bundle) -> list[str]:
        if not article_id:
            return []
        texts = [bundle.text] if bundle.article.id == article_id else []
        coming = (*self._pending_texts, *self._promised_texts)
        texts += [text for owner, text in coming if owner == article_id]
        texts += self._staging.texts_of(article_id) if self._staging else []
        return texts + article_texts(self._project, article_id)

    @staticmethod
    def _check_fit(bundle: Bundle, record_id: str, spans: Sequence[Span], texts: Sequence[str]) -> None:
        if not texts:
            return
        contexts = bundle.said_contexts.get(record_id, ())
        for text in texts:
            if all(span.fits(text) for span in spans) and _contexts_fit(spans, contexts, text):
                return
        raise UnknownName(
            _("the quotes of {id} are not in the text that they are said to be from").format(id=record_id),
            do=_("correct its spans; offsets count Unicode code points"),
        )

    def _check_statuses(self, bundle: Bundle) -> None:
        """Refuse a mention of a claim that the line does not hold, where its status is not the one the project has."""
        for mention in bundle.mentions if bundle.said_statuses else ():
            said = bundle.said_statuses.get(mention.id)
            if said is None:
                continue
            found = self._status_of(mention)
            if said != found:
                raise Refused(
                    _("the mention {id} has the status “{said}”, but the project has “{found}”").format(
                        id=mention.id, said=said, found=found
                    ),
                    do=_("give both the same status, or add the claim to the line"),
                )

    def _status_of(self, mention: Mention) -> str:
        assessments = [
            *self._project.assessments_of([mention.claim_id]),
            *(self._staging.assessments_of(mention.claim_id) if self._staging else ()),
            *(cast("Assessment", one) for one in self._pending.values() if one.kind == "assessment"),
        ]
        whose = mention.claim_id, mention.annotator_id, mention.layer
        own = (one for one in assessments if (one.claim_id, one.annotator_id, one.layer) == whose)
        return current_status(own, now())


def _contexts_fit(spans: Sequence[Span], contexts: Sequence[tuple[str, str]], text: str) -> bool:
    return all(
        said_before in {"", prefix(text, span.start)} and said_after in {"", suffix(text, span.end)}
        for span, (said_before, said_after) in zip(spans, contexts, strict=False)
    )


def article_texts(project: Project, article_id: str) -> list[str]:
    """Return the texts of an article's versions, first to last; [] for one that the project does not have."""
    article = project.find(Article, article_id)
    return [project.text(one.text_sha256) for one in project.versions_of(article.id)] if article else []


def review_texts(project: Project, review: Review, bundle: Bundle) -> list[str]:
    """Return the text that a review's spans are about: of the version it names, else of the one it stands with."""
    if review.version_id in {"", bundle.version.id, bundle.version.text_sha256}:
        return [bundle.text]
    version = project.find(TextVersion, review.version_id)
    return [project.text(version.text_sha256)] if version else []


def _as_told_by(record: Record, earlier: Record) -> Record:
    """Return the earlier content as a line would tell it: lists in their order, without what no line holds."""
    match earlier:
        case Article():
            return replace(earlier, came_from=cast("Article", record).came_from)
        case TextVersion():
            return replace(earlier, captured_by=cast("TextVersion", record).captured_by)
        case Claim():
            # Worked out at each export where the project asks for second persons (`services.second_check`).
            return replace(earlier, needs_second_check=cast("Claim", record).needs_second_check)
        case _:
            return canonical(earlier)


def canonical(record: Record) -> Record:
    """Return the record with its spans by place and its ids in order, as every line has them."""
    match record:
        case Mention():
            return replace(
                record,
                spans=in_order(record.spans),
                cue=in_order(record.cue),
                speaker_spans=in_order(record.speaker_spans),
                based_on=tuple(sorted(record.based_on)),
            )
        case Assessment():
            return replace(record, based_on=tuple(sorted(record.based_on)))
        case Evidence() | Review():
            return replace(record, spans=in_order(record.spans))
        case _:
            return record
