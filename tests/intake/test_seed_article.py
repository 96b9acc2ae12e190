"""The real article that the rules are measured by."""

from pathlib import Path

from annotator.intake.plain_text import read_bytes


def test_the_seed_article_is_read_as_a_person_reads_it(seed_article: Path) -> None:
    reading = read_bytes(seed_article.read_bytes(), file=str(seed_article))
    of_kind: dict[str, list[str]] = {}
    for zone in reading.zones:
        of_kind.setdefault(zone.kind, []).append(reading.text[zone.start : zone.end])

    assert reading.title.startswith("Man portrayed as ‘foreign terrorist’")
    assert of_kind["headline"] == [reading.title]
    assert (reading.published, reading.published_precision) == ("2022-01-11T00:00:00.000000Z", "day")
    assert reading.authors == ("bne IntelIiNews",)
    assert of_kind["byline"] == ["By bne IntelIiNews January 11, 2022"]
    assert [words.split()[0] for words in of_kind["standfirst"]] == ["Well-known"]
    assert len(of_kind["body"]) == 14
    assert "Marks on face" in of_kind["body"]
    assert of_kind["body"][0].startswith("Kazakhstan and Russia’s bid")
    assert of_kind["body"][-1].endswith("over the Ruzakhunov case.")
    assert set(of_kind) == {"boilerplate", "headline", "standfirst", "byline", "body"}
    assert reading.language == "en"
    assert reading.encoding == "utf-8"
    assert reading.notes == ()

    tail = reading.text.index("Read in IntelliNews Pro")
    assert all((zone.kind == "boilerplate") == (zone.start >= tail) for zone in reading.zones[1:])
