"""A day's work on a project, saying on standard output what was acknowledged: `power_writer.py FOLDER SYNCHRONOUS`.

SYNCHRONOUS is SQLite's setting: 3 is the program's own; with a lower one the tests must find losses.
"""

import os
import sys
from pathlib import Path

from msgspec.structs import replace

from annotator.model.ids import AnnotatorId, ArticleId, ClaimId, new_id
from annotator.model.records import Annotator, Article, Claim, TextVersion, version_id
from annotator.services.exporting import export_project
from annotator.store import file
from annotator.store.project import Project

ADA = Annotator(AnnotatorId("01890000-0000-7000-8000-0000000000ad"), "Ada")


def said(*words: str) -> None:
    os.write(1, f"{' '.join(words)}\n".encode())


def mark(project: Project, text: str) -> Claim:
    claim = Claim(ClaimId(new_id()), text)
    with project.change("claim.new") as change:
        change.put(claim)
    said("saved", change.id)
    return claim


def import_articles(project: Project, count: int) -> None:
    with project.change("import") as change:
        for number in range(count):
            article = Article(ArticleId(new_id()))
            sha = change.put_text(f"Article {number}.\n" * 400)
            change.put(article)
            change.put(TextVersion(version_id(article.id, sha), article.id, sha, title=f"{number}"))
            change.put_blob(os.urandom(9_000))
    said("saved", change.id)


def export(project: Project, folder: Path) -> None:
    for _step in export_project(project, folder / "dataset.jsonl"):
        pass
    said("exported")


def main() -> None:
    folder = Path(sys.argv[1])
    pragmas = tuple((name, int(sys.argv[2]) if name == "synchronous" else value) for name, value in file._PRAGMAS)  # pyright: ignore[reportPrivateUsage] - nobody else may set it
    file._PRAGMAS = pragmas  # pyright: ignore[reportPrivateUsage, reportConstantRedefinition] - as above
    path = folder / "story.annot"
    Project.create(path, name="story", annotator=ADA)
    said("made")
    for round_ in range(3):
        with Project.open(path, write=True, who="Ada") as project:
            project.work_as(ADA.id)
            said("opened")
            claims = [mark(project, f"Round {round_}, claim {number}.") for number in range(5)]
            import_articles(project, 2 + 6 * round_)
            export(project, folder)
            for number, claim in enumerate(claims):
                with project.change("claim.text") as change:
                    change.put(replace(claim, text=f"Edited {number}. " * 300))
                said("saved", change.id)
            project.undo()
            said("undone")
            with project.change("claim.remove") as change:
                change.delete(claims[0])
            said("saved", change.id)
        said("closed")


main()
