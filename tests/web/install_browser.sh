#!/bin/sh
# The pages are tested in a real browser: Debian's chromium, or the one that CHROMIUM names.
set -eu
if [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null 2>&1; then
  exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo "No chromium here: install it, name it with CHROMIUM=/path, or set WGSEARCH_NO_BROWSER=1." >&2
  exit 0
fi
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo"
echo "Installing chromium for the tests of the pages ..."
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null
