"""The JSON Schema that editors use, held to the model, to our data and to the standard."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, Run
from hairtx.catalogue import model, quantity
from hairtx.catalogue.descriptions import DESCRIPTIONS
from hairtx.catalogue.reading.yaml import parse_yaml
from hairtx.catalogue.schema import SCHEMAS, schema_for
from hairtx.formats.structured import json_text

BUILT_IN = ("treatments", "sources", "vocabulary", "about")


def _plain(value: Any) -> Any:
    """Dates as text, which is what they are to an editor."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


@cache
def _data(name: str) -> Any:
    return _plain(parse_yaml((ROOT / "data" / f"{name}.yaml").read_bytes(), name))


@cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema_for(name))


@pytest.mark.parametrize("name", SCHEMAS)
def test_committed_schema_is_the_model_s(name: str) -> None:
    committed = (ROOT / "data" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert committed == json_text(schema_for(name)), "run 'make schema'"


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_valid_by_the_standard(name: str) -> None:
    schema = schema_for(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", BUILT_IN)
def test_built_in_file_fits_its_schema_and_names_it_in_its_first_line(name: str) -> None:
    data = _data(name)
    assert not list(_validator(name).iter_errors(data))
    assert not list(_validator("catalogue").iter_errors(data))
    first = (ROOT / "data" / f"{name}.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema={name}.schema.json"


def test_every_field_has_title_description_and_examples_that_fit_it() -> None:
    schema = schema_for("catalogue")
    seen = 0
    for record in [schema, *schema["$defs"].values()]:
        for name, field in record.get("properties", {}).items():
            seen += 1
            assert field["title"], name
            assert field["description"].endswith("."), name
            assert field["examples"], name
            for example in field["examples"]:
                validator = jsonschema.Draft202012Validator({**field, "$defs": schema["$defs"]})
                assert not list(validator.iter_errors(example)), (record.get("title"), name, example)
    assert seen > 140


def test_nothing_is_described_that_the_model_does_not_have() -> None:
    records = [one for one in vars(model).values() if isinstance(one, type) and issubclass(one, model.Record)]
    known = {f"{one.__name__}.{field.encode_name}" for one in records for field in msgspec.structs.fields(one)}
    assert set(DESCRIPTIONS) == known | {"Treatment.extends"}


BROKEN = {
    "a misspelt key": ("short_nam", "X"),
    "a word that is not allowed": ("kind", "lotion"),
    "a number where text is meant": ("name", 7),
    "a backward date": ("reviewed", 7),
    "text where a list is meant": ("aliases", "x"),
    "an id in capitals": ("id", "PRP"),
    "a quantity in words": ("results", {"first_signs": "soon"}),
    "a statement without a source": ("summary", {"text": "x", "sources": []}),
    "an empty name": ("name", "   "),
}


@pytest.mark.parametrize("what", BROKEN)
def test_schema_refuses(what: str) -> None:
    entry = _data("treatments")["treatments"][3]
    key, value = BROKEN[what]
    assert _validator("treatments").is_valid({"treatments": [entry]})
    assert not _validator("treatments").is_valid({"treatments": [{**entry, key: value}]})


def test_an_entry_that_extends_another_may_leave_out_everything_else() -> None:
    validator = _validator("catalogue")
    assert validator.is_valid({"treatments": [{"extends": "prp"}]})
    assert not validator.is_valid({"treatments": [{"extends": "prp", "cost": []}]})
    assert not validator.is_valid({"treatments": [{"id": "prp"}]})


KINDS = {
    "Count": quantity.Count,
    "Amount": quantity.Amount,
    "Duration": quantity.Duration,
    "Interval": quantity.Interval,
}
FIELDS = {
    "Count": ("Phase", "sessions"),
    "Amount": ("Cost", "amount"),
    "Duration": ("Lasting", "lasts"),
    "Interval": ("Phase", "every"),
}
_WRITTEN = st.one_of(
    st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,2})?( ?- ?[0-9]{1,3})?( (hour|day|week|month)s?)?", fullmatch=True),
    st.from_regex(r"(once|twice|[1-9]-?[0-9]? times?) (a|per) (day|week)", fullmatch=True),
    st.text(alphabet="0123456789-. daysweeks", max_size=12),
    st.integers(-5, 10**9),
)


@given(_WRITTEN, st.sampled_from(sorted(KINDS)))
def test_whatever_reads_as_a_quantity_fits_the_schema(written: Any, name: str) -> None:
    record, field = FIELDS[name]
    schema = _validator("catalogue").schema["$defs"][record]["properties"][field]
    fits = jsonschema.Draft202012Validator(schema).is_valid(written)
    fault = _fault(KINDS[name], written)
    # A pattern cannot tell that a range runs backwards or leaves no time; everything else it can.
    assert fits == (fault is None) or any(word in str(fault) for word in ("backwards", "zero", "rate"))


def _fault(kind: type[quantity.Quantity], written: Any) -> quantity.QuantityError | None:
    try:
        kind.parse(written)
    except quantity.QuantityError as error:
        return error
    return None


def test_schema_command_prints_or_writes_it(run: Run, tmp_path: Path) -> None:
    assert json.loads(run("schema").stdout) == json.loads(json_text(schema_for("catalogue")))
    target = tmp_path / "s.json"
    assert run("schema", "sources", "-o", str(target)).returncode == 0
    assert json.loads(target.read_text()) == json.loads(json_text(schema_for("sources")))
