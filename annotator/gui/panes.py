"""The panes that F6 goes through: articles, article, claims, inspector."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow


def go_to_pane(window: "MainWindow", step: int) -> None:
    """Give the focus to the next (1) or previous (-1) pane."""
    panes: list[QWidget] = [window.articles, window.pane, window.claims, window.inspector]
    firsts = {pane: first for pane in panes if (first := _first_of(window, pane)) is not None}
    shown = list(firsts)
    if not shown:
        return
    focused = QApplication.focusWidget()
    here = next((place for place, pane in enumerate(shown) if _holds(pane, focused)), -1 if step > 0 else 0)
    follower = shown[(here + step) % len(shown)]
    if follower is window.inspector:
        window.inspector.focus_first()
    else:
        firsts[follower].setFocus(Qt.FocusReason.TabFocusReason)


def _first_of(window: "MainWindow", pane: QWidget) -> QWidget | None:
    """Return what takes the focus in a pane: its list or text; while that is empty, its first button."""
    main: dict[QWidget, QWidget] = {
        window.articles: window.articles.list,
        window.pane: window.pane.view,
        window.claims: window.claims.list,
        window.inspector: window.inspector.sheet if window.article.active else window.inspector,
    }
    if main[pane].isVisible() and main[pane].focusPolicy() & Qt.FocusPolicy.ClickFocus:
        return main[pane]
    stops = (one for one in pane.findChildren(QWidget) if one.isVisible() and one.isEnabled())
    return next((one for one in stops if one.focusPolicy() & Qt.FocusPolicy.TabFocus), None)


def _holds(pane: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (pane is focused or pane.isAncestorOf(focused))
