"""Rows about what stands around the training on the CPU: evaluation, reading, augmentation, start, memory."""
import re

from comparison import training_run
from comparison.measurement import Probe, Row, Target
from comparison.programs import google_probe, json_probe, last_json, run, short, shown
from comparison.training_rows import threads_text
from comparison.training_run import TrainingRun


def evaluation_row(context):
    images = "200" if context.smoke else "7178"
    command = [context.program("bench-evaluation"), "--model", "generic", "--images", images, "--rounds", "1",
               "--threads", str(context.threads), "--json"]
    values = {"evaluation": "median_s.evaluate", "forward passes alone": "median_s.forward"}
    return Row("evaluation", "evaluation of 7,178 images by generic", "s", [json_probe(command, values)],
               [Target("evaluation", "forward passes alone", at_most=1.05)])


def drawing(probe, path):
    """Draws the CSV first where it is one of ours."""

    def measure(context):
        context.draw(path)
        return probe.measure(context)

    return Probe(measure, probe.sides, probe.shown, probe.needs, probe.once)


def csv_row(context):
    path = context.csv()
    ours = google_probe([context.program("bench-reader"), *(["--benchmark_min_time=0.01"] if context.smoke else [])],
                        {f"fer, {threads_text(count)}": (f"readFerCsv/threads:{count}/real_time", "real_time")
                         for count in (1, 2)}, {"FER2013_CSV": str(path)})
    theirs = [json_probe(context.rival("torch", "csv_read.py", str(path), "--way", way), {f"pandas + {way}": "seconds"},
                         needs=("torch",)) for way in ("numpy.fromstring", "str.split")]
    return Row("csv", f"reading {short(str(path))}", "s", [drawing(probe, path) for probe in (ours, *theirs)],
               [Target("fer, 2 threads", at_most=0.5), Target("pandas + numpy.fromstring", "fer, 2 threads")])


def augment_row(context):
    ours = google_probe([context.program("bench-augment"), "--benchmark_filter=full_keras_2_8"],
                        {"fer": ("augment/full_keras_2_8", "items_per_second")})
    theirs = json_probe(context.rival("augment", "keras_augment.py", "--images", "100" if context.smoke else "4000"),
                        {"keras-preprocessing": "images_per_s"}, needs=("augment",))
    return Row("augment", "zoom, flip, brightness and rescale of 48 x 48 images on one core", "images/s",
               [ours, theirs], [Target("fer", at_least=100000), Target("fer", "keras-preprocessing")])


def start_row(context):
    path = context.csv()
    command = training_run.command(context, "vgg_block", path, "--device", "cpu")

    def measure(_):
        with TrainingRun(command, context.work) as training:
            begun, done = training.first_step()
            training.interrupt()
        return {"fer, first step begun": (begun, {}), "fer, first step done": (done, {})}

    ours = Probe(measure, ("fer, first step begun", "fer, first step done"), shown(command))
    theirs = [json_probe(context.rival(name, script, "--csv", str(path), "--steps", "0", "--warm-up", "1", "--threads",
                                       str(context.threads), *options), {side: "first_step_s"}, needs=(name,))
              for side, name, script, *options in (
                  ("Keras, first step done", "keras", "keras_train.py"),
                  ("PyTorch, first step done", "torch", "torch_train.py", "--channels-last"))]
    return Row("start", f"from the command to vgg_block's first step on {short(str(path))}", "s",
               [drawing(probe, path) for probe in (ours, *theirs)],
               [Target("fer, first step begun", at_most=1.5), Target("Keras, first step done", "fer, first step done"),
                Target("PyTorch, first step done", "fer, first step done")])


def memory_row(context, model):
    path = context.drawn(200 if context.smoke else 1200)
    command = training_run.command(context, model, path, "--device", "cpu", "--set", "train.epochs=2",
                                   *(["--set", "train.batch_size=16"] if context.smoke else []))
    bare = [context.program("bench-roof"), "--bare", "--threads", str(context.threads)]

    def measure(_):
        idle = last_json(run(bare))["peak_rss_mb"]
        expected = float(re.search(r"memory +([0-9.]+) MB", run([*command, "--dry-run"]))[1])
        with TrainingRun(command, context.work) as training:
            training.first_step()
            training.forget_peak()
            peak = training.peak_until_end()
        return {"first step to end of epoch 2": (peak, {}), "bare LibTorch process": (idle, {}),
                "difference": (peak - idle, {}), "expected by --dry-run": (expected, {})}

    sides = ("first step to end of epoch 2", "bare LibTorch process", "difference", "expected by --dry-run")
    probe = Probe(measure, sides, shown(command) + "; " + shown(bare), once=True)
    return Row(f"memory-{model}", f"peak memory of {model}'s training, 1,200 faces, batch 64", "MB",
               [drawing(probe, path)],
               [Target("difference", "expected by --dry-run", at_most=1.2)])


def rows(context):
    return [evaluation_row(context), csv_row(context), augment_row(context), start_row(context),
            memory_row(context, "vgg_block"), memory_row(context, "generic")]
