"""A short run of faults.py: the long one is ``python tests/presend/faults.py --mails 10000``."""

from __future__ import annotations

from pathlib import Path

import pytest
from faults import FAULTS, run

pytest.importorskip("aiosmtpd", reason="the extra `proxy` is not installed")


def test_no_mail_is_lost_doubled_or_altered_whatever_is_killed(tmp_path: Path) -> None:
    figures = run(mails=120, connections=20, large=1, every=1.5, limit=400, seed=6, folder=tmp_path)
    assert not any(figures[fault] for fault in FAULTS), figures
    assert figures["accepted"] == 108, figures
    assert figures["refused for good"] == 12
    assert sum(figures["kills"].values()) > 0
