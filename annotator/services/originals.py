"""What an import reads from, a file or a pasted text, as rows: which format it is in, and why it cannot be read."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from msgspec.structs import replace

from annotator.errors import Refused, from_os
from annotator.formats import READERS as _READERS
from annotator.formats.bundle import Bundle
from annotator.formats.table import Found, Reader
from annotator.formats.whose import Whose
from annotator.i18n import _
from annotator.model.moments import Precision
from annotator.services.plain_text import READER as PLAIN_TEXT
from annotator.services.plain_text import Pasted, read_pasted
from annotator.store.project import Project

READERS: Final[tuple[Reader, ...]] = (*_READERS, PLAIN_TEXT)
"""Every format that can be imported; the last one takes whatever the others do not recognise."""

Original = Path | Pasted
"""What an import reads from."""

HEAD: Final = 4096
"""So many bytes tell which format a file is in."""


_READ_AHEAD: Final = 1 << 20
"""Bytes: a line of a dataset is some ten thousand long, and is put together from as many pieces as it takes."""


@dataclass(frozen=True, slots=True)
class Details:
    """What a person says about an article before it is taken; all of it replaces what its text says."""

    title: str
    publisher: str
    authors: tuple[str, ...]
    published: str
    published_precision: Precision
    language: str
    url: str

    def on(self, bundle: Bundle) -> Bundle:
        """Return the bundle with these details."""
        article = replace(
            bundle.article,
            publisher=self.publisher,
            authors=self.authors,
            published=self.published,
            published_precision=self.published_precision,
            language=self.language,
            url=self.url,
        )
        return replace(bundle, article=article, version=replace(bundle.version, title=self.title))


class FoundRow(NamedTuple):
    """One row of an original; `line` is 0 where it is one row, `position` how many of its bytes were read by then."""

    line: int
    content: Bundle | Refused
    position: int


def size_of(original: Original) -> int:
    """Return how many bytes there are to read, 0 where nobody can tell."""
    if isinstance(original, Pasted):
        return len(original.content)
    try:
        return original.stat().st_size
    except OSError:
        return 0


def rows_of(project: Project, original: Original, *, form: str = "", whose: Whose | None = None) -> Iterator[FoundRow]:
    """Yield the rows; what is wrong with the original as a whole is its one row.

    Args:
        project: the project that reads it: its own file is no original.
        original: what to read.
        form: the name of a reader; "" asks the original. A pasted text is an article, whatever it looks like.
        whose: says whose marks a file holds, where its format keeps one person's; remembers texts from file to file.
    """
    try:
        if isinstance(original, Pasted):
            yield FoundRow(0, read_pasted(original), size_of(original))
            return
        _check_file(project, original)
        with original.open("rb", buffering=_READ_AHEAD) as stream:
            for line, content in _found(stream, original, form, whose or Whose()):
                yield FoundRow(line, content, stream.tell())
    except Refused as refusal:
        yield FoundRow(refusal.line, refusal, 0)
    except OSError as error:
        yield FoundRow(0, _os_refusal(error), 0)


def _found(stream: BinaryIO, path: Path, form: str, whose: Whose) -> Iterator[Found]:
    head = stream.read(HEAD)
    stream.seek(0)
    reader = reader_of(head, path, form)
    if not head and not reader.may_be_empty:
        raise Refused(_("the file is empty"), do=_("choose a file that holds something"))
    rows = reader.read_by(stream, str(path), whose) if reader.read_by else reader.read(stream, str(path))
    first = next(rows, None)
    if first is None:
        raise Refused(_("the file holds nothing but white space"), do=_("choose a file that holds something"))
    yield first
    yield from rows


def reader_of(head: bytes, path: Path, form: str = "") -> Reader:
    """Return who reads a file: the reader of that name, else by its first bytes, else by the end of its name."""
    if form:
        return next(reader for reader in READERS if reader.name == form)
    for reader in READERS[:-1]:
        if reader.recognises(head):
            return reader
    suffix = path.suffix.lower()
    return next((reader for reader in READERS if suffix in reader.suffixes), READERS[-1])


def without_texts(originals: Sequence[Original], whose: Whose) -> list[Original]:
    """Return what to read: the text of a file of marks is read with that file, not as an article beside it."""
    texts: set[Path] = set()
    for original in (one for one in originals if not isinstance(one, Pasted)):
        for reader in READERS:
            if reader.text_beside and original.suffix.lower() in reader.suffixes:
                texts |= _beside(reader.text_beside, original, whose)
    return [one for one in originals if not texts or isinstance(one, Pasted) or _real(one) not in texts]


def _beside(text_beside: Callable[[Path, Whose], Path | None], path: Path, whose: Whose) -> set[Path]:
    try:
        found = text_beside(path, whose)
    except (Refused, OSError):
        # Reading the file says what is wrong.
        return set()
    return {_real(found)} if found else set()


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _check_file(project: Project, path: Path) -> None:
    if path.is_dir():
        raise Refused(_("this is a folder"), do=_("name the files in it"))
    if not path.exists():
        raise Refused(_("there is no such file"), do=_("check the path"))
    if not path.is_file():
        raise Refused(_("this is a device, not a file"), do=_("save its content to a file first"))
    # Opening and closing the project's own file would drop the locks that SQLite has on it.
    if path.samefile(project.path):
        raise Refused(_("this is the project itself"), do=_("name the files to import"))


def _os_refusal(error: OSError) -> Refused:
    if isinstance(error, FileNotFoundError):
        return Refused(_("the file is gone"), do=_("check the path"))
    if isinstance(error, PermissionError):
        return Refused(_("the file may not be read"), do=_("ask its owner for read access"))
    return from_os(error)
