"""The proxy's other side: a connection to the real mail server, on which commands and replies pass as they are."""

from __future__ import annotations

import asyncio
import re
import ssl
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address

# RFC 5321, 4.5.3.2: five minutes for a command, ten for the answer to a whole message.
COMMAND_TIMEOUT, MESSAGE_TIMEOUT = 300.0, 600.0
CONNECT_TIMEOUT = 60.0
# A relay that never ends its reply is none: 1 MB is room for far more lines than any EHLO has.
_REPLY_BYTES = 1_000_000
_REPLY = re.compile(rb"\d\d\d[ -]|\d\d\d\r?\n\Z")


class RelayError(Exception):
    """The relay cannot be reached, went away or makes no sense; ``str()`` says which, in one line of ASCII."""


class Encryption(StrEnum):
    """How the connection to the relay is encrypted: not, after STARTTLS, or from the start (port 465)."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, slots=True)
class Address:
    """A host (name or IP address) and a port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Does the address stay on this machine?"""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply: its code, and its lines as they came, each with its code and without its line end."""

    code: int
    lines: tuple[bytes, ...]

    @property
    def raw(self) -> bytes:
        """The reply as it came, without its last line end."""
        return b"\r\n".join(self.lines)

    @property
    def texts(self) -> tuple[bytes, ...]:
        """The lines without their codes."""
        return tuple(line[4:] for line in self.lines)


class Relay:
    """A connection to the relay; every method raises RelayError when it fails, after which nothing works any more."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def connect(cls, where: Address, encryption: Encryption, trust: ssl.SSLContext, name: bytes) -> Relay:
        """A connection that has been greeted and encrypted; *name* is what EHLO says before STARTTLS."""
        direct = trust if encryption is Encryption.TLS else None
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT):
                relay = cls(*await asyncio.open_connection(where.host, where.port, ssl=direct, limit=_REPLY_BYTES))
        except (OSError, TimeoutError, ssl.SSLError) as problem:
            raise RelayError(f"the relay {where} cannot be reached ({_said(problem)})") from None
        try:
            await relay._begin(where, encryption, trust, name)
        except BaseException:
            relay.abort()
            raise
        return relay

    async def _begin(self, where: Address, encryption: Encryption, trust: ssl.SSLContext, name: bytes) -> None:
        greeting = await self.reply(COMMAND_TIMEOUT)
        if greeting.code != 220:
            raise RelayError(f"the relay {where} is not ready (it said {greeting.code})")
        if encryption is not Encryption.STARTTLS:
            return
        await self.command(b"EHLO " + name)
        if (await self.command(b"STARTTLS")).code != 220:
            raise RelayError(f"the relay {where} does not offer STARTTLS; --relay-tls tells how it is encrypted")
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT):
                await self._writer.start_tls(trust, server_hostname=where.host)
        except (OSError, TimeoutError, ssl.SSLError) as problem:
            raise RelayError(f"the relay {where} cannot be trusted ({_said(problem)})") from None

    async def command(self, line: bytes, timeout: float = COMMAND_TIMEOUT) -> Reply:
        """Send one line, which is given without its end, and return the reply."""
        await self._send(line + b"\r\n", timeout)
        return await self.reply(timeout)

    async def message(self, stuffed: bytes) -> Reply:
        """Send a whole message, dot-stuffed and ending in CRLF, and its final dot; return the reply."""
        # A relay may refuse in the middle and close: its reply is then already here, and is worth more than the error.
        with suppress(RelayError):
            await self._send(stuffed + b".\r\n", MESSAGE_TIMEOUT)
        return await self.reply(MESSAGE_TIMEOUT)

    async def reply(self, timeout: float) -> Reply:
        """The next reply."""
        lines: list[bytes] = []
        try:
            async with asyncio.timeout(timeout):
                while True:
                    line = await self._reader.readuntil(b"\n")
                    if not _REPLY.match(line) or len(lines) > 1000:
                        raise RelayError("the relay gave an answer that is not SMTP")
                    lines.append(line.rstrip(b"\r\n"))
                    if line[3:4] != b"-":
                        return Reply(int(line[:3]), tuple(lines))
        except TimeoutError:
            raise RelayError(f"the relay did not answer within {timeout:.0f} seconds") from None
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
            raise RelayError("the relay went away before it answered") from None

    def abort(self) -> None:
        """Drop the connection at once: the relay forgets a message whose final dot it has not seen."""
        self._writer.transport.abort()

    async def quit(self) -> None:
        """Say goodbye."""
        with suppress(RelayError):
            await self.command(b"QUIT", 5.0)
        self.abort()

    async def _send(self, data: bytes, timeout: float) -> None:
        try:
            async with asyncio.timeout(timeout):
                self._writer.write(data)
                await self._writer.drain()
        except (OSError, TimeoutError):
            raise RelayError("the relay went away") from None


def _said(problem: BaseException) -> str:
    """The problem in a few words of ASCII."""
    if isinstance(problem, ssl.SSLCertVerificationError):
        return f"its certificate: {problem.verify_message}"
    text = getattr(problem, "strerror", None) or type(problem).__name__
    return str(text).encode("ascii", "replace").decode()
