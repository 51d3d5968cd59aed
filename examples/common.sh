# What the examples share; they source it. Each runs in an IPC namespace of its own, so the machine's own sets are out
# of its reach. Needs root, util-linux and perl, as every Debian base system has them.

root=$(cd "$(dirname "$0")/.." && pwd)
# The package's pwsh, with the built module.
shell=("$root/artifacts/pwsh/pwsh" -NoProfile -ConfigurationFile "$root/artifacts/pwsh/PSSysVIpc.pssc")
export POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off

# Builds what is shown.
prepare() {
    local log
    if [ "$(id -u)" != 0 ]; then
        echo "Run this as root: it makes an IPC namespace, and sets that belong to other users." >&2
        exit 1
    fi
    log=$(dotnet build "$root/tools/pwsh" 2>&1) || { echo "$log" >&2; exit 1; }
}

# A user that runs nothing on this machine: with a process of its own alive, its leftovers would be Stale.
idle_user() {
    local name
    for name in www-data games lp backup; do
        getent passwd "$name" >/dev/null || continue
        grep -qsP "^Uid:.*\t$(id -u "$name")(\t|$)" /proc/[0-9]*/status || { echo "$name"; return; }
    done
    echo 4000000001
}

# In mounts of its own: a machine of which nothing tells that its clock was set since boot. One that was resumed from a
# snapshot is hours off, and no process there is certainly younger than a set. Of what lies on ramfs no birth is kept.
steady_clock() {
    mount -t ramfs ramfs /mnt
    cp -a /dev/null /dev/zero /dev/full /dev/random /dev/urandom /dev/tty /mnt
    mount --move /mnt /dev
    mount -t ramfs ramfs /run
}

number_of() { id -u "$1" 2>/dev/null || echo "$1"; }
group_of() { id -g "$1" 2>/dev/null || echo "$1"; }

# Takes the place of the shell that calls it, so that in the background it is the process itself that can be killed.
as() { exec setpriv --reuid "$1" --regid "$(group_of "$1")" --clear-groups "${@:2}"; }

# A set that was used once, by a process that has exited: USER [KEY [MODE]], in hexadecimal and octal digits.
leave() { (as "$1" perl -e '$id = semget(hex shift, 1, 01000 | oct shift); semop($id, pack("s3", 0, 1, 0)) or die' "${2-0}" "${3-0600}"); }

# What runs on its own, beside the jobs of this shell.
daemons=()

# Ends all that was started, whatever has ended by itself.
end_all() {
    local id
    for id in $(jobs -p) "${daemons[@]}"; do kill "$id" 2>/dev/null || true; done
    wait 2>/dev/null || true
}
