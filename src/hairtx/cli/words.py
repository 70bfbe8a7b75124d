"""The words of a command line read as names, quoted or not, with “vs”, “and” or commas between them.

Which words belong together is told by the catalogue: ``iron infusion iron tablets`` are two treatments. Where that can
be read in two ways, nothing is guessed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Sequence
from itertools import groupby
from typing import Any, Final

from msgspec import Struct

from hairtx.catalogue.names import folded
from hairtx.catalogue.store import Catalogue
from hairtx.errors import NotCoveredError, UnknownNameError, UsageError, either

__all__ = [
    "QUESTION_WORDS",
    "Typed",
    "asked_about",
    "note_other_forms",
    "one_name",
    "read_names",
    "read_two_ways",
    "readings",
    "treatments_in",
]

#: How the keys begin of what is known and has no entry.
_KNOWN: Final = "known:"
#: Words that may stand between two names or behind one; those that belong to a name are read as a part of it too.
_BETWEEN: Final = frozenset(
    (
        *(",", "&", "+", "/", "vs", "vs.", "versus", "v", "and", "or", "with", "against", "to"),
        *("therapy", "therapie", "terapia", "treatment", "treatments", "behandlung"),
    )
)
#: Words round what is asked about a treatment, by those who ask in whole sentences.
_QUESTION_WORDS: Final = """
a about actually am an are at been before being can could did do does during for get had happens has have having how i
i'm if im in is it like me my of on really should start taking take the there this to try trying until use using was we
what when where which while who why will with without would you your
"""
QUESTION_WORDS: Final = frozenset(_QUESTION_WORDS.split())
#: What people ask about a treatment, by the rows that answer it, besides what those are called themselves.
_ASKED_OF_ROWS: Final = {
    "price": "price, prices, cost, costs, fee, fees, how much",
    "harm": "side effect, side effects, risk, risks, harms, dangers, safety, safe, dangerous, harmful, bad for you, "
    "painful, hurt, hurts, death, deaths, die, deadly, fatal",
    "effects": "work, works, working, effective, help, helps, regrow hair, worth it, any good, good",
    "results": "how long, how soon, how quickly, how fast",
    "on-stopping": "stop, stopping, quit, come off, permanent, last, lasts, lasting, forever",
    "regulatory": "approved, fda approved, licensed, legal",
    "downtime": "recovery, recovery time",
    "schedule": "sessions, how many sessions, how often",
}
#: What tells one form of a medicine from another.
_FORMS: Final = frozenset(
    ("tablets", "capsules", "oral", "by", "mouth", "spray", "topical", "on", "the", "scalp", "injections")
)
#: So many readings are followed: two are enough to ask which is meant, and some fall away at the end.
_FOLLOWED: Final = 8
#: So many words are tried as one name, of so many in all, where they are no name as they stand: that takes time.
_LONGEST_INEXACT: Final = 5
_MOST_WORDS: Final = 40


class Typed(Struct, frozen=True):
    """A name as it was typed, and what it leads to."""

    text: str
    kind: str
    key: str


#: What finds all that a text may be: one name of each kind at most.
_Find = Callable[[str], list[Typed]]


def treatments_in(catalogue: Catalogue, words: Sequence[str], command: str, *, least: int = 1) -> list[str]:
    """The names of treatments among the words of a command; the words as they are where that tells more.

    Raises:
        UsageError: they can be read in two ways.
        UnknownNameError: with the nearest names.
        NotCoveredError: a name is known and has no entry.
    """
    return [one.text for one in read_names(catalogue, words, command, least=least)]


def one_name(catalogue: Catalogue, words: Sequence[str]) -> str:
    """The one treatment that a command shows.

    Raises:
        UsageError: there are two, or the words can be read in two ways.
        UnknownNameError: with the nearest names.
        NotCoveredError: the name is known and has no entry.
    """
    is_named = bool(readings(catalogue, words, is_exact=True))
    if not is_named and (asked := asked_about(catalogue, words)):
        raise asked
    if not is_named and not readings(catalogue, words):
        try:
            return catalogue[" ".join(words)].id
        except UnknownNameError as error:
            raise _with_commands(catalogue, words, "show", error) from None
    names = treatments_in(catalogue, words, "show")
    if len(names) > 1:
        keys = [catalogue[one].id for one in names]
        raise UsageError(
            f"one treatment is shown at a time; 'hairtx compare {' '.join(keys)}' sets {len(keys)} side by side"
        )
    return names[0]


def note_other_forms(catalogue: Catalogue, typed: Sequence[str]) -> None:
    """Say for names such as “minoxidil” or “fin” which form each was taken for, and what others there are."""
    meant = {catalogue[one].id for one in typed}
    for one in typed:
        others = _other_forms(catalogue, one, meant)
        if others and sys.stderr is not None:
            name = catalogue[one].short_name
            sys.stderr.write(f"hairtx: note: {one!r} is taken for {name}; there is also {others}.\n")


def _other_forms(catalogue: Catalogue, typed: str, meant: Collection[str]) -> str:
    """Treatments of the same name in another form that are not meant already."""
    names = catalogue.names_of("treatment")
    own = names.get(folded(typed))
    bare = {one for one, key in names.items() if key == own and one.startswith(folded(typed)) and " " not in one}
    others = {
        key: catalogue[key].short_name
        for one, key in names.items()
        if key not in meant and any(set(one.split()) - _FORMS == {each} for each in bare)
    }
    return ", ".join(f"'{key}' ({name})" for key, name in others.items())


def read_names(
    catalogue: Catalogue, words: Sequence[str], command: str, *, kinds: Sequence[str] = ("treatment",), least: int = 1
) -> list[Typed]:
    """What the words name, in their order.

    Args:
        catalogue: what knows the names.
        words: the arguments, as the shell hands them over.
        command: the command that they were given to, for messages.
        kinds: what is looked for: ``treatment``, ``factor``.
        least: how many names the command takes at least; a reading with fewer is none where another has enough.

    Raises:
        UsageError: they can be read in two ways.
        UnknownNameError: with the nearest names.
        NotCoveredError: a name is known and has no entry.
    """
    found = readings(catalogue, words, kinds=kinds, least=least, is_exact=True)
    if not found and words and kinds == ("treatment",) and (asked := asked_about(catalogue, words)):
        raise asked
    found = found or readings(catalogue, words, kinds=kinds, least=least)
    if len(found) > 1:
        raise read_two_ways(found, [command] * len(found))
    if not found and words:
        try:
            _explain(catalogue, _tokens(catalogue, words, kinds), kinds)
        except UnknownNameError as error:
            raise _with_commands(catalogue, words, command, error) from None
    return list(found[0]) if found else []


def read_two_ways(found: Sequence[Sequence[Typed]], commands: Sequence[str]) -> UsageError:
    """What is said of words with two readings, each with the command that it would be for."""
    told = [f"'hairtx {command} {_quoted(one, found)}'" for one, command in zip(found, commands, strict=True)]
    return UsageError(f"this can be read in two ways; say which you mean: {' or '.join(told[:2])}")


#: The factors that have an option of their own.
_SEXES: Final = {"male-sex": "--sex male", "female-sex": "--sex female"}


def asked_about(catalogue: Catalogue, words: Sequence[str]) -> UsageError | None:
    """What is said of treatments with something about a person or the name of a row, be it a whole question: the
    command that answers it. None where the words are something else."""
    from hairtx.analysis.views.comparison import row_called  # needed only for what is no name

    called = {name: row for row, names in _ASKED_OF_ROWS.items() for name in names.split(", ")}

    def find(text: str) -> list[Typed]:
        row = called.get(folded(text)) or row_called(text)
        found = _exact(catalogue, text, ("treatment", "factor"))
        known = catalogue.names_of("known_name").get(folded(text))
        if known is not None and len(catalogue.known_names[known].treatments) > 1:
            found.append(Typed(text, "several", known))
        return [*found, Typed(text, "row", row)] if row else found

    whole = [one for word in words for one in ([word] if _exact(catalogue, word, ("treatment",)) else word.split())]
    tokens = _tokens(catalogue, [one.rstrip("?!.") or one for one in whole], ("treatment", "factor"))[:_MOST_WORDS]
    longest = _longest(catalogue, ("treatment", "factor"))
    if all(one.casefold() in QUESTION_WORDS for one in tokens):
        return UsageError("name a treatment, such as 'hairtx prp'; 'hairtx list' shows them all")
    only_named: list[str] = []
    found = _split(tokens, find, longest=longest, between=_BETWEEN | QUESTION_WORDS)
    # Of “what I do” that counts which takes all of it for the name of a row, and not its words for those of a question.
    for reading in sorted(found, key=lambda names: (-sum(len(one.text.split()) for one in names), len(names))):
        keys = {kind: [one.key for one in reading if one.kind == kind] for kind in ("treatment", "factor", "row")}
        names = _treatments_of(catalogue, reading)
        if len(keys["row"]) == len(reading):
            rows_asked = f"--rows {','.join(dict.fromkeys(keys['row']))}"
            return UsageError(f"name a treatment too, such as 'hairtx show prp {rows_asked}'")
        if not names or not all(one in catalogue.treatments for one in names):
            continue
        command = "show" if len(names) == 1 else "compare"
        if not keys["row"] and not keys["factor"]:
            # A name that stands for several is asked about where names are read.
            if all(one.kind == "treatment" for one in reading):
                only_named = only_named or [command, *names]
            continue
        rows = [f"--rows {','.join(dict.fromkeys(keys['row']))}"] if keys["row"] else []
        told = (_SEXES.get(one, f"--with {one}") for one in dict.fromkeys(keys["factor"]))
        options = " ".join([*told, *rows])
        asked = " and ".join(f"'{one.text}'" for one in reading if one.kind in {"factor", "row"})
        return UsageError(f"to ask about {asked}, type 'hairtx {command} {' '.join(names)} {options}'")
    if not only_named:
        return None
    return UsageError(f"names are read here, not questions; type 'hairtx {' '.join(only_named)}'")


def _treatments_of(catalogue: Catalogue, reading: Sequence[Typed]) -> list[str]:
    """The treatments that are named, each once: all of those that a name such as “hair transplant” stands for."""
    names: dict[str, None] = {}
    for one in reading:
        if one.kind == "several":
            names |= dict.fromkeys(catalogue.known_names[one.key].treatments)
        elif one.kind == "treatment":
            names[one.key] = None
    return list(names)


def _with_commands(
    catalogue: Catalogue, words: Sequence[str], command: str, error: UnknownNameError
) -> UnknownNameError:
    """The error; where a name stands for several treatments, with the whole command for each of them."""
    said = " ".join(words)
    if folded(error.name) not in catalogue.names_of("known_name") or error.name not in said:
        return error
    if command in {"show", "compare"}:
        command = "show" if folded(said) == folded(error.name) else "compare"
    typed = [f"hairtx {command} {said.replace(error.name, one, 1)}" for one in error.nearest]
    also = f"Type {either(typed)}." if typed else ""
    return UnknownNameError(error.kind, error.name, error.nearest, error.look_in, error.labels, also)


def readings(
    catalogue: Catalogue,
    words: Sequence[str],
    *,
    kinds: Sequence[str] = ("treatment",),
    least: int = 1,
    is_exact: bool = False,
) -> list[tuple[Typed, ...]]:
    """Every way of reading all the words as names: the one with the longest names first.

    Where no reading has names as they stand, those count that mean one thing without a doubt, unless ``is_exact``.
    """
    tokens = _tokens(catalogue, words, kinds)
    found = _split(tokens, lambda text: _exact(catalogue, text, kinds), longest=_longest(catalogue, kinds))
    if not found and not is_exact and len(tokens) <= _MOST_WORDS:
        # A comma parts what is typed: “warfarin, pill” is not a warfarin pill.
        found = _split(
            tokens, lambda text: [] if "," in text else _certain(catalogue, text, kinds), longest=_LONGEST_INEXACT
        )
    # A name that stands there twice was hardly meant, and too few are no answer to the command.
    found = [one for one in found if len({each.key for each in one}) == len(one)] or found
    found = [one for one in found if len(one) >= least] or found
    # A name that takes all the words is what they mean: “laser hair removal” is not a laser and something else.
    found = [one for one in found if len(one) == 1] or sorted(found, key=len)
    # “The pill” is meant as what somebody takes, and not as a treatment that has no entry.
    return [one for one in found if not any(each.key.startswith(_KNOWN) for each in one)] or found


def _tokens(catalogue: Catalogue, words: Sequence[str], kinds: Sequence[str]) -> list[str]:
    """Single words and what stands between names; what was quoted stays whole, unless it holds several names."""
    tokens: list[str] = []
    for word in words:
        if _exact(catalogue, word, kinds):
            tokens.append(word)
            continue
        for part in re.split("(,)", word):
            parts = part.split()
            is_whole = _exact(catalogue, part, kinds) or not any(map(_is_between, parts))
            tokens += [part.strip()] if is_whole and parts else parts
    return tokens or list(words)


def _split(
    tokens: Sequence[str], find: _Find, *, longest: int, between: frozenset[str] = _BETWEEN
) -> list[tuple[Typed, ...]]:
    """Every way of covering the tokens with names, each set of names once; those of longer names come first."""
    ways: list[dict[tuple[tuple[str, str], ...], tuple[Typed, ...]]] = [{} for _ in range(len(tokens) + 1)]
    ways[-1][()] = ()
    for start in range(len(tokens) - 1, -1, -1):
        held = ways[start]
        for end in _ends(tokens, start, longest):
            for name in find(_joined(tokens[start:end])) if ways[end] else ():
                for rest in ways[end].values():
                    way = (name, *rest)
                    held.setdefault(tuple((one.kind, one.key) for one in way), way)
        if tokens[start].casefold() in between:
            held |= {keys: way for keys, way in ways[start + 1].items() if keys not in held}
        ways[start] = dict(list(held.items())[:_FOLLOWED])
    return [way for way in ways[0].values() if way]


def _ends(tokens: Sequence[str], start: int, longest: int) -> range:
    """Where a name that begins there may end, the farthest first; what was quoted stands alone."""
    end = start
    while end < min(len(tokens), start + longest) and " " not in tokens[end]:
        end += 1
    return range(max(end, start + 1), start, -1)


def _is_between(token: str) -> bool:
    return token.casefold() in _BETWEEN


def _joined(tokens: Sequence[str]) -> str:
    return " ".join(tokens).replace(" ,", ",")


def _longest(catalogue: Catalogue, kinds: Sequence[str]) -> int:
    return max((name.count(" ") + 2 for kind in kinds for name in catalogue.names_of(kind)), default=1)


def _exact(catalogue: Catalogue, text: str, kinds: Sequence[str]) -> list[Typed]:
    """What a name leads to as it stands."""
    found = []
    for kind in kinds:
        key = catalogue.names_of(kind).get(folded(text))
        known = catalogue.names_of("known_name").get(folded(text))
        if key is not None:
            found.append(Typed(text, kind, key))
        elif known is not None and catalogue.known_names[known].about == kind:
            found += _certain(catalogue, text, [kind])
    return found


def _certain(catalogue: Catalogue, text: str, kinds: Sequence[str]) -> list[Typed]:
    """What a text leads to without a doubt."""
    found = []
    for kind in kinds:
        try:
            found.append(Typed(text, kind, _finder(catalogue, kind)(text)))
        except NotCoveredError as known:
            found.append(Typed(text, kind, f"{_KNOWN}{known.key}"))
        except UnknownNameError:
            pass
    return found


def _finder(catalogue: Catalogue, kind: str) -> Callable[[str], Any]:
    if kind == "factor":
        return catalogue.find_factor
    return lambda name: catalogue[name].id


def _explain(catalogue: Catalogue, tokens: Sequence[str], kinds: Sequence[str]) -> None:
    """Say what is wrong with words that are no names: of the first that is none, with the nearest.

    Raises:
        UnknownNameError: with the nearest names.
        NotCoveredError: it is known and has no entry.
        UsageError: each word is a name, but they are too many to tell which belong together.
    """
    groups = [list(group) for is_between, group in groupby(tokens, _is_between) if not is_between]
    for group in groups:
        if _error_for(catalogue, _joined(group), kinds) is None:
            continue
        unknown = _first_unknown(catalogue, group, kinds)
        texts = dict.fromkeys((_joined(unknown), _joined(group), *unknown)) if unknown else ()
        errors = [error for error in (_error_for(catalogue, text, kinds) for text in texts) if error is not None]
        if errors:
            # What fewest are offered for tells most; words for which there is nothing are told as they are.
            offering = [one for one in errors if one.nearest]
            raise min(offering, key=lambda one: len(one.nearest)) if len(offering) > 1 else errors[0]
    raise UsageError("it cannot be told which words belong together; put quotes around each name")


def _error_for(catalogue: Catalogue, text: str, kinds: Sequence[str]) -> UnknownNameError | None:
    """What is said of a text that none of the kinds has, with an offer where one of them has it."""
    errors = []
    for kind in kinds:
        try:
            _finder(catalogue, kind)(text)
        except UnknownNameError as error:
            errors.append(error)
        else:
            return None
    return next((error for error in errors if error.nearest), errors[0])


def _first_unknown(catalogue: Catalogue, tokens: Sequence[str], kinds: Sequence[str]) -> list[str]:
    """The first run of words in which no name begins."""
    longest, place = _longest(catalogue, kinds), 0
    unknown: list[str] = []
    while place < len(tokens):
        ends = _ends(tokens, place, longest)
        known = next((end for end in ends if _exact(catalogue, _joined(tokens[place:end]), kinds)), None)
        if known is None:
            unknown.append(tokens[place])
        elif unknown:
            break
        place = known or place + 1
    return unknown


def _quoted(reading: Sequence[Typed], among: Sequence[Sequence[Typed]]) -> str:
    """As it is to be typed to be read in this way only."""
    kinds = {(one.text, one.kind) for each in among for one in each}
    words = []
    for one in reading:
        text = f'"{one.text}"' if " " in one.text else one.text
        if any((one.text, kind) in kinds for kind in ("factor", "treatment") if kind != one.kind):
            # One word for two kinds of things.
            text = f"--with {text}" if one.kind == "factor" else one.key
        words.append(text)
    return ", ".join(words)
