"""Near-valid catalogues, broken bytes, and what the fuzzer found: none of them gets past reading in a bad shape."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from examine import BASE, BASE_BYTES, examine
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import inspect as mi

from conftest import ROOT
from hairtx.catalogue.model import CatalogueFile, decode_quantity
from hairtx.catalogue.quantity import Quantity
from hairtx.catalogue.reading.mending import mended
from hairtx.catalogue.reading.misfits import Fitting, described, unwrapped
from hairtx.catalogue.reading.records import problems_in
from hairtx.catalogue.reading.yaml import MAX_DEPTH, MAX_SCALAR, Positions, parse_yaml
from hairtx.errors import CatalogueError, Problem

SEEDS = sorted((ROOT / "fuzz" / "seeds").iterdir())

#: What the fuzzer found, as small as it gets, with what was wrong.
FOUND = {
    "mending composed text that reading had refused": b"treatments:\n- # w\xc2\x85hy\n  name: T\n",
    "an alias to its own list made mending go round for ever": b"treatments: [{aliases: &a [*a]}]\n",
    "only the C parser takes a tab between tokens": b"a: b\tc\n",
    "only the C parser takes a question mark in a flow collection": b"{a:pe? rc31m!, b: {a:t}}",
    "the parsers end an empty file in different places": b"# nothing\n",
    "the parsers read a tag in a flow collection to different ends": b"x: {a: !!tract, b}",
    "one parser meets the tag, the other the fault behind it": b's "x", read: !bstract,\r\n type: rct}}',
    "only the Python parser takes a colon without a space before a bracket": b"{a: [b:], c: {d:}, e: {f :[g]}}",
    "JSON puts no space behind a colon, and both parsers read it": b'{"sources":{"a":["b"]}}',
    "only the C parser takes a comment right behind the sign of a block text": b"a: |# b\nc: >-2#\n",
    "the parsers place a key that is not there differently": b"{sources: {? }}",
    "mending composed anchors that reading had passed over": b"sources: {a: &x b, c: &x d}",
    "the parsers place a document that holds nothing differently": b"---\n ",
    "what was cut off stood in its list twice once it was quoted": (
        b"treatments:\n  - extends: prp\n    questions:\n      - Why? #3\n      - When?\n      - Why? #3\n"
    ),
    "a replaced character was refused a second time": b'sources: {a: {title: "\xe2\x80\xae"}}',
}


@pytest.mark.parametrize("what", FOUND)
def test_what_the_fuzzer_found_stays_mended(what: str) -> None:
    examine(FOUND[what])


@pytest.mark.parametrize("path", SEEDS, ids=lambda one: one.name)
def test_seed_of_the_fuzzer_holds(path: Path) -> None:
    examine(path.read_bytes())


# Near-valid catalogues: the model's own shape, with something off here and there.

_WORDS = st.sampled_from(
    ["A lotion.", "x", "no", "1e3", "[b]x[/b]", "=1", "ä", "a: b", "# x", " ", "", "x" * 161, "2026-01-01"]
)
_KEYS = st.sampled_from(["prp", "a", "c", "f", "p", "o", "new", "New", "", "no"])
_JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-1, 3000), st.floats(allow_nan=False, allow_infinity=False, width=16), _WORDS,
    st.just([]), st.just({}), st.just([["x"]]), st.just({"text": "x"}),
)  # fmt: skip


def _near(kind: mi.Type, depth: int = 0) -> st.SearchStrategy[Any]:
    kind = unwrapped(kind)
    exact = _fitting(kind, depth)
    # One value in a dozen is off; more, and nothing would get far enough to be interesting.
    return st.integers(0, 11).flatmap(lambda one: exact if one else _JUNK)


def _fitting(kind: mi.Type, depth: int) -> st.SearchStrategy[Any]:
    match kind:
        case mi.UnionType(types=types):
            return _near(next(one for one in types if not isinstance(one, mi.NoneType)), depth)
        case mi.StructType():
            return _record(kind, depth)
        case mi.DictType(value_type=value):
            return st.deferred(lambda: st.dictionaries(_KEYS, _near(value, depth + 1), max_size=2))
        case mi.VarTupleType(item_type=item):
            return st.deferred(lambda: st.lists(_near(item, depth + 1), min_size=1, max_size=2))
        case mi.TupleType():
            return st.lists(st.integers(0, 9), min_size=2, max_size=2).map(sorted)
        case mi.CustomType(cls=cls) if issubclass(cls, Quantity):
            return st.sampled_from([cls.example, cls.example, "3", 3, "once a day", "4-3", "0 weeks", "soon"])
        case mi.LiteralType(values=values):
            return st.sampled_from(list(values))
        case mi.StrType(pattern=pattern):
            return _WORDS if pattern == r"\S" else _KEYS
        case mi.IntType() | mi.FloatType():
            return st.integers(1900, 2100)
    return st.sampled_from(["2026-11-21", "2026-02-30"])


@st.composite
def _record(draw: st.DrawFn, kind: mi.StructType, depth: int) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for one in kind.fields:
        chance = draw(st.integers(0, 19))
        if chance and (one.required or chance < (8 if depth < 3 else 2)):
            name = one.encode_name if chance != 19 else f"{one.encode_name}s"
            record[name] = draw(_near(one.type, depth + 1))
    if kind.cls.__name__ == "Treatment" and not draw(st.integers(0, 3)):
        record["extends"] = draw(_KEYS)
    return record


@st.composite
def near_valid(draw: st.DrawFn) -> bytes:
    """Bytes of a catalogue that is nearly right, in block or flow style."""
    value = draw(_record(described(CatalogueFile), 0))
    flow = draw(st.sampled_from([True, False, None]))
    if draw(st.booleans()):
        text = json.dumps(value, ensure_ascii=draw(st.booleans()))
    else:
        text = yaml.safe_dump(value, sort_keys=False, default_flow_style=flow, allow_unicode=True)
    text = text.replace("'2026-11-21'", "2026-11-21").replace('"2026-11-21"', "2026-11-21")
    # And now and then the text itself is damaged.
    if not draw(st.integers(0, 3)):
        at = draw(st.integers(0, len(text)))
        damage = draw(
            st.sampled_from(
                ["", "&a ", "*a", "!!str ", "<<: ", "\t", "\n", ": ", "- ", "? ", "#", "---\n", "\u202e", "'", "}"]
            )
        )
        text = text[:at] + damage + text[at + draw(st.integers(0, 2)) :]
    return text.encode()


@pytest.mark.slow
@settings(max_examples=60)
@given(near_valid())
def test_near_valid_catalogue_is_read_or_refused_in_good_order(content: bytes) -> None:
    examine(content)


#: Comments, ends of lines and disorder wherever they can stand.
_MENDABLE = """\
treatments:
  - {short_name: a, # about a
     name: no, # about name
     id: x # the id
    }   # behind
  - id: y   # id
    aliases: [a, b, # bees
      a]
    # above name
    reviewed: 2026-01-01  # day

    name: on
    questions:
      - q   # first
      - q   # second
      - q
    summary:   # sum
      sources: [x, x]  # s
      text: >-   # folded
        some
        text
    # at end
sources: {s: {read: full-text, title: no, # t
  type: promotional}}
"""
_DAMAGE = (
    *(
        "# c",
        "#c",
        " # why",
        " #3",
        "\n",
        "\r\n",
        "\r",
        "  ",
        "- ",
        "? ",
        ": ",
        ", ",
        "[",
        "]",
        "{",
        "}",
        "'",
        '"',
        "no",
    ),
    *(
        "|\n",
        ">-\n",
        "1.5",
        "name: no",
        "id: x\n",
        "aliases: [a, a]",
        "text: on\n",
        "\n    # comment\n",
        "\n# comment\n",
    ),
    *("summary: {sources: [x, x], text: no}", "~", "e\u0301", "\\", "  # deep\n"),
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A file that can be mended, with lines exchanged, repeated, ended otherwise, and anything put between."""
    ends = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    lines = _MENDABLE.splitlines()
    lines = [f"{line}{ends}" for line in lines]
    if draw(st.booleans()):
        lines[-1] = lines[-1].rstrip("\r\n")
    places = st.integers(0, len(lines) - 1)
    for _ in range(draw(st.integers(0, 4))):
        one, other = draw(places), draw(places)
        match draw(st.integers(0, 3)):
            case 0:
                lines[one], lines[other] = lines[other], lines[one]
            case 1:
                lines.insert(other, lines[one])
            case 2:
                at = draw(st.integers(0, len(lines[one])))
                lines[one] = lines[one][:at] + draw(st.sampled_from(_DAMAGE)) + lines[one][at:]
            case 3:
                lines[one] = lines[one].rstrip("\r\n") + draw(st.sampled_from([*_ENDS, " # c\n", "  #c\r\n"]))
    return "".join(lines).encode()


_ENDS = ("\n", "\r\n", "\r")


@pytest.mark.slow
@settings(max_examples=150)
@given(damaged())
def test_mending_fails_never_and_keeps_comments_and_ends_of_lines(content: bytes) -> None:
    examine(content)


@pytest.mark.parametrize(
    "text",
    [
        # The only comment of the pair that goes.
        "treatments:\n- aliases:\n  - a\n  - a  # why\n",
        # The comment is about what stands before it.
        "treatments:\n- {name: x, # of name\n  id: y}\n",
        "treatments:\n- {name: x,\n  id: y # of id\n  }\n",
        "treatments:\n- { # of name\n  name: x, id: y}\n",
    ],
)
def test_mending_leaves_alone_what_a_comment_belongs_to(text: str) -> None:
    assert mended(text.encode(), "x") == text.encode()


def test_mending_a_last_line_without_an_end_keeps_the_ends_of_all() -> None:
    assert mended(b"treatments:\r\n- name: x\r\n  id: y", "x") == b"treatments:\r\n- id: y\r\n  name: x"


@settings(max_examples=50)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_good_order(content: bytes) -> None:
    examine(content)


@pytest.mark.slow
@settings(max_examples=40)
@given(near_valid())
def test_what_was_made_whole_fits_the_model(content: bytes) -> None:
    try:
        value = parse_yaml(content, "x", problems=[])
    except CatalogueError:
        return
    fitting = Fitting(value, CatalogueFile)
    again = Fitting(fitting.whole, CatalogueFile)
    assert not again.misfits
    assert not again.replaced
    assert again.whole == fitting.whole
    if not fitting.misfits and not fitting.replaced:
        assert fitting.whole == value
    msgspec.convert(fitting.whole, CatalogueFile, dec_hook=decode_quantity)


# Limits and refusals: the same with both parsers, with their place.

REFUSED = {
    "an anchor": ("a: &x b", (1, 4), "anchor"),
    "an alias": ("a: *x", (1, 4), "alias"),
    "an alias as key": ("*x : b", (1, 1), "alias"),
    "a tag": ("a: !!python/object:os.system x", (1, 4), "tag"),
    "a tag on a list": ("a: !!set [b]", (1, 4), "tag"),
    "a merge key": ("a:\n  <<: {b: c}", (2, 3), "merge"),
    "a second document": ("a: b\n---\nc: d", (2, 1), "documents"),
    "a duplicate key": ("a: b\nc:\n  d: 1\n  d: 2", (4, 3), "duplicate-key"),
    "a key that is no text": ("a:\n  1: b", (2, 3), "key"),
    "a list as key": ("? [a]\n: b", (1, 3), "key"),
    "no mapping": ("- a", (1, 1), "type"),
    "nothing": ("", (1, 1), "empty"),
    "a comment only": ("# a\n# b\n", (1, 1), "empty"),
    "depth": (f"a: {'[' * MAX_DEPTH}{']' * MAX_DEPTH}", (1, 3 + MAX_DEPTH), "depth"),
    "a long text": (f"a:\n  '{'x' * (MAX_SCALAR + 1)}'", (2, 3), "size"),
    "a hexadecimal number": ("a: 0x1f", (1, 4), "number"),
    "a sexagesimal number": ("a: 1:30", (1, 4), "number"),
    "an octal number": ("a: 017", (1, 4), "number"),
    "a number of YAML 1.2": ("a: [b, 1e3]", (1, 8), "number"),
    "a number too large": ("a: 1.0e+999", (1, 4), "number"),
    "no number": ("a: .nan", (1, 4), "number"),
    "a date that is none": ("a: 2026-02-30", (1, 4), "date"),
    "a tab": ("a:\n  b:\tc", (2, 5), "characters"),
    "a zero byte": ("a: b\x00", (1, 5), "characters"),
    "an escaped control": ('a: "b\\x07"', (1, 4), "characters"),
}  # fmt: skip


@pytest.mark.parametrize("pure_python", [False, True])
@pytest.mark.parametrize("what", REFUSED)
def test_refused_with_its_place_by_both_parsers(what: str, pure_python: bool) -> None:
    text, place, check = REFUSED[what]
    with pytest.raises(CatalogueError) as caught:
        parse_yaml(text.encode(), "x", pure_python=pure_python)
    (problem,) = caught.value.problems
    assert ((problem.line, problem.column), problem.check) == (place, check)


@pytest.mark.parametrize("content", [b"a: \xff", "a: ä".encode("latin-1"), "a: b".encode("utf-16")])
def test_what_is_not_utf8_is_refused_with_its_place(content: bytes) -> None:
    with pytest.raises(CatalogueError, match="UTF-8"):
        parse_yaml(content, "x")


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hairtx.catalogue.reading.yaml.MAX_NODES", 1000)
    with pytest.raises(CatalogueError, match="more than 1000 values"):
        parse_yaml(b"a: [" + b"b," * 2000 + b"]", "x")


def test_a_file_of_nothing_but_tiny_values_is_refused_early() -> None:
    with pytest.raises(CatalogueError, match="values in a file of this size") as caught:
        parse_yaml(b"a: [" + b"b," * 1_000_000 + b"]", "x")
    assert caught.value.problems[0].column < 400_000


def test_thousands_of_faults_are_reported_without_end_or_delay() -> None:
    content = b"treatments:\n" + b"- {a: *x, b: !t 1, c: &a 0x1}\n" * 3000
    found = problems_in([(BASE, BASE_BYTES), (Path("x.yaml"), content)], (0, 1))
    assert found
    assert all(isinstance(one, Problem) for one in found)


@pytest.mark.parametrize("name", ["treatments", "sources", "vocabulary", "about"])
def test_both_parsers_read_the_built_in_catalogue_alike(name: str) -> None:
    content = (ROOT / "data" / f"{name}.yaml").read_bytes()
    if name in {"treatments", "sources"}:
        # The Python parser takes seconds for all of it.
        content = b"\n".join(content.split(b"\n")[:300]) + b"\n"
        content = content[: content.rindex(b"\n  - id:" if name == "treatments" else b"\n    read:")] + b"\n"
    c, python = Positions(), Positions()
    assert parse_yaml(content, name, positions=c) == parse_yaml(content, name, positions=python, pure_python=True)
    assert c == python
