"""Tells screen readers what has just happened."""

from PySide6.QtWidgets import QWidget

from annotator import settings


def announce(widget: QWidget, text: str, *, at_once: bool = False) -> None:
    """Have a screen reader say the text, `at_once` even over what it is saying; nothing if the person wants none."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415 - 7 ms before the first paint

    # Where nobody listens the settings need not be read.
    if not text or not QAccessible.isActive() or not settings.load().announcements:
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if at_once else politeness.Polite)
    QAccessible.updateAccessibility(event)
