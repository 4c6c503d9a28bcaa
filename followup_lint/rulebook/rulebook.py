"""The rulebook: pages compiled into checks, chosen and graded for one run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..checks import KINDS, Check, CheckType, Table, TableError
from ..language import SentenceModel
from ..model import Rule, Severity, Status
from ..reading import Grammar
from .builtin import rules_folder
from .cache import cached_pages, digest_of, keep_lines, kept_lines
from .page import Page, PageError
from .plugins import Plugin
from .profiles import Profile
from .words import compile_acts, compile_shapes, lexicon, read_lines, read_models


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule and the check that looks for it.

    ``confidence`` is the rule's precision on the open labelled drafts where that was ``measured``, else 0.5.
    """

    rule: Rule
    check: Check
    page: Page
    confidence: float = 0.5
    measured: bool = False


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules of one run, in order of ID, and the grammar that reading needs. ``digest`` names exactly this set."""

    rules: tuple[Compiled, ...]
    grammar: Grammar
    digest: str

    def rule(self, rule_id: str) -> Compiled | None:
        """The rule of that ID or of that former name."""
        for one in self.rules:
            if rule_id == one.rule.id or rule_id in one.rule.renamed_from:
                return one
        return None

    @property
    def giving_way(self) -> frozenset[str]:
        """The IDs of the rules that yield where another page of their check marks the same words."""
        return frozenset(one.rule.id for one in self.rules if getattr(one.check, "gives_way", False))

    def select(self, select: Sequence[str] = (), ignore: Sequence[str] = (), *, preview: bool = False) -> Rulebook:
        """Only the rules chosen: by the longest prefix that names each, ``pushiness`` or ``pushiness.ultimatum``.

        A former name counts as the present one. Raises KeyError with a name that is no rule and no check.
        """
        wanted, unwanted = [self._present(n) for n in select], [self._present(n) for n in ignore]
        kept = tuple(
            one
            for one in self.rules
            if (preview or one.rule.status is not Status.PREVIEW or one.rule.id in wanted)
            and _longest(one.rule.id, wanted, default=0 if not wanted else -1) > _longest(one.rule.id, unwanted, -1)
        )
        return replace(self, rules=kept)

    def _present(self, name: str) -> str:
        found = self.rule(name)
        if found is not None:
            return found.rule.id
        if any(one.rule.check == name for one in self.rules):
            return name
        raise KeyError(name)


def _longest(rule_id: str, names: Sequence[str], default: int) -> int:
    return max((len(n) for n in names if rule_id == n or rule_id.startswith(n + ".")), default=default)


def load(
    folders: Iterable[Path] = (),
    plugins: Iterable[Plugin] = (),
    profile: Profile | None = None,
    *,
    builtin: bool = True,
) -> Rulebook:
    """Compile the built-in rules, those of *plugins* and those of *folders*; raises PageError naming file and key."""
    brought = tuple(plugins)
    own = (rules_folder(),) if builtin else ()
    everywhere = (*own, *(f for p in brought for f in p.folders), *folders)
    spoken = everywhere if builtin else (rules_folder(), *everywhere)  # words and acts are shared even so
    words, acts = read_lines(spoken, "words"), read_lines(spoken, "acts")
    kept_under = digest_of((sorted(words.items()), sorted(acts.items())))
    known = kept_lines(kept_under)
    vocabulary = lexicon(words, known, read_models(spoken))
    before = len(known)
    kinds: dict[str, type[CheckType]] = {**KINDS, **{k: v for p in brought for k, v in p.kinds.items()}}
    confidences = _confidences(rules_folder())
    pages: dict[str, Page] = {}
    for folder in everywhere:
        for page in cached_pages(folder):
            _refuse_twin(pages, page)
            pages[page.rule.id] = page
    graded = [_graded(page, profile or Profile()) for page in pages.values()]
    trusted = {str(f) for f in own}
    compiled = tuple(
        Compiled(
            page.rule,
            _check(page, kinds, vocabulary, _is_in(page.file, trusted)),
            page,
            confidences.get(page.rule.id, 0.5),
            page.rule.id in confidences,
        )
        for page in sorted((p for p in graded if p is not None), key=lambda p: p.rule.id)
    )
    grammar = Grammar(vocabulary, compile_acts(acts, vocabulary), compile_shapes(spoken))
    if len(vocabulary.compiled) > before:
        keep_lines(kept_under, vocabulary.compiled)
    return Rulebook(compiled, grammar, _digest(pages.values(), words, acts, vocabulary.models, profile))


def _refuse_twin(pages: Mapping[str, Page], page: Page) -> None:
    if page.rule.id in pages and not page.replaces:
        other = pages[page.rule.id].file
        problem = f"{page.rule.id} stands in {other} already; `replaces = true` replaces it"
        raise PageError(page.file, "replaces", problem)


def _graded(page: Page, profile: Profile) -> Page | None:
    """The page under a profile: another severity, other thresholds, or left out."""
    rule, table = page.rule, dict(page.check)
    value = profile.severity.get(rule.id)
    if value == "off":
        return None
    if value:
        severity = Severity(value)
        points = 0 if severity is Severity.INFO else rule.points or 5
        rule = replace(rule, severity=severity, points=points, cap=rule.cap or points * 3)
    table.update(profile.check.get(rule.id, {}))
    return replace(page, rule=rule, check=table)


def _check(page: Page, kinds: Mapping[str, type[CheckType]], words: object, trusted: bool) -> Check:
    values = dict(page.check)
    kind = values.pop("kind")
    if kind not in kinds:
        raise PageError(page.file, "check.kind", f"{kind!r} is none of {', '.join(sorted(kinds))}")
    try:
        return kinds[kind].from_table(Table(values, words, trusted=trusted))  # type: ignore[arg-type]
    except TableError as problem:
        raise PageError(page.file, f"check.{problem.key}", problem.problem) from None


def _is_in(file: str, folders: Iterable[str]) -> bool:
    return any(file.startswith(folder) for folder in folders)


# Findings from which on their share of right ones tells something of a rule.
_TELLING = 5


def _confidences(folder: Path) -> dict[str, float]:
    """Each rule's measured precision on the open labelled letters (``rules/measured.tsv``, made by a script)."""
    path = folder / "measured.tsv"
    if not path.is_file():
        return {}
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return {row[0]: round(int(row[2]) / int(row[1]), 2) for row in rows if int(row[1]) >= _TELLING}


def _digest(
    pages: Iterable[Page],
    words: Mapping[str, object],
    acts: Mapping[str, object],
    models: Mapping[str, SentenceModel],
    profile: Profile | None,
) -> str:
    told = hashlib.sha256()
    for page in sorted(pages, key=lambda p: p.rule.id):
        rule = page.rule
        told.update(repr((rule.id, rule.severity, rule.points, rule.cap, sorted(page.check.items()))).encode())
    told.update(repr((sorted(words.items()), sorted(acts.items()), profile)).encode())
    for name, model in sorted(models.items()):
        told.update(repr((name, model)).encode() + model.weights.tobytes())
    return told.hexdigest()[:12]
