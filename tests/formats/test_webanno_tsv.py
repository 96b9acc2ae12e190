"""WebAnno TSV 3: UTF-16 offsets, stacked and long marks, lost white space, and what is refused by its line."""

from pathlib import Path

import pytest

from annotator.errors import Refused
from annotator.formats import webanno_tsv
from annotator.formats.table import Reader
from tests.formats.making_marks import Read, all_fit, places, read

READER: Reader = webanno_tsv.READER

HEAD = "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|kind|value\n\n\n"
# In UTF-16 units: the rocket is two.
ROCKET = """\
#Text=🚀 Taxes fell 10%.
1-1\t0-2\t🚀\t_\t_\t
1-2\t3-8\tTaxes\t*[1]|x[2]\tclaim[1]|*[2]\t
1-3\t9-13\tfell\t*[1]\tclaim[1]\t
1-4\t14-16\t10\t*[1]|*[3]\tclaim[1]|n\\|o[3]\t
1-5\t16-17\t%\t*[3]\tn\\|o[3]\t
1-6\t17-18\t.\t_\t_\t
"""


def tsv(folder: Path, content: str, pattern: str = "") -> Read:
    path = folder / "ada.tsv"
    path.write_bytes(content.encode())
    return read(READER, path, pattern)


def test_offsets_become_code_points_and_are_verified(tmp_path: Path) -> None:
    bundle, faults = tsv(tmp_path, HEAD + ROCKET)
    assert faults == []
    assert bundle.text == "🚀 Taxes fell 10%."
    assert all_fit(bundle)
    assert [(one.spans[0].quote) for one in bundle.mentions] == ["Taxes fell 10", "Taxes", "10%"]
    assert [one.type for one in bundle.claims] == ["Span: claim", "Span: x", "Span: n|o"]
    assert bundle.assessments == ()


def test_sentences_stand_where_their_tokens_say_and_line_breaks_stay(tmp_path: Path) -> None:
    content = (
        "#FORMAT=WebAnno TSV 3.2\n#T_SP=custom.Span|\n\n\n#Text=He left\n#Text=her .\n"
        "1-1\t2-4\tHe\t*[1]\t\n1-2\t5-9\tleft\t*[1]\t\n"
        "1-3\t10-13\ther\t*[1]\t\n1-4\t14-15\t.\t*[1]\t\n\n#Sentence.id=x\n#Text=Why ?\n"
        "2-1\t16-19\tWhy\t*[1]\t\n2-2\t20-21\t?\t_\t\n"
    )
    bundle, faults = tsv(tmp_path, content)
    assert faults == []
    assert bundle.text == "  He left\nher .\nWhy ?"
    assert [one.spans[0].quote for one in bundle.mentions] == ["He left\nher .\nWhy"]
    assert bundle.notes[0] == "2 characters outside the sentences are not in the file and stand as white space."


def test_parts_of_tokens_bound_a_mark(tmp_path: Path) -> None:
    content = (
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|value\n\n\n#Text=This is a\n1-1\t0-4\tThis\t_\t\n"
        "1-1.1\t1-4\this\t*[1]\t\n"
        "1-2\t5-7\tis\t_\t\n1-2.1\t5-6\ti\t*[1]\t\n1-3\t8-9\ta\tNE\t\n"
    )
    bundle, _faults = tsv(tmp_path, content)
    assert places(bundle.mentions) == [[(1, 6)], [(8, 9)]]


def test_relations_chains_and_roles_are_told_and_left_out(tmp_path: Path) -> None:
    content = (
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Host|ROLE_custom.Host:links_Link|uima.tcas.Annotation|value\n"
        "#T_CH=custom.Chain|referenceRelation|referenceType\n#T_RL=custom.Rel|value|BT_custom.Host\n\n\n#Text=A b c\n"
        "1-1\t0-1\tA\tr1;r2\t1-2[1];1-3[2]\tv\t*->1-1\t*[1]\t_\t_\t\n1-2\t2-3\tb\t_\t_\t_\t*->1-2\t*[1]\tobj\t1-1\t\n"
        "1-3\t4-5\tc\t_\t*\t_\t_\t_\t_\t_\t\n"
    )
    bundle, faults = tsv(tmp_path, content)
    assert faults == []
    assert places(bundle.mentions) == [[(0, 1)], [(4, 5)]]
    assert [one.type for one in bundle.claims] == ["Host: v", "Host"]
    assert bundle.notes[:3] == ("1 relation is left out.", "2 links of chains are left out.", "2 roles are left out.")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("1-7\t9-13\tfall\t_\t_\t", "1-7 is “fall”, but the text has something else at 9 to 13"),
        ("1-7\t1-2\t?\t_\t_\t", "1-7 is “?”, but the text has something else at 1 to 2"),
        ("1-7\t9-999\tfell\t_\t_\t", "1-7 is “fell”, but the text has something else at 9 to 999"),
        ("1-7\t9-13\tfell\t_\t", "1-7 has 1 columns, and the layers have 2"),
        ("1-7 9-13 fell _ _", "this is no row of WebAnno TSV"),
    ],
)
def test_a_row_that_is_not_sound_is_refused_by_its_line_and_spoils_no_other(
    tmp_path: Path, row: str, told: str
) -> None:
    bundle, faults = tsv(tmp_path, HEAD + ROCKET + row + "\n")
    assert faults == [(12, told)]
    assert len(bundle.mentions) == 3


def test_a_layer_that_is_declared_below_the_first_token_is_refused_and_spoils_no_other(tmp_path: Path) -> None:
    late = "\n#T_SP=custom.Late|value\n#T_RL=custom.Relation|kind|BT_custom.Span\n\n#Text=Why ?\n"
    bundle, faults = tsv(tmp_path, HEAD + ROCKET + late + "2-1\t19-22\tWhy\t*\tx\t\n2-2\t23-24\t?\t_\t_\t\n")
    assert faults == [
        (13, "the layer Late is declared below the first token"),
        (14, "the layer Relation is declared below the first token"),
    ]
    assert [one.type for one in bundle.claims] == ["Span: claim", "Span: x", "Span: n|o", "Span: x"]


def test_marks_between_two_characters_are_no_fault_but_told_by_their_lines(tmp_path: Path) -> None:
    points = "1-6.1\t17-17\t\tx|y\t_\t\n1-6.2\t18-18\t\t*[4]\tz[4]\t\n"
    bundle, faults = tsv(tmp_path, HEAD + ROCKET + points)
    assert faults == []
    assert bundle.notes[0] == "3 marks between two characters are left out: a mention has words. Line 12, 13."
    assert [one.spans[0].quote for one in bundle.mentions] == ["Taxes fell 10", "Taxes", "10%"]
    assert all_fit(bundle)
    bundle, _faults = tsv(tmp_path, HEAD + ROCKET + "".join(f"1-6.{n}\t18-18\t\tx\t_\t\n" for n in range(1, 11)))
    assert bundle.notes[0].endswith("Line 12, 13, 14, 15, 16, 17, 18, 19 ….")


def test_a_mark_on_a_row_that_is_not_the_text_is_left_out(tmp_path: Path) -> None:
    bundle, faults = tsv(tmp_path, HEAD + ROCKET.replace("9-13\tfell", "9-13\tfall"))
    assert [line for line, _what in faults] == [8]
    assert [one.type for one in bundle.claims] == ["Span: x", "Span: n|o"]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("#FORMAT=WebAnno TSV 2.0\n", 1),
        ("name\tvalue\n1\t2\n", 1),
        (HEAD + "#Text=Taxes\n1-1\t0-4\tRain\t_\t_\t\n", 6),
        (HEAD + "#Text=Taxes\n1-1\t9000000-9000005\tTaxes\t_\t_\t\n", 6),
        (HEAD + "#Text=Taxes\n1-1\t0-5\tTaxes\t_\t_\t\n\n#Text=fell\n2-1\t3-7\tfell\t_\t_\t\n", 9),
        (HEAD, 0),
    ],
)
def test_a_file_without_a_sound_text_is_refused_with_its_line(tmp_path: Path, content: str, line: int) -> None:
    with pytest.raises(Refused) as refused:
        tsv(tmp_path, content)
    assert refused.value.line == line


def test_a_file_is_recognised_by_its_first_line() -> None:
    assert READER.recognises(HEAD.encode())
    assert READER.recognises(b"\xef\xbb\xbf" + HEAD.encode())
    assert not READER.recognises(b"name\tvalue\n")
