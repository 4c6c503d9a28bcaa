"""``followup-lint sendmail`` as a process, with a mailer that only notes what it was given."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from outside import HERE, PATIENCE, environment, letter, note

from followup_lint.cli import sendmail

STATUS = 42


class Mailer:
    """A mailer that keeps its arguments and the mail, and ends with a status of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "mailer"
        script = f'printf "%s\\n" "$@" > {folder}/arguments\ncat > {folder}/mail\nexit {STATUS}\n'
        self.path.write_text(f"#!/bin/sh\n{script}")
        self.path.chmod(0o700)

    @property
    def mail(self) -> bytes | None:
        return (self.folder / "mail").read_bytes() if (self.folder / "mail").exists() else None

    @property
    def arguments(self) -> list[str]:
        return (self.folder / "arguments").read_text().splitlines()


@pytest.fixture
def mailer(tmp_path: Path) -> Mailer:
    return Mailer(tmp_path)


def send(mailer: Mailer, data: bytes, *options: str, theirs: tuple[str, ...] = ("-oi", "--", "raman@northwind.example"),
         named: bool = True, **more: str) -> subprocess.CompletedProcess:
    given = ["--sendmail", str(mailer.path)] if named else []
    done = subprocess.run(
        [sys.executable, "-m", "followup_lint", "sendmail", *given, "--typo-engine", "none", *options, "--", *theirs],
        input=data, capture_output=True, timeout=PATIENCE, env=environment(mailer.folder, **more), cwd=mailer.folder,
        check=False,
    )
    done.stderr = done.stderr.decode()
    assert "Traceback" not in done.stderr
    assert done.stdout == b""
    return done


@pytest.mark.parametrize("data", [
    letter(), letter(crlf=False), note(), b"", b"no head", note(body=b"\0\xff\r\n.\r\n\n.\n"), b"\r\n\r\n" * 100_000,
    note(body=b"QUJD\r\n" * 700_000),
], ids=["good", "good-lf", "other", "empty", "no-head", "binary", "blank", "large"])
def test_what_may_go_goes_byte_for_byte(mailer: Mailer, data: bytes) -> None:
    theirs = ("-oi", "-f", "jonas@feld.example", "--", "raman@northwind.example", "a b")
    done = send(mailer, data, theirs=theirs)
    assert done.returncode == STATUS
    assert mailer.mail == data
    assert mailer.arguments == list(theirs)


def test_a_flawed_letter_stays_and_a_second_try_goes(mailer: Mailer) -> None:
    done = send(mailer, letter(flawed=True))
    assert (done.returncode, mailer.mail) == (65, None)
    assert "NOT sent" in done.stderr
    assert "[Company]" in done.stderr
    report = mailer.folder / "state" / "followup-lint" / "last-report.txt"
    assert str(report) in done.stderr
    assert "[Company]" in report.read_text()
    again = send(mailer, letter(flawed=True))
    assert (again.returncode, again.stderr, mailer.mail) == (STATUS, "", letter(flawed=True))


def test_never_shows_and_sends(mailer: Mailer) -> None:
    done = send(mailer, letter(flawed=True), "--stop-on", "never")
    assert (done.returncode, mailer.mail) == (STATUS, letter(flawed=True))
    assert "the mail goes" in done.stderr
    assert "[Company]" in done.stderr


@pytest.mark.parametrize(("options", "status"), [((), STATUS), (("--fail-closed",), 65)])
def test_a_linter_that_fails_lets_it_pass_with_a_line(mailer: Mailer, options: tuple[str, ...], status: int) -> None:
    done = send(mailer, letter(flawed=True), "--select", "no-such-rule", *options)
    assert done.returncode == status
    assert (mailer.mail is None) == (status == 65)
    assert len(done.stderr.splitlines()) == 1
    assert "no-such-rule" in done.stderr


def test_a_state_that_cannot_be_kept_holds_no_mail(mailer: Mailer) -> None:
    (mailer.folder / "state").write_text("a file where a folder should be")
    done = send(mailer, letter(flawed=True))
    assert (done.returncode, mailer.mail) == (STATUS, letter(flawed=True))
    assert "cannot be written" in done.stderr


@pytest.mark.parametrize("theirs", [("-bp",), ("-q",), ("-bs",), ("-I",)])
def test_what_is_no_mail_goes_straight_through(mailer: Mailer, theirs: tuple[str, ...]) -> None:
    done = send(mailer, letter(flawed=True), theirs=theirs)
    assert (done.returncode, mailer.mail, mailer.arguments) == (STATUS, letter(flawed=True), list(theirs))


def test_a_mailer_that_is_not_there(mailer: Mailer) -> None:
    mailer.path.unlink()
    done = send(mailer, letter())
    assert done.returncode == 69
    assert len(done.stderr.splitlines()) == 1
    assert "not sent" in done.stderr


def test_a_mailer_that_is_this_command_itself(mailer: Mailer) -> None:
    itself = mailer.folder / "itself"
    itself.write_text(f'#!/bin/sh\nexec {sys.executable} -m followup_lint sendmail --sendmail {itself} -- "$@"\n')
    itself.chmod(0o700)
    done = send(mailer, letter(), "--sendmail", str(itself))
    assert done.returncode == 2
    assert "itself" in done.stderr


SETTINGS = """
[presend]
sendmail = "{mailer} -oem"
stop_on = "warning"
only = ["to:*@northwind.example"]
contexts = "people"
fail_closed = true
"""


def test_settings_are_read(mailer: Mailer) -> None:
    (mailer.folder / "people").mkdir()
    (mailer.folder / "followup-lint.toml").write_text(SETTINGS.format(mailer=mailer.path))
    assert send(mailer, letter(), named=False).returncode == STATUS
    assert mailer.arguments == ["-oem", "-oi", "--", "raman@northwind.example"]
    elsewhere = letter(flawed=True, to="raman@else.example")
    assert send(mailer, elsewhere, named=False, theirs=("-t",)).returncode == STATUS
    assert send(mailer, letter(flawed=True), named=False).returncode == 65


@pytest.mark.parametrize(("line", "says"), [
    ("stop_on = 'loud'", "presend.stop_on"), ("only = 3", "presend.only"), ("sendmial = 'x'", "presend.sendmial"),
    ("sendmail = ''", "presend.sendmail"), ("fail_closed = 'yes'", "presend.fail_closed"), ("only = 'raman'", "--only"),
])
def test_settings_that_cannot_be_used_leave_the_mail_where_it_is(mailer: Mailer, line: str, says: str) -> None:
    (mailer.folder / "followup-lint.toml").write_text(f"[presend]\n{line}\n")
    done = send(mailer, letter())
    assert (done.returncode, mailer.mail) == (2, None)
    assert len(done.stderr.splitlines()) == 1
    assert says in done.stderr


@pytest.mark.parametrize("name", ["01-newsletter-interviews", "17-patch", "23-invoice", "37-invitation"])
def test_other_mail_goes_without_a_word(mailer: Mailer, name: str) -> None:
    data = (HERE / "other_mail" / f"{name}.eml").read_bytes()
    done = send(mailer, data, "--stop-on", "warning")
    assert (done.returncode, done.stderr, mailer.mail) == (STATUS, "", data)


@pytest.mark.parametrize("in_memory", [True, False])
def test_the_file_for_the_mailer_is_whole_and_has_no_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_memory: bool
) -> None:
    monkeypatch.setattr(sendmail.tempfile, "tempdir", str(tmp_path))
    if not in_memory:
        monkeypatch.delattr(os, "memfd_create", raising=False)
    with os.fdopen(sendmail._file(letter() * 1000), "rb") as file:
        assert file.read() == letter() * 1000
    assert list(tmp_path.iterdir()) == []
