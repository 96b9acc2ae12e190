"""Who opens a colleague's project may bring in a dataset that holds their own record."""

from pathlib import Path

from annotator import assets
from annotator.model.ids import AnnotatorId
from annotator.model.records import Annotator
from annotator.services.importing import import_files
from annotator.services.projects import new_project, opened

INES = AnnotatorId("018e0353-b000-7884-831d-750125caa0ac")


def test_a_newcomer_is_introduced_by_the_dataset_that_names_them(tmp_path: Path) -> None:
    path = tmp_path / "colleague.annot"
    new_project(path, person="Imani Castellan", scheme="extended")
    with opened(path, write=True, person=INES) as project:
        for _progress in import_files(project, [assets.path("sample", "sample.jsonl")]):
            pass
        assert project.get(Annotator, INES).name == "Ines Calloway"
        assert sorted(one.name for one in project.all(Annotator)) == ["Imani Castellan", "Ines Calloway", "Teodor Lund"]
