"""Plain text, of a file or pasted, as an article: text, zones and bytes, and whether the project has it already."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast

from annotator.errors import Refused
from annotator.formats.bundle import Bundle
from annotator.formats.table import Found, Reader
from annotator.intake import plain_text
from annotator.model.ids import ArticleId, Sha256, new_id
from annotator.model.moments import Precision, now
from annotator.model.records import Article, Snapshot, TextVersion, Zone, snapshot_id, version_id, zone_id
from annotator.model.text import sha256_of
from annotator.store import blobs
from annotator.store.project import Project

MEDIA_TYPE: Final = "text/plain"


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text that came from the clipboard or was dropped; `name` stands where a file's name would."""

    name: str
    text: str

    @property
    def content(self) -> bytes:
        """The text as it is kept beside the article, in UTF-8."""
        return self.text.encode("utf-8", "replace")

    def __str__(self) -> str:
        """Return the name."""
        return self.name


def read_pasted(pasted: Pasted) -> Bundle:
    """Return a pasted text as an article, named by its headline or first words; raises Refused where it is empty."""
    return bundle_of(plain_text.read_text(pasted.text), pasted.content, pasted.name)


def bundle_of(found: plain_text.Reading, content: bytes, came_from: str) -> Bundle:
    """Return the article of a text as read; `content` are its bytes as they came."""
    article_id = ArticleId(new_id())
    sha256 = Sha256(sha256_of(found.text))
    moment = now()
    captured = blobs.sha256_of(content)
    return Bundle(
        article=Article(
            article_id,
            found.url,
            found.publisher,
            found.authors,
            found.language,
            found.published,
            cast("Precision", found.published_precision),
            came_from,
        ),
        version=TextVersion(
            version_id(article_id, sha256),
            article_id,
            sha256,
            title=found.title,
            retrieved_at=moment,
            captured_by=MEDIA_TYPE,
            snapshot_sha256=captured,
        ),
        text=found.text,
        zones=tuple(
            Zone(zone_id(article_id, sha256, zone.start, zone.end), article_id, sha256, zone.kind, zone.start, zone.end)
            for zone in found.zones
        ),
        snapshots=((Snapshot(snapshot_id(captured), captured, MEDIA_TYPE, found.url, moment), content),),
        notes=found.byte_notes,
    )


def _read(stream: BinaryIO, file: str) -> Iterator[Found]:
    content = stream.read()
    try:
        yield Found(0, bundle_of(plain_text.read_bytes(content, file=file), content, Path(file).name))
    except Refused as refusal:
        yield Found(refusal.line, refusal)


def already_there(project: Project, bundle: Bundle) -> str | None:
    """Return the title under which the project has this text file, None where it has not.

    A file is known by its text together with its bytes, or with its title and address: a person may have edited
    the latter since, and the same text at another address is another article (model.md, section 4).
    """
    if not bundle.snapshots:
        return None
    for version in project.versions_of_text(bundle.version.text_sha256):
        article = project.find(Article, version.article_id)
        same = version.title == bundle.version.title and article is not None and article.url == bundle.article.url
        if same or version.snapshot_sha256 == bundle.version.snapshot_sha256:
            return version.title
    return None


READER: Final = Reader("text", "Plain text", (".txt", ".text", ".md"), _read, lambda _head: True)
