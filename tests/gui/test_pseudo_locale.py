"""Every screen in a made-up language, 40 % longer: what was not passed through gettext is found, and what is cut."""

import html
import re
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Final

import pytest
from babel.messages.catalog import Catalog
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAction, QFontDatabase
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QTableWidget,
    QToolButton,
    QWidget,
)

from annotator import i18n
from annotator.gui.widgets.elided import ElidedLabel
from annotator.gui.window import MainWindow
from annotator.model.records import (
    Annotator,
    Article,
    Claim,
    Comment,
    Evidence,
    Mention,
    ProjectCard,
    Source,
    Speaker,
)
from annotator.services.projects import opened
from tests.gui import scenes
from tests.gui.states import STATES, Scene, name_of, reviewed
from tools import translations

pytestmark = pytest.mark.usefixtures("qapp")

OPEN, CLOSE = "‹", "›"
LONGER: Final = 0.4
ACCENTS: Final = str.maketrans("aeiouAEIOUcnsy", "àéîöûÀÉÎÖÛçñšý")

PLACEHOLDER: Final = re.compile(r"(\{[^{}]*\})")
SAID_BY_STATES: Final = ("<b>A notice</b>", "Do it")
SAID_BY_QT: Final = ("Scroll Left", "Scroll Right")
"""Names of a tab bar's own buttons; Qt brings their translations."""
KEYS: Final = {
    "Left",
    "Right",
    "Ctrl",
    "Shift",
    "Alt",
    "AltGr",
    "Return",
    "Enter",
    "Del",
    "Esc",
    "Space",
    "Tab",
    "PgUp",
    "PgDown",
}
SIGNS: Final = re.compile(r"[\W\d_]|\bF\d+\b|\b[A-Z]{1,2}\b")
"""No words: signs, numbers, keys, initials."""
DATE: Final = re.compile(r"\d{1,2} [A-Z][a-z]+( \d{4})?")
"""Qt writes dates as the system does, in whatever language the program is."""


def pseudo(text: str) -> str:
    """Return a text with accents, 40 % longer, between marks; what the program fills in stays as it is."""
    parts = PLACEHOLDER.split(text)
    said = "".join(one if PLACEHOLDER.fullmatch(one) else one.translate(ACCENTS) for one in parts)
    letters = sum(len(one) for one in parts if not PLACEHOLDER.fullmatch(one))
    words = ["", *("ñéw" for _number in range(round(letters * LONGER / 4)))]
    return f"{OPEN}{said}{' '.join(words)}{CLOSE}"


def made_up() -> Catalog:
    """Return a translation of every text of the program into the made-up language."""
    made = Catalog(locale="en", charset="utf-8", fuzzy=False)
    for message in translations.texts():
        if message.id:
            several = isinstance(message.id, tuple)
            made.add(message.id, tuple(map(pseudo, message.id)) if several else pseudo(str(message.id)))
    return made


@pytest.fixture(scope="module")
def language(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    folder = tmp_path_factory.mktemp("translations")
    translations.compiled(made_up(), folder / "eo" / "LC_MESSAGES" / "annotator.mo")
    with pytest.MonkeyPatch.context() as there:
        there.setenv(i18n.FOLDER_VARIABLE, str(folder))
        i18n.use("eo")
        yield "eo"
    i18n.use("")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pseudo") / "lanner.annot"
    scenes.make_project(path)
    return path


@pytest.fixture(scope="module")
def content(project: Path) -> str:
    """Everything that people wrote in the project: it is nobody's to translate."""
    names = [QLocale.languageToString(one) for one in QLocale.Language]  # of Qt, which has them in English only
    written = [*written_in(project), *written_in(reviewed(project))]
    written = [DATE.sub("", one) for one in written]  # as is done to what is on show
    return "\n".join([*written, *names, *QFontDatabase.families(), str(project), *SAID_BY_STATES, *SAID_BY_QT])


def written_in(project: Path) -> Iterator[str]:
    """Yield what people wrote in a project."""
    kinds = (Annotator, Article, Claim, Comment, Evidence, Mention, ProjectCard, Source, Speaker)
    with opened(project, write=False) as read:
        for kind in kinds:
            yield from (repr(one) for one in read.all(kind))
        for row in read.version_rows():
            yield read.text(row.version.text_sha256)
            yield row.version.title


# What is looked at


def shown_texts(window: MainWindow) -> Iterator[tuple[str, str]]:
    """Yield every text of what can be seen, with whose it is."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible():
            kind = f"{type(widget).__name__} of {type(widget.parent()).__name__}"
            for text in texts_of(widget):
                yield kind, text
    for action in window.findChildren(QAction):
        yield f"action {action.objectName()}", action.text()
        yield f"tip of {action.objectName()}", action.statusTip()


def texts_of(widget: QWidget) -> Iterator[str]:
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    if isinstance(widget, QListWidget):
        yield from (widget.item(at).text() for at in range(widget.count()))
    if isinstance(widget, QTableWidget):
        heads = [widget.horizontalHeaderItem(at) for at in range(widget.columnCount())]
        cells = [widget.item(row, at) for row in range(widget.rowCount()) for at in range(widget.columnCount())]
        yield from (item.text() for item in (*heads, *cells) if item is not None)


def untranslated(text: str, content: str) -> str:
    """Return what of a text is neither translated, nor a key, a number or a date, nor what people wrote."""
    text, before = html.unescape(re.sub(r"</?p>|[\u2066-\u2069]", "", text)), ""
    while before != text:
        before, text = text, re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", "\n", text)
    pieces = [one.strip(" ,.;:()“”‘’…—–-") for one in re.split(r"[\n·+…]|[:;,] | – |\s{2,}", DATE.sub("", text))]
    return " | ".join(one for one in pieces if one not in KEYS and SIGNS.sub("", one) and one not in content)


def cut(widget: QWidget) -> str:
    """Return why a text of a widget cannot be read whole, "" where it can."""
    if isinstance(widget, QLineEdit):
        room = widget.width() - 20 - widget.textMargins().left() - widget.textMargins().right()
        needed = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
        translated = OPEN in widget.placeholderText() and not widget.text()
        return "its placeholder is too long" if translated and needed > room else ""
    if not isinstance(widget, QLabel | QAbstractButton) or OPEN not in widget.text():
        return ""
    if isinstance(widget, QToolButton) and widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
        return ""
    if isinstance(widget, ElidedLabel):
        of_people = any(vowel in widget.text() for vowel in "aeiou")  # what they wrote may end in "…"
        return "elided" if widget.is_cut() and not of_people else ""
    if isinstance(widget, QLabel) and widget.wordWrap():
        return "too low" if widget.height() < widget.heightForWidth(widget.width()) else ""
    return "too narrow" if widget.width() < widget.sizeHint().width() else ""


def described(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    whose = f"{type(widget).__name__} of {type(widget.parent()).__name__}"
    return f"{whose}, {widget.width()} of {widget.sizeHint().width()}: {text}"


@pytest.mark.parametrize("state", STATES, ids=name_of)
def test_every_text_is_translated_and_none_is_cut(state: Scene, project: Path, language: str, content: str) -> None:
    del language
    with state(project) as window:
        scenes.settle()
        left = {f"{whose}: {what}" for whose, text in shown_texts(window) if (what := untranslated(text, content))}
        bad = {
            f"{described(one)} ({why})" for one in window.findChildren(QWidget) if one.isVisible() and (why := cut(one))
        }
    found = sorted(left | bad)
    assert not found, "\n".join(found)
