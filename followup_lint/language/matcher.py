"""Matching a pattern against a sentence: all alternatives advance together, so time is linear in the sentence.

Alternatives keep the order of preference in which the pattern names them (the shortest gap, the optional word taken
rather than left, the longest choice), so the first state that survives is the match a reader would expect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from .fold import View
from .pattern import Line, Node, Sequence

# Where the state stands, and which words it has marked (-1, -1: none).
State: TypeAlias = tuple[int, int, int]


class Hit(NamedTuple):
    """Words first … end - 1 of a view match; of these, marked_first … marked_end - 1 are to be marked."""

    first: int
    end: int
    marked_first: int
    marked_end: int


def find(line: Line, view: View) -> Iterator[Hit]:
    """Every match of *line* in the sentence, left to right, not overlapping."""
    if line.anchor is not None and line.anchor.isdisjoint(view.vocabulary):
        return
    words, free_from = view.words, 0
    for start in range(len(words) + 1):
        if start < free_from or (line.first is not None and (start >= len(words) or words[start] not in line.first)):
            continue
        hit = match_at(line, view, start)
        if hit is not None:
            yield hit
            free_from = hit.end


def match_at(line: Line, view: View, start: int) -> Hit | None:
    """The match of *line* that begins with word *start*."""
    states = _run(line.nodes, view, [(start, -1, -1)])
    if not states or states[0][0] <= start:
        return None
    end, marked_first, marked_end = states[0]
    return Hit(start, end, *((marked_first, marked_end) if marked_first >= 0 else (start, end)))


def _run(nodes: Sequence, view: View, states: list[State]) -> list[State]:
    for node in nodes:
        states = _STEPS[node[0]](node, view, states)
        if not states:
            break
    return states


def _word(node: Node, view: View, states: list[State]) -> list[State]:
    words, wanted, size = view.words, node[1], len(view.words)
    return [(at + 1, a, b) for at, a, b in states if at < size and words[at] in wanted]


def _gap(node: Node, view: View, states: list[State]) -> list[State]:
    steps, size = range(node[1] + 1), len(view.words)
    return list(dict.fromkeys((at + n, a, b) for at, a, b in states for n in steps if at + n <= size))


def _choice(node: Node, view: View, states: list[State]) -> list[State]:
    words, size, table, anyway = view.words, len(view.words), node[2], node[3]
    found: list[State] = []
    for state in states:
        for alternative in table.get(words[state[0]], anyway) if state[0] < size else anyway:
            found += _run(alternative, view, [state])
    return list(dict.fromkeys(found)) if len(found) > 1 else found


def _maybe(node: Node, view: View, states: list[State]) -> list[State]:
    found: list[State] = []
    for state in states:
        found += _run(node[1], view, [state])
        found.append(state)
    return list(dict.fromkeys(found)) if len(found) > 1 else found


def _start(node: Node, view: View, states: list[State]) -> list[State]:
    return [state for state in states if state[0] == 0]


def _end(node: Node, view: View, states: list[State]) -> list[State]:
    return [state for state in states if state[0] == len(view.words)]


def _mark(node: Node, view: View, states: list[State]) -> list[State]:
    return [(at, state[0], at) for state in states for at, _, _ in _run(node[1], view, [state])]


def _sign(node: Node, view: View, states: list[State]) -> list[State]:
    return [state for state in states if node[1] in view.gaps[state[0]]]


def _computed(node: Node, view: View, states: list[State]) -> list[State]:
    ends = view.computed.get(node[1])
    return [(end, a, b) for at, a, b in states for end in ends.get(at, ())] if ends else []


def _any(node: Node, view: View, states: list[State]) -> list[State]:
    return [(at + 1, a, b) for at, a, b in states if at < len(view.words)]


def _not(node: Node, view: View, states: list[State]) -> list[State]:
    return [state for state in states if not _run(node[1], view, [state])]


# By the number a node begins with: see pattern.py.
_STEPS: tuple[Callable[[Node, View, list[State]], list[State]], ...] = (
    _word, _gap, _choice, _maybe, _start, _end, _mark, _sign, _computed, _any, _not,
)
