"""The shape of a person's name: titles, particles, credentials, initials; no list of names, so any origin is alike."""

from __future__ import annotations

import re

from .lines import words

TITLES = words(
    """mr mrs ms miss mx dr prof professor doctor mister missus sir madam ma'am maam madame mme mlle monsieur m herr
    frau señor señora señorita senor senora sr sra srta lic engr atty rev reverend hon honorable father sister
    brother pastor rabbi imam captain capt lt lieutenant sgt sergeant major colonel general cmdr commander chef
    coach officer chief inspector superintendent senator gov governor ambassador dipl dott dra drs univ habil dame
    lord lady messrs mmes mssrs signor signora provost bishop canon elder advocate barrister engineer principal
    datuk dato puan encik cik pan pani fru dipl.-ing dr.-ing dr.med c/o c/e"""
)
"""Words before a name, lower case and without their full stop."""

# With a full stop a title, without it a name.
_STOPPED_TITLES = words("gen maj eng ing sig fr col sen rep arch mag")
_PARTICLES = words(
    """de da do dos das del della degli di du des la le las los el al van von der den ter ten te zu zum zur af av y e i
    bin ibn binti bint ben abu st. san nic mac ní ó ua an ap ab dal vander op ole wa arap d/o s/o w/o a/l a/p"""
)
_SUFFIXES = words("jr sr ii iii iv v jnr snr")
_CREDENTIAL = re.compile(
    r"\(?(?:ph\.?d|m\.?d|d\.?d\.?s|j\.?d|esq|mba|mpa|mph|msc|m\.sc|bsc|b\.sc|ba|b\.a|ma|m\.a|bs|b\.s|ms|m\.s|"
    r"pmp|cpa|ca|cfa|rn|"
    r"rdh|cpc|pe|p\.e|p\.eng|phr|shrm-?c?p?|cissp|llb|llm|mbbs|frcs|fcipd|facp|acca|cima|rgn|lpn|lcsw|msw|np|"
    r"pa-c|aia|"
    r"ccc-slp|s-lp\(c\)|dvm|edd|ed\.d|dphil|m\.?eng|b\.?eng|m\.?phil|dipl|hons|ret)\.?(?:\([^)]{1,12}\))?\)?",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"\(?[A-Z][A-Z.&-]{1,8}\)?(?:\([A-Za-z]{1,8}\))?")

# Words that stand capitalised in greetings, signatures and at the start of lines, and are part of no name.
_NEVER = words(
    """and application applying apologies attached attachment attachments available candidate cell cheers company
    confidential contact cordially date dear email e-mail employer enc encl enclosed enclosure enclosures fax
    forwarding fwd greetings hello hey hi information interested interview interviewing introduction job kindest
    kindly linkedin mobile opportunity phone please pls position possible portfolio postscript ps question reference
    references regarding regardless regards reminder respectfully respect resume résumé role same sent sincerely
    skype sorry speaking subject team tel telephone thank thanks thankfully thx today tomorrow truly update urgent
    via warmest warmly website wishes yesterday yours your's asap fyi btw signature signed faithfully gratefully
    appreciation gratitude anticipation awaiting waiting thanking hiring manager recruiter recruiting recruitment
    department committee human resources staff sirs madam sir folks guys ladies gentlemen sender applicant concern
    everyone everybody y'all yall all whom i'd i'll i'm i've it's excited getting enjoyed forward following follow
    back haha lol"""
)
# The same, but some people bear them as names: a title before them or another name beside them tells.
_SELDOM = words(
    """a about above after again also although always am an another any anyone anything anyway are as at be because
    been before best big but by bye call can could day days did direct do does done during each ever every
    everything few first for friend from further get glad good great had happy has have having he help her here hers
    him his home honestly hoping how however i if immediately important in is it its just keep kind last lastly
    later least let like looking lots love made make many maybe me mine month months more morning most much must my
    name new next nice no none nor not note nothing now of off office ok okay on once one only or other our ours out
    over previous quick quickly re see she should since so some soon still such take talk than that the their them
    then there these they thing things this those though thought through time to too two under understand
    unfortunately until up us very warm was way we web week weeks well were what whatever when where whether which
    while who whose why wish with within without wonderful work working would wow year yes yet you your yup nope
    monday tuesday wednesday thursday friday saturday sunday january february september october november december
    absolutely actually additionally admittedly apparently certainly clearly finally fortunately frankly hopefully
    obviously personally recently seriously surely incidentally meanwhile moreover nevertheless otherwise perhaps
    indeed instead therefore thus hence besides third second afternoon evening night overall congratulations"""
)
COMMON = _NEVER | _SELDOM
"""Words that by themselves are no name, though capitalised."""

# Of those that people bear, the ones that also come first.
_SELDOM_FIRST = words("so you he an on in do my see no to her may long good")
_TITLE_NOUNS = words(
    """engineer manager analyst developer designer director officer nurse assistant consultant accountant architect
    coordinator specialist technician scientist researcher administrator executive president representative
    supervisor intern student candidate applicant teacher lecturer associate advisor adviser planner programmer
    editor writer strategist therapist inc ltd llc corp corporation company university college department street
    avenue road"""
)
_LETTER = r"[^\W\d_\u0300-\u036f]"
_MARK = (
    r"\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0980-\u0dff\u0e31-\u0e4e"
    r"\u102b-\u103e"
)
_TOKEN = re.compile(
    r"(?:[dswDSW]/[oO]|[aA]/[lpLP]|[cC]/[oOeE])(?= )"  # "son of", "daughter of"; a ship's Chief Officer
    rf"|{_LETTER}(?:{_LETTER}|[{_MARK}]|(?:['·-]|\.-?)(?={_LETTER}))*\.?"
    r"|\"[^\"\n]{1,20}\"|\([^()\n]{1,20}\)|'[^'\n]{2,20}'(?!\w)"
)
_PLACEHOLDER = re.compile(
    r"[\[{<(]|(?:your|my|full|first|last|sender'?s?|candidate'?s?|applicant'?s?|insert|firstname|"
    r"lastname)\b.{0,20}\bnames?\b"
    r"|your (?:full )?name|(?:full |first |last )?name(?: here)?$|first ?name last ?name|first last$|firstname|"
    r"lastname|(?-i:X{2,}\b)|_{3,}"
    r"|signature$",
    re.IGNORECASE,
)


def is_title(word: str) -> bool:
    """Is *word* a title such as ``Dr.``, ``Prof`` or ``Sister``?"""
    bare = word.rstrip(".,").lower()
    return bare in TITLES or (bare in _STOPPED_TITLES and "." in word)


def is_particle(word: str) -> bool:
    """Is *word* a small word inside names, such as ``van`` or ``de``?"""
    return word.lower() in _PARTICLES


def is_suffix(word: str) -> bool:
    """Is *word* ``Jr.``, ``III`` and the like?"""
    return word.strip(".,").lower() in _SUFFIXES


def is_credential(word: str) -> bool:
    """Is *word* a degree or a licence, such as ``Ph.D.`` or ``RN``?"""
    bare = word.strip(",;")
    return bool(_CREDENTIAL.fullmatch(bare)) or (bool(_CAPITALS.fullmatch(bare)) and len(bare) <= 9)


def is_placeholder(text: str) -> bool:
    """Does a placeholder stand where a name should: ``[Your Name]``, ``Your Name``, ``XXX``?"""
    return bool(_PLACEHOLDER.match(text.strip("*_~ -–—")))


def leading_name(text: str, *, lower: bool = False) -> tuple[int, int] | None:
    """Where in *text* a name stands at the very start (after a dash or other ornament), as offsets, or None.

    *lower* accepts names without capitals, as below a sign-off.  What follows the name is not looked at, but a small
    word that would make it a sentence ("Jane is glad") means that it is none.  Credentials are no part of the name.
    """
    start = len(text) - len(text.lstrip(" -–—~*_•·\"'/"))
    if is_placeholder(text[start:]):
        return None
    alone = text[start:].rstrip(" .*_")
    if lower and alone[:1].isupper() and alone.isalpha() and alone.lower() not in _NEVER | _TITLE_NOUNS:
        return start, start + len(alone)  # "So" and "Van" are names, too, where only a name can stand
    found = _name_words(text, start, lower)
    if not found:
        return None
    while len(found) > 1 and _is_trailing_credential([one[0] for one in found]):
        found.pop()
    names = [one[0] for one in found]
    end = found[-1].end()
    if names[-1].endswith(".") and len(names[-1]) > 3 and names[-1].count(".") == 1 and not is_suffix(names[-1]):
        end -= 1  # the sentence's full stop
    if not any(_counts_as_name(name, lower) for name in names):
        return None
    if any(name.lower().rstrip(".") in _TITLE_NOUNS for name in names[1:]):
        return None
    if len(names) == 1 and len(names[0].rstrip(".")) < 2 and not _caseless(names[0][0]) and text[end:].strip():
        return None
    after = text[end : end + 2]
    glued = after[:1] == "@" or after[:1].isdigit() or (after[:1] in ("_", "'") and after[1:].isalpha())
    return None if glued else (start, end)


def _name_words(text: str, pos: int, lower: bool) -> list[re.Match[str]]:
    """The words at *pos* that can make up a name, no column between them; none at all if they begin a sentence."""
    found: list[re.Match[str]] = []
    while len(found) < 7 and (match := _TOKEN.match(text, pos)):
        word = match[0]
        bare = word.rstrip(".").lower()
        named = any(_counts_as_name(one[0], lower) for one in found)
        if word[0] in "\"('":
            if not found or "/" in word or not (word[1:2].isupper() or lower):
                break
        elif _is_common(text, match, bool(found), named):
            if named and word[0].islower() and text[match.start() - 1] == " ":
                return []
            break
        elif not (
            (is_title(word) and not named and (word.endswith(".") or word[0].isupper()))
            or (is_particle(word) and (found or word[0].isupper()))
            or _counts_as_name(word, lower and (not found or found[-1][0][0].islower()))
            or (found and any(char.isupper() for char in word))
        ):
            # "Tiffany xx" is a name and kisses; any other small word makes a sentence of it.
            return found if named and bare in ("x", "xx", "xxx", "xo", "xoxo") else []
        found.append(match)
        pos = match.end()
        blanks = len(text[pos : pos + 3]) - len(text[pos : pos + 3].lstrip(" "))
        if blanks not in (1, 2):
            break
        pos += blanks
    return found


def _is_common(text: str, match: re.Match[str], later: bool, named: bool) -> bool:
    """Is the word an ordinary one, rather than an initial, a particle, or a name that looks like an ordinary word?"""
    word = match[0]
    bare = word.rstrip(".").lower()
    if bare not in COMMON or (len(bare) == 1 and word.endswith(".")) or (later and is_particle(word)):
        return False
    if bare in _NEVER or not word[0].isupper() or word.endswith("."):
        return True
    if named:
        return len(bare) < 2
    beside = _TOKEN.match(text, match.end() + 1) if text[match.end() : match.end() + 1] == " " else None
    return bare not in _SELDOM_FIRST or not beside or not beside[0][0].isupper() or beside[0].lower() in COMMON


def _counts_as_name(word: str, lower: bool) -> bool:
    """Can *word* by itself be a name?"""
    plain = word[0].isalpha() and not is_particle(word) and not (is_title(word) and not word.isupper())
    return plain and (word[0].isupper() or _caseless(word[0]) or lower or any(char.isupper() for char in word[1:]))


def _is_trailing_credential(names: list[str]) -> bool:
    """Is the last word a degree or licence, as capitals after a name not written in capitals are?"""
    last = names[-1]
    if last[0] == "(":
        return is_credential(names[-2])
    if is_suffix(last) or re.fullmatch(r"[A-Z]\.?", last) or not is_credential(last):
        return False
    if any(name.isupper() and len(name) > 3 for name in names[:-1]):
        return bool(_CREDENTIAL.fullmatch(last))
    return not (len(names) < 3 and all(name.isupper() for name in names))


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
    text = re.sub(r"\([^()]*\)?$", "", " ".join(text.split())).strip(" ,;:")
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
    while len(words) > 1 and is_title(words[0]) and not (words[0] == "M" and len(words) > 2):
        title.append(words.pop(0))
    words = [word for word in words if not re.fullmatch(r"[\"'(].*[\"')]|[^\w]+", word)]
    while words and len(words) > 1 and (is_suffix(words[-1]) or _ends_with_credential(words)):
        words.pop()
    if not words or _no_name(words, bool(title)):
        return "", "", "", ""
    if not any(char.isalpha() for char in words[0]) or "/" in head:
        return "", "", "", ""
    if len(words) == 1:
        if not title and is_title(words[0]):
            return "", "", "", ""
        return ("", words[0], "", "") if not title else (" ".join(title), "", "", words[0])
    start = len(words) - 1
    while start > 0 and is_particle(words[start - 1]) and (start > 1 or title or words[0][0].islower()):
        start -= 1
    given = words[0] if start else ""
    return " ".join(title), given, " ".join(words[1:start]), " ".join(words[start:])


def _no_name(words: list[str], titled: bool) -> bool:
    """Are *words* those of "Hiring Manager" or "To Whom It May Concern" rather than of a person?"""
    low = [word.lower().strip(",'") for word in words]
    if any(word in _NEVER for word in low) or (len(words) > 1 and any(word in _TITLE_NOUNS for word in low)):
        return True
    common = sum(word in _SELDOM and not is_particle(word) for word in low)
    small = any(word.islower() and word in _SELDOM and not is_particle(word) for word in words)
    return not titled and (common * 2 > len(words) or (small and len(words) > 1))


def _ends_with_credential(words: list[str]) -> bool:
    last = words[-1]
    shouted = all(word.isupper() for word in words)
    return (bool(_CREDENTIAL.fullmatch(last)) and not shouted and not (len(words) == 2 and last.istitle())) or (
        bool(_CAPITALS.fullmatch(last)) and not shouted and len(words) > 2
    )
