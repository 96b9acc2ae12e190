"""What articles can be narrowed by, read from a project's state tables."""

from pathlib import Path

from annotator.model.facets import rows_of
from annotator.model.ids import ArticleId, LinkId, VersionId, new_id
from annotator.model.records import Article, Link, TextVersion, version_id
from annotator.services import annotating, facets, linking, viewing
from annotator.services.facets import ArticleFacets
from annotator.store.project import Project
from tests import making


def put(project: Project, text: str, publisher: str, published: str) -> VersionId:
    with project.change("import") as change:
        article = Article(ArticleId(new_id()), publisher=publisher, published=published, published_precision="day")
        sha256 = change.put_text(text)
        version = TextVersion(version_id(article.id, sha256), article.id, sha256, title=text)
        change.put(article)
        change.put(version)
    return version.id


def read(project: Project) -> ArticleFacets:
    return facets.article_facets(project, viewing.article_rows(project))


def offered(found: ArticleFacets) -> dict[str, dict[str, int]]:
    return {
        facet.key: {value.title: found.facets.counts(facet.key, {})[value.key] for value in facet.values}
        for facet in found.shown
    }


def test_every_facet_counts_articles(tmp_path: Path) -> None:
    with making.opened(making.new_project(tmp_path)) as project:
        first = put(project, "The dam held.", "Courier", "2024-03-03T00:00:00.000000Z")
        second = put(project, "The dam broke.", "Wire", "2023-01-01T00:00:00.000000Z")
        put(project, "Nothing happened.", "Courier", "")
        one = annotating.mark(project, first, [(0, 7)], status="disputed")
        annotating.mark(project, first, [(4, 7)], status="confirmed")
        linking.link_new_source(project, one.claim_id, "https://dam.example", stance="supports")
        project.introduce(making.BO)
        project.work_as(making.BO.id)
        two = annotating.mark(project, second, [(0, 7)], status="alleged")
        linking.link_new_source(project, two.claim_id, "https://dam.example", stance="supports")
        annotating.assess(project, two.claim_id, "confirmed")
        annotating.assess(project, one.claim_id, "alleged")
        project.work_as(making.ADA.id)
        found = read(project)
        assert offered(found) == {
            "status": {"Confirmed": 2, "The annotators disagree": 1},
            "sources": {"Claims without a source": 1},
            "whose": {"Mine": 1, "Others'": 1, "Not started": 1},
            "annotator": {"Ada": 1, "Bo": 1},
            "publisher": {"Courier": 2, "Wire": 1},
            "published": {"2024": 1, "2023": 1},
        }
        assert rows_of(found.facets.left({"publisher": frozenset({"Courier"}), "whose": frozenset({"mine"})})) == {0}


def test_articles_of_one_year_are_told_apart_by_month(tmp_path: Path) -> None:
    with making.opened(making.new_project(tmp_path)) as project:
        put(project, "One.", "Courier", "2024-03-03T00:00:00.000000Z")
        put(project, "Two.", "Courier", "2024-04-01T00:00:00.000000Z")
        put(project, "Three.", "Courier", "")
        assert offered(read(project)) == {"published": {"2024-04": 1, "2024-03": 1}}


def test_what_tells_no_two_articles_apart_is_not_offered(tmp_path: Path) -> None:
    with making.opened(making.new_project(tmp_path)) as project:
        for text in ("One.", "Two."):
            put(project, text, "Courier", "2024-03-03T00:00:00.000000Z")
        assert read(project).shown == ()


def test_two_names_of_one_person_are_one(tmp_path: Path) -> None:
    with making.opened(making.new_project(tmp_path)) as project:
        first = put(project, "The dam held.", "Courier", "")
        put(project, "The dam broke.", "Courier", "")
        project.introduce(making.BO)
        project.work_as(making.BO.id)
        annotating.mark(project, first, [(0, 7)], status="alleged")
        project.work_as(making.ADA.id)
        with project.change("people.same") as change:
            change.put(Link(LinkId(new_id()), "same", making.ADA.id, making.BO.id, making.ADA.id))
        assert offered(read(project))["whose"] == {"Mine": 1, "Not started": 1}
