"""One linter for the whole run, since the typo engine takes a second to start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from followup_lint import Linter

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def linter() -> Iterator[Linter]:
    made = Linter()
    yield made
    made.close()


@pytest.fixture(scope="session")
def plain_linter() -> Iterator[Linter]:
    """Without a typo engine: for laws over many letters."""
    made = Linter(typo_engine="none")
    yield made
    made.close()


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the user's settings."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "config"))
