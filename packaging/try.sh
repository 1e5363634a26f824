#!/usr/bin/env bash
# Installs everything gkdesk needs on this machine and opens the sample report (without a screen: exports it).
set -eu
cd "$(dirname "$0")/.."
. packaging/prepare.sh
prepare "[ocr,passwords]"
say "Opening the sample report"
exec .venv/bin/gkdesk demo
