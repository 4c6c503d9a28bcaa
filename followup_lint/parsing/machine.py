"""Lines that a machine added: banners, device footers, provider advertising, confidentiality notices, attachment lines.

Only the first and the last of the writer's own lines are looked at: machines write nowhere else.
"""

from __future__ import annotations

import re

from .lines import MACHINE, OWN, View

_TOP, _TAIL = 12, 90

_BANNER = re.compile(
    r"[\[*(<!#=~ ]{0,6}(?:external(?: (?:e-?mail|sender|message|mail))?|ext|caution|warning|attention|"
    r"security (?:notice|warning)|"
    r"be careful|think before you click|non-\w+ email)[\])*>!:#=~ -]{1,6}"
    r"(?:$|.*(?:originated|outside|external|links?|attachments?|sender|recogni[sz]e|phishing))|\[(?:external|"
    r"ext|extern)[^\]]{0,30}\]$"
    r"|\[?you don't often get email from|this (?:message|e-?mail) (?:originated|came) from outside|"
    r"some people who received this message don't",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"(?:sent|envoyé|gesendet|enviado|inviato|verzonden|skickat|sendt|wysłane|von meinem)\b.{0,12}\b(?:from|"
    r"with|via|using|by|depuis|"
    r"de|da|vom?|mit|desde|do meu|dal|mio|mon|van|mijn|von|meinem|min|från|fra|z)\b.{0,20}\b(?:iphone|ipad|ipod|"
    r"ios|galaxy|samsung|"
    r"android|smartphone|handset|mobile(?: phone| device)?|phone|cell ?phone|blackberry|pixel|huawei|xiaomi|"
    r"redmi|oneplus|nokia|lg|htc|"
    r"motorola|windows (?:phone|mail|10)|tablet|outlook|yahoo|gmail|hotmail|aol|proton ?mail|protonmail|"
    r"tutanota|mail for|mail\.com|"
    r"gmx|bluemail|spark|superhuman|mailbird|thunderbird|fairphone|verizon|t-mobile|at&t|vodafone|orange|"
    r"surface|chromebook|fastmail|"
    r"zoho|hey|k-9|mailspring|edison|newton|airmail|palm|treo)\b.{0,60}$"
    r"|sent from my [\w' -]{2,30}[.!]?$"
    r"|(?:get|download|holen sie sich|obtenir|obtener|obtén|télécharger|try) (?:outlook|bluemail|yahoo mail|"
    r"mail for|aol|spark|gmail|"
    r"proton mail|mymail).{0,60}(?:$|https?:|<)"
    r"|(?:scanned by|virus[- ]free|checked by (?:avg|avast)|this email has been (?:checked|scanned)|"
    r"diese e-mail wurde)"
    r"|please (?:consider|think of) the environment before|think before (?:you )?print"
    r"|please excuse (?:any |the |my )?(?:typos|brevity|spelling).{0,40}$|(?:sent from mobile|typed on my|"
    r"sent on the go)\b.{0,50}$",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"[*\"_ ]{0,6}(?:confidential(?:ity)?\b|disclaimer|privileged|notice:|legal notice|important notice|"
    r"notice of confidentiality|"
    r"this (?:e-?mail|message|communication|transmission|electronic)\b|the (?:information|"
    r"contents?) (?:contained|transmitted|in|of)\b|"
    r"any (?:unauthori[sz]ed|views|opinions)|if you (?:are not|have received)|internet e-?mail confidentiality|"
    r"irs circular|"
    r"diese e-?mail|ce (?:message|courriel))",
    re.IGNORECASE,
)
_NOTICE_WORDS = (
    r"intended recipient|intended (?:only|solely)|solely for|unauthori[sz]ed|privileged|received (?:this|"
    r"it) .{0,40}in error|"
    r"dissemination|proprietary|strictly prohibited|delete (?:it|this|the)|viruses|vertraulich|confidentiel"
)
_ATTACHED = re.compile(
    r"(?:[-–*•] ?)?<{0,2}[\w][^\n/<>|]{0,80}\.(?:docx?|pdf|rtf|txt|xlsx?|pptx?|jpe?g|png|gif|tiff?|bmp|pcx|zip|"
    r"html?|vcf|wpd|odt|pages|"
    r"eml|msg|ics)>{0,2}(?: ?\(?\d[\d.,]* ?[kmg]i?b\)?)?$"
    r"|<{1,2} ?(?:embedded picture|file:)[^<>]{0,100}>{1,2}|\(?(?:see|voir) attached file|\(?embedded image moved"
    r"|\[(?:image|cid|inline image|attachment)\b[^\]]{0,120}\]$|<image\d+\.\w+>$"
    r"|(?:\[?attachments?\]? ?\(?\d* ?\)?:?) .{0,80}\.\w{2,4}$|\(attachment .{0,80}\)$|attachment .{0,60}\.\w{2,4}$",
    re.IGNORECASE,
)
_RULE = re.compile(r"[-_=*~#]{5,}|`{3,}")
_ADVERT = (
    r"(?:do you yahoo|get (?:your|the|free|msn|more|a|in|personali)|join|download|try|send|find|talk|sign up|"
    r"share|check out|shop|"
    r"click|visit|start|chat|discover|need|tired|protect|never|play|your|the (?:new|best|easiest)|free|yahoo!|"
    r"msn|hotmail|aol|"
    r"express yourself|stay in touch|add photos|see what|be a better|looking for|want|are you|want to|it's here|"
    r"upgrade|watch|"
    r"connect|search|make|powered|enjoy|with|why|learn|know|windows live|internet|access)\b"
)
_PROVIDER = (
    r"https?:|www\.|\b(?:yahoo|hotmail|msn|aol|juno|netzero|gmail|outlook|lycos|excite|earthlink|gmx|netscape|"
    r"mail\.com|windows live|"
    r"web\.de|altavista|netaddress|usa\.net|topica|onebox|mailcity|angelfire)\b"
)
_POSTSCRIPT = r"p\.? ?s\b"


def mark_machine(view: View) -> None:
    """Sets the kind of the machine-made lines among the first and last own lines to MACHINE."""
    own = view.own()
    _mark_banners(view, own[:_TOP])
    tail = own[-_TAIL:]
    for place, index in enumerate(tail):
        if view.kinds[index] != OWN:
            continue
        line = view.of(index, 300)
        if _FOOTER.match(line) and len(line) < 140:
            view.kinds[index] = MACHINE
        elif _RULE.fullmatch(line):
            _mark_below_rule(view, tail, place)
        elif _NOTICE.match(line):
            paragraph, end = _paragraph(view, tail, place)
            if len(paragraph) > 60 and re.search(_NOTICE_WORDS, paragraph, re.IGNORECASE):
                _mark(view, tail[place:end])
    _mark_attachments(view, tail)
    _mark_stray_rules(view, tail)


def _mark(view: View, indices: list[int]) -> None:
    for index in indices:
        if view.kinds[index] == OWN:
            view.kinds[index] = MACHINE


def _paragraph(view: View, own: list[int], place: int) -> tuple[str, int]:
    """The text from own line *place* to the next blank line or rule, and the place where it ends."""
    end = place + 1
    while end < len(own) and own[end] == own[end - 1] + 1 and not view.lines[own[end]].gap and end - place < 40:
        if _RULE.fullmatch(view.of(own[end], 200)):
            break
        end += 1
    return " ".join(view.of(index, 400) for index in own[place:end]), end


def _mark_banners(view: View, top: list[int]) -> None:
    for place, index in enumerate(top):
        line = view.of(index, 300)
        if _BANNER.match(line):
            _mark(view, top[place : _paragraph(view, top, place)[1]])


def _mark_below_rule(view: View, tail: list[int], place: int) -> None:
    """Below a rule of underscores: advertising, or a notice with its own closing rule."""
    if place + 1 >= len(tail):
        return
    block, end = _paragraph(view, tail, place + 1)
    rows = tail[place + 1 : end]
    postscript = re.match(_POSTSCRIPT, block, re.IGNORECASE)
    if len(rows) <= 8 and not postscript and re.search(_PROVIDER, block, re.IGNORECASE):
        first = view.of(rows[0], 300)
        if (re.match(_ADVERT, first, re.IGNORECASE) and len(first.split()) > 3) or "yahoo!" in first.lower():
            _mark(view, tail[place:end])
    if re.search(_NOTICE_WORDS, block, re.IGNORECASE) and (_NOTICE.match(block) or len(block) > 150):
        _mark(view, tail[place:end])
        while end < len(tail) and not _RULE.fullmatch(view.of(tail[end], 200)):
            block, after = _paragraph(view, tail, end)
            if not re.search(_NOTICE_WORDS, block, re.IGNORECASE):
                return
            _mark(view, tail[end:after])
            end = after
        _mark(view, tail[end : end + 1])


def _mark_attachments(view: View, tail: list[int]) -> None:
    """Attachment lines at the very end: with text after it such a line may be an item of a list."""
    for index in reversed(tail):
        if view.kinds[index] == MACHINE:
            continue
        if not _ATTACHED.match(view.of(index, 200)):
            return
        view.kinds[index] = MACHINE


def _mark_stray_rules(view: View, tail: list[int]) -> None:
    """A rule with nothing of the writer's below it belongs to what was cut off there."""
    for index in reversed(tail):
        if view.kinds[index] == MACHINE:
            continue
        if not _RULE.fullmatch(view.of(index, 200)):
            return
        view.kinds[index] = MACHINE
