"""Text that tries to be more than text, a catalogue with it in every field, and how to find out that it stayed text.

A format joins by adding a function to :data:`CHECKS`: it gets what was rendered from hostile text, the same rendered
from harmless text, and the hostile text, and asserts with a real parser of the format that both have one structure.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

import html5lib
import pyte
import yaml
from markdown_it import MarkdownIt
from msgspec import inspect as mi

from hairtx.catalogue.model import CatalogueFile, Treatment
from hairtx.catalogue.quantity import Quantity
from hairtx.catalogue.reading.misfits import described, unwrapped

#: Each tries to be something else in some format. All are text that a catalogue may hold.
HOSTILE: Final = (
    "[bold red]loud[/bold red] [link=https://evil.example]here[/link] :smile: [/]",
    "<script>alert(1)</script><img src=x onerror=alert(1)> &lt;b&gt; &amp; <!-- -->",
    "[click](javascript:alert(1)) ![x](data:text/html,x) <https://evil.example> [1]: https://evil.example",
    "https://evil.example www.evil.example evil@evil.example mailto:a@b.example @somebody #1 GH-1",
    "| a | b | `x` ``y`` **bold** __bold__ ~~gone~~ \\ \\| $x$ $$y$$ ^[note] :::",
    '=HYPERLINK("https://evil.example";"x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\uff1d1+1",
    " =1+1",
    "' =1",
    "# Heading",
    "- item",
    "1. item",
    "> quote",
    "---",
    "```",
    "    indented",
    "+++ === ***",
    "{{ 7*7 }} {% raw %} ${7*7} <%= 7 %>",
    "END:VEVENT\\nBEGIN:VALARM;X=1:2,3",
    "a\nb: c\n- d",
    "a\n\n# b\n\n| c |\n|---|",
    "a\n=1+1\n+2",
    "&copy; &#60;b&#62; %3Cb%3E \\x1b[31m \\u001b]0;x\\a",
    "null",
    "~",
    "!!python/object:os.system x",
    "' OR 1=1; --",
    "\"quoted\" 'quoted' ,comma;semicolon",
    "\u0301\u0301\u0301 \U0001f469\u200d\U0001f9b2 \u5b57\u5b57 \u00ad\u200b",
    "x" * 160,
)
HARMLESS: Final = "harmless"
_LINKS: Final = ("https://x.example/)[a](javascript:alert(1))", "http://x.example/&quot;onload=x;#=1&a=[b]*_c_")
_KEYS: Final = {
    "id": "hostile", "condition": "c", "outcome": "o", "pathway": "p", "factor": "f", "with": "prp", "sources": "s",
    "claimed_by": "s", "includes": "f", "factors": "f", "kind": "q",
}  # fmt: skip

_TABLES: Final = {
    "sources": "s",
    "conditions": "c",
    "factors": "f",
    "families": "a",
    "claim_kinds": "q",
    "known_names": "k",
    "pathways": "p",
    "outcomes": "o",
}


def hostile_catalogue(text: str) -> bytes:
    """A catalogue, as JSON, with ``text`` in every field of every record that holds text."""
    treatment = _filled(described(Treatment), "", text)
    # Names lead to one entry only, so aliases that say the same are left out.
    value = _filled(described(CatalogueFile), "", text)
    value["treatments"] = [treatment]
    for table, key in _TABLES.items():
        (value[table][key],) = value.pop(f"{table} filled")
        value[table].pop("placeholder", None)
    link = _LINKS[len(text) % 2] if text != HARMLESS else "https://x.example/"
    value["sources"]["s"] |= {"url": link, "doi": None, "pmid": None}
    return json.dumps(value, ensure_ascii=False).replace('"2026-11-21"', "2026-11-21").encode()


def _filled(kind: mi.Type, name: str, text: str) -> Any:  # noqa: C901, PLR0912  # one case a kind of type
    match unwrapped(kind):
        case mi.UnionType(types=types):
            return _filled(next(one for one in types if not isinstance(one, mi.NoneType)), name, text)
        case mi.StructType(fields=fields, cls=cls):
            record: dict[str, Any] = {}
            for one in fields:
                inner = unwrapped(one.type)
                if isinstance(inner, mi.DictType):
                    record[one.encode_name] = {}
                    record[f"{one.encode_name} filled"] = [_filled(inner.value_type, one.encode_name, text)]
                elif cls is not CatalogueFile or one.encode_name == "about":
                    record[one.encode_name] = _filled(one.type, one.encode_name, text)
            return record
        case mi.VarTupleType(item_type=item):
            return [] if name in {"includes", "families", "treatments"} else [_filled(item, name, text)]
        case mi.TupleType(item_types=items):
            return [number - 1.0 for number, _ in enumerate(items)]
        case mi.CustomType(cls=cls) if issubclass(cls, Quantity):
            return cls.example
        case mi.LiteralType(values=values):
            return values[-1]
        case mi.StrType(pattern=pattern, max_length=longest):
            if name in _KEYS:
                return _KEYS[name]
            return text[:longest].strip() or "x" if pattern == r"\S" else _exact(name, text)
        case mi.DateType():
            return "2026-11-21"
        case mi.BoolType():
            return True
        case mi.IntType() as number:
            return max(number.ge or 0, 1)
    return 0.0


def _exact(name: str, text: str) -> str | None:
    return {"currency": "USD", "edition": text[:20].strip() or "x"}.get(name)


# One check a format.


def check_markdown(rendered: str, harmless: str, hostile: str) -> None:
    assert _markdown_shape(rendered) == _markdown_shape(harmless)
    told = "\n".join(text for kind, text in _markdown_tokens(rendered) if kind in {"text", "inline"})
    assert " ".join(hostile.split()) in " ".join(told.split())


_MARKDOWN = MarkdownIt("gfm-like", {"html": True})


def _markdown_tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for token in _MARKDOWN.parse(text):
        if token.children is None:
            found.append((token.type, token.content))
            continue
        words = "".join(
            child.content if child.type in {"text", "text_special", "code_inline"} else "" for child in token.children
        )
        found.append(("inline", words))
        for child in token.children:
            if child.type == "link_open":
                address = str(child.attrGet("href"))
                assert address.startswith(("https://", "http://")), address
            if child.type not in {"text", "text_special", "softbreak"}:
                found.append((child.type, child.content if child.type != "text" else ""))
    return found


@lru_cache(maxsize=8)  # what is harmless is compared with again and again
def _markdown_shape(text: str) -> list[str]:
    return [f"{kind} {content if kind == 'html_inline' else ''}" for kind, content in _markdown_tokens(text)]


def check_csv(rendered: str, harmless: str, hostile: str) -> None:
    rows = _cells(rendered, ",")
    assert [len(row) for row in rows] == [len(row) for row in _cells(harmless, ",")]
    assert any(" ".join(hostile.split()) in " ".join(cell.split()) for row in rows for cell in row)
    _no_formulas(rows)


def check_tsv(rendered: str, harmless: str, hostile: str) -> None:
    rows = [line.split("\t") for line in rendered.rstrip("\n").split("\n")]
    assert [len(row) for row in rows] == [line.count("\t") + 1 for line in harmless.rstrip("\n").split("\n")]
    assert any(hostile.split(maxsplit=1)[0] in cell for row in rows for cell in row)
    _no_formulas(rows)


def _cells(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def _no_formulas(rows: list[list[str]]) -> None:
    starts = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(starts)]


def check_json(rendered: str, harmless: str, hostile: str) -> None:
    _same_tree(json.loads(rendered), json.loads(harmless), hostile)


def check_yaml(rendered: str, harmless: str, hostile: str) -> None:
    _same_tree(_yaml(rendered), _yaml(harmless), hostile)


@lru_cache(maxsize=8)
def _yaml(text: str) -> Any:
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _same_tree(told: Any, harmless: Any, hostile: str) -> None:
    texts: list[str] = []

    def walk(one: Any, other: Any) -> None:
        assert type(one) is type(other)
        if isinstance(one, dict):
            assert list(one) == list(other)
            for key in one:
                walk(one[key], other[key])
        elif isinstance(one, list):
            assert len(one) == len(other)
            for item, counterpart in zip(one, other, strict=True):
                walk(item, counterpart)
        elif isinstance(one, str):
            texts.append(one)

    walk(told, harmless)
    assert any(hostile.strip() in text for text in texts)


def check_html(rendered: str, harmless: str, hostile: str) -> None:
    tree = _html(rendered)
    assert [(one.tag, sorted(one.attrib)) for one in tree.iter()] == [
        (one.tag, sorted(one.attrib)) for one in _html(harmless).iter()
    ]
    links = [str(one.get("href")) for one in tree.iter("a")]
    assert all(one.startswith(("#", "http://", "https://")) for one in links)
    assert " ".join(hostile.split()) in " ".join("".join(tree.itertext()).split())


@lru_cache(maxsize=8)
def _html(text: str) -> Any:
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def check_table(rendered: str, _harmless: str, hostile: str) -> None:
    assert all(character == "\n" or character.isprintable() or character in _INVISIBLE for character in rendered)
    width = 2 * max(map(len, rendered.splitlines())) + 10
    screen = pyte.Screen(width, rendered.count("\n") + 1)
    pyte.Stream(screen).feed(rendered.replace("\n", "\r\n"))
    assert screen.title == ""
    plain = [line for line in rendered.split("\n") if line.isascii()]
    # An accent at the start of a line goes onto what stands before it, as on any terminal.
    shown = {"".join(one for one in line if not unicodedata.combining(one)).rstrip() for line in screen.display}
    assert {line.rstrip() for line in plain} <= shown
    styled = {one.fg for row in screen.buffer.values() for one in row.values()}
    assert styled <= {"default"}
    assert hostile.split(maxsplit=1)[0][:8] in rendered.replace("\n", "")


#: Shown as nothing, and harmless: joiners, variation, soft hyphen.
_INVISIBLE: Final = frozenset("\u200d\u200b\u00ad\u200c\ufe0f")

CHECKS: Final[dict[str, Callable[[str, str, str], None]]] = {
    "table": check_table,
    "markdown": check_markdown,
    "html": check_html,
    "csv": check_csv,
    "tsv": check_tsv,
    "json": check_json,
    "yaml": check_yaml,
}
