"""What the proxy adds: the same mails to a relay, and to it through a warm proxy, by turns in one run.

    python tests/presend/speed.py --mails 200

Prints median and 99th percentile of the time from MAIL to the answer to the message, in milliseconds.
"""

from __future__ import annotations

import argparse
import smtplib
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from outside import PATIENCE, Proxy, Sink, letter, note


def timed(client: smtplib.SMTP, message: bytes) -> float:
    """How long one mail takes, in milliseconds."""
    start = time.perf_counter()
    client.sendmail("jonas@feld.example", "raman@northwind.example", message)
    return 1000 * (time.perf_counter() - start)


def main() -> None:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--mails", type=int, default=200)
    mails = made.parse_args().mails
    newsletter = (Path(__file__).parent / "other_mail" / "01-newsletter-interviews.eml").read_bytes()
    sorts = {
        "follow-up of 120 words": letter(), "other mail, by its wording": note(),
        "newsletter, by its head": newsletter.replace(b"\n", b"\r\n"),
    }
    with tempfile.TemporaryDirectory() as folder, Sink(Path(folder) / "sink") as sink, \
            Proxy(Path(folder) / "home", f"127.0.0.1:{sink.port}") as proxy, \
            smtplib.SMTP("127.0.0.1", sink.port, "x", timeout=PATIENCE) as direct, \
            smtplib.SMTP("127.0.0.1", proxy.port, "x", timeout=PATIENCE) as through:
        for name, message in sorts.items():
            for _ in range(10):
                timed(through, message)
            pairs = [(timed(direct, message), timed(through, message)) for _ in range(mails)]
            for way, times in zip(("relay alone", "through the proxy"), zip(*pairs, strict=True), strict=True):
                cuts = statistics.quantiles(times, n=100)
                print(f"{name:28} {way:18} p50 {cuts[49]:7.2f}  p99 {cuts[98]:7.2f}")
            alone, proxied = (statistics.median(times) for times in zip(*pairs, strict=True))
            print(f"{name:28} ratio of medians  {proxied / alone:.1f}")


if __name__ == "__main__":
    main()
