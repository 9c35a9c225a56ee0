#!/usr/bin/env bash
# Installs Debian packages where it may (root, or sudo that asks nothing); else says the line to type, exit 1.
#
#   scripts/apt.sh PACKAGE … [-- WHAT IS MISSING …]
set -euo pipefail

packages=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do packages+=("$1"); shift; done
[ $# -gt 0 ] && shift
missing=("${@:-${packages[@]}}")

say_what_to_type() {
    echo "posapp: missing on this system: ${missing[*]}" >&2
    if command -v apt-get >/dev/null; then
        echo "posapp: $1 Type this, then try again:" >&2
        echo >&2
        echo "    sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages[*]}" >&2
        echo >&2
    else
        echo "posapp: there is no apt here; install them with your system's own tool." >&2
        echo "posapp: on Debian 12 the packages are: ${packages[*]}" >&2
    fi
    exit 1
}

command -v apt-get >/dev/null || say_what_to_type "no apt-get."
if [ "$(id -u)" = 0 ]; then
    root=(env)
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    root=(sudo -n env)
else
    say_what_to_type "this account may not install packages without a password."
fi

echo "posapp: installing system packages: ${packages[*]}"
{
    "${root[@]}" DEBIAN_FRONTEND=noninteractive apt-get update -q </dev/null &&
        "${root[@]}" DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
            "${packages[@]}" </dev/null
} || say_what_to_type "apt-get failed, see above."
