"""The manual's made parts: one page per rule, their index, and the ledger of advice and the rules that cover it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..rulebook import Compiled, load
from .manual import page_markdown

_MADE = "Made from the rule files; edit those under `rules/`."


def write_manual(docs: Path) -> None:
    """Write ``rules/*.md``, ``rules/index.md`` and ``coverage.md`` into the folder *docs*."""
    rules = load().rules
    made = {"coverage.md": coverage(rules), "rules/index.md": index(rules)}
    made |= {f"rules/{one.rule.id}.md": page_markdown(one) for one in rules}
    for name, text in made.items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # Unchanged pages keep their time, so that only what changed is built again.
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    for stale in set((docs / "rules").glob("*.md")) - {docs / name for name in made}:
        stale.unlink()


def index(rules: Iterable[Compiled]) -> str:
    """The list of all rules, by check."""
    parts = ["# Rules", _MADE]
    listed = sorted(rules, key=lambda one: one.rule.id)
    for check in sorted({one.rule.check for one in listed}):
        rows = ["| Rule | Severity | Points | Flags |", "|---|---|---|---|"]
        rows += [
            f"| [{r.id}]({r.id}.md) | {r.severity} | {r.points or '–'} | {r.summary} |"
            for one in listed
            if (r := one.rule).check == check
        ]
        parts += [f"## {check}", "\n".join(rows)]
    toc = "\n".join(["```{toctree}", ":hidden:", "", *(one.rule.id for one in listed), "```"])
    return "\n\n".join([*parts, toc]) + "\n"


def coverage(rules: Iterable[Compiled]) -> str:
    """Each piece of advice that some rule answers, and which."""
    covered: dict[str, list[str]] = {}
    for one in rules:
        for advice in one.rule.covers:
            covered.setdefault(advice, []).append(one.rule.id)
    rows = ["| Advice | Rules |", "|---|---|"]
    rows += [
        f"| {advice} | {', '.join(f'[{r}](rules/{r}.md)' for r in sorted(ids))} |"
        for advice, ids in sorted(covered.items())
    ]
    return "\n\n".join(["# Coverage", _MADE, "\n".join(rows)]) + "\n"
