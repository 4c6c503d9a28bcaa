"""Matching a pattern against a sentence: all alternatives advance together, so time is linear in the sentence.

Most lines match nowhere in most sentences. Whether one matches at all is asked first, with every place of the sentence
as one bit of a number, so that all of them advance at the price of one. Only what matches is run again for where.

Alternatives keep the order of preference in which the pattern names them (the shortest gap, the optional word taken
rather than left, the longest choice), so the first state that survives is the match a reader would expect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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
    if any(map(view.vocabulary.isdisjoint, line.needs)):
        return
    everywhere = (1 << len(view.words) + 1) - 1
    starts = everywhere if line.first is None else view.places_of(line.first)
    if not _reach(line.nodes, view, starts):
        return
    free_from = 0
    for at in _bits(starts):
        hit = _match_at(line, view, at) if at >= free_from else None
        if hit is not None:
            yield hit
            free_from = hit.end


def worth_trying(by_word: Mapping[str, tuple[int, ...]], always: tuple[int, ...], view: View) -> tuple[int, ...]:
    """Of lines or alternatives indexed by ``pattern.by_word`` those that the sentence may match, in order."""
    met = by_word.keys() & view.vocabulary
    if not met:
        return always
    if len(met) == 1 and not always:  # as most often
        return by_word[met.pop()]
    return tuple(sorted({*always, *(number for word in met for number in by_word[word])}))


def _match_at(line: Line, view: View, start: int) -> Hit | None:
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
    ways = _ways(node, view)
    found = [ended for state in states for way in ways for ended in _run(way, view, [state])]
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


def _reach(nodes: Sequence, view: View, places: int) -> int:
    """Where, as bits, the nodes can end that begin at any of *places*."""
    for node in nodes:
        if not places:
            break
        match node[0]:
            case 0:  # WORD
                places = (places & view.places_of(node[1])) << 1
            case 1:  # GAP
                for _ in range(node[1]):
                    places |= places << 1
                places &= (1 << len(view.words) + 1) - 1
            case 2:  # CHOICE
                ends = 0
                for way in _ways(node, view):
                    ends |= _reach(way, view, places)
                places = ends
            case 3:  # MAYBE
                places |= _reach(node[1], view, places)
            case 4:  # START
                places &= 1
            case 5:  # END
                places &= 1 << len(view.words)
            case 6:  # MARK
                places = _reach(node[1], view, places)
            case 7:  # SIGN
                places &= sum(1 << at for at in _bits(places) if node[1] in view.gaps[at])
            case 8:  # COMPUTED
                members = view.computed.get(node[1], {})
                places = sum({1 << end for at, own in members.items() if places >> at & 1 for end in own})
            case 9:  # ANY
                places = (places << 1) & ((1 << len(view.words) + 1) - 1)
            case 10:  # NOT
                places &= sum(1 << at for at in _bits(places) if not _reach(node[1], view, 1 << at))
    return places


def _ways(node: Node, view: View) -> tuple[Sequence, ...]:
    """The alternatives of a choice of which the sentence has the rarest word, in the order of preference."""
    known = view.ways.get(id(node))
    if known is None:
        alternatives, by_word, always = node[1:]
        ways = tuple([alternatives[number] for number in worth_trying(by_word, always, view)])
        known = view.ways[id(node)] = (node, ways)
    return known[1]


def _bits(places: int) -> Iterator[int]:
    while places:
        lowest = places & -places
        yield lowest.bit_length() - 1
        places ^= lowest
