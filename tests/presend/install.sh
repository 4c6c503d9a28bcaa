#!/bin/sh
# Installs the mail programs that tests/presend/programs/ runs (Debian, as root). A test whose program is missing is
# skipped and says so.
set -eu
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -q -y --no-install-recommends \
    aerc emacs-nox git-email libmailtools-perl msmtp mutt neomutt neovim openssl postfix swaks thunderbird tmux xvfb
