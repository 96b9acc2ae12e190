"""Makes the document that is shown: the stored text, character for character, with formats by zone."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextOption

from annotator.gui.article_view.page import Page
from annotator.gui.article_view.typography import Typography
from annotator.gui.theme import Theme
from annotator.model.invisible import visible
from annotator.model.utf16 import Utf16Map

_QUIET: Final = frozenset({"boilerplate", "byline", "dateline", "caption", "correction_note"})
_SMALL: Final = frozenset({"byline", "dateline", "caption"})

_FIXED: Final = QTextBlockFormat.LineHeightTypes.FixedHeight.value


def build(page: Page, places: Utf16Map, sizes: Typography, theme: Theme) -> QTextDocument:
    """Return a detached document of the page's text; setting it afterwards is far cheaper than filling a shown one."""
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(sizes.body)
    option = QTextOption(document.defaultTextOption())
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if page.direction:
        right = page.direction == "rtl"
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
    document.setDefaultTextOption(option)
    blank_lines = "\n\n" in page.text
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.setBlockFormat(_lines(sizes.pitch, 0 if blank_lines else sizes.pitch * 0.45))
    cursor.insertText(visible(places.display), _face(sizes.body, theme.ink))
    _join_split_lines(cursor, places, sizes)
    if blank_lines:
        _shrink_blank_lines(cursor, document, sizes)
    for kind, start, end in page.zones:
        _format_zone(cursor, kind, (places.to_utf16(start), places.to_utf16(end)), sizes, theme)
    cursor.endEditBlock()
    return document


def set_margins(document: QTextDocument, sizes: Typography, top: float) -> None:
    """Leave room around the text: for the gutter at the left, "+2" at the right, the title at the top."""
    frame = document.rootFrame().frameFormat()
    before = (frame.leftMargin(), frame.rightMargin(), frame.topMargin(), frame.bottomMargin())
    if before == (sizes.gutter, sizes.right_pad, top, sizes.pitch * 3):
        return  # the same margins again would lay the whole text out again
    frame.setLeftMargin(sizes.gutter)
    frame.setRightMargin(sizes.right_pad)
    frame.setTopMargin(top)
    frame.setBottomMargin(sizes.pitch * 3)
    document.rootFrame().setFrameFormat(frame)


def _lines(pitch: float, below: float, above: float = 0) -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setLineHeight(pitch, _FIXED)
    form.setBottomMargin(round(below))
    form.setTopMargin(round(above))
    return form


def _join_split_lines(cursor: QTextCursor, places: Utf16Map, sizes: Typography) -> None:
    """Take the paragraph's space away between the display blocks of one very long line."""
    if places.display_length <= len(places.text):
        return  # every cut makes the document longer, and so may astral characters: then look at each block
    joined = _lines(sizes.pitch, 0)
    for index in range(1, len(places.blocks)):
        if places.continues(index):
            cursor.setPosition(places.to_utf16(places.block_range(index)[0]) - 1)
            cursor.setBlockFormat(joined)


def _shrink_blank_lines(cursor: QTextCursor, document: QTextDocument, sizes: Typography) -> None:
    blank = _lines(sizes.pitch * 0.5, 0)
    block = document.begin()
    while block.isValid():
        if block.length() == 1:
            cursor.setPosition(block.position())
            cursor.setBlockFormat(blank)
        block = block.next()


def _format_zone(cursor: QTextCursor, kind: str, at: tuple[int, int], sizes: Typography, theme: Theme) -> None:
    letters = _letters(kind, sizes, theme)
    if letters is None:
        return
    cursor.setPosition(at[0])
    cursor.setPosition(at[1], QTextCursor.MoveMode.KeepAnchor)
    cursor.mergeCharFormat(letters)
    block = _block(kind, sizes)
    if block is not None:
        cursor.setBlockFormat(block)


def _letters(kind: str, sizes: Typography, theme: Theme) -> QTextCharFormat | None:
    if kind == "headline":
        return _face(sizes.headline, theme.ink)
    if kind == "standfirst":
        return _face(sizes.standfirst, theme.ink2)
    if kind in _SMALL:
        return _face(sizes.byline, theme.ink2)
    return _face(None, theme.ink2) if kind in _QUIET else None


def _face(font: QFont | None, ink: str) -> QTextCharFormat:
    letters = QTextCharFormat()
    if font is not None:
        letters.setFont(font)
    letters.setForeground(QColor(ink))
    return letters


def _block(kind: str, sizes: Typography) -> QTextBlockFormat | None:
    if kind == "headline":
        return _lines(sizes.headline_pitch, sizes.pitch * 0.4)
    if kind == "standfirst":
        return _lines(sizes.standfirst_pitch, sizes.pitch * 0.6)
    if kind in _SMALL:
        return _lines(sizes.byline.pixelSize() * 1.6, sizes.pitch * 0.5)
    return None
