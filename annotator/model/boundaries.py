"""Moving a mention's boundary by a word, within its paragraph; all places are code points."""

from annotator.model.selection import to_words


def end_moved(text: str, end: int, step: int) -> int:
    """Return the end moved right (1) behind the next word, or left (-1) behind the word before the last one.

    Stays where it is at the paragraph's end or beginning.
    """
    if step > 0:
        first = _next_letter(text, end)
        return to_words(text, first, first + 1)[1] if first >= 0 else end
    start = _word_start(text, end)
    behind = _letter_before(text, start)
    return behind if behind >= 0 else end


def start_moved(text: str, start: int, step: int) -> int:
    """Return the start moved right (1) before the next word, or left (-1) before the word before.

    Stays where it is at the paragraph's end or beginning.
    """
    if step < 0:
        behind = _letter_before(text, start)
        return to_words(text, behind - 1, behind)[0] if behind >= 0 else start
    first = _next_letter(text, start)
    after = _next_letter(text, to_words(text, first, first + 1)[1]) if first >= 0 else -1
    return after if after >= 0 else start


def _word_start(text: str, end: int) -> int:
    behind = _letter_before(text, end)
    return to_words(text, behind - 1, behind)[0] if behind >= 0 else end


def _next_letter(text: str, place: int) -> int:
    """Return the first letter or digit at or after a place in its paragraph, -1 for none."""
    while place < len(text) and text[place] != "\n":
        if text[place].isalnum():
            return place
        place += 1
    return -1


def _letter_before(text: str, place: int) -> int:
    """Return the place right behind the last letter or digit before a place in its paragraph, -1 for none."""
    while place > 0 and text[place - 1] != "\n":
        if text[place - 1].isalnum():
            return place
        place -= 1
    return -1
