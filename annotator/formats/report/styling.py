"""How a report looks: the style sheet with the colours of the window's themes, and the window's icons."""

import re
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

from annotator import assets
from annotator.formats.report.words import ICONS, TOKENS

if TYPE_CHECKING:
    from markupsafe import Markup

_ICONS: Final = ("check", "comment", "info", "link", "lock", "review", "thumb-down", "thumb-up", "warning")
_INSIDE: Final = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


class _Theme(msgspec.Struct):
    """What a report takes from a theme of the window."""

    paper: str
    ink: str
    ink2: str
    ink3: str
    surface: str
    line: str
    edge: str
    accent: str
    accent_wash: str
    warning: str
    status: dict[str, str]
    tints: dict[str, float]


@cache
def style_sheet() -> "Markup":
    """Return the style sheet, colours first: light, dark where the reader's system is, strong where it asks for it.

    On paper it is always light.
    """
    from markupsafe import Markup  # noqa: PLC0415 - the window starts without it

    light, dark, strong = (_colours(one) for one in ("light", "dark", "contrast"))
    colours = (
        f":root {{\n{light}}}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{\n{dark}}} }}\n"
        f"@media screen and (prefers-contrast: more) and (prefers-color-scheme: dark) {{ :root {{\n{strong}}} }}\n"
    )
    return Markup(colours + assets.text("report", "report.css"))  # noqa: S704 - nothing of it comes from a project


def _colours(theme: str) -> str:
    known = msgspec.json.decode(assets.text("themes", f"{theme}.json"), type=_Theme)
    plain = {name: colour for name, colour in msgspec.structs.asdict(known).items() if isinstance(colour, str)}
    lines = [f"  --{name.replace('_', '-')}: {colour};\n" for name, colour in plain.items()]
    lines += [f"  --s-{name}: {known.status[name]};\n" for name in sorted(TOKENS)]
    lines.append(f"  --tint: {known.tints['plain']:.0%};\n")
    return "".join(lines)


@cache
def icons() -> "Markup":
    """Return the icons as symbols to be used by their names."""
    from markupsafe import Markup  # noqa: PLC0415 - as above

    names = {f"status-{one}" for one in ICONS} | set(_ICONS)
    symbols = [
        f'<symbol id="i-{name}" viewBox="0 0 24 24">{found[1]}</symbol>'
        for name in sorted(names)
        if (found := _INSIDE.search(assets.text("icons", f"{name}.svg")))
    ]
    return Markup("".join(symbols))  # noqa: S704 - as above
