"""How well the tests notice small changes: a sample of mutants in eleven modules, made by cosmic-ray.

``make mutants`` runs all; ``make mutants MUTANTS="--sample 8 files.py"`` a part. Every mutant is run in a copy of the
tree that is thrown away, with a limit of time, memory and file size, against the tests that exercise its module. The
same seed gives the same mutants as long as the module is unchanged.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cosmic_ray.commands.init import init
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.testing import run_tests
from cosmic_ray.work_db import use_db

if TYPE_CHECKING:
    from cosmic_ray.work_item import MutationSpec, WorkResult

ROOT: Final = Path(__file__).parent.parent
SOURCE: Final = Path("src/hairtx")
#: Every module, with the tests that exercise it, the most telling first: test_X.py, or one test in it.
MODULES: Final = {
    "analysis/views/screening.py": "screening snapshots library",
    "analysis/views/effects.py": "drawings snapshots bibliography",
    "analysis/commitment.py": "commitment comparison snapshots library",
    "analysis/views/comparison.py": "comparison snapshots pages commands library",
    "catalogue/store.py": "overlays edition names library cache reading imports screening ledger",
    "files.py": "files faults pages",
    "catalogue/quantity.py": "quantities commitment snapshots library",
    "formats/delimited.py": "snapshots screening comparison listing overlays renderers",
    "analysis/schedule.py": "plan commitment drawings snapshots library",
    "catalogue/reading/rules.py": "quality validate catalogue_content new overlays",
    "formats/markdown.py": "snapshots renderers overlays hostile",
}
#: What is tried; the other replacements mostly end in a TypeError or change nothing (``is None``, ``== None``).
OPERATORS: Final = {
    *("AddNot", "ExceptionReplacer", "NumberReplacer", "ZeroIterationForLoop", "ReplaceUnaryOperator_Delete_Not"),
    *("ReplaceAndWithOr", "ReplaceOrWithAnd", "ReplaceFalseWithTrue", "ReplaceTrueWithFalse"),
    *("ReplaceBreakWithContinue", "ReplaceContinueWithBreak"),
    *(f"ReplaceComparisonOperator_{one}" for one in ("Is_IsNot", "IsNot_Is", "In_NotIn", "NotIn_In", "Eq_NotEq")),
    *(f"ReplaceComparisonOperator_{one}" for one in ("NotEq_Eq", "Lt_LtE", "Lt_GtE", "LtE_Lt", "LtE_Gt", "Gt_GtE")),
    *(f"ReplaceComparisonOperator_{one}" for one in ("Gt_LtE", "GtE_Gt", "GtE_Lt")),
    *(f"ReplaceBinaryOperator_{one}" for one in ("Add_Sub", "Sub_Add", "Mul_Div", "Mul_Add", "Div_Mul", "Mod_Mul")),
    *(f"ReplaceBinaryOperator_{one}" for one in ("FloorDiv_Mul", "FloorDiv_Div", "BitAnd_BitOr", "BitOr_BitAnd")),
}
MEMORY: Final = 4 * 2**30
FILE_SIZE: Final = 200 * 2**20
SHORTEST_LIMIT: Final = 60.0
DEVICES: Final = ("/dev/full", "/dev/null")

Spot = tuple[int, int]


@dataclass(frozen=True)
class Mutant:
    """A change to one module, and what the tests said to it."""

    module: str
    spec: MutationSpec
    result: WorkResult


def main() -> None:
    """Draw, run and tell."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("modules", nargs="*", help="ends of paths, such as files.py; without any, all eleven")
    asked.add_argument("--sample", type=int, default=40, help="mutants a module")
    asked.add_argument("--seed", type=int, default=20261127)
    asked.add_argument("--python", default=sys.executable, help="the interpreter that has what the tests need")
    asked.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    options = asked.parse_args()
    chosen = [one for one in MODULES if not options.modules or one.endswith(tuple(options.modules))]
    drawn = {module: draw(module, options.sample, options.seed) for module in chosen}
    with (
        tempfile.TemporaryDirectory(prefix="hairtx-mutants-") as folder,
        ProcessPoolExecutor(options.workers, initializer=settle, initargs=(folder,)) as pool,
    ):
        commands = {module: command_for(module, options.python) for module in chosen}
        # Unchanged first: what fails then would count as noticed.
        taken = dict(zip(chosen, pool.map(seconds_of, commands.values()), strict=True))
        pending = [
            (module, spec, pool.submit(tried, spec, commands[module], max(SHORTEST_LIMIT, 5 * taken[module])))
            for module in chosen
            for spec in drawn[module]
        ]
        tell(chosen, [Mutant(module, spec, future.result()) for module, spec, future in pending])


def draw(module: str, many: int, seed: int) -> list[MutationSpec]:
    """A sample of the places where a module can be changed, with one change each, in the order of the lines."""
    path = SOURCE / module
    left_out = untried(ast.parse((ROOT / path).read_text(encoding="utf-8")))
    places: dict[tuple[str, Spot], list[MutationSpec]] = {}
    os.chdir(ROOT)
    with use_db(":memory:") as database:
        init([path], database, {})
        for item in database.work_items:
            (spec,) = item.mutations
            operator = spec.operator_name.removeprefix("core/")
            if operator in OPERATORS and not any(start <= spec.start_pos < end for start, end in left_out):
                places.setdefault((operator.partition("_")[0], tuple(spec.start_pos)), []).append(spec)
    chance = random.Random(f"{seed} {module}")  # noqa: S311  # a sample, no secret
    sample = chance.sample(sorted(places), min(many, len(places)))
    found = [
        chance.choice(sorted(places[one], key=lambda spec: (spec.operator_name, spec.occurrence))) for one in sample
    ]
    return sorted(found, key=lambda spec: spec.start_pos)


def untried(tree: ast.Module) -> list[tuple[Spot, Spot]]:
    """Annotations, limits of caches and what else changes nothing that a test could see."""
    nodes: list[ast.AST | None] = []
    for node in ast.walk(tree):
        match node:
            case ast.AnnAssign():
                nodes.append(node.annotation)
            case ast.arg():
                nodes.append(node.annotation)
            case ast.FunctionDef():
                nodes += [node.returns, *node.decorator_list]
            case ast.keyword(arg="strict"):
                nodes.append(node)
    return [
        ((node.lineno, node.col_offset), (node.end_lineno or 0, node.end_col_offset or 0))  # type: ignore[attr-defined]
        for node in nodes
        if node is not None
    ]


def command_for(module: str, python: str) -> str:
    """How the tests of a module are run."""
    files = " ".join(f"tests/test_{one}.py" for one in MODULES[module].split())
    return f"{python} -m pytest -x -p no:cacheprovider -p no:xdist --tb=no -m 'not browser' {files}"


def settle(base: str) -> None:
    """Move this worker into a copy of its own, where no mutant can use the machine up."""
    folder = Path(tempfile.mkdtemp(dir=base))
    shutil.copytree(ROOT, folder / "tree", ignore=shutil.ignore_patterns(".*", "__pycache__"))
    os.chdir(folder / "tree")
    os.environ |= {"HOME": str(folder), "TMPDIR": str(folder), "PYTHONPATH": str(folder / "tree" / "src")}
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_SIZE, FILE_SIZE))


def seconds_of(command: str) -> float:
    """How long the tests take without any change; ends all if they do not pass then."""
    begin = time.monotonic()
    outcome, output = run_tests(command, 1200)
    if outcome != "survived":
        raise SystemExit(f"these fail without any change: {command}\n{output}")
    return time.monotonic() - begin


def tried(spec: MutationSpec, command: str, limit: float) -> WorkResult:
    """What the tests say to one change."""
    result = mutate_and_test([spec], command, limit)
    for device in DEVICES:
        if not Path(device).is_char_device():
            raise SystemExit(f"{device} is no device any more after this mutant:\n{result.diff}")
    return result


def tell(modules: list[str], mutants: list[Mutant]) -> None:
    """A table, and every survivor with its place."""
    print("| module | mutants | killed | survived | score |\n|---|--:|--:|--:|--:|")
    for module in [*modules, "all"]:
        of_it = [one for one in mutants if module in {one.module, "all"}]
        killed = sum(one.result.is_killed for one in of_it)
        print(
            f"| {module} | {len(of_it)} | {killed} | {len(of_it) - killed} | {100 * killed / (len(of_it) or 1):.0f} % |"
        )
    for one in mutants:
        if not one.result.is_killed:
            line, _ = one.spec.start_pos
            print(f"\n{SOURCE / one.module}:{line} {one.spec.operator_name.removeprefix('core/')}")
            lines = (one.result.diff or "").splitlines()
            print("\n".join(text for text in lines if text[:1] in "+-" and text[:3] not in {"+++", "---"}))


if __name__ == "__main__":
    main()
