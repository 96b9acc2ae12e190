"""The theme files keep their promises, and a running program takes a theme on."""

import json
import re
from itertools import combinations

import msgspec
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator import assets
from annotator.gui.theme import (
    Theme,
    apply_theme,
    available,
    chosen_theme,
    current_theme,
    load_theme,
    reading_font,
    style_sheet,
    system_theme_name,
)
from annotator.model.colour import BLINDNESSES, contrast, difference, mix, parse
from annotator.model.status import SCHEMES

MAIN = ("alleged", "disputed", "confirmed")
GROUNDS = ("paper", "app", "surface", "raised", "well", "hover", "accent_wash")
TEXTS = ("ink", "ink2", "ink3", "accent", "warning", "error", "gutter", "speaker", "suggestion")

needs_qt = pytest.mark.usefixtures("qapp")
themes = pytest.mark.parametrize("theme", [load_theme(name) for name in available()], ids=available())


def _contrast(theme: Theme, text: str, ground: str) -> float:
    return contrast(parse(theme.code(text)), parse(theme.code(ground)))


def _least_difference(one: str, other: str) -> float:
    return min(difference(parse(one), parse(other), kind) for kind in (None, *BLINDNESSES))


@themes
def test_a_file_has_every_token_and_no_other(theme: Theme) -> None:
    kept = json.loads(assets.text("themes", f"{theme.name}.json"))
    assert set(kept) == {one.name for one in msgspec.structs.fields(Theme)}
    assert set(kept["tints"]) == {"plain", "active", "chip", "border"}
    for value in kept.values():
        if isinstance(value, str) and value != theme.name:
            parse(value)


@themes
def test_every_status_of_every_scheme_has_its_colour(theme: Theme) -> None:
    assert {status.token for scheme in SCHEMES.values() for status in scheme} == set(theme.status)


@themes
def test_status_colours_stand_out_from_the_paper(theme: Theme) -> None:
    for token in theme.status:
        assert _contrast(theme, token, "paper") >= (5.0 if token in MAIN else 4.5), token
        assert _contrast(theme, token, "paper") >= theme.least_contrast, token


@themes
def test_the_three_statuses_differ_to_every_kind_of_eye(theme: Theme) -> None:
    for one, other in combinations(MAIN, 2):
        assert _least_difference(theme.status[one], theme.status[other]) >= 14.4, (one, other)


@themes
def test_further_statuses_differ_almost_as_much(theme: Theme) -> None:
    for one, other in combinations(theme.status, 2):
        assert _least_difference(theme.status[one], theme.status[other]) >= 13.0, (one, other)


@themes
@pytest.mark.parametrize("ground", GROUNDS)
def test_texts_can_be_read_on_every_ground(theme: Theme, ground: str) -> None:
    for text in TEXTS:
        assert _contrast(theme, text, ground) >= theme.least_contrast, text


@themes
def test_texts_on_coloured_grounds_can_be_read(theme: Theme) -> None:
    for text, ground in (("on_selection", "selection"), ("on_accent", "accent"), ("on_tooltip", "tooltip")):
        assert _contrast(theme, text, ground) >= theme.least_contrast, ground
    for token in theme.status:
        filled = contrast(parse(theme.on_status(token).name()), parse(theme.status[token]))
        assert filled >= theme.least_contrast, token


@themes
def test_every_rule_of_the_style_sheet_that_sets_text_and_ground_can_be_read(theme: Theme) -> None:
    sheet = assets.text("themes", "window.qss")
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
    pairs = [
        (names.strip(), text[1], ground[1])
        for names, rule in rules
        if (text := re.search(r"(?<!-)\bcolor:\s*\$(\w+)", rule))
        and (ground := re.search(r"\bbackground(?:-color)?:\s*\$(\w+)", rule))
    ]
    assert len(pairs) > 5
    unread = [pair for pair in pairs if _contrast(theme, pair[1], pair[2]) < theme.least_contrast]
    assert unread == []


@themes
def test_status_names_can_be_read_on_their_tints(theme: Theme) -> None:
    for token in theme.status:
        for ground in ("surface", "raised", "well"):
            under = mix(parse(theme.status[token]), parse(theme.code(ground)), theme.tints["active"])
            text = parse(theme.status_text(token, "active", ground=ground).name())
            assert contrast(text, under) >= theme.least_contrast, (token, ground)


@themes
def test_the_article_can_be_read_where_three_tints_lie_over_each_other(theme: Theme) -> None:
    for token in theme.status:
        ground = parse(theme.paper)
        for _layer in range(2):
            ground = mix(parse(theme.status[token]), ground, theme.tints["plain"])
        ground = mix(parse(theme.status[token]), ground, theme.tints["active"])
        assert contrast(parse(theme.ink), ground) >= 4.5, token


@themes
def test_the_focus_ring_stands_out_from_what_it_surrounds(theme: Theme) -> None:
    for ground in ("surface", "raised", "well", "paper", "accent_wash"):
        assert _contrast(theme, "focus", ground) >= 3.0, ground


def test_a_theme_that_is_not_there_is_a_bug() -> None:
    with pytest.raises(KeyError):
        load_theme("sepia")
    with pytest.raises(KeyError):
        load_theme("light").colour("sepia")
    with pytest.raises(KeyError):
        load_theme("light").colour("name")


def test_a_status_of_a_projects_own_token_is_shown_in_the_second_ink() -> None:
    light = load_theme("light")
    assert light.status_colour("rumoured") == light.colour("ink2")


@themes
def test_the_style_sheet_is_filled_in(theme: Theme) -> None:
    sheet = style_sheet(theme)
    assert "$" not in sheet
    assert theme.focus in sheet


@needs_qt
def test_the_system_has_a_theme() -> None:
    assert system_theme_name() in available()
    assert chosen_theme("system").name == system_theme_name()
    assert chosen_theme("contrast").name == "contrast"


@themes
def test_every_role_of_every_group_comes_from_the_theme(qapp: QApplication, theme: Theme) -> None:
    apply_theme(qapp, theme)
    palette = qapp.palette()
    tokens = msgspec.structs.asdict(theme).values()
    ours = set(theme.status.values()) | {value for value in tokens if isinstance(value, str)}
    for role in QPalette.ColorRole:
        if role in {QPalette.ColorRole.NoRole, QPalette.ColorRole.NColorRoles}:
            continue
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            assert palette.color(group, role).name().upper() in {one.upper() for one in ours}, (group, role)
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled != palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Text)


class Watcher(QWidget):
    """Notes which theme was current whenever it was told of a change."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.seen.append(current_theme().name)


def test_a_theme_changes_while_the_program_runs(qapp: QApplication, qtbot: QtBot) -> None:
    apply_theme(qapp, load_theme("light"))
    watcher = Watcher()
    qtbot.addWidget(watcher)
    with qtbot.waitExposed(watcher):
        watcher.show()
    apply_theme(qapp, load_theme("dark"))
    assert watcher.seen[-1] == "dark"
    assert watcher.palette().color(QPalette.ColorRole.Text) == load_theme("dark").colour("ink")


@needs_qt
def test_the_reading_font_is_a_serif_in_the_size_asked_for() -> None:
    assert reading_font(pixels=19).pixelSize() == 19
    assert reading_font().families()[0] == "Source Serif 4"
    larger, plain = reading_font(factor=2), reading_font()
    assert larger.pointSizeF() == pytest.approx(2 * plain.pointSizeF())
