"""What a worker makes of the bytes of a snapshot, hostile ones too; nothing is opened or fetched by what they say."""

import gzip
import json
import shutil
import subprocess
import sys
import zlib
from collections.abc import Generator
from pathlib import Path

import pytest

from annotator.intake.snapshot_text import Extract, Search, Spot, read, search
from annotator.killable import OutOfTimeError, Worker, WorkerEndedError
from tests.conftest import MATERIAL
from tests.intake.pdfs import PICTURE, lines, locked, page, pdf

READ = "annotator.intake.snapshot_text:read"
LONG = 120.0

HTML = b"<!doctype html><title>T</title><p>The bridge is closed"


@pytest.mark.parametrize(
    ("content", "outcome", "words"),
    [
        (HTML, "text", "The bridge is closed"),
        (b"\xef\xbb\xbf" + HTML, "text", "The bridge is closed"),
        (HTML.decode().encode("utf-16"), "text", "The bridge is closed"),
        (b"<!-- saved -->\n<div>The <i>bridge</i> is closed</div>", "text", "The bridge is closed"),
        (b"<?xml version='1.0' encoding='iso-8859-1'?><html><p>caf\xe9</html>", "text", "café"),
        (b"if a <b> then", "text", "if a <b> then"),
        ("Die Brücke ist gesperrt, sagt der Bürgermeister für".encode("cp1252"), "text", "Die Brücke ist gesperrt"),
        (pdf(page(lines("The bridge is", "closed"))), "text", "The bridge is\nclosed"),
        (pdf(PICTURE), "no text", ""),
        (b"<html><script>x</script>", "no text", ""),
        (locked(), "locked", ""),
        (b"%PDF-1.7\nhead", "broken", ""),
        (b"<html><p><a href='", "no text", ""),
        (b"<html><p>x<a href='x>y", "cut", ""),
        (b"\x89PNG\r\n\x1a\n....", "kind", ""),
        (b"PK\x03\x04word/", "kind", ""),
        (bytes(range(256)) * 4, "kind", ""),
        (b"x" * 20_000_001, "long", ""),
    ],
    ids=lambda value: str(value)[:24] if isinstance(value, bytes) else None,
)
def test_each_kind_is_read_or_told(content: bytes, outcome: str, words: str) -> None:
    found = read(content)
    assert found.outcome == outcome
    assert words in found.text
    assert bool(found.text) == (outcome == "text")


def test_quotes_are_looked_for_together() -> None:
    text = "one\ftwo words"
    assert search(Search(text, ("two words", "one", "three"))) == (Spot(True, 2), Spot(True, 1), Spot(False))  # noqa: FBT003


@pytest.fixture(scope="module")
def worker() -> Generator[Worker]:
    with Worker(memory=1 << 30) as made:
        yield made


def unpacking_to(length: int) -> bytes:
    packed = zlib.compress(b"BT /F1 11 Tf (x) Tj ET " * (length // 23), 9)
    plain = pdf(b"X")
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s" % (len(packed), packed)
    return plain.replace(b"<< /Length 1 >>\nstream\nX", stream)


def test_a_file_that_unpacks_to_more_than_there_is_ends_the_worker_alone(worker: Worker) -> None:
    bomb = unpacking_to(600 << 20)
    assert len(bomb) < 2 << 20
    with pytest.raises(WorkerEndedError):
        worker.ask(READ, bomb, Extract, seconds=LONG)
    assert worker.ask(READ, HTML, Extract, seconds=LONG).outcome == "text"


def test_more_tags_than_there_is_room_for_end_it_likewise(worker: Worker) -> None:
    with pytest.raises(WorkerEndedError):
        worker.ask(READ, b"<html>" + b"<p>" * 16_000_000, Extract, seconds=LONG)


def test_tags_that_would_take_for_ever_are_given_up(worker: Worker) -> None:
    with pytest.raises(OutOfTimeError):
        worker.ask(READ, b"<html>" + b"<div>" * 400_000, Extract, seconds=1.0)
    assert worker.ask(READ, HTML, Extract, seconds=LONG).outcome == "text"


CANARIES = (
    "<link rel=stylesheet href='file:///tmp/canary-{n}'><img src='http://127.0.0.1:9/canary-{n}'>"
    "<iframe src='file:///etc/canary-{n}'></iframe><script src='//canary-{n}.example/x'></script>"
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/canary-{n}'>]>&e;<base href='file:///canary-{n}/'><p>said {n}"
)


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_nothing_is_opened_or_fetched_for_what_a_file_says(tmp_path: Path) -> None:
    font = b"/BaseFont /Helvetica"
    pages = [f"<html>{CANARIES.format(n=n)}".encode() for n in range(20)]
    pages += [pdf(page(lines(f"said {n}"))).replace(font, b"/BaseFont /Canary" + b"%03d" % n) for n in range(20)]
    for number, content in enumerate(pages):
        (tmp_path / f"{number:02}").write_bytes(content)
    trace, script = (
        tmp_path / "trace",
        (
            "import sys, os, glob; from annotator.intake.snapshot_text import read;"
            "all_of = [open(one, 'rb').read() for one in sorted(glob.glob(sys.argv[1] + '/[0-9]*'))];"
            "[read(all_of[n]) for n in (0, 20)]; os.path.exists('/begun-here');"
            "assert all('said' in read(one).text for one in all_of); os.path.exists('/ended-here')"
        ),
    )
    watched = ["strace", "-f", "-e", "trace=file,network", "-o", str(trace), sys.executable, "-c", script]
    subprocess.run([*watched, str(tmp_path)], check=True, cwd=Path(__file__).parents[2])
    calls = trace.read_text().splitlines()
    begin = next(n for n, line in enumerate(calls) if "/begun-here" in line)
    end = next(n for n, line in enumerate(calls) if "/ended-here" in line)
    assert calls[begin + 1 : end] == []
    assert not [line for line in calls if "/fonts" in line]
    assert not [line for line in calls if "canary" in line.lower() and "execve" not in line]


def test_the_bodies_of_saved_news_pages_are_found_in_them() -> None:
    folder = MATERIAL / "pages"
    if not folder.is_dir():
        pytest.skip("the saved pages are not on this machine: ../shared/material/pages")
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    there = total = 0
    for file in sorted((folder / "html").glob("*.gz")):
        extract = read(gzip.decompress(file.read_bytes()))
        assert extract.outcome == "text"
        body = str(truth[file.name.removesuffix(".html.gz")]["articleBody"])
        quotes = tuple(line.strip() for line in body.split("\n") if len(line.strip()) > 20)
        spots = search(Search(extract.text, quotes))
        there, total = there + sum(spot.found for spot in spots), total + len(spots)
    assert total > 1000
    assert there >= 0.95 * total  # the rest: spaces around links that the extract, and no page, has
