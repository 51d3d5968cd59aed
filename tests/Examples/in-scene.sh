#!/usr/bin/env bash
# Runs a command in a scene: what the examples of the help speak of. Start it in namespaces of its own:
#     unshare --ipc --mount in-scene.sh SCENE COMMAND...
# The accounts www-data and oracle are numbers there that no process of the machine has, and the folders of sysctl
# settings are empty: neither the machine's objects nor its files are in reach. Needs root, util-linux and perl.
set -euo pipefail
scene=$1
shift

case $(readlink "/proc/$PPID/ns/ipc") in
    "$(readlink /proc/self/ns/ipc)") echo "This is no IPC namespace of its own." >&2; exit 1 ;;
esac

folder=$(mktemp -d)
cd "$folder"
# The processes that use objects end with the scene, and the files go.
end() {
    local id
    for id in $(jobs -p); do kill "$id" 2>/dev/null || true; done
    cd /
    rm -rf "$folder"
}
trap end EXIT

# Numbers that other scenes at the same time don't have.
www=$((3000000000 + $$ * 2))
oracle=$((www + 1))
{ printf 'www-data:x:%s:%s::/:/bin/false\n' "$www" "$www" "$oracle" "$oracle" | sed 2s/www-data/oracle/; cat /etc/passwd; } >.passwd
{ printf 'www-data:x:%s:\noracle:x:%s:\n' "$www" "$oracle"; cat /etc/group; } >.group
for file in passwd group; do
    mount --bind .$file /etc/$file
    rm .$file
done
for settings in /etc/sysctl.d /run/sysctl.d /usr/local/lib/sysctl.d /usr/lib/sysctl.d; do
    [ ! -d $settings ] || mount -t tmpfs tmpfs $settings
done
[ ! -f /etc/sysctl.conf ] || mount --bind /dev/null /etc/sysctl.conf

# Takes the place of the shell that calls it, so that in the background it is the process itself that is ended.
as() { exec setpriv --reuid "$1" --regid "$1" --clear-groups "${@:2}"; }
# A set that was used once, by a process that has exited: USER [KEY [MODE]], in hexadecimal and octal digits.
leave() { (as "$1" perl -e '$id = semget(hex shift, 1, 01000 | oct shift); semop($id, pack("s3", 0, 1, 0)) or die' "${2-0}" "${3-0600}"); }
# A database with a set of two semaphores that waits for the second one.
live() {
    as "$oracle" perl -e '
        $0 = "oracle"; alarm 600; $id = semget(0x5eed, 2, 0600 | 01000);
        semop($id, pack("s3", 0, 3, 0)); semop($id, pack("s3", 1, -1, 0))' >/dev/null 2>&1 &
    perl -e 'for (1 .. 500) { $id = semget(0x5eed, 0, 0); exit if defined $id && semctl($id, 1, 14, 0) > 0; select(undef, undef, undef, 0.02) } die "nobody waits"'
}
# A segment that was written to, by a process that has exited: USER BYTES [KEY].
leave_segment() { (as "$1" perl -e '$id = shmget(hex $ARGV[1], $ARGV[0], 01600); shmwrite($id, "x", 0, 1) or die' "$2" "${3-0}"); }
# A database that stays attached to a segment with a key. Perl has no word for that: shmat is called by its number.
attached() {
    as "$oracle" perl -e '
        use Config; $0 = "oracle"; alarm 600; $id = shmget(0x5eed, 8 << 20, 01600);
        syscall($Config{archname} =~ /x86_64/ ? 30 : 196, $id, 0, 0) != -1 or die; sleep 600' >/dev/null 2>&1 &
    perl -e '
        for (1 .. 500) { open F, "/proc/sysvipc/shm"; exit if grep { (split)[0] eq 0x5eed && (split)[6] } <F>; select(undef, undef, undef, 0.02) }
        die "nobody is attached"'
}
# A queue with these messages, which nobody has read: USER MESSAGE... The process that sent them has exited.
leave_messages() { (as "$1" perl -e '$id = msgget(0, 01600); msgsnd($id, pack("l! a*", $n = ++$n, $_), 0) or die for @ARGV' "${@:2}"); }
# A queue that is empty again, and whose processes have exited.
leave_empty() { (as "$1" perl -e '$id = msgget(0, 01600); msgsnd($id, pack("l! a*", 1, "x"), 0) or die; msgrcv($id, $_, 9, 0, 0) or die'); }
# A database that waits for a message of type 7 in a queue with a key.
receiver() {
    as "$oracle" perl -e '$0 = "oracle"; alarm 600; $id = msgget(0x5eed, 01600); msgrcv($id, $_, 999, 7, 0)' >/dev/null 2>&1 &
    perl -e 'for (1 .. 500) { exit if defined msgget(0x5eed, 0); select(undef, undef, undef, 0.02) } die "nobody waits"'
}

case $scene in
    # Three crashes of a web server have left a set each, and a database lives.
    leftovers)
        for _ in 1 2 3; do leave "$www"; done
        live
        sleep 11
        ;;
    # So many crashes that the limit is reached.
    full)
        echo 250 32000 32 6 >/proc/sys/kernel/sem
        for _ in 1 2 3 4 5 6; do leave "$www"; done
        ;;
    # A set with a key.
    keyed)
        leave "$www" 0x1234
        sleep 11
        ;;
    # A server has crashed twice and left a segment each time, a database lives, and a job has left one with a key.
    segments)
        for _ in 1 2; do leave_segment "$www" 4194304; done
        # Segments of the same id and key in two IPC namespaces are told apart by when they were made, to the second.
        exec 9>/tmp/pssysvipc-scenes.lock
        flock 9
        attached 9>&-
        sleep 2
        exec 9>&-
        leave_segment "$www" 56 0x1234
        sleep 11
        ;;
    # A web application has left an empty queue and one with messages, and a database waits for a message.
    queues)
        leave_empty "$www"
        leave_messages "$www" 'order 4711: 2 books' 'order 4712: 1 map' $'order 4713:\x1b[2J\n'
        receiver
        sleep 11
        ;;
    # Nothing but the kernel's defaults.
    limits) ;;
    # Two limits were set for the next boot by this module.
    persisted)
        printf '%s\n' '# Written by PSSysVIpc, a PowerShell module for System V IPC (Set-IpcLimit -Persist).' \
            'kernel.sem = 32000 1024000000 500 32768' 'kernel.msgmni = 20000' >/etc/sysctl.d/60-pssysvipc.conf
        ;;
    *) echo "There is no scene $scene." >&2; exit 1 ;;
esac

"$@" </dev/null
