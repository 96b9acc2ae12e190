"""Patterns that say whose marks a file holds."""

import pytest

from annotator.errors import Refused
from annotator.formats.whose import Person, Whose


@pytest.mark.parametrize(
    ("pattern", "path", "person"),
    [
        ("{annotator}/{name}.ann", "/x/ada/story.ann", Person("ada", "story", "/x/")),
        ("{annotator}/{name}.ann", "ada/story.ann", Person("ada", "story", "")),
        ("{name}_{annotator}.ann", "a/2016_the_story_4e07.ann", Person("4e07", "2016_the_story", "a/")),
        ("{annotator}_{name}.ann", "ada_the_story.ann", Person("ada", "the_story", "")),
        ("{name}/{annotator}.tsv", "e/story.txt/bo.tsv", Person("bo", "story.txt", "e/")),
        ("{annotator}/*/{name}.ann", "x/ada/round 1/story.ann", Person("ada", "story", "x/")),
        ("{annotator}.tsv", "x/Ødeby 🚀.tsv", Person("Ødeby 🚀", "", "x/")),
        ("", "x/ada/story.ann", Person()),
    ],
)
def test_a_path_says_whose_marks_a_file_holds(pattern: str, path: str, person: Person) -> None:
    assert Whose(pattern).person(path) == person


@pytest.mark.parametrize(
    "pattern", ["{name}.ann", "ada", "{annotator}/{annotator}.ann", "{annotator}/{title}.ann", "{}/{annotator}.ann"]
)
def test_a_pattern_that_does_not_say_so_is_refused(pattern: str) -> None:
    with pytest.raises(Refused, match="does not say where the annotator's name is"):
        Whose(pattern)


def test_a_path_that_is_not_so_is_refused() -> None:
    with pytest.raises(Refused, match="its path is not as"):
        Whose("{annotator}/{name}.ann").person("story.ann")


def test_one_name_stands_for_one_text() -> None:
    whose = Whose("{annotator}/{name}.ann")
    ada, bo = (whose.person(f"{one}/story.ann") for one in ("ada", "bo"))
    whose.check_text(ada, "ada/story.ann", "ada/story.txt", "1", lambda: "one\ntwo\n")
    whose.check_text(ada, "ada/story.ann", "ada/story.txt", "1", lambda: "one\ntwo\n")
    whose.check_text(whose.person("bo/other.ann"), "bo/other.ann", "bo/other.txt", "2", lambda: "one\n2\n")
    with pytest.raises(Refused, match=r"text of bo/story\.txt differs from that of ada/story\.txt, first in line 2"):
        whose.check_text(bo, "bo/story.ann", "bo/story.txt", "2", lambda: "one\n2\n")


def test_marks_of_nobody_are_of_one_file_for_each_text() -> None:
    whose = Whose()
    whose.check_text(Person(), "a.ann", "a.txt", "1", str)
    whose.check_text(Person(), "a.ann", "a.txt", "1", str)
    whose.check_text(Person(), "b.ann", "b.txt", "2", str)
    with pytest.raises(Refused, match=r"a\.ann has marks of the same text"):
        whose.check_text(Person(), "c.ann", "c.txt", "1", str)
