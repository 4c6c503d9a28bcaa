"""The shape of a person's name: titles, particles, credentials, initials; no list of names, so any origin is alike."""

from __future__ import annotations

import re

TITLES = words(
    """mr mrs ms miss mx dr prof professor doctor mister missus sir madam ma'am maam madame mme mlle monsieur m herr
    frau señor señora señorita senor senora sr sra srta don doña ing lic eng engr arch atty rev reverend hon
    honorable fr father sister brother pastor rabbi imam captain capt lt lieutenant sgt sergeant maj major col
    colonel gen general cmdr commander chef coach officer chief inspector superintendent senator gov governor
    ambassador dipl dott dra drs mag univ habil dame lord lady messrs mmes mssrs signor signora sig pan pani"""
)
"""Words before a name, lower case and without their full stop."""

# These are given names or surnames as often as titles: a title only before a surname that follows with a given name.
_PARTICLES = words(
    """de da do dos das del della degli di du des la le las los el al van von der den ter ten te zu zum zur af av y e i
    bin ibn binti bint ben abu st. san nic mac ní ó ua an ap ab dal vander op"""
)
_SUFFIXES = words(
    """jr sr ii iii iv v jnr snr"""
)
_CREDENTIAL = re.compile(
    r"\(?(?:ph\.?d|m\.?d|d\.?d\.?s|j\.?d|esq|mba|mpa|mph|msc|m\.sc|bsc|b\.sc|ba|b\.a|ma|m\.a|bs|b\.s|ms|m\.s|"
    r"pmp|cpa|ca|cfa|rn|"
    r"rdh|cpc|pe|p\.e|p\.eng|phr|shrm-?c?p?|cissp|llb|llm|mbbs|frcs|fcipd|facp|acca|cima|rgn|lpn|lcsw|msw|np|"
    r"pa-c|aia|"
    r"ccc-slp|s-lp\(c\)|dvm|edd|ed\.d|dphil|m\.?eng|b\.?eng|m\.?phil|dipl|hons|ret)\.?(?:\([^)]{1,12}\))?\)?",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"\(?[A-Z][A-Z.&-]{1,8}\)?(?:\([A-Za-z]{1,8}\))?")

# Words that stand capitalised at the start of lines and sentences and are no names.
COMMON = words(
    """a about above after again all also although always am an and another any anyone anything anyway apologies
    application applying are as at attached attachment attachments available back be because been before best big
    but by bye call can candidate cell cheers company confidential contact cordially could date day days dear did
    direct do does done during each email e-mail employer enc encl enclosed enclosure enclosures ever every everyone
    everything excited fax few first follow following for forward forwarding friend from fwd further get getting
    glad good great greetings had happy has have having he hello help her here hers hey hi him his home honestly
    hoping how however i i'd i'll i'm i've if immediately important in information interested interview interviewing
    introduction is it its it's job just keep kind kindest kindly last lastly later least let like linkedin looking
    lots love made make many maybe me mine mobile month months more morning most much must my name new next nice no
    none nor not note nothing now of off office ok okay on once one only opportunity or other our ours out over
    phone please pls position possible portfolio postscript previous ps question quick quickly re reference
    references regarding regardless regards reminder respectfully respect resume résumé role same see sent she
    should since sincerely skype so some soon sorry speaking still subject such take talk team tel telephone than
    thank thanks thankfully that the their them then there these they thing things this those thought though through
    thx time to today tomorrow too truly two under understand unfortunately until up update urgent us very via warm
    warmest warmly was way we web website week weeks well were what whatever when where whether which while who whom
    whose why wishes wish with within without wonderful work working would wow year yes yesterday yet you your yours
    your's yup nope haha lol asap fyi btw position: signature signed monday tuesday wednesday thursday friday
    saturday sunday january february september october november december faithfully gratefully appreciation
    gratitude anticipation awaiting waiting thanking absolutely actually additionally admittedly apparently
    certainly clearly finally fortunately frankly hopefully obviously personally recently seriously surely
    unfortunately incidentally meanwhile moreover nevertheless otherwise perhaps indeed instead therefore thus hence
    besides still third second hiring manager recruiter recruiting recruitment department committee human resources
    staff sirs madam sir team folks guys sender applicant afternoon evening night"""
)
_TITLE_NOUNS = words(
    """engineer manager analyst developer designer director officer nurse assistant consultant accountant architect
    coordinator specialist technician scientist researcher administrator executive president representative
    supervisor intern student candidate applicant teacher lecturer associate advisor adviser planner programmer
    editor writer strategist therapist inc ltd llc corp corporation company university college department street
    avenue road"""
)
_NO_NAME = COMMON | _TITLE_NOUNS
_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['.·-](?=[^\W\d_])|\u0301)*\.?|\"[^\"\n]{1,20}\"|\([^()\n]{1,20}\)|"
    r"'[^'\n]{2,20}'(?!\w)")
_PLACEHOLDER = re.compile(
    r"[\[{<(]|(?:your|my|full|first|last|sender'?s?|candidate'?s?|applicant'?s?|insert|firstname|"
    r"lastname)\b.{0,20}\bnames?\b"
    r"|your (?:full )?name|(?:full |first |last )?name(?: here)?$|first ?name last ?name|first last$|firstname|"
    r"lastname|x{2,}\b|_{3,}"
    r"|signature$",
    re.IGNORECASE,
)


def is_title(word: str) -> bool:
    """Is *word* a title such as ``Dr.``, ``Prof`` or ``Sister``?"""
    return word.rstrip(".,").lower() in TITLES


def is_particle(word: str) -> bool:
    """Is *word* a small word inside names, such as ``van`` or ``de``?"""
    return word.lower() in _PARTICLES


def is_suffix(word: str) -> bool:
    """Is *word* ``Jr.``, ``III`` and the like?"""
    return word.strip(".,").lower() in _SUFFIXES


def is_credential(word: str) -> bool:
    """Is *word* a degree or a licence, such as ``Ph.D.`` or ``RN``?"""
    bare = word.strip(",;")
    return bool(_CREDENTIAL.fullmatch(bare)) or bool(_CAPITALS.fullmatch(bare)) and len(bare) <= 9


def is_placeholder(text: str) -> bool:
    """Does a placeholder stand where a name should: ``[Your Name]``, ``Your Name``, ``XXX``?"""
    return bool(_PLACEHOLDER.match(text.strip("*_~ -–—")))


def leading_name(text: str, *, lower: bool = False) -> tuple[int, int] | None:
    """Where in *text* a name stands at the very start (after a dash or other ornament), as offsets, or None.

    *lower* accepts names without capitals, as below a sign-off.  What may follow the name is not looked at, but a
    word that would make it a sentence ("Jane is glad") means that it is none.
    """
    start = len(text) - len(text.lstrip(" -–—~*_•·\"'/"))
    # A quotation mark before a name is ornament, unless it opens a nickname.
    if is_placeholder(text[start:]):
        return None
    pos = end = start
    words: list[str] = []
    named = 0
    while len(words) < 7 and (found := _TOKEN.match(text, pos)):
        word = found[0]
        bare = word.rstrip(".")
        if word[0] in "\"('":
            if not words or not (word[1:2].isupper() or lower):
                break
        elif is_title(word) and not named and (word.endswith(".") or word[0].isupper()):
            pass
        elif is_particle(word) and (words or word[0].isupper()) and word.lower() != "i":
            pass
        elif bare.lower() in COMMON and not (len(bare) == 1 and word.endswith(".")):
            if named and text[found.start() - 1 : found.start()] == " " and word[0].islower():
                return None
            break
        elif word[0].isupper() or _caseless(word[0]) or (words and any(char.isupper() for char in word)):
            named += 1
        elif lower and not named or lower and words and words[-1][0].islower():
            named += 1
        else:
            if bare in ("x", "xx", "xxx", "xo", "xoxo") and named:
                break
            return None
        words.append(word)
        end = found.end()
        after = text[end : end + 1]
        pos = end + 1 if after == " " else end
        if after not in (" ", "") or text[end : end + 2] == "  ":
            break
    if len(words) > 2 and words[-1][0] == "(" and is_credential(words[-2]):
        end = start + len(text[start:end].removesuffix(words.pop()).rstrip())
    while words and (is_credential(words[-1]) and named > 1 and not (len(words) < 3 and all(w.isupper() for w in words))):
        # Capitals at the end are credentials, unless the whole name is written in capitals.
        if any(word.isupper() and len(word) > 3 for word in words[:-1]) and not _CREDENTIAL.fullmatch(words[-1]):
            break
        if is_suffix(words[-1]) or re.fullmatch(r"[A-Z]\.?", words[-1]):
            break
        end -= len(words.pop())
        end = start + len(text[start:end].rstrip(" ,"))
        named -= 1
    if not named or (words and is_particle(words[-1]) and named == 0):
        return None
    if any(word.lower().rstrip(".") in _TITLE_NOUNS for word in words[1:]):
        return None
    if len(words) == 1 and len(words[0].rstrip(".")) < 2 and not _caseless(words[0][0]) and text[end:].strip():
        return None
    follows = text[end : end + 2]
    if "@" in text[start : end + 1] or follows[:1].isdigit() or (follows[:1] in "_'" and follows[1:].isalpha()):
        return None
    return start, end


def _caseless(char: str) -> bool:
    """Is *char* a letter of a script that knows no capitals?"""
    return char.isalpha() and char.lower() == char.upper()


def _last_first(text: str) -> tuple[str, str] | None:
    last, comma, first = text.partition(",")
    first_words = first.split()
    if not comma or not first_words or is_credential(first_words[0]) or is_suffix(first_words[0]):
        return None
    plain = len(last.split()) <= 3 and len(first_words) <= 3
    return (last.strip(), first.strip()) if plain and not is_title(last.split()[0] if last.split() else "") else None


def parse_name(text: str) -> tuple[str, str, str, str]:
    """(honorific, given, middle, family) of one name as written; all empty for what is no name ("Hiring Manager").

    A lone word after a title is the family name, a lone word without a title the given name.  Of a longer name the
    last word is the family name with the particles before it, which is wrong where the family name comes first: compare
    with all the words of a name, not only with these.
    """
    text = " ".join(text.split()).strip(" ,;:")
    text = re.sub(r"<[^>]*>|[\w.+'-]+@[\w.-]+", " ", text).strip(" ,\"'") if "@" in text or "<" in text else text
    text = re.sub(r"\b(mrs|ms|mr|dr|prof)\.(?=\w)", r"\1. ", text, flags=re.IGNORECASE)
    if is_placeholder(text):
        return "", "", "", ""
    if turned := _last_first(text):
        text = f"{turned[1]} {turned[0]}"
    head, _, tail = text.partition(",")
    words = head.split()
    if tail.strip() and is_suffix(tail):
        words.append(tail.strip())
    title: list[str] = []
    while len(words) > 1 and is_title(words[0]) and not (words[0].lower().rstrip(".") == "m" and len(words) > 2 and words[0] == "M"):
        title.append(words.pop(0))
    words = [word for word in words if not re.fullmatch(r"[\"'(].*[\"')]", word)]
    while words and len(words) > 1 and (is_suffix(words[-1]) or _ends_with_credential(words)):
        words.pop()
    if not words or any(word.lower().strip(",'") in _NO_NAME for word in words):
        return "", "", "", ""
    if not any(char.isalpha() for char in words[0]) or "/" in head:
        return "", "", "", ""
    if len(words) == 1:
        if is_title(words[0]) and not words[0].isalpha():
            return "", "", "", ""
        return ("", words[0], "", "") if not title else (" ".join(title), "", "", words[0])
    start = len(words) - 1
    while start > 0 and is_particle(words[start - 1]) and (start > 1 or title or words[0][0].islower()):
        start -= 1
    given = words[0] if start else ""
    return " ".join(title), given, " ".join(words[1:start]), " ".join(words[start:])


def _ends_with_credential(words: list[str]) -> bool:
    last = words[-1]
    shouted = all(word.isupper() for word in words)
    return bool(_CREDENTIAL.fullmatch(last)) and not shouted and not (len(words) == 2 and last.istitle()) or (
        bool(_CAPITALS.fullmatch(last)) and not shouted and len(words) > 2
    )
