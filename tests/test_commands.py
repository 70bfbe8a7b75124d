"""The commands as a user meets them: real processes, the shipped catalogue."""

from __future__ import annotations

from conftest import Run


def test_comparison_names_both_treatments_and_its_sources(run: Run) -> None:
    done = run("compare", "prp", "mesotherapy")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "PRP" in done.stdout
    assert "Mesotherapy" in done.stdout
    assert "References" in done.stdout
