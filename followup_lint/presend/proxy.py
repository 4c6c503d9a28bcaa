"""The SMTP proxy: between a mail program and its server, in step with both, holding no mail of its own.

Each command goes to the relay as it came and its reply comes back as it came. A message is read whole, judged, and
only then offered to the relay, with the very bytes; the mail program is answered when the relay has answered. So at any
moment a message belongs to the one or to the other, and whoever is killed, none is lost. A mail can arrive twice only
where SMTP itself allows it (RFC 1047): the relay has taken it, and the line breaks before its answer arrives.
"""

from __future__ import annotations

import asyncio
import logging
import re
import ssl
import sys
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from aiosmtpd.smtp import SMTP

from .checker import Checker
from .decide import Action
from .judge import Answer
from .message import READ_BYTES
from .relay import COMMAND_TIMEOUT, CONNECT_TIMEOUT, MESSAGE_TIMEOUT, Address, Encryption, Relay, RelayError, Reply
from .words import smtp_lines

MAX_BYTES = 100_000_000
"""The largest message, in bytes, where the relay names no limit of its own (SIZE)."""

# Extensions of the relay that mean the same through a proxy that passes commands on. Not BDAT (CHUNKING), which has
# no DATA to be judged, nor XCLIENT and its like, which would let a client speak for the proxy.
_EXTENSIONS = frozenset({"8BITMIME", "AUTH", "DSN", "ENHANCEDSTATUSCODES", "PIPELINING", "SIZE", "SMTPUTF8"})
_CONTROLS = re.compile(rb"[\x00-\x1f\x7f]")
_PATH = re.compile(r"<([^<>]*)>")
# The proxy is a client of the relay: it must outwait it, or a mail that the relay took would count as not sent.
_PATIENCE = CONNECT_TIMEOUT + COMMAND_TIMEOUT + MESSAGE_TIMEOUT + 60
# RFC 4954, 4: the longest line that AUTH may need.
_COMMAND_BYTES = 12_288
_CHUNK = 65_536
_WAITING = 64


@dataclass(frozen=True, slots=True)
class Setting:
    """What a proxy is told: where it listens, where the relay is, and whom it trusts.

    ``identity`` is the certificate it shows to mail programs; ``guarded`` demands TLS and AUTH of them, as it must
    wherever others than this machine can connect.
    """

    listen: Address
    relay: Address
    encryption: Encryption
    trust: ssl.SSLContext
    identity: ssl.SSLContext | None = None
    guarded: bool = False


async def serve(setting: Setting, checker: Checker, ready: Callable[[Address], None], stop: asyncio.Event) -> None:
    """Listen until *stop* is set, then finish the mails under way. *ready* gets the address. OSError: cannot listen."""
    # aiosmtpd logs commands and the lines of messages; nothing of a mail may be in a log.
    logging.getLogger("mail.log").disabled = True
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_complain)
    sessions: set[Session] = set()
    with ThreadPoolExecutor(_WAITING) as waiting:
        async def judged(message: bytes, recipients: tuple[str, ...]) -> Answer:
            now = datetime.now().astimezone()
            return await loop.run_in_executor(waiting, checker.check, message, recipients, now)

        server = await loop.create_server(
            lambda: Session(setting, judged, sessions), setting.listen.host, setting.listen.port
        )
        host, port = server.sockets[0].getsockname()[:2]
        ready(Address(host, port))
        await stop.wait()
        server.close()
        while any(session.is_sending for session in sessions):
            await asyncio.sleep(0.05)
        for session in list(sessions):
            session.hang_up()


class _Hooks:
    """aiosmtpd wants a handler; all that it would be asked is done by Session itself."""

    async def handle_exception(self, error: Exception) -> str:
        """The reply after a mistake of ours: the mail stays with the mail program."""
        print(f"followup-lint: the proxy failed with {type(error).__name__}", file=sys.stderr, flush=True)
        return "451 4.3.0 followup-lint failed; the mail is still with you"


class Session(SMTP):
    """One mail program's connection, and the relay's that belongs to it."""

    command_size_limit = _COMMAND_BYTES
    command_size_limits: ClassVar[dict[str, int]] = defaultdict(lambda: _COMMAND_BYTES)  # type: ignore[misc]
    line_length_limit = _CHUNK

    def __init__(
        self,
        setting: Setting,
        judged: Callable[[bytes, tuple[str, ...]], Any],
        sessions: set[Session],
    ) -> None:
        super().__init__(
            _Hooks(), hostname="localhost", ident="followup-lint", enable_SMTPUTF8=True, timeout=COMMAND_TIMEOUT,
            tls_context=setting.identity, require_starttls=setting.guarded, loop=asyncio.get_running_loop(),
        )
        self._setting, self._judged, self._sessions = setting, judged, sessions
        self._relay: Relay | None = None
        self._limit = MAX_BYTES
        self._recipients: list[str] = []
        self._is_known = False
        self.is_sending = False

    # -- the connection

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, or begin again after STARTTLS."""
        super().connection_made(transport)
        self._sessions.add(self)

    def connection_lost(self, error: Exception | None) -> None:
        """The mail program went away: what the relay has not been given whole, it forgets."""
        self._sessions.discard(self)
        self._drop()
        super().connection_lost(error)

    def hang_up(self) -> None:
        """Close both connections."""
        self._drop()
        if self.transport is not None:
            self.transport.close()

    def _drop(self) -> None:
        if self._relay is not None:
            self._relay.abort()
        self._relay, self._recipients, self._is_known = None, [], False

    # -- commands: to the relay as they came, back as they came

    async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802 - aiosmtpd finds commands by these names
        """Greet the relay, and offer what both can do."""
        reply = await self._hello(b"EHLO", hostname)
        if reply is None:
            return
        if reply.code != 250:
            await self.push(reply.raw)
            return
        texts = [reply.texts[0], *(text for text in reply.texts[1:] if self._is_offered(text))]
        if self.tls_context and not self._tls_protocol:
            texts.append(b"STARTTLS")
        self._limit = next((int(t[5:]) for t in texts if re.fullmatch(rb"(?i)SIZE \d+", t)), 0) or MAX_BYTES
        lines = [b"250-" + text for text in texts[:-1]] + [b"250 " + texts[-1]]
        await self.push(b"\r\n".join(lines))

    async def smtp_HELO(self, hostname: str) -> None:  # noqa: N802
        """Greet the relay in the old way."""
        reply = await self._hello(b"HELO", hostname)
        if reply is not None:
            await self.push(reply.raw)

    async def smtp_STARTTLS(self, arg: str) -> None:  # noqa: N802
        """Encrypt the mail program's side; what was said before counts no more."""
        self._drop()
        self.session.host_name = None  # type: ignore[union-attr]
        await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg: str) -> None:  # noqa: N802
        """Pass the whole exchange on, whatever its mechanism: nothing of it is understood, kept or logged here."""
        if self._setting.guarded and not self._tls_protocol:
            await self.push("538 5.7.11 Encryption required")
            return
        if not self._may_authenticate:
            await self.push("503 5.5.1 the relay's connection is not encrypted: no password is sent over it")
            return
        reply = await self._passed("AUTH", arg)
        while reply is not None and reply.code == 334:
            await self.push(reply.raw)
            line = await self._reader.readuntil(b"\n")
            self._reset_timeout(_PATIENCE)
            reply = await self._told(lambda relay, line=line: relay.command(line.rstrip(b"\r\n")))  # type: ignore[misc]
        if reply is not None:
            self._is_known = reply.code == 235
            await self.push(reply.raw)

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802
        """Pass it on."""
        if self._setting.guarded and not self._is_known:
            await self.push("530 5.7.0 Authentication required")
            return
        self._recipients = []
        await self._pass("MAIL", arg)

    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802
        """Pass it on, and note who is accepted."""
        reply = await self._passed("RCPT", arg)
        if reply is not None:
            if 200 <= reply.code < 300:
                path = _PATH.search(arg or "")
                self._recipients.append(path[1] if path else "")
            await self.push(reply.raw)

    async def smtp_RSET(self, arg: str | None) -> None:  # noqa: N802
        """Pass it on; before a greeting there is nothing to forget."""
        self._recipients = []
        if self._relay is None:
            await self.push("250 2.0.0 Ok")
        else:
            await self._pass("RSET", arg)

    async def smtp_VRFY(self, arg: str | None) -> None:  # noqa: N802
        """Not told, as submission servers do."""
        await self.push("252 2.5.0 send the mail and see")

    async def smtp_EXPN(self, arg: str | None) -> None:  # noqa: N802
        """Not told."""
        await self.push("502 5.5.1 not offered")

    async def smtp_HELP(self, arg: str | None) -> None:  # noqa: N802
        """Point to the program's own help."""
        await self.push("214 2.0.0 see followup-lint proxy --help")

    async def smtp_QUIT(self, arg: str) -> None:  # noqa: N802
        """Say goodbye on both sides."""
        relay, self._relay = self._relay, None
        if relay is not None:
            await relay.quit()
        await super().smtp_QUIT("")

    # -- the message

    async def smtp_DATA(self, arg: str | None) -> None:  # noqa: N802
        """Read the message, judge it, and give it to the relay or back to its writer."""
        if self._relay is None or not self._recipients:
            await self.push("503 5.5.1 Error: need RCPT command")
            return
        recipients, self._recipients = tuple(self._recipients), []
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        stuffed = await self._message()
        self.is_sending = True
        try:
            await self._decided(stuffed, recipients)
        finally:
            self.is_sending = False

    async def _message(self) -> bytes | None:
        """The message as it came, dot-stuffed, without its final dot; None for one that is too large."""
        data, too_large = bytearray(b"\r\n"), False
        while not data.endswith(b"\r\n.\r\n"):
            try:
                data += await self._reader.readuntil(b".\r\n")
            except asyncio.LimitOverrunError as long:
                data += await self._reader.readexactly(long.consumed)
            except asyncio.IncompleteReadError:
                raise ConnectionResetError from None
            self._reset_timeout(COMMAND_TIMEOUT)
            if len(data) > self._limit + _CHUNK:
                too_large = True
                del data[:-5]
        return None if too_large else bytes(memoryview(data)[2:-3])

    async def _decided(self, stuffed: bytes | None, recipients: tuple[str, ...]) -> None:
        self._reset_timeout(_PATIENCE)
        if stuffed is None:
            await self._refused(b"552 5.3.4 the message is larger than the relay allows")
        elif not stuffed.count(b"\n") == stuffed.count(b"\r\n") == stuffed.count(b"\r"):
            # Servers disagree on where such a message ends, which lets one be hidden in another (CVE-2023-51764).
            await self._refused(b"550 5.5.2 bare <CR> or <LF> in the message: lines must end in <CR><LF>")
        else:
            answer = await self._judged(_unstuffed(stuffed[:READ_BYTES]), recipients)
            _tell(answer)
            if answer.action is Action.STOP:
                await self._refused(b"\r\n".join(smtp_lines(answer)))
            else:
                await self._given(stuffed)
        self._reset_timeout(COMMAND_TIMEOUT)

    async def _refused(self, reply: bytes) -> None:
        """The relay forgets sender and recipients before the mail program hears anything."""
        if await self._told(lambda relay: relay.command(b"RSET")) is not None:
            await self.push(reply)

    async def _given(self, stuffed: bytes) -> None:
        """Give the relay the message, and the mail program the relay's answer."""
        reply = await self._told(lambda relay: relay.command(b"DATA"))
        if reply is None:
            return
        if reply.code == 354:
            reply = await self._told(lambda relay: relay.message(stuffed))
        if reply is not None:
            await self.push(reply.raw)

    # -- the relay

    async def _hello(self, verb: bytes, hostname: str | None) -> Reply | None:
        """Connect to the relay if need be, and greet it; None when the mail program has been answered already."""
        if not hostname or _CONTROLS.search(_bytes(hostname)):
            await self.push(f"501 5.5.4 Syntax: {verb.decode()} hostname")
            return None
        self._recipients = []
        self._reset_timeout(_PATIENCE)
        name, given = _bytes(hostname), self._setting
        if self._relay is None:
            try:
                self._relay = await Relay.connect(given.relay, given.encryption, given.trust, name)
            except RelayError as problem:
                await self._lost(problem)
                return None
        reply = await self._told(lambda relay: relay.command(verb + b" " + name))
        if reply is not None and reply.code == 250:
            self.session.host_name = hostname  # type: ignore[union-attr]
            self.session.extended_smtp = verb == b"EHLO"  # type: ignore[union-attr]
        return reply

    def _is_offered(self, text: bytes) -> bool:
        name = re.split(rb"[ =]", text, maxsplit=1)[0].decode("ascii", "replace").upper()
        if name == "AUTH":
            return self._may_authenticate and not (self._setting.guarded and not self._tls_protocol)
        return name in _EXTENSIONS

    @property
    def _may_authenticate(self) -> bool:
        """No password leaves this machine in the clear."""
        return self._setting.encryption is not Encryption.NONE or self._setting.relay.is_loopback

    async def _pass(self, verb: str, arg: str | None) -> None:
        reply = await self._passed(verb, arg)
        if reply is not None:
            await self.push(reply.raw)

    async def _passed(self, verb: str, arg: str | None) -> Reply | None:
        """The relay's reply to a command; None when the mail program has been answered already."""
        if self._relay is None:
            await self.push("503 5.5.1 Error: send EHLO first")
            return None
        line = _bytes(f"{verb} {arg}" if arg else verb)
        if _CONTROLS.search(line):
            await self.push("501 5.5.2 control characters in a command")
            return None
        self._reset_timeout(_PATIENCE)
        reply = await self._told(lambda relay: relay.command(line))
        self._reset_timeout(COMMAND_TIMEOUT)
        return reply

    async def _told(self, ask: Callable[[Relay], Any]) -> Reply | None:
        """What the relay replies to *ask*; when it fails the mail program is told so, and None is returned."""
        if self._relay is None:
            return None
        try:
            reply: Reply = await ask(self._relay)
        except RelayError as problem:
            await self._lost(problem)
            return None
        if reply.code == 421:
            await self.push(reply.raw)
            self.hang_up()
            return None
        return reply

    async def _lost(self, problem: RelayError) -> None:
        """421 and the end of the connection, after which every mail program keeps its mail and tries again."""
        print(f"followup-lint: {problem}", file=sys.stderr, flush=True)
        with suppress(OSError):
            await self.push(f"421 4.4.2 followup-lint: {problem}; the mail is still with you")
        self.hang_up()


def _bytes(text: str) -> bytes:
    """aiosmtpd decodes arguments in a way that can be undone."""
    return text.encode("utf-8", "surrogateescape")


def _unstuffed(data: bytes) -> bytes:
    """The message as its writer wrote it: of a dot at the start of a line one is the transport's."""
    return (b"\r\n" + data).replace(b"\r\n.", b"\r\n")[2:]


def _tell(answer: Answer) -> None:
    """One line on standard error, without a word of the mail."""
    for line in answer.problems:
        print(f"followup-lint: {line}", file=sys.stderr, flush=True)
    if answer.action is not Action.PASS:
        done = "stopped" if answer.action is Action.STOP else "passed"
        print(f"followup-lint: {done} a mail: {', '.join(answer.rules) or answer.reason}", file=sys.stderr, flush=True)


def _complain(loop: asyncio.AbstractEventLoop, about: dict[str, Any]) -> None:
    """What went wrong outside of any command: mostly a mail program that went away."""
    problem = about.get("exception")
    if not isinstance(problem, ConnectionError):
        print(f"followup-lint: {type(problem).__name__ if problem else about.get('message')}", file=sys.stderr)
