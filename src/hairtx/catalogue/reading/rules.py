"""Rules that span records: one function a check, registered by name.

A check looks at all files of a catalogue together and says where it finds something wrong. Those registered with
``at_load=True`` must hold before a catalogue can be used at all; the others are what a careful editor would ask of
an entry, and run in ``make test``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final, Literal

from msgspec import Struct, structs

from hairtx.catalogue import model
from hairtx.catalogue.names import folded, nearest_names
from hairtx.catalogue.reading.yaml import KEY

__all__ = ["CHECKS", "TABLES", "Check", "Finding", "Parts", "check", "run_checks"]


#: The tables of a file, by the names of their keys.
TABLES: Final = ("sources", "conditions", "factors", "pathways", "outcomes")


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

    def __init__(self, files: Iterable[model.CatalogueFile], layers: Iterable[int] = ()) -> None:
        self.files = tuple(files)
        self.layers = tuple(layers) or (0,) * len(self.files)
        self.sources: Mapping[str, model.Source] = self._merged("sources")
        self.conditions: Mapping[str, model.Condition] = self._merged("conditions")
        self.factors: Mapping[str, model.Factor] = self._merged("factors")
        self.pathways: Mapping[str, model.Pathway] = self._merged("pathways")
        self.outcomes: Mapping[str, model.Outcome] = self._merged("outcomes")

    def _merged(self, table: str) -> dict[str, Any]:
        return {key: record for one in self.files for key, record in getattr(one, table).items()}

    def treatments(self) -> Iterator[tuple[int, int, model.Treatment]]:
        """File index, position in the file, treatment."""
        highest: dict[str, int] = {}
        for index, one in enumerate(self.files):
            highest.update((treatment.id, self.layers[index]) for treatment in one.treatments)
        for index, one in enumerate(self.files):
            for place, treatment in enumerate(one.treatments):
                if self.layers[index] == highest[treatment.id]:
                    yield index, place, treatment

    def entries(self, table: str) -> Iterator[tuple[int, str, Any]]:
        """File index, key and record of one of the tables."""
        highest: dict[str, int] = {}
        for index, one in enumerate(self.files):
            highest.update(dict.fromkeys(getattr(one, table), self.layers[index]))
        for index, one in enumerate(self.files):
            for key, record in getattr(one, table).items():
                if self.layers[index] == highest[key]:
                    yield index, key, record

    def records(self) -> Iterator[tuple[int, tuple[Any, ...], Struct]]:
        """Every record of every file with its path."""
        for index, place, treatment in self.treatments():
            for path, record in _records_in(treatment, ("treatments", place)):
                yield index, path, record
        for table in TABLES:
            for index, key, entry in self.entries(table):
                for path, record in _records_in(entry, (table, key)):
                    yield index, path, record
        for index, one in enumerate(self.files):
            if one.about is not None:
                yield index, ("about",), one.about


class Check(Struct, frozen=True):
    """A named rule."""

    name: str
    find: Callable[[Parts], Iterator[Finding]]
    at_load: bool
    #: How ``validate`` reports it; one that must hold at loading is always an error.
    severity: Literal["error", "warning"] = "error"


CHECKS: Final[dict[str, Check]] = {}

_Finder = Callable[[Parts], Iterator[Finding]]


def check(
    name: str, *, at_load: bool = False, severity: Literal["error", "warning"] | None = None
) -> Callable[[_Finder], _Finder]:
    """Register a check under the name that users see. Without ``severity``, one that need not hold warns."""

    def register(find: _Finder) -> _Finder:
        CHECKS[name] = Check(name, find, at_load, severity or ("error" if at_load else "warning"))
        return find

    return register


def run_checks(parts: Parts, *, only_at_load: bool = False) -> Iterator[tuple[str, Finding]]:
    """Name of the check and finding, check by check."""
    for one in CHECKS.values():
        if one.at_load or not only_at_load:
            for finding in one.find(parts):
                yield one.name, finding


@cache
def _holders(record: type[Struct]) -> tuple[tuple[str, str], ...]:
    """Attribute and written name of the fields that can hold records."""
    names = []
    for one in structs.fields(record):
        written = str(one.type)
        if "hairtx.catalogue.model." in written:
            names.append((one.name, one.encode_name))
    return tuple(names)


def _records_in(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Struct]]:
    if isinstance(value, Struct):
        if path:
            yield path, value
        for name, written in _holders(type(value)):
            held = getattr(value, name)
            if held:
                yield from _records_in(held, (*path, written))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _records_in(item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _records_in(item, (*path, key))


def _unknown(kind: str, key: str, known: Mapping[str, Any], where: str) -> str:
    near = nearest_names(key, known, limit=1)
    hint = f"did you mean {near[0]!r}?" if near else f"add it to {where}"
    return f"there is no {kind} {key!r}; {hint}"


@check("unknown-source", at_load=True)
def every_source_key_resolves(parts: Parts) -> Iterator[Finding]:
    """Every source key stands in the bibliography."""
    for index, path, record in parts.records():
        for name in ("sources", "claimed_by"):
            for place, key in enumerate(getattr(record, name, ())):
                if key not in parts.sources:
                    message = _unknown("source", key, parts.sources, "'sources'")
                    yield Finding(index, (*path, name, place), message)


@check("unknown-key", at_load=True)
def every_vocabulary_key_resolves(parts: Parts) -> Iterator[Finding]:
    """Every condition, factor, pathway and outcome key stands in the vocabulary."""
    tables: dict[str, Mapping[str, Any]] = {
        "condition": parts.conditions,
        "factor": parts.factors,
        "pathway": parts.pathways,
        "outcome": parts.outcomes,
    }
    for index, path, record in parts.records():
        for kind, known in tables.items():
            key = getattr(record, kind, None)
            if isinstance(key, str) and key not in known:
                yield Finding(index, (*path, kind), _unknown(kind, key, known, f"'{kind}s'"))
        if isinstance(record, model.Factor):
            for place, key in enumerate(record.includes):
                if key not in parts.factors:
                    yield Finding(
                        index, (*path, "includes", place), _unknown("factor", key, parts.factors, "'factors'")
                    )


@check("duplicate-id", at_load=True)
def every_id_is_given_once(parts: Parts) -> Iterator[Finding]:
    """No two entries have the same id or key."""
    seen: set[str] = set()
    for index, place, treatment in parts.treatments():
        if treatment.id in seen:
            message = f"the id {treatment.id!r} is already taken; give this treatment another one"
            yield Finding(index, ("treatments", place, "id"), message)
        seen.add(treatment.id)
    for table in TABLES:
        keys: set[str] = set()
        for index, key, _ in parts.entries(table):
            if key in keys:
                message = f"the key {key!r} is already taken in another file; keep one of the two"
                yield Finding(index, (table, key, KEY), message)
            keys.add(key)


@check("duplicate-alias", at_load=True)
def every_name_means_one_thing(parts: Parts) -> Iterator[Finding]:
    """No id, name or alias leads to two treatments, conditions or factors."""
    taken: dict[str, str] = {}
    for index, place, treatment in parts.treatments():
        named = {("treatments", place, *path): name for path, name in treatment.names.items()}
        yield from _collisions(index, treatment.id, named, taken)
    for table in ("conditions", "factors"):
        taken = {}
        for index, key, record in parts.entries(table):
            named = {(table, key, KEY): key} | {(table, key, *path): name for path, name in record.names.items()}
            yield from _collisions(index, key, named, taken)


def _collisions(
    index: int, owner: str, named: Mapping[tuple[Any, ...], str], taken: dict[str, str]
) -> Iterator[Finding]:
    for path, name in named.items():
        other = taken.setdefault(folded(name), owner)
        if other != owner:
            yield Finding(index, path, f"the name {name!r} already leads to {other!r}; use another one")


@check("schedule", at_load=True)
def every_schedule_can_be_computed(parts: Parts) -> Iterator[Finding]:
    """Only the last phase is open-ended, and repeated sessions have an interval."""
    for index, place, treatment in parts.treatments():
        if treatment.schedule is None:
            continue
        last = len(treatment.schedule.phases) - 1
        for number, phase in enumerate(treatment.schedule.phases):
            path = ("treatments", place, "schedule", "phases", number)
            if phase.sessions is None and number < last:
                yield Finding(index, path, "a phase without 'sessions' never ends, so it must be the last one")
            if phase.every is None and (phase.sessions is None or phase.sessions.upper > 1):
                yield Finding(index, path, "say how often with 'every', such as 'every: 4 weeks'")


@check("interval", at_load=True)
def every_interval_contains_its_value(parts: Parts) -> Iterator[Finding]:
    """A 95 % confidence interval runs upwards and contains the value."""
    for index, path, record in parts.records():
        if isinstance(record, model.Effect) and record.ci95 is not None:
            lower, upper = record.ci95
            if not lower <= record.value <= upper:
                message = f"the interval {lower:g} to {upper:g} does not contain the value {record.value:g}"
                yield Finding(index, (*path, "ci95"), message)
