"""From the bytes of a mail to what becomes of it."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from outside import HERE, letter, note

from followup_lint import Linter
from followup_lint.cli.contexts import read_context
from followup_lint.presend import Action, Judge, Policy, StopOn, smtp_lines, terminal_lines
from followup_lint.presend import judge as room

NOW = datetime(2026, 3, 3, 9, 10, tzinfo=UTC)
FLAWED = letter(flawed=True)


@pytest.fixture
def judge(linter: Linter, tmp_path: Path) -> Judge:
    return Judge(linter, Policy(), tmp_path / "state", read_context)


def test_a_good_letter_goes(judge: Judge) -> None:
    assert judge(letter(), [], NOW).action is Action.PASS


def test_a_flawed_one_stays_and_the_report_is_kept(judge: Judge) -> None:
    answer = judge(FLAWED, [], NOW)
    assert answer.action is Action.STOP
    assert any("[Company]" in line for line in answer.findings)
    assert "genericness.placeholder" in answer.rules
    assert "[Company]" in Path(answer.report).read_text(encoding="utf-8")


def test_it_passes_when_it_is_sent_again_within_ten_minutes(judge: Judge) -> None:
    assert judge(FLAWED, [], NOW).action is Action.STOP
    assert judge(FLAWED, [], NOW + timedelta(minutes=9, seconds=59)).action is Action.PASS
    assert judge(FLAWED, [], NOW + timedelta(minutes=10, seconds=1)).action is Action.STOP


def test_another_letter_is_not_the_same_again(judge: Judge) -> None:
    assert judge(FLAWED, [], NOW).action is Action.STOP
    assert judge(FLAWED.replace(b"I enjoyed", b"I did enjoy"), [], NOW).action is Action.STOP
    assert judge(letter(flawed=True, number="2", to="other@northwind.example"), [], NOW).action is Action.STOP


def test_a_new_message_id_for_the_same_letter_to_the_same_reader_is(judge: Judge) -> None:
    assert judge(FLAWED, [], NOW).action is Action.STOP
    assert judge(letter(flawed=True, number="2"), [], NOW).action is Action.PASS


def test_without_a_message_id_too(judge: Judge) -> None:
    bare = b"\r\n".join(line for line in FLAWED.split(b"\r\n") if not line.startswith(b"Message-ID"))
    assert judge(bare, [], NOW).action is Action.STOP
    assert judge(bare, [], NOW).action is Action.PASS


def test_what_is_kept_is_for_its_owner_alone(judge: Judge) -> None:
    before = os.umask(0)
    try:
        judge(FLAWED, [], NOW)
    finally:
        os.umask(before)
    kept = [judge.state, *judge.state.rglob("*")]
    assert len(kept) == 5
    assert {stat.S_IMODE(p.stat().st_mode) for p in kept if p.is_file()} == {0o600}
    assert {stat.S_IMODE(p.stat().st_mode) for p in kept if p.is_dir()} == {0o700}
    assert all(b"Company" not in p.read_bytes() for p in kept if p.is_file() and p.name != "last-report.txt")


def test_old_marks_are_cleared_away(judge: Judge) -> None:
    judge(FLAWED, [], NOW)
    judge(letter(flawed=True, number="9", to="else@x.example"), [], NOW + timedelta(hours=1))
    assert len(list((judge.state / "stopped").iterdir())) == 2


@pytest.mark.parametrize("closed", [False, True])
def test_a_full_disk_holds_no_mail(judge: Judge, monkeypatch: pytest.MonkeyPatch, closed: bool) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(room, "keep_stopped", full)
    answer = replace(judge, policy=Policy(fail_closed=closed))(FLAWED, [], NOW)
    assert answer.action is (Action.STOP if closed else Action.PASS)
    assert "No space left" in " ".join((*answer.problems, answer.reason))


def test_a_mail_of_binary_is_let_through_with_a_word(judge: Judge) -> None:
    answer = judge(note(body=b"\0\0"), [], NOW)
    assert (answer.action, len(answer.problems)) == (Action.PASS, 1)


@pytest.mark.parametrize("path", sorted((HERE / "other_mail").glob("*.eml")), ids=lambda path: path.stem)
def test_other_mail_is_never_touched(judge: Judge, path: Path) -> None:
    answer = replace(judge, policy=Policy(StopOn.WARNING, fail_closed=True))(path.read_bytes(), [], NOW)
    assert (answer.action, terminal_lines(answer)) == (Action.PASS, ())
    assert not judge.state.exists()


def test_only_leaves_the_rest_alone(judge: Judge) -> None:
    assert replace(judge, policy=Policy(only=("to:*@else.example",)))(FLAWED, [], NOW).action is Action.PASS


def test_facts_on_file_are_used(judge: Judge, tmp_path: Path) -> None:
    folder = tmp_path / "contexts"
    folder.mkdir()
    (folder / "northwind.example.toml").write_text(
        'kind = "status_check"\ninterviewed_at = "2026-02-20T14:00+00:00"\n'
        'decision_by = "2026-03-13"\nprevious_messages = ["2026-03-02T09:00+00:00"]\n'
    )
    answer = replace(judge, contexts=folder)(letter(), [], NOW)
    # A second mail after one day, and before the promised date: only the clock can tell.
    assert answer.action is Action.STOP
    assert {"timing.too-soon", "timing.before-decision"} & set(answer.rules)


def test_a_broken_context_file_is_told_and_the_mail_goes(judge: Judge, tmp_path: Path) -> None:
    (tmp_path / "northwind.example.toml").write_text("role = ")
    answer = replace(judge, contexts=tmp_path)(letter(), [], NOW)
    assert answer.action is Action.PASS
    assert len(answer.problems) == 1


def test_a_reply_is_smtp(judge: Judge) -> None:
    lines = smtp_lines(judge(FLAWED, [], NOW))
    assert all(line.startswith(b"550-5.7.1 ") for line in lines[:-1])
    assert lines[-1].startswith(b"550 5.7.1 ")
    assert all(len(line) <= 510 and all(32 <= byte < 127 for byte in line) for line in lines)
    assert any(b'"[Company]"' in line for line in lines)
