#!/usr/bin/env bash
# Makes docs/terminal.svg: a real session of pwsh with the built module, captured from a terminal.
# Needs root and tmux. The limits and sets are those of an IPC namespace of its own.
set -euo pipefail
. "$(dirname "$0")/common.sh"
if [ "${1-}" != inside ]; then
    prepare
    exec unshare --ipc "$0" inside
fi

# Six sets left behind where six are all there may be, as in the Apache story of the README.
echo '250 32000 32 6' >/proc/sys/kernel/sem
dead=$(idle_user)
for _ in 1 2 3 4 5 6; do leave "$dead"; done
sleep 11

terminal="tmux -L pssysvipc-$$"
trap '$terminal kill-server 2>/dev/null || true' EXIT
$terminal -f /dev/null new-session -d -x 100 -y 45 env TERM=xterm-256color "${shell[@]}" -NoLogo
# Waits for a prompt on the last line that isn't empty.
await() { for _ in $(seq 300); do sleep 0.1; $terminal capture-pane -p | sed '/^$/d' | tail -n1 | grep -qx 'PS> *' && return; done; echo "No prompt came." >&2; exit 1; }
type_line() { $terminal send-keys "$1" Enter; sleep 1; await; }

sleep 3
$terminal send-keys "function prompt { 'PS> ' }; Clear-Host" Enter
await
type_line 'Get-IpcLimit -Resource Semaphore'
type_line 'Get-IpcSemaphore'
type_line "Get-IpcSemaphore -Owner $dead | Remove-IpcSemaphore"
type_line 'Get-IpcLimit SEMMNI'
$terminal capture-pane -e -p | perl "$root/examples/svg.pl" >"$root/docs/terminal.svg"
