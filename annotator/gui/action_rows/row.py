"""One row of the table of actions."""

from typing import Final, Literal

import msgspec

Context = Literal["window", "text"]
"""`window`: the key works everywhere; `text`: only while the article or the claims list has the focus."""

Need = Literal["", "project", "writable", "annotating", "article", "several", "mention", "suggestion", "merged"]

MENUS: Final = ("file", "edit", "claim", "view", "help")


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
    needs: Literal["", "project", "writable", "annotating", "article", "several", "mention", "suggestion", "merged"] = (
        ""
    )
    divider: bool = False
    bar: bool = False
