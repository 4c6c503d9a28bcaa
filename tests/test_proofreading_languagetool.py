"""LanguageTool behind the proofreader: a stand-in that misbehaves, and the real one (tests/languagetool/install.sh)."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from test_proofreading import DATA, FIXED_TEXT, POLICIES, letter, marked, told

from followup_lint.model import Context
from followup_lint.proofreading import EngineMissingError, Proofread, Proofreader, languagetool, proofreader, server

DRAFT = letter("Thank you for you time. I look forward to hear from you. We met in Łódź and recieved it.")
FOUND = [("you", "your"), ("to hear", "to hearing"), ("recieved", "received")]


# ---- a server that is none, or a bad one ---------------------------------------------------------------------------


class StandIn(ThreadingHTTPServer):
    """Answers /v2/info as LanguageTool does; /v2/check as ``behave`` says."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behave = "well"
        self.asked: list[dict[str, list[str]]] = []
        self.matches: list[dict[str, object]] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is what some tests want."""


class _Handler(BaseHTTPRequestHandler):
    server: StandIn

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def do_GET(self) -> None:
        self.reply(200, json.dumps({"software": {"name": "LanguageTool", "version": "9.9"}}).encode())

    def do_POST(self) -> None:
        fields = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.asked.append(fields)
        match self.server.behave if len(self.server.asked) > 1 else "well":  # the first is the warm-up
            case "slow":
                time.sleep(3)
                self.reply(200, b"{}")
            case "dripping":
                self.send_response(200)
                self.end_headers()
                for _ in range(40):
                    self.wfile.write(b" ")
                    time.sleep(0.1)
            case "error":
                self.reply(500, b"Error: the text of the draft")
            case "garbage":
                self.reply(200, b"<html>It works!</html>")
            case "other":
                self.reply(200, b'{"matches": [{"offset": "x"}]}')
            case "silent":
                self.close_connection = True
            case _:
                self.reply(200, json.dumps({"matches": self.server.matches}).encode())

    def reply(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    made = StandIn()
    yield made
    made.shutdown()
    made.server_close()


def at(url: str, seconds: float = 1.0) -> Proofreader:
    return proofreader("languagetool", POLICIES, languagetool_url=url, seconds=seconds)


@pytest.mark.parametrize("suffix", ["", "/", "/v2", "/v2/", "/v2/check"])
def test_a_running_server_is_asked_under_any_form_of_its_address(stand_in: StandIn, suffix: str) -> None:
    found = at(stand_in.url + suffix).check(DRAFT, Context(region="uk"))
    assert (found.engine, found.unchecked) == ("LanguageTool 9.9", "")
    asked = stand_in.asked[-1]
    assert asked["language"] == ["en-GB"] and "MORFOLOGIK_RULE_EN_GB" in asked["disabledRules"][0]
    assert asked["text"][0].startswith("Hello,") and "Łódź" in asked["text"][0]


def test_offsets_are_turned_from_utf16_to_code_points() -> None:
    """Masking leaves nothing outside the first plane; should that change, places must still be right."""
    text = "😀 Use 𝒳 for for it."
    at_unit = len(text[: text.index("for for")].encode("utf-16-le")) // 2
    (hit,) = languagetool._hits(text, {"matches": [{
        "offset": at_unit, "length": 7, "message": "A word <suggestion>twice</suggestion>", "rule": {"id": "X"},
        "replacements": [{"value": "for"}],
    }]})
    assert text[hit.start : hit.end] == "for for" and hit.message == "A word “twice”" and hit.suggestions == ("for",)


@pytest.mark.parametrize(("behave", "reason"), [
    ("slow", "did not answer within 1 seconds"), ("dripping", "did not answer within 1 seconds"),
    ("error", "HTTP status 500"), ("garbage", "no LanguageTool"), ("other", "no LanguageTool"), ("silent", "broke off"),
])
def test_a_bad_answer_is_told_and_nothing_raised(stand_in: StandIn, behave: str, reason: str) -> None:
    stand_in.behave = behave
    began = time.monotonic()
    found = at(stand_in.url).check(DRAFT, Context())
    assert reason in found.unchecked and "\n" not in found.unchecked and "draft" not in found.unchecked
    assert marked(DRAFT, found) == [("recieved", "received")]  # the spelling is ours
    assert time.monotonic() - began < 8


def test_nobody_waits_for_a_slow_server_more_than_three_times(stand_in: StandIn) -> None:
    stand_in.behave = "slow"
    reader = at(stand_in.url, seconds=0.2)
    for _ in range(6):
        assert reader.check(DRAFT, Context()).unchecked
    assert len(stand_in.asked) == 1 + 3
    assert "3 times" in reader.check(DRAFT, Context()).unchecked


def test_no_server_at_the_address_is_told_at_once() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        reader = at(f"http://127.0.0.1:{taken.getsockname()[1]}")
        reader.start()
        assert "no LanguageTool answers" in reader.check(DRAFT, Context()).unchecked


@pytest.mark.parametrize("url", ["ftp://x", "http://", "http://host:nan", "//"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(EngineMissingError, match="--languagetool-url"):
        at(url)


def test_nothing_installed_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("LTP_PATH", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(EngineMissingError, match="LTP_PATH") as raised:
        proofreader("languagetool", POLICIES)
    assert "\n" not in str(raised.value)


# ---- the real one --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def home() -> Path:
    """The folder in LTP_PATH. Where CI runs, a missing one is a failure: the engine must not go untested unseen."""
    found = server.installed() if os.environ.get("LTP_PATH") else None
    if found is None or shutil.which("java") is None:
        why = "THE REAL LANGUAGETOOL IS NOT TESTED: needs java, and LTP_PATH=$(tests/languagetool/install.sh FOLDER)"
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    # The compiler that starts fastest: each test has a JVM of its own. An option, not a tuning of what is tested.
    os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")
    return found


@pytest.fixture(scope="module")
def real(home: Path) -> Iterator[Proofreader]:
    reader = proofreader("languagetool", POLICIES, seconds=60)
    yield reader
    reader.close()


def servers() -> set[int]:
    """The process ids of all LanguageTool JVMs on this machine."""
    listed = subprocess.run(["ps", "-eww", "-o", "pid,args"], capture_output=True, text=True, check=True).stdout
    return {
        int(line.split()[0]) for line in listed.splitlines()
        if "org.languagetool.server.HTTPServer" in line and "watchdog" not in line
    }


def gone(these: set[int]) -> bool:
    for _ in range(100):
        if not servers() & these:
            return True
        time.sleep(0.1)
    return False


def test_the_real_server_finds_what_it_should(real: Proofreader) -> None:
    found = real.check(DRAFT, Context())
    assert marked(DRAFT, found) == FOUND
    assert found.engine.startswith("LanguageTool 6.") and not found.unchecked


def test_eight_threads_get_the_same_answers_from_one_server(real: Proofreader) -> None:
    before = servers()
    answers: list[Proofread] = []
    threads = [threading.Thread(target=lambda: answers.append(real.check(DRAFT, Context()))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [marked(DRAFT, one) for one in answers] == [FOUND] * 8
    assert servers() == before or len(servers() - before) == 1


def test_an_upgrade_of_languagetool_shows_what_changed(real: Proofreader) -> None:
    """What the policy makes of a fixed text. To accept: run this file as a program."""
    assert slips_now(real) == json.loads((DATA / "engines.json").read_text("utf-8"))["languagetool"]


def slips_now(reader: Proofreader) -> dict[str, object]:
    draft = letter(FIXED_TEXT)
    found = reader.check(draft, Context())
    return {
        "engine": found.engine,
        "slips": told(draft, found),
    }


def test_killed_in_mid_run_it_starts_once_more_and_then_gives_up(home: Path) -> None:
    before = servers()
    reader = proofreader("languagetool", POLICIES, seconds=60)
    try:
        assert marked(DRAFT, reader.check(DRAFT, Context())) == FOUND
        (first,) = servers() - before
        os.kill(first, signal.SIGKILL)
        again = reader.check(DRAFT, Context())
        assert marked(DRAFT, again) == FOUND and not again.unchecked
        (second,) = servers() - before - {first}
        os.kill(second, signal.SIGKILL)
        assert "died twice" in reader.check(DRAFT, Context()).unchecked
    finally:
        reader.close()
    assert gone(servers() - before)


def test_killed_under_eight_threads_nothing_raises(home: Path) -> None:
    before = servers()
    reader = proofreader("languagetool", POLICIES, seconds=60)
    reader.start()
    answers: list[Proofread] = []

    def work() -> None:
        for _ in range(6):
            answers.append(reader.check(DRAFT, Context()))

    threads = [threading.Thread(target=work) for _ in range(8)]
    try:
        for thread in threads:
            thread.start()
        for pid in servers() - before:
            os.kill(pid, signal.SIGKILL)
        for thread in threads:
            thread.join()
    finally:
        reader.close()
    assert len(answers) == 48
    assert all(marked(DRAFT, one) == FOUND or one.unchecked for one in answers)
    assert gone(servers() - before)


@pytest.mark.parametrize("neighbour", ["silent", "web server"])
def test_a_taken_port_is_no_trouble(home: Path, neighbour: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first port it is given belongs to another program by the time the JVM wants it."""
    before, free_port = servers(), server._free_port
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as web:
        web.behave, web.asked, web.matches = "well", [], []  # type: ignore[attr-defined]
        if neighbour == "web server":
            monkeypatch.setattr(_Handler, "do_GET", lambda handler: handler.reply(200, b"OK"))
            threading.Thread(target=web.serve_forever, daemon=True).start()
        ports = iter([web.server_address[1]])
        monkeypatch.setattr(server, "_free_port", lambda: next(ports, None) or free_port())
        reader = proofreader("languagetool", POLICIES, seconds=60)
        try:
            assert marked(DRAFT, reader.check(DRAFT, Context())) == FOUND
            assert len(servers() - before) == 1
        finally:
            reader.close()
            if neighbour == "web server":
                web.shutdown()
    assert gone(servers() - before)


def test_without_java_it_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    found = proofreader("languagetool", POLICIES).check(DRAFT, Context())
    assert "needs Java" in found.unchecked and "\n" not in found.unchecked


@pytest.mark.parametrize("content", ["nothing", "no jar", "junk jar", "no libraries"])
def test_a_wrong_folder_is_told(home: Path, content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "LanguageTool-6.8"
    if content != "nothing":
        folder.mkdir()
    if content == "junk jar":
        (folder / "languagetool-server.jar").write_bytes(b"junk")
    if content == "no libraries":
        shutil.copy(home / "languagetool-server.jar", folder)
    monkeypatch.setenv("LTP_PATH", str(tmp_path))
    before = servers()
    found = proofreader("languagetool", POLICIES).check(DRAFT, Context())
    assert "LanguageTool" in found.unchecked and "\n" not in found.unchecked
    assert marked(DRAFT, found) == [("recieved", "received")]  # the spelling is ours
    assert gone(servers() - before)


@pytest.mark.parametrize("end", ["kill -9", "terminate", "exit", "exit without close"])
def test_no_jvm_outlives_us(home: Path, end: str) -> None:
    before = servers()
    code = (
        "import sys; sys.path.insert(0, 'tests'); from test_proofreading import *;"
        "p = proofreader('languagetool', POLICIES, seconds=60); p.start(); print('ready', flush=True);"
        "sys.stdin.read();" + ("p.close()" if end == "exit" else "")
    )
    ours = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).parent.parent,
    )
    assert ours.stdout and ours.stdin and ours.stdout.readline() == "ready\n"
    jvm = servers() - before
    assert len(jvm) == 1
    if end in ("kill -9", "terminate"):
        ours.send_signal(signal.SIGKILL if end == "kill -9" else signal.SIGTERM)
        ours.wait()
    ours.stdin.close()
    ours.wait()
    ours.stdout.close()
    assert gone(jvm)


def test_the_watchdogs_death_is_the_jvms(home: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux tells a process of its parent's death")
    before = servers()
    reader = proofreader("languagetool", POLICIES, seconds=60)
    reader.start()
    jvm = servers() - before
    parents = subprocess.run(
        ["ps", "-o", "ppid=", "-p", ",".join(map(str, jvm))], capture_output=True, text=True, check=True
    ).stdout
    os.kill(int(parents), signal.SIGKILL)
    assert gone(jvm)
    reader.close()


if __name__ == "__main__":
    golden = json.loads((DATA / "engines.json").read_text("utf-8"))
    golden["languagetool"] = slips_now(started := proofreader("languagetool", POLICIES, seconds=60))
    started.close()
    (DATA / "engines.json").write_text(json.dumps(golden, indent=1, ensure_ascii=False) + "\n", "utf-8")
