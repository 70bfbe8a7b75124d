"""Every format read back with a real parser of it, whatever the text holds."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import cmarkgfm
import html5lib
import markdown
import pypandoc
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from rich.cells import cell_len

import hairtx
from conftest import Run
from hairtx.analysis.document import Block, Cell, Field, Grid, Item, Report
from hairtx.analysis.views.comparison import row_keys
from hairtx.formats import FORMATS
from hairtx.formats.delimited import csv_text, inert, tsv_text
from hairtx.formats.markdown import escaped
from hairtx.formats.structured import json_text, yaml_text
from support import ONLY_SMALL, SMALL_FILE, SMALL_IDS, hostile_text, hostile_values, loaded, more, small_values

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
#: Signed numbers and ranges of them hold nothing to calculate.
FIGURES = re.compile(r"(?!.*\d ?[-+])[-+0-9.,% ]+( to [-+0-9.,% ]+)?( \([-+0-9.,% ]+ to [-+0-9.,% ]+\))?")
texts = st.lists(hostile_text, min_size=1, max_size=6)


@pytest.fixture(scope="module")
def small() -> hairtx.Catalogue:
    return hairtx.load([SMALL_FILE])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for catalogues that are not worth caching."""
    patch = pytest.MonkeyPatch()
    patch.setenv("HAIRTX_NO_CACHE", "1")
    yield tmp_path_factory.mktemp("hostile")
    patch.undo()


def hostile_contents(words: list[str], folder: Path) -> list[Report]:
    """A comparison, a description and a list in which these words stand everywhere."""
    catalogue = loaded(hostile_values(words), folder / "hostile.yaml")
    return [
        hairtx.compare(catalogue, SMALL_IDS[:3], view="full"),
        hairtx.compare(catalogue, SMALL_IDS[:2], rows=row_keys()),
        hairtx.compare(catalogue, SMALL_IDS[:2]),
        hairtx.describe(catalogue, SMALL_IDS[0], view="full"),
        hairtx.list_treatments(catalogue),
        hairtx.list_treatments(catalogue, hairtx.Filters(match=words[0], kind="cosmetic")),
    ]


def is_inert(cell: str) -> bool:
    """Whether no spreadsheet calculates it."""
    return not cell.lstrip(" ").startswith(FORMULA_STARTS) or bool(FIGURES.fullmatch(cell))


def squeezed(text: str) -> str:
    return "".join(text.split())


def items_of(content: Report, *, in_lines: bool = False) -> Iterator[Item]:
    """All that is shown; ``in_lines``: in a terminal, where a list has one line an entry."""
    yield from content.lead
    if content.columns:
        yield from content.untreated
        for row in (*content.answer, *content.rows):
            for cell in row.cells:
                yield from cell.items
        return
    for block in content.blocks:
        yield from block.items
        grid = block.short if in_lines and block.short is not None else block.grid
        for line in grid.rows if grid is not None else ():
            for cell in line:
                yield from cell.items


# Markdown

GFM = MarkdownIt("gfm-like", {"html": True})


def shown(node: SyntaxTreeNode) -> str:
    """The characters that a reader sees."""
    if node.type == "html_inline":
        return "\n" if node.content == "<br>" else node.content
    if node.type in {"text", "code_inline"}:
        return node.content
    if node.type in {"softbreak", "hardbreak"}:
        return "\n"
    return "".join(map(shown, node.children))


def tables(tokens: list[Token]) -> list[list[list[str]]]:
    root = SyntaxTreeNode(tokens)
    return [
        [[shown(cell) for cell in row.children] for part in table.children for row in part.children]
        for table in root.walk()
        if table.type == "table"
    ]


def assert_nothing_slipped_in(tokens: list[Token], addresses: set[str]) -> None:
    """No markup but the renderer's own: headings, lists, tables, bold, emphasis of 'not reported', known links."""
    allowed = {"text", "softbreak", "strong_open", "strong_close", "em_open", "em_close", "link_open", "link_close"}
    for token in tokens:
        assert token.type not in {"fence", "code_block", "html_block", "blockquote_open"}, token
        for child in token.children or ():
            if child.type == "html_inline":
                assert child.content == "<br>"
            else:
                assert child.type in allowed, child
            if child.type == "link_open":
                assert child.attrs["href"] in addresses, child


def normal(link: str) -> str:
    return GFM.normalizeLink(link)


@pytest.mark.slow
@settings(max_examples=15)
@given(texts)
def test_markdown_shows_exactly_the_text_and_keeps_its_tables(folder: Path, words: list[str]) -> None:
    for content in hostile_contents(words, folder):
        text = hairtx.render(content, "markdown")
        tokens = GFM.parse(text)
        assert_nothing_slipped_in(tokens, {normal(one.link) for one in content.references})
        for table in tables(tokens):
            assert len({len(row) for row in table}) == 1
        everything = squeezed(
            "".join(shown(SyntaxTreeNode([token])) if token.type == "inline" else "" for token in tokens)
        )
        for item in items_of(content):
            assert squeezed(item.text) in everything, item
            assert squeezed(item.lead) in everything, item
        for one in content.references:
            assert squeezed(one.title.rstrip(".") if content.sections else one.short) in everything
        assert squeezed(content.disclaimer) in everything


@pytest.mark.slow
@settings(max_examples=15)
@given(texts)
def test_a_markdown_table_has_a_line_a_row_and_a_column_a_treatment(folder: Path, words: list[str]) -> None:
    catalogue = loaded(hostile_values(words), folder / "table.yaml")
    document = hairtx.compare(catalogue, SMALL_IDS[:3], view="full")
    short, long = tables(GFM.parse(hairtx.render(document, "markdown")))
    assert [squeezed(one) for one in long[0]] == ["", *(squeezed(column.name) for column in document.columns)]
    assert [squeezed(one) for one in short[0]] == ["", *(squeezed(one.heading + one.what) for one in document.columns)]
    for table, rows in ((short, document.answer), (long, document.rows)):
        assert len(table) == len(rows) + 1
        for line, row in zip(table[1:], rows, strict=True):
            assert squeezed(line[0]) == squeezed(row.label)
            assert len(line) == len(document.columns) + 1
            for cell, told in zip(line[1:], row.cells, strict=True):
                assert len(cell.split("\n")) == max(len(told.items), 1)


@given(hostile_text)
def test_escaped_markdown_is_the_text_again(text: str) -> None:
    for before, after in (("", ""), ("- ", ""), ("# ", ""), ("**", "**: x"), ("x ", " y"), ("1. ", "")):
        inline = [token for token in GFM.parse(f"{before}{escaped(text)}{after}") if token.type == "inline"]
        assert len(inline) == 1
        wanted = " ".join(text.split())
        said = shown(SyntaxTreeNode(inline))
        assert squeezed(said) == squeezed(f"{'x' if before == 'x ' else ''}{wanted}{after.replace('*', '')}"), (
            before,
            text,
        )


@pytest.mark.parametrize(
    "text",
    ["a@b.org", "@somebody", "www.b.org", "WWW.b.org", "http://b.org", "HTTPS://b.org", "ftp://b.org", "mailto:b"],
)
def test_no_address_or_mention_becomes_a_link_by_itself(text: str) -> None:
    # Mentions are links on GitHub only, which has no parser to ask.
    assert not re.search(r"@|www\.|(?:https?|ftp|mailto):", escaped(f"see {text}"), re.IGNORECASE)


@pytest.mark.slow
@settings(max_examples=40)
@given(st.text("(){}[]<>&;#%'\"*_|~`abcA09./:-", min_size=1, max_size=30))
def test_links_lead_where_the_source_says(folder: Path, name: str) -> None:
    values = hostile_values(["x"])
    values["sources"]["test-review"]["doi"] = f"10.5555/{name}"
    document = hairtx.compare(loaded(values, folder / "links.yaml"), SMALL_IDS[:2])
    tokens = GFM.parse(hairtx.render(document, "markdown"))
    found = {
        str(child.attrs["href"]) for token in tokens for child in token.children or () if child.type == "link_open"
    }
    assert normal(f"https://doi.org/10.5555/{name}") in found


@pytest.mark.parametrize("view", ["answer", "full"])
def test_markdown_numbers_its_references_and_ends_with_edition_and_disclaimer(
    small: hairtx.Catalogue, view: Any
) -> None:
    document = hairtx.compare(small, SMALL_IDS[:2], view=view)
    text = hairtx.render(document, "markdown")
    assert text.startswith("# Test tonic or test needling for test thinning?\n\n**Doing nothing**: ")
    assert ("## Side by side" in text) == (view == "full")
    for one in document.references:
        assert f"\n{one.number}. " in text
        if one.link:
            assert f"\n[{one.number}]: <{one.link}>" in text
    assert text.rstrip().splitlines()[-1].startswith("Edition 2001.01, reviewed 2001-02-03")
    assert small.about.disclaimer in text
    assert text.endswith("\n")


READERS = {
    "markdown-it": GFM.render,
    "GitHub": cmarkgfm.github_flavored_markdown_to_html,
    "Python-Markdown": lambda text: markdown.markdown(text, extensions=["tables"]),
    "pandoc": lambda text: pypandoc.convert_text(text, "html", format="markdown"),
    "pandoc as GitHub": lambda text: pypandoc.convert_text(text, "html", format="gfm"),
}


@pytest.mark.parametrize("reader", READERS)
def test_references_keep_their_brackets_and_links_wherever_markdown_is_read(reader: str) -> None:
    names = ["test-tonic", "test-drip", "test-needling", "test-graft"]
    reports = [
        hairtx.compare(more(), names, view="full"),
        hairtx.compare(more(), names),
        hairtx.describe(more(), "test-drip", view="full"),
        hairtx.screen(more(), ["test-pregnancy"]),
    ]
    cited: set[bool] = set()
    for report in reports:
        numbers = [ref for item in items_of(report) for ref in (*item.lead_refs, *item.refs)]
        page = html5lib.parse(READERS[reader](hairtx.render(report, "markdown")), namespaceHTMLElements=False)
        whole = "".join(page.itertext())
        linked = {("".join(link.itertext()), link.get("href")) for link in page.iter("a")}
        for one in report.references:
            cited.add(bool(one.link))
            assert whole.count(f"[{one.number}]") >= numbers.count(one.number)
            assert ((f"[{one.number}]", normal(one.link)) in linked) == bool(one.link)
        assert all(re.fullmatch(r"\[\d+\]", text) for text, _ in linked if text[:1] in "[0123456789")
    assert cited == {True, False}


def test_numbers_and_units_never_part_where_people_read_and_are_plain_for_programs(small: hairtx.Catalogue) -> None:
    document = hairtx.compare(small, SMALL_IDS[:2])
    # A browser would part a range behind its hyphen too.
    whole, plain = {"markdown": "USD\u00a0120-246", "html": "USD\u00a0120\u2011246"}, "USD 120-246"
    for name in FORMATS:
        text, wanted = hairtx.render(document, name), whole.get(name, plain)
        assert wanted in text, name
        assert all(one == wanted or one not in text for one in (plain, *whole.values())), name


# CSV and TSV


@given(st.lists(st.lists(hostile_text | st.just(""), min_size=2, max_size=3), min_size=1, max_size=4))
def test_a_csv_reader_gets_every_cell_back(table: list[list[str]]) -> None:
    text = csv_text(table)
    # As a file is opened for the csv module, and as other programs read it, which take CR LF and LF alike.
    for read in (io.StringIO(text, newline=""), io.StringIO(text, newline=None)):
        rows = list(csv.reader(read, strict=True))
        assert [[one.lstrip("'").split() for one in row] for row in rows] == [
            [one.lstrip("'").split() for one in row] for row in table
        ]


@given(st.lists(st.lists(hostile_text | st.just(""), min_size=2, max_size=3), min_size=1, max_size=4))
def test_tsv_is_one_line_a_row_and_one_tab_between_cells(table: list[list[str]]) -> None:
    text = tsv_text(table)
    lines = text.split("\n")
    assert lines.pop() == ""
    assert len(lines) == len(table)
    assert text.splitlines() == lines
    for line, row in zip(lines, table, strict=True):
        cells = line.split("\t")
        assert len(cells) == len(row)
        for cell, told in zip(cells, row, strict=True):
            assert squeezed(cell).lstrip("'").replace("|", "") == squeezed(told).lstrip("'").replace("|", "")


@given(hostile_text | st.text(max_size=10))
def test_no_cell_can_become_a_formula(text: str) -> None:
    for start in ("", "=", "+", "-", "@", "\t", "\r", "\n", " =", "\uff1d", "'="):
        cell = inert(start + text)
        assert is_inert(cell)
        assert cell.endswith(start + text)
        assert len(cell) - len(start + text) in (0, 1)
    assert inert("plain") == "plain"
    assert inert("3-4 weeks") == "3-4 weeks"


@pytest.mark.parametrize(
    "text",
    ["-3", "+19", "-1,299.5", "-3 %", "-5 to 3", "-5% to +3%", "+2.62 (-0.85 to +4.88)", " -3", "-5 to -1 (-9 to 0)"],
)
def test_signed_figures_stand_as_they_are(text: str) -> None:
    assert inert(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "-5-3",
            "+1-555-123",
            "-3 A1",
            "-3*2",
            "-(3)",
            "-3 (4)",
            "-1 to cmd",
            "+3\n=1",
            "--3",
            "-3!",
            "=-3",
            "@3",
            "-٣",
        )
    ],
)
def test_what_only_looks_like_a_figure_gets_its_apostrophe(text: str) -> None:
    assert inert(text) == f"'{text}"


def test_a_csv_file_says_that_it_is_utf8_and_a_pipe_needs_not(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "options.csv"
    asked = ["compare", "test-tonic", "test-needling", *ONLY_SMALL, "--format"]
    piped = run(*asked, "csv").stdout
    assert run(*asked, "csv", "-o", str(target)).returncode == 0
    # Excel takes a file without the mark for the code page of its country, and shows ⊕ as three other signs.
    assert target.read_bytes() == b"\xef\xbb\xbf" + piped.encode()
    assert "⊕" in piped
    for name in ("tsv", "json", "markdown"):
        assert run(*asked, name, "-o", str(target)).returncode == 0
        assert target.read_bytes() == run(*asked, name).stdout.encode()


@pytest.mark.slow
@settings(max_examples=15)
@given(texts)
def test_delimited_tables_have_a_row_an_attribute_and_a_column_a_treatment(folder: Path, words: list[str]) -> None:
    for content in hostile_contents(words, folder):
        rows = list(csv.reader(io.StringIO(hairtx.render(content, "csv"), newline=""), strict=True))
        tsv = [line.split("\t") for line in hairtx.render(content, "tsv").removesuffix("\n").split("\n")]
        assert [len(row) for row in rows] == [len(row) for row in tsv]
        assert len({len(row) for row in rows}) == 1
        for cell in (cell for row in rows + tsv for cell in row):
            assert is_inert(cell), cell
        if content.columns:
            told_rows = content.rows or content.answer
            assert [row[0] for row in rows[1 : 1 + len(told_rows)]] == [row.key for row in told_rows]
            assert len(rows[0]) == 2 + len(content.columns)
            for line, row in zip(rows[1:], told_rows, strict=False):
                for cell, told in zip(line[2:], row.cells, strict=True):
                    assert all(squeezed(item.text) in squeezed(cell) for item in told.items)


def test_tables_with_different_columns_make_one_file_with_as_many_cells_in_every_row() -> None:
    def block(key: str, *fields: str) -> Block:
        cells = tuple(Cell((Item(f"{field} of {key}"),)) for field in fields)
        return Block(
            key, key, (Item(f"before {key}"),), Grid(tuple(Field(one, one, 9) for one in fields), (cells,), ("id",))
        )

    report = Report(
        kind="list",
        title="Two tables",
        lead=(Item("a lead"),),
        blocks=(block("short", "name", "price"), block("long", "name", "sessions", "place"), Block("text", "", (Item("after"),))),
        notices=("mind this",),
        edition="Edition",
        disclaimer="Disclaimer",
    )  # fmt: skip
    lines = list(csv.DictReader(io.StringIO(hairtx.render(report, "csv"), newline=""), strict=True))
    told = [{key: value for key, value in line.items() if value} for line in lines]
    assert told == [
        {"group": "note", "name": "a lead"},
        {"group": "short", "name": "before short"},
        {"group": "short", "id": "id", "name": "name of short", "price": "price of short"},
        {"group": "long", "name": "before long"},
        {"group": "long", "id": "id", "name": "name of long", "sessions": "sessions of long", "place": "place of long"},
        {"group": "text", "name": "after"},
        {"group": "notice", "name": "mind this"},
    ]
    tsv = list(csv.reader(io.StringIO(hairtx.render(report, "tsv")), "excel-tab", strict=True))
    assert tsv == [list(lines[0]), *(list(line.values()) for line in lines)]


# JSON and YAML


def read_yaml(text: str) -> Any:
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@pytest.mark.slow
@settings(max_examples=12)
@given(texts)
def test_json_and_yaml_hold_the_same_and_come_back(folder: Path, words: list[str]) -> None:
    for content in hostile_contents(words, folder):
        data = json.loads(hairtx.render(content, "json"))
        assert read_yaml(hairtx.render(content, "yaml")) == data
        assert data["schema_version"] == 2
        assert data["disclaimer"] == content.disclaimer
        if content.columns:
            for depth, rows in (("answer", content.answer), ("rows", content.rows)):
                told = [
                    one["text"]
                    for row in data[depth]
                    for column in content.columns
                    for one in row["cells"][column.key]["statements"]
                ]
                assert told == [item.text for row in rows for cell in row.cells for item in cell.items]


_json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | hostile_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(hostile_text, inner, max_size=3),
    max_leaves=10,
)  # fmt: skip


@given(st.dictionaries(hostile_text, _json, max_size=4))
def test_whatever_is_plain_survives_json_and_yaml(data: dict[str, Any]) -> None:
    assert json.loads(json_text(data)) == data
    assert read_yaml(yaml_text(data)) == data


@pytest.mark.parametrize("text", ["09", "-08", "1e3", "12e03", "0o17", "0x1F", "+1", ".5", "1.", "089.5", "0.1e-5"])
def test_text_that_yaml_1_2_takes_for_a_number_is_quoted(text: str) -> None:
    assert yaml_text({text: text}) == f"'{text}': '{text}'\n"


def test_numbers_and_words_are_not_quoted_in_yaml() -> None:
    assert yaml_text({"a": [9, -0.5, 1e20, "1e", "0o9", "3-4", "9 g"]}).splitlines() == [
        *("a:", "- 9", "- -0.5", "- 1.0e+20", "- 1e", "- 0o9", "- 3-4", "- 9 g")
    ]


def test_json_has_the_answer_above_the_table_in_the_same_shape(small: hairtx.Catalogue) -> None:
    data = json.loads(hairtx.render(hairtx.compare(small, SMALL_IDS[:2], view="table"), "json"))
    answer = {row["key"]: row for row in data["answer"]}
    assert list(answer)[:5] == ["effects-men", "effects-women", "people", "side-effects", "serious-harm"]
    assert [answer[key]["label"] for key in ("effects-men", "effects-women")] == ["Does it work? Men", "Women"]
    for row in (*data["answer"], *data["rows"]):
        assert set(row) == {"key", "label", "cells"}
        assert list(row["cells"]) == [one["id"] for one in data["treatments"]]
        for cell in row["cells"].values():
            assert set(cell) == {"reported", "statements", "data"}
    (said,) = answer["effects-men"]["cells"]["test-tonic"]["statements"]
    assert (said["level"], said["sources"]) == ({"scale": "certainty", "level": 3, "of": 4}, ["test-review"])
    assert data["scale"][0] == {"text": "probably", "level": {"scale": "certainty", "level": 3, "of": 4}, "sources": []}
    assert data["sources"]["test-review"]["short"] == "Tester 2001"
    only = json.loads(hairtx.render(hairtx.compare(small, SMALL_IDS[:2]), "json"))
    assert (bool(only["answer"]), only["rows"]) == (True, [])


def test_json_gives_numbers_with_units_and_sources_in_full(small: hairtx.Catalogue) -> None:
    data = json.loads(hairtx.render(hairtx.compare(small, SMALL_IDS[:2], view="full"), "json"))
    assert data["kind"] == "comparison"
    assert data["condition"] == "test-thinning"
    rows = {row["key"]: row["cells"] for row in data["rows"]}
    assert rows["downtime"]["test-needling"]["data"]["daily_activities"]["lasts"] == {
        "lower": 1,
        "upper": 2,
        "unit": "days",
        "text": "1-2 days",
    }
    assert rows["schedule"]["test-tonic"]["data"]["phases"][0]["every"] == {
        "lower": 0.5,
        "upper": 0.5,
        "unit": "days",
        "text": "twice a day",
    }
    cost = rows["costs"]["test-tonic"]["data"][0]
    assert (cost["amount"]["upper"], cost["currency"]) == (20.5, "USD")
    effect = rows["effects"]["test-tonic"]["data"]["effects"][0]
    assert (effect["value"], effect["ci95"], effect["unit"]) == (12.5, [-0.5, 25.5], "hairs/cm2")
    assert rows["mechanism"]["test-needling"] == {"reported": False, "statements": [], "data": []}
    assert rows["invasiveness"]["test-tonic"]["statements"][0]["level"] == {
        "scale": "invasiveness",
        "level": 2,
        "of": 5,
    }
    source = data["sources"]["test-review"]
    assert source["link"] == "https://doi.org/10.5555/test.review"
    assert {"type", "title", "authors", "publication", "year", "doi", "read", "number"} <= set(source)
    assert data["sources"]["test-label"]["link"] is None
    cited = {
        key
        for row in data["rows"]
        for cell in row["cells"].values()
        for one in cell["statements"]
        for key in one["sources"]
    }
    assert cited <= set(data["sources"])


# The terminal


def assert_fits(text: str, width: int) -> None:
    for line in text.splitlines():
        assert cell_len(line) <= width, (width, line)


@pytest.mark.slow
@settings(max_examples=30)
@given(
    st.data(),
    st.integers(40, 200),
    st.integers(2, 12),
    st.booleans(),
    st.booleans(),
)
def test_a_table_fits_any_width_and_loses_no_word(
    catalogue: hairtx.Catalogue, data: st.DataObject, width: int, columns: int, ascii_only: bool, full: bool
) -> None:
    names = data.draw(st.permutations(list(catalogue.treatments)))[:columns]
    document = hairtx.compare(catalogue, names, view="full" if full else "table")
    text = hairtx.render(document, "table", width=width, ascii_only=ascii_only)
    assert_fits(text, width)
    if ascii_only:
        assert text.isascii()
        return
    shown_characters = Counter(squeezed(text))
    told = " ".join(
        [document.title, document.disclaimer, document.edition]
        + [f"{item.lead} {item.text}" for item in items_of(document)]
        + [column.heading for column in document.columns]
    )
    assert not Counter(squeezed(told)) - shown_characters
    # What is no longer than the narrowest column stands unbroken.
    shown_words = set(re.sub(r"\[[0-9,\s]+\]|\[[0-9,]+,(?=\s)", "", text).split())
    for item in items_of(document):
        for word in (*item.lead.split(), *item.text.split()):
            assert len(word) > 20 or word in shown_words or f"{word}:" in shown_words, word
    for number in range(1, len(document.references) + 1):
        assert f"[{number}]" in text


@pytest.mark.slow
@settings(max_examples=15)
@given(texts, st.integers(40, 200))
def test_a_table_of_hostile_text_fits_and_loses_nothing(folder: Path, words: list[str], width: int) -> None:
    for content in hostile_contents(words, folder):
        text = hairtx.render(content, "table", width=width)
        assert_fits(text, width)
        assert "\x1b" not in text
        seen = Counter(squeezed(text))
        for item in items_of(content, in_lines=True):
            missing = Counter(squeezed(item.text + item.lead)) - seen
            assert not missing, (missing, item)
        assert hairtx.render(content, "table", width=width, ascii_only=True).isascii()


def test_a_narrow_window_stacks_and_a_wide_one_does_not(small: hairtx.Catalogue) -> None:
    document = hairtx.compare(small, SMALL_IDS[:2])

    def is_side_by_side(width: int) -> bool:
        return bool(re.search(r"Test tonic {3,}Test needling", hairtx.render(document, "table", width=width)))

    assert not is_side_by_side(60)
    assert is_side_by_side(100)
    assert is_side_by_side(160)


@pytest.mark.parametrize("name", ["日" * 24, "x" * 24, "👩‍👩‍👧" * 4, "日本 " * 8])
@pytest.mark.parametrize("width", [40, 80, 100, 130])
def test_a_heading_wider_than_its_column_is_not_cut_off(folder: Path, name: str, width: int) -> None:
    values = hostile_values(["x"])
    values["treatments"][0]["short_name"] = name
    document = hairtx.compare(loaded(values, folder / "heading.yaml"), SMALL_IDS[:2], rows=["invasiveness"])
    text = hairtx.render(document, "table", width=width)
    assert_fits(text, width)
    assert "…" not in text
    assert not Counter(squeezed(name)) - Counter(squeezed(text))


def test_scales_are_drawn_as_well_as_worded(small: hairtx.Catalogue) -> None:
    document = hairtx.compare(small, SMALL_IDS[:2], view="table")
    text = hairtx.render(document, "table", width=120)
    assert "⊕⊕⊕◯ moderate certainty" in text
    assert "●●●○○ minimally invasive" in text
    plain = hairtx.render(document, "table", width=120, ascii_only=True)
    assert "[+++.] moderate certainty" in plain
    assert "[***..] minimally invasive" in plain
    assert "hairs/cm2" in plain


@given(st.sampled_from(["µg", "–", "“x”", "≥ 5 × 3", "£5", "Ménière", "straße", "日本"]))
def test_ascii_terminals_get_words_that_stay_readable(folder: Path, text: str) -> None:
    values = hostile_values(["x"])
    values["treatments"][0]["caveats"][0]["text"] = f"about {text}."
    plain = hairtx.render(
        hairtx.compare(loaded(values, folder / "ascii.yaml"), SMALL_IDS[:2], view="table"), "table", ascii_only=True
    )
    wanted = {
        "µg": "ug", "–": "-", "“x”": '"x"', "≥ 5 × 3": ">= 5 x 3", "£5": "GBP 5", "Ménière": "Meniere",
        "straße": "strasse", "日本": "??",
    }  # fmt: skip
    assert f"about {wanted[text]}." in plain


def test_nothing_cited_is_said_and_not_left_blank(tmp_path: Path) -> None:
    values = small_values()
    for one in values["conditions"].values():
        one["course"] = []
    catalogue = loaded(values, tmp_path / "c.yaml")
    document = hairtx.compare(catalogue, ["test-tonic", "test-graft"], rows=["uses"], view="table")
    assert document.references == ()
    for name in ("table", "markdown"):
        assert re.search(r"References\n+None\.", hairtx.render(document, name))


# The whole catalogue


@pytest.mark.slow
@pytest.mark.parametrize("part", range(6))
def test_every_pair_of_the_catalogue_renders_in_every_format(catalogue: hairtx.Catalogue, part: int) -> None:
    for number, pair in enumerate(list(combinations(catalogue.treatments, 2))[part::6]):
        document, width = hairtx.compare(catalogue, pair), 60 + 40 * (number % 3)
        # Tables and YAML take longer than all other formats together: every sixth pair has to do for them.
        for name in FORMATS if part == 0 else set(FORMATS) - {"table", "yaml"}:
            text = hairtx.render(document, name, width=width)
            assert len(text) > 1000
            assert text.endswith("\n")
            if name == "table":
                assert_fits(text, width)


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_every_treatment_is_described_in_every_format(catalogue: hairtx.Catalogue, name: str) -> None:
    for treatment in catalogue:
        assert len(hairtx.render(hairtx.describe(catalogue, treatment.id), name)) > 1000


def test_a_number_of_a_reference_never_parts_at_a_line_end(catalogue: hairtx.Catalogue) -> None:
    for width in range(40, 100, 3):
        text = hairtx.render(
            hairtx.compare(catalogue, ["topical-minoxidil", "oral-minoxidil"], view="table"), "table", width=width
        )
        assert not re.search(r"\[[0-9,]*[0-9](?=\s|$)", text), width
