"""The panes that F6 goes through: articles, article, claims, inspector; those of another screen where it has some."""

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow


@runtime_checkable
class HasPanes(Protocol):
    """A screen that F6 goes through."""

    def panes(self) -> list[QWidget]:
        """Return what takes the focus in each of its panes, in order."""
        ...


def go_to_pane(window: "MainWindow", step: int) -> None:
    """Give the focus to the next (1) or previous (-1) pane."""
    if not window.modes.annotating:
        page = window.modes.page(window.modes.current)
        if isinstance(page, HasPanes):
            _go_on(page.panes(), step)
        return
    panes: list[QWidget] = [window.articles, window.pane, window.claims, window.inspector]
    firsts = {pane: first for pane in panes if (first := _first_of(window, pane)) is not None}
    shown = list(firsts)
    if not shown:
        return
    follower = _follower(shown, step)
    if follower is window.inspector:
        window.inspector.focus_first()
    else:
        firsts[follower].setFocus(Qt.FocusReason.TabFocusReason)


def _follower(shown: list[QWidget], step: int) -> QWidget:
    focused = QApplication.focusWidget()
    here = next((place for place, pane in enumerate(shown) if _holds(pane, focused)), -1 if step > 0 else 0)
    return shown[(here + step) % len(shown)]


def _go_on(firsts: list[QWidget], step: int) -> None:
    shown = [one for one in firsts if one.isVisible()]
    if shown:
        _follower(shown, step).setFocus(Qt.FocusReason.TabFocusReason)


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
