"""The media of sources, in words."""

from annotator.i18n import _
from annotator.model.records import Medium


def media() -> dict[Medium, str]:
    """Return every medium with its words."""
    return {
        "web": _("web page"),
        "pdf": _("PDF"),
        "document": _("document"),
        "interview": _("interview"),
        "record": _("record"),
        "image": _("image"),
        "video": _("video"),
        "audio": _("audio"),
        "other": _("something else"),
    }
