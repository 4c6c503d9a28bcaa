"""What the check sees of a mail."""

from __future__ import annotations

import pytest
from outside import letter, note

from followup_lint.parsing import UnreadableError
from followup_lint.presend.message import READ_BYTES, read_mail


def headed(*fields: str, body: str = "Hi") -> bytes:
    return ("From: a@b.example\r\nTo: c@d.example\r\n" + "".join(f"{f}\r\n" for f in fields) + "\r\n" + body).encode()


def test_a_letter_is_personal() -> None:
    mail = read_mail(letter(), ["Raman@Northwind.example", "<other@northwind.example>"])
    assert mail.personal
    assert mail.recipients == ("other@northwind.example", "raman@northwind.example")
    assert mail.message_id == "<1@feld.example>"
    assert mail.subject.startswith("Thank you")


@pytest.mark.parametrize("field", [
    "List-Id: <a.b>", "List-Unsubscribe: <mailto:a@b>", "Precedence: bulk", "Auto-Submitted: auto-replied",
    "Content-Type: multipart/report; boundary=x", "Content-Type: multipart/encrypted; boundary=x", "Resent-From: a@b",
    "Content-Type: text/calendar;\r\n charset=utf-8;\r\n method=REQUEST",
])
def test_what_no_person_writes_to_one_reader_is_not(field: str) -> None:
    assert not read_mail(headed(field)).personal


@pytest.mark.parametrize("field", ["Auto-Submitted: no", "Precedence: first-class", "Content-Type: text/plain"])
def test_what_a_person_may_write_is(field: str) -> None:
    assert read_mail(headed(field)).personal


def test_a_patch_is_not_personal() -> None:
    assert not read_mail(headed(body="--\r\n\r\ndiff --git a/x b/x\r\n@@ -1,2 +1,2 @@\r\n")).personal


def test_the_thread_is_known() -> None:
    mail = read_mail(headed("In-Reply-To: <one@x>", "References: <zero@x>\r\n <one@x>"))
    assert mail.answers == ("<one@x>", "<zero@x>", "<one@x>")


def test_an_attachment_costs_nothing_and_changes_nothing() -> None:
    attached = letter() + b"\r\n" + b"QUJD" * READ_BYTES
    assert read_mail(attached).source.text.startswith(read_mail(letter()).source.text[:200])


@pytest.mark.parametrize("data", [
    b"", b"\r\n", b"no head at all", b"Subject\r\n\r\n", b"\xff\xfe", b": x\r\n\r\n", b"A" * 5000, b"To: " + b"<" * 999,
    b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n", b"Subject: =?utf-8?b?!!!?=\r\n\r\n\x80\x81",
])
def test_nothing_malformed_raises(data: bytes) -> None:
    read_mail(data)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(UnreadableError):
        read_mail(note(body=b"\0\0\0"))
