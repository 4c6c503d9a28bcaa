"""LingoTweaker behind the proofreader: the extra ``deep``, where its wheel runs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec

import pytest
from test_proofreading import DATA, FIXED_TEXT, POLICIES, letter, marked, told

from followup_lint.model import Context
from followup_lint.proofreading import Proofreader, lingotweaker, proofreader


@pytest.fixture(scope="module")
def deep() -> Iterator[Proofreader]:
    if find_spec("lt_py") is None:
        why = "LINGOTWEAKER IS NOT TESTED: pip install 'followup-lint[deep]'"
        if os.environ.get("CI") and sys.platform == "linux":
            pytest.fail(why)
        pytest.skip(why)
    made = proofreader("lingotweaker", POLICIES, seconds=30)
    yield made
    made.close()


def test_it_finds_grammar_and_leaves_spelling_to_our_lists(deep: Proofreader) -> None:
    draft = letter("Zoë and I met 😀 – thank you for you time. I recieved it and look forward to hear from you.")
    found = deep.check(draft, Context())
    assert marked(draft, found) == [("you", "your"), ("recieved", "received"), ("to hear", "to hearing")]
    assert [slip.origin.partition(":")[0] for slip in found.slips] == ["lingotweaker", "spelling", "lingotweaker"]
    assert found.engine.startswith("lingotweaker 0.2.") and not found.unchecked


def test_offsets_are_turned_from_bytes_to_code_points() -> None:
    text = "Zoë 😀 x"
    place = lingotweaker.byte_offsets(text)
    for index, char in enumerate(text):
        assert place[len(text[:index].encode())] == index, char
    assert place[len(text.encode())] == len(text)


def test_a_panic_is_told_in_one_line_and_without_the_text(deep: Proofreader, monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    class Panicking:
        def check(self, text: str) -> None:
            raise PanicException(text)

    deep.start()
    monkeypatch.setattr(deep.engine, "_engine", Panicking())  # type: ignore[attr-defined]
    found = deep.check(letter("A secret."), Context())
    assert "PanicException" in found.unchecked and "secret" not in found.unchecked and "\n" not in found.unchecked


@pytest.mark.parametrize("hostile", [
    "!" * 60_000, "1" * 60_000, "😀" * 60_000, "a a a " * 20_000, "A. A. " * 15_000, "a/a/" * 20_000, "\t" * 60_000,
    "h3llo follow2up web2print " * 2_000, "bob@acme.com-555-1234 a@b.co-x " * 2_000, "\ud800 " * 9_000, "..." * 20_000,
    "<td> " * 12_000, "\u0301" * 40_000, "я" * 40_000, "NBSP\u00a0,\u00a0, " * 8_000, "x " * 40_000,
])
def test_hostile_text_neither_hangs_nor_raises(deep: Proofreader, hostile: str) -> None:
    found = deep.check(letter(hostile), Context())
    assert "PanicException" not in found.unchecked and "stopped" not in found.unchecked


def test_an_upgrade_shows_what_changed(deep: Proofreader) -> None:
    """What the policy makes of a fixed text. To accept: run this file as a program."""
    assert slips_now(deep) == json.loads((DATA / "engines.json").read_text("utf-8"))["lingotweaker"]


def slips_now(reader: Proofreader) -> dict[str, object]:
    draft = letter(FIXED_TEXT)
    found = reader.check(draft, Context())
    return {"engine": found.engine, "slips": told(draft, found)}


if __name__ == "__main__":
    golden = json.loads((DATA / "engines.json").read_text("utf-8"))
    golden["lingotweaker"] = slips_now(proofreader("lingotweaker", POLICIES, seconds=60))
    (DATA / "engines.json").write_text(json.dumps(golden, indent=1, ensure_ascii=False) + "\n", "utf-8")
