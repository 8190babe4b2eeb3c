#!/bin/sh
# Sees to it that PyPSA is there for tests/twins.rs, in a folder of its own below target/. Without Python it says so, and the test is
# skipped.
set -eu

home="target/twins"
[ -x "$home/bin/python" ] && "$home/bin/python" -c "import highspy, linopy, pypsa" >/dev/null 2>&1 && exit 0
exec sh tools/venv.sh "$home" "tests/twins.rs" "pypsa>=1.4,<1.5" "linopy>=0.10,<0.11" "highspy>=1.12,<2"
