"""The catalogue as a whole: found, read (or taken from the cache), and looked things up in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from hairtx.catalogue import model
from hairtx.catalogue.cache import cache_key, read_cached, write_cached
from hairtx.catalogue.names import find, folded, named
from hairtx.catalogue.origin import Origin
from hairtx.errors import CatalogueError, Problem, UsageError
from hairtx.files import display_name, read_bytes

if TYPE_CHECKING:
    # They bring the YAML reader along, which a warm cache does without.
    from hairtx.catalogue.reading.extending import Extension
    from hairtx.catalogue.reading.records import Reading

__all__ = ["BUILTIN_FILES", "Catalogue", "builtin_folder", "layered", "load"]

Item = TypeVar("Item")

#: The files of the built-in catalogue, in the order in which problems are reported.
BUILTIN_FILES = ("about.yaml", "vocabulary.yaml", "sources.yaml", "treatments.yaml")


class Table(Mapping[str, Item], Generic[Item]):
    """A read-only mapping whose records are decoded when first asked for."""

    __slots__ = ("_kind", "_origins", "_records")

    def __init__(
        self, records: Mapping[str, Any], kind: type[Item], origins: Mapping[str, Origin] | None = None
    ) -> None:
        self._records = dict(records)
        self._kind: Any = kind
        self._origins = origins or {}

    @property
    def origins(self) -> Mapping[str, Origin]:
        """Where the records that are not built in come from."""
        return self._origins

    def origin_of(self, key: str) -> Origin | None:
        """Where that record comes from; None for a built-in one."""
        return self._origins.get(key)

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
    #: Table and key of what is not built in: kind of origin, and which of the files it is written in.
    origins: dict[str, dict[str, tuple[str, tuple[int, ...]]]] = {}


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
        about_origin: Origin | None = None,
    ) -> None:
        self._names = names
        self.treatments = treatments
        self.sources = sources
        self.conditions = conditions
        self.factors = factors
        self.pathways = pathways
        self.outcomes = outcomes
        self.about = about
        #: Where the facts about the edition come from; None for the built-in ones.
        self.about_origin = about_origin

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
        return self.treatments[find(name, self._names["treatment"], "treatment", "'hairtx list' shows them all.")]

    def find_condition(self, name: str) -> str:
        """The key of the condition with that key, label or alias.

        Raises:
            UnknownNameError: with the nearest names.
        """
        return find(name, self._names["condition"], "condition", f"Known: {', '.join(self.conditions)}.")

    def find_factor(self, name: str) -> str:
        """The key of the factor with that key, label or alias.

        Raises:
            UnknownNameError: with the nearest names.
        """
        return find(name, self._names["factor"], "factor", "'hairtx screen' lists them all.")

    def names_of(self, kind: str) -> Mapping[str, str]:
        """Folded name to key, for ``treatment``, ``condition`` or ``factor``."""
        return self._names[kind]


def builtin_folder() -> Path:
    """Where the catalogue that comes with the program lies: inside the wheel, or beside ``src`` in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "data"
    return inside if inside.is_dir() else package.parent.parent / "data"


def load(files: Sequence[Path] | None = None, *, overlays: Sequence[Path] = (), only: bool = False) -> Catalogue:
    """The built-in catalogue, or the one made of these files, with others laid over it.

    What an overlay has takes the place of what has the same id or key below it; the last one wins.

    Args:
        files: the files to read instead of the built-in ones.
        overlays: files, or folders of files, each a layer of its own.
        only: leave out the treatments that no overlay has. Sources and vocabulary stay, to be referred to.

    Raises:
        CatalogueError: a file cannot be read or does not fit; all problems are listed with their positions.
        UsageError: the list of files is empty.
    """
    paths, layers = layered(files, overlays)
    if not paths:
        raise UsageError("there is no file to load; name one, or leave the files out for the built-in catalogue")
    contents = [(path, read_bytes(path)) for path in paths]
    first_own = layers.index(1) if 1 in layers else len(layers)
    # The roles of the files are part of what they mean, and so of the key.
    roles = f"{layers} {first_own if files is None else 0} {only}".encode()
    key = cache_key([roles, *(content for _, content in contents)])
    own_names = {index: display_name(paths[index]) for index in range(first_own, len(paths))}
    kept = read_cached(key)
    if kept is not None:
        try:
            return _unpacked(_packed_decoder().decode(kept), own_names)
        except (msgspec.MsgspecError, UnicodeDecodeError, KeyError):
            pass  # written by something else under our name: read the files instead
    # The YAML reader is imported only where the cache does not serve.
    from hairtx.catalogue.reading.records import read_layers

    packed = _packed(read_layers(contents, layers), paths, only=only)
    payload = msgspec.msgpack.encode(packed)
    write_cached(key, payload)
    return _unpacked(packed, own_names)


def layered(files: Sequence[Path] | None, overlays: Sequence[Path]) -> tuple[list[Path], tuple[int, ...]]:
    """Every file to read and the layer it belongs to, 0 for the built-in ones (or ``files``).

    Raises:
        CatalogueError: an overlay is a folder that cannot be read or holds no YAML file.
    """
    paths = [builtin_folder() / name for name in BUILTIN_FILES] if files is None else list(files)
    layers = [0] * len(paths)
    if overlays:
        from hairtx.catalogue.places import catalogue_files

        for number, overlay in enumerate(overlays, start=1):
            found = catalogue_files(overlay)
            paths += found
            layers += [number] * len(found)
    return paths, tuple(layers)


@cache
def _packed_decoder() -> msgspec.msgpack.Decoder[_Packed]:
    return msgspec.msgpack.Decoder(_Packed)


def _unpacked(packed: _Packed, file_names: Mapping[int, str]) -> Catalogue:
    origins = {
        table: {
            key: Origin(kind, tuple(dict.fromkeys(file_names[file] for file in files)))  # type: ignore[arg-type]  # as packed
            for key, (kind, files) in keys.items()
        }
        for table, keys in packed.origins.items()
    }
    of = origins.get
    return Catalogue(
        names=packed.names,
        treatments=Table(packed.treatments, model.Treatment, of("treatments")),
        sources=Table(packed.sources, model.Source, of("sources")),
        conditions=Table(packed.conditions, model.Condition, of("conditions")),
        factors=Table(packed.factors, model.Factor, of("factors")),
        pathways=Table(packed.pathways, model.Pathway, of("pathways")),
        outcomes=Table(packed.outcomes, model.Outcome, of("outcomes")),
        about=packed.about,
        about_origin=origins.get("about", {}).get("about"),
    )


def _packed(reading: Reading, paths: Sequence[Path], *, only: bool) -> _Packed:
    """One catalogue out of its files, as the cache keeps it."""
    tables: dict[str, dict[str, Any]] = {
        name: {} for name in ("treatments", "sources", "conditions", "factors", "pathways", "outcomes")
    }
    origins: dict[str, dict[str, tuple[str, tuple[int, ...]]]] = {name: {} for name in (*tables, "about")}
    about: model.About | None = None
    places: dict[tuple[int, int], tuple[str, tuple[int, ...]]] = {}
    for index, one in enumerate(reading.files):
        is_own = reading.layers[index] > 0
        for place, treatment in enumerate(one.treatments):
            if is_own:
                extension = reading.extensions.get((index, place))
                replaces = treatment.id in tables["treatments"]
                origin = _origin_of_treatment(index, extension, places, replaces=replaces)
                origins["treatments"][treatment.id] = places[index, place] = origin
            tables["treatments"][treatment.id] = treatment
        for name in ("sources", "conditions", "factors", "pathways", "outcomes"):
            records = getattr(one, name)
            if is_own:
                origins[name].update(
                    (key, ("replaced" if key in tables[name] else "added", (index,))) for key in records
                )
            tables[name].update(records)
        if one.about is not None:
            about = one.about
            if is_own:
                origins["about"]["about"] = ("replaced", (index,))
    if about is None:
        message = "no file says what edition this is; add 'about:' to one of them"
        raise CatalogueError([Problem(display_name(paths[0]), 1, 1, "missing-key", message)])
    if only:
        tables["treatments"] = {key: one for key, one in tables["treatments"].items() if key in origins["treatments"]}
    names = {
        kind: named((key, (key, *one.names.values())) for key, one in tables[f"{kind}s"].items())
        for kind in ("treatment", "condition", "factor")
    }
    encoder = msgspec.msgpack.Encoder(enc_hook=model.encode_quantity)
    raw = {
        name: {key: msgspec.Raw(encoder.encode(record)) for key, record in records.items()}
        for name, records in tables.items()
    }
    return _Packed(names=names, about=about, origins={name: keys for name, keys in origins.items() if keys}, **raw)


def _origin_of_treatment(
    index: int,
    extension: Extension | None,
    places: Mapping[tuple[int, int], tuple[str, tuple[int, ...]]],
    *,
    replaces: bool,
) -> tuple[str, tuple[int, ...]]:
    if extension is None or extension.base is None:
        return "replaced" if replaces else "added", (index,)
    kind, files = places.get(extension.base, ("changed", ()))
    if not replaces:
        kind = "added"
    return kind, (*files, index)
