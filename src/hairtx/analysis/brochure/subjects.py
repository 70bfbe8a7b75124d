"""Which treatments a text speaks of, and which one each sentence is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import takewhile
from typing import Final, Literal

from msgspec import Struct, structs

from hairtx.analysis.brochure.sentences import Sentence, is_clause_end, is_granting, parted
from hairtx.analysis.brochure.telling import Others
from hairtx.catalogue.names import folded
from hairtx.catalogue.store import Catalogue

__all__ = ["KNOWN", "OFFER", "THESE", "Mention", "Names", "Subjects"]

#: What stands before the key of something that has no entry.
KNOWN: Final = "known:"
#: Names of treatments that are ordinary words: only with others round them do they name one.
_ORDINARY_WORDS: Final = """
accept-it acceptance accepting-it aloe bari blue-light caffeine camouflage cells cortisone dcp deurux dht-blocker
dht-blockers diet do-nothing dpc dry-shampoo estrogen exercise extensions ferritin fuss going-without-treatment grafts
growth-factor-injections growth-factors habits hair-filler hair-regrowth-treatment hair-surgery healthy-diet hers him
ignore-it immunotherapy iron just-leave-it keeps keratin keto ketoconazole-for-hair leave-it-alone leaving-it
let-it-be light light-box light-therapy massage minox nothing observation oestrogen oxygen oxygen-therapy ozone pep
placenta platelets powder prostaglandin prostaglandins raise-ferritin retinoids retinol ritle shaving sleep spiro
spray steroid steroids strip strip-method system tablets tattoo topper uv-light vitamin-h wait wait-and-see waiting
weave
"""
_ORDINARY: Final = frozenset(_ORDINARY_WORDS.split())
#: Names of groups of treatments that texts speak of as one, by the family that holds them.
_GROUPS: Final = {
    "regenerative medicine": "blood-and-cells",
    "regenerative treatment": "blood-and-cells",
    "regenerative therapy": "blood-and-cells",
    "regenerative hair therapy": "blood-and-cells",
    "regenerative hair therapies": "blood-and-cells",
    "regenerative treatments": "blood-and-cells",
    "regenerative therapies": "blood-and-cells",
    "regenerative approach": "blood-and-cells",
    "cell therapy": "blood-and-cells",
    "cell treatment": "blood-and-cells",
    "jak inhibitors": "jak-tablets",
}
_FOIL_WORDS: Final = """
unlike than versus vs compare comparing instead without alternative avoid replace replaces replacing avoiding avoids
need over compared comparable against beats outperforms failed fraction tried undergoing surpasses surpass outperform
beat like no similar different difference differs everything old older previous since generation respond responded
responding comparison beyond nature's equivalent contrast contrary tired sick forget goodbye rival rivals outlast
outlasts none stopped stopping successor switch switched switching answer tolerate upgrade
"""
_FOIL: Final = frozenset(_FOIL_WORDS.split())
_AS: Final = frozenset({"as"})
#: Before a word that brings a partner: “denser than with PRP”, “the next step after PRP”.
_COMPARING: Final = frozenset({"generation", "step", "than"})
_ARTICLES: Final = frozenset({"a", "an", "the"})
_SUCH: Final = frozenset({"such"})
_BACK: Final = frozenset({"these", "this", "those", "such"})
_LIKE: Final = frozenset({"like"})
_NAMED_AS: Final = frozenset({"act", "acts", "described", "known", "marketed", "sold", "such", "used", "well", "works"})
_PARTNER_WORDS: Final = """
with alongside plus added addition conjunction paired complement following after before besides via help helps
allow allows let lets absorption penetration uptake enhance enhances enhancing
"""
_PARTNER: Final = frozenset(_PARTNER_WORDS.split())
#: What stands beside biotin in the list of what a syringe or a serum holds.
_IN_SYRINGES: Final = frozenset({"acid", "acids", "amino", "hyaluronic", "panthenol", "peptide", "peptides"})
_INGREDIENT_WORDS: Final = """
contain contains containing derived including includes blend cocktail mixture mix formula rich ingredients
"""
_INGREDIENT: Final = frozenset(_INGREDIENT_WORDS.split())
_COLON: Final = frozenset({":"})
#: “Can be removed with a laser” is no laser treatment.
_REMOVED: Final = frozenset({"remove", "removed", "removal"})
#: “Works as well as” compares, “as well as” does not.
_WORK: Final = frozenset({"work", "works"})
_REACH: Final = 5
#: The same before “treatments like”.
_REACH_OVER: Final = 6
#: After these “like” gives an example and is no comparison.
_EXAMPLE_WORDS: Final = """
agents approaches blockers capsules drugs extracts herbs ingredients medications medicines methods options pills
procedures products remedies solutions supplements tablets techniques therapies treatments
"""
#: The clause of what a sentence grants first: the word “while” begins it.
_GRANTED: Final = 1
_EXAMPLES_OF: Final = frozenset(_EXAMPLE_WORDS.split())
#: What may stand between two names of one list besides an “and”: “minoxidil or oral medications like finasteride”.
_BETWEEN_WORDS: Final = ") even gentle injections like oral therapy topical treatment"
_IN_LISTS: Final = _EXAMPLES_OF | frozenset(_BETWEEN_WORDS.split())
_LACKING: Final = frozenset(
    {("does", "not"), ("do", "not"), ("did", "not"), ("can", "not"), ("is", "not"), ("has", "not")}
)
_FAILED: Final = frozenset({"can't", "cannot", "didn't", "doesn't", "failed", "fails", "hasn't", "isn't"})
#: What may stand behind an ordinary word that is a heading.
_AFTER_HEADED: Final = frozenset({":", "?", "(", ",", "!", "or"})
_OPENING: Final = frozenset({"if", "that", "what", "when", "where", "which"})
_SHORT_JOIN: Final = 2
#: How often an ordinary word must stand in a text to be what it is about.
_OFTEN: Final = 3
#: Among so many first words a group of which none is meant is what the sentence is about; later it is only named.
_FIRST_WORDS: Final = 4
_TWO: Final = 2
#: So many sentences are the beginning of a text.
_BEGINNING: Final = 4
#: “Is” is no plural.
_LEAST_PLURAL: Final = 4
_LONGEST_JOIN: Final = 6
#: How many words away a word may stand that tells which of several is meant.
_BESIDE: Final = 3
_NOT_TELLING: Final = frozenset(
    {"by", "for", "hair", "in", "men", "on", "scalp", "the", "therapy", "treatment", "women"}
)
_TOKEN: Final = re.compile(r"[a-z0-9+%.']*[a-z0-9+%]|[;:.!?(),&/]")
#: Where another thought may begin.
_AND_THEN: Final = re.compile(r", and (?:the )?")
#: “0.25%”, “5” and “mg”.
_DOSE: Final = re.compile(r"[0-9][0-9.,]*%?|mg|mcg|ml|%")
#: How the words after a name say that it is given: what has so much per cent of it is put on, so many milligrams are
#: swallowed.
_DOSED: Final = (
    (re.compile(r"(?:of )?[0-9.,]+ ?%"), "topical"),
    (re.compile(r"(?:of )?[0-9.,]+ mg(?! (?:per|/|in))"), "oral"),
)
#: The same, anywhere in the sentence.
_INJECTED: Final = re.compile(r"\b(?:inject\w*|into (?:your|the) scalp|needles?|syringe)\b")
_HOLDING: Final = frozenset({("with",), ("of",), ("containing",), ("combining",)})
_FORMS: Final = frozenset(
    {"bottle", "capsule", "cream", "foam", "gel", "lotion", "serum", "solution", "spray", "tablet"}
)
_IN_ONE: Final = frozenset({("in", "one"), ("in", "a"), ("a", "single"), ("one", "single")})
#: “You need it” is said of what is sold, “no need for it” of a rival.
_NEED: Final = "need"
_DENYING: Final = frozenset({"no", "not", "don't", "doesn't", "won't", "never", "without", "the", "hardly", "rarely"})
#: What comes free with something else.
_GIFT: Final = frozenset({"gift", "gifts", "complimentary", "bonus"})
#: What two medicines come in together.
_VESSELS: Final = frozenset({"bottle", "product", "mix", "mixture", "formula", "blend"})
_JOINS: Final = frozenset({"and", "or", ",", "&", "/", "(", "+"})

#: Words that speak of several treatments without a name: those named together before.
_SEVERAL: Final = re.compile(
    r"\b(?:(?:pair|combine|alternate) them\b|"
    r"(?:all|these|(?<!of )the) (?:two|three|four)\b(?! (?:days|weeks|months|sessions))|"
    r"(?:the|this) combination|both of (?:these|them)|^both\b(?! men| women| sexes)|"
    r"these (?:procedures|therapies|treatments|methods|techniques|approaches|options|medicines|medications|drugs)|"
    r"both (?:treatments|medications|medicines|drugs|methods|techniques|products|are|have|work|can|give)|"
    r"(?:each|either) (?:treatment|method|technique|one|of them)|all of them|(?:combining|combine) them|"
    r"(?:used|taken|applied) (?:together|side by side)|together,? (?:they|these|you|we)|the pair|"
    r"all (?:of )?our (?:treatments|procedures|therapies|methods|products)|either way|whichever (?:one )?you choose)\b"
)
#: How a sentence begins that offers something else than what it names.
_NOT_READY: Final = re.compile(
    r"^(?:not (?:quite |yet )?ready (?:for|to)|too young for|afraid of|scared of|no (?:to|more)\b"
    r"|why (?:we|you)\b.{0,40}\b(?:no longer|stopped|not (?:find|offer|sell))\b)"
)
#: How a text says what it sells.
OFFER: Final = re.compile(r"\b(?:we|our \w+ (?:makes?|offers?|uses?|gives?|sells?))\b")
#: What a text that sells several together calls them.
_BUNDLE: Final = re.compile(
    r"\b(?:the|this|our|your|every) (?:\w+ )?(?:bundle|duo|kit|package|pack|plan|program(?:me)?|protocol|set|trio)\b"
)
#: “The foam” is what is sold as a foam; plasma and grafts need no “the”.
_FORM_WORDS: Final = """
band berry botox brush cap capsule cell cocktail comb cream dot drip drop fat fibre foam gel graft hat helmet infusion
ink injection jab laser light liquid lotion marrow mousse needling operation pen piece pigment pill powder roller serum
shampoo shot solution spray stamp strip surgery tablet tattoo topper toxin transplant wig
"""
_FORM: Final = re.compile(
    r"\b(?:(?:an?|both|each|every|my|one|our|the|these|this|those|your) (?!numbing|anaesthetic|anesthetic|sun)"
    rf"(?:[a-z-]+ )?(?P<form>{'|'.join(_FORM_WORDS.split())})s?|(?P<bare>plasma|grafts))\b"
)
#: What such a form is called in names.
_FORM_OF: Final = {
    "dot": "ink", "graft": "transplant", "grafts": "transplant", "jab": "injection", "operation": "transplant",
    "pigment": "ink", "pill": "tablet", "surgery": "transplant",
}  # fmt: skip
#: What a text gives together from there on: “we combine them with microneedling”.
_GIVEN_TOGETHER: Final = re.compile(
    r"\b(?:we|our \w+) (?:\w+ )?(?:combine|pair|team|deliver|give|use) (?:it|them|this|these)\b"
)
#: How many they are.
_COUNTS: Final = {"both": 2, "two": 2, "pair": 2, "three": 3, "four": 4}
THESE: Final = re.compile(r"these (?:methods|techniques|approaches|treatments|therapies|options)\b")
#: “To protect your result” speaks of what the text is about besides what it names.
_YOURS: Final = re.compile(r"\b(?:your|the) (?:results?|transplant|effect|outcome)\b")

#: “Iron” among vitamins is what is sold.
_LISTED: Final = re.compile(
    r"\b(?:biotin|vitamin d3?|zinc)\b[\w ,&+\N{MIDDLE DOT}]{0,30}(?:,|\band\b|[&+\N{MIDDLE DOT}]) (?:gentle )?iron\b"
    r"(?! (?:deficien|levels?|stores))|"
    r"\biron(?= ?(?:,|\band\b|[&+\N{MIDDLE DOT}]) (?:\w+ ?[,&+\N{MIDDLE DOT}] )?(?:biotin|vitamin d3?|zinc)\b)"
)

Role = Literal["subject", "foil", "partner", "ingredient"]


class Mention(Struct, frozen=True):
    """A treatment, or several under one name, named in a sentence."""

    name: str
    ids: tuple[str, ...]
    clause: int
    role: Role
    #: Whether it is “these cells”: those that were spoken of.
    is_back: bool = False
    #: How many words of the sentence stand before it.
    at: int = 0


class Subjects:
    """What the sentences of one text are about.

    Args:
        names: every name of a treatment.
        sentences: the text.
        given: the treatments it is about, where somebody says so.
    """

    def __init__(self, names: Names, sentences: Sequence[Sentence], given: Sequence[str] = ()) -> None:
        # What has no entry is often an ingredient; a text is about it where its title or a heading says so.
        self._mentions = _mentions(names, sentences)
        if not given and not any(self._mentions) and (plain := names.plain_in(one.text for one in sentences)):
            self._mentions = _mentions(names, sentences, plain)
        elif not given and (listed := names.listed_in(sentences)):
            self._mentions = _mentions(names, sentences, listed)
        self._sentences = sentences
        self.given = tuple(given)
        self._names = names
        #: The sentences that stand over a section, by number.
        self.heads = self._over_sections()
        self._named = self._specific()
        self._apart = self._set_apart()
        #: Those, and what has a name of theirs too.
        self._meant = {
            key
            for mentions in self._mentions
            for one in mentions
            for key in (*one.ids, *self._names.sisters_of(one.name))
        }
        #: What goes by the same name: with iron tablets the drip.
        self._akin = {key for mentions in self._mentions for one in mentions for key in self._names.akin_to(one.ids)}
        self._mentions = [
            mentions or self._by_form(sentence) for sentence, mentions in zip(sentences, self._mentions, strict=True)
        ]
        self._words = frozenset(token for one in sentences for token in _TOKEN.findall(folded(one.text)))
        self.main: tuple[str, ...] = ()
        #: What the text as a whole is about.
        self.main = self.given or self._with_bundle(self._held(self._main()))
        #: What the text was about when each sentence began.
        self.before: list[tuple[str, ...]] = []
        #: The sentences that say by no name or word what they are about.
        self.silent: set[int] = set()
        self.of = self._assigned()

    def _over_sections(self) -> frozenset[int]:
        """The sentences that stand over a section: headings, and questions in a line of their own."""
        alone = Counter(one.block for one in self._sentences)
        return frozenset(
            number
            for number, one in enumerate(self._sentences)
            if one.is_heading or (one.is_question and alone[one.block] == 1 and not one.is_item)
        )

    def _by_form(self, sentence: Sentence) -> tuple[Mention, ...]:
        """What “the foam” or “an infusion” is, in a text that names one treatment alone that comes so."""
        told: dict[str, Mention] = {}
        for found in _FORM.finditer(folded(sentence.text)):
            form = found["form"] or found["bare"]
            called = self._names.in_form(_FORM_OF.get(form, form))
            named = list(called & self._meant or called & self._akin)
            if len(named) == 1:
                before = len(_TOKEN.findall(folded(sentence.text[: found.start()])))
                told.setdefault(named[0], Mention(form, (named[0],), 0, "subject", at=before))
        return tuple(told.values())

    def _with_bundle(self, main: tuple[str, ...]) -> tuple[str, ...]:
        """What a text is about, or what its lines begin with if it sells that together, as a package."""
        if not any(_BUNDLE.search(folded(one.text)) for one in self._sentences):
            return main
        heads: list[Mention] = []
        before = 0
        for sentence, mentions in zip(self._sentences, self._mentions, strict=True):
            if sentence.line != before and not sentence.is_heading:
                heads += [one for one in mentions if one.at == 0 and one.role == "subject"]
            before = sentence.line
        named = self._subjects(heads)
        return named if len(named) > 1 and set(main) <= set(named) else main

    def _specific(self) -> dict[str, set[str]]:
        """The treatments that the text names by a name of their own, each with those names."""
        named: dict[str, set[str]] = {}
        for mentions in self._mentions:
            for one in mentions:
                if len(one.ids) == 1:
                    named.setdefault(one.ids[0], set()).add(one.name)
        return named

    def _set_apart(self) -> frozenset[str]:
        """The names that begin a sentence before a longer name with the same word comes.

        “Mesotherapy” is then no short way of saying “mesotherapy with dutasteride”.
        """
        apart: set[str] = set()
        longer: set[str] = set()
        for mentions in self._mentions[1:]:
            for one in mentions:
                if one.at == 0 and one.name not in longer:
                    apart.add(one.name)
                longer.update(one.name.split() if " " in one.name else ())
        return frozenset(apart)

    def resolved(self, mention: Mention) -> tuple[str, ...]:
        """The treatments meant: of a group those that the text names, of “minoxidil” the tablets if only they are."""
        if len(mention.ids) > 1:
            # Of a group it is the one that the text is about; where only others are named it is none of them.
            held = tuple(one for one in mention.ids if one in self.main)
            named = tuple(one for one in mention.ids if one in self._named)
            return held or named or (self._names.told(mention.ids, self._words) if self._named else mention.ids)
        if sisters := tuple(one for one in self._names.sisters_of(mention.name) if one in self.main):
            # In a text on the spray “finasteride” is the spray, not the tablets that are called so too.
            return mention.ids if mention.ids[0] in self.main else sisters
        own = self._named.get(mention.ids[0], set())
        if own == {mention.name} and mention.name not in self._apart:
            closer = [
                one
                for one, names in self._named.items()
                if one != mention.ids[0] and any(set(mention.name.split()) < set(name.split()) for name in names)
            ]
            if closer:
                return tuple(closer)
        return mention.ids

    @property
    def lines(self) -> dict[str, list[int]]:
        """The treatments that the text speaks of, each with the lines that name it, in the order of the text."""
        lines: dict[str, dict[int, None]] = {one: {} for one in self.given}
        for sentence, mentions in zip(self._sentences, self._mentions, strict=True):
            for mention in mentions:
                if mention.role == "ingredient":
                    continue
                for one in self.resolved(mention):
                    if not one.startswith(KNOWN):
                        lines.setdefault(one, {})[sentence.line] = None
        return {one: list(held) for one, held in lines.items()}

    def _subjects(self, mentions: Iterable[Mention]) -> tuple[str, ...]:
        """The treatments meant. After one by its name, a group only says what kind it is: “PRP, a cell therapy”."""
        told: list[Mention] = []
        named = list(mentions)
        own = {one.ids[0] for one in named if len(one.ids) == 1}
        for mention in named:
            # In “hair transplants (FUE and more)” what has its own name is meant, not all that are called so.
            is_told = mention.name not in _GROUPS and not own.isdisjoint(mention.ids)
            if len(mention.ids) == 1 or not (is_told or any(len(one.ids) == 1 for one in told)):
                told.append(mention)
        return tuple(dict.fromkeys(one for mention in told for one in self.resolved(mention)))

    def _main(self) -> tuple[str, ...]:
        """What the text as a whole is about: what its title names, else its headings, else what it names most."""
        pairs = list(zip(self._sentences, self._mentions, strict=True))
        headings = [one for sentence, mentions in pairs if sentence.is_heading for one in mentions]
        for sentence, mentions in pairs[:2]:
            granted = _GRANTED if is_granting(sentence.text) else -1
            named = [one for one in mentions if one.role in {"subject", "partner"} and one.clause > granted]
            if named and (sentence.is_heading or sentence.line <= self._sentences[0].line):
                return self._headed(named, [one for one in headings if one.role == "subject"])
        if offered := self._offered():
            return offered
        subjects = [one for mentions in self._mentions for one in mentions if one.role == "subject"]
        told = {one.ids for sentence, mentions in pairs if not sentence.is_heading for one in mentions}
        # What is named in a heading and nowhere else is not what the text is about, if it speaks of something.
        if named_there := self._subjects(
            one for one in headings if one.role == "subject" and (one.ids in told or not told)
        ):
            return named_there
        if not subjects:
            return ()
        counts = Counter(one.ids for one in subjects)
        ids, most = counts.most_common(1)[0]
        as_often = {one for one, count in counts.items() if count == most}
        for mentions in self._mentions:
            together = dict.fromkeys(one.ids for one in mentions if one.role == "subject" and one.clause == 0)
            if len(together) > 1 and as_often == set(together):
                # “A plan of finasteride and minoxidil”: one is not meant without the other.
                return self._subjects(Mention("", one, 0, "subject") for one in together)
        return self._subjects([Mention("", ids, 0, "subject")]) if most * 2 > len(subjects) else ()

    def _offered(self) -> tuple[str, ...]:
        """What one of the first sentences says that “we” have, or that “our pharmacy makes”."""
        for sentence, mentions in zip(self._sentences[:_BEGINNING], self._mentions, strict=False):
            if OFFER.search(folded(sentence.text)):
                named = self._subjects(one for one in mentions if one.role == "subject")
                if named and not any(one.startswith(KNOWN) for one in named):
                    return named
        return ()

    def _held(self, main: tuple[str, ...]) -> tuple[str, ...]:
        """Of a title that names what has no entry, “hair growth spray”, what the text begins with and has one."""
        if not main or not all(one.startswith(KNOWN) for one in main):
            return main
        for mentions in self._mentions[1:_BEGINNING]:
            if named := self._subjects(one for one in mentions if one.role == "subject"):
                return named if not any(one.startswith(KNOWN) for one in named) else main
        return main

    def _headed(self, named: Sequence[Mention], headings: Sequence[Mention]) -> tuple[str, ...]:
        """The treatments named; of “minoxidil” the tablets where the headings speak of them alone."""
        found: list[str] = []
        over = {one.ids[0] for one in headings if len(one.ids) == 1}
        for one in self._subjects(named):
            sisters = {each for mention in named if one in mention.ids for each in self._names.sisters_of(mention.name)}
            headed = over & sisters if one not in over else set()
            found += sorted(headed) or [one]
        return tuple(dict.fromkeys(found))

    def _assigned(self) -> list[list[tuple[int, tuple[str, ...]]]]:
        """For each sentence the treatments by clause: what is said from that clause on is about them."""
        main = self.main
        section, current, block, paragraph = main, main, -1, -1
        headed = self._subjects(
            one
            for sentence, mentions in zip(self._sentences, self._mentions, strict=True)
            for one in mentions
            if sentence.is_heading and one.role == "subject"
        )
        several = main if len(main) > 1 else ()
        #: Those named together last, by how many they are: “all three”.
        counted = {len(main): main}
        #: The last two that were spoken of one after the other.
        recent: tuple[str, ...] = ()
        assigned: list[list[tuple[int, tuple[str, ...]]]] = []
        for sentence, mentions in zip(self._sentences, self._mentions, strict=True):
            subjects = [
                one
                for one in mentions
                if one.role == "subject"
                and not _is_about(one, current)
                and not _is_kind_of(one, current)
                and (one.at < _FIRST_WORDS or self.resolved(one))
            ]
            if len(assigned) in self.heads:
                section = self._over(sentence, mentions, subjects) or main
                current = section or current
            elif sentence.paragraph != paragraph or (sentence.block != block and not set(current) <= set(section)):
                # A line goes on about what the line before it named, if that is what the section is about.
                current = section or current
            block, paragraph = sentence.block, sentence.paragraph
            self.before.append(current)
            clauses = sorted({one.clause for one in subjects})
            by_clause = [(each, self._subjects(one for one in subjects if one.clause == each)) for each in clauses]
            foils = {each for one in mentions if one.role == "foil" for each in self.resolved(one)}
            # After the heading “A or B?”, “unlike A” leaves B.
            current = tuple(one for one in current if one not in foils) or current
            if not by_clause:
                together = several or (recent if len(recent) > 1 else headed)
                meant = _meant_together(sentence.text, counted, together, headed, main)
                if not meant and not mentions:
                    self.silent.add(len(assigned))
                by_clause = [(0, meant or current)]
            else:
                if clauses[0] > 0 and current and ":" not in sentence.text:
                    by_clause.insert(0, (0, current))
                by_clause[0] = (0, by_clause[0][1])
                if is_granting(sentence.text):
                    by_clause = _granted(by_clause, clauses, main, current)
                # Of what the text is not about, nothing is said on in the next sentence.
                current = next((ids for _, ids in reversed(by_clause) if ids), current)
                several = current if len(current) > 1 else several
                counted[len(current)] = current
                recent = tuple(dict.fromkeys([*recent[-1:], *current]))[-_TWO:]
            partners = self._subjects(one for one in mentions if one.role == "partner")
            if partners and current == main and _GIVEN_TOGETHER.search(folded(sentence.text)):
                main = section = current = tuple(dict.fromkeys([*main, *partners]))
            if sentence.is_question and partners and (pair := tuple(dict.fromkeys([*current, *partners]))) != current:
                # “Can I have it with PRP? We often alternate the two.”
                counted[len(pair)] = recent = pair
            assigned.append(by_clause)
        return assigned

    def _over(self, heading: Sentence, mentions: Sequence[Mention], subjects: Sequence[Mention]) -> tuple[str, ...]:
        """What the section under a heading is about: “Why we add PRP?” is about PRP, and so is what answers it."""
        named = self._subjects(subjects)
        return named or (
            self._subjects(one for one in mentions if one.role == "partner") if heading.is_question else ()
        )

    def named_in(self, number: int) -> list[tuple[Role, str, int]]:
        """What that sentence names: the part that each plays, which treatment it is, and how many words before it."""
        return [(one.role, key, one.at) for one in self._mentions[number] for key in self.resolved(one)]

    def mentions_in(self, number: int) -> list[Mention]:
        """What that sentence names, each as the treatments meant."""
        found = [structs.replace(one, ids=self.resolved(one)) for one in self._mentions[number]]
        own = {one.ids[0] for one in found if len(one.ids) == 1}
        # “PRP, one of the best-known regenerative treatments” is about PRP.
        return [one for one in found if one.ids and (len(one.ids) == 1 or own.isdisjoint(one.ids))]

    def others(self, number: int) -> Others:
        """How that sentence speaks of treatments besides those that the text is mainly about."""
        named = [(one.role, self.resolved(one)) for one in self._mentions[number]]
        return Others(
            any(set(ids).isdisjoint(self.main) for _, ids in named),
            any(role == "subject" and not set(ids) <= set(self.main) for role, ids in named),
            number == 0 and len({one for _, ids in named for one in ids}) > 1,
        )

    def together(self, number: int) -> tuple[str, ...]:
        """All treatments that a sentence speaks of as used together, with the one that it is about."""
        mentions = [one for one in self._mentions[number] if one.role != "foil"]
        named = self._subjects(mentions)
        is_own = _YOURS.search(folded(self._sentences[number].text)) is not None
        is_list = len(named) > 1 and any(one.role == "subject" and self.resolved(one) for one in mentions)
        own = () if is_list and not is_own else self.before[number]
        several = self.of[number][0][1] if not named else ()
        return tuple(dict.fromkeys([*own, *several, *named]))

    def near(self, number: int) -> tuple[str, ...]:
        """The treatments that a sentence names or is about, and those that the one before it names."""
        before = number - 1
        is_on = before >= 0 and self._sentences[before].paragraph == self._sentences[number].paragraph
        named = self._subjects(one for one in self._mentions[before] if one.role != "foil") if is_on else ()
        return tuple(dict.fromkeys([*self.together(number), *named]))

    def about(self, number: int, clause: int) -> tuple[str, ...]:
        """The treatments that what is said in this clause of this sentence is about."""
        about: tuple[str, ...] = ()
        for start, ids in self.of[number]:
            if start <= clause:
                about = ids
        return about


def _meant_together(
    text: str,
    counted: Mapping[int, tuple[str, ...]],
    several: tuple[str, ...],
    headed: Sequence[str],
    main: tuple[str, ...],
) -> tuple[str, ...]:
    """The treatments that “both”, “all three”, “these methods” or “our duo” are; none where it says nothing such.

    Args:
        text: a sentence that names none.
        counted: those named together last, by how many they are.
        several: those that were spoken of together last.
        headed: all that have a heading.
        main: what the text is about.
    """
    text = folded(text)
    if len(main) > 1 and _BUNDLE.search(text):
        return main
    told = _SEVERAL.search(text)
    if told is None:
        return ()
    meant = counted.get(next((_COUNTS[word] for word in told[0].split() if word in _COUNTS), 0)) or several
    if THESE.match(text) and not set(meant).isdisjoint(headed):
        # “These methods are the newest” before a list of them: all that have a heading.
        return tuple(dict.fromkeys([*meant, *headed]))
    return meant


def _granted(
    by_clause: list[tuple[int, tuple[str, ...]]], clauses: Sequence[int], main: Sequence[str], current: tuple[str, ...]
) -> list[tuple[int, tuple[str, ...]]]:
    """The treatments by clause of a sentence that grants something first: “while pills are known, …”."""
    if main and clauses[0] <= _GRANTED:
        # What is granted to something else is not what the text claims.
        by_clause = [(at, ids if at > _GRANTED or not set(ids).isdisjoint(main) else ()) for at, ids in by_clause]
    if current and clauses[-1] <= _GRANTED:
        # “While pills like these are known, there is a new way”: the new way is what the text is about.
        by_clause = [*by_clause, (_GRANTED + 1, current)]
    return by_clause


def _mentions(names: Names, sentences: Sequence[Sentence], plain: str = "") -> list[tuple[Mention, ...]]:
    return [
        tuple(
            each
            for each in names.mentions_in(one.text, plain, is_item=one.is_item) or _headed(names, one)
            if one.is_heading or not each.ids[0].startswith(KNOWN)
        )
        for one in sentences
    ]


def _headed(names: Names, sentence: Sentence) -> tuple[Mention, ...]:
    return names.headed(sentence.text) if sentence.is_heading else ()


class Names:
    """Every name under which the catalogue knows a treatment, by its first word."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        self._plain: dict[str, tuple[str, ...]] = {}
        self._in_headings: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
        known = catalogue.known_names
        names: dict[str, tuple[str, ...]] = {}
        for name, key in catalogue.names_of("known_name").items():
            one = known[key]
            if one.about == "treatment":
                names[name] = one.treatments if one.text is None else (f"{KNOWN}{key}",)
        families: dict[str, tuple[str, ...]] = {}
        for treatment in catalogue:
            for family in treatment.families:
                families[family] = (*families.get(family, ()), treatment.id)
        names |= {name: families[family] for name, family in _GROUPS.items() if family in families}
        own = catalogue.names_of("treatment")
        # What is mixed is told of each: “finasteride and minoxidil in one bottle”.
        names = {name: ids for name, ids in names.items() if sum(word in own for word in name.split()) < _TWO}
        names |= {name: (key,) for name, key in own.items()}
        for name, ids in names.items():
            words = tuple(_TOKEN.findall(name))
            if not words or name.replace(" ", "-") in _ORDINARY:
                if len(words) == 1:
                    self._plain[name] = ids
                if words:
                    self._in_headings.append((words, ids))
                continue
            self._by_first.setdefault(words[0], []).append((words, ids))
        self._in_form = _by_last_word(catalogue.names_of("treatment"))
        #: The names that consist of the names of two others.
        self._whole = {name: ids for name, ids in names.items() if _is_of_two(name, names)}
        for held in (*self._by_first.values(), self._in_headings):
            held.sort(key=lambda one: -len(one[0]))
        self._told_by = _words_that_tell(
            catalogue.names_of("treatment"), {one for one in names.values() if len(one) > 1}
        )

    def sisters_of(self, name: str) -> tuple[str, ...]:
        """The treatments that are the same thing given otherwise: of “finasteride” the spray."""
        return tuple(one for (key, bare), told in self._told_by.items() if bare == name for one in told if one != key)

    def akin_to(self, ids: tuple[str, ...]) -> frozenset[str]:
        """The one treatment that has a name in common with that one: “iron” is tablets or a drip."""
        pairs = (set(keys.split()) for keys, bare in self._told_by if not bare)
        return frozenset(
            one for pair in pairs if len(ids) == 1 and len(pair) == _TWO and ids[0] in pair for one in pair - {ids[0]}
        )

    def in_form(self, form: str) -> frozenset[str]:
        """The treatments that a name of theirs calls so: “minoxidil foam”."""
        return self._in_form.get(form, frozenset())

    def forms_of(self, treatment: str) -> frozenset[str]:
        """The last words of its names: “foam” of minoxidil foam."""
        return frozenset(form for form, keys in self._in_form.items() if treatment in keys)

    def plain_in(self, texts: Iterable[str]) -> str:
        """The ordinary word that a text has most often and that names a treatment, “iron”; empty if it is rare."""
        counts = Counter(token for text in texts for token in _TOKEN.findall(folded(text)) if token in self._plain)
        word, count = counts.most_common(1)[0] if counts else ("", 0)
        return word if count >= _OFTEN else ""

    def listed_in(self, sentences: Sequence[Sentence]) -> str:
        """An ordinary word among names of treatments, “biotin, vitamin D and iron”, in a sentence or as a list of items
        begins with them; empty if there is none."""
        for one in sentences:
            found = _LISTED.search(folded(one.text))
            if found is not None and (word := found[0].split()[-1]) in self._plain:
                return word
        starts = [_TOKEN.findall(folded(one.text)) for one in sentences if one.is_item]
        if sum(bool(self._at(tokens, 0)[1]) for tokens in starts) >= _TWO:
            # “Nothing to recover from” is no option.
            plain = (one for one in starts if one and one[0] in self._plain and one[1:2] != ["to"])
            return next((one[0] for one in plain), "")
        return ""

    def told(self, ids: tuple[str, ...], words: AbstractSet[str]) -> tuple[str, ...]:
        """Which one of a group a text means by the words in it: of “stem cells” those from fat."""
        told = [one for one, telling in self._told_by.get((" ".join(ids), ""), {}).items() if telling & words]
        return (told[0],) if len(told) == 1 else ()

    def cut(self, text: str) -> str:
        """A sentence with “A does this; and B does that” for “A does this, and B does that”."""
        for found in _AND_THEN.finditer(text):
            before, after = (_TOKEN.findall(folded(part)) for part in (text[: found.start()], text[found.end() :]))
            name = self._at(after, 0)[0] if after else ()
            last = next((at for at in range(len(before) - 1, -1, -1) if self._at(before, at)[0]), len(before))
            if name and len(before) - last > _SHORT_JOIN and not _JOINS.intersection(after[len(name) : len(name) + 1]):
                text = f"{text[: found.start()]};{text[found.start() + 1 :]}"
        return text

    def headed(self, text: str) -> tuple[Mention, ...]:
        """What a heading names that begins with an ordinary word and says no more: “Waiting”, “Iron: drip or pill?”."""
        tokens = _TOKEN.findall(folded(text))
        for words, ids in self._in_headings:
            if tuple(tokens[: len(words)]) == words and _AFTER_HEADED.issuperset(tokens[len(words) : len(words) + 1]):
                return (Mention(" ".join(words), ids, 0, "subject"),) if not ids[0].startswith(KNOWN) else ()
        return ()

    def mentions_in(self, text: str, plain: str = "", *, is_item: bool = False) -> tuple[Mention, ...]:
        """The treatments that a sentence, or an item of a list, names, in its order; ``plain`` is an ordinary word that
        names one here."""
        tokens = _TOKEN.findall(parted(self.cut(text)))
        found: list[Mention] = []
        is_refused = _NOT_READY.match(folded(text)) is not None
        at = clause = last_end = 0
        while at < len(tokens):
            if is_clause_end(tokens[at]):
                clause += 1
            # “Non-surgical hair restoration” is no surgery.
            name, ids = self._at(tokens, at) if tokens[max(0, at - 1) : at] != ["non"] else ((), ())
            if not ids and tokens[at] == plain:
                name, ids = (plain,), self._plain[plain]
            if not ids:
                at += 1
                continue
            joined = bool(found) and _is_joined(tokens[last_end:at])
            role = found[-1].role if joined else _role(tokens[max(0, at - _REACH - _REACH_OVER) : at])
            if (at == 1 and tokens[0] == "with") or (_is_held(tokens, at) and not joined):
                # “With finasteride, hair …” is about that; “a spray with finasteride and minoxidil” about both.
                role = "subject"
            if clause == 0 and is_refused:
                role = "foil"
            role = _role_by_words_near(tokens, at, name) or role
            # “Biotin, zinc and iron” are swallowed, and so is what the catalogue names first.
            is_listed = (joined or (is_item and at == 0)) and name == (plain,)
            told = () if is_listed else self._told_apart(tokens, at, name, ids)
            is_back = at > 0 and tokens[at - 1] in _BACK
            # What is told apart is not meant by the bare name.
            called = " ".join(name) if not told or len(ids) > 1 else f"{' '.join(name)} ({told[0]})"
            ids = told or (ids[:1] if is_listed else ids)
            found.append(Mention(called, ids, found[-1].clause if joined else clause, role, is_back, at))
            at += len(name)
            last_end = at
        return self._put_together(self._in_one(tokens, found))

    def _put_together(self, found: Sequence[Mention]) -> tuple[Mention, ...]:
        """The mentions; in “dutasteride, given as mesotherapy” both name what is called after the two."""
        for one in found:
            for other in found:
                ids = self._whole.get(f"{one.name} {other.name}", ())
                if ids and one is not other:
                    return tuple(
                        structs.replace(each, name=f"{one.name} {other.name}", ids=ids, role=one.role)
                        if each.name in {one.name, other.name}
                        else each
                        for each in found
                    )
        return tuple(found)

    def _told_apart(self, tokens: Sequence[str], at: int, name: Sequence[str], ids: tuple[str, ...]) -> tuple[str, ...]:
        """Which one is meant by a name of several, where a word beside it tells: “minoxidil 2.5 mg tablets”.

        Empty where none does.
        """
        told_by = self._told_by.get((" ".join(ids), "") if len(ids) > 1 else (ids[0], " ".join(name)), {})
        end = at + len(name)
        before = at - 1 if _is_held(tokens, at) else at
        near = _up_to_join(reversed(tokens[max(0, before - _BESIDE) : before]))
        if len(ids) == 1 or tokens[end : end + 1] in (["from"], [":"]):
            near += _up_to_join(tokens[end : end + (_BESIDE if tokens[end : end + 1] != ["from"] else _REACH)])
        after = " ".join(tokens[end : end + _REACH])
        near += [way for dose, way in _DOSED if dose.match(after)]
        injected = {"injected"} if len(ids) == 1 and _INJECTED.search(" ".join(tokens)) else set()
        for words in ({*near, *(one.removesuffix("s") for one in near)}, injected):
            if told := [one for one, telling in told_by.items() if telling & words]:
                return (told[0],) if len(told) == 1 else ()
        return ()

    def _in_one(self, tokens: Sequence[str], found: Sequence[Mention]) -> list[Mention]:
        """The mentions; in “finasteride + minoxidil in one spray” the last word tells which finasteride is meant."""
        forms = [tokens[at + 2] for at in range(len(tokens) - 2) if tuple(tokens[at : at + 2]) in _IN_ONE]
        if found and not _VESSELS.isdisjoint(forms):
            # “The spray: finasteride and minoxidil in one bottle.”
            forms += [one for one in tokens[: found[0].at] if one in _FORMS]
        told = list(found)
        for at, one in enumerate(found):
            for form in forms:
                by = self._told_by.get((one.ids[0], one.name), {})
                ids = tuple(key for key, words in by.items() if not words.isdisjoint({form, f"{form}s"}))
                if len(ids) == 1:
                    told[at] = structs.replace(one, name=f"{one.name} {form}", ids=ids)
        return told

    def _at(self, tokens: Sequence[str], at: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        first = tokens[at]
        one = first.removesuffix("s") if len(first) >= _LEAST_PLURAL else first
        for start in (first, first.removesuffix("'s"), one):
            for words, ids in self._by_first.get(start, ()):
                there = tokens[at : at + len(words)]
                if len(there) == len(words) and all(map(_same, there, words)):
                    return words, ids
        return (), ()


def _by_last_word(names: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The treatments that a name of theirs calls so: “foam” of minoxidil foam."""
    forms: dict[str, set[str]] = {}
    for name, key in names.items():
        forms.setdefault(name.split()[-1].removesuffix("s"), set()).add(key)
    return {form: frozenset(keys) for form, keys in forms.items()}


def _is_of_two(name: str, names: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a name is two names: “dutasteride mesotherapy”."""
    first, _, second = name.partition(" ")
    return bool(second) and {names.get(first), names.get(second)}.isdisjoint({None, names[name]})


def _words_that_tell(
    owners: Mapping[str, str], groups: Iterable[tuple[str, ...]]
) -> dict[tuple[str, str], dict[str, frozenset[str]]]:
    """For ids that share a name, by the words that tell each from the others.

    By a group (its ids, and no name): what at least two names of one of them have, and none of the others'. By an id
    and its bare name: “spray” and “topical”, as “finasteride spray” and “topical finasteride” are another entry.
    """
    words_of: dict[str, Counter[str]] = {}
    for name, key in owners.items():
        words_of.setdefault(key, Counter()).update({one for one in name.split() if one.isalpha()} - _NOT_TELLING)
    told_by: dict[tuple[str, str], dict[str, frozenset[str]]] = {}
    for ids in groups:
        told_by[" ".join(ids), ""] = {
            one: frozenset(
                word
                for word, count in words_of[one].items()
                if count > 1 and not any(words_of[other][word] for other in ids if other != one)
            )
            for one in ids
        }
    for name, own in owners.items():
        words = name.split()
        for bare in words if len(words) == 2 else ():
            if bare in owners:
                told = told_by.setdefault((owners[bare], bare), {})
                told[own] = told.get(own, frozenset()) | ({*words} - {bare} - _NOT_TELLING)
    return told_by


def _is_about(mention: Mention, current: Sequence[str]) -> bool:
    """Whether “these cells” are those that the text has just named."""
    return mention.is_back and bool(current) and set(current) < set(mention.ids)


def _is_kind_of(mention: Mention, current: Sequence[str]) -> bool:
    """Whether a group is only named as what the text speaks of belongs to: “the latest in regenerative medicine”."""
    is_later = mention.name in _GROUPS and mention.at >= _FIRST_WORDS
    return is_later and bool(current) and set(current) < set(mention.ids)


def _is_other(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether it is “which PRP does not have”, “what PRP cannot” or “if PRP has not helped”."""
    is_lacking = tuple(after) in _LACKING or not _FAILED.isdisjoint(after)
    return is_lacking and not _OPENING.isdisjoint(before)


def _is_held(tokens: Sequence[str], at: int) -> bool:
    """Whether a form is said to have in it what is named there: “a spray with”."""
    return tuple(tokens[at - 1 : at]) in _HOLDING and not _FORMS.isdisjoint(tokens[max(0, at - 2) : at - 1])


def _is_joined(between: Sequence[str]) -> bool:
    """Whether what stands between two names makes them a list; how much of each does not count."""
    between = [one for one in between if not _DOSE.fullmatch(one)]
    if len(between) <= _SHORT_JOIN and all(one in _JOINS for one in between):
        return True
    return (
        len(between) <= _LONGEST_JOIN
        and any(one in _JOINS for one in between)
        and all(one in _JOINS or one in _IN_LISTS for one in between)
    )


def _up_to_join(tokens: Iterable[str]) -> list[str]:
    """The words before the next “and” or comma: what comes after it tells of something else."""
    return list(takewhile(lambda token: token not in _JOINS and token not in _PARTNER and token not in _FOIL, tokens))


def _same(token: str, word: str) -> bool:
    is_one_of = len(token) >= _LEAST_PLURAL and word == f"{token}s"
    return is_one_of or token in {word, f"{word}s", f"{word}'s"}


def _gives_examples(before: Sequence[str]) -> bool:
    """Whether it is “treatments such as”, with or without a comma."""
    told = [one for one in before[-2:] if one != ","]
    return bool(told) and told[-1] in _EXAMPLES_OF


def _role_by_words_near(tokens: Sequence[str], at: int, name: Sequence[str]) -> Role | None:
    """The part that a name plays by what stands right beside it, whatever was before; None if nothing tells."""
    end = at + len(name)
    if _is_other(tokens[max(0, at - 1) : at], tokens[end : end + 2]):
        return "foil"
    if not _GIFT.isdisjoint({*tokens[max(0, at - 2) : at], *tokens[end : end + _REACH]}):
        # “PRP and exosomes as a gift” goes on about the operation that is sold.
        return "partner"
    is_removed = not _REMOVED.isdisjoint(tokens[max(0, at - 2) : end + 1])
    is_in_syringe = name == ("biotin",) and not _IN_SYRINGES.isdisjoint(tokens[at : at + 2 * _REACH])
    return "ingredient" if is_removed or is_in_syringe else None


def _is_needed(before: Sequence[str], place: int) -> bool:
    """Whether it is “you need FUE”, and not “you do not need surgery”."""
    return before[place] == _NEED and _DENYING.isdisjoint(before[max(0, place - 3) : place])


def _role(before: Sequence[str]) -> Role:
    """The part that a name plays, by the nearest telling word before it."""
    before = [one for one in before if one not in _ARTICLES]
    reach = len(before) - _REACH
    for place, token in reversed(list(enumerate(before))):
        if before[place - 1 : place] and before[place - 1] in _INGREDIENT and token in _COLON:
            return "ingredient"
        if is_clause_end(token) or place < reach:
            break
        names_it = (
            place > 0 and before[place - 1] in _NAMED_AS and _WORK.isdisjoint(before[max(0, place - 3) : place - 2])
        )
        if token in _LIKE and place > 0 and before[place - 1] in _EXAMPLES_OF:
            reach = place - _REACH_OVER
            continue
        if token in _AS and before[place - 1 : place] == ["such"] and _gives_examples(before[: place - 1]):
            reach = place - _REACH_OVER
            continue
        if token in _SUCH and _gives_examples(before[:place]):
            continue
        if (token in _FOIL and not _is_needed(before, place)) or (token in _AS and not names_it):
            return "foil"
        if token in _PARTNER and "," not in before[place:]:
            return "foil" if place > 0 and before[place - 1] in _COMPARING else "partner"
        if token in _INGREDIENT or (token in _SUCH and before[place + 1 : place + 2] == ["as"]):
            return "ingredient"
    return "subject"
