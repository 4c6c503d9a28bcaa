"""Trains the models of rules/models: `python tests/first_contact/train.py` (a minute, the standard library alone).

The text is all the project's own: the examples of the pages under rules/pushiness, the batches of first contact and the
labelled letters. `--without BATCH…` leaves batches out and prints what the model makes of them instead of writing it.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from run import marks

from followup_lint import Linter
from followup_lint.language.fold import fold
from followup_lint.language.tagger import Tagger, features
from followup_lint.model import Context, SectionKind, Span
from followup_lint.parsing import sentences

ROOT = Path(__file__).parents[2]
SIZE = 1 << 16
EPOCHS, RATE, DECAY, MARGIN = 8, 0.15, 1e-6, 4.0
# The pages' examples are short and many sided: each counts as often as this.
PAGES_WEIGH = 3
PRESSING = {"pushy", "demand", "ultimatum", "complaint", "guilt", "presumption", "threat", "chasing", "comparison",
            "mindreading"}

# Their pressing sentences, each the softest of its kind and without a letter around it, made letters worse (log.md);
# they measure the pages instead. Their harmless twins are learnt from.
KEPT_BACK = {"p3", "p4", "p5", "p6"}


class Row(NamedTuple):
    batch: str
    words: tuple[str, ...]
    inside: tuple[bool, ...]  # does the word belong to a marked phrase?


def rows(linter: Linter) -> Iterator[Row]:
    """Every sentence that is labelled."""
    for batch, marked in marked_sentences():
        text, places = re.sub("[«»]", "", marked), list(marks(marked))
        for span in sentences(text, [Span(0, len(text))]):
            view = fold(text, span, SectionKind.BODY, linter.rulebook.grammar.lexicon.folding).folded
            yield row(batch, view.words, view.places, places)
    for batch, letter in letters():
        text = letter["draft"]
        places = [m.span() for phrase in letter["labels"]["pushy"] for m in re.finditer(re.escape(phrase), text)]
        for sentence in linter.read(text, Context()).sentences:
            if sentence.section is SectionKind.BODY:
                yield row(batch, sentence.folded.words, sentence.folded.places, places)


def row(batch: str, words: tuple[str, ...], at: Iterable[tuple[int, int]], places: list[tuple[int, int]]) -> Row:
    return Row(batch, words, tuple(any(low < end and start < high for low, high in places) for start, end in at))


def marked_sentences() -> Iterator[tuple[str, str]]:
    for page in sorted((ROOT / "rules/pushiness").glob("*.toml")):
        table = tomllib.loads(page.read_text(encoding="utf-8"))
        yield from (("pages", line) for line in table.get("hits", "").splitlines() if line)
        yield from (("pages", re.sub("[«»]", "", line)) for line in table.get("passes", "").splitlines() if line)
    for path in sorted((ROOT / "tests/first_contact").glob("*/pressing.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            category, tab, text = line.partition("\t")
            if tab and path.parent.name not in KEPT_BACK:
                yield path.parent.name, text if category in PRESSING else re.sub("[«»]", "", text)
    for name in ("look_alikes.tsv", "harmless.tsv", "casual.tsv", "acts.tsv"):  # the last two with a category in front
        for path in sorted((ROOT / "tests/first_contact").glob(f"*/{name}")):
            for line in path.read_text(encoding="utf-8").splitlines():
                if text := re.sub("[«»]", "", line.rpartition("\t")[2]):
                    yield path.parent.name, text


def letters() -> Iterator[tuple[str, dict]]:
    paths = [*(ROOT / "tests/first_contact").glob("*/letters.jsonl"), *(ROOT / "tests/letters").glob("*.jsonl")]
    for path in sorted(paths):
        batch = path.parent.name if path.stem == "letters" else path.stem
        yield from ((batch, json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines())
    for path in sorted((ROOT / "tests/first_contact").glob("*/*.txt")):  # good letters
        yield path.parent.name, {"draft": path.read_text(encoding="utf-8"), "labels": {"pushy": []}}


def train(taught: Iterable[Row]) -> bytes:
    """The model's file: logistic regression on words by stochastic gradient (AdaGrad), passing over what is learnt."""
    dice = random.Random(1)
    lessons = [
        pair
        for one in taught
        for pair in zip(features(one.words, SIZE), one.inside, strict=True)
        for _ in range(PAGES_WEIGH if one.batch == "pages" else 1)
    ]
    weights, gradients, bias = [0.0] * SIZE, [1.0] * SIZE, -2.0
    for _ in range(EPOCHS):
        dice.shuffle(lessons)
        for places, inside in lessons:
            odds = bias + sum([weights[f] for f in places])
            if (odds > MARGIN) if inside else (odds < -MARGIN):
                continue
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))) - inside
            bias -= 0.005 * error
            for f in places:
                gradients[f] += error * error
                weights[f] -= RATE * (error + DECAY * weights[f]) / math.sqrt(gradients[f])
    unit = max(map(abs, weights)) / 127
    head = json.dumps({"bias": round(bias, 3), "unit": round(unit, 6)})
    return head.encode() + b"\n" + bytes(round(w / unit) & 0xFF for w in weights)


def figures(model: Tagger, told: list[Row], least: float) -> str:
    """How many sentences that press and how many that do not hold a phrase that scores at least *least*."""
    seen = [any(model.phrases(one.words, least)) for one in told]
    pressing = [yes for yes, one in zip(seen, told, strict=True) if any(one.inside)]
    harmless = [yes for yes, one in zip(seen, told, strict=True) if not any(one.inside)]
    return f"at {least}: {sum(pressing)} of {len(pressing)} pressing, {sum(harmless)} of {len(harmless)} harmless"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--without", nargs="*", default=[], metavar="BATCH")
    without = asked.parse_args().without
    everything = list(rows(Linter(typo_engine="none")))
    made = train(one for one in everything if one.batch not in without)
    if not without:
        (ROOT / "rules/models/pushiness.tagger").write_bytes(made)
        return
    for batch in without:
        told = [one for one in everything if one.batch == batch]
        print(batch, "; ".join(figures(Tagger.from_bytes(made), told, least) for least in (0, 1, 2, 3)))


if __name__ == "__main__":
    main()
