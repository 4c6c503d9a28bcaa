"""The words we know ourselves: how common each is, what stands beside it, trade words, people's names.

Engines have dictionaries of their own.  This one judges what they call unknown, and ranks what to write instead.
Each list is read when it is first asked for (``rules/words/lexicon-*``: the most common words in 20 ms, the others in
5 each) and then kept.  Lists asked of seldom stay text and are searched, which is quicker than making sets of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path


class Lexicon:
    """Word lists; *read* gives the bytes of a file of that name.  Safe to share between threads."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = read
        self._followers = lru_cache(4096)(self._find_followers)
        self._beginning = lru_cache(26)(self._find_beginning)

    @cached_property
    def frequency(self) -> Mapping[str, int]:
        """Words in small letters -> ten times the decimal logarithm of a count on the web (41 to 104)."""
        found: dict[str, int] = {}
        for line in _lines(self._read("lexicon-frequency.txt.gz")):
            tens, *words = line.split(" ")
            found.update(dict.fromkeys(words, int(tens)))
        return found

    def beginning(self, letter: str) -> Mapping[int, tuple[str, ...]]:
        """The words counted at least 100,000 times that begin with *letter*, by how many letters they have."""
        return self._beginning(letter)

    def _find_beginning(self, letter: str) -> Mapping[int, tuple[str, ...]]:
        found: dict[int, list[str]] = {}
        for word in self._down_to(50):
            if word[0] == letter:
                found.setdefault(len(word), []).append(word)
        return {length: tuple(words) for length, words in found.items()}

    @cached_property
    def by_letters(self) -> Mapping[str, tuple[str, ...]]:
        """The words counted at least 30 million times, by their letters in alphabetical order."""
        found: dict[str, list[str]] = {}
        for word in self._down_to(75):
            if len(word) > 2:
                found.setdefault("".join(sorted(word)), []).append(word)
        return {letters: tuple(words) for letters, words in found.items()}

    def _down_to(self, tens: int) -> Iterator[str]:
        for word, count in self.frequency.items():
            if count < tens:
                return  # the list begins with the most common
            yield word

    @cached_property
    def contractions(self) -> Mapping[str, str]:
        """``dont`` -> ``don't``: contractions without their apostrophe, where that gives no word."""
        full = [word for word in self.frequency if "'" in word]
        return {
            word.replace("'", ""): word.capitalize() if word.startswith("i'") else word
            for word in full if word.replace("'", "") not in self.frequency
        }

    @cached_property
    def trade(self) -> frozenset[str]:
        """Words of the software and business trades that dictionaries lack."""
        return frozenset(_lines(self._read("lexicon-trade.txt.gz")))

    @cached_property
    def people(self) -> frozenset[str]:
        """Given and family names that are no common word, for who asks of many; ``is_person`` is quicker for a few."""
        return frozenset(self._people.split())

    @cached_property
    def capitals(self) -> frozenset[str]:
        """Words that begin with a capital wherever they stand, in small letters."""
        return frozenset(line.lower() for line in _lines(self._read("lexicon-capitals.txt")))

    def is_rare(self, word: str) -> bool:
        """Is *word* (small letters) an uncommon English word, in none of the other lists?"""
        return f"\n{word}\n" in self._rare

    def is_person(self, word: str) -> bool:
        """Is *word* (small letters, without accents) a given or family name that is no common word?"""
        return f"\n{word}\n" in self._people

    def pair(self, first: str, second: str) -> int:
        """Ten times the decimal logarithm of how often *second* follows *first*; 0 where that is rare."""
        return self._followers(first).get(second, 0)

    @cached_property
    def _pairs(self) -> str:
        return "\n" + "\n".join(_lines(self._read("lexicon-pairs.txt.gz"))) + "\n"

    @cached_property
    def _rare(self) -> str:
        return "\n" + "\n".join(_lines(self._read("lexicon-rare.txt.gz"))) + "\n"

    @cached_property
    def _people(self) -> str:
        return "\n" + "\n".join(_lines(self._read("lexicon-people.txt.gz"))) + "\n"

    def _find_followers(self, first: str) -> Mapping[str, int]:
        # Searching the text costs 0.1 ms a word; a dictionary of all pairs would cost 30 ms before the first.
        at = self._pairs.find(f"\n{first}|")
        if at < 0:
            return {}
        line = self._pairs[at + len(first) + 2 : self._pairs.index("\n", at + 1)]
        found: dict[str, int] = {}
        for group in line.split("|"):
            tens, *words = group.split(" ")
            found.update(dict.fromkeys(words, int(tens)))
        return found


def packaged(name: str) -> bytes:
    """The bytes of a word list that ships with the program (in a wheel, or in a checkout beside the package)."""
    package = Path(__file__).parent.parent
    for folder in (package / "rules" / "words", package.parent / "rules" / "words"):
        if (folder / name).is_file():
            return (folder / name).read_bytes()
    raise FileNotFoundError(f"{name}: no such word list under {package / 'rules' / 'words'}")


def _lines(data: bytes) -> list[str]:
    import gzip

    text = (gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data).decode("utf-8")
    return [line.rstrip("\r") for line in text.split("\n") if line and not line.startswith("#")]
