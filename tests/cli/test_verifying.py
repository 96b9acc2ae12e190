"""`annotator verify`: what it prints, and its exit code."""

from pathlib import Path

from annotator.model.ids import SourceId, new_id
from annotator.model.records import Source
from annotator.services import snapshots
from annotator.services.projects import opened
from tests.cli.running import Command


def put(path: Path, title: str, *, file: Path | None = None, sha256: str = "") -> None:
    with opened(path, write=True) as project:
        source = Source(SourceId(new_id()), title=title, snapshot_sha256=sha256)
        with project.change("source.edit") as change:
            change.put(source)
        if file:
            snapshots.attach(project, source.id, file)


def test_snapshots_are_verified_and_what_is_missing_is_named(command: Command, project: Path, tmp_path: Path) -> None:
    assert command("verify", project).out == "0 snapshots are intact\n"
    letter = tmp_path / "letter.txt"
    letter.write_text("Invoices support 3,150.")
    put(project, "The letter", file=letter)
    ran = command("verify", project)
    assert (ran.code, ran.out) == (0, "1 snapshot is intact\n")
    put(project, "A page that came\nwith a dataset", sha256="ab" * 32)
    ran = command("verify", project)
    assert ran.code == 1
    first, last = ran.out.splitlines()
    assert first.startswith(f"missing {'ab' * 32} source ")
    assert first.endswith("A page that came with a dataset")
    assert last == "1 snapshot is intact"
    document = command("verify", project, "--json").document
    assert not document["intact"]
    assert [(one["state"], one["kind"], one["media_type"]) for one in document["snapshots"]] == [
        ("intact", "source", "text/plain"),
        ("missing", "source", ""),
    ]
