"""Merging files as a person does: looked at first, with a backup, taken back, articles and people brought in twice."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator import settings
from annotator.errors import Refused
from annotator.model.addresses import canonical_address
from annotator.model.ids import AnnotatorId, ArticleId, Sha256, new_id
from annotator.model.records import Annotator, Article, Claim, Link, Mention, TextVersion, version_id
from annotator.services import merging
from annotator.services.merging import MergeReport, Survey
from annotator.store.check import check
from annotator.store.project import Project
from tests import making
from tests.store.merging.desks import copied, finished


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = making.new_project(tmp_path, "ada")
    with making.opened(made) as project, project.change("import") as change:
        change.put(making.BO)
        making.put_mark(change, making.put_article(change))
    return made


@pytest.fixture
def other(path: Path) -> Path:
    """Bo's copy, with a claim of Bo's."""
    copy = copied(path, "bo")
    with making.opened(copy, making.BO) as project, project.change("claim") as change:
        change.put(making.claim("Bo's"))
    return copy


@contextmanager
def arrivals(project: Project, paths: Sequence[Path]) -> Generator[merging.Arrivals]:
    with merging.colleagues_files(project, paths) as found:
        yield found


def merged(path: Path, *others: Path) -> MergeReport:
    with making.opened(path) as project, arrivals(project, others) as found:
        report: MergeReport = finished(merging.merge(project, found))
        assert check(project).sound
    return report


def surveyed(path: Path, *others: Path) -> Survey:
    with Project.open(path, write=False) as project, arrivals(project, others) as found:
        survey: Survey = finished(merging.survey(project, found))
    return survey


def claims(path: Path) -> list[str]:
    with Project.open(path, write=False) as project:
        return [one.text for one in project.all(Claim)]


def backups_made() -> list[Path]:
    return sorted((settings.folder() / "backups").rglob("*.annot"))


def test_a_survey_changes_no_byte_and_takes_no_backup(path: Path, other: Path) -> None:
    before, theirs, folder = making.digest(path), making.digest(other), sorted(path.parent.iterdir())
    survey = surveyed(path, other)
    assert (survey.tally.count("new"), survey.sound) == (1, True)
    assert survey.tally.names == {making.ADA.id: "Ada", making.BO.id: "Bo"}
    assert (making.digest(path), making.digest(other)) == (before, theirs)
    assert sorted(path.parent.iterdir()) == folder
    assert not backups_made()


def test_a_merge_has_a_backup_from_before_and_can_be_taken_back(path: Path, other: Path) -> None:
    report = merged(path, other)
    assert report.survey.tally.count("new") == 1
    assert claims(path) == ["The bridge is safe.", "Bo's"]
    assert report.backup
    assert claims(report.backup.path) == ["The bridge is safe."]
    merging.take_back(path, report)
    assert claims(path) == ["The bridge is safe."]
    with Project.open(path, write=False) as project:
        assert check(project).sound
    assert merged(path, other).survey.tally.count("new") == 1


def test_a_merge_is_not_taken_back_over_a_later_change(path: Path, other: Path) -> None:
    report = merged(path, other)
    with making.opened(path) as project, project.change("claim") as change:
        change.put(making.claim("later"))
    with pytest.raises(Refused, match="changed since the merge"):
        merging.take_back(path, report)
    assert claims(path) == ["The bridge is safe.", "Bo's", "later"]


def test_a_merge_is_not_taken_back_while_somebody_writes(path: Path, other: Path) -> None:
    report = merged(path, other)
    with making.opened(path), pytest.raises(Refused, match="is writing to it"):
        merging.take_back(path, report)


def test_a_merge_that_brings_nothing_takes_no_backup(path: Path, other: Path) -> None:
    merged(path, other)
    before, made = making.digest(path), backups_made()
    report = merged(path, other)
    assert (report.backup, backups_made(), making.digest(path)) == (None, made, before)


def test_a_merge_that_is_stopped_half_way_leaves_the_project_as_it_was(path: Path, other: Path) -> None:
    before = making.digest(path)
    with making.opened(path) as project, arrivals(project, [other]) as found:
        job = merging.merge(project, found)
        while not next(job).what.startswith("Merging"):
            pass
        job.close()
        with project.change("claim") as change:
            change.put(making.claim("goes on"))
        assert [one.text for one in project.all(Claim)] == ["The bridge is safe.", "goes on"]
    assert making.digest(path) != before


def test_a_file_that_is_none_is_refused_and_the_others_come_in(path: Path, other: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.annot"
    broken.write_bytes(other.read_bytes()[:5000])
    report = merged(path, broken, path, other)
    assert [Path(one.file).name for one in report.survey.refusals] == ["broken.annot", "ada.annot"]
    assert report.survey.tally.count("new") == 1


def begun_apart(folder: Path, name: str, who: Annotator, url: str) -> Path:
    path = folder / f"{name}.annot"
    Project.create(path, name=name, annotator=who)
    with making.opened(path, who) as project, project.change("import") as change:
        article = Article(ArticleId(new_id()), url=url, language="en")
        sha256 = Sha256(change.put_text(making.TEXT))
        version = TextVersion(version_id(article.id, sha256), article.id, sha256)
        change.put(article)
        change.put(version)
        claim = making.claim(f"{name}'s")
        change.put(claim)
        change.put(making.mention(claim, version, 4, 9, by=who))
    return path


@pytest.mark.parametrize(
    ("urls", "linked"),
    [
        (("https://example.org/bridge", "http://www.Example.org/bridge/?utm_source=x#top"), 1),
        (("https://example.org/bridge", ""), 1),
        (("", ""), 1),
        (("https://example.org/bridge", "https://other.example/bridge"), 0),
    ],
)
def test_an_article_brought_in_twice_is_linked_on_both_sides_alike(
    tmp_path: Path, urls: tuple[str, str], linked: int
) -> None:
    ada, bo = (
        begun_apart(tmp_path, n, who, url) for n, who, url in zip("ab", (making.ADA, making.BO), urls, strict=True)
    )
    report = merged(ada, bo)
    assert report.survey.other_projects == (str(bo),)
    assert len(report.survey.tally.same_articles) == linked
    merged(bo, copied(ada, "ada-was"))
    with Project.open(ada, write=False) as one, Project.open(bo, write=False) as other:
        assert one.all(Link) == other.all(Link)
        assert len(one.all(Link)) == linked
        assert one.count(Mention) == 2
        assert one.card == other.card


def test_a_link_that_a_person_deleted_is_not_made_again(tmp_path: Path) -> None:
    ada, bo = begun_apart(tmp_path, "a", making.ADA, ""), begun_apart(tmp_path, "b", making.BO, "")
    merged(ada, bo)
    with making.opened(ada) as project:
        (link,) = project.all(Link)
        with project.change("apart") as change:
            change.delete(link)
    with making.opened(bo, making.BO) as project, project.change("claim") as change:
        change.put(making.claim())
    merged(ada, bo)
    with Project.open(ada, write=False) as project:
        assert not project.all(Link)


def test_one_person_twice_is_offered_and_never_assumed(tmp_path: Path) -> None:
    twin = replace(making.ADA, id=AnnotatorId(new_id()), name=" ada")
    ada, other = begun_apart(tmp_path, "a", making.ADA, ""), begun_apart(tmp_path, "b", twin, "")
    report = merged(ada, other)
    ((a, b),) = report.survey.tally.same_people
    assert {a.id, b.id} == {making.ADA.id, twin.id}
    with making.opened(ada) as project:
        assert [one.a for one in project.all(Link)] != [a.id]
        merging.same_people(project, a.id, b.id)
        assert {(one.a, one.b) for one in project.all(Link)} >= {(a.id, b.id)}
        with pytest.raises(Refused, match="no annotator"):
            merging.same_people(project, a.id, AnnotatorId(new_id()))
    with making.opened(other, twin) as project, project.change("claim") as change:
        change.put(making.claim())
    assert not merged(ada, other).survey.tally.same_people


def test_colleagues_at_one_machine_are_offered_only_where_their_names_are_alike(path: Path, other: Path) -> None:
    with Project.open(other, write=False) as project:
        machines = project.connection.execute("SELECT DISTINCT machine FROM session").fetchall()
    assert machines == [(settings.machine_known(),)]  # Ada and Bo worked on this one
    assert surveyed(path, other).tally.same_people == []
    login = replace(making.BO, id=AnnotatorId(new_id()), name=making.BO.name.split()[0].lower())
    with making.opened(other) as project, project.change("annotator.new") as change:
        change.put(replace(making.BO, name="Bo Larsen"))
        change.put(login)
    with making.opened(other, login) as project, project.change("claim") as change:
        change.put(making.claim("the same Bo's"))
    ((a, b),) = surveyed(path, other).tally.same_people
    assert {a.id, b.id} == {making.BO.id, login.id}


def test_addresses_that_are_one() -> None:
    same = ("https://example.org/a", "http://example.org/a/", " https://www.EXAMPLE.org:443/a?fbclid=1#b ")
    assert {canonical_address(one) for one in same} == {"example.org/a"}
    assert canonical_address("https://example.org/a?id=1") == "example.org/a?id=1"
    assert canonical_address("https://example.org:8080/a") == "example.org:8080/a"
    for odd in ("", "urn:isbn:1", "http://[::1", "https://example.org:x/", "a page"):
        assert canonical_address(odd) == odd
