"""The library: what other programs call."""

from __future__ import annotations

import threading
from datetime import date, datetime

import pytest
from conftest import ROOT

from followup_lint import Context, ContextError, Ignore, Kind, Linter, Verdict, draft, lint

GOOD = (ROOT / "rules" / "baseline.txt").read_text(encoding="utf-8")
BAD = GOOD.replace("I remain very", "I look forward to hear from you by Friday or I will walk. I remain very")


def test_a_string_is_the_text_and_a_path_a_file(linter: Linter) -> None:
    path = ROOT / "rules" / "baseline.txt"
    assert linter.lint(GOOD).to_dict()["findings"] == linter.lint(path).to_dict()["findings"]
    assert linter.lint(path).draft.source.name == str(path)


def test_a_subject_of_its_own(linter: Linter) -> None:
    head, _, body = GOOD.partition("\n\n")
    made = draft(subject=head.removeprefix("Subject: "), body=body)
    assert made.text == GOOD
    assert linter.lint(made).score == linter.lint(GOOD).score


def test_lint_makes_a_linter_once() -> None:
    report = lint(BAD, context=Context(role="Data Engineer", interviewer="Ms. Priya Raman"))
    first = report.findings[0]
    assert first.rule.startswith(first.check)
    assert BAD[first.span.start : first.span.end] == first.span.of(BAD)
    assert "hearing" in report.fixed_text or "hearing" in str(report.to_dict())


def test_nothing_is_printed(linter: Linter, capfd: pytest.CaptureFixture[str]) -> None:
    for text in (BAD, GOOD, "Looking forward to visits from both offices. I look forward to hearing from you."):
        linter.lint(text)
    assert capfd.readouterr() == ("", "")


def test_verdicts(linter: Linter) -> None:
    assert linter.lint(GOOD.replace("Ms. Raman", "[Name]")).verdict is Verdict.HOLD
    assert linter.lint(BAD, Context(kind="thank_you")).verdict is Verdict.LOOK


def test_ignores_are_listed_with_their_reason() -> None:
    with_reason = Linter(typo_engine="none", ignores=[Ignore("pushiness", "they asked for a date")])
    report = with_reason.lint(BAD)
    assert not [f for f in report.findings if f.check == "pushiness"]
    assert {i.reason for i in report.ignored} == {"they asked for a date"}


def test_needs_that_are_not_met_are_skipped_not_passed(linter: Linter) -> None:
    skipped = {s.rule: s.needs for s in linter.lint(GOOD).skipped}
    assert "interviewed_at" in skipped["timing.late"]


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "a" * 50_000, "\n" * 5_000, "Dear " * 4_000, "🎉" * 9_000])
def test_any_text_is_answered(linter: Linter, text: str) -> None:
    assert 0 <= linter.lint(text).score <= 100


def test_threads_share_a_linter(linter: Linter) -> None:
    letters = [GOOD.replace("Monday", day) for day in ("Tuesday", "Friday")] + [BAD]
    alone = [linter.lint(text).to_dict() for text in letters]
    seen: list[list] = []

    def work() -> None:
        seen.append([linter.lint(text).to_dict() for text in letters])

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert seen == [alone] * 8


def test_context_takes_what_people_write() -> None:
    context = Context(kind="thank_you", interviewer="Ms. A. Bo and Mr. C. Di", interviewed_at="2026-03-02T14:00",
                      decision_by=date(2026, 3, 13), previous_messages="2026-03-03")
    assert context.kind is Kind.THANK_YOU
    assert context.interviewer == ("Ms. A. Bo", "Mr. C. Di")
    assert context.interviewed_at == datetime(2026, 3, 2, 14)
    assert context.previous_messages == (datetime(2026, 3, 3),)


@pytest.mark.parametrize(
    ("facts", "complaint"),
    [
        ({"kind": "postcard"}, "kind: 'postcard' is none of thank_you"),
        ({"interviewed_at": "soon"}, "interviewed_at: expected a date or time"),
        ({"first_name_ok": "yes"}, "first_name_ok: expected true or false"),
        ({"topics": 3}, "topics: expected text"),
        ({"culture": "odd"}, 'culture: expected "traditional" or "modern"'),
        ({"role": ["x"]}, "role: expected text in quotation marks"),
        ({"interviewed_at": "2026-03-02T14:00+01:00", "sending_at": "2026-03-02T15:00"}, "interviewed_at and sending"),
    ],
)
def test_a_wrong_fact_names_its_key(facts: dict, complaint: str) -> None:
    with pytest.raises(ContextError, match=complaint):
        Context.from_mapping(facts)
