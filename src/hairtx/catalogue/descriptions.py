"""What each field of the format means, with examples: what an editor shows beside the cursor.

Kept beside the model and not in it, because every run of the program imports the model and only ``schema`` needs
this. A test holds the two together.
"""

from __future__ import annotations

from typing import Any, Final

__all__ = ["DESCRIPTIONS", "OTHER_VALUES", "OTHER_WORDS"]

_SOURCES: Final = ("Keys of the sources that support this very statement.", ["zhou2021", "nhs-hair-loss"])
_SEX: Final = ("Whom it applies to.", "female")
_CERTAINTY: Final = ("How sure the evidence is, in the words of GRADE; none where no study was found.", "low")
_RATING: Final = ("Whether the certainty is a source's own GRADE rating or our reading of the studies.", "our-reading")
_LABEL: Final = ("What readers see.", "Pattern hair loss (androgenetic alopecia)")
_ALIASES: Final = ("What else people type to find it; in small letters.", ["platelet rich plasma", "prp injections"])
_CONDITION: Final = ("Key of a condition in the vocabulary.", "androgenetic-alopecia")
_STATEMENT: Final = {"text": "Sold by clinics since 2006.", "sources": ["zhou2021"]}
_PEOPLE: Final = (
    "How many of 100 people, where a source counts them.",
    {"with": 26, "without": 14, "comparator": "placebo", "group": "women", "time": "32 weeks"},
)


#: What is written for a field of a term: something that has a name and a meaning.
_OF_TERMS: Final = {
    "name": "label", "title": "label", "description": "definition", "summary": "definition", "what": "definition",
}  # fmt: skip
#: What people write for a field whose name they do not know, by record; one inside another field stands behind a dot.
OTHER_WORDS: Final[dict[str, dict[str, str]]] = {
    "Treatment": {
        "price": "costs", "prices": "costs", "fee": "costs", "fees": "costs", "price_list": "costs", "cost": "costs",
        "description": "summary", "about": "summary", "what": "summary",
        "title": "name", "label": "short_name", "type": "kind", "category": "kind", "place": "setting",
        "risks": "cautions", "contraindications": "cautions", "warnings": "cautions",
        "adverse_effects": "side_effects", "harms": "side_effects", "harm": "side_effects",
        "dose": "schedule", "dosage": "schedule", "frequency": "schedule", "protocol": "schedule",
        "duration": "schedule", "minutes": "schedule.session_length", "session_minutes": "schedule.session_length",
        "evidence": "effects", "studies": "effects", "recovery": "downtime", "approval": "regulatory",
        "used_for": "indications", "for": "indications", "conditions": "indications", "condition": "indications",
        "date": "reviewed", "interval": "schedule", "maintenance": "schedule",
    },
    "Schedule": {
        "minutes": "session_length", "duration": "session_length", "length": "session_length",
        "interval": "phases", "every": "phases", "frequency": "phases", "sessions": "phases", "maintenance": "phases",
        "course": "phases", "checks": "monitoring",
    },
    "Phase": {"interval": "every", "frequency": "every", "number": "sessions", "count": "sessions", "text": "name"},
    "Downtime": {
        "days": "visible_signs", "lasts": "visible_signs", "duration": "visible_signs", "text": "visible_signs",
        "signs": "visible_signs", "redness": "visible_signs", "bruises": "visible_signs", "bruising": "visible_signs",
        "swelling": "visible_signs", "soreness": "visible_signs", "tenderness": "visible_signs",
        "work": "daily_activities", "days_off": "daily_activities", "rest": "daily_activities",
        "aftercare": "restrictions", "hair_washing": "restrictions", "washing": "restrictions",
        "exercise": "restrictions", "sport": "restrictions", "avoid": "restrictions",
    },
    "Results": {
        "stopping": "on_stopping", "first": "first_signs", "text": "note", "full": "full_assessment",
        "time_to_judge": "full_assessment", "judge": "full_assessment",
    },
    "Brief": {
        "works": "effect", "does_it_work": "effect", "efficacy": "effect", "side_effects": "harm", "harms": "harm",
        "milder_harm": "harm", "serious_harm": "serious", "ask": "questions", "ask_them": "questions",
        "if_i_stop": "stopping", "on_stopping": "stopping", "summary": "what",
    },
    "Effect": {
        "ci": "ci95", "ci_95": "ci95", "confidence_interval": "ci95", "interval": "ci95", "n": "participants",
        "trials": "studies", "at": "timepoint", "time": "timepoint", "when": "timepoint",
    },
    "Cost": {"price": "amount", "cost": "amount", "unit": "per", "country": "region"},
    "SideEffect": {
        "note": "figure", "lasts": "figure", "duration": "figure", "days": "figure", "rate": "figure",
        "share": "figure", "name": "effect", "side_effect": "effect", "text": "effect", "how_often": "frequency",
        "how_bad": "severity", "action": "severity", "counted": "people", "count": "people", "of_100": "people",
    },
    "Caution": {
        "reason": "why", "because": "why", "text": "why", "name": "factor", "condition": "factor", "who": "factor",
        "level": "action", "severity": "action", "advice": "action",
    },
    "Claim": {"text": "claim", "by": "claimed_by", "who": "claimed_by", "said_by": "claimed_by", "reason": "why"},
    "Source": {
        "journal": "publication", "magazine": "publication", "newspaper": "publication", "publisher": "publication",
        "website": "url", "link": "url", "date": "year", "name": "title", "kind": "type", "author": "authors",
        "accessed": "note", "retrieved": "note", "pages": "publication", "volume": "publication",
    },
    **dict.fromkeys(("Condition", "Factor"), _OF_TERMS | {"synonyms": "aliases", "names": "aliases"}),
    **dict.fromkeys(("Family", "Pathway", "Outcome"), _OF_TERMS),
}  # fmt: skip
#: What people write for a word of a fixed list, and that word.
OTHER_VALUES: Final = {
    "randomised trial": "rct", "randomized trial": "rct", "randomised controlled trial": "rct",
    "randomized controlled trial": "rct", "trial": "rct", "meta analysis": "systematic-review",
    "cohort": "observational", "cohort study": "observational", "package insert": "label",
    "magazine": "promotional", "newspaper": "promotional", "website": "promotional", "advertisement": "promotional",
    "brochure": "promotional", "leaflet": "promotional", "price list": "promotional",
    "device": "item", "piece": "item", "bottle": "item", "visit": "session", "treatment": "session",
    "tablet": "medicine", "drug": "medicine", "injection": "procedure",
    "hospital": "clinic", "practice": "clinic", "true": "supported", "false": "contradicted",
    "unproven": "not-established", "once": "one-off", "one time": "one-off", "purchase": "one-off",
    "always": "very-common", "often": "common", "frequent": "common", "sometimes": "common",
    "benefit": "helps", "positive": "helps", "effective": "helps", "works": "helps",
    "occasional": "uncommon", "occasionally": "uncommon", "seldom": "rare",
}  # fmt: skip


def _short(text: str) -> dict[str, Any]:
    return {"text": text, "sources": ["zhou2021"]}


#: Record and field, as written in a file: what it means, then one or more examples.
DESCRIPTIONS: Final[dict[str, tuple[Any, ...]]] = {
    "Statement.text": ("One or two short sentences in plain English.", "Blood is taken from the arm and spun."),
    "Statement.sources": _SOURCES,
    "Mechanism.pathway": ("Key of a pathway in the vocabulary.", "growth-factors"),
    "Mechanism.text": ("How it is thought to work, in one or two sentences.", "Platelets release growth factors."),
    "Mechanism.status": ("How far that is shown: established, plausible, or only proposed.", "plausible"),
    "Mechanism.sources": _SOURCES,
    "Indication.condition": _CONDITION,
    "Indication.sex": _SEX,
    "Indication.direction": (
        "What the evidence points to: unclear where the certainty is very low or no study was found.",
        "helps",
    ),
    "Indication.size": (
        "By how much: the one figure that matters, with its comparator. No words such as large.",
        "27.6 more hairs per cm2 than salt water",
    ),
    "Indication.certainty": _CERTAINTY,
    "Indication.rating": _RATING,
    "Indication.basis": ("What the certainty rests on.", "Two pooled analyses rated it low. Trials differ widely."),
    "Indication.sources": _SOURCES,
    "Lasting.lasts": ("A length of time; leave it out where no source gives one.", "0-2 days", "30-60 minutes"),
    "Lasting.note": ("What it is that lasts.", "redness, swelling, bruising"),
    "Lasting.sources": _SOURCES,
    "SessionLength.lasts": ("A length of time; leave it out where no source gives one.", "30-60 minutes"),
    "SessionLength.note": ("Of what it is, or whose word.", "whole visit, as a seller says"),
    "SessionLength.sources": _SOURCES,
    "SessionLength.covers": (
        "What of the visit takes that long, where the whole is not timed; no hours are added up then.",
        "the injections alone",
    ),
    "Downtime.daily_activities": (
        "How long until ordinary activities are possible.",
        {"lasts": "0 days", "sources": ["zhou2021"]},
    ),
    "Downtime.visible_signs": (
        "How long others can see it.",
        {"lasts": "0-5 days", "note": "redness", "sources": ["zhou2021"]},
    ),
    "Downtime.restrictions": (
        "What not to do before and afterwards, and for how long.",
        [{"text": "No hair washing for 24 hours.", "sources": ["zhou2021"]}],
    ),
    "Phase.name": ("What this stretch of the schedule is called.", "first course", "maintenance"),
    "Phase.sessions": ("How many; left out in the last phase if it goes on without a set end.", "3-4", 1),
    "Phase.every": ("The gap between sessions, or a rate; left out for one session.", "4 weeks", "twice a day"),
    "Phase.setting": ("Where, only if not where the treatment as a whole is done.", "clinic"),
    "Phase.note": ("Another usual protocol, or what this one rests on.", "custom and not the result of a trial"),
    "Phase.sources": _SOURCES,
    "Schedule.session_length": (
        "How long one visit, dose or use takes.",
        {"lasts": "30-60 minutes", "sources": ["zhou2021"]},
    ),
    "Schedule.phases": (
        "Stretches of the schedule, in the order in which they follow each other.",
        [{"name": "first course", "sessions": "3-4", "every": "4 weeks", "sources": ["zhou2021"]}],
    ),
    "Schedule.monitoring": (
        "Tests and check-ups on top of the phases.",
        [{"text": "A blood count at 4 weeks.", "sources": ["zhou2021"]}],
    ),
    "Results.first_signs": ("When something can first be seen.", "3-4 months"),
    "Results.full_assessment": ("When to judge whether it helps.", "6-12 months"),
    "Results.note": ("What these times rest on.", "Trials mostly measured at 3 to 6 months."),
    "Results.on_stopping": ("What happens once it is stopped.", _STATEMENT),
    "Results.sources": ("Keys of the sources for the times.", ["zhou2021"]),
    "People.with": ("Of 100 people with the treatment; a range where sources differ.", 26, "3-51"),
    "People.without": ("Of 100 people with what it was compared to; left out if nobody was counted.", 14),
    "People.comparator": ("What it was compared to.", "placebo"),
    "People.group": ("Who was counted.", "women on the 5 % strength"),
    "People.time": ("When they were counted; say so where the source does not.", "32 weeks", "not given"),
    "Effect.condition": _CONDITION,
    "Effect.sex": _SEX,
    "Effect.outcome": ("Key of an outcome in the vocabulary.", "hair-density"),
    "Effect.detail": ("What exactly was measured, where the outcome is too broad.", "density of thick hairs"),
    "Effect.comparator": ("What it was compared with.", "placebo injection"),
    "Effect.measure": ("What kind of figure this is. Nothing is converted between kinds.", "mean-difference"),
    "Effect.value": ("The figure exactly as published; in percent for proportions.", 27.55),
    "Effect.comparator_value": ("The comparator's own figure, for proportions in percent.", 6),
    "Effect.ci95": ("95 % confidence interval, lower bound first; left out if not published.", [14.04, 41.06]),
    "Effect.unit": ("Unit of the figure; none for ratios and standardised differences.", "hairs/cm2"),
    "Effect.timepoint": ("When it was measured; left out if not stated.", "24 weeks"),
    "Effect.participants": ("How many people are behind this very figure.", 431),
    "Effect.studies": ("How many studies are behind this very figure.", 13),
    "Effect.design": ("What kind of study it comes from.", "meta-analysis of RCTs", "RCT"),
    "Effect.certainty": _CERTAINTY,
    "Effect.rating": _RATING,
    "Effect.people": _PEOPLE,
    "Effect.note": ("What a reader must know to read the figure rightly.", "The trials differed far more than chance."),
    "Effect.sources": _SOURCES,
    "Finding.condition": _CONDITION,
    "Finding.sex": _SEX,
    "Finding.text": ("A result without a figure that can be drawn.", "A trial in 30 men found no gain."),
    "Finding.sources": _SOURCES,
    "SideEffect.effect": ("The unwanted effect.", "pain at the injection sites"),
    "SideEffect.frequency": ("How often, in the bands of drug labels; unknown if nobody counted.", "common"),
    "SideEffect.figure": ("The published figure, with its group and comparator.", "8 of 10 people against 2 of 10"),
    "SideEffect.people": _PEOPLE,
    "SideEffect.severity": ("How bad it is for most of those who get it.", "mild"),
    "SideEffect.sources": _SOURCES,
    "Caution.factor": ("Key of a factor in the vocabulary.", "pregnancy"),
    "Caution.action": ("What to do about it.", "avoid"),
    "Caution.why": ("The reason, in a sentence or two.", "It has not been studied in pregnancy."),
    "Caution.sources": _SOURCES,
    "LookedFor.factors": ("Factors for which no caution was found.", ["older-age", "kidney-disease"]),
    "LookedFor.where": ("In what it was looked for, and how much of it was read.", "the warnings of the US label"),
    "LookedFor.date": ("The day on which it was looked for.", "2026-11-26"),
    "LookedFor.sources": _SOURCES,
    "Difference.factors": ("Factors for which this treatment differs from its family.", ["blood-donation"]),
    "Difference.why": ("Why, in a sentence.", "So little of it gets into the blood that donors are not turned away."),
    "Difference.sources": _SOURCES,
    "Regulation.region": ("Country or region of the regulator.", "US", "EU"),
    "Regulation.condition": ("The condition that it is about; left out if about all uses for hair.", "alopecia-areata"),
    "Regulation.sex": _SEX,
    "Regulation.status": ("What it decided; cleared (510(k)) is not the same as approved.", "off-label"),
    "Regulation.detail": ("What exactly was decided, and for what.", "The kit is cleared for another use."),
    "Regulation.sources": _SOURCES,
    "Cost.per": ("What the price buys.", "session"),
    "Cost.amount": ("The price, or a range; without thousands separators.", "500-1500", 40),
    "Cost.currency": ("Three-letter code of the currency.", "USD", "EUR"),
    "Cost.region": ("Where the price was found.", "US"),
    "Cost.year": ("Year of the price; left out if the source is not dated.", 2024),
    "Cost.covers": ("How long it lasts in use: one pack, or years that were priced together.", "4 weeks"),
    "Cost.note": ("What is included and what is not.", "without the blood test"),
    "Cost.sources": _SOURCES,
    "Combination.with": ("Id of the other treatment.", "microneedling"),
    "Combination.finding": ("What was found of using both.", "One small trial found more hair than with either."),
    "Combination.sources": _SOURCES,
    "Claim.claim": ("What is said, in sober words of our own.", "It has no downtime"),
    "Claim.claimed_by": ("Keys of the sources that say so; none for what any seller may say.", ["our-leaflet"]),
    "Claim.kind": ("What is claimed: a key of ‘claim_kinds’.", "no-downtime"),
    "Claim.said_as": ("How this one is said, where its kind does not say it already.", ["straight back to work"]),
    "Claim.verdict": ("What the evidence says to that.", "partly-supported"),
    "Claim.why": ("The reason for the verdict.", "Work is possible the same day. Redness can show for days."),
    "Claim.sources": ("Keys of the sources that the verdict rests on.", ["zhou2021"]),
    "BriefEffect.condition": _CONDITION,
    "BriefEffect.sex": _SEX,
    "BriefEffect.text": (
        "Whether it works, in 20 words: probably for moderate, may for low, unclear for very low certainty.",
        "It may add 27.6 hairs per cm2 over salt water at 24 weeks. Trials disagree.",
    ),
    "BriefEffect.sources": _SOURCES,
    "Brief.what": ("What it is, in 10 words.", _short("your own blood, spun and injected")),
    "Brief.effect": (
        "Whether it works: one item for each condition, and for each sex where they differ.",
        [{"condition": "androgenetic-alopecia", "sex": "male", **_short("It is unclear whether it helps.")}],
    ),
    "Brief.harm": (
        "Harm that passes, the commonest first; of 100 people and beside what, where a source counts.",
        _short("Pain in 8 of 100, with salt water 2."),
    ),
    "Brief.serious": (
        "Serious harm on record, however rare, and how often; if nobody counted, that.",
        _short("Single cases of infection. How often is not known."),
    ),
    "Brief.stopping": ("What happens once it is stopped.", _short("The gain is lost within months.")),
    "Brief.questions": (
        "The two questions that matter most; without them, the first two of the longer list.",
        ["Which kit, and what platelet count does it reach?"],
    ),
    "Treatment.id": ("The id: small letters, digits and hyphens; never changed once published.", "topical-minoxidil"),
    "Treatment.extends": (
        "Id of an entry before this one; fields not written here are taken from it. Without an id, this changes it.",
        "prp",
    ),
    "Treatment.name": ("The field's standard term.", "Platelet-rich plasma"),
    "Treatment.short_name": ("Column heading, at most 24 characters.", "PRP"),
    "Treatment.aliases": _ALIASES,
    "Treatment.kind": ("What kind of thing it is.", "procedure"),
    "Treatment.setting": ("Where it is done.", "clinic"),
    "Treatment.invasiveness": (
        "By what happens to the skin: needles are minimally, harvesting tissue through a tube is moderately invasive.",
        "minimally-invasive",
    ),
    "Treatment.summary": ("What it is, in two or three short sentences.", _STATEMENT),
    "Treatment.brief": (
        "The short answer: what a reader meets first, each text of at most 20 words.",
        {"what": _short("your own blood, spun and injected"), "harm": _short("Pain and bruises; not counted.")},
    ),
    "Treatment.mechanism": (
        "How it is thought to work, one item a way.",
        [{"pathway": "growth-factors", "text": "Platelets …", "status": "plausible", "sources": ["zhou2021"]}],
    ),
    "Treatment.indications": (
        "What it is used for and how sure it is that it helps: one row for each condition and sex.",
        [
            {
                "condition": "androgenetic-alopecia",
                "direction": "helps",
                "certainty": "low",
                "rating": "our-reading",
                "basis": "One small trial.",
                "sources": ["zhou2021"],
            }
        ],
    ),
    "Treatment.downtime": (
        "What the days after a session or dose are like.",
        {"daily_activities": {"lasts": "0 days", "sources": ["zhou2021"]}},
    ),
    "Treatment.schedule": (
        "How many sessions or doses, how often, until when.",
        {"phases": [{"name": "use", "every": "once a day", "sources": ["zhou2021"]}]},
    ),
    "Treatment.results": (
        "When something can be seen, when to judge, and what happens on stopping.",
        {"first_signs": "3-4 months", "sources": ["zhou2021"]},
    ),
    "Treatment.effects": (
        "Measured effects that can be drawn, the most trustworthy first.",
        [
            {
                "condition": "androgenetic-alopecia",
                "outcome": "hair-density",
                "comparator": "placebo",
                "measure": "mean-difference",
                "value": 27.55,
                "design": "meta-analysis of RCTs",
                "sources": ["zhou2021"],
            }
        ],
    ),
    "Treatment.findings": ("Results without a figure that can be drawn.", [_STATEMENT]),
    "Treatment.side_effects": (
        "Unwanted effects: the most frequent first, then the serious ones, however rare.",
        [{"effect": "pain", "frequency": "common", "severity": "mild", "sources": ["zhou2021"]}],
    ),
    "Treatment.cautions": (
        "Who should be careful with it, and why.",
        [{"factor": "pregnancy", "action": "avoid", "why": "Not studied.", "sources": ["zhou2021"]}],
    ),
    "Treatment.families": ("Keys of the families with which it shares cautions.", ["blood-products"]),
    "Treatment.looked_for": (
        "Where a caution was looked for and none was found.",
        [{"factors": ["older-age"], "where": "the US label", "date": "2026-11-26", "sources": ["zhou2021"]}],
    ),
    "Treatment.unlike_family": (
        "Why it does not share a caution of its family.",
        [{"factors": ["cancer"], "why": "It stays in the skin.", "sources": ["zhou2021"]}],
    ),
    "Treatment.regulatory": (
        "What regulators have decided.",
        [{"region": "US", "status": "off-label", "detail": "Sold for another use.", "sources": ["zhou2021"]}],
    ),
    "Treatment.costs": (
        "Prices as found.",
        [{"per": "session", "amount": "500-1500", "currency": "USD", "region": "US", "sources": ["our-prices"]}],
    ),
    "Treatment.combinations": (
        "What is known of using it together with another treatment.",
        [{"with": "microneedling", "finding": "One small trial found more hair.", "sources": ["zhou2021"]}],
    ),
    "Treatment.experience": ("What having it done, and living with it, is like.", [_STATEMENT]),
    "Caveat.sex": _SEX,
    "Caveat.text": ("One or two short sentences in plain English.", "It works only while it is used."),
    "Caveat.sources": _SOURCES,
    "Treatment.caveats": ("What an honest adviser says before anyone pays.", [_STATEMENT]),
    "Treatment.claims": (
        "What is claimed of it, by whom, and what the evidence says to that.",
        [
            {
                "claim": "It has no downtime",
                "claimed_by": ["our-leaflet"],
                "verdict": "partly-supported",
                "why": "Redness can show for days.",
                "sources": ["zhou2021"],
            }
        ],
    ),
    "Treatment.questions": ("Questions worth asking before paying.", ["Which separation kit do you use?"]),
    "Treatment.reviewed": ("The day on which the whole entry was last looked over.", "2026-11-21"),
    "Treatment.searched": ("What was searched for news on that day.", "Trials and label changes of 2025 and 2026."),
    "Source.type": ("What kind of source it is; promotional if it sells something.", "rct"),
    "Source.title": ("Its title as published.", "Platelet-rich plasma for androgenetic alopecia"),
    "Source.authors": ("Authors, or who publishes it.", "Zhou S, Qi F, Gong Y"),
    "Source.publication": ("Journal with volume and pages, or the site.", "Dermatol Ther 24(3):348-354"),
    "Source.year": ("Year of publication.", 2021),
    "Source.doi": ("The DOI, without https://doi.org/.", "10.1111/j.1529-8019.2011.01413.x"),
    "Source.pmid": ("The PubMed number, in quotes.", "21689244"),
    "Source.url": ("The publisher's, regulator's or seller's own page, if there is no DOI.", "https://www.nhs.uk/"),
    "Source.note": ("What a reader must know about it.", "Paid for by the maker."),
    "Source.read": ("How much of it was read.", "abstract"),
    "Condition.label": _LABEL,
    "Condition.aliases": ("What else people call it; in small letters.", ["male pattern baldness", "balding"]),
    "Condition.definition": ("What it is, in plain words.", _STATEMENT),
    "Course.sex": _SEX,
    "Course.text": ("What happens if nothing is done.", "Loss probably goes on slowly."),
    "Course.sources": _SOURCES,
    "DoctorFirst.sex": ("Whom it is for, in the place of the one for all.", "male"),
    "DoctorFirst.text": ("What goes on after “See a doctor first if”.", "it is sudden, or the scalp hurts"),
    "DoctorFirst.sources": _SOURCES,
    "ConditionBrief.course": (
        "What happens if nothing is done, in 20 words; for each sex where they differ.",
        [_short("Loss probably goes on slowly. After 5 years 75 of 100 men looked worse.")],
    ),
    "ConditionBrief.doctor": (
        "When to see a doctor first, in 25 words; where it speaks of one sex, also without that for the other.",
        [_short("it is sudden, patchy or in clumps, or the scalp hurts")],
    ),
    "Condition.brief": (
        "The two lines above every answer about it.",
        {"course": [_short("It mostly settles within a year.")], "doctor": [_short("it lasts over 6 months")]},
    ),
    "Condition.decision": ("The decision a reader faces, in so many words.", "Whether to treat it, with what, or not."),
    "Condition.course": ("The course if nothing is done.", [_STATEMENT]),
    "Condition.diagnosis": ("How it is found out.", [_STATEMENT]),
    "Condition.warning_signs": (
        "When to see a doctor first, the most urgent first.",
        [{**_short("Hair falls out in patches."), "how_soon": "soon", "may_be": "alopecia areata", "see": "a doctor"}],
    ),
    "WarningSign.text": ("What the reader notices.", "Hair falls out in patches."),
    "WarningSign.sources": _SOURCES,
    "WarningSign.how_soon": ("How soon a doctor should see it.", "this-week"),
    "WarningSign.may_be": ("What it may be, in plain words.", "ringworm of the scalp"),
    "WarningSign.see": ("Whom to see.", "a doctor, or an emergency department at night"),
    "Factor.label": ("What readers see.", "Pregnancy"),
    "Factor.aliases": ("What else people call it; in small letters.", ["pregnant"]),
    "Factor.definition": ("What is meant, in plain words.", "Being pregnant, or trying to become pregnant."),
    "Factor.includes": ("Narrower factors: who has one of these has this factor too.", ["warfarin"]),
    "Factor.core": ("Whether it is looked for with every treatment.", True),
    "Factor.sex": ("The sex that it can concern, where it is one only.", "female"),
    "Family.label": ("What readers see.", "JAK tablets"),
    "Family.definition": ("What its treatments have in common.", "Tablets that block Janus kinases."),
    "Family.factors": ("The factors for which they share cautions; all if left out.", ["pregnancy"]),
    "ClaimKind.label": ("What is claimed, in one neutral sentence.", "There is no downtime"),
    "ClaimKind.said_as": ("How it is said: a few words each, as they stand in running text.", ["no downtime"]),
    "ClaimKind.not_said_as": ("What sounds like it and says something else.", ["no downtime is not an option"]),
    "ClaimKind.universal": ("Whether it says no, never, any or always, so that one counter-case contradicts it.", True),
    "ClaimKind.decided_by": ("The parts of an entry that decide whether it holds.", ["downtime"]),
    "KnownName.label": ("What readers see.", "Frontal fibrosing alopecia"),
    "KnownName.aliases": _ALIASES,
    "KnownName.about": ("Whether people ask for it as a treatment or as a condition.", "treatment"),
    "KnownName.treatments": ("Ids of the treatments that it is, sells or contains.", ["topical-minoxidil"]),
    "KnownName.text": ("What it is, and why it is no entry, in a sentence or two.", "A shop that sells minoxidil."),
    "KnownName.how_soon": ("Of a condition: how soon a doctor should see it.", "this-week"),
    "KnownName.see": ("Of a condition: whom to see.", "a skin doctor"),
    "KnownName.sources": _SOURCES,
    "Pathway.label": ("What readers see.", "Growth factors"),
    "Pathway.definition": ("What is meant, in plain words.", "Messenger substances that tell cells to divide."),
    "Outcome.label": ("What readers see.", "Hair density"),
    "Outcome.definition": ("What is measured, in plain words.", "Hairs counted in a square centimetre of scalp."),
    "Outcome.of_hair": ("Whether it is seen in the hair: not satisfaction, nor quality of life.", False),
    "Outcome.better": ("Which direction is good for the reader.", "higher"),
    "About.edition": ("The edition's number, in quotes.", "2026.11"),
    "About.reviewed": ("The day on which the whole catalogue was last looked over.", "2026-11-21"),
    "About.written_by": ("Who wrote it, and what they are.", "Written by the contributors."),
    "About.selection": ("How the evidence was searched for and chosen.", "Pooled analyses came first."),
    "About.readings": (
        "How many statements a second reader held against their sources, counted from the ledger.",
        {
            "all": {"statements": 3700, "text": 2900, "summary": 500},
            "figures": {"statements": 1800, "text": 1500, "summary": 200},
        },
    ),
    "About.update_policy": ("When it is looked over again.", "At least once a year."),
    "About.funding": ("Who paid for it.", "None."),
    "About.limits": ("What it cannot do.", ["It is not medical advice."]),
    "About.disclaimer": ("The sentence at the foot of everything.", "It informs; it does not recommend."),
    "Readings.all": ("Of all statements.", {"statements": 3700, "text": 2900, "summary": 500}),
    "Readings.figures": ("Of those with a number.", {"statements": 1800, "text": 1500, "summary": 200}),
    "ReadingCounts.statements": ("How many there are.", 3700),
    "ReadingCounts.text": ("Held against the source itself: the whole, its abstract or a part of it.", 2900),
    "ReadingCounts.summary": ("Held against somebody's summary of the source.", 500),
    "ReadingCounts.not_found": ("Not found in the source.", 0),
    "About.reading_level": ("The measured reading level.", "School grade 7"),
    "About.licence": ("Under which licence the text may be used.", "MIT"),
    "CatalogueFile.treatments": ("The treatments.", [{"extends": "prp", "reviewed": "2026-11-21"}]),
    "CatalogueFile.sources": (
        "The bibliography: key and source.",
        {"our-leaflet": {"type": "promotional", "title": "Our leaflet", "read": "full-text"}},
    ),
    "CatalogueFile.conditions": (
        "Conditions that are treated: key and condition.",
        {
            "hat-hair": {
                "label": "Hat hair",
                "definition": _STATEMENT,
                "decision": "Whether to comb it.",
                "course": [_STATEMENT],
            }
        },
    ),
    "CatalogueFile.factors": (
        "Something about a person that matters to a choice: key and factor.",
        {"pregnancy": {"label": "Pregnancy", "definition": "Being pregnant."}},
    ),
    "CatalogueFile.families": (
        "Treatments that are alike in what speaks against them: key and family.",
        {"jak-tablets": {"label": "JAK tablets", "definition": "Tablets that block Janus kinases."}},
    ),
    "CatalogueFile.claim_kinds": (
        "What is claimed of many treatments: key and kind of claim.",
        {"no-downtime": {"label": "There is no downtime", "said_as": ["no downtime", "back to work at once"]}},
    ),
    "CatalogueFile.known_names": (
        "What people ask for and is no entry: key and what it is.",
        {"regaine-shop": {"label": "Regaine shop", "about": "treatment", "treatments": ["topical-minoxidil"]}},
    ),
    "CatalogueFile.pathways": (
        "Ways in which treatments act: key and pathway.",
        {"growth-factors": {"label": "Growth factors", "definition": "Messenger substances."}},
    ),
    "CatalogueFile.outcomes": (
        "What studies measure: key and outcome.",
        {"hair-density": {"label": "Hair density", "definition": "Hairs in a square centimetre.", "better": "higher"}},
    ),
    "CatalogueFile.about": (
        "Facts about the edition. Leave it out of a catalogue of your own, and the built-in ones stay.",
        {
            "edition": "2026.11",
            "reviewed": "2026-11-21",
            "written_by": "Us.",
            "selection": "By hand.",
            "update_policy": "Yearly.",
            "funding": "None.",
            "limits": ["Not medical advice."],
            "disclaimer": "It informs.",
            "licence": "MIT",
        },
    ),
}
