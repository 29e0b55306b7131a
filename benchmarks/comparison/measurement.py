"""Rows of a comparison: probes that measure, values that they yield, targets that compare the medians."""
import dataclasses
import statistics
import subprocess
from typing import Callable, Optional


class NotMeasured(Exception):
    """Why a value cannot be had on this machine or with this build: no failure."""


@dataclasses.dataclass
class Probe:
    """One process, or the like, that yields values for one or more sides of a row."""

    measure: Callable  # context -> {side: value}, or raises NotMeasured
    sides: tuple  # the names it yields, in the order of printing
    shown: str  # what --dry-run prints: the command
    needs: tuple = ()  # environments of the rivals
    once: bool = False  # a second round would tell nothing new


@dataclasses.dataclass
class Target:
    """A side's median, or its ratio to another's, and its target (docs/performance.md); without a bound it is only printed."""

    side: str
    over: Optional[str] = None
    at_least: Optional[float] = None
    at_most: Optional[float] = None

    def bound(self):
        if self.at_least is not None:
            return f">= {self.at_least:g}"
        return f"<= {self.at_most:g}" if self.at_most is not None else ""

    def met(self, value):
        if not self.bound():
            return None
        return value >= self.at_least if self.at_least is not None else value <= self.at_most


@dataclasses.dataclass
class Row:
    name: str
    what: str
    unit: str
    probes: list
    targets: list


@dataclasses.dataclass
class Side:
    """The values of all rounds, or why there are none."""

    values: list = dataclasses.field(default_factory=list)
    memory: list = dataclasses.field(default_factory=list)  # peak RSS in MB
    details: dict = dataclasses.field(default_factory=dict)  # what the program said of itself, last round
    missing: str = ""
    failed: bool = False

    def median(self):
        return statistics.median(self.values)


def run_row(row, context, rounds, watch=lambda text: None):
    """All probes by turns, in reverse order in every second round, so that a drift of the machine hits all alike."""
    sides = {name: Side() for probe in row.probes for name in probe.sides}
    for number in range(rounds):
        for probe in row.probes if number % 2 == 0 else reversed(row.probes):
            if (probe.once and number > 0) or any(sides[name].missing for name in probe.sides):
                continue
            watch(f"{row.name}: round {number + 1} of {rounds}, {', '.join(probe.sides)}")
            run_probe(probe, context, sides)
    return sides


def run_probe(probe, context, sides):
    try:
        for name in probe.needs:
            context.environments.require(name)
        for name, (value, details) in probe.measure(context).items():
            sides[name].values.append(value)
            sides[name].details = details
            if "peak_rss_mb" in details:
                sides[name].memory.append(details["peak_rss_mb"])
    except (NotMeasured, OSError, ValueError, KeyError, RuntimeError, subprocess.SubprocessError) as error:
        for name in probe.sides:
            sides[name].missing = str(error) or repr(error)
            sides[name].failed = not isinstance(error, NotMeasured)


def judge(target, sides):
    """What JSON and text say of a target: its value, its range over the rounds, whether it is met."""
    sources = [sides[name] for name in (target.side, target.over) if name]
    found = {"side": target.side, "over": target.over, "target": target.bound()}
    missing = [source.missing for source in sources if source.missing] or [
        "no value" for source in sources if not source.values]
    if missing:
        return {**found, "missing": missing[0]}
    if target.over:
        value = sources[0].median() / sources[1].median()
        pairs = [a / b for a, b in zip(*(source.values for source in sources))]
    else:
        value, pairs = sources[0].median(), sources[0].values
    return {**found, "value": value, "low": min(pairs), "high": max(pairs), "met": target.met(value)}
