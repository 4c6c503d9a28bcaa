"""git send-email with the wrapper as its sendmailCmd."""

from __future__ import annotations

from pathlib import Path

import pytest
from real import Home, letter, need

need("git")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    if "send-email" not in home.run("git", "help", "-a").said:
        need("git-send-email")
    home.run("git", "init", "-q", "repository")
    return home


def git(home: Home) -> list[str]:
    return [
        "git", "-C", "repository", "-c", "user.name=x", "-c", "user.email=x@x.example",
        "-c", f"sendemail.sendmailCmd={home.wrapper} -i", "send-email", "--quiet", "--confirm=never",
        "--suppress-cc=all", "--no-thread",
    ]


def send(home: Home, name: str, flawed: bool):
    path = home.folder / name
    path.write_bytes(letter(flawed, crlf=False))
    return home.run(*git(home), "--from=jonas@feld.example", "--to=raman@northwind.example", path)


def test_it_stops_shows_and_sends(home: Home) -> None:
    stopped = send(home, "flawed.eml", True)
    assert stopped.returncode != 0
    assert "[Company]" in stopped.said
    assert home.mails == []
    good = send(home, "good.eml", False)
    assert good.returncode == 0, good.said
    assert len(home.mails) == 1
    again = send(home, "flawed.eml", True)
    assert again.returncode == 0, again.said
    assert len(home.mails) == 2


def test_a_patch_goes(home: Home) -> None:
    commit = ("git", "-C", "repository", "-c", "user.name=x", "-c", "user.email=x@x.example")
    (home.folder / "repository" / "a").write_text("the [Company] interview for the <role> position\n")
    home.run(*commit, "add", "a")
    home.run(*commit, "commit", "-q", "-m", "Thank you for the interview: TBD")
    home.run(*commit, "format-patch", "--root", "-o", home.folder / "out")
    path = next((home.folder / "out").glob("*.patch"))
    done = home.run(*git(home), "--from=x@x.example", "--to=dev@x.example", path)
    assert done.returncode == 0, done.said
    assert len(home.mails) == 1
