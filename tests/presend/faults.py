"""Faults: many mails through the proxy while it, the relay and the check are killed at random; then all are counted.

    python tests/presend/faults.py --mails 10000

Each client does what a mail program does: it keeps a mail until the answer to the whole message is 250, gives up on a
5xx (a stopped letter is sent a second time, as its writer would), and tries again after a 4xx or a broken line. A mail
may arrive twice only if the line broke, or the relay hung up, after the final dot had been sent: then nobody can know
whether it was taken (RFC 1047). Exit status 1 when a mail is lost, altered, or doubled beyond that.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import json
import os
import random
import re
import signal
import smtplib
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from outside import BASELINE, Proxy, Sink, free_port

LARGE = 25_000_000
_TOKEN = re.compile(rb"token-(\d+)-")


@dataclass
class Mail:
    """One mail and its fate. ``unknown`` counts the tries whose answer never came after the final dot."""

    number: int
    sort: str
    data: bytes
    recipients: tuple[str, ...]
    may_arrive: bool = True
    accepted: bool = False
    refused: int = 0
    tries: int = 0
    unknown: int = 0
    said: list[bytes] = field(default_factory=list)


def make(number: int, large: bool) -> Mail:
    """A mail of a sort that the number picks; each holds ``token-NUMBER-`` once."""
    sorts = ("other", "good", "flawed", "8-bit", "dots", "nul", "bare-lf", "no-id", "many", "other")
    sort = "large" if large else "many" if number % 200 == 8 else sorts[number % 10]
    head = f"From: jonas@feld.example\r\nTo: p{number}@x.example\r\nX-Token: token-{number}-\r\n"
    if sort != "no-id":
        head += f"Message-ID: <{number}@feld.example>\r\n"
    start = head.encode() + b"Subject: lunch\r\n\r\nHi Tom,\r\n\r\n"
    letter = BASELINE.replace("\n", "\r\n").encode()
    body = {
        "other": start + b"lunch at noon?\r\n",
        "good": head.encode() + letter,
        "flawed": head.encode() + letter.replace(b"for Northwind", b"for [Company]"),
        "8-bit": start + bytes(range(128, 256)) + b"\r\n",
        "dots": start + b".\r\n..\r\n.a\r\n...\r\nend.\r\n.\r\n",
        "nul": start + b"a\0b\r\n",
        "bare-lf": start + b"a\n.\nMAIL FROM:<evil@x.example>\r\n.\r\nb\r\n",
        "no-id": start + b"no Message-ID\r\n",
        "many": start + b"to all\r\n",
    }.get(sort)
    if body is None:
        body = start + (b"QUJD" * 18 + b"\r\n") * (LARGE // 74)
    recipients = tuple(f"p{n}@x.example" for n in range(1000)) if sort == "many" and number % 200 == 8 else ()
    return Mail(number, sort, body, recipients or (f"p{number}@x.example",), sort != "bare-lf")


class Client(threading.Thread):
    """One connection after another, as a mail program makes them, until its mails are done or time is up."""

    def __init__(self, port: int, mails: list[Mail], over: threading.Event) -> None:
        super().__init__(daemon=True)
        self.port, self.mails, self.over = port, mails, over
        self.server: smtplib.SMTP | None = None

    def run(self) -> None:
        for mail in self.mails:
            while not self.over.is_set() and not self.done(mail):
                self.attempt(mail)
            if random.random() < 0.3:
                self.hang_up()
        self.hang_up()

    def done(self, mail: Mail) -> bool:
        """A stopped letter is sent again once more; what is refused for good otherwise is given up."""
        return mail.accepted or (not mail.may_arrive and mail.refused > 0) or mail.refused > 3

    def attempt(self, mail: Mail) -> None:
        mail.tries += 1
        dotted = False
        try:
            if self.server is None:
                self.server = smtplib.SMTP("127.0.0.1", self.port, "client.example", timeout=120)
                self.expect(self.server.ehlo())
            self.expect(self.server.mail("jonas@feld.example"))
            for one in mail.recipients:
                self.expect(self.server.rcpt(one))
            self.expect(self.server.docmd("DATA"), 354)
            self.server.send((b"\r\n" + mail.data).replace(b"\r\n.", b"\r\n..")[2:])
            dotted = True
            self.server.send(b".\r\n")
            code, said = self.server.getreply()
        except (OSError, smtplib.SMTPException):
            mail.unknown += dotted
            self.hang_up()
            self.over.wait(random.uniform(0.02, 0.3))
            return
        if code == 250:
            mail.accepted = True
        elif code >= 500:
            mail.refused += 1
            mail.said.append(said)
        else:
            # 421 after the message: the relay went away, perhaps with it. 451: it has said no.
            mail.unknown += code == 421
            self.hang_up()
            self.over.wait(random.uniform(0.02, 0.3))

    @staticmethod
    def expect(reply: tuple[int, bytes], code: int = 250) -> None:
        if reply[0] != code:
            raise smtplib.SMTPResponseException(*reply)

    def hang_up(self) -> None:
        if self.server is not None:
            with contextlib.suppress(OSError):
                self.server.close()
        self.server = None


class Programs:
    """The proxy and the relay, each started again on its port whenever it is killed."""

    def __init__(self, folder: Path, options: list[str]) -> None:
        self.folder, self.options = folder, options
        self.ports = {"relay": free_port(), "proxy": free_port()}
        self.running: dict[str, Sink | Proxy] = {}
        self.kills: collections.Counter[str] = collections.Counter()
        self.output = ""
        for which in self.ports:
            self.start(which)

    def start(self, which: str) -> None:
        if which == "relay":
            self.running[which] = Sink(self.folder / "sink", "--manner", "mixed", port=self.ports[which], nice=10)
        else:
            self.running[which] = Proxy(
                self.folder / "home", f"127.0.0.1:{self.ports['relay']}", "--typo-engine", "none", *self.options,
                listen=f"127.0.0.1:{self.ports[which]}", nice=10,
            )

    def kill(self, which: str) -> None:
        """kill -9; ``checker`` is the proxy's child that judges."""
        if which == "checker":
            pid = self.running["proxy"].process.pid
            with contextlib.suppress(OSError):
                for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
                    if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                        os.kill(int(child), signal.SIGKILL)
                        self.kills[which] += 1
            return
        self.running[which].kill()
        self.output += self.running[which].output
        self.kills[which] += 1
        self.start(which)

    def end(self) -> None:
        for one in self.running.values():
            one.end()
            self.output += one.output


def run(
    mails: int, connections: int = 20, large: int = 0, every: float = 3.0, limit: float = 3600.0, seed: int = 0,
    folder: Path | None = None,
) -> dict[str, object]:
    """Send, kill, count; returns the figures. ``every`` is the mean time between two kills, in seconds."""
    random.seed(seed)
    if folder is None:
        with tempfile.TemporaryDirectory(prefix="followup-lint-faults-") as own:
            return run(mails, connections, large, every, limit, seed, Path(own))
    started = time.monotonic()
    all_mails = [make(n, large=n < large) for n in range(mails)]
    lots: list[list[Mail]] = [[] for _ in range(connections)]
    for mail in random.sample(all_mails, mails):
        lots[mail.number % connections].append(mail)
    programs, over = Programs(folder, []), threading.Event()
    clients = [Client(programs.ports["proxy"], lot, over) for lot in lots]
    try:
        for client in clients:
            client.start()
        while any(client.is_alive() for client in clients) and time.monotonic() - started < limit:
            pause = time.monotonic() + random.expovariate(1 / every)
            while time.monotonic() < pause and any(client.is_alive() for client in clients):
                clients[0].join(0.05)
            if any(client.is_alive() for client in clients):
                programs.kill(random.choice(("proxy", "relay", "checker")))
    finally:
        over.set()
        for client in clients:
            client.join(150)
        programs.end()
    return {
        "mails": mails, "connections": connections, "seconds": round(time.monotonic() - started),
        "kills": dict(programs.kills), **counted(all_mails, folder / "sink"),
        "passed unchecked": len(re.findall(r"not checked: (?!binary)", programs.output)),
        "mail text in logs": any(word in programs.output for word in ("lunch at noon", "nightly batch", "[Company]")),
    }


def counted(mails: list[Mail], sink: Path) -> dict[str, object]:
    """What arrived, against what was sent."""
    copies: dict[int, int] = collections.Counter()
    altered = []
    by_number = {mail.number: mail for mail in mails}
    for path in sink.glob("*.eml"):
        data = path.read_bytes()
        found = _TOKEN.search(data[:2000])
        mail = by_number[int(found[1])] if found else None
        envelope = json.loads(path.with_suffix(".json").read_text())
        if mail is None or data != mail.data or tuple(envelope["recipients"]) != mail.recipients:
            altered.append(path.name)
        if mail is not None:
            copies[mail.number] += 1
    unfinished = [m.number for m in mails if not m.accepted and not m.refused]
    lost = [m.number for m in mails if m.accepted and not copies[m.number]]
    beyond = [m.number for m in mails if copies[m.number] > m.accepted + m.unknown]
    leaked = [m.number for m in mails if not m.may_arrive and copies[m.number]]
    given_up = [m.number for m in mails if m.may_arrive and not m.accepted and m.refused]
    return {
        "sorts": dict(collections.Counter(m.sort for m in mails)),
        "accepted": sum(m.accepted for m in mails),
        "refused for good": sum(not m.may_arrive and m.refused > 0 for m in mails),
        "stopped once, then sent again": sum(m.sort == "flawed" and m.refused > 0 for m in mails),
        "tries": sum(m.tries for m in mails),
        "answers that never came (RFC 1047)": sum(m.unknown for m in mails),
        "arrived twice or more, each with such an answer": sum(copies[m.number] > 1 for m in mails),
        "lost": lost, "altered": altered, "doubled beyond RFC 1047": beyond, "smuggled": leaked,
        "given up": given_up, "unfinished": unfinished,
    }


FAULTS = ("lost", "altered", "doubled beyond RFC 1047", "smuggled", "given up", "unfinished", "mail text in logs")


def main() -> int:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--mails", type=int, default=10_000)
    made.add_argument("--connections", type=int, default=20)
    made.add_argument("--large", type=int, default=20, help="how many of them have 25 MB")
    made.add_argument("--every", type=float, default=5.0, help="mean time between two kills, in seconds")
    made.add_argument("--limit", type=float, default=3600.0, help="give up after so many seconds")
    made.add_argument("--seed", type=int, default=random.randrange(10**6))
    options = made.parse_args()
    print(f"seed {options.seed}", flush=True)
    figures = run(options.mails, options.connections, options.large, options.every, options.limit, options.seed)
    print(json.dumps(figures, indent=1))
    return int(any(figures[fault] for fault in FAULTS))


if __name__ == "__main__":
    sys.exit(main())
