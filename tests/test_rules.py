"""Every built-in rule, from its own page: examples, evidence, and the names others rely on."""

from __future__ import annotations

import pytest

from followup_lint import Linter
from followup_lint.authoring import check_examples
from followup_lint.checks.proofread import Proofread
from followup_lint.rulebook import load

RULES = load().rules
FIXED_NAMES = """
typos.spelling typos.grammar typos.word typos.repetition typos.capitalisation typos.punctuation typos.name
genericness.form-letter genericness.placeholder
genericness.stock-phrase genericness.stock-phrases
pushiness.ultimatum pushiness.demand pushiness.complaint pushiness.guilt pushiness.presumption pushiness.chasing
role.missing specifics.missing subject.missing subject.weak salutation.missing salutation.impersonal salutation.informal
body.missing body.no-gratitude body.no-interest body.no-offer body.no-status-question body.too-long
body.personal-details
body.offer-no-date closing.no-signoff closing.informal closing.no-name closing.no-contact
timing.late timing.too-soon timing.before-decision timing.too-many timing.handwritten
""".split()


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.rule.id)
def test_examples_hold(one, linter: Linter, plain_linter: Linter) -> None:
    """Our own typo rules are tested without an engine, which may say the same of the same words."""
    own = one.rule.check == "typos" and not isinstance(one.check, Proofread)
    assert [str(failure) for failure in check_examples(one, plain_linter if own else linter)] == []


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.rule.id)
def test_page_is_whole(one) -> None:
    rule = one.rule
    assert rule.sources, "names no source"
    assert len(rule.explanation.split()) >= 15, "explains too little"
    assert sum(e.bad for e in rule.examples) >= 2, "shows fewer than two bad examples"
    assert sum(not e.bad for e in rule.examples) >= 2, "shows fewer than two good examples"
    assert rule.message[0].isupper() or rule.message[0] in "“{"
    assert rule.message.endswith((".", "?", "…", "!")), "a message is a sentence"
    assert not rule.summary.endswith(".")


def test_names_that_others_rely_on() -> None:
    assert set(FIXED_NAMES) - {one.rule.id for one in RULES} == set()


def test_checks_of_the_contract() -> None:
    checks = {one.rule.check for one in RULES}
    assert {"typos", "genericness", "pushiness", "formality", "role", "specifics", "subject", "salutation", "body",
            "closing", "timing"} <= checks
