"""No regular expression of a built-in page takes more than linear time: a quadratic one would not end in a minute."""

from __future__ import annotations

import subprocess
import sys

from conftest import ROOT

EVIL = (
    "a", "Aa", "A", "!", "a ", "1", "_", "a'", ". ", "-a", "ha", "x ", "\n", "No! ",
    "[", "a.", "w.", ": ", "(", "{", "é", "I ",
)
RUN = f"""
from followup_lint.checks.shape import Shape
from followup_lint.rulebook import load
book = load()
shapes = [p for one in book.rules if isinstance(one.check, Shape) for p in (*one.check.find, *one.check.unless)]
shapes += [p for found in book.grammar.shapes.values() for p in found]
for text in {EVIL!r}:
    long = text * (40_000 // len(text))
    for shape in shapes:
        for _ in shape.finditer(long):
            pass
print(len(shapes))
"""


def test_every_shape_is_linear() -> None:
    command = [sys.executable, "-c", RUN]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300, check=True)
    assert int(done.stdout) > 50
