"""A LanguageTool server of our own: found, started, watched over, and gone when we are."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from .adapter import EngineFailedError

READY_WITHIN = 60.0  # seconds; 1.5 to 9 were measured on an idle and a busy machine of two cores
_TRIES = 3  # ports; each is free when it is chosen, but another program may be quicker
_MEMORY = "-Xmx512m"  # 192 MB suffice, 512 are as fast as no limit
_VERSION = re.compile(r"LanguageTool-(\d+(?:\.\d+)*)")


def installed() -> Path | None:
    """The newest LanguageTool on this machine: in ``$LTP_PATH``, where language-tool-python keeps it, or None.

    ``$LTP_PATH`` names the folder itself or the one it lies in; when it is set no other place is looked at.
    """
    named = os.environ.get("LTP_PATH")
    root = Path(named) if named else Path.home() / ".cache" / "language_tool_python"
    if named and _jar(root):
        return root
    homes = [path for path in root.glob("LanguageTool-*") if _jar(path)] if root.is_dir() else []
    return max(homes, key=_version, default=None)


def _jar(home: Path) -> Path | None:
    jars = (home / "languagetool-server.jar", home / "languagetool.jar")
    return next((jar for jar in jars if jar.is_file() and jar.stat().st_size), None)


def _version(home: Path) -> tuple[int, ...]:
    found = _VERSION.match(home.name)
    return tuple(map(int, found[1].split("."))) if found else ()


class Server:
    """A running JVM; it dies when ``stop`` is called, and with our process however that ends."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self._process, self.port = process, port

    @property
    def alive(self) -> bool:
        """Is the JVM still there?"""
        return self._process.poll() is None

    def stop(self) -> None:
        """Kill the JVM; at once, and as often as you like."""
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def start(ready: Callable[[int], bool]) -> Server:
    """A LanguageTool that answers; *ready* asks the one on a port.  Raises EngineFailedError saying what is missing."""
    home = installed()
    jar = _jar(home) if home else None
    if jar is None:
        raise EngineFailedError("no LanguageTool in $LTP_PATH; it must hold LanguageTool-6.8/languagetool-server.jar")
    java = shutil.which("java")
    if java is None:
        raise EngineFailedError("LanguageTool needs Java 17 or newer, and no java is on the PATH")
    until = time.monotonic() + READY_WITHIN
    said = ""
    for _ in range(_TRIES):
        with tempfile.TemporaryFile() as log:
            server = _launch(java, jar, _free_port(), log)
            with contextlib.ExitStack() as undo:
                undo.callback(server.stop)
                while server.alive and time.monotonic() < until:
                    if ready(server.port) and server.alive:
                        undo.pop_all()
                        return server
                    time.sleep(0.05)
            if time.monotonic() >= until:
                raise EngineFailedError(f"LanguageTool was not ready within {READY_WITHIN:g} seconds")
            said = _last_line(log)
    raise EngineFailedError(f"LanguageTool ended at once: {said}" if said else "LanguageTool ended at once")


def _launch(java: str, jar: Path, port: int, log: IO[bytes]) -> Server:
    watchdog = Path(__file__).with_name("watchdog.py")
    server = [java, _MEMORY, "-cp", str(jar), "org.languagetool.server.HTTPServer", "-p", str(port)]
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", str(watchdog), *server],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=log, cwd=jar.parent,
    )
    return Server(process, port)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _last_line(log: IO[bytes]) -> str:
    """What a JVM that did not start said: it has seen no draft yet."""
    log.seek(0)
    lines = [line.strip() for line in log.read()[-4000:].decode("utf-8", "replace").splitlines() if line.strip()]
    told = [line for line in lines if not line.startswith("at ")]
    return told[-1][:200] if told else ""
