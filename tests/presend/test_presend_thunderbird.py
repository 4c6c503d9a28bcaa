"""The Thunderbird add-on's package, and its host as a process."""

from __future__ import annotations

import io
import json
import os
import stat
import struct
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest
from outside import BASELINE, PATIENCE, environment

from followup_lint.presend import Action, Answer, native
from followup_lint.presend.thunderbird import HOST, addon_id, pack

SUBJECT, _, BODY = BASELINE.removeprefix("Subject: ").partition("\n\n")
FLAWED = BODY.replace("for Northwind", "for [Company]")
LENGTH = struct.Struct("=I")


def draft(body: str = BODY, **more: object) -> dict[str, object]:
    return {"from": ["Jonas Feld <jonas@feld.example>"], "to": ["Priya Raman <raman@northwind.example>"], "cc": [],
            "bcc": [], "subject": SUBJECT, "body": body, **more}


def framed(question: object) -> bytes:
    data = json.dumps(question).encode()
    return LENGTH.pack(len(data)) + data


def host(home: Path, *frames: bytes, options: tuple[str, ...] = ()) -> subprocess.CompletedProcess:
    """The host after these frames and the end of its input; ``replies`` are what it answered."""
    done = subprocess.run(
        [sys.executable, "-m", "followup_lint", "thunderbird-host", "--isolated", "--typo-engine", "none", *options],
        input=b"".join(frames), capture_output=True, timeout=PATIENCE, env=environment(home), cwd=home, check=False,
    )
    replies, rest = [], done.stdout
    while rest:
        (length,) = LENGTH.unpack(rest[:4])
        replies.append(json.loads(rest[4 : 4 + length]))
        rest = rest[4 + length :]
    done.replies = replies
    assert b"Traceback" not in done.stderr
    return done


def test_each_draft_is_answered_in_order(tmp_path: Path) -> None:
    done = host(
        tmp_path, framed({"id": 1, "draft": draft()}), framed({"id": 2, "draft": draft(FLAWED)}),
        framed({"id": 3, "draft": draft("Hi Tom,\n\nlunch at noon?\n\nJonas\n", subject="lunch")}),
        framed({"id": 4, "draft": draft(FLAWED)}),
    )
    good, flawed, other, again = done.replies
    assert [reply["id"] for reply in done.replies] == [1, 2, 3, 4]
    assert good["action"] in ("pass", "show")
    assert flawed["action"] == "stop"
    assert any("[Company]" in line for line in flawed["findings"])
    assert "[Company]" in Path(flawed["report"]).read_text(encoding="utf-8")
    assert (other["action"], other["findings"], other["problems"]) == ("pass", [], [])
    assert again["action"] == "pass"
    assert done.returncode == 0
    assert b"Company" not in done.stderr


def test_no_subject_is_seen(tmp_path: Path) -> None:
    (reply,) = host(tmp_path, framed({"id": 1, "draft": draft(subject="")})).replies
    assert any("subject." in line for line in reply["findings"])


def test_a_subject_cannot_add_a_head_line(tmp_path: Path) -> None:
    """Were the line break kept, the letter would count as a mailing list's and pass."""
    sly = framed({"id": 1, "draft": draft(FLAWED, subject=SUBJECT + "\r\nList-Id: <x>")})
    assert host(tmp_path, sly).replies[0]["action"] == "stop"


@pytest.mark.parametrize(("data", "status", "said"), [
    (b"", 0, b""),
    (b"\x05\0", 0, b""),
    (LENGTH.pack(100) + b'{"id": 1', 0, b""),
    (LENGTH.pack(native.LARGEST + 1), 2, b"the longest is"),
    (b"\xff" * 4096, 2, b"the longest is"),
    (LENGTH.pack(4) + b"\xff{]\0", 2, b"not JSON"),
    (LENGTH.pack(200_000) + b"[" * 200_000, 2, b"not JSON"),
    (framed([1]), 2, b"no JSON object"),
], ids=["nothing", "half-a-length", "half-a-question", "too-long", "garbage", "no-json", "deep", "no-object"])
def test_what_the_add_on_never_sends_ends_the_host(tmp_path: Path, data: bytes, status: int, said: bytes) -> None:
    done = host(tmp_path, data)
    assert (done.returncode, done.replies) == (status, [])
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == bool(said)


@pytest.mark.parametrize("question", [
    {}, {"id": 1}, {"id": 1, "draft": None}, {"id": 1, "draft": {"to": 3, "subject": [], "body": {"a": 1}}},
    {"id": 1, "draft": draft("\ud800 \0")}, {"id": 1, "draft": draft("")},
])
def test_an_odd_draft_is_answered(tmp_path: Path, question: dict[str, object]) -> None:
    (reply,) = host(tmp_path, framed(question)).replies
    assert (reply["id"], reply["action"]) == (question.get("id"), "pass")


def test_a_linter_that_fails_holds_no_mail(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "broken.txt").write_text("a = b = (\n", encoding="utf-8")
    (tmp_path / "acts").mkdir()
    (tmp_path / "acts" / "thanks.txt").write_text("(never closed\n", encoding="utf-8")
    question = framed({"id": 7, "draft": draft(FLAWED)})
    (reply,) = host(tmp_path, question, options=("--rules", str(tmp_path))).replies
    assert (reply["id"], reply["action"]) == (7, "pass")
    assert "not checked" in reply["problems"][0]
    (closed,) = host(tmp_path, question, options=("--rules", str(tmp_path), "--fail-closed")).replies
    assert closed["action"] == "stop"


def test_many_findings_fit_into_an_answer() -> None:
    answer = Answer(Action.STOP, "many", tuple(f"error: {n}" for n in range(80)))
    told = native._told(answer)
    assert len(told["findings"]) == 51
    assert told["findings"][-1] == "and 30 more"


def test_the_package_is_whole_and_always_the_same() -> None:
    with zipfile.ZipFile(io.BytesIO(pack("1.2.3"))) as archive:
        assert archive.testzip() is None
        parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    assert set(parts) == {"manifest.json", "background.js", "dialog.html", "dialog.css", "dialog.js"}
    manifest = json.loads(parts["manifest.json"])
    assert (manifest["manifest_version"], manifest["version"]) == (3, "1.2.3")
    assert manifest["browser_specific_settings"]["gecko"]["id"] == addon_id()
    # Only these: no host permissions, so that nothing can leave the machine from the add-on itself.
    assert set(manifest["permissions"]) == {"compose", "nativeMessaging", "notifications"}
    assert all(name in parts for name in manifest["background"]["scripts"])
    assert f'HOST = "{HOST}"' in parts["background.js"]
    # Findings quote the mail: they may be put in as text and in no other way.
    scripts = parts["background.js"] + parts["dialog.js"]
    assert not [word for word in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "fetch(",
                                  "XMLHttpRequest", "http") if word in scripts]
    assert pack("1.2.3") == pack("1.2.3")


def test_one_command_packs_and_registers(tmp_path: Path) -> None:
    package = tmp_path / "out" / "x.xpi"
    done = subprocess.run(
        [sys.executable, "-m", "followup_lint", "thunderbird-addon", "--output", package, "--register"],
        env={**environment(tmp_path), "XDG_DATA_HOME": str(tmp_path / "a folder")}, capture_output=True, text=True,
        timeout=PATIENCE, check=True,
    )
    written = [Path(line) for line in done.stdout.splitlines()]
    assert written[0] == package
    assert package.read_bytes() == pack(version("followup-lint"))
    assert len(written) == 3
    manifest = json.loads(written[2].read_text())
    assert (manifest["name"], manifest["type"], manifest["allowed_extensions"]) == (HOST, "stdio", [addon_id()])
    assert written[2].name == f"{HOST}.json"
    assert stat.S_IMODE(Path(manifest["path"]).stat().st_mode) == 0o700
    # Started as Thunderbird starts it: by its path, with arguments of Thunderbird's own.
    answered = subprocess.run(
        [manifest["path"], str(written[2]), addon_id()], input=framed({"id": 1, "draft": draft("lunch?")}),
        env=environment(tmp_path), capture_output=True, timeout=PATIENCE, check=True, cwd=os.sep,
    )
    assert json.loads(answered.stdout[4:])["action"] == "pass"


def test_without_register_nothing_but_the_package_is_written(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "followup_lint", "thunderbird-addon"], env=environment(tmp_path),
                   cwd=tmp_path, capture_output=True, timeout=PATIENCE, check=True)
    assert [path.name for path in tmp_path.iterdir()] == ["followup-lint.xpi"]
