"""The one line of JSON that a rival's script prints, and the clocks behind it."""
import json
import os
import resource
import time


def since_start():
    """Seconds since this process began, the interpreter's own start included (Linux)."""
    with open("/proc/self/stat") as stat:
        started = int(stat.read().rpartition(")")[2].split()[19]) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started


class Window:
    """Times the steps that follow on `warm_up` others; call `step` after every step."""

    def __init__(self, warm_up, steps):
        self.warm_up, self.steps, self.done = warm_up, steps, 0
        self.first_step_s = self.begin = self.end = None

    def step(self):
        self.done += 1
        if self.done == 1:
            self.first_step_s = since_start()
        if self.done == self.warm_up:
            self.begin = time.perf_counter()
        if self.done == self.warm_up + self.steps:
            self.end = time.perf_counter()

    def images_per_s(self, batch):
        return self.steps * batch / (self.end - self.begin)


def write(**values):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(json.dumps({**values, "peak_rss_mb": round(peak, 1)}), flush=True)


def add_options(parser):
    """Options that every training script has."""
    parser.add_argument("--model", default="vgg_block")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--steps", type=int, default=20, help="steps that are timed")
    parser.add_argument("--warm-up", type=int, default=5, help="steps before them, at least 1")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--images", type=int, default=4096, help="images of noise in memory")
    parser.add_argument("--csv", help="train on the images of a FER-2013 CSV instead")
