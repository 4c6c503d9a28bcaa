"""An installed wheel and an editable install both find their rules."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

from followup_lint.rulebook import rules_folder

FIND = "from followup_lint.rulebook import load, rules_folder; print(len(load().rules)); print(rules_folder())"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder, ROOT],
        check=True, capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_rules_schema_and_typing(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "followup_lint/py.typed" in names
    assert "followup_lint/rules/pushiness/ultimatum.toml" in names
    assert "followup_lint/report/report.schema.json" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any(name.startswith("tests/") for name in names)


def test_an_installed_wheel_finds_its_rules(wheel: Path, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", tmp_path, wheel],
        check=True, capture_output=True,
    )
    done = subprocess.run(
        [sys.executable, "-c", FIND], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True,
        check=True,
    )
    count, folder = done.stdout.split()
    assert int(count) > 60
    assert Path(folder) == tmp_path / "followup_lint" / "rules"


def test_a_checkout_finds_its_rules() -> None:
    assert rules_folder() == ROOT / "rules"


def test_importing_the_package_imports_next_to_nothing() -> None:
    code = "import __future__, importlib, sys, typing; before = {*sys.modules}; import followup_lint; "
    code += "print({*sys.modules} - before)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "{'followup_lint'}"


@pytest.mark.parametrize("heavy", ["harper", "textstat", "regex", "icalendar", "importlib.metadata", "nltk"])
def test_nothing_heavy_is_imported_for_a_plain_lint(heavy: str) -> None:
    code = f"""
import sys
from followup_lint import Linter
Linter(typo_engine="none").lint("Dear Ms. Raman,\\n\\nThank you for the interview.\\n\\nBest,\\nA. B.\\n")
print({heavy!r} in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "False"
