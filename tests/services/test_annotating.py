"""Marking and assessing offer the statuses of the project's scheme, and no others."""

from pathlib import Path

import pytest

from annotator.model.records import Assessment, Claim, Mention, TextVersion
from annotator.services import annotating, relating
from tests import making


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = making.new_project(tmp_path)
    with making.opened(path) as project, project.change("import") as change:
        making.put_article(change)
    return path


@pytest.mark.parametrize("status", ["", "refuted", "Confirmed", "no such thing"])
def test_a_status_that_the_scheme_lacks_is_not_written(path: Path, status: str) -> None:
    before = making.digest(path)
    with making.opened(path) as project:
        (version,) = project.all(TextVersion)
        with pytest.raises(ValueError, match="no status"):
            annotating.mark(project, version.id, [(4, 9)], status=status)
        assert project.count(Mention) == 0
    assert making.digest(path) == before
    with making.opened(path) as project:
        claim_id = annotating.mark(project, version.id, [(4, 9)], status="alleged").claim_id
        with pytest.raises(ValueError, match="no status"):
            annotating.assess(project, claim_id, status)
        assert [one.status for one in project.all(Assessment)] == ["alleged"]


def test_a_status_that_the_claim_has_stays_though_the_scheme_lacks_it(path: Path) -> None:
    with making.opened(path) as project:
        claim = making.claim()
        held = making.assessment(claim, "refuted")
        with project.change("import") as change:
            change.put(claim)
            change.put(held)
        assert annotating.assess(project, claim.id, "refuted") == held.id
        annotating.assess(project, claim.id, "confirmed")
        assert project.desk_status_of(project.get(Claim, claim.id).id) == "confirmed"


def test_a_claim_that_nobody_worded_says_what_is_marked(path: Path) -> None:
    with making.opened(path) as project:
        (version,) = project.all(TextVersion)
        text = project.text(version.text_sha256)
        marked = annotating.mark(project, version.id, [(4, 9)], status="alleged")
        annotating.move_mention(project, marked.mention_id, [(4, 12), (14, 18)])
        assert project.get(Claim, marked.claim_id).text == f"{text[4:12]} … {text[14:18]}"
        project.undo()
        assert project.get(Claim, marked.claim_id).text == text[4:9]
        assert [(one.start, one.end) for one in project.get(Mention, marked.mention_id).spans] == [(4, 9)]


def test_a_claim_that_is_worded_or_marked_elsewhere_keeps_its_words(path: Path) -> None:
    with making.opened(path) as project:
        (version,) = project.all(TextVersion)
        text = project.text(version.text_sha256)
        worded = annotating.mark(project, version.id, [(4, 9)], status="alleged")
        annotating.edit_claim(project, worded.claim_id, text="It is safe")
        annotating.move_mention(project, worded.mention_id, [(4, 12)])
        assert project.get(Claim, worded.claim_id).text == "It is safe"
        shared = annotating.mark(project, version.id, [(4, 9)], status="alleged")
        relating.mark_again(project, shared.mention_id, [(14, 18)])
        annotating.move_mention(project, shared.mention_id, [(4, 12)])
        assert project.get(Claim, shared.claim_id).text == text[4:9]
