"""Lines of text as sentences with their places, in words that can be compared."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import Final

from msgspec import Struct

from hairtx.catalogue.names import folded

__all__ = ["Sentence", "Word", "is_granting", "parted", "sentences_of", "trimmed", "words_of"]

_MARK: Final = re.compile(
    r"\s*(?P<hash>#{1,6})\s+|\s*(?:[-*•·–—▪●○◦‣✓✔✅➤►»+]|(?P<number>\(?\d{1,2}[.)])|[a-z]\))\s+(?=\S)|\s*>\s?"
)
_RULE: Final = re.compile(r"\s*[-=_*~•|\s]{3,}\s*")
_EMPHASIS: Final = re.compile(r"[*_`]{1,3}|!?\[([^\]]{0,300})\]\([^)\s]{0,500}\)")
#: The end of a sentence, or of one of several quotations: “no pain”, “no scars”.
_END: Final = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9•✓]|\s*$)|[\"”],(?=\s+(?:and\s+)?[\"“])")
#: One of several quotations, whole.
_QUOTED: Final = re.compile(r"(?:and )?[\"“]([^\"“”]+)[\"”],")
_SHORTENED: Final = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|rs|approx|no|dr|prof|mr|mrs|ms|st|fig|incl|mg|ca|etc|u\.s|u\.k|al)|"
    r"\b[A-Z])\.$",
    re.IGNORECASE,
)
_INNER_END: Final = re.compile(r"[.!][\"”’]? \S")
#: Where one line plainly goes on in the next.
_OPEN: Final = re.compile(
    r"(?:,|\b(?:a|an|and|as|at|by|for|from|in|into|is|of|on|or|that|the|to|with|your|our))\s*$", re.IGNORECASE
)
#: “Recovery: same day” says something, though it looks like a heading.
_LABELLED: Final = re.compile(r"[A-Z][a-z]+(?: [a-z]+)?: (?!\S*\?)\S+(?: \S+){0,3}")
#: How a heading begins that asks without a question mark.
_ASKING: Final = re.compile(r"(?:why|how|what|who|when|where)\b(?! it is)", re.IGNORECASE)
_LONG_LINE: Final = 55
#: In a wrapped text at least this share of long lines goes on in a small letter.
_WRAPPED: Final = 0.25
_LONGEST_WRAPPED: Final = 140
#: How much longer than one wrapped line the next may be.
_UNEVEN: Final = 20
#: A line of so few words that ends in none of the signs is a heading and no end of a sentence.
_SHORT_HEADING: Final = 5
_HEADING_WORDS: Final = 12
#: From so many words on a heading may claim something.
_TELLING_WORDS: Final = 5
#: From so many short lines on that follow each other they are a list.
_LIST: Final = 3
#: Characters of a sentence.
_LONGEST: Final = 1_000


class Word(Struct, frozen=True):
    """A word of a sentence as it is compared: ``stem`` for its family.

    ``clause`` counts the clauses before it, ``part`` also the commas and the “and”s, which end what a “no” denies;
    ``before`` the words before it that say something, which “the” and “will” do not.
    """

    stem: str
    text: str
    clause: int
    part: int
    before: int
    is_filler: bool = False


class Sentence(Struct, frozen=True):
    """``line`` counts from 1; ``section`` is the heading above, ``block`` the number of the wrapped text."""

    line: int
    text: str
    section: str
    block: int
    #: The first block of those that follow each other without a gap, and are no list.
    paragraph: int = 0
    is_heading: bool = False
    is_item: bool = False
    #: How deep a heading is, 1 at the top; 0 where it cannot be told.
    level: int = 0

    @property
    def is_telling(self) -> bool:
        """Whether a heading says something: a long one, or one of a list of facts, “Recovery: same day”."""
        is_long = len(self.text.split()) >= _TELLING_WORDS and _ASKING.match(self.text) is None
        return is_long or _LABELLED.fullmatch(self.text) is not None

    @property
    def is_question(self) -> bool:
        """Whether it only asks."""
        return self.text.rstrip("\"'”’) ").endswith("?")


class _Block(Struct, frozen=True):
    """Lines that belong together: the text of each with its number."""

    lines: list[tuple[int, str]]
    is_item: bool = False
    #: Whether a number begins it.
    is_numbered: bool = False
    level: int = 0
    after_gap: bool = True


def sentences_of(lines: Sequence[str]) -> list[Sentence]:
    """The sentences of a text, in its order. A line that goes on in the next is joined with it."""
    found: list[Sentence] = []
    section = ""
    blocks = _blocks(lines)
    headings = [_is_heading(block, after) for block, after in zip_longest(blocks, blocks[1:])]
    paragraph = 0
    for number, block in enumerate(blocks):
        before = max(0, number - 1)
        if block.after_gap or block.is_item or blocks[before].is_item or headings[number] or headings[before]:
            paragraph = number
        if headings[number] and not _is_listed(blocks, headings, number):
            line, text = block.lines[0]
            section = text
            found.append(Sentence(line, text, section, number, paragraph, is_heading=True, level=block.level))
        else:
            found += [
                Sentence(line, text, section, number, paragraph, is_item=block.is_item)
                for line, text in _split(block.lines)
            ]
    return found


def _blocks(lines: Sequence[str]) -> list[_Block]:
    blocks: list[_Block] = []
    gap = True
    is_wrapped = _is_wrapped(lines)
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
        may_go_on = not gap and mark is None and before is not None and not before.level
        if before is not None and may_go_on and _goes_on(before.lines[-1][1], text, is_wrapped=is_wrapped):
            before.lines.append((number, text))
        else:
            is_item, is_numbered = mark is not None and not level, mark is not None and mark["number"] is not None
            blocks.append(_Block([(number, text)], is_item, is_numbered, level, gap))
        gap = bool(level)
    return blocks


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether long lines without an end go on in a small letter at least now and then, as in a wrapped text."""
    follow = [
        after.lstrip()[0].islower()
        for line, after in pairwise(lines)
        if after.strip() and len(line) >= _LONG_LINE and not _is_ended(line) and not _OPEN.search(line)
    ]
    return sum(follow) >= _WRAPPED * len(follow)


def _is_ended(line: str) -> bool:
    return line.rstrip("\"'”’) ").endswith((".", "!", "?", ":"))


def _goes_on(line: str, text: str, *, is_wrapped: bool) -> bool:
    """Whether a line without an end goes on in the next one."""
    if _is_ended(line):
        return False
    if text[0].islower() or _OPEN.search(line):
        return True
    if text.endswith("?") and not _INNER_END.search(text):
        # A question in a line of its own.
        return False
    if len(text.split()) <= _SHORT_HEADING and text[-1] not in ".!?,;":
        return False
    # Wrapped lines are of one length: a paragraph in one long line has a heading above it.
    return is_wrapped and len(line) >= _LONG_LINE and len(text) <= min(len(line) + _UNEVEN, _LONGEST_WRAPPED)


def _is_heading(block: _Block, after: _Block | None) -> bool:
    text = block.lines[0][1]
    if len(text) > _LONGEST:
        return False
    if block.level:
        return True
    # “2. Microneedling” over its paragraph is a heading; over “3. Mesotherapy” it is an item.
    is_over = block.is_numbered and after is not None and not after.is_item and _is_ended(after.lines[-1][1])
    if (
        (block.is_item and not is_over)
        or len(block.lines) > 1
        or len(text.split()) > _HEADING_WORDS
        or text[0] in '"“‘★☆'
    ):
        return False
    plain = text.rstrip("\"'”’) ")
    return text.isupper() or (plain[-1:] not in ".!;," and not _INNER_END.search(text))


def _is_listed(blocks: Sequence[_Block], headings: Sequence[bool], number: int) -> bool:
    """Whether short lines follow each other without a gap: a list whose marks were lost, no headings."""
    first = last = number
    while first > 0 and not blocks[first].after_gap and headings[first - 1] and not blocks[first - 1].level:
        first -= 1
    while last + 1 < len(blocks) and not blocks[last + 1].after_gap and headings[last + 1]:
        last += 1
    text = blocks[number].lines[0][1]
    return (
        last - first + 1 >= _LIST
        and not blocks[number].level
        and not text.endswith("?")
        and _ASKING.match(text) is None
    )


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
        if part.endswith(('",', "”,")):
            quoted = _QUOTED.fullmatch(part)
            part = quoted[1] if quoted else part.removesuffix(",")
        if part:
            first = begin + len(text[begin:stop]) - len(text[begin:stop].lstrip())
            yield starts[bisect_right(starts, first, key=lambda start: start[0]) - 1][1], part
        begin = stop


# ---- words -----------------------------------------------------------------------------------------------------------

#: “Downtime: none” is no downtime, and “Pain: minimal” is minimal pain.
_FACT: Final = re.compile(
    r"^([a-z]+(?: [a-z]+)?): "
    r"(?:(none|nil|zero|0|not (?:required|needed))|(minimal|little|low|mild|very (?:little|low)))\b"
)
#: “Recovery: 2 days” is a short one.
_SOON: Final = re.compile(
    r"^(?:recovery|healing|down ?time)(?: time)?: (?=[^.;]{0,20}\b(?:hours?|days?)\b)(?!0|[^.]*\d\d)"
)
_TOKEN: Final = re.compile(r"[a-z0-9]+(?:'[a-z]+)?|[%$€£]|[,;:.!?()]")
_CLAUSE_LIST: Final = """
but however although though while whereas yet because unless except until
"""
_CLAUSE_WORDS: Final = frozenset(_CLAUSE_LIST.split())
_STRONG: Final = (
    r"minoxidil|finasteride|ketoconazole|rogaine|regaine|solution|foam|lotion|formula|topical|shampoo|cream|serum|spray|"
    r"gel|concentration|strength|usp|for (?:men|women)"
)
#: A percentage that tells how strong something is, and no share of people.
_STRENGTH: Final = re.compile(
    rf"\b\d+(?:[.,]\d+)? ?(?:%|per ?cent) (?=(?:{_STRONG})\b)|\b({_STRONG}) \d+(?:[.,]\d+)? ?(?:%|per ?cent)"
)
#: Said in more than one word, and compared as one. In this order, over folded text.
_PHRASES: Final[dict[str, str]] = {
    r"not (?:uncommon|unusual|rare)": "common",
    r"(?:1[3-9]|[2-9]\d) weeks?": "manyweeks",
    r"(?:just|only|less than|under|for) (?:[£$€] ?)?\d[\d.,]* ?(?:p|c|cents?|pence)? (?:a|per|each) day": "smallprice",
    r"while (?:you |they )?(?:\w+ing|read|work|watch|drive|cook|do|sleep|relax|exercise)": "whiledoing",
    r"months? (?:\d+|one|two|three|four|six)(?: ?(?:-|to|and)? ?(?:month )?\d+)? ?\+? ?(?:mark)?:": "monthmark",
    r"not only (?:for |in )?men but (?:also )?(?:for |in )?women": "bothsexes",
    r"(?:not|n't) (?:only|just|merely|to mention)|no (?:wonder|doubt|matter|longer)|whether or not|"
    r"without doubt|nothing (?:but|(?:more|other|worse) than|(?:short|less) (?:of|than))": " ",
    r"side effects?|adverse (?:effects?|reactions?|events?)|unwanted effects?": "sideeffect",
    r"hair ?(?:loss|thinning)|thinning (?:hair|areas?)|loss of hair|balding|baldness": "hairloss",
    r"hair ?(?:fall|shedding)|falling hairs?": "shed",
    r"blood (?:flow|circulation|supply|stream to)|micro ?circulation|circulation|blood vessels?|vessels|"
    r"capillaries": "bloodflow",
    r"growth factors?": "growthfactor",
    r"growth (?:cycle|phase)s?|growing phase|anagen(?: phase)?|resting phase|telogen(?: phase)?": "growthphase",
    r"stem cells?": "stemcell",
    r"down ?time|off work|sick (?:leave|note)|time off": "downtime",
    r"(?:back|return(?:ing)?|straight|go|went|be|are|sit|at|drive) (?:back )?(?:to |at |in )?(?:the |your |"
    r"their |her |his )?"
    r"(?:work|desks?|office|job)": "backtowork",
    r"(?:resum|return|continu|carry|go|get|straight)(?:e|ing|ed|s)? (?:back |on )?(?:to |with )?(?:the |"
    r"your |their )?"
    r"(?:normal |daily |usual |everyday |regular |ordinary |day to day )*(?:activit(?:y|ies)|routines?|"
    r"lives|life|business|day)": "backtowork",
    r"lunch (?:break|hour|time)|lunchtime": "lunchbreak",
    r"follow ?ups?": "followup",
    r"dihydrotestosterone|male hormone": "dht",
    r"5 ?(?:alpha|a|α) ?reductase": "dht enzyme",
    r"root causes?|underlying (?:causes?|issues?|problems?|reasons?)|real (?:cause|reason)s?|"
    r"source of the problem": "rootcause",
    r"works? (?:just |equally )?as well as": "worksaswell",
    r"(?:could not|couldn't|cannot|can not|can't) believe|hard to believe": " ",
    r"gold standard": "goldstandard",
    r"state of the art|cutting edge|leading edge|next generation|second generation|game changer|"
    r"new era": "advanced",
    r"at home|(?:from|in) (?:the comfort of )?(?:your|their|one's) (?:own )?(?:home|bathroom)|"
    r"bathroom mirror|on the sofa": "athome",
    r"long lasting|longlasting": "longlasting",
    r"long term|longterm": "longterm",
    r"one size fits all|off the peg|off the shelf": "onesize",
    r"(?:your|their|one's|the patient's|patients'|the body's|a patient's|his|her) own": "own",
    r"with no|zero|devoid of|none of|neither|lack of|nothing": "no",
    r"(?:do(?:es)?|did|is|are|was|were|wo|ca|have|has|would|should|could)n't|cannot|never|nor": "not",
    r"(?:little|minimal|few) to no|(?:little|few) or no|no or (?:little|few)|virtually no|almost no|hardly any|"
    r"next to no|barely any|hardly|barely": "little",
    r"(?:one|1) (?:out of|in|of)(?: every)? (?:\d\d+|six|seven|eight|nine|ten|a hundred)": "fewof",
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|every|one) (?:out of|in|of)(?: every)? (?:\d+|two|"
    r"three|four|five|six|ten|"
    r"a hundred)|every second": "shareof",
    r"(?:two thirds|three quarters|one third|one quarter) of(?: all| our| the)?": "shareof",
    r"[\d.,]+ ?(?:%|per ?cent\b)|(?:eighty|ninety|seventy|sixty|hundred) per ?cent": "numpercent",
    r"(?:free |free)(?:of|from)": "no",
    r"(?:wants?|wanting|wish(?:es|ing)?|desires?|dreams?|dreaming|quest|looking|"
    r"(?<!offering )(?<!offers )(?<!new )hop(?:e|es|ing)|trying|tr(?:y|ies|ied)|seek(?:s|ing)?|searching|how) "
    r"(?:to|for)": "wish",
    r"(?:(?:other|some|all|different|distinct|these|certain) )?parts|parts? of|best known|well known|at best|"
    r"best of luck|best possible|peace of mind|as well as|as well|full of": " ",
    r"men and women|women and men|both sexes|all genders|(?:him|men|males?) (?:and|or) (?:for )?(?:her|"
    r"women|females?)(?! pattern| baldness| androgenetic)|both male and female|"
    r"women just as much as for men|men as well as women|either sex|both genders|any gender": "bothsexes",
}
_PHRASE: Final = re.compile("|".join(rf"\b(?P<p{at}>{one})(?!\w)" for at, one in enumerate(_PHRASES)))
_SAID: Final = {f"p{at}": said for at, said in enumerate(_PHRASES.values())}
_SUFFIX_FREE: Final = re.compile(
    r"\b(pain|risk|scar|drug|hormone|chemical|side effect|needle|surgery|discomfort|trouble|hassle|cruelty|"
    r"stress|worry|"
    r"additive|steroid|problem|maintenance|sulphate|sulfate|paraben)[ -]free\b"
)
#: Families of words that sellers use for one another; the first names the family, and a line that is indented goes on.
_FAMILIES: Final = """
follicle root bulb papilla papillae follicular
increase improve enhance raise amplify maximise maximize optimise optimize augment rise rose intensify support supports
stimulate promote encourage boost foster spur trigger induce activate kickstart facilitate supercharge energise energize
  invigorate fuel jumpstart accelerate
gain gained
bring carry draw send reach arrive supply deliver transport rush infuse
reduce decrease lower minimise minimize lessen diminish ease cut curb fewer less suppress dampen drop slow decline
  halve
calm soothe relieve quiet quieten settle alleviate mitigate cool tame
stop halt prevent arrest combat fight stem counteract tackle delay battle standstill stabilise stabilize
keep protect preserve safeguard kept
reverse undo regain
grow growth growing grown sprout grew
regrow regrowth regrows regrew regrown
thick thicker thicken thickness stouter stout plump plumper thickening
dense density denser fuller fullness full volume voluminous volumise volumize coverage
strong stronger strengthen fortify robust resilient resilience tough tougher
healthy healthier health shiny shine silky lustrous glossy vibrant vitality
wake awaken reawaken revive reactivate rejuvenate revitalise revitalize revitalisation revitalization rejuvenation
  reboot
  rouse reignite stir
dormant sleeping asleep sleep sleepy resting inactive miniaturised miniaturized weakened dormancy dozing lazy sluggish
  idle shrunken
repair regenerate regeneration renew renewal rebuild heal healing mend reconstruct
study trial research studied researcher paper literature investigation
proven prove proved evidenced demonstrated shown show demonstrate confirm confirmed validated verified documented
evidence proof data
scientific clinical scientifically clinically science
pain painful hurt ache discomfort uncomfortable sting soreness painfully
fast quick rapid speedy swift quickly rapidly fastest faster speed
week weeks fortnight
month months season
day days
session sessions visit visits appointment sitting
treat treatment treatments therapy procedure
nourish nutrient nutrition nourishment nutritious nutritional fed
vitamin mineral
oxygen oxygenate oxygenation oxygenated
tailored customise customised customize customized personalise personalised personalize personalized tailor bespoke
  individualised individualized individual individually custom
scar scarring scars
recover recovery recuperate recuperation
safe safer safest safety safely harmless
natural naturally nature
inflammation inflammatory inflamed irritation antiinflammatory
permanent permanently forever lifelong lifetime
effective efficacy effectively effectiveness efficacious potent powerful
better superior outperform outperforms exceed surpass beat
men man male males gentlemen
women woman female females ladies
suitable suits suit ideal appropriate perfect candidate fit
cause causes caused causing reason
doctor physician dermatologist specialist expert clinician trichologist pharmacist professional guideline
recommend recommended endorse endorsed advise trusted prescribe prescribed recommendation choice
affordable inexpensive cheap economical cheaper bargain budget
approve approved approval cleared clearance certified licensed authorised authorized
authority fda mhra ema tga regulator agency
patient user customer client people guest wearer participant volunteer adult
happy satisfied satisfaction delighted thrilled love loved pleased raving glad adore
shed shedding sheds fall falls falling fallout
absorb absorption penetrate penetration permeability uptake
deep deeper deeply
block inhibit blocker inhibitor neutralise neutralize blocking switches
easy simple effortless convenient hassle straightforward easily simply handy
look appearance looking
instant immediate immediately instantly straightaway
lasting last lasts durable lasted
bald barren bare hairless
needle injection inject injected microinjection
tiny small little minimal minimally mild minor slight slightly few low
rare rarely uncommon unlikely
reject rejection allergy allergic intolerance intolerant
everyone anyone everybody anybody
every all any each whole
type kind form stage condition
surgery surgical scalpel incision knife operation
stitch stitches suture sutures cut cuts
advanced innovative revolutionary breakthrough groundbreaking pioneering latest newest revolutionize revolutionise
  revolutionizing revolutionising cuttingedge
best finest ultimate unrivalled unmatched foremost
combine combined combination combining pair paired team conjunction synergy synergistic complement alongside together
  duo multifaceted
decade decades years year
use used using
reputable prestigious
see seen saw sees notice noticed noticeable noticeably visible visibly appear observe
result results outcome difference improvement improvements change changes progress effect effects
guarantee guaranteed guarantees warranty assured
success successful
lack deficiency deficient deficiencies shortage shortfall insufficient
risk risks danger dangerous dangers harm harmful
dose dosage amount
strand strands shaft
crown temple temples hairline parting
undetectable unnoticeable invisible indistinguishable imperceptible
num one two three four five six seven eight nine ten twelve couple single third fourth fifth sixth eighth twelfth
  twenty thirty
"""
_FILLER_WORDS: Final = """
a an the and or of to in on at for from by with as is are was were be been being it its this that these those you
your our we us they them his him he she i my me which who whose what when where how so there here will would can
could may might should shall must do does did has have had having get gets getting also very really truly just more
most much many even such some into onto over up out about during through per via if too still yet now help helps
helping helped aim aims designed work works working make makes making made give gives giving given offer offers
offering provide provides providing known within one's actually while because due able way ways thing things well
their down than then come comes like
"""
_FILLERS: Final = frozenset(_FILLER_WORDS.split())


def _families() -> dict[str, str]:
    families: dict[str, str] = {}
    name = ""
    for line in _FAMILIES.strip().splitlines():
        words = line.split()
        if not line.startswith(" "):
            name = f"{words[0]}…"
        for word in words:
            families[word] = name
            families.setdefault(trimmed(word), name)
    return families


def trimmed(word: str) -> str:
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
    short = trimmed(word)
    return _FAMILY.get(short, short)


def parted(text: str) -> str:
    """A text in small letters, with “while this is so,” cut off from what is said after it."""
    plain = folded(text.replace("’", "'"))
    opened = _GRANTED.match(plain) or _OPENED.match(plain)
    return f"{_WHERE.sub('whereas', opened[1])};{plain[opened.end() :]}" if opened else plain


def is_granting(text: str) -> bool:
    """Whether a sentence begins with what it grants, “while this is so,”, and then comes to another thing."""
    granted = _GRANTED.match(folded(text.replace("’", "'")))
    return granted is not None and (not granted["same"] or granted[1].startswith("where"))


def words_of(text: str) -> list[Word]:
    """The words of a text, each by its family."""
    plain = parted(text)
    # Thousands of phrases go through here each time: what they seldom have is looked for before a rule is tried.
    if ":" in plain:
        plain = _SOON.sub("short recovery: ", plain)
        plain = _FACT.sub(lambda fact: f"no {fact[1]}" if fact[2] else f"{fact[3]} {fact[1]}", plain)
    if "free" in plain:
        plain = _SUFFIX_FREE.sub(r"no \1", plain)
    if "%" in plain or "cent" in plain:
        plain = _STRENGTH.sub(lambda found: found[1] or " ", plain)
    plain = _PHRASE.sub(lambda found: f" {_SAID[found.lastgroup or '']} ", plain)
    words: list[Word] = []
    clause = part = before = 0
    for token in _TOKEN.findall(plain):
        if is_clause_end(token):
            clause, part = clause + 1, part + 1
            continue
        if token in _JOINING:
            part += 1
        if token in _NEGATIONS:
            words.append(Word("no", token, clause, part, before))
        elif token in _FILLERS or token in _JOINING:
            words.append(Word(token, token, clause, part, before, is_filler=True))
            continue
        else:
            stem = "num…" if _NUMBER.fullmatch(token) else _stem(token.removesuffix("'s"))
            words.append(Word(stem, token, clause, part, before))
        before += 1
    return words


#: “While this is so,” with whether what follows goes on about the same thing.
_GRANTED: Final = re.compile(
    r"((?:while|although|though|even though|whereas|where)\b[^,;:.]{3,160}),"
    r"(?= *(?P<same>it|they|this|these|its|their)?\b)"
)
#: “Where” opens a thought as “whereas” does.
_WHERE: Final = re.compile(r"^where\b")
#: “When it is combined with this,” before what it is about.
_OPENED: Final = re.compile(
    r"((?:when|once) (?:\w+ ){0,3}(?:combined|used|paired|added)\b[^,;:.]{3,100}|"
    r"(?:combined|used|paired|together|along|alongside|in combination|in addition|compared) (?:with|to)\b"
    r"[^,;:.]{3,100}),"
)
_JOINING: Final = frozenset({",", "and"})
_NEGATIONS: Final = frozenset({"no", "not", "without", "non"})
_NUMBER: Final = re.compile(r"\d+(?:st|nd|rd|th)?")


def is_clause_end(token: str) -> bool:
    """Whether another thought begins at this sign or word."""
    return token in _CLAUSE_ENDS


_CLAUSE_ENDS: Final = _CLAUSE_WORDS | frozenset(";:.!?()")
