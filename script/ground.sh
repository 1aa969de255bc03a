# shellcheck shell=sh
# What every script here stands on: where the project is, how to speak, and how to ask the system for something
# without ever asking a person. Sourced, not run.

cd "$(dirname -- "$0")/.." || exit 1
ROOT=$(pwd)
# shellcheck disable=SC2034 # used by the scripts that source this file
PY="$ROOT/.venv/bin/python"
export PYTHONUNBUFFERED=1

say() { printf '==> %s\n' "$*"; }
note() { printf '    %s\n' "$*"; }
fail() {
    printf 'script/%s: %s\n' "$(basename -- "$0")" "$*" >&2
    exit 1
}

# May we install system packages here without asking? Root may; so may a user whose sudo needs no password.
may_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" = 0 ] && return 0
    command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# install_system PACKAGE…: quiet when it works; on failure the last lines of apt's own words.
install_system() {
    log=$(mktemp)
    if [ -z "${apt_is_fresh:-}" ]; then
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update >"$log" 2>&1 || true
        apt_is_fresh=yes
    fi
    if as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" >>"$log" 2>&1; then
        rm -f "$log"
        return 0
    fi
    tail -n 4 "$log" >&2
    rm -f "$log"
    return 1
}

# The line a person would type to install the same packages.
line_to_type() {
    if [ "$(id -u)" = 0 ]; then
        printf 'apt-get install %s' "$*"
    else
        printf 'sudo apt-get install %s' "$*"
    fi
}
