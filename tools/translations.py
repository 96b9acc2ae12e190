"""Catalogues of the program's texts: `uv run python -m tools.translations new de | update | compile`.

`new LANGUAGE` begins a translation in resources/translations/LANGUAGE/LC_MESSAGES/annotator.po, `update` brings every
translation up to date with the program's texts, `compile` makes of each the file that the program reads. All of it is
told in docs/translating.md.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel import Locale
from babel.messages import extract, mofile, pofile
from babel.messages.catalog import Catalog

ROOT: Final = Path(__file__).resolve().parent.parent
DOMAIN: Final = "annotator"
FOLDER: Final = ROOT / "resources" / "translations"

_KEYWORDS: Final = {"_": None, "noted": None, "ngettext": (1, 2)}


def texts(root: Path = ROOT) -> Catalog:
    """Return every text of the program, in English, with the places it stands at."""
    found = Catalog(project=DOMAIN, charset="utf-8", fuzzy=False)
    files = [("python", path) for path in sorted((root / "annotator").rglob("*.py"))]
    files += [("jinja2", path) for path in sorted((root / "resources" / "report").rglob("*.html"))]
    for method, path in files:
        with path.open("rb") as stream:
            for line, message, _comments, context in extract.extract(method, stream, _KEYWORDS):
                if message not in ("", ("", "")):
                    found.add(message, locations=[(path.relative_to(root).as_posix(), line)], context=context)
    return found


def compiled(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue as the file that gettext reads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        mofile.write_mo(stream, catalogue)


def translations(folder: Path = FOLDER) -> Iterator[tuple[Path, Catalog]]:
    """Return every translation with the path of its source."""
    for path in sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        with path.open("rb") as stream:
            yield path, pofile.read_po(stream, locale=path.parent.parent.name, domain=DOMAIN)


def written(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue as a translator edits it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        pofile.write_po(stream, catalogue, width=120, omit_header=False)


def main(arguments: list[str]) -> int:
    """Do what is asked; return the exit code."""
    match arguments:
        case ["new", language]:
            fresh = texts()
            fresh.locale = Locale.parse(language)
            path = FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"
            if path.exists():
                sys.stderr.write(f"{path} is there already\n")
                return 1
            written(fresh, path)
        case ["update"]:
            now = texts()
            for path, catalogue in translations():
                catalogue.update(now, no_fuzzy_matching=True)
                written(catalogue, path)
        case ["compile"]:
            for path, catalogue in translations():
                compiled(catalogue, path.with_suffix(".mo"))
        case _:
            sys.stderr.write(__doc__ or "")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
