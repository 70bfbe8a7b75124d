"""The library as a program imports it."""

from __future__ import annotations

import subprocess
import sys

import pytest

import hairtx


@pytest.mark.parametrize("first", ["", "import hairtx.render.markdown", "from hairtx.render import formats"])
def test_render_is_a_function_whatever_was_imported_before(first: str) -> None:
    code = f"{first}\nimport hairtx\nprint(hairtx.render(hairtx.describe_edition(hairtx.load()), 'markdown'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.stderr == ""
    assert done.stdout.startswith("# About")


def test_everything_that_is_exported_is_there() -> None:
    for name in hairtx.__all__:
        assert getattr(hairtx, name) is not None
    assert sorted(hairtx.__all__) == dir(hairtx)


def test_name_that_is_not_exported_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'recommend'"):
        hairtx.recommend  # noqa: B018  # looking it up is the point
