"""The renaming law: people and firms of any origin in place of those in a draft never change a finding or the score."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
from conftest import ROOT

from followup_lint import Context, Linter
from followup_lint.parsing import person

EVERY = [json.loads(line) for line in (ROOT / "tests/letters/dev-a.jsonl").read_text(encoding="utf-8").splitlines()]
# Where a name itself is misspelt or in small letters, or two people are met, a renamed letter is another letter.
DRAFTS = [
    draft
    for draft in EVERY
    if " and " not in draft["context"].get("interviewer", "")
    and not any(slip["kind"] == "name" or slip["wrong"] in ("gemma", "kev") for slip in draft["labels"]["typos"])
]
# Given name, family name, firm: of many origins, some of them English words, some with marks, hyphens, particles.
NAMES = [
    ("Oluwaseun", "Adébáyọ̀", "Ọrẹlola Logistics"),
    ("Nguyễn", "Phạm-Lý", "Sao Mai"),
    ("Xiomara", "Etxeberria", "Txalaparta"),
    ("Þórdís", "Kvaran", "Hraunfoss"),
    ("Grace", "Joy", "Summit"),
    ("Sinéad", "O'Shaughnessy", "Clonmacnoise"),
    ("Md", "Rahman", "Padma Textiles"),
    ("Tjaša", "Žnidaršič", "Živ Žav"),
    ("Will", "May", "Harbour"),
    ("Ikaika", "Kahananui", "Moana"),
]


def renamed(draft: dict, names: tuple[str, str, str]) -> tuple[str, dict]:
    """The draft and its context with the interviewer's and the sender's names and the firm's replaced."""
    given, family, firm = names
    context = dict(draft["context"])
    swaps: dict[str, str] = {}
    for whole in [context.get("interviewer", "")]:
        for one in re.split(r" and |, | & ", whole if isinstance(whole, str) else ""):
            found = person(one)
            if found.family:
                swaps[found.family] = family
            if found.given and " " not in found.given:
                swaps[found.given] = given
    if context.get("company"):
        swaps[context["company"]] = firm
        swaps.setdefault(context["company"].split()[0], firm.split()[0])
    text = draft["draft"]
    ordered = sorted(swaps, key=len, reverse=True)
    if ordered:
        pattern = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, ordered)) + r")(?!\w)")
        text = pattern.sub(lambda m: swaps[m[1]], text)
        for key in ("interviewer", "company"):
            if isinstance(context.get(key), str):
                context[key] = pattern.sub(lambda m: swaps[m[1]], context[key])
    return text, context


@pytest.mark.parametrize("draft", DRAFTS, ids=[d["id"] for d in DRAFTS])
def test_names_never_change_the_score(linter: Linter, draft: dict) -> None:
    def judged(text: str, context: dict) -> tuple[int, Counter[str]]:
        report = linter.lint(text, Context.from_mapping({**context, "kind": draft["kind"]}))
        return report.score, Counter(f.rule for f in report.findings)

    as_written = judged(draft["draft"], draft["context"])
    names = [NAMES[(DRAFTS.index(draft) + k) % len(NAMES)] for k in (0, 3, 7)]
    for other in names:
        assert judged(*renamed(draft, other)) == as_written, other
