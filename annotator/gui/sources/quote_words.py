"""How it is said whether a quote stands in its source, and why a file was not looked at."""

from typing import TYPE_CHECKING

from annotator.i18n import _, ngettext

if TYPE_CHECKING:
    from annotator.services.quotes import QuoteState, Why


def quote_text(state: "QuoteState") -> str:
    """Return in words whether a quote stands in what the source is."""
    match state.answer:
        case "":
            return ""
        case "looking":
            return _("Looking for the quote…")
        case "found":
            on_page = _("The quote is found on page {page}").format(page=state.page)
            return on_page if state.page else _("The quote is found in its text")
        case "not found":
            return _not_found(state)
        case "not looked at":
            return _("Not looked at: {why}").format(why=_why(state.why))


def _not_found(state: "QuoteState") -> str:
    if state.why:
        told = _("The quote is not found in the article; the file was not looked at: {why}")
        return told.format(why=_why(state.why))
    if state.silent:
        one = "The quote is not found in its text; {n} page is a picture without text"
        many = "The quote is not found in its text; {n} pages are pictures without text"
        return ngettext(one, many, state.silent).format(n=state.silent)
    return _("The quote is not found in its text")


def _why(why: "Why") -> str:
    return {
        "": "",
        "text": "",
        "nothing": _("no text of the source is kept"),
        "missing": _("the file’s bytes are not in this project"),
        "altered": _("the file is not what was attached"),
        "kind": _("a file of this kind has no text that can be read here"),
        "no text": _("there is no text in the file, only pictures"),
        "locked": _("the file asks for a password"),
        "broken": _("the file is damaged"),
        "cut": _("the page cannot be read to its end"),
        "long": _("its text is too long"),
        "slow": _("reading it takes too long"),
        "failed": _("reading it failed"),
        "memory": _("reading it takes too much memory"),
    }[why]


def quote_icon(state: "QuoteState") -> str:
    """Return the icon that goes with the words."""
    return {"found": "check", "not found": "warning", "looking": "clock"}.get(state.answer, "minus")


def page_words(page: int) -> str:
    """Return a page as the place of a quote is written."""
    return _("p. {page}").format(page=page)
