"""Names as people type them: folding spelling variants together, and the one way of looking a name up."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from hairtx.errors import UnknownNameError, either

__all__ = ["OTHER_REGION_NAMES", "Names", "Suggestions", "find", "folded", "named", "nearest_names"]

#: How alike two names must be for one to be offered for the other, from 0 to 1. Over the names of the built-in
#: catalogue, one or two slips of the fingers stay above it in 19 of 20 cases, and a name that means something else gets
#: nothing in 9 of 10. A wrong offer is worse than none.
_ALIKE: Final = 0.82
#: As many letters are the beginning of a word.
_SHORTEST: Final = 3
#: Typed or pasted for the ASCII sign.
_TYPOGRAPHIC: Final = str.maketrans("\u2212\u2019\u2018\u02bc", "-'''")

#: What people write for a region, by the name that prices and regulators stand under.
OTHER_REGION_NAMES: Final = {
    "UK": ("GB", "Great Britain", "Britain", "United Kingdom"), "US": ("USA", "United States", "America"),
}  # fmt: skip


class Names(Struct, frozen=True, array_like=True):
    """What is looked through for a name that is none as it stands."""

    #: Folded name to key.
    keys: dict[str, str]
    #: The words that matter in names, each in one form and in alphabetical order, to the keys of those names.
    by_words: dict[str, tuple[str, ...]]


def folded(name: str) -> str:
    """Case, accents, hyphens, underscores and spaces of any kind make no difference between names."""
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name.translate(_TYPOGRAPHIC))
        name = "".join("-" if _is_dash(one) else one for one in decomposed if not _is_unseen(one))
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())


def _is_dash(character: str) -> bool:
    return unicodedata.category(character) == "Pd"


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or bool(unicodedata.combining(character))


def nearest_names(name: str, known: Iterable[str], *, limit: int = 3) -> list[str]:
    """The names most like ``name``: the one spelled most alike, those with a word that begins so, others alike."""
    import difflib  # costs a few milliseconds and is needed only after a mistake

    wanted = folded(name)[:200]
    by_folded = {folded(one): one for one in known}
    if not wanted:
        return []
    # A letter or two, or a number such as a year, begins too many words to mean one of them.
    is_word = len(wanted) >= _SHORTEST and not wanted.isdigit()
    starting = [one for one in by_folded if is_word and one.startswith(wanted)]
    containing = [one for one in by_folded if is_word and f" {wanted}" in one and one not in starting]
    alike = difflib.get_close_matches(wanted, by_folded, n=limit, cutoff=_ALIKE)
    ordered = dict.fromkeys([*alike[:1], *sorted(starting, key=len), *sorted(containing, key=len), *alike])
    return [by_folded[one] for one in ordered][:limit]


def named(entries: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Folded name to key, for keys with all the names that lead to them."""
    return {folded(name): key for key, names in entries for name in names}


def find(name: str, names: Mapping[str, str], kind: str, look_in: str, labels: Mapping[str, str] | None = None) -> str:
    """The key that a name leads to, however it is spelled.

    Args:
        name: what was typed.
        names: folded name to key, as :func:`named` gives them.
        kind: what is looked for, in a message: ``treatment``.
        look_in: where all of them are, in a message: ``'hairtx list' shows them all.``
        labels: what readers see of the keys, where that is not the key itself.

    Raises:
        UnknownNameError: with the nearest keys.
    """
    key = names.get(folded(name))
    if key is None:
        raise UnknownNameError(kind, name, _nearest_keys(name, names), look_in, labels)
    return key


def _nearest_keys(name: str, names: Mapping[str, str]) -> list[str]:
    """Up to three keys that the names most like ``name`` lead to."""
    near = dict.fromkeys(names[folded(one)] for one in nearest_names(name, names, limit=4))
    return list(near)[:3]


class Suggestions:
    """What was meant by keys that a file has and the catalogue has not: another name of theirs, or one spelled alike.

    A file may be wrong in thousands of places, and every look takes milliseconds: only the first ones get one.
    """

    #: How many different keys get an answer.
    most: Final = 50

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._found: dict[str, str] = {}

    def hint(self, key: str) -> str:
        """“did you mean 'anticoagulants'?”, or nothing."""
        if key not in self._found:
            if len(self._found) >= self.most:
                return ""
            meant = self._names.get(folded(key))
            near = [meant] if meant is not None else _nearest_keys(key, self._names)
            self._found[key] = f"did you mean {either(near)}?" if near else ""
        return self._found[key]
