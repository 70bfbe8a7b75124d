"""What words weigh for each kind of claim: learnt from labelled sentences, written to data/claim-words.json.

``make learn`` runs it. It learns from the development half of tests/data/brochures, where every line has all the kinds
that it claims; from tests/data/claim-sentences.tsv, where each sentence or way of saying claims one kind or only sounds
like it; and from the ways of saying in the vocabulary. What words mean is in tests/data/word-senses.yaml.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Final

import numpy as np
import yaml
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from hairtx.analysis.brochure.weighing import Senses

ROOT: Final = Path(__file__).parent.parent
SENTENCES: Final = ROOT / "tests" / "data" / "claim-sentences.tsv"
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
STRENGTH, LEAST = 0.12, 0.03


def main() -> int:
    """Learn, write, and say how much was learnt."""
    kinds = yaml.safe_load((ROOT / "data" / "vocabulary.yaml").read_text(encoding="utf-8"))["claim_kinds"]
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if not row[0].startswith("#")]
    rows += [[kind, "~", phrase] for kind, one in kinds.items() for phrase in one["said_as"]]
    lines = list(labelled_lines())
    words = yaml.safe_load(SENSES.read_text(encoding="utf-8"))
    senses = Senses(words)
    texts = [senses.features_of(text) for text in [row[2] for row in rows] + [text for text, _ in lines]]
    counts = Counter(feature for features in texts for feature in features)
    known = {feature: place for place, feature in enumerate(sorted(one for one in counts if counts[one] >= FEWEST))}
    table = matrix(texts, known)
    bias: list[float] = []
    weights: dict[str, list[tuple[int, float]]] = {}
    for number, kind in enumerate(kinds):
        claimed = [(one == kind and sign != "-") for one, sign, _ in rows] + [kind in labels for _, labels in lines]
        counted = [COUNTS[sign][one != kind] for one, sign, _ in rows] + [LABELLED] * len(lines)
        model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0)
        model.fit(table, np.array(claimed), sample_weight=np.array(counted))
        bias.append(round(float(model.intercept_[0]), 2))
        for feature, place in known.items():
            weight = round(float(model.coef_[0][place]), 2)
            if abs(weight) >= LEAST:
                weights.setdefault(feature, []).append((number, weight))
    head = f'{{"kinds": {json.dumps(list(kinds))},\n"bias": {bias},\n"senses": {json.dumps(words)},\n"weights": {{\n'
    told = ",\n".join(f"{json.dumps(one)}: {json.dumps(held)}" for one, held in sorted(weights.items()))
    WEIGHTS.write_text(f"{head}{told}\n}}}}\n", encoding="utf-8")
    print(f"{sum(map(len, weights.values())):,} weights of {len(weights):,} words for {len(kinds)} kinds")
    return 0


def labelled_lines() -> Any:
    """Every line of the texts to develop on, with the kinds that it claims."""
    for path in sorted(BROCHURES.glob("*.yaml")):
        labels = yaml.safe_load(path.read_text(encoding="utf-8"))
        if labels["half"] != "dev":
            continue
        for number, line in enumerate(path.with_suffix(".txt").read_text(encoding="utf-8").splitlines(), start=1):
            if line.strip():
                yield line, {one["kind"] for one in labels["claims"] if one["line"] == number}


def matrix(texts: list[set[str]], known: dict[str, int]) -> csr_matrix:
    """One row a text, one column a word, 1 where the text has it."""
    rows, columns = [], []
    for row, features in enumerate(texts):
        places = sorted(known[one] for one in features if one in known)
        rows += [row] * len(places)
        columns += places
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(texts), len(known)))


if __name__ == "__main__":
    sys.exit(main())
