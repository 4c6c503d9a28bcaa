"""Emacs asks before it sends; Neovim marks what is wrong while the mail is written; aerc keeps what is stopped."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from real import Home, Terminal, body, need, wait_until

RECIPES = Path(__file__).parent.parent.parent.parent / "docs" / "pre-send"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


EMACS = """
(load "{recipe}")
(setq followup-lint-command '("{python}" "-m" "followup_lint")
      message-send-mail-function (lambda () (write-region (point-min) (point-max) "{folder}/sent.eml"))
      message-interactive nil
      user-mail-address "jonas@feld.example")
(defvar asked nil)
(defun yes-or-no-p (question) (setq asked question) {answer})
(message-mail "raman@northwind.example" "Thank you – Data Engineer interview on Monday")
(message-goto-body)
(insert-file-contents "{folder}/{draft}")
(condition-case stopped (message-send) (user-error (princ (format "STOPPED %s\\n" (cadr stopped)))))
(princ (format "ASKED %s\\n" asked))
(when (get-buffer "*followup-lint*") (with-current-buffer "*followup-lint*" (princ (buffer-string))))
"""


@pytest.mark.parametrize(("draft", "answer", "sent"), [
    ("good.txt", "nil", True), ("flawed.txt", "nil", False), ("flawed.txt", "t", True),
])
def test_emacs(home: Home, draft: str, answer: str, sent: bool) -> None:
    need("emacs")
    script = home.folder / "try.el"
    script.write_text(EMACS.format(recipe=RECIPES / "followup-lint.el", python=sys.executable, folder=home.folder,
                                   draft=draft, answer=answer), encoding="utf-8")
    done = home.run("emacs", "-Q", "--batch", "-l", script)
    assert ("ASKED nil" in done.said) == (draft == "good.txt"), done.said
    assert ("STOPPED Not sent" in done.said) == (not sent), done.said
    assert ("[Company]" in done.said) == (draft == "flawed.txt"), done.said
    assert (home.folder / "sent.eml").exists() == sent


NEOVIM = """
vim.g.followup_lint_command = "{python} -m followup_lint --typo-engine none"
vim.cmd("filetype on")
vim.cmd("luafile {recipe}")
vim.cmd("edit {folder}/mutt-home-1")
vim.cmd("setfiletype mail")
vim.cmd("write")
for _, one in ipairs(vim.diagnostic.get(0)) do
  local line = vim.api.nvim_buf_get_lines(0, one.lnum, one.lnum + 1, false)[1]
  print(string.format("%s %d %s|%s|", one.code, one.severity, one.source, line:sub(one.col + 1, one.end_col)))
end
vim.cmd("qall!")
"""


def test_neovim(home: Home) -> None:
    need("nvim")
    text = "To: raman@northwind.example\nSubject: Thank you – Data Engineer interview\n\n" + body(flawed=True).decode()
    # Characters of several bytes before the mark: columns are counted otherwise there.
    text = text.replace("I would be glad", "“Sí, qué bien”. I would be glad")
    (home.folder / "mutt-home-1").write_text(text, encoding="utf-8")
    script = home.folder / "try.lua"
    script.write_text(NEOVIM.format(python=sys.executable, recipe=RECIPES / "followup-lint.lua", folder=home.folder))
    done = home.run("nvim", "--headless", "-u", "NONE", "-c", f"luafile {script}")
    assert "genericness.placeholder 1 followup-lint|[Company]|" in done.said, done.said


ACCOUNTS = """[test]
source = maildir://{folder}/mail
outgoing = {wrapper}
from = Jonas Feld <jonas@feld.example>
default = INBOX
"""


def test_aerc(home: Home) -> None:
    """aerc throws away what a mailer says: the report must be in its file."""
    need("aerc", "tmux")
    for name in ("cur", "new", "tmp"):
        (home.folder / "mail" / "INBOX" / name).mkdir(parents=True)
    (home.folder / "config" / "aerc").mkdir(parents=True)
    accounts = home.folder / "config" / "aerc" / "accounts.conf"
    accounts.write_text(ACCOUNTS.format(folder=home.folder, wrapper=home.wrapper))
    accounts.chmod(0o600)
    (home.folder / "editor").write_text(f'#!/bin/sh\ncat {home.folder}/flawed.txt > "$1"\n')
    (home.folder / "editor").chmod(0o700)
    with Terminal(home, f"env EDITOR={home.folder}/editor aerc") as terminal:
        terminal.wait_for("INBOX")
        terminal.press(":compose -H 'To: raman@northwind.example' -H 'Subject: Thank you for the interview'", "Enter")
        terminal.wait_for("Send this email?")
        terminal.press("y")
        wait_until(lambda: home.report, "the report")
        assert "[Company]" in home.report
        assert home.mails == []
        wait_until(lambda: _again(terminal, home), "the second try")
    assert b"[Company]" in home.mails[0]


def _again(terminal: Terminal, home: Home) -> bool:
    """aerc 0.14 repaints only after a key; then the draft is back and asks again."""
    if "Send this email?" in terminal.screen:
        terminal.press("y")
    else:
        terminal.press("Escape")
    return bool(home.mails)
