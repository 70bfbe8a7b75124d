"""Finds everything in a document that does not fit the model, with a hint on how to mend each.

msgspec stops at the first misfit; a person who mends a file wants them all. This walks the plain values beside the
model's own type description, so the model stays the only definition of the format.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
from msgspec import inspect as mi

from hairtx.catalogue.model import Treatment
from hairtx.catalogue.names import nearest_names
from hairtx.catalogue.quantity import Quantity, QuantityError
from hairtx.catalogue.reading.extending import EXTENDS
from hairtx.catalogue.reading.yaml import KEY, UNREADABLE

__all__ = ["Misfit", "described", "fits", "misfits", "unwrapped"]

#: Path to the value (or, ending in ``KEY``, to the key), name of the check, message.
Misfit = tuple[tuple[Any, ...], str, str]


def misfits(value: Any, model: Any) -> Iterator[Misfit]:
    """Every place where ``value`` does not fit ``model``, in the order of the document."""
    yield from _fit(value, described(model), ())


@cache
def described(model: Any) -> mi.Type:
    """msgspec's description of a type of the model."""
    return mi.type_info(model)


def unwrapped(kind: mi.Type) -> mi.Type:
    """The type itself, without what is only said about it."""
    while isinstance(kind, mi.Metadata):
        kind = kind.type
    return kind


def fits(value: Any, kind: mi.Type) -> bool:
    """Whether a text, number, date or quantity is as the model wants it."""
    return value is not UNREADABLE and not any(_fit_scalar(value, kind, ()))


def _fit(value: Any, kind: mi.Type, path: tuple[Any, ...]) -> Iterator[Misfit]:
    if value is UNREADABLE:
        return  # reading has told already
    match kind:
        case mi.Metadata():
            yield from _fit(value, kind.type, path)
        case mi.UnionType():
            if value is None:
                if not kind.includes_none:
                    yield path, "missing-value", "nothing is written here; write a value or delete the key"
            else:
                yield from _fit(value, next(one for one in kind.types if not isinstance(one, mi.NoneType)), path)
        case mi.StructType():
            yield from _fit_record(value, kind, path)
        case mi.DictType():
            yield from _fit_mapping(value, kind, path)
        case mi.VarTupleType() | mi.TupleType():
            yield from _fit_list(value, kind, path)
        case _:
            yield from _fit_scalar(value, kind, path)


def _fit_record(value: Any, kind: mi.StructType, path: tuple[Any, ...]) -> Iterator[Misfit]:
    fields = {one.encode_name: one for one in kind.fields}
    if not isinstance(value, dict):
        yield path, "type", f"expected a mapping with the keys {_listed(fields)}, found {_what(value)}"
        return
    for name, one in fields.items():
        if one.required and name not in value:
            yield path, "missing-key", f"the key {name!r} is missing"
    for name, item in value.items():
        if name in fields and item is None and fields[name].required:
            yield (*path, name), "missing-value", "nothing is written here; write a value"
        elif name in fields:
            yield from _fit(item, fields[name].type, (*path, name))
        else:
            known = (*fields, EXTENDS) if kind.cls is Treatment else fields
            near = nearest_names(name, known, limit=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known keys: {_listed(fields)}"
            yield (*path, name, KEY), "unknown-key", f"there is no key {_shown(name)}; {hint}"


def _fit_mapping(value: Any, kind: mi.DictType, path: tuple[Any, ...]) -> Iterator[Misfit]:
    if not isinstance(value, dict):
        yield path, "type", f"expected a mapping of keys to entries, found {_what(value)}"
        return
    for name, item in value.items():
        for _, check, message in _fit_scalar(name, unwrapped(kind.key_type), path):
            yield (*path, name, KEY), check, message
        yield from _fit(item, kind.value_type, (*path, name))


def _fit_list(value: Any, kind: mi.VarTupleType | mi.TupleType, path: tuple[Any, ...]) -> Iterator[Misfit]:
    if not isinstance(value, list):
        yield path, "type", f"expected a list, found {_what(value)}; write it as [{_as_item(value)}]"
        return
    if isinstance(kind, mi.TupleType):
        if len(value) != len(kind.item_types):
            yield path, "length", f"expected {len(kind.item_types)} items, found {len(value)}"
            return
        kinds = list(kind.item_types)
    else:
        if kind.min_length and len(value) < kind.min_length:
            yield path, "length", f"the list is empty; it needs at least {kind.min_length} item"
        kinds = [kind.item_type] * len(value)
    for index, (item, item_kind) in enumerate(zip(value, kinds, strict=True)):
        yield from _fit(item, item_kind, (*path, index))


def _fit_scalar(value: Any, kind: mi.Type, path: tuple[Any, ...]) -> Iterator[Misfit]:
    if value is None:
        yield path, "missing-value", "nothing is written here; write a value or delete the key"
        return
    match kind:
        case mi.CustomType(cls=cls) if issubclass(cls, Quantity):
            try:
                cls.parse(value)
            except QuantityError as error:
                yield path, "quantity", str(error)
        case mi.LiteralType(values=values):
            if value not in values:
                near = nearest_names(str(value), [str(one) for one in values], limit=1)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                yield path, "value", f"{_shown(value)} is not one of {_listed(values)}{hint}"
        case mi.StrType():
            yield from _fit_text(value, kind, path)
        case mi.DateType():
            if not _is_date(value):
                yield path, "date", f"expected a date such as 2026-11-21, found {_what(value)}"
        case mi.IntType() | mi.FloatType():
            yield from _fit_number(value, kind, path)
        case _:
            raise AssertionError(f"the model uses {kind}, which this walk does not know")


def _is_date(value: Any) -> bool:
    try:
        msgspec.convert(value, dt.date)
    except msgspec.ValidationError:
        return False
    return True


def _fit_text(value: Any, kind: mi.StrType, path: tuple[Any, ...]) -> Iterator[Misfit]:
    if not isinstance(value, str):
        quote = "; put quotes around it" if isinstance(value, (bool, int, float, dt.date)) else ""
        yield path, "type", f"expected text, found {_what(value)}{quote}"
    elif kind.min_length and len(value.strip()) < kind.min_length:
        yield path, "length", "the text is empty; write it or delete the key"
    elif kind.max_length and len(value) > kind.max_length:
        yield path, "length", f"the text has {len(value)} characters; {kind.max_length} are allowed"
    elif kind.pattern and not re.search(kind.pattern, value):
        yield path, "pattern", f"{_shown(value)} is not of the expected form{_form(kind.pattern)}"


def _fit_number(value: Any, kind: mi.IntType | mi.FloatType, path: tuple[Any, ...]) -> Iterator[Misfit]:
    wanted = "a whole number" if isinstance(kind, mi.IntType) else "a number"
    fits = isinstance(value, int) or (isinstance(value, float) and isinstance(kind, mi.FloatType))
    if not fits or isinstance(value, bool):
        yield path, "type", f"expected {wanted}, found {_what(value)}"
    elif (kind.ge is not None and value < kind.ge) or (kind.le is not None and value > kind.le):
        limits = f"{kind.ge} or more" if kind.le is None else f"between {kind.ge} and {kind.le}"
        yield path, "range", f"{value} is out of range; it must be {limits}"


_FORMS = {
    "a-z0-9-": ": small letters, digits and hyphens, such as 'topical-minoxidil'",
    "10": ": a DOI begins with '10.', without 'https://doi.org/'",
    "https": ": a web address beginning with http:// or https://",
    "A-Z": ": a currency code of three capitals, such as USD",
    "0-9": ": digits only",
}


def _form(pattern: str) -> str:
    return next((text for part, text in _FORMS.items() if part in pattern), f" ({pattern})")


def _what(value: Any) -> str:
    match value:
        case bool():
            return "yes/no, which unquoted words such as no, off and true become"
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case dt.date():
            return f"the date {value.isoformat()}"
        case None:
            return "nothing"
        case str():
            return f"the text {_shown(value)}"
        case _:
            return f"the number {value}"


def _shown(value: Any, limit: int = 60) -> str:
    text = str(value)
    return repr(text if len(text) <= limit else f"{text[: limit - 1]}…")


def _as_item(value: Any) -> str:
    return "..." if isinstance(value, (dict, list)) else str(value)[:40]


def _listed(names: Any) -> str:
    return ", ".join(str(one) for one in names)
