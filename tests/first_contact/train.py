"""Trains the models of rules/models: `python tests/first_contact/train.py` (a minute, the standard library alone).

The text is all the project's own: the examples of the pages, the batches of first contact, the labelled letters. What
presses is marked in them word by word. What a sentence does (wants the job, offers more, asks) is told by
acts.tsv and, for whole letters, by their labels: in a letter that does it, a sentence that a line of rules/acts matches
is an example, and one that the model itself is sure of after a round; in a letter that does not, no sentence is one.

`--without BATCH…` leaves batches out and prints, instead of writing the models, what they make of these.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from run import marks

from followup_lint import Linter
from followup_lint.language import Sentence, View, fold
from followup_lint.language.sentence_model import SentenceModel, features
from followup_lint.model import Context, SectionKind, Span
from followup_lint.parsing import sentences
from followup_lint.reading import Acts

ROOT = Path(__file__).parents[2]
EPOCHS, RATE, DECAY = 12, 0.15, 2e-3
PRESSING = frozenset({"pushy", "demand", "ultimatum", "complaint", "guilt", "presumption", "threat", "chasing",
                      "comparison", "mindreading"})
SIZES = {"pushiness": 1 << 16, "interest": 1 << 15, "offer": 1 << 15, "status-question": 1 << 15, "detail": 1 << 15}
# After the first round a sentence of a letter that does it, unmatched by any line, is taken for an example from this
# log-odds on, and for a counter-example below its negative.
SURE, ROUNDS = 1.0, 3
LEVELS = (0, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5)

GOOD = {"pushy": [], "interest": True, "offers_more_info": True, "specifics": True}
"""What a good letter does; what it asks is not told."""

Words: TypeAlias = tuple[str, ...]
Lesson: TypeAlias = tuple[Words, bool]


class Act(NamedTuple):
    """Its label in letters, the files of rules/acts whose lines show it, and what acts.tsv calls it."""

    label: str
    lines: frozenset[str]
    told: str


ACTS = {
    "interest": Act("interest", frozenset({"interest", "thanks-interest"}), "interest"),
    "offer": Act("offers_more_info", frozenset({"offer"}), "offer"),
    "status-question": Act("asks_status", frozenset({"status-question"}), "status"),
    "detail": Act("specifics", frozenset({"detail"}), "detail"),
}
# A sentence that tells this much of the conversation, as the reading of details weighs it, is an example of one.
TOLD = 0.65


class Told(NamedTuple):
    """A sentence of a list: of which batch and kind, and whether words of it are marked."""

    batch: str
    kind: str
    words: Words
    marked: bool


class Letter(NamedTuple):
    """A labelled letter: each sentence of its body with the acts whose lines match, and whether it is marked pushy."""

    batch: str
    labels: Mapping[str, bool]
    sentences: tuple[tuple[Words, frozenset[str], bool], ...]


def lists(linter: Linter) -> Iterator[Told]:
    """Every sentence of the pages' examples and of the batches' lists."""
    folding = linter.rulebook.grammar.lexicon.folding
    for batch, kind, marked in _listed():
        text, places = re.sub("[«»]", "", marked), list(marks(marked))
        for span in sentences(text, [Span(0, len(text))]):
            view = fold(text, span, SectionKind.BODY, folding).folded
            if view.words:
                yield Told(batch, kind, view.words, _is_marked(view, places))


def _listed() -> Iterator[tuple[str, str, str]]:
    """(batch, kind, sentence with its marks)."""
    for page in sorted((ROOT / "rules/pushiness").glob("*.toml")):
        table = tomllib.loads(page.read_text(encoding="utf-8"))
        yield from (("pages", "pushy", line) for line in table.get("hits", "").splitlines() if line)
        yield from (("pages", "", re.sub("[«»]", "", line)) for line in table.get("passes", "").splitlines() if line)
    for path in sorted((ROOT / "tests/first_contact").glob("*/*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            kind, _, text = line.rpartition("\t")
            if text:
                yield path.parent.name, kind, text


def letters(linter: Linter) -> Iterator[Letter]:
    """Every letter."""
    acts = linter.rulebook.grammar.acts
    for batch, draft, given in _letters():
        labels = {**given, "specifics": not given["missing_specifics"]} if given else GOOD
        places = [m.span() for phrase in labels["pushy"] for m in re.finditer(re.escape(phrase), draft)]
        reading = linter.read(draft, Context())
        body = [s for s in reading.sentences if s.section is SectionKind.BODY and s.folded.words]
        telling = {d.sentence for d in reading.details if d.theirs >= TOLD}
        yield Letter(batch, labels, tuple(_read(one, acts, one.span in telling, places) for one in body))


def _letters() -> Iterator[tuple[str, str, dict]]:
    paths = [*(ROOT / "tests/first_contact").glob("*/letters.jsonl"), *(ROOT / "tests/letters").glob("*.jsonl")]
    for path in sorted(paths):
        for line in path.read_text(encoding="utf-8").splitlines():
            letter = json.loads(line)
            yield path.parent.name if path.stem == "letters" else path.stem, letter["draft"], letter["labels"]
    for path in sorted((ROOT / "tests/first_contact").glob("*/*.txt")):
        yield path.parent.name, path.read_text(encoding="utf-8"), {}


def _read(sentence: Sentence, acts: Acts, tells: bool, places: Collection[tuple[int, int]]) -> tuple:
    view = sentence.folded
    done = acts.found_in(view) | ({"detail"} if tells else set())
    return view.words, frozenset(done), _is_marked(view, places)


def _is_marked(view: View, places: Collection[tuple[int, int]]) -> bool:
    return any(low < end and start < high for low, high in places for start, end in view.places)


def pressing(told: Iterable[Told], given: Iterable[Letter]) -> Iterator[Lesson]:
    """What presses and what does not; an example of a page, short and one of its kind, counts thrice."""
    for one in told:
        yield from [(one.words, one.marked and one.kind in PRESSING)] * (3 if one.batch == "pages" else 1)
    yield from ((words, marked) for letter in given for words, _, marked in letter.sentences)


def doing(act: Act, told: Iterable[Told], given: Iterable[Letter]) -> Iterator[Lesson]:
    """What certainly does the act, and what certainly does not."""
    # A sentence about another offer may do any of them as well, so that it teaches nothing.
    kinds = {"gratitude", "none", *(one.told for one in ACTS.values())}
    yield from ((one.words, one.kind == act.told) for one in told if one.kind in kinds)
    for letter in given:
        does = letter.labels.get(act.label)
        for words, acts, _ in letter.sentences:
            if does is not None and does == bool(acts & act.lines):
                yield words, does


def guesses(act: Act, model: SentenceModel, given: Iterable[Letter]) -> Iterator[Lesson]:
    """What the model makes of the sentences that no line matches, in letters that do it."""
    for letter in given:
        for words, acts, _ in letter.sentences if letter.labels.get(act.label) else ():
            if not acts & act.lines and abs(odds := model.odds(words)) >= SURE:
                yield words, odds > 0


def taught(act: Act, told: Sequence[Told], given: Sequence[Letter], size: int) -> bytes:
    """The model of an act: what is certain first, its own guesses in the rounds after."""
    known = list(doing(act, told, given))
    made = fitted(known, size)
    for _ in range(ROUNDS - 1):
        made = fitted([*known, *guesses(act, SentenceModel.from_bytes(made), given)], size)
    return made


def fitted(lessons: Iterable[Lesson], size: int) -> bytes:
    """Logistic regression by stochastic gradient (AdaGrad), both sides weighing the same; what stands in one sentence
    alone teaches nothing."""
    order = [(tuple(features(words, size)), does) for words, does in lessons]
    seen: dict[int, int] = {}
    for sentence, _ in order:
        for f in sentence:
            seen[f] = seen.get(f, 0) + 1
    order = [(tuple(f for f in sentence if seen[f] > 1), does) for sentence, does in order]
    yes = sum(does for _, does in order)
    weigh = {True: len(order) / (2 * yes), False: len(order) / (2 * (len(order) - yes))}
    dice, weights, gradients, bias = random.Random(1), [0.0] * size, [1.0] * size, 0.0
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
    head = json.dumps({"bias": round(bias, 3), "unit": round(unit, 6)})
    return head.encode() + b"\n" + bytes(round(w / unit) & 0xFF for w in weights)


def models(told: Sequence[Told], given: Sequence[Letter]) -> Iterator[tuple[str, bytes]]:
    """Every model's name and file."""
    yield "pushiness", fitted(pressing(told, given), SIZES["pushiness"])
    for name, act in ACTS.items():
        yield name, taught(act, told, given, SIZES[name])


def figures(name: str, model: SentenceModel, told: Sequence[Told], given: Sequence[Letter]) -> Iterator[str]:
    """What the model makes of text it has not seen, from several log-odds on."""
    if name == "pushiness":
        asked = [(model.odds(words), does) for words, does in pressing(told, given)]
        yield from _shares(asked, "sentences that press")
        return
    act = ACTS[name]
    best = [(max((model.odds(words) for words, _, _ in one.sentences), default=-9.0), one) for one in given]
    unseen = [(odds, True) for odds, one in best if one.labels.get(act.label)
              and not any(acts & act.lines for _, acts, _ in one.sentences)]
    lacking = [(odds, False) for odds, one in best if one.labels.get(act.label) is False]
    yield from _shares([*unseen, *lacking], "letters that do it and match no line")


def _shares(asked: Sequence[tuple[float, bool]], what: str) -> Iterator[str]:
    for level in LEVELS:
        right, wrong = (sum(odds >= level for odds, does in asked if does is side) for side in (True, False))
        yes = sum(does for _, does in asked)
        yield f"from {level}: {right} of {yes} {what}, {wrong} of {len(asked) - yes} others"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--without", nargs="*", default=[], metavar="BATCH")
    without = asked.parse_args().without
    linter = Linter(typo_engine="none")
    told, given = list(lists(linter)), list(letters(linter))

    def is_kept_back(one: Told | Letter) -> bool:
        return one.batch in without

    lessons = [[one for one in every if not is_kept_back(one)] for every in (told, given)]
    rest = [[one for one in every if is_kept_back(one)] for every in (told, given)]
    for name, made in models(*lessons):
        if without:
            print(name, *figures(name, SentenceModel.from_bytes(made), *rest), sep="\n  ")
        else:
            (ROOT / f"rules/models/{name}.sentences").write_bytes(made)


if __name__ == "__main__":
    main()
