"""Settings: one typed table; what cannot be read is kept, what does not fit falls back."""

import json
import os
from dataclasses import asdict, fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import settings
from annotator.errors import Refused
from annotator.model.ids import is_id, new_id
from annotator.settings import Settings

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
NAMES = [one.name for one in fields(Settings)]


def written(content: str | bytes) -> Path:
    settings.file().parent.mkdir(parents=True, exist_ok=True)
    settings.file().write_bytes(content if isinstance(content, bytes) else content.encode())
    return settings.file()


def test_without_a_file_there_are_the_defaults_and_looking_makes_none() -> None:
    assert settings.load() == Settings()
    assert not settings.file().exists()


def test_what_is_changed_is_there_again() -> None:
    changed = settings.change(theme="dark", zoom=130, recent=("/a.annot", "/Ødeby “x”.annot"), single_keys=False)
    assert settings.load() == changed
    assert (changed.zoom, changed.recent[1]) == (130, "/Ødeby “x”.annot")
    assert [one.name for one in settings.folder().iterdir()] == ["settings.json"]


def test_what_is_so_already_is_not_written_again() -> None:
    settings.change(theme="dark")
    before = settings.file().stat().st_ino  # of a file that is put in place of the one before
    settings.change(theme="dark")
    assert settings.file().stat().st_ino == before
    settings.change(theme="light")
    assert settings.file().stat().st_ino != before


def test_what_another_program_changes_is_seen_even_in_a_file_of_the_same_size_and_age() -> None:
    written('{"zoom": 110}')
    old = settings.file().stat().st_mtime_ns - 10**12
    os.utime(settings.file(), ns=(old, old))
    assert [settings.load().zoom for _time in range(2)] == [110, 110]
    written('{"zoom": 120}')
    assert [settings.load().zoom for _time in range(2)] == [120, 120]
    replacing = settings.file().with_suffix(".new")
    replacing.write_text('{"zoom": 130}')
    os.utime(settings.file(), ns=(old, old))
    assert settings.load().zoom == 120
    os.utime(replacing, ns=(old, old))
    replacing.replace(settings.file())
    assert settings.load().zoom == 130


@pytest.mark.parametrize("content", ["{", "", "[]", "7", '{"zoom": 130} x', b"\xff\xfe\x00", "[" * 100_000])
def test_a_file_that_cannot_be_read_is_kept_when_settings_are_saved(content: str | bytes) -> None:
    path = written(content)
    before = path.read_bytes()
    assert settings.load() == Settings()
    assert path.read_bytes() == before
    settings.change(theme="dark")
    assert settings.load().theme == "dark"
    assert path.with_name("settings.unreadable.json").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("zoom", 69),
        ("zoom", 251),
        ("zoom", True),
        ("zoom", "100"),
        ("zoom", 130.0),
        ("theme", "pink"),
        ("theme", None),
        ("single_keys", 0),
        ("recent", "/a.annot"),
        ("annotator_id", "bob"),
        ("annotator_id", "01890000-0000-7000-8000-0000000000AD"),
        ("annotator_name", 7),
        ("annotator_name", "Ana \ud83d"),
        ("window_geometry", "AdnQy"),
        ("window_geometry", "AdnQyé=="),
        ("window_state", "the left one is closed"),
    ],
)
def test_a_value_that_does_not_fit_falls_back_and_the_others_stay(name: str, value: object) -> None:
    written(json.dumps({"language": "kk", name: value, "of a later version": 1}))
    assert settings.load() == Settings(language="kk")


@given(st.dictionaries(st.sampled_from(NAMES), JSON))
def test_whatever_the_file_holds_settings_have_their_types(saved: dict[str, object]) -> None:
    written(json.dumps(saved))
    loaded = settings.load()
    for one in fields(Settings):
        assert type(getattr(loaded, one.name)) is type(getattr(Settings(), one.name))
    assert 70 <= loaded.zoom <= 250
    assert set(map(type, loaded.recent)) <= {str}
    settings.save(loaded)
    assert settings.load() == loaded


def test_who_is_made_once_and_stays() -> None:
    first = settings.who(new_id)
    assert is_id(first[0])
    assert first[1]
    assert settings.who(new_id) == first
    settings.change(annotator_name="Ada")
    assert settings.who(new_id) == (first[0], "Ada")


def test_without_a_login_name_there_is_still_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert settings.who(new_id)[1] == "annotator"


def test_a_place_that_takes_no_settings_is_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("x")
    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(blocked))
    assert settings.load() == Settings()
    with pytest.raises(Refused, match="the settings cannot be saved") as told:
        settings.change(theme="dark")
    assert "\n" not in str(told.value)


def test_saving_is_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    settings.change(theme="dark")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="No space left"):
        settings.change(theme="light")
    assert settings.load().theme == "dark"
    assert [one.name for one in settings.folder().iterdir()] == ["settings.json"]


def test_every_setting_has_its_row_and_its_default_fits_it() -> None:
    table = settings.table()
    assert list(table) == NAMES
    assert all(row.title for row in table.values())
    written(json.dumps(asdict(Settings())))
    assert settings.load() == Settings()


def test_the_folder_is_the_system_s_unless_one_is_named(monkeypatch: pytest.MonkeyPatch, own_home: Path) -> None:
    assert settings.folder() == own_home
    monkeypatch.delenv(settings.FOLDER_VARIABLE)
    assert settings.folder().name == "annotator"


def test_what_this_version_cannot_take_stays_in_the_file_until_it_is_given_another_value() -> None:
    path = written('{"theme": "sepia", "zoom": 130, "later": {"a": 1}, "keys": {"claim.next": ["G"], "odd": 7}}')
    assert (settings.load().theme, settings.load().zoom) == ("system", 130)
    assert settings.load().keys == {"claim.next": ("G",)}
    settings.change(zoom=140)
    kept = json.loads(path.read_text())
    assert (kept["theme"], kept["zoom"], kept["later"]) == ("sepia", 140, {"a": 1})
    settings.change(theme="dark")
    assert settings.load().theme == json.loads(path.read_text())["theme"] == "dark"


def test_a_value_is_looked_at_before_it_is_taken() -> None:
    assert settings.fits("zoom", 130)
    assert not settings.fits("zoom", 30)
    assert not settings.fits("annotator_name", "")
    assert settings.fits("language", "")
    with pytest.raises(KeyError):
        settings.fits("colour", "blue")
