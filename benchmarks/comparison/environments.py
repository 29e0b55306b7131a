"""The rivals' Python environments below build/compare, from the requirements files in benchmarks/rivals."""
import hashlib
import pathlib
import subprocess
import sys

from comparison.measurement import NotMeasured
from comparison.programs import say

RIVALS = pathlib.Path(__file__).resolve().parent.parent / "rivals"


class Environments:
    """Made when first required, and again when their requirements change. `given` names interpreters to take instead,
    for a machine without a network: they must have the packages already."""

    def __init__(self, folder, given=()):
        self.folder, self.given, self.broken = pathlib.Path(folder), dict(given), {}

    def python(self, name):
        if name in self.given:
            return self.given[name]
        return str(self.folder / f"venv-{name}" / "bin" / "python")

    def require(self, name):
        if name in self.given or name in self.broken:
            if name in self.broken:
                raise NotMeasured(self.broken[name])
            return
        requirements = RIVALS / f"requirements-{name}.txt"
        mark = self.folder / f"venv-{name}" / "installed"
        wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
        if mark.exists() and mark.read_text() == wanted:
            return
        say(f"installing {requirements.name} ...")
        try:
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(mark.parent)], check=True, capture_output=True)
            subprocess.run([self.python(name), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--retries",
                            "1", "-r", str(requirements)], check=True, capture_output=True, text=True)
        except subprocess.CalledProcessError as error:
            said = (error.stderr or error.stdout or "").strip().splitlines() if isinstance(error.stderr, str) else []
            self.broken[name] = f"{requirements.name} cannot be installed: {said[-1] if said else error}"
            raise NotMeasured(self.broken[name]) from error
        mark.write_text(wanted)
