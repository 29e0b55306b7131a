"""Runs the programs that are measured, and reads what they say."""
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

from comparison.measurement import NotMeasured, Probe


def run(command, environment=None, ours=True, limit_s=1800):
    """A program's standard output. Exit code 2 of ours is something that this build does not know: not measured."""
    if os.sep in command[0] and not os.access(command[0], os.X_OK):
        raise NotMeasured(f"{os.path.basename(command[0])} is not built")
    done = subprocess.run(command, env={**os.environ, **(environment or {})}, capture_output=True, text=True,
                          timeout=limit_s, check=False)
    if done.returncode == 0:
        return done.stdout
    last = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()[-1]
    if done.returncode == 2 and ours:
        raise NotMeasured(last)
    raise RuntimeError(f"{shlex.join(command)}: exit code {done.returncode}: {last}")


def last_json(text):
    lines = [line for line in text.splitlines() if line.startswith("{")]
    if not lines:
        raise RuntimeError("no line of JSON was printed")
    return json.loads(lines[-1])


def at(document, path):
    """The value at "a.b.c"."""
    for key in path.split("."):
        document = document[key]
    return document


def short(text):
    """Paths from the project's root, for people to read."""
    return text.replace(os.getcwd() + os.sep, "")


def shown(command, environment=None):
    """A command as a person would type it."""
    return short("".join(f"{key}={value} " for key, value in (environment or {}).items()) + shlex.join(command))


def json_probe(command, values, needs=(), environment=None, once=False):
    """A program that prints one line of JSON; `values` says where in it each side's value stands."""

    def measure(context):
        document = last_json(run(command, environment, ours=not needs))
        return {side: (at(document, path), document) for side, path in values.items()}

    return Probe(measure, tuple(values), shown(command, environment), needs, once)


def google_probe(command, values, environment=None, once=False):
    """A Google Benchmark; `values` maps each side to (a benchmark's name, its field)."""

    def measure(context):
        with tempfile.NamedTemporaryFile(suffix=".json") as out:
            run([*command, f"--benchmark_out={out.name}", "--benchmark_out_format=json"], environment)
            found = {entry["name"]: entry for entry in json.load(out)["benchmarks"]}
        measured = {}
        for side, (name, field) in values.items():
            entry = next((entry for key, entry in found.items() if re.fullmatch(name, key)), None)
            if entry is None:
                raise RuntimeError(f"{command[0]}: no benchmark is called {name}")
            details = {**entry, "peak_rss_mb": entry["peak_MB"]} if "peak_MB" in entry else entry
            measured[side] = (entry[field], details)
        return measured

    return Probe(measure, tuple(values), shown(command, environment), once=once)


def say(text):
    print(text, file=sys.stderr, flush=True)
