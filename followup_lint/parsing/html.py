"""HTML mail as plain text: paragraphs and lists as a reader sees them, quoted mail marked by ``> ``."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from .lines import words

# What ends a line. A paragraph and a heading have a blank line around them, unless Word wrote them (MsoNormal).
_BLOCKS = words(
    """address article aside blockquote body caption center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6
    header hr html li main nav ol p pre section table tbody tfoot thead tr ul"""
)
_SPACED = words("p h1 h2 h3 h4 h5 h6 pre ul ol blockquote table")
_SILENT = words("head script style title template noscript object svg select textarea")
_VOID = words("area base br col embed hr img input link meta source track wbr")
_CLOSED_BY = {
    "p": _BLOCKS - {"body", "html"},
    "li": frozenset(("li",)),
    "tr": frozenset(("tr",)),
    "td": frozenset(("td", "th", "tr")),
    "th": frozenset(("td", "th", "tr")),
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|"
    r"font-size\s*:\s*0(?![.\d])", re.I)
_QUOTE = re.compile(r"\b(?:gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote|tutanota_quote|"
    r"zmail_extra)", re.I)
# From here on all is quoted, though the mail program left the quoted text outside of the marked element.
_QUOTE_FROM = re.compile(
    r"divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|OLK_SRC_BODY_SECTION|replySplit|"
    r"stopSpelling", re.I
)
_RULE_ABOVE = re.compile(r"border-top\s*:\s*solid\s+#(?:E1E1E1|B5C4DF)", re.I)
_PROFILE = re.compile(r"(?:my )?(?:linkedin|github|gitlab|portfolio|website|homepage|web|xing|behance|"
    r"dribbble)", re.I)
_BLANKS = re.compile(r"[ \t\r\n\f\u200b\ufeff]+")


def plain(page: str) -> str:
    """The text of *page* with ``\\n`` line ends, lines of quoted mail beginning with ``> ``; never raises."""
    walker = _Walker(gmail_marks="gmail_attr" in page)
    # What no ">" follows is no tag; left as it is, each such "<" would make the parser look through the whole rest.
    for opening, ending in (("<!--", "-->"), ("<", ">")):
        cut = page.rfind(ending) + 1
        page = page[:cut] + page[cut:].replace(opening, opening.replace("<", "&lt;"))
    try:
        walker.feed(page.replace("<![", "<!- "))
        walker.close()
    except (AssertionError, ValueError, RecursionError):
        return re.sub(r"<[^>]*>", "", page)
    return walker.text()


class _Walker(HTMLParser):
    """Collects lines; ``_open`` holds the open elements as (tag, hidden, quoted)."""

    def __init__(self, gmail_marks: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._gmail_marks = gmail_marks
        self._open: list[tuple[str, bool, bool]] = []
        self._counts: dict[str, int] = {}
        self._hidden = self._depth = 0
        self._lists: list[int] = []
        self._link = ("", 0)
        self._line: list[str] = []
        self._lines: list[str] = []
        self._wanted_blank = False

    def text(self) -> str:
        """What was collected, without blank lines at either end and never more than two blank lines in a row."""
        self._end_line()
        return re.sub(r"\n{4,}", "\n\n\n", "\n".join(self._lines)).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        marks = f"{told.get('class', '')} {told.get('id', '')}"
        style = told.get("style", "")
        while self._open and tag in _CLOSED_BY.get(self._open[-1][0], ()):
            self._close_last()
        if tag == "br":
            self._end_line(forced=True)
        elif tag in _BLOCKS:
            self._end_line()
            self._wanted_blank |= tag in _SPACED and "mso" not in marks.lower()
        if tag in _VOID:
            return
        if not self._depth and (_QUOTE_FROM.search(marks) or _RULE_ABOVE.search(style)):
            self._end_line()
            # Never given back: the quotation lasts to the end of the page.
            self._depth += 1
        quoted = self._quotes(tag, told, marks)
        hidden = tag in _SILENT or "hidden" in told or bool(_HIDDEN.search(style))
        self._open.append((tag, hidden, quoted))
        self._counts[tag] = self._counts.get(tag, 0) + 1
        self._hidden += hidden
        self._depth += quoted
        match tag:
            case "ul" | "menu":
                self._lists.append(-1)
            case "ol":
                self._lists.append(0)
            case "li":
                self._item()
            case "td" | "th":
                if self._line and not self._line[-1].endswith(" "):
                    self._line.append(" ")
            case "a":
                self._link = (told.get("href", ""), len(self._line))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID and tag.endswith(":p"):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._counts.get(tag):
            if tag == "p":
                self._end_line()
            return
        if tag == "a":
            self._show_profile()
        while self._close_last() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._hidden or not data:
            return
        if self._counts.get("pre"):
            first, *rest = data.split("\n")
            self._line.append(first)
            for line in rest:
                self._end_line(forced=True)
                self._line.append(line)
            return
        text = _BLANKS.sub(" ", data)
        if not self._line or self._line[-1].endswith(" "):
            text = text.removeprefix(" ")
        if text:
            self._line.append(text)

    def _quotes(self, tag: str, told: dict[str, str], marks: str) -> bool:
        if tag == "blockquote":
            return told.get("type", "").lower() == "cite" or bool(_QUOTE.search(marks))
        # Where Gmail marks the attribution line by itself, its quotation is the blockquote inside.
        own = "gmail_quote" in marks and self._gmail_marks
        if tag not in ("div", "section", "span", "table", "td") or own or not _QUOTE.search(marks):
            return False
        self._end_line()
        return True

    def _close_last(self) -> str:
        tag, hidden, quoted = self._open.pop()
        if tag in _BLOCKS or quoted:
            self._end_line()
        self._counts[tag] -= 1
        if tag in _BLOCKS:
            self._wanted_blank |= tag in _SPACED and bool(self._lines) and self._lines[-1].strip("> ") != ""
        if tag in ("ul", "ol", "menu") and self._lists:
            self._lists.pop()
        self._hidden -= hidden
        self._depth -= quoted
        return tag

    def _item(self) -> None:
        if not self._lists or self._lists[-1] < 0:
            self._line.append("- ")
            return
        self._lists[-1] += 1
        self._line.append(f"{self._lists[-1]}. ")

    def _show_profile(self) -> None:
        """A link named "LinkedIn" is a contact only by its address."""
        href, start = self._link
        shown = "".join(self._line[start:]).strip()
        self._link = ("", 0)
        if href.lower().startswith("http") and not self._hidden and _PROFILE.fullmatch(shown):
            self._line.append(f" <{href}>")

    def _end_line(self, forced: bool = False) -> None:
        text = "".join(self._line)
        self._line = []
        if not self._counts.get("pre"):
            text = text.strip()
        if self._hidden or not (text.strip() or forced):
            return
        mark = "> " * self._depth
        if self._wanted_blank and self._lines and text.strip() and self._lines[-1].strip("> "):
            self._lines.append(mark.rstrip())
        self._wanted_blank = False
        self._lines.append(mark + text if text.strip() else mark.rstrip())
