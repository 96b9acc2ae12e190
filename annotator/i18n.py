"""Every text a person sees passes through here: gettext, with the source texts in English."""

import gettext
import os
from functools import lru_cache
from pathlib import Path

from annotator import assets

DOMAIN = "annotator"


FOLDER_VARIABLE = "ANNOTATOR_TRANSLATIONS"
"""Environment variable that names another folder of translations, to try one without installing it."""


def _folder() -> Path:
    own = os.environ.get(FOLDER_VARIABLE)
    return Path(own) if own else assets.path("translations")


@lru_cache(maxsize=8)
def _catalogue(language: str) -> gettext.NullTranslations:
    folder = _folder()
    if not folder.is_dir():
        return gettext.NullTranslations()  # asking the system for its languages takes longer than one would think
    return gettext.translation(DOMAIN, folder, languages=[language] if language else None, fallback=True)


def languages() -> tuple[str, ...]:
    """Return the languages that there are translations into, by their codes; English needs none."""
    return tuple(sorted(one.parent.parent.name for one in _folder().glob(f"*/LC_MESSAGES/{DOMAIN}.mo")))


_chosen = [""]


def use(language: str) -> None:
    """Show texts in this language from now on ("" is the system's); texts without a translation stay English."""
    _catalogue.cache_clear()
    _chosen[0] = language


def language() -> str:
    """Return the code of the language that texts are shown in: "en" where there is no translation."""
    return _catalogue(_chosen[0]).info().get("language", "") or "en"


def _(text: str) -> str:
    """Return the text in the person's language."""
    return _catalogue(_chosen[0]).gettext(text)


def noted(text: str) -> str:
    """Return the text as it is: it stands in a table, and goes through `_` where it is shown."""
    return text


def ngettext(one: str, many: str, n: int) -> str:
    """Return the form of the text that fits the number, with `{n}` filled in."""
    return _catalogue(_chosen[0]).ngettext(one, many, n).format(n=n)
