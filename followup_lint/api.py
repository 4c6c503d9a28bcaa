"""The library: ``lint(text)`` for one letter, a ``Linter`` for many."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from .engine import Outcome, examine
from .model import Context, Draft, Ignore, Ignored, Source
from .parsing import compose, from_text, load, parse
from .proofreading import DEFAULT_ENGINE, Policy, Proofreader, proofreader
from .reading import Reading, region_of
from .report import Report, score, verdict
from .rulebook import Plugin, Profile, Rulebook, profile_names, read_policies, read_profile, rules_folder
from .rulebook import load as load_rules
from .rulebook import plugins as find_plugins


class Linter:
    """Rules and typo engine, built once; every method may be called from any thread.

    *rules* are further folders of rules, *plugins* names of installed plug-ins or Plugin values; *select* and *ignore*
    name rules by prefix; *profile* overrides the context's region. Raises PageError, PluginProblem, KeyError (an
    unknown rule name) or EngineMissingError when it is made, and nothing afterwards.
    """

    def __init__(
        self,
        *,
        rules: Sequence[Path] = (),
        plugins: Sequence[str | Plugin] = (),
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        ignores: Sequence[Ignore] = (),
        profile: str = "",
        typo_engine: str = DEFAULT_ENGINE,
        languagetool_url: str | None = None,
        preview: bool = False,
    ) -> None:
        policies = {n: Policy.from_mapping(*given) for n, given in read_policies(rules_folder()).items()}
        self.proofreader: Proofreader = proofreader(typo_engine, policies, languagetool_url=languagetool_url)
        threading.Thread(target=self._start, daemon=True).start()  # the engine takes longest: it begins first
        named = find_plugins(name for name in plugins if isinstance(name, str))
        self._plugins = (*named, *(p for p in plugins if isinstance(p, Plugin)))
        self._folders, self._select, self._ignore = tuple(rules), tuple(select), tuple(ignore)
        self._ignores, self._profile, self._preview = tuple(ignores), profile, preview
        self._lock = threading.Lock()
        self.regions = profile_names(rules_folder())
        self._rulebooks: dict[str, Rulebook] = {}
        self.rulebook = self._rulebook(profile)

    def lint(self, text: str | Path | Source | Draft, context: Context | None = None) -> Report:
        """The report on one letter.

        A ``str`` is the text itself, a ``Path`` a file (OSError or UnreadableError when it cannot be read). For any
        text this never raises.
        """
        return self.examine(text, context)[0]

    def examine(self, text: str | Path | Source | Draft, context: Context | None = None) -> tuple[Report, Reading]:
        """The report on one letter and the reading it rests on."""
        outcome, rules = self._examine(text, context)
        return self._report(outcome, rules), outcome.reading

    def read(self, text: str | Path | Source | Draft, context: Context | None = None) -> Reading:
        """What the linter understands of a letter before it judges it: for maintainers and writers of rules."""
        return self._examine(text, context)[0].reading

    def close(self) -> None:
        """Give back the typo engine."""
        self.proofreader.close()

    def _examine(self, text: str | Path | Source | Draft, context: Context | None) -> tuple[Outcome, Rulebook]:
        draft = text if isinstance(text, Draft) else parse(_source(text))
        given = context or Context()
        region = given.region or region_of(draft.text, self.rulebook.grammar.lexicon)
        rules = self._rulebook(self._profile or (region if region in self.regions else ""))
        return examine(draft, given, rules, self.proofreader), rules

    def _report(self, outcome: Outcome, rules: Rulebook) -> Report:
        source = outcome.reading.text
        left_out = {f: i for f in outcome.findings for i in self._ignores if i.concerns(f, source)}
        findings = tuple(f for f in outcome.findings if f not in left_out)
        return Report(
            draft=outcome.reading.draft,
            kind=outcome.reading.kind,
            kind_confidence=outcome.reading.kind_confidence,
            findings=findings,
            tally=score(findings, (one.rule.check for one in rules.rules)),
            verdict=verdict(findings),
            skipped=outcome.skipped,
            ignored=tuple(Ignored(f.rule, f.span.of(source), i.reason) for f, i in left_out.items()),
            engine=outcome.reading.proofread.engine,
            ruleset=rules.digest,
        )

    def _rulebook(self, profile: str) -> Rulebook:
        with self._lock:
            if profile not in self._rulebooks:
                graded = read_profile(rules_folder(), profile) if profile else Profile()
                rules = load_rules(self._folders, self._plugins, graded)
                self._rulebooks[profile] = rules.select(self._select, self._ignore, preview=self._preview)
            return self._rulebooks[profile]

    def _start(self) -> None:
        self.proofreader.start()


def lint(text: str | Path | Source | Draft, context: Context | None = None, *, linter: Linter | None = None) -> Report:
    """The report on one letter, with the built-in rules and the default typo engine unless a *linter* is given."""
    return (linter or _default()).lint(text, context)


def draft(*, subject: str, body: str) -> Draft:
    """A draft whose subject is a field of its own, as mail clients have it."""
    return parse(compose(subject, body))


def _source(text: str | Path | Source) -> Source:
    if isinstance(text, Source):
        return text
    return load(text.read_bytes(), str(text)) if isinstance(text, Path) else from_text(text)


def _default() -> Linter:
    """One linter for all calls that bring none: made when first needed, since the engine takes a second to start."""
    with _default_lock:
        if not _made:
            _made.append(Linter())
    return _made[0]


_default_lock = threading.Lock()
_made: list[Linter] = []
