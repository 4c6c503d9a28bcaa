"""Options that several commands share."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

from ..model import Kind
from .problem import Problem

# Facts of the context that have an option of their own: (option, key, what it wants, help).
_FACTS = (
    ("--kind", "kind", "KIND", f"{', '.join(Kind)} (guessed where left out)"),
    ("--role", "role", "ROLE", "the position, as the employer writes it"),
    ("--company", "company", "NAME", "the employer"),
    ("--interviewer", "interviewer", "NAME", "with title; may be repeated"),
    ("--interviewed-at", "interviewed_at", "TIME", "such as 2026-03-02T14:00"),
    ("--sending-at", "sending_at", "TIME", "when you mean to send it"),
    ("--decision-by", "decision_by", "DATE", "the day by which they said they would decide"),
    ("--previous-message", "previous_messages", "TIME", "an earlier follow-up without a reply; may be repeated"),
    ("--topic", "topics", "TEXT", "something you talked about; may be repeated"),
    ("--culture", "culture", "CULTURE", "traditional or modern"),
    ("--region", "region", "REGION", "us, uk or formal: a profile of norms"),
)
_SEVERAL = ("interviewer", "previous_messages", "topics")


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are problems like all others: one line, exit status 2."""

    def error(self, message: str) -> NoReturn:
        """Complain."""
        raise Problem(f"{message}; see `{self.prog} --help`")


def parser(command: str, description: str) -> Parser:
    """A parser for one command."""
    name = f"followup-lint {command}".strip()
    return Parser(prog=name, description=description, allow_abbrev=False)


def add_facts(to: argparse.ArgumentParser) -> None:
    """The options that give single facts of the context, and --context."""
    group = to.add_argument_group("what is known about the interview")
    group.add_argument("--context", metavar="FILE", help="a TOML file of facts, or a calendar invitation (.ics)")
    for option, key, wants, text in _FACTS:
        action = "append" if key in _SEVERAL else "store"
        group.add_argument(option, dest=f"fact_{key}", metavar=wants, help=text, action=action)
    group.add_argument("--first-name-ok", dest="fact_first_name_ok", action=argparse.BooleanOptionalAction,
                       help="they asked you to use the first name, or not")


def given_facts(options: argparse.Namespace) -> dict[str, Any]:
    """The facts given as options."""
    facts = {k.removeprefix("fact_"): v for k, v in vars(options).items() if k.startswith("fact_")}
    return {k: v for k, v in facts.items() if v is not None}


def add_rules(to: argparse.ArgumentParser) -> None:
    """The options that say which rules run and where settings come from."""
    group = to.add_argument_group("which rules")
    group.add_argument("--select", metavar="RULE[,RULE…]", help="run only these; a rule or a whole check")
    group.add_argument("--ignore", metavar="RULE[,RULE…]", help="leave these out")
    group.add_argument("--rules", metavar="FOLDER", action="append", default=None, help="a further folder of rules")
    group.add_argument("--preview", action="store_true", default=None, help="run rules in preview as well")
    group.add_argument("--typo-engine", metavar="ENGINE", help="harper (default), lingotweaker, languagetool or none")
    group.add_argument("--languagetool-url", metavar="URL", help="a LanguageTool server that is running")
    group.add_argument("--config", metavar="FILE", help="the settings file")
    group.add_argument("--isolated", action="store_true", help="read no settings file")


def names(text: str | None) -> tuple[str, ...]:
    """The names in a comma-separated option."""
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


