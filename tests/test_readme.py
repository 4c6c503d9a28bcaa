"""Every example in the README is run, and prints what stands there."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = re.findall(r"```console\n\$ followup-lint ([^\n]*)\n(.*?)```", README, re.DOTALL)
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def test_it_opens_with_the_two_commands() -> None:
    first, second = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)[:2]
    assert "pip install" in first
    assert "followup-lint docs/examples/" in first
    assert "pytest" in second


@pytest.mark.parametrize(("arguments", "printed"), SHELL, ids=[a for a, _ in SHELL])
def test_console_examples(arguments: str, printed: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "followup_lint", *arguments.split()], capture_output=True, text=True, cwd=ROOT,
        check=False, encoding="utf-8",
    )
    assert done.stdout == printed


@pytest.mark.parametrize("code", PYTHON)
def test_python_examples(code: str) -> None:
    """Lines that end in `# value` must give that value."""
    names: dict[str, object] = {}
    for line in code.splitlines():
        expression, mark, value = line.partition("  # ")
        if mark:
            assert repr(eval(expression, names)) == value, expression
        else:
            exec(line, names)
