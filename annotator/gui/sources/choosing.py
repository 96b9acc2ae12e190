"""Type to find one source or one article of the project: over whatever asks for it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeyEvent

from annotator.gui.articles.model import title_of
from annotator.gui.articles.sources import medium_icon
from annotator.gui.popups.found import Found
from annotator.gui.popups.matching import Entry, Index, entry, hits
from annotator.gui.popups.overlay import Overlay
from annotator.gui.popups.shelf import EVERY, Shelf
from annotator.gui.popups.type_to_find import LIMIT, Chosen, Listing, TypeToFind
from annotator.i18n import _
from annotator.model.records import Source
from annotator.services import linking
from annotator.store.project import Project
from annotator.store.reading import VersionRow

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow


class Chooser(QObject):
    """Finds a source or an article by typing, the sources linked last first."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._shelf = Shelf(window.hub, Source, _newest_first, _entry_of, self)
        self._list: Callable[[str], tuple[Found, ...]] = lambda _query: ()
        self._done: Callable[[str], None] = lambda _key: None
        self.finder = TypeToFind(
            lambda query: Listing(self._list(query)),
            placeholder=_("Type words of the title, the publisher or the address"),
            section=_("In this project"),
            nothing=_("Nothing here is called that."),
            extra_keys=_take_nothing,
        )
        self.overlay = Overlay(window, self.finder, name=_("Choose"), width=620, height=440)
        self.finder.chosen.connect(self._on_chosen)
        window.hub.project_changed.connect(self.overlay.close_card)

    def choose_source(self, done: Callable[[str], None], *, but: str = "") -> None:
        """Let the person choose a source, without one of them; its id is handed on."""

        def rows(query: str) -> tuple[Found, ...]:
            found = self._shelf.find(query, limit=LIMIT)
            return tuple(_source_row(one, query) for one in found if one.id != but)

        self._open(rows, done)

    def choose_article(self, done: Callable[[str], None]) -> None:
        """Let the person choose an article; its id is handed on."""
        known: dict[str, VersionRow] = {row.article.id: row for row in self._window.articles.model.rows}
        index = Index([entry(key, title_of(row), row.article.publisher, row.article.url) for key, row in known.items()])

        def rows(query: str) -> tuple[Found, ...]:
            return tuple(article_row(known[key], query) for key in index.find(query, limit=LIMIT))

        self._open(rows, done)

    def _open(self, rows: Callable[[str], tuple[Found, ...]], done: Callable[[str], None]) -> None:
        self._list, self._done = rows, done
        self.finder.start()
        self.overlay.open_on(self.finder.field)

    def _on_chosen(self, chosen: Chosen) -> None:
        self.overlay.close_card()
        self._done(chosen.row.key)


def article_row(row: VersionRow, query: str) -> Found:
    """Return an article as a row; its key is the article's id."""
    title = title_of(row)
    return Found(
        "article",
        row.article.id,
        title,
        row.article.publisher,
        _("article"),
        "article",
        hits(title, query) if query else (),
    )


def _source_row(source: Source, query: str) -> Found:
    title = source.title or source.url
    return Found(
        "source",
        source.id,
        title,
        source.publisher,
        "",
        medium_icon(source.medium),
        hits(title, query) if query else (),
    )


def _newest_first(project: Project) -> list[Source]:
    return linking.recent_sources(project, limit=EVERY)


def _entry_of(source: Source) -> Entry:
    return entry(source.id, source.title or source.url, source.publisher, source.url)


def _take_nothing(_event: QKeyEvent) -> bool:
    return False
