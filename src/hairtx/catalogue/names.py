"""Names as people type them: folding spelling variants together, and the one way of looking a name up."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from hairtx.errors import UnknownNameError

__all__ = ["find", "folded", "named", "nearest_names"]


def folded(name: str) -> str:
    """Case, accents, hyphens, underscores and repeated spaces make no difference between names."""
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name)
        name = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())


def nearest_names(name: str, known: Iterable[str], *, limit: int = 3) -> list[str]:
    """The names most like ``name``, best first: those that begin with it or contain it, then those spelled alike."""
    import difflib  # costs a few milliseconds and is needed only after a mistake

    wanted = folded(name)[:200]
    by_folded = {folded(one): one for one in known}
    if not wanted:
        return []
    starting = [one for one in by_folded if one.startswith(wanted)]
    containing = [one for one in by_folded if len(wanted) >= 3 and wanted in one and one not in starting]
    alike = difflib.get_close_matches(wanted, by_folded, n=limit, cutoff=0.6)
    ordered = dict.fromkeys([*alike[:1], *sorted(starting, key=len), *sorted(containing, key=len), *alike])
    return [by_folded[one] for one in ordered][:limit]


def named(entries: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Folded name to key, for keys with all the names that lead to them."""
    return {folded(name): key for key, names in entries for name in names}


def find(name: str, names: Mapping[str, str], kind: str, look_in: str) -> str:
    """The key that a name leads to, however it is spelled.

    Args:
        name: what was typed.
        names: folded name to key, as :func:`named` gives them.
        kind: what is looked for, in a message: ``treatment``.
        look_in: where all of them are, in a message: ``'hairtx list' shows them all.``

    Raises:
        UnknownNameError: with the nearest keys.
    """
    key = names.get(folded(name))
    if key is None:
        near = dict.fromkeys(names[folded(one)] for one in nearest_names(name, names, limit=4))
        raise UnknownNameError(kind, name, list(near)[:3], look_in)
    return key
