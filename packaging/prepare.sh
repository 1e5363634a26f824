# Sourced by try.sh and tests/run.sh: makes the folder .venv with everything the program (and, if asked, its tests) needs.
# On Debian and Ubuntu it first installs what a bare system lacks: Python, Qt's system libraries and a Chinese font.

say() { printf '\n== %s\n' "$*"; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1; then sudo "$@"; else return 1; fi
}

find_python() {
    for candidate in python3.13 python3.12 python3.11 python3.14 python3; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

SYSTEM_LIBRARIES="libegl1 libgl1 libglib2.0-0 libxkbcommon0 libdbus-1-3 libfontconfig1 libxkbcommon-x11-0 \
libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1"

missing_packages() {
    for package in $SYSTEM_LIBRARIES; do
        dpkg-query -W -f '${Status} ${Provides}\n' "$package" "${package}t64" 2>/dev/null | grep -q 'ok installed' ||
            printf '%s ' "$package"
    done
    if ! fc-list ':lang=zh-cn' 2>/dev/null | grep -q .; then printf 'fontconfig fonts-noto-cjk '; fi
    if ! find_python >/dev/null; then printf 'python3 python3-venv '; fi
    if [ ! -e /etc/ssl/certs/ca-certificates.crt ]; then printf 'ca-certificates '; fi
}

install_system_packages() {
    command -v apt-get >/dev/null 2>&1 || return 0
    needed=$(missing_packages)
    [ -n "$needed" ] || return 0
    say "Installing system packages: $needed"
    as_root apt-get update -q &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $needed ||
        say "These system packages could not be installed; without them the window may not open: $needed"
}

# prepare EXTRAS: EXTRAS is empty or a list of optional parts such as [test]
prepare() {
    install_system_packages
    python=$(find_python) || { say "Python 3.11 or newer is needed and was not found."; return 1; }
    if [ ! -x .venv/bin/python ]; then
        say "Making .venv with $("$python" --version)"
        "$python" -m venv .venv || return 1
    fi
    say "Installing gkdesk and what it builds on"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --editable ".$1"
}
