"""10,000 generated drafts, and by name what longer runs of tests/fuzz.py have found."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import fuzz

from followup_lint import Linter
from followup_lint.model import SectionKind


def test_ten_thousand_generated_drafts() -> None:
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        parts = list(pool.map(partial(fuzz.part, 2_500, 7, "none"), range(0, 10_000, 2_500)))
    assert sum(part.inputs for part in parts) == 10_000
    assert [find for part in parts for find in part.finds] == []


def test_some_generated_drafts_with_the_engine(linter: Linter) -> None:
    assert fuzz.run(200, 7, linter).finds == []


def test_a_greeting_on_the_subjects_line_is_not_a_subject_again(plain_linter: Linter) -> None:
    first = "Subject: Thank you for the interview Dear Dr. Minamato, Thank you for the hour that you took on Monday"
    draft = plain_linter.lint(f"{first}\n\nBest, Kyle Brannigan").draft
    assert [span.of(first) for span in draft.section(SectionKind.SUBJECT).spans] == ["Thank you for the interview"]
