"""Prints the largest difference between fer-eval's probabilities and those of other runtimes on the exported model, at batch
sizes 1, 7 and 64, one after the other in one session. Of a model with kernels in float16 it prints that from ONNX Runtime on
the same model widened to float32 as well. Runtimes that are not installed are left out. (No fixture: it needs a run.)

    fer-eval --run RUN --split validation && fer-export --run RUN --format onnx --out model.onnx
    pip install onnx onnxruntime opencv-python-headless openvino
    python tests/oracles/onnx_parity.py model.onnx RUN/eval/validation/predictions.csv fer2013.csv --images 1000
"""
import argparse
import csv
import importlib
import itertools
import json

import numpy
import onnx
import onnx.numpy_helper

FIRST_CLASS = 4  # columns before it: row, usage, label, predicted


def read_predictions(path, images):
    with open(path, newline="") as file:
        rows = list(itertools.islice(csv.reader(file), 1, images + 1))
    return [int(row[0]) for row in rows], numpy.array([row[FIRST_CLASS:] for row in rows], dtype=numpy.float64)


def read_pixels(path, rows, description):
    wanted, pixels = set(rows), {}
    with open(path, newline="") as file:
        header = next(csv.reader(file))
        for number, row in enumerate(csv.reader(file)):
            if number in wanted:
                pixels[number] = numpy.array(row[header.index("pixels")].split(), dtype=numpy.float32)
    size = description["preprocess"]
    batch = numpy.stack([pixels[row] for row in rows])
    return (batch * numpy.float32(description["preprocess"]["rescale"])).reshape(
        -1, size["channels"], size["height"], size["width"])


def widened(model):
    """The same numbers, those in float16 as float32."""
    wide = onnx.ModelProto()
    wide.CopyFrom(model)
    for tensor in wide.graph.initializer:
        if tensor.data_type == onnx.TensorProto.FLOAT16:
            numbers = onnx.numpy_helper.to_array(tensor).astype(numpy.float32)
            tensor.CopyFrom(onnx.numpy_helper.from_array(numbers, tensor.name))
    return wide


def with_onnxruntime(module, model):
    session = module.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return lambda batch: session.run(None, {"images": batch})[0]


def with_opencv(module, model):
    network = module.dnn.readNetFromONNX(widened(model).SerializeToString())  # 4.6 reads no float16; nor does ours

    def run(batch):
        network.setInput(batch)
        return network.forward().copy()

    return run


def with_openvino(module, model):
    core = module.Core()
    # Without the hint it computes in bf16 where the processor can.
    compiled = core.compile_model(core.read_model(model.SerializeToString()), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    return lambda batch: compiled(batch)[0]


RUNTIMES = {"onnxruntime": with_onnxruntime, "cv2": with_opencv, "openvino": with_openvino}


def batches(run, pixels, size):
    return numpy.concatenate([run(pixels[i:i + size]) for i in range(0, len(pixels), size)])


def alike(model, pixels):
    """What a model in float16 gives with weights rounded alike; None of another one."""
    if all(tensor.data_type != onnx.TensorProto.FLOAT16 for tensor in model.graph.initializer):
        return None
    return batches(with_onnxruntime(importlib.import_module("onnxruntime"), widened(model)), pixels, 64)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model")
    parser.add_argument("predictions")
    parser.add_argument("data")
    parser.add_argument("--images", type=int, default=1000)
    arguments = parser.parse_args()
    onnx.checker.check_model(arguments.model)
    model = onnx.load(arguments.model)
    metadata = {item.key: item.value for item in model.metadata_props}
    rows, expected = read_predictions(arguments.predictions, arguments.images)
    pixels = read_pixels(arguments.data, rows, json.loads(metadata["fer"]))
    rounded = alike(model, pixels)
    for name, runtime in RUNTIMES.items():
        try:
            module = importlib.import_module(name)
        except ImportError as error:
            print(f"{name}: {error}")
            continue
        run = runtime(module, model)
        for size in (1, 7, 64):
            found = batches(run, pixels, size)
            of_rounded = "" if rounded is None else f" (from weights rounded alike: {numpy.abs(found - rounded).max():.1e})"
            print(f"{name} {module.__version__}, batch {size}: {numpy.abs(found - expected).max():.1e}{of_rounded}")


if __name__ == "__main__":
    main()
