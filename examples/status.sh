#!/usr/bin/env bash
# One experiment for each rule that a status is decided by, with real sets, segments, queues and processes;
# docs/status.md explains them.
#   examples/status.sh             names the experiments
#   examples/status.sh NAME...     shows some of them
#   examples/status.sh all         runs all of them, a dozen at once
# Fails if one ends otherwise than the rule says.
set -euo pipefail
. "$(dirname "$0")/common.sh"

nobody=4000000002
declare -A about
names=()
rule() { names+=("$1"); about[$1]=$2; }

# Prints what is said of every object, and fails unless that is STATUS. Looks again where that is the advice, as it is where
# too much begins and ends: all experiments at once are such a host.
show() {
    local seen tries=0
    seen=$(reasons)
    while grep -q "Look again in a moment" <<<"$seen" && [ $((++tries)) -lt 5 ]; do
        sleep 1
        seen=$(reasons)
    done
    echo "$seen"
    if [ -z "$seen" ] || grep -qv "^    $1: " <<<"$seen"; then
        echo "It should have been $1."
        exit 1
    fi
}

# What makes the list. In some experiments it is somebody else, or somewhere else.
view=("${shell[@]}")
reasons() {
    "${view[@]}" -c '& { Get-IpcSemaphore; Get-IpcSharedMemory; Get-IpcMessageQueue } | ForEach-Object { "    $($_.StatusReason)" }'
}

# Waits until a command says something.
await() {
    local turn
    for turn in {1..300}; do
        [ -z "$("$@" 2>/dev/null)" ] || return 0
        sleep 0.1
    done
    echo "This never said anything: $*"
    exit 1
}

# Fails unless no object is left.
show_nothing() {
    local seen
    seen=$(reasons)
    echo "${seen:-    Nothing is left.}"
    [ -z "$seen" ] || { echo "Nothing should have been left."; exit 1; }
}

# Nothing is called orphaned that was used a moment ago.
settle() { sleep 11; }

# Begins a session of its own, and belongs to pid 1 as soon as its parent has ended: USER COMMAND...
daemon() {
    local started
    started=$( (as "$1" setsid --fork sh -c 'echo $$; exec "$@" >&-' sh "${@:2}") )
    daemons+=("$started")
}

end() { echo "$1"; kill "$2"; wait "$2" 2>/dev/null || true; }

rule waiting 'a process waits on it'
waiting() {
    as "$user" perl -e '$id = semget(0, 1, 0600 | 01000); semop($id, pack("s3", 0, -1, 0))' &
    sleep 1
    show InUse
}

rule operator 'the process that used it last lives'
operator() {
    as "$user" perl -e '$id = semget(0, 1, 0600 | 01000); semop($id, pack("s3", 0, 1, 0)); sleep 1000' &
    settle
    show InUse
    end "It ends:" $!
    show Orphaned
}

rule unreadable 'its mode does not let the caller see who uses it'
unreadable() {
    leave "$user"
    view=(as_nobody)
    show Unknown
}
# A checkout may be its owner's alone: nobody's pwsh, module and home are in a folder of this experiment's own.
as_nobody() {
    if [ ! -x /mnt/pwsh/pwsh ]; then
        mount -t tmpfs -o mode=755 tmpfs /mnt
        mkdir -m 1777 /mnt/home
        mkdir /mnt/pwsh
        mount --bind "$root/artifacts/pwsh" /mnt/pwsh
        cp -r "$root/artifacts/module" /mnt
        chmod -R a+rX /mnt/module
    fi
    (as "$nobody" env HOME=/mnt/home /mnt/pwsh/pwsh "${shell[@]:1:2}" /mnt/pwsh/PSSysVIpc.pssc "$@")
}

rule hidden '/proc does not show the caller the processes of others'
hidden() {
    leave "$user" 0 0644
    mount --make-rprivate /
    mount -t proc -o hidepid=invisible proc /proc
    view=(as_nobody)
    show Unknown
}

rule owner 'a process of its owner lives'
owner() {
    leave "$user"
    as "$user" sleep 1000 &
    settle
    show Stale
    end "It ends:" $!
    show Orphaned
}

rule group 'a process of its group lives, and its mode lets the group in'
group() {
    leave "$user" 0 0660
    setpriv --reuid "$nobody" --regid "$nobody" --groups "$(group_of "$user")" sleep 1000 &
    settle
    show Stale
    end "It ends:" $!
    show Orphaned
}

rule everybody 'its mode lets everybody in, and the code of somebody makes such calls'
everybody() {
    leave "$user" 0 0666
    as "$nobody" perl -e 'sleep 1000' &
    settle
    show Stale
    end "It ends:" $!
    show Orphaned
}

rule late 'a process of its owner began more than a minute after it was made'
late() {
    steady_clock
    leave "$user"
    sleep 65
    echo "A daemon of $user begins. It can't have the id, as no ancestor of it was there:"
    daemon "$user" sleep 1000
    show Orphaned
    echo "The same with a key, by which whoever runs as $user can open it:"
    "${shell[@]}" -c 'Get-IpcSemaphore | Remove-IpcSemaphore'
    leave "$user" 77
    show Stale
}

rule reparented 'the same, but who started that process has ended since: it may have had the id'
reparented() {
    steady_clock
    leave "$user"
    sleep 65
    # Twice forked and leader of no session, as daemons do that want no terminal.
    daemon "$user" sh -c 'sleep 30 & exit'
    sleep 1
    show Stale
}

rule master 'a root process as old as the set could start new workers that use it'
master() {
    perl -e '
        $> = $ARGV[0]; $id = semget(0, 1, 0600 | 01000); $> = 0;
        if (fork == 0) { $< = $> = $ARGV[0]; semop($id, pack("s3", 0, 1, 0)); exit }
        wait; sleep 1000;' "$(number_of "$user")" &
    settle
    show Stale
    end "It ends:" $!
    show Orphaned
}

rule zombie 'the process that used it last has ended, and its parent has not taken note of that'
zombie() {
    perl -e '
        $> = $ARGV[0]; $id = semget(0, 1, 0600 | 01000); $> = 0;
        if (fork == 0) { semop($id, pack("s3", 0, 1, 0)); exit }
        exec "sleep", "1000";' "$(number_of "$user")" &
    settle
    show Stale
    end "Its parent ends:" $!
    sleep 3
    show Orphaned
}

rule recent 'it was used less than 10 seconds ago'
recent() {
    leave "$user"
    show Stale
    echo "11 seconds later:"
    settle
    show Orphaned
}

rule container 'the caller is in a PID namespace of its own'
container() {
    leave "$user"
    settle
    view=(unshare --pid --fork --mount-proc "${shell[@]}")
    show Stale
}

rule elsewhere 'a process of its owner lives in another IPC namespace, and cannot reach it'
elsewhere() {
    leave "$user"
    unshare --ipc setpriv --reuid "$user" --clear-groups sleep 1000 &
    settle
    show Orphaned
}

rule roots 'it belongs to root: some process of root always lives'
roots() {
    leave root
    settle
    show Stale
    echo "Beside a program of root's that makes such calls:"
    perl -e 'sleep 1000' &
    sleep 1
    show Stale
}

rule key 'nobody is left, but it has a key and was used less than a day ago'
key() {
    leave "$user" 5eed
    settle
    show Stale
}

rule attached 'a process is attached to the segment'
attached() {
    attach 0 &
    await awk '$7 == 1' /proc/sysvipc/shm
    show InUse
    end "It ends:" $!
    settle
    show Orphaned
}
# Makes a segment with this key and stays attached. Perl has no word for that: shmat is called by its number.
attach() {
    as "$user" perl -e '
        use Config;
        $id = shmget(hex shift, 4096, 0600 | 01000);
        syscall($Config{archname} =~ /x86_64/ ? 30 : 196, $id, 0, 0) != -1 or die; sleep 1000' "$1"
}

rule marked 'the segment was removed, and a process is attached to it still'
marked() {
    attach 5eed &
    await awk '$7 == 1' /proc/sysvipc/shm
    echo "It is removed with -Force:"
    "${shell[@]}" -c 'Get-IpcSharedMemory | Remove-IpcSharedMemory -Force -WarningAction SilentlyContinue'
    show InUse
    end "Its process ends:" $!
    show_nothing
}

rule creator 'the process that made the segment lives, be it under another user'
creator() {
    perl -e '
        $> = $ARGV[0]; $id = shmget(0, 4096, 0600 | 01000); shmwrite($id, "x", 0, 1); $> = 0;
        ($<, $>) = ($ARGV[1], $ARGV[1]); sleep 1000' "$(number_of "$user")" "$nobody" &
    settle
    show Stale
    end "It ends:" $!
    show Orphaned
}

rule forced 'kernel.shm_rmid_forced is on, and the segment is still there: so its creator lives'
forced() {
    echo 1 >/proc/sys/kernel/shm_rmid_forced
    perl -e '
        $> = $ARGV[0]; $id = shmget(0, 4096, 0600 | 01000); $> = 0;
        ($<, $>) = ($ARGV[1], $ARGV[1]); sleep 1000' "$(number_of "$user")" "$nobody" &
    settle
    show Stale
    end "It ends:" $!
    show_nothing
}

rule receiver 'a process waits for a message'
receiver() {
    as "$user" perl -e '$id = msgget(0, 0600 | 01000); msgrcv($id, $_, 9, 7, 0)' &
    await grep do_msgrcv "/proc/$!/wchan"
    show InUse
    end "It ends:" $!
    settle
    show Orphaned
}

rule sender 'the process that sent the last message lives'
sender() {
    as "$user" perl -e '
        $id = msgget(0, 0600 | 01000); msgsnd($id, pack("l! a*", 1, "x"), 0); msgrcv($id, $_, 9, 0, 0); sleep 1000' &
    settle
    show InUse
    end "It ends:" $!
    show Orphaned
}

rule messages 'nobody has read the messages in the queue'
messages() {
    local id
    id=$( (as "$user" perl -e '$id = msgget(0, 0600 | 01000); msgsnd($id, pack("l! a*", 1, "x"), 0) or die; print $id'))
    settle
    show Stale
    echo "The message is read:"
    (as "$user" perl -e 'msgrcv($ARGV[0], $_, 9, 0, 0) or die' "$id")
    settle
    show Orphaned
}

# Each in an IPC namespace of its own, so that all can run at once. Mounts, too: one experiment mounts another /proc.
run_apart() { PSSYSVIPC_EXAMPLE=one unshare --ipc --mount "$0" "$1"; }

if [ "${PSSYSVIPC_EXAMPLE-}" = one ]; then
    user=$(idle_user)
    trap end_all EXIT
    echo "== $1: ${about[$1]}"
    "$1"
    exit
fi
if [ $# = 0 ]; then
    for name in "${names[@]}"; do printf '%-12s %s\n' "$name" "${about[$name]}"; done
    exit
fi
for name in "$@"; do
    [ "$name" = all ] || [ -n "${about[$name]-}" ] || { echo "There is no experiment '$name'. Without a name, $0 names them all." >&2; exit 2; }
done
prepare
failed=0
if [ "$1" = all ]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    # Most of them wait most of the time, but each begins a pwsh now and then.
    for name in "${names[@]}"; do
        while [ "$(jobs -pr | wc -l)" -ge 12 ]; do sleep 0.5; done
        { run_apart "$name" >"$folder/$name" 2>&1 || touch "$folder/$name.failed"; } &
    done
    wait
    (cd "$folder" && cat "${names[@]}")
    failed=$(find "$folder" -name '*.failed' | wc -l)
    echo "${#names[@]} experiments, $failed of them ended otherwise than the rule says."
else
    for name in "$@"; do run_apart "$name" || failed=$((failed + 1)); done
fi
[ "$failed" = 0 ]
