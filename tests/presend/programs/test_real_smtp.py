"""swaks, msmtp and neomutt as clients of the proxy; Postfix as its relay."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from real import Home, need, wait_until

pytest.importorskip("aiosmtpd", reason="the extra `proxy` is not installed")
from outside import PATIENCE, Proxy, Sink, certificate, free_port, letter, note

PLAIN = ("--typo-engine", "none")
TO = "raman@northwind.example"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[Sink]:
    with Sink(tmp_path / "sink") as made:
        yield made


@pytest.fixture
def proxy(home: Home, sink: Sink) -> Iterator[Proxy]:
    with Proxy(home.folder, f"127.0.0.1:{sink.port}", *PLAIN) as made:
        yield made


def swaks(home: Home, port: int, flawed: bool, *more: str):
    path = home.folder / "message"
    path.write_bytes(letter(flawed, crlf=False))
    return home.run("swaks", "--server", f"127.0.0.1:{port}", "--from", "jonas@feld.example", "--to", TO,
                    "--data", f"@{path}", *more)


def test_swaks(home: Home, proxy: Proxy, sink: Sink) -> None:
    need("swaks")
    stopped = swaks(home, proxy.port, True)
    assert stopped.returncode == 26, stopped.said
    assert '550 5.7.1 followup-lint: error: "[Company]"' in stopped.said
    assert sink.mails() == []
    assert swaks(home, proxy.port, False).returncode == 0
    assert swaks(home, proxy.port, True).returncode == 0
    assert sorted(sink.mails()) == sorted([letter(False) + b"\r\n", letter(True) + b"\r\n"])


@pytest.mark.parametrize("pipelined", [False, True])
def test_swaks_pipelines(home: Home, proxy: Proxy, sink: Sink, pipelined: bool) -> None:
    need("swaks")
    assert swaks(home, proxy.port, False, *(["--pipeline"] if pipelined else [])).returncode == 0
    assert sink.mails() == [letter(False) + b"\r\n"]


def msmtp(home: Home, port: int, data: bytes, *more: str):
    config = home.folder / "msmtprc"
    config.write_text(
        f"defaults\nlogfile -\naccount default\nhost 127.0.0.1\nport {port}\ntls off\nfrom jonas@feld.example\n"
        + "".join(f"{line}\n" for line in more)
    )
    config.chmod(0o600)
    return home.run("msmtp", "-C", config, "--", TO, stdin=data)


def test_msmtp(home: Home, proxy: Proxy, sink: Sink) -> None:
    need("msmtp")
    stopped = msmtp(home, proxy.port, letter(True, crlf=False))
    assert stopped.returncode == 69, stopped.said
    assert "[Company]" in stopped.said
    assert sink.mails() == []
    assert msmtp(home, proxy.port, letter(False, crlf=False)).returncode == 0
    assert msmtp(home, proxy.port, letter(True, crlf=False)).returncode == 0
    assert sorted(sink.mails()) == sorted([letter(False), letter(True)])


def test_msmtp_authenticates_through_it(home: Home, tmp_path: Path) -> None:
    need("msmtp", "openssl")
    cert, key = certificate(tmp_path)
    encrypted = ("--relay-tls", "starttls", "--relay-ca", cert)
    with Sink(tmp_path / "secured", "--cert", cert, "--key", key, "--auth", "jonas:secret word") as relay, \
            Proxy(home.folder, f"localhost:{relay.port}", *encrypted, *PLAIN) as proxy:
        login = ("auth plain", "user jonas", "password secret word")
        wrong = msmtp(home, proxy.port, letter(False, crlf=False), "auth plain", "user jonas", "password wrong")
        assert wrong.returncode != 0
        assert relay.mails() == []
        done = msmtp(home, proxy.port, letter(False, crlf=False), *login)
        assert done.returncode == 0, done.said
        assert relay.mails() == [letter(False)]
        assert "secret word" not in proxy.output


@pytest.mark.parametrize("mutt", ["neomutt", "mutt"])
def test_mutt_by_smtp(home: Home, proxy: Proxy, sink: Sink, mutt: str) -> None:
    need(mutt)
    (home.folder / "rc").write_text(
        f'set smtp_url="smtp://127.0.0.1:{proxy.port}/"\nset ssl_force_tls=no\nset ssl_starttls=no\nset copy=no\n'
        'set from="jonas@feld.example"\nset charset=utf-8\nset send_charset=utf-8\n'
    )
    command = (mutt, "-F", home.folder / "rc", "-s", "Thank you – Data Engineer interview on Monday", TO)
    stopped = home.run(*command, stdin=(home.folder / "flawed.txt").read_bytes())
    assert stopped.returncode != 0
    assert 'followup-lint: error: "[Company]"' in stopped.said
    assert sink.mails() == []
    assert home.run(*command, stdin=(home.folder / "good.txt").read_bytes()).returncode == 0
    assert len(sink.mails()) == 1


class Postfix:
    """A Postfix of its own: its own folders and port, delivering everything into one mailbox.

    With *through*, what comes to ``guarded`` is passed through a proxy on that port before it is taken.
    """

    def __init__(self, folder: Path, through: int = 0) -> None:
        self.folder, self.port, self.guarded = folder, free_port(), free_port()
        for name in ("config", "queue", "data"):
            (folder / name).mkdir(parents=True)
        shutil.chown(folder / "data", "postfix")
        (folder / "mailbox").touch(mode=0o666)
        (folder / "mailbox").chmod(0o666)
        for above in [folder, *folder.parents]:
            if above != Path("/"):
                above.chmod(above.stat().st_mode | 0o055)
        (folder / "config" / "main.cf").write_text(
            f"compatibility_level = 3.6\nqueue_directory = {folder}/queue\ndata_directory = {folder}/data\n"
            "myhostname = relay.example\nmydestination =\nmynetworks = 127.0.0.0/8\ninet_interfaces = 127.0.0.1\n"
            "inet_protocols = ipv4\nsmtpd_relay_restrictions = permit_mynetworks, reject\nmaillog_file = /dev/stdout\n"
            f"default_transport = keep\nmessage_size_limit = 30000000\nalias_maps =\nalias_database =\n"
            "smtpd_forbid_bare_newline = yes\nmaillog_file_prefixes = /dev\n"
        )
        lines = {
            f"127.0.0.1:{self.port}": "inet n - n - - smtpd", "postlog": "unix-dgram n - n - 1 postlogd",
            "pickup": "unix n - n 60 1 pickup", "cleanup": "unix n - n - 0 cleanup", "qmgr": "unix n - n 300 1 qmgr",
            "rewrite": "unix - - n - - trivial-rewrite", "bounce": "unix - - n - 0 bounce",
            "defer": "unix - - n - 0 bounce", "trace": "unix - - n - 0 bounce", "error": "unix - - n - - error",
            "anvil": "unix - - n - 1 anvil", "scache": "unix - - n - 1 scache",
            "proxymap": "unix - - n - - proxymap",
            "keep": f"unix - n n - 1 pipe user=nobody argv=/bin/sh -c {{cat >> {folder}/mailbox}}",
        }
        if through:
            guarded = f"inet n - n - - smtpd -o smtpd_proxy_filter=127.0.0.1:{through}"
            lines[f"127.0.0.1:{self.guarded}"] = guarded + " -o smtpd_proxy_options=speed_adjust"
        (folder / "config" / "master.cf").write_text("".join(f"{k} {v}\n" for k, v in lines.items()))
        self.log = (folder / "log").open("wb")
        self.master = subprocess.Popen(
            ["postfix", "-c", str(folder / "config"), "start-fg"], stdout=self.log, stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL, start_new_session=True,
        )

    @property
    def mailbox(self) -> bytes:
        return (self.folder / "mailbox").read_bytes()

    def end(self) -> None:
        os.killpg(self.master.pid, signal.SIGTERM)
        self.master.wait(PATIENCE)
        self.log.close()


@pytest.fixture
def postfix(tmp_path: Path) -> Iterator[Postfix]:
    need("postfix")
    if os.geteuid() != 0:
        pytest.skip("NOT RUN: Postfix must be started by root")
    made = Postfix(tmp_path / "postfix")
    try:
        yield made
    finally:
        made.end()


def test_postfix_is_the_relay(home: Home, postfix: Postfix) -> None:
    need("swaks")
    with Proxy(home.folder, f"127.0.0.1:{postfix.port}", *PLAIN) as proxy:
        def greeted() -> bool:
            return home.run("swaks", "--server", f"127.0.0.1:{proxy.port}", "--quit-after", "EHLO").returncode == 0

        wait_until(greeted, f"Postfix:\n{(postfix.folder / 'log').read_text()}")
        said = home.run("swaks", "--server", f"127.0.0.1:{proxy.port}", "--quit-after", "EHLO").said
        assert "PIPELINING" in said
        assert "SIZE 30000000" in said
        assert "VRFY" not in said
        stopped = swaks(home, proxy.port, True)
        assert stopped.returncode == 26
        assert swaks(home, proxy.port, False).returncode == 0
        wait_until(lambda: postfix.mailbox, "the mail in the mailbox")
        text = letter(False, crlf=False)
        assert text.partition(b"\n\n")[2] in postfix.mailbox
        assert swaks(home, proxy.port, True).returncode == 0
        wait_until(lambda: b"[Company]" in postfix.mailbox, "the second try")
        (home.folder / "other").write_bytes(note().replace(b"\r\n", b"\n"))
        assert swaks(home, proxy.port, False, "--to", "a@x.example,b@x.example").returncode == 0


def test_a_site_checks_what_its_postfix_takes(home: Home) -> None:
    """Postfix hands each mail to the proxy, and the proxy hands it back, before its sender has an answer."""
    need("postfix", "swaks")
    if os.geteuid() != 0:
        pytest.skip("NOT RUN: Postfix must be started by root")
    listen = free_port()
    postfix = Postfix(home.folder / "postfix", listen)
    try:
        with Proxy(home.folder, f"127.0.0.1:{postfix.port}", *PLAIN, listen=f"127.0.0.1:{listen}"):
            def greeted() -> bool:
                server = f"127.0.0.1:{postfix.guarded}"
                return home.run("swaks", "--server", server, "--quit-after", "EHLO").returncode == 0

            wait_until(greeted, "Postfix")
            stopped = swaks(home, postfix.guarded, True)
            assert stopped.returncode == 26
            assert "550 5.7.1" in stopped.said
            assert "[Company]" in stopped.said
            assert swaks(home, postfix.guarded, False).returncode == 0
            wait_until(lambda: postfix.mailbox, "the mail in the mailbox")
            assert letter(False, crlf=False).partition(b"\n\n")[2] in postfix.mailbox
            assert b"[Company]" not in postfix.mailbox
            assert swaks(home, postfix.guarded, True).returncode == 0
            wait_until(lambda: b"[Company]" in postfix.mailbox, "the second try")
    finally:
        postfix.end()
