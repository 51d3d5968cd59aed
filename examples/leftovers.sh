#!/usr/bin/env bash
# Makes what a crashed server leaves behind, and a set that is alive; then shows the list, a refusal and the clean-up.
set -euo pipefail
. "$(dirname "$0")/common.sh"
if [ "${1-}" != inside ]; then
    prepare
    exec unshare --ipc "$0" inside
fi

run() {
    printf '\nPS> %s\n' "$1"
    "${shell[@]}" -c "$1" 2>&1 || true
}

dead=$(idle_user)
echo "Three runs of a server of $dead crash and leave their sets behind; a server of daemon lives."
for _ in 1 2 3; do leave "$dead"; done
as daemon perl -e '$id = semget(0x5eed, 2, 0600 | 01000); semop($id, pack("s3", 1, -1, 0))' &
trap end_all EXIT
echo "Waiting 11 seconds: what was used a moment ago is never called orphaned."
sleep 11

run 'Get-IpcSemaphore'
run 'Get-IpcSemaphore -Status Orphaned | ForEach-Object { "$($_.Id): $($_.StatusReason)" }'
run 'Get-IpcSemaphore | Remove-IpcSemaphore'
run 'Get-IpcSemaphore'
