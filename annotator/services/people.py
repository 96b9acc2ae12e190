"""Who is at work: a person is an id, looked up among the project's annotators by id or name."""

from msgspec.structs import replace

from annotator import settings
from annotator.errors import Refused
from annotator.i18n import _
from annotator.model.ids import AnnotatorId, is_id, new_id
from annotator.model.records import Annotator
from annotator.store.project import Project


class SeveralAnnotators(Refused):
    """A name that several annotators of the project have; `ids` lists theirs."""

    def __init__(self, name: str, ids: list[AnnotatorId], file: str) -> None:
        super().__init__(
            _("several annotators are called {name}: {ids}").format(name=name, ids=", ".join(ids)),
            do=_("say which with --as ID"),
            file=file,
        )
        self.ids = ids


def person_at_work(name_or_id: str = "") -> Annotator:
    """Return the person at work outside a project: as named, else as the settings have them (made once)."""
    own_id, own_name = settings.who(new_id)
    if name_or_id and name_or_id not in {own_id, own_name}:
        key = name_or_id if is_id(name_or_id) else new_id()
        return Annotator(AnnotatorId(key), name_or_id)
    return Annotator(AnnotatorId(own_id), own_name)


def sign_in(project: Project, name_or_id: str = "") -> Annotator:
    """Let a person work in the project: the annotator of that id or name, or a new one made with the first change.

    Nothing is written here: looking changes no byte. The new annotator is put by `introduce`.

    Raises SeveralAnnotators where the name belongs to several.
    """
    person = person_at_work(name_or_id)
    matches = project.annotators_called(person.id)
    if not matches:
        matches = project.annotators_called(name_or_id or person.name)
    if len(matches) > 1:
        raise SeveralAnnotators(name_or_id or person.name, [one.id for one in matches], str(project.path))
    found = matches[0] if matches else person
    project.work_as(found.id)
    if not matches and project.writable:
        project.introduce(found)
    return found


def work_under(project: Project, name: str) -> None:
    """Let the person of the settings work on under this name: who they are to the project is their id.

    Where the project knows the id by another name it is told the new one, a change like any other. One it does not
    know is made with the first change, even where somebody else has the name.
    """
    own_id = AnnotatorId(settings.who(new_id)[0])
    known = project.annotators_called(own_id)
    if project.annotator_id != own_id:
        project.work_as(own_id)
    if not project.writable:
        return
    if not known:
        project.introduce(Annotator(own_id, name))
    elif known[0].name != name:
        with project.change("annotator.rename") as change:
            change.put(replace(known[0], name=name))
