"""What the kinds of block that an article is made of are called."""

from annotator.i18n import _
from annotator.model.zones import ZoneKind


def names() -> dict[ZoneKind, str]:
    """Return what each kind is called."""
    return {
        "headline": _("Headline"),
        "standfirst": _("Standfirst"),
        "byline": _("Byline"),
        "dateline": _("Dateline"),
        "body": _("Body"),
        "caption": _("Caption"),
        "correction_note": _("Correction note"),
        "boilerplate": _("Boilerplate"),
    }
