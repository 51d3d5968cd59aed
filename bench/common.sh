# What the benchmarks share: the package's pwsh with the built module, run in an IPC namespace of its own.
root=$(cd "$(dirname "$0")/.." && pwd)
log=$(dotnet build "$root/tools/pwsh" 2>&1) || { echo "$log" >&2; exit 1; }
export POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off

# Runs a script of this folder, with its arguments, in one pwsh. That gets a process group of its own: whatever ends the
# calling script ends the shell and all its processes.
job=
end_job() { [ -z "$job" ] || kill -KILL -- "-$job" 2>/dev/null || true; }
trap end_job EXIT
bench() {
    set -m
    unshare --ipc "$root/artifacts/pwsh/pwsh" -NoProfile -ConfigurationFile "$root/artifacts/pwsh/PSSysVIpc.pssc" -File "$root/bench/$1" "${@:2}" </dev/null &
    job=$!
    wait "$job"
}
