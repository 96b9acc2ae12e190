"""Typed words on their way into the project; those that could not be saved are kept until they can be."""

from collections.abc import Callable, Mapping
from typing import Concatenate, Final, ParamSpec

from annotator.gui.hub import Hub
from annotator.store.project import Project

P = ParamSpec("P")

Saver = Callable[[str, str], bool]
"""Saves (object id, text) and tells whether that worked."""


def saved(hub: Hub, service: Callable[Concatenate[Project, P], object], *args: P.args, **kwargs: P.kwargs) -> bool:
    """Call a service through the hub and tell whether it was done; a refusal is told by the hub."""

    def run(project: Project) -> bool:
        service(project, *args, **kwargs)
        return True

    return hub.do(run) is True


PAUSE_MS: Final = 2000
"""How long after the last key the words are saved."""


class Drafts:
    """Saves what fields hand it, by the name of the field and the id of the object the words are about.

    `told` is called after each attempt.
    """

    def __init__(self, savers: Mapping[str, Saver], told: Callable[[], None]) -> None:
        self._savers = savers
        self._told = told
        self._kept: dict[tuple[str, str], str] = {}

    def save(self, field: str, key: str, text: str) -> bool:
        """Save a text; where that is refused it is kept, and False comes back."""
        done = self._savers[field](key, text)
        if done:
            self._kept.pop((field, key), None)
        else:
            self._kept[field, key] = text
        self._told()
        return done

    def kept(self, field: str, key: str) -> str | None:
        """Return words that could not be saved yet, None for none."""
        return self._kept.get((field, key))

    def forget(self, field: str, key: str) -> None:
        """Let go of words that the person took back."""
        if self._kept.pop((field, key), None) is not None:
            self._told()

    def retry(self) -> bool:
        """Try again to save what is kept, that of objects no longer on show too; tell whether nothing is left."""
        for (field, key), text in list(self._kept.items()):
            self.save(field, key, text)
        return not self._kept

    def clear(self) -> None:
        """Forget everything: another project is open."""
        self._kept.clear()

    def __bool__(self) -> bool:
        return bool(self._kept)
