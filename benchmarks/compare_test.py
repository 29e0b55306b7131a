"""Tests of what benchmarks/compare computes and prints; needs neither a build nor an environment of the rivals.

    python3 -m unittest discover benchmarks '*_test.py'
"""
import pathlib
import subprocess
import sys
import tempfile
import unittest
import unittest.mock
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

from comparison import build, curves, machine, output, processors  # noqa: E402
from comparison.measurement import NotMeasured, Probe, Row, Side, Target, judge, run_row  # noqa: E402
from comparison.programs import last_json  # noqa: E402

COMPARE = pathlib.Path(__file__).resolve().parent / "compare"


def compare(*arguments):
    return subprocess.run([sys.executable, str(COMPARE), *arguments], capture_output=True, text=True, check=False)


class Rounds(unittest.TestCase):
    def row(self, calls, *measures):
        def noted(name, measure):
            def call(context):
                calls.append(name)
                return {name: (measure(), {})}

            return call

        return Row("r", "what", "s", [Probe(noted(name, measure), (name,), "") for name, measure in
                                      zip("abc", measures)], [])

    def test_sides_take_turns_in_reverse_every_second_round(self):
        calls = []
        run_row(self.row(calls, lambda: 1, lambda: 2), None, 3)
        self.assertEqual(calls, ["a", "b", "b", "a", "a", "b"])

    def test_a_side_that_cannot_be_measured_is_asked_once_and_does_not_fail(self):
        def refuse():
            raise NotMeasured("no GPU")

        def broken():
            raise RuntimeError("exit code 1")

        calls = []
        sides = run_row(self.row(calls, lambda: 1, refuse, broken), None, 2)
        self.assertEqual(calls, ["a", "b", "c", "a"])
        self.assertEqual((sides["b"].missing, sides["b"].failed), ("no GPU", False))
        self.assertEqual((sides["c"].missing, sides["c"].failed), ("exit code 1", True))


class Targets(unittest.TestCase):
    SIDES = {"ours": Side([10, 14, 12]), "theirs": Side([10, 10, 8]), "none": Side(missing="no GPU")}

    def test_a_ratio_is_of_medians_and_its_range_of_rounds(self):
        found = judge(Target("ours", "theirs", at_least=1.25), self.SIDES)
        self.assertEqual((found["value"], found["low"], found["high"], found["met"]), (1.2, 1.0, 1.5, False))

    def test_a_bound_on_a_side_alone(self):
        self.assertTrue(judge(Target("ours", at_most=12), self.SIDES)["met"])
        self.assertIsNone(judge(Target("ours"), self.SIDES)["met"])

    def test_what_is_missing_is_said(self):
        found = judge(Target("ours", "none", at_least=2), self.SIDES)
        self.assertEqual((found["missing"], found["target"]), ("no GPU", ">= 2"))
        self.assertIn("not measured", output.target_line(found))


class Processors(unittest.TestCase):
    """The cases of ProcessorQuota.IsTheSmallestFromTheOwnGroupToTheRoot in tests/core/processors_test.cpp."""
    OWN, V2, V1 = "proc/self/cgroup", "sys/fs/cgroup/", "sys/fs/cgroup/cpu,cpuacct/"
    CASES = [
        ("nothing is there", 0, {}),
        ("no limit", 0, {OWN: "0::/a/b\n", V2 + "a/b/cpu.max": "max 100000\n"}),
        ("its own", 1.5, {OWN: "0::/a/b\n", V2 + "a/b/cpu.max": "150000 100000\n"}),
        ("that of a group above", 2,
         {OWN: "0::/a/b\n", V2 + "a/b/cpu.max": "max 100000\n", V2 + "a/cpu.max": "100000 50000\n"}),
        ("the smaller of two", 0.5,
         {OWN: "0::/a/b\n", V2 + "a/b/cpu.max": "400000 100000\n", V2 + "a/cpu.max": "50000 100000\n"}),
        ("the host's path, not there in the container", 3,
         {OWN: "0::/docker/12ab\n", V2 + "cpu.max": "300000 100000\n"}),
        ("a group beside the visible root", 3, {OWN: "0::/../b\n", V2 + "cpu.max": "300000 100000\n"}),
        ("another group's is no matter", 0, {OWN: "0::/a\n", V2 + "b/cpu.max": "100000 100000\n"}),
        ("nonsense", 0, {OWN: "0::/a\nwhat\n", V2 + "a/cpu.max": "some\n"}),
        ("no time at all is nonsense", 0, {OWN: "0::/a\n", V2 + "a/cpu.max": "0 0\n"}),
        ("version 1", 2.5, {OWN: "5:memory:/m\n4:cpu,cpuacct:/a\n", V1 + "a/cpu.cfs_quota_us": "250000\n",
                            V1 + "a/cpu.cfs_period_us": "100000\n"}),
        ("version 1 without a limit", 0, {OWN: "4:cpu,cpuacct:/a\n", V1 + "a/cpu.cfs_quota_us": "-1\n",
                                          V1 + "a/cpu.cfs_period_us": "100000\n"}),
        ("version 1, mounted as cpu", 1, {OWN: "4:cpu:/a/b\n", V2 + "cpu/a/cpu.cfs_quota_us": "100000\n",
                                          V2 + "cpu/a/cpu.cfs_period_us": "100000\n"}),
        ("version 1 of another controller", 0, {OWN: "4:cpuset:/a\n", V2 + "cpu/cpu.cfs_quota_us": "100000\n",
                                                V2 + "cpu/cpu.cfs_period_us": "100000\n"}),
        ("both versions", 1, {OWN: "4:cpu,cpuacct:/a\n0::/a\n", V1 + "a/cpu.cfs_quota_us": "200000\n",
                              V1 + "a/cpu.cfs_period_us": "100000\n",
                              V2 + "unified/a/cpu.max": "100000 100000\n"}),
    ]

    def root(self, files):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        for name, text in files.items():
            path = pathlib.Path(folder.name) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return folder.name

    def test_a_quota_is_the_smallest_from_the_own_group_to_the_root(self):
        for what, expected, files in self.CASES:
            with self.subTest(what):
                self.assertEqual(processors.quota(self.root(files)), expected)

    def test_a_part_of_a_processor_counts_as_one_and_no_quota_adds_any(self):
        with unittest.mock.patch("os.sched_getaffinity", return_value=set(range(4))):
            for limit, expected in (("150000 100000", 2), ("800000 100000", 4), ("max 100000", 4)):
                self.assertEqual(processors.usable(self.root({self.OWN: "0::/\n", self.V2 + "cpu.max": limit})), expected)

    def test_are_what_every_side_gets(self):
        with unittest.mock.patch("comparison.processors.quota", return_value=0.5):
            self.assertEqual(machine.cores(), 1)


class Json(unittest.TestCase):
    def test_the_last_line_counts(self):
        self.assertEqual(last_json('warning\n{"a": 1}\n{"a": 2}\n'), {"a": 2})
        with self.assertRaises(RuntimeError):
            last_json("nothing\n")


class Curves(unittest.TestCase):
    def test_a_chart_is_well_formed_and_names_everything(self):
        svg = curves.chart("speed & size", "batch, images", "images/s", {"1 thread": [(1, 5.0), (512, 9.5)]})
        words = [element.text for element in ElementTree.fromstring(svg).iter()]
        for expected in ("speed & size", "batch, images", "images/s", "1 thread", "512", "10"):
            self.assertIn(expected, words)

    def test_names_do_not_cover_each_other(self):
        heights = sorted(curves.spread([("a", 100), ("b", 101), ("c", 102)]).values())
        self.assertEqual(heights, [100, 117, 134])


class Command(unittest.TestCase):
    def test_list_and_dry_run_need_nothing(self):
        listed = compare("--list")
        self.assertEqual(listed.returncode, 0, listed.stderr)
        self.assertIn("train-vgg_block", listed.stdout)
        dry = compare("--dry-run", "--only", "train-generic")
        self.assertIn("keras_train.py --model generic", dry.stdout)
        self.assertNotIn("vgg_block", dry.stdout)

    def test_bad_arguments(self):
        for arguments, message in ((("--only", "nothing"), "rows: train-vgg_block"),
                                   (("--data", "/no"), "no such file"), (("--rounds", "0"), "expected 1 or more"),
                                   (("--python", "x"), "NAME=PROGRAM"), (("--also", "x"), "NAME=DIR")):
            done = compare(*arguments)
            self.assertEqual(done.returncode, 2)
            self.assertIn(message, done.stderr)


class Programs(unittest.TestCase):
    def test_are_those_of_the_rows_alone(self):
        def row(*commands):
            return Row("r", "what", "s", [Probe(None, ("a",), command) for command in commands], [])

        self.assertEqual(build.needed([row("build/release/bin/bench-roof --json", "python torch_roof.py"),
                                       row("X=1 build/release/bin/fer-train --out bench-not/x")]),
                         ["bench-roof", "fer-data", "fer-train"])
        self.assertEqual(build.needed([row("python torch_roof.py")]), [])

    def test_missing_ones_are_refused_before_anything_is_measured(self):
        with tempfile.TemporaryDirectory() as folder:
            done = compare("--only", "csv", "--bin", folder)
            self.assertEqual(done.returncode, 2)
            for part in ("not built: bench-reader, fer-data", "--target benches", "libbenchmark-dev"):
                self.assertIn(part, done.stderr)
            self.assertEqual(done.stdout, "")
            for name in ("bench-reader", "fer-data"):
                path = pathlib.Path(folder) / name
                path.write_text("#!/bin/sh\n")
                path.chmod(0o755)
            self.assertEqual(build.refusal(folder, ["bench-reader", "fer-data"]), "")


if __name__ == "__main__":
    unittest.main()
