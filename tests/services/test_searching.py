"""Finding in the project: what is found, how it keeps up with changes, and that nothing taken for good stays."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.records import Claim
from annotator.services import annotating, linking, redacting, searching
from annotator.services.searching import Hit
from annotator.store import search, searched
from annotator.store.project import Project
from tests import making

TEXT = "The mayor said the bridges were safe. 这是一个桥梁。 Die Brücke bei Ødeby 👩‍🚀 steht.\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    path = making.new_project(tmp_path)
    project = making.opened(path)
    with project.change("import") as change:
        version = making.put_article(change, TEXT)
    marked = annotating.mark(project, version.id, [(15, 36)], status="disputed")
    annotating.edit_claim(project, marked.claim_id, text="All crossings of the town are sound")
    annotating.edit_mention(project, marked.mention_id, note="ask the surveyor")
    annotating.set_speaker(project, marked.mention_id, name="Mayor Nándor")
    linking.link_new_source(project, marked.claim_id, "https://example.org/inspection-report", stance="refutes")
    return project


def kinds(hits: list[Hit]) -> list[str]:
    return [hit.kind for hit in hits]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("bridge", ["version", "mention"]),
        ("BRIDGES safe", ["version", "mention"]),
        ('"bridges were"', ["version", "mention"]),
        ('"were bridges"', []),
        ("crossing", ["claim"]),
        ("surveyor", ["mention"]),
        ("nandor", ["speaker"]),
        ("inspec", ["source"]),
        ("桥梁", ["version"]),
        ("brucke", ["version"]),
        ("tunnel", []),
        ("", []),
        ('"', []),
        ("(", []),
        ("NEAR(a b) * ^ col:", []),
        ("👩‍🚀", []),
    ],
)
def test_words_are_found_by_kind_and_no_syntax_of_the_index_is_in_them(
    project: Project, words: str, found: list[str]
) -> None:
    with project:
        assert kinds(searching.find(project, words)) == found


def test_the_words_around_are_told(project: Project) -> None:
    with project:
        (hit, *_rest) = searching.find(project, "bridges", kinds=["version"])
        assert hit.match == "bridges"
        assert hit.before.endswith("said the ")
        assert hit.after.startswith(" were safe")
        (hit,) = searching.find(project, "桥", kinds=["version"])
        assert f"{hit.before}{hit.match}{hit.after}".count("这是一个桥梁") == 1


def test_changes_are_found_at_once_and_undoing_them_too(project: Project) -> None:
    with project:
        (claim,) = project.all(Claim)
        assert kinds(searching.find(project, "crossings")) == ["claim"]
        annotating.edit_claim(project, claim.id, text="The viaduct holds")
        assert kinds(searching.find(project, "crossings")) == []
        assert kinds(searching.find(project, "viaduct")) == ["claim"]
        project.undo()
        assert kinds(searching.find(project, "viaduct")) == []
        assert kinds(searching.find(project, "crossings")) == ["claim"]


def test_what_another_program_wrote_is_found(project: Project) -> None:
    with project:
        searching.find(project, "bridge")
        with project.beside() as other, other.change("claim") as change:
            change.put(making.claim("A gazebo stands there"))
        assert kinds(searching.find(project, "gazebo")) == ["claim"]


@pytest.mark.parametrize("damage", [b"", b"no database", None])
def test_a_cache_that_is_lost_or_damaged_is_made_anew(project: Project, damage: bytes | None) -> None:
    with project:
        searching.find(project, "bridge")
        path = search.location(project)
        if damage is None:
            with sqlite3.connect(path) as cache:
                cache.execute("UPDATE meta SET value = 'another' WHERE key = 'format'")
            cache.close()
        else:
            path.write_bytes(damage)
        assert kinds(searching.find(project, "bridge")) == ["version", "mention"]


def test_a_cache_of_another_history_is_made_anew(project: Project) -> None:
    with project:
        searching.find(project, "bridge")
        cache = sqlite3.connect(search.location(project))
        with cache:
            cache.execute("UPDATE meta SET value = '3 00' WHERE key = 'event'")
            cache.execute("DELETE FROM claim")
        cache.close()
        assert kinds(searching.find(project, "crossings")) == ["claim"]


def test_no_byte_of_what_was_redacted_stays_in_the_cache(project: Project) -> None:
    with project:
        (claim,) = project.all(Claim)
        searching.find(project, "crossings")
        path = search.location(project)
        assert b"crossings" in path.read_bytes()
        redacting.redact(project, claim.id, "a court")
        assert not path.exists()
        assert kinds(searching.find(project, "crossings")) == []
        assert b"crossings" not in path.read_bytes()


def test_looking_changes_no_byte_of_the_project(project: Project) -> None:
    with project:
        before = making.digest(project.path)
        searching.find(project, "bridge")
        assert making.digest(project.path) == before


PLAINER = "Wegen Straßen\u00adsperrung ruht der ﬁnale Bau. فتح السد بَوّاباته. Łukasz und Ørsted gehen. Fußball.\n"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("strassensperrung", "Straßen\u00adsperrung"),
        ("straßensperrung", "Straßen\u00adsperrung"),
        ("finale", "ﬁnale"),
        ("بواباته", "بَوّاباته"),
        ("fuss", "Fuß"),
        ("fussball ruht", "ruht"),
        ("lukasz", "Łukasz"),
        ("orsted", "Ørsted"),
    ],
)
def test_what_one_types_in_plainer_letters_is_found_and_shown_as_it_is_written(
    project: Project, words: str, shown: str
) -> None:
    with project:
        with project.change("import") as change:
            version = making.put_article(change, PLAINER)
        (hit,) = searching.find(project, words, kinds=["version"])
        assert hit.id == version.id
        assert hit.match == shown
        assert "strassen" not in hit.before + hit.match + hit.after


def test_a_name_in_plainer_letters_is_found_by_the_others(project: Project) -> None:
    with project:
        linking.link_new_source(project, project.all(Claim)[0].id, "Strassenbericht", stance="context")
        assert [hit.title for hit in searching.find(project, "straßenbericht")] == ["Strassenbericht"]


def test_many_changes_are_a_job(project: Project) -> None:
    with project:
        assert not searching.is_behind(project)
        with project.change("many") as change:
            for n in range(searching.AT_ONCE + 1):
                change.put(making.claim(f"claim number {n}"))
        assert searching.is_behind(project)
        for _progress in searching.indexing(project):
            pass
        assert not searching.is_behind(project)
        assert len(searching.find(project, "number", limit=1000)) == searching.AT_ONCE + 1


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_query_the_index_understands(words: str) -> None:
    with sqlite3.connect(":memory:") as cache:
        cache.execute("CREATE VIRTUAL TABLE t USING fts5 (x, tokenize = 'porter unicode61 remove_diacritics 2')")
        query = searched.query_of(words)
        if query:
            cache.execute("SELECT * FROM t WHERE t MATCH ?", (query,)).fetchall()
    cache.close()
