"""What is taken out for good leaves a place that is shown as such, and the marks on it go on."""

from pathlib import Path

import pytest

from annotator.model.records import Claim, Source, Speaker
from annotator.services import annotating, linking, redacting, viewing
from annotator.services.annotating import Marked
from annotator.store.check import check
from annotator.store.project import Project
from tests import making


@pytest.fixture
def desk(tmp_path: Path) -> tuple[Project, Marked]:
    project = making.opened(making.new_project(tmp_path))
    with project.change("import") as change:
        version = making.put_article(change)
    marked = annotating.mark(project, version.id, [(4, 9)], status="disputed")
    annotating.set_speaker(project, marked.mention_id, name="Zoe")
    linking.link_new_source(project, marked.claim_id, "https://example.org/x", stance="supports")
    return project, marked


@pytest.mark.parametrize("kind", [Claim, Speaker, Source])
def test_a_withheld_record_has_a_placeholder_and_its_mark_can_be_edited(
    desk: tuple[Project, Marked], kind: type[Claim | Speaker | Source]
) -> None:
    project, marked = desk
    with project:
        (record,) = project.all(kind)
        redacting.redact(project, record.id, "a court")
        detail = viewing.claim_detail(project, marked.mention_id)
        (row,) = viewing.claim_rows_of(project, [marked.mention_id])
        shown = {
            Claim: (detail.claim.text, row.text),
            Speaker: (detail.speaker.name if detail.speaker else "", row.speaker),
            Source: (detail.evidence[0].source.title,) * 2,
        }[kind]
        assert shown == (viewing.withheld_words(),) * 2
        assert detail.withheld is (kind is Claim)
        annotating.edit_mention(project, marked.mention_id, note="ask the court")
        annotating.move_mention(project, marked.mention_id, [(4, 12)])
        assert viewing.claim_detail(project, marked.mention_id).mention.note == "ask the court"
        assert check(project).sound
        annotating.remove_mention(project, marked.mention_id)
        assert check(project).sound
