"""LanguageTool, the real one in Java: a server of the user's or one of our own, asked over HTTP.

Our own client, not language-tool-python's: that one looks for a port for ever when its first is taken, leaves its
JVM behind when killed, waits up to ten minutes, and counts lengths in UTF-16.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import threading
import time
import urllib.parse
from collections.abc import Iterable, Mapping
from typing import Any

from .adapter import EngineFailedError, EngineMissingError, Hit
from .lingotweaker import plain, replacements
from .policy import Policy
from .server import Server, installed, start

_SILENCES = 3  # answers that may fail to come, one after the other, before nobody is asked any more
_LARGEST = 20_000_000  # bytes of an answer: 3,000 characters bring some hundred kilobytes
_SPELLING = ("MORFOLOGIK_RULE_EN_US", "MORFOLOGIK_RULE_EN_GB")  # our own word lists judge that, and it is slow
_UNNAMED = "LanguageTool"
_FIRST_TEXT = "This is a sentence to begin with."


class LanguageTool:
    """Asks a LanguageTool server; every method may be called from any thread.

    With *url* it is one that runs already (``http://host:port``, with or without ``/v2``).  Otherwise the installed one
    is started, once more should it die, and stopped by ``close`` or with our process.
    """

    def __init__(self, policy: Policy, url: str | None) -> None:
        if url is None and installed() is None and "LTP_PATH" not in os.environ:
            raise EngineMissingError(
                "typo engine languagetool: no LanguageTool found; install it (see the extra languagetool) and set "
                "LTP_PATH to the folder that holds LanguageTool-6.8, or give --languagetool-url"
            )
        self.label = _UNNAMED
        self._policy = policy
        self._address = _address(url) if url is not None else None
        self._server: Server | None = None
        self._lock = threading.Lock()
        self._failure = ""
        self._started = self._closed = False
        self._starts_left = 2
        self._silences = 0

    def start(self) -> None:
        """Start the JVM, or greet the running server; 2 to 10 seconds.  Raises EngineFailedError."""
        with self._lock:
            if self._failure:
                raise EngineFailedError(self._failure)
            if not self._started:
                self._begin()

    def hits(self, text: str, british: bool, seconds: float) -> Iterable[Hit]:
        """All it says about *text*; raises EngineFailedError when no answer comes in time."""
        asked = {
            "text": text, "language": "en-GB" if british else "en-US", "disabledRules": ",".join(_SPELLING),
            "enabledRules": ",".join(self._policy.switch_on),
        }
        self.start()
        server = self._server
        try:
            answer = self._ask("check", seconds, asked)
        except ConnectionError:
            self._begin_again(server)
            try:
                answer = self._ask("check", max(seconds, 5.0), asked)
            except ConnectionError:
                raise EngineFailedError("the connection to LanguageTool broke off") from None
        return tuple(_hits(text, answer))

    def close(self) -> None:
        """Stop the JVM we started; afterwards every check is told that it was closed."""
        with self._lock:
            self._failure = self._failure or "LanguageTool was closed"
            if self._server:
                self._server.stop()
            self._server = None

    def _begin(self) -> None:
        try:
            if self._address is None:
                self._starts_left -= 1
                self._server = start(_answers)
            self.label = _label(self._ask("info", 10.0))
            # Rules are compiled by the first check, which takes seconds: no draft shall wait for that.
            self._ask("check", 60.0, {"text": _FIRST_TEXT, "language": "en-US"})
        except (ConnectionError, EngineFailedError) as failure:
            if self._server:
                self._server.stop()
            told = isinstance(failure, EngineFailedError)
            self._failure = str(failure) if told else "no LanguageTool answers at the address given"
            raise EngineFailedError(self._failure) from None
        self._started = True

    def _begin_again(self, broken: Server | None) -> None:
        """After a broken connection: start the JVM anew if it is ours and died, but only once."""
        with self._lock:
            if self._failure:
                raise EngineFailedError(self._failure)
            if broken is None or self._server is not broken:
                return
            broken.stop()
            if not self._starts_left:
                self._failure = "LanguageTool died twice"
                raise EngineFailedError(self._failure)
            self._begin()

    def _ask(self, what: str, seconds: float, fields: Mapping[str, str] | None = None) -> Any:
        """The server's JSON; raises ConnectionError when there is no server, EngineFailedError for what else may be."""
        secure, host, port, path = self._address or (False, "127.0.0.1", self._server.port if self._server else 0, "")
        try:
            status, body = _exchange(secure, host, port, f"{path}/v2/{what}", fields, seconds)
        except TimeoutError:
            self._silences += 1
            if self._silences >= _SILENCES:
                self._failure = f"LanguageTool failed to answer in time {_SILENCES} times in a row"
            raise EngineFailedError(f"LanguageTool did not answer within {seconds:.0f} seconds") from None
        except (ConnectionError, http.client.HTTPException, OSError) as failure:
            raise ConnectionError(type(failure).__name__) from None
        self._silences = 0
        if status != 200:
            raise EngineFailedError(f"LanguageTool answered with HTTP status {status}")
        try:
            return json.loads(body)
        except ValueError:
            raise EngineFailedError("what answers at the address given is no LanguageTool") from None


def _address(url: str) -> tuple[bool, str, int, str]:
    """Is it https, host, port and path before ``/v2``; raises EngineMissingError for what is no such URL."""
    parts = urllib.parse.urlsplit(url if "//" in url else f"http://{url}")
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        port = 0
    if parts.scheme not in ("http", "https") or not parts.hostname or not port:
        raise EngineMissingError(f"--languagetool-url: expected http://HOST:PORT, found {url!r}")
    path = parts.path.rstrip("/").removesuffix("/check").removesuffix("/v2")
    return parts.scheme == "https", parts.hostname, port, path


def _answers(port: int) -> bool:
    """Does a LanguageTool answer on this port?  Another program may have taken it."""
    with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
        status, body = _exchange(False, "127.0.0.1", port, "/v2/info", None, 2.0)
        return status == 200 and _label(json.loads(body)) != _UNNAMED
    return False


def _exchange(
    secure: bool, host: str, port: int, path: str, fields: Mapping[str, str] | None, seconds: float,
) -> tuple[int, bytes]:
    """Status and body of one request; raises TimeoutError when they are not there in time."""
    until = time.monotonic() + seconds
    made = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    link = made(host, port, timeout=max(0.05, seconds))
    try:
        if fields is None:
            link.request("GET", path)
        else:
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            link.request("POST", path, urllib.parse.urlencode(fields).encode("ascii"), kind)
        answer = link.getresponse()
        body = b""
        while len(body) < _LARGEST and (more := answer.read1(65_536)):
            body += more
            if time.monotonic() > until:
                raise TimeoutError
        return answer.status, body
    finally:
        link.close()


def _label(info: Any) -> str:
    software = info.get("software") if isinstance(info, dict) else None
    version = software.get("version") if isinstance(software, dict) else None
    return f"LanguageTool {version}" if isinstance(version, str) else _UNNAMED


def _hits(text: str, answer: Any) -> Iterable[Hit]:
    """The matches, offsets turned from UTF-16 units to code points; raises EngineFailedError for another shape."""
    place = None if text.isascii() or max(text) <= "\uffff" else utf16_offsets(text)
    try:
        for one in answer["matches"]:
            start, end = int(one["offset"]), int(one["offset"]) + int(one["length"])
            if place is not None:
                start, end = place.get(start, -1), place.get(end, -1)
            offered = replacements([str(other["value"]) for other in one["replacements"][:10]])
            yield Hit(start, end, str(one["rule"]["id"]), plain(str(one["message"])), offered)
    except (KeyError, TypeError, ValueError):
        raise EngineFailedError("what answers at the address given is no LanguageTool") from None


def utf16_offsets(text: str) -> dict[int, int]:
    """Where the code points of *text* begin in UTF-16 -> their index."""
    found, at = {}, 0
    for index, char in enumerate(text):
        found[at] = index
        at += 2 if char > "\uffff" else 1
    found[at] = len(text)
    return found
