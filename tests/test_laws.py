"""Laws that hold for every letter: over real drafts, mutated, and a grammar of letters with planted faults."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections import Counter

import pytest
from conftest import ROOT
from fuzz import inconsistencies
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup_lint import Context, Linter
from followup_lint.model import Span
from followup_lint.report import Report

DRAFTS = [json.loads(line) for line in (ROOT / "tests/letters/dev-a.jsonl").read_text(encoding="utf-8").splitlines()]
IDS = [d["id"] for d in DRAFTS]
MANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

GREETINGS = ["Dear Ms. Raman,", "Hi Priya,", "Hey Priya!!", "To whom it may concern:", "", "Good morning,"]
SENTENCES = [
    "Thank you for meeting with me on Monday about the Data Engineer position.",
    "I enjoyed your account of the nightly batch and the late events.",
    "Please get back to me by Friday or I will have to withdraw.",
    "i am super pumped about this lol 🎉",
    "I look forward to hear from you.",
    "Would you know when you expect to decide?",
    "I recieved the the agenda for [Company].",
    "At my last employer I rebuilt the same pipeline in Kafka.",
    "If a code sample would help, I would be happy to send one.",
    "Another company has made me an offer, which I must answer by 3 May.",
    "I HAVE WRITTEN THREE TIMES AND HEARD NOTHING!!!",
    "I remain very interested in the position.",
]
CLOSINGS = ["Kind regards,\nJonas Feld\n+1 555 010 0147", "Later,\nJ", "", "Thanks again\nZsófia Nagy-Szabó", "Best,"]
letters = st.builds(
    lambda subject, greeting, body, closing: "\n\n".join(p for p in (subject, greeting, *body, closing) if p) + "\n",
    st.sampled_from(["Subject: Thank you – Data Engineer", "Subject: URGENT", "", "Subject:"]),
    st.sampled_from(GREETINGS),
    st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join), max_size=4),
    st.sampled_from(CLOSINGS),
)


def facts(draft: dict) -> Context:
    return Context.from_mapping({**draft["context"], "kind": draft["kind"]})


def told(report: Report) -> list[tuple[str, str]]:
    """What was found: rule and the words marked, white space folded."""
    text = report.draft.text
    return sorted((f.rule, " ".join(f.span.of(text).split())) for f in report.findings)


def straight(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    table = str.maketrans("’‘“”\u00a0", "''\"\" ")
    return sorted((rule, " ".join(words.translate(table).split())) for rule, words in pairs)


def check_invariants(report: Report) -> None:
    assert list(inconsistencies(report)) == []


@given(letters)
@MANY
def test_any_letter(plain_linter: Linter, text: str) -> None:
    report = plain_linter.lint(text)
    check_invariants(report)
    assert plain_linter.lint(text).to_dict() == report.to_dict(), "the same letter gives the same answer"


@given(st.sampled_from(DRAFTS), st.randoms(use_true_random=False))
@MANY
def test_any_mutated_draft(plain_linter: Linter, draft: dict, dice: random.Random) -> None:
    text = list(draft["draft"])
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(len(text))
        noise = ["", "\n", "\n\n", " ", "!!", "\u200b", "é", ">", "\ud800", "a" * 9]
        text[at : at + dice.randint(0, 3)] = dice.choice(noise)
    check_invariants(plain_linter.lint("".join(text), facts(draft)))


@pytest.mark.parametrize("draft", DRAFTS, ids=IDS)
def test_line_ends_do_not_matter(plain_linter: Linter, draft: dict) -> None:
    unix = plain_linter.lint(draft["draft"], facts(draft))
    dos = plain_linter.lint(draft["draft"].replace("\n", "\r\n"), facts(draft))
    assert told(dos) == told(unix)
    assert dos.score == unix.score


@pytest.mark.parametrize("draft", DRAFTS, ids=IDS)
def test_curly_quotes_and_no_break_spaces_do_not_matter(plain_linter: Linter, draft: dict) -> None:
    curly = re.sub(r"(?<=\w)'(?=\w)", "’", draft["draft"])
    curly = re.sub(r"(?<=Ms\.|Mr\.|Dr\.) ", "\u00a0", curly)
    assert straight(told(plain_linter.lint(curly, facts(draft)))) == straight(
        told(plain_linter.lint(draft["draft"], facts(draft)))
    )


@pytest.mark.parametrize("draft", DRAFTS, ids=IDS)
def test_another_wrap_does_not_matter(plain_linter: Linter, draft: dict) -> None:
    """Long lines of prose wrapped at 72 columns, as mail programs do."""
    wrapped = "\n".join(_wrapped(line) if not line.lower().startswith("subject:") else line for line in
                        draft["draft"].split("\n"))
    assert told(plain_linter.lint(wrapped, facts(draft))) == told(plain_linter.lint(draft["draft"], facts(draft)))


def _wrapped(line: str) -> str:
    if len(line) <= 100 or line.startswith(">"):
        return line
    words, lines = line.split(" "), [""]
    for word in words:
        if len(lines[-1]) + len(word) > 71:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return "\n".join(lines)


QUOTED = """

On Tue, 3 Mar 2026 at 09:02, <somebody@example.com> wrote:
> Hi, thanks for you're application!! u must reply ASAP or we walk.
> The [Company] team
"""


@pytest.mark.parametrize("draft", [d for d in DRAFTS if "\n>" not in d["draft"]], ids=lambda d: d["id"])
def test_quoted_text_appended_does_not_matter(plain_linter: Linter, draft: dict) -> None:
    context = facts(draft)
    quoted = plain_linter.lint(draft["draft"].rstrip() + QUOTED, context)
    assert told(quoted) == told(plain_linter.lint(draft["draft"], context))


@given(st.sampled_from(DRAFTS))
@settings(max_examples=25, deadline=None)
def test_safe_fixes_converge_and_never_lower_the_score(plain_linter: Linter, draft: dict) -> None:
    report = plain_linter.lint(draft["draft"], facts(draft))
    for _ in range(5):
        mended = report.fixed_text
        if mended == report.draft.text:
            break
        after = plain_linter.lint(mended, facts(draft))
        assert after.score >= report.score
        report = after
    assert report.fixed_text == report.draft.text


@given(letters, st.sampled_from(SENTENCES[2:4]))
@MANY
def test_a_fault_added_never_raises_the_score(plain_linter: Linter, text: str, fault: str) -> None:
    before = plain_linter.lint(text, Context(kind="thank_you"))
    body = before.draft.section("body").spans[-1]
    worse = text[: body.end] + ("\n\n" if body else "") + fault + "\n\n" + text[body.end :]
    if body:
        assert plain_linter.lint(worse, Context(kind="thank_you")).score <= before.score + _absences(before)


def _absences(report: Report) -> int:
    """What a longer letter may gain since something it lacked is now there (a date, a body)."""
    return sum(f.points for f in report.findings if not f.span)


def test_a_good_sentence_repeated_gains_nothing(plain_linter: Linter) -> None:
    for draft in DRAFTS[:20]:
        body = plain_linter.lint(draft["draft"], facts(draft)).draft.section("body").spans[0]
        again = draft["draft"][: body.end] + " " + body.of(draft["draft"]) + draft["draft"][body.end :]
        before = plain_linter.lint(draft["draft"], facts(draft)).score
        assert plain_linter.lint(again, facts(draft)).score <= before


def test_an_empty_draft_scores_next_to_nothing(plain_linter: Linter) -> None:
    for text in ("", "\n\n", "Subject: \n\n"):
        assert plain_linter.lint(text, Context(kind="thank_you")).score <= 30


def test_composed_and_decomposed_accents_are_read_alike(plain_linter: Linter) -> None:
    for draft in DRAFTS[:40]:
        apart = unicodedata.normalize("NFD", draft["draft"])
        context = facts(draft)
        assert Counter(r for r, _ in told(plain_linter.lint(apart, context))) == Counter(
            r for r, _ in told(plain_linter.lint(unicodedata.normalize("NFC", draft["draft"]), context))
        )


def test_spans_are_half_open() -> None:
    assert Span(1, 3).of("abcd") == "bc"
    with pytest.raises(ValueError, match="not a span"):
        Span(3, 1)
