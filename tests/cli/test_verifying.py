"""`annotator verify`, and what is confidential: what they print, and their exit codes."""

from pathlib import Path

from annotator.model.ids import SourceId, new_id
from annotator.model.records import Source
from annotator.services import annotating, linking, snapshots, sourcing
from annotator.services.projects import opened
from tests.cli.running import Command
from tests.making import put_article


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


def test_confidential_sources_are_written_only_where_they_are_asked_for(
    command: Command, project: Path, tmp_path: Path
) -> None:
    with opened(project, write=True) as made:
        with made.change("import") as change:
            version = put_article(change)
        claim = annotating.mark(made, version.id, [(4, 9)], status="disputed").claim_id
        linking.link_new_source(made, claim, "The night nurse", stance="supports")
        sourcing.edit_source(made, made.sources()[0].id, confidential=True)
    out, whole = tmp_path / "out.jsonl", tmp_path / "whole.jsonl"
    ran = command("export", project, "--format", "jsonl", "--output", out)
    assert ran.code == 0
    assert "1 confidential source is written without what names it" in ran.err
    assert "night nurse" not in out.read_text()
    ran = command("export", project, "--format", "jsonl", "--output", whole, "--with-confidential")
    assert ran.code == 0
    assert "without what names it" not in ran.err
    assert "night nurse" in whole.read_text()
    assert "left out: 1 × source" in command("assign", project, "--to", "Bo", "--output", tmp_path / "bo.annot").out
    asked = command("assign", project, "--to", "Bo", "--output", tmp_path / "all.annot", "--with-confidential")
    assert "left out" not in asked.out
