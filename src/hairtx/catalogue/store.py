"""The catalogue as a whole: found, read (or taken from the cache), and looked things up in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from hairtx.catalogue import model
from hairtx.catalogue.cache import cache_key, read_cached, write_cached
from hairtx.catalogue.names import folded, nearest_names
from hairtx.catalogue.reading import read_bytes
from hairtx.errors import CatalogueError, Problem, UnknownNameError, UsageError

__all__ = ["Catalogue", "builtin_folder", "load"]

Item = TypeVar("Item")

#: The files of the built-in catalogue, in the order in which problems are reported.
BUILTIN_FILES = ("about.yaml", "vocabulary.yaml", "sources.yaml", "treatments.yaml")


class Table(Mapping[str, Item], Generic[Item]):
    """A read-only mapping whose records are decoded when first asked for."""

    __slots__ = ("_kind", "_records")

    def __init__(self, records: Mapping[str, Any], kind: type[Item]) -> None:
        self._records = dict(records)
        self._kind: Any = kind

    def __getitem__(self, key: str) -> Item:
        record = self._records[key]
        if isinstance(record, msgspec.Raw):
            record = self._records[key] = _decoder_of(self._kind).decode(record)
        return record  # type: ignore[no-any-return]  # by construction an Item

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)


@cache
def _decoder_of(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind, dec_hook=model.trust_quantity)


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    """What the cache holds: names ready for look-up, records still packed."""

    names: dict[str, dict[str, str]]
    treatments: dict[str, msgspec.Raw]
    sources: dict[str, msgspec.Raw]
    conditions: dict[str, msgspec.Raw]
    factors: dict[str, msgspec.Raw]
    pathways: dict[str, msgspec.Raw]
    outcomes: dict[str, msgspec.Raw]
    about: model.About


class Catalogue:
    """Treatments, sources, vocabulary and facts about the edition. Immutable.

    ``catalogue["prp"]`` and every ``find_…`` accept an id, a name or an alias in any spelling of case, hyphens and
    spaces. Treatments keep the order of the file.
    """

    def __init__(
        self,
        *,
        names: Mapping[str, Mapping[str, str]],
        treatments: Table[model.Treatment],
        sources: Table[model.Source],
        conditions: Table[model.Condition],
        factors: Table[model.Factor],
        pathways: Table[model.Pathway],
        outcomes: Table[model.Outcome],
        about: model.About,
    ) -> None:
        self._names = names
        self.treatments = treatments
        self.sources = sources
        self.conditions = conditions
        self.factors = factors
        self.pathways = pathways
        self.outcomes = outcomes
        self.about = about

    def __len__(self) -> int:
        return len(self.treatments)

    def __iter__(self) -> Iterator[model.Treatment]:
        return iter(self.treatments.values())

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and folded(name) in self._names["treatment"]

    def __getitem__(self, name: str) -> model.Treatment:
        """The treatment with that id, name or alias.

        Raises:
            UnknownNameError: with the nearest names.
        """
        return self.treatments[self._key("treatment", name, "'hairtx list' shows them all.")]

    def find_condition(self, name: str) -> str:
        """The key of the condition with that key, label or alias.

        Raises:
            UnknownNameError: with the nearest names.
        """
        return self._key("condition", name, f"Known: {', '.join(self.conditions)}.")

    def find_factor(self, name: str) -> str:
        """The key of the factor with that key, label or alias.

        Raises:
            UnknownNameError: with the nearest names.
        """
        return self._key("factor", name, "'hairtx screen' lists them all.")

    def names_of(self, kind: str) -> Mapping[str, str]:
        """Folded name to key, for ``treatment``, ``condition`` or ``factor``."""
        return self._names[kind]

    def _key(self, kind: str, name: str, look_in: str) -> str:
        names = self._names[kind]
        key = names.get(folded(name))
        if key is None:
            near = dict.fromkeys(names[folded(one)] for one in nearest_names(name, names, limit=4))
            raise UnknownNameError(kind, name, list(near)[:3], look_in)
        return key


def builtin_folder() -> Path:
    """Where the catalogue that comes with the program lies: inside the wheel, or beside ``src`` in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "data"
    return inside if inside.is_dir() else package.parent.parent / "data"


def load(files: Sequence[Path] | None = None) -> Catalogue:
    """The catalogue made of these files, or the built-in one.

    Raises:
        CatalogueError: a file cannot be read or does not fit; all problems are listed with their positions.
        UsageError: the list of files is empty.
    """
    paths = [builtin_folder() / name for name in BUILTIN_FILES] if files is None else list(files)
    if not paths:
        raise UsageError("there is no file to load; name one, or leave the files out for the built-in catalogue")
    contents = [(path, read_bytes(path)) for path in paths]
    key = cache_key(content for _, content in contents)
    kept = read_cached(key)
    if kept is not None:
        try:
            return _unpacked(_packed_decoder().decode(kept))
        except (msgspec.MsgspecError, UnicodeDecodeError):
            pass  # written by something else under our name: read the files instead
    # The YAML reader is imported only where the cache does not serve.
    from hairtx.catalogue.decoding import read_files

    catalogue, packed = _merged(read_files(contents), contents[0][0])
    write_cached(key, packed)
    return catalogue


@cache
def _packed_decoder() -> msgspec.msgpack.Decoder[_Packed]:
    return msgspec.msgpack.Decoder(_Packed)


def _unpacked(packed: _Packed) -> Catalogue:
    return Catalogue(
        names=packed.names,
        treatments=Table(packed.treatments, model.Treatment),
        sources=Table(packed.sources, model.Source),
        conditions=Table(packed.conditions, model.Condition),
        factors=Table(packed.factors, model.Factor),
        pathways=Table(packed.pathways, model.Pathway),
        outcomes=Table(packed.outcomes, model.Outcome),
        about=packed.about,
    )


def _merged(files: Iterable[model.CatalogueFile], first: Path) -> tuple[Catalogue, bytes]:
    """One catalogue out of its files, and the same packed for the cache."""
    tables: dict[str, dict[str, Any]] = {
        name: {} for name in ("treatments", "sources", "conditions", "factors", "pathways", "outcomes")
    }
    about: model.About | None = None
    for one in files:
        tables["treatments"].update((treatment.id, treatment) for treatment in one.treatments)
        for name in ("sources", "conditions", "factors", "pathways", "outcomes"):
            tables[name].update(getattr(one, name))
        about = one.about or about
    if about is None:
        message = "no file says what edition this is; add 'about:' to one of them"
        raise CatalogueError([Problem(str(first), 1, 1, "missing-key", message)])
    names = {
        "treatment": _folded_names(
            (one.id, (one.id, one.name, one.short_name, *one.aliases)) for one in tables["treatments"].values()
        ),
        "condition": _folded_names((key, (key, one.label, *one.aliases)) for key, one in tables["conditions"].items()),
        "factor": _folded_names((key, (key, one.label, *one.aliases)) for key, one in tables["factors"].items()),
    }
    encoder = msgspec.msgpack.Encoder(enc_hook=model.encode_quantity)
    raw = {
        name: {key: msgspec.Raw(encoder.encode(record)) for key, record in records.items()}
        for name, records in tables.items()
    }
    packed = _Packed(names=names, about=about, **raw)
    return _unpacked(_Packed(names=names, about=about, **raw)), encoder.encode(packed)


def _folded_names(entries: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    return {folded(name): key for key, written in entries for name in written}
