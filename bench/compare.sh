#!/usr/bin/env bash
# One table of what the module costs beside ipcs, lsipc, ipcrm, a loop of ipcrm, and a C program that asks and removes
# the same (bench/floor.c): medians, measured turn about in one run, and their ratios beside the most they may be.
# In an IPC namespace of its own. Needs root, a C compiler and util-linux. With 9 rounds it takes some six minutes,
# with 1 round two or three.
#   bench/compare.sh [ROUNDS [PART]]        (one of bench/compare)
set -euo pipefail
. "$(dirname "$0")/common.sh"
temp=$(mktemp -d)
trap 'end_job; rm -rf "$temp"' EXIT
# Sleeping processes of another user run it, too.
chmod 711 "$temp"
cc -O2 -o "$temp/floor" "$root/bench/floor.c"
bench compare.ps1 "$temp" "${1:-9}" "${@:2}"
