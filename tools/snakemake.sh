#!/bin/sh
# Sees to it that Snakemake is there for the test of workflow/Snakefile: in a folder of its own below target/, from PyPI. Without
# Python it says so, and the test is skipped.
set -eu

home="target/snakemake"
[ -x "$home/bin/snakemake" ] && exit 0
command -v snakemake >/dev/null 2>&1 && exit 0

make_home() { python3 -m venv "$home" >/dev/null 2>&1; }

if ! command -v python3 >/dev/null 2>&1; then
    echo "warning: there is no python3; the test of workflow/Snakefile is skipped" >&2
    exit 0
fi
if ! make_home && command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    # Debian keeps venv in a package of its own.
    DEBIAN_FRONTEND=noninteractive apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
    make_home || true
fi
if "$home/bin/pip" install --quiet --disable-pip-version-check "snakemake>=9,<10"; then
    exit 0
fi
rm -rf "$home"
echo "warning: Snakemake can not be installed; the test of workflow/Snakefile is skipped" >&2
