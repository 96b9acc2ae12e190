"""How the inspector words stances, people and times."""

from typing import Final, NamedTuple

from annotator.gui.dates import local_text
from annotator.i18n import _, ngettext
from annotator.model.records import Source, Stance
from annotator.model.wording import stance_word

_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR
_SHORT_NAME: Final = 12


class StanceLook(NamedTuple):
    """How a stance is shown: its word, its icon, and the token of its colour; never the colour alone."""

    word: str
    icon_name: str
    token: str


STANCES: Final[tuple[Stance, ...]] = ("supports", "refutes", "context")


def stance_look(stance: Stance) -> StanceLook:
    """Return how a stance is shown."""
    match stance:
        case "supports":
            return StanceLook(stance_word(stance), "thumb-up", "confirmed")
        case "refutes":
            return StanceLook(stance_word(stance), "thumb-down", "disputed")
        case "context":
            return StanceLook(stance_word(stance), "info", "ink2")


def linked_text(source: Source, stance: Stance) -> str:
    """Say that a source was linked, and as what."""
    return _("Linked “{title}”: {stance}").format(
        title=source.title or source.url, stance=stance_look(stance).word.lower()
    )


def initials(name: str) -> str:
    """Return "IC" for "Imani Castellan"; one name alone stays as it is, if it is short."""
    words = name.split()
    if len(words) == 1 and len(name) <= _SHORT_NAME:
        return name
    return "".join(word[0].upper() for word in (words[0], words[-1])) if words else ""


def ago_text(then: float, now: float) -> str:
    """Return how long ago a moment was (both in seconds since 1970); after a day, when it was."""
    passed = max(0.0, now - then)
    if passed < _MINUTE:
        return _("edited just now")
    if passed < _HOUR:
        return ngettext("edited {n} min ago", "edited {n} min ago", int(passed // _MINUTE))
    if passed < _DAY:
        return ngettext("edited {n} h ago", "edited {n} h ago", int(passed // _HOUR))
    return _("edited {when}").format(when=local_text(then))
