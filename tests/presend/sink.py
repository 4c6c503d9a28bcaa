"""A mail server for tests: keeps each message in a file before it answers, and misbehaves when told to.

    python sink.py FOLDER [--port N] [--cert FILE --key FILE] [--auth USER:PASSWORD] [--implicit-tls] [--manner MANNER]

A message is FOLDER/NUMBER.eml (the bytes without dot-stuffing) beside NUMBER.json (the envelope). A manner is "ok",
"slow" (answers a message after two seconds), "busy" (451 to each message), "drop" (takes no message and hangs up),
"drop-after" (takes it and hangs up without an answer), or "mixed" (all of these by chance). It is written apart from
the proxy and its library, so that the same mistake is not made on both sides.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import random
import ssl
import uuid
from pathlib import Path

SIZE = 40_000_000
MIXED = ("ok",) * 14 + ("slow", "busy", "busy", "drop", "drop-after")


class Sink:
    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.folder = Path(options.folder)
        self.tls = None
        if options.cert:
            self.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            self.tls.load_cert_chain(options.cert, options.key)

    async def client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self.session(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def say(*lines: str) -> None:
            code, texts = lines[0][:3], [line[4:] for line in lines]
            whole = [f"{code}-{text}" for text in texts[:-1]] + [f"{code} {texts[-1]}"]
            writer.write("".join(line + "\r\n" for line in whole).encode())
            await writer.drain()

        encrypted, user = bool(self.options.implicit_tls), ""
        sender, recipients, lines = "", [], []
        await say("220 sink ESMTP")
        while line := await reader.readline():
            text = line.decode("utf-8", "surrogateescape").rstrip("\r\n")
            verb = text.partition(" ")[0].upper()
            if verb == "EHLO":
                offered = ["250 sink", "250 PIPELINING", f"250 SIZE {SIZE}", "250 8BITMIME", "250 SMTPUTF8",
                           "250 CHUNKING", "250 XCLIENT NAME", "250 ENHANCEDSTATUSCODES"]
                if self.tls and not encrypted:
                    offered.append("250 STARTTLS")
                if self.options.auth and (encrypted or not self.tls):
                    offered.append("250 AUTH PLAIN LOGIN XOAUTH2")
                await say(*offered)
            elif verb == "HELO":
                await say("250 sink")
            elif verb == "STARTTLS" and self.tls and not encrypted:
                await say("220 2.0.0 go ahead")
                await writer.start_tls(self.tls)
                encrypted = True
            elif verb == "AUTH":
                user = await self.authenticated(text, reader, say)
                await say("235 2.7.0 ok" if user else "535 5.7.8 wrong name or password")
            elif verb == "MAIL":
                if self.options.auth and not user:
                    await say("530 5.7.0 authentication required")
                    continue
                sender, recipients, lines = text, [], [text]
                await say("250 2.1.0 ok")
            elif verb == "RCPT":
                if "nobody@" in text:
                    await say("550 5.1.1 no such user")
                    continue
                recipients.append(text[text.find("<") + 1 : text.find(">")])
                lines.append(text)
                await say("250 2.1.5 ok")
            elif verb == "DATA" and recipients:
                await say("354 go on")
                manner = random.choice(MIXED) if self.options.manner == "mixed" else self.options.manner
                message = await self.message(reader)
                if manner == "drop":
                    return
                if manner == "busy":
                    await say("451 4.3.2 busy")
                    continue
                if manner == "slow":
                    await asyncio.sleep(2)
                self.keep(message, {"mail": sender, "recipients": recipients, "lines": lines, "user": user,
                                    "encrypted": encrypted})
                if manner == "drop-after":
                    return
                await say("250 2.0.0 kept by the sink")
                sender, recipients = "", []
            elif verb == "RSET":
                sender, recipients = "", []
                await say("250 2.0.0 ok")
            elif verb == "NOOP":
                await say("250 2.0.0 ok")
            elif verb == "QUIT":
                await say("221 2.0.0 bye")
                return
            else:
                await say("503 5.5.1 bad sequence or unknown command")

    async def message(self, reader: asyncio.StreamReader) -> bytes:
        parts = []
        while (line := await reader.readuntil(b"\r\n")) != b".\r\n":
            parts.append(line[1:] if line.startswith(b".") else line)
        return b"".join(parts)

    async def authenticated(self, text: str, reader: asyncio.StreamReader, say) -> str:
        _, mechanism, *initial = text.split(" ")

        async def answer(challenge: str) -> bytes:
            await say("334 " + base64.b64encode(challenge.encode()).decode())
            return base64.b64decode(await reader.readline())

        if mechanism.upper() == "LOGIN":
            name = base64.b64decode(initial[0]) if initial else await answer("Username:")
            given = [name, await answer("Password:")]
        else:
            given = (base64.b64decode(initial[0]) if initial else await answer("")).split(b"\0")[1:]
        return given[0].decode() if b":".join(given) == self.options.auth.encode() else ""

    def keep(self, message: bytes, envelope: dict[str, object]) -> None:
        name = self.folder / uuid.uuid4().hex
        name.with_suffix(".json").write_text(json.dumps(envelope))
        name.with_suffix(".part").write_bytes(message)
        name.with_suffix(".part").rename(name.with_suffix(".eml"))


async def main() -> None:
    made = argparse.ArgumentParser()
    made.add_argument("folder")
    made.add_argument("--port", type=int, default=0)
    made.add_argument("--cert")
    made.add_argument("--key")
    made.add_argument("--auth", default="")
    made.add_argument("--implicit-tls", action="store_true")
    made.add_argument("--manner", default="ok")
    sink = Sink(made.parse_args())
    server = await asyncio.start_server(
        sink.client, "127.0.0.1", sink.options.port, limit=SIZE, ssl=sink.tls if sink.options.implicit_tls else None
    )
    print(f"sink: listening on 127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
