"""Tips whose text is never read as HTML, whoever wrote it."""


def plain_tip(text: str) -> str:
    """Return a tool tip that shows the text as it is and wraps long ones; "" stays no tip."""
    # Qt guesses: a tip that looks like HTML is shown as HTML. One that is HTML for certain can be escaped for certain.
    return f"<p>{_escaped(text)}</p>" if text else ""


def _escaped(text: str) -> str:
    """Return what `html.escape` would without its table of names, which a start need not wait for."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
