# What the scripts in this folder share; sourced, after which the current folder is the project's root.
set -euo pipefail
export FER_STARTED=${FER_STARTED:-$EPOCHSECONDS}

# fail MESSAGE [CODE]: one line on stderr, then the end. 2 is a bad command line, 3 bad data, 1 the rest.
fail() {
  printf 'tools/%s: %s\n' "$(basename "$0")" "$1" >&2
  exit "${2:-1}"
}

# step TITLE: a heading with the minutes and seconds since the first script started.
step() {
  local seconds=$((EPOCHSECONDS - FER_STARTED))
  printf '\n== [%d:%02d] %s\n' $((seconds / 60)) $((seconds % 60)) "$1"
}

# valueOf OPTION ARGUMENTS...: what follows an option on the command line.
valueOf() {
  [ $# -ge 2 ] && [ -n "$2" ] || fail "$1 needs a value. Try --help." 2
  printf '%s' "$2"
}

# jobs: compilers at a time: one a core, and 1.5 GB each, which a file with LibTorch's headers takes.
jobs() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/^MemAvailable:/ {print int($2 / 1500000)}' /proc/meminfo)
  if [ "$memory" -lt "$cores" ]; then cores=$((memory > 1 ? memory : 1)); fi
  echo "$cores"
}

# build PRESET TARGET
build() { cmake --build "build/$1" --target "$2" --parallel "$(jobs)"; }

# pathOf VALUE: as the caller means it, seen from any folder.
pathOf() { (cd "$callers_folder" && realpath -m -- "$1"); }

# requireSeeds TEXT: of --seeds.
requireSeeds() { [[ $1 =~ ^[0-9]+(,[0-9]+)*$ ]] || fail "--seeds: expected numbers like 1,2,3, found \"$1\"" 2; }

# requireData FILE: fer2013.csv, or an error that says where to get it.
requireData() {
  [ -f "$1" ] && [ -r "$1" ] ||
    fail "$1: no such file, or not readable. data/README.md says where to get FER-2013; name it with --data." 3
}

# epochsDone RUN: rows of its metrics.csv below the heading.
epochsDone() { if [ -f "$1/metrics.csv" ]; then tail -n +2 "$1/metrics.csv" | wc -l; else echo 0; fi; }

# setUp ARGUMENTS...: tools/setup, as if called from the caller's folder: a path given to it may be relative.
setUp() { (cd "$callers_folder" && "$root/tools/setup" "$@"); }

callers_folder=$PWD
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
