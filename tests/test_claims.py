"""What is said, who says it, and the verdict."""

from __future__ import annotations

import csv
import io

import pytest

import hairtx
from conftest import Run


def test_contradicted_claims_stand_with_speaker_reason_and_sources(run: Run) -> None:
    done = run("claims", "--verdict", "contradicted", "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    rows = [row for row in csv.DictReader(io.StringIO(done.stdout)) if row["id"]]
    assert rows
    for row in rows:
        assert row["verdict"] == "contradicted"
        assert row["claim"]
        assert row["said_by"]
        assert row["why"]
        assert row["references"]


def test_article_that_contradicts_itself_is_quoted_against_itself(run: Run) -> None:
    done = run("claims", "mesotherapy")
    assert (done.returncode, done.stderr) == (0, "")
    text = " ".join(done.stdout.split())
    assert "It is non-invasive" in text
    assert "contradicted" in text


def test_every_claim_is_listed_once_and_cites_all_its_sources(catalogue: hairtx.Catalogue) -> None:
    report = hairtx.list_claims(catalogue)
    assert len(report.data["claims"]) == sum(len(one.claims) for one in catalogue)
    cited = {one.key for one in report.references}
    for treatment in catalogue:
        for claim in treatment.claims:
            assert {*claim.sources, *claim.claimed_by} <= cited
    keys = [key for block in report.blocks if block.grid for key in block.grid.keys]
    assert len(keys) == len(set(keys))


def test_claims_of_one_source_are_found_by_key_and_by_words(catalogue: hairtx.Catalogue) -> None:
    by_key = hairtx.list_claims(catalogue, by="seed-002").data["claims"]
    assert by_key
    assert all("seed-002" in one["claimed_by"] for one in by_key)
    by_words = hairtx.list_claims(catalogue, by="founding article").data["claims"]
    assert len(by_words) > len(by_key)


def test_source_that_claims_nothing_is_an_error_with_suggestions(catalogue: hairtx.Catalogue) -> None:
    with pytest.raises(hairtx.UnknownNameError, match=r"Did you mean .*seed-002"):
        hairtx.list_claims(catalogue, by="sed-002")


def test_no_claim_left_is_said(catalogue: hairtx.Catalogue) -> None:
    names = [one.id for one in catalogue if all(claim.verdict != "supported" for claim in one.claims)]
    report = hairtx.list_claims(catalogue, names[:1], verdict="supported")
    assert report.data["claims"] == []
    assert "No claim" in hairtx.render(report, "table")
