"""What must not happen whatever the draft: network, files outside the cache, mixed-up threads, escapes in reports."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from conftest import ROOT
from fuzz import DRAFTS

from followup_lint import Linter
from followup_lint.cli.main import main
from followup_lint.report import FORMATS, render

GOOD = (ROOT / "rules" / "baseline.txt").read_text(encoding="utf-8")
HOSTILE = (
    "Subject: \x1b[31mThank you\x1b]0;title\x07 – Data Engineer\u202e\n\nDear <script>alert(1)</script> Ms. Rаman,\n\n"
    "I recieved the <img src=x onerror=alert(1)> ::error::mail\u2066 lol \x9b31m and need it NOW!!! %0A::debug\n\n"
    "Later,\n\x1b[2JJ\u200bonas\n"
)


def lint(*arguments: str | Path, home: Path, prefix: tuple[str, ...] = ()) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "HOME": str(home), "PYTHONPATH": str(ROOT)}
    environment.pop("XDG_CACHE_HOME", None)
    environment.pop("XDG_CONFIG_HOME", None)
    return subprocess.run([*prefix, sys.executable, "-m", "followup_lint", *map(str, arguments)], capture_output=True,
                          check=False, env=environment, cwd=home)


def _can_unshare() -> bool:
    return bool(shutil.which("unshare")) and subprocess.run(["unshare", "-rn", "true"], check=False,
                                                            capture_output=True).returncode == 0


@pytest.mark.skipif(not _can_unshare(), reason="unshare -rn: no network namespaces here")
def test_without_a_network_all_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(GOOD.replace("I remain", "I recieved it. I remain"), encoding="utf-8")
    here = lint("draft.txt", "--format", "json", home=tmp_path)
    alone = lint("draft.txt", "--format", "json", home=tmp_path, prefix=("unshare", "-rn"))
    assert alone.stdout == here.stdout and b"recieved" in alone.stdout
    assert alone.stderr == b""


AUDITED = """
import sys
seen = []
def hook(event, arguments):
    if event.startswith("socket.") and event != "socket.__new__":
        seen.append(f"{event} {arguments}")
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        seen.append(f"open {arguments[0]}")
    if event in ("os.mkdir", "os.rename", "os.remove"):
        seen.append(f"{event} {arguments[0]}")
sys.addaudithook(hook)
from followup_lint.cli.main import main
main(["draft.txt"])
sys.stderr.write("\\n".join(seen))
"""


def test_nothing_is_written_but_the_cache_and_no_socket_is_used(tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(GOOD, encoding="utf-8")
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"),
                   "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", AUDITED], capture_output=True, check=True, env=environment,
                          cwd=tmp_path)
    events = done.stderr.decode().splitlines()
    assert events, "the first run keeps its compiled rules"
    assert [event for event in events if str(tmp_path / "cache") not in event] == []


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / ".cache").write_text("a file where the folder should be", encoding="utf-8")
    done = lint("draft.txt", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".cache", "draft.txt"]


def test_eight_threads_find_what_one_does(linter: Linter) -> None:
    """160 letters each, every thread beginning with another one."""
    letters = [f"{DRAFTS[n % len(DRAFTS)]}\nNo. {n}" for n in range(160)]
    alone = [linter.lint(text).to_dict() for text in letters]
    wrong: list[int] = []

    def work(first: int) -> None:
        for at in range(first, first + len(letters)):
            if linter.lint(letters[at % len(letters)]).to_dict() != alone[at % len(letters)]:
                wrong.append(at)

    workers = [threading.Thread(target=work, args=(20 * n,)) for n in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert wrong == []


def _told(linter: Linter, answers: multiprocessing.SimpleQueue) -> None:
    answers.put([linter.lint(text).score for text in DRAFTS[:10]])


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork on this system")
def test_a_forked_process_goes_on_with_the_same_linter(plain_linter: Linter) -> None:
    here = [plain_linter.lint(text).score for text in DRAFTS[:10]]
    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()
    children = [context.Process(target=_told, args=(plain_linter, answers)) for _ in range(3)]
    for child in children:
        child.start()
    assert [answers.get() for _ in children] == [here] * 3
    for child in children:
        child.join()


@pytest.mark.parametrize("name", list(FORMATS))
def test_no_report_passes_an_escape_or_a_tag_through(linter: Linter, name: str) -> None:
    shown = render(name, [linter.lint(HOSTILE)], color=False)
    assert not set(shown) & set("\x00\x07\x1b\x9b\u202e\u2066")
    if name == "html":
        assert "<script>alert" not in shown and "<img src=x" not in shown
    if name == "github":
        assert all(line.startswith(("::warning ", "::error ", "::notice ")) for line in shown.splitlines())


def test_a_letter_of_another_alphabet_is_told_in_a_name_too(plain_linter: Linter) -> None:
    report = plain_linter.lint(HOSTILE)
    assert "Rаman" in [f.span.of(HOSTILE) for f in report.findings if f.rule == "typos.mixed-script"]


# What no key takes, whatever its type, and what a key of another type would take.
WRONG = ("3", "1.5", "true", '"zzz"', '""', "[1, 2]", '["a", 1]', "{ a = 1 }", "2026-01-01", '[["a"]]', "nan",
         "99999999999999999999", f'"{"x" * 100_000}"')
SETTINGS_KEYS = ("select", "ignore", "rules", "plugins", "profile", "fail_on", "format", "typo_engine",
                 "languagetool_url", "preview", "presend", "unknown")
CONTEXT_KEYS = ("kind", "role", "company", "interviewer", "first_name_ok", "interviewed_at", "sending_at",
                "decision_by", "previous_messages", "topics", "known_words", "culture", "region", "unknown")


@pytest.mark.parametrize(("option", "key"), [
    *(("--config", key) for key in SETTINGS_KEYS), *(("--context", key) for key in CONTEXT_KEYS),
])
def test_every_key_set_wrong_gives_one_line_with_file_and_key(
    option: str, key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft, file = tmp_path / "draft.txt", tmp_path / "facts.toml"
    draft.write_text(GOOD, encoding="utf-8")
    engine = () if key == "typo_engine" else ("--typo-engine", "none")
    refused = 0
    for value in WRONG:
        file.write_text(f"{key} = {value}\n", encoding="utf-8")
        status = main([option, str(file), *engine, str(draft)])
        told = capsys.readouterr().err
        refused += status == 2
        if status == 2:
            assert told.count("\n") == 1, value[:40]
            assert len(told) < 800, value[:40]
            assert told.startswith(f"followup-lint: {file}: {key}"), value[:40]
        else:
            assert not told, value[:40]
    assert refused >= 3
