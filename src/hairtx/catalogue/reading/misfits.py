"""Holds a document against the model: everything that does not fit, with a hint on how to mend each, and the document
made whole, so that the rules that span records can be asked about the rest of it.

msgspec stops at the first misfit; a person who mends a file wants them all. This walks the plain values beside the
model's own type description, so the model stays the only definition of the format. Whatever does not fit is replaced
by something that does, and every replaced place is remembered: what a rule then finds there is the replacement's
fault and not the writer's.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Any

import msgspec
from msgspec import inspect as mi

from hairtx.catalogue.model import Treatment
from hairtx.catalogue.names import nearest_names
from hairtx.catalogue.quantity import Quantity, QuantityError
from hairtx.catalogue.reading.extending import EXTENDS
from hairtx.catalogue.reading.yaml import KEY, UNREADABLE

__all__ = ["Fitting", "Misfit", "described", "fits", "inner", "unwrapped"]

_Path = tuple[Any, ...]
#: Path to the value (or, ending in ``KEY``, to the key), name of the check, message.
Misfit = tuple[_Path, str, str]


class Fitting:
    """What holding a document against the model shows."""

    def __init__(self, value: Any, model: Any) -> None:
        #: Every place that does not fit.
        self.misfits: list[Misfit] = []
        #: The places whose content was replaced, those that reading had refused among them.
        self.replaced: set[_Path] = set()
        #: A value that fits, as much of it as possible taken from the document.
        self.whole = self._fit(value, described(model), ())

    def _refused(self, path: _Path, kind: mi.Type, check: str, message: str) -> Any:
        self.misfits.append((path, check, message))
        return self._replaced(path, kind)

    def _replaced(self, path: _Path, kind: mi.Type) -> Any:
        self.replaced.add(path)
        return _filler(kind)

    def _fit(self, value: Any, kind: mi.Type, path: _Path) -> Any:
        """The value, or what is put in its place."""
        if value is UNREADABLE:
            return self._replaced(path, kind)  # reading has told already
        match unwrapped(kind):
            case mi.UnionType() as optional:
                whole = None if value is None else self._fit(value, inner(optional), path)
                return None if path in self.replaced else whole
            case mi.StructType() as record:
                return self._fit_record(value, record, path)
            case mi.DictType() as mapping:
                return self._fit_mapping(value, mapping, path)
            case mi.VarTupleType() | mi.TupleType() as listed:
                return self._fit_list(value, listed, path)
        fault = _fault(value, kind)
        return value if fault is None else self._refused(path, kind, *fault)

    def _fit_record(self, value: Any, kind: mi.StructType, path: _Path) -> Any:
        fields = {one.encode_name: one for one in kind.fields}
        if not isinstance(value, dict):
            message = f"expected a mapping with the keys {_listed(fields)}, found {_what(value)}"
            return self._refused(path, kind, "type", message)
        record = {}
        for name, one in fields.items():
            place = (*path, name)
            if name not in value:
                if one.required:
                    self.misfits.append((path, "missing-key", f"the key {name!r} is missing"))
                    record[name] = self._replaced(place, one.type)
            elif value[name] is None and one.required:
                message = "nothing is written here; write a value"
                record[name] = self._refused(place, one.type, "missing-value", message)
            else:
                record[name] = self._fit(value[name], one.type, place)
        for name in value:
            if name not in fields:
                known = (*fields, EXTENDS) if kind.cls is Treatment else fields
                near = nearest_names(name, known, limit=1)
                hint = f"did you mean {near[0]!r}?" if near else f"known keys: {_listed(fields)}"
                self.misfits.append(((*path, name, KEY), "unknown-key", f"there is no key {_shown(name)}; {hint}"))
        return record

    def _fit_mapping(self, value: Any, kind: mi.DictType, path: _Path) -> Any:
        if not isinstance(value, dict):
            return self._refused(path, kind, "type", f"expected a mapping of keys to entries, found {_what(value)}")
        mapping = {}
        for name, item in value.items():
            whole = self._fit(item, kind.value_type, (*path, name))
            fault = _fault(name, kind.key_type)
            if fault is None:
                mapping[name] = whole
            else:
                self.misfits.append(((*path, name, KEY), *fault))
        return mapping

    def _fit_list(self, value: Any, kind: mi.VarTupleType | mi.TupleType, path: _Path) -> Any:
        if not isinstance(value, list):
            message = f"expected a list, found {_what(value)}; write it as [{_as_item(value)}]"
            return self._refused(path, kind, "type", message)
        if isinstance(kind, mi.VarTupleType):
            kinds = (kind.item_type,) * len(value)
            if len(value) < (kind.min_length or 0):
                message = f"the list is empty; it needs at least {kind.min_length} item"
                return self._refused(path, kind, "length", message)
        else:
            kinds = kind.item_types
            if len(value) != len(kinds):
                return self._refused(path, kind, "length", f"expected {len(kinds)} items, found {len(value)}")
        pairs = zip(value, kinds, strict=True)
        return [self._fit(item, item_kind, (*path, place)) for place, (item, item_kind) in enumerate(pairs)]


@cache
def described(model: Any) -> mi.Type:
    """msgspec's description of a type of the model."""
    return mi.type_info(model)


def unwrapped(kind: mi.Type) -> mi.Type:
    """The type itself, without what is only said about it."""
    while isinstance(kind, mi.Metadata):
        kind = kind.type
    return kind


def inner(kind: mi.UnionType) -> mi.Type:
    """What a value that may be left out is where it is written."""
    return next(one for one in kind.types if not isinstance(one, mi.NoneType))


def fits(value: Any, kind: mi.Type) -> bool:
    """Whether a text, number, date or quantity is as the model wants it."""
    return value is not UNREADABLE and _fault(value, kind) is None


def _said(kind: mi.Type, what: str) -> str | None:
    """The hint or the example that the model gives for a type."""
    return (kind.extra or {}).get(what) if isinstance(kind, mi.Metadata) else None


def _fault(value: Any, kind: mi.Type) -> tuple[str, str] | None:
    """Check and message, if a text, number, date or quantity is not as the model wants it."""
    if value is None:
        return "missing-value", "nothing is written here; write a value or delete the key"
    match unwrapped(kind):
        case mi.CustomType(cls=cls) if issubclass(cls, Quantity):
            try:
                cls.parse(value)
            except QuantityError as error:
                return "quantity", str(error)
        case mi.LiteralType(values=values):
            if value not in values:
                near = nearest_names(str(value), [str(one) for one in values], limit=1)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                return "value", f"{_shown(value)} is not one of {_listed(values)}{hint}"
        case mi.StrType() as text:
            return _fault_of_text(value, text, _said(kind, "hint"))
        case mi.DateType():
            if not _is_date(value):
                return "date", f"expected a date such as 2026-11-21, found {_what(value)}"
        case mi.IntType() | mi.FloatType() | mi.BoolType() as plain:
            return _fault_of_number(value, plain)
        case _:
            raise AssertionError(f"the model uses {kind}, which this walk does not know")
    return None


def _is_date(value: Any) -> bool:
    try:
        msgspec.convert(value, dt.date)
    except msgspec.ValidationError:
        return False
    return True


def _fault_of_text(value: Any, kind: mi.StrType, hint: str | None) -> tuple[str, str] | None:
    if not isinstance(value, str):
        quote = "; put quotes around it" if isinstance(value, (bool, int, float, dt.date)) else ""
        return "type", f"expected text, found {_what(value)}{quote}"
    if kind.min_length and len(value.strip()) < kind.min_length:
        return "length", "the text is empty; write it or delete the key"
    if kind.max_length and len(value) > kind.max_length:
        return "length", f"the text has {len(value)} characters; {kind.max_length} are allowed"
    if kind.pattern and not re.search(kind.pattern, value):
        return "pattern", f"{_shown(value)} is not of the expected form: {hint or kind.pattern}"
    return None


def _fault_of_number(value: Any, kind: mi.IntType | mi.FloatType | mi.BoolType) -> tuple[str, str] | None:
    if isinstance(kind, mi.BoolType):
        return None if isinstance(value, bool) else ("value", f"expected true or false, found {_what(value)}")
    wanted = "a whole number" if isinstance(kind, mi.IntType) else "a number"
    is_number = isinstance(value, int) or (isinstance(value, float) and isinstance(kind, mi.FloatType))
    if not is_number or isinstance(value, bool):
        return "type", f"expected {wanted}, found {_what(value)}"
    if (kind.ge is not None and value < kind.ge) or (kind.le is not None and value > kind.le):
        limits = f"{kind.ge} or more" if kind.le is None else f"between {kind.ge} and {kind.le}"
        return "range", f"{value} is out of range; it must be {limits}"
    return None


def _filler(kind: mi.Type) -> Any:  # noqa: C901  # one case a kind of type
    """The least that fits."""
    match unwrapped(kind):
        case mi.UnionType():
            return None
        case mi.StructType(fields=fields):
            return {one.encode_name: _filler(one.type) for one in fields if one.required}
        case mi.DictType():
            return {}
        case mi.VarTupleType(item_type=item, min_length=least):
            return [_filler(item)] * (least or 0)
        case mi.TupleType(item_types=items):
            return [_filler(item) for item in items]
        case mi.CustomType(cls=cls):
            return cls.example  # type: ignore[attr-defined]  # the only custom types are the quantities
        case mi.LiteralType(values=values):
            return values[0]
        case mi.StrType():
            return _said(kind, "example") or "placeholder"
        case mi.DateType():
            return dt.date(2000, 1, 1)
        case mi.IntType() as number:
            return number.ge or 0
    return 0.0


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
