"""Tips whose text is never read as HTML, whoever wrote it."""

import html


def plain_tip(text: str) -> str:
    """Return a tool tip that shows the text as it is and wraps long ones; "" stays no tip."""
    # Qt guesses: a tip that looks like HTML is shown as HTML. One that is HTML for certain can be escaped for certain.
    return f"<p>{html.escape(text)}</p>" if text else ""
