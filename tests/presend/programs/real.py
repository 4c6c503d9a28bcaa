"""What the tests with real mail programs share."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from outside import PATIENCE, environment, letter


def need(*programs: str) -> None:
    """Skip, and say which program is missing."""
    missing = [one for one in programs if not shutil.which(one)]
    if missing:
        reason = f"NOT RUN: {', '.join(missing)} is missing; tests/presend/install.sh installs it"
        pytest.skip(reason, allow_module_level=True)


def body(flawed: bool) -> bytes:
    """The letter without its head."""
    return letter(flawed, crlf=False).partition(b"\n\n")[2]


def wait_until(done: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Look again and again until *done* says so."""
    end = time.monotonic() + patience
    while not done():
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain for {what}")
        time.sleep(0.1)


class Home:
    """A home folder with a real mailer that keeps each mail, and the wrapper in front of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sent = folder / "sent"
        self.sent.mkdir()
        self.mailer = self._script(
            "mailer", f'n=$(ls {self.sent} | wc -l)\nprintf "%s\\n" "$@" > {folder}/arguments\n'
            f"cat > {folder}/incoming && mv {folder}/incoming {self.sent}/$n.eml\n",
        )
        self.wrapper = self._script(
            "wrapper", f'exec {sys.executable} -m followup_lint sendmail --sendmail {self.mailer} --typo-engine none '
            '--isolated -- "$@"\n',
        )
        (folder / "good.txt").write_bytes(body(flawed=False))
        (folder / "flawed.txt").write_bytes(body(flawed=True))

    def _script(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text("#!/bin/sh\n" + text)
        path.chmod(0o700)
        return path

    @property
    def env(self) -> dict[str, str]:
        return environment(self.folder, TERM="xterm", LC_ALL="C.UTF-8", PATH="/usr/local/bin:/usr/bin:/bin:/usr/sbin")

    @property
    def mails(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self.sent.iterdir())]

    @property
    def report(self) -> str:
        path = self.folder / "state" / "followup-lint" / "last-report.txt"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def run(self, *command: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess:
        done = subprocess.run(
            [str(one) for one in command], input=stdin, capture_output=True, timeout=PATIENCE, env=self.env,
            cwd=self.folder, check=False,
        )
        done.said = (done.stdout + done.stderr).decode("utf-8", "replace")
        return done


class Terminal:
    """A program under tmux, on a server of its own: keys in, screen out."""

    def __init__(self, home: Home, command: str) -> None:
        self.home, self.socket = home, str(home.folder / "tmux")
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", "140", "-y", "50", command)

    def _tmux(self, *arguments: str) -> str:
        return self.home.run("tmux", "-S", self.socket, *arguments).stdout.decode("utf-8", "replace")

    def press(self, *keys: str) -> None:
        self._tmux("send-keys", *keys)

    @property
    def screen(self) -> str:
        return self._tmux("capture-pane", "-p")

    def wait_for(self, text: str) -> None:
        seen: list[str] = []

        def there() -> bool:
            seen[:] = [self.screen]
            return text in seen[0]

        try:
            wait_until(there, text)
        except AssertionError:
            raise AssertionError(f"no {text!r} on the screen:\n{seen[0]}") from None

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self._tmux("kill-server")
