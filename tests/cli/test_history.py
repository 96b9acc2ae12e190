"""`annotator history` and `annotator redact` on the command line."""

from pathlib import Path

from annotator.model.ids import new_id
from annotator.model.records import Claim
from annotator.services import annotating
from annotator.store.project import Project
from tests import making
from tests.cli.running import Command


def marked(folder: Path) -> tuple[Path, str]:
    """Return a project with one claim, marked and worded anew, and the claim's id."""
    path = making.new_project(folder, "told")
    with making.opened(path) as project:
        with project.change("import") as change:
            version = making.put_article(change)
        with project.change("mark.disputed") as change:
            place = making.put_mark(change, version)
        annotating.edit_claim(project, place.claim_id, text="Worded\x1b[31m anew.")
    return path, place.claim_id


def test_a_record_and_the_project_are_told_and_no_byte_is_changed(command: Command, tmp_path: Path) -> None:
    path, claim_id = marked(tmp_path)
    before = making.digest(path)
    told = command("history", path, claim_id).out
    assert "Ada  Mark as disputed" in told or "Ada Mark as disputed" in told
    assert "text: The bridge is safe. → Worded\\x1b[31m anew." in told
    lines = command("history", path).out.splitlines()
    assert [line.partition("Ada ")[2].strip() for line in lines][-2:] == [
        "Mark as disputed: The bridge is safe.",
        "Word the claim: Worded\\x1b[31m anew.",
    ]
    assert making.digest(path) == before


def test_json_holds_the_same(command: Command, tmp_path: Path) -> None:
    path, claim_id = marked(tmp_path)
    versions = command("history", path, claim_id, "--json").document["versions"]
    assert [one["what"] for one in versions] == ["Mark as disputed", "Word the claim"]
    assert versions[1]["edits"][0]["before"] == "The bridge is safe."
    changes = command("history", path, "--json").document["changes"]
    assert [one["author"] for one in changes] == ["Ada"] * 4
    assert {one["kind"] for one in changes[2]["records"]} == {"claim", "mention", "assessment"}


def test_pages_follow_each_other(command: Command, tmp_path: Path) -> None:
    path, claim_id = marked(tmp_path)
    last = command("history", path, "--limit", "2", "--json").document["changes"]
    first = command("history", path, "--before", last[0]["change_id"], "--json").document["changes"]
    assert [one["what"] for one in (*first, *last)] == ["New project", "Import", "Mark as disputed", "Word the claim"]
    told = command("history", path, "--limit", "2").out
    assert last[0]["change_id"] in told
    related = command("history", path, claim_id, "--all", "--json").document["changes"]
    assert [one["what"] for one in related] == ["Mark as disputed", "Word the claim"]


def test_an_unknown_id_is_one_line(command: Command, tmp_path: Path) -> None:
    path, _claim_id = marked(tmp_path)
    for words in (("history", path, new_id()), ("history", path, "nonsense"), ("history", path, "--before", new_id())):
        ran = command(*words)
        assert ran.code == 1
        assert len(ran.err.splitlines()) == 1


def test_redact_says_what_goes_first_and_asks_for_nothing(command: Command, tmp_path: Path) -> None:
    path, claim_id = marked(tmp_path)
    before = making.digest(path)
    ran = command("redact", path, claim_id, "--reason", "a source", "--dry-run")
    assert (ran.code, making.digest(path)) == (0, before)
    assert f"would go: 2 versions, claim {claim_id}" in ran.out
    ran = command("redact", path, claim_id, "--reason", "a source", "--json")
    assert (ran.document["events"], ran.document["named"]) == (2, {"mention": 1, "assessment": 1})
    with Project.open(path, write=False) as project:
        assert project.all(Claim) == []
    assert "Redacted: a source" in command("history", path, claim_id).out
    ran = command("redact", path, new_id(), "--reason", "a source")
    assert (ran.code, len(ran.err.splitlines())) == (1, 1)
    assert command("check", path).code == 0


def test_an_unknown_id_is_refused_with_all_that_hangs_on_it_too(command: Command, project: Path) -> None:
    for how in ((), ("--all",)):
        ran = command("history", project, "01890000-0000-7000-8000-00000000ffff", *how)
        assert (ran.code, ran.out) == (1, "")
        assert "no record with the id" in ran.err
