"""What the text fields of a source's page save, each by its name."""

from annotator.errors import Refused
from annotator.gui.hub import Hub
from annotator.gui.inspector.drafts import Saver, saved
from annotator.i18n import _
from annotator.model.ids import SourceId
from annotator.model.records import Source
from annotator.services import sourcing


def savers(hub: Hub) -> dict[str, Saver]:
    """Return the savers of the fields by their names."""

    def title(key: str, text: str) -> bool:
        return saved(hub, sourcing.edit_source, SourceId(key), title=text)

    def url(key: str, text: str) -> bool:
        return saved(hub, sourcing.edit_source, SourceId(key), url=text)

    def publisher(key: str, text: str) -> bool:
        return saved(hub, sourcing.edit_source, SourceId(key), publisher=text)

    def published(key: str, text: str) -> bool:
        return saved(hub, sourcing.edit_source, SourceId(key), published=text)

    def retrieved(key: str, text: str) -> bool:
        return saved(hub, sourcing.edit_source, SourceId(key), retrieved=text)

    def archived_url(key: str, text: str) -> bool:
        return saved(hub, sourcing.edit_source, SourceId(key), archived_url=text)

    def note(key: str, text: str) -> bool:
        return saved(hub, sourcing.note, SourceId(key), text)

    fields = {
        "title": title,
        "url": url,
        "publisher": publisher,
        "published": published,
        "retrieved": retrieved,
        "archived_url": archived_url,
        "note": note,
    }
    return {name: _if_there(hub, save) for name, save in fields.items()}


def _if_there(hub: Hub, save: Saver) -> Saver:
    """Words about a source that is gone have nowhere to go: they are handed back to the person in the notice."""

    def run(key: str, text: str) -> bool:
        if hub.project.find(Source, key) is not None:
            return save(key, text)
        hub.refused.emit(Refused(_("what this was about is gone: “{words}”").format(words=text)))
        return True

    return run
