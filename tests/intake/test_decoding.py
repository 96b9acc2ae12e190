"""Bytes to characters, and the files that are none."""

import io
import math
import struct
import subprocess
import sys
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import Refused
from annotator.intake import decoding
from annotator.intake.decoding import decode
from annotator.model.text import normalise

SAMPLES = {
    "cp1252": "Der Bürgermeister von Höhenfels sagte am Montag, die Brücke werde „nicht vor März“ frei – für 5 €.\n",
    "iso8859-15": "Le maire a déclaré que l'usine serait fermée en août. Coût : 5 €, a-t-il précisé.\n",
    "mac-roman": "Le maire a déclaré que l’usine serait fermée en août ; c’est décidé, a-t-il précisé.\n",
    "cp850": "Le maire a déclaré que l'usine serait fermée en août, et les salariés s'inquiètent déjà.\n",
    "cp1250": "Starosta oznámil, že továrna bude v květnu uzavřena. To není pravda, odpověděl ředitel.\n",
    "iso8859-2": "A polgármester bejelentette, hogy a gyárat bezárják. Ez nem igaz; időben fizetnek.\n",
    "cp1254": "Belediye başkanı fabrikanın kapatılacağını açıkladı. Bu doğru değil, dedi müdür.\n",
    "cp1253": "Ο δήμαρχος ανακοίνωσε ότι το εργοστάσιο θα κλείσει. Αυτό δεν είναι αλήθεια.\n",
    "cp1255": "ראש העיר הודיע כי המפעל ייסגר במאי. זה לא נכון, השיב המנהל.\n",
    "cp1256": "أعلن رئيس البلدية أن المصنع سيغلق في مايو. هذا غير صحيح، أجاب المدير.\n",
    "koi8-r": "Мэр города заявил в понедельник, что мост откроют не раньше марта. Расходы выросли.\n",
    "koi8-u": "Мер міста заявив, що завод буде закрито у травні. Їхні працівники цьому не вірять.\n",
    "cp1251": "Губернатор сообщил, что дорогу отремонтируют к осени. Жители этому не верят.\n",
    "iso8859-5": "Мэр города заявил в понедельник, что мост откроют не раньше марта. Расходы выросли.\n",
    "mac-cyrillic": "Губернатор сообщил, что дорогу отремонтируют к осени. Жители этому не верят.\n",
    "cp866": "Губернатор сообщил, что дорогу отремонтируют к осени. Жители этому не верят.\n",
    "gb18030": "市长星期一表示，大桥将在三月之前开放。费用已经上升，部门没有回应记者的提问。\n",
    "big5": "市長星期一表示，大橋將在三月之前開放。費用已經上升，部門沒有回應記者的提問。\n",
    "cp932": "市長は月曜日に、橋は三月までに開通すると述べた。費用は増えたという。\n",
    "euc-jp": "市長は月曜日に、橋は三月までに開通すると述べた。費用は増えたという。\n",
    "iso2022-jp": "市長は月曜日に、橋は三月までに開通すると述べた。費用は増えたという。\n",
    "cp949": "시장은 공장이 5월에 문을 닫는다고 발표했다. 사실이 아니라고 공장장은 대답했다.\n",
}
UNICODE = ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]


@pytest.mark.parametrize("times", [1, 8])
@pytest.mark.parametrize("encoding", SAMPLES)
def test_an_old_encoding_is_recognised_by_the_letters_it_gives(encoding: str, times: int) -> None:
    text = SAMPLES[encoding] * times
    assert decode(text.encode(encoding), "old.txt").text == text


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("text", SAMPLES.values())
def test_unicode_is_recognised_without_its_bom_in_any_script(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt").text == text


@pytest.mark.parametrize("packed", ["<h", ">h", "<i", ">i"])
def test_numbers_are_no_text_in_utf16(packed: str) -> None:
    wave = b"".join(struct.pack(packed, round(900 * math.sin(moment / 7))) for moment in range(2_000))
    with pytest.raises(Refused, match="control bytes"):
        decode(wave, "wave.bin")


def test_a_stray_nul_does_not_make_another_script_of_a_text() -> None:
    decoded = decode(b"Hello \x00 world, and more.", "a.txt")
    assert (decoded.text, decoded.encoding) == ("Hello \ufffd world, and more.", "utf-8")


def test_one_byte_that_an_old_encoding_lacks_is_told_with_its_place() -> None:
    with pytest.raises(Refused, match="0x81 at offset") as refusal:
        decode("Une entité bizarre,\ndéjà vue à côté ".encode("cp1252") + b"\x81.\n", "damaged.txt")
    assert refusal.value.line == 2


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said “no” on Monday – it’s closed.\n",
        "The bridge cost £5 million, the mayor said.\n",
        "Le ministre a déclaré qu’il était désolé.\n",
        "Señor Muñoz negó la acusación.\n",
    ],
)
def test_a_few_accents_in_a_short_text_are_windows_1252(text: str) -> None:
    assert decode(text.encode("cp1252"), "old.txt").text == text


@pytest.mark.parametrize("data", [b"Plain words, and \xff.\n", "Café, ".encode() + b"and a bad byte \xe9 in it.\n"])
def test_one_damaged_byte_is_told_whatever_might_explain_it(data: bytes) -> None:
    with pytest.raises(Refused, match="UTF-8") as refusal:
        decode(data, "damaged.txt")
    assert refusal.value.line == 1


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"])), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"])
)
def test_unicode_comes_back_as_it_went_in(text: str, encoding: str) -> None:
    article = "Article é€😀 " + text
    assert decode(article.encode(encoding), "a.txt").text == normalise(article).text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_recognised_without_its_bom(encoding: str) -> None:
    decoded = decode("The mayor said “no”.\r\nNothing else.".encode(encoding), "a.txt")
    assert decoded.text == "The mayor said “no”.\nNothing else."
    assert decoded.encoding == encoding


def test_the_bom_is_no_part_of_the_text_and_utf8_is_named_utf8() -> None:
    decoded = decode(b"\xef\xbb\xbfHello, world", "a.txt")
    assert (decoded.text, decoded.encoding) == ("Hello, world", "utf-8")


def test_replaced_and_invisible_characters_are_counted() -> None:
    decoded = decode("a\x00b\u200bc\u202ed\ufdd0".encode(), "a.txt")
    assert (decoded.text, decoded.replaced, decoded.invisible) == ("a\ufffdb\u200bc\u202ed\ufffd", 2, 2)


def _zip_of(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "content")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n", "PDF"),
        (b"SQLite format 3\x00\x10\x00\x01\x01", "SQLite"),
        (_zip_of("[Content_Types].xml", "word/document.xml"), "DOCX"),
        (_zip_of("article.txt"), "ZIP"),
        (b"{\\rtf1\\ansi Hello}", "RTF"),
        (bytes(range(256)) * 8, "control bytes"),
        (b"\x00" * 5000, "control bytes"),
    ],
)
def test_a_file_that_is_no_text_is_refused_by_its_kind(data: bytes, kind: str) -> None:
    with pytest.raises(Refused, match=kind) as refusal:
        decode(data, "thing.txt")
    assert refusal.value.file == "thing.txt"
    assert refusal.value.do


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", "\u2003\n".encode()])
def test_a_file_without_words_is_refused(data: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        decode(data, "blank.txt")
    assert refusal.value.file == "blank.txt"


def test_a_broken_byte_in_utf8_is_refused_with_its_place_instead_of_garbling_the_rest() -> None:
    good = "Der Bürgermeister von Höhenfels fährt über die Brücke.\n".encode()
    with pytest.raises(Refused, match=f"0xff at offset {2 * len(good) + 1}") as refusal:
        decode(good * 2 + b"x\xff" + good, "broken.txt")
    assert (refusal.value.file, refusal.value.line) == ("broken.txt", 3)


def test_bytes_that_no_encoding_explains_are_refused_with_their_place() -> None:
    with pytest.raises(Refused) as refusal:
        decode(b"first line\n" + bytes(range(128, 256)) * 2, "odd.txt")
    assert refusal.value.line == 2


def test_an_odd_number_of_bytes_is_no_utf16() -> None:
    with pytest.raises(Refused, match="UTF-16"):
        decode("\ufeffhello".encode("utf-16-le") + b"\x00", "a.txt")


def test_a_file_over_the_limit_is_refused_before_it_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "MAX_BYTES", 10)
    with pytest.raises(Refused, match="MB") as refusal:
        decode(b"eleven bytes", "big.txt")
    assert refusal.value.file == "big.txt"


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data, "any.txt")
    except Refused:
        return
    assert decoded.text == normalise(decoded.text).text


def test_reading_utf8_does_not_load_charset_normalizer() -> None:
    code = (
        "import sys; from annotator.intake.plain_text import read_bytes; "
        "read_bytes('Grüße'.encode(), file='a.txt'); sys.exit('charset_normalizer' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
