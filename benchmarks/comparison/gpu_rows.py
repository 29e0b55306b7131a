"""Rows about training on a GPU. `--smoke` runs the same path on the CPU with a few images."""
import statistics

from comparison import machine, training_run
from comparison.measurement import NotMeasured, Probe, Row, Target
from comparison.programs import json_probe, shown
from comparison.training_run import TrainingRun

EPOCHS = 50


def on_gpu(probe, model):
    """A probe that says what will measure it where there is no GPU."""

    def measure(context):
        if not context.gpu and not context.smoke:
            raise NotMeasured(f"no NVIDIA GPU here; on one: benchmarks/compare --only gpu-{model} --data fer2013.csv")
        return probe.measure(context)

    return Probe(measure, probe.sides, probe.shown, probe.needs, probe.once)


def fer_probe(context, model):
    """The faithful settings but for the precision and early stopping."""
    path = context.csv()
    where = ["--device", "cpu", *training_run.precision("fp32"), "--set", "train.epochs=2", "--set",
             "train.batch_size=16"] if context.smoke else [
                 "--device", "cuda", *training_run.precision("bf16"), "--set", f"train.epochs={EPOCHS}"]
    command = training_run.command(context, model, path, "--set", "train.early_stopping.enabled=false", *where)

    def measure(_):
        context.draw(path)
        with TrainingRun(command, context.work) as training:
            whole = training.finish()
            epochs = training.epoch_seconds()
        steady = statistics.median(epochs[1:] or epochs)
        return {"fer bf16, an epoch": (steady, {"epoch_s": epochs}), f"fer bf16, {EPOCHS} epochs": (whole, {})}

    return Probe(measure, ("fer bf16, an epoch", f"fer bf16, {EPOCHS} epochs"), shown(command), once=True)


def rival_probe(context, model, style):
    where = ["--device", "cpu", "--images", "160", "--batch", "16", "--epochs", "2", "--workers", "1"] \
        if context.smoke else ["--device", "cuda", "--workers", str(min(8, machine.cores()))]
    environment = "torch" if context.smoke else "torch-gpu"
    command = context.rival(environment, "torch_gpu_train.py", "--style", style, "--model", model, *where)
    # Required only where there is a GPU: the CUDA packages take gigabytes.
    return json_probe(command, {f"PyTorch {style}, an epoch": "epoch_s"},
                      needs=(environment,) if context.gpu or context.smoke else ())


def gpu_row(context, model, rivals, seconds=None):
    probes = [fer_probe(context, model)] + [rival_probe(context, model, style) for style in rivals]
    bounds = {"loader": 4, "tuned": 1.5} if model == "vgg_block" else {}
    targets = [Target(f"fer bf16, {EPOCHS} epochs", at_most=seconds)]
    targets += [Target(f"PyTorch {style}, an epoch", "fer bf16, an epoch", at_least=bounds.get(style))
                for style in rivals]
    return Row(f"gpu-{model}", f"{model}, training on a GPU, validation included", "s",
               [on_gpu(probe, model) for probe in probes], targets)


def rows(context):
    return [gpu_row(context, "vgg_block", ("loader", "tuned"), 25), gpu_row(context, "generic", ("loader", "tuned")),
            gpu_row(context, "inception_block", ())]
