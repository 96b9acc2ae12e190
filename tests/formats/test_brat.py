"""brat standoff: what becomes a mention, how offsets count, and what is refused by its line."""

from pathlib import Path

import pytest

from annotator.errors import Refused
from annotator.formats import brat
from annotator.formats.table import Reader
from tests.formats.making_marks import TEXT, all_fit, brat_files, places, read

READER: Reader = brat.READER

ATTRIBUTIONS = """\
T1\tSource 2 7\tMayor
T2\tCue 8 12\tsaid
T3\tContent 13 27\ttaxes fell 10%
T4\tAttribution 8 12\tsaid
E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3
T5\tContent 29 38;66 77\t“Not so,” “they rose.
T6\tSource 39 47\tIda Holm
T7\tAttribution 48 52\ttold
E2\tAttribution:T7 Source:T6 Content:T5
#1\tAnnotatorNotes E2\tcheck the minutes
"""


def test_an_attribution_is_one_mention_with_speaker_and_cue(tmp_path: Path) -> None:
    bundle, faults = read(READER, brat_files(tmp_path, ATTRIBUTIONS))
    first, second = bundle.mentions
    assert faults == []
    assert all_fit(bundle)
    assert [one.quote for one in first.spans] == ["taxes fell 10%"]
    assert [one.quote for one in first.speaker_spans] == ["Mayor"]
    assert [one.quote for one in first.cue] == ["said"]
    assert first.presented_as == "attributed"
    assert places(bundle.mentions)[1] == [(29, 38), (66, 77)]
    assert [one.quote for one in second.cue] == ["told"]
    assert second.note == "check the minutes"
    assert [one.text for one in bundle.claims] == ["taxes fell 10%", "“Not so,” … “they rose."]
    assert bundle.assessments == ()


def test_a_source_with_a_name_is_a_suggested_speaker_and_a_pronoun_is_none(tmp_path: Path) -> None:
    text = "She said it rains. The council says it does not."
    marks = (
        "T1\tSource 0 3\tShe\nT2\tContent 9 17\tit rains\nT3\tAttribution 4 8\tsaid\n"
        "E1\tAttribution:T3 Source:T1 Content:T2\n"
        "T4\tSource 19 30\tThe council\nT5\tContent 36 47\tit does not\nT6\tAttribution 31 35\tsays\n"
        "E2\tAttribution:T6 Source:T4 Content:T5\n"
    )
    bundle, faults = read(READER, brat_files(tmp_path, marks, text))
    assert faults == []
    assert bundle.speakers == ()
    named, _faults = read(READER, brat_files(tmp_path, ATTRIBUTIONS))
    assert {one.name for one in named.speakers} == {"Mayor", "Ida Holm"}
    assert not any(one.speaker_accepted for one in named.mentions)


def test_without_attributions_every_span_is_a_mention_with_its_label(tmp_path: Path) -> None:
    marks = (
        "T1\tPerson 39 47\tIda Holm\nT2\tOrganisation 57 64\tcouncil\nT3\tPerson 39 42\tIda\nR1\tIn Arg1:T1 Arg2:T2\t\n"
    )
    more = (
        "A1\tSure T1\nM1\tKnown T1 yes\n*\tSame T1 T2\nN1\tReference T1 Wiki:1\tIda\n#1\tLemma T1\tida\n"
        "E1\tMeet:T1 Who:T2\n"
    )
    bundle, faults = read(READER, brat_files(tmp_path, marks + more))
    assert faults == []
    assert [one.type for one in bundle.claims] == ["Person", "Organisation", "Person"]
    assert [one.presented_as for one in bundle.mentions] == ["", "", ""]
    assert bundle.notes[:5] == (
        "1 event of another kind is left out.",
        "2 relations are left out.",
        "2 attributes are left out.",
        "1 reference is left out.",
        "1 note of a program is left out.",
    )


def test_a_content_alone_is_a_mention_and_what_else_is_alone_is_told(tmp_path: Path) -> None:
    marks = "T1\tContent 13 27\ttaxes fell 10%\nT2\tSource 2 7\tMayor\nT3\tDiscuss 8 12\tsaid\n"
    bundle, _faults = read(READER, brat_files(tmp_path, marks))
    assert places(bundle.mentions) == [[(13, 27)]]
    assert bundle.notes[:2] == (
        "1 span “Discuss” stands in no attribution and is left out.",
        "1 span “Source” stands in no attribution and is left out.",
    )


def test_who_marks_words_twice_has_two_mentions_of_one_claim(tmp_path: Path) -> None:
    marks = "T1\tContent 13 27\ttaxes fell 10%\nT2\tContent 13 27\ttaxes fell 10%\nT3\tContent 13 18\ttaxes\n"
    bundle, _faults = read(READER, brat_files(tmp_path, marks))
    assert len({one.id for one in bundle.mentions}) == 3
    assert len(bundle.claims) == 2


def test_no_marks_are_an_article_without_marks(tmp_path: Path) -> None:
    bundle, faults = read(READER, brat_files(tmp_path, ""))
    assert (bundle.mentions, faults) == ((), [])
    assert bundle.text == TEXT


@pytest.mark.parametrize("shift", ["file", "final"])
def test_a_text_with_crlf_is_counted_as_its_quotes_say(tmp_path: Path, shift: str) -> None:
    ida = 39 if shift == "final" else 40
    marks = (
        f"T1\tContent 13 27\ttaxes fell 10%\nT2\tContent {ida} {ida + 8}\tIda Holm\n"
        f"T3\tContent 24 {ida - 1}\t10%. “Not so,”\n"
    )
    bundle, faults = read(READER, brat_files(tmp_path, marks, TEXT.replace("\n", "\r\n")))
    assert faults == []
    assert bundle.text == TEXT
    assert [one.spans[0].quote for one in bundle.mentions] == ["taxes fell 10%", "Ida Holm", "10%.\n“Not so,”"]


def test_a_byte_order_mark_counts_as_brat_counts_it(tmp_path: Path) -> None:
    marks = "T1\tContent 14 28\ttaxes fell 10%\n"
    bundle, faults = read(READER, brat_files(tmp_path, marks, b"\xef\xbb\xbf" + TEXT.encode()))
    assert faults == []
    assert places(bundle.mentions) == [[(13, 27)]]


def test_a_record_that_a_line_feed_cut_in_two_is_put_together(tmp_path: Path) -> None:
    marks = "T1\tContent 24 38\t10%.\n“Not so,”\nT2\tContent 2 7\tMayor\n"
    bundle, faults = read(READER, brat_files(tmp_path, marks))
    assert faults == []
    assert len(bundle.mentions) == 2
    assert "Line 1 was cut in two and is read as one." in bundle.notes


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ("T9\tContent 13 27\ttaxes rose 10%", "T9 is “taxes rose 10%”, but the text has “taxes fell 10%” there"),
        ("T9\tContent 14 28\ttaxes fell 10%", "T9 is “taxes fell 10%”, but the text has “axes fell 10%.” there"),
        ("T9\tContent 13 999\ttaxes", f"T9 ends at 999, but the text has {len(TEXT)} characters"),
        ("T9\tContent 13 13\t", "T9 covers nothing: 13 to 13"),
        ("T9\tContent 13\ttaxes", "the record T9 is not as brat writes it"),
        ("T9\tContent", "the record T9 is not as brat writes it"),
        ("E9\tAttribution", "the record E9 is not as brat writes it"),
        ("R9\tIn", "the record R9 is not as brat writes it"),
        ("T1\tContent 2 7\tMayor", "the id T1 stands twice"),
        ("E9\tAttribution:T1 Content:T8", "E9 names T8, which is refused, no span, or not in the file"),
        ("E9\tAttribution:T1 Content:E9", "E9 names E9, which is refused, no span, or not in the file"),
    ],
)
def test_a_record_that_is_not_sound_is_refused_by_its_line_and_spoils_no_other(
    tmp_path: Path, record: str, told: str
) -> None:
    marks = f"T1\tContent 13 18\ttaxes\n\n{record}\nT2\tContent 2 7\tMayor\n"
    bundle, faults = read(READER, brat_files(tmp_path, marks))
    assert faults == [(3, told)]
    assert places(bundle.mentions) == [[(13, 18)], [(2, 7)]]


def test_what_is_no_record_at_the_beginning_is_refused(tmp_path: Path) -> None:
    _bundle, faults = read(READER, brat_files(tmp_path, "hello\nT1\tContent 13 18\ttaxes\n"))
    assert faults == [(1, "this is no record of brat")]


def test_a_file_without_its_text_says_which_text_it_looked_for(tmp_path: Path) -> None:
    path = brat_files(tmp_path, ATTRIBUTIONS)
    path.with_suffix(".txt").unlink()
    with pytest.raises(Refused, match=r"there is no text taxes\.txt beside it"):
        read(READER, path)


@pytest.mark.parametrize("folder", [".", "..", "text", "../text"])
def test_the_text_lies_beside_above_or_in_a_folder_of_texts(tmp_path: Path, folder: str) -> None:
    marks = tmp_path / "marks"
    (marks / folder).mkdir(parents=True, exist_ok=True)
    path = brat_files(marks, "T1\tContent 13 27\ttaxes fell 10%\n")
    path.with_suffix(".txt").rename(marks / folder / "taxes.txt")
    bundle, _faults = read(READER, path.rename(marks / "taxes_bo.ann"), "{name}_{annotator}.ann")
    assert bundle.annotators[0].name == "bo"
    assert len(bundle.mentions) == 1


@pytest.mark.parametrize("text", [b"caf\xe9", b"", b" \n"])
def test_a_text_that_is_none_is_refused(tmp_path: Path, text: bytes) -> None:
    with pytest.raises(Refused, match=r"taxes\.txt"):
        read(READER, brat_files(tmp_path, ATTRIBUTIONS, text))


def test_a_file_that_is_no_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = brat_files(tmp_path, "")
    path.write_bytes(b"T1\tContent 13 18\ttaxes\nT2\tContent 2 7\tMay\xf6r\n")
    with pytest.raises(Refused) as refused:
        read(READER, path)
    assert refused.value.line == 2


@pytest.mark.parametrize(
    ("head", "is_brat"),
    [
        (b"T1\tContent 13 27\ttaxes", True),
        (b"\xef\xbb\xbfT1\tA 1 2;3 4\tx", True),
        (b"E1\tAttribution:T4 Content:T3", True),
        (b"#1\tAnnotatorNotes T1\twell", True),
        (b"T1 is a train.", False),
        (b"#1\tin the list of bestsellers", False),
        (b"{}", False),
        (b"", False),
    ],
)
def test_a_file_is_recognised_by_its_first_record(head: bytes, is_brat: bool) -> None:  # noqa: FBT001 - a table's column
    assert READER.recognises(head) is is_brat
