"""The catalogue as a whole: found, read (or taken from the cache), and looked things up in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeAlias, TypeVar

import msgspec

from hairtx.catalogue import model
from hairtx.catalogue.cache import cache_key, read_cached, write_cached
from hairtx.catalogue.names import Names, folded, named
from hairtx.catalogue.places import builtin_folder, cache_folder, layered
from hairtx.errors import CatalogueError, Problem, UsageError
from hairtx.files import display_name, read_bytes

if TYPE_CHECKING:
    # It brings the YAML reader along, which a warm cache does without.
    from hairtx.catalogue.reading.records import Reading

__all__ = ["Catalogue", "ClaimWords", "Origin", "Table", "Weights", "load"]

Item = TypeVar("Item")
StrPath: TypeAlias = str | os.PathLike[str]
OriginKind = Literal["added", "replaced", "changed"]
#: An origin as the cache keeps it, with the numbers of the files: their names depend on where one stands.
_Mark = tuple[OriginKind, tuple[int, ...]]
#: The kinds of things that people ask for in words of their own.
_LOOKED_UP: Final = ("treatment", "condition", "factor")
#: What is said of a treatment that was to be left out.
_LEFT_OUT: Final = "It is one of the built-in treatments, which --only leaves out."
#: What a cache file that is whole may still fail with: it was filled by something else under our name.
_UNFIT: Final = (msgspec.MsgspecError, UnicodeDecodeError, LookupError)


class Origin(msgspec.Struct, frozen=True):
    """How an entry that is not the built-in one came about, and the files it is written in, as shown to people."""

    #: ``added``: there is no built-in entry with that id. ``replaced``: this stands in its place. ``changed``: the
    #: built-in entry, with some fields written anew.
    kind: OriginKind
    files: tuple[str, ...]

    @property
    def words(self) -> str:
        """For people: “from clinic.yaml, not built in”."""
        named = " and ".join(self.files)
        match self.kind:
            case "added":
                return f"from {named}, not built in"
            case "replaced":
                return f"from {named}, in place of the built-in entry"
        return f"built-in entry with changes from {named}"


#: Places of kinds, and what a word weighs for each in hundredths.
Weights = tuple[tuple[int, int], ...]


class ClaimWords(msgspec.Struct, frozen=True):
    """What the words of a sentence and their meanings weigh for kinds of claims, as log odds in hundredths.

    Whole numbers come to the same in whatever order they are added.
    """

    kinds: tuple[str, ...]
    #: The odds of each kind, whatever the words.
    bias: tuple[int, ...]
    #: By feature (a word, a meaning, a pair of either) its weights, decoded when asked for: a text has few of them.
    weights: dict[str, msgspec.Raw]
    #: By meaning, the words that have it.
    senses: dict[str, tuple[str, ...]] = {}
    #: What each cue weighs on which treatment a sentence is about; under "" what holds without any.
    cues: dict[str, float] = {}
    #: By word, how much it speaks for a text being about each treatment, as log odds.
    subjects: dict[str, dict[str, float]] = {}

    def weights_of(self, feature: str) -> Weights:
        """What the feature weighs, by the places of kinds; empty for one that was not learnt."""
        held = self.weights.get(feature)
        return () if held is None else _weights_decoder().decode(held)


@cache
def _weights_decoder() -> msgspec.json.Decoder[Weights]:
    return msgspec.json.Decoder(Weights)


class Table(Mapping[str, Item], Generic[Item]):
    """A read-only mapping whose records are decoded when first asked for.

    A command shows a few of them. Decoding all at the start would cost every run some 10 ms, a twelfth of a comparison.

    Args:
        records: the records, or what the cache keeps of them.
        kind: their class.
        origins: where those that are not built in come from.
        read_anew: the table as its files say it, for when the cache holds something else.
    """

    __slots__ = ("_kind", "_origins", "_read_anew", "_records")

    def __init__(
        self,
        records: Mapping[str, Any],
        kind: type[Item],
        origins: Mapping[str, Origin],
        read_anew: Callable[[], Mapping[str, Any]],
    ) -> None:
        self._records = dict(records)
        self._kind: Any = kind
        self._origins = origins
        self._read_anew = read_anew

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
            decode = _decoder_of(self._kind).decode
            try:
                record = decode(record)
            except _UNFIT:
                self._records = dict(self._read_anew())
                record = decode(self._records[key])
            self._records[key] = record
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
    #: What names that are none as they stand are looked for in, by kind.
    sought: dict[str, msgspec.Raw]
    tables: dict[str, dict[str, msgspec.Raw]]
    about: model.About
    #: Where what is not built in comes from, by table and key.
    origins: dict[str, dict[str, _Mark]]


class Catalogue:
    """Treatments, sources, vocabulary and facts about the edition. Immutable.

    ``catalogue["prp"]`` and every ``find_…`` accept an id, a name or an alias in any spelling of case, hyphens and
    spaces. Treatments keep the order of the file.
    """

    treatments: Table[model.Treatment]
    sources: Table[model.Source]
    conditions: Table[model.Condition]
    factors: Table[model.Factor]
    pathways: Table[model.Pathway]
    outcomes: Table[model.Outcome]
    claim_kinds: Table[model.ClaimKind]
    known_names: Table[model.KnownName]

    def __init__(
        self,
        *,
        names: Mapping[str, Mapping[str, str]],
        sought: Mapping[str, Names],
        tables: Mapping[str, Table[Any]],
        about: model.About,
        about_origin: Origin | None = None,
    ) -> None:
        self._names = names
        self._sought = sought
        vars(self).update(tables)
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
        return self.treatments[self._find("treatment", name)]

    def find_condition(self, name: str) -> str:
        """The key of the condition with that key, label or alias.

        Raises:
            UnknownNameError: with the nearest names.
        """
        return self._find("condition", name)

    def find_factor(self, name: str) -> str:
        """The key of the factor with that key, label or alias.

        Raises:
            UnknownNameError: with the nearest names.
        """
        return self._find("factor", name)

    def _find(self, kind: str, name: str) -> str:
        key = self._names[kind].get(folded(name))
        if key is None:
            from hairtx.catalogue.lookup import look_up  # needed only for what is no name as it stands

            return look_up(self, kind, name)
        return key

    def broader_factors(self, key: str) -> tuple[str, ...]:
        """Every factor that somebody with ``key`` has too, nearest first; ``key`` itself is not among them."""
        found: dict[str, None] = {}
        level = [key]
        while level:
            above = (one for inner in level for one in self._including.get(inner, ()))
            level = [one for one in dict.fromkeys(above) if one != key and one not in found]
            found.update(dict.fromkeys(level))
        return tuple(found)

    @cached_property
    def _including(self) -> Mapping[str, Sequence[str]]:
        """The factors that include another one directly, by that one."""
        above: dict[str, list[str]] = {}
        for key, factor in self.factors.items():
            for one in factor.includes:
                above.setdefault(one, []).append(key)
        return above

    def doubted(self, record: model.Sourced) -> str | None:
        """``secondary`` if this built-in statement was held against a summary of its source alone, ``not-found`` if the
        source could not be had; None if it was held against the source or by nobody.

        Reads the ledger of second readings when first asked, which takes a tenth of a second.
        """
        doubts, doubtful = self._doubts
        if doubtful.isdisjoint(record.sources):
            return None
        from hairtx.catalogue.reading.ledger import fingerprint  # the reader of YAML, seldom needed

        return doubts.get(fingerprint(record))

    @cached_property
    def _doubts(self) -> tuple[Mapping[str, str], frozenset[str]]:
        return _doubts_in(builtin_folder() / "readings.yaml")

    @property
    def claim_words(self) -> ClaimWords:
        """What words weigh for the built-in kinds of claims."""
        return _claim_words_in(builtin_folder() / "claim-words.json")

    def names_of(self, kind: str) -> Mapping[str, str]:
        """Folded name to key, for ``treatment``, ``condition`` or ``factor``."""
        return self._names[kind]

    def sought(self, kind: str) -> Names:
        """What a name of that kind that is none as it stands is looked for in."""
        return self._sought[kind]


@cache
def _claim_words_in(path: Path) -> ClaimWords:
    # Whoever ships a catalogue of their own in place of the built-in one may have no weights.
    return msgspec.json.decode(read_bytes(path), type=ClaimWords) if path.exists() else ClaimWords((), (), {})


@cache
def _doubts_in(path: Path) -> tuple[Mapping[str, str], frozenset[str]]:
    """Fingerprints of what was held against no source in that ledger, and the sources it was to be held against."""
    from hairtx.catalogue.reading.ledger import read_ledger

    # Whoever ships a catalogue of their own in place of the built-in one may have no ledger.
    found = read_ledger(path).doubts if path.exists() else {}
    return {key: one.confirmed for key, one in found.items()}, frozenset(one.source for one in found.values())


def load(
    files: StrPath | Sequence[StrPath] | None = None,
    *,
    overlays: StrPath | Sequence[StrPath] = (),
    only: bool = False,
) -> Catalogue:
    """The built-in catalogue, or the one made of these files, with others laid over it.

    What an overlay has takes the place of what has the same id or key below it; the last one wins.

    Args:
        files: the files to read instead of the built-in ones; one path, or several.
        overlays: files, or folders of files, each a layer of its own; one path, or several.
        only: leave out the treatments that no overlay has. Sources and vocabulary stay, to be referred to.

    Raises:
        CatalogueError: a file cannot be read or does not fit; all problems are listed with their positions.
        UsageError: the list of files is empty.
    """
    paths, layers = layered(None if files is None else _paths(files), _paths(overlays))
    if not paths:
        raise UsageError("there is no file to load; name one, or leave the files out for the built-in catalogue")
    file_names = [display_name(path) for path in paths]
    # The roles of the files are part of what they mean. Known before they are read: a change after that is another key.
    key = cache_key(paths, f"{layers} {only}")

    @cache
    def read_anew() -> _Packed:
        # The YAML reader is imported only where the cache does not serve.
        from hairtx.catalogue.reading.records import read_layers

        contents = [(path, read_bytes(path)) for path in paths]
        reading = read_layers(contents, layers)
        contents.clear()  # nothing reads them again, and they may be big
        packed = _packed(reading, file_names, only=only)
        if key is not None and cache_folder() is not None:  # else nothing is packed: it would only take memory
            write_cached(key, msgspec.msgpack.encode(packed))
        return packed

    kept = read_cached(key) if key is not None else None
    if kept is not None:
        try:
            return _unpacked(_packed_decoder().decode(kept), file_names, read_anew)
        except _UNFIT:
            pass
    return _unpacked(read_anew(), file_names, read_anew)


def _paths(given: StrPath | Sequence[StrPath]) -> list[Path]:
    return [Path(one) for one in ((given,) if isinstance(given, str | os.PathLike) else given)]


@cache
def _packed_decoder() -> msgspec.msgpack.Decoder[_Packed]:
    return msgspec.msgpack.Decoder(_Packed)


def _unpacked(packed: _Packed, file_names: Sequence[str], read_anew: Callable[[], _Packed]) -> Catalogue:
    origins = {
        table: {
            key: Origin(kind, tuple(dict.fromkeys(file_names[file] for file in files)))
            for key, (kind, files) in keys.items()
        }
        for table, keys in packed.origins.items()
    }

    def table(name: str, kind: type[model.Record]) -> Table[Any]:
        return Table(packed.tables[name], kind, origins[name], lambda: read_anew().tables[name])

    return Catalogue(
        names=packed.names,
        sought=Table({kind: packed.sought[kind] for kind in _LOOKED_UP}, Names, {}, lambda: read_anew().sought),
        tables={name: table(name, kind) for name, kind in model.TABLES.items()},
        about=packed.about,
        about_origin=origins["about"].get("about"),
    )


def _packed(reading: Reading, file_names: Sequence[str], *, only: bool) -> _Packed:
    """One catalogue out of its files, as the cache keeps it."""
    from hairtx.catalogue.lookup import sought  # needed only for what is no name as it stands

    tables: dict[str, dict[str, Any]] = {name: {} for name in model.TABLES}
    origins: dict[str, dict[str, _Mark]] = {name: {} for name in (*model.TABLES, "about")}
    about: model.About | None = None
    for index, one in enumerate(reading.files):
        is_own = reading.layers[index] > 0
        for name, table in tables.items():
            for place, key, record in one.entries(name):
                if is_own:
                    kind, files = _below(reading, (index, place), origins[name])
                    origins[name][key] = (kind if key in table else "added", (*files, index))
                table[key] = record
        if one.about is not None:
            about = one.about
            if is_own:
                origins["about"]["about"] = ("replaced", (index,))
    if about is None:
        message = "no file says what edition this is; add 'about:' to one of them"
        raise CatalogueError([Problem(file_names[0], 1, 1, "missing-key", message)])
    if only:
        _leave_out(tables, {key for key in tables["treatments"] if key not in origins["treatments"]})
    names = {
        model.singular(name): named((key, (key, *record.names.values())) for key, record in tables[name].items())
        for name, kind in model.TABLES.items()
        if issubclass(kind, model.Named)
    }
    encoder = msgspec.msgpack.Encoder(enc_hook=model.encode_quantity)
    raw = {
        name: {key: msgspec.Raw(encoder.encode(record)) for key, record in records.items()}
        for name, records in tables.items()
    }
    looked_in = {kind: msgspec.Raw(encoder.encode(sought(names, tables["known_names"], kind))) for kind in _LOOKED_UP}
    return _Packed(names, looked_in, raw, about, origins)


def _leave_out(tables: Mapping[str, dict[str, Any]], left_out: set[str]) -> None:
    """Take treatments out of the tables. Their names stay known, so that no other treatment is guessed from them."""
    treatments = {key: tables["treatments"].pop(key) for key in left_out}
    known = tables["known_names"]
    for key, one in list(known.items()):
        if left_out.isdisjoint(one.treatments):
            continue
        left = tuple(each for each in one.treatments if each not in left_out)
        is_known = bool(left) or one.text is not None
        known[key] = msgspec.structs.replace(one, treatments=left, text=one.text if is_known else _LEFT_OUT)
    for key, treatment in treatments.items():
        names = tuple(dict.fromkeys((treatment.id, treatment.name, treatment.short_name, *treatment.aliases)))
        known[key] = model.KnownName(label=treatment.short_name, aliases=names, about="treatment", text=_LEFT_OUT)


def _below(reading: Reading, place: tuple[int, Any], origins: Mapping[str, _Mark]) -> _Mark:
    """Where that comes from which the entry at this place was laid over: nowhere unless it extends another."""
    extension = reading.extensions.get(place)
    if extension is None or extension.base is None:
        return "replaced", ()
    file, number = extension.base
    return origins.get(reading.files[file].treatments[number].id, ("changed", ()))
