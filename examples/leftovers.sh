#!/usr/bin/env bash
# Makes what a crashed server leaves behind, and a set that is alive, in an IPC namespace of its own; then shows the
# list, a refusal and the clean-up. Nothing outside that namespace is touched. Needs root, util-linux and perl, as
# every Debian base system has them.
set -euo pipefail

if [ "$(id -u)" != 0 ]; then
    echo "Run this as root: it makes an IPC namespace, and sets that belong to other users." >&2
    exit 1
fi
root=$(cd "$(dirname "$0")/.." && pwd)
if [ "${1-}" != inside ]; then
    log=$(dotnet build "$root/src/ipcsh" 2>&1) || { echo "$log" >&2; exit 1; }
    exec unshare --ipc "$0" inside
fi

# A user that runs nothing on this machine: with a process of its own alive, its leftovers would be Stale.
idle_user() {
    local name
    for name in www-data games lp backup; do
        getent passwd "$name" >/dev/null || continue
        grep -qsP "^Uid:.*\t$(id -u "$name")(\t|$)" /proc/[0-9]*/status || { echo "$name"; return; }
    done
    echo 4000000001
}

as() { setpriv --reuid "$1" --regid "$(id -g "$1" 2>/dev/null || echo "$1")" --clear-groups "${@:2}"; }

run() {
    printf '\nPS> %s\n' "$1"
    dotnet run --no-build --project "$root/src/ipcsh" -- -c "$1" 2>&1 || true
}

dead=$(idle_user)
echo "Three runs of a server of $dead crash and leave their sets behind; a server of daemon lives."
for _ in 1 2 3; do
    as "$dead" perl -e '$id = semget(0, 1, 0600 | 01000); semop($id, pack("s3", 0, 1, 0)) or die'
done
as daemon perl -e '$id = semget(0x5eed, 2, 0600 | 01000); semop($id, pack("s3", 1, -1, 0))' &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait 2>/dev/null || true' EXIT
echo "Waiting 11 seconds: what was used a moment ago is never called orphaned."
sleep 11

run 'Get-IpcSemaphore'
run 'Get-IpcSemaphore -Status Orphaned | ForEach-Object { "$($_.Id): $($_.StatusReason)" }'
run 'Get-IpcSemaphore | Remove-IpcSemaphore'
run 'Get-IpcSemaphore'
