"""``followup-lint context``: writes a context file with every key, to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .options import parser
from .problem import Problem

TEMPLATE = '''\
# What is known about the interview. Every line is optional: take away the # and fill in what you know.
# A file named like the draft (thanks.context.toml beside thanks.txt) is found by itself.

# kind = "thank_you"               # or status_check, offer_deadline, other; guessed where left out
# role = "Data Engineer"           # as the employer writes it
# company = "Northwind"
# interviewer = "Ms. Priya Raman"  # with title; several: ["Ms. Priya Raman", "Mr. Tom Fry"]
# first_name_ok = true             # they asked you to use the first name
# interviewed_at = "2026-03-02T14:00"
# sending_at = "2026-03-03T09:10"  # when you mean to send it
# decision_by = "2026-03-13"       # the day by which they said they would decide
# previous_messages = ["2026-03-03T09:00"]   # earlier follow-ups without a reply
# topics = ["moving the nightly batch to streaming"]   # what you talked about
# culture = "traditional"          # a traditional employer may prefer a handwritten note
# region = "us"                    # or uk, formal: a profile of norms and spelling
# known_words = ["Kubernetes"]     # words that are right as you write them
'''


def run(arguments: Sequence[str]) -> int:
    """Write or print the template."""
    made = parser("context", "Writes a context file with every key, commented, to fill in.")
    made.add_argument("file", nargs="?", metavar="FILE", help="printed where left out; never overwritten")
    options = made.parse_args(arguments)
    if options.file is None:
        print(TEMPLATE, end="")
        return 0
    try:
        with Path(options.file).open("x", encoding="utf-8") as file:
            file.write(TEMPLATE)
    except FileExistsError:
        raise Problem(f"{options.file}: is there already; name another file, or take it away first") from None
    except OSError as problem:
        raise Problem(f"{options.file}: cannot be written ({problem.strerror})") from None
    print(f"wrote {options.file}: fill in what you know and give it with --context")
    return 0
