"""A folder of context files, matched by recipient or thread."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from outside import letter

from followup_lint import Context
from followup_lint.cli.contexts import read_context
from followup_lint.presend.contexts import at, on_file
from followup_lint.presend.message import read_mail

MAIL = read_mail(letter().replace(b"Message-ID", b"In-Reply-To: <asked@northwind.example>\r\nMessage-ID"))


def found(folder: Path):
    return on_file(folder, MAIL, read_context)


def put(folder: Path, name: str, *lines: str) -> None:
    (folder / name).write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize(("name", "lines"), [
    ("raman@northwind.example.toml", []),
    ("Raman@Northwind.example.context.toml", []),
    ("northwind.example.toml", []),
    ("@northwind.example.toml", []),
    ("my-dream-job.toml", ['recipients = ["Raman@northwind.example"]']),
    ("my-dream-job.toml", ['recipients = "@northwind.example"']),
    ("my-dream-job.toml", ['threads = ["<asked@northwind.example>"]']),
    ("my-dream-job.toml", ['threads = ["thank you – data engineer interview on monday"]']),
])
def test_a_file_that_fits(tmp_path: Path, name: str, lines: list[str]) -> None:
    put(tmp_path, name, *lines, 'role = "Data Engineer"')
    assert found(tmp_path).context == Context(role="Data Engineer")


@pytest.mark.parametrize("name", ["tom@northwind.example.toml", "wind.example.toml", "raman@northwind.example.txt"])
def test_a_file_that_does_not(tmp_path: Path, name: str) -> None:
    put(tmp_path, name, 'role = "Data Engineer"')
    assert found(tmp_path) == on_file(tmp_path / "..", MAIL, read_context).__class__()


def test_several_fill_each_other(tmp_path: Path) -> None:
    put(tmp_path, "northwind.example.toml", 'company = "Northwind"', 'role = "Engineer"')
    put(tmp_path, "a.toml", 'recipients = ["raman@northwind.example"]', 'role = "Data Engineer"')
    assert found(tmp_path).context == Context(company="Northwind", role="Data Engineer")


def test_an_invitation_serves_whom_it_names(tmp_path: Path) -> None:
    event = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260302T140000Z\r\n"
             "SUMMARY:Interview: Data Engineer at Northwind\r\nORGANIZER;CN=Priya Raman:mailto:%s\r\n"
             "END:VEVENT\r\nEND:VCALENDAR\r\n")
    (tmp_path / "a.ics").write_text(event % "Raman@northwind.example")
    (tmp_path / "b.ics").write_text(event.replace("Data", "Other") % "else@northwind.example")
    context = found(tmp_path).context
    assert context is not None
    assert (context.role, context.company) == ("Data Engineer", "Northwind")


@pytest.mark.parametrize(("line", "says"), [
    ("role = ", "raman@northwind.example.toml"),
    ('rolle = "x"', "rolle: no such key"),
    ("recipients = 3", "recipients: expected a list"),
    ('interviewed_at = "soon"', "interviewed_at"),
])
def test_a_broken_file_is_told_in_one_line_and_the_others_serve(tmp_path: Path, line: str, says: str) -> None:
    put(tmp_path, "raman@northwind.example.toml", line)
    put(tmp_path, "northwind.example.toml", 'role = "Data Engineer"')
    on = found(tmp_path)
    assert on.context == Context(role="Data Engineer")
    assert len(on.problems) == 1
    assert says in on.problems[0]
    assert "\n" not in on.problems[0]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    assert "cannot be read" in found(tmp_path / "none").problems[0]


def test_it_is_sent_now_in_the_time_of_the_facts() -> None:
    now = datetime(2026, 3, 3, 9, 10, tzinfo=UTC)
    assert at(Context(interviewed_at="2026-03-02T14:00+01:00"), now).sending_at == now
    local = at(Context(interviewed_at="2026-03-02T14:00"), now).sending_at
    assert local == now.astimezone().replace(tzinfo=None)
    assert at(Context(sending_at="2020-01-01T00:00"), now).sending_at == local
