"""Thunderbird under Xvfb, with the add-on as packed and its host as registered; driven through Marionette."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from real import body, need, wait_until

# isort: split
from outside import PATIENCE, Running, Sink, environment, free_port

from followup_lint.presend.thunderbird import addon_id

need("thunderbird", "Xvfb")

SUBJECT = "Thank you – Data Engineer interview on Monday"
# A profile with one account that sends to the sink, and with the add-on let in without a question.
PREFERENCES = {
    "mail.accountmanager.accounts": "account1", "mail.accountmanager.defaultaccount": "account1",
    "mail.account.account1.server": "server1", "mail.account.account1.identities": "id1",
    "mail.server.server1.type": "pop3", "mail.server.server1.hostname": "127.0.0.1",
    "mail.server.server1.userName": "jonas", "mail.server.server1.login_at_startup": False,
    "mail.server.server1.check_new_mail": False,
    "mail.identity.id1.useremail": "jonas@feld.example", "mail.identity.id1.fullName": "Jonas Feld",
    "mail.identity.id1.smtpServer": "smtp1", "mail.identity.id1.doFcc": False, "mail.identity.id1.valid": True,
    "mail.smtpservers": "smtp1", "mail.smtp.defaultserver": "smtp1", "mail.smtpserver.smtp1.hostname": "127.0.0.1",
    "mail.smtpserver.smtp1.authMethod": 1, "mail.smtpserver.smtp1.try_ssl": 0,
    "extensions.autoDisableScopes": 0, "xpinstall.signatures.required": False, "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False, "toolkit.telemetry.enabled": False,
    "mail.rights.version": 1, "mail.spellcheck.inline": False, "mailnews.start_page.enabled": False,
    "app.donation.eoy.version.viewed": 999, "mail.shell.checkDefaultClient": False,
    "browser.safebrowsing.downloads.remote.enabled": False, "network.dns.disabled": False,
}
COMPOSE = """
const [subject, to, text, done] = arguments;
const {MailServices} = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const params = Cc["@mozilla.org/messengercompose/composeparams;1"].createInstance(Ci.nsIMsgComposeParams);
params.composeFields = Cc["@mozilla.org/messengercompose/composefields;1"].createInstance(Ci.nsIMsgCompFields);
params.composeFields.to = to;
params.composeFields.subject = subject;
params.composeFields.body = text;
params.format = Ci.nsIMsgCompFormat.PlainText;
params.type = Ci.nsIMsgCompType.New;
params.identity = MailServices.accounts.defaultAccount.defaultIdentity;
Services.obs.addObserver(function opened(window) {
  Services.obs.removeObserver(opened, "domwindowopened");
  window.addEventListener("compose-editor-ready", () => done(true), {once: true});
}, "domwindowopened");
MailServices.compose.OpenComposeWindowWithParams(null, params);
"""
SEND = 'Services.wm.getMostRecentWindow("msgcompose").goDoCommand("cmd_sendNow");'
COMPOSING = 'return Boolean(Services.wm.getMostRecentWindow("msgcompose"));'
FIND = """
const page = [...Services.wm.getEnumerator(null)].flatMap((w) => [...w.document.querySelectorAll("browser")])
  .find((b) => b.currentURI?.spec.endsWith("/dialog.html"));
"""
# The dialog's page lives in another process: a frame script asks it there, and presses its buttons.
SHOWN = FIND + """
const [done] = arguments;
if (!page) return done("");
page.messageManager.addMessageListener("shown", (told) => done(told.data));
page.messageManager.loadFrameScript("data:,sendAsyncMessage('shown', content.document.body?.innerText ?? '')", false);
"""
PRESS = FIND + """
page.messageManager.loadFrameScript(`data:,content.document.getElementById('${arguments[0]}').click()`, false);
"""
CLOSE = FIND + "page.ownerDocument.defaultView.close();"
ADDON = """
const [id, done] = arguments;
const {AddonManager} = ChromeUtils.importESModule("resource://gre/modules/AddonManager.sys.mjs");
AddonManager.getAddonByID(id).then((addon) => done(Boolean(addon?.isActive)));
"""


class Marionette:
    """Thunderbird's remote control: one JSON array a message, with its length before it."""

    def __init__(self, port: int) -> None:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
                break
            except OSError:
                assert time.monotonic() < end, "Thunderbird does not listen"
                time.sleep(0.2)
        self.stream = self.socket.makefile("rb")
        self._read()
        self.number = 0
        self.ask("WebDriver:NewSession", {})
        self.ask("Marionette:SetContext", {"value": "chrome"})

    def _read(self) -> Any:
        length = b""
        while (one := self.stream.read(1)) != b":":
            assert one, "Thunderbird went away"
            length += one
        return json.loads(self.stream.read(int(length)))

    def ask(self, command: str, given: dict[str, Any]) -> Any:
        self.number += 1
        data = json.dumps([0, self.number, command, given]).encode()
        self.socket.sendall(b"%d:%s" % (len(data), data))
        _, _, problem, result = self._read()
        assert problem is None, problem
        return result

    def close(self) -> None:
        self.stream.close()
        self.socket.close()

    def run(self, script: str, *arguments: object, wait: bool = False) -> Any:
        kind = "WebDriver:ExecuteAsyncScript" if wait else "WebDriver:ExecuteScript"
        return self.ask(kind, {"script": script, "args": list(arguments)})["value"]


class Thunderbird:
    """A profile, a server that keeps what arrives, and Thunderbird between them."""

    def __init__(self, folder: Path, screen: str) -> None:
        self.folder = folder
        self.env = environment(folder, DISPLAY=screen, LC_ALL="C.UTF-8", MOZ_CRASHREPORTER_DISABLE="1")
        self.sink = Sink(folder / "sink")
        profile, port = folder / "profile", free_port()
        chosen = {**PREFERENCES, "mail.smtpserver.smtp1.port": self.sink.port, "marionette.port": port}
        package = profile / "extensions" / f"{addon_id()}.xpi"
        package.parent.mkdir(parents=True)
        (profile / "user.js").write_text(
            "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in chosen.items())
        )
        subprocess.run(
            [sys.executable, "-m", "followup_lint", "thunderbird-addon", "--output", package, "--register"],
            env=self.env, check=True, timeout=PATIENCE, capture_output=True,
        )
        self.process = Running(
            "thunderbird", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile", profile,
            env=self.env,
        )
        self.control: Marionette | None = None
        try:
            self.control = Marionette(port)
            wait_until(lambda: self.control.run(ADDON, addon_id(), wait=True), "the add-on")
        except BaseException:
            self.end()
            raise

    def send(self, text: str, to: str, subject: str = SUBJECT) -> None:
        self.control.run(COMPOSE, subject, to, text, wait=True)
        self.control.run(SEND)

    @property
    def dialog(self) -> str:
        return self.control.run(SHOWN, wait=True)

    def wait_for_dialog(self) -> str:
        wait_until(lambda: "error" in self.dialog, "the dialog")
        return self.dialog

    @property
    def is_composing(self) -> bool:
        return self.control.run(COMPOSING)

    def wait_for_mail(self, to: str) -> str:
        """The body that arrived at that address, once the compose window is gone."""
        wait_until(lambda: self.received(to), f"the mail to {to}")
        wait_until(lambda: not self.is_composing, "the end of the compose window")
        (mail,) = self.received(to)
        return message_from_bytes(mail).get_payload(decode=True).decode()

    def received(self, to: str) -> list[bytes]:
        return [mail for mail in self.sink.mails() if f"To: {to}".encode() in mail]

    def end(self) -> None:
        if self.control:
            self.control.close()
        self.process.end()
        self.sink.end()


@pytest.fixture(scope="module")
def thunderbird(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Thunderbird]:
    with Running("Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", env=dict(os.environ)) as screen:
        wait_until(lambda: screen.lines and screen.lines[0].isdecimal(), "the screen")
        made = Thunderbird(tmp_path_factory.mktemp("thunderbird"), f":{screen.lines[0]}")
        try:
            yield made
        finally:
            made.end()


def words(text: str) -> list[str]:
    return text.split()


GOOD, FLAWED = body(flawed=False).decode(), body(flawed=True).decode()


def test_a_good_letter_goes(thunderbird: Thunderbird) -> None:
    thunderbird.send(GOOD, "good@northwind.example")
    assert words(thunderbird.wait_for_mail("good@northwind.example")) == words(GOOD)


def test_other_mail_goes(thunderbird: Thunderbird) -> None:
    thunderbird.send("Hi Tom,\n\nlunch at noon?\n\nJonas\n", "tom@harbour.example", "lunch")
    assert "lunch at noon?" in thunderbird.wait_for_mail("tom@harbour.example")


@pytest.mark.parametrize("way", ["button", "window"])
def test_back_to_the_mail_and_sent_again(thunderbird: Thunderbird, way: str) -> None:
    """The dialog is left, the mail is still there; sent again unchanged within ten minutes, it goes."""
    to = f"{way}@northwind.example"
    thunderbird.send(FLAWED, to)
    assert "[Company]" in thunderbird.wait_for_dialog()
    thunderbird.control.run(PRESS, "back") if way == "button" else thunderbird.control.run(CLOSE)
    wait_until(lambda: not thunderbird.dialog, "the end of the dialog")
    time.sleep(1)
    assert thunderbird.is_composing
    assert thunderbird.received(to) == []
    thunderbird.control.run(SEND)
    assert words(thunderbird.wait_for_mail(to)) == words(FLAWED)


def test_send_anyway(thunderbird: Thunderbird) -> None:
    thunderbird.send(FLAWED, "anyway@northwind.example")
    thunderbird.wait_for_dialog()
    assert thunderbird.received("anyway@northwind.example") == []
    thunderbird.control.run(PRESS, "send")
    assert words(thunderbird.wait_for_mail("anyway@northwind.example")) == words(FLAWED)


def test_a_host_that_is_killed_or_gone_holds_no_mail(thunderbird: Thunderbird) -> None:
    """Last of all, since it takes the host away: it is killed, and cannot be started again."""
    script = thunderbird.folder / ".local" / "share" / "followup-lint" / "thunderbird-host"
    script.write_text("#!/bin/sh\nexit 1\n")
    for process in hosts(thunderbird):
        os.kill(process, signal.SIGKILL)
    thunderbird.send(FLAWED, "gone@northwind.example")
    assert words(thunderbird.wait_for_mail("gone@northwind.example")) == words(FLAWED)


def hosts(thunderbird: Thunderbird) -> list[int]:
    """The process IDs of this Thunderbird's hosts, of which there should be one."""
    home = f"HOME={thunderbird.folder}\0".encode()
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdecimal():
            with suppress(OSError):
                if b"thunderbird-host" in (process / "cmdline").read_bytes() and \
                        home in (process / "environ").read_bytes():
                    found.append(int(process.name))
    assert len(found) == 1, found
    return found
