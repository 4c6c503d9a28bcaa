"""The end of a letter: sign-off, name, title and contact lines, on lines of their own or inside the last sentence.

A sign-off is known by its words, or, misspelt or odd, by where it stands: a short line above the name at the end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ..model import Span
from .contacts import contacts
from .lines import Line, words
from .names import is_placeholder, leading_name

_HEADS = words(
    """regards regard wishes sincerely respectfully cordially truly faithfully gratefully warmly kindly best thanks
    thank thanx thx ty tks cheers cheerio later laters xoxo xo love hugs kisses care gratitude appreciation respect
    respects greetings yours rgds ciao bye goodbye soon peace appreciatively thankfully blessings salutations
    saludos atentamente cordialement obrigado obrigada gracias merci danke grüße grüßen gruß groeten groet
    hälsningar mvh vty godspeed luck humbly enthusiastically eagerly fondly affectionately adieu ttyl ttys adios
    mahalo slán ever always forward day weekend week evening esteem admiration compliments anticipation
    optimistically hopefully earnestly expectantly excitedly graciously genuinely salute thankyou regs brgds xx xxx
    bless servant grüsse grüssen gruss saludo saluti cumprimentos abraço vriendelijke hälsning hilsen hilsner
    terveisin nāku nō mihi pozdrawiam üdvözlettel ystävällisin salam"""
)
_FILL = words(
    """with and & my our all the very many much most kind kindest warm warmest sincere sincerest best good you your for
    in advance again so a an lot lots of take talk speak see ya until then next time to be well deepest highest high
    great fond fondest personal professional from once more looking hearing have nice catch now bunch million ton
    tons everything help consideration support kindness patience attention understanding as x us me / + heartfelt
    genuine utmost continued hopeful respectful friendly cordial till wonderful lovely both till rest god
    obedient humble faithful freundliche freundlichen viele liebe herzliche mit bien bien un met med vänlig vänliga
    venlig vennlig noa nā nei rā iti ngā rawa cordiali cordial distinti atenciosamente bem"""
)
_STARTS = _HEADS - {"forward", "soon", "care", "day", "weekend", "week", "evening", "ever", "always"} | words(
    """with many all kind kindest warm warmest best very my take talk speak see until till have much lots looking in
    sincere good most catch high deepest highest be as heartfelt our your once again god freundliche viele liebe
    herzliche mit bien un met med vänlig vänliga venlig vennlig cordiali ngā"""
)
# With these a phrase is a farewell wherever it stands; with the others ("thanks", "love") only above a name.
_FIRM = words(
    """regards wishes sincerely respectfully cordially faithfully gratefully warmly rgds cheers yours xoxo cordialement
    atentamente saludos grüße grüßen grüsse grüssen nāku mihi saluti hälsning hilsen groet pozdrawiam"""
)
_DANGLING = words("to for from with of the my your and in so as a an our more")
# Words of ordinary sentences, which no farewell holds.
_TALK = words(
    """i we me know let is are was were will want wants can could please any what when who why how call reply send
    attached interview job position role phone email tel it this that here there enc enclosure"""
)
# A letter has a handful of lines that might be a sign-off; of junk no more than this many are looked at.
_MOST = 300
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[&+/]")
_HEAD_WORD = re.compile(rf"\b(?:{'|'.join(sorted(_HEADS, key=len, reverse=True))})\b", re.IGNORECASE)
_DELIMITER = re.compile(r"(?:-{2,3}|_{2,}|[*~=]{3,}|[–—]{1,2})$")
_POSTSCRIPT = re.compile(r"(?:p\.? ?){1,3}s\b ?[.:,;–—-]?|(?:post ?script|n\.?b\.?)\b ?[.:,-]", re.IGNORECASE)
_BULLET = re.compile(r"(?:[-*•·‣▪◦?+>] |\(?\d{1,2}[.)] |\(?[a-z]\) )")
_SENTENCE_END = re.compile(r"[.!?…][\"')]?$")
_NAME_LABEL = r"(?:name|full name|from|signed) ?: ?|/s/ ?"
_SIGNATURE_MARK = r"[\[(]?(?:hand-?written )?signature[\])]?$|/s/$"
_JOB_AD = (
    r"\b(?:job (?:description|id|code|title|number|posting|summary|type)|responsibilit(?:y|ies)|requirements?|"
    r"qualifications?|duties|"
    r"we are (?:seeking|looking for|hiring)|(?:is|are) (?:currently )?(?:seeking|recruiting|looking for)|salary|"
    r"to apply|experience (?:required|in|with)|"
    r"years(?:'|’)? (?:of )?experience|full[- ]time|part[- ]time|location|department|reports? to|about (?:us|"
    r"the (?:role|company|job))|"
    r"equal opportunity|skills|bachelor|degree|position|candidates?|applicants?|employment|benefits|closing date)\b"
)
_SMALL = words("of and the de la le du for at in to von van der y e & or on a an")


@dataclass(frozen=True, slots=True)
class Closing:
    """``start``: where the closing begins; ``line``: in which of the lines; sign-off and name, empty where missing."""

    start: int
    line: int
    signoff: Span
    name: Span


def is_postscript(line: str) -> bool:
    """Does the line begin with P.S.?"""
    return bool(_POSTSCRIPT.match(line))


def is_delimiter(line: str) -> bool:
    """Is the line the ``--`` above a signature?"""
    return bool(_DELIMITER.match(line))


def is_prose(line: str) -> bool:
    """Is the line part of a sentence rather than of a signature?"""
    words = line.split()
    lower = sum(word.islower() and word.isalpha() and word not in _SMALL for word in words)
    if lower < 3 and any(True for _ in contacts(line)):
        return False
    return lower >= 4 or len(line) > 110 or (len(words) >= 5 and lower >= 2 and bool(_SENTENCE_END.search(line)))


def is_job_advert(text: str) -> bool:
    """Is *text*, standing below a signature, a pasted advertisement?"""
    return len(text.split()) >= 25 and len({found.lower() for found in re.findall(_JOB_AD, text, re.IGNORECASE)}) >= 2


def find_closing(text: str, lines: Sequence[Line], addressed: str) -> Closing | None:
    """The closing in *lines* (the letter below its greeting) of the flattened *text*; *addressed* is the greeting."""
    reader = _Reader(text, lines, frozenset(re.findall(r"\w+", addressed.lower())))
    before_postscript = next(
        (at for at in range(max(0, len(lines) - 25), len(lines)) if is_postscript(reader.of(at))), len(lines)
    )
    found = reader.firm()
    for end in dict.fromkeys((before_postscript, len(lines))):
        found = found or reader.tail(end) or reader.inline(end)
    return found


class _Reader:
    """Looks for a closing in the lines of one letter."""

    def __init__(self, text: str, lines: Sequence[Line], addressed: frozenset[str]) -> None:
        self.text, self.lines, self.addressed = text, lines, addressed

    def of(self, at: int) -> str:
        start, end, _ = self.lines[at]
        return self.text[start : min(end, start + 400)]

    def firm(self) -> Closing | None:
        """The first sign-off by its words on a line of its own with a name below it, whatever may follow."""
        for at in self._hopeful():
            start, end, gap = self.lines[at]
            line = self.text[start:end]
            # "Le gach dea-ghuí / Kind regards,", "Best wishes and many thanks from Port Allen,"
            in_part = gap and line.endswith(",") and len(line.split()) <= (12 if _phrase(line) else 7)
            only_text = at == 0 and _SENTENCE_END.search(line)
            if is_postscript(line) or only_text or not (in_part or _whole(line)):
                continue
            below = self._below(at)
            if below is not None and (name := self._name(below, lower=True)):
                return Closing(start, at, Span(start, end), name)
        return None

    def _hopeful(self) -> Iterator[int]:
        """The first short lines that hold a word of a sign-off and have a line below them."""
        last = -1
        count = 0
        for found in _HEAD_WORD.finditer(self.text, self.lines[0].start, self.lines[-1].start) if self.lines else ():
            at = bisect_right(self.lines, found.start(), key=lambda line: line.start) - 1
            start, end, _ = self.lines[at]
            if at != last and end - start <= 90 and found.end() <= end:
                yield at
                count += 1
            last = at
            if count > _MOST:
                return

    def _below(self, at: int) -> int | None:
        """The first line below the sign-off that is neither a ``--`` nor a second sign-off, or None."""
        for below in range(at + 1, min(at + 4, len(self.lines))):
            line = self.of(below)
            if is_delimiter(line) or re.match(_SIGNATURE_MARK, line, re.IGNORECASE):
                continue
            if not _whole(line):
                return below
            if self.lines[below].gap and not self.of(at).endswith(","):
                return None
        return None

    def tail(self, end: int) -> Closing | None:
        """The closing among the last lines, where nothing but a signature follows it."""
        first = end
        while first and end - first < 18 and self._signature(first - 1):
            first -= 1
        run = range(first, end)
        for at in run:
            line = self.of(at)
            if _whole(line) and self._is_farewell(at, end) and not (at == 0 and end > 1 and _SENTENCE_END.search(line)):
                return self._closing(at, Span(self.lines[at].start, self.lines[at].end), at + 1, end)
            if (length := _phrase(line)) and (rest := line[length:].lstrip(" ,.!:–—-")):
                at_rest = len(line) - len(rest)
                called = leading_name(rest, lower=at_rest - length > 1)
                # "Thank you, Maria." thanks the reader.
                thanks = line.lower().startswith("thank") and line[-1] in ".!"
                if called and not thanks and not self._is_reader(rest[slice(*called)]) and not is_prose(line):
                    start = self.lines[at].start
                    written = Span(start + at_rest + called[0], start + at_rest + called[1])
                    return Closing(start, at, Span(start, start + len(line[:at_rest].rstrip())), written)
        for at in run:
            if at + 1 < end and self._odd_signoff(at) and (name := self._name(at + 1, lower=True)):
                return Closing(self.lines[at].start, at, Span(self.lines[at].start, self.lines[at].end), name)
        return self._signature_alone(first, end)

    def _is_farewell(self, at: int, end: int) -> bool:
        """Thanks on a line of their own are a sentence of the letter unless they are short and stand at its end."""
        line = self.of(at)
        words = len(line.split())
        if line.lower().startswith(("thank", "many thanks", "looking")) and words > (8 if line.endswith(",") else 6):
            return False
        return any(word in _FIRM for word in _words(line)) or at > 0 or end > 1

    def _odd_signoff(self, at: int) -> bool:
        """A short line above the name that is a sign-off by its place, or nearly one by its words."""
        line, gap = self.of(at), self.lines[at].gap
        words = re.findall(r"[^\W\d_]+", line)
        if not words or len(line.split()) > 5 or re.search(r"\d|@|\||//", line) or _BULLET.match(line):
            return False
        if line.endswith(",") and (gap or at == 0 or _SENTENCE_END.search(self.of(at - 1))):
            return True
        if gap and at and not self.lines[at + 1].gap and line[-1] not in "?:;" and self._is_farewell_like(line):
            return True
        known = _FIRM | {"thanks", "thank"}
        near = any(len(word) > 4 and get_close_matches(word.lower(), known, 1, 0.78) for word in words)
        return near and len(words) <= 3 and not _SENTENCE_END.search(line) and line[0].isalpha()

    def _is_farewell_like(self, line: str) -> bool:
        """Could a line right above the name be a farewell of unknown words: "Peace out ✌", "Le gach dea-ghuí"?"""
        low = [word.lower() for word in re.findall(r"[^\W\d_]+", line)]
        if line.endswith("."):
            return False
        looks_like_name = line[-1].isalpha() and leading_name(line)
        return low[0] in _STARTS - {"thank", "thanks"} or not (looks_like_name or _TALK & set(low))

    def _signature_alone(self, first: int, end: int) -> Closing | None:
        """No sign-off: the name that ends the letter with what follows it, or contact lines without even a name."""
        if first >= end:
            return None
        block = end - 1
        while block > first and not self.lines[block].gap and not is_delimiter(self.of(block - 1)):
            block -= 1
        starts = [block]
        if block > first and all(self._has_contact(at) for at in range(block, end)):
            upper = block - 1
            while upper > first and not self.lines[upper].gap and not is_delimiter(self.of(upper - 1)):
                upper -= 1
            starts.append(upper)
        for begin in reversed(starts):
            for at in range(begin, min(begin + 3, end)):
                standing = self.lines[at].gap or at == begin or _SENTENCE_END.search(self.of(at - 1))
                ornament = self.of(at)[0] in "-–—~"
                alone = at == end - 1 and self.lines[at].gap and " " not in self.of(at) and end > 1
                name = self._name(at, lower=ornament or alone) if standing else None
                if name and not (_BULLET.match(self.of(at)) and at and _BULLET.match(self.of(at - 1))):
                    return self._with_signoff_above(at, name)
                if standing and at == begin and is_placeholder(self.of(at)) and len(self.of(at)) < 40 and begin > 0:
                    return self._with_signoff_above(at, None)
        short = all(not _BULLET.match(self.of(at)) for at in range(block, end)) and end - block <= 6
        if block > 0 and short and any(self._has_contact(at) for at in range(block, end)):
            return self._with_signoff_above(block, None)
        return None

    def _with_signoff_above(self, at: int, name: Span | None) -> Closing:
        """The closing from line *at*, or from a farewell that ends the line above it ("… soon. Best regards,")."""
        begin = at
        if at and is_delimiter(self.of(at - 1)):
            begin = at - 1
        start = self.lines[begin].start
        empty = Span(start, start)
        if begin and (above := self._ending_phrase(begin - 1)):
            return Closing(above.start, begin - 1, above, name or Span(above.end, above.end))
        return Closing(start, begin, empty, name or empty)

    def _ending_phrase(self, at: int) -> Span | None:
        """A farewell that is the last sentence of the line."""
        start, end, _ = self.lines[at]
        piece = self.text[max(start, end - 80) : end]
        cut = max(piece.rfind(mark, 0, len(piece) - 1) for mark in (". ", "! ", "? ", "; "))
        last = piece[cut + 2 :].lstrip() if cut >= 0 else ""
        if last and _whole(last) and len(last.split()) <= 5:
            return Span(end - len(last), end)
        return None

    def inline(self, end: int) -> Closing | None:
        """A closing inside the last line: "…, with best wishes, NAME." or a bare name after the last sentence."""
        if not end:
            return None
        begin, stop, _ = self.lines[end - 1]
        offset = max(begin, stop - 300)
        piece = self.text[offset:stop]
        for head in list(_HEAD_WORD.finditer(piece))[-12:]:
            start = self._phrase_start(piece, head.start())
            length = _phrase(piece[start:]) if start is not None else 0
            if start is None or not length:
                continue
            phrase, rest = piece[start : start + length], piece[start + length :]
            mark = re.match(r" ?[,.!:–—-]*", rest)
            tail = rest[mark.end() if mark else 0 :].lstrip()
            place = len(piece) - len(tail)
            signoff = Span(offset + start, offset + len(piece[:place].rstrip()))
            if not tail:
                after_end = start == 0 or piece[:start].rstrip()[-1:] in ".!?,"
                if after_end and any(word in _FIRM for word in _words(phrase)):
                    return Closing(signoff.start, end - 1, signoff, Span(signoff.end, signoff.end))
                continue
            name = leading_name(tail)
            if not name or is_prose(tail) or _words(phrase)[-1] in _DANGLING:
                continue
            after = tail[name[1] :].strip(" .,!xX")
            thanks = _words(phrase)[0].startswith("thank") and tail[name[1] : name[1] + 1] in (".", "!", ",")
            if self._is_reader(tail[slice(*name)]) or thanks or (after and not _only_details(after)):
                continue
            return Closing(signoff.start, end - 1, signoff, Span(offset + place + name[0], offset + place + name[1]))
        if final := re.search(r"[.!?)] +([^\W\d_][\w' .-]{1,40})$", piece):
            name = leading_name(final[1])
            whole = name and not final[1][name[1] :].strip(" .")
            if name and whole and not self._is_reader(final[1]) and len(final[1].split()) <= 4:
                start = offset + final.start(1)
                return Closing(start, end - 1, Span(start, start), Span(start + name[0], start + name[1]))
        return None

    def _phrase_start(self, piece: str, at: int) -> int | None:
        """Where the farewell around the head word at *at* begins: after punctuation, or after "and"."""
        start = at
        while True:
            before = re.search(r"([^\W_]+|&) $", piece[max(0, start - 24) : start])
            if not before or before[1].lower() not in _FILL | _HEADS:
                break
            start -= len(before[0])
        while (first := _WORD.match(piece, start)) and first[0].lower() not in _STARTS and start < at:
            start = first.end() + 1
        lead = piece[:start].rstrip()
        joined = lead.lower().endswith((" and", "&", " with"))
        if lead and lead[-1] not in ".!?,;:–—-)" and not joined:
            return None
        return start

    def _closing(self, at: int, signoff: Span, below: int, end: int) -> Closing:
        name = None
        for line in range(below, min(below + 3, end)):
            if not is_delimiter(self.of(line)):
                name = self._name(line, lower=True)
                break
        return Closing(signoff.start, at, signoff, name or Span(signoff.end, signoff.end))

    def _signature(self, at: int) -> bool:
        line = self.of(at)
        return not is_prose(line) and not is_postscript(line) and self.lines[at].end - self.lines[at].start < 130

    def _has_contact(self, at: int) -> bool:
        line = self.of(at)
        return line.strip(" :.*").lower() in _DETAIL or any(True for _ in contacts(line))

    def _name(self, at: int, *, lower: bool = False) -> Span | None:
        line = self.of(at)
        label = re.match(_NAME_LABEL, line, re.IGNORECASE)
        skipped = label.end() if label else 0
        found = leading_name(line[skipped:], lower=lower)
        if not found or is_prose(line) or is_postscript(line):
            return None
        found = (found[0] + skipped, found[1] + skipped)
        after = line[found[1] :].strip("*_")
        if after.strip() and not re.match(r"\s*[,|•·(/–—\[:<-]|\s{2,}|\s+(?:x+|[A-Z(+\d])|\.$", after):
            return None
        start = self.lines[at].start
        return Span(start + found[0], start + found[1])

    def _is_reader(self, name: str) -> bool:
        """Is the name the one that the greeting names?"""
        return all(word in self.addressed for word in re.findall(r"\w+", name.lower()) if len(word) > 1)


_DETAIL = words(
    """phone tel telephone cell mobile email e-mail mail fax home office work web website linkedin address mob"""
)


def _only_details(text: str) -> bool:
    """Is *text* after an inline name nothing but a title and contacts?"""
    return len(text) < 120 and not is_prose(text) and not re.search(r"[.!?] [A-Z]", text)


def _words(line: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(line)]


def _phrase(line: str) -> int:
    """The length of the farewell at the start of *line*, or 0."""
    pos = length = 0
    words: list[str] = []
    while len(words) < 10 and (found := re.compile(r"[ ,.!:–—-]{0,3}").match(line, pos)):
        word = _WORD.match(line, found.end())
        if not word or word[0].lower() not in _HEADS | _FILL:
            break
        if words and "." in found[0] and words[-1] not in _HEADS:
            break
        # Capitals after a comma begin the name: "Thanks, Best" is rarer than "Best, Love".
        words.append(word[0].lower())
        pos = word.end()
        length = pos
    if not words or words[0] not in _STARTS or not any(word in _HEADS for word in words):
        return 0
    if words[0] == "best" and len(words) > 1 and words[1] == "of" and "luck" not in words:
        return 0
    return length


def _whole(line: str) -> bool:
    """Is the whole line a farewell?"""
    if len(line) > 70 or len(line.split()) > 8:
        return False
    length = _phrase(line)
    rest = line[length:].strip(" ,.!:;–—-…)(~*_")
    return bool(length) and not any(char.isalnum() for char in rest) and _words(line)[-1] not in _DANGLING - {"more"}


