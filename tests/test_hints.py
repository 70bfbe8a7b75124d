"""What ``validate`` says to write instead: what was meant, where it belongs, and a shape that can be typed as it is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

import hairtx
from conftest import Run
from hairtx.catalogue import model
from hairtx.catalogue.descriptions import DESCRIPTIONS, OTHER_VALUES, OTHER_WORDS
from hairtx.catalogue.model import CatalogueFile, decode_quantity
from hairtx.catalogue.names import Suggestions, folded, named
from hairtx.catalogue.places import layered
from hairtx.catalogue.reading.hints import shape
from hairtx.catalogue.reading.mending import mended
from hairtx.catalogue.reading.records import problems_in
from hairtx.catalogue.reading.yaml import parse_yaml

pytestmark = pytest.mark.broad

HEAD = """\
treatments:
  - id: wave-cap
    name: Wave cap
    short_name: Wave cap
    kind: device
    setting: home
    invasiveness: non-invasive
    summary: {text: A cap with coils., sources: [wave-page]}
    reviewed: 2026-11-20
"""
SOURCES = "sources: {wave-page: {type: promotional, title: Wave cap, read: full-text}}\n"


def told(tmp_path: Path, text: str, *, warnings: bool = False) -> list[str]:
    """The messages of all errors in a catalogue of one's own."""
    own = tmp_path / "clinic.yaml"
    own.write_text(text, encoding="utf-8")
    paths, layers = layered(None, [own])
    found = problems_in([(path, path.read_bytes()) for path in paths], layers)
    return [one.message for one in found if one.file.endswith("clinic.yaml") and (warnings or one.severity == "error")]


def one_told(tmp_path: Path, text: str) -> str:
    (message,) = told(tmp_path, text)
    return message


# What was meant.


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (
            "cautions: [{factor: blood thinners, action: avoid, why: Bleeds., sources: [wave-page]}]",
            "'anticoagulants'?",
        ),
        ("cautions: [{factor: Pregnancy, action: avoid, why: Untested., sources: [wave-page]}]", "write 'pregnancy'"),
        ("costs: [{per: once, amount: 9, currency: EUR, region: FR, sources: [wave-page]}]", "did you mean 'one-off'?"),
        ("downtime: {tenderness: {lasts: 2 days, sources: [wave-page]}}", "that is 'visible_signs' here"),
        (
            "side_effects: [{effect: a bruise, lasts: a week, frequency: unknown, severity: mild, sources: [wave-page]}]",
            "that is 'figure' here",
        ),
        (
            "claims: [{claim: A, kind: growing, claimed_by: [wave-page], verdict: supported, why: B, sources: [wave-page]}]",
            "'hairtx claims --matrix' lists them all",
        ),
        ("downtime: {hair_washing: {lasts: 2 days, sources: [wave-page]}}", "that is 'restrictions' here"),
        (
            "downtime: {visible_signs: {lasts: up to 7 days, sources: [wave-page]}}",
            "write it like '0-7 days'",
        ),
        (
            "results: {on_stopping: {text: Spun blood, put into the scalp, sources: [wave-page]}}",
            "put the whole text in quotes",
        ),
    ],
)
def test_what_a_nurse_wrote_from_the_readme_is_told_in_one_step(tmp_path: Path, part: str, expected: str) -> None:
    assert expected in one_told(tmp_path, HEAD.replace("    reviewed", f"    {part}\n    reviewed") + SOURCES)


def test_no_study_found_does_not_go_with_a_study_that_is_told_of(tmp_path: Path) -> None:
    rated = (
        "treatments:\n- extends: low-level-laser\n  indications:\n  - {condition: androgenetic-alopecia, direction: unclear,"
        " certainty: none, rating: our-reading, basis: We looked for none., sources: [wave-page]}\n"
    )
    (message,) = (one for one in told(tmp_path, rated + SOURCES, warnings=True) if "no study was found" in one)
    assert "but effects[1] tells of one; rate it or leave this out" in message


def test_a_source_that_was_not_read_is_to_be_left_out(tmp_path: Path) -> None:
    assert "cite only what you have read" in one_told(tmp_path, HEAD + SOURCES.replace("full-text", "not-read"))


def test_what_is_no_key_is_an_error_even_where_only_a_warning_would_look_it_up(tmp_path: Path) -> None:
    pair = "combinations: [{with: My Tonic, finding: Both were tried., sources: [wave-page]}]"
    text = HEAD.replace("    reviewed", f"    {pair}\n    reviewed") + SOURCES
    assert "'My Tonic' is no key" in one_told(tmp_path, text)


def test_a_name_that_is_taken_is_told_once(tmp_path: Path) -> None:
    text = HEAD.replace("wave-cap", "laser-cap").replace("Wave cap", "Laser cap", 2)
    message = one_told(tmp_path, text + SOURCES)
    assert "the name 'laser-cap' already leads to 'low-level-laser'; use another one here and in" in message
    assert "write 'extends: low-level-laser' in place of 'id' and of these names" in message


def test_a_region_has_one_name(tmp_path: Path, run: Run) -> None:
    price = "costs: [{per: session, amount: 9, currency: GBP, region: GB, sources: [wave-page]}]"
    text = HEAD.replace("    reviewed", f"    {price}\n    reviewed") + SOURCES
    assert any("'GB' stands under 'UK' here; write that" in one for one in told(tmp_path, text, warnings=True))
    british = run("compare", "prp", "mesotherapy", "--region", "Great Britain")
    assert (british.stdout, british.returncode) == (run("compare", "prp", "mesotherapy", "--region", "UK").stdout, 0)


@pytest.mark.parametrize(
    ("factor", "says"),
    [
        ("blood-thinners", "did you mean 'anticoagulants'?"),
        ("hypertension", "did you mean 'high-blood-pressure'?"),
        ("Pregnant", "did you mean 'pregnancy'?"),
        ("pregnansy", "did you mean 'pregnancy'?"),
        ("left-handed", "no factor 'left-handed'; 'hairtx screen' lists them all; a new one goes under 'factors:'"),
    ],
)
def test_another_name_of_a_factor_counts_before_its_spelling(tmp_path: Path, factor: str, says: str) -> None:
    caution = f"    cautions: [{{factor: {factor}, action: avoid, why: Not studied., sources: [wave-page]}}]\n"
    assert says in one_told(tmp_path, HEAD + caution + SOURCES)


@pytest.mark.parametrize("key", ["our-clinic", "x", "2026"])
def test_a_source_that_is_not_there_is_added_and_nothing_unlike_offered(tmp_path: Path, key: str) -> None:
    message = one_told(tmp_path, HEAD.replace("[wave-page]", f"['{key}']") + SOURCES)
    assert "did you mean" not in message
    shown = re.search(r"add it under 'sources:', such as '(.*?})'", message)
    assert shown is not None
    assert not told(tmp_path, HEAD.replace("[wave-page]", f"['{key}']") + f"sources:\n  {shown[1]}\n")


def test_a_misspelt_source_is_offered_and_may_be_a_new_one(tmp_path: Path) -> None:
    message = one_told(tmp_path, HEAD.replace("[wave-page]", "[wave-pagge]") + SOURCES)
    assert "did you mean 'wave-page'? If not, add it under 'sources:'" in message


def test_what_means_something_else_gets_no_offer(catalogue: hairtx.Catalogue) -> None:
    """Names whose own entry is taken away: whatever is offered for one of them is wrong."""
    wrong = total = 0
    for table in ("treatment", "factor", "condition"):
        names = catalogue.names_of(table)
        for name, key in list(names.items())[::7]:
            others = Suggestions({other: leads for other, leads in names.items() if leads != key})
            near = others.hint(name)
            total += 1
            # One that begins with the other, such as "hair" and "hair dye", may be what was meant.
            wrong += bool(near) and not any(
                other.startswith(name) or f" {name}" in other for other in names if names[other] != key
            )
    assert wrong / total < 0.1, f"{wrong} of {total}"


@given(st.data())
def test_a_slip_of_the_fingers_finds_the_name(catalogue: hairtx.Catalogue, data: st.DataObject) -> None:
    names = catalogue.names_of("factor")
    name = data.draw(st.sampled_from([one for one in names if len(one) >= 8]))
    place = data.draw(st.integers(1, len(name) - 2))
    slip = data.draw(st.sampled_from([name[:place] + name[place + 1 :], name[:place] + "x" + name[place:]]))
    assert f"'{names[name]}'" in Suggestions(names).hint(slip)


def test_only_the_first_names_of_thousands_are_looked_up() -> None:
    suggestions = Suggestions(named([("hair-tonic", ["hair tonic"])]))
    hints = [suggestions.hint(f"hair tonc{number}") for number in range(100)]
    assert all(hints[: Suggestions.most])
    assert not any(hints[Suggestions.most :])
    assert suggestions.hint("hair tonc0")


def test_a_row_goes_by_its_label_too(run: Run) -> None:
    for name in ("price", "costs", "Price", "what I do"):
        done = run("compare", "prp", "mesotherapy", "--rows", name)
        assert (done.returncode, done.stderr) == (0, "")
    assert "Did you mean 'costs' (Price)?" in run("compare", "prp", "mesotherapy", "--rows", "pricess").stderr


# Where it belongs.


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("    price: 250", "that is 'costs' here, such as 'costs: [{per: session"),
        ("    sessions: 6", "it belongs in 'schedule.phases', such as 'schedule: {phases: [{name: first course, ses"),
        ("    currency: EUR", "it belongs in 'costs', such as"),
        ("    Short-Name: x", "did you mean 'short_name'?"),
        ("    factors: {}", "at the top of the file"),
        ("    schedule: {costs: []}", "it belongs to the treatment itself"),
        ("    colour: red", "known keys: id, name"),
        ("    conditions: [androgenetic-alopecia]", "that is 'indications' here, such as 'indications: [{condition:"),
        ("    downtime: {days: 2}", "that is 'visible_signs' here, such as 'visible_signs: {lasts: "),
        ("    downtime: {sources: [wave-page]}", "every part names its own, such as 'daily_activities: {lasts: 0 days"),
        ("    schedule: {interval: 4 weeks}", "that is 'phases' here, such as 'phases: [{name: "),
    ],
)
def test_a_key_that_belongs_elsewhere_says_where(tmp_path: Path, line: str, says: str) -> None:
    message = one_told(tmp_path, f"{HEAD}{line}\n{SOURCES}")
    assert says in message
    assert "experience" not in message or "known keys" in message


def test_other_words_lead_to_fields_and_are_none() -> None:
    for record, words in OTHER_WORDS.items():
        fields = {one.encode_name for one in structs.fields(getattr(model, record))}
        assert {one.partition(".")[0] for one in words.values()} <= fields
        assert not set(words) & fields
        assert all(folded(one).replace(" ", "_") == one for one in words)


def test_the_name_of_a_factor_is_its_label(tmp_path: Path) -> None:
    found = told(tmp_path, "factors: {old-scar: {name: old scar, definition: You have one.}}\n")
    assert any("there is no key 'name'; that is 'label' here" in one for one in found)


def test_other_values_lead_to_words_of_a_list_and_are_none() -> None:
    kinds = (
        *(model.Kind, model.Setting, model.PricePer, model.Verdict, model.SourceType, model.Frequency),
        model.Direction,
    )
    words = {word for kind in kinds for word in get_args(kind)}
    assert set(OTHER_VALUES.values()) <= words
    assert all(folded(one) == one for one in OTHER_VALUES)


CLAIM = "{claim: It works., claimed_by: [wave-page], verdict: supported, why: So., sources: [wave-page]}"
PRICE = "{per: session, amount: 20, currency: EUR, region: Bonn, sources: [wave-page]}"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("for: hair loss", "that is 'indications' here, such as 'indications: [{condition: "),
        ("cost: 250", "that is 'costs' here, such as 'costs: [{per: session, amount: 500-1500, "),
        ("sources: [wave-page]", "every part names its own, such as 'summary: {text: "),
        ("minutes: 30", "that is 'session_length' here, such as 'schedule: {session_length: {lasts: 30-60 minutes, "),
        (
            "side_effects: [{name: pain, frequency: rare, severity: mild, sources: [wave-page]}]",
            "that is 'effect' here, such as 'effect: ",
        ),
        (f"claims: [{CLAIM.replace('claim: ', 'text: ', 1)}]", "there is no key 'text'; that is 'claim' here, such as"),
        (
            f"claims: [{CLAIM.replace('claimed_by', 'by')}]",
            "that is 'claimed_by' here, such as 'claimed_by: [wave-page]'",
        ),
        (f"claims: [{CLAIM.replace('why', 'reason')}]", "that is 'why' here, such as 'why: "),
        (f"claims: [{CLAIM.replace('supported', 'partly supported')}]", "did you mean 'partly-supported'?"),
        (f"costs: [{PRICE.replace('session', 'device')}]", "did you mean 'item'?"),
        ("extends: minoxidil", "there is no treatment 'minoxidil' to extend; did you mean 'topical-minoxidil'?"),
    ],
)
def test_one_slip_is_one_error_that_says_what_was_meant(tmp_path: Path, line: str, says: str) -> None:
    text = HEAD if not line.startswith("extends") else "treatments:\n  - reviewed: 2026-11-20\n"
    assert says in one_told(tmp_path, f"{text}    {line}\n{SOURCES}")


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("type: promotional", "type: magazine", "did you mean 'promotional'?"),
        ("type: promotional", "type: randomised trial", "did you mean 'rct'?"),
        ("read:", "journal: Hair Today, read:", "that is 'publication' here, such as"),
    ],
)
def test_a_source_says_what_was_meant_too(tmp_path: Path, before: str, after: str, says: str) -> None:
    assert says in one_told(tmp_path, HEAD + SOURCES.replace(before, after))


def test_a_name_that_is_taken_may_mean_the_entry_that_has_it(tmp_path: Path) -> None:
    message = one_told(tmp_path, HEAD.replace("name: Wave cap", "name: PRP", 1) + SOURCES)
    assert "the name 'PRP' already leads to 'prp'; use another one, or, if it is one of that kind, write" in message


def test_an_unknown_source_says_where_the_built_in_keys_are(tmp_path: Path) -> None:
    assert "'hairtx sources prp' lists built-in keys" in one_told(tmp_path, HEAD)


def test_who_is_far_from_an_entry_is_told_once_of_the_starter(run: Run, tmp_path: Path) -> None:
    (tmp_path / "far.yaml").write_text("treatments:\n  - {id: wave-cap}\n" + SOURCES)
    (tmp_path / "near.yaml").write_text(HEAD.replace("device", "devise") + SOURCES)
    assert run("validate", "far.yaml", cwd=tmp_path).stdout.splitlines()[-1] == (
        "far.yaml: 7 errors, 1 warning; 'hairtx new ID' writes a starter to fill in"
    )
    assert run("validate", "near.yaml", cwd=tmp_path).stdout.splitlines()[-1] == "near.yaml: 1 error, 0 warnings"


# What to type.


@pytest.mark.parametrize(
    "field", [one for one in DESCRIPTIONS if one.startswith("Treatment.") and one != "Treatment.extends"]
)
def test_a_shape_is_valid_as_it_stands(field: str) -> None:
    name = field.partition(".")[2]
    entry: dict[str, Any] = yaml.safe_load(HEAD)["treatments"][0]
    entry[name] = yaml.safe_load(shape(field))
    read = msgspec.convert({"treatments": [entry]}, CatalogueFile, dec_hook=decode_quantity)
    assert not hasattr(read.treatments[0], "sources")
    assert "\n" not in shape(field)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            "costs: 250 € per session",
            "expected a list, found the text '250 € per session'; write it like [{per: session",
        ),
        ("claims:", "nothing is written here; write it like [{claim: It has no downtime"),
        ("aliases: 'cap: wave'", "write it as ['cap: wave']"),
        ("cautions: [blood-thinners]", "expected a mapping, found the text 'blood-thinners'; write it like {factor: "),
        ("schedule: weekly", "write it like {phases: [{name: use, every: once a day, sources: [wave-page]}]}"),
        ("downtime: {visible_signs: {lasts: 2 days, sources: []}}", "at least 1 item, such as [wave-page]"),
    ],
)
def test_what_has_the_wrong_shape_is_shown_the_right_one(tmp_path: Path, line: str, says: str) -> None:
    assert says in one_told(tmp_path, f"{HEAD}    {line}\n{SOURCES}")


def test_words_of_a_scale_stand_in_its_order(tmp_path: Path) -> None:
    text = HEAD.replace("non-invasive", "a bit") + SOURCES
    assert "none, non-invasive, minimally-invasive, moderately-invasive, surgical" in one_told(tmp_path, text)


def test_all_missing_keys_of_an_entry_are_told_with_their_shapes(tmp_path: Path) -> None:
    messages = told(tmp_path, "treatments:\n  - {id: wave-cap}\n" + SOURCES)
    assert len(messages) == 7
    assert sum("'hairtx new ID' writes an entry" in one for one in messages) == 1
    shapes = [re.search(r"(?:such as|write) '([^']+)'", one) for one in messages]
    lines = ["    " + one[1] for one in shapes if one is not None]
    assert len(lines) == 7
    assert not told(tmp_path, "treatments:\n  - id: wave-cap\n" + "\n".join(lines) + "\n" + SOURCES)


CLINIC = """\
treatments:
  - id: clinic-prp
    name: PRP at our clinic
    price: 250
    sessions: 4
    costs: 250 € per session
    cautions:
      - blood-thinners
    schedule: weekly
    claims:
    invasiveness: minimally invasive
    reviewed: 2026-03-01
"""


def test_a_price_list_typed_by_hand_is_valid_after_three_runs(tmp_path: Path) -> None:
    """Each run is followed by doing what the messages say, and nothing else."""
    first = " ".join(told(tmp_path, CLINIC))
    for shown in (
        "kind: medicine",
        "setting: home",
        "short_name: My tonic",
        "summary: {text:",
        "[{per: session",
        "{factor: ",
    ):
        assert shown in first
    second = """\
treatments:
  - id: clinic-prp
    name: PRP at our clinic
    short_name: Our PRP
    kind: procedure
    setting: clinic
    invasiveness: minimally-invasive
    summary: {text: Blood is taken and spun., sources: [our-page]}
    costs: [{per: session, amount: 250, currency: EUR, region: Bonn, sources: [our-page]}]
    cautions:
      - {factor: blood-thinners, action: avoid, why: It may bruise., sources: [our-page]}
    schedule: {phases: [{name: first course, sessions: 4, every: weekly, sources: [our-page]}]}
    reviewed: 2026-03-01
"""
    messages = told(tmp_path, second)
    assert {one.partition("; ")[2].partition(",")[0] for one in messages} == {
        "add it under 'sources:'",
        "did you mean 'anticoagulants'?",
        "write it like '4 weeks'",
    }
    third = second.replace("blood-thinners", "anticoagulants").replace("weekly", "once a week")
    assert not told(
        tmp_path, third + "sources:\n  our-page: {type: promotional, title: Our leaflet, read: full-text}\n"
    )


def shown(messages: list[str], pattern: str) -> str:
    """What the only message with the pattern shows between quotes behind it."""
    (found,) = [match[1] for one in messages if (match := re.search(pattern, one))]
    return found


def test_a_list_of_prices_by_treatment_is_valid_after_two_runs(tmp_path: Path) -> None:
    first = told(tmp_path, "PRP: 450 EUR per session\nMinoxidil: 40 EUR a month\n")
    assert len(first) == 2
    entries = [re.search("'treatments: (.*?)'; what", one) for one in first]
    listed = [yaml.safe_load(one[1])[0] for one in entries if one is not None]
    assert [one["extends"] for one in listed] == ["prp", "topical-minoxidil"]
    source = re.search("such as '(sources: .*)'$", first[0])
    assert source is not None
    assert not told(tmp_path, f"{yaml.safe_dump({'treatments': listed})}{source[1]}\n")


def test_a_list_of_prices_in_the_wrong_places_is_valid_after_three_runs(tmp_path: Path) -> None:
    first = told(tmp_path, "treatments:\n  Minoxidil: {price: 40 EUR}\n")
    second = "treatments: " + shown(first, r"write it like (\[.*\])$")
    assert "extends: topical-minoxidil" in second
    (message,) = told(tmp_path, second + "\n")
    source = shown([message], r"such as '(our-page: \{.*\})'")
    assert not told(tmp_path, f"{second}\nsources:\n  {source}\n")


def test_a_claim_from_a_magazine_is_valid_after_two_runs(tmp_path: Path) -> None:
    first = """\
treatments:
  - extends: prp
    claims:
      - text: It regrows all hair.
        by: glossy
        verdict: not established
        reason: No study shows it.
        sources: [glossy]
sources:
  glossy: {type: magazine, title: Hair today, journal: Glossy, read: full-text}
"""
    messages = " ".join(told(tmp_path, first))
    for old, new in {
        "text": "claim",
        "by: glossy": "claimed_by: [glossy]",
        "not established": "not-established",
        "reason": "why",
        "magazine": "promotional",
        "journal": "publication",
    }.items():
        assert new in messages
        first = first.replace(old, new, 1)
    assert not told(tmp_path, first)


def test_a_device_with_a_trial_is_valid_after_two_runs(tmp_path: Path) -> None:
    first = f"""\
{HEAD}    cost: {{per: device, amount: 300, currency: EUR, region: DE, sources: [wave-page]}}
    minutes: 20
    effects:
      - condition: androgenetic-alopecia
        outcome: hair-density
        comparator: sham
        measure: mean-difference
        value: 5
        ci: [1, 9]
        design: one trial
        sources: [wave-trial]
sources:
  wave-page: {{type: website, title: Wave cap, read: full-text}}
  wave-trial: {{type: randomised trial, title: Wave trial, read: abstract}}
"""
    messages = " ".join(told(tmp_path, first))
    assert "'item'?" not in messages  # of a value whose key has to change, one thing at a time is told
    for old, new, says in (
        ("cost: {per: device", "costs: [{per: session", "such as 'costs: [{per: session"),
        ("sources: [wave-page]}\n    m", "sources: [wave-page]}]\n    m", "sources: [wave-page]}]'"),
        (
            "minutes: 20",
            "schedule: {session_length: {lasts: 20 minutes, sources: [wave-page]}}",
            "'schedule: {session_length: {lasts: 30-60 minutes, sources: [wave-page]}}'",
        ),
        ("ci:", "ci95:", "'ci95: ["),
        ("type: website", "type: promotional", "did you mean 'promotional'?"),
        ("randomised trial", "rct", "did you mean 'rct'?"),
    ):
        assert says in messages
        first = first.replace(old, new, 1)
    assert not told(tmp_path, first)


def test_a_rate_is_shown_where_words_for_one_were_tried(tmp_path: Path) -> None:
    phase = "    schedule: {phases: [{name: use, every: weekly, sources: [wave-page]}]}\n"
    message = one_told(tmp_path, HEAD + phase + SOURCES)
    assert "write it like '4 weeks', or as a rate like 'once a week' or '2-3 times a week'" in message


# What was written in another way than it will be read.


def _priced(amount: str) -> str:
    price = f"{{per: one-off, amount: {amount}, currency: EUR, region: DE, year: 2026, sources: [wave-page]}}"
    return f"{HEAD}    costs:\n      - {price}\n{SOURCES}"


@pytest.mark.parametrize(
    ("amount", "says"),
    [
        ("1.500", "'1.500' may mean 1500 or 1.50; write which of the two"),
        ("'1.500'", "'1.500' may mean 1500 or 1.50"),
        ("1.200-1.800", "may mean 1200 or 1.20"),
        ("900-1.800", "may mean 1800 or 1.80"),
        ("1,500", "a comma ends a value inside { }; write the number without it, such as 1500"),
        ("12,50", "write the number without it, such as 12.50"),
    ],
)
def test_a_price_with_a_sign_for_thousands_is_asked_about(tmp_path: Path, amount: str, says: str) -> None:
    assert says in one_told(tmp_path, _priced(amount))


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("1299.00", "EUR 1,299 once"),
        ("12.50", "EUR 12.50 once"),
        ("12.5", "EUR 12.50 once"),
        ("0.125", "EUR 0.125 once"),
        ("1500", "EUR 1,500 once"),
        ("999.5 - 1200.00", "EUR 999.50-1,200 once"),
        ("1200.0000", "EUR 1,200 once"),
    ],
)
def test_a_price_is_shown_with_cents_where_there_are_some(tmp_path: Path, amount: str, shown: str) -> None:
    assert not told(tmp_path, _priced(amount))
    report = hairtx.describe(hairtx.load(overlays=[tmp_path / "clinic.yaml"]), "wave-cap", rows=["costs"], view="full")
    assert shown in hairtx.render(report, "markdown").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("title: Trial #3 (Bonn)", (1, 19)),
        ("title: Trial\n     and #3", (1, 19)),
        ("title: [no] #3", None),
        ("title: Trial # the third", None),
        ("title: 'Trial' #3", None),
        ("title: Trial#3", None),
        ("note: #3 of 4", (1, 18)),
        ("note:   #3 of 4", (1, 18)),
        ("note: # nothing yet", None),
    ],
)
def test_text_that_is_lost_behind_a_sharp_is_told(written: str, place: tuple[int, int] | None) -> None:
    problems: list[hairtx.Problem] = []
    for pure_python in (False, True):
        found: list[hairtx.Problem] = []
        parse_yaml(f"a:\n  {written}\n".encode(), "x", problems=found, pure_python=pure_python)
        assert [one.check for one in found] == (["cut-text"] if place else [])
        assert not found or "put quotes around all of it" in found[0].message
        problems += found
    assert len({(one.line, one.column) for one in problems}) <= 1


def test_fix_puts_quotes_around_the_whole_of_a_text_that_was_cut() -> None:
    before = (
        "treatments:\n- id: a #b\n  name: b\n    c #d\r\n"
        "sources:\n  s:\n    type: review #x\n    title: It's trial #3 (Bonn)  # of 4\n    note: [a #b\n      ]\n"
    )
    after = (
        "treatments:\n- id: a #b\n  name: 'b\n    c #d'\r\n"
        "sources:\n  s:\n    type: review #x\n    title: 'It''s trial #3 (Bonn)'  # of 4\n    note: [a #b\n      ]\n"
    )
    assert mended(before.encode(), "x").decode() == after


# One line, one place.


def test_a_file_indented_with_tabs_has_one_thing_wrong(tmp_path: Path) -> None:
    text = '{\n\t"treatments": [\n\t\t{"extends": "prp", "reviewed": 2026-01-01}\n\t]\n}\n'
    assert "a tab stands here" in one_told(tmp_path, text)


def test_every_problem_has_one_line_and_a_place(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(
        'sources:\n  "a\\nb": {type: rct}\n  ? |\n    c\n    d\n  : 3\n"e\\nf": 4\n'
        'treatments:\n - {name: "x\\ny", aliases: "a\\nb", kind: "p\\nq", "x\\n1": 3}\n'
    )
    done = run("validate", "x.yaml", cwd=tmp_path)
    *lines, _ = done.stdout.splitlines()
    assert len(lines) > 10
    assert all(re.match(r"x\.yaml:[1-9]\d*:[1-9]\d*: [a-z-]+( \(warning\))?: ", line) for line in lines)


def test_what_was_looked_up_in_the_future_warns(tmp_path: Path) -> None:
    price = "    costs: [{per: session, amount: 1, currency: EUR, region: DE, year: 2199, sources: [wave-page]}]\n"
    messages = told(tmp_path, HEAD.replace("2026-11-20", "2199-01-01") + price + SOURCES, warnings=True)
    assert sum("yet to come" in one for one in messages) == 2
    assert not told(tmp_path, HEAD.replace("2026-11-20", "2199-01-01") + price + SOURCES)
