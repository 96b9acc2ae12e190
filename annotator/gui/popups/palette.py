"""Type to go anywhere: commands and whatever the project says, in one list; the search in the project is the same."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent

from annotator.gui.actions import Action, key_text
from annotator.gui.modes import ANNOTATE
from annotator.gui.popups.found import Found
from annotator.gui.popups.matching import Index, entry, hits
from annotator.gui.popups.overlay import Overlay
from annotator.gui.popups.type_to_find import LIMIT, Chosen, Listing, TypeToFind
from annotator.gui.widgets.plain import PlainLabel
from annotator.i18n import _
from annotator.model.finding import places
from annotator.services import searching
from annotator.services.searching import FoundKind, Hit

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow

_LEAST: Final = 2
"""Letters from which on the project is searched."""

_COMMANDS: Final = 8
_EACH: Final = 8
"""So many of each are listed beside others; searching only the project, twice as many."""

_ICONS: Final[dict[FoundKind, str]] = {
    "version": "article",
    "claim": "quote",
    "mention": "note",
    "source": "link",
    "speaker": "person",
}


class Palette(QObject):
    """Finds commands, articles, claims, marked words, sources and speakers, and goes to what is chosen."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._commands = Index(())
        self._rows: dict[str, Action] = {}
        self._only_project = False
        self._words = ""
        self.finder = TypeToFind(
            self._list_rows,
            placeholder=_("Find a claim, source or command"),
            section=_("Best first"),
            nothing=_("Nothing is called that."),
            extra_keys=self._take_key,
        )
        self.state = PlainLabel()
        self.state.setProperty("quiet", "true")
        self.state.setContentsMargins(6, 0, 6, 0)
        self.finder.foot.addWidget(self.state, 1)
        self.overlay = Overlay(window, self.finder, name=_("Commands and places"), width=720, height=520)
        self.finder.chosen.connect(self._on_chosen)
        window.hub.project_changed.connect(self.overlay.close_card)

    def open_all(self) -> None:
        """Open for commands and everything in the project."""
        self._open(only_project=False)

    def open_project(self) -> None:
        """Open for what the project says, with the selected words."""
        self._open(only_project=True)

    def _open(self, *, only_project: bool) -> None:
        hub = self._window.hub
        self._only_project = only_project
        self._read_commands()
        placeholder = _("Find in the project") if only_project else _("Find a claim, source or command")
        self.finder.field.setPlaceholderText(placeholder)
        self.finder.field.setAccessibleName(placeholder)
        self.overlay.setAccessibleName(placeholder)
        self.state.setText(_("Enter goes there; “words together” in quotation marks"))
        if hub.is_open and self.bring_up_to_date(self._on_indexed):
            self.state.setText(_("The project is being indexed: not everything is found yet"))
        self.finder.start(self._selected() if only_project else "")
        self.overlay.open_on(self.finder.field)
        self.finder.field.selectAll()

    def _selected(self) -> str:
        view = self._window.pane.view
        start, end = view.selected_range()
        words = view.canvas.page.text[start:end] if self._window.article.page else ""
        return words if len(words.split()) <= LIMIT // _EACH and "\n" not in words else ""

    def _read_commands(self) -> None:
        made = self._window.commands.set
        self._rows = {row.id: row for row in made.rows if row.menu and made[row.id].isEnabled()}
        titles = {row_id: made[row_id].text().replace("&", "") for row_id in self._rows}
        self._commands = Index([entry(row.id, titles[row.id], row.help) for row in self._rows.values()])

    def bring_up_to_date(self, done: Callable[[], None]) -> bool:
        """Index in a job what is too much to be indexed while somebody types; tell whether there is such a job."""
        job = self._window.commands.files.job
        behind = not job.is_running and searching.is_behind(self._window.hub.project)
        if behind:
            job.run(
                _("Indexing"),
                searching.indexing,
                done=lambda _none: self._on_through(done),
                cancelled=lambda _changes: self._window.notices.tell(
                    _("Indexing stopped: not everything is found. It goes on when the project is searched again.")
                ),
            )
        return behind

    def _on_through(self, done: Callable[[], None]) -> None:
        self._window.notices.tell(_("The project is indexed: all of it is found now."))
        done()

    def _on_indexed(self) -> None:
        self.state.setText(_("Enter goes there; “words together” in quotation marks"))
        if self.overlay.isVisible():
            self.finder.refill()

    # Rows

    def _list_rows(self, query: str) -> Listing:
        self._words = query
        commands: list[str] = []
        if not self._only_project:
            commands = self._commands.find(query, limit=_COMMANDS if query else LIMIT, fuzzy=False)
        found = [self._command(self._rows[key], query) for key in commands]
        if len(query) >= _LEAST and self._window.hub.is_open:
            each = 2 * _EACH if self._only_project else _EACH
            found += [_row_of(hit) for hit in searching.find(self._window.hub.project, query, limit=each)]
        if query and not self._only_project:
            # What is only almost called so comes after everything that is: Enter takes the first.
            almost = self._commands.find(query, limit=_COMMANDS)[len(commands) :]
            found += [self._command(self._rows[key], query) for key in almost]
        return Listing(tuple(found))

    def _command(self, row: Action, query: str) -> Found:
        title = self._window.commands.set[row.id].text().replace("&", "")
        marked = hits(title, query) if query else ()
        return Found("command", row.id, title, row.help, key_text(row), row.icon or "keyboard", marked)

    def _take_key(self, event: QKeyEvent) -> bool:
        """Esc closes: the field would keep it to clear itself."""
        if event.key() == Qt.Key.Key_Escape:
            self.overlay.close_card()
            return True
        return False

    # Going there

    def _on_chosen(self, chosen: Chosen) -> None:
        row, words = chosen.row, self._words
        self.overlay.close_card()
        if row.kind == "command":
            self._window.commands.set[row.key].trigger()
        elif row.kind == "source":
            self._window.commands.sources.open_page(row.key)
        else:
            self._go_to(cast("FoundKind", row.kind), row.key, words)

    def go_to_claim(self, claim_id: str) -> None:
        """Show the first mention of a claim, in whatever article."""
        self._go_to("claim", claim_id, "")

    def _go_to(self, kind: FoundKind, object_id: str, words: str) -> None:
        window = self._window
        place = searching.place_of(window.hub.project, kind, object_id)
        if not place.version_id:
            window.notices.tell(_("It stands in no article"))
            return
        window.modes.go(ANNOTATE)
        page = window.article.page
        if page is None or place.version_id not in page.versions:
            window.articles.choose(place.version_id)
        if place.mention_id:
            window.article.activate(place.mention_id)
        else:
            self._select(words)
        window.pane.take_focus()

    def _select(self, words: str) -> None:
        """Select the first of the words in the article, as far as they stand there as they were typed."""
        page = self._window.article.page
        if page is None:
            return
        wanted = [words.strip('" '), *words.replace('"', " ").split()]
        for one in wanted:
            first = next(places(page.text, one), None)
            if first is not None:
                self._window.pane.view.select_range(*first)
                return


def _row_of(hit: Hit) -> Found:
    names: dict[FoundKind, str] = {
        "version": _("Article"),
        "claim": _("Claim"),
        "mention": _("Mark"),
        "source": _("Source"),
        "speaker": _("Speaker"),
    }
    around = f"{hit.before}{hit.match}{hit.after}".strip()
    title = hit.title or around
    meta = "" if around.strip("…") in title else around
    return Found(hit.kind, hit.id, title, meta, names[hit.kind], _ICONS[hit.kind], hits(title, hit.match))
