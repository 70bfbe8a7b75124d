"""What a seller's text says, sentence by sentence, and what it leaves out."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hairtx
from conftest import ROOT, Run
from hairtx.analysis.brochure.reading import Made, Reader
from hairtx.analysis.brochure.sentences import sentences_of
from support import small_values, write_catalogue

LEAFLET = ROOT / "docs" / "examples" / "prp-leaflet.txt"
#: Kinds of claims in words of their own, so that edits of the built-in ones do not matter here.
KINDS = {
    "regrows": {"label": "It makes hair grow", "said_as": ["stimulate hair growth", "make hair grow"]},
    "painless": {"label": "It does not hurt", "said_as": ["painless", "no pain", "does not hurt"]},
    "no-downtime": {"label": "There is no downtime", "said_as": ["no downtime", "back to work the same day"]},
    "permanent": {"label": "It is permanent", "said_as": ["permanent", "permanent solution"], "universal": True},
    "blood-flow": {"label": "It brings blood", "said_as": ["improve blood flow"], "not_said_as": ["blood flow test"]},
    "no-side-effects": {"label": "There are no side effects", "said_as": ["no side effects"], "universal": True},
    "few-side-effects": {"label": "There are few side effects", "said_as": ["few side effects"]},
    "combination": {"label": "It works better with others", "said_as": ["works better with", "combined with"]},
}


def _claim(kind: str | None, text: str, verdict: str = "not-established", **more: Any) -> dict[str, Any]:
    said = {
        "claim": text,
        "claimed_by": ["test-brochure"],
        "verdict": verdict,
        "why": "No trial.",
        "sources": ["test-trial"],
    }
    return {**said, **({"kind": kind} if kind else {}), **more}


@cache
def _made_up(folder: Path) -> hairtx.Catalogue:
    values = small_values()
    tonic, needling, *_ = values["treatments"]
    values["claim_kinds"] = KINDS
    tonic["claims"] = [_claim(one, f"Tonic: {one}") for one in KINDS if one not in {"blood-flow", "combination"}]
    tonic["claims"].append(_claim(None, "It smells of roses", said_as=["smells of roses"]))
    needling["claims"] = [
        _claim("painless", "Needling: painless", "contradicted"),
        _claim("regrows", "Needling: regrows"),
    ]
    return hairtx.load([write_catalogue(values, folder / "kinds.yaml")])


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> hairtx.Catalogue:
    return _made_up(tmp_path_factory.mktemp("kinds"))


def found(catalogue: hairtx.Catalogue, text: str, *treatments: str) -> list[tuple[int, str, str]]:
    """Line, treatment and kind of every claim."""
    reading = Reader(catalogue).read(text.split("\n"), treatments)
    return [(one.sentence.line, one.treatment, one.kind) for one in reading.made]


def test_a_claim_of_an_entry_is_found_word_for_word_whatever_its_kind(tmp_path: Path) -> None:
    own = tmp_path / "ours.yaml"
    own.write_text(
        """
treatments:
  - extends: prp
    claims:
      - {claim: It brings back a full head of hair in three months, kind: cheap, claimed_by: [our-page],
         verdict: contradicted, why: No study found that., sources: [kieling2024prp]}
sources:
  our-page: {type: promotional, title: Our page, read: full-text}
"""
    )
    both = hairtx.load(overlays=[own])
    said = "PRP brings back a full head of hair in three months, and you will love it."
    [one] = Reader(both).read([said]).made
    assert (one.treatment, one.claim) == ("prp", both["prp"].claims[0])
    # It is a claim of that entry alone.
    assert all(one.claim not in both["prp"].claims for one in Reader(both).read([said.replace("PRP", "Biotin")]).made)


def first(catalogue: hairtx.Catalogue, text: str) -> Made:
    return Reader(catalogue).read(text.split("\n"), ["test-tonic"]).made[0]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("It stimulates the growth of your hair.", "regrows"),
        ("Hair growth is gently stimulated.", "regrows"),
        ("The session is painless.", "painless"),
        ("A pain-free way.", "painless"),
        ("It doesn’t hurt at all.", "painless"),
        ("There is no down time.", "no-downtime"),
        ("You are back at work the very same day.", "no-downtime"),
        ("Blood flow is improved.", "blood-flow"),
        ("Side effects? There are no side effects.", "no-side-effects"),
        ("It smells of roses.", "test-tonic/6"),
    ],
)
def test_a_claim_is_found_however_its_words_are_bent_and_ordered(kinds: hairtx.Catalogue, said: str, kind: str) -> None:
    assert [one[2] for one in found(kinds, said, "test-tonic")] == [kind]


@pytest.mark.parametrize(
    "said",
    [
        "It is not painless.",
        "It is not a permanent solution.",
        "It does not stimulate hair growth.",
        "This is never permanent.",
        "Does it stimulate hair growth?",
        "A blood flow test improves planning.",
        "Work on your hair. The growth of our firm is stimulating.",
        "We are open on the same day.",
        "If you dream of a permanent solution, you are not alone.",
        "Many people want to stimulate hair growth.",
        "Hair loss is often permanent.",
        "The main cause of hair loss for good is permanent stress.",
    ],
)
def test_what_is_denied_asked_or_about_something_else_is_no_claim(kinds: hairtx.Catalogue, said: str) -> None:
    assert found(kinds, said, "test-tonic") == []


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Is it painless?\n\nYes. Ask us.", [(3, "painless")]),
        ("Is it painless? Absolutely!", [(1, "painless")]),
        ("Does it hurt?\n\nNo.", [(3, "painless")]),
        ("Is there any downtime?\n\nNo, none.", [(3, "no-downtime")]),
        ("Is it painless?\n\nYes. It is painless.", [(3, "painless"), (3, "painless")]),
        ("Is it painless?\n\nNo. It stings.", []),
        ("Is it painless?\n\nThat depends.", []),
        ("Is it painless?", []),
        ("Painless: you will feel a tickle.", [(1, "painless")]),
        ("- Painless", [(1, "painless")]),
        ("Made for you\nPainless\nNo downtime", [(2, "painless"), (3, "no-downtime")]),
        ("It is painless, really painless and without pain.", [(1, "painless")]),
        ("It is not only painless but has no downtime.", [(1, "painless"), (1, "no-downtime")]),
        ("If you are afraid, it is painless.", [(1, "painless")]),
    ],
)
def test_answers_and_leads_claim_and_each_sentence_once(
    kinds: hairtx.Catalogue, text: str, claims: list[tuple[int, str]]
) -> None:
    assert [(line, kind) for line, _, kind in found(kinds, text, "test-tonic")] == claims


@pytest.mark.parametrize(
    ("said", "kinds_of"),
    [("It is FDA approved for acne.", []), ("It is FDA approved for acne and hair loss.", ["approved"])],
)
def test_an_approval_for_something_else_is_none_for_hair(
    catalogue: hairtx.Catalogue, said: str, kinds_of: list[str]
) -> None:
    data = hairtx.check(catalogue, {"a": [said]}, treatments=["clascoterone"]).data
    assert [one["kind"] for one in data["promises"]] == kinds_of


def test_a_hedge_is_told_and_the_verdict_stays(kinds: hairtx.Catalogue) -> None:
    made = first(kinds, "It may stimulate hair growth.")
    assert (made.hedge, made.claim and made.claim.verdict) == ("may", "not-established")
    assert first(kinds, "It stimulates hair growth.").hedge == ""


def test_what_says_more_stands_for_what_says_less(kinds: hairtx.Catalogue) -> None:
    assert [one[2] for one in found(kinds, "There are few side effects.", "test-tonic")] == ["few-side-effects"]
    both = "No pain, no downtime and no side effects."
    assert [one[2] for one in found(kinds, both, "test-tonic")] == ["painless", "no-downtime", "no-side-effects"]


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("Test tonic is painless.", ["test-tonic"]),
        ("Needling\n\nIt is painless.", ["test-needling"]),
        ("Test tonic\n\nUnlike test needling, it is painless.", ["test-tonic"]),
        ("Test tonic is a liquid, while test needling is painless.", ["test-needling"]),
        ("Test tonic and test needling are painless.", ["test-tonic", "test-needling"]),
        ("Test tonic\n\nA liquid.\n\nTest needling\n\nPainless and quick.", ["test-needling"]),
        ("It is painless.", []),
        ("Test tonic\n\nWhile test needling is known, a painless way is new.", ["test-tonic"]),
        ("Test tonic\n\nWhile test needling is known, it is painless.", ["test-needling"]),
        ("Test tonic\n\nCompared to methods like test needling, it is painless.", ["test-tonic"]),
        ("Test tonic\n\nIt has roses, which test needling does not. It is painless.", ["test-tonic"]),
        ("Test tonic now comes with a painless way to use it", ["test-tonic"]),
        ("Test tonic: painless", ["test-tonic"]),
        ("Painless test tonic", []),
        ("When combined with roses or test needling, test tonic is painless.", ["test-tonic"]),
        ("Test tonic\n\nPain relief: no pain", ["test-tonic"]),
        ("We sell test tonic.\n\nIt is painless.\n\nOr test needling\n\nBye.", ["test-tonic"]),
        ("Test tonic\n\nPainless at a fraction of the cost of a test needling.", ["test-tonic"]),
        ("Test tonic\n\nOften called nature's test needling, it is painless.", ["test-tonic"]),
        ("Test tonic\n\nIt is more often painless than with test needling.", ["test-tonic"]),
        ("Test tonic, the next step after test needling\n\nIt is painless.", ["test-tonic"]),
        ("Test tonic\n\nWhere test needling may hurt, test tonic is painless.", ["test-tonic"]),
        ("Test tonic or test needling?\n\nUnlike test needling, it is painless.", ["test-tonic"]),
        ("Test tonic has roses in it, and test needling is painless.", ["test-needling"]),
        ("Test tonic and test needling\nTest tonic has roses.\nIt is painless.", ["test-tonic"]),
        ("Test tonic\nTest needling is known.\nPainless and quick.", ["test-tonic"]),
        ("Test tonic\n\nWhere test needling may hurt, it is painless.", ["test-tonic"]),
        ("Test tonic\n\nIn contrast to test needling, it is painless.", ["test-tonic"]),
        ("Test tonic\n\nIf test needling has not worked, it is painless.", ["test-tonic"]),
        ("Test tonic\n\nIt does what test needling cannot: it is painless.", ["test-tonic"]),
        ("Test tonic\n\nTired of test needling? It is painless.", ["test-tonic"]),
        (
            "Test tonic and test needling\nTest needling is known.\nOur duo is painless.",
            ["test-tonic", "test-needling"],
        ),
        (
            "Test tonic and test needling\nTest needling is known.\nEither way, it is painless.",
            ["test-tonic", "test-needling"],
        ),
        ("Test tonic\nTest needling\n\nThis combination is painless.", ["test-tonic", "test-needling"]),
        ("Test tonic\n\nIt is nothing less than painless.", ["test-tonic"]),
        ("Test tonic\n\nOur answer is painless at home", ["test-tonic"]),
        ("Test tonic\n\nWhat is painless at home, then", []),
        (
            "We have two things.\n1. Test tonic\nRoses are in it.\n2. Test needling\nA pen goes over the scalp.\nIt is painless.",
            ["test-needling"],
        ),
        (
            "Test tonic\nIt is a liquid.\nWhy test needling?\nA pen goes over the scalp.\nIt is painless.",
            ["test-needling"],
        ),
    ],
)
def test_a_claim_belongs_to_the_treatment_that_it_is_made_for(
    kinds: hairtx.Catalogue, text: str, whose: list[str]
) -> None:
    names = text.replace("Needling\n", "Test needling\n")
    assert [one[1] for one in found(kinds, names)] == whose


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("Test tonic works better with test needling.", {"test-tonic", "test-needling"}),
        ("Test tonic\n\nIt works better with test needling.", {"test-tonic", "test-needling"}),
        ("Test tonic\n\nUnlike test needling, it works better with diet.", {"test-tonic"}),
        (
            "Test tonic has roses. Test needling has none. Used together, each works better with the other.",
            {"test-tonic", "test-needling"},
        ),
    ],
)
def test_a_combination_belongs_to_all_that_are_combined(kinds: hairtx.Catalogue, text: str, whose: set[str]) -> None:
    assert {one[1] for one in found(kinds, text)} == whose


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("Finasteride spray\n\nFinasteride reaches the root.", {"topical-finasteride"}),
        ("A new finasteride cutaneous spray\n\nFinasteride reaches the root.", {"topical-finasteride"}),
        ("Minoxidil 2.5 mg tablets\n\nMinoxidil is swallowed.", {"oral-minoxidil"}),
        (
            "Finasteride + minoxidil in one spray\n\nFinasteride reaches the root.",
            {"topical-finasteride", "topical-minoxidil"},
        ),
        ("Biotin + vitamin D + gentle iron", {"biotin", "vitamin-d", "oral-iron"}),
        ("Finasteride and topical minoxidil", {"oral-finasteride", "topical-minoxidil"}),
        ("Finasteride 0.25% + minoxidil 6%", {"topical-finasteride", "topical-minoxidil"}),
        ("Finasteride 1 mg and minoxidil 2.5 mg", {"oral-finasteride", "oral-minoxidil"}),
        ("Minoxidil 50 mg per ml", {"topical-minoxidil"}),
        ("Some clinics inject dutasteride.", {"dutasteride-mesotherapy"}),
        (
            "Prices\n\nMesotherapy, 100 euros\nDutasteride mesotherapy, 200 euros",
            {"mesotherapy", "dutasteride-mesotherapy"},
        ),
        ("PRP\n\nWe use a numbing cream.", {"prp"}),
        ("Bone marrow stem cell treatment", {"bone-marrow-stem-cells"}),
    ],
)
def test_a_bare_name_is_what_the_text_is_about(catalogue: hairtx.Catalogue, text: str, whose: set[str]) -> None:
    data = hairtx.check(catalogue, {"a": text.split("\n")}).data
    assert {one["id"] for one in data["treatments"]} == whose


@pytest.mark.parametrize(
    ("text", "line", "whose", "kind"),
    [
        # Nothing but an ordinary word names it, and often.
        ("Iron and hair\nLow iron. More iron.\nIt is safe.", 3, {"iron-infusion", "oral-iron"}, "safe"),
        ("Minoxidil is a lotion.\n\nWhat oral minoxidil does\n\nIt is safe.", 5, {"oral-minoxidil"}, "safe"),
        ("PRP\n\nFor non-surgical hair restoration it is safe.", 3, {"prp"}, "safe"),
        # Said in one phrase, and not the one in place of the other.
        ("Mesotherapy\n\nMore oxygen and nutrients reach the follicles.", 3, {"mesotherapy"}, "oxygen"),
        ("Mesotherapy\n\nMore oxygen and nutrients reach the follicles.", 3, {"mesotherapy"}, "nutrients"),
        ("Biotin\n\nMonth 3: less shedding.", 3, {"biotin"}, "sheds-less"),
        ("Biotin\n\nMonth 3: less shedding.", 3, {"biotin"}, "takes-months"),
        ("Microneedling\n\nMore blood flow to the scalp and less inflammation.", 3, {"microneedling"}, "blood-flow"),
        ("PRP\n\nIt is not unusual to see no pain.", 3, {"prp"}, "painless"),
        (
            "PRP\n\n- It is safe and has no side effects for men and women of every age\nWhat is it?\n\nA liquid.",
            3,
            {"prp"},
            "safe",
        ),
        ("PRP\n\nThere is no proof that it regrows hair, but it is safe.", 3, {"prp"}, "safe"),
        ("PRP\n\nIt has not been shown that it regrows hair, but it is safe.", 3, set(), "regrows"),
        ("PRP\n\nRecovery: 2 days", 3, {"prp"}, "short-recovery"),
        ("PRP\n\nRecovery: 12 days", 3, set(), "short-recovery"),
        ("PRP\n\nDown time: 0 days", 3, {"prp"}, "no-downtime"),
        ("PRP\n\nSome have redness, which usually goes away.", 3, {"prp"}, "few-side-effects"),
        (
            "PRP and microneedling or botox\n\nBiotin and vitamin D can be added.\n\nAll three are safe.",
            5,
            {"prp", "microneedling", "botulinum-toxin"},
            "safe",
        ),
        ("Biotin, PRP and botox\n\nPRP is new. It is the safest of the three.", 3, {"prp"}, "safe"),
        ("PRP and microneedling\n\nTogether they are better than either alone.", 3, set(), "beats-others"),
    ],
)
def test_plain_texts_of_sellers_are_read(
    catalogue: hairtx.Catalogue, text: str, line: int, whose: set[str], kind: str
) -> None:
    assert {one[1] for one in found(catalogue, text) if (one[0], one[2]) == (line, kind)} == whose


def test_what_is_said_of_hair_loss_itself_has_the_verdict_on_doing_nothing(catalogue: hairtx.Catalogue) -> None:
    text = "Saw palmetto\n\nDo not wait. If your parents or grandparents experienced hair loss, you may too."
    made = Reader(catalogue).read(text.split("\n")).made
    verdicts = {(one.treatment, one.kind): one.claim for one in made}
    nothing = catalogue["no-treatment"].claims
    assert verdicts["saw-palmetto", "early-start"] in nothing
    assert any(treatment == "no-treatment" and claim in nothing for (treatment, _), claim in verdicts.items())


@pytest.mark.parametrize("foil", ["as painless as", "not like", "different from", "the next generation of"])
def test_what_it_is_compared_with_claims_nothing(kinds: hairtx.Catalogue, foil: str) -> None:
    text = f"Test tonic\n\nIt is {foil} test needling. It is painless."
    assert {one[1] for one in found(kinds, text)} == {"test-tonic"}


def test_what_has_no_verdict_is_listed_and_never_dropped(kinds: hairtx.Catalogue) -> None:
    text = "Test needling improves blood flow.\nIt transforms lives.\nWe are open on Mondays."
    data = hairtx.check(kinds, {"a": text.split("\n")}).data
    assert data["claims"] == []
    assert [one["line"] for one in data["no_verdict"]] == [1, 2]


def test_lines_are_those_of_the_file_and_sentences_go_on_over_them(kinds: hairtx.Catalogue) -> None:
    text = "Test tonic\r\n\r\nA liquid that was made to\r\nstimulate hair growth. Painless,\r\nwith no downtime.\r\n"
    lines = hairtx.lines_of(text.encode(), name="a.txt")
    claims = hairtx.check(kinds, {"a": lines}).data["claims"]
    assert [(one["line"], one["claim"]) for one in claims] == [
        (3, "Tonic: regrows"),
        (4, "Tonic: painless"),
        (4, "Tonic: no-downtime"),
    ]


def test_quotations_in_a_row_are_claims_of_their_own(kinds: hairtx.Catalogue) -> None:
    lines = ['What they say of the tonic: "it stimulates hair growth", "no downtime", “painless” and "permanent".']
    claims = hairtx.check(kinds, {"a": lines}, treatments=["tonic"]).data["claims"]
    assert [(one["claim"], one["sentence"]) for one in claims][:2] == [
        ("Tonic: regrows", 'What they say of the tonic: "it stimulates hair growth"'),
        ("Tonic: no-downtime", "no downtime"),
    ]


@pytest.mark.parametrize(
    ("said", "kinds_of"),
    [
        ("98 % of patients saw new growth.", ["share"]),
        ("Nine out of ten men would do it again.", ["share"]),
        ("You will see results in 2 weeks.", ["time"]),
        ("The result is permanent.", ["permanent"]),
        ("It is FDA approved.", ["approved"]),
        ("There are no side effects.", ["no-side-effects"]),
        ("From $450 a session.", ["price"]),
        ("One syringe to take home: 620 once.", ["price"]),
        ("Rooms at the Mill, price list of January 2026.", []),
        ("Success is guaranteed.", ["guarantee"]),
        ("It is not permanent, and nobody can guarantee success.", []),
        ("Minoxidil 5 % is a lotion.", []),
    ],
)
def test_promises_and_figures_are_held_against_the_entry(
    catalogue: hairtx.Catalogue, said: str, kinds_of: list[str]
) -> None:
    promises = hairtx.check(catalogue, {"a": [said]}, treatments=["prp"]).data["promises"]
    assert [one["kind"] for one in promises] == kinds_of
    assert all(one["entry_says"].startswith(("PRP", "Minoxidil")) for one in promises)


@pytest.mark.parametrize(
    ("said", "points"),
    [
        ("You may get bruises, and infections can happen.", {"risks"}),
        ("There are no side effects.", set()),
        ("Results vary, and more research is needed.", {"certainty"}),
        ("You can also do nothing: shedding often ends by itself.", {"no-treatment"}),
        ("Other options are minoxidil and a transplant.", {"alternatives"}),
        ("Do not use it if you are pregnant.", {"who-should-not"}),
        ("A session costs 300 euros.", {"total-cost"}),
        ("We see you again for a check-up.", {"follow-up"}),
        ("Smith 2019 found this in a trial.", {"sources"}),
        ("A 2019 study of 100 men found this.", set()),
        ("People with lupus need to ask first.", {"who-should-not"}),
        ("It cannot be promised that it works.", {"certainty"}),
        ("We see you again after six weeks.", {"follow-up"}),
        ("Stop using it and speak to a pharmacist.", {"follow-up"}),
        ("Total 5,650", {"total-cost"}),
        ("Medication such as minoxidil may be enough.", {"alternatives"}),
        ("It can be combined with other treatments such as minoxidil.", set()),
        ("If left alone, patches often close by themselves.", {"no-treatment"}),
        ("We do not treat pregnant women.", {"who-should-not"}),
        ("Scattered patches often close by themselves.", {"no-treatment"}),
        ("Swelling may come and go away on its own.", {"risks"}),
        ("You do not have to remember a tablet.", set()),
        ("It makes hair grow.", set()),
    ],
)
def test_what_a_fair_text_has_is_found_with_its_lines(catalogue: hairtx.Catalogue, said: str, points: set[str]) -> None:
    checklist = hairtx.check(catalogue, {"a": ["PRP", "", said]}).data["checklist"]
    assert {one["item"] for one in checklist if one["covered"]} == points
    assert all(one["lines"] == ([3] if one["covered"] else []) for one in checklist)


def test_the_shape_for_programs(run: Run) -> None:
    done = run("check", str(LEAFLET), "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    data = json.loads(done.stdout)
    assert {"schema_version", "treatments", "claims", "no_verdict", "promises", "checklist"} <= set(data)
    assert data["treatments"][0] == {"id": "prp", "lines": [1, 5]}
    for claim in data["claims"]:
        assert set(claim) == {"line", "sentence", "treatment", "claim", "verdict", "score"}
    for one in data["promises"]:
        assert set(one) == {"line", "sentence", "kind", "entry_says"}
    assert [one["item"] for one in data["checklist"]] == [
        *("risks", "certainty", "no-treatment", "alternatives"),
        *("who-should-not", "total-cost", "follow-up", "sources"),
    ]


def test_several_texts_are_read_at_once_and_a_folder_too(run: Run, tmp_path: Path) -> None:
    for name in ("a.txt", "b.md"):
        (tmp_path / name).write_text("PRP is painless.", encoding="utf-8")
    (tmp_path / "c.xls").write_text("no text")
    data = json.loads(run("check", str(tmp_path), "--format", "json").stdout)
    assert [Path(one["file"]).name for one in data["files"]] == ["a.txt", "b.md"]
    assert data["files"][0]["treatments"] == [{"id": "prp", "lines": [1]}]


def test_standard_input_and_the_treatment_told_by_hand(run: Run) -> None:
    done = run("check", "-", "--treatment", "prp", "--format", "json", stdin="It is painless.\n")
    assert [one["id"] for one in json.loads(done.stdout)["treatments"]] == ["prp"]
    done = run("check", "-", stdin="It is painless.\n")
    assert "say which one it is about with --treatment" in done.stdout


def test_a_claim_made_again_is_one_row_with_its_lines_and_its_clearest_sentence(kinds: hairtx.Catalogue) -> None:
    text = "Test tonic\n\nIt may be painless.\n\nIt is painless.\n\n" + "Like a summer breeze " * 9 + "it is painless."
    report = hairtx.check(kinds, {"a": text.split("\n")})
    assert [one["line"] for one in report.data["claims"]] == [3, 5, 7]
    shown = " ".join(hairtx.render(report, "markdown").split())
    assert shown.count("Tonic: painless") == 1
    assert "“It is painless.” (lines 3, 5, 7)" in shown


def test_explain_shows_why_a_sentence_matched(kinds: hairtx.Catalogue) -> None:
    report = hairtx.check(kinds, {"a": ["Test tonic is said to be a permanent way."]}, explain=True)
    shown = hairtx.render(report, "markdown")
    assert "Matched “permanent” by the words permanent; score 1.00, needed" in " ".join(shown.split())
    (claim,) = report.data["claims"]
    assert (claim["phrase"], claim["words"], claim["hedge"]) == ("permanent", ("permanent",), "said to")


@pytest.mark.parametrize("format_name", ["table", "markdown", "html", "csv"])
def test_every_format_says_it(run: Run, format_name: str) -> None:
    done = run("check", str(LEAFLET), "--format", format_name)
    assert (done.returncode, done.stderr) == (0, "")
    said = " ".join(done.stdout.split())
    assert "harms that can happen (line 17)" in said
    assert "1 supported, " in said


def test_a_share_is_held_against_people_counted_and_a_time_against_the_first_signs(catalogue: hairtx.Catalogue) -> None:
    text = ["Minoxidil foam", "", "98 % of users see new hair.", "Results in only two weeks."]
    share, time = hairtx.check(catalogue, {"a": text}).data["promises"]
    assert "Of 100 people, who saw a gain: " in share["entry_says"]
    assert "placebo" in share["entry_says"]
    assert "First signs: 2-8 months; time to judge: " in time["entry_says"]


@pytest.mark.parametrize("rival", ["It works better than minoxidil.", "Many tried minoxidil."])
def test_what_is_said_of_an_oil_is_never_said_of_its_rival(catalogue: hairtx.Catalogue, rival: str) -> None:
    text = f"Rosemary oil serum\n\nNew hair grows within weeks.\nIt is painless.\nApproved by experts.\n\n{rival}"
    assert found(catalogue, text) == []


def test_no_file_is_told(run: Run, tmp_path: Path) -> None:
    for arguments, code, told in (
        ([], 2, "there is no text to check"),
        (["missing.txt"], 1, "cannot be read"),
        ([str(tmp_path)], 1, "has no text in it"),
        (["-", "--treatment", "prpp"], 2, "Did you mean 'prp'"),
    ):
        done = run("check", *arguments, stdin="x")
        assert (done.returncode, done.stdout) == (code, ""), arguments
        assert told in done.stderr
        assert done.stderr.count("\n") == 1


def test_claims_on_record_are_found_by_what_they_say(run: Run, kinds: hairtx.Catalogue) -> None:
    report = hairtx.match_claims(kinds, "It does not hurt, and your hair is stimulated to grow.")
    assert [(one["treatment"], one["claim"]) for one in report.data["claims"]] == [
        ("test-tonic", "Tonic: painless"),
        ("test-needling", "Needling: painless"),
        ("test-tonic", "Tonic: regrows"),
        ("test-needling", "Needling: regrows"),
    ]
    only = hairtx.match_claims(kinds, "painless", treatments=["test needling"])
    assert [one["verdict"] for one in only.data["claims"]] == ["contradicted"]
    assert hairtx.match_claims(kinds, "We are open on Mondays.").data["claims"] == []
    done = run("claims", "--match", "no downtime")
    assert (done.returncode, done.stderr) == (0, "")
    assert run("claims", "--match", "x", "--verdict", "supported").returncode == 2


def test_a_claim_typed_as_a_name_is_told_where_to_look(run: Run) -> None:
    done = run("claims", "no downtime")
    assert (done.returncode, done.stdout) == (2, "")
    assert "hairtx claims --match TEXT" in done.stderr
    assert "hairtx check FILE" in done.stderr


@given(text=st.text(max_size=400))
def test_no_text_breaks_reading(kinds: hairtx.Catalogue, text: str) -> None:
    report = hairtx.check(kinds, {"a": text.split("\n")}, treatments=["test-tonic"])
    hairtx.render(report, "json")


def test_to_stop_a_blood_thinner_is_told_with_what_the_entry_has_on_it(catalogue: hairtx.Catalogue) -> None:
    lines = [
        "PRP",
        "",
        "You can pause your Clexane 3 days before PRP.",
        "Never stop aspirin on your own.",
    ]
    (told,) = [one for one in hairtx.check(catalogue, {"a": lines}).data["promises"] if one["kind"] == "blood-thinners"]
    assert told["line"] == 3
    assert "Never stop one without its prescriber." in told["entry_says"]


def test_what_comes_as_a_gift_is_not_what_is_sold(catalogue: hairtx.Catalogue) -> None:
    text = ["You need 4000 grafts Sapphire FUE.", "The package: hotel, PRP and exosomes as a gift.", "No scars."]
    assert {one.treatment for one in Reader(catalogue).read(text).made} == {"fue-transplant"}


def test_what_comes_through_a_pipe_is_called_the_text(catalogue: hairtx.Catalogue) -> None:
    assert hairtx.check(catalogue, {"-": ["PRP is painless."]}).title.startswith("The text: 1 claim ")


def test_what_a_heading_denies_of_a_treatment_is_not_the_treatment(catalogue: hairtx.Catalogue) -> None:
    made = Reader(catalogue).read(["Why our PRP is not painful", "", "It wakes dormant roots."]).made
    assert {(one.treatment, one.kind) for one in made} == {("prp", "wakes-roots")}


def test_damaged_roots_are_no_warning(catalogue: hairtx.Catalogue) -> None:
    text = ["Exosomes repair damaged follicles, with no side effects."]
    assert not Reader(catalogue).read(text).checklist["risks"]


def test_what_has_no_end_is_cut_and_is_no_heading() -> None:
    for line in ("PRP;" * 5_000, f"# {'PRP ' * 5_000}", "PRP" * 5_000):
        found = sentences_of([line, "", "It is painless."])
        assert not any(one.is_heading for one in found)
        assert max(len(one.text) for one in found) <= 1_000


def test_wishes_deny_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("PRP\n\nWe respect your wishes, and PRP is painless.\n")
    (claim,) = json.loads(run("check", "page.txt", "-f", "json", cwd=tmp_path).stdout)["claims"]
    assert (claim["treatment"], claim["line"]) == ("prp", 3)


def test_what_no_phrase_says_is_found_by_the_weight_of_its_words(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("PRP makes hair come back where it was lost.\n")
    (claim,) = json.loads(run("check", "page.txt", "-f", "json", "--explain", cwd=tmp_path).stdout)["claims"]
    assert (claim["kind"], claim["phrase"], claim["threshold"]) == ("regrows", "", 0.45)
    assert claim["score"] > claim["threshold"]
    said = " ".join(run("check", "page.txt", "--explain", "-f", "markdown", cwd=tmp_path).stdout.split())
    assert "Its words together speak for it" in said


def test_what_is_denied_is_not_claimed_by_the_weight_of_its_words(catalogue: hairtx.Catalogue) -> None:
    assert ("prp", "regrows") not in {
        one[1:] for one in found(catalogue, "Nothing makes hair come back where it was lost.", "prp")
    }
    assert found(catalogue, "PRP makes hair come back where it was lost.", "prp") == [(1, "prp", "regrows")]


def test_a_sentence_that_names_nothing_is_of_what_such_a_claim_can_be_made_of(catalogue: hairtx.Catalogue) -> None:
    text = "Iron infusion or iron tablets?\n\nWe give an iron infusion.\n\nYou hardly feel the needle."
    assert {one[1] for one in found(catalogue, text) if one[2] == "painless"} == {"iron-infusion"}


def test_weights_are_of_the_kinds_that_the_vocabulary_has(catalogue: hairtx.Catalogue) -> None:
    learnt = catalogue.claim_words
    points = {one for one in learnt.kinds if one.startswith("checklist/")}
    assert set(learnt.kinds) - points == set(catalogue.claim_kinds), "run 'make learn'"
    assert len(points) == 8
    assert len(learnt.bias) == len(learnt.kinds)
    assert {place for feature in learnt.weights for place, _ in learnt.weights_of(feature)} <= set(
        range(len(learnt.kinds))
    )


def test_no_side_effects_beside_hardly_any_pain_is_not_few(catalogue: hairtx.Catalogue) -> None:
    def said(text: str) -> set[str]:
        return {kind for _, _, kind in found(catalogue, text, "prp")}

    assert {"no-side-effects", "painless"} <= said("Hardly any discomfort and no side effects.")
    assert "few-side-effects" not in said("Hardly any discomfort and no side effects.")
    assert said("There are few or no side effects.") == {"few-side-effects"}


@pytest.mark.process
def test_a_text_reads_the_same_in_every_process(spawn: Run) -> None:
    # The order of a set differs from process to process, and with it the last bit of a sum.
    texts = sorted((ROOT / "tests" / "data" / "brochures").glob("23?-*.txt"))
    assert len(texts) == 10
    said = {spawn("check", *map(str, texts), "-f", "json", env={"PYTHONHASHSEED": seed}).stdout for seed in "123"}
    assert len(said) == 1
