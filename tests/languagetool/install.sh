#!/usr/bin/env bash
# install.sh FOLDER: puts LanguageTool into FOLDER by Maven (81 MB, 15 s), once, and prints FOLDER for LTP_PATH.
#   export LTP_PATH=$(tests/languagetool/install.sh ~/.cache/followup-lint/languagetool)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
version=$(sed -n 's:.*<languagetool.version>\(.*\)</languagetool.version>.*:\1:p' "$here/pom.xml")
mkdir -p "$1"
folder=$(cd "$1" && pwd)
home=$folder/LanguageTool-$version
if [ ! -s "$home/languagetool-server.jar" ]; then
  part=$(mktemp -d "$folder/part.XXXXXX")  # a folder half filled must never look installed
  trap 'rm -rf "$part"' EXIT
  mvn --batch-mode --quiet --no-transfer-progress --file "$here/pom.xml" \
    -Dlanguagetool.home="$part/home" -DbuildDirectory="$part/target" package >&2
  mv "$part/home" "$home"
fi
echo "$folder"
