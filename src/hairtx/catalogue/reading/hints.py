"""What to write instead: the shape of a field, from the examples of its description, and the place a key belongs to."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

import yaml
from msgspec import Struct, structs

from hairtx.catalogue import model
from hairtx.catalogue.descriptions import DESCRIPTIONS, OTHER_VALUES, OTHER_WORDS
from hairtx.catalogue.model import CatalogueFile, Source, Treatment
from hairtx.catalogue.names import folded, nearest_names
from hairtx.catalogue.reading.extending import EXTENDS
from hairtx.errors import either

__all__ = [
    "SOMEWHERE",
    "changed_price",
    "flow",
    "in_order",
    "instead_of",
    "other_key",
    "other_value",
    "shape",
    "source_shape",
]

#: The key of a source in examples, where the file has none of its own.
SOMEWHERE: Final = "our-page"
#: Names lead to one entry only, so those of the descriptions are taken.
_OWN_NAMES: Final = {
    "Treatment.id": "my-tonic",
    "Treatment.name": "My tonic",
    "Treatment.short_name": "My tonic",
    "Treatment.aliases": ["my hair tonic"],
}
#: In more places than these a key is a common one, such as a note, and says nothing of where it belongs.
_FEW: Final = 2


def flow(value: Any) -> str:
    """Plain values as YAML on one line."""
    text: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10**6, sort_keys=False)
    text = text.removesuffix("\n...\n").strip()
    # Text of several lines takes one line as JSON only, which is YAML too.
    return json.dumps(value, ensure_ascii=False, default=str) if "\n" in text else text


def shape(field: str, source: str = SOMEWHERE, *, item: bool = False) -> str:
    """An example of a field as it may be typed, or of one item of it.

    Args:
        field: record and field: ``Treatment.costs``.
        source: the key of a source that the file has.
        item: leave away the list or the keys around it.
    """
    example = _own(field, source) or _cited(DESCRIPTIONS[field][1], source)
    if item:
        example = next(iter(example.values() if isinstance(example, dict) else example))
    return flow(example)


def _own(field: str, source: str) -> Any:
    """What another entry has already, or only this file can say."""
    if field.endswith((".sources", ".claimed_by")) and field != "CatalogueFile.sources":
        return [source]
    return _OWN_NAMES.get(field)


def source_shape(key: str) -> str:
    """An entry of the bibliography as it may be typed."""
    return flow({key: next(iter(DESCRIPTIONS["CatalogueFile.sources"][1].values()))})[1:-1]


def changed_price(treatment: str, source: str = SOMEWHERE) -> str:
    """What changes the price of an entry that there is, as it may be typed: the first thing that people change."""
    costs = _cited(DESCRIPTIONS["Treatment.costs"][1], source)
    return flow([{EXTENDS: treatment, "costs": costs}])


def other_key(name: str, record: type[Struct]) -> str | None:
    """The key that the record has for one of another name; one inside another stands behind a dot."""
    return OTHER_WORDS.get(record.__name__, {}).get(folded(name).replace(" ", "_"))


def other_value(written: str, words: Any) -> str | None:
    """The word of a fixed list that was meant: said in another way, or spelled alike."""
    other = OTHER_VALUES.get(folded(written))
    return other if other in words else next(iter(nearest_names(written, [str(one) for one in words], limit=1)), None)


def _cited(example: Any, source: str) -> Any:
    match example:
        case dict():
            return {
                name: [source] if name in {"sources", "claimed_by"} and isinstance(item, list) else _cited(item, source)
                for name, item in example.items()
            }
        case list():
            return [_cited(item, source) for item in example]
        case str() if example[:4].isdigit() and example[4:5] == "-" and len(example) == 10:
            return dt.date.fromisoformat(example)
    return example


@lru_cache(maxsize=1000)  # the same slip is often made in every entry
def instead_of(name: str, record: type[Struct], source: str = SOMEWHERE) -> str:
    """What to do about a key that the record does not have."""
    fields = [one.encode_name for one in structs.fields(record)]
    known = [*fields, EXTENDS] if record is Treatment else fields
    if name == "sources" and (part := _part_with_sources(record)) is not None:
        return (
            f"every part names its own, such as '{_written(record, part, source)}'; what a source is "
            "stands at the top of the file, under 'sources:' without spaces before it"
        )
    meant = other_key(name, record)
    if meant is not None:
        return f"that is {meant.rpartition('.')[2]!r} here, such as '{_written(record, meant, source)}'"
    if name in CatalogueFile.__struct_fields__:
        return "it belongs at the top of the file; write it without spaces before it"
    near = nearest_names(name, known, limit=1)
    if near:
        return f"did you mean {near[0]!r}?"
    places = {path: owner for path, owner, field in _all_below(record) if field == name}
    if 0 < len(places) <= _FEW:
        path, owner = next(iter(places.items()))
        example = _cited(DESCRIPTIONS[owner][1], source)
        for step in reversed(path.split(".")):
            example = {step: example}
        return f"it belongs in {either(list(places))}, such as '{flow(example)[1:-1]}'"
    if record is not Source and name in Treatment.__struct_fields__:
        return "it belongs to the treatment itself; write it as far to the left as 'name'"
    return f"known keys: {', '.join(known)}"


def _part_with_sources(record: type[Struct]) -> str | None:
    """A part of the record that names sources: of a treatment the summary, which every one has."""
    parts = [
        one.encode_name
        for one in structs.fields(record)
        if any("sources" in kind.__struct_fields__ for kind in _records_of(one.type))
    ]
    return "summary" if "summary" in parts else next(iter(parts), None)


def _written(record: type[Struct], field: str, source: str) -> str:
    """A field with its key, as it may be typed; of one inside another, that one round it."""
    outer, _, inner = field.partition(".")
    if not inner:
        return f"{field}: {shape(f'{record.__name__}.{field}', source)}"
    held = next(_records_of(next(one.type for one in structs.fields(record) if one.encode_name == outer)))
    return f"{outer}: {{{_written(held, inner, source)}}}"


@cache
def _all_below(record: type[Struct]) -> tuple[tuple[str, str, str], ...]:
    return tuple(_below(record))


def _below(record: type[Struct], path: str = "") -> Iterator[tuple[str, str, str]]:
    """The path to each record inside this one, what is described there, and the name of each field of it."""
    for one in structs.fields(record):
        for inner in _records_of(one.type):
            place = f"{path}{one.encode_name}"
            yield from (
                (place, f"{record.__name__}.{one.encode_name}", field.encode_name) for field in structs.fields(inner)
            )
            yield from _below(inner, f"{place}.")


def _records_of(kind: Any) -> Iterator[type[Struct]]:
    if isinstance(kind, type) and issubclass(kind, model.Record):
        yield kind
    for one in get_args(kind):
        yield from _records_of(one)


def in_order(values: Any) -> tuple[str, ...]:
    """Words of a fixed list in the order of the model, which is that of their scale; msgspec sorts them."""
    return _scales().get(frozenset(values), tuple(values))


@cache
def _scales() -> dict[frozenset[str], tuple[str, ...]]:
    kinds = [one for one in vars(model).values() if isinstance(one, type) and issubclass(one, model.Record)]
    hints = [hint for one in kinds for hint in get_type_hints(one).values()]
    found = [get_args(one) for hint in hints for one in (hint, *get_args(hint)) if get_origin(one) is Literal]
    return {frozenset(one): one for one in found}
