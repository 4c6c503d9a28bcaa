"""The judge in a process of its own: killed, hung or broken, no mail waits for it for long."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from outside import PATIENCE, letter, note

from followup_lint import Linter
from followup_lint.cli.contexts import read_context
from followup_lint.presend import Action, Checker, Judge, Policy

NOW = datetime(2026, 3, 3, 9, 10, tzinfo=UTC)


def make(state: Path) -> Judge:
    return Judge(Linter(typo_engine="none"), Policy(), state, read_context)


def broken() -> Judge:
    raise RuntimeError("the rules\nare broken")


class Hangs(Judge):
    def __call__(self, *_: object) -> None:
        threading.Event().wait()


class Dies(Judge):
    def __call__(self, *_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


class Fails(Judge):
    def __call__(self, *_: object) -> None:
        raise ValueError("a word of the mail")


def of(kind: type[Judge]) -> Judge:
    return kind(None, Policy(), Path(), read_context)


@pytest.fixture
def checker(tmp_path: Path) -> Iterator[Checker]:
    made = Checker(partial(make, tmp_path / "state"), Policy(), timeout=PATIENCE)
    yield made
    made.close()


def test_it_judges_and_outlives_a_kill(checker: Checker) -> None:
    assert checker.check(letter(flawed=True), [], NOW).action is Action.STOP
    first = checker.pid
    os.kill(first, signal.SIGKILL)
    assert checker.check(letter(flawed=True, to="b@x.example", number="2"), [], NOW).action is Action.STOP
    assert checker.pid != first


def test_threads_may_share_it(checker: Checker) -> None:
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(checker.check(note(), [], NOW))) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(PATIENCE)
    assert [one.reason for one in answers] == ["not a follow-up"] * 8


@pytest.mark.parametrize(("make_it", "timeout", "says"), [
    (broken, PATIENCE, "the rules are broken"),
    (partial(of, Dies), PATIENCE, "ended unexpectedly"),
    (partial(of, Fails), PATIENCE, "failed with ValueError"),
    (partial(of, Hangs), 3, "no answer within 3 seconds"),
])
@pytest.mark.parametrize("closed", [False, True])
def test_an_outage_holds_no_mail_unless_it_should(make_it, timeout: float, says: str, closed: bool) -> None:
    checker = Checker(make_it, Policy(fail_closed=closed), timeout=timeout)
    try:
        answer = checker.check(letter(flawed=True), [], NOW)
    finally:
        checker.close()
    assert answer.action is (Action.STOP if closed else Action.PASS)
    told = " ".join((*answer.problems, answer.reason))
    assert says in told
    assert "\n" not in told
    assert "a word of the mail" not in told
