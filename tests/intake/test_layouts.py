"""Articles of many layouts and languages, all of our own invention, and what each block of them is."""

import pytest

from annotator.errors import Refused
from annotator.intake.plain_text import Reading, read_bytes, read_text

LEAD = (
    "The mayor of Riverton said on Monday that the new bridge over the Alder would not open before the spring, "
    "because the steel for its last section had not come in time."
)
MORE = (
    "Her deputy contradicted her within the hour: the steel had been lying in the yard since August, he told the "
    "council, and he had the delivery notes to prove it."
)
LAST = "The builder, Alder Works, did not answer questions about the delivery on Monday or on Tuesday morning."


def kinds(reading: Reading) -> list[tuple[str, str]]:
    """Return kind and first words of each zone."""
    return [(zone.kind, reading.text[zone.start : zone.end][:24]) for zone in reading.zones]


def of_kind(reading: Reading, kind: str) -> list[str]:
    return [reading.text[zone.start : zone.end] for zone in reading.zones if zone.kind == kind]


def test_a_lone_paragraph_is_body_and_lends_its_first_words_as_title() -> None:
    reading = read_text(LEAD)
    assert [kind for kind, _words in kinds(reading)] == ["body"]
    assert LEAD.startswith(reading.title.rstrip("…"))
    assert any("headline" in note for note in reading.notes)


def test_without_a_headline_the_file_gives_the_title() -> None:
    reading = read_bytes(f"{LEAD}\n\n{MORE}".encode(), file="/somewhere/bridge.txt")
    assert reading.title == "bridge"
    assert [kind for kind, _words in kinds(reading)] == ["body", "body"]


def test_headline_byline_dateline_and_agency() -> None:
    reading = read_text(
        f"Bridge will not open before spring\n\nBy Jane Doe and Richard Roe, Staff Writers\n\n"
        f"RIVERTON, March 14 (Alder Agency) — {LEAD}\n\n{MORE}\n\n{LAST}\n"
    )
    assert kinds(reading) == [
        ("headline", "Bridge will not open bef"),
        ("byline", "By Jane Doe and Richard "),
        ("dateline", "RIVERTON, March 14 (Alde"),
        ("body", LEAD[:24]),
        ("body", MORE[:24]),
        ("body", LAST[:24]),
    ]
    assert reading.authors == ("Jane Doe", "Richard Roe")
    assert reading.publisher == "Alder Agency"
    assert reading.published == ""
    assert reading.published_precision == "unknown"


def test_labels_of_a_scraper_are_read() -> None:
    reading = read_text(
        "URL: https://news.example/a/bridge\nTitle: Bridge stays shut\nAuthor: Jane Doe\nDate: 2022-03-14\n"
        f"Source: The Riverton Post\n\n{LEAD}\n\n{MORE}"
    )
    assert (reading.title, reading.authors, reading.publisher) == (
        "Bridge stays shut",
        ("Jane Doe",),
        "The Riverton Post",
    )
    assert reading.url == "https://news.example/a/bridge"
    assert reading.published == "2022-03-14T00:00:00.000000Z"
    assert of_kind(reading, "body") == [LEAD, MORE]


def test_a_label_like_headline_stays_a_headline() -> None:
    reading = read_text(f"Source: minister will resign after bridge report is published\n\n{LEAD}\n\n{MORE}")
    assert reading.title.startswith("Source: minister")
    assert reading.publisher == ""


def test_section_standfirst_date_line_reading_time_and_caption() -> None:
    reading = read_text(
        "Politics\nWhy the Riverton bridge is still not open\nTwo accounts of one delivery of steel\n\n"
        f"Jane Doe\nTuesday, 15 March 2022\n5 min read\n\n"
        f"Photo: the bridge in February. (Richard Roe)\n\n{LEAD}\n\n{MORE}"
    )
    assert [kind for kind, _words in kinds(reading)][:3] == ["boilerplate", "headline", "standfirst"]
    assert of_kind(reading, "dateline") == ["Tuesday, 15 March 2022"]
    assert of_kind(reading, "caption") == ["Photo: the bridge in February. (Richard Roe)"]
    assert of_kind(reading, "body") == [LEAD, MORE]
    assert "5 min read" in of_kind(reading, "boilerplate")
    assert reading.title == "Why the Riverton bridge is still not open"
    assert reading.published == "2022-03-15T00:00:00.000000Z"


def test_links_inside_the_article_go_and_the_paragraphs_after_them_stay() -> None:
    reading = read_text(
        f"Bridge stays shut\n\n{LEAD}\n\nRead more: Who pays for the bridge?\n\n{MORE}\n\nRelated Content\n\n"
        f"Five things to know about the Alder bridge\n\n{MORE}\n\n{LAST}\n\nRead more: The mayor's year\n\n{LAST}"
    )
    assert of_kind(reading, "body") == [LEAD, MORE, MORE, LAST, LAST]
    assert len(of_kind(reading, "boilerplate")) == 4


def test_the_tail_of_a_page_goes_with_its_teasers() -> None:
    teaser = "A delivery note that two people read in different ways is at the heart of it all."
    tail = (
        f"Share this article\n\nMost Read\n\nFive things to know about bridges\n3 hours ago\n\nNews\n\n"
        f"Council to vote on the new school\n\n{teaser}\n\nThe flood of last year in pictures\n\n{teaser}\n\n"
        "Sign up for our newsletter and never miss a story\n\n© 2022 Riverton Post. All rights reserved."
    )
    reading = read_text(
        f"Bridge stays shut\n\nBy Jane Doe\n\n{LEAD}\n\nWhat the deputy says\n\n{MORE}\n\n{LAST}\n\n{tail}"
    )
    assert of_kind(reading, "body") == [LEAD, "What the deputy says", MORE, LAST]
    assert reading.text[reading.text.index("Share this") :].count("\n") > 5
    assert reading.publisher == "Riverton Post"


def test_corrections_are_found_above_and_below_the_article() -> None:
    above = "Update, 16 March: this story has a comment by the builder."
    below = "This article was corrected on 17 March 2022. An earlier version gave the wrong month."
    reading = read_text(f"Bridge stays shut\n\n{above}\n\n{LEAD}\n\n{MORE}\n\n{below}\n\nRelated Articles\n\nThe flood")
    assert of_kind(reading, "correction_note") == [above, below]
    assert of_kind(reading, "body") == [LEAD, MORE]


def test_a_list_in_the_body_stays() -> None:
    items = ["- the steel for the last section", "- the lamps on the north side", "- the paint, in two colours"]
    reading = read_text(
        f"Bridge stays shut\n\n{LEAD}\n\nWhat is missing:\n\n" + "\n".join(items) + f"\n\n{MORE}\n\n{LAST}"
    )
    assert of_kind(reading, "body") == [LEAD, "What is missing:", *items, MORE, LAST]


def test_a_poem_stays_although_its_lines_are_short_and_come_back() -> None:
    verse = "The river took the bridge away\nAnd no one had a word to say\nAnd no one had a word to say"
    reading = read_text(f"The bridge\nBy Jane Doe\nShare this\n\n{verse}\n\n{verse}")
    assert of_kind(reading, "headline") == ["The bridge"]
    assert len(of_kind(reading, "body")) == 6


def test_an_interview_in_questions_and_answers_stays() -> None:
    rounds = "\n\n".join(
        f"Riverton Post: Why is bridge number {n} shut?\n\nMayor: The steel is late, again." for n in range(8)
    )
    reading = read_text(f"“The steel is late”\n\nBy Jane Doe\n\n{LEAD}\n\n{rounds}")
    assert not of_kind(reading, "boilerplate")


def test_german() -> None:
    reading = read_text(
        "Brücke bleibt geschlossen\nDer Stahl kam zu spät, sagt die Bürgermeisterin\n\nVon Erika Beispiel\n\n"
        "Stand: 14. März 2022, 10:30 Uhr\n\n"
        "Höhenfels (dpa) - Die Bürgermeisterin von Höhenfels hat am Montag gesagt, dass die neue Brücke nicht vor dem "
        "Frühling geöffnet wird, weil der Stahl für den letzten Abschnitt nicht rechtzeitig gekommen ist.\n\n"
        "Von der Leitung des Bauamts war dazu am Dienstag nichts zu hören, auch die Baufirma schwieg auf "
        "Nachfragen.\n\n"
        "Lesen Sie auch\n\nWas die neue Brücke kostet\n\nMeistgelesen\n\nDas Hochwasser in Bildern\nvor 3 Stunden\n"
    )
    assert reading.language == "de"
    assert reading.authors == ("Erika Beispiel",)
    assert reading.published == "2022-03-14T00:00:00.000000Z"
    assert reading.publisher == "dpa"
    assert of_kind(reading, "dateline") == ["Stand: 14. März 2022, 10:30 Uhr", "Höhenfels (dpa) -"]
    assert [words[:9] for words in of_kind(reading, "body")] == ["Die Bürge", "Von der L"]
    assert len(of_kind(reading, "boilerplate")) == 5


def test_french() -> None:
    reading = read_text(
        "Le pont reste fermé\n\nPar Jeanne Exemple et Paul Martin\nPublié le 14 mars 2022 à 10h30\n\n"
        "La maire de Rivière-sur-Aulne a déclaré lundi que le nouveau pont ne serait pas ouvert avant le printemps, "
        "parce que l'acier de la dernière section n'est pas arrivé à temps.\n\n"
        "Son adjoint l'a contredite dans l'heure devant le conseil : l'acier est là depuis le mois d'août, "
        "a-t-il dit.\n\n"
        "À lire aussi\nCe que coûte le pont\nil y a 3 heures\n\nCet article a été corrigé le 15 mars.\n"
    )
    assert reading.language == "fr"
    assert reading.authors == ("Jeanne Exemple", "Paul Martin")
    assert reading.published == "2022-03-14T00:00:00.000000Z"
    assert len(of_kind(reading, "body")) == 2
    assert of_kind(reading, "correction_note") == ["Cet article a été corrigé le 15 mars."]
    assert len(of_kind(reading, "boilerplate")) == 3


def test_russian() -> None:
    reading = read_text(
        "Мост останется закрытым до весны\n\nАвтор: Иван Примеров\n14 марта 2022 г.\n\n"
        "РЕЧНОЕ, 14 мар — РИА Новости. Мэр города заявила в понедельник, что новый мост не откроют до весны, "
        "потому что "
        "сталь для последней секции не привезли вовремя, а денег на новую у города нет.\n\n"
        "Её заместитель сказал совету, что сталь лежит на складе с августа и что он может это доказать накладными.\n\n"
        "Читайте также\n\nСколько стоит мост\n3 часа назад\n\nПодписывайтесь на наш канал\n"
    )
    assert reading.language == "ru"
    assert reading.authors == ("Иван Примеров",)
    assert reading.published == "2022-03-14T00:00:00.000000Z"
    assert reading.publisher == "РИА Новости"
    assert of_kind(reading, "dateline") == ["14 марта 2022 г.", "РЕЧНОЕ, 14 мар — РИА Новости."]
    assert len(of_kind(reading, "body")) == 2
    assert len(of_kind(reading, "boilerplate")) == 4


def test_arabic() -> None:
    reading = read_text(
        "الجسر يبقى مغلقا حتى الربيع\n\nبقلم: ليلى مثال\n١٤ مارس ٢٠٢٢\n\n"
        "قالت رئيسة بلدية المدينة يوم الاثنين إن الجسر الجديد لن يفتح قبل الربيع لأن الفولاذ لم يصل في الوقت "
        "المناسب.\n\n"
        "وقال نائبها إن الفولاذ موجود في المخزن منذ شهر أغسطس وإن لديه وثائق التسليم التي تثبت ذلك أمام المجلس.\n\n"
        "اقرأ أيضا\n\nكم يكلف الجسر\n"
    )
    assert reading.language == "ar"
    assert reading.authors == ("ليلى مثال",)
    assert reading.published == "2022-03-14T00:00:00.000000Z"
    assert len(of_kind(reading, "body")) == 2
    assert len(of_kind(reading, "boilerplate")) == 2


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "La alcaldesa dijo que el puente no se abre por la falta de acero y que no es de los que hablan."),
        ("it", "Il sindaco ha detto che il ponte non è aperto e che la fine dei lavori non si sa ancora."),
        ("pt", "A prefeita disse que a ponte não foi aberta e que o aço não chegou a tempo para as obras."),
        ("zh", "市长星期一表示，大桥将在春天之前关闭。"),
        ("", "Bridge 2022"),
    ],
)
def test_the_language_is_told_or_left_open(language: str, words: str) -> None:
    assert read_text(words * 3).language == language


def test_a_date_that_reads_two_ways_is_left_to_the_person() -> None:
    reading = read_text(f"Bridge stays shut\n\nBy Jane Doe\n03/04/2022\n\n{LEAD}\n\n{MORE}")
    assert (reading.published, reading.published_precision) == ("", "unknown")
    assert any("day or the month" in note for note in reading.notes)
    assert of_kind(reading, "dateline") == ["03/04/2022"]


def test_published_counts_before_updated_and_the_address_last() -> None:
    both = read_text(f"Bridge stays shut\n\nUpdated 16 March 2022\nPublished 14 March 2022\n\n{LEAD}\n\n{MORE}")
    assert both.published == "2022-03-14T00:00:00.000000Z"
    address = read_text(f"https://news.example/2022/03/14/bridge\n\nBridge stays shut\n\n{LEAD}\n\n{MORE}")
    assert address.published == "2022-03-14T00:00:00.000000Z"


def test_sentences_that_begin_like_bylines_are_body() -> None:
    sentences = [
        "By noon, the bridge was closed to everybody but the birds.",
        "De Blasio said he would cross it anyway.",
        "Von der Brücke war nichts zu sehen.",
        "By then Mayor Jane Doe had left the building.",
    ]
    reading = read_text(f"Bridge stays shut\n\n{LEAD}\n\n" + "\n\n".join(sentences))
    assert of_kind(reading, "body") == [LEAD, *sentences]
    assert reading.authors == ()


def test_a_credit_below_the_article_is_a_byline() -> None:
    reading = read_text(f"Bridge stays shut\n\n{LEAD}\n\n{MORE}\n\n(Reporting by Jane Doe; editing by Richard Roe)")
    assert of_kind(reading, "byline") == ["(Reporting by Jane Doe; editing by Richard Roe)"]


@pytest.mark.parametrize("text", ["", " \n\t", "\ufeff"])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_text(text)


def test_what_a_person_should_look_at_is_told() -> None:
    reading = read_bytes(("Brücke geschlossen für Fußgänger – schöne Grüße\n\n" * 9).encode("cp1252"), file="a.txt")
    assert any(reading.encoding in note for note in reading.notes)
    assert any("replaced" in note for note in read_text("a\x00b").notes)
    assert any("invisible" in note for note in read_text("a\u202eb").notes)
