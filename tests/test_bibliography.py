"""The bibliography, and what reference managers make of it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pypandoc
import pytest

import hairtx
from conftest import Run
from hairtx.analysis.citing import short_name
from hairtx.catalogue.model import Source
from support import ONLY_SMALL, loaded, more, small_values

#: Types and variables of CSL 1.0.2 that a bibliography like ours can use.
CSL_TYPES = {"article-journal", "webpage", "document", "report", "book", "chapter", "regulation"}
CSL_TEXT = {
    *("id", "type", "title", "container-title", "volume", "issue", "page", "DOI", "PMID", "URL", "genre", "note")
}


@pytest.fixture(scope="module")
def items(catalogue: hairtx.Catalogue) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(hairtx.render(hairtx.list_sources(catalogue), "csl-json"))
    return found


def test_sources_say_what_they_were_used_for_and_how_much_was_read(run: Run) -> None:
    done = run("sources", "test-tonic", "--type", "rct", *ONLY_SMALL)
    assert (done.returncode, done.stderr) == (0, "")
    text = " ".join(done.stdout.split())
    assert "used for: Test tonic (" in text
    assert "measured effect" in text
    assert "abstract read" in text
    assert "https://pubmed.ncbi.nlm.nih.gov/12345/" in text
    assert "test-review" not in text
    reviews = run("sources", "--type", "systematic-review", *ONLY_SMALL).stdout
    assert "https://doi.org/10.5555/test.review" in reviews
    assert "read in full" in " ".join(reviews.split())


def test_every_source_has_a_use(catalogue: hairtx.Catalogue) -> None:
    sources = hairtx.list_sources(catalogue).data["sources"]
    assert sources.keys() == catalogue.sources.keys()
    assert all(one["used_for"] for one in sources.values())


def test_uses_name_the_field_that_cites(catalogue: hairtx.Catalogue) -> None:
    sources = hairtx.list_sources(catalogue).data["sources"]
    for treatment in catalogue:
        for effect in treatment.effects:
            for key in effect.sources:
                assert "effects" in sources[key]["used_for"][treatment.id]
        for claim in treatment.claims:
            for key in claim.claimed_by:
                assert "claimed_by" in sources[key]["used_for"][treatment.id]


def test_sources_of_one_treatment_are_those_that_its_comparison_cites(catalogue: hairtx.Catalogue) -> None:
    described = hairtx.describe(catalogue, "prp", view="full")
    # What is said of the condition, on top, has sources of its own.
    on_top = {number for item in described.lead for number in item.refs}
    there = {one.key for one in described.references if one.number in on_top}
    cited = {one.key for one in described.references}
    assert set(hairtx.list_sources(catalogue, ["prp"]).data["sources"]) - there == cited - there


def test_csl_has_every_source_once(items: list[dict[str, Any]], catalogue: hairtx.Catalogue) -> None:
    assert sorted(one["id"] for one in items) == sorted(catalogue.sources)


def test_csl_keeps_to_the_rules_of_csl_json(items: list[dict[str, Any]], catalogue: hairtx.Catalogue) -> None:
    for item in items:
        assert item.keys() <= CSL_TEXT | {"author", "issued"}, item["id"]
        assert all(isinstance(item[key], str) and item[key] for key in CSL_TEXT & item.keys())
        assert item["type"] in CSL_TYPES
        for name in item.get("author", []):
            parts = name.keys() - {"non-dropping-particle", "suffix"}
            assert parts == {"family", "given"} or name.keys() == {"literal"}, item["id"]
            assert not re.search(r"\bothers|\bet al", " ".join(name.values()))
            assert all(isinstance(part, str) and part.strip() == part and part for part in name.values())
        if "issued" in item:
            ((year,),) = item["issued"]["date-parts"]
            assert year == catalogue.sources[item["id"]].year
        assert re.fullmatch(r"10\.\d{4,9}/\S+", item.get("DOI", "10.1000/1"))
        assert re.fullmatch(r"\d+", item.get("PMID", "1"))
        assert item.get("URL", "https://").startswith(("https://", "http://"))


def test_csl_splits_people_and_leaves_organisations_whole() -> None:
    found = json.loads(hairtx.render(hairtx.list_sources(more()), "csl-json"))
    authors = {one["id"]: one.get("author") for one in found}
    assert authors["test-review"] == [{"family": "Tester", "given": "A"}, {"family": "Example", "given": "B"}]
    assert authors["test-many"] == [{"family": "Zhou", "given": "Z"}]
    notes = {one["id"]: one["note"] for one in found}
    assert notes["test-many"].startswith("With more authors than are named here. ")
    assert "more authors" not in notes["test-review"]
    assert authors["test-clinic"] == [{"literal": "T1 Test Center"}]
    assert authors["test-cohort"] is None


def cited(tmp_path: Path, **source: Any) -> dict[str, Any]:
    """One source as CSL-JSON."""
    values = small_values()
    values["sources"]["test-review"] = {"type": "rct", "title": "T", "read": "abstract", **source}
    report = hairtx.list_sources(loaded(values, tmp_path / "cited.yaml"))
    items = {one["id"]: one for one in json.loads(hairtx.render(report, "csl-json"))}
    return items["test-review"]


KARAKUS = {"family": "Karakuş", "given": "Ö"}


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("English RS Jr, Karakuş Ö", [{"family": "English", "given": "RS", "suffix": "Jr"}, KARAKUS]),
        ("English RS, Jr., Karakuş Ö", [{"family": "English", "given": "RS", "suffix": "Jr"}, KARAKUS]),
        ("Davis J III", [{"family": "Davis", "given": "J", "suffix": "III"}]),
        (
            "van der Berg P; de la Cruz É",
            [
                {"family": "Berg", "given": "P", "non-dropping-particle": "van der"},
                {"family": "Cruz", "given": "É", "non-dropping-particle": "de la"},
            ],
        ),
        ("Nascimento e Silva M and Jean-Luc J-P", [{"family": "Nascimento e Silva", "given": "M"}, {"family": "Jean-Luc", "given": "J-P"}]),
        ("O’Brien M, & Łoś Ż, et al.", [{"family": "O’Brien", "given": "M"}, {"family": "Łoś", "given": "Ż"}]),
        ("Zhou Z and others", [{"family": "Zhou", "given": "Z"}]),
        ("et al.", None),
        ("Serizawa, Funasaka, Goto", [{"literal": "Serizawa, Funasaka, Goto"}]),
        *((body, [{"literal": body}]) for body in (
            "Boots UAE", "EMA CHMP", "Lilly and Incyte", "North Tees and Hartlepool NHS", "Drugs.com / ASHP",
            "US Food and Drug Administration", "Brant A, Hillstone Pharmacy", "Polichem S.A.", "report on Wu S",
        )),
    ],
)  # fmt: skip
def test_csl_knows_people_by_their_initials(written: str, people: Any, tmp_path: Path) -> None:
    assert cited(tmp_path, authors=written).get("author") == people


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Br J Dermatol 166(5):916-926", ("Br J Dermatol", "166", "5", "916-926")),
        ("Actas Dermo 2022;113(7):725-727", ("Actas Dermo", "113", "7", "725-727")),
        ("J Am Acad Dermatol 52(2 Suppl 1):S12-S16", ("J Am Acad Dermatol", "52", "2 Suppl 1", "S12-S16")),
        ("Stem Cell Research & Therapy 12:486", ("Stem Cell Research & Therapy", "12", None, "486")),
        ("Acta Dermato-Venereologica 100: adv00247", ("Acta Dermato-Venereologica", "100", None, "adv00247")),
        ("J Cosmet Dermatol 24(4) e70185", ("J Cosmet Dermatol", "24", "4", "e70185")),
        ("Dermatologic Therapy 35(7)", ("Dermatologic Therapy", "35", "7", None)),
        ("The Open Dermatology Journal 17", ("The Open Dermatology Journal", "17", None, None)),
        ("Blood Transfusion 21(1):24-36 (online 15 November 2021)", ("Blood Transfusion", "21", "1", "24-36")),
        ("Women's Dermatology, no. 4, e059", ("Women's Dermatology", None, "4", "e059")),
        ("Case Reports in Medicine 2012, article 356236", ("Case Reports in Medicine", None, None, "356236")),
        ("Journal of Cosmetic Dermatology 2023", ("Journal of Cosmetic Dermatology", None, None, None)),
        ("Clinical, Cosmetic and Investigational Dermatology", ("Clinical, Cosmetic and Investigational Dermatology", None, None, None)),
    ],
)  # fmt: skip
def test_csl_has_volume_issue_and_pages_in_fields_of_their_own(
    written: str, said: tuple[Any, ...], tmp_path: Path
) -> None:
    item = cited(tmp_path, publication=written)
    assert tuple(item.get(name) for name in ("container-title", "volume", "issue", "page")) == said
    assert item["type"] == "article-journal"


@pytest.mark.parametrize(
    ("kind", "publication", "wanted"),
    [
        ("review", "Skin Appendage Disord", "article-journal"),
        ("review", "healthline.com", "webpage"),
        ("review", "Healio, 9 October 2022", "webpage"),
        ("rct", "congress poster abstract", "webpage"),
        ("rct", "trial registry entry NCT01655108", "webpage"),
        ("promotional", "clinic blog, 7 December 2011", "webpage"),
        ("label", "US label 06/2022", "document"),
        ("regulator", "FDA 510(k) summary", "document"),
    ],
)
def test_csl_tells_articles_from_pages(kind: str, publication: str, wanted: str, tmp_path: Path) -> None:
    item = cited(tmp_path, type=kind, publication=publication)
    assert (item["type"], item["container-title"]) == (wanted, publication)


def test_no_journal_of_the_catalogue_is_named_with_its_pages(items: list[dict[str, Any]]) -> None:
    for item in items:
        if item["type"] == "article-journal":
            assert not re.search(r"\d\(|\(\d|\d:|;\d| \d+$", item.get("container-title", "")), item
        assert re.fullmatch(r"[A-Za-z0-9]*\d(-[A-Za-z0-9]*\d)?", item.get("page", "1"))
    assert sum("page" in item for item in items) > 150


def test_csl_is_for_sources_only(catalogue: hairtx.Catalogue, run: Run) -> None:
    with pytest.raises(hairtx.UsageError, match="hairtx sources"):
        hairtx.render(hairtx.compare(catalogue, ["prp", "prf"], view="table"), "csl-json")
    done = run("claims", "prp", "--format", "csl-json")
    assert done.returncode == 2


@pytest.mark.slow
def test_pandoc_cites_every_source(items: list[dict[str, Any]], tmp_path: Path) -> None:
    bibliography = tmp_path / "references.json"
    bibliography.write_text(json.dumps(items), encoding="utf-8")
    text = "".join(f"[@{one['id']}]\n\n" for one in items)
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "--citeproc", "--bibliography", str(bibliography), "--to", "html"],
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "not found" not in done.stderr
    entries = set(re.findall(r'id="ref-([^"]+)"', done.stdout))
    assert entries == {one["id"] for one in items}


def test_pandoc_makes_bibtex_of_it(tmp_path: Path) -> None:
    item = cited(
        tmp_path, authors="van der Berg P, English RS Jr", publication="Br J Dermatol 166(5):916-926", year=2012
    )
    bibtex = pypandoc.convert_text(json.dumps([item]), "bibtex", format="csljson")
    assert "@article{test-review," in bibtex
    for field in ("{van der Berg, P and English Jr, RS}", "{Br J Dermatol}", "volume = {166}", "{916-926}", "2012"):
        assert field in bibtex.replace("--", "-")


# Short names


def test_a_short_name_is_a_whole_name(catalogue: hairtx.Catalogue) -> None:
    names = {key: short_name(one) for key, one in catalogue.sources.items()}
    cut = re.compile(
        r"(?<!\.)\b(?:of|the|in|as|and|for|with|to|on|from|by|our)(?: \d{4})?$|[,;:(/](?: \d{4})?$", re.IGNORECASE
    )
    assert {key: name for key, name in names.items() if cut.search(name)} == {}
    bodies = {key for key, one in catalogue.sources.items() if one.authors and names[key].startswith(one.authors)}
    assert max(len(name) for key, name in names.items() if key not in bodies) <= 53


@pytest.mark.parametrize(
    ("source", "short"),
    [
        ({"authors": "Kaufman KD, Olsen EA", "year": 1998}, "Kaufman 1998"),
        ({"authors": "Guo EL and Katta R", "year": 2017}, "Guo 2017"),
        ({"authors": "van Zuuren EJ, Fedorowicz Z", "year": 2016}, "van Zuuren 2016"),
        ({"authors": "Yagyu K, Shapiro R"}, "Yagyu et al."),
        ({"authors": "US FDA", "year": 2009}, "US FDA 2009"),
        ({"authors": "Royal Free London NHS"}, "Royal Free London NHS"),
        ({"authors": "Eli Lilly / FDA", "year": 2022}, "Eli Lilly 2022"),
        ({"authors": "manufacturer", "title": "Tonic: safety information"}, "Tonic: safety information"),
        ({"publication": "New England Journal of Medicine 340(19):1471", "year": 1999}, "New England Journal of Medicine 1999"),
        ({"publication": "third-party copy of the leaflet", "title": "Tonic spray, leaflet"}, "Tonic spray"),
        ({"publication": "PMC123", "title": "Table of adverse drug reactions in the Korean post-marketing study"},
         "Table of adverse drug reactions"),
        ({"title": "Price list of our clinic"}, "Price list of our clinic"),
    ],
)  # fmt: skip
def test_a_short_name_is_taken_from_who_or_where_or_what(source: dict[str, Any], short: str) -> None:
    assert short_name(Source(**{"type": "review", "title": "A title", "read": "abstract", **source})) == short
