#!/bin/sh
# Sees to it that Chromium is there for the tests that look at reports: from Debian's packages where that needs no question.
set -eu

for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "installing chromium"
    DEBIAN_FRONTEND=noninteractive apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
    exit 0
fi
echo "error: the tests of reports need Chromium" >&2
echo "help: sudo apt-get install -y chromium" >&2
exit 1
