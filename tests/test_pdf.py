"""PDF files, read back by a parser that is not the one that wrote them."""

from __future__ import annotations

import io
import os
import re
import sys
from pathlib import Path
from typing import Any

import msgspec
import pypdf
import pytest

import hairtx
from conftest import Run
from hairtx.analysis.document import Item, Report
from support import sharing

pytest.importorskip("typst", reason="PDF files need the extra hairtx[pdf]")
pytestmark = pytest.mark.broad

#: Millimetres a point.
_POINT = 25.4 / 72
#: Each would do something if Typst took it for markup.
HOSTILE = ('#panic("owned")', "$ x $ *b* _i_ `c` @missing <s1> // \\", '"); #read("/etc/passwd") (', "= h\n- l\n/ t: d")


def read(report: Report) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(hairtx.render_bytes(report, "pdf")), strict=True)


def text_of(pdf: pypdf.PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))


def sheet(catalogue: hairtx.Catalogue, names: Any, **more: Any) -> Report:
    return hairtx.compare(catalogue, names, view="one-page", **more)


def test_a_sheet_is_one_tagged_page_that_prints_whole_on_a4_and_letter(catalogue: hairtx.Catalogue) -> None:
    pdf = read(sheet(catalogue, ["prp", "topical-minoxidil"]))
    (page,) = pdf.pages
    width, height = (round(float(one) * _POINT) for one in page.mediabox[2:])
    assert width <= min(210, 216)
    assert height <= min(297, 279)
    root: Any = pdf.root_object
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "en"
    assert b"<pdfuaid:part>1<" in root["/Metadata"].get_data()
    assert pdf.metadata is not None
    assert pdf.metadata.title == "PRP or minoxidil on the scalp for pattern hair loss?"
    assert "/CreationDate" not in pdf.metadata  # the same report is the same file


def test_a_sheet_goes_in_the_order_of_a_consultation(catalogue: hairtx.Catalogue) -> None:
    report = sheet(catalogue, ["prp", "topical-minoxidil"])
    text = text_of(read(report))
    assert report.handout is not None
    told = [
        *("1 First", "Doing nothing", "2 Compare", *(row.label for row in report.answer)),
        *("3 What matters to me", "4 I lean towards", "I need to know", "5 Ask", "My own questions"),
        *(f"[{report.references[0].number}] {report.references[0].short}", report.edition, report.disclaimer),
    ]
    place = 0
    for one in told:
        assert one in text[place:], one
        place = text.index(one, place) + len(one)
    for row in report.answer:
        for one in (item for cell in row.cells for item in cell.items):
            assert "".join(one.text.split()) in re.sub(r"\[\d+\]|\s", "", text), one.text


def test_sheets_of_two_and_three_fit_one_page(catalogue: hairtx.Catalogue) -> None:
    for names in [*sharing(catalogue, 2, number=5), *sharing(catalogue, 3, number=5)]:
        assert len(read(sheet(catalogue, names)).pages) == 1, names


def test_everything_follows_the_sheet_where_it_is_asked_for(catalogue: hairtx.Catalogue) -> None:
    report = hairtx.compare(catalogue, ["prp", "no-treatment"], view="full-page")
    pdf = read(report)
    assert len(pdf.pages) > 3
    first, rest = pdf.pages[0].extract_text(), re.sub(r"\s", "", "".join(page.extract_text() for page in pdf.pages[1:]))
    assert "5 Ask" in first
    for words in ("The condition", "Everything, side by side", "In pictures", "What is claimed", "About this edition"):
        assert "".join(words.split()) in rest
    for one in report.references:
        assert "".join(one.title.rstrip(".").split()) in rest


def test_every_kind_of_report_can_be_a_pdf(catalogue: hairtx.Catalogue) -> None:
    reports = (
        hairtx.describe(catalogue, "prp"),
        hairtx.list_treatments(catalogue),
        hairtx.list_sources(catalogue, ["biotin"]),
        hairtx.effects(catalogue, ["topical-minoxidil"]),
        hairtx.compare(catalogue, ["prp", "fue"], rows=["costs"], view="full-page"),
        hairtx.compare(catalogue, ["oral-iron", "ritlecitinib", "prp", "biotin", "fue"], view="one-page"),
    )
    for report in reports:
        text = text_of(read(report))
        assert report.disclaimer in text
        assert len(text) > 1000


def test_text_is_never_markup(catalogue: hairtx.Catalogue) -> None:
    report = sheet(catalogue, ["biotin", "no-treatment"])
    items = tuple(Item(one, lead=one, refs=(1, 999)) for one in HOSTILE)
    report = msgspec.structs.replace(report, title=" ".join(HOSTILE), lead=items, edition=HOSTILE[0])
    text = re.sub(r"\s", "", text_of(read(report)))
    for one in HOSTILE:
        assert text.count("".join(one.split())) >= 3


def test_letters_that_no_font_has_do_not_cost_the_file(catalogue: hairtx.Catalogue) -> None:
    report = msgspec.structs.replace(sheet(catalogue, ["biotin", "no-treatment"]), title="Biotin \ue123 \U0010fffd?")
    pdf = read(report)
    root: Any = pdf.root_object
    assert root["/MarkInfo"]["/Marked"].value
    assert "Doing nothing" in text_of(pdf)


def test_pdf_from_the_command_line(run: Run, tmp_path: Path) -> None:
    done = run("export", "prp", "biotin", "-o", "options.pdf", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert len(pypdf.PdfReader(tmp_path / "options.pdf").pages) == 1
    assert run("show", "prp", "--full", "-o", "prp.pdf", cwd=tmp_path).returncode == 0
    assert len(pypdf.PdfReader(tmp_path / "prp.pdf").pages) > 2


@pytest.mark.parametrize("words", [("export", "prp", "biotin"), ("list",)])
def test_without_the_extra_a_message_says_what_to_do(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    (tmp_path / "out.pdf").write_text("dear", encoding="utf-8")
    done = run(*words, "-o", "out.pdf", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "pip install 'hairtx[pdf]'" in done.stderr
    assert "-o FILE.html" in done.stderr
    assert (tmp_path / "out.pdf").read_text(encoding="utf-8") == "dear"


def test_a_pdf_goes_into_a_pipe_as_it_is(spawn: Run) -> None:
    done = spawn("export", "prp", "biotin", "--format", "pdf", encoding=None, input=None)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"%PDF-")  # type: ignore[arg-type]


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal of its own")
def test_a_terminal_is_not_given_a_pdf(spawn: Run) -> None:
    main, worker = os.openpty()
    try:
        done = spawn("export", "prp", "biotin", "--format", "pdf", stdout=worker)
    finally:
        os.close(worker)
        os.close(main)
    assert done.returncode == 2
    assert "name a file with -o FILE.pdf" in done.stderr


def test_a_pdf_is_not_text(catalogue: hairtx.Catalogue) -> None:
    with pytest.raises(hairtx.UsageError, match="no format 'pdf' for text"):
        hairtx.render(hairtx.list_treatments(catalogue), "pdf")
