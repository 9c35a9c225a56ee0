#!/usr/bin/env bash
# Makes .venv from requirements.lock, with posapp in it. Called by make when the lock or pyproject.toml changed.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { echo "posapp: $1" >&2; exit 1; }

# PYTHON=… chooses another one. Python 3.11 or 3.12: for others the wheels of the lock were not tried.
fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))'
python=
for candidate in ${PYTHON:-python3.11 python3.12 python3}; do
    if command -v "$candidate" >/dev/null && "$candidate" -c "$fits" 2>/dev/null; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || fail "Python 3.11 or 3.12 is needed and was not found. On Debian 12: apt-get install python3"

# Debian keeps the part of Python that makes virtual environments in a package of its own.
more=()
"$python" -c 'import ensurepip, venv' 2>/dev/null || more=(python3-venv)
if ! scripts/libraries.sh screen "${more[@]}"; then
    [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && scripts/libraries.sh offscreen "${more[@]}" 2>/dev/null || exit 1
    echo "posapp: going on without them: there is no screen here, and tests need none." >&2
fi

# A folder that was moved or copied holds an environment that points elsewhere: make it anew.
if [ "$(.venv/bin/python -c 'import sys; print(sys.prefix)' 2>/dev/null)" != "$PWD/.venv" ] ||
    ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    echo "posapp: making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
fi
echo "posapp: installing what requirements.lock names (a few minutes the first time)"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
    --require-hashes -r requirements.lock
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
    --no-deps --no-build-isolation -e .
touch .venv/.complete
echo "posapp: set up; the program is .venv/bin/posapp"
