"""Lets marks that know their article by its text alone meet the article that the project has of that text."""

from msgspec.structs import replace

from annotator.formats.bundle import Bundle
from annotator.model.ids import is_derived
from annotator.model.records import Article
from annotator.store.project import Project


def in_project(project: Project, bundle: Bundle) -> Bundle:
    """Return the bundle with its marks in the project's article of its text; as it is where there is none.

    The article that such marks made earlier comes before any other, so that they come to the same one again; of
    several others with that text the first by id takes them. An article that marks of another name made is another
    one. What the article says of itself stays the project's.
    """
    if not bundle.by_text or project.find_any(bundle.article.id):
        return bundle
    versions = sorted(project.versions_of_text(bundle.version.text_sha256), key=lambda one: one.article_id)
    versions.sort(key=lambda one: is_derived(one.article_id))
    for version in versions:
        article = project.find(Article, version.article_id)
        if article and not (is_derived(article.id) and bundle.article.came_from != article.came_from):
            mentions = tuple(replace(one, article_id=article.id) for one in bundle.mentions)
            return replace(bundle, article=article, version=version, mentions=mentions)
    return bundle
