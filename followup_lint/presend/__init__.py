"""The check at the moment of sending: what becomes of a mail, for the sendmail wrapper and the SMTP proxy.

This room and cli/ are the only ones that read files; only what is here may be told the time. The proxy needs the
extra ``proxy`` and is imported from ``presend.proxy`` by whoever wants it.
"""

from .checker import Checker
from .decide import Action, Decision, Policy, StopOn, decide, is_follow_up, may_be_follow_up
from .judge import Answer, Judge, unchecked
from .state import state_folder
from .words import smtp_lines, terminal_lines

__all__ = [
    "Action", "Answer", "Checker", "Decision", "Judge", "Policy", "StopOn", "decide", "is_follow_up",
    "may_be_follow_up", "smtp_lines", "state_folder", "terminal_lines", "unchecked",
]
