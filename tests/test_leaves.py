"""Refusals are one line, texts pass through gettext, resources are found."""

import errno
import os
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import assets, i18n
from annotator.errors import Refused, from_os
from annotator.i18n import _, ngettext

TEXTS = st.text(st.characters(), max_size=20)


@given(TEXTS, TEXTS, TEXTS, st.integers(0, 3))
def test_a_refusal_is_one_line_that_any_output_can_take(what: str, do: str, file: str, line: int) -> None:
    shown = str(Refused(what, do=do, file=file, line=line))
    assert len(shown.splitlines()) <= 1
    assert "\x1b" not in shown
    shown.encode()


def test_a_refusal_says_where_what_and_what_to_do() -> None:
    assert str(Refused("it is empty")) == "it is empty"
    assert (
        str(Refused("it is empty", do="fill it", file="a  b.txt", line=3)) == "a  b.txt, line 3: it is empty; fill it"
    )


def test_a_place_is_kept_once_it_is_known() -> None:
    placed = Refused("broken", do="mend it").at(file="a.jsonl", line=2)
    assert (placed.file, placed.line, placed.what, placed.do) == ("a.jsonl", 2, "broken", "mend it")
    assert str(placed.at(file="other", line=9)) == str(placed)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "a.annot: the disk is full; free some space and try again"),
        (errno.EROFS, "a.annot: the disk is read-only; choose a place you may write to"),
        (errno.EACCES, "a.annot: the system does not permit it; ask for access, or choose another place"),
        (errno.ENAMETOOLONG, "a.annot: the name is too long; choose a shorter one"),
        (errno.EIO, f"a.annot: the system says: {os.strerror(errno.EIO)}; see to that first"),
    ],
)
def test_an_error_of_the_system_says_what_to_do(number: int, told: str) -> None:
    error = OSError(number, os.strerror(number), "a.annot")
    assert str(from_os(error)) == told
    assert str(from_os(error, "b.jsonl")) == told.replace("a.annot", "b.jsonl")


def test_a_refusal_comes_back_whole_from_another_process() -> None:
    refused = Refused("broken", do="mend it", file="a.jsonl", line=2)
    assert str(pickle.loads(pickle.dumps(refused))) == str(refused)  # noqa: S301 - our own object


def test_texts_without_a_translation_are_english() -> None:
    i18n.use("xx-nowhere")
    try:
        assert _("Theme") == "Theme"
        assert ngettext("{n} claim", "{n} claims", 1) == "1 claim"
        assert ngettext("{n} claim", "{n} claims", 2) == "2 claims"
    finally:
        i18n.use("")


def test_resources_are_found_and_named_where_they_are_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert assets.path("themes", "light.json").is_file()
    assert assets.text("themes", "light.json").startswith("{")
    monkeypatch.setattr(assets, "__file__", str(tmp_path / "annotator" / "assets.py"))
    root = assets._root.__wrapped__  # pyright: ignore[reportPrivateUsage] - the search, without what it found before
    with pytest.raises(FileNotFoundError, match="resources are missing"):
        root()
    (tmp_path / "annotator" / "_resources").mkdir(parents=True)
    assert root() == tmp_path / "annotator" / "_resources"
