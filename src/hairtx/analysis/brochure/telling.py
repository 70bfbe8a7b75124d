"""What a sentence does besides claiming: it promises a figure, sounds like praise, or covers a point that a fair text
has. All by rules over its words, each of which can be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, NamedTuple, get_args

from hairtx.catalogue.names import folded

__all__ = [
    "BLOOD_THINNERS",
    "CHECKLIST",
    "CHECKLIST_LABELS",
    "PROMISES",
    "Others",
    "Point",
    "Promise",
    "points_in",
    "praise_in",
    "promises_in",
    "stopping",
]

Promise = Literal["share", "time", "permanent", "approved", "no-side-effects", "guarantee", "price", "blood-thinners"]
Point = Literal[
    "risks", "certainty", "no-treatment", "alternatives", "who-should-not", "total-cost", "follow-up", "sources"
]
CHECKLIST: Final[tuple[Point, ...]] = get_args(Point)
#: The factor whose names are those of medicines against clots.
BLOOD_THINNERS: Final = "anticoagulants"
#: What a fair text does, after DISCERN and EQIP.
CHECKLIST_LABELS: Final[dict[Point, str]] = {
    "risks": "harms that can happen",
    "certainty": "how sure it is, or that results differ",
    "no-treatment": "what happens without treatment",
    "alternatives": "other options",
    "who-should-not": "who should not have it, or ask first",
    "total-cost": "a price",
    "follow-up": "what comes afterwards",
    "sources": "sources that can be found",
}


class Others(NamedTuple):
    """How a sentence speaks of treatments besides those that the text sells."""

    #: Whether it names one.
    are_named: bool
    #: Whether one is what it is about, and not only a foil, a partner or an ingredient.
    are_told_of: bool
    #: Whether it opens the text and names several.
    are_in_title: bool


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


_NUMBER: Final = r"(?:\d+(?:[.,]\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|(?:a )?few|couple of)"
_SPAN: Final = (
    rf"{_NUMBER}(?: ?(?:-|to) ?{_NUMBER})? (?:short )?"
    r"(?:days?|weeks?|months?|sessions?|treatments?|minutes?|applications?|uses)\b"
)
_SHARE: Final = r"\d{1,3}(?:[.,]\d+)? ?(?:%|per ?cent\b)"
_PEOPLE_OR_GAIN: Final = (
    r"\b(?:success|patients|users|people|men|women|customers|clients|satisf|effective|see|saw|notic|improv|regr|"
    r"surviv|reduc|increas|more|less|growth|natural|of them|of those)"
)
_SEEN: Final = r"\b(?:results?|see|visible|notic|grow|improv|differen|fuller|thicker|change)"
_WITHIN: Final = r"\b(?:in|within|after|as little as|from|by|under|takes?|first)\b"
_MONEY: Final = r"(?:usd|eur|gbp|inr|aed|chf|aud|cad)"
_PRICE: Final = (
    r"\b\d[\d,]*\.\d\d\b(?! ?(?:mm|mg|ml|cm|%))|\btotal\b.{0,20}\d{3}|^[\w ]+: \d{2,5}\.?$|\b(?:price(?! list)|costs?|"
    r"fees?|pay|all in|per (?:session|visit|tube|"
    r"graft|box)|instead of)"
    r"\b[^.;]{0,40}?\b\d{2,}[\d,]*\b(?! ?(?:%|mg|ml|mm|weeks?|days?|months?|years?|minutes?|hours?|people|"
    r"patients|sessions?|points?))"
    r"|\b\d{2,}[\d,]*(?: of [\w ]+)? (?:a|an|per) (?:go|session|month|visit|tube|hour|bottle|box|graft|year)\b|"
    r"\b\d{2,}[\d,]* (?:once(?! (?:a|per|every)\b)|one off|to buy)\b|"
    r"\bfrom \d[\d,]{2,}\b|"
    rf"(?:[$€£₹]|\b{_MONEY}|\brs\.?) ?\d[\d.,]*"
    rf"|\b\d[\d.,]* ?(?:[$€£₹]|(?:{_MONEY}|euros?|dollars?|pounds?|rupees|francs?|lira)\b)"
)
_BODIES: Final = r"(?:fda|mhra|ema|ce|tga|health canada|food and drug administration|regulators?|authorit(?:y|ies))"
PROMISES: Final[dict[Promise, re.Pattern[str]]] = {
    "share": _any(
        rf"\b{_SHARE}(?=.*{_PEOPLE_OR_GAIN})",
        rf"{_PEOPLE_OR_GAIN}.*\b{_SHARE}",
        r"\bsuccess rate\b",
        rf"\b{_NUMBER} (?:out of|in|of) (?:ten|10|100|hundred)\b",
    ),
    "time": _any(
        rf"{_WITHIN}[^.]{{0,20}}?\b{_SPAN}(?=.*{_SEEN})",
        rf"{_SEEN}\w*\b[^.]{{0,40}}{_WITHIN}[^.]{{0,20}}?\b{_SPAN}",
    ),
    "permanent": _any(
        r"\bpermanent(?:ly)?\b",
        r"\bforever\b",
        r"\bfor (?:life|good)\b",
        r"\blife ?(?:time|long)\b",
        r"\bnever (?:fall|lose)\b",
    ),
    "approved": _any(
        rf"\b{_BODIES} (?:approv|clear|certif|registered|licen[cs]ed|marked|accepted)\w*",
        rf"\b(?:approv|clear|certif|licen[cs])\w* (?:by|from) (?:the )?(?:us |u\.s\. |european )?{_BODIES}\b",
    ),
    "no-side-effects": _any(
        r"\b(?:no|without(?: any)?|zero|free (?:of|from)|never any) (?:known |serious |major |harmful |real )?"
        r"(?:side effects?|risks?|complications?|adverse (?:effects?|reactions?))\b",
        r"\b(?:side effect|risk) free\b",
        r"\b(?:100 ?%|completely|totally|perfectly|absolutely|entirely) safe\b",
    ),
    "guarantee": _any(r"\bguarantee[ds]?\b", r"\bmoney back\b", r"\bworks for everyone\b"),
    "price": re.compile(_PRICE),
}
_NOT_BEFORE: Final = re.compile(
    r"(?:\b(?:no|not|never|cannot|nobody can|without|neither|nor)|n't)\b(?:\W+\w+){0,3}\W*$"
)
_PRAISE: Final = _any(
    r"\b(?:boost|help|improv|enhanc|promot|stimulat|revitali[sz]|rejuvenat|strengthen|restor|revers|transform|"
    r"maximi[sz]|"
    r"nourish|support|protect|repair|regenerat|reactivat|combat|fight|prevent|reduc|increas|optimi[sz]|"
    r"revolutioni[sz])"
    r"(?:e?s|ed|d|ing)?\b",
    r"\b(?:best|effective|proven|breakthrough|amazing|incredible|remarkable|superior|leading|advanced|"
    r"innovative|unique|"
    r"excellent|outstanding|impressive|powerful|miracle|revolutionary|success(?:ful|fully)?|advantages?|benefits?|"
    r"confiden(?:t|ce)|results?|better|ideal|perfect|safe|loved?)\b",
    r"\d ?%",
)
_HARMS: Final = (
    r"\b(?:side effects?|risks?|complications?|infect|bruis|swell|swollen|redness|sore(?:ness)?\b|tender|"
    r"bleed|scar|pain|"
    r"itch|irritat|dry(?:ness)?\b|flak|headache|dizz|nausea|libido|erect|sexual|allerg|numb|rash|burning|"
    r"stinging|necrosis|"
    r"blood clot|heart|faint|stomach|palpitation|low blood pressure|scabs?|crust|folliculitis|shock loss|"
    r"unwanted hair|fever|"
    r"stain|acne|breast|mood|depress|weight gain|reaction|"
    r"damage(?!d (?:hair|follic|root|cell|tissue|strand))|puff|pink\b|tingl|light ?headed|fatigue|\blumps?\b|"
    r"discolou?r|"
    r"flushing|constipat|diarrh|cramp|anaphyl|shortness of breath|cholesterol|shingles|lighten|blister)"
)
_POSSIBLE: Final = (
    r"\b(?:may|can|might|could|some|common|commonest|includ|possible|potential|rare|report|risk|side effects?|"
    r"usual|often|"
    r"mild|temporary|minor|slight|expect|feel|experience|occur|happen|get|have|cause|likely|sometimes|few|"
    r"people|last|"
    r"settle|subside|normal|of 100|in 100|in every|such as|possible|\\d+ in \\d+|stopped because|admit)"
)
_CONDITION: Final = (
    r"\b(?:pregnan|breast ?feed|under (?:the age of )?\d\d|younger than|children|teen|diabet|autoimmun|blood thin|"
    r"anticoagul|allerg|infect|cancer|heart|liver|kidney|blood (?:disorder|pressure|clot)|bleeding|clotting|"
    r"(?:medical|health|skin|certain) conditions?|psoriasis|eczema|keloid|low platelet|haemo|hemo|thyroid|"
    r"medic(?:ine|ation|al history)|epilep|photosensit|hepatitis|hiv|immun|prostate|depress|women|everyone|everybody|"
    r"illness|disease|disorder|planning|wounds?\b|pacemaker|lupus|dermatitis|chemo|conceiv|conception|a baby|aspirin|"
    r"nursing|kidney|\bgraves|sarcoid|hypersensitiv|minors|scarring|wound|sunburn)"
)
_BARRED: Final = (
    r"(?:\bnot (?:be )?(?:suitable|recommended|advised|appropriate|for|use|take|have|right|touch|a candidate|"
    r"candidates|treat)|"
    r"\bunsuitable|\bavoid|\bshould(?: not|n't)|\bmust(?: not|n't)|\bcannot (?:take|use|have)|\bconsult|\bask\b|"
    r"\btell\b(?! us (?:that|how))|"
    r"\b(?:speak|talk) (?:to|with)\b|"
    r"\bcheck with|\bseek|\bcontraindicat|\binform|\blet us know|\bfirst\b(?! \d)|\bsee (?:a|your)|\bdo not\b|\bexclud|"
    r"\bdiscuss|\bnever\b|\brules? out|\bcaution|\bcareful|\bcannot be (?:treated|used|taken)|\bnot in\b|\bhave a word|"
    r"\bsupervision|\bnot (?:if|while|during|under|when|before)\b|\bunless\b|\bshould (?:wait|see|check)|\bmust wait|"
    r"\bneed to (?:wait|"
    r"ask|check|tell)|\bwe (?:cannot|can't|won't|refuse|turn)|\bleave it\b|\bkeep away\b|\bforbidden|\bruled out|"
    r"\bwait until|"
    r"\badvised? (?:\w+ ){1,6}(?:to wait|against)|\b(?:we|i) (?:do not|don't) (?:treat|operate|give|"
    r"use|offer)|\bwait if\b|"
    r"\b(?:isn't|aren't) for (?:you|people|those)|\bshould be handled by|\bwhen we say no|\bnot be (?:able|eligible)|"
    r"\bonly after|\bnot (?:\w+ )?(?:suited|eligible|given|offered|licensed)|\bwe say no\b|\bhold off|\bpostpone)"
)
_YEAR: Final = r"\(?(?:19|20)\d\d\)?"
#: A word that may be a name before a year.
_AUTHOR: Final = (
    r"\b(?!(?:a|an|the|in|since|from|by|of|until|after|recently|this|that|and|to|late|early|mid|january|february|"
    r"march|april|"
    r"may|june|july|august|september|october|november|december)\b)[a-z]+"
)
_STUDY: Final = r"\b(?:trial|study|review|journal|found|report)"
_POINTS: Final[dict[Point, re.Pattern[str]]] = {
    "risks": _any(
        rf"{_POSSIBLE}.*{_HARMS}", rf"{_HARMS}.*{_POSSIBLE}", r"\b(?:risks?|side effects?|complications?)\b.{0,20}:"
    ),
    "certainty": _any(
        r"\bguarantee is not\b|\bcannot be (?:excluded|ruled out)\b|\b(?:results?|outcome|success|it) depends? on\b",
        r"\b(?:studies|trials|ones)\b[^.;]{0,20}\b(?:small|few|scarce|limited)\b",
        r"\bvar(?:y|ies)\b",
        r"\bnot every(?:one|body)\b",
        r"\b(?:no|not an?|cannot|can't|nobody can|never) guarantee",
        r"\bnot guaranteed\b",
        r"\b(?:limited|hardly any|few|less certain|weak|poor|little|low|mixed|conflicting|lack of|scarce|thin|"
        r"early|small|moderate|good|"
        r"strong|high|"
        r"insufficient|not enough|no) (?:\w+ ){0,2}(?:evidence|research|data|stud(?:y|ies)|trials?|certainty|"
        r"proof|results)\b",
        r"\bmore (?:\w+ )?(?:research|studies|trials|evidence)\b",
        r"\binconclusive\b|\bjury is\b|\btoo (?:early|soon) to\b|\bin its infancy\b|\bnot (?:yet )?convinc|"
        r"\bno convincing\b",
        r"\b(?:may|might) not (?:work|help|be (?:as )?effective|respond)\b",
        r"\b(?:nobody|no one|we do not|we don't|experts do not) (?:really )?knows?\b|\bnot (?:every|all) (?:patient|"
        r"user|person|woman|man|"
        r"people|patients|users|men|women)\b|\bcannot be (?:promised|guaranteed|predicted|foretold)|\bmay or may not\b",
        r"\bonly (?:one|two|three|a few|few|small) (?:\w+ )?(?:stud(?:y|ies)|trials?)|\bno (?:\w+ )?(?:stud(?:y|ies)|"
        r"trials?) (?:has|have|"
        r"yet|so far|of|in|on)\b|\bhardly (?:studied|tested)|\b(?:low|moderate|high|very low) certainty\b",
        r"\b(?:does|do) not (?:work|help) (?:for )?(?:everyone|everybody|all|in all|in every)|\bnot (?:work|"
        r"help) (?:for )?(?:everyone|"
        r"everybody)\b",
        r"\b(?:some|not all|many) (?:people|men|women|patients|users) (?:do not|don't|may not|will not|won't|see no|"
        r"respond|notice "
        r"no)\b",
        r"\b(?:results?|success|outcomes?|effect(?:iveness)?|response|how well)\b[^.]{0,30}\b(?:differ|depend)",
        r"\b(?:everyone|everybody|every (?:person|patient)|each (?:person|patient)) (?:responds|reacts)\b",
        r"\blong term (?:\w+ )?(?:data|studies|results|effects?|safety) (?:is|are|have) (?:still )?(?:lacking|not|"
        r"unknown|awaited|"
        r"limited|missing)",
        r"\bnot (?:yet |been |fully )*(?:proven|proved|established|known|clear|certain)\b",
        r"\b(?:un(?:clear|certain|proven)|uncertainty|experimental)\b",
        r"\bnot (?:an? )?(?:\w+ )?(?:miracle|magic|cure|guarantee)",
        r"\brealistic expectations\b",
        r"\bdiffers? (?:from|between)",
        r"\b(?:research|stud(?:y|ies)|trials?|results?) (?:is|are|was|were) (?:still )?(?:ongoing|limited|"
        r"early|small|mixed)",
        r"\bsample size",
        r"\bdo(?:es)? not work for (?:all|every)",
        r"\b(?:trials?|studies) (?:disagree|differ)",
        r"\b(?:never|not) (?:been )?(?:compared|tested|studied)\b(?! on animals)|\bwith care\b|\bbeing studied\b|"
        r"\bseparate studies\b",
        r"\b(?:are|is) careful\b|\bmost people do not\b|\b(?:cannot|nobody can) (?:foretell|say|predict|promise)",
        r"\bevidence (?:is|for|that|so far)",
        r"\b(?:not|none|nothing|no)\b[^.,;]{0,45}\b(?:every ?(?:one|body|person|patient|case)|all patients)\b",
        r"\b(?:can't|cannot|don't|do not|never) (?:swear|promise)\b|\b(?:grafts?|treatments?) (?:may|can) fail\b",
    ),
    "no-treatment": _any(
        r"\bdo(?:ing)? nothing\b|\b(?:fine|happier|some) with nothing at all\b",
        r"\b(?<!left )untreated\b|\bif (?:it is |it's |you )?(?:left|leave it)\b|"
        r"\bif you (?:do not|don't) (?:act|treat|do)\b",
        r"\bwithout (?:any )?(?:treatment|therapy|intervention)\b",
        r"\b(?:choose|decide|prefer|chose|reasonable|fine|right) not to (?:treat|have|be|do)\b|"
        r"\b(?:embrace|shave) (?:it|your (?:head|baldness))",
        r"\bno treatment\b",
        r"\bwait(?:ing)? and see\b|\bwatchful waiting\b",
        r"\bleav(?:e|ing) (?:it|things|your hair) (?:alone|as)",
        r"\b(?:no need (?:to|for)|need not|(?:does|do) not (?:need|have) to|doesn't (?:need|have) to) (?:be )?"
        r"treat(?:ed|ment)?\b|\bnot (?:being )?treat(?:ing|ed at all)\b",
        r"\baccept(?:ing)? (?:it|the|your)",
        r"^(?!.*\b(?:swell|bruis|red(?:ness)?\b|sore|itch|headache|side effect|scab|crust|burn)).*"
        r"\b(?:grow|return|stop|end|heal|fill|close|settle|go|come|pass|recover)(?:s|es)? (?:\w+ ){0,3}"
        r"(?:on (?:its|their) own|by (?:itself|themselves)|spontaneously)\b",
        r"\bliv(?:e|ing) with (?:it|hair)",
        r"\bwithout doing anything\b|\breturns? unbidden\b|\blive well with\b|"
        r"\bdo not have to (?:do|have|take|use|treat|be treated|undergo)\b",
    ),
    "alternatives": _any(
        r"\balternatives?\b",
        r"\b(?:other|different|further) (?:\w+ )?(?:options?|treatments?|choices?|approaches|therap(?:y|ies)|"
        r"solutions|methods|"
        r"ways|possibilit)",
        r"\boptions?,? (?:from|includ|are|rang|such)|\bmay include\b|\brefer(?:s|red)? (?:you |them )?(?:for|to)\b|"
        r"\banother option\b",
        r"\b(?:could|can|may|might) (?:also )?(?:try|consider|choose|opt|refer|switch|suggest|recommend|offer)\b",
        r"\b(?:treatments?|medications?|medicines?|drugs?|methods|solutions) (?:such as|like|including)\b",
        r"\b(?:is|are) (?:\w+ )?available\b|\bmay be (?:enough|better|a better)\b|\bbest place to start\b|"
        r"\bfirst (?:choice|line)\b|"
        r"\binstead\b|\bif you (?:prefer|would rather)\b|\bchoose between\b|\bworth (?:trying|considering)\b|"
        r"\bsuits? (?:some|you) better\b|"
        r"\bthere (?:is|are) also\b|\bwe also\b|\bas an alternative\b|\bother (?:proven|effective|approved)\b|"
        r"\balso (?:offer|consider|treat)",
        r"\bnot for you\b|\bways\b.*\bso that you can|\boption [a-d]\b",
        r"\bif you (?:prefer|like|want|would like|do not want|don't want) (?:\w+ ){1,9}?(?:choose|ask|"
        r"consider|take|try|is|are|can)\b",
        r"\bwhichever (?:you|one|option|way)\b|\b(?:we|i) (?:can|could|will) talk about something else\b",
    ),
    "who-should-not": _any(
        rf"{_CONDITION}.*{_BARRED}",
        rf"{_BARRED}.*{_CONDITION}",
        r"\b(?:not suitable|unsuitable|not recommended|not (?:right )?for|contraindicated) (?:for|in|if|with)\b",
        r"\bnot (?:a )?(?:good |suitable )?candidates?\b|\b(?:avoid|do not use|don't use|not use) (?:it |this )?if\b",
    ),
    "total-cost": re.compile(_PRICE),
    "follow-up": _any(
        r"\b(?:see|visit|meet)s? (?:you|us|them|everyone|every patient|each patient) (?:\w+ ){0,2}(?:again|after)\b",
        r"\bwe (?:call|phone|measure|test)(?: you)? (?:again|after)\b",
        r"\bcontrols? (?:after|at)\b|\bcheck(?:s|ed)? (?:in|at|on you)\b|\bvisits? after\b",
        r"\bat every visit\b|\beach year\b",
        r"\byour progress\b|\bat your side\b|\bkeep (?:it up|your results? going)\b|\b(?:refresh|freshen)\w*\b",
        r"\b(?:measured?|tested|checked)\b.*\b(?:weeks|months) later\b",
        r"\bfollow(?:ing)? ?ups?\b|\bfollow you up\b",
        r"\breviews? (?:after|at|every|with|visit|appointment|is|in|your)|\b(?:annual|yearly|first|free|"
        r"nurse) review",
        r"\bcheck ?ups?\b|\bafter ?care\b|\bmaintenance\b|\btop ?ups?\b|\bboosters?\b|\btouch ?ups?\b",
        r"\brepeat(?:ed)? (?:session|visit|treatment|appointment|every|after|the|prescription)",
        r"\bevery (?:\w+ )?(?:to \w+ )?months?\b",
        r"\b(?:call|phone|contact|ring|message) us (?:if|when|should|with|at once|straight)",
        r"\breturn (?:visit|to us)|\bcome back\b|\bonce (?:a|or twice a) year\b|\b(?:see|visit) (?:you|us) again\b",
        r"\bcheck(?:s|ed)? (?:your (?!surgeon|doctor|clinic)|again|progress|after)|\bphoto(?:s|graphs)? (?:at|after|"
        r"again)|\bmonitor",
        r"\bblood (?:tests?|counts?) (?:after|every|again|is|are|come)\b|\b(?:control|checked) (?:of|after|"
        r"again)\b|\bwe see you\b",
        r"\b(?:stop|discontinue) (?:using|taking|use|treatment|the|it)\b.*\b(?:doctor|physician|pharmacist|gp|"
        r"dermatologist|"
        r"clinician|contact|consult|speak|talk)",
        r"\b(?:re ?check|re ?assess|re ?evaluat)|\bassess(?:es|ed)? (?:the|your|how|progress)",
        r"\b(?:we|doctor|clinician|nurse|team|dermatologist|surgeon|provider|specialist) (?:will |also |then |"
        r"regularly |may )*"
        r"(?:reviews?|checks?|assess|monitors?|adjusts?|follows?|changes? the dose)\b",
        r"\b(?:contact|call|tell) (?:your|a|the|our) (?:\w+ )?(?:doctor|clinician|clinic|physician|gp|pharmacist|"
        r"nurse|team)\b.*\bif\b",
        r"\bif\b.*\b(?:no improvement|not (?:rise|improve|respond)|persists?|continues?|worse(?:ns)?|"
        r"does not go)\b.*\b(?:doctor|we|"
        r"physician|gp|pharmacist|clinic|dermatologist|consult|contact)\b",
        r"\b(?:we|doctor|nurse|surgeon|team|you) (?:will )?(?:meet|see|call|phone|ring|visit|look at) (?:you |it |us |"
        r"your \w+ )?"
        r"(?:again|back|on day|the next day|(?:after|in|at) (?:\w+ ){0,2}(?:days?|weeks?|months?))\b",
        r"\b(?:second|next|further|control|return|yearly|annual|regular) (?:\w+ )?(?:appointments?|visits?|"
        r"consultations?|checks?|"
        r"blood tests?|controls?)\b|\b(?:stitches|staples|bandages?|dressings?) (?:are|is|come|will be) (?:removed|"
        r"taken|out|off)\b",
        r"\b(?:hotline|helpline|emergency (?:number|line)|on call|reachable|day and night)\b|\bprogress (?:photos?|"
        r"pictures|checks?)\b",
        r"\b(?:photograph|measure|count|compare|look at)\w*\b.*\b(?:after|again|later|at) (?:\w+ ){0,3}(?:weeks|"
        r"months|year)\b",
        r"\bthen every (?:\w+ )?(?:season|months?|weeks?|years?)|\bafter that (?:once|every)|\b(?:refreshers?|"
        r"fresh ups?)\b",
        r"\b(?:stop and (?:see|write)|can be reached|night line|come by|look again|see a doctor if|contact us (?:if|"
        r"at once|straight|any time))\b",
        r"\bafter (?:the )?(?:session|treatment|procedure)\b.*\b(?:avoid|do not|wash)",
        r"\bnothing has (?:grown|changed|happened) after\b|\bwe (?:will )?(?:talk|decide|"
        r"look) (?:\w+ ){0,3}(?:again|after)\b",
    ),
    "sources": _any(
        r"\bet al\b|\bdoi\b|\bpubmed\b|https?:|\bwww\.",
        r"\b(?:nhs|nice|cochrane|british association|american academy|european academy|national institute|"
        r"world health)\b",
        r"\bjournal of\b|\bjama\b|\blancet\b|\bpublished in (?:the )?\w+ (?:19|20)\d\d",
        rf"{_AUTHOR},? (?:and (?:colleagues|others),? )?{_YEAR}.*{_STUDY}",
        rf"{_STUDY}\b.*{_AUTHOR},? {_YEAR}",
        r"\b(?:trials?|stud(?:y|ies)),? (?:called|named|known as)\b|\bnct\d",
        r"\b(?:according to|guid(?:ance|eline)s? (?:of|from|by)|label (?:of|from)) (?:the )?(?:fda|mhra|ema)",
        r"\breferences?:",
    ),
}
#: What answers a heading: the heading, and what an answer has in it.
_UNDER: Final[dict[Point, tuple[re.Pattern[str], re.Pattern[str]]]] = {
    "risks": (
        _any(
            r"\b(?:risk|side effect|unwanted|complication|go wrong|to (?:mind|worry)|what can happen|"
            r"does it hurt|bleed)"
        ),
        re.compile(_HARMS),
    ),
    "no-treatment": (
        _any(
            r"\bdo nothing\b|\bnot treat|\bwithout (?:any )?treatment|\buntreated|\bno treatment|\bleave it|"
            r"\bneed (?:to be treated|treatment)\b.*\?"
        ),
        re.compile(r"\w"),
    ),
    "who-should-not": (
        _any(
            r"\bwho (?:should|must|can|may)(?: not|n't)",
            r"\bnot (?:suitable|for)\b|\bunsuitable|\bcontraindic",
            r"\b(?:ask|tell (?:us|the|your)|speak to us|before you book|caution|good to know|when we say no)",
        ),
        re.compile(_CONDITION),
    ),
    "total-cost": (
        _any(r"\b(?:price|pricing|cost|fee|pay|maths|invest|tariff)"),
        re.compile(r"\b\d[\d,.]*\b(?! ?(?:%|mg|ml|months?|weeks?|days?|years?|minutes?|hours?))"),
    ),
    "follow-up": (
        _any(r"\b(?:check|after ?care|follow|afterwards|after the (?:session|treatment|procedure))"),
        _any(r"\b(?:after|then|every|we see you|contact|again|repeat)\b"),
    ),
    "alternatives": (
        _any(
            r"^(?!.*\bcombin).*\b(?:alternativ|other (?:options|ways|treatments|choices|possibilities|"
            r"methods)|not for you|"
            r"instead|what else|(?:your|the) (?:choices|options))"
        ),
        re.compile(r"\w"),
    ),
}
#: What is used with it is no alternative to it, nor is what failed before.
_COMBINED: Final = re.compile(
    r"\b(?:combin|together|alongside|in addition|conjunction|works? (?:even )?better with|enhance|complement|"
    r"not responded|"
    r"failed|tried|unlike|than|compared)"
)
#: Words that leave a choice, where another treatment is what the sentence is about.
_CHOICE: Final = re.compile(
    r"\b(?:options?|choices?|choose|alternatives?|instead|prefer|better (?:choice|option|suited|served|off)|consider|"
    r"suits?|ask|discuss|available|also (?:offer|do)|what about|other (?:treatments?|ways|methods)|"
    r"if .* (?:not|fails?)|in that case|we (?:then )?(?:recommend|advise|suggest))\b"
)
_WEIGHED: Final = re.compile(r"\b(?:or|vs|versus|compar\w*)\b")
_NO_HARM: Final = _any(
    rf"\b(?:no|not|without|zero|never|free (?:of|from)|unlike|avoids?|eliminat\w+|fewer|"
    rf"less)\b[^.;:]{{0,30}}{_HARMS}",
    r"\b(?:pain|risk|scar|side effect) ?free\b",
    rf"\b(?:reduc|calm|sooth|reliev|lower|eas)\w*\b[^.;:]{{0,25}}{_HARMS}",
)


def stopping(names: Iterable[str]) -> re.Pattern[str]:
    """What finds that one of these medicines is to be stopped, or said to be no matter.

    To stop a blood thinner by oneself can do more harm than anything else that a seller writes.
    """
    medicine = rf"\b(?:{'|'.join(map(re.escape, names))})s?\b"
    return _any(
        rf"\b(?:paus|stop|skip|discontinu|leav|hold|halt|come off|go off|quit|not take)\w*\b[^.;]{{0,40}}{medicine}",
        rf"{medicine}[^.;]{{0,40}}\b(?:paus|stop|skip|discontinu|left out|held|no (?:problem|issue)|fine\b|ok\b)",
    )


def promises_in(text: str, rules: Mapping[Promise, re.Pattern[str]] = PROMISES) -> list[Promise]:
    """The promises and figures in a sentence that are not denied there."""
    plain = folded(text)
    found: list[Promise] = []
    for promise, rule in rules.items():
        match = rule.search(plain)
        is_said = match is not None and not _NOT_BEFORE.search(plain[: match.start()])
        if is_said and not (promise == "approved" and is_approved_elsewhere(text)):
            found.append(promise)
    return found


_WARNING: Final = _any(
    r"(?:please )?(?:do not|don't|never|you (?:must|should) not|you shouldn't) (?!wait|delay|put off|hesitate|panic|"
    r"worry|miss|let|settle|just|only|be (?:alarmed|discouraged)|give up)",
    r"(?:please )?(?:tell|ask|contact|consult|talk to|speak to|see) (?:your|a|us|our)\b",
    r"(?:not suitable|not for|keep out|avoid|stop (?:using|taking|use))\b",
)
#: What happens to some, said to be mild or rare.
_HARM_NAMED: Final = (
    r"(?:side effects?|adverse (?:effects|reactions|events)|complications|unwanted effects|(?:allergic )?reactions)"
)
_LITTLE: Final = r"(?:rare|mild|minor|uncommon|few|temporary|short[- ]lived|minimal|slight|limited)"
_FELT: Final = (
    r"(?:redness|swelling|itching|dryness|soreness|tenderness|bruis(?:es|ing)|irritation|burning|tingling|headaches?|"
    r"scabs|dents?|erections?|sex drive|libido|desire)"
)
_MILD: Final = _any(
    rf"\b{_HARM_NAMED}\b[^.;]{{0,90}}\b(?:are|is|were|usually|typically|generally|mostly|tend to be|remain) "
    rf"(?:\w+ ){{0,2}}{_LITTLE}\b",
    rf"\b{_LITTLE} (?:and \w+ )?{_HARM_NAMED}\b|\bfewer {_HARM_NAMED}\b",
    rf"\b(?:they|these|which) (?:are|tend to be) (?:usually|mostly|generally|typically|normally|often) {_LITTLE}\b",
    rf"\b{_HARM_NAMED}\b[^.;]{{0,90}}\baffect(?:s|ed)? (?:only )?(?:a )?(?:few|small|minority)",
    r"\b(?:infection|bleeding|scarring|irritation|numbness|bruising|swelling)\b[^.;]{0,60}\b(?:is|are) "
    r"(?:possible but )?(?:very |extremely )?rare\b",
    rf"^most (?:of (?:these|them) )?(?:are|were) {_LITTLE}\b",
    rf"\b(?:{_FELT}|{_HARM_NAMED})\b[^.;]{{0,80}}\b(?:usually|generally|normally|typically|(?:nearly|almost) always|"
    r"quickly) (?:settles?|goes|go|disappears?|subsides?|resolves?|fades?|clears?|fills?|pass(?:es)?|wears?)\b",
    rf"\b(?:mild|slight|little|light|apart from some|temporary) (?:\w+ )?{_FELT}\b[^.;]{{0,40}}"
    r"\bfor (?:a|one|two|a few|some) (?:hours?|days?)\b",
)
_NOT_MILD: Final = re.compile(
    rf"\b(?:no|zero|without(?: any)?|not have any) (?:\w+ ){{0,2}}{_HARM_NAMED}|"
    r"\b(?:rare|uncommon) side effects? (?:include|are|may)|\bserious\b|\bsevere\b"
)
_THEY: Final = re.compile(r"(?:they|these)(?: are|'re) ")
_HARM_OF_FEW: Final = re.compile(
    r"\b(?:libido|erect|sex drive|side effect|headache|nausea|stopped because|irritat|dizz|bleed)"
)


def is_warning(text: str) -> bool:
    """Whether a sentence tells somebody not to do something, or to ask first."""
    return _WARNING.match(folded(text)) is not None


_IN_STUDY: Final = re.compile(
    r"(?:in|according to|during) (?:\w+ ){0,4}(?:stud(?:y|ies)|trials?)\b|"
    r"(?:an?|one|another|the) (?:\w+ ){0,3}(?:study|trial)\b"
)


def is_in_study(text: str) -> bool:
    """Whether a sentence begins with the study that it tells of."""
    return _IN_STUDY.match(folded(text)) is not None


def is_share_of_harmed(text: str) -> bool:
    """Whether a share in a sentence is that of people who were harmed."""
    return _HARM_OF_FEW.search(folded(text)) is not None


def is_mild(text: str, before: str = "") -> bool:
    """Whether a sentence says that what happens to some, or was named just before, is mild, rare or soon over."""
    plain = folded(text)
    if re.search(_HARMS, folded(before)):
        plain = _THEY.sub("side effects are ", plain, count=1)
    return _MILD.search(plain) is not None and _NOT_MILD.search(plain) is None


_FALLING: Final = _any(r"\b(?:shed|shedding|falls? out|fall out|lose (?:more|some)|hair loss (?:may|can) increase)\b")
_REASSURING: Final = re.compile(
    r"(?:but )?(?:don't (?:worry|panic|be)|do not (?:worry|panic|be)|this|that|it|which)\b[^.]{0,60}"
    r"\b(?:normal|good sign|temporary|expected|sign that|sign of|means|part of)"
)


def is_shedding_praised(before: str, text: str) -> bool:
    """Whether a sentence calls normal that hair falls out, of which the one before it tells."""
    if _FALLING.search(folded(before)) is not None and _REASSURING.match(folded(text)) is not None:
        return True
    fallen, _, said = folded(text).partition(", ")
    return _FALLING.search(fallen) is not None and _REASSURING.match(said) is not None


#: How a sentence begins that is about hair loss, not about a treatment of it.
_GENERAL: Final = _any(
    r"(?:one|some) of the (?:main|most common|many) (?:causes?|reasons?)\b",
    r"the (?:\w+ ){0,2}(?:causes?|reasons?) (?:of|for) (?:your )?hair\b",
    r"(?:many|several|various|different) (?:\w+ )?(?:things|factors|causes|reasons)\b",
    r"(?:hair (?:loss|thinning)|baldness) (?:is|can|affects|may|has|occurs|happens|often|usually)\b",
    r"(?:male|female|androgenetic) (?:and female )?(?:pattern|alopecia)\b|alopecia areata (?:is|affects)\b",
    r"(?:dht|dihydrotestosterone|testosterone|stress|age|ageing|aging|genetics|this hormone) "
    r"(?:binds|causes?|shrinks?|attaches|makes|attacks)\b",
    r"as (?:we|you) (?:get|age|grow)\b",
    r"(?:healthy |human |normal )?hair (?:growth )?(?:grows|requires|needs|depends|is made)\b",
    r"the (?:hair|hair follicles?|follicles?|scalp|hair roots?) (?:is|are|on|also|starts?|stops?|shrinks?)\b",
    r"when (?:the |your )?(?:hair )?(?:follicles?|roots?|body|iron) (?:stops?|shrinks?|does|is|are|lacks?)\b",
)
_UNPROVEN: Final = re.compile(
    r"\b(?:(?:not|never|n't|n’t) (?:yet )?(?:been )?(?:shown|proven|proved|clear|known|certain)\b|unclear|unknown|"
    r"too (?:early|soon) to (?:say|tell|know)|(?:no|little) (?:\w+ ){0,2}(?:proof|evidence)|nobody (?:knows|can say))"
    r"(?: \w+){0,2} (?:that|whether|if|for|how)\b[^,;:.]*",
    re.IGNORECASE,
)
_CONDITION_BEGUN: Final = re.compile(r"(?:if|whether|when|should you|unless)\b[^,]*,\s*", re.IGNORECASE)
_ELSEWHERE: Final = _any(
    r"\b(?:acne|prostat(?:e|ic)|bph|hypertension|heart failure|blood pressure|arthritis|eczema|glaucoma|psoriasis|"
    r"cancer|allerg|wrinkles|dandruff|ana?emia)"
)
_HAIR: Final = re.compile(r"\b(?:hair|alopecia|bald)")
_ANSWER: Final = re.compile(
    r"[\"'“‘]?(?:a(?:nswer)?: ?)?(?:(?P<yes>yes|absolutely|certainly|definitely|of course|sure|indeed|without a doubt)|"
    r"(?P<no>no|not at all|never|none(?: at all)?))\b(?! (?:one|known|need|matter|longer|side))"
)
_ASKING: Final = re.compile(
    r"^(?:q(?:uestion)?: ?)?(?:and |but |so )?(?:is|are|was|were|does|do|did|can|could|will|would|has|have|should)"
    r"(?: there| it| i| you| we| they| my)?\b ?"
)


#: How many people lose hair, which is no share of those who were helped.
_LOSING: Final = r"(?:hair (?:loss|thinning)|thinning|baldness|balding|alopecia)"
_PREVALENCE: Final = re.compile(
    r"\b(?:affect(?:s|ed|ing)?|suffer\w*|(?:will |may )?(?:experience|develop|notice)|struggl\w+|deal(?:s|ing)? with|"
    r"by (?:the )?(?:age|time|fifty)|have (?:some|noticeable)|lose|are low in|deficien\w+)\b"
    rf"[^.;]{{0,60}}\b(?:{_LOSING}|fifty|\d\d|thinner|their hair|vitamin)|\b{_LOSING}\b[^.;]{{0,20}}\baffect"
)
_GAINING: Final = re.compile(r"\b(?:success|regr|improv|grew|respond|satisf|recommend|after treatment|less|reduc)")


_ABOUT: Final = r"(?: (?:about|around|only|just|roughly|the first|the|as little as|month))*"
_SOON: Final = re.compile(
    rf"\b(?:in|within|after|from|by|for|as early as|as little as|just|only){_ABOUT} "
    r"(?:[1-8]|an?|one|two|three|four|five|six|seven|eight|(?:a )?few)"
    r"(?: ?(?:-|–|to|or) ?(?:[1-8]|two|three|four|five|six|eight))? weeks?\b"
)
_LATE: Final = re.compile(
    rf"\b(?:in|within|after|from|by|between|at|around){_ABOUT} "
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|(?:a )?few|several|third|fourth|sixth)"
    r"(?: ?(?:-|–|to|or|and) ?(?:\d{1,2}|\w+))? months?\b"
)
#: Where a time is that of a study, of the end of an effect or of something else than a result.
_NO_RESULT_TIME: Final = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|placebo|participants|users? test|customers|compared|met their|published|stop|"
    r"stopping|stopped|apart|every|repeat|childbirth|birth|pregnan|return|refund|money|guarantee|surgery|relapse|"
    r"falls?|lost|sheds?|lasts?|maintenance|top)\b"
)
_QUOTES: Final = "\"'“‘”★☆"


def time_of_result(text: str) -> Literal["fast-results", "takes-months", ""]:
    """What a sentence that claims an effect says of when it comes: within twelve weeks, or after months."""
    plain = folded(text)
    if _NO_RESULT_TIME.search(plain):
        return ""
    if _SOON.search(plain):
        return "fast-results"
    # A time of months is the seller's, not a customer's.
    return "takes-months" if _LATE.search(plain) and text[0] not in _QUOTES else ""


_SUFFERING: Final = re.compile(
    rf"\b(?:{_LOSING}|dht|hormone|affects?|distressing|concern|causes?)\b[^.;:]{{0,45}}"
    r"\b(?:in |for |among |affects? |of )?(?:both )?(?:men and women|women and men|males? and females?)\b|"
    r"\b(?:men and women|women and men)\b[^.;:]{0,25}\b(?:suffer|experience|struggl|lose|worldwide|are affected)"
)
_HELPING: Final = _any(
    r"\b(?:treat|help|works?\b|effective|regr|suit|benefit|designed|increas|improv|promot|stimulat|block|solution)"
)


def is_of_sufferers(text: str) -> bool:
    """Whether “men and women” are those who lose hair, not those whom a treatment suits."""
    plain = folded(text)
    return _SUFFERING.search(plain) is not None and _HELPING.search(plain) is None


def is_prevalence(text: str) -> bool:
    """Whether a share in a sentence is that of people who lose hair."""
    plain = folded(text)
    return _PREVALENCE.search(plain) is not None and _GAINING.search(plain) is None


def is_general(text: str) -> bool:
    """Whether a sentence is about hair loss at large and not about a treatment of it."""
    return _GENERAL.match(folded(text)) is not None


def condition_in(text: str) -> str:
    """The “if …,” with which a sentence begins: what is only supposed. Empty where there is none."""
    begun = _CONDITION_BEGUN.match(text)
    return begun[0] if begun else ""


def without_unproven(text: str) -> str:
    """A sentence without what it says nobody has shown: “there is no proof that it grows hair”."""
    return _UNPROVEN.sub(" ", text)


def is_approved_elsewhere(text: str) -> bool:
    """Whether an approval that a sentence tells of is for something other than hair."""
    plain = folded(text)
    return _ELSEWHERE.search(plain) is not None and _HAIR.search(plain) is None


def answer_in(text: str) -> Literal["yes", "no", ""]:
    """Whether a sentence begins with a yes or a no to the question before it."""
    found = _ANSWER.match(folded(text))
    return "" if found is None else "yes" if found["yes"] else "no"


def affirmed(question: str, answer: Literal["yes", "no"]) -> str:
    """What a question says once it was answered: “Does it hurt?”, “no”: “not hurt”."""
    said = _ASKING.sub("", folded(question)).rstrip(" ?")
    return said if answer == "yes" else f"not {said}"


#: Questions that a time or a number answers.
_HOW_LONG: Final = re.compile(
    r"^(?:q(?:uestion)?: ?)?(?:and |but |so )?(?:how (?:long|soon|quickly|fast|many)|when)\b"
    r"(?: (?:do|does|will|can|is|are|did))?"
)
_TIME: Final = re.compile(
    r"\b(?:days?|weeks?|months?|years?|sessions?|treatments?|visits?|forever|permanent|lifetime)\b"
)
#: Words of an answer that is too short to say what it is about.
_SHORT_ANSWER: Final = 14


def time_asked(question: str, answer: str) -> str:
    """What “How long does it last?” and “Two years.” say together; empty where the one does not answer the other."""
    asked = _HOW_LONG.match(folded(question))
    plain = folded(answer)
    if asked is None or len(plain.split()) > _SHORT_ANSWER or _TIME.search(plain) is None:
        return ""
    return f"{folded(question)[asked.end() :].rstrip(' ?')} {plain}"


def praise_in(text: str) -> str:
    """The word by which a sentence sounds like a claim; empty where none does."""
    found = _PRAISE.search(folded(text))
    return found[0] if found else ""


def points_in(text: str, *, section: str, others: Others) -> list[Point]:
    """The points of the checklist that a sentence covers.

    Args:
        text: the sentence.
        section: the heading above it: under “Who should not have it?” a list of illnesses is an answer.
        others: how it speaks of treatments besides those that the text sells.
    """
    plain, above = folded(text), folded(section)
    return [
        point
        for point in CHECKLIST
        if _holds(point, plain, names_another=others.are_named)
        or (point == "who-should-not" and above.endswith("?") and _POINTS[point].search(f"{above} {plain}"))
        or (point in _UNDER and _UNDER[point][0].search(above) and _UNDER[point][1].search(plain))
        or (point == "alternatives" and _offers(plain, others))
    ]


def _offers(plain: str, others: Others) -> bool:
    """Whether it leaves a choice: “FUE may then suit you better”, or over the text “PRP or minoxidil?”."""
    return (others.are_told_of and _CHOICE.search(plain) is not None) or (
        others.are_in_title and _WEIGHED.search(plain) is not None
    )


def _holds(point: Point, plain: str, *, names_another: bool) -> bool:
    if not _POINTS[point].search(plain):
        return False
    match point:
        case "risks":
            # What is said not to happen is no warning, unless something else beside it is.
            return re.search(_HARMS, _NO_HARM.sub(" ", plain)) is not None
        case "alternatives":
            if _COMBINED.search(plain):
                return False
            return names_another or re.search(r"\boptions?\b|\binclud|\bsuch as\b|\bask\b", plain) is not None
        case _:
            return True


#: Words of a sentence shown before those that matter.
_BEFORE: Final = 3


def shortened(text: str, most: int = 25, *, around: Sequence[str] = ()) -> str:
    """So many words of the sentence: its first, or those about the words ``around``."""
    words: Sequence[str] = text.split()
    if len(words) <= most:
        return " ".join(words)
    at = [place for place, word in enumerate(words) if any(one in folded(word) for one in around)]
    # A sentence is best understood from its beginning, which is left only where the words are not there.
    first = max(0, at[0] - _BEFORE) if at and at[-1] >= most else 0
    shown = " ".join(words[first : first + most])
    return f"{'… ' if first else ''}{shown}{' …' if first + most < len(words) else ''}"
