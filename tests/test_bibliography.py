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
from support import ONLY_SMALL, more

#: Types and variables of CSL 1.0.2 that a bibliography like ours can use.
CSL_TYPES = {"article-journal", "webpage", "document", "report", "book", "chapter", "regulation"}
CSL_TEXT = {"id", "type", "title", "container-title", "DOI", "PMID", "URL", "genre", "note"}


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
            assert name.keys() in ({"literal"}, {"family", "given"}), item["id"]
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
    assert authors["test-many"] == [{"family": "Zhou", "given": "Z"}, {"literal": "others"}]
    assert authors["test-clinic"] == [{"literal": "T1 Test Center"}]
    assert authors["test-cohort"] is None


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
