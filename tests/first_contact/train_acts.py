"""Trains the models of what sentences do: `python tests/first_contact/train_acts.py` (a minute, the standard library).

The text is all the project's own: the sentences of acts.tsv by what they do, and every letter whose labels say whether
it does it. In a letter that does, a sentence that a line of rules/acts matches is an example; where none matches, the
one that the model itself finds likeliest after a first round is taken for it. In a letter that does not, no sentence
is. `--without BATCH…` leaves batches out and prints how many of their letters the lines miss, how many of these the
model sees, and how many it wrongly sees in letters that do not do it.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from train import ROOT, letters

from followup_lint import Linter
from followup_lint.language.fold import fold
from followup_lint.language.sentence_model import SentenceModel, features
from followup_lint.model import Context, SectionKind, Span
from followup_lint.parsing import sentences

SIZE = 1 << 15
EPOCHS, RATE, DECAY = 12, 0.15, 2e-3
# After the first round a sentence of a letter that does it, unmatched by any line, is taken for an example from this
# log-odds on, and for a counter-example below its negative.
SURE = 1.0
ROUNDS = 3


class Act(NamedTuple):
    """An act: its label, the files of rules/acts whose lines show it, the kinds of acts.tsv, and the least odds."""

    label: str
    lines: frozenset[str]
    told: str
    least: float


ACTS = {
    "interest": Act("interest", frozenset({"interest", "thanks-interest"}), "interest", 1.5),
    "offer": Act("offers_more_info", frozenset({"offer"}), "offer", 2.0),
    "status-question": Act("asks_status", frozenset({"status-question"}), "status", 2.0),
}
# A sentence about another offer may do any of them as well, so that it teaches nothing.
UNCLEAR = "other-offer"


class Letter(NamedTuple):
    batch: str
    labels: Mapping[str, bool | None]
    sentences: tuple[tuple[frozenset[int], frozenset[str]], ...]  # features, and the acts whose lines match


def told_sentences(linter: Linter) -> Iterator[tuple[str, str, frozenset[int]]]:
    """(batch, what it does, features) of every sentence of acts.tsv, and of every pressing one."""
    folding = linter.rulebook.grammar.lexicon.folding
    for path in sorted((ROOT / "tests/first_contact").glob("*/acts.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            kind, tab, text = line.partition("\t")
            spans = sentences(text, [Span(0, len(text))]) if tab else ()
            words = [w for s in spans for w in fold(text, s, SectionKind.BODY, folding).folded.words]
            if words:
                yield path.parent.name, kind, frozenset(features(words, SIZE))


def read_letters(linter: Linter) -> Iterator[Letter]:
    acts = linter.rulebook.grammar.acts
    for batch, letter in letters():
        given = letter.get("labels", {})
        good = "asks_status" not in given  # a good letter: it wants the job and offers more; what it asks is not told
        labels = {"interest": True, "offers_more_info": True} if good else given
        body = [s for s in linter.read(letter["draft"], Context()).sentences if s.section is SectionKind.BODY]
        yield Letter(batch, labels, tuple(
            (frozenset(features(s.folded.words, SIZE)),
             frozenset(name for name, lines in acts.items() if lines.found_in(s.folded)))
            for s in body
        ))


Lesson = tuple[frozenset[int], bool]


def lessons(act: Act, told: Iterable[tuple[str, str, frozenset[int]]], given: Iterable[Letter]) -> Iterator[Lesson]:
    """What is known from the start."""
    for _, kind, sentence in told:
        if kind != UNCLEAR:
            yield sentence, kind == act.told
    for letter in given:
        for sentence, acts in letter.sentences:
            does = letter.labels.get(act.label)
            if does and acts & act.lines:
                yield sentence, True
            elif does is False and not acts & act.lines:
                yield sentence, False


def guesses(act: Act, model: SentenceModel, given: Iterable[Letter]) -> Iterator[Lesson]:
    """What the model makes of the sentences that no line matches, in letters that do it."""
    for letter in given:
        for sentence, acts in letter.sentences if letter.labels.get(act.label) else ():
            odds = _odds(model, sentence)
            if not acts & act.lines and abs(odds) >= SURE:
                yield sentence, odds > 0


def fitted(taught: Sequence[Lesson], least: float) -> bytes:
    """Logistic regression by stochastic gradient (AdaGrad), both sides weighing the same."""
    dice, order = random.Random(1), list(taught)
    yes = sum(does for _, does in order)
    weigh = {True: len(order) / (2 * yes), False: len(order) / (2 * (len(order) - yes))}
    seen: dict[int, int] = {}
    for sentence, _ in order:
        for f in sentence:
            seen[f] = seen.get(f, 0) + 1
    order = [(frozenset(f for f in sentence if seen[f] > 1), does) for sentence, does in order]
    weights, gradients, bias = [0.0] * SIZE, [1.0] * SIZE, 0.0
    for _ in range(EPOCHS):
        dice.shuffle(order)
        for sentence, does in order:
            odds = bias + sum([weights[f] for f in sentence])
            error = weigh[does] * (1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))) - does)
            bias -= 0.01 * error
            for f in sentence:
                gradients[f] += error * error
                weights[f] -= RATE * (error + DECAY * weights[f]) / math.sqrt(gradients[f])
    unit = max(map(abs, weights)) / 127
    head = json.dumps({"bias": round(bias, 3), "unit": round(unit, 6), "least": least})
    return head.encode() + b"\n" + bytes(round(w / unit) & 0xFF for w in weights)


def train(act: Act, told: Sequence[tuple[str, str, frozenset[int]]], given: Sequence[Letter]) -> bytes:
    known = list(lessons(act, told, given))
    made = fitted(known, act.least)
    for _ in range(ROUNDS - 1):
        made = fitted([*known, *guesses(act, SentenceModel.from_bytes(made), given)], act.least)
    return made


def _odds(model: SentenceModel, sentence: Iterable[int]) -> float:
    return model.bias + model.unit * sum(model.weights[f] for f in sentence)


def figures(act: Act, model: SentenceModel, asked: Iterable[Letter]) -> str:
    does, does_not = [], []
    for letter in asked:
        best = max((_odds(model, sentence) for sentence, _ in letter.sentences), default=-9.0)
        if letter.labels.get(act.label) is False:
            does_not.append(best)
        elif letter.labels.get(act.label) and not any(acts & act.lines for _, acts in letter.sentences):
            does.append(best)
    return "; ".join(
        f"at {least}: {sum(b >= least for b in does)} of {len(does)} missed, {sum(b >= least for b in does_not)} of "
        f"{len(does_not)} that lack it" for least in (1, 1.5, 2, 2.5, 3, 3.5, 4, 5)
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--without", nargs="*", default=[], metavar="BATCH")
    without = asked.parse_args().without
    linter = Linter(typo_engine="none")
    told = [one for one in told_sentences(linter) if one[0] not in without]
    given = list(read_letters(linter))
    for name, act in ACTS.items():
        made = train(act, told, [letter for letter in given if letter.batch not in without])
        if without:
            kept_back = [letter for letter in given if letter.batch in without]
            print(name, figures(act, SentenceModel.from_bytes(made), kept_back))
        else:
            (ROOT / f"rules/models/{name}.sentences").write_bytes(made)


if __name__ == "__main__":
    main()
