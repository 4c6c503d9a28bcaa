"""``followup-lint proxy`` as a process, between a client and a relay that was written apart from it."""

from __future__ import annotations

import base64
import json
import smtplib
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from outside import HERE, PATIENCE, Proxy, Running, Sink, certificate, environment, free_port, letter, note

pytest.importorskip("aiosmtpd", reason="the extra `proxy` is not installed")

PLAIN = ("--typo-engine", "none")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("proxy")


@pytest.fixture(scope="module")
def sink(folder: Path) -> Iterator[Sink]:
    with Sink(folder / "sink") as made:
        yield made


@pytest.fixture(scope="module")
def proxy(folder: Path, sink: Sink) -> Iterator[Proxy]:
    with Proxy(folder / "home", f"127.0.0.1:{sink.port}", *PLAIN) as made:
        yield made


@pytest.fixture
def client(proxy: Proxy, sink: Sink) -> Iterator[smtplib.SMTP]:
    for kept in sink.folder.iterdir():
        kept.unlink()
    with smtplib.SMTP("127.0.0.1", proxy.port, "client.example", timeout=PATIENCE) as made:
        yield made


def give(client: smtplib.SMTP, message: bytes, *recipients: str, options: tuple[str, ...] = ()) -> tuple[int, bytes]:
    """Send a message with the very bytes given: smtplib's own ``data`` mends line ends."""
    client.ehlo_or_helo_if_needed()
    code, said = client.mail("jonas@feld.example", options)
    assert code == 250, said
    for one in recipients or ("raman@northwind.example",):
        code, said = client.rcpt(one)
        assert code == 250, said
    return raw_data(client, message)


def raw_data(client: smtplib.SMTP, message: bytes) -> tuple[int, bytes]:
    code, said = client.docmd("DATA")
    if code != 354:
        return code, said
    stuffed = (b"\r\n" + message).replace(b"\r\n.", b"\r\n..")[2:]
    client.send(stuffed + b".\r\n")
    return client.getreply()


@pytest.mark.parametrize("message", [
    letter(), note(), note(body=b"\xe4\xf6\xfc \xff\r\n"), note(body=b".\r\n..\r\n.x\r\nend.\r\n"),
    note(body=b"a\0b\r\n"), b"\r\n", b"", b"no head\r\n", note(body=b"x" * 70_000 + b"\r\n"),
    note(body=b"\r\n\r\n\r\n"), b"." * 200_000 + b"\r\n",
    note(body=b"QUJD" * 18 + b".\r\n"), note(body=(b"QUJD" * 18 + b"\r\n") * 60_000),
], ids=["good", "other", "8-bit", "dots", "nul", "one-line", "empty", "no-head", "long-line", "blank", "only-dots",
        "dot-at-end", "four-megabytes"])
def test_what_may_go_arrives_byte_for_byte(client: smtplib.SMTP, sink: Sink, message: bytes) -> None:
    assert give(client, message) == (250, b"2.0.0 kept by the sink")
    assert sink.mails() == [message]


def test_a_flawed_letter_is_refused_and_a_second_try_arrives(client: smtplib.SMTP, sink: Sink, proxy: Proxy) -> None:
    flawed = letter(flawed=True, number="proxy-1", to="first@northwind.example")
    code, said = give(client, flawed)
    assert code == 550
    assert said.startswith(b"5.7.1 followup-lint: not sent: ")
    assert b"[Company]" in said
    assert sink.mails() == []
    # On the same connection: the relay has forgotten the first try, and other mail goes on.
    assert give(client, note())[0] == 250
    assert give(client, flawed)[0] == 250
    assert sorted(sink.mails()) == sorted([note(), flawed])
    assert "stopped a mail: genericness.placeholder" in proxy.output
    assert "Company" not in proxy.output


def test_a_lone_message_then_the_next_in_one_packet(client: smtplib.SMTP, sink: Sink) -> None:
    """PIPELINING: all commands of two mails at once, after a single EHLO."""
    client.ehlo("client.example")
    envelope = b"MAIL FROM:<a@x.example>\r\nRCPT TO:<b@x.example>\r\nDATA\r\n"
    client.send(envelope + b"Subject: 1\r\n\r\none\r\n.\r\n" + envelope + b"Subject: 2\r\n\r\ntwo\r\n.\r\nNOOP\r\n")
    assert [client.getreply()[0] for _ in range(9)] == [250, 250, 354, 250] * 2 + [250]
    assert sorted(sink.mails()) == [b"Subject: 1\r\n\r\none\r\n", b"Subject: 2\r\n\r\ntwo\r\n"]


def test_it_offers_what_both_can_do(client: smtplib.SMTP) -> None:
    client.ehlo("client.example")
    assert set(client.esmtp_features) == {"pipelining", "size", "8bitmime", "smtputf8", "enhancedstatuscodes"}
    assert client.esmtp_features["size"] == "40000000"


def test_the_envelope_arrives_as_it_was_given(client: smtplib.SMTP, sink: Sink) -> None:
    client.ehlo("client.example")
    commands = ["MAIL FROM:<Jonas.Föld@feld.example> SMTPUTF8 BODY=8BITMIME", "RCPT TO:<\"a b\"@x.example>",
                "RCPT TO:<tom+tag@x.example>"]
    for command in commands:
        client.send(f"{command}\r\n".encode())
        assert client.getreply()[0] == 250
    assert raw_data(client, note())[0] == 250
    assert json.loads(next(sink.folder.glob("*.json")).read_text())["lines"] == commands


def test_a_sender_may_be_empty(client: smtplib.SMTP, sink: Sink) -> None:
    client.ehlo("client.example")
    assert client.mail("")[0] == 250
    assert client.rcpt("a@x.example")[0] == 250
    assert raw_data(client, note())[0] == 250


def test_a_thousand_recipients(client: smtplib.SMTP, sink: Sink) -> None:
    people = [f"p{n}@x.example" for n in range(1000)]
    assert give(client, note(), *people)[0] == 250
    assert all(one in next(sink.folder.glob("*.json")).read_text() for one in people)


def test_who_is_refused_by_the_relay_is_refused(client: smtplib.SMTP, sink: Sink) -> None:
    client.ehlo("client.example")
    client.mail("a@x.example")
    assert client.rcpt("nobody@x.example") == (550, b"5.1.1 no such user")
    assert client.docmd("DATA")[0] == 503
    assert client.rcpt("somebody@x.example")[0] == 250
    assert raw_data(client, note())[0] == 250


@pytest.mark.parametrize("hidden", [
    b"one\n.\nMAIL FROM:<c@x.example>\r\n", b"one\n.\r\nMAIL FROM:<c@x.example>\r\n", b"one\r.\rtwo\r\n", b"a\nb\r\n",
    b"one\r\n\r.\r\ntwo\r\n", b"one\r\n.\rtwo\r\n",
])
def test_a_message_hidden_in_another_is_refused(client: smtplib.SMTP, sink: Sink, hidden: bytes) -> None:
    code, said = give(client, note(body=hidden))
    assert (code, said[:5]) == (550, b"5.5.2")
    assert sink.mails() == []
    assert give(client, note())[0] == 250


def test_a_command_hidden_in_another_is_refused(client: smtplib.SMTP) -> None:
    client.ehlo("client.example")
    client.send(b"MAIL FROM:<a@x.example>\rRCPT TO:<b@x.example>\r\n")
    assert client.getreply()[0] == 501


def test_what_is_too_large_is_refused_and_the_connection_goes_on(client: smtplib.SMTP, sink: Sink) -> None:
    client.ehlo("client.example")
    code, said = give(client, note(body=(b"QUJD" * 18 + b"\r\n") * 550_000))
    assert (code, said[:5]) == (552, b"5.3.4")
    assert give(client, note())[0] == 250
    assert sink.mails() == [note()]


@pytest.mark.parametrize("name", ["01-newsletter-interviews", "18-patch-cover", "24-dunning", "39-encrypted"])
def test_other_mail_arrives(client: smtplib.SMTP, sink: Sink, name: str) -> None:
    data = (HERE / "other_mail" / f"{name}.eml").read_bytes().replace(b"\n", b"\r\n")
    assert give(client, data)[0] == 250
    assert sink.mails() == [data]


def test_commands_out_of_turn(client: smtplib.SMTP) -> None:
    for command in ("MAIL FROM:<a@x.example>", "DATA", "AUTH PLAIN AGEAYg=="):
        assert client.docmd(command)[0] == 503
    assert client.docmd("RSET")[0] == 250
    assert client.docmd("BDAT 3 LAST")[0] == 500
    assert client.docmd("VRFY root")[0] == 252


def test_it_finishes_the_mail_under_way_when_it_is_told_to_end(folder: Path) -> None:
    with Sink(folder / "slow", "--manner", "slow") as slow, \
            Proxy(folder / "home", f"127.0.0.1:{slow.port}", *PLAIN) as proxy, \
            smtplib.SMTP("127.0.0.1", proxy.port, "client.example", timeout=PATIENCE) as client:
        client.ehlo("client.example")
        client.mail("a@x.example")
        client.rcpt("b@x.example")
        assert client.docmd("DATA")[0] == 354
        client.send(note() + b".\r\n")
        # The relay has the message and takes two seconds to say so.
        deadline = time.monotonic() + PATIENCE
        while not slow.mails() and time.monotonic() < deadline:
            proxy.process.terminate()
            time.sleep(0.02)
        assert client.getreply()[0] == 250
        assert proxy.process.wait(PATIENCE) == 0  # one SIGTERM more would find it past its last handler


@pytest.mark.parametrize(("manner", "codes", "kept"), [
    ("busy", (451,), 0), ("drop", (421,), 0), ("drop-after", (421,), 1), ("slow", (250,), 1),
])
def test_a_relay_that_misbehaves(folder: Path, manner: str, codes: tuple[int, ...], kept: int) -> None:
    with Sink(folder / f"sink-{manner}", "--manner", manner) as relay, \
            Proxy(folder / "home", f"127.0.0.1:{relay.port}", *PLAIN) as proxy, \
            smtplib.SMTP("127.0.0.1", proxy.port, "client.example", timeout=PATIENCE) as client:
        assert give(client, note())[0] in codes
        assert len(relay.mails()) == kept
        assert "lunch" not in proxy.output


def test_a_relay_that_is_not_there(folder: Path) -> None:
    with Proxy(folder / "home", f"127.0.0.1:{free_port()}", *PLAIN) as proxy, \
            smtplib.SMTP("127.0.0.1", proxy.port, "client.example", timeout=PATIENCE) as client:
        code, said = client.ehlo("client.example")
        assert code == 421
        assert b"cannot be reached" in said
        assert b"still with you" in said


def test_a_checker_that_is_broken_holds_no_mail(folder: Path, sink: Sink) -> None:
    for kept in sink.folder.iterdir():
        kept.unlink()
    with Proxy(folder / "home", f"127.0.0.1:{sink.port}", "--select", "no-such-rule") as proxy:
        with smtplib.SMTP("127.0.0.1", proxy.port, "client.example", timeout=PATIENCE) as client:
            assert give(client, letter(flawed=True, number="broken"))[0] == 250
        assert "no-such-rule" in proxy.output
    with Proxy(folder / "home", f"127.0.0.1:{sink.port}", "--select", "no-such-rule", "--fail-closed") as proxy, \
            smtplib.SMTP("127.0.0.1", proxy.port, "client.example", timeout=PATIENCE) as client:
        assert give(client, letter(flawed=True, number="broken"))[0] == 550
    assert len(sink.mails()) == 1


SECRET = "Tr0ub4dor&3"


@pytest.fixture(scope="module")
def identity(folder: Path) -> tuple[Path, Path]:
    return certificate(folder)


@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "tls"])
@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "XOAUTH2"])
def test_passwords_pass_through_encrypted_and_are_kept_nowhere(
    folder: Path, identity: tuple[Path, Path], tmp_path: Path, implicit: bool, mechanism: str
) -> None:
    cert, key = identity
    secured = ("--cert", cert, "--key", key, "--auth", f"jonas:{SECRET}", *(["--implicit-tls"] if implicit else []))
    with Sink(tmp_path / "sink", *secured) as relay, Proxy(
        tmp_path / "home", f"localhost:{relay.port}", "--relay-tls", "tls" if implicit else "starttls",
        "--relay-ca", cert, *PLAIN,
    ) as proxy:
        with smtplib.SMTP("127.0.0.1", proxy.port, "client.example", timeout=PATIENCE) as client:
            client.ehlo("client.example")
            assert "starttls" not in client.esmtp_features
            assert "PLAIN" in client.esmtp_features["auth"]
            assert client.mail("jonas@feld.example")[0] == 530
            if mechanism == "XOAUTH2":
                wrong = base64.b64encode(b"\0jonas\0wrong").decode()
                assert client.docmd("AUTH", f"XOAUTH2 {wrong}")[0] == 535
                right = base64.b64encode(f"\0jonas\0{SECRET}".encode()).decode()
                assert client.docmd("AUTH", f"XOAUTH2 {right}")[0] == 235
            else:
                client.user, client.password = "jonas", SECRET
                assert client.auth(mechanism, getattr(client, f"auth_{mechanism.lower()}"))[0] == 235
            assert give(client, letter())[0] == 250
        assert relay.mails() == [letter()]
        assert '"encrypted": true' in next(relay.folder.glob("*.json")).read_text()
    coded = (base64.b64encode(text.encode()).decode() for text in (SECRET, f"\0jonas\0{SECRET}"))
    secrets = [SECRET, *coded]
    written = [proxy.output.encode(), *(p.read_bytes() for p in (tmp_path / "home").rglob("*") if p.is_file())]
    assert not any(secret.encode() in text for secret in secrets for text in written)


def test_a_relay_with_a_strange_certificate_gets_nothing(identity: tuple[Path, Path], tmp_path: Path) -> None:
    cert, key = identity
    with Sink(tmp_path / "sink", "--cert", cert, "--key", key) as relay, \
            Proxy(tmp_path / "home", f"localhost:{relay.port}", "--relay-tls", "starttls", *PLAIN) as proxy, \
            smtplib.SMTP("127.0.0.1", proxy.port, "client.example", timeout=PATIENCE) as client:
        code, said = client.ehlo("client.example")
        assert code == 421
        assert b"certificate" in said


def test_a_relay_without_starttls_gets_nothing(folder: Path, sink: Sink) -> None:
    with Proxy(folder / "home", f"127.0.0.1:{sink.port}", "--relay-tls", "starttls", *PLAIN) as proxy, \
            smtplib.SMTP("127.0.0.1", proxy.port, "client.example", timeout=PATIENCE) as client:
        code, said = client.ehlo("client.example")
        assert code == 421
        assert b"STARTTLS" in said


def test_others_may_connect_only_with_tls_and_auth(identity: tuple[Path, Path], tmp_path: Path) -> None:
    cert, key = identity
    with Sink(tmp_path / "sink", "--auth", f"jonas:{SECRET}") as relay, Proxy(
        tmp_path / "home", f"127.0.0.1:{relay.port}", "--tls-cert", cert, "--tls-key", key, *PLAIN, listen="0.0.0.0:0",
    ) as proxy, smtplib.SMTP("127.0.0.1", proxy.port, "client.example", timeout=PATIENCE) as client:
        client.ehlo("client.example")
        assert "auth" not in client.esmtp_features
        assert client.mail("a@x.example")[0] == 530
        assert client.docmd("AUTH", "PLAIN AGEAYg==")[0] == 530
        client.starttls(context=_trusting(cert))
        client.ehlo("client.example")
        assert "starttls" not in client.esmtp_features
        assert client.mail("a@x.example")[0] == 530
        client.login("jonas", SECRET)
        assert give(client, note())[0] == 250


def _trusting(cert: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(cert))
    context.check_hostname = False
    return context


def test_what_is_said_before_tls_counts_no_more(identity: tuple[Path, Path], sink: Sink, tmp_path: Path) -> None:
    """A command injected behind STARTTLS in the clear is thrown away (CVE-2011-0411)."""
    cert, key = identity
    with Proxy(tmp_path / "home", f"127.0.0.1:{sink.port}", "--tls-cert", cert, "--tls-key", key, *PLAIN) as proxy, \
            socket.create_connection(("127.0.0.1", proxy.port), timeout=PATIENCE) as plain:
        file = plain.makefile("rb")
        file.readline()
        plain.sendall(b"EHLO x\r\n")
        while not file.readline().startswith(b"250 "):
            pass
        plain.sendall(b"STARTTLS\r\nMAIL FROM:<evil@x.example>\r\n")
        assert file.readline().startswith(b"220")
        with _trusting(cert).wrap_socket(plain, server_hostname="localhost") as secure:
            secure.sendall(b"NOOP\r\n")
            assert secure.recv(100) == b"250 OK\r\n"
            secure.sendall(b"RCPT TO:<b@x.example>\r\n")
            assert secure.recv(100).startswith(b"503")


@pytest.mark.parametrize(("options", "says"), [
    (("--relay", "x"), "--relay: 'x' is no HOST:PORT"),
    (("--relay", "localhost:25", "--listen", "0.0.0.0:0"), "--tls-cert"),
    (("--relay", "localhost:25", "--tls-cert", "/none"), "--tls-cert"),
    (("--relay", "localhost:25", "--relay-ca", "/none"), "--relay-ca"),
    (("--relay", "localhost:25", "--listen", "127.0.0.1:1x"), "--listen"),
    ((), "--relay"),
])
def test_what_cannot_be_done_is_told_in_one_line(tmp_path: Path, options: tuple[str, ...], says: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "followup_lint", "proxy", *options], capture_output=True, text=True, timeout=PATIENCE,
        env=environment(tmp_path), check=False,
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert says in done.stderr


def test_a_port_that_is_taken(tmp_path: Path, sink: Sink) -> None:
    taken = ("--relay", "localhost:25", "--listen", f"127.0.0.1:{sink.port}")
    with Running(sys.executable, "-m", "followup_lint", "proxy", *taken, env=environment(tmp_path)) as running:
        assert "in use" in running.line_with("--listen")
        assert running.process.wait(PATIENCE) == 2
