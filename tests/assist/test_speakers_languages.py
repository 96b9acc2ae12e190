"""The speaker finder on German, French, Spanish and Russian sentences of our own."""

import pytest

from annotator.assist.lexicon import GROUPS, read
from annotator.assist.speakers import finder

LANGUAGES = ["en", "de", "fr", "es", "ru"]


@pytest.mark.parametrize(
    ("language", "text", "claim", "name", "group"),
    [
        (
            "de",
            "Die Stadt habe kein Geld, sagte die Bürgermeisterin Anna Weber am Montag.",
            "Die Stadt habe kein Geld",
            "Anna Weber",
            "assert",
        ),
        (
            "de",
            "Innenminister Karl Huber behauptete, die Brücke sei sicher.",
            "die Brücke sei sicher",
            "Karl Huber",
            "allege",
        ),
        (
            "de",
            "Laut dem Finanzministerium sind die Schulden gesunken.",
            "sind die Schulden gesunken",
            "Finanzministerium",
            "assert",
        ),
        (
            "de",
            "„Wir wussten nichts“, erklärte ein Sprecher der Polizei.",
            "Wir wussten nichts",
            "Sprecher der Polizei",
            "assert",
        ),
        (
            "de",
            "Am Dienstag teilte das Außenministerium mit, dass alle leben.",
            "alle leben",
            "Außenministerium",
            "assert",
        ),
        (
            "de",
            "Das Unternehmen bestritt, dass Gift in den Fluss gelangte.",
            "Gift in den Fluss gelangte",
            "Unternehmen",
            "deny",
        ),
        (
            "de",
            "Wie das Magazin „Echo“ berichtet, hat die Firma Geld verschoben.",
            "hat die Firma Geld verschoben",
            "Magazin „Echo“",
            "assert",
        ),
        (
            "ru",
            "Как сообщает агентство «Север», переговоры сорвались.",
            "переговоры сорвались",
            "агентство «Север»",
            "assert",
        ),
        (
            "fr",
            "« La digue tiendra », a déclaré la maire Claire Martin.",
            "La digue tiendra",
            "Claire Martin",
            "assert",
        ),
        (
            "fr",
            "Le ministère de la Santé affirme que le vaccin est sûr.",
            "le vaccin est sûr",
            "ministère de la Santé",
            "assert",
        ),
        ("fr", "Selon l’agence, trois personnes ont disparu.", "trois personnes ont disparu", "agence", "assert"),
        ("fr", "Paul Durand a nié avoir reçu de l'argent.", "avoir reçu de l'argent", "Paul Durand", "deny"),
        ("es", "«El puente es seguro», dijo la alcaldesa Marta Ruiz.", "El puente es seguro", "Marta Ruiz", "assert"),
        (
            "es",
            "El Ministerio de Salud afirmó que la vacuna funciona.",
            "la vacuna funciona",
            "Ministerio de Salud",
            "assert",
        ),
        ("es", "Según la policía, hubo veinte detenidos.", "hubo veinte detenidos", "policía", "assert"),
        ("es", "Juan Pérez negó que recibiera dinero.", "recibiera dinero", "Juan Pérez", "deny"),
        ("ru", "«Мост безопасен», — заявил министр Иван Петров.", "Мост безопасен", "Иван Петров", "assert"),
        ("ru", "По словам Анны Смирновой, мост закрыт.", "мост закрыт", "Анны Смирновой", "assert"),
        (
            "ru",
            "Министерство обороны сообщило, что дорога закрыта.",
            "дорога закрыта",
            "Министерство обороны",
            "assert",
        ),
        ("ru", "Иван Петров отрицает, что получал деньги.", "получал деньги", "Иван Петров", "deny"),
    ],
)
def test_the_speaker_is_named(language: str, text: str, claim: str, name: str, group: str) -> None:
    start = text.index(claim)
    found = finder(language).find(text, start, start + len(claim))
    assert found is not None
    assert (found.name, found.group) == (name, group)
    assert text[slice(*found.speaker)] == name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_lists_of_a_language_are_sound(language: str) -> None:
    lexicon = read(language)
    assert lexicon is not None
    assert lexicon.language == language
    forms = [form for verb in lexicon.cues for form in verb.forms]
    for cue in (*lexicon.cues, *lexicon.phrases):
        assert cue.group in GROUPS
    assert all(form == form.lower() for form in forms)
    assert all(phrase.speaker in {"before", "after"} for phrase in lexicon.phrases)
    assert len(forms) == len(set(forms)), sorted({form for form in forms if forms.count(form) > 1})


@pytest.mark.parametrize(
    ("after", "name"),
    [
        # who was told follows the name
        ("sagte Peter Lenz der Zeitung.", "Peter Lenz"),
        ("sagte Peter Lenz der „Bild“.", "Peter Lenz"),
        ("sagte Peter Lenz dem Spiegel.", "Peter Lenz"),
        ("sagte Lenz der Zeitung am Montag.", "Lenz"),
        ("sagte Anna Weber der Deutschen Presse-Agentur.", "Anna Weber"),
        ("sagte Anna Weber den Reportern.", "Anna Weber"),
        ("sagte Bürgermeisterin Anna Weber der Nachrichtenagentur dpa.", "Anna Weber"),
        ("erklärte Lenz einem Reporter.", "Lenz"),
        ("teilte Peter Lenz der Redaktion mit.", "Peter Lenz"),
        ("sagte ein Sprecher der Polizei der Zeitung.", "Sprecher der Polizei"),
        ("sagte die Sprecherin der Stadt Köln der Zeitung.", "Sprecherin der Stadt Köln"),
        ("sagte eine Sprecherin der Stadt einer Reporterin.", "Sprecherin der Stadt"),
        # whose spokesman he is, and what he is called
        ("sagte ein Sprecher der Polizei.", "Sprecher der Polizei"),
        ("sagte die Chefredakteurin der Zeitung.", "Chefredakteurin der Zeitung"),
        ("sagte die Pflegerin der Station.", "Pflegerin der Station"),
        ("sagte Karl der Große.", "Karl der Große"),
        ("sagte Prinz Karl der Dritte.", "Prinz Karl der Dritte"),
        ("sagte Peter Lenz von der Feuerwehr.", "Peter Lenz"),
    ],
)
def test_in_german_who_was_told_is_not_who_says_it(after: str, name: str) -> None:
    text = f"Die Brücke sei sicher, {after}"
    found = finder("de").find(text, 0, len("Die Brücke sei sicher"))
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("Der Zeitung sagte Peter Lenz", "Peter Lenz"),
        ("Dem Spiegel sagte Peter Lenz", "Peter Lenz"),
        ("Peter Lenz sagte der Zeitung", "Peter Lenz"),
        ("Der Minister sagte", "Minister"),
        ("Der Sprecher der Polizei sagte", "Sprecher der Polizei"),
        ("Zwei Zeugen sagten", "Zwei Zeugen"),
    ],
)
def test_in_german_who_was_told_may_stand_before_the_verb(before: str, name: str) -> None:
    text = f"{before}, die Brücke sei sicher."
    found = finder("de").find(text, len(before) + 2, len(text) - 1)
    assert found is not None
    assert found.name == name
