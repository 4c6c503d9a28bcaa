"""Which lines are quoted mail: ``>`` blocks, unmarked threads under an attribution or a header block, forwarded heads.

A fresh letter must not lose a line to this ("as you wrote:", "From: Chicago"), so an attribution needs a day in
figures or an address, and a header block at least three different labels with text before it.
"""

from __future__ import annotations

import re

from .lines import OWN, QUOTED, View

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|januar|febr|märz|mai|juni?|juli|okt|dez|janv|févr|mars|"
    r"avr|juin|juil|"
    r"août|déc|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|fev|out|maj|sty|lut|kwi|cze|lip|sie|wrz|paź|lis|gru)"
)
DAY_IN_FIGURES = re.compile(
    rf"\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}|\b\d{{1,2}}(?:st|nd|rd|th|\.)?,? (?:de |of )?{_MONTH}|"
    rf"\b{_MONTH}[a-z]*\.? \d{{1,2}}"
    r"|\b\d{1,2}[:.h]\d\d\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*")
_VERB = (
    r"(?:wrote|writes|said|a écrit|schrieb|escribió|ha scritto|schreef|skrev|escreveu|napisał\(?a?\)?|pisze|"
    r"kirjoitti|írta|"
    r"typed|replied)"
)
_ATTRIBUTED = re.compile(rf"\b{_VERB}\b(?! (?:it|them|this|that|about|up|down|in|back|"
    rf"for)\b).{{0,110}}:[*_ ]*$", re.IGNORECASE)
_OPENS = re.compile(
    r"[-*_> ]{0,8}(?:on|at|in a message dated|le|am|el|il|op|den|em|på|w dniu|dnia|\d)\b", re.IGNORECASE
)
_NAME_FIRST = (
    r"[-*_> ]{0,8}(?!(?:As|What|When|Where|Which|Who|How|If|The|This|That|In|At|On|You|We|I|He|She|They|It|Like)\b)"
    r"['\"]?[^\W\d_][\w.'(),/ @-]{0,80}['\"]?(?: ?[<(\[][^\s<>]{3,80}[>)\]])?,? "
    rf"{_VERB}(?: (?:on|at|am|le|el|op|den|the following|in message).{{0,90}})?: ?[*_-]*$"
)
_BY_PRONOUN = rf"\b(?:you|i|we|he|she|they|who|that|it|which|someone) {_VERB}\b"
_WITHOUT_VERB = r"\d{4}-\d\d-\d\d \d\d?:\d\d.{1,80}<[^\s<>]+@[^\s<>]+> ?:$|quoting .{1,80}[\w>)]:$"
# GroupWise: ">>> "Sam Poe" <sam@x.example> 03/01/01 10:10AM >>>"
_GROUPWISE = r">>> .{0,120}\d.{0,40} >>>$"

_DIVIDER = (
    r"[-_=*~ ]{0,60}(?:original (?:message|appointment|mail|e-mail)|forwarded (?:message|by .{1,100})|reply message|"
    r"begin forwarded message|anfang der weitergeleiteten nachricht|début du message (?:transféré|réexpédié)|"
    r"ursprüngliche nachricht|weitergeleitete nachricht|message d'origine|message transféré|"
    r"mensaje original|mensaje reenviado|messaggio originale|messaggio inoltrato|oorspronkelijk bericht|"
    r"doorgestuurd bericht|"
    r"mensagem original|mensagem encaminhada|originalmeddelande|original besked|wiadomość oryginalna|"
    r"quoted (?:text|message))"
    r" ?:?[-_=*~ ]{0,60}(?:\d.{0,40})?$"
)
_LABELS = {
    "from": ("from", "von", "de", "da", "van", "från", "fra", "od", "expéditeur"),
    "date": ("sent", "date", "sent by", "gesendet", "datum", "envoyé", "enviado", "enviado el", "inviato", "data",
             "fecha", "verzonden", "skickat", "sendt", "wysłano", "sent on"),
    "to": ("to", "an", "à", "para", "a", "aan", "till", "til", "do"),
    "cc": ("cc", "cc/cci", "kopie", "copie à", "bcc", "importance", "reply-to", "attachments", "importancia",
           "wichtigkeit"),
    "subject": ("subject", "betreff", "objet", "asunto", "oggetto", "onderwerp", "ämne", "emne", "temat", "assunto"),
}  # fmt: skip
_CANONICAL = {label: name for name, labels in _LABELS.items() for label in labels}
_LABEL = re.compile(r"[*_|]{0,2}([^\W\d_][\w/ -]{0,18}?)[*_]{0,2} ?:[*_]{0,2}(?= |$|\S)")
_RULE = re.compile(r"[-_=*]{5,}")
# Of junk no more attributions than this many are looked at: each is put together from up to four lines.
_MOST = 2000


def label(line: str) -> str:
    """Which field of a mail's head *line* is (from, date, to, cc, subject), or the empty string."""
    found = _LABEL.match(line)
    return _CANONICAL.get(found[1].strip().lower(), "") if found else ""


def mark_quoted(view: View) -> None:
    """Sets the kind of every quoted line of *view* to QUOTED."""
    lines, kinds, text = view.lines, view.kinds, view.text
    for index, line in enumerate(lines):
        if text[line.start] == ">":
            kinds[index] = QUOTED
    _mark_fragments(view)
    labelled: list[int] = []
    tried = 0
    for index, line in enumerate(lines):
        if kinds[index] != OWN:
            if text.startswith(">>> ", line.start) and re.match(_GROUPWISE, view.of(index)):
                _mark_rest(view, index)
                break
            continue
        first = None
        if text[line.end - 1] in ":*_-" and tried < _MOST:
            first = _attribution(view, index)
            tried += 1
        if first is not None:
            quoted_below = index + 1 < len(lines) and kinds[index + 1] == QUOTED
            own_words = view.text[lines[first].start : line.end]
            if quoted_below:
                kinds[first : index + 1] = bytes((QUOTED,)) * (index + 1 - first)
                continue
            if index + 1 < len(lines) and not re.search(_BY_PRONOUN, own_words, re.IGNORECASE):
                _mark_rest(view, first)
                break
        opening = text[line.start] in "-_=*~AaBbDdFfMmOoQqRrUuWw" and line.end - line.start > 9
        if opening and (words := view.of(index, 240)).strip("-_=*~ ") and re.match(_DIVIDER, words, re.IGNORECASE):
            quoted_below = index + 1 < len(lines) and kinds[index + 1] == QUOTED
            if not quoted_below:
                _mark_rest(view, index)
                break
            kinds[index] = QUOTED
            continue
        if ":" in text[line.start : line.start + 24] and label(view.of(index, 60)):
            labelled.append(index)
    first_labelled = _header_block(view, labelled)
    if first_labelled is not None:
        _mark_rest(view, first_labelled)


def _mark_rest(view: View, index: int) -> None:
    """Everything from line *index* on is quoted, and a rule drawn above it."""
    while index and view.kinds[index - 1] == OWN and _RULE.fullmatch(view.of(index - 1, 200)):
        index -= 1
    view.kinds[index:] = bytes((QUOTED,)) * (len(view.lines) - index)


def _mark_fragments(view: View) -> None:
    """A second mail program re-wraps quoted lines and leaves their last words on a line without a mark."""
    lines, kinds = view.lines, view.kinds
    for index in range(1, len(lines) - 1):
        if kinds[index] == OWN and kinds[index - 1] == kinds[index + 1] == QUOTED:
            before, line, after = lines[index - 1 : index + 2]
            short = line.end - line.start < 30 and before.end - before.start > 55
            joined = not line.gap and not after.gap and view.text[before.end - 1] not in ".?!:"
            if short and joined and view.text[line.start].islower():
                kinds[index] = QUOTED


def _attribution(view: View, last: int) -> int | None:
    """The first line of the attribution that ends with line *last*, which may be wrapped, or None."""
    words = ""
    for first in range(last, max(-1, last - 4), -1):
        if view.kinds[first] != OWN:
            return None
        words = f"{view.of(first, 300)} {words}".strip()
        if len(words) > 320:
            return None
        if re.match(_WITHOUT_VERB, words, re.IGNORECASE):
            return first
        if _ATTRIBUTED.search(words):
            if _OPENS.match(words) and (DAY_IN_FIGURES.search(words) or ADDRESS.search(words)):
                return first
            alone = view.lines[first].gap or (first and view.kinds[first - 1] != OWN)
            if alone and re.match(_NAME_FIRST, words, re.IGNORECASE) and _names_someone(words):
                return first
        if view.lines[first].gap:
            return None
    return None


def _names_someone(words: str) -> bool:
    """Does a bare "X wrote:" name its X well enough: by an address, a date, or two words with capitals?"""
    if ADDRESS.search(words) or DAY_IN_FIGURES.search(words):
        return True
    name = re.split(rf",? {_VERB}\b", words, maxsplit=1, flags=re.IGNORECASE)[0].strip("-*_> '\"")
    parts = name.split()
    return 2 <= len(parts) <= 4 and all(part[:1].isupper() or not part[:1].isalpha() for part in parts)


def _header_block(view: View, labelled: list[int]) -> int | None:
    """The first line of a mail's head pasted below the letter's text, or None."""
    run: list[int] = []
    for index in [*labelled, len(view.lines) + 9]:
        apart = range(run[-1] + 1, min(index, len(view.lines) - 1) + 1) if run else ()
        over = index > len(view.lines) or len(apart) > 3 or (len(apart) > 1 and any(view.lines[i].gap for i in apart))
        if run and over:
            if (first := _block_start(view, run)) is not None:
                return first
            run = []
        run.append(index)
    return None


def _block_start(view: View, run: list[int]) -> int | None:
    names = [label(view.of(index, 60)) for index in run]
    if "from" in names:
        del run[: names.index("from")], names[: names.index("from")]
    first = run[0]
    if "from" not in names or names.index("from"):
        # Lotus Notes writes the sender's name and the time above, on lines without a label.
        above = first
        while above and first - above < 3 and (above == first or not view.lines[above].gap):
            if len(view.of(above - 1)) >= 70:
                break
            above -= 1
        dated = any(DAY_IN_FIGURES.search(view.of(index)) for index in range(above, first))
        if len(set(names)) < 3 and not (dated and {"to", "subject"} <= set(names)):
            return None
        first = above if dated else first
    elif len(set(names)) < 3:
        return None
    has_text_above = any(view.kinds[i] == OWN and not label(view.of(i, 60)) for i in range(first))
    return first if has_text_above else None
