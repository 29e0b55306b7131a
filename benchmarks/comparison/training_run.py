"""fer-train as a user runs it, watched from outside: in a terminal it shows a bar once its first step is done."""
import csv
import os
import pathlib
import pty
import re
import signal
import subprocess
import tempfile
import time

from comparison.context import ROOT
from comparison.measurement import NotMeasured

BAR = re.compile(rb"([0-9.]+) img/s")
BATCH = 64  # of the configs


def command(context, model, data, *arguments):
    config = ROOT / "configs" / f"{model}.json"
    return [context.program("fer-train"), "--config", str(config), "--data", str(data), "--threads",
            str(context.threads), *arguments]


def precision(name):
    """How fer-train is told a precision; fp32 is the default."""
    return [] if name == "fp32" else ["--set", f"train.precision={name}"]


class TrainingRun:
    """A run in a folder of its own, removed at the end."""

    def __init__(self, command_line, work):
        work.mkdir(parents=True, exist_ok=True)
        self.folder = tempfile.TemporaryDirectory(dir=work)
        self.run = pathlib.Path(self.folder.name) / "run"
        self.master, slave = pty.openpty()
        self.said = b""
        self.started = time.perf_counter()
        self.process = subprocess.Popen([*command_line, "--out", str(self.run)], stdin=subprocess.DEVNULL, stdout=slave,
                                        stderr=slave)
        os.close(slave)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.master)
        self.folder.cleanup()

    def read(self):
        """Whether more is to come."""
        try:
            self.said += (part := os.read(self.master, 65536))
        except OSError:  # the terminal's other end is closed
            part = b""
        return bool(part)

    def fail(self):
        code = self.process.wait()
        last = self.said.decode(errors="replace").strip().splitlines()[-1:] or ["it said nothing"]
        raise (NotMeasured if code == 2 else RuntimeError)(f"fer-train: {last[0]}")

    def first_step(self):
        """Seconds until the first step began, and until it was done. The bar's rate gives what lies between."""
        while (bar := BAR.search(self.said)) is None:
            if not self.read():
                self.fail()
        done = time.perf_counter() - self.started
        return done - BATCH / float(bar.group(1)), done

    def interrupt(self):
        self.process.send_signal(signal.SIGINT)
        self.finish()

    def finish(self):
        """Seconds until the end."""
        while self.read():
            pass
        if self.process.wait() not in (0, 128 + signal.SIGINT):
            self.fail()
        return time.perf_counter() - self.started

    def forget_peak(self):
        pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def peak_until_end(self):
        """The largest VmHWM seen, in MB, asked ten times a second until the end."""
        peak = 0
        os.set_blocking(self.master, False)
        while self.process.poll() is None:
            try:
                self.said += os.read(self.master, 65536)
            except OSError:
                pass
            status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
            if (found := re.search(r"VmHWM:\s+(\d+) kB", status)) is not None:
                peak = max(peak, int(found.group(1)) * 1024 / 1e6)
            time.sleep(0.1)
        if self.process.returncode != 0:
            self.fail()
        return peak

    def epoch_seconds(self):
        """Training and validation of every epoch, from timing.csv."""
        with open(self.run / "timing.csv", newline="") as file:
            return [float(row["train_seconds"]) + float(row["validation_seconds"]) for row in csv.DictReader(file)]
