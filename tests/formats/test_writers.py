"""What every format that can be written keeps to, whatever it is."""

import pytest

from annotator.formats import WRITERS
from annotator.formats.bundle import Bundle
from annotator.formats.table import Writer
from tests.formats.making_bundles import Desk, frame

TEXT = "Said the mayor 👩‍🚀 of Ødeby: “All of it,” he said, “is safe.”\nשלום 中文\n"

writers = pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)


def desk() -> Desk:
    """Marks that overlap, that are nested, in several parts, behind an astral character, of two people."""
    made = Desk(TEXT)
    made.mark("Ada", (5, 25), status="alleged")
    made.mark("Bo", (9, 30), status="refuted")
    made.mark("Ada", (10, 14))
    made.mark("Ada", (TEXT.index("“All"), TEXT.index("” he") + 1), (TEXT.index("“is"), TEXT.index("\n")))
    return made


def pieces(writer: Writer, *bundles: Bundle) -> list[bytes]:
    if writer.encode_framed is not None:
        return list(writer.encode_framed(bundles, frame()))
    return list(writer.encode(bundles))


def test_names_and_endings_are_told_apart() -> None:
    names = [writer.name for writer in WRITERS]
    endings = [suffix for writer in WRITERS for suffix in writer.suffixes]
    assert len(set(names)) == len(names)
    assert len(set(endings)) == len(endings)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in endings)
    assert all(writer.title and all(loss.endswith(".") for loss in writer.losses) for writer in WRITERS)


@writers
def test_every_mark_is_written_in_utf_8_and_the_records_stay_what_they_are(writer: Writer) -> None:
    made = desk()
    before = list(made.bundle.records())
    content = b"".join(pieces(writer, made.bundle)).decode("utf-8")
    assert [one.id for one in made.bundle.mentions if one.id not in content] == []
    assert "👩‍🚀" in content
    assert "שלום 中文" in content
    assert list(made.bundle.records()) == before


@writers
def test_the_order_of_the_records_makes_no_difference(writer: Writer) -> None:
    bundle = desk().bundle
    first = pieces(writer, bundle)
    for part in ("mentions", "claims", "assessments", "annotators"):
        setattr(bundle, part, tuple(reversed(getattr(bundle, part))))
    assert pieces(writer, bundle) == first


@writers
def test_a_project_without_articles_is_written(writer: Writer) -> None:
    content = b"".join(pieces(writer))
    assert (content == b"") == (writer.encode_framed is None)


@writers
def test_each_article_is_a_piece_of_its_own(writer: Writer) -> None:
    """So a job can stop between two, and shows how far it is."""
    few, many = (len([one for one in pieces(writer, *(desk().bundle for _ in range(n))) if one]) for n in (1, 4))
    assert many - few == 3
