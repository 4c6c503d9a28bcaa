"""Harper: the embedded engine that runs everywhere (harper-py, Apache-2.0)."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable
from importlib.util import find_spec
from typing import Any

from .adapter import EngineMissingError, Hit
from .policy import Policy


def load() -> None:
    """Load the dictionary, which belongs to the process: 0.6 s in which other threads run."""
    with contextlib.suppress(ImportError):  # whoever makes a Harper is told that it is missing
        import harper

        harper.Linter()


class Harper:
    """Harper with nothing switched on but the policy's rules. A Linter is for one thread alone: each has its own.

    The first Linter of a process loads the dictionary, each further one takes 4 ms.
    """

    def __init__(self, policy: Policy) -> None:
        if find_spec("harper") is None:
            raise EngineMissingError("typo engine harper: not installed; try: pip install 'harper-py>=0.2,<0.3'")
        from importlib import metadata

        self.label = f"harper-py {metadata.version('harper-py')}"
        self._rules = frozenset(policy.kinds)
        self._own = threading.local()

    def start(self) -> None:
        """Load the dictionary."""
        self._linter(False)

    def hits(self, text: str, british: bool, seconds: float) -> Iterable[Hit]:
        """All that the rules switched on say about *text* (bounded by its size: some 100 ms for 3,000 characters)."""
        by_rule = self._linter(british).organized_lints(text, language="plaintext")
        for rule, lints in by_rule.items():
            for lint in lints:
                yield Hit(
                    lint.span.start, lint.span.end, rule, lint.message,
                    tuple(_replacement(lint.problem_text, one) for one in lint.suggestions),
                )

    def close(self) -> None:
        """Nothing to give back: the dictionary belongs to the process."""

    def _linter(self, british: bool) -> Any:
        name = "british" if british else "american"
        linter = getattr(self._own, name, None)
        if linter is None:
            import harper

            linter = harper.Linter(harper.Dialect.BRITISH if british else harper.Dialect.AMERICAN)
            linter.set_lint_config({rule: rule in self._rules for rule in linter.get_lint_config()})
            setattr(self._own, name, linter)
        return linter


def _replacement(marked: str, suggestion: Any) -> str:
    match int(suggestion.kind):
        case 0:
            return str(suggestion.replacement_text)
        case 1:
            return ""
        case _:
            return f"{marked}{suggestion.replacement_text}"
