"""What ``import hairtx`` offers."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

import hairtx

FIVE_LINES = """
import hairtx

catalogue = hairtx.load()
document = hairtx.compare(catalogue, ["prp", "mesotherapy"])
print(hairtx.render(document, "markdown"))
"""


def in_a_fresh_interpreter(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_five_lines_load_compare_and_render() -> None:
    said = in_a_fresh_interpreter(FIVE_LINES)
    assert said.startswith("# PRP or mesotherapy for ")
    assert "## References" in said


def test_the_five_lines_are_those_of_the_module() -> None:
    documented = "".join((hairtx.__doc__ or "").split())
    assert "".join(FIVE_LINES.split()) in documented


def test_no_record_of_the_library_can_be_changed() -> None:
    for module in pkgutil.walk_packages(hairtx.__path__, "hairtx."):
        if module.name != "hairtx.__main__":
            importlib.import_module(module.name)

    def kinds(kind: Any) -> Iterator[Any]:
        for one in kind.__subclasses__():
            yield one
            yield from kinds(one)

    ours = [one for one in kinds(msgspec.Struct) if one.__module__.startswith("hairtx.")]
    assert len(ours) > 50
    # The reader of files fills these while it reads.
    changing = {one.__name__ for one in ours if not one.__struct_config__.frozen}
    assert changing == {"Positions", "_FileRead"}


def test_options_are_given_by_name_and_the_rest_by_either() -> None:
    for name in hairtx.__all__:
        call = getattr(hairtx, name)
        if inspect.isfunction(call):
            kinds = [one.kind for one in inspect.signature(call).parameters.values()]
            assert kinds[0] is inspect.Parameter.POSITIONAL_OR_KEYWORD, name
            assert len(kinds) == 1 or kinds[-1] is inspect.Parameter.KEYWORD_ONLY, name
    made = inspect.signature(hairtx.Catalogue).parameters.values()
    assert {one.kind for one in made} == {inspect.Parameter.KEYWORD_ONLY}


def test_everything_promised_is_there() -> None:
    for name in hairtx.__all__:
        assert getattr(hairtx, name) is not None
    assert set(dir(hairtx)) == set(hairtx.__all__)
    with pytest.raises(AttributeError, match="no attribute 'diagnose'"):
        hairtx.diagnose  # noqa: B018  # looking it up is the test


def test_importing_costs_none_of_the_heavy_libraries() -> None:
    heavy = "{'rich', 'yaml', 'typer', 'msgspec', 'csv'}"
    assert in_a_fresh_interpreter(f"import sys, hairtx; print(sorted({heavy} & set(sys.modules)))").strip() == "[]"


def test_filter_and_list_work_without_the_command_line(catalogue: hairtx.Catalogue) -> None:
    report = hairtx.list_treatments(catalogue, hairtx.Filters(kind="device", match="laser"))
    assert "Laser and light" in hairtx.render(report, "table")
    assert len(list(catalogue)) == len(catalogue) == len(catalogue.treatments)


def test_every_error_is_one_of_the_family() -> None:
    for name in ("CatalogueError", "OutputError", "UnknownNameError", "UsageError"):
        assert issubclass(getattr(hairtx, name), hairtx.HairtxError)
    assert hairtx.UsageError.exit_code == 2
    assert hairtx.CatalogueError.exit_code == hairtx.OutputError.exit_code == 1


def test_an_unknown_format_is_refused(catalogue: hairtx.Catalogue) -> None:
    with pytest.raises(hairtx.UsageError, match="no format 'docx'"):
        hairtx.render(hairtx.describe(catalogue, "prp"), "docx")


def test_records_cannot_be_changed(catalogue: hairtx.Catalogue) -> None:
    with pytest.raises(AttributeError):
        catalogue["prp"].name = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        catalogue.treatments["prp"] = catalogue["prp"]  # type: ignore[index]
