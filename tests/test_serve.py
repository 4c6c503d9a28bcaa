"""``followup-lint serve``: questions and answers, what is refused, and that one bad question harms no other."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest
from conftest import ROOT

from followup_lint import Context, Linter
from followup_lint.cli import serve

GOOD = (ROOT / "rules" / "baseline.txt").read_text(encoding="utf-8")
BAD = GOOD.replace("I remain very", "Please get back to me by Friday or I will walk. I remain very")


def asked(*lines: str | bytes) -> list[dict]:
    data = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    done = subprocess.run([sys.executable, "-m", "followup_lint", "serve", "--typo-engine", "none", "--isolated"],
                          input=data, capture_output=True, check=True, cwd=ROOT)
    assert done.stderr == b""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_question_is_answered_in_its_turn(plain_linter: Linter) -> None:
    context = {"role": "Data Engineer", "interviewed_at": "2026-03-02T14:00", "kind": "thank_you"}
    questions = [{"id": n, "text": t, "context": context, "name": f"{n}.txt"} for n, t in enumerate((GOOD, BAD, GOOD))]
    answers = asked(*map(json.dumps, questions))
    assert [a["id"] for a in answers] == [0, 1, 2]
    for answer, text in zip(answers, (GOOD, BAD, GOOD), strict=True):
        alone = plain_linter.lint(text, Context.from_mapping(context)).to_dict()
        assert answer["file"] == {**alone, "path": f"{answer['id']}.txt"}


def test_a_message_and_a_page() -> None:
    message = "From: a@b.example\nSubject: =?utf-8?q?Dank?=\nMessage-ID: <1@b.example>\n\nDear Ms. Raman,\n\nHello.\n"
    html = "<p>Dear <b>Ms. Raman</b>,"
    eml, page = asked(*(json.dumps({"text": t, "format": f}) for t, f in ((message, "eml"), (html, "html"))))
    assert eml["file"]["text"].startswith("Subject: Dank")
    assert page["file"]["text"].strip() == "Dear Ms. Raman,"


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("no json", "not JSON"),
        (b"\xff\xfe{}", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"text": "", "id": NaN}', "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"id": {}, "text": ""}', "id:"),
        ("{}", "text:"),
        ('{"text": null}', "text:"),
        ('{"text": "", "name": 3}', "name:"),
        ('{"text": "", "format": "pdf"}', "format:"),
        ('{"text": "", "format": ["txt"]}', "format:"),
        ('{"text": "", "draft": ""}', "draft: no such key"),
        ('{"text": "", "context": []}', "context:"),
        ('{"text": "", "context": {"rolle": "x"}}', "context: rolle"),
        ('{"text": "", "context": {"decision_by": "soon"}}', "context: decision_by"),
        ('{"text": "", "context": {"region": "mars"}}', "context: region"),
    ],
)
def test_a_question_that_cannot_be_answered(plain_linter: Linter, question: str | bytes, key: str) -> None:
    answer = serve._answer(question if isinstance(question, bytes) else question.encode(), plain_linter)
    assert set(answer) == {"id", "error"}
    assert key in answer["error"] and "\n" not in answer["error"]


def test_the_next_question_is_answered() -> None:
    first, second, third = asked("no json", "", r'{"id": "b", "text": "\ud800\u2028"}', '{"id": "c", "text": "z"}')
    assert "error" in first
    assert (second["id"], third["id"]) == ("b", "c")
    assert "file" in second and "file" in third


def test_a_question_without_end_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch, plain_linter: Linter) -> None:
    monkeypatch.setattr(serve, "LARGEST", 10)
    first, second = serve._lines(io.BytesIO(b"x" * 95 + b"\n" + b"short\n" + b"\n"))
    assert len(first) == 11
    assert "longer than" in serve._answer(first, plain_linter)["error"]
    assert second == b"short\n"


def test_what_else_is_printed_is_no_answer() -> None:
    code = (
        "from followup_lint.cli.pipe import answers_only\n"
        "with answers_only() as answers:\n    print('noise'); answers.write(b'answer')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT)
    assert (done.stdout, done.stderr) == (b"answer", b"noise\n")
