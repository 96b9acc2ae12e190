"""A project for the review's screens: two annotators, or six, over the water article, and somebody who reviews."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.model.ids import AnnotatorId, ArticleId, ClaimId, MentionId, SourceId, derived_id
from annotator.model.records import Annotator, Article, Source, Stance, TextVersion, Zone, version_id, zone_id
from annotator.services import annotating, linking
from annotator.services.projects import new_project, opened
from annotator.store.project import Project
from tests.gui import scenes
from tests.gui.scenes import MOMENT

TITLE: Final = "Riverton says its lead-pipe programme is ahead of schedule"
TEXT: Final = f"""{TITLE}

Mayor Dana Okafor told residents on Tuesday that the city had replaced 4,200 lead service lines since 2021, calling \
the work “the fastest programme of its size in the state”.

The county auditor, Lev Marchetti, said in a letter released the same evening that invoices support about 3,150 \
replacements, and that the remaining addresses were counted twice when contractors changed in 2023.

A spokesperson for the Water Department, Priya Nand, rejected the suggestion of double counting. Every line we \
reported has a work order and a photograph, she said, adding that the full register would be published within thirty \
days.
"""

PEOPLE: Final = ("Imani Castellan", "Mateo Oyelaran", "Ana Ruiz", "Bo Lindqvist", "Chidi Obi", "Dana Weiss")
REVIEWER: Final = "Reva Stone"

_LETTER: Final = Source(SourceId(derived_id("letter")), title="Auditor’s letter", medium="document")

Marked = tuple[str, str, str, Stance | None, str]
"""Words, status, speaker, what the auditor's letter says of it, and a note."""

_FIRST: Final[tuple[Marked, ...]] = (
    ("the city had replaced 4,200 lead service lines since 2021", "disputed", "Dana Okafor", "refutes", ""),
    ("the fastest programme of its size in the state", "alleged", "Dana Okafor", None, ""),
    ("invoices support about 3,150 replacements", "confirmed", "Lev Marchetti", "supports", ""),
    (
        "the remaining addresses were counted twice when contractors changed in 2023",
        "disputed",
        "Lev Marchetti",
        "supports",
        "“counted twice” is the auditor’s word",
    ),
    ("Every line we reported has a work order and a photograph", "alleged", "Priya Nand", None, ""),
)
_SECOND: Final[tuple[Marked, ...]] = (
    ("4,200 lead service lines since 2021", "confirmed", "Dana Okafor", None, ""),
    ("invoices support about 3,150 replacements", "confirmed", "Lev Marchetti", "supports", ""),
    ("the remaining addresses were counted twice", "alleged", "Lev Marchetti", None, ""),
    ("Every line we reported has a work order and a photograph", "alleged", "Priya Nand", None, ""),
    ("the full register would be published within thirty days", "alleged", "Priya Nand", None, ""),
)
_MORE: Final[tuple[Marked, ...]] = (
    ("that the city had replaced 4,200 lead service lines since 2021", "alleged", "Dana Okafor", None, ""),
    ("addresses were counted twice when contractors changed in 2023", "disputed", "Lev Marchetti", None, ""),
    ("invoices support about 3,150 replacements", "confirmed", "Lev Marchetti", "supports", ""),
)


_MARKS: Final = (_FIRST, _SECOND, _MORE, _FIRST[:4], _MORE[:2], _SECOND[:3])


def make_review_project(path: Path, *, many: bool = False, crowd: int = 0) -> None:
    """Make the project; `many` has six annotators, a `crowd` so many."""
    people = (*(PEOPLE if many else PEOPLE[:2]), *(f"Person {number:02}" for number in range(7, crowd + 1)))
    new_project(path, name="Riverton water audit", person=REVIEWER)
    version = _put_article(path)
    with opened(path, write=True, person=REVIEWER) as project, project.change("people") as change:
        for name in people:
            # Letters for names are dealt by ids: with ids made anew a picture would be another each time.
            change.put(Annotator(AnnotatorId(derived_id("person", name)), name))
    for number, name in enumerate(people):
        with opened(path, write=True, person=name) as project:
            for one in _MARKS[number % len(_MARKS)]:
                _mark(project, version, one)


def _put_article(path: Path) -> TextVersion:
    with opened(path, write=True, person=REVIEWER) as project:
        far = int(MOMENT.timestamp() * 1000) << 16
        project._clock.see(far)  # pyright: ignore[reportPrivateUsage] - nobody else may set it
        article = Article(ArticleId(derived_id("riverton")), publisher="The Riverton Courier", language="en")
        with project.change("import") as change:
            sha = change.put_text(TEXT)
            version = TextVersion(version_id(article.id, sha), article.id, sha, title=TITLE)
            change.put(article)
            change.put(version)
            change.put(_LETTER)
            end = len(TITLE)
            change.put(Zone(zone_id(article.id, sha, 0, end), article.id, sha, "headline", 0, end))
    return version


def _mark(project: Project, version: TextVersion, marked: Marked) -> MentionId:
    words, status, speaker, stance, note = marked
    start = TEXT.index(words)
    made = annotating.mark(project, version.id, [(start, start + len(words))], status=status)
    annotating.set_speaker(project, made.mention_id, name=speaker)
    if stance:
        linking.link_source(project, ClaimId(made.claim_id), _LETTER.id, stance=stance)
    if note:
        annotating.edit_mention(project, made.mention_id, note=note)
    return made.mention_id


def person_called(project: Project, name: str) -> AnnotatorId:
    """Return the id of the annotator of that name."""
    (found,) = [one for one in project.all(Annotator) if one.name == name]
    return found.id


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is, and let the window come to rest."""
    focused = QApplication.focusWidget()
    assert isinstance(focused, QWidget)
    QTest.keyClick(focused, key, modifier)
    scenes.settle()
