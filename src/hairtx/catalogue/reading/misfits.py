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
from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec
from msgspec import inspect as mi

from hairtx.catalogue.descriptions import DESCRIPTIONS
from hairtx.catalogue.model import Key, Treatment, decode_quantity
from hairtx.catalogue.names import folded
from hairtx.catalogue.quantity import Quantity, QuantityError
from hairtx.catalogue.reading.hints import (
    SOMEWHERE,
    changed_price,
    flow,
    in_order,
    instead_of,
    other_key,
    other_value,
    shape,
    source_shape,
)
from hairtx.catalogue.reading.rules import MISSPELT
from hairtx.catalogue.reading.yaml import KEY, UNREADABLE

__all__ = ["Fitting", "Misfit", "described", "fits", "inner", "unwrapped"]

_Path = tuple[Any, ...]
#: How long the path to an entry is: its table, and its key or place there.
_ENTRY = 2
#: What a key of a table looks like.
_KEY = mi.type_info(Key)
_NOT_IN_KEYS = re.compile("[^a-z0-9]+")
#: How long a text may be to be repeated in full.
_SHORT = 60
#: Path to the value (or, ending in ``KEY``, to the key), name of the check, message.
Misfit = tuple[_Path, str, str]


class Fitting:
    """What holding a document against the model shows."""

    def __init__(self, value: Any, model: Any, treatments: Mapping[str, str] | None = None) -> None:
        """``treatments``: folded name to id of those that there are."""
        #: Every place that does not fit.
        self.misfits: list[Misfit] = []
        #: The places whose content was replaced, those that reading had refused among them.
        self.replaced: set[_Path] = set()
        self._treatments = treatments or {}
        #: A source that examples can cite.
        self._source = _own_source(value)
        #: A value that fits, as much of it as possible taken from the document.
        self.whole = self._fit(value, described(model), (), model.__name__)

    def _refused(self, path: _Path, kind: mi.Type, check: str, message: str) -> Any:
        self.misfits.append((path, check, message))
        return self._replaced(path, kind)

    def _replaced(self, path: _Path, kind: mi.Type) -> Any:
        self.replaced.add(path)
        return _filler(kind)

    def _fit(self, value: Any, kind: mi.Type, path: _Path, field: str) -> Any:
        """The value, or what is put in its place; ``field`` is the record and the field that hold it."""
        if value is UNREADABLE:
            return self._replaced(path, kind)  # reading has told already
        match unwrapped(kind):
            case mi.UnionType() as optional:
                whole = None if value is None else self._fit(value, inner(optional), path, field)
                return None if path in self.replaced else whole
            case mi.StructType() as record:
                # Most entries fit, and msgspec sees that thirty times as fast as a walk.
                if len(path) == _ENTRY and _fits_wholly(value, record.cls):
                    return value
                return self._fit_record(value, record, path, field)
            case mi.DictType() as mapping:
                return self._fit_mapping(value, mapping, path, field)
            case mi.VarTupleType() | mi.TupleType() as listed:
                return self._fit_list(value, listed, path, field)
        fault = _fault(value, kind)
        if fault is not None and (key := _as_key(value, kind)) is not None:
            # It is looked up as it was meant, so that what it is called here can be told.
            self.misfits.append(
                (path, MISSPELT, f"{_shown(value)} is no key: small letters, digits and hyphens; write {key!r}")
            )
            return key
        return value if fault is None else self._refused(path, kind, *fault)

    def _fit_record(self, value: Any, kind: mi.StructType, path: _Path, field: str) -> Any:
        fields = {one.encode_name: one for one in kind.fields}
        if not isinstance(value, dict):
            is_item = bool(path) and (isinstance(path[-1], int) or field.startswith("CatalogueFile."))
            return self._refused(path, kind, *self._misshapen(value, "a mapping", field, item=is_item))
        record = {}
        renamed = {other_key(name, kind.cls) for name in value if name not in fields and isinstance(name, str)}
        # Told once an entry: whoever lacks one key often lacks the others.
        pointer = "; 'hairtx new ID' writes an entry to fill in" if kind.cls is Treatment else ""
        for name, one in fields.items():
            place, owned = (*path, name), f"{kind.cls.__name__}.{name}"
            if name not in value:
                if one.required and name in renamed:
                    record[name] = self._replaced(place, one.type)  # told where it stands under another name
                elif one.required:
                    how = self._how(one.type, owned, f"{name}: ")
                    self.misfits.append((path, "missing-key", f"the key {name!r} is missing; {how}{pointer}"))
                    pointer = ""
                    record[name] = self._replaced(place, one.type)
            elif value[name] is None and one.required:
                message = f"nothing is written here; {self._how(one.type, owned)}"
                record[name] = self._refused(place, one.type, "missing-value", message)
            else:
                record[name] = self._fit(value[name], one.type, place, owned)
        for name in value:
            if name not in fields:
                hint = self._entry_at_the_top(name) if not path else ""
                hint = hint or _rest_of_text(name, value[name]) or instead_of(name, kind.cls, self._source)
                self.misfits.append(((*path, name, KEY), "unknown-key", f"there is no key {_shown(name)}; {hint}"))
        return record

    def _fit_mapping(self, value: Any, kind: mi.DictType, path: _Path, field: str) -> Any:
        if not isinstance(value, dict):
            return self._refused(path, kind, *self._misshapen(value, "a mapping of keys to entries", field))
        mapping = {}
        for name, item in value.items():
            whole = self._fit(item, kind.value_type, (*path, name), field)
            fault = _fault(name, kind.key_type)
            if fault is None:
                mapping[name] = whole
            else:
                self.misfits.append(((*path, name, KEY), *fault))
        return mapping

    def _fit_list(self, value: Any, kind: mi.VarTupleType | mi.TupleType, path: _Path, field: str) -> Any:
        if not isinstance(value, list):
            is_text = isinstance(kind, mi.VarTupleType) and isinstance(unwrapped(kind.item_type), mi.StrType)
            if is_text and isinstance(value, str) and len(value) <= _SHORT:
                message = f"expected a list, found {_what(value)}; write it as {flow([value])}"
                return self._refused(path, kind, "type", message)
            return self._refused(path, kind, *self._misshapen(value, "a list", field))
        if isinstance(kind, mi.VarTupleType):
            kinds = (kind.item_type,) * len(value)
            if len(value) < (kind.min_length or 0):
                message = f"the list is empty; it needs at least {kind.min_length} item, such as {self._shape(field)}"
                return self._refused(path, kind, "length", message)
        else:
            kinds = kind.item_types
            if len(value) != len(kinds):
                message = f"expected {len(kinds)} items, found {len(value)}; write it like {self._shape(field)}"
                return self._refused(path, kind, "length", message)
        pairs = zip(value, kinds, strict=True)
        return [self._fit(item, item_kind, (*path, place), field) for place, (item, item_kind) in enumerate(pairs)]

    def _entry_at_the_top(self, name: str) -> str:
        """What is said of a treatment that stands where a table should; nothing of anything else."""
        key = self._treatments.get(folded(name))
        if key is None:
            return ""
        return (
            f"a treatment is an item under 'treatments:', such as 'treatments: {changed_price(key, self._source)}'; "
            f"what '{self._source}' is stands under 'sources:', such as 'sources: {{{source_shape(self._source)}}}'"
        )

    def _misshapen(self, value: Any, wanted: str, field: str, *, item: bool = False) -> tuple[str, str]:
        """Check and message for something that should have been a list or a mapping."""
        like = f"write it like {self._shape(field, item=item)}" if field in DESCRIPTIONS else "begin with 'treatments:'"
        if field == "CatalogueFile.treatments" and isinstance(value, dict):
            # Names with their prices, most likely.
            key = next(filter(None, (self._treatments.get(folded(str(one))) for one in value)), "prp")
            like = f"write it like {changed_price(key, self._source)}"
        if value is None:
            return "missing-value", f"nothing is written here; {like}, or delete the key"
        return "type", f"expected {wanted}, found {_what(value)}; {like}"

    def _how(self, kind: mi.Type, field: str, key: str = "") -> str:
        """How to write a field, behind its key where that is missing too."""
        match unwrapped(kind):
            case mi.LiteralType(values=values):
                words = in_order(values)
                return (
                    f"write '{key}{words[0]}' or another of {_listed(words)}"
                    if key
                    else f"write one of {_listed(words)}"
                )
        return f"write a value, such as '{key}{self._shape(field)}'"

    def _shape(self, field: str, *, item: bool = False) -> str:
        return shape(field, self._source, item=item)


def _rest_of_text(name: Any, value: Any) -> str:
    """What is said of “spun blood, put into the scalp” without quotes, of which the second half looks like a key."""
    is_rest = value is None and isinstance(name, str) and " " in name
    return 'a comma ends a text in braces; put the whole text in quotes, such as "here, and there"' if is_rest else ""


def _as_key(value: Any, kind: mi.Type) -> str | None:
    """A text that should have been a key, written as one; None if it is something else."""
    if not isinstance(value, str) or unwrapped(kind) != unwrapped(_KEY):
        return None
    key = _NOT_IN_KEYS.sub("-", folded(value)).strip("-")
    return key if fits(key, _KEY) else None


def _fits_wholly(value: Any, model: Any) -> bool:
    try:
        msgspec.convert(value, model, dec_hook=decode_quantity)
    except (msgspec.ValidationError, ValueError):
        return False
    return True


def _own_source(value: Any) -> str:
    """The first key under which a file has a source, if there is one that will do."""
    held = value.get("sources") if isinstance(value, dict) else None
    return (
        next((key for key in held if isinstance(key, str) and fits(key, _KEY)), SOMEWHERE)
        if isinstance(held, dict)
        else SOMEWHERE
    )


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
                near = other_value(str(value), values)
                known = _said(kind, "hint")
                hint = f"; did you mean {near!r}?" if near else f"; {known}" if known else ""
                return "value", f"{_shown(value)} is not one of {_listed(in_order(values))}{hint}"
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
        return MISSPELT, f"{_shown(value)} is not of the expected form: {hint or kind.pattern}"
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
        case mi.BoolType():
            return False
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


def _shown(value: Any, limit: int = _SHORT) -> str:
    text = str(value)
    return repr(text if len(text) <= limit else f"{text[: limit - 1]}…")


def _listed(names: Any) -> str:
    return ", ".join(str(one) for one in names)
