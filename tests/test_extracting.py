"""Text out of files as sellers hand them over, and out of files that mean harm."""

from __future__ import annotations

import contextlib
import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hairtx
from conftest import Run
from hairtx.extracting import MAX_FILE, UnreadableError, lines_of
from support import small

PAGE = """<!DOCTYPE html><html><head><title>Shop</title><style>p{color:red}</style></head><body>
<nav>Home Cart</nav><h2>PRP &amp; more</h2><p>It is <b>pain</b>less.<br>No <i>downtime</i>.</p>
<ul><li>Quick</li><li>Safe</li></ul><script>alert("no side effects")</script><!-- hidden -->
<table><tr><td>Price</td><td>300 EUR</td></tr></table></body></html>"""


def word_document(*, extra: dict[str, bytes] | None = None) -> bytes:
    docx = pytest.importorskip("docx", reason="Word documents need the extra hairtx[check]")
    document = docx.Document()
    document.add_heading("PRP", level=1)
    document.add_paragraph("It is painless.")
    document.add_paragraph("No downtime", style="List Bullet")
    document.add_table(rows=1, cols=2).rows[0].cells[1].text = "300 EUR"
    whole = io.BytesIO()
    document.save(whole)
    if extra:
        with zipfile.ZipFile(whole, "a", zipfile.ZIP_DEFLATED) as parts:
            for name, content in extra.items():
                parts.writestr(name, content)
    return whole.getvalue()


def pdf(*, password: str = "") -> bytes:
    pypdf = pytest.importorskip("pypdf", reason="PDF files need the extra hairtx[check]")
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(300, 300)
    font = DictionaryObject(
        {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
         NameObject("/BaseFont"): NameObject("/Helvetica")}
    )  # fmt: skip
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    stream = DecodedStreamObject()
    stream.set_data(b"BT /F1 12 Tf 20 200 Td (PRP is painless.) Tj ET")
    page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password)
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()


def test_plain_text_keeps_its_lines() -> None:
    assert lines_of(b"a\r\nb\rc\n\nd", name="a.txt") == ["a", "b", "c", "", "d"]
    assert lines_of("\ufeffé".encode(), name="a.md") == ["é"]
    assert lines_of("é".encode("utf-16"), name="a.txt") == ["é"]
    assert lines_of("é £5".encode("cp1252"), name="-") == ["é £5"]


@pytest.mark.parametrize("name", ["page.html", "page.htm", "-", "page"])
def test_a_saved_page_gives_what_a_reader_sees(name: str) -> None:
    pytest.importorskip("lxml", reason="pages need the extra hairtx[check]")
    assert lines_of(PAGE.encode(), name=name) == [
        *("## PRP & more", "It is painless.", "No downtime.", "- Quick", "- Safe", "Price", "300 EUR"),
    ]


def test_a_page_in_another_encoding_says_so_itself() -> None:
    pytest.importorskip("lxml", reason="pages need the extra hairtx[check]")
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>Caf\u00e9</p></body></html>'
    assert lines_of(page.encode("latin-1"), name="a.html") == ["Café"]


@pytest.mark.parametrize("name", ["a.docx", "-", "a.txt"])
def test_a_word_document_gives_headings_lists_and_tables(name: str) -> None:
    assert lines_of(word_document(), name=name) == ["# PRP", "It is painless.", "- No downtime", " | 300 EUR"]


@pytest.mark.parametrize("name", ["a.pdf", "-", "a.txt"])
def test_a_pdf_gives_its_text(name: str) -> None:
    assert [line for line in lines_of(pdf(), name=name) if line] == ["PRP is painless."]


def _bombs() -> dict[str, tuple[bytes, str]]:
    return {
        "big.txt": (b"a" * (MAX_FILE + 1), "larger than 10 MB"),
        "long.txt": (b"a b " * 600_000, "more than 2,000,000 characters"),
        "binary.txt": (bytes(range(256)) * 40, "is no text"),
        "empty.txt": (b" \n\n", "has no text in it"),
        "script.html": (b"<html><script>alert(1)</script></html>", "has no text in it"),
        "broken.pdf": (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", "cannot be read as a PDF file"),
        "locked.pdf": (pdf(password="secret"), "locked with a password"),
        "renamed.pdf": (b"plain text", "no PDF file, whatever its name says"),
        "broken.docx": (b"PK\x03\x04 and nothing else", "cannot be read as a Word document"),
        "other.docx": (_zip({"hello.txt": b"x"}), "cannot be read as a Word document"),
        "bomb.docx": (word_document(extra={"word/media/a.bin": bytes(60 * 2**20)}), "would unpack to more than 50 MB"),
        "entities.docx": (_with_document(_ENTITIES), "cannot be read as a Word document"),
    }


_ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">%s]><w>&z;</w>""" % b"".join(
    b'<!ENTITY %c "%s">' % (98 + number, b"&%c;" % (97 + number) * 10) for number in range(25)
)


def _zip(parts: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return whole.getvalue()


def _with_document(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(word_document())) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    return _zip({**held, "word/document.xml": content})


def test_hostile_files_give_one_line_and_end_with_1(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("lxml", reason="pages need the extra hairtx[check]")
    for name, (content, told) in _bombs().items():
        path = tmp_path / name
        path.write_bytes(content)
        begun = time.monotonic()
        done = run("check", str(path))
        assert time.monotonic() - begun < 10, name
        assert (done.returncode, done.stdout) == (1, ""), name
        assert told in done.stderr, (name, done.stderr)
        assert done.stderr.count("\n") == 1, name


def test_deep_and_open_elements_take_no_time() -> None:
    pytest.importorskip("lxml", reason="pages need the extra hairtx[check]")
    for piece in ("<div>", "<!--", "<b><p>", "<a ", "</", "<table>"):
        begun = time.monotonic()
        with contextlib.suppress(UnreadableError):
            lines_of(b"<html><p>text</p>" + piece.encode() * 100_000, name="a.html")
        assert time.monotonic() - begun < 5, piece


def test_a_missing_library_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, content, name in (
        ("lxml", PAGE.encode(), "a.html"),
        ("pypdf", b"%PDF-", "a.pdf"),
        ("docx", b"PK\x03\x04", "a.docx"),
    ):
        with monkeypatch.context() as patch:
            patch.setitem(__import__("sys").modules, module, None)
            with pytest.raises(UnreadableError, match=r"pip install 'hairtx\[check\]'"):
                lines_of(content, name=name)


@given(
    st.binary(max_size=600),
    st.sampled_from(["a.txt", "a.html", "a.pdf", "a.docx", "-"]),
    st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>"]),
)
def test_no_bytes_break_reading(content: bytes, name: str, start: bytes) -> None:
    try:
        lines = lines_of(start + content, name=name)
    except UnreadableError:
        return
    hairtx.check(small(), {name: lines})


def test_what_a_library_says_of_a_broken_file_is_told_once_by_us(spawn: Run, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 rubbish")
    done = spawn("check", str(broken))
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
