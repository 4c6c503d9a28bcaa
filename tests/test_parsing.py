"""Bytes -> Source -> Draft: letters and mails with their expected parts, laws over mutated letters, hostile input."""

from __future__ import annotations

import json
import random
import re
import textwrap
import time
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from followup_lint.model import Context, Draft, SectionKind, Source, Span
from followup_lint.parsing import (
    MAX_BYTES,
    Thread,
    UnreadableError,
    compose,
    dates,
    from_text,
    load,
    parse,
    people,
    person,
    sentences,
    thread,
)

CASES = ROOT / "tests/fixtures/parsing"
KINDS = {
    "H": SectionKind.HEADER, "S": SectionKind.SUBJECT, "G": SectionKind.SALUTATION, "B": SectionKind.BODY,
    "C": SectionKind.CLOSING, "Q": SectionKind.QUOTED, "M": SectionKind.MACHINE,
}  # fmt: skip


def table(name: str) -> list[dict[str, Any]]:
    return json.loads((CASES / name).read_text(encoding="utf-8"))


def parts(draft: Draft) -> dict[str, list[str]]:
    """The words of every section that is there."""
    return {s.kind: [span.of(draft.text) for span in s.spans if span] for s in draft.sections}


def whole(text: str) -> list[str]:
    return [" ".join(one.of(text).split()) for one in sentences(text, [Span(0, len(text))])]


# ------------------------------------------------------------------------------------------------ tables


def marked_letters() -> list[Any]:
    """letters.txt: a head with sign-off, name and contacts, then the letter with each part in ⟨K …⟩."""
    cases = []
    for chunk in re.split(r"(?m)^=== ", (CASES / "letters.txt").read_text(encoding="utf-8"))[1:]:
        head, _, marked = chunk.partition("~~~\n")
        title, *lines = head.splitlines()
        facts = {line.partition(" ")[0]: line.partition(" ")[2] for line in lines if line}
        marked = marked.removesuffix("\n")
        wanted: dict[str, list[str]] = {kind: [] for kind in SectionKind}
        for letter, words in re.findall(r"⟨([HSGBCQM]) ([^⟩]*)⟩", marked):
            wanted[KINDS[letter]].append(words.strip())
        cases.append(pytest.param(re.sub(r"⟨[HSGBCQM] ([^⟩]*)⟩", r"\1", marked), facts, wanted, id=title))
    return cases


@pytest.mark.parametrize(("text", "facts", "wanted"), marked_letters())
def test_letter(text: str, facts: dict[str, str], wanted: dict[str, list[str]]) -> None:
    draft = parse(from_text(text))
    assert parts(draft) == wanted
    assert draft.signoff.of(text) == facts.get("signoff", "")
    assert draft.name.of(text) == facts.get("name", "")
    if "contact" in facts:
        assert "; ".join(span.of(text) for span in draft.contact) == facts["contact"]


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in (ROOT / "tests/letters/dev-a.jsonl").read_text(encoding="utf-8").splitlines()],
    ids=lambda case: case["id"],
)
def test_labelled_draft(case: dict[str, Any]) -> None:
    """What a reader found missing is missing, and nothing else is."""
    draft, labels = parse(from_text(case["draft"])), case["labels"]
    found = {
        "subject": bool(draft.section(SectionKind.SUBJECT)),
        "salutation": bool(draft.section(SectionKind.SALUTATION)),
        "signoff": bool(draft.signoff),
    }
    assert found == {name: labels[name] != "missing" for name in found}
    assert (bool(draft.name), bool(draft.contact)) == (labels["name"], labels["contact"])


@pytest.mark.parametrize("case", table("quotes.json"), ids=lambda case: case["name"])
def test_quoted_text_is_told_from_the_writers(case: dict[str, Any]) -> None:
    draft = parse(from_text(case.get("text") or case["html"], format="txt" if "text" in case else "html"))
    found = parts(draft)
    dropped = " ".join(found[SectionKind.QUOTED] + found[SectionKind.MACHINE])
    kept = " ".join(words for kind in SectionKind if kind not in ("quoted", "machine") for words in found[kind])
    assert [word for word in case["keep"] if word not in kept] == []
    assert [word for word in case["drop"] if word not in dropped] == []


@pytest.mark.parametrize("case", table("signatures.json"), ids=lambda case: case["name"])
def test_closing_begins_at_its_first_line(case: dict[str, Any]) -> None:
    found = parts(parse(from_text(case["text"])))[SectionKind.CLOSING]
    assert (found[0].splitlines()[0] if found else None) == case["closing"]


@pytest.mark.parametrize("case", table("mime.json"), ids=lambda case: case["name"])
def test_message(case: dict[str, Any]) -> None:
    source = load(case["raw"].encode("latin-1"), "draft.eml")
    subject, _, body = source.text.partition("\n\n") if source.text.startswith("Subject:") else ("", "", source.text)
    if case["subject"] is not None:
        assert subject == f"Subject: {case['subject']}"
    assert case["body"] is None or case["body"] in body
    assert case["sender"] is None or case["sender"] in source.headers.sender
    assert case["absent"] is None or case["absent"] not in body


@pytest.mark.parametrize("case", table("html.json"), ids=lambda case: case["name"])
def test_page(case: dict[str, Any]) -> None:
    text = load(case["page"].encode(), "draft.html").text
    assert [words for words in case["has"] if words not in text] == []
    assert [words for words in case["hasnot"] if words in text] == []


@pytest.mark.parametrize("case", table("names.json"), ids=lambda case: case["text"])
def test_name(case: dict[str, Any]) -> None:
    found = person(case["text"])
    assert (found.honorific, found.given, found.family) == (case["honorific"], case["given"], case["family"])


# Known to be out of reach: after dots, a capital I may go on with the sentence.
UNSPLIT = "Wow!! That was great..."


@pytest.mark.parametrize(
    "case",
    [case for case in table("sentences.json") if not case["text"].startswith(UNSPLIT)],
    ids=lambda case: case["text"][:40],
)
def test_sentence_ends(case: dict[str, Any]) -> None:
    assert whole(case["text"]) == case["sentences"]


def test_sentences_of_a_letter_do_not_depend_on_its_wrap() -> None:
    letter = (CASES / "letter-with-list.txt").read_text(encoding="utf-8")
    wrapped = "\n\n".join(
        paragraph if "\n" in paragraph else textwrap.fill(paragraph, 72) for paragraph in letter.split("\n\n")
    )
    assert len(whole(letter)) == 15
    assert whole(wrapped) == whole(letter)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("I bring:\nfive years of welding;\na clean licence;\nreferences.",
         ["I bring:", "five years of welding;", "a clean licence;", "references."]),
        ("? Led the team\n? Cut the cost", ["Led the team", "Cut the cost"]),
        ("1) I can start now.\n2) I have a car.", ["I can start now.", "I have a car."]),
        ("It was good to meet you and the\nof\nother people from Port Allen.",
         ["It was good to meet you and the of other people from Port Allen."]),
        ("I liked the tour of the works at\nNorthwind Traders, which was new to me, and\nMs. Raman's plan.",
         ["I liked the tour of the works at Northwind Traders, which was new to me, and Ms. Raman's plan."]),
        ("Thank you.  I liked it.\u00a0 It was good.", ["Thank you.", "I liked it.", "It was good."]),
        ("Best regards,\nJane Roe", ["Best regards,", "Jane Roe"]),
        ("", []),
    ],
)  # fmt: skip
def test_blocks_end_sentences_and_wraps_do_not(text: str, wanted: list[str]) -> None:
    assert whole(text) == wanted


def test_a_stretch_without_an_end_is_cut() -> None:
    """Matching a sentence costs its length times that of the rules: none may be as long as a hostile letter."""
    text = "word " * 5_000
    found = sentences(text, [Span(0, len(text))])
    assert max(len(one) for one in found) <= 4_000
    assert sum(one.of(text).count("word") for one in found) >= 4_990


def test_sentences_stay_inside_the_spans() -> None:
    text = "One is here. Two is there. Three is gone."
    assert [one.of(text) for one in sentences(text, [Span(4, 18), Span(27, 32)])] == ["is here.", "Two i", "Three"]


# ------------------------------------------------------------------------------------------------ reading files


@pytest.mark.parametrize(
    ("data", "text", "notices"),
    [
        ("Zoë – ok".encode(), "Zoë – ok", 0),
        (b"\xef\xbb\xbfZo\xc3\xab", "Zoë", 0),
        ("Zoë".encode("utf-16"), "Zoë", 0),
        ("Zoë".encode("utf-16-be"), None, 0),
        (b"\xfe\xff" + "Zoë".encode("utf-16-be"), "Zoë", 0),
        (b"It\x92s caf\xe9", "It’s café", 1),
        (b"a\r\nb\rc\n", "a\r\nb\rc\n", 0),
        (b"", "", 0),
    ],
)
def test_encodings(data: bytes, text: str | None, notices: int) -> None:
    if text is None:
        with pytest.raises(UnreadableError):
            load(data, "draft.txt")
        return
    source = load(data, "draft.txt")
    assert (source.text, len(source.notices)) == (text, notices)


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 stream", b"PK\x03\x04 docx", b"{\\rtf1 Dear}", b"Dear\x00Ms", bytes(range(1, 32)) * 9, b"\xff\xfea",
     b"a" * (MAX_BYTES + 1)],
)  # fmt: skip
def test_what_is_no_text_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(UnreadableError) as refused:
        load(data, "secret-name.txt")
    assert "\n" not in str(refused.value) and "secret-name" not in str(refused.value)


MAIL = (
    b"From: Jane Roe <jane@roe.example>\r\nTo: \"Chen, Maria\" <m@x.example>, hr@x.example\r\nCc: A B <a@b.example>\r\n"
    b"Date: Tue, 3 Nov 2026 10:00:00 -0500\r\nMessage-ID: <1@x>\r\nSubject: Thanks\r\n\r\n"
    b"Dear Maria,\r\n\r\nThank you.\r\n"
)


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("a.txt", MAIL, "txt"),
        ("a.MD", b"x", "md"),
        ("a.eml", b"x", "eml"),
        ("a.htm", b"<p>x", "html"),
        ("-", MAIL, "eml"),
        ("-", b"To: m@x.example\nFrom: j@x.example\nSubject: Thanks\n\nDear Maria,\n", "txt"),
        ("-", b"<p>x", "txt"),
    ],
)
def test_the_format_is_told_by_the_name_or_by_a_real_head(name: str, data: bytes, form: str) -> None:
    assert load(data, name).format == form


def test_head_of_a_message() -> None:
    source = load(MAIL, "draft.eml")
    assert source.text == "Subject: Thanks\n\nDear Maria,\n\nThank you."
    assert source.headers.sender == "Jane Roe <jane@roe.example>"
    assert source.headers.recipients == ("\"Chen, Maria\" <m@x.example>", "hr@x.example", "A B <a@b.example>")
    assert source.headers.date == datetime.fromisoformat("2026-11-03T10:00:00-05:00")
    assert source.headers.message_id == "<1@x>"


def test_composed_and_given_text() -> None:
    assert compose("Thanks", "Dear Sam,\n\nOk.").text == "Subject: Thanks\n\nDear Sam,\n\nOk."
    assert parts(parse(compose("", "Dear Sam,\n\nOk.")))[SectionKind.SUBJECT] == []
    assert from_text("\ud800 lone").text == "\ud800 lone"
    assert from_text("<p>a</p>", format="html").text == "a"
    assert from_text(MAIL.decode(), format="eml") == Source(
        load(MAIL, "x.eml").text, "<string>", "eml", load(MAIL, "x.eml").headers
    )


def test_profile_links_of_a_page_are_contacts() -> None:
    link = "<a href='https://linkedin.com/in/j'>LinkedIn</a>"
    page = f"<p>Hi Sam,</p><p>Thank you for Friday.</p><p>Best,<br>Jane<br>{link}</p>"
    draft = parse(from_text(page, format="html"))
    assert [span.of(draft.text) for span in draft.contact] == ["https://linkedin.com/in/j"]


def test_mutated_messages_never_raise() -> None:
    chance = random.Random(7)
    mails = [case["raw"].encode("latin-1") for case in table("mime.json") if case["raw"]]
    bits = b"\x00|\xff|=?|?=|\r\n|\n\n|--|;|\"|<|:|charset=|boundary=| ".split(b"|")
    for _ in range(1500):
        data = bytearray(chance.choice(mails))
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(data) + 1)
            data[at : at + chance.choice((0, 0, 1, 5, 40))] = chance.choice(bits)
        try:
            draft = parse(load(bytes(data), "draft.eml"))
        except UnreadableError:
            continue
        well_formed(draft)


# ------------------------------------------------------------------------------------------------ laws

PIECES = json.loads((CASES / "pieces.json").read_text(encoding="utf-8"))
SUBJECTS = ["Subject: Thank you – Engineer", "Subject:", "", "**Subject:** Thanks", "To: a@b.example\nSubject: Re: Hi"]
letters = st.builds(
    lambda subject, greeting, bodies, closing: "\n\n".join(filter(None, (subject, greeting, *bodies, closing))),
    st.sampled_from(SUBJECTS),
    st.sampled_from(PIECES["greetings"]),
    st.lists(st.sampled_from(PIECES["bodies"]), max_size=4),
    st.sampled_from(PIECES["closings"]),
)
BITS = [*"\n ,.:\t\u00a0\ufeff’\r😊[\x00", "\n\n", "> ", "- ", "--", "Re: ", "On ", "wrote:"]


def mutate(text: str, steps: list[tuple[float, int, str]]) -> str:
    for where, cut, bit in steps:
        at = int(where * len(text))
        text = text[:at] + bit + text[at + cut :]
    return text


mutants = st.builds(
    mutate, letters,
    st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0, 0, 1, 3, 30]), st.sampled_from(BITS)), max_size=5),
)  # fmt: skip
MANY = settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))


def well_formed(draft: Draft) -> None:
    """One section of each kind in order; ordered disjoint spans that together hold every printing character."""
    assert [section.kind for section in draft.sections] == list(SectionKind)
    spans = sorted(span for section in draft.sections for span in section.spans if span)
    for section in draft.sections:
        assert list(section.spans) == sorted(section.spans)
        assert section.kind in ("header", "quoted", "machine") or section.spans
        assert len(section.spans) == 1 or all(section.spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(span.end <= len(draft.text) for section in draft.sections for span in section.spans)
    covered = {at for span in spans for at in range(span.start, span.end)}
    odd = "*_`\u200b\u2060\ufeff\u200e\u200f"
    assert [c for at, c in enumerate(draft.text) if at not in covered and not c.isspace() and c not in odd] == []
    closing = draft.section(SectionKind.CLOSING)
    for inner in (draft.signoff, draft.name, *draft.contact):
        assert not inner or closing.covers(inner)
    assert not (draft.signoff.overlaps(draft.name))


@given(st.one_of(mutants, st.text(), st.text(st.characters(codec=None, exclude_categories=()))))
@example("")
@example("\ud800")
@example("Subject:")
@example("Subject: a Dear B, " * 20)
@MANY
def test_every_text_has_well_formed_sections(text: str) -> None:
    draft = parse(from_text(text))
    well_formed(draft)
    body = draft.section(SectionKind.BODY).spans
    for one in sentences(text, body):
        assert one and not one.of(text)[0].isspace() and not one.of(text)[-1].isspace()
        assert any(span.covers(one) for span in body)
    people(draft, Context(interviewer="Ms. Priya Raman"))
    thread(draft)
    for span, _ in dates(text, date(2026, 3, 3)):
        assert 0 <= span.start < span.end <= len(text)


@given(letters)
@MANY
def test_line_ends_and_blanks_change_no_section(text: str) -> None:
    expected = parts(parse(from_text(text)))
    crlf = parts(parse(from_text(text.replace("\n", "\r\n"))))
    assert {kind: [words.replace("\r\n", "\n") for words in found] for kind, found in crlf.items()} == expected
    unbreakable = parts(parse(from_text(text.replace(" ", "\u00a0"))))
    assert {kind: [words.replace("\u00a0", " ") for words in found] for kind, found in unbreakable.items()} == expected


@given(letters.filter(bool), st.sampled_from(PIECES["threads"]))
@MANY
def test_a_quoted_thread_below_changes_no_other_section(text: str, below: str) -> None:
    before, after = parts(parse(from_text(text))), parts(parse(from_text(f"{text}\n\n{below}")))
    if not any(before[kind] for kind in ("salutation", "body", "closing")) and not below.startswith((">", "On ")):
        return  # a head alone: the thread would be the letter
    assert {kind: words for kind, words in after.items() if kind != "quoted"} == {
        kind: words for kind, words in before.items() if kind != "quoted"
    }


HOSTILE = {
    "on": "On ",
    "parenthesis": "(",
    "one line": "a",
    "words": "word ",
    "lines": "a\n",
    "sign-offs": "Best,\n",
    "wrote": "On wrote:\n",
    "attribution": "On Tue, 3 Nov 2026 at 10:00 X you wrote:\nok\n",
    "marks": ">",
    "heads": "To: a\n",
    "blank": "\n",
    "rules": "_____\n",
    "addresses": "a@",
    "dots": "a.",
    "digits": "1 ",
    "phones": "(555) 123-4567 ",
    "names": "Jane Doe\n",
    "greetings": "Dear ",
    "brackets": "[",
    "subjects": "Subject: x\n",
    "references": "RE: x\n",
    "headings": "# x\n",
    "attachments": "- a.pdf\n",
    "colons": "a:\n",
    "tags": "<",
    "surrogates": "\ud800",
    "urls": "http://a.b/c ",
    "thanks": "thanks ",
    "notices": "This e-mail is confidential and privileged\n",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_a_megabyte_of_junk_is_parsed_in_linear_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    began = time.process_time()
    draft = parse(from_text(text))
    assert time.process_time() - began < 6  # 0.01 to 2 s of CPU; quadratic time would take minutes
    assert draft.sections


@pytest.mark.parametrize("unit", ["<!--", "<a ", "<p>", "<b>x", "&amp;", "</p>", '<a href="', "<![if ", "<div><li>"])
def test_a_page_of_junk_is_read_in_linear_time(unit: str) -> None:
    began = time.process_time()
    load((unit * (200_000 // len(unit))).encode(), "draft.html")
    assert time.process_time() - began < 6


# ------------------------------------------------------------------------------------------------ people


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dear Ms. Delacroix-Nguyen and Mr. Oyelaran,", ["Ms. Delacroix-Nguyen", "Mr. Oyelaran"]),
        ("Dear Ms. Chen, Mr. Lee, and Dr. Park,", ["Ms. Chen", "Mr. Lee", "Dr. Park"]),
        ("Dear Mr. and Mrs. Smith,", ["Mr. Smith", "Mrs. Smith"]),
        ("Hi Sam, hi Priya,", ["Sam", "Priya"]),
        ("Hello again Priya!", ["Priya"]),
        ("Good morning, Prof. Dr. Aeschlimann,", ["Prof. Dr. Aeschlimann"]),
        ("Dear Ms. You,", ["Ms. You"]),
        ("Dear प्रिया,", ["प्रिया"]),
        ("Dear Hiring Manager,", []),
        ("Dear Sir or Madam,", []),
        ("Dear Members of the Selection Panel,", []),
        ("Dear [Name],", []),
        ("Hi there!", []),
    ],
)
def test_people_greeted(text: str, words: list[str]) -> None:
    draft = parse(from_text(f"{text}\n\nI would be glad to join.\n"))
    found = [one for one in people(draft, Context()) if one.where == "greeting"]
    assert [" ".join((one.honorific, *one.words)).strip() for one in found] == words
    for one in found:
        assert one.span is not None and (one.honorific or one.words[-1]) in one.span.of(draft.text)


def test_names_of_every_origin_are_read_alike() -> None:
    """Greeting and signature are told by place and shape: no name is known, so none is unknown."""
    rows = (ROOT / "tests/data/names.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for _, first, last in (row.split("\t") for row in rows if row and not row.startswith(("#", "origin"))):
        for greeting, called in ((f"Dear Ms. {last},", last), (f"Hi {first}!", first), (f"{first},", first)):
            name = f"{first} {last}"
            for closing in (f"Best,\n{name}", f"{name}\n(555) 010-2244", f"Kind regards, {name}"):
                draft = parse(from_text(f"{greeting}\n\nIt was good to see the plant.\n\n{closing}\n"))
                named = [(one.where, " ".join(one.words)) for one in people(draft, Context())]
                assert named == [("greeting", called), ("signature", name)]


def test_people_of_every_place() -> None:
    text = (
        "Dear Ms. Raman,\n\nThank you for Friday.\n\nBest,\nKate\n\nKatherine M. Roe\nDirector\n\n"
        "On Tue, 3 Mar 2026 at 10:00, Sam van der Poe <sam@x.example> wrote:\n> See you.\n> Sammy"
    )
    head = "From: Kate Roe <k@x.example>\nTo: Priya Raman <p@x.example>\nSubject: x\n\n"
    source = load((head + text).encode(), "a.eml")
    found = people(parse(source), Context(interviewer="Ms. Priya Raman and Joris Vos"))
    assert [(one.where, " ".join(one.words)) for one in found] == [
        ("context", "Priya Raman"), ("context", "Joris Vos"), ("header", "Kate Roe"), ("header", "Priya Raman"),
        ("greeting", "Raman"), ("signature", "Kate"), ("signature", "Katherine M. Roe"),
        ("quoted", "Sam van der Poe"), ("quoted", "Sammy"),
    ]  # fmt: skip
    assert [one.family for one in found if one.where == "quoted"] == ["van der Poe", ""]


# ------------------------------------------------------------------------------------------------ dates and thread

WEDNESDAY = date(2026, 11, 4)


DAYS = [line.split("\t") for line in (CASES / "dates.tsv").read_text(encoding="utf-8").splitlines()[1:]]


@pytest.mark.parametrize(("text", "day"), DAYS, ids=[text for text, _ in DAYS])
def test_day(text: str, day: str) -> None:
    found = [one.isoformat() for _, one in dates(f"{text}.", WEDNESDAY)]
    assert found == ([] if day == "-" else [day])


def test_days_without_a_today_need_their_year() -> None:
    found = dates("On 3 March 2026 or 4 March, Friday or tomorrow, 2026-03-05.", None)
    assert [day.isoformat() for _, day in found] == ["2026-03-03", "2026-03-05"]


def test_days_are_marked_exactly() -> None:
    text = "I must answer by\r\nFriday, 6 November 2026. Ok."
    assert [span.of(text) for span, _ in dates(text, None)] == ["Friday, 6 November 2026"]


OWN = "Hi Maria,\n\nThank you for the news.\n\nBest,\nJane Roe\njane@roe.example\n\n"


@pytest.mark.parametrize("case", table("threads.json"), ids=lambda case: case["below"][:30])
def test_thread(case: dict[str, Any]) -> None:
    told = thread(parse(from_text(OWN + case["below"])))
    assert told == Thread(
        case["decision_by"] and date.fromisoformat(case["decision_by"]),
        case["replied_first_name"],
        case["wrote_at"] and datetime.fromisoformat(case["wrote_at"]),
    )
