"""Finds speakers of marked claims, and sentences; the language library is loaded on a worker after the first paint."""

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from annotator.assist.cutting import Cutter
    from annotator.assist.speakers import FoundSpeaker, SpeakerFinder

_log = logging.getLogger(__name__)


class SpeakerFinding(QObject):
    """Gives out suggestions at once where the finder is loaded, and later where it is not.

    Signals:
        ready: the finder of a language is loaded (its name).
    """

    ready = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._finders: dict[str, SpeakerFinder] = {}
        self._cutters: dict[str, Cutter | None] = {}
        self._waiting: list[tuple[str, Callable[[], None]]] = []
        self._stopped = False
        self._threads: list[threading.Thread] = []
        self.ready.connect(self._on_ready, Qt.ConnectionType.QueuedConnection)

    def load(self, language: str) -> None:
        """Begin to load a language's finder, unless it is there or on its way."""
        name = f"annotator-speakers-{language}"
        if language not in self._finders and all(thread.name != name for thread in self._threads):
            # No daemon: one that is loading a library while Python ends would take the process down with it.
            thread = threading.Thread(target=self._load, args=(language,), name=name, daemon=False)
            self._threads.append(thread)
            thread.start()

    def _load(self, language: str) -> None:
        from annotator.assist.cutting import cutter  # noqa: PLC0415 - 0.16 s that the first paint does not wait for
        from annotator.assist.speakers import finder  # noqa: PLC0415 - as above

        try:
            self._cutters[language] = cutter(language)
            made = finder(language)
            made.find("A man said so.", 0, 1)
        except Exception:  # noqa: BLE001 - without suggestions the program is whole; the log has the reason
            _log.exception("the speaker finder for %r does not load", language)
            return
        self._finders[language] = made
        if not self._stopped:
            self.ready.emit(language)

    def _on_ready(self, language: str) -> None:
        due = [ask for wanted, ask in self._waiting if wanted == language]
        self._waiting = [one for one in self._waiting if one[0] != language]
        for ask in due:
            ask()

    def find(self, text: str, start: int, end: int, language: str) -> "FoundSpeaker | None":
        """Return who makes the claim at `[start, end)` (code points); None where nobody is found or not loaded yet."""
        made = self._finders.get(language)
        return made.find(text, start, end) if made else None

    def cutter(self, language: str) -> "Cutter | None":
        """Return what cuts a paragraph of a language into sentences; None where there are no rules, or not yet."""
        return self._cutters.get(language)

    def is_ready(self, language: str) -> bool:
        """Whether `find` can answer for this language."""
        return language in self._finders

    def when_ready(self, language: str, ask: Callable[[], None]) -> None:
        """Call `ask` on this thread once the language is loaded."""
        if self.is_ready(language):
            ask()
        else:
            self._waiting.append((language, ask))
            self.load(language)

    def stop(self) -> None:
        """Tell nothing any more: the window closes, and does not wait for what is still loading."""
        self._stopped = True
        self._waiting.clear()

    def wait(self) -> None:
        """Wait until nothing is loading any more."""
        for thread in self._threads:
            thread.join()
