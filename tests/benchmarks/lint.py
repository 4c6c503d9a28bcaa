"""What a lint costs: ratios taken by turns in one run, printed beside the figures recorded last time.

    python tests/benchmarks/lint.py             # the table; nothing fails
    python tests/benchmarks/lint.py --record    # … and recorded.tsv says from now on what this run measured

Milliseconds depend on the machine; the ratios hardly do. Two things are always measured in turn, letter by letter, so
that whatever else the machine does falls on both. docs/performance.md says what the figures mean.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from followup_lint import Linter
from followup_lint.model import Context, Draft
from followup_lint.parsing import from_text, parse, sentences
from followup_lint.proofreading.guard import pieces
from followup_lint.reading import read

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
RECORDED = HERE / "recorded.tsv"
LETTERS = 200
BARE = """
import harper, sys
linter = harper.Linter(harper.Dialect.AMERICAN)
linter.organized_lints(open(sys.argv[1], encoding="utf-8").read(), language="plaintext")
"""


def letters() -> list[str]:
    """200 distinct letters of about 150 words, from those written for first contact."""
    found = sorted((ROOT / "tests" / "first_contact").glob("g*/*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in found]
    near = sorted(texts, key=lambda text: abs(len(text.split()) - 150))
    return sorted(near[:LETTERS])


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def in_turn(*works: Callable[[], object]) -> list[float]:
    return [milliseconds(work) for work in works]


def medians(rows: Sequence[Sequence[float]]) -> list[float]:
    return [statistics.median(column) for column in zip(*rows, strict=True)]


def warm(texts: Sequence[str]) -> Iterator[tuple[str, float]]:
    """One letter in a process that has seen others. Harper remembers sentences, so that alone it is another one."""
    plain, whole, other = Linter(typo_engine="none"), Linter(), Linter()
    for text in texts[:20]:
        for linter in (plain, whole, other):
            linter.lint(text)
    gc.collect()
    gc.freeze()
    rows = []
    for text in texts[20:]:
        draft = parse(from_text(text))
        checks = _checks_of(plain, draft)
        split = _splitting(draft)
        rows.append(in_turn(lambda t=text: plain.lint(t), checks, split, lambda t=text: whole.lint(t),
                            _engine_of(other, draft)))
    none, checks_alone, split, lint, engine = medians(rows)
    yield "lint without a typo engine, ms", none
    yield "reading and checks alone, ms", checks_alone
    yield "… against splitting into sentences", checks_alone / split
    yield "lint with harper, ms", lint
    yield "harper alone, ms", engine
    yield "… lint against harper alone", statistics.median(row[3] / row[4] for row in rows)
    yield "slowest of 180 with harper, ms", max(row[3] for row in rows)


def _checks_of(linter: Linter, draft: Draft) -> Callable[[], object]:
    """Reading and judging, the slips being known."""
    known = linter.proofreader.check(draft, Context())

    def work() -> None:
        reading = read(draft, Context(), known, linter.rulebook.grammar)
        for one in linter.rulebook.rules:
            list(one.check(reading))

    return work


def _splitting(draft: Draft) -> Callable[[], object]:
    return lambda: sentences(draft.text, draft.section("body").spans)


def _engine_of(linter: Linter, draft: Draft) -> Callable[[], object]:
    cut = pieces(draft)[0]
    return lambda: [list(linter.proofreader.engine.hits(piece.text, False, 5)) for piece in cut]


def cold(text: str, times: int = 15) -> Iterator[tuple[str, float]]:
    """One letter in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "draft.txt"
        path.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "followup_lint", "--isolated", str(path)]
        rows = [in_turn(
            lambda: _run(command), lambda: _run([sys.executable, "-c", BARE, str(path)]),
            lambda: _run([*command, "--typo-engine", "none"]), lambda: _run([sys.executable, "-c", "pass"]),
        ) for _ in range(times)]
        lint, bare, none, nothing = medians(rows)
        yield "command line, ms", lint
        yield "… against a bare process with harper", lint / bare
        yield "command line without a typo engine, ms", none
        yield "… above python -c pass, ms", none - nothing


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, capture_output=True, check=False, cwd=ROOT)


def resident(texts: Sequence[str]) -> Iterator[tuple[str, float]]:
    """``followup-lint serve`` against the same letters linted in this process."""
    linter = Linter()
    linter.lint(texts[0])
    with subprocess.Popen([sys.executable, "-m", "followup_lint", "serve", "--isolated"], cwd=ROOT,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin and process.stdout

        def ask(text: str) -> None:
            process.stdin.write(json.dumps({"text": text}).encode() + b"\n")
            process.stdin.flush()
            assert b'"file"' in process.stdout.readline()

        ask(texts[0])
        rows = [in_turn(lambda t=text: ask(t), lambda t=text: linter.lint(t).to_dict()) for text in texts[1:101]]
        process.stdin.close()
    answer, warm_lint = medians(rows)
    yield "serve, an answer, ms", answer
    yield "… against a warm lint", answer / warm_lint


def many(texts: Sequence[str]) -> Iterator[tuple[str, float]]:
    """200 drafts in one command against the sum of their warm lints."""
    linter = Linter()
    linter.lint(texts[0])
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            (Path(folder) / f"{number:03}.txt").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "followup_lint", "--isolated", "--format", "jsonl", folder]
        at_once, one_by_one = in_turn(lambda: _run(command), lambda: [linter.lint(text) for text in texts])
    yield f"{len(texts)} drafts in one command, s", at_once / 1000
    yield "… against the sum of their warm lints", at_once / one_by_one


def growth(texts: Sequence[str]) -> Iterator[tuple[str, float]]:
    """How time grows with the length of one letter: 1.0 is proportional."""
    linter = Linter(typo_engine="none")
    bodies = [_body(text) for text in texts]
    for name, parts in (("distinct letters", bodies), ("near-copies", bodies[:1])):
        small, large = (_of_size(parts, size) for size in (16_000, 256_000))
        linter.lint(small)
        yield f"growth, {name}, the whole", _exponent(linter.lint, small, large)
        readings = linter.read(small), linter.read(large)
        slopes = {one.rule.id: _exponent(lambda reading, check=one.check: list(check(reading)), *readings)
                  for one in linter.rulebook.rules}
        worst = max(slopes, key=lambda rule: slopes[rule])
        yield f"growth, {name}, the worst check ({worst})", slopes[worst]


def _exponent(work: Callable[[object], object], small: object, large: object) -> float:
    few, lots = (min(milliseconds(lambda x=x: work(x)) for _ in range(2)) for x in (small, large))
    return math.log(lots / few, 16) if lots > 20 else 1.0  # what takes less for 256 KB is noise


def _body(text: str) -> str:
    return parse(from_text(text)).section("body").spans[0].of(text)


def _of_size(parts: Sequence[str], size: int) -> str:
    text, given = "Subject: Thank you\n\nDear Ms. Raman,\n\n", cycle(parts)
    while len(text) < size:
        text += next(given).rstrip() + "\n\n"
    return text + "Kind regards,\nJonas Feld\n"


def memory(texts: Sequence[str], runs: int = 10_000) -> Iterator[tuple[str, float]]:
    """Whether a process grows that lints 10,000 different letters."""
    linter, peaks = Linter(), []
    for number, text in enumerate(islice(cycle(texts), runs)):
        linter.lint(f"{text}\nNo. {number}")
        if number in (999, runs - 1):
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    yield "peak memory after 1,000 letters, MB", peaks[0]
    yield f"peak memory after {runs:,} letters, MB", peaks[1]


def recorded() -> dict[str, float]:
    lines = RECORDED.read_text(encoding="utf-8").splitlines() if RECORDED.exists() else []
    return {name: float(value) for name, value in (line.split("\t") for line in lines)}


def main() -> None:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--record", action="store_true", help="write the figures to recorded.tsv")
    made.add_argument("--memory", action="store_true", help="lint 10,000 letters as well: some five minutes")
    options = made.parse_args()
    texts, before, figures = letters(), recorded(), {}
    parts = [warm(texts), cold(texts[0]), resident(texts), many(texts), growth(texts)]
    print(f"{'':58} {'now':>9} {'recorded':>9}")
    for part in (*parts, *([memory(texts)] if options.memory else [])):
        for name, value in part:
            figures[name] = value
            last = f"{before[name]:9.2f} {value / before[name] - 1:+6.0%}" if name in before else ""
            print(f"{name:58} {value:9.2f} {last}", flush=True)
    if options.record:
        kept = {**before, **figures}
        RECORDED.write_text("".join(f"{name}\t{value:.2f}\n" for name, value in kept.items()), encoding="utf-8")


if __name__ == "__main__":
    main()
