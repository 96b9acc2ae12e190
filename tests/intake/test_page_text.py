"""The text of web pages: what a browser shows, all of it, in whatever encoding it was saved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.intake import page_bytes
from annotator.intake.page_text import CutError, text_of_page

SAID = "Größe: „übel“ — naïve café"


def shown(html: str) -> str:
    return " ".join(text_of_page(html).split())


def test_words_stay_whole_and_blocks_stand_apart() -> None:
    page = "<p>inter<b>nat</b>ional<p>second<br>line<table><tr><td>one<td>two</table>&lt;&eacute;&nbsp;&#x1F600;&shy;x"
    assert shown(page) == "international second line one two <é 😀\xadx"


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>if (a < b) secret()</script>",
        "<style>secret {}</style>",
        "<noscript><p>secret</p></noscript>",
        "<template><p>secret</p></template>",
        "<div hidden>a <b>secret</b></div>",
        "<div style='color: red; DISPLAY : none'>secret</div>",
        "<span style='visibility:hidden'>secret</span>",
        "<iframe>secret</iframe>",
        "<!-- secret -->",
        "<p title=secret><img alt=secret>",
    ],
)
def test_what_nobody_sees_is_not_text(hidden: str) -> None:
    assert shown(f"<title>T</title><div>before{hidden}after</div>") in {"T beforeafter", "T before after"}


def test_what_a_page_shows_in_its_shadow_or_on_a_search_is_text() -> None:
    assert shown("<div><template shadowrootmode=open><p>in</p></template></div><p hidden=until-found>more") == "in more"


@pytest.mark.parametrize(
    "tail", ["", "<script>", "<!--", "<title>x", "<textarea>", "<plaintext>", "<template>", '<div class="x', "</p", "<"]
)
def test_a_page_that_breaks_off_is_read_up_to_there(tail: str) -> None:
    assert shown(f"<p>all of it {tail}").removesuffix("<").strip().endswith(("all of it", "x"))


def test_a_tag_that_swallows_the_rest_makes_the_page_unread() -> None:
    with pytest.raises(CutError):
        text_of_page(f'<p>begin<a href="never closed>{"the rest " * 1000}')


def test_neither_long_texts_nor_deep_ones_are_cut() -> None:
    assert text_of_page("<p>" + "x" * 11_000_000 + "END").rstrip().endswith("xEND")
    assert shown("<div>" * 3000 + "END") == "END"
    assert shown("<font>" * 3000 + "END") == "END"


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<&"))
TAGS = [
    "<b>", "</b>", "<p>", "</div>", "<table>", "<td>", "<select>", "<svg>", "</", "<i x='", "'>", "<!-", "-->", "&amp",
]  # fmt: skip


@given(WORDS, st.lists(st.sampled_from(TAGS)))
def test_any_page_is_read_whole_or_not_at_all(words: str, tags: list[str]) -> None:
    page = "".join(tags)
    try:
        text = text_of_page(f"{page}<p>{words}")
    except CutError:
        return
    if not set(tags) & {"<i x='", "<!-", "</", "<select>"}:
        assert text.split()[-len(words.split()) :] == words.split() or not words.split()


DECLARED = [
    ("utf-8", "utf-8"), ("windows-1252", "cp1252"), ("ISO-8859-1", "cp1252"), ("iso-8859-15", "iso8859-15"),
    ("windows-1254", "cp1254"), ("macintosh", "mac_roman"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "codec"), DECLARED)
@pytest.mark.parametrize("form", ['<meta charset="{}">', "<META content='text/html; charset={}' http-equiv=x>"])
def test_a_page_says_how_it_is_encoded(name: str, codec: str, form: str) -> None:
    said = SAID if codec != "iso8859-15" else "Größe naïve café"
    page = f"<html>{form.format(name)}<p>{said}".encode(codec)
    assert said in page_bytes.characters(page)


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig", "utf-8", "cp1252"])
def test_a_mark_and_the_bytes_say_it_too_whatever_the_page_declares(codec: str) -> None:
    declared = "" if codec == "cp1252" else "<meta charset=iso-8859-7>"
    assert SAID in page_bytes.characters(f"<html>{declared}<p>{SAID * 3}".encode(codec))


@pytest.mark.parametrize(("name", "codec", "said"), [
    ("shift_jis", "cp932", "首相は①を否定した"), ("gb2312", "gb18030", "总理否认了這"),
    ("euc-kr", "cp949", "총리는 부인했다"), ("windows-1251", "cp1251", "Премьер"), ("big5", "big5hkscs", "總理否認"),
    ("koi8-r", "koi8_r", "Премьер"),
])  # fmt: skip
def test_old_encodings_of_other_scripts_are_meant_as_browsers_take_them(name: str, codec: str, said: str) -> None:
    assert said in page_bytes.characters(f"<meta charset={name}><p>{said}".encode(codec))


def test_an_unknown_name_is_no_reason_to_give_up() -> None:
    assert SAID in page_bytes.characters(f"<meta charset=nonsense><p>{SAID}".encode("cp1252"))
    assert "plain" in page_bytes.characters(b"<meta charset=utf-16><p>plain")


ARCHIVE = """From: <Saved by Blink>
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="--B"

----B
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable

<html><meta charset=3D"windows-1252"><p>The caf=E9 was clo=
sed.
----B
Content-Type: text/css

p {}
----B
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: base64

PHA+RnJhbWU6IMOpY29sZQ==
----B--
"""


def test_a_web_archive_is_its_page_and_its_frames() -> None:
    content = ARCHIVE.replace("\n", "\r\n").encode()
    assert page_bytes.is_archive(content)
    assert [shown(one) for one in page_bytes.archived_pages(content)] == ["The café was closed.", "Frame: école"]
    assert not page_bytes.is_archive(b"<html>multipart/related mime-version:")
