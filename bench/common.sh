# What the benchmarks share: the package's pwsh with the built module, run in an IPC namespace of its own.
root=$(cd "$(dirname "$0")/.." && pwd)
log=$(dotnet build "$root/tools/pwsh" 2>&1) || { echo "$log" >&2; exit 1; }
export POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off

# Runs a script of this folder, with its arguments, in one pwsh.
bench() { unshare --ipc "$root/artifacts/pwsh/pwsh" -NoProfile -ConfigurationFile "$root/artifacts/pwsh/PSSysVIpc.pssc" -File "$root/bench/$1" "${@:2}"; }
