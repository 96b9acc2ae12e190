"""Whether a key is free for an action: what else has it, where, and what a key may be."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from annotator.gui.action_rows.row import Action, Context, meet
from annotator.gui.keys import is_single, readable
from annotator.i18n import _

_ARROWS: Final = ("Left", "Right", "Up", "Down", "Home", "End")


class Clash(NamedTuple):
    """What has a key already: an action (its id), or what no action does ("")."""

    action_id: str
    what: str
    where: str


def where_works(action: Action) -> str:
    """Return where an action's keys work."""
    return {
        "window": _("everywhere"),
        "text": _("in the article and the claims list"),
        "review": _("in the review"),
    }[action.context]


def fixed() -> dict[str, Clash]:
    """Return the keys that no action has and that stay as they are, by the key."""
    article = _("in the article")
    made = {
        "Space": Clash("", _("Grow the selection"), article),
        "Shift+Space": Clash("", _("Shrink the selection"), article),
        "[": Clash("", _("Previous sentence"), article),
        "]": Clash("", _("Next sentence"), article),
        "Ctrl+A": Clash("", _("Select all"), article),
        "PgUp": Clash("", _("Move the caret"), article),
        "PgDown": Clash("", _("Move the caret"), article),
        "Esc": Clash("", _("Back, close"), _("everywhere")),
        "Tab": Clash("", _("Next field"), _("everywhere")),
        "Shift+Tab": Clash("", _("Previous field"), _("everywhere")),
    }
    for held, words in (("", _("Move the caret")), ("Ctrl+", _("Move the caret")), ("Shift+", _("Select"))):
        made |= {f"{held}{key}": Clash("", words, article) for key in _ARROWS}
    return made | {f"Ctrl+Shift+{key}": Clash("", _("Select"), article) for key in _ARROWS}


def clash(rows: Iterable[Action], action_id: str, key: str, menus: Mapping[str, str]) -> Clash | None:
    """Return what else has the key; keys of the article and those of the whole window get in each other's way.

    `menus` has the titles of the menus by the key that opens them (`Alt+F`).
    """
    every = tuple(rows)
    own = next((row for row in every if row.id == action_id), None)
    context: Context = own.context if own else "window"
    for row in every:
        if row.id != action_id and key in row.keys and meet(context, row.context):
            return Clash(row.id, row.text, where_works(row))
    if key in menus:
        return Clash("", _("Open the menu {name}").format(name=menus[key]), _("everywhere"))
    found = fixed().get(key)
    elsewhere = found is not None and context == "review" and found.where == _("in the article")
    return None if elsewhere else found


def unfit(action: Action, key: str) -> str:
    """Return why an action cannot have a key, "" where it can."""
    if not readable(key):
        return _("This is no key that can be remembered.")
    if action.context == "window" and is_single(key):
        return _("“{action}” works everywhere, also where one types: it needs Ctrl, Alt or a function key.").format(
            action=action.text
        )
    return ""


def with_keys(
    own: Mapping[str, Sequence[str]], defaults: Iterable[Action], action_id: str, keys: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Return the person's keys with those of one action; keys that are the table's own are not kept as the person's."""
    made = {one: tuple(held) for one, held in own.items() if one != action_id}
    if tuple(keys) != next((row.keys for row in defaults if row.id == action_id), None):
        made[action_id] = tuple(keys)
    return made
