"""The proofreader from outside: what reaches an engine, what is flagged, what never is."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import textwrap
import threading
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_lint.model import Context, Draft, Section, SectionKind, Source, Span
from followup_lint.proofreading import EngineMissingError, Policy, Proofread, Proofreader, SlipKind, proofreader
from followup_lint.proofreading.adapter import EngineFailedError, Guarded, Hit
from followup_lint.proofreading.guard import MOST, PIECE, pieces
from followup_lint.proofreading.lexicon import Lexicon, packaged
from followup_lint.proofreading.names import names
from followup_lint.proofreading.spelling import misspellings

RULES = Path(__file__).parent.parent / "rules" / "engines"
DATA = Path(__file__).parent / "data"
POLICIES = {
    path.stem: Policy.from_mapping(tomllib.loads(path.read_text("utf-8")), str(path)) for path in RULES.glob("*.toml")
}
LEXICON = Lexicon(packaged)


def letter(
    body: str, *, subject: str = "", salutation: str = "Hello,", signoff: str = "Best regards,", name: str = "",
    contact: str = "", quoted: str = "",
) -> Draft:
    """A draft put together by hand, so that these tests hang on no parser."""
    parts: dict[str, Span] = {}
    text = ""
    for key, part, gap in (
        ("subject", subject, "\n\n"), ("salutation", salutation, "\n\n"), ("body", body, "\n\n"),
        ("signoff", signoff, "\n"), ("name", name, "\n"), ("contact", contact, "\n"), ("quoted", quoted, ""),
    ):
        text += "Subject: " if part and key == "subject" else ""
        parts[key] = Span(len(text), len(text) + len(part))
        text += part + (gap if part else "")
    closing = Span(parts["signoff"].start, parts["contact"].end)
    spans = {
        SectionKind.HEADER: Span(0, 0), SectionKind.SUBJECT: parts["subject"],
        SectionKind.SALUTATION: parts["salutation"], SectionKind.BODY: parts["body"], SectionKind.CLOSING: closing,
        SectionKind.QUOTED: parts["quoted"], SectionKind.MACHINE: Span(len(text), len(text)),
    }
    sections = tuple(Section(kind, (span,)) for kind, span in spans.items())
    contacts = (parts["contact"],) if contact else ()
    return Draft(Source(text), sections, parts["signoff"], parts["name"], contacts)


def marked(draft: Draft, found: Proofread) -> list[tuple[str, str]]:
    return [(slip.span.of(draft.text), slip.suggestions[0] if slip.suggestions else "") for slip in found.slips]


def told(draft: Draft, found: Proofread) -> list[str]:
    """The slips as lines that a person reading a change of engine can follow."""
    return [f"{s.span.of(draft.text)} -> {' | '.join(s.suggestions)} ({s.kind}, {s.origin})" for s in found.slips]


class Recorder:
    """An engine that writes down what it is shown, and says what it is told to."""

    label = "recorder 1"

    def __init__(self, *said: Hit, failure: str = "") -> None:
        self.said, self.failure, self.shown = said, failure, list[str]()

    def start(self) -> None:
        if self.failure == "start":
            raise EngineFailedError("recorder did not start")

    def hits(self, text: str, british: bool, seconds: float) -> Iterable[Hit]:
        self.shown.append(text)
        if self.failure:
            raise EngineFailedError("recorder stopped answering")
        return self.said

    def close(self) -> None:
        pass


def recording(recorder: Recorder, policy: Policy | None = None, seconds: float = 5.0) -> Guarded:
    return Guarded(recorder, policy or Policy("recorder", {}), POLICIES["spelling"], LEXICON, seconds)


@pytest.fixture(scope="module")
def harper() -> Iterator[Proofreader]:
    made = proofreader("harper", POLICIES, seconds=60)
    yield made
    made.close()


# ---- what reaches an engine ----------------------------------------------------------------------------------------


def test_only_the_writers_own_text_reaches_the_engine() -> None:
    draft = letter(
        "We met.", subject="Our talk", name="Oluwaseun Adeyemi", contact="seun@example.org +1 555 0100",
        quoted="On Monday Ann wrote:\n> I recieved it",
    )
    recorder = Recorder()
    recording(recorder).check(draft, Context())
    shown = "\n".join(recorder.shown)
    assert "We met." in shown and "Our talk" in shown and "Best regards" in shown
    assert not any(hidden in shown for hidden in ("Oluwaseun", "Adeyemi", "example.org", "0100", "recieved", "wrote"))


@pytest.mark.parametrize("hidden", [
    "https://example.org/recieve?x=teh", "bob@acme.com-555-1234", "@some_handle", "C:\\temp\\teh.txt",
    "/usr/lib/teh", "follow2up",
    "h3llo", "x" * 50, "привет", "你好", "\ud800", "a\x00b", "+" * 12, "= = = = = =", "😀😀😀", "example.com",
])
def test_what_engines_choke_on_is_masked(hidden: str) -> None:
    draft = letter(f"See {hidden} for the plan.")
    (piece,) = pieces(draft)[0]
    assert hidden not in piece.text
    at = draft.text.index(hidden)
    assert piece.text.endswith("for the plan.\n\nBest regards,")
    assert piece.source_span(piece.text.index("for"), piece.text.index("for") + 3) == Span(
        at + len(hidden) + 1, at + len(hidden) + 4
    )


@pytest.mark.parametrize("ordinary", [
    "I’ll send “it” today, at 4pm on the 3rd (if I can).", "Zsófia's résumé – and/or the 24/7 rota; it's 50% done!",
    "Well… yes. I did 2 years, e.g. in Ürümqi.", "Café, naïve, Æthelstan, Øyvind, Łukasz.",
])
def test_ordinary_text_is_not_masked(ordinary: str) -> None:
    (piece,) = pieces(letter(ordinary))[0]
    assert piece.masked == ()
    straight = ordinary.replace("’", "'").replace("“", '"').replace("”", '"')
    assert straight in piece.text


@given(st.text(alphabet=st.one_of(
    st.sampled_from("ab. \n\r\t-,!'’\u0301\u200b\ud83d\U0001f600é\u00adя@/:2\x00"), st.characters(),
), max_size=300))
@settings(max_examples=300, deadline=None)
def test_pieces_point_back_into_any_text(body: str) -> None:
    draft = letter(body)
    for piece in pieces(draft)[0]:
        assert len(piece.text) <= PIECE
        for at, char in enumerate(piece.text):
            span = piece.source_span(at, at + 1)
            assert 0 <= span.start < span.end <= len(draft.text)
            if char.isalnum() and char.isascii() and not piece.touches_mask(at, at + 1):
                assert draft.text[span.start] == char


def test_long_letters_are_cut_at_paragraphs_and_said_to_be() -> None:
    recorder = Recorder()
    draft = letter("\n\n".join(["One sentence and another. " * 20] * 200))
    found = recording(recorder).check(draft, Context())
    assert all(0 < len(text) <= PIECE for text in recorder.shown)
    assert sum(map(len, recorder.shown)) <= MOST
    assert "first 50,000" in found.unchecked


def test_the_deadline_is_kept_and_told() -> None:
    found = recording(Recorder(), seconds=0.0).check(letter("We met."), Context())
    assert found.slips == () and "stopped after 0 seconds" in found.unchecked and "\n" not in found.unchecked


@pytest.mark.parametrize(("failure", "told"), [("start", "did not start"), ("check", "stopped answering")])
def test_a_failing_engine_is_told_in_one_line(failure: str, told: str) -> None:
    draft = letter("I recieved it.")
    found = recording(Recorder(failure=failure)).check(draft, Context())
    assert told in found.unchecked and "\n" not in found.unchecked
    assert marked(draft, found) == [("recieved", "received")]  # the spelling is ours
    assert found.engine == "recorder 1"


def test_offsets_are_source_offsets_with_crlf_and_accents_apart() -> None:
    plain = "Thank you.\nZoe\u0301 recieved it.\n\nI beleive you."
    for text in (plain, plain.replace("\n", "\r\n")):
        draft = letter(text)
        found = recording(Recorder()).check(draft, Context())
        assert marked(draft, found) == [("recieved", "received"), ("beleive", "believe")]


def test_hits_pass_only_by_the_policy() -> None:
    policy = Policy.from_mapping({
        "engine": "recorder", "kinds": {"grammar": ["GOOD", "GUARDED", "BODY"]}, "body": ["BODY"],
        "guard": {"GUARDED": {"marked": "met", "not-after": " him"}}, "message": {"GOOD": "not {match}"},
    }, "x.toml")
    said = (
        Hit(0, 2, "GOOD", "m", ("They",)), Hit(3, 6, "GUARDED", "m", ()), Hit(3, 6, "UNLISTED", "m", ()),
        Hit(7, 10, "BODY", "m", ()), Hit(90, 99, "GOOD", "m", ()),
    )
    draft = letter("We met her.", salutation="", signoff="")
    found = recording(Recorder(*said), policy).check(draft, Context()).slips
    assert [(s.origin, s.message) for s in found] == [
        ("recorder:GOOD", "not We"), ("recorder:GUARDED", "m"), ("recorder:BODY", "m"),
    ]
    draft = letter("We met him.", salutation="", signoff="")
    assert [s.origin for s in recording(Recorder(*said), policy).check(draft, Context()).slips] == [
        "recorder:GOOD", "recorder:BODY",
    ]


# ---- policies ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("table", "told"), [
    ({}, "engine"), ({"engine": "x", "kinds": {"taste": []}}, "kinds.taste"), ({"engine": "x", "odd": 1}, "odd"),
    ({"engine": "x", "kinds": {"grammar": ["A", "A"]}}, "twice"),
    ({"engine": "x", "kinds": {"grammar": ["A"]}, "never": ["A"]}, "never"),
    ({"engine": "x", "kinds": {}, "safe": ["A"]}, "safe"),
    ({"engine": "x", "kinds": {}, "guard": {"A": {"marked": "("}}}, "guard.A.marked"),
    ({"engine": "x", "kinds": {}, "guard": {"A": {"mark": "x"}}}, "guard.A.mark"),
    ({"engine": "x", "kinds": {"grammar": "A"}}, "kinds.grammar"), ({"engine": "x", "message": {"A": 1}}, "message.A"),
])
def test_a_wrong_policy_names_file_and_key(table: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=r"engines/x\.toml: ") as raised:
        Policy.from_mapping(table, "engines/x.toml")
    assert told in str(raised.value)


def test_every_guard_and_message_is_about_a_rule_that_counts() -> None:
    for policy in POLICIES.values():
        assert set(policy.guards) <= set(policy.kinds) and set(policy.messages) <= set(policy.kinds)


# ---- spelling ------------------------------------------------------------------------------------------------------


def spelt(text: str, context: Context | None = None) -> list[tuple[str, tuple[str, ...]]]:
    told = names(letter(text), context or Context())
    return [(text[one.start : one.end], one.suggestions) for one in misspellings(text, told, LEXICON)]


@pytest.mark.parametrize(("text", "wrong", "right"), [
    ("I recieved your note.", "recieved", "received"), ("Please let me knwo today.", "knwo", "know"),
    ("Teh plan is good.", "Teh", "The"), ("Thnak you for your time.", "Thnak", "Thank"),
    ("I am definately interested.", "definately", "definitely"), ("We met on tuesday.", "tuesday", "Tuesday"),
    ("I dont know.", "dont", "don't"), ("Thankyou for the call.", "Thankyou", "Thank you"),
    ("There is alot to do.", "alot", "a lot"), ("The shedule was tight.", "shedule", "schedule"),
    ("I look foward to it.", "foward", "forward"), ("It was a great oportunity.", "oportunity", "opportunity"),
    ("Your team wll keep it.", "wll", "will"), ("I ahve a question.", "ahve", "have"),
])
def test_slips_are_found_with_the_right_word_first(text: str, wrong: str, right: str) -> None:
    found = spelt(text)
    assert [(one, first) for one, (first, *_) in found] == [(wrong, right)]
    assert all(len(suggestions) <= 5 for _, suggestions in found)


@pytest.mark.parametrize("text", [
    "We colour, favour and organise; they color, favor and organize.", "The kubectl and terraform configs work.",
    "I met Wout, Gian and Oprea in Szczecin.", "Wout was kind. Keely’s plan is good.", "Our KPIs, QBRs, mgmt, qty.",
    "Please use runbooks, webhooks and a chatbot.", "It was sooo good, pleaseee.", "See foo_bar, recieve(), teh.txt.",
    'They call it "teh" for fun.', "He said: go raibh maith agat.", "The estimand and the potassic soil; otter holts.",
    "A pre-acidified, X-rayed, co-founded thing.", "We used an ETL and an iPhone, per iCloud.",
    "ur thx pls lmk gonna", "My café résumé is naïve.",
])
def test_names_terms_dialects_and_jargon_are_left_alone(text: str) -> None:
    assert spelt(text) == []


def test_a_word_used_twice_is_the_writers_own() -> None:
    assert spelt("Our kitchon day.") and not spelt("Our kitchon day and the other kitchon day.")


def test_capitals_of_the_word_are_kept() -> None:
    assert spelt("Recieved with thanks.")[0][1][0] == "Received"


def test_no_suggestion_is_a_curse() -> None:
    assert all("fuck" not in one for _, offered in spelt("We ficked the build.") for one in offered)


def test_word_lists_are_small_and_in_the_order_relied_upon() -> None:
    files = list((RULES.parent / "words").glob("lexicon-*"))
    assert sum(path.stat().st_size for path in files) <= 1_000_000
    counts = list(LEXICON.frequency.values())
    assert counts == sorted(counts, reverse=True) and len(counts) > 80_000


def test_every_word_list_says_where_it_is_from() -> None:
    for path in (RULES.parent / "words").glob("lexicon-*.gz"):
        head = gzip.decompress(path.read_bytes()).decode().split("\n", 3)
        assert head[1].startswith("# Made from ") and "MIT" in head[1], path.name


# ---- the renaming law ----------------------------------------------------------------------------------------------

PEOPLE = [tuple(row.split("\t")) for row in (DATA / "names.tsv").read_text("utf-8").split("\n")[2:] if row]
TEXTS = {
    "inside": "I met {given} {family} on Monday. We asked {given}'s team and {family}’s. It was {given}-{family}.",
    "at the start": "{given} was kind enough to explain it. {family} said that it works.\n\n{given} has the notes.",
    "possessive at the start": "{given}'s team is small. {family}’s office is near.",
    "before a verb": "{given} and I talked about the role. {family} told us more.",
    "alone": "{given}, thank you for the talk.\n\n{family}",
    "in small letters": "I met {given} on Monday. The team of {family} is small. It is {given}'s plan.",
}


def test_there_are_enough_names() -> None:
    assert len(PEOPLE) >= 500 and len({origin for origin, _, _ in PEOPLE}) >= 40


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("place", "case"), [
    *((place, "as written") for place in TEXTS), ("inside", "in capitals"), ("at the start", "in capitals"),
    ("in small letters", "told by the facts"), ("in small letters", "told by the greeting"),
])
def test_names_are_never_misspelt(place: str, case: str, form: str) -> None:
    """624 people of 48 origins; in small letters also when nothing tells that they are names."""
    change = str.lower if place == "in small letters" else str.upper if case == "in capitals" else str
    wrong = []
    for origin, given_name, family in PEOPLE:
        known = unicodedata.normalize(form, f"{given_name} {family}")
        text = unicodedata.normalize(form, TEXTS[place].format(given=change(given_name), family=change(family)))
        draft = letter(text, salutation=f"Dear {known}," if case == "told by the greeting" else "Hello,")
        facts = names(draft, Context(interviewer=known) if case == "told by the facts" else Context())
        for piece in pieces(draft)[0]:
            found = misspellings(piece.text, facts, LEXICON)
            wrong += [(origin, piece.text[one.start : one.end], one.suggestions) for one in found]
    assert wrong == [], repr(wrong)


def test_names_set_off_no_grammar_rule(harper: Proofreader) -> None:
    text = "\n\n".join(TEXTS[place] for place in ("inside", "at the start", "before a verb"))
    wrong = []
    for origin, given_name, family in PEOPLE:
        draft = letter(text.format(given=given_name, family=family), name=f"{given_name} {family}")
        wrong += [(origin, *one) for one in marked(draft, harper.check(draft, Context()))]
    assert wrong == [], repr(wrong)


def test_known_words_are_of_any_source(harper: Proofreader) -> None:
    words = "acme-zorvex, thier and recieve"
    assert harper.check(letter(f"I like {words}."), Context()).slips
    told = Context(company="Acme-Zorvex", topics=("thier",), known_words=("recieve",))
    assert not harper.check(letter(f"I like {words}."), told).slips


def test_quoted_mail_tells_names(harper: Proofreader) -> None:
    assert harper.check(letter("I met emloyee there."), Context()).slips
    quoted = "On Monday you wrote:\n> Regards, Emloyee"
    assert not harper.check(letter("I met emloyee there.", quoted=quoted), Context()).slips


# ---- harper --------------------------------------------------------------------------------------------------------

GOLDEN = DATA / "engines.json"
FIXED_TEXT = (
    "i recieved you're e-mail on monday and and its been an great pleasure. He don't have the informations. "
    "I should of send it more sooner then you. Look forward to hear from you, I could of came. This are the the "
    "peoples I discussed about it with. Their is no doubt. the plan are good ,and we wants it..\n\n"
    "Me and him was there. I am agree. She have went. We was there since two years. Lets go, your right."
)


def test_harper_finds_grammar(harper: Proofreader) -> None:
    draft = letter("He don't have it. I should of known. This is an great plan.")
    found = harper.check(draft, Context())
    assert marked(draft, found) == [
        ("don't", "doesn't"), ("should of", "should have"), ("an", "a"),
    ]
    assert found.engine.startswith("harper-py ") and not found.unchecked


@pytest.mark.parametrize("change", [
    lambda text: textwrap.fill(text, 60, break_on_hyphens=False), lambda text: textwrap.fill(text, 76),
    lambda text: text.replace("'", "’"), lambda text: text.replace(" ", "\u00a0"),
    lambda text: unicodedata.normalize("NFD", text),
])
@pytest.mark.parametrize("text", FIXED_TEXT.split("\n\n"))
def test_wrapping_quotes_and_blanks_change_nothing(
    harper: Proofreader, text: str, change: Callable[[str], str],
) -> None:
    def seen(draft: Draft) -> list[tuple[str, str]]:
        return [(one, slip.origin) for slip in harper.check(draft, Context()).slips
                for one in [" ".join(slip.span.of(draft.text).replace("’", "'").split())]]

    assert seen(letter(change(text))) == seen(letter(text))


def test_an_upgrade_of_harper_shows_what_changed(harper: Proofreader) -> None:
    """All rule ids the engine has, and what the policy makes of a fixed text. To accept: run this file as a program."""
    golden = json.loads(GOLDEN.read_text("utf-8"))["harper"]
    assert harper_now() == golden


def harper_now() -> dict[str, object]:
    import harper as engine

    policy = POLICIES["harper"]
    ids = sorted(engine.Linter().get_lint_config())
    draft = letter(FIXED_TEXT)
    found = proofreader("harper", POLICIES, seconds=60).check(draft, Context())
    return {
        "rules": ids, "listed, but not the engine's": sorted({*policy.kinds, *policy.never} - set(ids)),
        "slips": told(draft, found),
    }


def test_harper_answers_from_eight_threads(harper: Proofreader) -> None:
    drafts = [letter(f"He don't have it. I recieved letter number {n}.") for n in range(24)]
    alone = [harper.check(draft, Context()) for draft in drafts]
    together: dict[int, Proofread] = {}

    def work(first: int) -> None:
        for n in range(first, len(drafts), 8):
            together[n] = harper.check(drafts[n], Context())

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[n] for n in range(len(drafts))] == alone


@pytest.mark.parametrize("hostile", [
    "a" * 100_000, "(" * 60_000, "-" * 60_000, "😀" * 60_000, "я" * 60_000, "a " * 40_000, "1 " * 40_000,
    "A. " * 20_000, "...!" * 20_000, "\u0301" * 50_000, "\ud800" * 5_000, "x\x00" * 20_000, "\u200b" * 50_000,
    "<b>" * 20_000, "a/" * 40_000,
    "follow2up " * 5_000, "bob@acme.com-555-1234 " * 3_000, '"' * 60_000, "\r" * 50_000, "\t" * 50_000,
])
def test_hostile_text_neither_hangs_nor_raises(harper: Proofreader, hostile: str) -> None:
    quick = Guarded(harper.engine, POLICIES["harper"], POLICIES["spelling"], LEXICON, 5.0)  # type: ignore[attr-defined]
    found = quick.check(letter(hostile), Context())
    assert all(slip.span for slip in found.slips)


# ---- none, and what is missing -------------------------------------------------------------------------------------


def test_none_imports_no_engine_and_its_word_lists_look() -> None:
    code = (
        "import sys; from followup_lint.proofreading import proofreader; p = proofreader('none', {}); p.start();"
        "print([m for m in ('harper', 'lt_py', 'language_tool_python', 'urllib.request') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    draft = letter("I recieved your note about the Kubernetes cluster from Ms Okonjo.")
    told = proofreader("none", POLICIES).check(draft, Context())
    assert [(slip.span.of(draft.text), slip.suggestions[0]) for slip in told.slips] == [("recieved", "received")]
    assert (told.engine, told.unchecked) == ("none", "")


def test_an_absent_engine_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    for module in ("harper", "lingotweaker"):
        sys.modules.pop(f"followup_lint.proofreading.{module}", None)
    for name in ("harper", "lingotweaker"):
        with pytest.raises(EngineMissingError, match="pip install") as raised:
            proofreader(name, POLICIES)
        assert "\n" not in str(raised.value)
    for module in ("harper", "lingotweaker"):
        sys.modules.pop(f"followup_lint.proofreading.{module}", None)


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(ValueError, match="known are"):
        proofreader("word", POLICIES)


def test_kinds_are_those_of_the_contract() -> None:
    assert {kind.value for kind in SlipKind} == {
        "spelling", "grammar", "word", "repetition", "capitalisation", "punctuation",
    }


if __name__ == "__main__":
    golden = json.loads(GOLDEN.read_text("utf-8")) if GOLDEN.exists() else {}
    golden["harper"] = harper_now()
    GOLDEN.write_text(json.dumps(golden, indent=1, ensure_ascii=False) + "\n", "utf-8")
