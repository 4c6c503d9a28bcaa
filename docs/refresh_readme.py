"""Writes into README.md what its console examples print: `python docs/refresh_readme.py` after a change of wording."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"


def printed(match: re.Match[str]) -> str:
    """One console block with its command run."""
    command = [sys.executable, "-m", "followup_lint", *match[1].split()]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, encoding="utf-8")
    return f"```console\n$ followup-lint {match[1]}\n{done.stdout}```"


text = README.read_text(encoding="utf-8")
README.write_text(re.sub(r"```console\n\$ followup-lint ([^\n]*)\n.*?```", printed, text, flags=re.S), encoding="utf-8")
