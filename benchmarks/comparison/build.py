"""fer's programs that the rows measure: built, or missed before anything is measured."""
import os
import pathlib
import re
import subprocess

from comparison.programs import say

OWN = re.compile(r"(?:^|[\s/])((?:bench|fer)-\w+)(?=\s|$)")


def needed(rows):
    """The names of our programs in the rows' commands; fer-data draws the faces that some read."""
    named = {name for row in rows for probe in row.probes for name in OWN.findall(probe.shown)}
    return sorted(named | {"fer-data"}) if named else []


def missing(folder, names):
    return [name for name in names if not os.access(pathlib.Path(folder) / name, os.X_OK)]


def refusal(folder, names):
    """Why nothing is measured, or "" where all is there."""
    absent = missing(folder, names)
    if not absent:
        return ""
    text = f"{folder}: not built: {', '.join(absent)}. Build them: cmake --preset release && " \
           "cmake --build build/release --target benches commands"
    if any(name in ("bench-reader", "bench-augment") for name in absent):
        text += " (bench-reader and bench-augment need Google Benchmark: libbenchmark-dev)"
    return text + ". Or leave their rows out with --only."


def build(folder, names):
    """Builds the programs in a build's own folder, bin below it; what cannot be built is found missing afterwards."""
    if not names or not (folder.parent / "CMakeCache.txt").is_file():
        return
    say(f"building {', '.join(names)} ...")
    for target in ("commands", "benches"):
        done = subprocess.run(["cmake", "--build", str(folder.parent), "--target", target], capture_output=True,
                              text=True, check=False)
        if done.returncode != 0:
            lines = (done.stdout + done.stderr).strip().splitlines()
            say(f"{target} cannot be built: {lines[-1] if lines else 'it said nothing'}")
