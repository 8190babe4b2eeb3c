#!/bin/sh
# Makes a Python environment for a test, from PyPI: `sh tools/venv.sh FOLDER TEST PACKAGE...`. Without Python, or where the
# packages can not be had, it says so, and the test is skipped.
set -eu

home="$1"
test="$2"
shift 2

make_home() { python3 -m venv "$home" >/dev/null 2>&1; }

if ! command -v python3 >/dev/null 2>&1; then
    echo "warning: there is no python3; skipped: $test" >&2
    exit 0
fi
if ! make_home && command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    # Debian keeps venv in a package of its own.
    DEBIAN_FRONTEND=noninteractive apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
    make_home || true
fi
if "$home/bin/pip" install --quiet --disable-pip-version-check "$@"; then
    exit 0
fi
rm -rf "$home"
echo "warning: $* can not be installed; skipped: $test" >&2
