"""What is said, who says it, and the verdict."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import hairtx
from conftest import Run
from support import ONLY_SMALL, more


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


def test_a_claim_stands_with_who_makes_it_and_what_studies_show(run: Run) -> None:
    done = run("claims", "test-tonic", *ONLY_SMALL, "--format", "markdown")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("# 1 claim about test tonic, held against what studies show")
    assert "**Contradicted**: 1\u00a0of 1. The sources say otherwise." in done.stdout, "a number keeps its unit"
    assert (
        "| **It works for everybody** | A made-up brochure [\\[1\\]][1] | contradicted | It did not in the trial. [\\[2\\]][2] |"
    ) in done.stdout


def test_every_claim_is_listed_once_and_cites_all_its_sources(catalogue: hairtx.Catalogue) -> None:
    report = hairtx.list_claims(catalogue)
    assert len(report.data["claims"]) == sum(len(one.claims) for one in catalogue)
    cited = {one.key for one in report.references}
    for treatment in catalogue:
        for claim in treatment.claims:
            assert {*claim.sources, *claim.claimed_by} <= cited
    keys = [key for block in report.blocks if block.grid for key in block.grid.keys]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("by", "claims"),
    [
        ("test-brochure", ["It works for everybody.", "One pill is enough."]),
        ("test-clinic", ["One pill is enough."]),
        # Words of a title, of authors, of a publication and of an address.
        ("brochure made-up", ["It works for everybody.", "One pill is enough."]),
        ("T1 center", ["One pill is enough."]),
        ("test agency", ["It is a pill."]),
        ("example.org", ["It works for everybody.", "One pill is enough."]),
    ],
)
def test_claims_of_one_source_are_found_by_key_and_by_words(by: str, claims: list[str]) -> None:
    report = hairtx.list_claims(more(), by=by)
    assert [one["claim"] for one in report.data["claims"]] == claims
    assert f"by {by}, held against" in report.title


def test_source_that_claims_nothing_is_an_error_with_suggestions() -> None:
    with pytest.raises(hairtx.UnknownNameError, match=r"Did you mean .*test-brochure"):
        hairtx.list_claims(more(), by="test-brochre")
    with pytest.raises(hairtx.UnknownNameError, match="no source of a claim called 'test-trial'"):
        hairtx.list_claims(more(), by="test-trial")


def test_no_claim_left_is_said() -> None:
    report = hairtx.list_claims(more(), ["test-tonic"], verdict="supported")
    assert report.data["claims"] == []
    assert "No claim on record passes these filters." in hairtx.render(report, "table")


def test_the_matrix_shows_every_kind_and_where_a_verdict_is_missing(run: Run, catalogue: hairtx.Catalogue) -> None:
    kinds = json.loads(run("claims", "--matrix", "prp", "prf", "-f", "json").stdout)["kinds"]
    assert list(kinds) == list(catalogue.claim_kinds)
    verdicts = {one.kind: one.verdict for one in catalogue["prp"].claims if one.kind}
    assert {key: found["prp"] for key, found in kinds.items() if found["prp"]} == verdicts
    shown = " ".join(run("claims", "--matrix").stdout.split())
    assert all(one.label.split()[0] in shown for one in catalogue.claim_kinds.values())
    assert run("claims", "--matrix", "--verdict", "supported").returncode == 2


def test_a_terminal_gets_claims_in_short_and_files_everything(run: Run, tmp_path: Path) -> None:
    short, full = (run("claims", "prp", *more).stdout for more in ((), ("--full",)))
    assert "who says it" not in short
    assert "--full" in short
    assert "who says it" in full
    assert len(short.splitlines()) < len(full.splitlines()) * 2 / 3
    run("claims", "prp", "-o", str(tmp_path / "claims.md"))
    assert "who says it" in (tmp_path / "claims.md").read_text(encoding="utf-8")
