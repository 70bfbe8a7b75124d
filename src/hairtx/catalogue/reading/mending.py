"""What has one right answer: the order of keys, repeated list items, missing quotes. Found here, and mended here.

Mending changes the text only where it must. Everything else stays byte for byte, comments among it; that is why this
works on the text, by the positions of the parser, and does not write the document anew from its values (a round trip
through ruamel.yaml re-indents or re-folds most lines of our own treatments.yaml).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

import yaml
from msgspec import Struct
from msgspec import inspect as mi

from hairtx.catalogue.model import CatalogueFile, Treatment
from hairtx.catalogue.reading.extending import EXTENDS
from hairtx.catalogue.reading.misfits import Misfit, described, fits, inner, unwrapped
from hairtx.catalogue.reading.yaml import CUT_TEXT, KEY, UNREADABLE, looks_like_number, parse_yaml
from hairtx.errors import CatalogueError, Problem

__all__ = ["mended", "untidy"]

_TEXT_TAG: Final = "tag:yaml.org,2002:str"
_NULL_TAG: Final = "tag:yaml.org,2002:null"
#: What may be wrong with a file that is mended; anything else is for a person to put right first.
_MENDED_AROUND: Final = frozenset({"number", "date", "duplicate-key", "cut-text"})
_LINE_BREAK: Final = re.compile(r"\r\n|\r|\n")
_LINE_END: Final = re.compile(r"[\r\n]|\Z")
_COMMENT: Final = re.compile(r"#[^\r\n]*")
_KEYS_IN_LINE: Final = re.compile(r"([\w-]+)[\"']?\s*:")
_BLOCK_STYLES: Final = frozenset("|>")
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: What has an order or a length; most values are no such thing, and are passed over before anything else is done.
_NESTED: Final = (dict, list)
#: Each pass mends what does not overlap; nested faults need one pass a level.
_MAX_PASSES: Final = 30


def untidy(value: Any) -> Iterator[Misfit]:
    """Everything in a document that can be mended but does no harm, in the order of the document."""
    if isinstance(value, _NESTED):
        yield from _untidy(value, described(CatalogueFile), ())


def _untidy(value: dict[str, Any] | list[Any], kind: mi.Type, path: tuple[Any, ...]) -> Iterator[Misfit]:
    if isinstance(kind, mi.StructType) and isinstance(value, dict):
        yield from _untidy_record(value, kind, path)
    elif isinstance(kind, mi.DictType) and isinstance(value, dict):
        held = _inner(kind.value_type)
        for name, item in value.items():
            if isinstance(item, _NESTED):
                yield from _untidy(item, held, (*path, name))
    elif isinstance(kind, mi.VarTupleType) and isinstance(value, list):
        for place in _repeated([item if isinstance(item, str) else None for item in value]):
            message = f"{str(value[place])[:60]!r} stands in this list twice; delete one, or use '--fix'"
            yield (*path, place), "duplicate-item", message
        held = _inner(kind.item_type)
        for place, item in enumerate(value):
            if isinstance(item, _NESTED):
                yield from _untidy(item, held, (*path, place))


def _untidy_record(value: dict[str, Any], kind: mi.StructType, path: tuple[Any, ...]) -> Iterator[Misfit]:
    known, kinds = _fields(kind)
    written = [known[name] for name in value if name in known]
    wanted = sorted(written)
    if written != wanted:
        is_, ought = next((is_, ought) for is_, ought in zip(written, wanted, strict=True) if is_ != ought)
        names = list(known)
        message = f"write {names[ought]!r} before {names[is_]!r}; '--fix' sorts"
        yield (*path, names[is_], KEY), "key-order", message
    for name, item in value.items():
        if isinstance(item, _NESTED) and name in kinds:
            yield from _untidy(item, kinds[name], (*path, name))


def _fields(kind: mi.StructType) -> tuple[dict[str, int], dict[str, mi.Type]]:
    """The place of each key of a record, and what is written behind it."""
    if kind.cls not in _FIELDS:
        _FIELDS[kind.cls] = (
            {name: place for place, name in enumerate(_order(kind))},
            {one.encode_name: _inner(one.type) for one in kind.fields},
        )
    return _FIELDS[kind.cls]


_FIELDS: Final[dict[type, tuple[dict[str, int], dict[str, mi.Type]]]] = {}


def _inner(kind: mi.Type) -> mi.Type:
    """What is written there, where something is."""
    kind = unwrapped(kind)
    return unwrapped(inner(kind)) if isinstance(kind, mi.UnionType) else kind


def _order(kind: mi.StructType) -> list[str]:
    names = [one.encode_name for one in kind.fields]
    return [EXTENDS, *names] if kind.cls is Treatment else names


def _repeated(texts: Sequence[str | None]) -> list[int]:
    first: dict[str, int] = {}
    return [place for place, text in enumerate(texts) if text is not None and first.setdefault(text, place) != place]


def mended(content: bytes, name: str) -> bytes:
    """The file with everything mended that has one right answer; the same bytes if there is nothing.

    Values, comments and the ends of lines are held against those before, and whatever would change one of them beyond
    quotes, order and repetition is left for a person to mend.

    Raises:
        CatalogueError: the file cannot be read far enough to mend it.
    """
    problems: list[Problem] = []
    before = parse_yaml(content, name, problems=problems)
    if any(one.check not in _MENDED_AROUND for one in problems):
        return content
    mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
    text = content.decode("utf-8-sig")
    kept = _Kept(before, text)
    for _ in range(_MAX_PASSES):
        edits = set(_Mender(text).edits())
        while edits:
            chosen = _apart(edits)
            allowed = _allowed(text, chosen, kept)
            if allowed == chosen:
                break
            # What lies inside an edit that must not be made may well be made by itself.
            edits -= set(chosen) - set(allowed)
        if not edits:
            break
        text = _applied(text, chosen)
    written = mark + text.encode()
    # What was cut off and is text now may stand in its list twice.
    return written if written == content else mended(written, name)


class _Edit(Struct, frozen=True, order=True):
    start: int
    end: int
    text: str


def _apart(edits: Iterable[_Edit]) -> list[_Edit]:
    """Those of the edits that do not overlap, the outermost first."""
    chosen: list[_Edit] = []
    for edit in sorted(edits, key=lambda one: (one.start, -one.end)):
        if not chosen or edit.start >= chosen[-1].end:
            chosen.append(edit)
    return chosen


def _allowed(text: str, edits: list[_Edit], kept: _Kept) -> list[_Edit]:
    """The edits that together keep what must be kept; a bad one is found by halving."""
    if not edits or kept.holds(_applied(text, edits)):
        return edits
    if len(edits) == 1:
        return []
    half = len(edits) // 2
    first, second = (_allowed(text, some, kept) for some in (edits[:half], edits[half:]))
    return [*first, *second] if kept.holds(_applied(text, [*first, *second])) else first


def _applied(text: str, edits: Iterable[_Edit]) -> str:
    parts: list[str] = []
    done = 0
    for edit in edits:
        parts += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join([*parts, text[done:]])


class _Kept:
    """What no edit may change: what the file says, its comments and what they stand behind, the ends of its lines."""

    def __init__(self, value: Any, text: str) -> None:
        self._value = value
        self._comments = _comments(text)
        self._ends = Counter(_LINE_BREAK.findall(text))

    def holds(self, text: str) -> bool:
        if Counter(_LINE_BREAK.findall(text)) - self._ends:
            return False
        try:
            value = parse_yaml(text.encode(), "", problems=[])
            return _same(self._value, value) and _comments(text) == self._comments
        except (CatalogueError, yaml.YAMLError):
            return False


def _comments(text: str) -> Counter[tuple[str, tuple[str, ...]]]:
    """Every comment, and the keys that stand before it in its line."""
    found: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for start, end in _between_tokens(text):
        for match in _COMMENT.finditer(text, start, end):
            line = max(text.rfind("\n", 0, match.start()), text.rfind("\r", 0, match.start())) + 1
            keys = _KEYS_IN_LINE.findall(text, line, match.start())
            found[match[0].rstrip(), tuple(sorted(keys))] += 1
    return found


def _between_tokens(text: str) -> Iterator[tuple[int, int]]:
    """Where there is nothing but spaces and comments; the end of an unquoted text that was cut off is none."""
    done = 0
    for token in yaml.scan(text, Loader=_LOADER):
        start, end = int(token.start_mark.index), int(token.end_mark.index)
        yield done, start
        done = max(done, end)
        if isinstance(token, yaml.ScalarToken):
            if token.style in _BLOCK_STYLES:
                # Its first line may hold a comment.
                yield start, min(_LINE_END.search(text, start).start(), end)  # type: ignore[union-attr]  # \\Z always fits
            elif token.plain and (cut := CUT_TEXT.match(text, end)):
                done = cut.end()
    yield done, len(text)


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, dict):
        return (
            isinstance(after, dict)
            and before.keys() == after.keys()
            and all(_same(item, after[name]) for name, item in before.items())
        )
    if isinstance(before, list):
        if not isinstance(after, list):
            return False
        if len(after) != len(before):
            texts = [item if isinstance(item, str) else None for item in before]
            dropped = set(_repeated(texts))
            before = [item for place, item in enumerate(before) if place not in dropped]
        return len(after) == len(before) and all(map(_same, before, after))
    return before is UNREADABLE or before == after or (isinstance(after, str) and not isinstance(before, str))


def _ended(line: str) -> str:
    """How a line ends."""
    return line[len(line.rstrip("\r\n")) :][-2:] if line.endswith("\r\n") else line[-1:]


class _Mender:
    """Finds the edits of one pass."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in _LINE_BREAK.finditer(text))]
        self._edits: list[_Edit] = []
        self._flow_depth = 0

    def edits(self) -> list[_Edit]:
        """Everything that could be done at once; some may lie inside others."""
        self._visit(yaml.compose(self._text, Loader=_LOADER), described(CatalogueFile))
        return self._edits

    @staticmethod
    def _at(mark: Any) -> int:
        return int(mark.index)

    def _visit(self, node: Any, kind: mi.Type) -> None:
        in_flow = bool(getattr(node, "flow_style", False))
        self._flow_depth += in_flow
        self._visit_inside(node, _inner(kind))
        self._flow_depth -= in_flow

    def _visit_inside(self, node: Any, kind: mi.Type) -> None:
        match node, kind:
            case yaml.MappingNode(), mi.StructType():
                self._sort(node, _order(kind))
                kinds = {one.encode_name: one.type for one in kind.fields}
                for key, value in node.value:
                    if isinstance(key, yaml.ScalarNode) and key.value in kinds:
                        self._visit(value, kinds[key.value])
            case yaml.MappingNode(), mi.DictType():
                for _, value in node.value:
                    self._visit(value, kind.value_type)
            case yaml.SequenceNode(), mi.VarTupleType():
                self._drop_repeated(node)
                for item in node.value:
                    self._visit(item, kind.item_type)
            case yaml.ScalarNode(), mi.StrType():
                self._quote(node, kind)

    def _quote(self, node: Any, kind: mi.StrType) -> None:
        start, end = self._at(node.start_mark), self._at(node.end_mark)
        if node.style or node.tag == _NULL_TAG:
            return
        cut = CUT_TEXT.match(self._text, end)
        if cut is not None:
            # Within brackets, what closes them may have been cut off with the text; behind a key it may be a comment.
            if self._flow_depth or not fits(node.value + cut[0], kind):
                return
            end = cut.end()
        elif not fits(node.value, kind) or (node.tag == _TEXT_TAG and not looks_like_number(node.value)):
            return
        written = self._text[start:end].replace("'", "''")
        self._edits.append(_Edit(start, end, f"'{written}'"))

    def _drop_repeated(self, node: Any) -> None:
        texts = [item.value if self._is_whole_text(item) else None for item in node.value]
        for place in _repeated(texts):
            item, previous = node.value[place], node.value[place - 1]
            if node.flow_style:
                start, end = self._at(previous.end_mark), self._at(item.end_mark)
                # What a comment between them belongs to is for a person to say.
                if "#" not in self._text[start : self._at(item.start_mark)]:
                    self._edits.append(_Edit(start, end, ""))
            elif self._lead(item.start_mark.line, item.start_mark.column).strip() == "-":
                start, end = self._line(item.start_mark.line), self._line(self._last_line(item) + 1)
                self._edits.append(_Edit(start, end, ""))

    def _is_whole_text(self, node: Any) -> bool:
        is_text = isinstance(node, yaml.ScalarNode) and node.tag == _TEXT_TAG
        return is_text and (bool(node.style) or not CUT_TEXT.match(self._text, self._at(node.end_mark)))

    def _sort(self, node: Any, known: Sequence[str]) -> None:
        names = [key.value if isinstance(key, yaml.ScalarNode) else "" for key, _ in node.value]
        # A misspelt key has no place yet: the order is settled once it is right.
        if not set(names) <= set(known) or len(set(names)) != len(names):
            return
        order = sorted(range(len(names)), key=lambda place: known.index(names[place]))
        if order == list(range(len(names))):
            return
        if node.flow_style and self._holds_comment(node):
            return  # which key it is about is for a person to say
        edit = self._sorted_flow(node, order) if node.flow_style else self._sorted_block(node, order)
        if edit is not None:
            self._edits.append(edit)

    def _holds_comment(self, node: Any) -> bool:
        """Whether there is a comment between the items of a mapping; those within an item go with it."""
        ends = [self._at(node.start_mark), *(self._at(value.end_mark) for _, value in node.value)]
        starts = [*(self._at(key.start_mark) for key, _ in node.value), self._at(node.end_mark)]
        return any("#" in self._text[end:start] for end, start in zip(ends, starts, strict=True))

    def _sorted_flow(self, node: Any, order: Sequence[int]) -> _Edit:
        spans = [(self._at(key.start_mark), self._at(value.end_mark)) for key, value in node.value]
        between = [self._text[one[1] : following[0]] for one, following in pairwise(spans)]
        pairs = [self._text[slice(*spans[place])] for place in order]
        text = "".join(part for pair in zip(pairs, [*between, ""], strict=True) for part in pair)
        return _Edit(spans[0][0], spans[-1][1], text)

    def _sorted_block(self, node: Any, order: Sequence[int]) -> _Edit | None:
        column = node.value[0][0].start_mark.column
        firsts = [key.start_mark.line for key, _ in node.value]
        lasts = [self._last_line(value) for _, value in node.value]
        for place in range(1, len(firsts)):
            # Comments right above a key go with it.
            while firsts[place] - 1 > lasts[place - 1] and self._is_comment(firsts[place] - 1):
                firsts[place] -= 1
        while (
            column
            and firsts[0]
            and not self._lead(firsts[0], column).strip()
            and self._is_comment(firsts[0] - 1, column)
        ):
            firsts[0] -= 1
        lead = self._lead(firsts[0], column)
        ends = [*firsts[1:], lasts[-1] + 1]
        chunks = [self._text[self._line(first) : self._line(end)] for first, end in zip(firsts, ends, strict=True)]
        unended = not chunks[-1].endswith(("\n", "\r"))
        if unended:
            # The last line of the file takes over the end of the line before it, which becomes the last.
            chunks[-1] += _ended(chunks[-2])
        chunks[0] = chunks[0][column:]
        if lead.strip():
            if self._is_comment(firsts[order[0]]):
                return None  # a comment would come to stand behind the dash
            chunks[order[0]] = chunks[order[0]].removeprefix(" " * column) if order[0] else chunks[0]
        elif order[0]:
            chunks[order[0]] = chunks[order[0]].removeprefix(" " * column)
        if order[0]:
            chunks[0] = " " * column + chunks[0]
        text = "".join(chunks[place] for place in order)
        if unended:
            text = text.removesuffix(_ended(text))
        return _Edit(self._line(firsts[0]) + column, self._line(ends[-1]), text)

    def _line(self, line: int) -> int:
        return self._starts[line] if line < len(self._starts) else len(self._text)

    def _lead(self, line: int, column: int) -> str:
        return self._text[self._line(line) : self._line(line) + column]

    def _is_comment(self, line: int, column: int | None = None) -> bool:
        written = self._text[self._line(line) : self._line(line + 1)]
        return written.lstrip(" ").startswith("#") and (column is None or written.index("#") == column)

    def _last_line(self, node: Any) -> int:
        """The last line that belongs to a value, without blank lines and comments behind it."""
        if isinstance(node, yaml.ScalarNode):
            line = int(node.end_mark.line)
            if node.style in {"|", ">"}:
                line -= 1
                while line > node.start_mark.line and not self._text[self._line(line) : self._line(line + 1)].strip():
                    line -= 1
            return line
        if node.flow_style or not node.value:
            return int(node.end_mark.line)
        last = node.value[-1]
        return self._last_line(last[1] if isinstance(last, tuple) else last)
