"""Says from a file's path whose marks it holds and which text they are about: for formats with a file a person."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import PurePath
from typing import Final

from annotator.errors import Refused
from annotator.i18n import _

_FIELD: Final = re.compile(r"\{([^{}]*)\}|(\*)|([^{}*]+)")
# The annotator takes as little and the name as much as there is: names hold the characters that separate the two.
_PARTS: Final = {"annotator": "(?P<annotator>[^/]+?)", "name": "(?P<name>[^/]+)"}


@dataclass(frozen=True, slots=True)
class Person:
    """Whose marks a file holds, and what its text is called; "" for what the path does not say.

    Attributes:
        annotator: the annotator's name.
        name: the text's name, without its ending.
        where: the folders before the part of the path that the pattern is about: one name there is one text.
    """

    annotator: str = ""
    name: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    sha256: str
    file: str
    text: Callable[[], str]


@dataclass(slots=True)
class Whose:
    """Reads paths by a pattern, and remembers for one import which text each name stands for.

    A pattern is the end of a path: `{annotator}/{name}.ann`, `{name}_{annotator}.ann`, `{name}/{annotator}.tsv`. It has
    `{annotator}` once and may have `{name}` once; `*` stands for anything within a folder. "" says nothing of anybody.
    """

    pattern: str = ""
    _expression: re.Pattern[str] | None = None
    _unnamed: dict[str, str] = field(default_factory=dict[str, str])
    _texts: dict[tuple[str, str], _Read] = field(default_factory=dict[tuple[str, str], _Read])

    def __post_init__(self) -> None:
        """Raise Refused for a pattern that is none."""
        self._expression = _compiled(self.pattern) if self.pattern else None

    def person(self, path: str) -> Person:
        """Return what a path says; raises Refused where it is not as the pattern has it."""
        if self._expression is None:
            return Person()
        found = self._expression.search(PurePath(path).as_posix())
        if not found:
            raise Refused(
                _("its path is not as “{pattern}” has it").format(pattern=self.pattern),
                do=_("correct --annotator-from, or leave the file out"),
            )
        parts = found.groupdict()
        return Person(parts["annotator"], parts.get("name") or "", found.string[: found.start()])

    def check_text(self, person: Person, file: str, text_file: str, sha256: str, text: Callable[[], str]) -> None:
        """See to it that one name stands for one text, and that one text has one file of nobody's.

        Args:
            person: what the file's path says.
            file: the file of marks.
            text_file: the file that holds the text.
            sha256: the text's name.
            text: reads the text again, should the next file have another one.

        Raises:
            Refused: the text is not the one by which an earlier file of this import went under the same name, with
                the line of the text from which on they differ; or an earlier file had marks of this text as well, and
                nobody says whose each are.
        """
        if not person.annotator:
            before = self._unnamed.setdefault(sha256, file)
            if before != file:
                what = _("{file} has marks of the same text, and nobody says whose each are").format(file=before)
                raise Refused(what, do=_("say it on the command line with --annotator-from"))
        if not person.name:
            return
        read = self._texts.setdefault((person.where, person.name), _Read(sha256, text_file, text))
        if read.sha256 != sha256:
            line = _first_other_line(read.text(), text())
            what = _("the text of {file} differs from that of {other}, first in line {line} of the text")
            told = what.format(file=text_file, other=read.file, line=line)
            raise Refused(told, do=_("let all annotators mark one text"))


def _compiled(pattern: str) -> re.Pattern[str]:
    parts: list[str] = []
    names: list[str] = []
    for name, star, plain in _FIELD.findall(pattern):
        if name:
            names.append(name)
        parts.append(_PARTS.get(name, "") if name else "[^/]*" if star else re.escape(plain))
    unknown = set(names) - _PARTS.keys()
    if unknown or names.count("annotator") != 1 or names.count("name") > 1 or "{}" in pattern:
        raise Refused(
            _("“{pattern}” does not say where the annotator's name is").format(pattern=pattern),
            do=_("write the end of the path, such as {example}").format(example="{annotator}/{name}.ann"),
        )
    return re.compile(f"(?:^|(?<=/)){''.join(parts)}$")


def _first_other_line(one: str, other: str) -> int:
    pairs = zip_longest(one.split("\n"), other.split("\n"))
    return next((n for n, (a, b) in enumerate(pairs, 1) if a != b), 1)
