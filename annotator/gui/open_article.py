"""The article on show: its rows, kept fresh change by change, and which mention is active."""

from typing import Final

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from annotator.collecting import uncollected
from annotator.gui.hub import Hub
from annotator.gui.row_order import RowOrder
from annotator.model.changes import Changes
from annotator.model.ids import VersionId
from annotator.model.records import Assessment, Claim, Comment, Evidence, Link, Mention, Review
from annotator.services import viewing
from annotator.services.viewing import ArticlePage, ClaimRow, Later

SLICE: Final = 200
"""Rows read at a time behind the first paint: nobody waits for a key while they are."""


class RowsChanged(msgspec.Struct, frozen=True):
    """Rows that are new or different, and the mentions that are gone."""

    changed: tuple[ClaimRow, ...]
    removed: tuple[str, ...]


class OpenArticle(QObject):
    """Reads the shown article version once, and after each change only what the change touched.

    Signals:
        shown: another article is on show (ArticlePage), or none (None).
        rows_read: further rows, which follow those known so far, were read behind the first paint (tuple of ClaimRow).
        rows_changed: some of its mentions changed (RowsChanged).
        activated: another mention is active, by id; "" for none.
    """

    shown = Signal(object)
    rows_read = Signal(object)
    rows_changed = Signal(object)
    activated = Signal(str)

    def __init__(self, hub: Hub, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._rows: dict[str, ClaimRow] = {}
        self._order = RowOrder()
        self._mentions_of_claim: dict[str, set[str]] = {}
        self._later = Later()
        self._reading_on = QTimer(self)
        self._reading_on.setSingleShot(True)
        self._reading_on.timeout.connect(self._read_on)
        self.page: ArticlePage | None = None
        self.active_id = ""
        self.hidden: frozenset[str] = frozenset()
        """Statuses whose mentions the person leaves out: stepping does not lead to them."""
        self.only_second = False
        """Whether only mentions that need a second person are shown."""
        self.no_decided = False
        """Whether mentions that the review came to are left out, as `hidden` ones are."""
        hub.changed.connect(self._on_changed)
        hub.project_changed.connect(lambda: self.show_version(None))

    @property
    def rows(self) -> list[ClaimRow]:
        """The mentions of the article in text order; not to be changed."""
        self.read_all()
        return self._order.rows

    def row(self, mention_id: str) -> ClaimRow | None:
        """Return a mention's row, None where it is not in this article."""
        if mention_id not in self._rows:
            self.read_all()
        return self._rows.get(mention_id)

    @property
    def active(self) -> ClaimRow | None:
        """The active mention's row."""
        return self._rows.get(self.active_id)

    @property
    def is_several(self) -> bool:
        """Whether what is shown is several articles that are linked as one and the same."""
        return self.page is not None and len(self.page.versions) > 1

    def show_version(self, version_id: VersionId | None, *, whole: bool = False) -> None:
        """Show an article version; None shows nothing.

        Of very many mentions those that are seen first are read at once, the others behind the first paint, unless
        `whole`. Whoever asks for one that is not there yet gets it.
        """
        with uncollected():
            wanted = version_id if self._hub.is_open else None
            self.page = self._hub.do(viewing.article_page, wanted, whole=whole) if wanted else None
            self._take(self.page.rows if self.page else ())
            self._later = Later()
            self._reading_on.stop()
            self.active_id = ""
            self.shown.emit(self.page)
            self.activated.emit("")
        if self.page is not None and self.page.later.numbers:
            self._later = self.page.later  # only now: no view may be told what follows before what it follows
            self._reading_on.start(0)

    def _take(self, rows: tuple[ClaimRow, ...]) -> None:
        self._rows, self._order, self._mentions_of_claim = {}, RowOrder(), {}
        self._take_more(rows)

    def _take_more(self, rows: tuple[ClaimRow, ...]) -> None:
        self._order.rows += rows
        for row in rows:
            self._rows[row.mention_id] = row
            self._mentions_of_claim.setdefault(row.claim_id, set()).add(row.mention_id)

    @property
    def is_whole(self) -> bool:
        """Whether every row has been read."""
        return not self._later.numbers

    @property
    def place(self) -> tuple[int, int]:
        """Which of the mentions in text order the active one is, from 0 on (-1 for none), and how many there are."""
        active = self.active
        return self._order.find(active) if active else -1, len(self._order) + len(self._later.numbers)

    def read_all(self) -> None:
        """Read the rows that have not been read yet."""
        if not self.is_whole:
            self._read(len(self._later.numbers))

    def _read_on(self) -> None:
        if self.is_whole:  # and yet there is something to do: the file holds other rows than it did
            self._read_again()
        else:
            self.read_slice()

    def read_slice(self) -> None:
        """Read the next of the rows that have not been read yet."""
        self._read(SLICE)

    def _read(self, count: int) -> None:
        self._reading_on.stop()
        part, self._later = self._later.cut(count)
        with uncollected():
            rows = tuple(self._hub.do(viewing.numbered_rows, part.numbers) or ())
            as_told = sorted(row.status for row in rows) == sorted(part.statuses)
            if as_told:
                self._take_more(rows)
                self.rows_read.emit(rows)
            else:  # another hand was faster: no view is told a part of it
                self._later = Later()
        if self._later.numbers or not as_told:
            self._reading_on.start(0)

    def activate(self, mention_id: str) -> None:
        """Make a mention the active one; "" for none."""
        wanted = mention_id if mention_id and self.row(mention_id) else ""
        if wanted != self.active_id:
            self.active_id = wanted
            self.activated.emit(wanted)

    def activate_touched(self, changes: Changes) -> None:
        """Make the one mention active that the changes touch here; where they touch none or several do nothing."""
        self.read_all()
        touched = [] if changes.whole else [key for key in self._touched(changes) if key in self._rows]
        if len(touched) == 1:
            self.activate(touched[0])

    def activate_next(self, step: int, *, without_source: bool = False) -> bool:
        """Activate the next (1) or previous (-1) mention in the text, if wanted the next one without a source.

        Tells whether there is one.
        """
        known = self._order.rows
        place = self.place[0] if self.active_id or step > 0 else len(self.rows)
        place += step
        while place >= 0 and (place < len(known) or place < len(self.rows)):
            row = known[place]
            shown = row.status not in self.hidden and (row.needs_second or not self.only_second)
            shown = shown and not (row.adjudicated and self.no_decided)
            if shown and (not without_source or row.evidence == 0):
                self.activate(row.mention_id)
                return True
            place += step
        return False

    def _on_changed(self, changes: Changes) -> None:
        if self.page is None:
            return
        if self._is_another_page(changes, self.page):
            self._read_again()
            return
        self.read_all()
        here = self.page.versions
        touched = {key for key in self._touched(changes) if key in self._rows or self._is_here(key, here)}
        if touched:
            fresh = {row.mention_id: row for row in self._hub.do(viewing.claim_rows_of, touched) or ()}
            removed = tuple(key for key in touched if key in self._rows and key not in fresh)
            self._update(tuple(row for key, row in fresh.items() if self._rows.get(key) != row), removed)

    def _is_another_page(self, changes: Changes, page: ArticlePage) -> bool:
        """Tell whether the change is in the article itself; an import's zones come with a version of their own.

        A link, an article or a version that comes or goes may change what is shown as one with it.
        """
        return (
            changes.whole
            or changes.touches("project")  # it may ask for second persons by now
            or page.version.id in changes.ids("version")
            or page.article.id in changes.ids("article")
            or (changes.touches("zone") and not changes.touches("version"))
            or (
                changes.touches("link", "article", "version")
                and self._hub.do(viewing.versions_together, page.version.id) != page.versions
            )
        )

    def _touched(self, changes: Changes) -> set[str]:
        touched = set(changes.ids("mention"))
        claims = set(changes.ids("claim"))
        for kind in ("assessment", "evidence", "comment", "review", "link"):
            for object_id in changes.ids(kind):
                record = self._hub.project.find_any(object_id)
                if isinstance(record, (Comment, Review)):
                    record = self._hub.project.find_any(record.target)
                if isinstance(record, (Assessment, Evidence)):
                    claims.add(record.claim_id)
                elif isinstance(record, Link):
                    claims |= {record.a, record.b}
                elif isinstance(record, (Mention, Claim)):
                    (touched if isinstance(record, Mention) else claims).add(record.id)
        if claims:
            claims = self._hub.do(viewing.claims_together, claims) or claims
        for claim_id in claims:
            touched |= self._mentions_of_claim.get(claim_id, set())
        if changes.touches("speaker") and not changes.touches("mention"):
            # A speaker was renamed: only then do rows change that the change does not name.
            touched |= {row.mention_id for row in self._rows.values() if row.speaker}
        return touched

    def _is_here(self, mention_id: str, versions: tuple[VersionId, ...]) -> bool:
        return self._hub.project.version_of_mention(mention_id) in versions

    def _update(self, changed: tuple[ClaimRow, ...], removed: tuple[str, ...]) -> None:
        if not changed and not removed:
            return
        for mention_id in (*removed, *(row.mention_id for row in changed)):
            self._forget(mention_id)
        for row in changed:
            self._rows[row.mention_id] = row
            self._order.rows.insert(self._order.place(row), row)
            self._mentions_of_claim.setdefault(row.claim_id, set()).add(row.mention_id)
        self.rows_changed.emit(RowsChanged(changed, removed))
        if self.active_id and self.active_id not in self._rows:
            self.activate("")

    def _forget(self, mention_id: str) -> None:
        row = self._rows.pop(mention_id, None)
        if row is not None:
            del self._order.rows[self._order.find(row)]
            self._mentions_of_claim[row.claim_id].discard(mention_id)

    def _read_again(self) -> None:
        active = self.active_id
        version_id = self.page.version.id if self.page else None
        self.show_version(version_id, whole=True)
        self.activate(active)
