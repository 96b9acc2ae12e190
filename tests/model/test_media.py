"""What kind of file bytes are: by the bytes, never by a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.media import HTML, SUFFIX_OF, TEXT, UNKNOWN, media_type, text_of


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n...", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n\x00", "image/png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        (b"<!DOCTYPE html><title>x</title>", HTML),
        (b"\xef\xbb\xbf \n<HTML><script>1</script>", HTML),
        (b"From: <Saved by a browser>\nContent-Type: multipart/related;", HTML),
        (b"<svg onload='x()'></svg>", UNKNOWN),
        (b"<?xml version='1.0'?><svg/>", UNKNOWN),
        (b"PK\x03\x04word/document.xml", "application/zip"),
        (b"\x7fELF\x02\x01", UNKNOWN),
        (b"MZ\x90\x00", UNKNOWN),
        ("Grüße aus Ødeby".encode(), TEXT),
        ("Grüße".encode("utf-16"), TEXT),
        (b"", TEXT),
    ],
)
def test_the_bytes_say_what_a_file_is(content: bytes, kind: str) -> None:
    assert media_type(content) == kind


@pytest.mark.parametrize("kind", [HTML, UNKNOWN, "application/zip", "image/svg+xml"])
def test_what_fetches_or_runs_things_is_not_opened(kind: str) -> None:
    assert kind not in SUFFIX_OF


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_text_comes_back(text: str) -> None:
    assert text_of(text.encode("utf-8-sig")) == text
    assert text_of(text.encode("utf-16")) == text


@given(st.binary())
def test_no_bytes_break_it(content: bytes) -> None:
    assert media_type(content)
