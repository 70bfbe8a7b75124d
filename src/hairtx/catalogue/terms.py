"""A text in words that can be set beside those of a name: without what says nothing, each in one form.

“I take my minoxidil by mouth” and “oral minoxidil” are the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import product, zip_longest
from typing import Final

__all__ = ["DECISIVE", "FILLERS", "HAS_DIGIT", "SAME", "age_apart", "as_text", "is_number", "words_of"]

_SAYING_NOTHING: Final = """
a about after ago all am an and any are as at be been being bit but by can cause caused causing condition currently
daily day did do does due every for from get getting go going got had hair has have having help history i if im in into
is issue it its ive just keep last lately like live living loosing lose losing loss lost lot man mcg me mg mild month
much my next nightly of often on once or past previously problem procedure product quite really recently scalp session
severe since slight so some still survivor take taking than that the therapy there they this through to today treatment
trouble twice up use used using very was we week weekly what when which who will with yesterday you your
"""
_TURNING: Final = """
anabolic copper eye family foodborne hay high less lip low more never no non normal nose not old over removal stop
toenail too tooth under without young
"""
#: What is left where nobody says more than this.
_HAIR_LOSS: Final = frozenset(("hair", "loss"))
#: Words that say nothing about which one is meant.
FILLERS: Final = frozenset(_SAYING_NOTHING.split())
_RELATIVES: Final = (
    "mom/mum/mother/dad/father/sister/brother/aunt/uncle/gran/grandma/grandpa/grandmother/grandfather/parent/parents"
)
#: Phrases that are said in another way: alternatives have a stroke between them (before the first if it may be left
#: out), and ``#`` is any number.
_PHRASES: Final[dict[str, str]] = {
    "oral": "by mouth, orally, swallow/swallowing/swallowed it",
    "topical": "not/isnt a/an /oral tablet/pill/capsule, on/onto/in/into the skin, rub/rubbing/rubbed on/in",
    "not": "can not, cannot, cant, dont, doesnt, didnt, isnt",
    "bloodpressure": "blood pressure, bp",
    "trying to conceive": "trying to get/become/fall pregnant, start/starting a family, to have a baby/child, "
    "want/wants a baby/child",
    "contraception": "the/mini/contraceptive/combined pill/pills, birth control /pill/pills",
    "stop contraception": "come/came/coming/gone off /the/contraceptive/my pill, come/came/coming off birth control",
    "childbirth": "gave/given/giving birth, birth, after having a baby, after /my/the baby, "
    "had a baby, new mother/mum/mom, postpartum, postnatal, post partum/natal",
    "breastfeeding": "nurse/nursing/feed/feeding my baby/newborn/son/daughter/child /myself",
    # Who has no hair loss, and who uses no hair dye, is not bald.
    **{
        f"no {one}": f"no hair {one}"
        for one in ("loss", "dye", "spray", "gel", "product", "products", "colour", "color", "cut", "transplant")
    },
    **{f"no {one}": f"no hair on /my/the/his/her {one}" for one in ("leg", "legs", "arm", "arms", "chest", "back")},
    "bald": "no hair/follicles, hair all/is/has gone, hair is/has all gone",
    "cancer": "cancer /is/now in remission",
    "nosebleed": "nose bleed/bleeds",
    # Who gives a bottle does not breastfeed, and a vasectomy is no wish to have it reversed.
    "formulafeed": "bottle/formula feed/feeding/fed /my/a/the /baby/newborn/son/daughter",
    "vasectomyreversal": "vasectomy reversal/reversed, reversal of /my/a vasectomy, reverse/reversing /my/a vasectomy",
    "bereavement": f"{_RELATIVES}/husband/wife/son/daughter/partner/child died, "
    f"{_RELATIVES}/husband/wife/son/daughter/partner/child passed away, death of /my {_RELATIVES}/husband/wife/child",
    "unshaven": "without /having/to shaving/shave",
    "no treatment": "do not treat/treating /it, dont treat/treating /it, leave/leaving /it untreated, "
    "not treating /it, just live/living with /it/my",
    "foodborne hepatitis": "hep/hepatitis a/e",
    "paleskin": "fitzpatrick i/ii",
    "baby": "#/one/two/three/six week/weeks/month/months old, newborn",
    "shedding": "coming/comes/fall/falls/falling/fell/drop/drops/dropping out, hairfall, hair fall, "
    "drop/drops/dropping a lot, losing/lose/lost a lot/ton/load of /my hair, "
    "losing/lose/lost lots/loads/tons of /my hair, losing/lose/lost so/too much /of /my hair",
    "everywhere": "all over",
    "total": "all/every /of /my hair",
    "low iron": "short of/on iron, lacking /in iron",
    "hairline": "hair line",
    "hairline recede": "hairline /is/has/keeps moving/moved/moves/creeping/creeps/crept/going/goes/gone back/backwards",
    # Who has none has lost them; “no eyebrow loss” stays.
    "eyebrow gone": "no eyebrows/brows",
    "weightlost": "losing/lose/lost # stone/stones/st/kg/kgs/kilo/kilos/pound/pounds/lb/lbs",
    "std": "sexually transmitted disease/diseases/infection/infections",
    "pregnant": "having a baby, mum/mom/mother to be, baby /is due, due date, "
    "# week/weeks/wk/wks/month/months along/gone/pregnant, weeks along",
    **{
        f"recent {one}": f"{one} #/two/three/few day/days/week/weeks/month/months ago/back, {one} last week/month"
        for one in ("transplant", "fue", "fut", "prp", "needling", "microneedling", "mesotherapy", "exosomes")
    },
    **{
        f"earlier {one}": f"{one} #/two/three/five/ten/few/several/some/many year/years ago/back, {one} years ago/back"
        for one in ("transplant", "fue", "fut", "surgery")
    },
    # Who has it, and when it was, say nothing about what it is; that somebody else in the family has it does.
    "family": f"family history, /runs in my/the/our family, {_RELATIVES} had, {_RELATIVES} died of/from, "
    f"{_RELATIVES} /is/was/are/were/went/goes bald/balding, bald {_RELATIVES}",
    "": "under my/the/her/his, i think/guess/reckon, will/does/do not/never stop, wont/doesnt/dont/never stop/stops, "
    "stop/stops/stopping/prevent/prevents hair loss, "
    "has/have never/not grown, does/do/will not come back, doesnt/dont/wont/never/not come/comes/coming back, "
    "never/not/didnt/hasnt grow/grew/grown/growing back, "
    "last/this/past/next year/years, in #, diagnosed with, suffer/suffers/suffered/suffering from/with, "
    "#/a/an/one/two/three/four/five/ten/few/several/some year/years ago/back, wear/wears/wearing a/an, "
    "as /a/an kid/child/baby/teen/teenager/boy/girl, when i was /a/an kid/child/baby/teen/teenager/boy/girl/young",
    # An operation that took something out is no removal of hair.
    "removal": "hair/laser/tattoo removal/remove/removed/removing, removal of /body/my hair, "
    "remove/removing /my /body/facial/face/leg/chin hair",
    "oral minoxidil": "oral min, low dose min",
    "topical minoxidil": "topical min",
    "testosterone": "testosterone patch/patches",
    "anabolic steroid": "gym/bodybuilding/muscle/sport/sports steroid/steroids, "
    "steroids /for /the gym/bodybuilding/muscle",
    # Influenza is an illness, and what is given against it is none.
    "influenza vaccine": "flu jab/jabs/shot/shots/vaccine/vaccination/injection",
    "coronavirus vaccine": "covid jab/jabs/shot/shots/vaccine/vaccination/booster",
    "yellow fever vaccine": "yellow fever jab/shot/injection",
    "mmr vaccine": "mmr/measles jab/jabs/shot/booster",
    "shingles vaccine": "shingles jab/shot",
    "travel vaccine": "hep/hepatitis a/b jab/jabs/shot/shots/vaccine/vaccination/booster, "
    "travel/holiday jab/jabs/shot/shots",
    "fracture": "broken leg/arm/bone/wrist/ankle/hip/foot/nose/rib",
    "trans": "trans/transgender woman/women/female/man/men/male",
    "dose": "high dose/doses",
    "eyelash": "lash/eyelash/lashes extension/extensions",
    "hair loss": "hairloss, hair lose",
    "seenscalp": "see through my /hair/fringe/bangs/parting, "
    "see/seeing/sees my/the/her/his scalp, my/the/her/his scalp shows/showing/visible, "
    "scalp is showing/visible, visible scalp",
    "toenail fungus": "nail/fingernail fungus/infection, fungus on/in/of /my/the nail/nails/fingernail/fingernails",
    "overactive": "over active",
    "underactive": "under active",
    "ringworm": "ring worm",
    "blood test": "bloods",
    "erectile dysfunction": "can not get/keep it up, cannot/cant get/keep it up",
    "overweight": "over weight",
}
#: Regular expressions are compiled when first needed: most of what is typed needs few of them, and they take long.
_WORD: Final = r"[0-9]+(?:[.,][0-9]+)+|[\w%+]+"
SAME: Final[dict[str, str]] = {
    word: said
    for said, words in {
        "oral": "tablet pill capsule",
        "tooth": "teeth",
        "vaccine": "vaccination vaccinated vaccinations immunisation immunization",
        "topical": "lotion foam liquid solution gel",
        "injection": "shot jab injected inject injecting",
        "bald": "balding baldness",
        "thin": "thinning thinner thinned",
        "shedding": "shed fall falling sheds",
        "alopecia": "alopicia alopesia allopecia alopeica alopacia alopecea aloppecia alopezia alopecie",
        "laser": "lazer lasar",
        "anaemia": "anemia anaemic anemic",
        "oestrogen": "estrogen",
        "haemophilia": "hemophilia",
        "pregnant": "pregnancy expecting preg",
        "breastfeeding": "breastfeed breastfed nursing lactating lactation",
        "diabetes": "diabetic",
        "depression": "depressed",
        "transplant": "transplantation transplanted",
        "micropigmentation": "pigmentation smp",
        "teen": "teenager teenage",
        "high": "raised elevated increased",
        "low": "lowered decreased deficient deficiency lack",
        "loss": "losing lose lost loses loosing losed",
        "recede": "receding recedes recession receeding",
        "patch": "patchy",
        "surgery": "operation op",
        "minoxidil": "minox minoksidil",
        "finasteride": "fin finasterid finasterida",
        "dutasteride": "dut duta dutasterid dutasterida",
        "spironolactone": "spiro spironolacton espironolactona",
        "vitamin": "vit",
        "chemotherapy": "chemo",
        "eyelash": "lash",
        "eyebrow": "brow",
        "miniaturised": "miniaturized miniaturization miniaturisation miniaturizing miniaturising",
        "medicine": "medication med drug",
    }.items()
    for word in (said, *words.split())
}
_NUMBER_WORDS: Final = """
one two three four five six seven eight nine ten
eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
"""
_ONES: Final = {word: figure for figure, word in enumerate(_NUMBER_WORDS.split(), 1)}
_TENS_WORDS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS: Final = {word: 10 * figure for figure, word in enumerate(_TENS_WORDS.split(), 2)}
_AGE: Final = (
    r"^(?P<first>[1-9][0-9])(?= (?:and|male|female|man|woman|guy|girl|boy)\b)"
    r"|^(?P<forum>[1-9][0-9]) ?[mf]\b"
    r"|\bborn (?:in )?(?P<long_ago>19[0-5][0-9])\b"
    r"|\b(?:(?P<years>[0-9]{1,3}) ?(?:(?:years?|yrs?|y) ?(?:olds?|o)|y/?o)"
    r"|(?:aged?(?: of)?|im|i am|s?hes|s?he is|(?:is|hes|shes|im|am) (?:only|just|nearly|almost)"
    r"|(?:just )?turn(?:ed|ing)|(?:my )?(?:nan|granny|wife|husband|partner|kid|child|son|daughter|boy|girl|lad|lass"
    r"|grandson|granddaughter|nephew|niece|" + _RELATIVES.replace("/", "|") + r")(?: is| turned| aged?)?) "
    # “I am 2 years post menopause” tells no age.
    r"(?P<age>[0-9]{1,3})(?! ?(?:years?|yrs?) (?:after|clean|free|in|into|off|on|out|past|post|since|sober|without))"
    r"(?: ?(?:years?|yrs?)(?: old)?)?)\b(?! ?(?:%|(?:weeks?|months?|days?|mc?g)\b))"
)
#: How far baldness has gone on a scale: “nw 3v” and “Norwood III” are Norwood 3, and 2.5 is between two of them.
_GRADE: Final = (
    r"\b(?P<scale>norwood|nw|ludwig)(?: hamilton)?(?: (?:scale|stage|type|class|grade|level))? ?"
    r"(?:(?P<grade>[1-7])(?:[.,]5|[av])?|(?P<roman>i{1,3}|iv|vi{0,2}))(?: ?(?:vertex|[av]))?\b(?![.,]?[0-9])"
)
_SCALES: Final = ("norwood", "nw", "ludwig")
_ROMAN: Final = {roman: figure for figure, roman in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii"), 1)}
#: What was done in a year that is over is no operation to come.
_DONE_IN: Final = (
    r"\b(?P<done>surgery|operation|op|transplant|fue|fut)(?: done)?(?: back)? in "
    r"(?:19[5-9][0-9]|20[01][0-9]|202[0-5])\b"
)
#: Ages in words: alone, or before “year”.
_AGE_IN_WORDS: Final = rf"\b(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_ONES)}))?|{'|'.join(_ONES)})\b"
#: The least that is an age by itself.
_LEAST_AGE_ALONE: Final = 11
_CHILD, _YOUNG, _OLD = 18, 30, 65
#: What is measured, and what it is called below the first figure and above the second one.
_MEASURES: Final[dict[str, tuple[float, str, float, str]]] = {
    "ferritin": (30, "low ferritin", 300, "high ferritin"),  # micrograms a litre, or nanograms a millilitre
    "gfr": (60, "low egfr", float("inf"), ""),  # millilitres a minute
    "bmi": (0, "", 29.9, "obese"),
    "potassium": (3.5, "low potassium", 5.5, "high potassium"),  # millimoles a litre
    "haemoglobin": (12, "anaemia", float("inf"), ""),  # grams a decilitre
    "creatinine": (0, "", 120, "high creatinine"),  # micromoles a litre
    "platelets": (150, "low platelets", float("inf"), ""),  # thousand a microlitre
    "neutrophils": (1.5, "low neutrophils", float("inf"), ""),  # thousand a microlitre
    "wbc": (4, "low wbc", float("inf"), ""),  # thousand a microlitre
    "tsh": (0.3, "low tsh", 4.5, "high tsh"),  # milliunits a litre
    "calcium": (2.1, "low calcium", 2.65, "high calcium"),  # millimoles a litre
    "alt": (0, "", 60, "high liver enzymes"),  # units a litre
    "ast": (0, "", 60, "high liver enzymes"),  # units a litre
    "ggt": (0, "", 100, "high liver enzymes"),  # units a litre
}
#: What they are called too; anything else that is measured is haemoglobin.
_CALLED: Final = {
    "k": "potassium",
    "creatinin": "creatinine",
    "platelet": "platelets",
    "plt": "platelets",
    "thrombocyte": "platelets",
    "neutrophil": "neutrophils",
}
_MOST_GRAMS_A_DECILITRE: Final = 25
#: Where what is neither too low nor too high is normal for all.
_KNOWN_RANGES: Final = frozenset(
    ("platelets", "neutrophils", "wbc", "tsh", "potassium", "calcium", "alt", "ast", "ggt")
)
#: From where on it is normal for women and men, though it may be normal below.
_SURELY_NORMAL: Final = {"ferritin": 100, "haemoglobin": 13.5}
_THOUSANDS: Final = frozenset(("platelets", "neutrophils", "wbc"))
_MOST_THOUSANDS: Final = 1000
_MOST_MILLIMOLES_OF_CALCIUM, _MILLIGRAMS_A_MILLIMOLE = 5, 4.008
_MOST_MILLIGRAMS_OF_CREATININE, _MICROMOLES_A_MILLIGRAM = 20, 88.4
#: Sugar in the blood of the last weeks, from which on it is diabetes: per cent, and millimoles a mole.
_A1C_HIGH: Final = (6.5, 48)
_MOST_PER_CENT_OF_A1C: Final = 20
_BETWEEN: Final = r"(?:\W+(?:levels?|is|of|was|at|came|back|only|just|now|around|about))*\W*"
_MEASURED: Final = (
    rf"\be?(?P<what>ferritin|gfr|bmi|potassium|ha?emoglobin|h[gb]b?|creatinine?|platelets?|plt|thrombocytes?|neutrophils?|wbc|tsh"
    r"|calcium|alt|ast|ggt|(?<!vitamin )(?<!vit )k(?=[ :=+]))"
    rf"{_BETWEEN}"
    r"(?P<side>under|below|less than|<|over|above|more than|>)?\W*"
    r"(?P<figure>[0-9]+(?:\.[0-9]+)?)k?\b(?! ?(?:%|mc?g\b(?!/)))"
    r"(?: ?[a-z]+/[0-9.a-z/]+)?"
    rf"|\b(?:hb ?)?a1c{_BETWEEN}(?P<a1c>[0-9]+(?:\.[0-9]+)?)(?: ?(?:%|percent|mmol/mol))?"
    r"|\b(?P<pale>fitzpatrick(?: skin)?(?: type)? ?[12])\b"
    r"|\b(?<!lost )(?<!lose )(?<!losing )(?P<weight>[0-9]{2,3}) ?(?P<unit>stones?|st|kgs?|kilos?|lbs?|pounds)\b"
    r"(?! (?:of|loss|lost|off|gone|less|lighter))"
    rf"|\b(?:bp|blood ?pressure){_BETWEEN}(?P<upper>[0-9]{{2,3}}) ?(?:/|over) ?(?P<lower>[0-9]{{2,3}})\b"
    # With nothing beside it, two such figures are no dose.
    r"|^(?P<upper_alone>[89][0-9]|1[0-9]{2}|2[0-4][0-9]) ?(?:/|over) ?(?P<lower_alone>[3-9][0-9]|1[0-4][0-9])$"
)
_OBESE: Final = {"s": 20, "k": 130, "l": 280, "p": 280}
_BELOW, _ABOVE = ("under", "below", "less than", "<"), ("over", "above", "more than", ">")
_BP_LOW, _BP_HIGH = (90, 60), (140, 90)  # millimetres of mercury, while the heart beats and between beats
_JOINED_UNIT: Final = r"(?<=[0-9])(?=(?:%|mg|mcg|iu|mm|ml)(?!\w))"
HAS_DIGIT: Final = re.compile("[0-9]")
_INITIALS: Final = r"\b([a-z])\.(?=[a-z]\b)"
_SHORTEST_STEM: Final = 4


def as_text(words: Iterable[str]) -> str:
    """Words as one string, in alphabetical order."""
    return " ".join(sorted(words))


@lru_cache(maxsize=64)
def words_of(text: str) -> frozenset[str]:
    """The words of a folded text that matter, each in one form; all of them where none does."""
    text = _ages_in_figures(text.replace("'", ""))
    if any(scale in text for scale in _SCALES):
        text = re.sub(_GRADE, _graded, text)
    if HAS_DIGIT.search(text):
        text = re.sub(_DONE_IN, r"earlier \g<done>", text)
        for pattern, said in ((_MEASURED, _measured), (_JOINED_UNIT, " "), (_AGE, _age)):
            text = re.sub(pattern, said, text)
    if "." in text:
        text = re.sub(_INITIALS, r"\1", text)
    words = _in_other_words(re.findall(_WORD, text))
    if matters := frozenset(filter(None, map(_form_if_it_matters, words))):
        return matters
    every = frozenset(map(_form, words))
    return every & _HAIR_LOSS if every >= _HAIR_LOSS else every  # “why am I losing my hair”


def _in_other_words(words: Sequence[str]) -> list[str]:
    """The words with phrases said in the one way, the longest phrase first."""
    known, longest = _phrases()
    told: list[str] = []
    place = 0
    while place < len(words):
        for length in range(min(longest.get(_as_number(words[place]), 1), len(words) - place), 0, -1):
            phrase = " ".join(map(_as_number, words[place : place + length]))
            if phrase in known:
                told += known[phrase].split()
                break
        else:
            length = 1
            told.append(words[place])
        place += length
    return _joined(told)


def _joined(words: Sequence[str]) -> list[str]:
    """“Anti” is one with the next word, and “over” tells more only before a number."""
    joined: list[str] = []
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        if joined and joined[-1] == "anti":
            joined[-1] += word
        elif word != "over" or following.isdigit():
            joined.append(word)
    return joined


def is_number(word: str) -> bool:
    """Whether it is a number: 2, 2.5 or 2,5."""
    return word.replace(".", "").replace(",", "").isdigit()


def _as_number(word: str) -> str:
    return "#" if word.isdigit() else word


@cache
def _phrases() -> tuple[dict[str, str], dict[str, int]]:
    """How phrases are said in another way, and the number of words of the longest that begins with a word."""
    known: dict[str, str] = {}
    longest: dict[str, int] = {}
    for said, written in _PHRASES.items():
        for one in written.split(","):
            for chosen in product(*(word.split("/") for word in one.split())):
                words = [word for word in chosen if word]
                known[" ".join(words)] = said
                longest[words[0]] = max(longest.get(words[0], 1), len(words))
    return known, longest


@cache
def _form_if_it_matters(word: str) -> str:
    return "" if word in FILLERS or _singular(word) in FILLERS else _form(word)


def _ages_in_figures(text: str) -> str:
    """“Fourteen year old boy” as “14 year old boy”; “sixteen” by itself is an age too."""
    if "year" not in text and text.count(" ") > 1:
        return text

    def figure(match: re.Match[str]) -> str:
        years = sum(_ONES.get(word, 0) + _TENS.get(word, 0) for word in re.split("[ -]", match[0]))
        if match[0] == text and years >= _LEAST_AGE_ALONE:
            return f"{years} years old"
        # “Two years ago” tells no age.
        return str(years) if re.match("[ -]years?[ -]old", text[match.end() :]) else match[0]

    return re.sub(_AGE_IN_WORDS, figure, text)


def age_apart(text: str) -> tuple[str, str]:
    """A folded text without the first age that it tells, and that age."""
    text = _ages_in_figures(text.replace("'", ""))
    age = re.search(_AGE, text) if HAS_DIGIT.search(text) else None
    return (text, "") if age is None else (f"{text[: age.start()]} {text[age.end() :]}", age[0])


def _graded(match: re.Match[str]) -> str:
    """A grade of baldness with the full name of its scale and a figure."""
    scale = "norwood" if match["scale"] == "nw" else match["scale"]
    return f"{scale} {match['grade'] or _ROMAN[match['roman']]}"


def _age(match: re.Match[str]) -> str:
    if match["long_ago"]:
        return "over 65"
    years = int(match["first"] or match["forum"] or match["years"] or match["age"])
    if years < _CHILD:
        return "under 18"
    return "young adult" if years < _YOUNG else "over 65" if years >= _OLD else ""


def _pressure(upper: int, lower: int) -> str:
    """What a blood pressure is called."""
    if upper >= _BP_HIGH[0] or lower >= _BP_HIGH[1]:
        return "high bp"
    return "low bp" if upper <= _BP_LOW[0] or lower < _BP_LOW[1] else "normal bp"


def _measured(match: re.Match[str]) -> str:
    """What a figure of a blood test, of weight or of blood pressure is called; as it stands where it may be normal."""
    if match["upper"] or match["upper_alone"]:
        return _pressure(int(match["upper"] or match["upper_alone"]), int(match["lower"] or match["lower_alone"]))
    if match["pale"] or match["weight"]:
        # Up to a height of two metres this is a body mass index of 30 and more.
        is_told = match["pale"] or int(match["weight"]) >= _OBESE[match["unit"][0]]
        return ("paleskin" if match["pale"] else "obese") if is_told else match[0]
    if match["a1c"]:
        figure = float(match["a1c"])
        return "diabetes" if figure >= _A1C_HIGH[figure > _MOST_PER_CENT_OF_A1C] else match[0]
    called = match["what"].removesuffix("s")
    what = _CALLED.get(called, called) if called in _CALLED or called in _MEASURES else "haemoglobin"
    least, low, most, high = _MEASURES[what]
    figure = float(match["figure"])
    if what == "haemoglobin" and figure > _MOST_GRAMS_A_DECILITRE:  # grams a litre
        figure /= 10
    if what in _THOUSANDS and figure > _MOST_THOUSANDS:  # each one counted
        figure /= 1000
    if what == "creatinine" and figure < _MOST_MILLIGRAMS_OF_CREATININE:  # milligrams a decilitre
        figure *= _MICROMOLES_A_MILLIGRAM
    if what == "calcium" and figure > _MOST_MILLIMOLES_OF_CALCIUM:  # milligrams a decilitre
        figure /= _MILLIGRAMS_A_MILLIMOLE
    side = match["side"] or ""
    if figure < least or (figure == least and side in _BELOW):
        return match[0] if side in _ABOVE else low
    if figure > most or (figure == most and side in _ABOVE):
        return match[0] if side in _BELOW else high
    is_normal = what in _KNOWN_RANGES or figure >= _SURELY_NORMAL.get(what, float("inf"))
    return f"normal {what}" if is_normal and not side else match[0]


@cache
def _form(word: str) -> str:
    """One form for all that differ in their ending: “massage” and “massaging”, “stop” and “stopped”."""
    word = _singular(word)
    if word in SAME:
        return SAME[word]
    stem = word.removesuffix("ing") if word.endswith("ing") else word.removesuffix("ed")
    if len(stem) < _SHORTEST_STEM:
        stem = word
    if stem != word and stem[-1] == stem[-2] and stem[-1] not in "ls":
        stem = stem[:-1]
    return stem.removesuffix("e") if len(stem) > _SHORTEST_STEM else stem


def _singular(word: str) -> str:
    if word in SAME or len(word) <= 3 or word.endswith(("ss", "us", "is", "as")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word.removesuffix("s")


#: Words that turn a meaning round: what was typed and what is offered must have the same ones.
DECISIVE: Final = frozenset(map(_form, _TURNING.split()))
