"""Folding, word forms, the pattern syntax and the matcher, and how a wording check uses them: tables and a few laws."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_lint import Linter
from followup_lint.language import Folding, Forms, Lexicon, Lines, PatternError
from followup_lint.language.fold import ADDRESS, Sentence, fold
from followup_lint.language.matcher import find
from followup_lint.model import Context, SectionKind, Span

OPENED = {"won't": ("will", "not"), "i'm": ("i", "am"), "dont": ("do", "not"), "u": ("you",), "gr8": ("great",)}
FORMS = Forms.from_lines(
    ["take takes took taken taking", "be is was been being am are were", "go goes went gone going"],
    ["take", "plan", "visit", "hope", "hop"],
)
CLASSES = {
    "greet": ("hello", "good (day|morning)"),
    "tool": ("hammer", "saw", "spirit level"),
    "verb": ("take", "plan"),
    "nested": ("big {tool}", "small {tool}"),
}  # fmt: skip
LEXICON = Lexicon(CLASSES, FORMS, Folding(OPENED))


def folded(text: str, **more: Any) -> Sentence:
    return fold(text, Span(0, len(text)), SectionKind.BODY, LEXICON.folding, **more)


def marked(pattern: str, text: str, **more: Any) -> list[str]:
    """The source words that the pattern marks."""
    view = folded(text, **more).folded
    return [view.span(hit.marked_first, hit.marked_end).of(text) for hit in find(LEXICON.line(pattern), view)]


# ------------------------------------------------------------------------------------------------ folding

VIEWS = [
    ("I'm late", ["i'm", "late"], ["i", "am", "late"]),
    ("I’m late", ["i'm", "late"], ["i", "am", "late"]),
    ("I dont", ["i", "dont"], ["i", "do", "not"]),
    ("she hasn't", ["she", "hasn't"], ["she", "has", "not"]),
    ("we'll they'd you've they're", ["we'll", "they'd", "you've", "they're"],
     ["we", "will", "they", "would", "you", "have", "they", "are"]),
    ("the team's plan", ["the", "team's", "plan"], ["the", "team", "'s", "plan"]),
    ("a well-known\nfirm", ["a", "well", "known", "firm"], ["a", "well", "known", "firm"]),
    ("at 9:30am on the 3rd, 1,200 of 3.5", ["at", "9:30am", "on", "the", "3rd", "1,200", "of", "3.5"], None),
    ("B2B in Q3, K8s and a 2U server", ["b2b", "in", "q3", "k8s", "and", "a", "2u", "server"], None),
    ("30min or 12kg", ["30", "min", "or", "12", "kg"], None),
    ("it was gr8", ["it", "was", "gr8"], ["it", "was", "great"]),
    ("co\u00adoperate, zero\u200bwidth", ["cooperate", "zerowidth"], None),
    ("Zoe\u0308 and José", ["zoe\u0308", "and", "josé"], None),
    ("…!? — 👍", [], []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "plain", "opened"), VIEWS, ids=[v[0][:24] for v in VIEWS])
def test_views(text: str, plain: list[str], opened: list[str] | None) -> None:
    sentence = folded(text)
    assert list(sentence.plain.words) == plain
    assert list(sentence.folded.words) == (plain if opened is None else opened)


ADDRESSES = [
    ("see https://a.example/u/lol?ur=1, please", "https://a.example/u/lol?ur=1"),
    ("mail lol.ur@example.com.", "lol.ur@example.com"),
    ("it is www.lol.example/u!", "www.lol.example/u"),
    ("(linkedin.com/in/u-lol)", "linkedin.com/in/u-lol"),
    ("ask @lol_u about it", "@lol_u"),
]


@pytest.mark.parametrize(("text", "address"), ADDRESSES, ids=[a[1] for a in ADDRESSES])
def test_an_address_is_one_neutral_word(text: str, address: str) -> None:
    view = folded(text).folded
    assert view.words.count(ADDRESS) == 1
    at = view.words.index(ADDRESS)
    assert view.span(at, at + 1).of(text) == address
    assert not {"lol", "ur", "you"} & set(view.words)


@pytest.mark.parametrize(
    "text", ["Node.js/React and CI/CD", "a rate of 5/hr, e.g./i.e.", "we meet @ noon", "the end.So we left"]
)
def test_what_is_no_address(text: str) -> None:
    assert ADDRESS not in folded(text).plain.words


def test_a_mended_slip_stands_in_the_folded_view_only() -> None:
    sentence = folded("I havent herd it", mends={(9, 13): "heard"})
    assert sentence.plain.words[2] == "herd"
    assert sentence.folded.words[2] == "heard"
    assert sentence.folded.span(2, 3) == Span(9, 13)


@given(st.text(max_size=80))
def test_places_lie_in_order_and_gaps_hold_the_rest(text: str) -> None:
    sentence = folded(text)
    for view in (sentence.plain, sentence.folded):
        assert len(view.gaps) == len(view.words) + 1
        assert all(0 <= start < end <= len(text) for start, end in view.places)
        assert list(view.places) == sorted(view.places)
    plain = sentence.plain
    rebuilt = "".join(g + text[a:b] for g, (a, b) in zip(plain.gaps, plain.places, strict=False)) + plain.gaps[-1]
    assert rebuilt == text


# ------------------------------------------------------------------------------------------------ forms

FORM_TABLE = [
    ("take", {"take", "takes", "took", "taken", "taking"}),
    ("plan", {"plan", "plans", "planned", "planning"}),
    ("visit", {"visit", "visits", "visited", "visiting"}),
    ("carry", {"carry", "carries", "carried", "carrying"}),
    ("hope", {"hope", "hopes", "hoped", "hoping"}),
    ("reach", {"reach", "reaches", "reached", "reaching"}),
    ("tie", {"tie", "ties", "tied", "tying"}),
    ("agree", {"agree", "agrees", "agreed", "agreeing"}),
]


@pytest.mark.parametrize(("base", "forms"), FORM_TABLE, ids=[f[0] for f in FORM_TABLE])
def test_forms(base: str, forms: set[str]) -> None:
    assert FORMS.all(base) == forms
    if base in ("take", "plan", "visit", "hope"):
        assert {FORMS.base(form) for form in forms} == {base}


@pytest.mark.parametrize(
    ("word", "article"),
    [("hour", "an"), ("honest", "an"), ("university", "a"), ("one", "a"), ("apple", "an"), ("MBA", "an"), ("UX", "a"),
     ("plan", "a")],
)
def test_the_article_follows_the_sound(word: str, article: str) -> None:
    assert Forms.article(word) == article


# ------------------------------------------------------------------------------------------------ the matcher

MATCHES = [
    # words, choices, optional words
    ("red apple", "A Red apple.", ["Red apple"]),
    ("red apple", "a red, apple", ["red, apple"]),
    ("red apple", "reddish apple", []),
    ("(red|green) apple", "a green apple", ["green apple"]),
    ("very? red apple", "very red apple, red apple", ["very red apple", "red apple"]),
    ("red apple | pear", "a pear, a red apple", ["pear", "red apple"]),  # a choice without its brackets
    ("(very dark)? red", "very dark red", ["very dark red"]),
    ("(red|red apple)", "a red apple", ["red apple"]),  # the longest choice
    # forms and opened words
    ("take~ it", "took it, takes it, taking it", ["took it", "takes it", "taking it"]),
    ("do not go", "I dont go; we don't go", ["dont go", "don't go"]),
    ("won't go", "it will not go", ["will not go"]),
    ("well-known firm", "a well-known firm", ["well-known firm"]),
    # classes
    ("{greet} all", "Good morning all", ["Good morning all"]),
    ("a {nested}", "a small spirit level", ["a small spirit level"]),
    ("{verb~ing} it", "planning it and taking it", ["planning it", "taking it"]),
    ("{verb~} it", "planned it and took it", ["planned it", "took it"]),
    ("{tool}? box", "saw box, box", ["saw box", "box"]),
    ("{digits} days", "in 14 days", ["14 days"]),
    ("dear {capital}", "dear Max and dear friend", ["dear Max"]),
    # gaps: the shortest that fits
    ("need .. now", "need it now now", ["need it now"]),
    ("need .. now", "need one two three now", []),
    ("need ... now", "need one two three four now", ["need one two three four now"]),
    ("need .... now", "need a b c d e f g h i now", ["need a b c d e f g h i now"]),
    ("need _ now", "need it now", ["need it now"]),
    ("need _ now", "need now", []),
    # the ends of the sentence, signs, what may not follow
    ("^ so", "So it is so", ["So"]),
    ("so $", "so it is so.", ["so"]),
    ("yes ,", "yes, yes", ["yes"]),
    ("right ?", "is it right? all right", ["right"]),
    (", sir", "yes, sir; dear sir", ["sir"]),
    ("cool !(room|box)", "a cool room, a cool box, a cool cat", ["cool"]),
    ("cool !{tool}", "cool hammer, cool cat", ["cool"]),
    ("fire !(,)", "fire, and fire again", ["fire"]),
    # what is marked
    ("send [ the file ] now", "send the file now", ["the file"]),
    ("[ by (monday|friday) ] please", "by Friday please", ["by Friday"]),
    # matches of a line do not overlap
    ("a a", "a a a a a", ["a a", "a a"]),
]


@pytest.mark.parametrize(("pattern", "text", "wanted"), MATCHES, ids=[f"{m[0]} / {m[1][:20]}" for m in MATCHES])
def test_matches(pattern: str, text: str, wanted: list[str]) -> None:
    assert marked(pattern, text) == wanted


def test_a_computed_class_is_found_by_place() -> None:
    assert marked("dear {person} ,", "dear Ms. Raman, dear all,", classes={"person": ((5, 14),)}) == ["dear Ms. Raman"]
    assert marked("dear {person} ,", "dear all,") == []


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("(red", "never closed"), ("[ red", "never closed"), ("red )", "closes nothing"),
        ("red ] green", "closes nothing"),
        ("", "empty"), ("{colour} apple", "no word class named 'colour'"), ("{} apple", "{name}"),
        ("{verb~ish}", "the forms are"),
    ],
)  # fmt: skip
def test_a_pattern_that_cannot_be_read_says_why(pattern: str, told: str) -> None:
    with pytest.raises(PatternError, match=told.replace("{", r"\{")):
        LEXICON.line(pattern)


def test_classes_may_not_run_in_a_circle() -> None:
    circle = Lexicon({"a": ("{b}",), "b": ("x {c}",), "c": ("{a} y",)}, FORMS, Folding({}))
    with pytest.raises(PatternError, match="a > b > c > a"):
        circle.line("{a}")


def test_suggestions_are_kept_with_the_line() -> None:
    assert LEXICON.line("colour => color | hue").better == ("color", "hue")


@given(st.lists(st.sampled_from(["red", "big", "apple", "hammer", "saw", "the", "a", "box"]), max_size=12))
def test_many_lines_at_once_find_what_each_finds_alone(words: list[str]) -> None:
    patterns = ["red apple", "(big|red) {tool}", "the .. box", "{nested}", "^ a _", "[ saw ] box", "box $",
                "!(a) _ hammer"]
    view = folded(" ".join(words)).folded
    lines = [LEXICON.line(pattern) for pattern in patterns]
    together = sorted((line.source, hit) for line, hit in Lines.of(lines).hits(view))
    alone = sorted((line.source, hit) for line in lines for hit in find(line, view))
    assert together == alone


# ------------------------------------------------------------------------------------------------ a wording check

PAGE = '''summary = "Test"
severity = "{severity}"
evidence = "opinion"
message = "x"
instead = "x"
explanation = """x"""
sources = [{{ title = "x" }}]
[check]
kind = "wording"
{check}
'''
LETTER = "Subject: Data Engineer\n\nDear Ms. Raman,\n\n{body}\n\nKind regards,\nJonas Feld\n+1 555 010 0147\n"

CHECKS = [
    ("find", 'find = """\nplease hurry\n"""', "Please hurry. I said please hurry.", ["Please hurry", "please hurry"]),
    ("unless overlaps", 'find = """\nhurry\n"""\nunless = """\nno hurry\n"""',
     "There is no hurry, so hurry.", ["hurry"]),
    ("unless in the sentence", 'find = """\nhurry\n"""\nunless_sentence = """\njoke\n"""',
     "Hurry, as the joke has it. Hurry up.", ["Hurry"]),
    ("only with", 'find = """\nhurry\n"""\nonly_with = """\nplease\n"""', "They hurry. Please do hurry.", ["hurry"]),
    ("who must act", 'find = """\nneed my answer\n"""\nwho = "reader"', "They need my answer. You need my answer.",
     ["need my answer"]),
    ("hints alone", 'find = """\nhurry up\n"""\nhints = """\nnow\n"""', "It is now or never.", []),
    ("hints beside", 'find = """\nhurry up\n"""\nhints = """\nnow\n"""', "Now, hurry up.", ["Now", "hurry up"]),
    ("a least number", 'find = """\nhurry\n"""\nmin = 2', "Hurry.", []),
    ("all as one", 'find = """\nhurry\n"""\nmin = 2\nonce = true', "Hurry and hurry.", ["Hurry"]),
    ("phrase", 'find = """\nso happy\n"""\nphrase = true', "I think so, happy as I am. I am so happy.", ["so happy"]),
    ("clause", 'find = """\nso happy\n"""\nclause = true',
     "I think so (happy or not). It is so, happy man.", ["so, happy"]),
    ("unquoted", 'find = """\ngonna\n"""\nview = "plain"\nunquoted = true',
     'He wrote "gonna" and “gonna”. I am gonna.', ["gonna"]),
    ("plain view", 'find = """\nim\n"""\nview = "plain"', "im here and I'm there", ["im"]),
    ("subject", 'find = """\nengineer\n"""\nsection = ["subject"]', "An engineer wrote.", ["Engineer"]),
    ("words in a link", 'find = """\nlol\n"""', "See https://x.example/lol and lol@example.com.", []),
]  # fmt: skip


@pytest.mark.parametrize(("check", "body", "wanted"), [c[1:] for c in CHECKS], ids=[c[0] for c in CHECKS])
def test_wording(check: str, body: str, wanted: list[str], tmp_path: Any) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "one.toml").write_text(PAGE.format(severity="warning", check=check), encoding="utf-8")
    text = LETTER.format(body=body)
    linter = Linter(rules=[tmp_path], select=["mine"], typo_engine="none")
    found = linter.lint(text, Context()).findings
    linter.close()
    assert [f.span.of(text) for f in found if f.rule == "mine.one"] == wanted
