"""What a colleague's copy is to hold: for whom, which articles, and whether it shows what others marked."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QListWidget, QListWidgetItem, QPushButton

from annotator.gui.popups.card import Card
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.section import SectionHeader
from annotator.i18n import _, ngettext
from annotator.services import assigning, viewing

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from annotator.store.project import Project

_WIDTH, _HEIGHT = 640, 560
_ID: Final = Qt.ItemDataRole.UserRole


class Wanted(NamedTuple):
    """A copy as a person wants it: for whom (a name or id), the articles (their ids, none for all), blind or not."""

    to: str
    articles: tuple[str, ...]
    blind: bool


class AssignSheet(QObject):
    """Asks over the window; Esc closes it and nothing is written.

    Signals:
        wanted: the person wants a copy (Wanted).
    """

    wanted = Signal(object)

    def __init__(self, window: "QWidget") -> None:
        super().__init__(window)
        self._people: Mapping[str, str] = {}
        self.card = Card(window, _("Assign to a colleague"), width=_WIDTH, height=_HEIGHT)
        self.overlay = self.card.overlay
        self.to = QComboBox()
        self.to.setEditable(True)
        self.to.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.to.setAccessibleName(_("Whom it is for"))
        self.blind = QCheckBox(_("Leave out what others marked (blind)"))
        self.blind.setChecked(True)
        self.articles = QListWidget()
        self.articles.setAccessibleName(_("Articles"))
        self.articles.setWordWrap(False)
        self.all = QCheckBox(_("All articles"))
        self.told = PlainLabel()
        self.told.setProperty("quiet", "true")
        self.write = QPushButton(_("Write the copy…"))
        self.write.setProperty("kind", "primary")
        self._lay_out()
        self.to.currentTextChanged.connect(self._renew)
        self.all.toggled.connect(self._renew)
        self.articles.itemChanged.connect(self._renew)
        self.write.clicked.connect(self._on_write)

    def _lay_out(self) -> None:
        about = PlainLabel(
            _(
                "The copy holds the texts, the guidelines, the statuses and what is shared, and always the colleague's"
                " own marks. When it comes back, merge it: what was left out is not missed."
            )
        )
        about.setWordWrap(True)
        about.setProperty("quiet", "true")
        line = self.to.lineEdit()
        if line is not None:
            line.setPlaceholderText(_("Name"))
            line.setAccessibleName(_("Whom it is for"))
        body = self.card.body
        body.addWidget(about)
        body.addWidget(SectionHeader(_("For")))
        body.addWidget(self.to)
        body.addWidget(self.blind)
        body.addWidget(SectionHeader(_("Articles")))
        body.addWidget(self.all)
        body.addWidget(self.articles, 1)
        self.card.foot.insertWidget(0, self.told)
        self.card.foot.addWidget(self.write)

    @property
    def is_open(self) -> bool:
        """Whether it is on show."""
        return self.overlay.isVisible()

    def open_for(self, project: "Project") -> None:
        """Ask about a project; the people are those who have worked in it."""
        self._people = assigning.colleagues(project)
        names = sorted(self._people)
        self.to.clear()
        self.to.addItems(names)
        self.to.setCurrentIndex(-1)
        self.to.setEditText("")
        self.articles.clear()
        for row in viewing.article_rows(project):
            item = QListWidgetItem(row.version.title or row.article.url or row.article.id)
            item.setData(_ID, row.article.id)
            item.setCheckState(Qt.CheckState.Checked)
            self.articles.addItem(item)
        self.all.setChecked(True)
        self._renew()
        self.overlay.open_on(self.to)

    def _renew(self) -> None:
        everything = self.all.isChecked()
        self.articles.setEnabled(not everything)
        chosen = self.articles.count() if everything else len(self._chosen())
        self.told.setText(ngettext("{n} article", "{n} articles", chosen))
        self.write.setEnabled(bool(self.to.currentText().strip()) and chosen > 0)

    def _chosen(self) -> Sequence[str]:
        items = [self.articles.item(row) for row in range(self.articles.count())]
        return [str(one.data(_ID)) for one in items if one.checkState() == Qt.CheckState.Checked]

    def _on_write(self) -> None:
        name = self.to.currentText().strip()
        chosen = () if self.all.isChecked() else tuple(dict.fromkeys(self._chosen()))
        # Whoever is not in the list is new, or one of several of that name: then the service asks which.
        self.wanted.emit(Wanted(self._people.get(name, name), chosen, self.blind.isChecked()))
