"""Linking claims to sources: what each says, as one annotator reads it."""

import re
from pathlib import Path, PurePath
from typing import Final
from urllib.parse import urlsplit

from msgspec.structs import replace

from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.ids import ClaimId, EvidenceId, SourceId, VersionId, new_id
from annotator.model.moments import now
from annotator.model.records import Article, Claim, Evidence, Medium, Source, Stance, TextVersion
from annotator.store.change import Change
from annotator.store.project import Project

_SUFFIX_MEDIA: Final[dict[str, Medium]] = {
    ".pdf": "pdf",
    ".doc": "document",
    ".docx": "document",
    ".odt": "document",
    ".txt": "document",
    ".jpg": "image",
    ".jpeg": "image",
    ".png": "image",
    ".webp": "image",
    ".mp4": "video",
    ".mov": "video",
    ".webm": "video",
    ".mp3": "audio",
    ".wav": "audio",
    ".m4a": "audio",
}
# Strings, compiled when they are first wanted: the list of sources, which every start shows, does without them.
_ADDRESS: Final = r"(?i)https?://\S+|www\.\S+\.\S+"
_DOI: Final = r"(?i)(?:doi:\s*)?(10\.\d{4,9}/\S+)"
_PATH: Final = r"(?i)file://\S+|[/~]\S.*|[a-z]:\\.+"


def source_from(words: str) -> Source:
    """Return a new source, not yet saved, from what a person typed or pasted: an address, a DOI, a path, or a title.

    Nothing is opened and nothing is fetched. Raises Refused for nothing but spaces.
    """
    path, words = words.strip(), " ".join(words.split())
    if not words:
        raise Refused(_("a source needs a title or an address"), do=_("type one"))
    key = SourceId(new_id())
    moment = now()
    if doi := re.fullmatch(_DOI, words):
        return Source(key, url=f"https://doi.org/{doi[1]}", title=doi[1], medium="document", retrieved_at=moment)
    if re.fullmatch(_ADDRESS, words):
        url = words if "://" in words else f"https://{words}"
        parts = urlsplit(url)
        title = f"{parts.netloc}{parts.path}".rstrip("/")
        return Source(
            key,
            url=url,
            title=title,
            publisher=parts.netloc.removeprefix("www."),
            medium=medium_of(parts.path, "web"),
            retrieved_at=moment,
        )
    if is_path(path):
        return Source(
            key,
            url=path,
            title=PurePath(path.replace("\\", "/")).name or path,
            medium=medium_of(path, "document"),
            retrieved_at=moment,
        )
    return Source(key, title=words, medium="other")


def medium_of(path: str, otherwise: Medium) -> Medium:
    """Return the medium that a path's ending tells."""
    return _SUFFIX_MEDIA.get(PurePath(path).suffix.lower(), otherwise)


def same_source(project: Project, source: Source) -> Source | None:
    """Return the project's source of the same address or, without one, of the same title; None for none."""
    for one in project.sources():
        if source.url and _bare(one.url) == _bare(source.url):
            return one
        if not source.url and one.title.casefold() == source.title.casefold():
            return one
    return None


def source_at(project: Project, address: str, title: str = "") -> tuple[Source, bool]:
    """Return the project's source of an address of the web, and whether it had to be made, in a step of its own.

    `title` is what a link to it is called; one word says too little. Nothing is fetched.
    """
    source = source_from(address)
    known = same_source(project, source)
    if known is not None:
        return known, False
    if " " in title:
        source = replace(source, title=title)
    with project.change("source.add") as change:
        change.put(source)
    return source, True


def _bare(url: str) -> str:
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/").casefold()


def link_source(project: Project, claim_id: ClaimId, source_id: SourceId, *, stance: Stance) -> EvidenceId:
    """Record that the source speaks to the claim, in the current annotator's name.

    The same source linked again changes the stance of what is there.

    Raises KeyError when claim or source is gone.
    """
    project.get(Source, source_id)
    with project.change(f"evidence.{stance}") as change:
        return _link(project, change, claim_id, source_id, stance)


def link_new_source(project: Project, claim_id: ClaimId, words: str, *, stance: Stance) -> EvidenceId:
    """Make a source from what was typed or pasted and link it, in one step; a known address is not made twice.

    A file of this machine that is named by its path is kept with the source, unless it is too large or cannot be read.

    Raises Refused for empty words, KeyError when the claim is gone.
    """
    source = source_from(words)
    known = same_source(project, source)
    with project.change(f"evidence.{stance}") as change:
        content = None if known else _content(words)
        if content is not None:
            from annotator.services import snapshots  # noqa: PLC0415 - the list of sources does without it

            snapshots.keep(project, change, source, content)
        elif known is None:
            change.put(source)
        return _link(project, change, claim_id, (known or source).id, stance)


def is_path(words: str) -> bool:
    """Tell whether what was typed or pasted names a file by its path, there or not."""
    return re.fullmatch(_PATH, words.strip()) is not None


def file_named(words: str) -> Path | None:
    """Return the file of this machine that a typed or pasted path names, None for none."""
    words = words.strip()
    if not is_path(words):
        return None
    if words.lower().startswith("file:"):
        from urllib.request import url2pathname  # noqa: PLC0415 - a start does without all that comes with it

        words = url2pathname(urlsplit(words).path)
    try:
        path = Path(words).expanduser()
        return path if path.is_file() else None
    except (OSError, RuntimeError, ValueError):  # no such home, a NUL in the name
        return None


def _content(words: str) -> bytes | None:
    path = file_named(words)
    if path is None:
        return None
    from annotator.services import snapshots  # noqa: PLC0415 - as above

    try:
        return snapshots.read_file(path)
    except Refused:
        return None


def link_article(project: Project, claim_id: ClaimId, version_id: VersionId, *, stance: Stance) -> EvidenceId:
    """Link an article of the project as a source; one that is a source already is not made twice.

    Raises KeyError where claim or article is gone.
    """
    version = project.get(TextVersion, version_id)
    article = project.get(Article, version.article_id)
    known = next((one for one in project.sources() if one.article_id == article.id), None)
    source = known or Source(
        SourceId(new_id()),
        url=article.url,
        title=version.title or article.url or article.came_from,
        publisher=article.publisher,
        published=article.published,
        published_precision=article.published_precision,
        retrieved_at=version.retrieved_at,
        article_id=article.id,
    )
    with project.change(f"evidence.{stance}") as change:
        if known is None:
            change.put(source)
        return _link(project, change, claim_id, source.id, stance)


def _link(project: Project, change: Change, claim_id: ClaimId, source_id: SourceId, stance: Stance) -> EvidenceId:
    project.get(Claim, claim_id)
    own = (one for one in project.evidence_of([claim_id]) if one.annotator_id == project.annotator_id)
    known = next((one for one in own if one.source_id == source_id), None)
    evidence = (
        replace(known, stance=stance)
        if known
        else Evidence(EvidenceId(new_id()), claim_id, source_id, project.annotator_id, stance)
    )
    change.put(evidence)
    return evidence.id


def edit_evidence(
    project: Project,
    evidence_id: EvidenceId,
    *,
    stance: Stance | None = None,
    quote: str | None = None,
    locator: str | None = None,
    note: str | None = None,
) -> None:
    """Change how a source speaks to a claim, or the words and the place in it; raises KeyError when it is gone."""
    evidence = project.get(Evidence, evidence_id)
    edited = replace(
        evidence,
        stance=stance or evidence.stance,
        quote=evidence.quote if quote is None else quote,
        locator=evidence.locator if locator is None else locator,
        note=evidence.note if note is None else note,
    )
    if edited != evidence:
        with project.change("evidence.edit") as change:
            change.put(edited)


def unlink(project: Project, evidence_id: EvidenceId) -> None:
    """Take a source off a claim; the source stays in the project. Raises KeyError when it is gone."""
    with project.change("evidence.remove") as change:
        change.delete(project.get(Evidence, evidence_id))


def recent_sources(project: Project, *, limit: int = 200) -> list[Source]:
    """Return the project's sources, last linked first, never linked ones by their making last first."""
    return project.sources_last_linked_first(limit)
