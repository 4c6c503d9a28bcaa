"""The word-pattern syntax: a line of words that a career adviser can read aloud, parsed into nodes.

    word        the word                      (a|b)     a choice              [ … ]    the words to mark
    word~       any form of it                (a b)?    maybe                 ^  $     start and end of the sentence
    word?       maybe                         {class}   a word class          , ; : ! ? -  that sign stands here
    _           any one word                  ..  ...  ....   up to two, four, nine words between
    !word  !(a|b)  !{class}                   that does not follow here (and no word is used up)
    {verb~ing}  {verb~ed}  {verb~en}  {verb~s}  {verb~}      that form (any form) of every single word of a class
    pattern => better | other                 what to put in place of the marked words; {match~ing} a form of them,
                                              {2} or {-1~ing} one of them, {a} the article that fits what follows

Nodes are plain tuples of numbers, texts, frozensets and tuples, so that compiled rules can be kept in a cache file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeAlias

WORD, GAP, CHOICE, MAYBE, START, END, MARK, SIGN, COMPUTED, ANY, NOT = range(11)

Node: TypeAlias = tuple[Any, ...]
Sequence: TypeAlias = tuple[Node, ...]

_SCAN = re.compile(
    r"\s+|\{[\w-]+(?:~\w*)?\}|\.{2,4}(?![.\w])|[()|\[\]^$]|!(?=[\w({])|[,;:!?](?=[\s)\]|]|$)|-(?=\s|$)|[^\s(){}|\[\]]+|[{}]"
)
_GAPS = {"..": 2, "...": 4, "....": 9}
_SIGNS = frozenset(",;:!?-")
# Words that nearly every letter holds: a poor anchor, since they rule out nothing. Only a matter of speed.
_COMMON_WEIGHT = 300
_COMMON = frozenset(
    "a about all am an and any are as at be been but by can could did do for from get had has have he her here "
    "him his how i if in is it just me more my need no not of on one or our out please she so some than thank "
    "that the their them then there they this time to up us was we were what when which who will with would you "
    "your".split()
)
_NOT = "!!"  # a "!" that a word, a group or a class follows at once; a free-standing one is a sign


class PatternError(ValueError):
    """A pattern that cannot be read; the message says which line and what is wrong with it."""


class Line(NamedTuple):
    """One compiled pattern line.

    ``needs``: of each of these sets some word is in every match, the rarest-looking set first; ``first``: every match
    starts with one of these (None: anything). Both only save time.
    """

    source: str
    nodes: Sequence
    needs: tuple[frozenset[str], ...]
    first: frozenset[str] | None
    better: tuple[str, ...]


class Vocabulary(NamedTuple):
    """What the parser must be able to ask: the forms of a word, how a word is opened, and what a class stands for."""

    forms: Callable[[str], frozenset[str]]
    opened: Callable[[str], tuple[str, ...]]
    expand: Callable[[str], Node]


def parse(source: str, vocabulary: Vocabulary) -> Line:
    """Compile one line; raises PatternError."""
    pattern, arrow, better = source.partition("=>")
    tokens = [_token(found, pattern) for found in _SCAN.finditer(pattern) if not found[0].isspace()]
    if not tokens:
        raise PatternError(f"{source.strip()!r}: an empty pattern")
    nodes, rest = _sequence(tokens, 0, source, vocabulary, ("|",))
    if rest < len(tokens) and tokens[rest] == "|":  # a choice may stand without its brackets
        node, rest = _group([*tokens, ")"], 0, source, vocabulary)
        nodes, rest = (node,), rest - 1
    if rest < len(tokens):
        raise PatternError(f"{source.strip()!r}: {tokens[rest]!r} closes nothing")
    wanted = tuple(one.strip() for one in better.split("|")) if arrow else ()
    return Line(" ".join(source.split()), nodes, _needs(nodes), _first(nodes), wanted)


def _token(found: re.Match[str], pattern: str) -> str:
    return _NOT if found[0] == "!" and pattern[found.end() : found.end() + 1].strip(")]|") else found[0]


def _sequence(
    tokens: list[str], at: int, source: str, vocabulary: Vocabulary, until: tuple[str, ...]
) -> tuple[Sequence, int]:
    nodes: list[Node] = []
    while at < len(tokens) and tokens[at] not in until:
        token = tokens[at]
        if token == "(":
            node, at = _group(tokens, at + 1, source, vocabulary)
            nodes.append(node)
        elif token == "[":
            inner, at = _sequence(tokens, at + 1, source, vocabulary, ("]",))
            if at >= len(tokens):
                raise PatternError(f"{source.strip()!r}: '[' is never closed")
            nodes.append((MARK, inner))
            at += 1
        elif token == _NOT:
            if tokens[at + 1] == "(":
                node, at = _group(tokens, at + 2, source, vocabulary)
                nodes.append((NOT, (node,)))
            else:
                new, at = _single(tokens, at + 1, source, vocabulary)
                nodes.append((NOT, tuple(new)))
        elif token in (")", "|", "]"):
            return tuple(nodes), at
        else:
            new, at = _single(tokens, at, source, vocabulary)
            nodes.extend(new)
    return tuple(nodes), at


def _group(tokens: list[str], at: int, source: str, vocabulary: Vocabulary) -> tuple[Node, int]:
    choices: list[Sequence] = []
    while True:
        choice, at = _sequence(tokens, at, source, vocabulary, ("|", ")"))
        choices.append(choice)
        if at >= len(tokens) or tokens[at] not in ("|", ")"):
            raise PatternError(f"{source.strip()!r}: '(' is never closed")
        at += 1
        if tokens[at - 1] == ")":
            break
    node = choice_of(choices)
    if at < len(tokens) and tokens[at] == "?":
        return (MAYBE, (node,)), at + 1
    return node, at


def _single(tokens: list[str], at: int, source: str, vocabulary: Vocabulary) -> tuple[list[Node], int]:
    token = tokens[at]
    maybe = at + 1 < len(tokens) and tokens[at + 1] == "?" and token.startswith("{")
    if token.startswith("{"):
        if len(token) < 3:
            raise PatternError(f"{source.strip()!r}: a class is written {{name}}")
        try:
            node = vocabulary.expand(token[1:-1])
        except KeyError as unknown:
            raise PatternError(f"{source.strip()!r}: no word class named {unknown.args[0]!r}") from None
        return ([(MAYBE, (node,))], at + 2) if maybe else ([node], at + 1)
    if token in _GAPS:
        return [(GAP, _GAPS[token])], at + 1
    if token == "^":
        return [(START,)], at + 1
    if token == "$":
        return [(END,)], at + 1
    if token in _SIGNS:
        return [(SIGN, token)], at + 1
    if token == "_":
        return [(ANY,)], at + 1
    maybe = len(token) > 1 and token.endswith("?")
    word = token.removesuffix("?").lower().replace("’", "'")
    if word.endswith("~"):
        nodes: list[Node] = [(WORD, vocabulary.forms(word[:-1]))]
    else:
        nodes = [(WORD, frozenset((part,))) for whole in word.split("-") if whole for part in vocabulary.opened(whole)]
    return ([(MAYBE, tuple(nodes))] if maybe else nodes), at + 1


def choice_of(choices: list[Sequence]) -> Node:
    """A choice, with all its single words gathered into one set; longer alternatives are tried first."""
    words = frozenset(w for c in choices if len(c) == 1 and c[0][0] == WORD for w in c[0][1])
    longer = [c for c in choices if not (len(c) == 1 and c[0][0] == WORD)]
    if not longer:
        return (WORD, words)
    ordered = sorted(longer, key=len, reverse=True)
    empty = [c for c in ordered if not c]
    kept = [c for c in ordered if c]
    alternatives = (*kept, *([((WORD, words),)] if words else []), *empty)
    return (CHOICE, alternatives, *by_word(map(_needs, alternatives)))


def by_word(needs: Iterable[tuple[frozenset[str], ...]]) -> tuple[dict[str, tuple[int, ...]], tuple[int, ...]]:
    """By word the numbers of those whose rarest need it fills; and those that need none, worth trying always."""
    table: dict[str, list[int]] = {}
    always: list[int] = []
    for number, sets in enumerate(needs):
        if not sets:
            always.append(number)
        for word in sets[0] if sets else ():
            table.setdefault(word, []).append(number)
    return {word: tuple(own) for word, own in table.items()}, tuple(always)


def _needs(nodes: Sequence) -> tuple[frozenset[str], ...]:
    """The sets of words of which every match must hold one, the rarest-looking first."""
    found = dict.fromkeys(words for node in nodes for words in _required(node))
    return tuple(sorted(found, key=lambda words: sum(_COMMON_WEIGHT if w in _COMMON else 1 for w in words)))


def _required(node: Node) -> tuple[frozenset[str], ...]:
    match node[0]:
        case 0:  # WORD
            return (node[1],)
        case 6:  # MARK
            return _needs(node[1])
        case 2:  # CHOICE
            parts = [_needs(choice)[:1] for choice in node[1]]
            return (frozenset().union(*(words for part in parts for words in part)),) if all(parts) else ()
    return ()


def _first(nodes: Sequence) -> frozenset[str] | None:
    """The words a match can start with; None where that is not a plain set."""
    gathered: frozenset[str] = frozenset()
    for node in nodes:
        match node[0]:
            case 0:  # WORD
                return gathered.union(node[1])
            case 3:  # MAYBE
                inner = _first(node[1])
                if inner is None:
                    return None
                gathered |= inner
            case 2:  # CHOICE
                parts = [_first(choice) if choice else None for choice in node[1]]
                return None if any(p is None for p in parts) else gathered.union(*(p for p in parts if p))
            case 6:  # MARK
                inner = _first(node[1])
                return None if inner is None else gathered | inner
            case 4 | 7 | 10:  # START, SIGN, NOT: no word
                continue
            case _:
                return None
    return None
