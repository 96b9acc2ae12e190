"""The bar at the bottom: when it was saved, what can be accepted, which keys lead on, where one is."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStatusBar, QToolButton, QWidget

from annotator.gui.dates import clock_text
from annotator.gui.hub import Hub
from annotator.gui.icons import pixmap
from annotator.gui.modes import ANNOTATE
from annotator.gui.open_article import OpenArticle
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.plain import PlainLabel
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _, ngettext
from annotator.model.words import count_words
from annotator.services.viewing import ArticlePage

_ICON = 15


class StatusLine(QStatusBar):
    """Says quietly what matters at the moment."""

    def __init__(self, hub: Hub, article: OpenArticle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._article = article
        self._words = 0
        self._shown: tuple[object, ...] = ()
        self._why_reading_only = ""
        self._annotating = True
        self.setSizeGripEnabled(False)
        self._saved_icon = QLabel()
        self.saved = _plain("")
        self.saved.setAccessibleName(_("Saved"))
        self._suggestion = _group(
            _("suggested speaker"), ("claim.accept", _("accept")), ("claim.dismiss", _("dismiss"))
        )
        self._keys = _group(
            "",
            ("claim.next", _("next claim")),
            ("claim.previous", _("previous")),
            ("help.shortcuts_key", _("all shortcuts")),
        )
        self.place = _plain("")
        self.zoom = QToolButton()
        self.zoom.setAutoRaise(True)
        self.zoom.setAccessibleName(_("Zoom"))
        left = QWidget()
        row = QHBoxLayout(left)
        row.setContentsMargins(12, 0, 0, 0)
        row.setSpacing(6)
        for widget in (self._saved_icon, self.saved, self._suggestion):
            row.addWidget(widget)
        row.addStretch(1)
        self.addWidget(left, 1)
        for widget in (self._keys, self.place, self.zoom):
            self.addPermanentWidget(widget)
        hub.changed.connect(self.renew)
        hub.project_changed.connect(self.renew)
        article.shown.connect(self._on_shown)
        article.activated.connect(self.renew)
        article.rows_changed.connect(self.renew)
        self._renew_icon()
        self.renew()

    def _on_shown(self, page: ArticlePage | None) -> None:
        self._words = count_words(page.text) if page else 0
        self.renew()

    def show_mode(self, mode_id: str) -> None:
        """Say what is about the article only while that is on show."""
        self._annotating = mode_id == ANNOTATE
        self.renew()

    def show_zoom(self, percent: int) -> None:
        """Show the zoom."""
        self.zoom.setText(_("{n} %").format(n=percent))

    def explain_reading_only(self, why: str) -> None:
        """Keep at hand why the project is open for reading only, after the notice has gone."""
        self._why_reading_only = why

    @property
    def why_reading_only(self) -> str:
        """Why nothing can be changed, "" where that is not so, or not known."""
        return self._why_reading_only

    def renew(self, *_whatever: object) -> None:
        """Say what holds now, whatever signal asks: several do for one change."""
        reading = self._hub.is_open and not self._hub.project.writable
        active = self._article.active
        suggested = bool(self._annotating and active and active.speaker and not active.speaker_accepted)
        words = self._words if self._annotating else 0
        state = (self._saved_text(), self._why_reading_only if reading else "", suggested, words, self.width())
        if state == self._shown:
            return
        self._shown = state
        saved, why = state[:2]
        self.saved.setText(saved)
        self.saved.setToolTip(plain_tip(why) if why else "")
        self.saved.setAccessibleDescription(why)
        self._saved_icon.setVisible(bool(saved) and not reading)
        self._suggestion.setVisible(suggested)
        self.place.setText(ngettext("{n} word", "{n} words", words) if words else "")
        self.zoom.setVisible(words > 0)
        self._keys.setVisible(words > 0 and self.width() >= 1000)  # noqa: PLR2004 - narrower, they crowd it

    def _saved_text(self) -> str:
        if not self._hub.is_open:
            return ""
        if not self._hub.project.writable:
            return _("Read-only")
        moment = self._hub.project.saved_at
        return _("Saved {time}").format(time=clock_text(moment)) if moment else _("All saved")

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the style sheet makes what is in it: all was put in before there was one."""
        super().showEvent(event)
        self.reformat()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the keys out where there is no room."""
        super().resizeEvent(event)
        self.renew()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._renew_icon()

    def _renew_icon(self) -> None:
        self._saved_icon.setPixmap(pixmap("check", "accent", _ICON, self.devicePixelRatioF()))


def _plain(text: str) -> QLabel:
    label = PlainLabel(text)
    label.setProperty("quiet", True)  # noqa: FBT003 - Qt's own signature
    return label


def _group(words: str, *keys: tuple[str, str]) -> QWidget:
    """Return words followed by the keys of actions (their ids) with what they do."""
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(10, 0, 6, 0)
    row.setSpacing(5)
    if words:
        row.addWidget(_plain(words))
    for of, meaning in keys:
        row.addWidget(KeyCap(of=of))
        row.addWidget(_plain(meaning))
        row.addSpacing(4)
    return group
