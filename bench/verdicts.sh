#!/usr/bin/env bash
# Lists semaphore sets whose verdicts are hard work beside many processes, with Get-IpcSemaphore in one warm pwsh: all
# of the sets and a quarter of them, beside a quarter of the processes and all of them, turn about. Prints the medians of
# 6 in processor time, and how many times what a quarter of both costs all of both cost (4 is linear).
# In an IPC namespace of its own, by users that are nobody's. Needs root, perl and util-linux; takes some minutes.
#   bench/verdicts.sh [SETS [PROCESSES]]
set -euo pipefail
. "$(dirname "$0")/common.sh"
bench verdicts.ps1 "${1:-20000}" "${2:-2000}"
