#!/usr/bin/env bash
# What the inner parts of a listing of 1,000 sets cost, each alone, in time and allocated memory, by BenchmarkDotNet.
# In an IPC namespace of its own. Needs root, a C compiler and util-linux; takes some four minutes.
#   bench/inner.sh [ARGUMENTS OF BENCHMARKDOTNET]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
log=$(dotnet build "$root/bench/inner" 2>&1) || { echo "$log" >&2; exit 1; }
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cc -O2 -o "$temp/floor" "$root/bench/floor.c"
cd "$temp"
unshare --ipc sh -c './floor make 1000 1 && exec dotnet "$@"' sh "$root/artifacts/bin/PSSysVIpc.Inner/debug/PSSysVIpc.Inner.dll" "$@"
