"""The middle of the window: the article view fed from the open article, with the selection bar."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from annotator.gui.article_view.page import EMPTY, HintWanted, Mark, MarkClicked, Page, SpanChosen
from annotator.gui.article_view.view import ArticleView
from annotator.gui.dates import day_text
from annotator.gui.hub import Hub
from annotator.gui.keys import with_key
from annotator.gui.open_article import OpenArticle, RowsChanged
from annotator.gui.theme import current_theme
from annotator.gui.widgets.empty import EmptyHint
from annotator.gui.zone_telling import ZoneTelling
from annotator.i18n import _
from annotator.model.status import SCHEMES, Status
from annotator.services.viewing import ArticlePage, ClaimRow

if TYPE_CHECKING:
    from annotator.gui.article_view.selection_bar import SelectionBar
    from annotator.gui.finding.bar import FindBar
    from annotator.gui.hover_card import HoverCard

WORDS_A_MINUTE = 230
"""Silent reading speed of adults in English non-fiction, rounded (Brysbaert 2019: 238)."""


class ArticlePane(QWidget):
    """Shows the open article and tells what a person does in it.

    Signals:
        import_wanted: nothing is on show, and the person wants to bring something in.
        status_chosen: the person pressed a status in the selection bar (its key).
        speaker_wanted, source_wanted: the person pressed these in the selection bar.
        bar_shown: the selection bar was shown beside another selection (the bar).
        foot_made: something was made that stands at the foot of the pane (the bar that finds).
    """

    import_wanted = Signal()
    status_chosen = Signal(str)
    speaker_wanted = Signal()
    source_wanted = Signal()
    bar_shown = Signal(QWidget)
    foot_made = Signal(QWidget)

    def __init__(self, hub: Hub, article: OpenArticle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hub = hub
        self._article = article
        self._statuses: dict[str, Status] = {one.key: one for one in SCHEMES["default"]}
        self.view = ArticleView(self._statuses, current_theme(), self)
        self._telling = ZoneTelling(hub, self.view)
        self._bar: SelectionBar | None = None
        self._find_bar: FindBar | None = None
        hint = EmptyHint(
            "article",
            _("Nothing to read yet"),
            _how_to_begin,
            action=_("Import files…"),
            of="article.import",
        )
        hint.action_chosen.connect(self.import_wanted)
        self._hint = hint
        self._pages = QStackedWidget()
        self._pages.addWidget(hint)
        self._pages.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self._column = column
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        article.shown.connect(self._on_shown)
        article.rows_read.connect(self._on_rows_read)
        article.rows_changed.connect(self._on_rows_changed)
        article.activated.connect(self._on_activated)
        self.view.mark_clicked.connect(self._on_mark_clicked)
        self.view.span_chosen.connect(self._on_span_chosen)
        self.view.hint_wanted.connect(self._on_hint_wanted)
        hub.project_changed.connect(self._on_project)
        hub.card_changed.connect(self._on_project)

    @property
    def bar(self) -> "SelectionBar":
        """The selection bar; made with the first selection, so that the first paint does not wait for it."""
        if self._bar is None:
            from annotator.gui.article_view.selection_bar import SelectionBar  # noqa: PLC0415 - as above

            self._bar = SelectionBar(self.view, self.hub.scheme)
            self._bar.status_chosen.connect(self.status_chosen)
            self._bar.speaker_wanted.connect(self.speaker_wanted)
            self._bar.source_wanted.connect(self.source_wanted)
        return self._bar

    @cached_property
    def hover_card(self) -> "HoverCard":
        """What tells of the mark under the mouse; made when first wanted."""
        from annotator.gui.hover_card import HoverCard  # noqa: PLC0415 - as above

        return HoverCard(self)

    def _on_hint_wanted(self, wanted: HintWanted) -> None:
        self.hover_card.show_hint(wanted)

    @property
    def find_bar(self) -> "FindBar":
        """The bar that finds words in the article; made when first wanted."""
        if self._find_bar is None:
            from annotator.gui.finding.bar import FindBar  # noqa: PLC0415 - as above

            self._find_bar = FindBar(self.view, self)
            self._column.addWidget(self._find_bar)
            self.foot_made.emit(self._find_bar)
        return self._find_bar

    def show_again(self, mention_id: str) -> None:
        """Draw a mention as it is in the project: what was dragged is not to be."""
        row = self._article.row(mention_id)
        if row is not None:
            self.view.update_marks([self._mark_of(row)])

    def take_focus(self) -> None:
        """Give the focus to the article, or to the button that brings one in."""
        button = self._hint.button
        if self._pages.currentIndex() == 0 and button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_project(self) -> None:
        if self.hub.is_open:
            self._statuses = self.hub.statuses
            self.view.set_styles(self._statuses)
            if self._bar is not None:
                self._bar.set_statuses(self.hub.scheme)

    def _on_shown(self, page: ArticlePage | None) -> None:
        if self._bar is not None:
            self._bar.hide()
        self.view.show_page(self._page_of(page) if page else EMPTY)
        self._telling.start_over()
        self._pages.setCurrentIndex(1 if page else 0)
        if self._find_bar is not None:
            self._find_bar.article_changed()

    def _on_rows_read(self, rows: tuple[ClaimRow, ...]) -> None:
        self.view.add_marks([self._mark_of(row) for row in rows])

    def _on_rows_changed(self, changes: RowsChanged) -> None:
        self.view.update_marks([self._mark_of(row) for row in changes.changed], changes.removed)

    def _on_activated(self, mention_id: str) -> None:
        row = self._article.row(mention_id) if mention_id else None
        mine = row is not None and row.is_own(self.hub.project.annotator_id)
        self.view.canvas.movable = mine and self.hub.project.writable
        self.view.set_active(mention_id)

    def _on_mark_clicked(self, clicked: MarkClicked) -> None:
        self._article.activate(clicked.id)

    def _on_span_chosen(self, chosen: SpanChosen) -> None:
        if self.hub.is_open and self.hub.project.writable and not chosen.add:
            self.bar.follow()
            self.bar_shown.emit(self.bar)

    def _page_of(self, page: ArticlePage) -> Page:
        return Page(
            version_key=page.version.id,
            text=page.text,
            title=page.version.title,
            byline=byline_of(page),
            zones=tuple((zone.zone, zone.start, zone.end) for zone in page.zones),
            marks=tuple(map(self._mark_of, page.rows)),
            later=tuple(zip(page.later.starts, page.later.statuses, strict=True)),
        )

    def _mark_of(self, row: ClaimRow) -> Mark:
        status = self._statuses.get(row.status)
        name = _(status.name) if status else row.status or _("No status")
        return Mark(
            row.mention_id,
            row.spans,
            row.status,
            row.cue,
            row.speaker_spans,
            suggested=False,
            label=_("{status}, adjudicated: {claim}").format(status=name, claim=row.text)
            if row.adjudicated
            else f"{name}: {row.text}",
        )

    def changeEvent(self, event: QEvent) -> None:
        """Show the article in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.view.set_theme(current_theme())


def byline_of(page: ArticlePage) -> str:
    """Return the line under the title: authors, outlet, date, reading time."""
    words = page.text.count(" ") + page.text.count("\n") + 1
    minutes = max(1, round(words / WORDS_A_MINUTE))
    parts = (
        ", ".join(page.article.authors),
        "" if page.article.publisher in page.article.authors else page.article.publisher,
        day_text(page.article.published, page.article.published_precision),
        _("{n} min read").format(n=minutes),
    )
    # Isolated: a name in Arabic must not turn the parts around it.
    return " · ".join(f"\u2068{part}\u2069" for part in parts if part)


def _how_to_begin() -> str:
    named = _("Drop a text file here, paste a text with {key}, or import files.")
    return with_key("article.paste", named, _("Drop a text file here, or import files."))
