"""Rules that span records: one function a check, registered by name.

A check looks at all files of a catalogue together and says where it finds something wrong. Those registered with
``at_load=True`` must hold before a catalogue can be used at all; the others are what a careful editor would ask of
an entry, and run in ``validate`` and ``make test``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import Any, Final, Literal, get_args

from msgspec import Struct, structs, to_builtins

from hairtx.catalogue import model
from hairtx.catalogue.model import RESERVED, TABLES, singular
from hairtx.catalogue.names import Suggestions, folded, named
from hairtx.catalogue.reading.hints import source_shape
from hairtx.catalogue.reading.yaml import KEY
from hairtx.catalogue.starter import example_entry

__all__ = ["CHECKS", "Check", "Finding", "Parts", "check"]


class Finding(Struct, frozen=True):
    """Something wrong at ``path`` in the file with that index."""

    file: int
    path: tuple[Any, ...]
    message: str


class Parts:
    """The files of one catalogue, and their tables merged.

    ``layers`` says for each file which layer it belongs to; without it, all belong to one. An entry of a higher layer
    stands in the place of the one with its id or key in a lower layer, which is then passed over everywhere here.
    """

    sources: Mapping[str, model.Source]
    conditions: Mapping[str, model.Condition]
    factors: Mapping[str, model.Factor]
    families: Mapping[str, model.Family]
    claim_kinds: Mapping[str, model.ClaimKind]
    pathways: Mapping[str, model.Pathway]
    outcomes: Mapping[str, model.Outcome]

    def __init__(self, files: Iterable[model.CatalogueFile], layers: Iterable[int] = ()) -> None:
        self.files = tuple(files)
        self.layers = tuple(layers) or (0,) * len(self.files)
        #: The records of every table by id or key.
        self.tables: dict[str, dict[str, Any]] = {
            table: {key: record for one in self.files for _, key, record in one.entries(table)} for table in TABLES
        }
        self._suggestions: dict[str, Suggestions] = {}
        vars(self).update((table, known) for table, known in self.tables.items() if table != "treatments")

    def suggestions(self, table: str) -> Suggestions:
        """What was meant by a key that the table does not have."""
        if table not in self._suggestions:
            names = named((key, (key, *_names_of(record))) for key, record in self.tables[table].items())
            self._suggestions[table] = Suggestions(names)
        return self._suggestions[table]

    def entries(self, table: str) -> Iterator[tuple[int, tuple[Any, ...], str, Any]]:
        """File index, path, id or key, and record of each entry of one table."""
        highest: dict[str, int] = {}
        for index, one in enumerate(self.files):
            highest.update((key, self.layers[index]) for _, key, _ in one.entries(table))
        for index, one in enumerate(self.files):
            for place, key, record in one.entries(table):
                if self.layers[index] == highest[key]:
                    yield index, (table, place), key, record

    def treatments(self) -> Iterator[tuple[int, int, model.Treatment]]:
        """File index, position in the file, treatment."""
        for index, (_, place), _, treatment in self.entries("treatments"):
            yield index, place, treatment

    @cached_property
    def records(self) -> tuple[tuple[int, tuple[Any, ...], Struct], ...]:
        """Every record of every file: file index, path, record."""
        found = [
            (index, inner, record)
            for table in TABLES
            for index, path, _, entry in self.entries(table)
            for inner, record in _records_in(entry, path)
        ]
        found += [(index, ("about",), one.about) for index, one in enumerate(self.files) if one.about is not None]
        return tuple(found)


class Check(Struct, frozen=True):
    """A named rule."""

    name: str
    find: Callable[[Parts], Iterator[Finding]]
    at_load: bool
    #: How ``validate`` reports it; one that must hold at loading is always an error.
    severity: Literal["error", "warning"]
    #: The fields of a record that it weighs against each other; None if it may be any of them.
    fields: frozenset[str] | None
    #: The tables that it looks names up in.
    tables: frozenset[str]
    #: Checks of one group go through the same, which is made once for them all: one process does them.
    group: str


CHECKS: Final[dict[str, Check]] = {}
#: The check that a text fails which is not of the form that its field wants, such as a name in the place of a key.
MISSPELT: Final = "pattern"
#: What is asked of an entry that is to be as full and as orderly as the built-in ones. Of a price list that somebody
#: puts beside them it asks for what they cannot know, and people fill that with words that say nothing.
OF_A_FULL_ENTRY: Final = frozenset({"brief", "entry-length", "family", "key-order", "looked-for", "promotional-harm"})

_Finder = Callable[[Parts], Iterator[Finding]]


def check(
    name: str,
    *,
    at_load: bool = False,
    severity: Literal["error", "warning"] | None = None,
    fields: Iterable[str] | None = None,
    tables: Iterable[str] = (),
    group: str = "",
) -> Callable[[_Finder], _Finder]:
    """Register a check under the name that users see.

    Args:
        name: the name.
        at_load: whether a catalogue that fails it cannot be used.
        severity: how it is reported; if not given, as a warning where it need not hold at loading.
        fields: the fields of a record that it weighs against each other, so that it is not believed where one of them
            could not be read; all of them if not given.
        tables: the tables that it looks names up in, so that it is not believed where one could not be read.
        group: of the checks that go through the same as this one; its own if not given.
    """

    def register(find: _Finder) -> _Finder:
        weight = severity or ("error" if at_load else "warning")
        weighed = None if fields is None else frozenset(fields)
        CHECKS[name] = Check(name, find, at_load, weight, weighed, frozenset(tables), group or name)
        return find

    return register


def _records_in(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Struct]]:
    """The record itself and every record in it, each with its path."""
    if isinstance(value, Struct):
        yield path, value
        for name, written in _holders(type(value)):
            yield from _records_in(getattr(value, name), (*path, written))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _records_in(item, (*path, index))


@cache
def _holders(record: type[Struct]) -> tuple[tuple[str, str], ...]:
    """Attribute and written name of the fields that can hold records."""
    return tuple((one.name, one.encode_name) for one in structs.fields(record) if _holds_records(one.type))


def _holds_records(kind: Any) -> bool:
    if isinstance(kind, type):
        return issubclass(kind, model.Record)
    return any(map(_holds_records, get_args(kind)))


def _names_of(record: Any) -> Iterable[str]:
    return record.names.values() if isinstance(record, model.Named) else filter(None, [getattr(record, "label", None)])


#: What lists the keys that there are.
_LISTED_BY: Final = {
    "factors": "'hairtx screen' lists them all; ",
    "conditions": "'hairtx conditions' lists them all; ",
    "claim_kinds": "'hairtx claims --matrix' lists them all; ",
}


def _unknown(parts: Parts, table: str, key: str) -> str:
    hint = parts.suggestions(table).hint(key)
    if table == "sources":
        hint += " If not, " if hint else ""
        hint += f"add it under 'sources:', such as '{source_shape(key)}'; 'hairtx sources prp' lists built-in keys"
    elif not hint:
        hint = f"{_LISTED_BY.get(table, '')}a new one goes under '{table}:'"
    return f"there is no {singular(table)} {key!r}; {hint}"


@check("unknown-source", at_load=True, fields=(), tables=("sources",))
def every_source_key_resolves(parts: Parts) -> Iterator[Finding]:
    """Every source key stands in the bibliography."""
    for index, path, record in parts.records:
        for name in ("sources", "claimed_by"):
            for place, key in enumerate(getattr(record, name, ())):
                if key not in parts.sources:
                    yield Finding(index, (*path, name, place), _unknown(parts, "sources", key))


#: Names of fields, and the table that each refers to.
_Tables = tuple[tuple[str, str], ...]
#: The tables of the vocabulary, by the name of the field that holds a key of it.
_VOCABULARY: Final[_Tables] = tuple((singular(one), one) for one in TABLES if one not in {"treatments", "sources"})
#: The fields that hold several keys of a table.
_KEYS_OF: Final[_Tables] = (
    ("includes", "factors"),
    ("factors", "factors"),
    ("families", "families"),
    ("treatments", "treatments"),
)


@cache
def _of_fields(record: type[Struct], tables: _Tables) -> tuple[tuple[str, str], ...]:
    """Those of the fields that a record has, and the table that each holds keys of. Most records have none."""
    return tuple((field, table) for field, table in tables if field in record.__struct_fields__)


@check("unknown-key", at_load=True, fields=(), tables=(*(table for _, table in _VOCABULARY), "treatments"))
def every_vocabulary_key_resolves(parts: Parts) -> Iterator[Finding]:
    """Every key of a condition, factor, family, kind of claim, pathway and outcome stands in the vocabulary."""
    for index, path, record in parts.records:
        for kind, table in _of_fields(type(record), _VOCABULARY):
            key = getattr(record, kind)
            if isinstance(key, str) and key not in parts.tables[table]:
                yield Finding(index, (*path, kind), _unknown(parts, table, key))
        if isinstance(record, model.Claim) and record.kind is not None and record.kind not in parts.claim_kinds:
            yield Finding(index, (*path, "kind"), _unknown(parts, "claim_kinds", record.kind))
        for name, table in _of_fields(type(record), _KEYS_OF):
            for place, key in enumerate(getattr(record, name)):
                if key not in parts.tables[table]:
                    yield Finding(index, (*path, name, place), _unknown(parts, table, key))


@check("duplicate-id", at_load=True, fields=())
def every_id_is_given_once(parts: Parts) -> Iterator[Finding]:
    """No two entries have the same id or key."""
    for table in TABLES:
        seen: set[str] = set()
        for index, path, key, _ in parts.entries(table):
            if key in seen and table == "treatments":
                message = f"the id {key!r} is already taken; give this treatment another one"
                yield Finding(index, (*path, "id"), message)
            elif key in seen:
                message = f"the key {key!r} is already taken in another file; keep one of the two"
                yield Finding(index, (*path, KEY), message)
            seen.add(key)


@check("reserved-id", at_load=True, fields=())
def every_page_can_be_a_file(parts: Parts) -> Iterator[Finding]:
    """No treatment or condition has a key that Windows keeps for a device: its page could not be written there."""
    for table in ("treatments", "conditions"):
        for index, path, key, _ in parts.entries(table):
            if key in RESERVED:
                message = f"{key!r} is the name of a device on Windows, where its page cannot be a file; choose another"
                yield Finding(index, (*path, "id" if table == "treatments" else KEY), message)


@check("duplicate-alias", at_load=True, fields=())
def every_name_means_one_thing(parts: Parts) -> Iterator[Finding]:
    """No id, name or alias leads to two treatments, conditions or factors."""
    for table, kind in TABLES.items():
        taken: dict[str, str] = {}
        for index, path, owner, record in parts.entries(table) if issubclass(kind, model.Named) else ():
            names = record.names if table == "treatments" else {(KEY,): owner, **record.names}
            fields: dict[str, list[str]] = {}
            for inner, name in names.items():
                fields.setdefault(folded(name), []).append(str(inner[0]))
            for inner, name in names.items():
                other = taken.setdefault(folded(name), owner)
                if other != owner and (places := fields.pop(folded(name), None)):
                    # An id is often the name in small letters: they are told together.
                    others = " and ".join(repr(one) for one in dict.fromkeys(places[1:]) if one != places[0])
                    also = f" here and in {others}" if others else ""
                    message = f"the name {name!r} already leads to {other!r}; use another one{also}"
                    if table == "treatments":
                        message += (
                            f", or, if it is one of that kind, write 'extends: {other}' in place of 'id' and of these "
                            "names: its harms and cautions then stay"
                        )
                    yield Finding(index, (*path, *inner), message)


#: Made up in the starter, and looking real: prices, counts, times. What it says of everything new may stay.
_MADE_UP: Final = (
    "costs",
    "claims",
    "side_effects",
    "schedule.phases",
    "results",
    "downtime.visible_signs",
    "brief.what",
)


@check("starter", at_load=True)
def nothing_made_up_is_left_of_the_starter(parts: Parts) -> Iterator[Finding]:
    """The example values of ``hairtx new`` were replaced before the entry is shown to anybody."""
    for index, place, treatment in parts.treatments():
        page = f"{treatment.id}-page"
        if page not in parts.sources:
            continue
        for path, record, example in _beside(treatment, ("treatments", place)):
            if getattr(record, "sources", ()) == (page,) and _looks_like(record, example):
                yield Finding(
                    index, path, "this is still the example of 'hairtx new'; write what is true, or delete it"
                )


def _beside(treatment: model.Treatment, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any, dict[str, Any]]]:
    """Path and record of each part that the starter has a made-up example of, and that example."""
    for steps in _MADE_UP:
        held: Any = treatment
        example: Any = _starter()
        for step in steps.split("."):
            held, example = getattr(held, step, None), example[step]
        where = (*path, *steps.split("."))
        if isinstance(held, tuple):
            yield from (((*where, n), one, like) for n, one in enumerate(held) for like in example)
        elif held is not None:
            yield where, held, example


@cache
def _starter() -> dict[str, Any]:
    return example_entry()


def _looks_like(record: Any, example: dict[str, Any]) -> bool:
    """Whether they say the same, as far as both say something; the year of a price is that of the day it was made."""
    told = to_builtins(record, enc_hook=model.encode_quantity, str_keys=True)
    return all(
        _plain(told[name]) == _plain(example[name])
        for name in told.keys() & example.keys() - {"sources", "claimed_by", "year"}
    )


def _plain(value: Any) -> Any:
    """The same for a number and for the text that says it."""
    return {name: _plain(item) for name, item in value.items()} if isinstance(value, dict) else str(value)


@check("schedule", at_load=True, fields=("sessions", "every"))
def every_schedule_can_be_computed(parts: Parts) -> Iterator[Finding]:
    """Only the last phase is open-ended, and repeated sessions have an interval."""
    for index, place, treatment in parts.treatments():
        last = len(treatment.phases) - 1
        for number, phase in enumerate(treatment.phases):
            path = ("treatments", place, "schedule", "phases", number)
            if phase.sessions is None and number < last:
                yield Finding(index, path, "a phase without 'sessions' never ends, so it must be the last one")
            if phase.every is None and (phase.sessions is None or phase.sessions.upper > 1):
                yield Finding(index, path, "say how often with 'every', such as 'every: 4 weeks'")


@check("interval", at_load=True, fields=("value", "ci95"))
def every_interval_contains_its_value(parts: Parts) -> Iterator[Finding]:
    """A 95 % confidence interval runs upwards and contains the value."""
    for index, path, record in parts.records:
        if isinstance(record, model.Effect) and record.ci95 is not None:
            lower, upper = record.ci95
            if not lower <= record.value <= upper:
                message = f"the interval {lower:g} to {upper:g} does not contain the value {record.value:g}"
                yield Finding(index, (*path, "ci95"), message)
