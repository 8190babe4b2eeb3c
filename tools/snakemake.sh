#!/bin/sh
# Sees to it that Snakemake is there for the test of workflow/Snakefile: in a folder of its own below target/. Without Python it
# says so, and the test is skipped.
set -eu

home="target/snakemake"
[ -x "$home/bin/snakemake" ] && exit 0
command -v snakemake >/dev/null 2>&1 && exit 0
exec sh tools/venv.sh "$home" "the test of workflow/Snakefile" "snakemake>=9,<10"
