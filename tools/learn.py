"""What words weigh for each kind of claim, and what tells of which treatment it is: learnt from labelled texts, and
written to data/claim-words.json.

``make learn`` runs it. It learns from the development half of tests/data/brochures, where every line has all the kinds
that it claims; from the lines of tests/data/claim-pages.tsv, which have the points of the checklist too; from
tests/data/claim-sentences.tsv, where each sentence or way of saying claims one kind or only sounds like it; and from
the ways of saying in the vocabulary. What words mean is in tests/data/word-senses.yaml.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import yaml
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from hairtx import lines_of, load
from hairtx.analysis.brochure.attributing import Attributor
from hairtx.analysis.brochure.reading import Reader
from hairtx.analysis.brochure.sentences import sentences_of
from hairtx.analysis.brochure.subjects import Names, Subjects
from hairtx.analysis.brochure.telling import CHECKLIST
from hairtx.analysis.brochure.weighing import POINT, Senses

ROOT: Final = Path(__file__).parent.parent
SENTENCES: Final = ROOT / "tests" / "data" / "claim-sentences.tsv"
PAGES: Final = ROOT / "tests" / "data" / "claim-pages.tsv"
SENSES: Final = ROOT / "tests" / "data" / "word-senses.yaml"
BROCHURES: Final = ROOT / "tests" / "data" / "brochures"
WEIGHTS: Final = ROOT / "data" / "claim-words.json"
#: A word that fewer sentences have tells nothing yet.
FEWEST: Final = 3
#: How much a sentence counts for its own kind, and for the others, which it may claim too.
COUNTS: Final = {"+": (1.0, 0.3), "-": (2.0, 0.3), "~": (0.5, 0.1)}
#: The same for a line of a text of which all claims are known.
LABELLED: Final = 8.0
#: The inverse of how strongly weights are held down, and under which weight a word is left out.
STRENGTH, LEAST = 0.12, 0.05
#: The same for points of the checklist, and for cues.
STRENGTH_OF_POINTS: Final = 0.5
STRENGTH_OF_CUES, FEWEST_CUES = 0.1, 5


def main() -> int:
    """Learn, write, and say how much was learnt."""
    kinds = yaml.safe_load((ROOT / "data" / "vocabulary.yaml").read_text(encoding="utf-8"))["claim_kinds"]
    words = yaml.safe_load(SENSES.read_text(encoding="utf-8"))
    bias, weights = learnt_words(kinds, words)
    learn_points(len(kinds), words, bias, weights)
    # Where in a line something is claimed is found with the words just learnt.
    write(kinds, words, bias, weights, {})
    cues = learnt_cues()
    write(kinds, words, bias, weights, cues)
    print(
        f"{sum(map(len, weights.values())):,} weights of {len(weights):,} words for {len(kinds)} kinds, "
        f"and of {len(cues):,} cues"
    )
    return 0


def write(
    kinds: Sequence[str],
    words: dict[str, Any],
    bias: list[float],
    weights: dict[str, list[tuple[int, float]]],
    cues: dict[str, float],
) -> None:
    """Put all of it into the file, one word a line."""
    told = ",\n".join(f"{json.dumps(one)}: {json.dumps(held)}" for one, held in sorted(weights.items()))
    learnt = [*kinds, *(f"{POINT}{one}" for one in CHECKLIST)]
    WEIGHTS.write_text(
        f'{{"kinds": {json.dumps(learnt)},\n"bias": {bias},\n"senses": {json.dumps(words)},\n'
        f'"cues": {json.dumps(cues, indent=0, sort_keys=True)},\n"weights": {{\n{told}\n}}}}\n',
        encoding="utf-8",
    )


def learnt_words(
    kinds: dict[str, Any], words: dict[str, Any]
) -> tuple[list[float], dict[str, list[tuple[int, float]]]]:
    """The odds of each kind, and by feature what it weighs for which kinds."""
    rows = list(rows_of(SENTENCES))
    rows += [[kind, "~", phrase] for kind, one in kinds.items() for phrase in one["said_as"]]
    lines = list(labelled_lines())
    senses = Senses(words)
    texts = [senses.features_of(text) for text in [row[2] for row in rows] + [text for text, _ in lines]]
    known = frequent(texts)
    table = matrix(texts, known)
    bias: list[float] = []
    weights: dict[str, list[tuple[int, float]]] = {}
    for number, kind in enumerate(kinds):
        claimed = [(one == kind and sign != "-") for one, sign, _ in rows] + [kind in labels for _, labels in lines]
        counted = [COUNTS[sign][one != kind] for one, sign, _ in rows] + [LABELLED] * len(lines)
        model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0)
        model.fit(table, np.array(claimed), sample_weight=np.array(counted))
        add_weights(number, model, known, bias, weights)
    return bias, weights


def learn_points(
    first: int, words: dict[str, Any], bias: list[float], weights: dict[str, list[tuple[int, float]]]
) -> None:
    """Add the odds of each point of the checklist, from number ``first`` on, and what each feature weighs for it."""
    rows = list(rows_of(PAGES))
    senses = Senses(words)
    texts = [senses.features_of(line) for *_, line in rows]
    known = frequent(texts)
    table = matrix(texts, known)
    for number, point in enumerate(CHECKLIST, start=first):
        model = LogisticRegression(C=STRENGTH_OF_POINTS, solver="liblinear", random_state=0)
        model.fit(table, np.array([point in points.split(";") for _, points, _ in rows]))
        add_weights(number, model, known, bias, weights)


def add_weights(
    number: int,
    model: LogisticRegression,
    known: dict[str, int],
    bias: list[float],
    weights: dict[str, list[tuple[int, float]]],
) -> None:
    """Add what a model learnt to the rest, with two decimals and without what hardly weighs anything."""
    bias.append(round(float(model.intercept_[0]), 2))
    for feature, place in known.items():
        weight = round(float(model.coef_[0][place]), 2)
        if abs(weight) >= LEAST:
            weights.setdefault(feature, []).append((number, weight))


def learnt_cues() -> dict[str, float]:
    """What each cue weighs on whether a claim is made of a treatment; under "" what holds without any."""
    rows = list(attributed())
    known = frequent([cues for cues, _ in rows], FEWEST_CUES)
    model = LogisticRegression(C=STRENGTH_OF_CUES, solver="liblinear", random_state=0)
    model.fit(matrix([cues for cues, _ in rows], known), np.array([is_of for _, is_of in rows]))
    told = {cue: round(float(model.coef_[0][place]), 2) for cue, place in known.items()}
    return {"": round(float(model.intercept_[0]), 2), **{cue: weight for cue, weight in told.items() if weight}}


def attributed() -> Iterator[tuple[set[str], bool]]:
    """For every labelled claim that names no treatment, and each one of its text: the cues, and if it is of that."""
    catalogue = load()
    reader, names = Reader(catalogue), Names(catalogue)
    attributor = Attributor(catalogue, names)
    for path, labels in developing():
        text = path.with_suffix(".txt")
        sentences = sentences_of(lines_of(text.read_bytes(), name=text.name))
        subjects = Subjects(names, sentences)
        cues = attributor.cues_in(sentences, subjects)
        of: dict[tuple[int, str], set[str]] = {}
        for one in labels["claims"]:
            of.setdefault((one["line"], one["kind"]), set()).add(one["treatment"])
        for (line, kind), treatments in of.items():
            there = [at for at, one in enumerate(sentences) if one.line == line and not one.is_question]
            found = [at for at in there if any(one.kind == kind for one in reader.matches_in(sentences[at].text))]
            at = next(iter(found if len(there) > 1 else there), None)
            if at in subjects.silent:
                for one in cues.candidates:
                    yield set(cues.of(at, kind, one)), one in treatments


def frequent(texts: Sequence[set[str]], fewest: int = FEWEST) -> dict[str, int]:
    """The features that enough of them have, each with its column."""
    counts = Counter(feature for features in texts for feature in features)
    return {feature: place for place, feature in enumerate(sorted(one for one in counts if counts[one] >= fewest))}


def developing() -> Iterator[tuple[Path, Any]]:
    """The labels of the texts to develop on, each with its place."""
    for path in sorted(BROCHURES.glob("*.yaml")):
        labels = yaml.safe_load(path.read_text(encoding="utf-8"))
        if labels["half"] == "dev":
            yield path, labels


def labelled_lines() -> Iterator[tuple[str, set[str]]]:
    """Every line of the texts to develop on and of the pages, with the kinds that it claims."""
    for path, labels in developing():
        for number, line in enumerate(path.with_suffix(".txt").read_text(encoding="utf-8").splitlines(), start=1):
            if line.strip():
                yield line, {one["kind"] for one in labels["claims"] if one["line"] == number}
    for kinds, _, line in rows_of(PAGES):
        yield line, set(kinds.split(";")) - {"-"}


def rows_of(path: Path) -> Iterator[list[str]]:
    """The rows of a file of labelled lines."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        yield from (row for row in rows if not row[0].startswith("#"))


def matrix(texts: Sequence[set[str]], known: dict[str, int]) -> csr_matrix:
    """One row a text, one column a word, 1 where the text has it."""
    rows, columns = [], []
    for row, features in enumerate(texts):
        places = sorted(known[one] for one in features if one in known)
        rows += [row] * len(places)
        columns += places
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(texts), len(known)))


if __name__ == "__main__":
    sys.exit(main())
