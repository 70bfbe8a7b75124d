"""YAML text to plain values: bounded, with positions, and without the parts of YAML that surprise people.

Refused with their position: anchors and aliases, tags, merge keys, several documents, duplicate keys, keys that
are not text, control characters and bidirectional overrides. One pass over PyYAML's parser events does the checks
and builds the values, so nothing is built before it is known to be small enough.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import math
import re
from collections.abc import Callable, Iterable
from enum import Enum
from itertools import islice
from typing import Any, Final

import yaml
from msgspec import Struct
from yaml import events as ev

from hairtx.errors import CatalogueError, Problem

__all__ = ["CUT_TEXT", "KEY", "UNREADABLE", "Positions", "looks_like_number", "parse_yaml"]


class _Step(Enum):
    KEY = "key"


#: Marks the position of a key rather than of its value; the same one in every process.
KEY: Final = _Step.KEY
#: By key or list index: where the key is, where the value is, and the same of what is inside it. A position is one
#: number, and nothing repeats the path to it: of a big file there are millions.
_Marks = dict[str | int, tuple[int, int, "_Marks | None"]]
_WIDEST: Final = 2**28


class Positions(Struct):
    """Line and column (from 1) of every key and value of a document."""

    top: int = _WIDEST + 1
    within: _Marks = {}

    def of(self, path: Iterable[Any]) -> tuple[int, int]:
        """The place of the value at ``path``, or of its nearest ancestor that is written; of a key behind ``KEY``."""
        of_key, place, within = self.top, self.top, self.within
        for step in path:
            if step is KEY:
                place = of_key
                break
            if not within or step not in within:
                break
            of_key, place, inside = within[step]
            within = inside or {}
        return divmod(place, _WIDEST)


#: Stands for a value that was refused, where reading went on to find what else is wrong.
UNREADABLE: Final = object()

MAX_DEPTH: Final = 24
MAX_NODES: Final = 8_000_000
#: A value of a real catalogue takes some 30 bytes. A file of nothing but tiny ones is not one, and would take many
#: times its size in memory; small files may be as dense as they like.
_FEWEST_BYTES: Final = 12
_SMALL: Final = 50_000
MAX_SCALAR: Final = 100_000
#: As long as this a text may well be a word that stands in many places.
_WORD: Final = 24
#: How many things of one kind are told of one file before the rest is left for the next run.
MAX_PROBLEMS: Final = 200

_Parser: Any = getattr(yaml, "CSafeLoader", None)
_RESOLVERS: Final = yaml.SafeLoader.yaml_implicit_resolvers

# Control characters other than line breaks (tabs among them: PyYAML's C parser takes them where its Python one does
# not), C1 controls, line and paragraph separators, bidirectional marks, overrides and isolates, the byte order mark
# inside text, and halves of surrogate pairs.
_FORBIDDEN = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_PLAIN_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_PLAIN_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]+)?")
# What YAML 1.2 and JSON take for a number and YAML 1.1 does not.
_LATER_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+|0o[0-7]+")
_NUMBER_STARTS = frozenset("+-.0123456789")
#: The field whose numbers stay as they are written.
_AS_WRITTEN: Final = "amount"
_DIGITS: Final = re.compile(r"[0-9]{1,3}(?![0-9])")
_BEFORE_COMMA: Final = re.compile(r"(?<![0-9])([0-9]{1,3}),\Z")
_LONGEST_START: Final = 5
#: What YAML takes for a comment and nobody writes as one: ``Trial #3``.
CUT_TEXT: Final = re.compile(r" +#[^\W_][^\r\n]*?(?= +#(?:\s|\Z)| *(?:[\r\n]|\Z))")
_CUT_WHOLE: Final = re.compile(r" *:" + CUT_TEXT.pattern)
_CUT_MESSAGE: Final = "what begins with ' #' is lost; put quotes around all of it, or a space behind the # of a comment"
_TIGHT_HASH: Final = re.compile(r"#[^\W_]")
_TIGHT_COMMENT = re.compile(r"[|>][-+0-9]*#")
_BLOCK_STYLES = frozenset("|>")
#: What no unquoted text may begin with and nothing else can begin with either.
_NO_START = frozenset("@`%")
_EMPTY = "the file is empty; it needs a mapping such as 'treatments:'"
_TIGHT_COLON = re.compile(r"\s*:[,?\[\]{}]")
_TRUE = frozenset({"yes", "true", "on"})


def parse_yaml(
    content: bytes,
    file: str,
    *,
    positions: Positions | None = None,
    problems: list[Problem] | None = None,
    pure_python: bool = False,
) -> dict[str, Any]:
    """Read one YAML document whose top is a mapping.

    Args:
        content: the bytes of the file, UTF-8 with or without a byte order mark.
        file: the name used in messages.
        positions: filled with the position of every key and value, if given.
        problems: filled with whatever is refused but can be passed over, if given; such a value becomes
            :data:`UNREADABLE`. Without it, the first such thing ends the reading.
        pure_python: use PyYAML's own parser even where its C parser is available.

    Raises:
        CatalogueError: with one problem, the first one that cannot be passed over.
    """
    text = _decoded(content, file, problems)
    is_python = pure_python or _Parser is None

    def built(text: str, positions: Positions | None, problems: list[Problem] | None) -> dict[str, Any]:
        parser = yaml.SafeLoader(text) if is_python else _Parser(text)
        builder = _Builder(parser, file, positions, problems, size=len(content), text=text, is_python=is_python)
        try:
            return builder.build()
        finally:
            parser.dispose()

    try:
        return built(text, positions, problems)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if mark is None:
            raise _refusal(file, 1, 1, "yaml", f"this is not valid YAML: {_plainly(error, '')}") from None
        # The parser looks ahead, and may stop for a limit of its own before we were told how deep it is.
        before = text[: _index(mark)]
        with contextlib.suppress(yaml.YAMLError):
            _refuse_depth(lambda: built(before, None, []))
        message = f"this is not valid YAML: {_plainly(error, text[len(before) : len(before) + 1])}"
        raise _refusal(file, mark.line + 1, mark.column + 1, "yaml", message) from None
    except yaml.YAMLError as error:
        raise _refusal(file, 1, 1, "yaml", f"this is not valid YAML: {str(error).splitlines()[0]}") from None


def _refuse_depth(build: Callable[[], Any]) -> None:
    try:
        build()
    except CatalogueError as error:
        if error.problems[0].check == "depth":
            raise error from None


def _refusal(file: str, line: int, column: int, check: str, message: str) -> CatalogueError:
    return CatalogueError([Problem(file, line, column, check, message)])


def _plainly(error: yaml.MarkedYAMLError, found: str) -> str:
    """What the parser says, and what to do about it by the character that it stumbled over."""
    problem = error.problem or "it cannot be read"
    if found == ":":
        return "a colon where none is expected; put quotes around text that contains ': '"
    if found in _NO_START:
        return f"{problem}; put quotes around text that begins with a special character"
    return f"{problem}; check indentation, quotes and brackets here and on the line before"


def _decoded(content: bytes, file: str, problems: list[Problem] | None) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise _refusal(file, line, column, "encoding", "the file is not UTF-8; save it as UTF-8") from None
    if not _FORBIDDEN.search(text):
        return text
    # A file indented with tabs has thousands of them, and one thing wrong.
    first_tab = text.find("\t")
    characters = (one for one in _FORBIDDEN.finditer(text) if one[0] != "\t" or one.start() == first_tab)
    for found in islice(characters, MAX_PROBLEMS):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - (text.rfind("\n", 0, found.start()) + 1) + 1
        problem = Problem(file, line, column, "characters", _forbidden_message(found[0]))
        if problems is None:
            raise CatalogueError([problem])
        problems.append(problem)
    # One character for one, so that the positions of everything else stay right.
    return _FORBIDDEN.sub("_", text.replace("\t", " "))


def _forbidden_message(character: str) -> str:
    if character == "\t":
        return "a tab stands here; write spaces instead, here and wherever else there is one"
    return f"the invisible or control character U+{ord(character):04X} is not allowed; delete it"


def _index(mark: Any) -> int:
    return int(mark.index)


def _place(event: Any) -> int:
    mark = event.start_mark
    place: int = (mark.line + 1) * _WIDEST + mark.column + 1
    return place


def looks_like_number(plain: str) -> bool:
    """Whether unquoted text is a number to other YAML readers, though not to ours: ``1e3``."""
    return plain[:1] in _NUMBER_STARTS and _LATER_NUMBER.fullmatch(plain) is not None


class _Builder:
    """Turns parser events into values, checking on the way."""

    def __init__(
        self,
        parser: Any,
        file: str,
        positions: Positions | None,
        problems: list[Problem] | None,
        *,
        size: int,
        text: str,
        is_python: bool,
    ) -> None:
        self._parser = parser
        self._file = file
        self._positions = positions
        self._problems = problems
        self._text = text
        self._is_python = is_python
        self._nodes = 0
        self._limit = min(MAX_NODES, max(_SMALL, size // _FEWEST_BYTES))
        self._flow_depth = 0
        self._texts: dict[str, str] = {}
        #: Words without quotes that were found to be right once, and so are everywhere: nine of ten keys.
        self._words: dict[str, str] = {}
        self._may_be_cut = _TIGHT_HASH.search(text) is not None

    def build(self) -> dict[str, Any]:
        next_event = self._parser.get_event
        next_event()  # stream start
        event = next_event()
        if isinstance(event, ev.StreamEndEvent):
            raise _refusal(self._file, 1, 1, "empty", _EMPTY)
        event = next_event()
        if isinstance(event, ev.ScalarEvent) and not (event.value or event.style or event.tag or event.anchor):
            # The parsers disagree on where nothing is.
            raise _refusal(self._file, 1, 1, "empty", _EMPTY)
        if not isinstance(event, ev.MappingStartEvent):
            raise self._refuse(event, "type", "expected a mapping at the top, such as 'treatments:'")
        if self._positions is not None:
            self._positions.top = _place(event)
        value = self._mapping(event, self._positions.within if self._positions is not None else None, 1)
        next_event()  # document end
        event = next_event()
        if not isinstance(event, ev.StreamEndEvent):
            raise self._refuse(event, "documents", "a second document starts here; keep one document in a file")
        return value

    def _refuse(self, event: Any, check: str, message: str) -> CatalogueError:
        mark = event.start_mark
        return _refusal(self._file, mark.line + 1, mark.column + 1, check, message)

    def _pass_over(self, event: Any, check: str, message: str) -> Any:
        """Note what is wrong and go on, where that is wanted; else end the reading here."""
        error = self._refuse(event, check, message)
        if self._problems is None or len(self._problems) >= MAX_PROBLEMS:
            raise error
        self._problems += error.problems
        return UNREADABLE

    def _check_collection(self, event: Any, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise self._refuse(event, "depth", f"nested more than {MAX_DEPTH} levels deep")
        if event.anchor is not None:
            self._pass_over(event, "anchor", f"anchors (&{event.anchor}) are not allowed; write the value out")
        if event.tag is not None:
            self._pass_over(event, "tag", "tags (!...) are not allowed; delete it, or put quotes around the text")

    def _value(self, event: Any, marks: _Marks | None, depth: int) -> Any:
        self._nodes += 1
        if self._nodes > self._limit:
            raise self._refuse(event, "size", f"more than {self._limit} values in a file of this size; split it")
        kind = type(event)
        if kind is ev.ScalarEvent:
            word = self._words.get(event.value) if not event.style else None
            return word if word is not None and event.anchor is event.tag is None else self._scalar(event)
        if kind is ev.MappingStartEvent:
            return self._mapping(event, marks, depth)
        if kind is ev.SequenceStartEvent:
            return self._sequence(event, marks, depth)
        return self._pass_over(event, "alias", f"aliases (*{event.anchor}) are not allowed; write the value out")

    def _mapping(self, event: Any, marks: _Marks | None, depth: int) -> dict[str, Any]:
        self._check_collection(event, depth)
        flow = bool(event.flow_style)
        self._flow_depth += flow
        is_checked = flow and self._is_python  # the colon behind every key is
        start = event
        result: dict[str, Any] = {}
        next_event = self._parser.get_event
        while True:
            event = next_event()
            if type(event) is ev.MappingEndEvent:
                self._flow_depth -= flow
                return result
            if type(event) is not ev.ScalarEvent:
                if type(event) is ev.AliasEvent:
                    raise self._refuse(event, "alias", f"aliases (*{event.anchor}) are not allowed; write it out")
                raise self._refuse(event, "key", "a key must be plain text")
            key = self._words.get(event.value) if not event.style else None
            if key is not None and key not in result and event.anchor is event.tag is None and not is_checked:
                result[key] = self._value_of(key, event, marks, depth + 1)
                continue
            key = self._scalar(event)
            if is_checked and not event.style and _TIGHT_COLON.match(self._text, _index(event.end_mark)):
                # So says the C parser, and what can be read must not depend on which one there is.
                raise self._refuse(event, "yaml", "put a space behind the colon")
            fault = (self._split_number(event) if flow else None) or self._fault_of_key(key, event, result)
            if fault:
                if key is not UNREADABLE:
                    # The parsers disagree on where a key is that is not there.
                    self._pass_over(event if event.value or event.style else start, *fault)
                self._skip(depth + 1)
                continue
            # Most texts of a big file are the same few keys and words: one of each is enough.
            key = self._texts.setdefault(key, key)
            result[key] = self._value_of(key, event, marks, depth + 1)

    def _value_of(self, key: str, written: Any, marks: _Marks | None, depth: int) -> Any:
        event = self._parser.get_event()
        inside: _Marks | None = None
        if marks is not None:
            inside = None if type(event) is ev.ScalarEvent else {}
            marks[key] = _place(written), _place(event), inside
        value = self._value(event, inside, depth)
        if value is None and self._may_be_cut and _CUT_WHOLE.match(self._text, _index(written.end_mark)):
            return self._pass_over(written, "cut-text", _CUT_MESSAGE)
        # A price says more than its number: 1.500 may be 1500, and 12.50 is no 12.5.
        return event.value if key == _AS_WRITTEN and type(value) is float else value

    def _split_number(self, event: Any) -> tuple[str, str] | None:
        """What is wrong with the key if it is the end of a number with a comma in it: ``{amount: 1,500}``."""
        digits = _DIGITS.match(event.value) if not event.style else None
        if digits is None:
            return None
        at = _index(event.start_mark)
        before = _BEFORE_COMMA.search(self._text, max(0, at - _LONGEST_START), at)
        if before is None:
            return None
        number = before[1] + ("" if len(digits[0]) == len("000") else ".") + digits[0]
        return "number", f"a comma ends a value inside {{ }}; write the number without it, such as {number}"

    @staticmethod
    def _fault_of_key(key: Any, event: Any, result: dict[str, Any]) -> tuple[str, str] | None:
        if key == "<<" and not event.style:
            return "merge", "merge keys (<<) are not allowed; write the fields out"
        if type(key) is not str:
            return "key", f"the key {event.value[:60]!r} is not text; put quotes around it"
        if key in result:
            return "duplicate-key", f"the key {key[:60]!r} stands here a second time; keep one"
        return None

    def _skip(self, depth: int) -> None:
        """Read a value that belongs to no key, for what is wrong in it."""
        self._value(self._parser.get_event(), None, depth)

    def _sequence(self, event: Any, marks: _Marks | None, depth: int) -> list[Any]:
        self._check_collection(event, depth)
        flow = bool(event.flow_style)
        self._flow_depth += flow
        result: list[Any] = []
        next_event = self._parser.get_event
        while True:
            event = next_event()
            if type(event) is ev.SequenceEndEvent:
                self._flow_depth -= flow
                return result
            inside: _Marks | None = None
            if marks is not None:
                inside = None if type(event) is ev.ScalarEvent else {}
                marks[len(result)] = 0, _place(event), inside
            result.append(self._value(event, inside, depth + 1))

    def _scalar(self, event: Any) -> Any:
        if event.anchor is not None:
            self._pass_over(event, "anchor", f"anchors (&{event.anchor}) are not allowed; write the value out")
        if event.tag is not None:
            self._pass_over(event, "tag", "tags (!...) are not allowed; delete it, or put quotes around the text")
        value: str = event.value
        if len(value) > MAX_SCALAR:
            raise self._refuse(event, "size", f"a text longer than {MAX_SCALAR} characters; shorten it")
        style = event.style
        if style == '"':
            # Only double quotes can write a character that the file itself does not hold.
            found = _FORBIDDEN.search(value)
            if found:
                return self._pass_over(event, "characters", _forbidden_message(found[0]))
            return value
        if style or self._flow_depth:
            self._refuse_what_one_parser_takes(event, value)
        return self._meant(event, value)

    def _meant(self, event: Any, value: str) -> Any:
        """What unquoted text stands for; a block of text stands for itself."""
        # The C parser says "" or None for plain text, depending on version.
        if event.style or not event.implicit[0]:
            return value
        for tag, pattern in _RESOLVERS.get(value[:1], ()):
            if pattern.match(value):
                return self._resolved(event, tag.rsplit(":", 1)[1], value)
        if value[:1] in _NUMBER_STARTS and looks_like_number(value):
            return self._resolved(event, "float", value)
        if self._may_be_cut and CUT_TEXT.match(self._text, _index(event.end_mark)):
            return self._pass_over(event, "cut-text", _CUT_MESSAGE)
        if len(value) > _WORD:
            return value
        value = self._texts.setdefault(value, value)
        if not self._may_be_cut and value.replace("-", "_").isidentifier():
            self._words[value] = value
        return value

    def _refuse_what_one_parser_takes(self, event: Any, value: str) -> None:
        """What a file means, and whether it can be read, must not depend on which parser there is."""
        if event.style in _BLOCK_STYLES:
            if _TIGHT_COMMENT.match(self._text, _index(event.start_mark)):
                raise self._refuse(event, "yaml", "put a space before the comment")
        elif self._flow_depth and "?" in value and not event.style:
            self._pass_over(event, "quotes", "put quotes around text with a question mark inside [ ] or { }")

    def _resolved(self, event: Any, kind: str, value: str) -> Any:
        if kind == "null":
            return None
        if kind == "bool":
            return value.lower() in _TRUE
        if kind == "int" and _PLAIN_INT.fullmatch(value) and len(value) <= 18:
            return int(value)
        if kind == "float" and _PLAIN_FLOAT.fullmatch(value) and len(value) <= 40 and math.isfinite(float(value)):
            return float(value)
        if kind == "timestamp":
            try:
                return dt.date.fromisoformat(value)
            except ValueError:
                return self._pass_over(
                    event, "date", f"{value[:60]!r} is not a date of the calendar; write it as 2026-11-21 or quote it"
                )
        if kind in {"int", "float"}:
            return self._pass_over(
                event,
                "number",
                f"write the number {value[:60]!r} in plain digits, or put quotes around it if it is text",
            )
        return value
