"""``make bench``: measures hairtx, its floors and its peers in one run and writes docs/performance.md.

Everything is measured as a whole process in one environment of its own, with the wheel installed as users have it.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import importlib.metadata
import math
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

import generate
from measuring import Case, measure

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "performance.md"
BIN = Path(sys.executable).parent
HAIRTX = str(BIN / "hairtx")
PEERS = ROOT / ".venv-bench" / "peers" / "bin"
PAIR = ["compare", "prp", "mesotherapy"]
SIZES = (10, 100, 1_000, 10_000)


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="fewer runs and no 10,000 treatments; writes nothing")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as folder:
        cases = _commands(Path(folder))
        measure(list(cases.values()), Path(folder, "cache"), rounds=1 if quick else 3)
        growth = _growth(Path(folder), SIZES[:-1] if quick else SIZES)
        cold = _cold_reading(repetitions=3 if quick else 9)
        page = _page(cases, growth, cold)
    if quick:
        print(page)
    else:
        PAGE.write_text(page, encoding="utf-8")


def _commands(folder: Path) -> dict[str, Case]:
    python = sys.executable
    table = _same_table(folder)
    # What a terminal gets, on a pipe: colour is what makes rich's console necessary.
    colour = {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
    no_cache = {"HAIRTX_NO_CACHE": "1"}
    one_command = folder / "one_command.py"
    one_command.write_text(_ONE_COMMAND, encoding="utf-8")
    completion = {"_HAIRTX_COMPLETE": "complete_bash", "COMP_WORDS": "hairtx show topical", "COMP_CWORD": "2"}
    return {
        case.name: case
        for case in (
            Case("floor with rich", [python, "-c", "import typer, rich.console, rich.table"]),
            Case("floor without rich", [python, "-c", "import typer"]),
            Case("python alone", [python, "-c", "pass"]),
            Case("compare, terminal", [HAIRTX, *PAIR], colour),
            Case("compare, piped", [HAIRTX, *PAIR]),
            Case("compare, JSON", [HAIRTX, *PAIR, "--format", "json"]),
            Case("compare, Markdown", [HAIRTX, *PAIR, "--format", "markdown"]),
            Case("compare, no cache", [HAIRTX, *PAIR], no_cache),
            Case("list", [HAIRTX, "list"], colour),
            Case("show prp", [HAIRTX, "show", "prp"], colour),
            Case("completion of a name", [HAIRTX], completion),
            Case("--help", [HAIRTX, "--help"]),
            Case("one-command Typer program, --help", [python, str(one_command), "--help"]),
            Case("csvkit: csvlook", [str(PEERS / "csvlook"), str(table)], processes=4),
            Case("sqlite-utils memory -t", _sqlite_utils(table), processes=4),
            Case("pandas to_markdown", [str(PEERS / "python"), "-c", _PANDAS, str(table)], processes=3),
            Case("rich-cli: rich --csv", [str(PEERS / "rich"), "--csv", str(table)], processes=3),
            Case("papis --help", [str(PEERS / "papis"), "--help"], processes=3),
            Case("eol --help (norwegianblue)", [str(PEERS / "eol"), "--help"], processes=4),
        )
    }


_ONE_COMMAND = """
import typer


def main(name: str) -> None:
    '''Say the name.'''
    print(name)


typer.run(main)
"""
_PANDAS = "import sys, pandas; print(pandas.read_csv(sys.argv[1]).to_markdown())"


def _sqlite_utils(table: Path) -> list[str]:
    return [str(PEERS / "sqlite-utils"), "memory", str(table), "select * from t", "-t"]


def _same_table(folder: Path) -> Path:
    """The comparison as a CSV file: the same treatments and attributes, for programs that show tables."""
    done = subprocess.run([HAIRTX, *PAIR, "--format", "csv"], capture_output=True, check=True, encoding="utf-8")
    rows = list(csv.reader(done.stdout.splitlines(keepends=True)))
    attributes = [row for row in rows if row[0] not in {"untreated", "references", "about"}]
    path = folder / "comparison.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(attributes)
    return path


Growth = dict[int, dict[str, Case | int]]


def _growth(folder: Path, sizes: tuple[int, ...]) -> Growth:
    growth: Growth = {}
    for size in sizes:
        file = generate.write_catalogue(size, folder / f"catalogue-{size}")
        first, second = _two_ids(file)
        catalogue = ["--catalogue", str(file), "--only"]
        runs = 2 if size >= 10_000 else 4
        no_cache = {"HAIRTX_NO_CACHE": "1"}
        filters = ["--max-invasiveness", "minimally-invasive", "--min-certainty", "low"]
        cases = [
            Case("cold", [HAIRTX, "show", first, *catalogue], no_cache, runs),
            Case("warm", [HAIRTX, "show", first, *catalogue], {}, runs),
            Case("compare", [HAIRTX, "compare", first, second, *catalogue], {}, runs),
            Case("list", [HAIRTX, "list", *filters, *catalogue], {}, runs),
        ]
        if size <= 1_000:
            cases.append(Case("validate", [HAIRTX, "validate", "--format", "json", str(file)], no_cache, 1))
            cases.append(Case("site", [HAIRTX, "site", "-o", str(folder / f"site-{size}"), *catalogue], {}, 1))
        measure(cases, folder / "cache", rounds=1 if size >= 10_000 else 2)
        growth[size] = {"bytes": file.stat().st_size, **{case.name: case for case in cases}}
    return growth


def _two_ids(file: Path) -> tuple[str, str]:
    ids = []
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("- id: "):
                ids.append(line.removeprefix("- id: ").strip())
            if len(ids) == 2:
                break
    return ids[0], ids[1]


def _cold_reading(repetitions: int) -> tuple[float, float]:
    """Median seconds of reading the shipped catalogue, and of PyYAML's C loader alone on the same bytes."""
    program = (
        "import time, sys, statistics, yaml\n"
        "from hairtx.catalogue.places import BUILTIN_FILES, builtin_folder\n"
        "from hairtx.catalogue.store import load\n"
        "contents = [(builtin_folder() / name).read_bytes() for name in BUILTIN_FILES]\n"
        "def timed(run):\n"
        "    start = time.perf_counter(); run(); return time.perf_counter() - start\n"
        "ours, theirs = [], []\n"
        f"for _ in range({repetitions}):\n"
        "    theirs.append(timed(lambda: [yaml.load(one, yaml.CSafeLoader) for one in contents]))\n"
        "    ours.append(timed(load))\n"
        "print(statistics.median(ours), statistics.median(theirs))\n"
    )
    environment = {**os.environ, "HAIRTX_NO_CACHE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=True, encoding="utf-8"
    )
    ours, theirs = map(float, done.stdout.split())
    return ours, theirs


def _exponent(growth: Growth, name: str, over: float = 0.0) -> float:
    """The slope of log time over log size, between the two largest sizes, after taking off a constant."""
    *_, smaller, larger = sorted(growth)
    times = [max(_case(growth, size, name).median - over, 1e-6) for size in (smaller, larger)]
    return math.log(times[1] / times[0]) / math.log(larger / smaller)


def _case(growth: Growth, size: int, name: str) -> Case:
    case = growth[size][name]
    assert isinstance(case, Case)
    return case


def _page(cases: dict[str, Case], growth: Growth, cold: tuple[float, float]) -> str:
    lines = [
        "# Performance",
        "",
        f"Written by `make bench` on {dt.date.today().isoformat()}; do not edit by hand.",
        "",
        f"{platform.python_implementation()} {platform.python_version()} on {_machine()}. "
        + ", ".join([f"{name} {importlib.metadata.version(name)}" for name in _VERSIONS] + _peer_versions())
        + ".",
        "",
        "Wall time of whole processes, measured with pyperf in rounds, so that all cases share whatever else the "
        "machine was doing. The wheel is installed as users have it. *terminal* means with colours, as a terminal "
        "gets it.",
        "",
        "## Commands",
        "",
        "| command | median | middle half | compared with | ratio | goal |",
        "|---|---|---|---|---|---|",
    ]
    for name, floor, goal in _GOALS:
        case, against = cases[name], cases[floor]
        ratio = case.median / against.median
        lines.append(f"| {name} | {_ms(case.median)} | {_span(case)} | {floor} | {_judged(ratio, goal)} |")
    lines.append("")
    ours, theirs = cold
    lines.append(
        f"Reading the shipped catalogue without a cache: {_ms(ours)}, against {_ms(theirs)} for `yaml.load(..., "
        f"CSafeLoader)` alone on the same bytes: ratio {_judged(ours / theirs, 1.2, ' (goal ')})."
    )
    lines += ["", "## Floors and peers", "", "Peers show the same comparison from a CSV file.", ""]
    lines += ["| command | median | middle half | times our piped comparison |", "|---|---|---|---|"]
    own = cases["compare, piped"].median
    for name in _FLOORS_AND_PEERS:
        case = cases[name]
        lines.append(f"| {name} | {_ms(case.median)} | {_span(case)} | {case.median / own:.2f} |")
    lines += ["", *_growth_lines(growth, cases), "", *_profile_lines()]
    return "\n".join(lines) + "\n"


_VERSIONS = ("typer", "rich", "msgspec", "pyyaml")
_PEERS = ("csvkit", "sqlite-utils", "pandas", "rich-cli", "papis", "norwegianblue")
_RICH, _TYPER = "floor with rich", "floor without rich"
_GOALS = (
    ("compare, terminal", _RICH, 1.1),
    ("compare, piped", _TYPER, 1.2),
    ("compare, JSON", _TYPER, 1.2),
    ("compare, Markdown", _TYPER, 1.2),
    ("list", _RICH, 1.3),
    ("show prp", _RICH, 1.3),
    ("completion of a name", _TYPER, 1.25),
    ("--help", "one-command Typer program, --help", 1.2),
    ("compare, no cache", _RICH, None),
)
#: Seconds of wall time, on two processors.
_GOALS_OF_1000 = (("site", 4), ("validate", 2))
_FLOORS_AND_PEERS = (
    "python alone",
    _TYPER,
    _RICH,
    "one-command Typer program, --help",
    "csvkit: csvlook",
    "sqlite-utils memory -t",
    "pandas to_markdown",
    "rich-cli: rich --csv",
    "papis --help",
    "eol --help (norwegianblue)",
)


def _growth_lines(growth: Growth, cases: dict[str, Case]) -> list[str]:
    lines = [
        "## Growth",
        "",
        "Generated catalogues (`bench/generate.py`) laid over the vocabulary and the sources of the built-in one. *Cold* "
        "is `show` with the cache off, *warm* with it; *memory* is the most that the cold process held.",
        "",
        "| treatments | file | cold | warm | compare two, warm | list with filters, warm | validate | site | memory, cold |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for size, row in growth.items():
        size_bytes = row["bytes"]
        assert isinstance(size_bytes, int)
        times = [
            _ms(_case(growth, size, name).median) if name in row else "not measured"
            for name in ("cold", "warm", "compare", "list", "validate", "site")
        ]
        peak = _case(growth, size, "cold").peak
        lines.append(f"| {size:,} | {_mb(size_bytes)} | {' | '.join(times)} | {_mb(peak)} |")
    base = cases["compare, no cache"].median - cases["compare, piped"].median
    constant = cases["compare, piped"].median + base
    thousand = growth[1_000]
    size_bytes = thousand["bytes"]
    assert isinstance(size_bytes, int)
    peak = _case(growth, 1_000, "cold").peak
    most = 3 * size_bytes + 60_000_000
    warm = _case(growth, 1_000, "compare").median / cases["compare, piped"].median
    lines += [
        "",
        f"- Exponent of growth of the cold run, between the two largest sizes: {_exponent(growth, 'cold'):.2f} as "
        f"measured, {_exponent(growth, 'cold', constant):.2f} after taking off what a run on the shipped catalogue "
        "takes (goal: at most 1.05).",
        f"- Warm comparison with 1,000 treatments: {warm:.2f} times that of the shipped catalogue (goal: at most 1.3).",
        f"- Memory for 1,000 treatments, cold: {_mb(peak)} (goal: 3 times the file and 60 MB, "
        f"{_mb(most)}{_missed(peak, most)}).",
        *(
            f"- `{name}` of 1,000 treatments: {seconds:.1f} s (goal: at most {goal} s{_missed(seconds, goal)})."
            for name, goal in _GOALS_OF_1000
            for seconds in [_case(growth, 1_000, name).median]
        ),
    ]
    return lines


def _peer_versions() -> list[str]:
    program = "import importlib.metadata as m, sys; print(*(f'{n} {m.version(n)}' for n in sys.argv[1:]), sep='\\n')"
    command = [str(PEERS / "python"), "-c", program, *_PEERS]
    return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout.splitlines()


def _profile_lines() -> list[str]:
    """What a run loads beyond its floor, which is where the rest of its time goes."""
    program = (
        "import typer, sys; sys.argv = ['hairtx', *sys.argv[1:]]; from hairtx.cli.app import main; main(sys.argv[1:])"
    )
    command = [sys.executable, "-X", "importtime", "-c", program, *PAIR, "--format", "json"]
    # The first run fills the cache, for which it needs more.
    subprocess.run(command, capture_output=True, check=True)
    best: dict[str, int] = {}
    for _ in range(9):
        done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
        is_ours = False
        for line in done.stderr.splitlines():
            spent, _, name = line.removeprefix("import time:").split("|") if line.count("|") == 2 else ("", "", "")
            if is_ours and spent.strip().isdigit():
                best[name.strip()] = min(best.get(name.strip(), 10**9), int(spent))
            is_ours = is_ours or name.strip() == "typer"
    packages: dict[str, int] = {}
    for name, spent in best.items():
        package = name.split(".")[0].strip("_") if not name.startswith("hairtx") else "hairtx itself"
        packages[package] = packages.get(package, 0) + spent
    shown = sorted(packages.items(), key=lambda one: -one[1])[:8]
    return [
        "## Where the time goes",
        "",
        "Milliseconds that the comparison as JSON spends on importing, beyond what `import typer` has loaded (the best of "
        "nine runs, with the interpreter's own bookkeeping of imports switched on):",
        "",
        "| package | ms |",
        "|---|---|",
        *(f"| {name} | {spent / 1000:.1f} |" for name, spent in shown),
        "",
        "The rest is reading the cache, decoding what is compared, and wording it. msgspec imports typing_extensions where "
        "it is there; fractions are what visits and costs are computed with. To go lower, the commitment row, platformdirs "
        "or msgspec would have to give.",
        "",
        "Memory of a cold run holds, for a moment, the file's bytes, its text, the plain values and the records; the plain "
        "values are the largest part and are needed whole, because checks look at all entries together.",
        "",
        *_MEASURES,
    ]


#: What was done and what it bought. Those that were taken together were measured together.
_MEASURES = (
    "## Measures",
    "",
    "What was done and what it bought: processor time or memory before and after, each pair taken by turns on one "
    "machine. The site and `validate` are those of 1,000 treatments.",
    "",
    "| measure | of what | before | after |",
    "|---|---|---|---|",
    "| cells, lists of items and references are made in code, not by templates; units are looked for only where there is "
    "a number; what is the same on every page is made once | a page of a site, scaled to an idle processor | 2.9 ms | 2.0 ms |",
    "| all treatments side by side, claims and sources are worded by the processes that share the pages, which are handed "
    "out one by one | site, before its pages, a treatment, scaled likewise | 0.9 ms | 0.04 ms |",
    "| all of these, on a busy machine | site | 16.2 s | 13.3 s |",
    "| a file that fits is decoded once and not walked; keys found to be right are taken as such when they come again; "
    "checks pass over what has no such field | validate | 3.3 s | 2.5 s |",
    "| files are known to the cache by device, inode, size and dates, not by a hash of their bytes | compare, any | 96 ms "
    "| 86 ms |",
    "| of rich only its styles are imported, not the console | compare, terminal | 100 ms | 93 ms |",
    "| completion imports no analysis, and ends without taking the interpreter apart | completion | 178 ms | 132 ms |",
    "| of a big catalogue, the checks are shared out among processes; two checks look for plain signs first | validate | 2.35 s "
    "| 1.98 s |",
    "| a row of the comparison is made in code too; marks of safe text are set once a part; a space before a unit is "
    "looked for by the space | site | 4.4 s | 3.9 s |",
    "| a big file is not joined to its length to be hashed; nothing is packed for a cache that is off | cold run | 97 MB "
    "| 83 MB |",
)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms"


def _mb(size: float) -> str:
    return f"{size / 1_000_000:,.1f} MB"


def _span(case: Case) -> str:
    lower, upper = case.spread
    return f"{lower * 1000:,.0f} to {upper * 1000:,.0f} ms"


def _judged(ratio: float, goal: float | None, joint: str = " | ") -> str:
    return f"{ratio:.2f}{joint}" + (f"at most {goal}{_missed(ratio, goal)}" if goal else "none")


def _missed(measured: float, goal: float) -> str:
    return "" if measured <= goal else ": missed"


def _machine() -> str:
    model = ""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
        model = f", {names[0]}" if names else ""
    return f"{platform.system()} {platform.machine()}{model}, {os.cpu_count()} cores"


if __name__ == "__main__":
    assert yaml.__with_libyaml__
    main()
