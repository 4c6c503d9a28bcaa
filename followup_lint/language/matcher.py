"""Matching a pattern against a sentence: all alternatives advance together, so time is linear in the sentence.

Alternatives keep the order of preference in which the pattern names them (the shortest gap, the optional word taken
rather than left, the longest choice), so the first state that survives is the match a reader would expect.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from .fold import View
from .pattern import ANY, CHOICE, COMPUTED, END, GAP, MARK, MAYBE, NOT, SIGN, START, WORD, Line, Node, Sequence

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
        states = _run(line.nodes, view, [(start, -1, -1)])
        if states:
            end, marked_first, marked_end = states[0]
            if end > start:
                yield Hit(start, end, *((marked_first, marked_end) if marked_first >= 0 else (start, end)))
                free_from = end


def matches_at(line: Line, view: View, start: int) -> bool:
    """Does *line* match beginning with word *start*?"""
    return bool(_run(line.nodes, view, [(start, -1, -1)]))


def _run(nodes: Sequence, view: View, states: list[State]) -> list[State]:
    for node in nodes:
        states = _step(node, view, states)
        if not states:
            break
    return states


def _step(node: Node, view: View, states: list[State]) -> list[State]:
    words, size = view.words, len(view.words)
    match node[0]:
        case 0:  # WORD
            wanted = node[1]
            return [(at + 1, a, b) for at, a, b in states if at < size and words[at] in wanted]
        case 1:  # GAP
            steps = range(node[1] + 1)
            return list(dict.fromkeys((at + n, a, b) for at, a, b in states for n in steps if at + n <= size))
        case 2:  # CHOICE
            return list(dict.fromkeys(s for state in states for c in node[1] for s in _run(c, view, [state])))
        case 3:  # MAYBE
            return list(dict.fromkeys(s for state in states for s in (*_run(node[1], view, [state]), state)))
        case 4:  # START
            return [state for state in states if state[0] == 0]
        case 5:  # END
            return [state for state in states if state[0] == size]
        case 6:  # MARK
            return [(at, state[0], at) for state in states for at, _, _ in _run(node[1], view, [state])]
        case 7:  # SIGN
            return [state for state in states if node[1] in view.gaps[state[0]]]
        case 8:  # COMPUTED
            ends = view.computed.get(node[1])
            return [(end, a, b) for at, a, b in states for end in ends.get(at, ())] if ends else []
        case 9:  # ANY
            return [(at + 1, a, b) for at, a, b in states if at < size]
        case 10:  # NOT
            return [state for state in states if not _run(node[1], view, [state])]
    raise AssertionError(node)


__all__ = ["ANY", "CHOICE", "COMPUTED", "END", "GAP", "MARK", "MAYBE", "NOT", "SIGN", "START", "WORD", "Hit", "find", "matches_at"]
