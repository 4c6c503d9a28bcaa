"""A disk that is full: no mail is held by it, and none is cut short."""

from __future__ import annotations

import os
import smtplib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from real import Home, letter, need

need("mount", "umount")
pytest.importorskip("aiosmtpd", reason="the extra `proxy` is not installed")
from outside import PATIENCE, Proxy, Sink  # noqa: E402


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A home whose state lies on a file system without a free byte or file."""
    if os.geteuid() != 0:
        pytest.skip("NOT RUN: a full disk must be mounted by root")
    home = Home(tmp_path)
    disk = tmp_path / "state"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4k,nr_inodes=2", "full", disk]
    made = subprocess.run(mount, capture_output=True, timeout=PATIENCE, check=False)
    if made.returncode:
        pytest.skip(f"NOT RUN: no file system can be mounted here: {made.stderr.decode().strip()}")
    try:
        (disk / "filler").write_bytes(b"x" * 4096)
        yield home
    finally:
        subprocess.run(["umount", disk], timeout=PATIENCE, check=True)


def test_the_wrapper(home: Home) -> None:
    done = home.run(home.wrapper, "-oi", "--", "raman@northwind.example", stdin=letter(flawed=True))
    assert done.returncode == 0, done.said
    assert home.mails == [letter(flawed=True)]
    assert "No space left on device" in done.said
    assert len(done.said.splitlines()) == 1


def test_the_proxy(home: Home, tmp_path: Path) -> None:
    with Sink(tmp_path / "sink") as sink, \
            Proxy(home.folder, f"127.0.0.1:{sink.port}", "--typo-engine", "none") as proxy, \
            smtplib.SMTP("127.0.0.1", proxy.port, "client.example", timeout=PATIENCE) as client:
        client.sendmail("jonas@feld.example", "raman@northwind.example", letter(flawed=True))
        assert sink.mails() == [letter(flawed=True)]
        proxy.line_with("No space left on device")
