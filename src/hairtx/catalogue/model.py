"""The catalogue's format: immutable records, and nothing but.

These classes are the only definition of the data format. Unknown keys are refused, so a misspelt key never
passes silently; the JSON Schema for editors is generated from here. Field order is the order of the entry in a
file. Reading lives in ``reading``, rules that span records in ``reading.rules``.
"""

import datetime as dt
from types import GenericAlias
from typing import Annotated, Any, ClassVar, Literal, Protocol, get_args

from msgspec import Meta, Struct, field, structs

from hairtx.catalogue.quantity import Amount, Count, Duration, Interval, Quantity

# What a message and a replacement can say of a pattern or a list of words stands with it, under "hint" and "example".
Key = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9][a-z0-9-]{0,63}\Z",
        examples=["topical-minoxidil"],
        extra={"hint": "small letters, digits and hyphens, such as 'topical-minoxidil'"},
    ),
]
#: Keys that cannot be the name of a file on Windows, whatever comes behind a dot.
RESERVED: frozenset[str] = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)
Currency = Annotated[
    str,
    Meta(
        pattern=r"^[A-Z]{3}\Z",
        examples=["USD"],
        extra={"hint": "a currency code of three capitals, such as USD", "example": "USD"},
    ),
]
Doi = Annotated[
    str,
    Meta(
        pattern=r"^10\.[0-9]{4,9}/\S{1,200}\Z",
        extra={"hint": "a DOI begins with '10.', without 'https://doi.org/'", "example": "10.1000/x"},
    ),
]
Pmid = Annotated[str, Meta(pattern=r"^[0-9]{1,9}\Z", extra={"hint": "digits only", "example": "0"})]
Address = Annotated[
    str,
    Meta(
        pattern=r"^https?://[^\s<>\"'`{}|\\^]{3,500}\Z",
        extra={"hint": "a web address beginning with http:// or https://", "example": "https://example.org"},
    ),
]
# The pattern asks for something other than spaces.
Text = Annotated[str, Meta(min_length=1, max_length=1200, pattern=r"\S")]
Label = Annotated[str, Meta(min_length=1, max_length=160, pattern=r"\S")]
Sources = Annotated[tuple[Key, ...], Meta(min_length=1)]
#: Ways in which something is said: a few words each, as they stand in running text.
Phrases = Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=80, pattern=r"\S")], ...], Meta(max_length=250)]
Year = Annotated[int, Meta(ge=1800, le=2200)]
#: A count of things.
Whole = Annotated[int, Meta(ge=0)]

Kind = Literal["medicine", "procedure", "device", "surgery", "supplement", "cosmetic", "none"]
Setting = Literal["home", "clinic", "operating-room", "none"]
Invasiveness = Literal["none", "non-invasive", "minimally-invasive", "moderately-invasive", "surgical"]
Certainty = Literal["none", "very-low", "low", "moderate", "high"]
Rating = Literal["published", "our-reading"]
Direction = Literal["helps", "no-difference", "worse", "unclear"]
Sex = Literal["any", "male", "female"]
MechanismStatus = Literal["established", "plausible", "proposed"]
Measure = Literal[
    "mean-difference",
    "standardised-mean-difference",
    "risk-ratio",
    "odds-ratio",
    "proportions",
    "change-from-baseline",
]
Frequency = Literal["very-common", "common", "uncommon", "rare", "very-rare", "unknown"]
Severity = Literal["mild", "moderate", "serious", "unknown"]
Action = Literal["avoid", "ask-specialist", "take-care"]
HowSoon = Literal["now", "this-week", "soon"]
RegulatoryStatus = Literal["approved", "cleared", "off-label", "unapproved", "over-the-counter", "not-a-medicine"]
PricePer = Literal["session", "course", "one-off", "month", "year", "graft", "item"]
Verdict = Literal["supported", "partly-supported", "not-established", "contradicted"]
#: A part of an entry that may decide whether a claim holds.
TreatmentPart = Literal[
    "indications",
    "effects",
    "results",
    "mechanism",
    "invasiveness",
    "downtime",
    "schedule",
    "side_effects",
    "cautions",
    "regulatory",
    "costs",
    "experience",
]
SourceType = Literal[
    "systematic-review",
    "rct",
    "observational",
    "guideline",
    "label",
    "regulator",
    "review",
    "health-service",
    "promotional",
]
ReadExtent = Literal["full-text", "abstract", "excerpt"]

#: Least to most, by what happens to the skin.
INVASIVENESS: tuple[Invasiveness, ...] = get_args(Invasiveness)
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
#: Least to most sure. ``none``: no study found.
CERTAINTY: tuple[Certainty, ...] = get_args(Certainty)
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
SOURCE_TYPES: tuple[SourceType, ...] = get_args(SourceType)


class Record(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of every record: immutable, unknown keys refused."""


class Sourced(Protocol):
    """A record that names the sources it rests on."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of the bibliography."""


class Statement(Record, frozen=True, kw_only=True):
    """One or two sentences and the sources they rest on."""

    text: Text
    sources: Sources


class Mechanism(Record, frozen=True, kw_only=True):
    """One way in which the treatment is thought to work."""

    pathway: Key
    text: Text
    status: MechanismStatus
    sources: Sources


class Indication(Record, frozen=True, kw_only=True):
    """What the treatment is used for, and how sure it is that it helps: always for one condition."""

    condition: Key
    sex: Sex = "any"
    direction: Direction | None = None
    size: Label | None = None
    certainty: Certainty
    rating: Rating
    basis: Text
    sources: Sources


class Lasting(Record, frozen=True, kw_only=True):
    """How long something lasts. ``lasts`` is absent where no source gives a length."""

    lasts: Duration | None = None
    note: Text | None = None
    sources: Sources


class SessionLength(Lasting, frozen=True, kw_only=True):
    """How long one visit, dose or use takes; ``covers`` where the length is that of a part of it alone."""

    covers: Label | None = None


class Downtime(Record, frozen=True, kw_only=True):
    """What the days after a session or dose are like."""

    daily_activities: Lasting | None = None
    visible_signs: Lasting | None = None
    restrictions: tuple[Statement, ...] = ()


class Phase(Record, frozen=True, kw_only=True):
    """A stretch of the schedule. Without ``sessions`` it is open-ended, and then it must be the last."""

    name: Label
    sessions: Count | None = None
    every: Interval | None = None
    setting: Setting | None = None
    note: Text | None = None
    sources: Sources


class Schedule(Record, frozen=True, kw_only=True):
    """Phases in the order in which they follow each other."""

    session_length: SessionLength | None = None
    phases: tuple[Phase, ...] = ()
    monitoring: tuple[Statement, ...] = ()


class Results(Record, frozen=True, kw_only=True):
    """When something can be seen, when to judge, and what happens afterwards."""

    first_signs: Duration | None = None
    full_assessment: Duration | None = None
    note: Text | None = None
    on_stopping: Statement | None = None
    sources: tuple[Key, ...] = ()


class People(Record, frozen=True, kw_only=True):
    """How many of 100 people, counted by a source: with the treatment, and with what it was compared to.

    A range where sources differ. Of 100 always, so that any two can be set beside each other.
    """

    treated: Amount = field(name="with")
    compared: Amount | None = field(name="without", default=None)
    comparator: Label | None = None
    group: Label | None = None
    time: Label | None = None


class Effect(Record, frozen=True, kw_only=True):
    """One measured finding that can be drawn: figures exactly as published."""

    condition: Key
    sex: Sex = "any"
    outcome: Key
    detail: Text | None = None
    comparator: Label
    measure: Measure
    value: float
    comparator_value: float | None = None
    ci95: tuple[float, float] | None = None
    unit: Label | None = None
    timepoint: Label | None = None
    participants: Annotated[int, Meta(ge=1)] | None = None
    studies: Annotated[int, Meta(ge=1)] | None = None
    design: Label
    certainty: Certainty | None = None
    rating: Rating | None = None
    people: People | None = None
    note: Text | None = None
    sources: Sources

    @property
    def counts_people(self) -> bool:
        """Whether it says how many of 100 people, and not of grafts or of sides of the scalp."""
        return self.people is not None or (self.measure == "proportions" and self.unit is None)


class Finding(Record, frozen=True, kw_only=True):
    """A finding without a figure that can be drawn: a ranking, “no difference”, a series."""

    condition: Key | None = None
    sex: Sex = "any"
    text: Text
    sources: Sources


class SideEffect(Record, frozen=True, kw_only=True):
    """An unwanted effect. Frequency bands as in drug labels (CIOMS): very common is 10 % or more, common 1 to 10 %,
    uncommon 0.1 to 1 %, rare 0.01 to 0.1 %, very rare below that."""

    effect: Label
    frequency: Frequency
    figure: Text | None = None
    people: People | None = None
    severity: Severity
    sources: Sources


class Caution(Record, frozen=True, kw_only=True):
    """Something about the person that calls for care."""

    factor: Key
    action: Action
    why: Text
    sources: Sources


class LookedFor(Record, frozen=True, kw_only=True):
    """Factors for which a caution was looked for in a text and none was found: not the same as safe, and not the same
    as never looked for."""

    factors: Annotated[tuple[Key, ...], Meta(min_length=1)]
    where: Text
    date: dt.date
    sources: Sources


class Difference(Record, frozen=True, kw_only=True):
    """Why a treatment does not share what its family lists for these factors."""

    factors: Annotated[tuple[Key, ...], Meta(min_length=1)]
    why: Text
    sources: Sources


class Regulation(Record, frozen=True, kw_only=True):
    """What a regulator has decided, in one region: for one condition and sex, or for whatever is not named apart."""

    region: Label
    condition: Key | None = None
    sex: Sex = "any"
    status: RegulatoryStatus
    detail: Text
    sources: Sources


class Cost(Record, frozen=True, kw_only=True):
    """A price as found. ``year`` is absent where the source does not date it."""

    per: PricePer
    amount: Amount
    currency: Currency
    region: Label
    year: Year | None = None
    #: How long what is paid for lasts in use: a pack, or years of use that were priced together.
    covers: Duration | None = None
    note: Text | None = None
    sources: Sources

    @property
    def is_countable(self) -> bool:
        """Whether it says how often it is paid."""
        return self.covers is not None or self.per not in {"graft", "item"}


class Combination(Record, frozen=True, kw_only=True):
    """What is known of using this treatment together with another one."""

    partner: Key = field(name="with")
    finding: Text
    sources: Sources


class Claim(Record, frozen=True, kw_only=True):
    """What is said of the treatment, who says it, and what the evidence says to that."""

    claim: Text
    #: Who is quoted; nobody where a verdict stands ready for whoever may say so.
    claimed_by: tuple[Key, ...] = ()
    #: What is claimed; of a claim that nobody makes of another treatment, ``said_as`` alone has its words.
    kind: Key | None = None
    said_as: Phrases = ()
    verdict: Verdict
    why: Text
    sources: Sources


class Named(Record, frozen=True, kw_only=True):
    """A record that people ask for by name; the key it has in its table leads to it too."""

    #: The fields that hold its names.
    name_fields: ClassVar[tuple[str, ...]] = ("label", "aliases")

    @property
    def names(self) -> dict[tuple[str | int, ...], str]:
        """Every name that leads to it, by its path in the record."""
        names: dict[tuple[str | int, ...], str] = {}
        for name in self.name_fields:
            held = getattr(self, name)
            names |= {(name,): held} if isinstance(held, str) else {(name, at): one for at, one in enumerate(held)}
        return names


class BriefEffect(Record, frozen=True, kw_only=True):
    """Whether it works, in one or two short sentences, for one condition."""

    condition: Key
    sex: Sex = "any"
    text: Text
    sources: Sources


class Brief(Record, frozen=True, kw_only=True):
    """The short answer, written by reading the whole entry: what a reader meets first."""

    what: Statement | None = None
    effect: tuple[BriefEffect, ...] = ()
    harm: Statement | None = None
    serious: Statement | None = None
    stopping: Statement | None = None
    questions: tuple[Text, ...] = ()


class Caveat(Statement, frozen=True, kw_only=True):
    """What to know before paying; ``sex`` where it tells the other one nothing."""

    sex: Sex = "any"


class Treatment(Named, frozen=True, kw_only=True):
    """One option. Absent fields are shown as “not reported”."""

    name_fields = ("id", "name", "short_name", "aliases")

    id: Key
    name: Label
    short_name: Annotated[str, Meta(min_length=1, max_length=24, pattern=r"\S")]
    aliases: tuple[Label, ...] = ()
    kind: Kind
    setting: Setting
    invasiveness: Invasiveness
    summary: Statement
    brief: Brief | None = None
    mechanism: tuple[Mechanism, ...] = ()
    indications: tuple[Indication, ...] = ()
    downtime: Downtime | None = None
    schedule: Schedule | None = None
    results: Results | None = None
    effects: tuple[Effect, ...] = ()
    findings: tuple[Finding, ...] = ()
    side_effects: tuple[SideEffect, ...] = ()
    families: tuple[Key, ...] = ()
    cautions: tuple[Caution, ...] = ()
    looked_for: tuple[LookedFor, ...] = ()
    unlike_family: tuple[Difference, ...] = ()
    regulatory: tuple[Regulation, ...] = ()
    costs: tuple[Cost, ...] = ()
    combinations: tuple[Combination, ...] = ()
    experience: tuple[Statement, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    claims: tuple[Claim, ...] = ()
    questions: tuple[Text, ...] = ()
    reviewed: dt.date
    searched: Text | None = None

    # What lies inside schedule, downtime and results, so that nobody has to ask first whether there are any.

    @property
    def foremost_claims(self) -> tuple[Claim, ...]:
        """What is said of it by somebody named, or else all; the other verdicts stand ready for a text that says so."""
        return tuple(one for one in self.claims if one.claimed_by) or self.claims

    @property
    def brief_effects(self) -> tuple[BriefEffect, ...]:
        """Whether it works, in short; nothing where the entry has no short words.

        What names no sex is told of the one that the condition is rated for, if it is rated for that one alone.
        """
        told = self.brief.effect if self.brief is not None else ()
        return tuple(one if one.sex != "any" else self._of_rated_sex(one) for one in told)

    def _of_rated_sex(self, told: BriefEffect) -> BriefEffect:
        rated = {one.sex for one in self.indications if one.condition == told.condition}
        return structs.replace(told, sex=rated.pop()) if len(rated) == 1 else told

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The stretches of the schedule; none where no schedule is reported."""
        return self.schedule.phases if self.schedule is not None else ()

    @property
    def session_length(self) -> SessionLength | None:
        """How long one visit, dose or use takes."""
        return self.schedule.session_length if self.schedule is not None else None

    @property
    def monitoring(self) -> tuple[Statement, ...]:
        """Tests and check-ups on top of the phases."""
        return self.schedule.monitoring if self.schedule is not None else ()

    @property
    def daily_activities(self) -> Lasting | None:
        """How long until ordinary activities are possible."""
        return self.downtime.daily_activities if self.downtime is not None else None

    @property
    def visible_signs(self) -> Lasting | None:
        """How long others can see it."""
        return self.downtime.visible_signs if self.downtime is not None else None

    @property
    def first_signs(self) -> Duration | None:
        """When something can first be seen."""
        return self.results.first_signs if self.results is not None else None

    @property
    def full_assessment(self) -> Duration | None:
        """When to judge whether it helps."""
        return self.results.full_assessment if self.results is not None else None

    @property
    def result_sources(self) -> tuple[Key, ...]:
        """Keys of the sources for these times."""
        return self.results.sources if self.results is not None else ()


class Source(Record, frozen=True, kw_only=True):
    """One item of the bibliography. What the page read did not show is absent."""

    type: SourceType
    title: Text
    authors: Text | None = None
    publication: Text | None = None
    year: Year | None = None
    doi: Doi | None = None
    pmid: Pmid | None = None
    url: Address | None = None
    note: Text | None = None
    read: Annotated[
        ReadExtent,
        Meta(extra={"hint": "cite only what you have read; leave out what rests on a source that you have not"}),
    ]

    @property
    def link(self) -> str | None:
        """Where a reader finds it: the DOI if known, else PubMed, else the publisher's page."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/"
        return self.url


class Course(Statement, frozen=True, kw_only=True):
    """What happens if nothing is done, for men and women apart where it differs."""

    sex: Sex = "any"


class DoctorFirst(Statement, frozen=True, kw_only=True):
    """When to see a doctor first; one for a ``sex`` stands in the place of the one for all, where that is asked for."""

    sex: Sex = "any"


class ConditionBrief(Record, frozen=True, kw_only=True):
    """What stands on top of every answer about the condition, in one line each."""

    course: tuple[Course, ...] = ()
    doctor: tuple[DoctorFirst, ...] = ()


class WarningSign(Statement, frozen=True, kw_only=True):
    """Something that a doctor should see first: how soon, what it may be, and whom to see."""

    how_soon: HowSoon | None = None
    may_be: Text | None = None
    see: Text | None = None


class Condition(Named, frozen=True, kw_only=True):
    """What is treated: what it is, what happens if nothing is done, and when to see a doctor first."""

    label: Label
    aliases: tuple[Label, ...] = ()
    definition: Statement
    brief: ConditionBrief | None = None
    decision: Text
    course: tuple[Course, ...]
    diagnosis: tuple[Statement, ...] = ()
    warning_signs: tuple[WarningSign, ...] = ()

    @property
    def short(self) -> str:
        """The label without the term in brackets."""
        return self.label.partition(" (")[0]


class Factor(Named, frozen=True, kw_only=True):
    """Something about a person that matters to a choice. A core factor is looked for with every treatment."""

    label: Label
    aliases: tuple[Label, ...] = ()
    definition: Text
    includes: tuple[Key, ...] = ()
    core: bool = False
    #: Whom it can concern.
    sex: Sex = "any"

    @property
    def short(self) -> str:
        """The label without what is explained in brackets or behind a comma."""
        return self.label.partition(" (")[0].partition(", ")[0]


class Family(Record, frozen=True, kw_only=True):
    """Treatments that are alike in what speaks against them: of these factors, or of all where none is named."""

    label: Label
    definition: Text
    factors: tuple[Key, ...] = ()


class ClaimKind(Record, frozen=True, kw_only=True):
    """What is claimed of many treatments, in one way or another."""

    #: What is claimed, in one neutral sentence.
    label: Label
    said_as: Phrases
    #: What sounds like it and says something else.
    not_said_as: Phrases = ()
    #: Whether it says “no”, “never”, “any” or “always”: one counter-case contradicts it, and nothing supports a part.
    universal: bool = False
    #: The parts of an entry that decide whether it holds.
    decided_by: tuple[TreatmentPart, ...] = ()


class KnownName(Named, frozen=True, kw_only=True):
    """Something that people ask for and that is no entry: a brand or a shop of what is one, or what is not covered.

    Where it is one treatment and nothing more is to be said, the name leads there; where it is several, which one is
    asked. ``text`` says what it is; of a condition also how soon to see whom, and why no table here fits.
    """

    label: Label
    aliases: tuple[Label, ...] = ()
    about: Literal["treatment", "condition"]
    treatments: tuple[Key, ...] = ()
    text: Text | None = None
    how_soon: HowSoon | None = None
    see: Text | None = None
    sources: tuple[Key, ...] = ()


class Pathway(Record, frozen=True, kw_only=True):
    """A way in which treatments act."""

    label: Label
    definition: Text


class Outcome(Record, frozen=True, kw_only=True):
    """Something that studies measure."""

    label: Label
    definition: Text
    better: Literal["higher", "lower"]
    #: Whether it is seen in the hair; satisfaction and quality of life are no gain of it.
    is_of_hair: bool = field(default=True, name="of_hair")


class ReadingCounts(Record, frozen=True, kw_only=True):
    """Of how many statements how many were held against their sources, and against how much of them."""

    statements: Whole
    #: Against the source itself: the whole text, its abstract or a part.
    text: Whole
    summary: Whole
    not_found: Whole = 0


class Readings(Record, frozen=True, kw_only=True):
    """What the ledger of second readings holds, counted."""

    all: ReadingCounts
    #: Of those the ones that hold a number.
    figures: ReadingCounts


class About(Record, frozen=True, kw_only=True):
    """Facts about the edition."""

    edition: Annotated[str, Meta(min_length=1, max_length=20, examples=["2026.11"])]
    reviewed: dt.date
    written_by: Text
    selection: Text
    readings: Readings | None = None
    update_policy: Text
    funding: Text
    limits: tuple[Text, ...]
    disclaimer: Text
    reading_level: Text | None = None
    licence: Text


class CatalogueFile(Record, frozen=True, kw_only=True):
    """What one YAML file may hold. The built-in catalogue is four of these."""

    treatments: tuple[Treatment, ...] = ()
    sources: dict[Key, Source] = {}
    conditions: dict[Key, Condition] = {}
    factors: dict[Key, Factor] = {}
    families: dict[Key, Family] = {}
    claim_kinds: dict[Key, ClaimKind] = {}
    known_names: dict[Key, KnownName] = {}
    pathways: dict[Key, Pathway] = {}
    outcomes: dict[Key, Outcome] = {}
    about: About | None = None

    def entries(self, table: str) -> list[tuple[int | str, str, Any]]:
        """Of one of :data:`TABLES`: the place in it, the id or key, and the record of each entry."""
        held: Any = getattr(self, table)
        if isinstance(held, dict):
            return [(key, key, record) for key, record in held.items()]
        return [(place, record.id, record) for place, record in enumerate(held)]


#: The tables of a catalogue and their records: every field of a file that holds more than one. One more is written
#: there and described in ``descriptions``; reading, cache, rules and schema follow.
TABLES: dict[str, type[Record]] = {
    name: next(one for one in get_args(held) if isinstance(one, type))
    for name, held in CatalogueFile.__annotations__.items()
    if isinstance(held, GenericAlias)
}


def singular(table: str) -> str:
    """What one entry of a table is called: “family” of “families”."""
    return f"{table.removesuffix('ies')}y" if table.endswith("ies") else table.removesuffix("s")


def decode_quantity(kind: type, written: Any) -> Any:
    """msgspec's hook for the types it does not know: the quantities."""
    if issubclass(kind, Quantity):
        return kind.parse(written)
    raise NotImplementedError(f"no decoder for {kind}")


def trust_quantity(kind: type, written: Any) -> Any:
    """The same for text that was checked before it was kept."""
    if issubclass(kind, Quantity):
        return kind(written)
    raise NotImplementedError(f"no decoder for {kind}")


def encode_quantity(value: Any) -> Any:
    """msgspec's hook on the way out: a quantity is written as its text."""
    if isinstance(value, Quantity):
        return value.text
    raise NotImplementedError(f"no encoder for {type(value)}")
