"""Every format, from reports made by hand: the rules and engines play no part here."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from unicodedata import east_asian_width
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from followup_lint.model import (
    Edit,
    Evidence,
    Finding,
    Fix,
    Format,
    Ignored,
    Kind,
    Note,
    Reference,
    Rule,
    Severity,
    Skipped,
    Source,
    Span,
)
from followup_lint.parsing import parse
from followup_lint.report import Report, score, verdict
from followup_lint.report.excerpt import excerpt
from followup_lint.report.formats import FORMATS, render
from followup_lint.report.json_format import document, file_object
from followup_lint.report.json_schema import schema
from followup_lint.report.lines import Lines
from followup_lint.report.visible import shown, width
from followup_lint.report.words import is_web

LETTER = """Subject: Thank you

Dear Ms. Rahman,

Thank you for meeting with me on Monday. I enjoyed our talk. Please get back to me by Friday.

Kind regards,
Jonas Feld
"""
ULTIMATUM = Rule(
    id="pushiness.ultimatum",
    summary="Demands an answer by a date of the writer's own",
    explanation="A deadline of the writer's own presses the reader.\n\nAsk when a decision is expected.",
    message="“{match}” sets the reader a deadline.",
    severity=Severity.WARNING,
    points=10,
    cap=30,
    evidence=Evidence.AUTHORITY,
    sources=(Reference("A book without an address"), Reference("A guide", "https://example.org/guide?a=1&b=2")),
)
NAME = replace(
    ULTIMATUM, id="typos.name", summary="A name is misspelt", severity=Severity.ERROR, points=15, sources=()
)
STOCK = replace(ULTIMATUM, id="genericness.stock-phrase", severity=Severity.INFO, points=0)
CONTACT = replace(ULTIMATUM, id="closing.no-contact", points=5)


def finding(text: str, words: str, rule: Rule, message: str, **more: Any) -> Finding:
    start = text.index(words)
    span = Span(start, start + len(words))
    return Finding(rule, rule.severity, rule.points, 0.96, message, more.pop("span", span), **more)


def report(
    findings: Sequence[Finding],
    text: str = LETTER,
    name: str = "draft.txt",
    format: Format = "txt",  # noqa: A002
    **more: Any,
) -> Report:
    draft = parse(Source(text, name, format, notices=more.pop("notices", ())))
    return Report(
        draft=draft,
        kind=more.pop("kind", Kind.THANK_YOU),
        kind_confidence=more.pop("kind_confidence", 1.0),
        findings=tuple(sorted(findings, key=lambda f: f.span)),
        tally=score(findings, ["typos", "pushiness", "closing", "role"]),
        verdict=verdict(findings),
        skipped=more.pop("skipped", ()),
        ignored=more.pop("ignored", ()),
        engine="harper 2.0",
        ruleset="0f3a",
    )


def full() -> Report:
    place = Span(len(LETTER), len(LETTER))
    name = Span(LETTER.index("Rahman"), LETTER.index("Rahman") + 6)
    return report(
        [
            finding(LETTER, "Thank you for meeting with me", STOCK, "A worn phrase."),
            finding(
                LETTER,
                "get back to me by Friday",
                ULTIMATUM,
                "“get back to me by Friday” sets the reader a deadline.",
                instead="Would you be able to share when you expect to decide?",
                related=(Note(Span(LETTER.index("Monday"), LETTER.index("Monday") + 6), "the interview was then"),),
            ),
            finding(
                LETTER,
                "Rahman",
                NAME,
                "The interviewer is called Raman.",
                suggestions=("Raman",),
                fix=Fix((Edit(name, "Raman"),), safe=True),
            ),
            finding(LETTER, "", CONTACT, "No way to reach you is given.", span=place),
        ],
        kind_confidence=0.8,
        skipped=(
            Skipped("timing.late", needs=("sending_at", "interviewed_at")),
            Skipped("timing.too-soon", needs=("sending_at", "previous_messages")),
            Skipped("typos.name", needs=("interviewer",)),
            Skipped("typos", reason="the engine stopped after 5 s"),
        ),
        ignored=(Ignored("formality.stiff", "Kind regards", "they like it"),),
        notices=("The encoding was guessed to be cp1252.",),
    )


GOLDEN = """\
draft.txt: thank-you note (guessed) · hold: do not send yet · 70 of 100

  3:10 error: The interviewer is called Raman.
      Dear Ms. Rahman,
               ^^^^^^
      try: “Raman”
      typos.name −15

  5:69 warning: “get back to me by Friday” sets the reader a deadline.
      …with me on Monday. I enjoyed our talk. Please get back to me by Friday.
                                                     ^^^^^^^^^^^^^^^^^^^^^^^^
      try: Would you be able to share when you expect to decide?
      see 5:34: the interview was then
      pushiness.ultimatum −10

  9:1 warning: No way to reach you is given.
      closing.no-contact −5

  5:1 info: A worn phrase.
      Thank you for meeting with me on Monday. I enjoyed our talk. Please get…
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      genericness.stock-phrase

  points: typos −15, pushiness −10, closing −5
  not checked: typos (the engine stopped after 5 s)
  3 checks need facts you have not given: sending_at, interviewed_at,
      previous_messages, interviewer
  ignored: formality.stiff on “Kind regards” (they like it)
  note: The encoding was guessed to be cp1252.
"""


# --- lines and visible text


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("", 0, (1, 1)),
        ("ab\ncd", 2, (1, 3)),
        ("ab\ncd", 3, (2, 1)),
        ("ab\r\ncd", 4, (2, 1)),
        ("ab\r\ncd", 3, (1, 4)),
        ("ab\rcd", 3, (2, 1)),
        ("ab\n", 3, (2, 1)),
        ("😀é\u2028x", 3, (1, 4)),
    ],
)
def test_place(text: str, offset: int, place: tuple[int, int]) -> None:
    assert Lines.of(text).place(offset) == place


@settings(deadline=None)
@given(st.text(st.sampled_from("ab\r\n\t界\u0301"), max_size=40))
def test_lines_hold_their_characters(text: str) -> None:
    lines = Lines.of(text)
    for offset in range(len(text) + 1):
        number, column = lines.place(offset)
        span = lines.line(number)
        assert span.start == offset - column + 1
        assert not set(span.of(text)) & set("\r\n")


def test_hidden_characters_are_written_out_and_others_stay() -> None:
    assert shown("a\x1b[2J\u202eb\x9b\ud800\u2066") == "a‹U+001B›[2J‹U+202E›b‹U+009B›‹U+D800›‹U+2066›"
    plain = "Zoë 山田 👩\u200d💻 می\u200cخواهم\u00a0–"
    assert shown(plain) == plain


@settings(deadline=None)
@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60), st.integers(6, 40))
def test_excerpt_fits_and_shows_the_words(text: str, start: int, length: int, room: int) -> None:
    start = min(start, len(text))
    span = Span(start, min(len(text), start + length))
    found = excerpt(Lines.of(text), span, room)
    if found is None:
        assert not span.of(text).strip("\r\n")
        return
    assert width("".join(found)) <= room + 1
    assert found.marked in shown(span.of(text).replace("\t", " ")) and (found.marked or width(shown(span.of(text))) > 2)
    assert len(found.carets) == width(found.before) + max(1, width(found.marked))


# --- JSON


def validator(of: str = "") -> Draft202012Validator:
    whole = schema()
    Draft202012Validator.check_schema(whole)
    return Draft202012Validator({"$ref": of, "$defs": whole["$defs"]} if of else whole)


def test_json_is_the_contract() -> None:
    one = full()
    written = json.loads(render("json", [one, report([])]))
    validator().validate(written)
    assert written == document([one, report([])])
    (file, clean) = written["files"]
    assert (file["path"], file["score"], file["verdict"], file["kind"]) == ("draft.txt", 70, "hold", "thank_you")
    assert file["scores"] == {"closing": 95, "pushiness": 90, "role": 100, "typos": 85}
    assert {"kind": "subject", "start": 9, "end": 18} in file["sections"]
    assert file["sections"] == sorted(file["sections"], key=lambda one: one["start"])
    assert "text" not in file and clean["findings"] == [] and clean["score"] == 100
    name, stock, pressing, contact = file["findings"]
    assert LETTER[name["start"] : name["end"]] == name["text"] == "Rahman"
    assert name["fix"] == {"safe": True, "edits": [{"start": name["start"], "end": name["end"], "text": "Raman"}]}
    assert (pressing["line"], pressing["column"]) == (5, 69)
    assert pressing["url"] == "https://example.org/guide?a=1&b=2" and name["url"] == ""
    assert pressing["fix"] is None and stock["points"] == 0
    assert contact["start"] == contact["end"] == len(LETTER) and contact["text"] == ""
    assert file["skipped"][0] == {"rule": "timing.late", "needs": ["sending_at", "interviewed_at"]}
    assert file["notices"] == ["The encoding was guessed to be cp1252."]


def test_json_schema_describes_every_key_and_allows_no_other() -> None:
    def properties(node: Any) -> Any:
        if isinstance(node, dict):
            if "properties" in node:
                assert node["additionalProperties"] is False
                yield from node["properties"].items()
            for child in node.values():
                yield from properties(child)
        elif isinstance(node, list):
            for child in node:
                yield from properties(child)

    shared = schema()["$defs"]
    for key, value in properties(schema()):
        described = value.get("description") or shared[value["$ref"].rpartition("/")[2]]["description"]
        assert described, key
    wrong = document([full()])
    wrong["files"][0]["extra"] = 1
    assert not validator().is_valid(wrong)


@pytest.mark.parametrize("format", ["eml", "html"])
def test_json_gives_the_text_of_a_decoded_draft(format: Format) -> None:  # noqa: A002
    assert file_object(report([], format=format))["text"] == LETTER


def test_jsonl_is_one_object_a_line() -> None:
    odd = LETTER.replace("talk", "ta\u2028l\x85k\ud800")
    lines = render("jsonl", [full(), report([], odd, format="eml")]).splitlines()
    assert len(lines) == 2
    for line in lines:
        validator("#/$defs/file").validate(json.loads(line))
    assert json.loads(lines[1])["text"] == odd


# --- SARIF: what the standard requires of each object that we write (sections 3.13 to 3.57)

REQUIRED = {
    "log": {"version", "runs"},
    "run": {"tool"},
    "driver": {"name"},
    "rule": {"id"},
    "result": {"message"},
    "notification": {"message"},
    "fix": {"artifactChanges"},
    "change": {"artifactLocation", "replacements"},
    "replacement": {"deletedRegion"},
}


def objects(log: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    found = [("log", log), ("run", run), ("driver", driver)]
    found += [("rule", rule) for rule in driver["rules"]]
    found += [("notification", n) for i in run["invocations"] for n in i["toolExecutionNotifications"]]
    for result in run["results"]:
        found.append(("result", result))
        for fix in result.get("fixes", ()):
            found.append(("fix", fix))
            for change in fix["artifactChanges"]:
                found.append(("change", change))
                found += [("replacement", one) for one in change["replacements"]]
    return found


def test_sarif_has_what_the_standard_requires() -> None:
    log = json.loads(render("sarif", [full(), report([], name="a b/ü,:%.txt")]))
    seen = set()
    for kind, one in objects(log):
        assert REQUIRED[kind] <= one.keys(), kind
        seen.add(kind)
    assert seen == set(REQUIRED)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert log["version"] == "2.1.0" and run["columnKind"] == "unicodeCodePoints"
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note") and result["message"]["text"]
        where = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert run["artifacts"][where["index"]]["location"]["uri"] == where["uri"]
    assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in rules)
    assert rules[2]["helpUri"] == "https://example.org/guide?a=1&b=2"
    name = run["results"][0]
    region = {"startLine": 3, "startColumn": 10, "endLine": 3, "endColumn": 16}
    assert name["locations"][0]["physicalLocation"]["region"] == region
    assert name["fixes"][0]["artifactChanges"][0]["replacements"] == [
        {"deletedRegion": region, "insertedContent": {"text": "Raman"}}
    ]
    assert unquote(run["artifacts"][1]["location"]["uri"]) == "a b/ü,:%.txt"
    assert ":" not in run["artifacts"][1]["location"]["uri"]
    assert len({r["partialFingerprints"]["followupLint/v1"] for r in run["results"]}) == len(run["results"])


def test_sarif_gives_no_region_in_a_file_whose_lines_are_others() -> None:
    one = finding(LETTER, "Rahman", NAME, "Wrong name.", suggestions=("Raman",))
    (run,) = json.loads(render("sarif", [report([one], format="eml", name="/tmp/a.eml")]))["runs"]
    (result,) = run["results"]
    place = {"artifactLocation": {"uri": "file:///tmp/a.eml", "index": 0}}
    assert result["locations"] == [{"physicalLocation": place}]
    assert "fixes" not in result and "Rahman" in result["message"]["text"]


# --- GitHub


def parsed(command: str) -> tuple[str, dict[str, str], str]:
    """As GitHub's runner reads a command."""
    found = re.fullmatch(r"::(\w+) ([^\n]*?)::([^\n]*)", command)
    assert found, command
    properties = dict(one.split("=", 1) for one in found[2].split(","))
    return found[1], {key: decoded(value) for key, value in properties.items()}, decoded(found[3])


def decoded(text: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


def test_github_escapes() -> None:
    one = finding(LETTER, "Rahman", NAME, "100%, a::b\r\nc\x1b[m", suggestions=("50%0A",))
    (line,) = render("github", [report([one], name="a,b:c%.txt\n::error::x")]).splitlines()
    name, properties, message = parsed(line)
    assert name == "error"
    assert properties == {
        "file": "a,b:c%.txt‹U+000A›::error::x", "line": "3", "col": "10", "endColumn": "16", "title": "typos.name"
    }
    assert message.startswith("100%, a::b c‹U+001B›[m\ntry: ")
    assert "“50%250A”" in line


def test_github_leaves_columns_out_of_a_mark_over_several_lines() -> None:
    text = LETTER.replace("by Friday", "by\r\nFriday")
    one = finding(text, "to me by\r\nFriday", ULTIMATUM, "A deadline.")
    (line,) = render("github", [report([one], text)]).splitlines()
    assert parsed(line)[1] == {"file": "draft.txt", "line": "5", "endLine": "6", "title": "pushiness.ultimatum"}


def test_github_levels_and_what_was_not_checked() -> None:
    lines = [parsed(line) for line in render("github", [full()]).splitlines()]
    assert [name for name, _, _ in lines] == ["error", "warning", "warning", "notice", "notice"]
    assert lines[-1][2] == "not checked: the engine stopped after 5 s"
    assert render("github", [report([])]) == ""


# --- HTML


class Page(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.letter, self.marked = "", ""
        self._skip = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "section" in self.open and "a" not in self.open:
            self.letter += data
            self.marked += data if "mark" in self.open else ""


def test_html_escapes_and_shows_the_whole_letter() -> None:
    text = LETTER.replace("talk.", 'talk. <script>alert("1")</script> &amp; \x1b[2J\u202e').replace("\n", "\r\n")
    findings = [
        finding(text, "<script>alert", ULTIMATUM, "“<script>” & <b>"),
        finding(text, 'alert("1")</script> &', NAME, "overlaps", suggestions=('"><img src=x>',)),
        finding(text, "", CONTACT, "nothing", span=Span(len(text), len(text))),
    ]
    source = render("html", [report(findings, text, name='"><script>.txt')])
    page = Page(source)
    assert not page.open
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "img", "link", "iframe", "b" * 2}
    assert not any(key.startswith("on") for _, attributes in page.tags for key in attributes)
    assert page.letter == shown(text.replace("\r\n", "\n"), keep="\n")
    assert page.marked == '<script>alert("1")</script> &'
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids)) == 6
    targets = {str(a["href"])[1:] for _, a in page.tags if str(a.get("href", "")).startswith("#")}
    assert targets == set(ids)
    assert "\x1b" not in source and "\u202e" not in source


def test_html_links_only_to_the_web() -> None:
    evil = replace(ULTIMATUM, sources=(Reference("x", "javascript:alert(1)"),))
    assert "javascript:" not in render("html", [report([finding(LETTER, "Rahman", evil, "m")])])
    assert "https://example.org/guide?a=1&amp;b=2" in render("html", [full()])
    assert not is_web('https://x"onclick=') and is_web("https://example.org/a_(b)?c=d#e")


# --- text


def test_text_golden() -> None:
    assert render("text", [full()]) == GOLDEN


def test_text_of_a_clean_letter_is_one_line() -> None:
    assert render("text", [report([])]) == "draft.txt: thank-you note · ready to send · 100 of 100\n"


def test_text_of_several_ends_with_a_summary() -> None:
    lines = render("text", [full(), report([], name="b.txt")]).splitlines()
    assert lines[-1] == "2 drafts: 1 hold, 1 ready · 1 error, 2 warnings, 1 info"


def test_quiet_is_one_line_a_file() -> None:
    assert render("text", [full(), report([], name="b.txt")], quiet=True) == (
        "draft.txt: hold, 70 of 100, 1 error, 2 warnings, 1 info\nb.txt: ready, 100 of 100, no findings\n"
    )


def test_colour_adds_nothing_but_colour() -> None:
    coloured = render("text", [full(), full()], color=True)
    assert coloured != render("text", [full(), full()])
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == render("text", [full(), full()])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("拝啓 山田様、\tThank you ラマン sincerely", "ラマン"),
        ("👩‍💻 Zoe\u0308 and Nguye\u0302\u0303n wrote", "Nguye\u0302\u0303n"),
        ("x" * 200 + " 山田太郎 " + "y" * 200, "山田太郎"),
        ("hidden \u202e then Rahman", "Rahman"),
    ],
)
def test_carets_stand_below_the_words(line: str, words: str) -> None:
    text = LETTER.replace("I enjoyed our talk.", line)
    lines = render("text", [report([finding(text, words, NAME, "m")], text)]).splitlines()
    (at,) = (i for i, one in enumerate(lines) if one.strip() and set(one.strip()) == {"^"})
    cells = "".join(c + ("\0" if east_asian_width(c) in "WF" else "") for c in lines[at - 1] if not is_mark(c))
    first = lines[at].index("^")
    under = cells[first : first + lines[at].count("^")].replace("\0", "")
    assert under == "".join(c for c in words if not is_mark(c))
    assert len(cells) <= 80


def is_mark(character: str) -> bool:
    return "\u0300" <= character <= "\u036f" or character == "\u200d"


def test_few_lacking_facts_are_told_apart() -> None:
    one = report([], skipped=(Skipped("timing.late", needs=("interviewed_at",)),))
    assert "not checked: timing.late (needs interviewed_at)" in render("text", [one])


# --- every format, any draft

ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\r\n\t \x00\x1b\x9b\u202e\u2066\u2028\u0301\u200d\ud800\udfff界😀<>&\"'%:,[]({}"),
    ),
    max_size=80,
)


@st.composite
def odd_reports(draw: st.DrawFn) -> Report:
    text = draw(ODD)
    cuts = st.integers(0, len(text))
    findings = []
    for _ in range(draw(st.integers(0, 3))):
        start, end = sorted((draw(cuts), draw(cuts)))
        rule = draw(st.sampled_from([ULTIMATUM, NAME, STOCK, CONTACT]))
        suggestions = tuple(draw(st.lists(ODD, max_size=2)))
        fix = Fix((Edit(Span(start, end), suggestions[0]),), True) if suggestions else None
        told = (draw(ODD), Span(start, end), draw(ODD), suggestions, (Note(Span(start, end), draw(ODD)),), fix)
        findings.append(Finding(rule, rule.severity, rule.points, 0.5, *told))
    skipped = (Skipped("typos", reason=draw(ODD)),) if draw(st.booleans()) else ()
    format: Format = draw(st.sampled_from(["txt", "md", "eml", "html"]))  # noqa: A001
    ignored = (Ignored("formality.stiff", draw(ODD), draw(ODD)),)
    return report(findings, text, draw(ODD), format, skipped=skipped, ignored=ignored, notices=(draw(ODD),))


@settings(deadline=None)
@given(st.lists(odd_reports(), max_size=2), st.booleans(), st.integers(0, 100))
def test_every_format_takes_any_draft(reports: list[Report], quiet: bool, cells: int) -> None:
    for name in FORMATS:
        written = render(name, reports, quiet=quiet, width=cells)
        written.encode("utf-8")
        assert not written or written.endswith("\n")
        hidden = set("\x00\x1b\x9b\x7f\u202e\u2066\u200f\r")
        assert not hidden & set(written), name
    validator().validate(json.loads(render("json", reports)))
    assert len(render("jsonl", reports).splitlines()) == len(reports)
    assert all(parsed(line) for line in render("github", reports).splitlines())
    assert not Page(render("html", reports)).open
