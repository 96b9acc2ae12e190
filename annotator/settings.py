"""The person's settings: one typed table, kept as JSON in the system's place for settings."""

import getpass
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, cast

import platformdirs

from annotator.i18n import _

FOLDER_VARIABLE = "ANNOTATOR_HOME"
"""Environment variable that puts settings, logs and caches into one folder (tests, portable use)."""


def folder() -> Path:
    """Return the folder of settings, logs and caches; it may not exist yet."""
    own = os.environ.get(FOLDER_VARIABLE)
    return Path(own) if own else Path(platformdirs.user_data_dir("annotator", appauthor=False))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: what the setting is called and which values it takes."""

    title: str
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


def _row(title: str, *, choices: tuple[str, ...] = (), low: float | None = None, high: float | None = None) -> Any:
    return {"row": Row(title, choices, low, high)}


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default; the field's metadata holds its row of the table."""

    annotator_id: str = field(default="", metadata=_row("Your id"))
    annotator_name: str = field(default="", metadata=_row("Your name"))
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
        rows[one.name] = replace(row, title=_(row.title))
    return rows


def file() -> Path:
    """Return the settings file's path."""
    return folder() / "settings.json"


def load() -> Settings:
    """Return the saved settings; an unreadable file or value falls back to the default, and the file is kept."""
    try:
        saved = json.loads(file().read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
        return Settings()
    return _checked(cast("dict[str, object]", saved)) if isinstance(saved, dict) else Settings()


def _checked(saved: dict[str, object]) -> Settings:
    kept: dict[str, Any] = {}
    for one in fields(Settings):
        value = saved.get(one.name, one.default)
        if isinstance(one.default, tuple) and isinstance(value, list):
            value = tuple(str(item) for item in cast("list[object]", value))
        if type(value) is type(one.default) and _fits(cast("Row", one.metadata["row"]), value):
            kept[one.name] = value
    return Settings(**kept)


def _fits(row: Row, value: object) -> bool:
    if row.choices and value not in row.choices:
        return False
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return (row.low is None or value >= row.low) and (row.high is None or value <= row.high)
    return True


def save(settings: Settings) -> None:
    """Write the settings: whole or not at all."""
    target = file()
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    part.write_text(json.dumps(asdict(settings), indent=1, ensure_ascii=False), encoding="utf-8")
    part.replace(target)


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


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no login name in a bare container
        return "annotator"
