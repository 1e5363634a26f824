#!/usr/bin/env bash
# Runs every check of the project: style, types, import contracts, tests, accuracy corpus. Installs what it needs first.
set -eu
cd "$(dirname "$0")/.."
. packaging/prepare.sh
prepare "[test,ocr,passwords]"
bin=.venv/bin
export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}"

say "Style";            "$bin/ruff" check . && "$bin/ruff" format --check .
say "Types";            "$bin/mypy" && "$bin/mypy" --platform win32
say "Import contracts"; "$bin/lint-imports"
say "Accuracy corpus";  "$bin/python" -m tests.corpus.score
say "Tests";            "$bin/python" -m pytest "$@"
