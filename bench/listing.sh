#!/usr/bin/env bash
# Lists many semaphore sets with Get-IpcSemaphore in one warm pwsh and with ipcs -s, turn about in one run, and
# prints the medians. In an IPC namespace of its own. Needs root, perl and util-linux.
#   bench/listing.sh [SETS]
set -euo pipefail
. "$(dirname "$0")/common.sh"
bench listing.ps1 "${1:-32000}"
