"""The person's settings: one typed table, kept as JSON in the system's place for settings."""

import contextlib
import getpass
import json
import os
import re
import secrets
import socket
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, NamedTuple, cast

import platformdirs

from annotator.errors import Refused
from annotator.i18n import _

FOLDER_VARIABLE = "ANNOTATOR_HOME"
"""Environment variable that puts settings, logs and caches into one folder (tests, portable use)."""


def folder() -> Path:
    """Return the folder of settings, logs and caches; it may not exist yet."""
    own = os.environ.get(FOLDER_VARIABLE)
    return Path(own) if own else Path(platformdirs.user_data_dir("annotator", appauthor=False))


class Row(NamedTuple):
    """One row of the table: what the setting is called and which values it takes."""

    title: str
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    pattern: str = ""


def _row(
    title: str,
    *,
    choices: tuple[str, ...] = (),
    low: float | None = None,
    high: float | None = None,
    pattern: str = "",
) -> Any:
    return {"row": Row(title, choices, low, high, pattern)}


_ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
"""How an id is spelled."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default; the field's metadata holds its row of the table."""

    annotator_id: str = field(default="", metadata=_row("Your id", pattern=_ID))
    annotator_name: str = field(default="", metadata=_row("Your name"))
    machine_id: str = field(default="", metadata=_row("Number of this machine", pattern="[0-9a-f]{8}"))
    theme: str = field(default="system", metadata=_row("Theme", choices=("system", "light", "dark", "contrast")))
    language: str = field(default="", metadata=_row("Language of the program"))
    zoom: int = field(default=100, metadata=_row("Zoom in percent", low=70, high=250))
    single_keys: bool = field(default=True, metadata=_row("Single-letter keys"))
    announcements: bool = field(default=True, metadata=_row("Announce changes to screen readers"))
    recent: tuple[str, ...] = field(default=(), metadata=_row("Recent projects"))
    window_geometry: str = field(default="", metadata=_row("Place of the window"))
    window_state: str = field(default="", metadata=_row("Layout of the panels"))


def table() -> dict[str, Row]:
    """Return the rows by the setting's name, in order, titles translated."""
    rows: dict[str, Row] = {}
    for one in fields(Settings):
        row = cast("Row", one.metadata["row"])
        rows[one.name] = row._replace(title=_(row.title))
    return rows


def file() -> Path:
    """Return the settings file's path."""
    return folder() / "settings.json"


def load() -> Settings:
    """Return the saved settings; an unreadable file or value falls back to the default, and the file is kept."""
    saved = _saved()
    return Settings() if saved is None else _checked(saved)


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
    kept: dict[str, Any] = {}
    defaults: dict[str, object] = asdict(Settings())
    for one in fields(Settings):
        name, row = one.name, cast("Row", one.metadata["row"])
        value = saved.get(name)
        if isinstance(value, list):
            value = tuple(str(item) for item in cast("list[object]", value))
        if type(value) is type(defaults[name]) and _fits(row, value):
            kept[name] = value
    return Settings(**kept)


def _fits(row: Row, value: object) -> bool:
    if row.choices and value not in row.choices:
        return False
    if row.pattern and isinstance(value, str) and value:
        return re.fullmatch(row.pattern, value) is not None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return (row.low is None or value >= row.low) and (row.high is None or value <= row.high)
    return True


def save(settings: Settings) -> None:
    """Write the settings: whole or not at all. A file that could not be understood is kept beside, a person's work.

    Raises Refused where the place takes no writes.
    """
    target = file()
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if _saved() is None:
            target.replace(target.with_name("settings.unreadable.json"))
        with part.open("w", encoding="utf-8") as stream:
            json.dump(asdict(settings), stream, indent=1)
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


def change(**values: object) -> Settings:
    """Replace some settings, save, and return them all."""
    changed = replace(load(), **cast("dict[str, Any]", values))
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
    return f"{socket.gethostname()} {number}" if number else ""


def machine() -> str:
    """Return what this machine is called in projects: its name and a number made once, for names are not unique."""
    number = load().machine_id
    if not number:
        number = secrets.token_hex(4)
        try:
            change(machine_id=number)
        except Refused:  # a place that takes no settings: then the name alone must do
            return socket.gethostname()
    return f"{socket.gethostname()} {number}"


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no login name in a bare container
        return "annotator"
