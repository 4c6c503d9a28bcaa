"""One web page that holds everything: the letter with its marks, the findings beside it, no script, nothing loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files

from ..model import Finding, SectionKind, Span
from .formats import Look
from .lines import Lines
from .report import Report
from .visible import one_line, shown
from .words import VERDICTS, advice, counts, footnotes, is_web, kind, url

_Numbered = Sequence[tuple[int, Finding]]
_NOT_READ = (SectionKind.HEADER, SectionKind.QUOTED, SectionKind.MACHINE)
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
{drafts}
</body>
</html>
"""


def render(reports: Sequence[Report], look: Look) -> str:
    """The page; every word of a draft in it is escaped, and hidden characters are written out."""
    style = (files(__package__) / "page.css").read_text(encoding="utf-8")
    title = f"followup-lint: {reports[0].draft.source.name if len(reports) == 1 else f'{len(reports)} drafts'}"
    drafts = "\n".join(_draft(report, number) for number, report in enumerate(reports, 1))
    return _PAGE.format(title=_safe(title), style=style, drafts=drafts)


def _draft(report: Report, number: int) -> str:
    numbered = list(enumerate(sorted(report.findings, key=lambda f: (f.span, f.rule)), 1))
    lines = Lines.of(report.draft.text)
    items = "\n".join(_item(finding, f"{number}-{index}", index, lines) for index, finding in numbered)
    return f"""<article>
<header>
<h1>{_safe(report.draft.source.name)}</h1>
<p class="verdict {report.verdict.value}"><strong>{VERDICTS[report.verdict]}</strong>
<span class="score"><b>{report.score}</b> of 100</span></p>
<p class="facts">{_safe(kind(report))} · {counts([report])}</p>
</header>
<div class="sides">
<section class="letter" aria-label="The letter" dir="auto">{_letter(report, numbered, number)}</section>
<ol class="findings" aria-label="Findings">
{items or '<li class="none">Nothing to change.</li>'}
</ol>
</div>
{_footer(footnotes(report))}</article>"""


def _letter(report: Report, numbered: _Numbered, number: int) -> str:
    """The text cut wherever a mark or a part that no rule reads begins or ends; marks may overlap."""
    text = report.draft.text
    aside = [span for kind in _NOT_READ for span in report.draft.section(kind).spans if span]
    spans = [*(finding.span for _, finding in numbered), *aside]
    cuts = sorted({0, len(text), *(at for span in spans for at in (span.start, span.end))})
    parts = []
    for start, end in zip(cuts, [*cuts[1:], cuts[-1]], strict=True):
        begun = [(index, finding) for index, finding in numbered if finding.span.start == start]
        parts += [_number(finding, f"{number}-{index}", index) for index, finding in begun]
        here = Span(start, end)
        parts.append(_piece(here, text, [f for _, f in numbered if here and f.span.covers(here)], aside))
    return "".join(parts)


def _piece(here: Span, text: str, findings: Sequence[Finding], aside: Iterable[Span]) -> str:
    words = escape(shown(here.of(text).replace("\r\n", "\n").replace("\r", "\n"), keep="\n\t"))
    if findings:
        worst = max((f.severity for f in findings), key=lambda severity: severity.rank)
        return f'<mark class="{worst.value}">{words}</mark>'
    if here and any(span.covers(here) for span in aside):
        return f'<span class="aside">{words}</span>'
    return words


def _number(finding: Finding, name: str, index: int) -> str:
    """The number that stands before a mark and leads to its finding; where something is missing it stands alone."""
    missing = "" if finding.span else " missing"
    label = f"{finding.severity.value}: {one_line(finding.message)}"
    return (
        f'<a class="number {finding.severity.value}{missing}" id="m{name}" href="#f{name}" title="{_safe(label)}">'
        f"{index}</a>"
    )


def _item(finding: Finding, name: str, index: int, lines: Lines) -> str:
    line, column = lines.place(finding.span.start)
    lost = f" · −{finding.points}" if finding.points else ""
    advised = f'<p class="try"><b>Try:</b> {_safe(advice(finding))}</p>\n' if advice(finding) else ""
    return f"""<li id="f{name}" class="{finding.severity.value}">
<p><a class="number {finding.severity.value}" href="#m{name}">{index}</a> {_safe(finding.message)}</p>
{advised}{"".join(_related(finding, lines))}<p class="rule"><span class="severity">{finding.severity.value}</span> · \
line {line}, column {column} · {_rule(finding)}{lost}</p>
</li>"""


def _related(finding: Finding, lines: Lines) -> Iterator[str]:
    for note in finding.related:
        line, column = lines.place(note.span.start)
        yield f'<p class="related">Line {line}, column {column}: {_safe(note.note)}</p>\n'


def _rule(finding: Finding) -> str:
    address = url(finding.about)
    name = _safe(finding.rule)
    if not is_web(address):
        return name
    return f'<a href="{escape(address)}" rel="noreferrer noopener" title="{_safe(finding.about.summary)}">{name}</a>'


def _footer(lines: Sequence[str]) -> str:
    if not lines:
        return ""
    return "<footer>\n" + "\n".join(f"<p>{escape(line)}</p>" for line in lines) + "\n</footer>\n"


def _safe(text: str) -> str:
    return escape(one_line(text))
