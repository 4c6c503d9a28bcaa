"""What the proxy adds: the same mails to a relay, and to it through a warm proxy, by turns in one run.

    python tests/benchmarks/presend.py --mails 200

Prints median and 99th percentile of the time from MAIL to the answer to the message, and of what the proxy adds to
each, in milliseconds; and, which says more on a machine that has other work, how much processor time the proxy and its
check spend on a mail (Linux).
"""

from __future__ import annotations

import argparse
import smtplib
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "presend"))

from outside import HERE, PATIENCE, Proxy, Sink, letter, note

# Put into the baseline letter before this sentence, it makes 150 words.
BEFORE = b"I remain very"
MORE = (
    b"I have also thought about the backfill that you described. A second consumer group that reads from the oldest "
    b"offset would fill the gap without a pause, and it could be dropped as soon as it has caught up with the first "
    b"one, so that nobody has to be awake for it.\r\n\r\n"
)


def sorts() -> dict[str, list[bytes]]:
    """The mails by sort; of several in one sort each is sent in its turn."""
    other = [path.read_bytes().replace(b"\n", b"\r\n") for path in sorted((HERE / "other_mail").glob("*.eml"))]
    longer = letter().replace(BEFORE, MORE + BEFORE)
    words = len(longer.partition(b"\r\n\r\n")[2].split())
    assert 145 <= words <= 155, words
    return {
        "a follow-up of 150 words": [longer],
        "other mail, by its words": [note()],
        "newsletter, by its head": other[:1],
        "a recruiter's invitation": [m for m in other if b"interview" in m and b"application" in m][:1],
        "40 other mails": other,
    }


def timed(client: smtplib.SMTP, message: bytes) -> float:
    """How long one mail takes, in milliseconds."""
    start = time.perf_counter()
    client.sendmail("jonas@feld.example", "raman@northwind.example", message)
    return 1000 * (time.perf_counter() - start)


def spent(pid: int) -> float:
    """The processor time of a process and its children so far, in milliseconds."""
    tasks = list(Path(f"/proc/{pid}/task").iterdir())
    own = sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e6
    return own + sum(spent(int(child)) for task in tasks for child in (task / "children").read_text().split())


def told(name: str, way: str, times: Sequence[float]) -> None:
    cuts = statistics.quantiles(times, n=100)
    print(f"{name:28} {way:18} p50 {cuts[49]:7.2f}  p99 {cuts[98]:7.2f}")


def main() -> None:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--mails", type=int, default=200)
    mails = made.parse_args().mails
    with tempfile.TemporaryDirectory() as folder, Sink(Path(folder) / "sink") as sink, \
            Proxy(Path(folder) / "home", f"127.0.0.1:{sink.port}") as proxy, \
            smtplib.SMTP("127.0.0.1", sink.port, "x", timeout=PATIENCE) as direct, \
            smtplib.SMTP("127.0.0.1", proxy.port, "x", timeout=PATIENCE) as through:
        for name, messages in sorts().items():
            for _ in range(10):
                timed(through, messages[0])
            before = spent(proxy.process.pid)
            pairs = [(timed(direct, one), timed(through, one)) for one in islice(cycle(messages), mails)]
            work = (spent(proxy.process.pid) - before) / mails
            alone, proxied = zip(*pairs, strict=True)
            told(name, "relay alone", alone)
            told(name, "through the proxy", proxied)
            told(name, "added", [after - first for first, after in pairs])
            print(f"{name:28} ratio of medians  {statistics.median(proxied) / statistics.median(alone):.1f}")
            print(f"{name:28} processor time     {work:.2f} a mail")


if __name__ == "__main__":
    main()
