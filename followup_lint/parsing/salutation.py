"""The greeting: on its own line, or the words at the start of a line that runs on into the first sentence."""

from __future__ import annotations

import re

from ..model import Span
from .lines import OWN, View, words
from .names import COMMON, is_credential, is_particle, is_suffix, is_title

_OPENER = re.compile(
    r"(?:(?P<whole>madame,? monsieur|"
    r"to whom(?:so)?(?:ever)? (?:it|this) may concern|ladies (?:and|&) gentlemen|gentlemen|"
    r"gentle ?persons|sirs?|"
    r"dear sirs?|(?:dear |respected )?(?:sir|madam|ma'am)(?: ?(?:/|or|and) ?(?:sir|madam|ma'am))?)"
    r"|(?P<clock>good (?:morning|afternoon|evening|day)|morning|afternoon|evening|greetings|salutations|"
    r"attention|attn|attn\.|"
    r"respected|esteemed|guten (?:tag|morgen)|buen[oa]s (?:días|tardes)|bom dia|boa tarde|buongiorno|buonasera|"
    r"goedemorgen|"
    r"magandang (?:araw|umaga|hapon)|selamat (?:pagi|siang|sore)|top of the morning)"
    r"|(?P<name>(?:my |hi |hello )?dear(?:est)?|sehr geehrte[rs]?|geachte|beste|liebe[rs]?|estimad[oa]s?|"
    r"querid[oa]s?|prezad[oa]s?|"
    r"car[oa]|gentile|egregi[oa]|chère?|kære|hej|käre?a?|szanown[ya]|drog[ai]|madame|"
    r"уважаем(?:ый|ая|ые)|дорог(?:ой|ая|ие))"
    r"|(?P<call>(?:hi+|hello+|helo|hullo|hallo|he+y+|hiya+|heya+|yo+|howdy|sup|wassup|what's up|g'day|aloha|"
    r"namaste|namaskar|kia ora|tēnā (?:koe|koutou|kōrua)|mōrena|grüezi|grüß gott|servus|hei|talofa|bula|"
    r"sawubona|dumela|"
    r"hola|bonjour|bonsoir|salut|ciao|olá|oi|salaam|salam|assalamu? ?alaikum|shalom|jambo|habari|mabuhay|ahoy|"
    r"ola|ello)"
    r"(?:,? (?:hi|hello|hey|again|there))?))(?![\w'])",
    re.IGNORECASE,
)
# Words that belong into a greeting although they are no names.
_FILLERS = words(
    """there all everyone everybody team teams both folks guys friends friend sir madam sirs ma'am ms/mr mr/ms or and
    the hiring recruiting recruitment recruiter recruiters selection search interview interviewing panel panelists
    committee board manager managers department members member of human resources hr staff colleagues colleague
    again to at whoever reads my lovely y'all yall people crew talent acquisition & / + et und y e og och concerned
    person sirs/madams office admissions desk in for dearest"""
)
# Words that open a sentence: at one of them a greeting without punctuation is over.
_SENTENCE = words(
    """thank thanks thx ty thankyou i i'm i've i'd i'll im ive it it's its this that we we're we've you you're your
    just hope hoping sorry great good nice really was is are am were any so as what when how per following writing
    quick wanted want please pls on from with if many much here here's wishing lovely congratulations apologies
    appreciate appreciated not me hello further regarding checking touching reaching"""
)
_DIRECT = words(
    """thank thanks thx i i'm i've i'd i'll im just hope hoping so any sorry it it's this quick here here's checking
    many"""
)
_THANKS = words("thank thanks thx many i i'm i've just")
_PIECE = re.compile(
    r"[:;]-?[)(DP]|\[[^\]\n]{0,50}\]|\{\{?[^}\n]{0,50}\}\}?|<[^>\n]{0,50}>|\([^)\n]{0,60}\)|\"[^\"\n]{1,30}\"|"
    r"[^\s,:;!?()\[\]{}<>–—\"/]+|/"
)
_END = re.compile(r" ?(?:[,:;!](?!-?[)(DP])[,:;!.]*|\.{1,3}(?= |$)|(?:--?|[–—])(?= |$)|[–—])")
_NAME = r"(?=[^\W\d_])[^a-zß-öø-ÿ\s][^\s,:;!?()<>\[\]{}\"–—/&]*"
_MORE_NAMES = re.compile(
    rf"\s*(?:(?P<and>and|&|und|et|y)\s+)?(?P<title>[^\W\d_]{{1,9}}\.?\s+)?{_NAME}(?:\s+(?:{_NAME}|"
    rf"[a-z]{{1,3}})){{0,4}}\s*(?:,|:| and\b| &|-|$)"
)
_GROUP = re.compile(
    r"(?:(?:the )?(?:[\w-]+ )?(?:team|all|everyone|everybody|folks|guys|friends)|"
    r"to (?:the|all|everyone)\b[\w' ]{0,50}(?:team|committee|panel|department|members|staff|all)\b.{0,30})[,:]$",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?P<names>{_NAME}(?: {_NAME}){{0,3}}(?:(?:,| and| &| /|"
    rf"/) ?(?:and )?{_NAME}(?: {_NAME}){{0,2}}){{0,3}})(?P<end> ?[,:;]| ?(?:-{{1,2}}|[–—]))?$"
)
_BARE_INLINE = re.compile(
    rf"(?P<names>{_NAME}(?: (?:and |& )?{_NAME})?)(?:[,:]| -{{1,2}}| ?[–—]) ?(?P<next>[\w']+)"
)


def salutation(view: View, index: int, *, strong: bool = False) -> Span | None:
    """The greeting at the start of the view's line *index*, with its comma or colon; None if the line does not greet.

    *strong* accepts only what cannot be a line of an address: a greeting word, or a title and a name with a comma or
    colon.
    """
    text = view.text
    start, line_end, _ = view.lines[index]
    end = min(line_end, start + 240)
    if re.search(r"(?: and| &|,|\bMs\.|\bMr\.|\bDr\.)$", text[start:end]) and index + 1 < len(view.lines):
        after = view.lines[index + 1]
        if not after.gap and after.end - after.start < 50 and text[after.end - 1] in ",:" and _opens(text[start:end]):
            line_end = end = after.end
    line = text[start:end].replace("\n", " ")
    found = _OPENER.match(line)
    length: int | None = None
    if found:
        length = _Addressee(line, found.end(), found.lastgroup or "").end()
    elif is_title(line.split(" ", 1)[0]) and line[0].isupper() and not line.startswith(("Sir ", "General ", "Chief ")):
        length = _Addressee(line, 0, "title").end()
        if length is not None and strong and line[length - 1] not in ",:":
            length = None
    elif not strong:
        length = _bare(line)
        if length == len(line) and view.kinds.find(OWN, index + 1) < 0:
            length = None  # a name with nothing below it signs
    if not length:
        return None
    if _goes_on(line[:length], line[length:].strip()):
        length = len(line)
    return Span(start, start + length)


def opener_end(greeting: str) -> int:
    """Where the greeting word at the start of *greeting* ends, with the blanks and commas after it; 0 without one."""
    found = _OPENER.match(greeting)
    if not found:
        return 0
    return len(greeting) - len(greeting[found.end() :].lstrip(" ,:!"))


def _goes_on(greeting: str, rest: str) -> bool:
    """Does all of the line greet: "Dear John Smith, Senior Manager,", "Good evening, Chef", "Attn: Ms. Raman"?"""
    pieces = rest.split()
    if not pieces or len(pieces) > 4 or _SENTENCE & set(re.findall(r"[\w']+", rest.lower())):
        return False
    if greeting[-1] == "," and rest[-1] in ",:!.":
        return True
    just_opened = opener_end(greeting) == len(greeting)
    return just_opened and all(piece[0].isupper() for piece in pieces) and (rest[-1] in "!,:" or rest[-1].isalpha())


def _opens(line: str) -> bool:
    return bool(_OPENER.match(line)) or is_title(line.split(" ", 1)[0])


class _Addressee:
    """Reads whom a greeting names, word by word, and finds where it ends.

    ``group`` says what opened it: a name must follow "dear" and a title, none need follow "hello" or "good morning".
    """

    def __init__(self, line: str, pos: int, group: str) -> None:
        self.line, self.pos, self.last, self.group = line, pos, pos, group
        self.complete = group in ("whole", "clock", "call")
        self.words = self.named = self.unknown = 0

    def end(self) -> int | None:
        """Where the greeting ends, or None if none comes of the line."""
        while self.words < 16:
            self.pos += len(self.line[self.pos :]) - len(self.line[self.pos :].lstrip(" "))
            if self.pos >= len(self.line):
                return self.last if self._any() and self.words <= 9 else None
            if ending := _END.match(self.line, self.pos):
                if not self._any():
                    return None
                if "," not in ending[0] or not self._skip_comma(ending.end()):
                    return ending.end()
                continue
            piece = _PIECE.match(self.line, self.pos)
            if not piece:
                return self.last if self.named else None
            low = piece[0].lower().strip(".")
            if low in _SENTENCE and not self._is_name(piece, low):
                return self._before_sentence(low)
            if not self._take(piece[0], low):
                return None
            self.pos = self.last = piece.end()
            if piece[0].endswith(".") and self._full_stop(piece[0], low):
                return self.last
        return None

    def _any(self) -> bool:
        return self.complete or bool(self.words)

    def _skip_comma(self, after: int) -> bool:
        """Does the greeting go on behind its comma, with another name or with "Jr." or "PhD"?"""
        more = _MORE_NAMES.match(self.line, after)
        if more and (more["and"] or _lists_title(more) or (not self.words and _is_called(more))):
            self.pos = self.last = after
            self.words += 1
            return True
        tail = self.line[after:].strip().split(" ")[0].rstrip(",:")
        if is_suffix(tail) or (is_credential(tail) and (tail.isupper() or "." in tail)):
            self.pos = self.last = self.line.index(tail, after) + len(tail)
            return True
        return False

    def _is_name(self, piece: re.Match[str], low: str) -> bool:
        """Is a word that could open a sentence somebody's name: "Ms. So", "Hi You,"?"""
        if low in ("good", "great") and not self.named:
            return True
        if low in _THANKS or not piece[0][0].isupper():
            return False
        after_title = self.last > 0 and is_title(self.line[: self.last].rsplit(" ", 1)[-1])
        ends_here = self.group in ("name", "call") and _END.match(self.line, piece.end())
        return after_title or bool(ends_here)

    def _before_sentence(self, low: str) -> int | None:
        """The end of a greeting without punctuation, at whose first sentence reading has come."""
        direct = low in _DIRECT
        match self.group:
            case "title":
                joined = self.line[: self.last].endswith((" and", "&"))  # "Dr. Lee and I"
                return self.last if self.named and direct and not joined else None
            case "clock" | "whole":
                return self.last if self.named or direct else None
            case _:
                return self.last if self.named or self.unknown or (self.complete and direct) else None

    def _take(self, word: str, low: str) -> bool:
        """Counts the word; False if a greeting holds no such word."""
        ornament = word[0] in "(\"/&+:;"
        self.words += not ornament
        if ornament or is_title(word) or low in _FILLERS or (is_particle(word) and self.words > 1):
            return True
        if not word[0].isalpha():
            self.named += word[0] in "[{<_"
        elif word[0].isupper() or word[0].lower() == word[0].upper():
            self.named += 1
            return self.group != "title" or low not in COMMON
        else:
            self.unknown += 1
            return self.group != "title" and self.unknown <= (3 if len(self.line) < 60 else 2)
        return True

    def _full_stop(self, word: str, low: str) -> bool:
        """Does the full stop after the word end the greeting ("Hi Sam."), rather than shorten the word ("Ms.")?"""
        return len(low) > 2 and "." not in low and not is_title(word) and not is_suffix(low)


def _is_called(more: re.Match[str]) -> bool:
    """Is it the name after "Hello," in "Hello, Priya, thank you"?"""
    written = more[0].strip()
    called = {word.lower() for word in re.findall(r"[\w']+", written)}
    return written[-1] in ",:" and not called & (COMMON | _SENTENCE)


def _lists_title(more: re.Match[str]) -> bool:
    return bool(more["title"]) and is_title(more["title"].strip())


def _bare(line: str) -> int | None:
    """A name or "Team," alone on its line, or a name that addresses the reader of the first sentence."""
    if _GROUP.match(line):
        return len(line)
    if found := _BARE.match(line):
        words = re.findall(r"[\w'.-]+", found["names"])
        names = [word for word in words if word != "and"]
        if not any(word.lower().rstrip(".") in COMMON for word in names) and (found["end"] or len(names) <= 2):
            return len(line)
    if re.fullmatch(r"[^\W\d_]{2,15} ?[,:-]", line) and line.rstrip(" ,:-").lower() not in COMMON:
        return len(line)
    if found := re.match(rf"{_NAME}(?: {_NAME})?(?= (?:many )?(?:thank|thanks|thx)\b)", line):
        return None if any(word.lower() in COMMON for word in found[0].split()) else found.end()
    found = _BARE_INLINE.match(line)
    if not found or any(word.lower() in COMMON for word in found["names"].split() if word != "and"):
        return None
    following = found["next"].lower()
    certain = following in ("thank", "thanks", "thx", "many")
    if certain or (following in _SENTENCE | {"a", "the"} - {"is", "was", "are"} and not found["names"].endswith("ly")):
        return found.start("next") - (line[found.start("next") - 1] == " ")
    return None
