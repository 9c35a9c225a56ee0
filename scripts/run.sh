#!/usr/bin/env bash
# Opens the window on a demo profile; says what to do where there is no screen.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -z "${QT_QPA_PLATFORM:-}" ]; then
    cat >&2 <<'TEXT'
posapp: there is no display here, so no window can open.
posapp: to run it under a virtual one (apt-get install xvfb xauth):

    xvfb-run -a make run

posapp: without any window, .venv/bin/posapp --help lists what it does from the command line.
TEXT
    exit 1
fi
# Without a display at set-up time these libraries were optional; now they are not.
scripts/libraries.sh screen
exec .venv/bin/posapp --demo
