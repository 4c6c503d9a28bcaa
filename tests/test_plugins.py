"""Rules of other people: a folder, a plug-in, and what goes wrong with either."""

from __future__ import annotations

import importlib.metadata
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from conftest import ROOT

from followup_lint import Context, Linter, Plugin
from followup_lint.authoring import check_examples, letter
from followup_lint.model import Example
from followup_lint.rulebook import PageError, PluginProblem, load, plugins

FOLDER = ROOT / "tests" / "example_rules"
PLUGIN = ROOT / "tests" / "example_plugin"


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the example plug-in had been installed under its entry point."""
    monkeypatch.syspath_prepend(str(PLUGIN))
    point = EntryPoint("house-style", "house_style:plugin", "followup_lint.plugins")
    real = importlib.metadata.entry_points
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: [*real(group=group), point])


def test_a_folder_of_rules_needs_no_python() -> None:
    linter = Linter(rules=[FOLDER], typo_engine="none")
    text, context = letter(Example(True, add="Could you hurry your decision along?"))
    found = [f for f in linter.lint(text, context).findings if f.rule == "house.hurry"]
    assert [(f.span.of(text), f.points) for f in found] == [("hurry your decision along", 7)]
    assert found[0].instead == "Would you be able to share when you expect to decide on the Data Engineer position?"


def test_examples_of_a_folder_hold() -> None:
    linter = Linter(rules=[FOLDER], typo_engine="none", select=["house"])
    assert [str(f) for one in linter.rulebook.rules for f in check_examples(one, linter)] == []


@pytest.mark.usefixtures("installed")
def test_a_plugin_brings_rules_and_a_kind_of_check() -> None:
    linter = Linter(plugins=["house-style"], typo_engine="none")
    one = linter.rulebook.rule("opening.thank")
    assert one is not None
    assert [str(f) for f in check_examples(one, linter)] == []


def test_the_builtin_rules_come_through_the_same_door() -> None:
    found = plugins(["builtin"])
    assert [p.name for p in found] == ["builtin"]
    assert {r.rule.id for r in load(plugins=found, builtin=False).rules} == {r.rule.id for r in load().rules}


def test_a_missing_plugin_is_named() -> None:
    with pytest.raises(PluginProblem, match="'nowhere' is not installed; installed are builtin"):
        Linter(plugins=["nowhere"], typo_engine="none")


def test_two_rules_of_one_name_are_an_error_unless_one_replaces_the_other(tmp_path: Path) -> None:
    page = (FOLDER / "house" / "hurry.toml").read_text(encoding="utf-8")
    (tmp_path / "house").mkdir()
    twin = tmp_path / "house" / "hurry.toml"
    twin.write_text(page, encoding="utf-8")
    with pytest.raises(PageError, match=r"hurry\.toml: replaces: house\.hurry stands in"):
        load([FOLDER, tmp_path])
    twin.write_text("replaces = true\n" + page.replace("points = 7", "points = 3"), encoding="utf-8")
    assert load([FOLDER, tmp_path]).rule("house.hurry").rule.points == 3


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("severity", "severty"), "severity: is missing"),
        (('"warning"', '"loud"'), "severity: 'loud' is none of error, warning, info"),
        (("points = 7", "points = 700"), "points: expected a whole number from 0 to 100"),
        (("points = 7", "pionts = 7"), "pionts: no such key"),
        (('kind = "wording"', 'kind = "magic"'), "check.kind: 'magic' is none of"),
        (("hurry~ (the|your)", "hurry~ (the|your"), "check.find: .*'\\(' is never closed"),
        (("hurry~ (the|your)", "hurry~ {nothing}"), "check.find: .*no word class named 'nothing'"),
        (("find =", "fnid ="), "check.find: is missing"),
        (("«hurry the decision along»", "hurry"), "hits: mark the words between « and »"),
        (("marks = [", "mark = ["), "bad.mark: no such key"),
        (('"opinion"', '"rumour"'), "evidence: 'rumour' is none of"),
        (("summary =", "summary ="), ""),
    ],
)
def test_a_wrong_page_names_file_and_key(tmp_path: Path, change: tuple[str, str], complaint: str) -> None:
    page = (FOLDER / "house" / "hurry.toml").read_text(encoding="utf-8")
    assert change[0] in page
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "hurry.toml").write_text(page.replace(*change, 1), encoding="utf-8")
    if not complaint:
        assert load([tmp_path]).rule("house.hurry") is not None
        return
    with pytest.raises(PageError, match=rf"house/hurry\.toml: {complaint}"):
        load([tmp_path])


def test_a_users_slow_expression_is_stopped_and_named(tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    page = (FOLDER / "house" / "hurry.toml").read_text(encoding="utf-8").partition("[check]")[0]
    check = '[check]\nkind = "shape"\nfind = "(?:a?){60}a{60}!"\n'
    (tmp_path / "house" / "slow.toml").write_text(page + check, encoding="utf-8")
    report = Linter(rules=[tmp_path], typo_engine="none").lint("a" * 3000, Context(kind="thank_you"))
    assert [s.rule for s in report.skipped if "took longer" in s.reason] == ["house.slow"]


def test_a_plugin_that_fails_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("broken", "followup_lint.no_such_module:plugin", "followup_lint.plugins")
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: [point])
    with pytest.raises(PluginProblem, match="plug-in 'broken' failed to load: ModuleNotFoundError"):
        plugins(["broken"])
    assert Plugin("x").folders == ()
