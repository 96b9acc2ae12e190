"""The speaker finder on English sentences of our own: who speaks, by which rule, and where nobody does."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.assist.speakers import WINDOW, FoundSpeaker, SpeakerFinder, finder


def ask(marked: str, language: str = "en") -> tuple[FoundSpeaker | None, str]:
    """Find the speaker of what stands between [[ and ]]; return it with the text."""
    before, _, rest = marked.partition("[[")
    claim, _, after = rest.partition("]]")
    text = before + claim + after
    return finder(language).find(text, len(before), len(before) + len(claim)), text


@pytest.mark.parametrize(
    ("marked", "name", "cue"),
    [
        # speaker, then verb
        ("Priya Nand said [[the reservoir was empty]].", "Priya Nand", "said"),
        ("Priya Nand said that [[the reservoir was empty]].", "Priya Nand", "said"),
        ("Priya Nand, the mayor of Oldbridge, said [[the reservoir was empty]].", "Priya Nand", "said"),
        ("The mayor of Oldbridge, Priya Nand, said [[the reservoir was empty]].", "Priya Nand", "said"),
        ("Mayor Priya Nand told reporters that [[the reservoir was empty]].", "Priya Nand", "told"),
        ("Oldbridge Mayor Priya Nand later added that [[the pumps had failed]].", "Priya Nand", "added"),
        ("In an interview on Monday, Priya Nand said [[the reservoir was empty]].", "Priya Nand", "said"),
        ("The Harbour Ministry said [[the ferry was safe]].", "Harbour Ministry", "said"),
        ("The Ministry of Harbours said [[the ferry was safe]].", "Ministry of Harbours", "said"),
        ("Officials said [[the ferry was safe]].", "Officials", "said"),
        ("The report found that [[nine valves were missing]].", "report", "found"),
        ("State television claimed [[the man had been hired]].", "State television", "claimed"),
        ("The clip shown by Oldbridge state TV claimed that [[the man had been hired]].", "clip shown by", "claimed"),
        (
            "The video shown by Oldbridge state TV claimed that [[the man had been hired]].",
            "Oldbridge state TV",
            "claimed",
        ),
        ("The company, which is based in Oldbridge, said [[the ferry was safe]].", "company", "said"),
        ("Tom Ekel, who owns the ferry, insisted [[it was safe]].", "Tom Ekel", "insisted"),
        ("Tom Ekel repeatedly said: “[[It was safe]].”", "Tom Ekel", "said"),
        ("A spokesperson for the Water Department, Priya Nand, denied [[that taps ran dry]].", "Priya Nand", "denied"),
        ("The driver’s family said [[the ferry was safe]].", "driver’s family", "said"),
        ("The ferry company Kelly Sons, with Emily Reilly as its head, said [[all was safe]].", "Kelly Sons", "said"),
        ("Ward councillor Priya Nand said [[the reservoir was empty]].", "Priya Nand", "said"),
        ("The newspaper “Harbour Echo” reported that [[nine valves were missing]].", "Harbour Echo", "reported"),
        # a colon that leads on, past another's verb, into each sentence of the quotation
        (
            "A man identified by viewers as Tom Ekel says in the video: “They paid me. [[And I agreed]].”",
            "Tom Ekel",
            "says",
        ),
        # how many they are says who is meant
        (
            "Two people familiar with the matter said [[the bank was shut]].",
            "Two people familiar with the matter",
            "said",
        ),
        (
            "[[The bank was shut]], said two people familiar with the matter.",
            "two people familiar with the matter",
            "said",
        ),
        ("[[The bank was shut]], according to three officials.", "three officials", "according to"),
        ("The two officials said [[the bank was shut]].", "two officials", "said"),
        ("All three officials said [[the bank was shut]].", "All three officials", "said"),
        ("A few officials said [[the bank was shut]].", "A few officials", "said"),
        ("A dozen witnesses said [[the bank was shut]].", "A dozen witnesses", "said"),
        ("Several officials said [[the bank was shut]].", "Several officials", "said"),
        ("Another official said [[the bank was shut]].", "Another official", "said"),
        ("One of the men said [[the bank was shut]].", "One of the men", "said"),
        ("Two-thirds of residents said [[the bank was shut]].", "Two-thirds of residents", "said"),
        ("Both Ann Lee and Tom Ekel said [[the bank was shut]].", "Ann Lee and Tom Ekel", "said"),
        # a quotation, then the speaker
        ("“[[They opened the gates]],” wrote one mother beside a picture of her family.", "mother", "wrote"),
        ("“[[The ferry was safe]],” Tom Ekel said.", "Tom Ekel", "said"),
        ("[[“The ferry was safe,”]] said Tom Ekel.", "Tom Ekel", "said"),
        ('"[[Was the ferry safe]]?" Tom Ekel asked.', "Tom Ekel", "asked"),
        ("“[[The ferry was safe]],” said the owner, Tom Ekel.", "Tom Ekel", "said"),
        ("“[[The ferry was safe]],” said former minister Tom Ekel, who retired in May.", "Tom Ekel", "said"),
        ("''[[The ferry was safe]],'' said Mr. Ekel.", "Ekel", "said"),
        ("“The ferry was old,” Tom Ekel said. “[[It was never safe]].”", "Tom Ekel", "said"),
        ("“[[The ferry was old]]. It was never safe,” Tom Ekel said.", "Tom Ekel", "said"),
        ("[[“The ferry was old,” Tom Ekel said. “It was never safe.”]]", "Tom Ekel", "said"),
        ("Tom Ekel said:\n\n“[[The ferry was old]].”", "Tom Ekel", "said"),
        # a statement, then the speaker
        ("[[The ferry was safe]], Tom Ekel said.", "Tom Ekel", "said"),
        ("[[The ferry was safe]], according to Tom Ekel.", "Tom Ekel", "according to"),
        ("[[The ferry was safe]], sources said.", "sources", "said"),
        ("According to the Harbour Office, [[the ferry was safe]].", "Harbour Office", "According to"),
        # others accuse
        ("Tom Ekel was accused by Priya Nand of [[selling unsafe tickets]].", "Priya Nand", "accused by"),
        ("Priya Nand accused Tom Ekel of [[selling unsafe tickets]].", "Priya Nand", "accused"),
        # participles and second verbs
        ("Priya Nand closed the pier, saying [[it was unsafe]].", "Priya Nand", "saying"),
        ("Priya Nand said the pier was old and added that [[it was unsafe]].", "Priya Nand", "added"),
        # headlines
        ("Nand: [[Reservoir Is Empty]]", "Nand", ":"),
    ],
)
def test_the_speaker_is_named(marked: str, name: str, cue: str) -> None:
    found, text = ask(marked)
    assert found is not None
    assert name in found.name
    assert text[slice(*found.cue)] == cue
    assert found.name in text[slice(*found.speaker)]


@pytest.mark.parametrize(
    "marked",
    [
        "[[The ferry sank on Monday]].",
        "Tom Ekel said the ferry was safe. [[It sank the next day]].",
        "[[The ferry sank]].\n\nTom Ekel said it had been safe.",
        "The report on the desk was thick and [[the ferry sank]].",
        "“He said [[the ferry was safe]].”",
        "The United States sent divers and [[the ferry was raised]].",
        "[[  ]]",
        "[[…]]",
        "Ann Lee met Tom Ekel. She said [[the ferry was safe]].",  # either may be meant
        "They said [[the ferry was safe]].",
        "I said [[the ferry was safe]].",
    ],
)
def test_nobody_is_named(marked: str) -> None:
    assert ask(marked)[0] is None


@pytest.mark.parametrize(
    ("marked", "name", "pronoun"),
    [
        ("Ann Lee runs the pier. She said [[it was closed]].", "Ann Lee", "She"),
        ("Ann Lee runs the pier.\n\nShe said [[it was closed]].", "Ann Lee", "She"),
        ("Ann Lee said the pier was old. “[[It is closed]],” she added.", "Ann Lee", "she"),
        ("Tom Ekel saw the crash. Ekel went home, where he told a paper [[he was unhurt]].", "Ekel", "he"),
        ("The Harbour Ministry said the pier was old. It added that [[repairs had begun]].", "Harbour Ministry", "It"),
    ],
)
def test_a_pronoun_stands_for_the_one_who_was_named(marked: str, name: str, pronoun: str) -> None:
    found, text = ask(marked)
    assert found is not None
    assert name in found.name
    assert text[slice(*found.speaker)] == pronoun
    assert found.rule.endswith("pronoun")


@pytest.mark.parametrize(
    ("marked", "group", "presented_as"),
    [
        ("Ann Lee said [[it sank]].", "assert", "attributed"),
        ("Ann Lee claimed [[it sank]].", "allege", "attributed"),
        ("Ann Lee denied [[it sank]].", "deny", "denied"),
        ("Ann Lee admitted [[it sank]].", "confirm", "attributed"),
        ("Ann Lee doubted [[it sank]].", "doubt", "hedged"),
        ("Ann Lee retracted [[her story of the wreck]].", "retract", "denied"),
        ("Ann Lee said [[it allegedly sank]].", "assert", "hedged"),
    ],
)
def test_the_verb_says_how_the_article_presents_it(marked: str, group: str, presented_as: str) -> None:
    found, _ = ask(marked)
    assert found is not None
    assert (found.group, found.presented_as) == (group, presented_as)


@pytest.mark.parametrize(
    ("speaker", "kind"),
    [
        ("Ann Lee", "person"),
        ("Prime Minister Ann Lee", "person"),
        ("The Harbour Ministry", "organisation"),
        ("The UN", "organisation"),
        ("Two officials", "anonymous"),
        ("A source", "anonymous"),
        ("State television", "outlet"),
        ("The Oldbridge Times", "outlet"),
        ("The survey", "document"),
    ],
)
def test_the_kind_of_speaker_is_told(speaker: str, kind: str) -> None:
    found, _ = ask(f"{speaker} said [[the ferry sank]].")
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize("before", ["🛳️👩‍👩‍👧 ", "מגדל הים 🛳 ", "e\u0301\u0301 𝔘𝔫𝔦 "])
def test_positions_count_code_points(before: str) -> None:
    found, text = ask(f"{before}\n\nAnn Lee said [[the 🛳️ sank]] 🌊.")
    assert found is not None
    assert text[slice(*found.speaker)] == "Ann Lee"
    assert text[slice(*found.cue)] == "said"


def test_a_name_from_right_to_left_is_found() -> None:
    found, text = ask("“[[The ferry was safe]],” said Mayor דנה לוי, who left.")
    assert found is None or found.name in text[slice(*found.speaker)]


@pytest.mark.parametrize(
    ("claim", "name", "cue"),
    [
        ("“hired” to travel", "Kazakh state TV", "claimed"),
        ("There is no way Vikram", "Kamchyek Tashiev", "said"),
        ("Kazakh authorities were preventing", "Kyrgyz Foreign Ministry", "said"),
        ("it had sent a note of protest", "ministry", "added"),
        ("an alleged “foreign terrorist”", "TV report", "identified"),
        ("for the worst violence", "Kassym-Jomart Tokayev", "blamed"),
        ("unknown people contacted me", "Ruzakhunov", "says"),
        ("he was not tortured", "Ruzakhunov", "told"),
        ("as many as 38 Kyrgyz", "report", "said"),
    ],
)
def test_the_seed_article_names_its_speakers(seed_article: Path, claim: str, name: str, cue: str) -> None:
    text = seed_article.read_text(encoding="utf-8")
    start = text.index(claim)
    found = finder("en").find(text, start, start + len(claim))
    assert found is not None
    assert found.name == name
    assert text[slice(*found.cue)] == cue


def test_a_long_text_is_read_around_the_claim_only() -> None:
    sentence = "Ann Lee said the ferry sank. "
    text = sentence * 40_000
    start = text.index("the ferry", len(text) // 2)
    found = finder("en").find(text, start, start + len("the ferry sank"))
    assert found is not None
    assert start - WINDOW <= found.speaker[0] < start
    assert text[slice(*found.speaker)] == "Ann Lee"


def test_a_language_without_word_lists_finds_nothing() -> None:
    assert SpeakerFinder("xx").find("Ann Lee said it sank.", 13, 20) is None
    assert SpeakerFinder("").find("Ann Lee said it sank.", 13, 20) is None
    assert SpeakerFinder("../en").find("Ann Lee said it sank.", 13, 20) is None


def test_a_finder_is_made_once_for_a_language() -> None:
    assert finder("en") is finder("en-GB")


def test_threads_share_a_finder() -> None:
    text = "Ann Lee said the ferry sank."
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(finder("en").find, text, 13, 27) for _ in range(64)]
        answers = [one.result() for one in asked]
    assert {answer.name if answer else "" for answer in answers} == {"Ann Lee"}


def test_importing_the_finder_does_not_import_spacy() -> None:
    code = "import sys, annotator.assist.speakers; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


PIECES = st.sampled_from(
    [
        "Ann Lee",
        " said ",
        "“",
        "”",
        '"',
        "''",
        "«",
        "»",
        ",",
        ".",
        " ",
        "\n",
        "he ",
        "the ",
        "by ",
        "accused ",
        "according to ",
        "who ",
        "(",
        ")",
        "-",
        "—",
        "'s ",
        ":",
        "🛳️",
        "א",
        "\u2028",
        "\ud800",
        "to ",
        "Mayor ",
        "of ",
        "and ",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))


@given(text=TEXTS, start=st.integers(-5, 210), end=st.integers(-5, 400), language=st.sampled_from(["en", "de"]))
def test_any_text_gives_spans_inside_it(text: str, start: int, end: int, language: str) -> None:
    found = finder(language).find(text, start, end)
    if found is None:
        return
    for low, high in (found.speaker, found.cue):
        assert 0 <= low < high <= len(text)
    assert found.name
    assert found.rule.endswith("pronoun") or found.name == " ".join(text[slice(*found.speaker)].split())


@pytest.mark.parametrize(
    "marked",
    [
        "It was rumoured that [[forty had drowned]]; the hospital said that nobody had died.",
        "Insurers put [[the damage at 3 million]], while the council said it was three times as much.",
        "Foreigners [[were the cause of the unrest]] seen last week, and were not helped by a curious episode.",
        "There are some reports that [[five were detained]].",
        "Nobody said that [[the ferry was safe]].",
    ],
)
def test_what_another_clause_or_nobody_says_is_nobodys(marked: str) -> None:
    found, _text = ask(marked)
    assert found is None
