"""Typo engines behind one protocol, and what keeps names and jargon from being flagged.

Nothing heavy is imported before it is needed: with ``none`` no engine is, and our own word lists look alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from .adapter import Engine, EngineMissingError, Guarded, Nothing
from .lexicon import Lexicon, packaged
from .policy import Policy
from .protocol import Proofread, Proofreader, Slip, SlipKind

__all__ = [
    "DEFAULT_ENGINE", "ENGINES", "EngineMissingError", "Policy", "Proofread", "Proofreader", "Slip", "SlipKind",
    "begin", "proofreader",
]

ENGINES = ("harper", "lingotweaker", "languagetool", "none")
DEFAULT_ENGINE = "harper"


def begin(name: str) -> None:
    """Let the engine *name* load what it keeps for the whole process, in a thread, while the rules are loaded."""
    if name == "harper":
        from .harper import load

        threading.Thread(target=load, daemon=True).start()


def proofreader(
    name: str, policies: Mapping[str, Policy], *, languagetool_url: str | None = None, seconds: float = 5.0,
    words: Callable[[str], bytes] = packaged,
) -> Proofreader:
    """The engine *name* (one of ENGINES) under its policy, behind its guards; nothing is started yet.

    *seconds* bounds the look at one draft; *languagetool_url* is a running LanguageTool server; *words* gives the
    bytes of a word list by its name.  Raises EngineMissingError when the engine's package or program is absent,
    ValueError for an unknown name or an engine without a policy.
    """
    if name not in ENGINES:
        raise ValueError(f"typo engine {name!r}: known are {', '.join(ENGINES)}")
    policy = Policy(name, {}) if name == "none" else policies.get(name)
    if policy is None:
        raise ValueError(f"typo engine {name}: no policy; rules/engines/{name}.toml is missing")
    engine = _engine(name, policy, languagetool_url)
    return Guarded(engine, policy, policies.get("spelling"), Lexicon(words), seconds)


def _engine(name: str, policy: Policy, url: str | None) -> Engine:
    if name == "none":
        return Nothing()
    if name == "harper":
        from .harper import Harper

        return Harper(policy)
    if name == "lingotweaker":
        from .lingotweaker import LingoTweaker

        return LingoTweaker()
    from .languagetool import LanguageTool

    return LanguageTool(policy, url)
