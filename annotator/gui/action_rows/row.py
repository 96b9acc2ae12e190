"""One row of the table of actions."""

from typing import Final, Literal

import msgspec

Context = Literal["window", "text", "review"]
"""`window`: the key works everywhere; `text`: only while the article or the claims list has the focus; `review`: only
while something in the review has it."""


def meet(one: Context, other: Context) -> bool:
    """Tell whether keys of two contexts work in one place: the article and the review are never on show together."""
    return "window" in {one, other} or one == other


Need = Literal["", "project", "writable", "annotating", "article", "several", "mention", "suggestion", "merged", "card"]

MENUS: Final = ("file", "edit", "claim", "review", "view", "help")


class Action(msgspec.Struct, frozen=True):
    """One thing a person can do.

    `keys` are portable key sequences, the first of which is shown; `needs` names what must be there for it to be
    enabled; `menu` is where it stands, "" for nowhere; `bar` puts it into the bar at the top, too.
    """

    id: str
    text: str
    keys: tuple[str, ...]
    menu: str
    help: str
    context: Context = "window"
    icon: str = ""
    needs: Need = ""
    divider: bool = False
    bar: bool = False
