"""A faulty document made whole, so that the rules that span records can be asked about the rest of it.

Whatever does not fit the model is replaced by something that does, and every replaced place is remembered: what a
rule then finds there is the replacement's fault and not the writer's.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from msgspec import inspect as mi

from hairtx.catalogue.reading.misfits import described, fits, unwrapped

__all__ = ["made_whole"]

_TEXTS = ("placeholder", "USD", "10.1000/x", "0", "https://example.org")


def made_whole(value: Any, model: Any) -> tuple[Any, set[tuple[Any, ...]]]:
    """A value that fits ``model``, as much of it as possible taken from ``value``, and the paths replaced."""
    replaced: set[tuple[Any, ...]] = set()
    return _whole(value, described(model), (), replaced), replaced


def _whole(value: Any, kind: mi.Type, path: tuple[Any, ...], replaced: set[tuple[Any, ...]]) -> Any:
    kind = unwrapped(kind)
    match kind:
        case mi.UnionType():
            if value is None and kind.includes_none:
                return None
            whole = _whole(value, _first(kind), path, replaced)
            return None if path in replaced and kind.includes_none else whole
        case mi.StructType() if isinstance(value, dict):
            return _whole_record(value, kind, path, replaced)
        case mi.DictType() if isinstance(value, dict):
            return {
                name: _whole(item, kind.value_type, (*path, name), replaced)
                for name, item in value.items()
                if fits(name, unwrapped(kind.key_type))
            }
        case mi.VarTupleType() if isinstance(value, list) and len(value) >= (kind.min_length or 0):
            return [_whole(item, kind.item_type, (*path, place), replaced) for place, item in enumerate(value)]
        case mi.TupleType() if isinstance(value, list) and len(value) == len(kind.item_types):
            pairs = zip(value, kind.item_types, strict=True)
            return [_whole(item, one, (*path, place), replaced) for place, (item, one) in enumerate(pairs)]
        case mi.StructType() | mi.DictType() | mi.VarTupleType() | mi.TupleType():
            pass
        case _:
            if fits(value, kind):
                return value
    replaced.add(path)
    return _placeholder(kind)


def _whole_record(
    value: dict[str, Any], kind: mi.StructType, path: tuple[Any, ...], replaced: set[tuple[Any, ...]]
) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for one in kind.fields:
        if one.encode_name in value:
            record[one.encode_name] = _whole(value[one.encode_name], one.type, (*path, one.encode_name), replaced)
        elif one.required:
            replaced.add((*path, one.encode_name))
            record[one.encode_name] = _placeholder(one.type)
    return record


def _first(kind: mi.UnionType) -> mi.Type:
    return next(one for one in kind.types if not isinstance(one, mi.NoneType))


def _placeholder(kind: mi.Type) -> Any:  # noqa: C901  # one case a kind of type
    match unwrapped(kind):
        case mi.UnionType() as union:
            return None if union.includes_none else _placeholder(_first(union))
        case mi.StructType(fields=fields):
            return {one.encode_name: _placeholder(one.type) for one in fields if one.required}
        case mi.DictType():
            return {}
        case mi.VarTupleType(item_type=item, min_length=least):
            return [_placeholder(item)] * (least or 0)
        case mi.TupleType(item_types=items):
            return [_placeholder(item) for item in items]
        case mi.CustomType(cls=cls):
            return cls.example  # type: ignore[attr-defined]  # the only custom types are the quantities
        case mi.LiteralType(values=values):
            return values[0]
        case mi.StrType(pattern=pattern):
            return next(text for text in _TEXTS if pattern is None or re.search(pattern, text))
        case mi.DateType():
            return dt.date(2000, 1, 1)
        case mi.IntType() as number:
            return number.ge or 0
    return 0.0
