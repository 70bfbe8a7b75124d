"""Broken catalogue files: what is said of each, and where."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

import hairtx
from hairtx.catalogue.places import BUILTIN_FILES, builtin_folder
from hairtx.catalogue.reading.yaml import MAX_DEPTH, MAX_SCALAR, Positions, parse_yaml
from support import SMALL_FILE, hostile_text, loaded, problems_of, small_values, write_catalogue

Values = dict[str, Any]


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Callable[[str | bytes], hairtx.Problem]:
    """The one problem of a file with this content."""

    def problem(content: str | bytes) -> hairtx.Problem:
        problems = problems_of(written(tmp_path / "broken.yaml", content))
        assert len(problems) == 1, problems
        assert problems[0].file.endswith("broken.yaml")
        return problems[0]

    return problem


# Files that cannot be read at all


def test_missing_file_is_named(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path / "missing.yaml")
    assert problem.check == "file"
    assert "missing.yaml:1:1: file: the file cannot be read (" in str(problem)
    assert str(problem).endswith("); check the name and the permissions")


def test_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path)
    assert problem.check == "file"
    assert problem.message.startswith("the file ")


def test_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (problem,) = problems_of(tmp_path / "pipe")
    assert problem.message == "the file is not a regular file; give a YAML file"


def test_name_that_no_file_can_have_is_refused() -> None:
    (problem,) = problems_of(Path("nul\0.yaml"))
    assert problem.check == "file"


def test_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "secret.yaml", "treatments: []")
    path.chmod(0)
    user = os.geteuid()
    try:
        if user == 0:
            tmp_path.chmod(0o755)
            os.seteuid(65534)
        (problem,) = problems_of(path)
    finally:
        os.seteuid(user)
    assert (problem.check, problem.line, problem.column) == ("file", 1, 1)
    assert problem.message.endswith("); check the name and the permissions")


def test_no_files_make_no_catalogue() -> None:
    with pytest.raises(hairtx.HairtxError, match="no file"):
        hairtx.load([])


# Files that are not YAML, or not the plain part of it


@pytest.mark.parametrize(
    ("content", "check", "line", "column", "says"),
    [
        (b"about:\n  licence: \xff\xfe", "encoding", 2, 12, "save it as UTF-8"),
        ("about: {".encode("utf-16"), "encoding", 1, 1, "save it as UTF-8"),
        ("", "empty", 1, 1, "the file is empty"),
        ("# only words\n\n", "empty", 1, 1, "the file is empty"),
        ("- one\n- two\n", "type", 1, 1, "expected a mapping at the top"),
        ("just words", "type", 1, 1, "expected a mapping at the top"),
        ("about: {edition: x\n", "yaml", 2, 1, "not valid YAML"),
        ("about:\n\tedition: x", "characters", 2, 1, "write spaces instead"),
        ("about:\n  note: a: b", "yaml", 2, 10, "put quotes around text that contains ': '"),
        ("about:\n  note: @x", "yaml", 2, 9, "put quotes around text that begins with a special character"),
        ("about:\n  note: 'x\n", "yaml", 3, 1, "not valid YAML"),
        ("@x: y\n", "yaml", 1, 1, "put quotes around text that begins with a special character"),
        ("about: {}\n---\nabout: {}\n", "documents", 2, 1, "a second document starts here"),
        ("about: &here {}\n", "anchor", 1, 8, "anchors (&here) are not allowed"),
        ("about: {edition: &here x}\n", "anchor", 1, 18, "anchors (&here) are not allowed"),
        ("treatments: &here []\n", "anchor", 1, 13, "anchors (&here) are not allowed"),
        ("about: *here\n", "alias", 1, 8, "aliases (*here) are not allowed"),
        ("*here : x\n", "alias", 1, 1, "aliases (*here) are not allowed"),
        ("about: !!python/object:os.system {}\n", "tag", 1, 8, "are not allowed"),
        ("about: {edition: !!str 1}\n", "tag", 1, 18, "are not allowed"),
        ("treatments: !mine []\n", "tag", 1, 13, "are not allowed"),
        ("about:\n  <<: {edition: x}\n", "merge", 2, 3, "merge keys (<<) are not allowed"),
        ("about: {}\nsources: {}\nabout: {}\n", "duplicate-key", 3, 1, "the key 'about' stands here a second time"),
        ("about: {edition: x, edition: y}", "duplicate-key", 1, 21, "a second time"),
        ("1: x\n", "key", 1, 1, "put quotes around it"),
        ("no: x\n", "key", 1, 1, "the key 'no' is not text"),
        ("? [a, b]\n: x\n", "key", 1, 3, "a key must be plain text"),
        ("about:\n  note: a\x07b\n", "characters", 2, 10, "U+0007"),
        ("about:\n  note: a\u202eb\n", "characters", 2, 10, "U+202E"),
        ("about:\n  note: \u2066b\n", "characters", 2, 9, "U+2066"),
        ("about: \ufeffx\n", "characters", 1, 8, "U+FEFF"),
        ('about:\n  note: "a\\u202Eb"\n', "characters", 2, 9, "U+202E"),
        ('about: {"a\\0b": x}\n', "characters", 1, 9, "U+0000"),
        ("about: {reviewed: 2026-02-30}\n", "date", 1, 19, "not a date of the calendar"),
        ("about: {value: 0x10}\n", "number", 1, 16, "plain digits"),
        ("about: {value: 1_000}\n", "number", 1, 16, "plain digits"),
        ("about: {value: .inf}\n", "number", 1, 16, "plain digits"),
        ("about: {value: 1.0e+400}\n", "number", 1, 16, "plain digits"),
        ("about: {value: 12:30:45}\n", "number", 1, 16, "plain digits"),
        (f"about: {'[' * 40}", "depth", 1, 8 + MAX_DEPTH - 1, "nested more than"),
        (f"about: {'{a: ' * 40}", "depth", 1, 8 + 4 * (MAX_DEPTH - 1), "nested more than"),
        (f"about: {'x' * (MAX_SCALAR + 1)}", "size", 1, 8, "shorten it"),
    ],
    ids=lambda value: str(value)[:24] if isinstance(value, (str, bytes)) else None,
)
def test_surprising_yaml_is_refused_where_it_stands(
    tmp_path: Path,
    content: str | bytes,
    check: str,
    line: int,
    column: int,
    says: str,
) -> None:
    # What else is wrong with so small a file, such as a missing key, is reported beside it.
    (problem,) = [one for one in problems_of(written(tmp_path / "broken.yaml", content)) if one.check == check]
    assert (problem.line, problem.column) == (line, column), problem
    assert says in problem.message


class Shallow(yaml.SafeLoader):
    """A parser that looks ahead and stops at a limit of its own, in words of its own, before it tells of anything."""

    def get_event(self) -> Any:
        bracket = self.buffer.find("[" * 60)
        if bracket >= 0:
            mark = yaml.Mark("x", bracket + 59, 0, bracket + 59, None, 0)
            raise yaml.scanner.ScannerError(problem="ach nein", problem_mark=mark)
        return super().get_event()


def outcome_of(content: bytes, parser: str, monkeypatch: pytest.MonkeyPatch) -> hairtx.Problem:
    if parser == "shallow":
        monkeypatch.setattr("hairtx.catalogue.reading.yaml._Parser", Shallow)
    with pytest.raises(hairtx.CatalogueError) as refused:
        parse_yaml(content, "bomb", pure_python=parser == "python")
    (problem,) = refused.value.problems
    return problem


@pytest.mark.parametrize("parser", ["c", "python", "shallow"])
@pytest.mark.parametrize("behind", ["", "]", "@", ": x: y"])
def test_a_bomb_of_brackets_is_refused_without_being_built(
    parser: str, behind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = outcome_of(b"a: " + b"[" * 200_000 + behind.encode(), parser, monkeypatch)
    assert (problem.line, problem.column, problem.check) == (1, 3 + MAX_DEPTH, "depth")
    assert problem.message == f"nested more than {MAX_DEPTH} levels deep"


@pytest.mark.parametrize("parser", ["c", "python", "shallow"])
@pytest.mark.parametrize("behind", ["@", "b: c: d", "]]"])
def test_what_is_not_too_deep_is_not_called_so(parser: str, behind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = f"b: {{{behind}\na: {'[' * (MAX_DEPTH - 1)}{']' * (MAX_DEPTH - 1)}\n"
    assert outcome_of(content.encode(), parser, monkeypatch).check == "yaml"


def test_a_file_beyond_the_size_limit_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("hairtx.files.MAX_BYTES", 2**20)
    (problem,) = problems_of(written(tmp_path / "large.yaml", b"#" * (2**20 + 1)))
    assert (problem.check, problem.message) == ("size", "the file is larger than 1 MiB; split it")


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("hairtx.catalogue.reading.yaml.MAX_NODES", 10)
    (problem,) = problems_of(written(tmp_path / "many.yaml", "a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]"))
    assert problem.check == "size"


def test_a_byte_order_mark_and_windows_line_ends_are_no_problem(tmp_path: Path) -> None:
    content = SMALL_FILE.read_bytes().replace(b"\n", b"\r\n")
    catalogue = hairtx.load([written(tmp_path / "windows.yaml", b"\xef\xbb\xbf" + content)])
    assert [one.id for one in catalogue] == [one.id for one in hairtx.load([SMALL_FILE])]


# Both parsers


def outcome(content: bytes, *, pure_python: bool) -> tuple[Any, Any]:
    positions = Positions()
    try:
        value = parse_yaml(content, "x", positions=positions, pure_python=pure_python)
    except hairtx.CatalogueError as error:
        return "refused", error.problems[0].check
    return value, positions


_plain_value = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.dates() | hostile_text | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_style = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([True, False, None]),
        "default_style": st.sampled_from([None, '"', "'", "|", ">"]),
        "allow_unicode": st.booleans(),
        "width": st.sampled_from([20, 80, 1000]),
    }
)


@given(st.dictionaries(st.text(max_size=8), _plain_value, max_size=4), _style)
def test_both_parsers_read_whatever_a_yaml_writer_writes_alike(value: Any, style: dict[str, Any]) -> None:
    content = yaml.safe_dump(value, **style).encode("utf-8", "surrogatepass")
    assert outcome(content, pure_python=False) == outcome(content, pure_python=True)


def assert_alike(text: str) -> None:
    """Both parsers give the same, or both refuse; only what is valid YAML at all may be judged by one more strictly.

    PyYAML's own parser refuses a few spellings that its C parser takes, such as ``[why?]`` and ``|# comment``, and
    puts a value that is not written down somewhere else, so positions are compared only in well-written files.
    """
    first, second = outcome(text.encode(), pure_python=False), outcome(text.encode(), pure_python=True)
    if ("refused", "yaml") not in (first, second):
        assert first[0] == second[0]
        assert first[0] != "refused" or first == second


_PIECES = (
    *("a: ", "b: ", "x", "- ", "\n", "\n  ", "\n    ", "[", "]", "{", "}", ", ", ": ", "'", '"', "#", " # ", "|", ">"),
    *("&a ", "*a", "!t ", "<<: ", "---\n", "...\n", "2026-11-21", "1.5", "yes", "~", "? ", "%", "\\n", "é", "日", "@"),
)


@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
@example("a: 'x\n  y'\n")
@example("a: |\n  x\n y\n")
def test_both_parsers_refuse_the_same_parts_of_yaml(text: str) -> None:
    assert_alike(f"top: x\n{text}")


@given(st.data())
def test_both_parsers_agree_on_a_catalogue_with_a_typing_mistake(data: st.DataObject) -> None:
    lines = SMALL_FILE.read_text(encoding="utf-8").splitlines(keepends=True)
    start = data.draw(st.integers(0, len(lines) - 8))
    text = "".join(lines[start : start + 8])
    place = data.draw(st.integers(0, len(text)))
    gone = data.draw(st.integers(0, 2))
    mistyped = text[:place] + data.draw(st.sampled_from(["", *_PIECES])) + text[place + gone :]
    assert_alike(f"top:\n{mistyped}")


@pytest.mark.slow
def test_the_shipped_catalogue_reads_the_same_with_either_parser() -> None:
    for name in BUILTIN_FILES:
        content = (builtin_folder() / name).read_bytes()
        assert parse_yaml(content, name) == parse_yaml(content, name, pure_python=True)


@pytest.mark.parametrize("pure_python", [False, True])
def test_half_a_character_is_refused(pure_python: bool) -> None:
    with pytest.raises(hairtx.CatalogueError):
        parse_yaml(b'about: "\\ud83d"', "x", pure_python=pure_python)


# Files that are YAML and do not fit the format


def tonic(values: Values) -> Values:
    first: Values = values["treatments"][0]
    return first


def changes() -> list[Any]:
    """What to change in the small catalogue, the check that finds it, and what it says."""

    def case(change: Callable[[Values], Any], check: str, says: str) -> Any:
        return pytest.param(change, check, says, id=f"{check}-{says[:30]}")

    return [
        case(lambda v: tonic(v).pop("name"), "missing-key", "treatments[1]: the key 'name' is missing"),
        case(lambda v: tonic(v).update(shortname="x"), "unknown-key", "did you mean 'short_name'?"),
        case(lambda v: tonic(v).update(zzzzzz="x"), "unknown-key", "known keys: id, name, short_name"),
        case(lambda v: v.update(treatment=[]), "unknown-key", "did you mean 'treatments'?"),
        case(lambda v: tonic(v).update(name=3), "type", "treatments[1].name: expected text, found the number 3; put quotes"),
        case(lambda v: tonic(v).update(name=True), "type", "unquoted words such as no"),
        case(lambda v: tonic(v).update(name="@2026-01-02"), "type", "found the date 2026-01-02; put quotes"),
        case(lambda v: tonic(v).update(name=["x"]), "type", "expected text, found a list"),
        case(lambda v: tonic(v).update(name=None), "missing-value", "nothing is written here"),
        case(lambda v: tonic(v).update(schedule="x"), "type", "expected a mapping, found the text 'x'; write it like {phases: [{name: use"),
        case(lambda v: tonic(v).update(aliases="x"), "type", "expected a list, found the text 'x'; write it as [x]"),
        case(lambda v: tonic(v).update(aliases={"x": 1}), "type", "expected a list, found a mapping"),
        case(lambda v: tonic(v).update(name=""), "length", "the text is empty"),
        case(lambda v: tonic(v).update(name="  "), "length", "the text is empty"),
        case(lambda v: tonic(v).update(short_name="x" * 25), "length", "the text has 25 characters; 24 are allowed"),
        case(lambda v: tonic(v).update(id="Test Tonic"), "pattern", "small letters, digits and hyphens"),
        case(lambda v: tonic(v).update(kind="medicin"), "value", "did you mean 'medicine'?"),
        case(lambda v: tonic(v).update(kind=7), "value", "'7' is not one of medicine, procedure, device"),
        case(lambda v: tonic(v).update(reviewed="soon"), "date", "expected a date such as 2026-11-21"),
        case(lambda v: tonic(v)["summary"].update(sources=[]), "length", "the list is empty; it needs at least 1 item"),
        case(lambda v: tonic(v)["effects"][0].update(ci95=[1.0]), "length", "expected 2 items, found 1"),
        case(lambda v: tonic(v)["effects"][0].update(value="high"), "type", "expected a number, found the text 'high'"),
        case(lambda v: tonic(v)["effects"][0].update(value=True), "type", "expected a number, found yes/no"),
        case(lambda v: tonic(v)["effects"][0].update(studies=1.5), "type", "expected a whole number, found the number 1.5"),
        case(lambda v: tonic(v)["effects"][0].update(studies=0), "range", "0 is out of range; it must be 1 or more"),
        case(lambda v: tonic(v)["costs"][0].update(year=1700), "range", "it must be between 1800 and 2200"),
        case(lambda v: tonic(v)["costs"][0].update(currency="usd"), "pattern", "three capitals"),
        case(lambda v: tonic(v)["costs"][0].update(amount="1,500"), "quantity", "without thousands separators"),
        case(lambda v: tonic(v)["results"].update(first_signs="soon"), "quantity", "'soon' is not a length of time"),
        case(lambda v: v["sources"]["test-review"].update(doi="doi:10.1/x"), "pattern", "a DOI begins with '10.'"),
        case(lambda v: v["sources"]["test-cohort"].update(url="javascript:alert(1)"), "pattern", "http:// or https://"),
        case(lambda v: v["sources"]["test-trial"].update(pmid="PMC1"), "pattern", "digits only"),
        case(lambda v: v["sources"].update({"Bad Key": dict(v["sources"]["test-review"])}), "pattern", "'Bad Key'"),
        case(lambda v: v.update(sources=[]), "type", "expected a mapping of keys to entries, found a list"),
        case(lambda v: tonic(v)["summary"].update(sources=["test-reviev"]), "unknown-source", "did you mean 'test-review'?"),
        case(lambda v: tonic(v)["summary"].update(sources=["zzz"]), "unknown-source", "add it under 'sources:', such as 'zzz: {type: promotional"),
        case(lambda v: tonic(v)["claims"][0].update(claimed_by=["zzz"]), "unknown-source", "claims[1].claimed_by[1]"),
        case(lambda v: tonic(v)["indications"][0].update(condition="test-thining"), "unknown-key", "no condition 'test-thining'; did you mean 'test-thinning'?"),
        case(lambda v: tonic(v)["cautions"][0].update(factor="zzz"), "unknown-key", "no factor 'zzz'; 'hairtx screen' lists them all"),
        case(lambda v: tonic(v)["mechanism"][0].update(pathway="test-growt"), "unknown-key", "no pathway 'test-growt'"),
        case(lambda v: tonic(v)["effects"][0].update(outcome="zzz"), "unknown-key", "no outcome 'zzz'"),
        case(lambda v: v["factors"]["test-allergy"].update(includes=["zzz"]), "unknown-key", "factors.test-allergy.includes[1]"),
        case(lambda v: v["treatments"][1].update(id="test-tonic"), "duplicate-id", "treatments[2].id: the id 'test-tonic' is already taken"),
        case(lambda v: v["treatments"][1].update(aliases=["Tonic of THE-tests"]), "duplicate-alias", "already leads to 'test-tonic'"),
        case(lambda v: v["treatments"][2].update(name="test-needling"), "duplicate-alias", "already leads to 'test-needling'"),
        case(lambda v: v["conditions"]["test-patches"].update(aliases=["Test thinning (made up)"]), "duplicate-alias", "already leads to 'test-thinning'"),
        case(lambda v: tonic(v)["schedule"]["phases"].append({"name": "x", "sessions": 1, "sources": ["test-trial"]}), "schedule", "so it must be the last one"),
        case(lambda v: tonic(v)["schedule"]["phases"][0].update(sessions=3, every=None), "schedule", "say how often with 'every'"),
        case(lambda v: tonic(v)["effects"][0].update(ci95=[1, 2]), "interval", "1 to 2 does not contain the value 12.5"),
        case(lambda v: v.pop("about"), "missing-key", "add 'about:'"),
    ]  # fmt: skip


@pytest.mark.parametrize(("change", "check", "says"), changes())
def test_what_does_not_fit_is_named_with_its_place(
    tmp_path: Path, change: Callable[[Values], Any], check: str, says: str
) -> None:
    values = small_values()
    change(values)
    problems = problems_of(write_catalogue(values, tmp_path / "broken.yaml"))
    assert [problem.check for problem in problems] == [check], problems
    assert says in problems[0].message
    assert problems[0].line >= 1
    assert problems[0].column >= 1


def test_a_problem_points_at_the_line_and_column_of_what_is_wrong(tmp_path: Path) -> None:
    text = SMALL_FILE.read_text(encoding="utf-8")
    lines = text.splitlines()
    wanted = next(number for number, line in enumerate(lines) if "kind: procedure" in line)
    path = written(tmp_path / "broken.yaml", text.replace("kind: procedure", "kind: procedur"))
    (problem,) = problems_of(path)
    assert (problem.line, problem.column) == (wanted + 1, lines[wanted].index("procedure") + 1)
    path = written(tmp_path / "broken.yaml", text.replace("kind: procedure", "knid: procedure"))
    missing, unknown = problems_of(path)
    assert (unknown.line, unknown.column) == (wanted + 1, lines[wanted].index("kind") + 1)
    assert missing.check == "missing-key"
    assert lines[missing.line - 1].strip().startswith("- id: test-needling")


def test_all_problems_are_reported_at_once_in_file_order(tmp_path: Path) -> None:
    first, second = small_values(), {"sources": {"new-one": {"type": "rct", "title": 5, "read": "full"}}}
    first["about"]["edition"] = 2026
    first["conditions"]["test-patches"]["decision"] = ""
    first["treatments"][0]["kind"] = "drug"
    first["treatments"][3]["reviewed"] = None
    one = write_catalogue(first, tmp_path / "z-first.yaml")
    other = write_catalogue(second, tmp_path / "a-second.yaml")
    problems = problems_of(one, other)
    assert [(problem.file.rsplit("/", 1)[-1], problem.check) for problem in problems] == [
        ("z-first.yaml", "type"),
        ("z-first.yaml", "length"),
        ("z-first.yaml", "value"),
        ("z-first.yaml", "missing-value"),
        ("a-second.yaml", "type"),
        ("a-second.yaml", "value"),
    ]
    places = [(problem.line, problem.column) for problem in problems if problem.file.endswith("z-first.yaml")]
    assert places == sorted(places)
    with pytest.raises(hairtx.CatalogueError) as refused:
        hairtx.load([one, other])
    message = str(refused.value)
    assert refused.value.exit_code == 1
    assert len(message.splitlines()) == 6
    assert message.endswith("... and 1 more")


def test_unreadable_text_in_one_file_does_not_hide_what_is_wrong_in_another(tmp_path: Path) -> None:
    one = written(tmp_path / "one.yaml", "about: {")
    values = small_values()
    values["treatments"][0]["kind"] = "drug"
    other = write_catalogue(values, tmp_path / "two.yaml")
    assert [problem.check for problem in problems_of(one, other)] == ["yaml", "value"]


def test_a_key_of_another_file_is_refused_a_second_time(tmp_path: Path) -> None:
    values = small_values()
    extra = write_catalogue({"sources": {"test-review": values["sources"]["test-review"]}}, tmp_path / "extra.yaml")
    (problem,) = problems_of(SMALL_FILE, extra)
    assert problem.check == "duplicate-id"
    assert problem.file.endswith("extra.yaml")
    assert "the key 'test-review' is already taken in another file" in problem.message


def test_files_of_one_catalogue_may_refer_to_each_other(tmp_path: Path) -> None:
    values = small_values()
    parts = [
        write_catalogue({key: values[key]}, tmp_path / f"{key}.yaml")
        for key in values
    ]
    assert [one.id for one in hairtx.load(parts)] == [one.id for one in hairtx.load([SMALL_FILE])]


def test_a_quoted_date_is_a_date_whatever_else_is_wrong(tmp_path: Path) -> None:
    values = small_values()
    values["about"]["reviewed"] = "2001-02-03"
    catalogue = loaded(values, tmp_path / "quoted.yaml")
    assert catalogue.about.reviewed.year == 2001
    values["about"]["edition"] = 5
    (problem,) = problems_of(write_catalogue(values, tmp_path / "quoted.yaml"))
    assert "edition" in problem.message


_replacement = st.none() | st.booleans() | st.integers(-5, 3000) | st.floats(-10, 10, allow_nan=False) | st.sampled_from(
    ["", " ", "x", "4 weeks", "3-4", "0", "10.5555/x", "USD", "2026-11-21", "@2026-11-21", "prp", "x" * 200, "x" * 2000]
) | st.sampled_from([[], ["x"], {}, {"text": "x", "sources": ["test-review"]}, [1.0, 2.0], [[]], {"x": {}}])  # fmt: skip


@given(st.data())
def test_everything_refused_is_explained_with_a_place_and_only_then(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Replace any one value by another: the quick reading and the explaining one are of the same opinion."""
    values = small_values()
    path: list[Any] = []
    holder: Any = values
    while True:
        key = data.draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder))))
        path.append(key)
        inner = holder[key]
        if not isinstance(inner, (dict, list)) or not inner or data.draw(st.integers(0, 5)) == 0:
            break
        holder = inner
    holder[key] = data.draw(_replacement)
    file = tmp_path_factory.getbasetemp() / "changed.yaml"
    try:
        loaded(values, file)
    except hairtx.CatalogueError as error:
        alone = error.problems
        assert alone
        assert all(problem.check != "format" for problem in alone), alone
    else:
        alone = ()
    # Beside another mistake, what is accepted alone is not complained about.
    values["nonsense"] = 1
    beside = problems_of(write_catalogue(values, file))
    if not alone:
        assert [problem.check for problem in beside] == ["unknown-key"], beside
        assert "nonsense" in beside[0].message
