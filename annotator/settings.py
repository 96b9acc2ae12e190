"""The person's settings: one typed table, kept as JSON in the system's place for settings."""

import contextlib
import json
import os
import platform
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, cast

from annotator.errors import Refused
from annotator.i18n import _, noted

FOLDER_VARIABLE = "ANNOTATOR_HOME"
"""Environment variable that puts settings, logs and caches into one folder (tests, portable use)."""


def folder() -> Path:
    """Return the folder of settings, logs and caches; it may not exist yet."""
    own = os.environ.get(FOLDER_VARIABLE)
    if own:
        return Path(own)
    import platformdirs  # noqa: PLC0415 - who names a folder does without it

    return Path(platformdirs.user_data_dir("annotator", appauthor=False))


Section = Literal["look", "reading", "keys", "access", "you", "backups"]
"""The parts of the settings dialog."""

Special = Literal["", "font", "language", "keys", "id"]
"""What a setting is besides a text, a number, a choice or a switch: something that is edited in its own way."""


class Row(NamedTuple):
    """One row of the table: what the setting is called, where it stands, and which values it takes.

    A row without a `section` is kept by the program itself and stands in no dialog; `names` say the choices.
    """

    title: str
    section: Section | None = None
    help: str = ""
    choices: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    step: int = 1
    pattern: str = ""
    special: Special = ""
    needed: bool = False


def _row(
    title: str,
    section: Section | None = None,
    help: str = "",  # noqa: A002 - what it is
    *,
    choices: dict[str, str] | None = None,
    within: tuple[int, int, int] | None = None,
    pattern: str = "",
    special: Special = "",
    needed: bool = False,
) -> Any:
    """Return a field's metadata: its row, with texts in English; `within` is the lowest, the highest, the step."""
    low, high, step = within or (None, None, 1)
    named = choices or {}
    row = Row(title, section, help, tuple(named), tuple(named.values()), low, high, step, pattern, special, needed)
    return {"row": row}


def _no_keys() -> dict[str, tuple[str, ...]]:
    return {}


_ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
"""How an id is spelled."""

_BYTES = "([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"
"""How bytes are spelled, in base64."""

_THEMES = {
    "system": noted("As the system"),
    "light": noted("Light"),
    "dark": noted("Dark"),
    "contrast": noted("High contrast"),
}
_MOTIONS = {"system": noted("As the system"), "less": noted("As little as can be"), "full": noted("As usual")}


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default; the field's metadata holds its row of the table, in the dialog's order."""

    theme: str = field(default="system", metadata=_row(noted("Theme"), "look", choices=_THEMES))
    interface_font: str = field(default="", metadata=_row(noted("Font of the window"), "look", special="font"))
    interface_size: int = field(
        default=100,
        metadata=_row(
            noted("Size of the window's texts in percent"),
            "look",
            noted("Of the system's own size."),
            within=(80, 200, 10),
        ),
    )
    language: str = field(
        default="",
        metadata=_row(
            noted("Language of the program"), "look", noted("Holds from the next start on."), special="language"
        ),
    )
    reading_font: str = field(default="", metadata=_row(noted("Font of articles"), "reading", special="font"))
    measure: int = field(
        default=66,
        metadata=_row(
            noted("Length of lines in letters"), "reading", noted("Around 66 read best."), within=(40, 110, 2)
        ),
    )
    zoom: int = field(default=100, metadata=_row(noted("Zoom in percent"), "reading", within=(70, 250, 10)))
    single_keys: bool = field(
        default=True,
        metadata=_row(
            noted("Single-letter keys"),
            "keys",
            noted(
                "Letters, digits and signs that work alone, or with Shift, while the article or the claims list has the"
                " focus. Switch them off where a voice or a shaking hand types them by chance."
            ),
        ),
    )
    keys: Mapping[str, tuple[str, ...]] = field(
        default_factory=_no_keys, metadata=_row(noted("Your own keys"), "keys", special="keys")
    )
    announcements: bool = field(
        default=True,
        metadata=_row(noted("Announce changes to screen readers"), "access", noted("For example: Marked as disputed.")),
    )
    motion: str = field(
        default="system",
        metadata=_row(
            noted("Motion"), "access", noted("Blinking carets, sliding menus and fading tips."), choices=_MOTIONS
        ),
    )
    annotator_name: str = field(
        default="",
        metadata=_row(
            noted("Your name"), "you", noted("What you do from now on, in any project, bears it."), needed=True
        ),
    )
    annotator_id: str = field(
        default="",
        metadata=_row(
            noted("Your id"),
            "you",
            noted(
                "You are this id, not the name. On a second machine paste the id of the first, and both are one person."
            ),
            pattern=_ID,
            special="id",
            needed=True,
        ),
    )
    machine_id: str = field(default="", metadata=_row(noted("Number of this machine"), pattern="[0-9a-f]{8}"))
    backup_minutes: int = field(
        default=30,
        metadata=_row(
            noted("Minutes of work between backups"),
            "backups",
            noted("Besides those after opening, after imports and before merges."),
            within=(5, 240, 5),
        ),
    )
    backups_latest: int = field(
        default=10,
        metadata=_row(
            noted("Latest backups kept"),
            "backups",
            noted(
                "Of each project. A lower number deletes none at once: with every new backup at most three of those"
                " that are too many go, the oldest first. A higher one again saves what is left of them."
            ),
            within=(3, 100, 1),
        ),
    )
    backups_days: int = field(
        default=7,
        metadata=_row(
            noted("Daily backups kept"),
            "backups",
            noted("The last one of each of so many days. Days without any do not count."),
            within=(1, 90, 1),
        ),
    )
    backups_weeks: int = field(
        default=4,
        metadata=_row(
            noted("Weekly backups kept"),
            "backups",
            noted("The last one of each of so many weeks. Weeks without any do not count."),
            within=(1, 104, 1),
        ),
    )
    review_aliases: bool = field(default=False, metadata=_row(noted("Letters for names in the review")))
    recent: tuple[str, ...] = field(default=(), metadata=_row(noted("Recent projects")))
    window_geometry: str = field(default="", metadata=_row(noted("Place of the window"), pattern=_BYTES))
    window_state: str = field(default="", metadata=_row(noted("Layout of the panels"), pattern=_BYTES))


_ROWS = {one.name: cast("Row", one.metadata["row"]) for one in fields(Settings)}


def table() -> dict[str, Row]:
    """Return the rows by the setting's name, in order, texts translated."""
    rows: dict[str, Row] = {}
    for name, row in _ROWS.items():
        # gettext says of "" who translated: it is no text.
        told = _(row.help) if row.help else ""
        rows[name] = row._replace(title=_(row.title), help=told, names=tuple(map(_, row.names)))
    return rows


def fits(name: str, value: object) -> bool:
    """Tell whether a setting can have that value; raises KeyError for a setting that is not there."""
    return _is_sound(name, value, asdict(Settings())) and not (_ROWS[name].needed and not value)


def file() -> Path:
    """Return the settings file's path."""
    return folder() / "settings.json"


_Stamp = tuple[str, int, int, int]
_read: list[tuple[_Stamp, Settings]] = []
_SETTLED_NS: Final = 50_000_000
"""A file is as its stamp says only some time after it was written: file systems count time in steps of milliseconds."""


def load() -> Settings:
    """Return the saved settings; an unreadable file or value falls back to the default, and the file is kept."""
    stamp = _stamp()
    if stamp and _read and _read[0][0] == stamp:
        return _read[0][1]  # a start asks a dozen times
    saved = _saved()
    settings = Settings() if saved is None else _checked(saved)
    _read[:] = [(stamp, settings)] if stamp else []
    return settings


def _stamp() -> _Stamp | None:
    """Return what changes with the file; None where it is not there, or so new that it may change unnoticed."""
    place = file()
    try:
        found = place.stat()
    except OSError:
        return None
    if time.time_ns() - found.st_mtime_ns < _SETTLED_NS:
        return None
    return str(place), found.st_ino, found.st_mtime_ns, found.st_size


def _saved() -> dict[str, object] | None:
    """Return what the file holds: {} where there is none, None where it cannot be understood."""
    try:
        saved = json.loads(file().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):  # ValueError: no JSON, no UTF-8
        return None
    return cast("dict[str, object]", saved) if isinstance(saved, dict) else None


def _checked(saved: dict[str, object]) -> Settings:
    defaults: dict[str, object] = asdict(Settings())
    values = {name: _hardened(value) for name, value in saved.items() if name in defaults}
    return Settings(**{name: cast("Any", value) for name, value in values.items() if _is_sound(name, value, defaults)})


def _is_sound(name: str, value: object, defaults: Mapping[str, object]) -> bool:
    return type(value) is type(defaults[name]) and _fits(_ROWS[name], value)


def _hardened(value: Any) -> object:
    """Return lists of JSON as tuples of texts; a dictionary keeps those of its entries that are such lists."""
    if isinstance(value, list):
        return tuple(map(str, cast("list[object]", value)))
    if isinstance(value, dict):
        entries = cast("dict[str, object]", value).items()
        return {key: tuple(map(str, cast("list[object]", one))) for key, one in entries if isinstance(one, list)}
    return value


def _fits(row: Row, value: object) -> bool:
    if row.choices and value not in row.choices:
        return False
    if isinstance(value, str) and value:
        # Half a character (JSON can hold one) goes into no file of ours.
        whole = value.isascii() or value.encode(errors="ignore").decode() == value
        return whole and (not row.pattern or re.fullmatch(row.pattern, value) is not None)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return (row.low is None or value >= row.low) and (row.high is None or value <= row.high)
    return True


def save(settings: Settings) -> None:
    """Write the settings: whole or not at all. A file that could not be understood is kept beside, a person's work.

    What the file says besides is kept in it: settings of another version, and values that this one cannot take, until
    they are given another.

    Raises Refused where the place takes no writes.
    """
    target = file()
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        saved = _saved()
        if saved is None:
            target.replace(target.with_name("settings.unreadable.json"))
        with part.open("w", encoding="utf-8") as stream:
            json.dump(_with_the_unknown(asdict(settings), saved or {}), stream, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise Refused(
            _("the settings cannot be saved: {error}").format(error=error.strerror),
            do=_("see to that first, or name another folder in {variable}").format(variable=FOLDER_VARIABLE),
            file=str(target),
        ) from None


def _with_the_unknown(given: dict[str, object], saved: Mapping[str, object]) -> dict[str, object]:
    defaults: dict[str, object] = asdict(Settings())
    odd = {
        name: value
        for name, value in saved.items()
        if name not in defaults or (given[name] == defaults[name] and not _is_sound(name, _hardened(value), defaults))
    }
    return given | odd


def change(**values: object) -> Settings:
    """Replace some settings, save, and return them all; nothing is written where they are so already."""
    before = load()
    changed = replace(before, **cast("dict[str, Any]", values))
    if changed != before or not file().exists():
        save(changed)
    return changed


def who(make_id: Callable[[], str]) -> tuple[str, str]:
    """Return this person's (id, name); made once, the name from the login name at first."""
    settings = load()
    if not settings.annotator_id or not settings.annotator_name:
        settings = change(
            annotator_id=settings.annotator_id or make_id(),
            annotator_name=settings.annotator_name or _login_name(),
        )
    return settings.annotator_id, settings.annotator_name


def machine_known() -> str:
    """Return what this machine is called in projects, "" where it never wrote to one: looking leaves no trace."""
    number = load().machine_id
    return f"{platform.node()} {number}" if number else ""


def machine() -> str:
    """Return what this machine is called in projects: its name and a number made once, for names are not unique."""
    number = load().machine_id
    if not number:
        number = os.urandom(4).hex()
        try:
            change(machine_id=number)
        except Refused:  # a place that takes no settings: then the name alone must do
            return platform.node()
    return f"{platform.node()} {number}"


def _login_name() -> str:
    import getpass  # noqa: PLC0415 - asked once in a person's life

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no login name in a bare container
        return "annotator"
