"""The text that a brat file is about: where it lies, and how it is read."""

from pathlib import Path
from typing import Final

from annotator.errors import Refused
from annotator.formats.filed import FiledText
from annotator.formats.whose import Whose
from annotator.i18n import _

LARGEST: Final = 64 << 20
"""Bytes beyond which a file is refused unread: an article is some thousand times shorter."""

_FOLDERS: Final = ("text", "texts", "txt")


def text_beside(path: Path, whose: Whose) -> Path | None:
    """Return the text of a brat file, None where there is none.

    Its name is the one that the pattern finds in the path, else the file's own; it lies beside the file, in the folder
    above, or in a folder `text`, `texts` or `txt` in either of them.
    """
    names = dict.fromkeys(one for one in (whose.person(str(path)).name, path.stem) if one)
    for folder in (path.parent, path.parent.parent):
        for place in (folder, *(folder / name for name in _FOLDERS)):
            for name in names:
                found = place / f"{name}.txt"
                if found.is_file():
                    return found
    return None


def read_text(path: Path) -> FiledText:
    """Read a text; raises Refused, naming it, where it is too large or no UTF-8, and OSError where the disk does."""
    with path.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        what = _("its text has more than {n} MB").format(n=LARGEST >> 20)
        raise Refused(what, do=_("give each article a text of its own"))
    try:
        raw = data.decode()
    except UnicodeDecodeError as error:
        what = _("byte {n} of the text {file} is no UTF-8").format(n=error.start, file=path)
        raise Refused(what, do=_("save it as UTF-8")) from None
    text = FiledText.of(raw)
    if not text.text.strip():
        raise Refused(_("its text {file} is empty").format(file=path), do=_("bring the text that was marked"))
    return text
