"""Lines of text as sentences with their places, in words that can be compared."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct

from hairtx.catalogue.names import folded

__all__ = ["Sentence", "Word", "sentences_of", "words_of"]

_MARK: Final = re.compile(
    r"\s*(?P<hash>#{1,6})\s+|\s*(?:[-*•·–—▪●○◦‣✓✔✅➤►»+]|\(?\d{1,2}[.)]|[a-z]\))\s+(?=\S)|\s*>\s?"
)
_RULE: Final = re.compile(r"\s*[-=_*~•|\s]{3,}\s*")
_EMPHASIS: Final = re.compile(r"[*_`]{1,3}|!?\[([^\]]{0,300})\]\([^)\s]{0,500}\)")
_END: Final = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9•✓]|\s*$)")
_SHORTENED: Final = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|approx|no|dr|prof|mr|mrs|ms|st|fig|incl|mg|ca|etc|u\.s|u\.k|al)|\b[A-Z])\.$", re.IGNORECASE
)
#: Where one line plainly goes on in the next.
_OPEN: Final = re.compile(
    r"(?:,|\b(?:a|an|and|as|at|by|for|from|in|into|is|of|on|or|that|the|to|with|your|our))\s*$", re.IGNORECASE
)
_LONG_LINE: Final = 55
_HEADING_WORDS: Final = 12
#: Characters of a sentence.
_LONGEST: Final = 1_000


class Word(Struct, frozen=True):
    """A word of a sentence as it is compared: ``stem`` for its family.

    ``clause`` counts the clauses before it, ``part`` also the commas and the “and”s, which end what a “no” denies.
    """

    stem: str
    text: str
    clause: int
    part: int


class Sentence(Struct, frozen=True):
    """``line`` counts from 1; ``section`` is the heading above, ``block`` the number of the paragraph."""

    line: int
    text: str
    section: str
    block: int
    is_heading: bool = False
    is_item: bool = False
    #: How deep a heading is, 1 at the top; 0 where it cannot be told.
    level: int = 0

    @property
    def is_question(self) -> bool:
        """Whether it only asks."""
        return self.text.rstrip("\"'”’) ").endswith("?")


class _Block(Struct):
    """Lines that belong together: the text of each with its number."""

    lines: list[tuple[int, str]]
    is_item: bool = False
    level: int = 0
    after_gap: bool = True


def sentences_of(lines: Sequence[str]) -> list[Sentence]:
    """The sentences of a text, in its order. A line that goes on in the next is joined with it."""
    found: list[Sentence] = []
    section = ""
    blocks = _blocks(lines)
    for number, block in enumerate(blocks):
        if _is_heading(block):
            line, text = block.lines[0]
            section = text
            found.append(Sentence(line, text, section, number, is_heading=True, level=block.level))
        else:
            found += [
                Sentence(line, text, section, number, is_item=block.is_item) for line, text in _split(block.lines)
            ]
    return found


def _blocks(lines: Sequence[str]) -> list[_Block]:
    blocks: list[_Block] = []
    gap = True
    for number, raw in enumerate(lines, start=1):
        if not raw.strip() or _RULE.fullmatch(raw):
            gap = True
            continue
        mark = _MARK.match(raw)
        text = _EMPHASIS.sub(lambda link: link[1] or "", raw[mark.end() if mark else 0 :]).strip()
        if not text:
            continue
        level = len(mark["hash"]) if mark and mark["hash"] else 0
        before = blocks[-1] if blocks else None
        if not gap and mark is None and before is not None and not before.level and _goes_on(before.lines[-1][1], text):
            before.lines.append((number, text))
        else:
            blocks.append(_Block([(number, text)], is_item=mark is not None and not level, level=level, after_gap=gap))
        gap = bool(level)
    return blocks


def _goes_on(line: str, text: str) -> bool:
    """Whether a line without an end goes on in the next one."""
    if line.rstrip("\"'”’) ").endswith((".", "!", "?", ":")):
        return False
    return text[0].islower() or bool(_OPEN.search(line)) or len(line) >= _LONG_LINE


def _is_heading(block: _Block) -> bool:
    if block.level:
        return True
    text = block.lines[0][1]
    if block.is_item or len(block.lines) > 1 or len(text.split()) > _HEADING_WORDS:
        return False
    return text[-1] not in ".!;," or text.isupper()


def _split(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    joined = " ".join(text for _, text in lines)
    starts, at = [], 0
    for number, text in lines:
        starts.append((at, number))
        at += len(text) + 1
    begin = 0
    for end in _END.finditer(joined):
        if end.end() < len(joined) and _SHORTENED.search(joined[max(0, end.start() - 8) : end.start() + 1]):
            continue
        yield from _placed(joined, begin, end.end(), starts)
        begin = end.end()
    yield from _placed(joined, begin, len(joined), starts)


def _placed(text: str, begin: int, end: int, starts: Sequence[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    while begin < end:
        # What has no ends for so long is no sentence; rules that look ahead must not take forever over it.
        stop = end if end - begin <= _LONGEST else text.rfind(" ", begin, begin + _LONGEST) + 1 or begin + _LONGEST
        part = text[begin:stop].strip()
        if part:
            first = begin + len(text[begin:stop]) - len(text[begin:stop].lstrip())
            yield starts[bisect_right(starts, first, key=lambda start: start[0]) - 1][1], part
        begin = stop


# ---- words -----------------------------------------------------------------------------------------------------------

_TOKEN: Final = re.compile(r"[a-z0-9]+(?:'[a-z]+)?|[%$€£]|[,;:.!?()]")
_CLAUSE_LIST: Final = """
but however although though while whereas yet because unless except until
"""
_CLAUSE_WORDS: Final = frozenset(_CLAUSE_LIST.split())
#: Said in more than one word, and compared as one. In this order, over folded text.
_PHRASES: Final[dict[str, str]] = {
    r"(?:not|n't) (?:only|just|merely|to mention)|no (?:wonder|doubt|matter)|whether or not|without (?:a )?doubt": " ",
    r"side effects?|adverse (?:effects?|reactions?|events?)|unwanted effects?": "sideeffect",
    r"hair ?(?:loss|fall|thinning|shedding)|thinning hair|loss of hair|balding|baldness": "hairloss",
    r"blood (?:flow|circulation|supply|stream to)|micro ?circulation|circulation of (?:the )?blood": "bloodflow",
    r"growth[- ]factors?": "growthfactor",
    r"growth (?:cycle|phase)s?|anagen(?: phase)?": "growthphase",
    r"stem[- ]cells?": "stemcell",
    r"down ?time": "downtime",
    r"follow ?ups?": "followup",
    r"dihydrotestosterone": "dht",
    r"5 ?(?:alpha|α) ?reductase": "dht enzyme",
    r"root causes?|underlying (?:cause|causes|issue|issues|problem|problems|reason|reasons)": "rootcause",
    r"gold standard": "goldstandard",
    r"state of the art|cutting edge|leading edge": "cuttingedge",
    r"at home|(?:from|in) (?:the comfort of )?(?:your|their|one's) (?:own )?home": "athome",
    r"long lasting|longlasting|long term": "longlasting",
    r"one size fits all": "onesize",
    r"(?:your|their|one's|the patient's|patients'|the body's|the patients|a patient's) own": "own",
    r"free of|free from|with no|zero|devoid of|none of|nor|never|neither|lack of": "no",
    r"(?:do(?:es)?|did|is|are|was|were|wo|ca|have|has|would|should|could)n't|cannot": "not",
    r"little to no|little or no|no or little|virtually no|almost no|hardly any|next to no|barely any": "little",
    r"per ?cent|percent": "%",
    r"best known|well known|at best|best of luck|best possible": " ",
    r"peace of mind": " ",
}
_PHRASE: Final = re.compile("|".join(rf"\b(?P<p{at}>{one})(?!\w)" for at, one in enumerate(_PHRASES)))
_SAID: Final = {f"p{at}": said for at, said in enumerate(_PHRASES.values())}
_SUFFIX_FREE: Final = re.compile(r"\b(\w+)[- ]free\b")
#: Families of words that sellers use for one another; the first names the family.
_FAMILIES: Final = """
follicle root bulb papilla papillae
up increase improve enhance boost promote stimulate encourage support foster raise amplify strengthened maximise
  maximize optimise optimize accelerate speed elevate augment restore spur trigger induce activate kickstart facilitate
  supercharge energise energize invigorate prompt drive jumpstart fuel
down reduce decrease lower minimise minimize lessen diminish ease calm soothe relieve cut curb alleviate mitigate
  fewer less suppress dampen quieten settle tame
stop halt prevent arrest end combat fight slow stem reverse counteract tackle delay battle beat protect
grow growth regrow regrowth growing grown sprout
thick thicker thickness thicken thickening
dense density denser fuller fullness volume volumise volumize coverage
strong stronger strength strengthen fortify robust resilient resilience
healthy healthier health
wake awaken reawaken revive reactivate rejuvenate revitalise revitalize revitalisation revitalization reboot rouse
dormant sleeping asleep sleepy resting inactive miniaturised miniaturized weakened dormancy
repair regenerate regeneration renew renewal rebuild regrowthing heal
study trial research studies studied researcher
proven prove proved evidenced demonstrated shown show demonstrate confirm confirmed validated verified
scientific clinical scientifically clinically science medically
pain painful hurt ache
comfortable discomfort comfort uncomfortable
fast quick rapid speedy swift quickly rapidly fastest
week weeks
month months
day days
session sessions treatment treatments visit visits appointment
nourish feed nutrient nutrition vitamin mineral nourishment
oxygen oxygenate oxygenation oxygenated
customise customised customize customized personalise personalised personalize personalized tailor tailored bespoke
  individualised individualized individual
scar scarring scarless scars
recover recovery recuperate recuperation
safe safety safely
natural naturally nature
inflammation inflammatory inflamed irritation
permanent permanently forever lifelong lifetime
effective efficacy effectively effectiveness
better superior outperform outperforms exceeds
men man male males gentlemen
women woman female females ladies
suitable suits suit ideal appropriate perfect candidate
cause causes caused causing
doctor physician dermatologist specialist expert clinician trichologist
recommend recommended endorse endorsed advise trusted prescribe prescribed
affordable inexpensive cheap economical cheaper costeffective
approve approved approval cleared clearance certified licensed authorised authorized registered
authority fda mhra ema ce tga regulator government
patient user customer client people wearer
happy satisfied satisfaction delighted thrilled love pleased raving
shed shedding sheds fall falls falling
absorb absorption penetrate penetration permeability uptake
deep deeper deeply
block inhibit blocker inhibitor neutralise neutralize blocking
easy simple effortless convenient hassle straightforward easily simply
look appearance looking appear
instant immediate immediately instantly straightaway
lasting last lasts durable
sharp skilled
bald barren
needle injection inject injected
tiny small little minimal minimally mild minor slight slightly few low
rare rarely uncommon unlikely
"""
_FILLERS_WORDS: Final = """
a an the and or of to in on at for from by with as is are was were be been being it its this that these those you
your our we us they their them his her he she i my me which who whose what when where how so than then there here
will would can could may might should shall must do does did has have had having get gets getting also very really
truly just more most much many even such other some any each every all both into onto over up out about after before
during through per via if not only too still yet now new help helps helping helped aim aims designed work works
working make makes making made give gives giving given offer offers offering provide provides providing deliver
delivers known one use using used within one's actually simply while because due able way ways thing things well own
"""
_FILLERS: Final = frozenset(_FILLERS_WORDS.split())
#: Words of the list above that phrases turn on.
_MEANT_WORDS: Final = """
more all any every both than one used own other before after new not
"""
_MEANT: Final = frozenset(_MEANT_WORDS.split())


def _families() -> dict[str, str]:
    families: dict[str, str] = {}
    name = ""
    for line in _FAMILIES.strip().splitlines():
        words = line.split()
        if not line.startswith(" "):
            name = words[0]
        for word in words:
            families[word] = name
            families.setdefault(_trimmed(word), name)
    return families


def _trimmed(word: str) -> str:
    """A word without the endings of number and tense: light, so that different words stay apart."""
    for ending, least in (("ies", 5), ("ing", 6), ("ed", 5), ("es", 6), ("s", 4)):
        if word.endswith(ending) and len(word) >= least and not word.endswith(("ss", "us", "is")):
            stem = word[: -len(ending)] + ("y" if ending == "ies" else "")
            return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "ls" else stem.rstrip("e")
    return word.rstrip("e") if len(word) > 4 else word


_FAMILY: Final = _families()


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    known = _FAMILY.get(word)
    if known is not None:
        return known
    trimmed = _trimmed(word)
    return _FAMILY.get(trimmed, trimmed)


def words_of(text: str) -> list[Word]:
    """The words of a text that say something, each by its family, with the number of its clause."""
    plain = folded(text.replace("’", "'"))
    plain = _SUFFIX_FREE.sub(r"no \1", plain)
    plain = _PHRASE.sub(lambda found: f" {_SAID[found.lastgroup or '']} ", plain)
    words: list[Word] = []
    clause = part = 0
    for token in _TOKEN.findall(plain):
        if is_clause_end(token):
            clause, part = clause + 1, part + 1
        elif token in {",", "and"}:
            part += 1
        elif token in {"no", "not", "without", "non"}:
            words.append(Word("no", token, clause, part))
        elif token not in _FILLERS or token in _MEANT:
            words.append(Word(_stem(token.removesuffix("'s")), token, clause, part))
    return words


def is_clause_end(token: str) -> bool:
    """Whether another thought begins at this sign or word."""
    return token in _CLAUSE_ENDS


_CLAUSE_ENDS: Final = _CLAUSE_WORDS | frozenset(";:.!?()")
