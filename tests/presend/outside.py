"""Help for tests of the pre-send check: mails, and programs that run beside the test and end with it."""

from __future__ import annotations

import os
import queue
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
HERE = Path(__file__).parent
BASELINE = (ROOT / "rules" / "baseline.txt").read_text(encoding="utf-8")
# What a slow machine under load may take to start a program and warm up the check, in seconds.
PATIENCE = 90.0


def letter(flawed: bool = False, number: str = "1", to: str = "raman@northwind.example", crlf: bool = True) -> bytes:
    """A follow-up as a whole message; the flawed one has a placeholder in it, an error under every profile."""
    text = BASELINE.replace("for Northwind", "for [Company]") if flawed else BASELINE
    assert not flawed or text != BASELINE
    head = (
        f"From: Jonas Feld <jonas@feld.example>\nTo: Priya Raman <{to}>\nMessage-ID: <{number}@feld.example>\n"
        "Date: Tue, 03 Mar 2026 09:10:00 +0000\nMIME-Version: 1.0\n"
        'Content-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: 8bit\n'
    )
    data = (head + text.replace("\n\n", "\n\n", 1)).encode("utf-8")
    return data.replace(b"\n", b"\r\n") if crlf else data


def note(number: str = "1", body: bytes = b"Hi Tom,\r\n\r\nlunch at noon?\r\n\r\nJonas\r\n") -> bytes:
    """A mail that is no follow-up."""
    return (
        b"From: jonas@feld.example\r\nTo: tom@harbour.example\r\nSubject: lunch\r\nMessage-ID: <"
        + number.encode() + b"@feld.example>\r\n\r\n" + body
    )


def environment(home: Path, **more: str) -> dict[str, str]:
    """An environment in which nothing of the user's own is read or written, but for the cache of compiled rules."""
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return {
        **os.environ, "PYTHONPATH": str(ROOT), "HOME": str(home), "XDG_STATE_HOME": str(home / "state"),
        "XDG_CONFIG_HOME": str(home / "config"), "XDG_CACHE_HOME": cache, "NO_COLOR": "1", **more,
    }


def free_port() -> int:
    """A port of 127.0.0.1 below those that the system gives to clients, so that it is still free after a restart."""
    while True:
        port = random.randint(15_000, 30_000)
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


class Running:
    """A program under way; its lines are collected, and leaving the ``with`` ends it."""

    def __init__(self, *command: str | Path, env: dict[str, str], nice: int = 0) -> None:
        self.command = [str(one) for one in command]
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=env,
            start_new_session=True, text=True, errors="replace",
            preexec_fn=(lambda: os.nice(nice)) if nice else None,
        )
        self.lines: list[str] = []
        self._fresh: queue.Queue[str | None] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            self._fresh.put(line)
        self._fresh.put(None)

    def line_with(self, text: str, patience: float = PATIENCE) -> str:
        """The next line that holds *text*."""
        end = time.monotonic() + patience
        while True:
            try:
                line = self._fresh.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"{self.command[:4]}: no line with {text!r} but {self.lines}") from None
            if line is None:
                raise AssertionError(f"{self.command[:4]} ended without a line with {text!r}: {self.lines}")
            if text in line:
                return line

    def port_in(self, before: str) -> int:
        """The port of the address that follows *before*; a program that does not come so far is ended."""
        try:
            return int(self.line_with(before).partition(before)[2].split(",")[0].rpartition(":")[2])
        except AssertionError:
            self.kill()
            raise

    @property
    def output(self) -> str:
        return "\n".join(self.lines)

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self._ended()

    def end(self) -> int:
        """SIGTERM, and the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self._ended()
        return self.process.returncode

    def _ended(self) -> None:
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        self.process.stdout.close()

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()


class Sink(Running):
    """tests/presend/sink.py, listening; ``port`` is where."""

    def __init__(self, folder: Path, *options: str | Path, port: int = 0, nice: int = 0) -> None:
        folder.mkdir(exist_ok=True, parents=True)
        self.folder = folder
        super().__init__(sys.executable, HERE / "sink.py", folder, "--port", str(port), *options,
                         env=dict(os.environ), nice=nice)
        self.port = self.port_in("listening on ")

    def mails(self) -> list[bytes]:
        """The messages kept."""
        return [path.read_bytes() for path in sorted(self.folder.glob("*.eml"))]


class Proxy(Running):
    """``followup-lint proxy``, listening; ``port`` is where."""

    def __init__(
        self, home: Path, relay: str, *options: str | Path, listen: str = "127.0.0.1:0", nice: int = 0
    ) -> None:
        super().__init__(sys.executable, "-m", "followup_lint", "proxy", "--listen", listen, "--relay", relay,
                         "--isolated", *options, env=environment(home), nice=nice)
        self.port = self.port_in("listening on ")


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for localhost and its key, made by openssl."""
    cert, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", key, "-out", cert],
        check=True, capture_output=True, timeout=PATIENCE,
    )
    return cert, key
