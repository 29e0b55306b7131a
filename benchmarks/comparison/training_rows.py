"""Rows about training on the CPU: the whole loop against the rivals, and the machine's roof."""
from comparison.measurement import Probe, Row, Target
from comparison.programs import json_probe

# Issue 5's ratios of fer over each rival.
TARGETS = {
    "vgg_block": [("fp32", "PyTorch fp32 channels_last", 1.03), ("bf16", "PyTorch fp32 channels_last", 1.9),
                  ("bf16", "Keras fp32", 2.2), ("bf16", "PyTorch bf16 channels_last", 1.15)],
    "generic": [("fp32", "PyTorch fp32 channels_last", 1.05), ("bf16", "PyTorch fp32 channels_last", 1.9),
                ("bf16", "Keras fp32", 1.8), ("bf16", "PyTorch bf16 channels_last", 1.15)],
}
# Ratios that the issue does not ask for, and that a reader would.
FURTHER = [("fp32", "Keras fp32"), ("fp32", "PyTorch fp32 channels_last, kept memory"), ("bf16", "Keras bf16"),
           ("bf16", "PyTorch bf16 channels_last, kept memory")]

# glibc gives large blocks back to the system and fetches them again, zeroed, in every step, unless told to keep them.
KEPT_MEMORY = {"MALLOC_MMAP_THRESHOLD_": "4294967296", "MALLOC_TRIM_THRESHOLD_": "8589934592"}


def threads_text(count):
    return f"{count} thread{'' if str(count) == '1' else 's'}"


def with_bf16(probe):
    """A probe that says nothing where the processor has no bf16."""

    def measure(context):
        context.require_bf16()
        return probe.measure(context)

    return Probe(measure, probe.sides, probe.shown, probe.needs, probe.once)


def fer_probe(context, build, model, precision):
    command = [str(context.builds[build] / "bench-training_loop"), "--model", model, "--precision", precision,
               "--steps", str(context.steps), "--rounds", "1", "--threads", str(context.threads), "--parts", "loop",
               "--json"]
    return json_probe(command, {f"{build} {precision}": "images_per_s.loop"})


def rival_probe(context, model, side, environment, script, *options, kept=False):
    command = context.rival(environment, script, "--model", model, "--steps", str(context.steps), "--threads",
                            str(context.threads), "--warm-up", "1" if context.smoke else "5", *options)
    return json_probe(command, {side: "images_per_s"}, needs=(environment,), environment=KEPT_MEMORY if kept else None)


def keras_probe(context, model, precision, *options):
    return rival_probe(context, model, f"Keras {precision}", "keras", "keras_train.py", *options)


def torch_probes(context, model, precision, *options):
    side, script = f"PyTorch {precision} channels_last", ("torch", "torch_train.py", "--channels-last", *options)
    return [rival_probe(context, model, side, *script),
            rival_probe(context, model, side + ", kept memory", *script, kept=True)]


def training_row(context, model):
    fp32 = [fer_probe(context, build, model, "fp32") for build in context.builds]
    fp32 += [keras_probe(context, model, "fp32"), *torch_probes(context, model, "fp32")]
    bf16 = [fer_probe(context, build, model, "bf16") for build in context.builds]
    bf16 += [keras_probe(context, model, "bf16", "--bf16"), *torch_probes(context, model, "bf16", "--bf16")]
    targets = [Target(f"{build} {precision}", over, at_least=bound) for build in context.builds
               for precision, over, bound in TARGETS[model] + [(*ratio, None) for ratio in FURTHER]]
    return Row(f"train-{model}", f"{model}, training on the CPU, whole loop with augmentation, batch 64", "images/s",
               fp32 + [with_bf16(probe) for probe in bf16], targets)


def roof_row(context):
    threads, most = str(context.threads), threads_text(context.threads)
    extent = ["--sizes", "256", "--seconds", "0.01"] if context.smoke else ["--seconds", "0.5"]
    bf16 = ["--bf16"] if context.bf16 else []
    values = {}
    for name in ("fp32", "bf16") if context.bf16 else ("fp32",):
        for count in sorted({"1", threads}):
            values[f"{name} roof, {threads_text(count)}"] = f"threads.{count}.{name}.roof"
        values[f"{name} convolutions, {most}"] = f"threads.{threads}.{name}.convolutions.all"
    ours = [context.program("bench-roof"), "--threads", threads, "--rounds", "1", *extent, *bf16, "--json"]
    theirs = context.rival("torch", "torch_roof.py", "--threads", threads, *extent, *bf16)
    rival = {f"{name} products in PyTorch, {most}": f"roof.{name}"
             for name in (("fp32", "bf16") if context.bf16 else ("fp32",))}
    targets = [Target(f"{name} convolutions, {most}", f"{name} roof, {most}", at_least=bound)
               for name, bound in (("fp32", 0.95), ("bf16", None)) if name == "fp32" or context.bf16]
    return Row("roof", "large matrix products, and vgg_block's convolutions forward and backward", "GFLOP/s",
               [json_probe(ours, values), json_probe(theirs, rival, needs=("torch",))], targets)


def rows(context):
    return [training_row(context, "vgg_block"), training_row(context, "generic"), roof_row(context)]
