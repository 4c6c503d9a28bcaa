"""The learned models: what they make of words they know, what a page does with it, and that good letters are spared."""

from __future__ import annotations

import json
from array import array

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from followup_lint import Linter
from followup_lint.language.sentence_model import SentenceModel, features

NAMES = ("detail", "interest", "offer", "pushiness", "status-question")
GOOD = (ROOT / "rules" / "baseline.txt").read_text(encoding="utf-8")


def model(weights: dict[tuple[str, ...], int], size: int = 1 << 10) -> SentenceModel:
    """A model that knows these words, pairs and triples only; a unit is one."""
    table = array("b", bytes(size))
    for phrase, weight in weights.items():
        # The feature that the phrase has and its parts have not.
        parts = {f for n in range(1, len(phrase)) for part in (phrase[:n], phrase[n:]) for f in features(part, size)}
        whole = [f for f, (first, end) in features(phrase, size).items() if (first, end) == (0, len(phrase))]
        table[next(f for f in whole if f not in parts)] = weight
    return SentenceModel(table, -1.0, 1.0)


def test_odds_are_the_weights_of_what_stands_there() -> None:
    knows = model({("owe",): 3, ("answer",): 1})
    assert knows.odds(("you", "owe", "me", "an", "answer")) == 3
    assert knows.odds(("you", "answer")) == 0
    assert knows.odds(()) == -1
    assert knows.odds(("owe", "owe")) == 2, "what stands twice counts once"


def test_the_phrase_is_where_the_weights_are() -> None:
    knows = model({("owe",): 3, ("answer",): 2, ("kindly",): -4})
    assert knows.phrase(("i", "kindly", "say", "you", "owe", "me", "an", "answer", "and", "so", "on")) == (4, 8)


@given(st.lists(st.text(max_size=6), max_size=30))
def test_any_words_have_odds_and_a_phrase(words: list[str]) -> None:
    knows = model({("owe",): 3})
    assert isinstance(knows.odds(words), float)
    if words:
        first, end = knows.phrase(words)
        assert 0 <= first < end <= len(words)


@pytest.mark.parametrize("data", [b"", b"{}\n", b'{"bias": 0, "unit": 1}\nabc', b"no json\nab", b'{"bias": "x"}\nab'])
def test_a_broken_file_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, KeyError)):
        SentenceModel.from_bytes(data)


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_models_are_small(name: str) -> None:
    data = (ROOT / f"rules/models/{name}.sentences").read_bytes()
    assert len(data) <= 66_000
    assert SentenceModel.from_bytes(data).bias < 2


@pytest.mark.parametrize(
    ("sentence", "marked"),
    [
        ("You owe me an answer, and I cleared my whole summer so that you could have me from the first of July.", True),
        ("I cleared two days in July so that you could have your pick of dates.", False),
    ],
)
def test_a_learned_page(plain_linter: Linter, sentence: str, marked: bool) -> None:
    text = GOOD.replace("I remain very", f"{sentence} I remain very")
    assert any(f.check == "pushiness" for f in plain_linter.lint(text).findings) is marked


def test_the_good_letters_are_not_pressed(plain_linter: Linter) -> None:
    """Letters written as good ones, that the models have learnt from: a new model must not forget them."""
    paths = sorted((ROOT / "tests/first_contact").glob("g*/*.txt"))[::5]
    letters = {path: plain_linter.lint(path.read_text(encoding="utf-8")) for path in paths}
    pressed = [path.name for path, report in letters.items() if any(f.check == "pushiness" for f in report.findings)]
    assert len(pressed) <= len(paths) // 50, pressed


def test_a_wish_in_words_that_no_line_knows(plain_linter: Linter) -> None:
    """The benefit of the doubt: the model of wishes knows this one, the lines of rules/acts/interest.txt do not."""
    text = (ROOT / "tests/first_contact/g9/41.txt").read_text(encoding="utf-8")
    reading = plain_linter.read(text)
    assert not reading.does("interest")
    assert "body.no-interest" not in {f.rule for f in plain_linter.lint(text).findings}


def test_the_models_know_what_they_were_trained_for() -> None:
    told = [line.partition("\t") for line in (ROOT / "tests/first_contact/a1/acts.tsv").read_text("utf-8").splitlines()]
    knows = SentenceModel.from_bytes((ROOT / "rules/models/interest.sentences").read_bytes())
    odds = {kind: [] for kind in ("interest", "none")}
    for kind, _, text in told:
        if kind in odds:
            odds[kind].append(knows.odds(text.lower().rstrip(".").split()))
    assert sum(o > 0 for o in odds["interest"]) > 0.8 * len(odds["interest"])
    assert sum(o > 0 for o in odds["none"]) < 0.1 * len(odds["none"])
    assert json.loads((ROOT / "rules/models/interest.sentences").read_bytes().partition(b"\n")[0])["unit"] > 0
