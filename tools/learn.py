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
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import yaml
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from hairtx import lines_of, load
from hairtx.analysis.brochure.attributing import Attributor, words_in
from hairtx.analysis.brochure.reading import Reader
from hairtx.analysis.brochure.sentences import sentences_of
from hairtx.analysis.brochure.subjects import KNOWN, Names, Subjects
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
#: The inverse of how strongly weights are held down, and under which weight, in hundredths, a word is left out.
STRENGTH, LEAST = 0.25, 8
#: The same for points of the checklist, and for cues.
STRENGTH_OF_POINTS: Final = 0.5
STRENGTH_OF_CUES, FEWEST_CUES = 0.1, 5
#: A passage about more treatments than these tells nothing of either.
FEW_TREATMENTS: Final = 2
#: As if each treatment had been told of so many times more, with the words of all; the least and the most that a word
#: tells; and in how many parts texts are held back from the words that they are read with.
BELIEVED: Final = 1.5
LEAST_TELLING, MOST_TELLING = 0.3, 2.5
PARTS: Final = 5


def main() -> int:
    """Learn, write, and say how much was learnt."""
    kinds = yaml.safe_load((ROOT / "data" / "vocabulary.yaml").read_text(encoding="utf-8"))["claim_kinds"]
    words = yaml.safe_load(SENSES.read_text(encoding="utf-8"))
    bias, weights = learnt_words(kinds, words)
    learn_points(len(kinds), words, bias, weights)
    # Where in a line something is claimed is found with the words just learnt.
    write(kinds, words, bias, weights, {}, {})
    passages = list(told_passages())
    subjects, cues = learnt_subjects(passages), learnt_cues(passages)
    write(kinds, words, bias, weights, subjects, cues)
    print(
        f"{sum(map(len, weights.values())):,} weights of {len(weights):,} words for {len(kinds)} kinds, "
        f"of {len(subjects):,} words for treatments, and of {len(cues):,} cues"
    )
    return 0


def write(
    kinds: Sequence[str],
    words: dict[str, Any],
    bias: list[int],
    weights: dict[str, list[tuple[int, int]]],
    subjects: dict[str, dict[str, float]],
    cues: dict[str, float],
) -> None:
    """Put all of it into the file, one word a line."""
    told = ",\n".join(
        f"{json.dumps(one)}: {json.dumps(held, separators=(',', ':'))}" for one, held in sorted(weights.items())
    )
    of = ",\n".join(f"{json.dumps(one)}: {json.dumps(held)}" for one, held in sorted(subjects.items()))
    learnt = [*kinds, *(f"{POINT}{one}" for one in CHECKLIST)]
    WEIGHTS.write_text(
        f'{{"kinds": {json.dumps(learnt)},\n"bias": {bias},\n"senses": {json.dumps(words)},\n'
        f'"cues": {json.dumps(cues, indent=0, sort_keys=True)},\n"subjects": {{\n{of}\n}},\n'
        f'"weights": {{\n{told}\n}}}}\n',
        encoding="utf-8",
    )


def learnt_words(kinds: dict[str, Any], words: dict[str, Any]) -> tuple[list[int], dict[str, list[tuple[int, int]]]]:
    """The odds of each kind, and by feature what it weighs for which kinds."""
    rows = list(rows_of(SENTENCES))
    rows += [[kind, "~", phrase] for kind, one in kinds.items() for phrase in one["said_as"]]
    lines = list(labelled_lines())
    senses = Senses(words)
    texts = [senses.features_of(text) for text in [row[2] for row in rows] + [text for text, _ in lines]]
    known = frequent(texts)
    table = matrix(texts, known)
    bias: list[int] = []
    weights: dict[str, list[tuple[int, int]]] = {}
    for number, kind in enumerate(kinds):
        claimed = [(one == kind and sign != "-") for one, sign, _ in rows] + [kind in labels for _, labels in lines]
        counted = [COUNTS[sign][one != kind] for one, sign, _ in rows] + [LABELLED] * len(lines)
        model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0)
        model.fit(table, np.array(claimed), sample_weight=np.array(counted))
        add_weights(number, model, known, bias, weights)
    return bias, weights


def learn_points(first: int, words: dict[str, Any], bias: list[int], weights: dict[str, list[tuple[int, int]]]) -> None:
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
    bias: list[int],
    weights: dict[str, list[tuple[int, int]]],
) -> None:
    """Add what a model learnt to the rest, in hundredths and without what hardly weighs anything."""
    bias.append(round(100 * float(model.intercept_[0])))
    for feature, place in known.items():
        weight = round(100 * float(model.coef_[0][place]))
        if abs(weight) >= LEAST:
            weights.setdefault(feature, []).append((number, weight))


class Passage(NamedTuple):
    """Words that are known to be about these treatments, and the text that they are from."""

    text: str
    treatments: frozenset[str]
    words: frozenset[str]


def told_passages() -> Iterator[Passage]:
    """What the labelled lines say, each page of lines that names one treatment, and what the catalogue says of each."""
    catalogue = load()
    names = Names(catalogue)
    for path, labels in developing():
        lines = path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
        of: dict[int, set[str]] = {}
        for one in labels["claims"]:
            of.setdefault(one["line"], set()).add(one["treatment"])
        for line, treatments in of.items():
            if len(treatments) <= FEW_TREATMENTS:
                yield Passage(path.stem, frozenset(treatments), frozenset(words_in(lines[line - 1])))
    for page in pages():
        sentences = sentences_of(page)
        subjects = Subjects(names, sentences)
        is_of_few = sum(not one.startswith(KNOWN) for one in subjects.lines) <= FEW_TREATMENTS
        if is_of_few and len(subjects.main) == 1 and not subjects.main[0].startswith(KNOWN):
            for sentence in sentences:
                yield Passage("", frozenset(subjects.main), frozenset(words_in(sentence.text)))
    for entry in catalogue:
        said = [entry.name, entry.summary.text, *entry.aliases, *(one.claim for one in entry.claims)]
        said += [one.text for one in entry.mechanism] + [one.effect for one in entry.side_effects]
        for text in said:
            yield Passage("", frozenset({entry.id}), frozenset(words_in(text)))


def learnt_subjects(passages: Iterable[Passage]) -> dict[str, dict[str, float]]:
    """By word, how much likelier it is in passages about each treatment than in all, as a logarithm; rounded."""
    told: dict[str, Counter[str]] = {}
    passages_of: Counter[str] = Counter()
    of_word: Counter[str] = Counter()
    count = 0
    for one in passages:
        count += 1
        of_word.update(one.words)
        for treatment in one.treatments:
            passages_of[treatment] += 1
            told.setdefault(treatment, Counter()).update(one.words)
    learnt: dict[str, dict[str, float]] = {}
    for treatment, words in told.items():
        for word, times in words.items():
            if of_word[word] >= FEWEST:
                # As if each treatment had been told of a few times more, with the words of all.
                everywhere = (of_word[word] + 0.5) / count
                share = (times + BELIEVED * everywhere) / (passages_of[treatment] + BELIEVED)
                weight = round(min(MOST_TELLING, math.log(share / everywhere)), 1)
                if weight >= LEAST_TELLING:
                    learnt.setdefault(word, {})[treatment] = weight
    return {word: dict(sorted(held.items())) for word, held in learnt.items()}


def learnt_cues(passages: Sequence[Passage]) -> dict[str, float]:
    """What each cue weighs on whether a claim is made of a treatment; under "" what holds without any."""
    rows = list(attributed(passages))
    known = frequent([cues for cues, _ in rows], FEWEST_CUES)
    model = LogisticRegression(C=STRENGTH_OF_CUES, solver="liblinear", random_state=0)
    model.fit(matrix([cues for cues, _ in rows], known), np.array([is_of for _, is_of in rows]))
    told = {cue: round(float(model.coef_[0][place]), 2) for cue, place in known.items()}
    return {"": round(float(model.intercept_[0]), 2), **{cue: weight for cue, weight in told.items() if weight}}


def attributed(passages: Sequence[Passage]) -> Iterator[tuple[set[str], bool]]:
    """For every labelled claim, and each treatment of its text: the cues, and if it is of that.

    Of which treatments the words of a text speak is learnt from the other texts alone, as it is when a new one is read.
    """
    catalogue = load()
    reader, names = Reader(catalogue), Names(catalogue)
    texts = list(developing())
    for part in range(PARTS):
        mine = texts[part::PARTS]
        stems = {path.stem for path, _ in mine}
        words = learnt_subjects(one for one in passages if one.text not in stems)
        attributor = Attributor(catalogue, names, words)
        for path, labels in mine:
            text = path.with_suffix(".txt")
            sentences = sentences_of(lines_of(text.read_bytes(), name=text.name))
            subjects = Subjects(names, sentences)
            cues = attributor.cues_in(sentences, subjects)
            of: dict[tuple[int, str], set[str]] = {}
            for one in labels["claims"]:
                of.setdefault((one["line"], one["kind"]), set()).add(one["treatment"])
            for (line, kind), treatments in of.items():
                there = [at for at, one in enumerate(sentences) if one.line == line and not one.is_question]
                clauses = {
                    at: one.clause for at in there for one in reader.matches_in(sentences[at].text) if one.kind == kind
                }
                at = next(iter(clauses if len(there) > 1 else there), None)
                if at is not None:
                    for one in cues.candidates:
                        yield set(cues.of(at, kind, one, clauses.get(at, 0))), one in treatments


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


def pages() -> Iterator[list[str]]:
    """The pages of labelled lines, each by its lines."""
    page: list[str] = []
    with PAGES.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if not row[0].startswith("#"):
                page.append(row[2])
            elif page:
                yield page
                page = []
    if page:
        yield page


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
