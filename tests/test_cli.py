"""The command line as a process: what it prints, what it returns, and what it says when it cannot do its work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

GOOD = (ROOT / "rules" / "baseline.txt").read_text(encoding="utf-8")
GOOD_CONTEXT = (ROOT / "rules" / "baseline.context.toml").read_text(encoding="utf-8")
BAD = GOOD.replace("I remain very", "Please get back to me by Friday or I will walk. I remain very")


def run(
    *arguments: str | Path, stdin: str | bytes = "", cwd: Path | None = None, **env: str
) -> subprocess.CompletedProcess:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [sys.executable, "-m", "followup_lint", *map(str, arguments)],
        input=data, capture_output=True, cwd=cwd, env={**os.environ, "PYTHONPATH": str(ROOT), **env}, check=False,
    )
    done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "good.context.toml").write_text(GOOD_CONTEXT, encoding="utf-8")
    (tmp_path / "bad.txt").write_text(BAD, encoding="utf-8")
    (tmp_path / "bad.context.toml").write_text(GOOD_CONTEXT, encoding="utf-8")
    return tmp_path


def none(*arguments: str | Path, **more) -> subprocess.CompletedProcess:
    return run(*arguments, "--typo-engine", "none", **more)


def test_a_good_letter_is_ready(folder: Path) -> None:
    done = run(folder / "good.txt")
    assert done.returncode == 0, done.stdout
    assert "100" in done.stdout


def test_a_bad_one_is_not(folder: Path) -> None:
    done = none(folder / "bad.txt", "--format", "json")
    assert done.returncode == 1
    file = json.loads(done.stdout)["files"][0]
    assert file["verdict"] == "look"
    assert file["score"] == 100 - sum(f["points"] for f in file["findings"])
    assert any(f["rule"].startswith("pushiness.") and BAD[f["start"] : f["end"]] == f["text"] for f in file["findings"])


@pytest.mark.parametrize("fail_on", ["error", "never"])
def test_what_fails_can_be_set(folder: Path, fail_on: str) -> None:
    assert none(folder / "bad.txt", "--fail-on", fail_on).returncode == 0


def test_a_folder_a_sidecar_and_jsonl(folder: Path) -> None:
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "x.txt").write_text("x", encoding="utf-8")
    done = none(folder, "--format", "jsonl")
    files = [json.loads(line) for line in done.stdout.splitlines()]
    assert [Path(f["path"]).name for f in files] == ["bad.txt", "good.txt"]
    assert all(f["kind_confidence"] == 1 for f in files), "the sidecars said the kind"


def test_standard_input_and_the_output_file(folder: Path) -> None:
    done = none("-", "--stdin-name", "draft.txt", "--format", "json", "--output", folder / "out.json", stdin=GOOD)
    assert done.stdout == ""
    assert json.loads((folder / "out.json").read_text(encoding="utf-8"))["files"][0]["path"] == "draft.txt"


@pytest.mark.parametrize("chosen", ["text", "json", "jsonl", "sarif", "github", "html"])
def test_every_format(folder: Path, chosen: str) -> None:
    done = none(folder / "bad.txt", "--format", chosen)
    assert done.returncode == 1
    assert done.stdout
    assert "\x1b" not in done.stdout, "a pipe gets no colours"


def test_colour_when_asked_for(folder: Path) -> None:
    assert "\x1b[" in none(folder / "bad.txt", "--color", "always").stdout
    assert "\x1b[" in none(folder / "bad.txt", FORCE_COLOR="1").stdout
    assert "\x1b[" not in none(folder / "bad.txt", FORCE_COLOR="1", NO_COLOR="1").stdout


def test_select_and_ignore_by_longest_prefix(folder: Path) -> None:
    def rules(*options: str) -> set[str]:
        done = none(folder / "bad.txt", "--format", "json", *options)
        return {f["rule"].partition(".")[0] for f in json.loads(done.stdout)["files"][0]["findings"]}

    assert rules("--select", "pushiness") == {"pushiness"}
    assert "pushiness" not in rules("--ignore", "pushiness")
    assert rules("--select", "pushiness.ultimatum", "--ignore", "pushiness") == {"pushiness"}


def test_settings_file_and_recorded_ignores(folder: Path) -> None:
    (folder / "followup-lint.toml").write_text(
        'fail_on = "never"\nselect = ["pushiness"]\n[[ignore]]\nrule = "pushiness"\nreason = "they asked me to"\n',
        encoding="utf-8",
    )
    done = none("bad.txt", "--format", "json", cwd=folder)
    file = json.loads(done.stdout)["files"][0]
    assert done.returncode == 0
    assert file["findings"] == []
    assert {i["reason"] for i in file["ignored"]} == {"they asked me to"}
    assert none("bad.txt", "--isolated", cwd=folder).returncode == 1


def test_fix_and_diff(folder: Path) -> None:
    letter = folder / "slip.txt"
    text = GOOD.replace("\n", "\r\n").replace("I enjoyed", "I I enjoyed")
    letter.write_bytes(text.encode())
    done = run(letter, "--diff")
    assert "-" in done.stdout
    assert letter.read_bytes() == text.encode(), "--diff changes nothing"
    run(letter, "--fix")
    assert letter.read_bytes() == GOOD.replace("\n", "\r\n").encode()


def test_explain_rules_context_when(folder: Path) -> None:
    assert "pushiness.ultimatum" in run("rules").stdout
    page = run("explain", "pushiness.ultimatum")
    assert page.returncode == 0
    assert "Evidence" in page.stdout
    assert json.loads(run("explain", "role.missing", "--format", "json").stdout)["check"] == "role"
    assert run("explain", "role.missing", "--format", "markdown").stdout.startswith("# role.missing")
    assert run("context", folder / "new.toml").returncode == 0
    assert run("context", folder / "new.toml").returncode == 2, "never overwritten"
    assert none(folder / "good.txt", "--context", folder / "new.toml").returncode == 0
    done = run("when", "--decision-by", "2026-03-13")
    assert "16 March 2026" in done.stdout, "the 14th is a Saturday"


def test_a_rule_added_by_one_file_is_found_everywhere(folder: Path) -> None:
    rules = ROOT / "tests" / "example_rules"
    assert "house.hurry" in run("rules", "--rules", rules).stdout
    assert "house.hurry" in run("explain", "house.hurry", "--rules", rules).stdout
    done = run("test", rules, "--typo-engine", "none")
    assert (done.returncode, done.stdout) == (0, "1 rules, 4 examples, 0 failures\n")


def test_what_is_read_of_a_letter(folder: Path) -> None:
    done = none("read", folder / "good.txt")
    assert "salutation" in done.stdout
    assert "act        thanks" in done.stdout


def test_measure(folder: Path) -> None:
    letters = ROOT / "tests" / "letters" / "dev-a.jsonl"
    done = none("measure", letters, "--select", "role")
    row = next(line for line in done.stdout.splitlines() if line.startswith("role.missing"))
    assert len(row.split()) >= 7


INVITE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20260301T090000Z
DTSTART:20260302T140000
SUMMARY:Interview: Data Engineer at Northwind
ORGANIZER;CN=Priya Raman:mailto:priya@northwind.example
END:VEVENT
END:VCALENDAR
"""


def test_a_calendar_invitation_is_a_context(folder: Path) -> None:
    (folder / "invite.ics").write_text(INVITE, encoding="utf-8")
    done = run("when", folder / "invite.ics")
    assert "2 March 2026" in done.stdout.replace(" 02 ", " 2 ")
    letter = GOOD.replace("Ms. Raman", "Ms. Ramen")
    (folder / "letter.txt").write_text(letter, encoding="utf-8")
    done = none(folder / "letter.txt", "--context", folder / "invite.ics", "--format", "json")
    assert "typos.name" in {f["rule"] for f in json.loads(done.stdout)["files"][0]["findings"]}


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("nowhere.txt",), "nowhere.txt: cannot be read"),
        (("--format", "magic", "good.txt"), "--format: 'magic' is none of"),
        (("--select", "magic", "good.txt"), "no rule or check is named 'magic'"),
        (("--typo-engine", "magic", "good.txt"), "--typo-engine: 'magic' is none of"),
        (("--config", "nowhere.toml", "good.txt"), "nowhere.toml: cannot be read"),
        (("--context", "wrong.toml", "good.txt"), "wrong.toml: rôle: no such key"),
        (("--context", "broken.toml", "good.txt"), "broken.toml: is not valid TOML"),
        (("--interviewed-at", "noonish", "good.txt"), "--interviewed-at: expected a date or time"),
        (("--decision-by", "2026-13-99", "good.txt"), "--decision-by: expected a date or time"),
        (("--nonsense", "good.txt"), "unrecognized arguments: --nonsense"),
        (("empty",), "empty: holds no draft"),
        (("binary.txt",), "binary.txt: "),
        (("huge.txt",), "huge.txt: "),
        (("explain", "no.such"), "no rule is named 'no.such'"),
        (("when",), "give interviewed_at"),
        (("test", "nowhere"), "nowhere: there is no such file"),
        (("measure", "wrong.toml"), "wrong.toml:1: is not JSON"),
        ((), "the following arguments are required: DRAFT"),
        (("--fix", "page.html"), "page.html: --fix and --diff work on .txt and .md"),
    ],
)
def test_bad_input_gets_one_clear_line(folder: Path, arguments: tuple[str, ...], complaint: str) -> None:
    (folder / "wrong.toml").write_text('"rôle" = "x"\n', encoding="utf-8")
    (folder / "broken.toml").write_text("role = \n", encoding="utf-8")
    (folder / "empty").mkdir()
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 9)
    (folder / "huge.txt").write_bytes(b"word " * 2_100_000)
    (folder / "page.html").write_text("<p>Dear Ms. Raman,</p><p>I I enjoyed it.</p>", encoding="utf-8")
    done = run(*arguments, cwd=folder)
    assert done.returncode == 2
    assert complaint in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("followup-lint: ")


def test_one_unreadable_draft_does_not_stop_the_others(folder: Path) -> None:
    done = none(folder / "good.txt", folder / "gone.txt", "--format", "json")
    assert done.returncode == 2
    assert len(json.loads(done.stdout)["files"]) == 1


def test_an_empty_draft_is_judged_not_refused(folder: Path) -> None:
    (folder / "void.txt").write_bytes(b"")
    done = none(folder / "void.txt", "--format", "json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["files"][0]["score"] <= 30


def test_other_mail_gets_typos_placeholders_and_formality_only(folder: Path) -> None:
    (folder / "dentist.txt").write_text(
        "Subject: Appointment\n\nDear Dr. Moss,\n\nCould you fit me in for a cleaning next week?\n\nBest,\nAnn\n",
        encoding="utf-8",
    )
    done = none(folder / "dentist.txt", "--format", "json")
    file = json.loads(done.stdout)["files"][0]
    assert file["kind"] == "other"
    assert file["findings"] == []
