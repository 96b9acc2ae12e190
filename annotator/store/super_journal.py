"""Journals that name another file: SQLite would read that file and then delete it, whatever it is."""

from pathlib import Path
from typing import Final

_MAGIC: Final = bytes.fromhex("d9d505f920a163d7")
"""Ends a journal with such a name, of a change to several databases at once; ours are never part of one.

https://www.sqlite.org/fileformat2.html#the_rollback_journal and `pager_delsuper` in SQLite's pager.
"""


def journal_of(path: Path) -> Path:
    """Return where SQLite keeps what a change overwrites until it is done."""
    return path.with_name(f"{path.name}-journal")


def names_another_file(journal: Path) -> bool:
    """Tell whether a journal names another file; False for one that is not there or cannot be read."""
    try:
        with journal.open("rb") as stream:
            stream.seek(max(0, journal.stat().st_size - len(_MAGIC)))
            return stream.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False
