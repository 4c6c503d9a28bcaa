"""Sentences that share words with faulty ones and are harmless: every rule is silent on each."""

from __future__ import annotations

import csv

import pytest
from conftest import ROOT

from followup_lint import Linter, Severity
from followup_lint.authoring import letter
from followup_lint.model import Example

with (ROOT / "tests" / "look_alikes.tsv").open(encoding="utf-8", newline="") as file:
    TABLE = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_table_is_large_and_has_no_twins() -> None:
    sentences = [row["sentence"] for row in TABLE]
    assert len(set(sentences)) == len(sentences) >= 300


@pytest.mark.parametrize("row", TABLE, ids=[f"{n}" for n in range(2, len(TABLE) + 2)])
def test_silent(row: dict[str, str], linter: Linter) -> None:
    text, context = letter(Example(False, add=row["sentence"]))
    loud = [f for f in linter.lint(text, context).findings if f.severity is not Severity.INFO]
    assert [(f.rule, f.span.of(text)) for f in loud] == []
