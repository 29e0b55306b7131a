"""What every row needs to know of a run of benchmarks/compare."""
import dataclasses
import pathlib
import shlex
import typing

from comparison import machine
from comparison.environments import RIVALS, Environments
from comparison.measurement import NotMeasured
from comparison.programs import run, say

ROOT = pathlib.Path(__file__).resolve().parents[2]
FER2013_ROWS = 35887


@dataclasses.dataclass
class Context:
    builds: dict  # names and folders of fer's programs; "fer" is the one that all rows measure
    work: pathlib.Path  # build/compare
    environments: Environments
    threads: int
    steps: int
    data: typing.Optional[pathlib.Path]  # the real CSV, if one was given
    smoke: bool
    bf16: bool = dataclasses.field(default_factory=machine.has_bf16)
    gpu: str = dataclasses.field(default_factory=machine.gpu)

    def program(self, name):
        return str(self.builds["fer"] / name)

    def rival(self, environment, script, *arguments):
        return [self.environments.python(environment), str(RIVALS / script), *arguments]

    def drawn(self, rows):
        """Where a CSV of drawn faces lies, or will."""
        return self.work / f"faces-{rows}.csv"

    def csv(self):
        return self.data or self.drawn(400 if self.smoke else FER2013_ROWS)

    def draw(self, path):
        """Draws the faces of a CSV that is not there yet."""
        if path.exists():
            return
        rows = path.stem.rpartition("-")[2]
        command = [self.program("fer-data"), "synth", str(path), "--rows", rows]
        say(f"drawing {rows} faces: {shlex.join(command)}")
        run(command)

    def require_bf16(self):
        if not self.bf16:
            raise NotMeasured("this processor has no bf16 instructions")
