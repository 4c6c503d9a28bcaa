"""The judge of outgoing mail, as options and settings describe it."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from ..presend import Checker, Judge, Policy, state_folder
from .contexts import read_context
from .sending import Sending, policy_of, sending_of
from .settings import Settings, make_linter


def checker_of(options: argparse.Namespace, settings: Settings, method: str) -> Checker:
    """The checker, not started; *method* is how its process is made. Raises Problem."""
    policy = policy_of(options, sending_of(settings))
    return Checker(partial(_judge, options, settings, policy), policy, method=method)


def _judge(options: argparse.Namespace, settings: Settings, policy: Policy) -> Judge:
    """Made in the checker's process."""
    linter = make_linter(options, settings)
    return Judge(linter, policy, state_folder(), read_context, _folder(options, sending_of(settings)))


def _folder(options: argparse.Namespace, settings: Sending) -> Path | None:
    """The folder of context files, if one is given."""
    return Path(options.contexts).expanduser() if options.contexts else settings.contexts
