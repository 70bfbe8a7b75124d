"""A million inputs in an hour: ``make fuzz-many``. Catalogues and command lines are changed at random, from a seed, and
examined one after the other without measuring which code they reach. What must hold is in examine.py.

``python fuzz/mutating.py SEED RUNS [WORKERS]``
"""

from __future__ import annotations

import hashlib
import multiprocessing
import random
import re
import shlex
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import Any, Final

from examine import BASE_BYTES, COMMAND_LINE, examine

HERE = Path(__file__).parent
ENTRIES = HERE.parent / "data" / "treatments.yaml"
FOUND = HERE.parent / ".fuzz"
#: Seconds of its own computing after which an input counts as one that hangs; those of other programs do not count.
LONGEST: Final = 10
_LONGEST_INPUT: Final = 3000
_WORDS: Final = [
    *("compare", "show", "list", "screen", "claims", "effects", "plan", "timeline", "sources", "conditions", "export"),
    *("validate", "schema", "about", "paths", "new", "help", "version", "prp", "prp", "minoxidil", "hair loss"),
    *(
        "--for",
        "--sex",
        "--with",
        "--rows",
        "--full",
        "--format",
        "-f",
        "json",
        "markdown",
        "csv",
        "html",
        "yaml",
        "ics",
    ),
    *("--horizon", "12mo", "0mo", "--region", "US", "--catalogue", "own.yaml", "--only", "--sort", "cost", "--fix"),
    *("--start", "2026-02-29", "--at", "02:30", "--timezone", "Europe/Berlin", "--without", "male", "pregnancy", "vs"),
    *("-o", "-", "out.html", "x.json", "{}", "%s", "[bold]", "\\", "''", '"', "é", "＝", "--", "-1", "999999999999"),
]


def _pieces() -> list[bytes]:
    """What is changed: the seeds of the other fuzzer, the small catalogue, and fields of real entries."""
    pieces = [one.read_bytes() for one in sorted((HERE / "seeds").iterdir())] + [BASE_BYTES] * 4
    # A field of an entry begins four spaces in.
    fields = [one for one in re.split(rb"(?m)^(?=    [a-z])", ENTRIES.read_bytes()) if len(one) < 1200]
    draw = random.Random(0)
    for _ in range(100):
        own = {one.split(b":")[0]: one.split(b"\n  - id:")[0] for one in draw.sample(fields, draw.choice((1, 1, 2)))}
        # Of the sources the small catalogue has one.
        known = (re.sub(rb"sources: \[[^\]]*\]", b"sources: [a]", one) for one in own.values())
        pieces.append(b"treatments:\n  - extends: prp\n" + b"\n".join(known) + b"\n")
    return [one for one in pieces if not one.startswith(COMMAND_LINE)]


def _tokens() -> list[bytes]:
    words = re.findall(rb'"((?:[^"\\]|\\.)*)"', (HERE / "catalogue.dict").read_bytes())
    signs = [
        b"# x",
        b" #3",
        b"'",
        b'"',
        b"{",
        b"}",
        b"[",
        b"]",
        b": ",
        b"- ",
        b"\t",
        b"\r\n",
        b"\n",
        b"|\n",
        b">-\n",
        b"&a ",
    ]
    signs += [
        b"*a",
        b"!!python/object:x ",
        b"<<: ",
        b"---\n",
        b"...\n",
        b"%YAML 1.2\n",
        b"\x00",
        b"\xff",
        b"\xef\xbb\xbf",
    ]
    signs += [
        "\u202e".encode(),
        "\u2028".encode(),
        b"1e9",
        b"09",
        b"0o7",
        b"yes",
        b"~",
        b"2026-13-40",
        b"1_000",
        b".inf",
    ]
    return [*words, *signs]


def mutated(draw: random.Random, pieces: list[bytes], tokens: list[bytes]) -> bytes:
    """One input: a piece with some changes, or a command line."""
    if draw.random() < 0.04:
        words = [draw.choice(_WORDS) for _ in range(draw.randrange(0, 9))]
        return COMMAND_LINE + " ".join(map(shlex.quote, words)).encode()
    text = bytearray(draw.choice(pieces))
    for _ in range(draw.choice((1, 1, 1, 2, 3, 6))):
        (_gently if draw.random() < 0.8 else _roughly)(draw, text, pieces, tokens)
    return bytes(text[:_LONGEST_INPUT])


def _gently(draw: random.Random, text: bytearray, pieces: list[bytes], tokens: list[bytes]) -> None:
    """Change what mostly stays YAML: whole lines, single values, comments, the ends of lines."""
    lines = bytes(text).splitlines(keepends=True)
    at = draw.randrange(len(lines)) if lines else 0
    match draw.randrange(8):
        case 0:
            del lines[at : at + 1]
        case 1:
            lines.insert(at, draw.choice(lines or [b"x: y\n"]))
        case 2:
            lines.insert(at, draw.choice(draw.choice(pieces).splitlines(keepends=True) or [b"\n"]))
        case 3 if lines:
            key, colon, value = lines[at].partition(b": ")
            lines[at] = (
                key
                + colon
                + draw.choice([draw.choice(tokens).strip(), value.strip() + b"x", b"", b"'" + value.strip()])
            )
            lines[at] += b"\n"
        case 4 if lines:
            lines[at] = lines[at].rstrip(b"\r\n") + draw.choice([b" # note", b" #3", b"  ", b" # a: b", b","]) + b"\n"
        case 5 if lines:
            # Another value of a list or of a mapping on one line.
            parts = re.split(rb"([,{}\[\]] ?)", lines[at])
            parts[draw.randrange(len(parts))] = draw.choice(tokens)
            lines[at] = b"".join(parts)
        case 6 if lines:
            parts = re.split(rb"(, )", lines[at])
            draw.shuffle(parts)
            lines[at] = b"".join(parts)
        case _:
            lines = [one.replace(b"\n", draw.choice([b"\r\n", b"\n\n", b" # note\n", b"\n"])) for one in lines]
    text[:] = b"".join(lines)


def _roughly(draw: random.Random, text: bytearray, pieces: list[bytes], tokens: list[bytes]) -> None:
    """Change bytes wherever they stand."""
    at = draw.randrange(len(text) + 1)
    match draw.randrange(7):
        case 0 if text:
            text[at % len(text)] = draw.randrange(256)
        case 1:
            text[at:at] = draw.choice(tokens)
        case 2:
            del text[at : at + draw.randrange(1, 12)]
        case 3:
            other = draw.choice(pieces)
            begin = draw.randrange(len(other) or 1)
            text[at:at] = other[begin : begin + draw.randrange(1, 200)]
        case 4:
            text[:] = text.replace(draw.choice([b":", b",", b" ", b"'"]), draw.choice(tokens), draw.randrange(1, 3))
        case 5:
            del text[max(1, at) :]
        case _:
            text[at:at] = bytes([draw.choice(b" \t-#:")]) * draw.randrange(1, 30)


def _hangs(*_: Any) -> None:
    raise TimeoutError(f"takes more than {LONGEST} seconds")


def work(job: tuple[str, int]) -> tuple[Counter[str], list[str]]:
    """Examine so many inputs drawn from that seed: how many of what kind there were, and what was found."""
    seed, runs = job
    draw, pieces, tokens = random.Random(seed), _pieces(), _tokens()
    signal.signal(signal.SIGPROF, _hangs)
    kinds: Counter[str] = Counter()
    found = []
    for _ in range(runs):
        content = mutated(draw, pieces, tokens)
        kinds["command lines" if content.startswith(COMMAND_LINE) else "catalogues"] += 1
        signal.setitimer(signal.ITIMER_PROF, LONGEST)
        try:
            examine(content)
        except BaseException as error:  # whatever it is, it is what was looked for
            if isinstance(error, KeyboardInterrupt):
                raise
            name = hashlib.sha256(content).hexdigest()[:12]
            (FOUND / f"crash-{name}").write_bytes(content)
            (FOUND / f"crash-{name}.trace").write_text("".join(traceback.format_exception(error)), encoding="utf-8")
            found.append(f"crash-{name}: {type(error).__name__}: {str(error)[:200]}")
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    return kinds, found


def main(seed: str, runs: int, workers: int) -> int:
    """Share the runs out, and tell what was found."""
    FOUND.mkdir(exist_ok=True)
    began, each = time.monotonic(), 2000
    jobs = [(f"{seed}-{number}", min(each, runs - number * each)) for number in range(-(-runs // each))]
    kinds: Counter[str] = Counter()
    found: list[str] = []
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        for one, told in pool.imap_unordered(work, jobs):
            kinds += one
            found += told
            print(*told, sep="\n", end="\n" if told else "", flush=True)
            if sum(kinds.values()) % 50_000 < each:
                print(f"{sum(kinds.values()):,} inputs, {time.monotonic() - began:.0f} s", flush=True)
    counts = " and ".join(f"{number:,} {kind}" for kind, number in sorted(kinds.items()))
    print(f"seed {seed}: {counts} in {time.monotonic() - began:.0f} s, {len(found)} found")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 2))
