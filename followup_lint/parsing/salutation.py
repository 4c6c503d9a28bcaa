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
    r"namaste|namaskar|kia ora|"
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
        length = _names(line, found.end(), found.lastgroup or "")
    elif is_title(line.split(" ", 1)[0]) and line[0].isupper() and not line.startswith(("Sir ", "General ", "Chief ")):
        length = _names(line, 0, "title")
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


def _names(line: str, pos: int, group: str) -> int | None:
    """Where the greeting that has read *line* up to *pos* ends, or None if no greeting comes of it."""
    words = named = unknown = 0
    last = pos
    complete = group in ("whole", "clock", "call")
    while words < 16:
        if ending := _END.match(line, pos):
            if not (complete or named or unknown or words):
                return None
            comma = "," in ending[0]
            more = _MORE_NAMES.match(line, ending.end()) if comma else None
            if more and (more["and"] or _lists_title(more) or (not words and _is_called(more))):
                pos = last = ending.end() + len(line[ending.end() :]) - len(line[ending.end() :].lstrip())
                words += 1
                continue
            if (comma and is_suffix(tail := line[ending.end() :].strip().split(" ")[0].rstrip(",:"))) or (
                comma and tail and is_credential(tail) and (tail.isupper() or "." in tail)
            ):
                pos = last = line.index(tail, ending.end()) + len(tail)
                continue
            return ending.end()
        while pos < len(line) and line[pos] == " ":
            pos += 1
        if pos >= len(line):
            return last if (complete or named or unknown or words) and words <= 9 else None
        if (dash := _END.match(line, pos)) and line[pos] in "-–—":
            return dash.end() if complete or named or unknown else None
        piece = _PIECE.match(line, pos)
        if not piece:
            return last if named and line[pos] in "?" else None
        word = piece[0]
        low = word.lower().strip(".")
        after_title = last > 0 and is_title(line[:last].rsplit(" ", 1)[-1])
        ends_here = bool(_END.match(line, piece.end())) and group in ("name", "call")
        addressed = word[0].isupper() and low not in _THANKS and (after_title or ends_here)
        if low in _SENTENCE and not addressed and not (low in ("good", "great") and not named):
            if group == "title":
                return last if named and low in _DIRECT and not line[:last].endswith((" and", "&")) else None
            if group == "clock" or group == "whole":
                return last if named or (low in _DIRECT and complete) else None
            return last if named or unknown or (complete and low in _DIRECT) else None
        if word[0] in "[{<(\"" or not word[0].isalpha():
            named += word[0] in "[{<_"
            words += word[0] not in "(\"/&+"
        elif is_title(word) or low in _FILLERS or (is_particle(word) and words):
            words += 1
        elif word[0].isupper() or word[0].lower() == word[0].upper():
            if group == "title" and low in COMMON:
                return None
            named += 1
            words += 1
            if word.endswith(".") and len(low) > 2 and not is_suffix(low) and "." not in low:
                return piece.end()
        else:
            unknown += 1
            words += 1
            if group == "title" or unknown > (3 if len(line) < 60 else 2):
                return None
        pos = last = piece.end()
        if line[last - 1] == "." and not is_title(word) and not named and low not in _FILLERS and len(low) > 2:
            return last
    return None


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
