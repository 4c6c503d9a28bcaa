"""How the documentation is built: `sphinx-build -W docs site`. Rule pages are made from the rule files as it starts."""

from __future__ import annotations

from pathlib import Path

from followup_lint import __version__
from followup_lint.authoring.ledger import write_manual

project = "followup-lint"
copyright = "2026, the followup-lint maintainers"
release = __version__
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["examples"]
html_theme = "alabaster"
html_theme_options = {"description": "Reads the e-mail you send after a job interview, before you send it"}
myst_heading_anchors = 3
nitpicky = True

write_manual(Path(__file__).parent)
