"""The article on show: its rows, kept fresh change by change, and which mention is active."""

import msgspec
from PySide6.QtCore import QObject, Signal

from annotator.collecting import uncollected
from annotator.gui.hub import Hub
from annotator.gui.row_order import RowOrder
from annotator.model.changes import Changes
from annotator.model.ids import VersionId
from annotator.model.records import Assessment, Evidence
from annotator.services import viewing
from annotator.services.viewing import ArticlePage, ClaimRow


class RowsChanged(msgspec.Struct, frozen=True):
    """Rows that are new or different, and the mentions that are gone."""

    changed: tuple[ClaimRow, ...]
    removed: tuple[str, ...]


class OpenArticle(QObject):
    """Reads the shown article version once, and after each change only what the change touched.

    Signals:
        shown: another article is on show (ArticlePage), or none (None).
        rows_changed: some of its mentions changed (RowsChanged).
        activated: another mention is active, by id; "" for none.
    """

    shown = Signal(object)
    rows_changed = Signal(object)
    activated = Signal(str)

    def __init__(self, hub: Hub, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._rows: dict[str, ClaimRow] = {}
        self._order = RowOrder()
        self._mentions_of_claim: dict[str, set[str]] = {}
        self.page: ArticlePage | None = None
        self.active_id = ""
        self.hidden: frozenset[str] = frozenset()
        """Statuses whose mentions the person leaves out: stepping does not lead to them."""
        hub.changed.connect(self._on_changed)
        hub.project_changed.connect(lambda: self.show_version(None))

    @property
    def rows(self) -> list[ClaimRow]:
        """The mentions of the article in text order; not to be changed."""
        return self._order.rows

    def row(self, mention_id: str) -> ClaimRow | None:
        """Return a mention's row, None where it is not in this article."""
        return self._rows.get(mention_id)

    @property
    def active(self) -> ClaimRow | None:
        """The active mention's row."""
        return self._rows.get(self.active_id)

    def show_version(self, version_id: VersionId | None) -> None:
        """Show an article version; None shows nothing."""
        with uncollected():
            self.page = self._hub.do(viewing.article_page, version_id) if version_id and self._hub.is_open else None
            self._take(self.page.rows if self.page else ())
            self.active_id = ""
            self.shown.emit(self.page)
            self.activated.emit("")

    def _take(self, rows: tuple[ClaimRow, ...]) -> None:
        self._rows = {row.mention_id: row for row in rows}
        self._order = RowOrder(rows)
        self._mentions_of_claim = {}
        for row in rows:
            self._mentions_of_claim.setdefault(row.claim_id, set()).add(row.mention_id)

    def activate(self, mention_id: str) -> None:
        """Make a mention the active one; "" for none."""
        wanted = mention_id if mention_id in self._rows else ""
        if wanted != self.active_id:
            self.active_id = wanted
            self.activated.emit(wanted)

    def activate_touched(self, changes: Changes) -> None:
        """Make the one mention active that the changes touch here; where they touch none or several do nothing."""
        touched = [] if changes.whole else [key for key in self._touched(changes) if key in self._rows]
        if len(touched) == 1:
            self.activate(touched[0])

    def activate_next(self, step: int, *, without_source: bool = False) -> bool:
        """Activate the next (1) or previous (-1) mention in the text, if wanted the next one without a source.

        Tells whether there is one.
        """
        active = self.active
        place = self._order.find(active) if active else -1 if step > 0 else len(self.rows)
        place += step
        while 0 <= place < len(self.rows):
            row = self.rows[place]
            if row.status not in self.hidden and (not without_source or row.evidence == 0):
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
        here = self.page.version.id
        touched = {key for key in self._touched(changes) if key in self._rows or self._is_here(key, here)}
        if touched:
            fresh = {row.mention_id: row for row in self._hub.do(viewing.claim_rows_of, touched) or ()}
            removed = tuple(key for key in touched if key in self._rows and key not in fresh)
            self._update(tuple(row for key, row in fresh.items() if self._rows.get(key) != row), removed)

    @staticmethod
    def _is_another_page(changes: Changes, page: ArticlePage) -> bool:
        """Tell whether the change is in the article itself; an import's zones come with a version of their own."""
        return (
            changes.whole
            or page.version.id in changes.ids("version")
            or page.article.id in changes.ids("article")
            or (changes.touches("zone") and not changes.touches("version"))
        )

    def _touched(self, changes: Changes) -> set[str]:
        touched = set(changes.ids("mention"))
        claims = set(changes.ids("claim"))
        for kind in ("assessment", "evidence"):
            for object_id in changes.ids(kind):
                record = self._hub.project.find_any(object_id)
                if isinstance(record, (Assessment, Evidence)):
                    claims.add(record.claim_id)
        for claim_id in claims:
            touched |= self._mentions_of_claim.get(claim_id, set())
        if changes.touches("speaker") and not changes.touches("mention"):
            # A speaker was renamed: only then do rows change that the change does not name.
            touched |= {row.mention_id for row in self._rows.values() if row.speaker}
        return touched

    def _is_here(self, mention_id: str, version_id: VersionId) -> bool:
        return self._hub.project.version_of_mention(mention_id) == version_id

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
        self.show_version(version_id)
        self.activate(active)
