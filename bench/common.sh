# What the benchmarks share: ipcsh, built, and run in an IPC namespace of its own.
root=$(cd "$(dirname "$0")/.." && pwd)
log=$(dotnet build "$root/src/ipcsh" 2>&1) || { echo "$log" >&2; exit 1; }

# Runs a script of this folder, with its arguments, in one ipcsh.
bench() { unshare --ipc dotnet run --no-build --project "$root/src/ipcsh" -- -File "$root/bench/$1" "${@:2}"; }
