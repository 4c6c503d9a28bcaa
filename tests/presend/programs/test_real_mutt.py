"""mutt and neomutt, in batch and under tmux, with the wrapper as their sendmail."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from real import Home, Terminal, need, wait_until

need("tmux")
SUBJECT = "Thank you – Data Engineer interview on Monday"
TO = "raman@northwind.example"


@pytest.fixture(params=["neomutt", "mutt"])
def mutt(request: pytest.FixtureRequest) -> str:
    need(request.param)
    return str(shutil.which(request.param))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    (tmp_path / "rc").write_text(
        f'set sendmail="{home.wrapper} -oem -oi"\nset sendmail_wait=0\nset from="jonas@feld.example"\n'
        f'set realname="Jonas Feld"\nset mbox_type=Maildir\nset folder="{tmp_path}"\nset spoolfile="{tmp_path}/inbox"\n'
        f'set record="{tmp_path}/copies"\nset copy=yes\nset editor=true\nset abort_unmodified=no\n'
        "set abort_nosubject=no\nset autoedit=yes\nset edit_headers=yes\nset charset=utf-8\nset send_charset=utf-8\n"
    )
    return home


def batch(home: Home, mutt: str, draft: str):
    return home.run(mutt, "-F", home.folder / "rc", "-s", SUBJECT, TO, stdin=(home.folder / draft).read_bytes())


def test_batch(home: Home, mutt: str) -> None:
    stopped = batch(home, mutt, "flawed.txt")
    assert stopped.returncode != 0
    assert home.mails == []
    assert "[Company]" in stopped.said + home.report
    good = batch(home, mutt, "good.txt")
    assert good.returncode == 0, good.said
    assert len(home.mails) == 1
    assert (home.folder / "arguments").read_text().splitlines()[-2:] == ["--", TO]


def test_interactive(home: Home, mutt: str) -> None:
    """Stopped, seen, sent again with the same key: the second try goes, and only then is a copy saved."""
    command = f"{mutt} -F {home.folder}/rc -s '{SUBJECT}' -i {home.folder}/flawed.txt {TO}"
    with Terminal(home, command) as terminal:
        terminal.wait_for("y:Send")
        terminal.press("y")
        terminal.wait_for("[Company]")
        assert "NOT sent" in terminal.screen
        assert home.mails == []
        assert copies(home) == []
        terminal.press("i")
        terminal.wait_for("y:Send")
        terminal.press("y")
        wait_until(lambda: home.mails, "the second try")
        wait_until(lambda: copies(home), "the copy")
    assert b"[Company]" in home.mails[0]


def copies(home: Home) -> list[Path]:
    """What was saved as sent."""
    return [path for name in ("new", "cur") for path in (home.folder / "copies" / name).glob("*")]
